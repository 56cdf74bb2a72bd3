"""Long lists a page at a time: ``limit`` how many, ``offset`` the place in the log (or stream) after which it goes on.

Places never change, so nothing is missed and nothing comes twice however much is recorded between two pages; and every
page after the first is as of the position that the first was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from application.faltfel import visa
from interfaces.http.adress import Anrop
from interfaces.http.granser import HOGSTA_ANTAL, VANLIGT_ANTAL
from interfaces.http.problem import parameterfel
from interfaces.http.tider import Tider, permalank

SIDA = ("limit", "offset")
_HOGSTA_PLATS = 10**15


class Sida(NamedTuple):
    """Which page."""

    antal: int
    efter: int


def las_sida(parametrar: Mapping[str, str]) -> Sida:
    """Return the page that is asked for.

    Raises:
        Problem: it is none.
    """
    return Sida(
        _tal("limit", parametrar, VANLIGT_ANTAL, 1, HOGSTA_ANTAL), _tal("offset", parametrar, 0, 0, _HOGSTA_PLATS)
    )


def _tal(namn: str, parametrar: Mapping[str, str], annars: int, minst: int, hogst: int) -> int:
    text = parametrar.get(namn, str(annars))
    tal = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(hogst)) else -1
    if not minst <= tal <= hogst:
        mening = f"{namn} ska vara ett heltal mellan {minst} och {hogst}, inte {visa(text)}."
        raise parameterfel("ogiltig-fraga", namn, mening)
    return tal


def lankar(anrop: Anrop, tider: Tider, nasta: int | None) -> dict[str, Any]:
    """Return the addresses of this page, and of the next if there is more, as of the same position."""
    return {
        "denna": permalank(anrop, tider),
        "nasta": None if nasta is None else permalank(anrop, tider, offset=str(nasta)),
    }
