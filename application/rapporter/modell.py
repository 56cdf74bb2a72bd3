"""What a report table is: a declaration of columns over measures; its rows are a row mapping.

A new published table of a known kind needs a declaration and a mapping, never code. Names and headings of columns may
hold ``{ar}``, ``{ar_1}`` (the year before) … and ``{man}`` (the short name of the month of the question's day).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from application.rapporter.uttryck import Uttryck
from domain.begrepp import Begrepp, Prognosslag
from domain.tid import Period

MANADSORD = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
DECEMBER = 12
_AR_BAKAT = 20
"""How many years back names of columns may speak of."""


class Summering(StrEnum):
    """What a column shows in the rows that sum up others."""

    SUMMA = "summa"
    """The sum of the unrounded rows."""
    OVAGT_MEDEL = "ovägt medel"
    """Nothing per group; in the grand total the mean of the rows priced per day, all weighing the same (E16)."""
    MEDEL = "medel"
    """The mean of the rows, all weighing the same."""
    INGEN = "ingen"
    """Nothing: the figures do not add up to anything."""


@dataclass(frozen=True)
class Tid:
    """Which days a column is about, seen from the report's year and the day that the question is about.

    Attributes:
        ar: years from the report's.
        fran: first month; None: the month of the question's day.
        till: last month; None: the month of the question's day.
        fler_ar: years more, before that one.
    """

    ar: int = 0
    fran: int | None = 1
    till: int | None = DECEMBER
    fler_ar: int = 0

    def period(self, ar: int, manad: int) -> Period:
        """Return the days, in a report of a year whose question is about a day in a month."""
        aret, sista = ar + self.ar, self.till or manad
        forsta = date(aret - self.fler_ar, self.fran or manad, 1)
        return Period(forsta, date(aret + sista // DECEMBER, sista % DECEMBER + 1, 1))


HELAR = Tid()
HITTILLS = Tid(till=None)
"""The year up to and including the month of the question's day."""
MANADEN = Tid(fran=None, till=None)
HELA_TIDEN = Tid(till=None, fler_ar=_AR_BAKAT)
"""All that has been up to and including the month of the question's day, as far back as reports go."""


@dataclass(frozen=True)
class Mattkolumn:
    """A column that shows a measure for some days.

    Attributes:
        nyckel: column name in CSV and JSON.
        rubrik: what a person reads.
        matt: the measure; none: that of the row.
        val: variants of the measure, by name.
        per: what the figure is divided by when printed (1 000 000 for mnkr).
        tecken: -1 where the table prints costs as negative.
        vid: counted as of the day that the latest adopted forecast of this kind speaks of.
        sedan: counted as of the earlier day that the question compares with.
        bara_volymrader: whether rows without care days are left empty.
        noll: whether a row without facts is zero where the column has any; none: as the facts of the measure say
            (nothing has been where stays and points are, but an amount that nobody has set is not zero).
        dold: used by other columns and not printed.
        syns_som: of a hidden one, the printed column that shows it in the rows that have it.
    """

    nyckel: str
    rubrik: str
    matt: str | None = None
    summering: Summering = Summering.SUMMA
    tid: Tid = HELAR
    val: Mapping[str, str] = field(default_factory=dict)
    urval: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    decimaler: int = 0
    per: int = 1
    tecken: int = 1
    vid: Prognosslag | None = None
    sedan: bool = False
    bara_volymrader: bool = False
    noll: bool | None = None
    dold: bool = False
    syns_som: str | None = None


@dataclass(frozen=True)
class Manadskolumner:
    """One column like this for each month up to that of the question's day; ``{manad}`` is the month's short name."""

    mall: Mattkolumn


@dataclass(frozen=True)
class Uttryckskolumn:
    """A column that is worked out from other columns of its row."""

    nyckel: str
    rubrik: str
    uttryck: Uttryck
    decimaler: int = 0
    dold: bool = False


@dataclass(frozen=True)
class Prissortskolumn:
    """A column that names what the row's price is per."""

    nyckel: str
    rubrik: str


@dataclass(frozen=True)
class Textkolumn:
    """A column with words: those that the row mapping gives, or the value of a dimension.

    Attributes:
        dimension: the words are the values of this dimension among the facts that ``matt`` counts in the row.
        ordlista: what the values are called, where they are words of a vocabulary.
        ord: by value, what this table calls it instead.
    """

    nyckel: str
    rubrik: str
    matt: str | None = None
    dimension: str | None = None
    tid: Tid = HELAR
    ordlista: type[Begrepp] | None = None
    ord: Mapping[str, str] = field(default_factory=dict)


class Atgardsuppgift(StrEnum):
    """What the stream of an åtgärd says of it in words."""

    FAS = "fas"
    """How far it has come."""
    ANSVARIG = "ansvarig"
    """The role that is responsible."""
    BESLUTSDATUM = "beslutsdatum"
    """The days of the decisions, in order."""
    DIARIENUMMER = "diarienummer"
    """The diary numbers of the decisions."""
    PLANERAT_SLUT = "planerat slut"
    """The last day it is meant to take, by the latest decision that says."""


@dataclass(frozen=True)
class Atgardskolumn:
    """A column with what is said of the åtgärd that a row is."""

    nyckel: str
    rubrik: str
    uppgift: Atgardsuppgift


Kolumn = Mattkolumn | Manadskolumner | Uttryckskolumn | Prissortskolumn | Textkolumn | Atgardskolumn


@dataclass(frozen=True)
class Tabell:
    """A report table.

    Attributes:
        namn: the word it is asked for by; also the key of its row mappings.
        etikettkolumner: the columns that name a row; the last may be the row's kind.
        helhet: a measure whose whole is held against the grand total, to name what no row counts.
        flera_namnder: whether boards may be mixed, because the rows tell them apart.
    """

    namn: str
    rubrik: str
    kalla: str
    etikettkolumner: tuple[str, ...]
    kolumner: tuple[Kolumn, ...]
    helhet: str | None = None
    flera_namnder: bool = False


@dataclass(frozen=True)
class Malltext:
    """Fills in the years and the month of column names and headings."""

    ar: int
    manad: int

    def __call__(self, mall: str) -> str:
        """Return the text with years and month filled in."""
        ar = {f"ar_{n}": self.ar - n for n in range(1, _AR_BAKAT + 1)}
        return mall.format(ar=self.ar, ar__1=self.ar + 1, man=MANADSORD[self.manad - 1], **ar)


def synliga(tabell: Tabell) -> Iterator[str]:
    """Yield the declared names of the columns that are printed, but for those that there is one of per month."""
    for k in tabell.kolumner:
        if not isinstance(k, Manadskolumner) and not (isinstance(k, Mattkolumn | Uttryckskolumn) and k.dold):
            yield k.nyckel
