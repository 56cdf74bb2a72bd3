"""Which kind a table is, as the declared relations name kinds, and which tables are of the same report.

A file's name says both: *orebro-2019-belaggning* is *belaggning* of *orebro-2019*. A table that is called something
else is known by its columns, and is of the report that it says it is copied from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from application.granskning.modell import Tabell
from application.syntet.tabellslag import slag_av

_SORT_AV_SLAG = {
    "externa insatser": "externa-insatser",
    "enheternas resultat": "enheternas-resultat",
    "flera år i sammandrag": "fem-ar",
    "volymmått": "volymmatt",
    "beläggning": "belaggning",
    "externa utförare": "externa-utforare-ramavtal",
    "avtalsuppföljningar": "avtalsuppfoljningar",
    "uppföljda utförare": "utforare-uppfoljda",
    "åtgärder": "effektiviseringar",
    "resultaträkning": "resultatrakning",
    "driftsredovisning": "driftsredovisning",
    "underliggande enheter": "underliggande-enheter",
    "kontoslag": "overgripande-myndighet-eget",
    "ensamkommandes ekonomi": "ensamkommande-ekonomi",
    "jämförelse med andra kommuner": "jamforelsekommuner",
    "sjukfrånvaro": "sjukfranvaro",
}
"""The kinds that columns tell, by what they are called there. Other kinds have columns in common."""

_ARTAL = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


class Tabellsorter:
    """Tables by kind, and which of them belong together."""

    def __init__(self, tabeller: Sequence[Tabell], kanda: Sequence[str]) -> None:
        """Read what the tables are.

        Args:
            tabeller: the tables.
            kanda: the kinds that relations name.
        """
        self._tabeller = tabeller
        self._ur_namn = {tabell.namn: _ur_namn(tabell.namn, kanda) for tabell in tabeller}
        self._ur_kolumner = {tabell.namn: _ur_kolumner(tabell) for tabell in tabeller}

    def av_sort(self, sort: str) -> list[Tabell]:
        """Return the tables of a kind."""
        return [tabell for tabell in self._tabeller if self._sort(tabell) == sort]

    def rapportens(self, tabell: Tabell, sort: str) -> list[Tabell]:
        """Return the tables of a kind in the report that a table is of; by their names, where any name says so."""
        av_sort, namn = self.av_sort(sort), self._ur_namn[tabell.namn]
        samma_namn = [t for t in av_sort if namn and (andra := self._ur_namn[t.namn]) and andra[0] == namn[0]]
        return samma_namn or [t for t in av_sort if self._av_samma_kalla(tabell, t)]

    def rapportar(self, tabell: Tabell) -> str | None:
        """Return the year of the report that a table is of: the last in its name, or the first it says it is of."""
        namn = self._ur_namn[tabell.namn]
        ar = _ARTAL.findall(namn[0] if namn else "")[-1:] or _ARTAL.findall(tabell.tryckt.huvud.get("period", ""))
        return ar[0] if ar else None

    def _sort(self, tabell: Tabell) -> str | None:
        namn = self._ur_namn[tabell.namn]
        return namn[1] if namn else self._ur_kolumner[tabell.namn]

    def _av_samma_kalla(self, en: Tabell, annan: Tabell) -> bool:
        """Return whether two tables, of which not both are named by report, say that they are copied from the same."""
        if self._ur_namn[en.namn] and self._ur_namn[annan.namn]:
            return False
        return en.tryckt.huvud.get("kalla") == annan.tryckt.huvud.get("kalla")


def _ur_namn(namn: str, kanda: Sequence[str]) -> tuple[str, str] | None:
    """Return what a name begins with, and the kind that it ends with; the longest of those that fit."""
    sort = max((s for s in kanda if namn == s or namn.endswith(f"-{s}")), key=len, default=None)
    return None if sort is None else (namn.removesuffix(sort).removesuffix("-"), sort)


def _ur_kolumner(tabell: Tabell) -> str | None:
    slag = slag_av(tabell.tryckt)
    return None if slag is None else _SORT_AV_SLAG.get(slag.namn)
