"""A question about a table, and its answer: columns, rows of cells, and how a cell is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.queries import Underlag
from application.rapporter.modell import (
    DECEMBER,
    Malltext,
    Manadskolumner,
    Mattkolumn,
    Tabell,
)
from application.rapporter.radmappning import Rad, Radmappning
from application.rapporter.uttryck import Cell
from domain.begrepp import Prissort
from domain.matt.modell import Urval, beror_av_organisationen
from domain.pengar import avrunda
from domain.regler.vardygn import IN_EJ_UT, Vardygnsregel
from domain.tid import Tidssnitt

KOSTNADSENHET = {Prissort.DYGN: "kr_per_dygn", Prissort.MANAD: "kr_per_manad"}
"""How a table names what a price is per."""


@dataclass(frozen=True)
class Tabellfraga:
    """Which table, of which municipality and year, as of when, with which rule and rows.

    ``radmappning_den`` is there where another day's rows than the question's own were asked for. ``sedan_den`` is the
    earlier day of a table that shows what has changed; without it the last day before the report's year. ``till_manad``
    is the month the report has come to: the books of a month are closed in the next, so it may lie before the day.
    """

    tabell: Tabell
    kommun: str
    ar: int
    tidssnitt: Tidssnitt
    radmappning: Radmappning
    regel: Vardygnsregel = IN_EJ_UT
    namnd: str | None = None
    organisation_den: date | None = None
    radmappning_den: date | None = None
    sedan_den: date | None = None
    till_manad: int | None = None
    atgard: UUID | None = None

    @property
    def mattkolumner(self) -> tuple[Mattkolumn, ...]:
        """Return the columns of measures, one like them for each month where there are such."""
        kolumner = (k.mall if isinstance(k, Manadskolumner) else k for k in self.tabell.kolumner)
        return tuple(k for k in kolumner if isinstance(k, Mattkolumn))

    @property
    def radurval(self) -> tuple[Urval, ...]:
        """Return what each row counts."""
        return tuple(rad.urval.som_filter() for rad in self.radmappning.rader)

    @property
    def organisationsdag(self) -> date | None:
        """Return the day whose organisation the rows speak of; None where they speak of none."""
        delade = tuple(rad.per for rad in self.radmappning.rader if rad.per)
        if not beror_av_organisationen(delade, *self.radurval):
            return None
        return self.organisation_den or self.tidssnitt.galler_den

    @property
    def urval(self) -> Urval:
        """Return what restricts amounts: the municipality, and the board and the åtgärd if they are named."""
        namnd: Urval = {"namnd": (self.namnd,)} if self.namnd else {}
        atgard: Urval = {"atgard": (str(self.atgard),)} if self.atgard else {}
        return {"kommun": (self.kommun,), **namnd, **atgard}

    @property
    def manad(self) -> int:
        """Return the month that the report has come to."""
        return self.till_manad or min(self.tidssnitt.galler_den, date(self.ar, DECEMBER, 31)).month

    @property
    def malltext(self) -> Malltext:
        """Return what fills in years and month in names and headings."""
        return Malltext(self.ar, self.manad)


@dataclass(frozen=True)
class Kolumnsvar:
    """A column of an answered table: its name, heading and number of decimals (None: text)."""

    nyckel: str
    rubrik: str
    decimaler: int | None


@dataclass(frozen=True)
class Svarsrad(Mapping[str, Cell]):
    """An answered row: its cells by column name, and what it is (none: a row of a list)."""

    celler: Mapping[str, Cell]
    rad: Rad | None = None

    def __getitem__(self, kolumn: str) -> Cell:
        """Return a cell."""
        return self.celler[kolumn]

    def __iter__(self) -> Iterator[str]:
        """Return the names of the columns."""
        return iter(self.celler)

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.celler)

    @property
    def sammansatt(self) -> bool:
        """Return whether it is made from other rows."""
        return self.rad is not None and not self.rad.raknar


@dataclass(frozen=True)
class Tabellsvar:
    """An answered table: exact cells, what they rest on, and remarks a reader needs.

    Attributes:
        skyddat: whether it is under disclosure control (``domain.rojande``).
        dolda: row number and column of the cells that have a figure which is not shown; they are None.
        rader_utelamnade: whether rows are left out, since their being there tells of few.
    """

    fraga: Tabellfraga
    underlag: Underlag
    kolumner: tuple[Kolumnsvar, ...]
    rader: tuple[Svarsrad, ...]
    noter: tuple[str, ...]
    skyddat: bool = False
    dolda: frozenset[tuple[int, str]] = frozenset()
    rader_utelamnade: bool = False

    def ur_uppgifterna(self, rad: Svarsrad) -> bool:
        """Return whether a row is there because a value of its dimension is, and not because it is declared."""
        return rad.rad is not None and rad.rad not in self.fraga.radmappning.rader

    def decimaler(self, rad: Mapping[str, Cell], kolumn: Kolumnsvar) -> int:
        """Return with how many decimals a number is printed."""
        egna = rad.rad.decimaler if isinstance(rad, Svarsrad) and rad.rad is not None else None
        return egna if egna is not None else kolumn.decimaler or 0

    def tryckt(self, rad: Mapping[str, Cell], kolumn: Kolumnsvar) -> str:
        """Return a cell as it is printed in CSV: rounded once, empty where there is nothing to say."""
        varde = rad[kolumn.nyckel]
        if varde is None or isinstance(varde, str):
            return varde or ""
        avrundat = avrunda(varde, self.decimaler(rad, kolumn))
        return str(abs(avrundat) if avrundat == 0 else avrundat)

    def etikett(self, rad: Mapping[str, Cell]) -> str:
        """Return the labels that name a row, as one text."""
        return " / ".join(str(rad[namn]) for namn in self.fraga.tabell.etikettkolumner)
