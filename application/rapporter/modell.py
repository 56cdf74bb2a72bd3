"""What a report table is: a declaration of columns over measures; its rows are a row mapping.

A new published table of a known kind needs a declaration and a mapping, never code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.begrepp import Prognosslag


class Summering(StrEnum):
    """What a column shows in the rows that sum up others."""

    SUMMA = "summa"
    """The sum of the unrounded rows."""
    OVAGT_MEDEL = "ovägt medel"
    """Nothing per group; in the grand total the mean of the rows priced per day, all weighing the same (E16)."""


@dataclass(frozen=True)
class Mattkolumn:
    """A column that shows a measure for a calendar year.

    Attributes:
        nyckel: column name in CSV and JSON, with ``{ar}``, ``{ar_1}`` (the year before) or ``{ar_2}``.
        rubrik: what a person reads, with the same placeholders.
        ar: which year, counted from the report's.
        per: what the figure is divided by when printed (1 000 000 for mnkr).
        bara_volymrader: whether rows without care days are left empty.
    """

    nyckel: str
    rubrik: str
    matt: str
    summering: Summering
    ar: int = 0
    decimaler: int = 0
    per: int = 1
    bara_volymrader: bool = False


@dataclass(frozen=True)
class Prognosavvikelse:
    """A column that shows budget less an adopted forecast: minus means that it costs more than budgeted.

    The budget is the one in force on the day the forecast speaks of, so that the column stands still when the budget
    is adjusted later in the year.
    """

    nyckel: str
    rubrik: str
    slag: Prognosslag
    decimaler: int = 1
    per: int = 1_000_000
    bara_volymrader: bool = False
    summering: Summering = Summering.SUMMA


@dataclass(frozen=True)
class Prissortskolumn:
    """A column that names what the row's price is per."""

    nyckel: str
    rubrik: str


Kolumn = Mattkolumn | Prognosavvikelse | Prissortskolumn


@dataclass(frozen=True)
class Tabell:
    """A report table.

    Attributes:
        namn: the word it is asked for by; also the key of its row mappings.
        etikettkolumner: the columns that name a row.
    """

    namn: str
    rubrik: str
    kalla: str
    etikettkolumner: tuple[str, str, str]
    kolumner: tuple[Kolumn, ...]


def for_ar(mall: str, ar: int) -> str:
    """Return a column name or heading with the years filled in."""
    return mall.format(ar=ar, ar_1=ar - 1, ar_2=ar - 2)
