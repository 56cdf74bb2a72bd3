"""What a measure is: an expression over facts with everything a reader must know of the figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from domain.fakta import Belopp, Intervall
from domain.matt.modell import Raknesatt, Tidsdimension, Urval
from domain.matt.uttryck import (
    Grund,
    Uttryck,
    begransa_dar_det_gar,
    delas_pa,
    grunderna,
    grupper_summerar,
    med_grunder,
    perioder_summerar,
)


@dataclass(frozen=True)
class Mattenhet:
    """A unit, and with how many decimals a figure in it is printed: rounded half away from zero, once, last."""

    namn: str
    decimaler: int


class Familj(StrEnum):
    """Which chapter of the catalogue a measure belongs to."""

    VOLYM = "Volymer"
    VARDYGN = "Vårddygn"
    EKONOMI = "Ekonomi"
    PROGNOS = "Prognos"
    BELAGGNING = "Beläggning"
    KVALITET = "Kvalitet och rättssäkerhet"
    ATGARDER = "Åtgärder och effekt"
    AVTAL = "Avtal och utförare"
    JAMFORELSE = "Jämförelse"


class Tecken(StrEnum):
    """What the sign of a figure means."""

    ANTAL = "Aldrig negativt."
    NETTOKOSTNAD = "Nettokostnad: kostnad positiv, intäkt negativ."
    AVVIKELSE = "Minus betyder att det kostat, eller väntas kosta, mer än budgeterat (underskott)."
    VOLYMAVVIKELSE = "Plus betyder fler, eller dyrare, än jämförelsen."
    FORANDRING = "Plus betyder en ökning."
    EFFEKT = "Sparade kronor: en besparing är positiv."
    SOM_REGISTRERAT = "Som det registrerats."


@dataclass(frozen=True)
class Variantval:
    """One way to count: by narrower facts, by another expression, or both."""

    namn: str
    etikett: str
    urval: Urval = field(default_factory=dict)
    uttryck: Uttryck | None = None


@dataclass(frozen=True)
class Variant:
    """A choice where reports differ in how they count: a parameter with a name. The first way is the default.

    Attributes:
        fri: there is no list: any word is put where the expression says ``$namn``, or several with commas between; the
            ways listed are only examples.
    """

    namn: str
    etikett: str
    val: tuple[Variantval, ...]
    fri: bool = False


@dataclass(frozen=True)
class Matt:
    """A measure.

    Attributes:
        namn: the word it is asked for by.
        etikett: what a table prints.
        definition: what it means, for a person.
        kalla: where the definition comes from.
        id: the numbers it has in the catalogue of printed measures; it can be asked for by them too.
        galler_fran: first day that it can speak of (a law's, say); a period that begins earlier is refused.
        varianter: choices, beside those that all measures of its kind have (care-day rule, booking period …).
        ovagt_over: dimensions whose cells an unweighted variant averages over; none: there is no such variant.
        ovagt_urval: which facts have a place in that average.
        hela_ar: whether it only speaks of whole calendar years.
        hela_manader: whether it only speaks of whole calendar months.
    """

    namn: str
    etikett: str
    enhet: Mattenhet
    definition: str
    kalla: str
    uttryck: Uttryck
    familj: Familj = Familj.VOLYM
    id: tuple[str, ...] = ()
    tecken: Tecken = Tecken.ANTAL
    galler_fran: date | None = None
    varianter: tuple[Variant, ...] = ()
    ovagt_over: tuple[str, ...] = ()
    ovagt_urval: Urval = field(default_factory=dict)
    hela_ar: bool = False
    hela_manader: bool = False

    @property
    def grunder(self) -> tuple[Grund, ...]:
        """Return the calculations the measure is made of, each once."""
        return tuple(_olika(grunderna(self.uttryck)))

    @property
    def additivt(self) -> bool:
        """Return whether groups add up to the whole."""
        return grupper_summerar(self.uttryck)

    @property
    def additivt_i_tid(self) -> bool:
        """Return whether adjacent periods add up."""
        return perioder_summerar(self.uttryck)

    @property
    def dimensioner(self) -> tuple[str, ...]:
        """Return the dimensions the measure can be split and filtered by, time included.

        They are those that all its calculations have and are restricted alike in: a share of those in own care is not
        split by who gives the care.
        """
        forsta, *ovriga = self.grunder
        gemensamma = [
            d
            for d in forsta.har_dimensioner
            if all(d in g.har_dimensioner and g.urval.get(d) == forsta.urval.get(d) for g in ovriga)
        ]
        tid = () if self.hela_ar else (Tidsdimension.MANAD.value,)
        return (*gemensamma, *tid, Tidsdimension.AR.value)

    @property
    def delas_pa(self) -> tuple[str, ...]:
        """Return the dimensions it looks at by itself, whatever the question is split by."""
        return (*delas_pa(self.uttryck), *self.ovagt_over)

    @property
    def raknar_vardygn(self) -> bool:
        """Return whether the care-day rule has a say."""
        return any(g.form is Intervall for g in self.grunder)

    @property
    def raknar_belopp(self) -> bool:
        """Return whether it has amounts that are booked in one month and may concern another."""
        return any(g.form is Belopp and g.raknesatt is Raknesatt.BELOPP for g in self.grunder)

    def variant(self, namn: str) -> Variant | None:
        """Return a choice by name."""
        return next((v for v in self.varianter if v.namn == namn), None)

    def med(self, valda: Mapping[str, str]) -> Matt:
        """Return the measure with its choices made; those not named are the default.

        Raises:
            KeyError: a name is not one of the measure's choices.
        """
        uttryck = self.uttryck
        gjorda = {v.namn: _valt(v, valda.get(v.namn)) for v in self.varianter}
        for val in gjorda.values():
            uttryck = val.uttryck or uttryck
        for val in gjorda.values():
            uttryck = begransa_dar_det_gar(uttryck, val.urval)
        fria = {f"${v.namn}": tuple(map(str.strip, gjorda[v.namn].namn.split(","))) for v in self.varianter if v.fri}
        return replace(self, uttryck=_ifyllt(uttryck, fria) if fria else uttryck)


def _olika(grunder: Iterator[Grund]) -> list[Grund]:
    olika: list[Grund] = []
    for grund in grunder:
        if grund not in olika:
            olika.append(grund)
    return olika


def _valt(variant: Variant, namn: str | None) -> Variantval:
    if namn is None:
        return variant.val[0]
    if variant.fri:
        return Variantval(namn, namn)
    return {val.namn: val for val in variant.val}[namn]


def _ifyllt(uttryck: Uttryck, fria: Mapping[str, tuple[str, ...]]) -> Uttryck:
    """Return an expression with the words that were chosen where it leaves them open."""

    def fyll(grund: Grund) -> Grund:
        urval = {
            namn: tuple(ord_ for v in varden for ord_ in fria.get(str(v), (v,))) for namn, varden in grund.urval.items()
        }
        return replace(grund, urval=urval)

    return med_grunder(uttryck, fyll)
