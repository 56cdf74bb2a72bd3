"""What a calculation is: one thing counted over one shape of fact, which one compiler turns into one SQL statement.

A measure is an expression (``domain.matt.uttryck``) over calculations. Nothing here is a query language: it is plain
data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import Any

from domain.fakta import Belopp, Fakta, Intervall, Punkt
from domain.regler.frister import Frist
from domain.regler.vardygn import IN_EJ_UT, Vardygnsregel
from domain.tid import Period

Urval = Mapping[str, tuple[str | int | None, ...]]
"""Allowed values per dimension; a dimension that is absent is not restricted."""


class Raknesatt(StrEnum):
    """What a calculation adds up, and of which shapes of fact.

    The unit follows: days, persons, kronor (öre inside), numbers (thousandths inside).
    """

    DYGN = "dygn"
    """Intervals: days by the care-day rule; absence is taken away when the rule says so. On one day: how many held."""
    PLATSDYGN = "platsdygn"
    """Intervals: days × the interval's number (places, persons). On one day: the number that held."""
    PERSONMANADER = "personmånader"
    """Intervals: months, a part of a month counted as its share of the month's days."""
    KOSTNAD = "kostnad"
    """Intervals: care days × price in kronor; a monthly fee is spread over the days of the month; unpaid absence is
    free."""
    UNIKA_PERSONER = "unika personer"
    """Intervals and points: different persons with at least one day, or one point, in the period. Not additive."""
    UNIKA_ARENDEN = "unika ärenden"
    """The same of cases."""
    UNIKA_VISTELSER = "unika vistelser"
    """The same of streams: of stays, each placement."""
    UNIKA_UTFORARE = "unika utförare"
    """The same of providers."""
    ANTAL = "antal"
    """Points, and amounts that state a number: how many."""
    VOLYM = "volym"
    """Points and amounts: sum of their numbers (assumed persons per day, days, inhabitants)."""
    BETYG = "betyg"
    """Points: sum of the grades they state."""
    BELOPP = "belopp"
    """Points and amounts: sum of kronor."""
    VOLYMVARDE = "volymvärde"
    """Amounts: sum of number × price in kronor."""
    SENASTE_DAG = "senaste dag"
    """Amounts: day number on which the latest took effect."""
    MEDIAN = "median"
    """Points: median of their numbers. Not additive."""
    INOM_FRIST = "inom frist"
    """Points that end something: how many came no later than a deadline after what they ended began."""
    UTAN_FOLJD = "utan följd"
    """Points: how many were not followed by one of other kinds about the same person within a deadline of days."""


UNIKA: Mapping[Raknesatt, str] = MappingProxyType(
    {
        Raknesatt.UNIKA_PERSONER: "person",
        Raknesatt.UNIKA_ARENDEN: "arende",
        Raknesatt.UNIKA_VISTELSER: "strom",
        Raknesatt.UNIKA_UTFORARE: "utforare",
    }
)
"""What the aggregates of different things tell them apart by."""


@dataclass(frozen=True)
class Senaste:
    """Which statements replace each other: of those about one thing, only the latest counts.

    Attributes:
        om: the columns that say what a statement is about.
        ordning: the column that says which came last.
        bland: the kind whose latest rules, where it is another than the one that is counted (a forecast without
            volumes leaves no earlier volumes in force).
    """

    om: tuple[str, ...]
    ordning: str = "ordning"
    bland: str | None = None


class Bokforingsperiod(StrEnum):
    """Which month an amount is counted in: the month it was booked or the month the care was given.

    What concerns no other month than its own (a forecast, a volume, a number of inhabitants) is counted in that one.
    """

    BOKFORING = "bokforing"
    VARD = "vard"


class Tidsdimension(StrEnum):
    """Ways to split a period in parts that add up to it."""

    MANAD = "manad"
    AR = "ar"


ORGANISATIONSDIMENSIONER = ("enhet", "overordnad", "avdelning")
"""What a fact has through its unit: the unit by the name it has, the area over it and the department in the area, all
as of the day that the question names (ADR 0010)."""

ENSKILDA = ("arende",)
"""What tells single cases apart: only measures that are about judged cases are split by it, and say so."""

IDENTITETER = ("utforare", "atgard", "arende")
"""The dimensions whose values are identities, written as UUIDs."""

DIMENSIONER: Mapping[type[Fakta], tuple[str, ...]] = {
    form: (*egna, *ORGANISATIONSDIMENSIONER)
    for form, egna in {
        Intervall: (
            *("malgrupp", "kon", "insatsform", "regi", "lagrum", "avtalsform", "utforare", "prissort", "underslag"),
        ),
        Punkt: (
            *("malgrupp", "kon", "insatsform", "regi", "lagrum", "avtalsform", "utforare", "utfall"),
            *("underslag", "avsandare"),
        ),
        Belopp: (
            *("namnd", "verksamhet", "kontogrupp", "konto"),
            *("malgrupp", "insatsform", "regi", "prissort", "underslag", "utfall", "projekt", "atgard", *ENSKILDA),
        ),
    }.items()
}
"""The dimensions a question may filter and group by, per shape of fact."""


def utan_tid(gruppera: Iterable[str], grupp: Iterable[Any]) -> tuple[Any, ...]:
    """Return a group's values in the dimensions that are not of time, given its dimensions."""
    return tuple(v for namn, v in zip(gruppera, grupp, strict=True) if namn not in tuple(Tidsdimension))


def beror_av_organisationen(gruppera: Iterable[str], *urval: Urval) -> bool:
    """Return whether a grouping or any of the restrictions speaks of the organisation."""
    return any(namn in ORGANISATIONSDIMENSIONER for namn in chain(gruppera, *urval))


@dataclass(frozen=True)
class Berakning:
    """One countable question to the facts, with everything fixed but the log position.

    Attributes:
        perioder: the parts counted, in order; the first element of every answer's group is the part's index.
        gruppera: dimensions to split by.
        rader: restrictions of the rows of a report table; given, the second element of the group is the row's index
            and facts outside every row are left out.
        senaste: which statements replace earlier ones; absent, none do.
        organisation_den: the day whose organisation is meant; absent, that of ``galler_den``.
        alder: youngest and oldest, as the age that a person reaches in the year of what is counted; of different
            persons, in the year of the period's last day.
        frist: the deadline of ``INOM_FRIST`` and ``UTAN_FOLJD``; of intervals, what is counted is what has gone on
            past it.
        foljd: the kinds that did not follow, of ``UTAN_FOLJD``.
        avser_tidigare: count only amounts that concern a month before the period.
        organisation_kand: the position that places of units are known at; absent, that of the facts.
    """

    form: type[Fakta]
    slag: tuple[str, ...]
    raknesatt: Raknesatt
    perioder: tuple[Period, ...]
    galler_den: date
    # What is restricted is seen by comparing; a hash need not be different.
    urval: Urval = field(default_factory=dict, hash=False)
    gruppera: tuple[str, ...] = ()
    rader: tuple[Urval, ...] = field(default=(), hash=False)
    regel: Vardygnsregel = IN_EJ_UT
    period_efter: Bokforingsperiod = Bokforingsperiod.BOKFORING
    senaste: Senaste | None = None
    organisation_den: date | None = None
    alder: tuple[int, int] | None = None
    frist: Frist | None = None
    avser_tidigare: bool = False
    foljd: tuple[str, ...] = ()
    organisation_kand: int | None = None

    @property
    def beror_av_organisationen(self) -> bool:
        """Return whether the answer depends on where units belong."""
        return beror_av_organisationen(self.gruppera, self.urval, *self.rader)
