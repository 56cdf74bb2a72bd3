"""Import lines made from the domain's examples, for the tests of interpretation and import."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson

from domain.budgetperiod.handelser import BudgetFaststalld
from domain.handelse import Handelse
from domain.katalog import AGGREGAT
from domain.strom import budgetperiodens_id

PLACERING_ID, UTFORARE_ID, ARENDE_ID, ATGARD_ID = (UUID(int=nr) for nr in (0xA1, 0xB1, 0xC1, 0xD1))
BUDGET_ID = budgetperiodens_id("1880", "Socialnämnden", 2019)

_STROM = {
    "placeringar": PLACERING_ID,
    "atgarder": ATGARD_ID,
    "arenden": ARENDE_ID,
    "utforare": UTFORARE_ID,
    "budgetperioder": BUDGET_ID,
}

# Words that only pydantic or a traceback would say.
ENGELSKA = re.compile(
    r"\b(input|should|field|required|valid|invalid|value|type|error|extra|permitted|string|must|expected|parse|"
    r"traceback|none|true_|exception|line \d+)\b",
    re.IGNORECASE,
)


def utan_engelska(mening: str) -> str:
    """Return a sentence, having checked that nothing in it is English; names of events and fields may be."""
    assert not ENGELSKA.search(mening), mening
    assert mening.endswith("."), mening
    return mening


def rad(handelse: Handelse, nummer: int, **andra: Any) -> dict[str, Any]:
    """Return an event as the object of an import line; ``None`` takes a field away."""
    samling = next(s for s, aggregat in AGGREGAT.items() if type(handelse) in aggregat.typer)
    strom = _STROM[samling.value]
    objekt = {
        "samling": samling.value,
        "id": None if isinstance(handelse, BudgetFaststalld) else str(strom),
        "typ": handelse.typ,
        "version": handelse.schemaversion,
        "handelseId": str(UUID(int=nummer)),
        **handelse.innehall(),
        **andra,
    }
    return {namn: varde for namn, varde in objekt.items() if varde is not None}


def som_rader(objekt: Iterable[dict[str, Any]]) -> list[bytes]:
    return [orjson.dumps(ett) + b"\n" for ett in objekt]
