"""Printed cells with what they count by the declarations of their tables: a measure, a restriction and some days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from application.rapporter.katalog import TABELLER
from application.rapporter.modell import (
    DECEMBER,
    HELAR,
    Kolumn,
    Malltext,
    Mattkolumn,
    Tabell,
    Textkolumn,
    Tid,
    synliga,
)
from application.rapporter.radmappning import Rad, Radmappning
from application.syntet.tal import tal
from application.syntet.uppdrag import Syntetuppdrag
from application.tryckt import Trycktabell
from domain.tid import Period

UTAN_BOCKER = ("andel-dygn-egen-regi", "belaggning-exkl-ensamkommande")
LASTA_MATT = frozenset({
    *UTAN_BOCKER, "avvikelse", "intern-dygnskostnad", "kostnad-per-dygn", "mal-faststallda", "malbedomningar",
    "malutfall", "malvarde", "nettokostnad-per-invanare", "registervarde", "resultat-vard", "uppgift",
})  # fmt: skip
"""Measures whose cells a history is made from, most of them only with books; other cells follow from the rest."""


@dataclass(frozen=True)
class Radcell:
    """One printed cell of a row and column that name a measure.

    Attributes:
        kolumn: the declared column.
        namn: the printed column, which may be another that shows it.
        papper: the printed row.
        matt: the measure, by name.
        nr: the row's number among the mapped ones.
    """

    tryckt: Trycktabell
    rad: Rad
    kolumn: Mattkolumn | Textkolumn
    namn: str
    papper: Mapping[str, str]
    matt: str
    nr: int
    ar: int
    manad: int

    @property
    def text(self) -> str:
        """Return what is printed."""
        return self.papper[self.namn]

    @property
    def varde(self) -> Decimal | None:
        """Return the printed number, in the unit that the measure counts in; None for words."""
        if not isinstance(self.kolumn, Mattkolumn):
            return None
        varde = tal(self.tryckt, self.papper, self.namn)
        return None if varde is None else varde * self._per_enhet

    @property
    def halva(self) -> Decimal:
        """Return half of what the number is rounded to, in the same unit."""
        varde = tal(self.tryckt, self.papper, self.namn) or Decimal(0)
        return Decimal("0.5").scaleb(min(0, int(varde.as_tuple().exponent))) * self._per_enhet

    @property
    def _per_enhet(self) -> int:
        egen = self.rad.celler.get(self.kolumn.nyckel)
        kolumnens = self.kolumn.per if isinstance(self.kolumn, Mattkolumn) else 1
        return (egen.per_enhet if egen else None) or self.rad.per_enhet or kolumnens

    @property
    def urval(self) -> dict[str, tuple[str | None, ...]]:
        """Return what the cell counts."""
        egen = self.rad.celler.get(self.kolumn.nyckel)
        eget = (egen.urval if egen else self.rad.urval).som_filter()
        return {**eget, **(self.kolumn.urval if isinstance(self.kolumn, Mattkolumn) else {})}

    @property
    def period(self) -> Period:
        """Return the days that the cell is about."""
        tid = self.kolumn.tid if isinstance(self.kolumn, Mattkolumn) else HELAR
        return Tid(tid.ar + self.rad.ar, tid.fran, tid.till).period(self.ar, self.manad)


def radceller(uppdrag: Syntetuppdrag, *matt: str) -> Iterator[Radcell]:
    """Yield the printed cells that name any of some measures that histories are made from; no name: any of them."""
    assert LASTA_MATT.issuperset(matt)
    matt = matt or tuple(LASTA_MATT)
    manad = min(uppdrag.slutdag, date(uppdrag.ar, DECEMBER, 31)).month
    for tryckt in uppdrag.tabeller:
        for tabell in TABELLER.values():
            mall = Malltext(uppdrag.ar, manad)
            if {*tabell.etikettkolumner, *map(mall, synliga(tabell))} != set(tryckt.kolumner):
                continue
            mappning = uppdrag.mappning(tabell.namn)
            if mappning is not None:
                alla = _tabellens(uppdrag, tryckt, tabell, mappning, mall)
                yield from (cell for cell in alla if cell.matt in matt)


def _tabellens(
    u: Syntetuppdrag, tryckt: Trycktabell, tabell: Tabell, mappning: Radmappning, mall: Malltext
) -> Iterator[Radcell]:
    papper = {tuple(rad[n] for n in tabell.etikettkolumner): rad for rad in tryckt.rader}
    for nr, rad in enumerate(mappning.rader):
        celler = papper.get(rad.etiketter)
        if celler is None:
            continue
        for k in tabell.kolumner:
            namn = _tryckt_namn(k, mall)
            if not isinstance(k, Mattkolumn | Textkolumn) or not celler.get(namn):
                continue
            matt = rad.celler[k.nyckel].matt if k.nyckel in rad.celler else rad.matt or k.matt
            if matt is not None and k.nyckel not in rad.utanfor:
                yield Radcell(tryckt, rad, k, namn, celler, matt, nr, u.ar, mall.manad)


def _tryckt_namn(k: Kolumn, mall: Malltext) -> str:
    if not isinstance(k, Mattkolumn) or not k.dold:
        return mall(k.nyckel) if isinstance(k, Mattkolumn | Textkolumn) else ""
    return mall(k.syns_som) if k.syns_som else ""
