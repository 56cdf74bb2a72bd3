"""The ways to combine calculations into a figure. Plain data; ``application.utrakning`` works an expression out.

Every expression answers per period and group. Those that have something to divide by are silent where it is zero
(``har_luckor``); the others are zero where nothing was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar, cast

from domain.fakta import INVESTERINGSUTFALL, UTFALL, Belopp, Fakta
from domain.matt.modell import DIMENSIONER, ENSKILDA, UNIKA, Raknesatt, Senaste, Urval
from domain.regler.frister import Frist


@dataclass(frozen=True)
class Grund:
    """One calculation: one SQL statement.

    Attributes:
        dimensioner: those that its facts have, where they are fewer than their shape's (an inhabitant has no form of
            care); a question's other restrictions pass it by.
        alder: youngest and oldest, as the age that a person reaches in the year of what is counted; of different
            persons, in the year of the period's last day.
        frist: of points, how many came in time; of intervals, those that have gone on past it.
        foljd: of points that nothing followed, the kinds that did not come in time.
        avser_tidigare: only amounts that concern a month before the period.
    """

    form: type[Fakta]
    slag: tuple[str, ...]
    raknesatt: Raknesatt
    # What is restricted is seen by comparing; a hash need not be different.
    urval: Urval = field(default_factory=dict, hash=False)
    senaste: Senaste | None = None
    dimensioner: tuple[str, ...] | None = None
    alder: tuple[int, int] | None = None
    frist: Frist | None = None
    avser_tidigare: bool = False
    foljd: tuple[str, ...] = ()

    @property
    def har_dimensioner(self) -> tuple[str, ...]:
        """Return the dimensions its facts can be split and filtered by."""
        if self.dimensioner is not None:
            return self.dimensioner
        return tuple(d for d in DIMENSIONER[self.form] if d not in ENSKILDA)


@dataclass(frozen=True)
class PerDag:
    """An expression divided by the number of days that had passed of the period."""

    taljare: Uttryck


@dataclass(frozen=True)
class PerManad:
    """An expression divided by the months that had passed, a part of a month as its share of the month's days.

    Attributes:
        kvar: divide by the months that remain when those the books have come to (``Periodval.BOKFORT``) are gone.
    """

    taljare: Uttryck
    kvar: bool = False


@dataclass(frozen=True)
class PerAr:
    """An expression in years: what it is of each calendar year divided by that year's days, leap years too."""

    taljare: Uttryck


@dataclass(frozen=True)
class Ganger:
    """An expression times a number."""

    uttryck: Uttryck
    faktor: Fraction


@dataclass(frozen=True)
class Kvot:
    """One expression divided by another; nothing where the divisor is zero.

    Attributes:
        faktor: what the quotient is multiplied by: 100 for per cent, 1 000 for per thousand inhabitants.
        hel: divide by the whole, whichever the dimensions of the group: a share of all.
        absolut: divide by the absolute value: a change of a negative figure has the sign of the change.
    """

    taljare: Uttryck
    namnare: Uttryck
    faktor: int = 1
    hel: bool = False
    absolut: bool = False


@dataclass(frozen=True)
class Skillnad:
    """One expression less another."""

    fran: Uttryck
    minus: Uttryck


class Periodval(StrEnum):
    """Another period than the one asked for."""

    SISTA_DAGEN = "sista dagen"
    """The last day that had passed of it: a standing (*ställning*)."""
    HELA_ARET = "hela året"
    """The calendar years it lies in."""
    I_FJOL = "i fjol"
    """The same months and days a year before; of what had passed, unless all facts are plans for the whole period."""
    BOKFORT = "bokförda månader"
    """Of it, the whole months that had passed, up to the last in which anything is booked.

    What is booked of a month that goes on says nothing of the month, and the books of one are closed in the next. It
    is told by all that the municipality, or the board asked for, has booked: what has no booking may still have ended.
    """
    TOLV_MANADER = "tolv månader"
    """The twelve months that end when it does."""


@dataclass(frozen=True)
class Under:
    """An expression over another period."""

    uttryck: Uttryck
    period: Periodval


@dataclass(frozen=True)
class Manadsmedel:
    """The mean of an expression's values for each month of the period that had begun, all months weighing the same."""

    uttryck: Uttryck


@dataclass(frozen=True)
class Dar:
    """An expression counted only where another has something, per the dimensions named: days in units with places.

    What has no unit is in none.
    """

    uttryck: Uttryck
    finns: Uttryck
    over: tuple[str, ...]


@dataclass(frozen=True)
class AndelCeller:
    """How many per cent of the cells of some dimensions have a value of zero or more; what has no unit is no cell."""

    uttryck: Uttryck
    over: tuple[str, ...]


