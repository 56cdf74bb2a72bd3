"""Long lists a page at a time: ``limit`` how many, ``offset`` the place in the log (or stream) after which it goes on.

Places never change, so nothing is missed and nothing comes twice however much is recorded between two pages; and every
page after the first is as of the position that the first was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from interfaces.http.adress import Anrop
from interfaces.http.granser import HOGSTA_ANTAL, VANLIGT_ANTAL
from interfaces.http.parametrar import las_heltal
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
        las_heltal("limit", parametrar.get("limit", str(VANLIGT_ANTAL)), 1, HOGSTA_ANTAL),
        las_heltal("offset", parametrar.get("offset", "0"), 0, _HOGSTA_PLATS),
    )


def lankar(anrop: Anrop, tider: Tider, nasta: int | None) -> dict[str, Any]:
    """Return the addresses of this page, and of the next if there is more, as of the same position."""
    return {
        "denna": permalank(anrop, tider),
        "nasta": None if nasta is None else permalank(anrop, tider, offset=str(nasta)),
    }
