"""The English of the description of the API: a table from each Swedish text to its English counterpart.

The Swedish stands where it is about something; the English stands here, so that neither is in the way of the other. A
test fails for a text that has no counterpart, and for a counterpart that no text has.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

_FALT = ("summary", "description")
_TILLATNA = " Tillåtna: "
_UTAN_TEXT = ("examples", "example", "x-sla")


@cache
def ordbok() -> dict[str, str]:
    """Return the table."""
    ord_: dict[str, str] = json.loads(files("interfaces.http").joinpath("engelska.json").read_text(encoding="utf-8"))
    return ord_


def pa_engelska(text: str) -> str | None:
    """Return a text in English; a list of allowed words after it is the same in both languages."""
    mening, lista, ord_ = text.partition(_TILLATNA)
    engelska = ordbok().get(mening)
    return None if engelska is None else engelska + (f" Allowed: {ord_}" if lista else "")


def tvasprakig(nod: Any) -> Any:
    """Return a part of the description with the English beside every Swedish text."""
    if isinstance(nod, list):
        return [tvasprakig(ett) for ett in nod]
    if not isinstance(nod, dict):
        return nod
    resultat = {}
    for namn, varde in nod.items():
        resultat[namn] = varde if namn in _UTAN_TEXT else tvasprakig(varde)
        if namn in _FALT and isinstance(varde, str) and (engelska := pa_engelska(varde)) is not None:
            resultat[f"x-{namn}-en"] = engelska
    return resultat


def texter(nod: Any) -> set[str]:
    """Return every Swedish text of a description, but that of the whole, which is in both languages."""
    if isinstance(nod, list):
        return {text for ett in nod for text in texter(ett)}
    if not isinstance(nod, dict):
        return set()
    falt = ("summary",) if "license" in nod else _FALT
    egna = {nod[namn].partition(_TILLATNA)[0] for namn in falt if isinstance(nod.get(namn), str)}
    return egna.union(*(texter(varde) for namn, varde in nod.items() if namn not in _UTAN_TEXT))
