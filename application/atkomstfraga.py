"""Questions to the access log: days as text to instants, and notes as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from application.atkomst import Antecknad
from application.fragetolkning import tolka_dag
from application.queries import FraganGarInte
from domain.tid import dagens_slut, som_rfc3339

_EFTER = timedelta(microseconds=1)


def antecknade(fran: tuple[str, str | None], till: tuple[str, str | None]) -> dict[str, datetime | None]:
    """Return the first instant of a Swedish day and the first after another, which so is included.

    Each day is given as the name of its field and the text, if there is one.

    Raises:
        FraganGarInte: a text is no day, or the days are in the wrong order; the error names the field.
    """
    forsta, sista = tolka_dag(*fran), tolka_dag(*till)
    if forsta and sista and sista < forsta:
        raise FraganGarInte(till[0], f"{till[0]} ({sista}) ligger före {fran[0]} ({forsta}).")
    return {
        "fran": dagens_slut(forsta - timedelta(days=1)) + _EFTER if forsta else None,
        "till": dagens_slut(sista) + _EFTER if sista else None,
    }


def som_data(antecknad: Antecknad) -> Mapping[str, Any]:
    """Return a note for a program."""
    atkomst = antecknad.atkomst
    return {
        "nr": antecknad.nr,
        "tidpunkt": som_rfc3339(antecknad.tidpunkt),
        "position": antecknad.position,
        "aktor": {"id": atkomst.aktor, "roll": atkomst.roll},
        "syfte": atkomst.syfte,
        "enhet": atkomst.enhet,
        "vad": atkomst.vad,
        "mal": atkomst.mal,
        "fraga": dict(atkomst.fraga),
        "beviljad": atkomst.beviljad,
    }