Uttryck: TypeAlias = (
    Grund | PerDag | PerManad | PerAr | Ganger | Kvot | Skillnad | Under | Manadsmedel | Dar | AndelCeller
)

Nagot = TypeVar("Nagot", bound=Uttryck)

_BOKFORT = frozenset((UTFALL, INVESTERINGSUTFALL))
INTE_SUMMERBARA = frozenset((*UNIKA, Raknesatt.MEDIAN, Raknesatt.SENASTE_DAG))
"""The aggregates whose values of parts do not add up to that of the whole."""


def delar(uttryck: Uttryck) -> Iterator[tuple[str, Uttryck]]:
    """Yield the expressions that an expression is directly made of, by the field they stand in."""
    for falt in fields(uttryck):
        varde = getattr(uttryck, falt.name)
        if isinstance(varde, Uttryck):
            yield falt.name, varde


def grunderna(uttryck: Uttryck) -> Iterator[Grund]:
    """Yield every calculation of an expression, in order."""
    if isinstance(uttryck, Grund):
        yield uttryck
    for _, del_ in delar(uttryck):
        yield from grunderna(del_)


def med_grunder(uttryck: Uttryck, andra: Callable[[Grund], Grund]) -> Uttryck:
    """Return an expression with each of its calculations changed."""
    if isinstance(uttryck, Grund):
        return andra(uttryck)
    bytta: dict[str, Any] = {namn: med_grunder(del_, andra) for namn, del_ in delar(uttryck)}
    return replace(uttryck, **bytta)


def bada(a: Urval, b: Urval) -> Urval:
    """Return the restriction that lets through only what both do."""
    gemensamma = {namn: tuple(v for v in a[namn] if v in b[namn]) for namn in a.keys() & b.keys()}
    return {**a, **b, **gemensamma}


def begransa(uttryck: Nagot, urval: Urval) -> Nagot:
    """Return an expression with a restriction on each of its calculations.

    Raises:
        ValueError: a calculation's facts have no such column.
    """

    def snavare(grund: Grund) -> Grund:
        okanda = urval.keys() - set(grund.form._fields)
        if okanda:
            msg = f"{grund.form.__name__} har inte {', '.join(sorted(okanda))}."
            raise ValueError(msg)
        return replace(grund, urval=bada(grund.urval, urval))

    return cast(Nagot, med_grunder(uttryck, snavare))


def begransa_dar_det_gar(uttryck: Uttryck, urval: Urval) -> Uttryck:
    """Return an expression with a restriction on those of its calculations that have the dimension."""

    def snavare(grund: Grund) -> Grund:
        egna = {namn: varden for namn, varden in urval.items() if namn in grund.har_dimensioner}
        return replace(grund, urval=bada(grund.urval, egna)) if egna else grund

    return med_grunder(uttryck, snavare)


def delas_pa(uttryck: Uttryck) -> Iterator[str]:
    """Yield the dimensions that an expression looks at by itself, whatever the question is split by."""
    if isinstance(uttryck, (Dar, AndelCeller)):
        yield from uttryck.over
    for _, del_ in delar(uttryck):
        yield from delas_pa(del_)


def ar_plan(grund: Grund) -> bool:
    """Return whether a calculation counts what is laid on a period before it has passed: all amounts but those booked.

    A figure of a register is about its whole year too.
    """
    return grund.form is Belopp and not _BOKFORT.intersection(grund.slag)


def bokforda(uttryck: Uttryck) -> Iterator[Grund]:
    """Yield the calculations of what is booked in an expression."""
    return (grund for grund in grunderna(uttryck) if grund.form is Belopp and _BOKFORT.intersection(grund.slag))


def har_luckor(uttryck: Uttryck) -> bool:
    """Return whether an expression may have no value, which is not zero."""
    return isinstance(uttryck, (Kvot, AndelCeller)) or any(har_luckor(del_) for _, del_ in delar(uttryck))


def grupper_summerar(uttryck: Uttryck) -> bool:
    """Return whether the values of groups add up to that of the whole."""
    if isinstance(uttryck, Grund):
        return uttryck.raknesatt not in INTE_SUMMERBARA
    return not isinstance(uttryck, (Kvot, AndelCeller)) and all(grupper_summerar(del_) for _, del_ in delar(uttryck))


def perioder_summerar(uttryck: Uttryck) -> bool:
    """Return whether the values of adjacent periods add up to that of both.

    What concerns a month before the first of two periods is before both; before the second it may lie in the first.
    """
    if isinstance(uttryck, Grund):
        return uttryck.raknesatt not in INTE_SUMMERBARA and not uttryck.avser_tidigare
    return isinstance(uttryck, (Skillnad, Ganger, PerAr)) and all(perioder_summerar(del_) for _, del_ in delar(uttryck))
