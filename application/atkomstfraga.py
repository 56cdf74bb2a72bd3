"""Questions to the access log: days as text to instants, and notes as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from application.atkomst import Antecknad
from application.fragetolkning import tolka_datum
from domain.tid import dagens_slut, som_rfc3339

_EFTER = timedelta(microseconds=1)


def antecknad_fran(falt: str, text: str | None) -> datetime | None:
    """Return the first instant of a Swedish day.

    Raises:
        FraganGarInte: the text is no day; the error names the field.
    """
    return None if text is None else dagens_slut(tolka_datum(falt, text) - timedelta(days=1)) + _EFTER


def antecknad_till(falt: str, text: str | None) -> datetime | None:
    """Return the first instant after a Swedish day, so that the day is included.

    Raises:
        FraganGarInte: the text is no day; the error names the field.
    """
    return None if text is None else dagens_slut(tolka_datum(falt, text)) + _EFTER


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
