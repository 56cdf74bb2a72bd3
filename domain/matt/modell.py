"""What a measure is: a declaration that one compiler turns into SQL, and the calculation it boils down to.

A measure is an expression over *calculations*. A calculation (``Berakning``) counts one thing over one shape of fact
and is one SQL statement; the few ways to combine them are the expression types below. Nothing here is a query
language: it is plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain

from domain.fakta import Belopp, Fakta, Intervall, Punkt
from domain.regler.vardygn import IN_EJ_UT, Vardygnsregel
from domain.tid import Period

Urval = Mapping[str, tuple[str | int | None, ...]]
"""Allowed values per dimension; a dimension that is absent is not restricted."""


class Aggregat(StrEnum):
    """What a calculation adds up.

    The unit follows: days, persons, kronor (öre inside), thousandths of persons per day.
    """

    DYGN = "dygn"
    """Care days by the care-day rule; absence is taken away when the rule says so."""
    UNIKA_PERSONER = "unika personer"
    """Different persons with at least one day in the period. Not additive."""
    KOSTNAD = "kostnad"
    """Care days × price in kronor; a monthly fee is spread over the days of the month; unpaid absence is free."""
    BELOPP = "belopp"
    """Sum of amounts in kronor."""
    VOLYM = "volym"
    """Sum of assumed persons per day."""
    VOLYMVARDE = "volymvärde"
    """Sum of assumed persons per day × assumed price in kronor."""
    SENASTE_DAG = "senaste dag"
    """Day number on which the latest of the amounts took effect."""
    ANTAL = "antal"
    """Number of points."""


class Bokforingsperiod(StrEnum):
    """Which month an amount is counted in: the month it was booked or the month the care was given."""

    BOKFORING = "bokforing"
    VARD = "vard"


class Tidsdimension(StrEnum):
    """Ways to split a period in parts that add up to it."""

    MANAD = "manad"
    AR = "ar"


ORGANISATIONSDIMENSIONER = ("enhet", "overordnad", "avdelning")
"""What a fact has through its unit: the unit by the name it has, the area over it and the department in the area, all
as of the day that the question names (ADR 0010)."""

DIMENSIONER: Mapping[type[Fakta], tuple[str, ...]] = {
    form: (*egna, *ORGANISATIONSDIMENSIONER)
    for form, egna in {
        Intervall: ("malgrupp", "kon", "insatsform", "regi", "lagrum", "avtalsform", "utforare", "prissort"),
        Punkt: ("malgrupp", "kon", "insatsform", "regi", "lagrum", "avtalsform", "utforare", "utfall"),
        Belopp: (
            *("namnd", "verksamhet", "kontogrupp", "konto"),
            *("malgrupp", "insatsform", "regi", "prissort", "underslag"),
        ),
    }.items()
}
"""The dimensions a question may filter and group by, per shape of fact."""


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
        bara_senaste: count only the amounts that took effect last (an adopted forecast replaces the earlier).
        organisation_den: the day whose organisation is meant; absent, that of ``galler_den``.
    """

    form: type[Fakta]
    slag: tuple[str, ...]
    aggregat: Aggregat
    perioder: tuple[Period, ...]
    galler_den: date
    urval: Urval = field(default_factory=dict)
    gruppera: tuple[str, ...] = ()
    rader: tuple[Urval, ...] = ()
    regel: Vardygnsregel = IN_EJ_UT
    period_efter: Bokforingsperiod = Bokforingsperiod.BOKFORING
    bara_senaste: bool = False
    organisation_den: date | None = None

    @property
    def beror_av_organisationen(self) -> bool:
        """Return whether the answer depends on where units belong."""
        return beror_av_organisationen(self.gruppera, self.urval, *self.rader)


@dataclass(frozen=True)
class Grund:
    """An expression that is one calculation."""

    form: type[Fakta]
    slag: tuple[str, ...]
    aggregat: Aggregat
    urval: Urval = field(default_factory=dict)
    bara_senaste: bool = False


@dataclass(frozen=True)
class PerDag:
    """A calculation divided by the number of days that had passed of the period."""

    taljare: Grund


@dataclass(frozen=True)
class Kvot:
    """One calculation divided by another; nothing where the divisor is zero."""

    taljare: Grund
    namnare: Grund


@dataclass(frozen=True)
class Skillnad:
    """One calculation less another."""

    fran: Grund
    minus: Grund


Uttryck = Grund | PerDag | Kvot | Skillnad


@dataclass(frozen=True)
class Enhet:
    """A unit, and with how many decimals a figure in it is printed."""

    namn: str
    decimaler: int


@dataclass(frozen=True)
class Matt:
    """A measure.

    Attributes:
        namn: the word it is asked for by.
        etikett: what a table prints.
        definition: what it means, for a person.
        kalla: where the definition comes from.
        galler_fran: first day the definition is in force.
        ovagt_over: dimensions whose cells an unweighted variant averages over; none: there is no such variant.
        ovagt_urval: which facts have a place in that average.
        additivt: whether parts add up to the whole.
        hela_ar: whether it only speaks of whole calendar years.
        hela_manader: whether it only speaks of whole calendar months.
    """

    namn: str
    etikett: str
    enhet: Enhet
    definition: str
    kalla: str
    uttryck: Uttryck
    galler_fran: date = date(1900, 1, 1)
    ovagt_over: tuple[str, ...] = ()
    ovagt_urval: Urval = field(default_factory=dict)
    additivt: bool = True
    hela_ar: bool = False
    hela_manader: bool = False

    @property
    def grunder(self) -> tuple[Grund, ...]:
        """Return the calculations the measure is made of."""
        match self.uttryck:
            case Grund():
                return (self.uttryck,)
            case PerDag(taljare):
                return (taljare,)
            case Kvot(taljare, namnare):
                return (taljare, namnare)
            case Skillnad(fran, minus):
                return (fran, minus)

    @property
    def dimensioner(self) -> tuple[str, ...]:
        """Return the dimensions the measure can be split and filtered by, time included."""
        gemensamma = [
            d for d in DIMENSIONER[self.grunder[0].form] if all(d in DIMENSIONER[g.form] for g in self.grunder)
        ]
        tid = () if self.hela_ar else (Tidsdimension.MANAD.value,)
        return (*gemensamma, *tid, Tidsdimension.AR.value)
