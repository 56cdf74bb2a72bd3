"""Questions: a measure over a period, as of a day and a moment of knowledge, with the basis of the answer.

Every answer carries its basis: the resolved log position, both times, the rule, the definition. The same basis gives
the same answer for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from application.ports import Faktalasare, Huvudbok
from domain.matt.katalog import MATT
from domain.matt.modell import (
    ORGANISATIONSDIMENSIONER,
    Berakning,
    Bokforingsperiod,
    Grund,
    Kvot,
    Matt,
    PerDag,
    Skillnad,
    Tidsdimension,
    Urval,
    beror_av_organisationen,
)
from domain.regler.vardygn import IN_EJ_UT, Vardygnsregel
from domain.tid import Period, Tidssnitt, kalenderar


class Vagning(StrEnum):
    """Whether a mean weighs its parts by volume or counts them alike."""

    VAGD = "vagd"
    OVAGD = "ovagd"


class FraganGarInte(ValueError):
    """The question has no answer; says why and what is allowed."""

    def __init__(self, falt: str, mening: str) -> None:
        """Name the field and give the sentence."""
        super().__init__(mening)
        self.falt = falt


@dataclass(frozen=True)
class Fraga:
    """A question to a measure.

    Attributes:
        gruppera: dimensions to split by, time dimensions included, in the order they are printed.
        rader: restrictions of report rows; given, the answer is per row number.
        organisation_den: the day whose organisation a question about units means; absent, that of the question.
        delar: periods counted in one pass instead of ``period``, which covers them; see ``Fragor.per_del``.
    """

    matt: Matt
    period: Period
    tidssnitt: Tidssnitt
    gruppera: tuple[str, ...] = ()
    urval: Urval = field(default_factory=dict)
    rader: tuple[Urval, ...] = ()
    regel: Vardygnsregel = IN_EJ_UT
    vagning: Vagning = Vagning.VAGD
    period_efter: Bokforingsperiod = Bokforingsperiod.BOKFORING
    organisation_den: date | None = None
    delar: tuple[Period, ...] = ()

    @property
    def organisationsdag(self) -> date | None:
        """Return the day whose organisation the answer is given by; None where it does not depend on any."""
        if not beror_av_organisationen(self.gruppera, self.urval, *self.rader):
            return None
        return self.organisation_den or self.tidssnitt.galler_den


@dataclass(frozen=True)
class Underlag:
    """The basis of an answer: with it anyone can ask again and get the same.

    ``organisation_den`` is there where the answer depends on where units belong.
    """

    position: int
    galler_den: date
    kant_den: datetime
    regel: Vardygnsregel
    organisation_den: date | None = None


@dataclass(frozen=True)
class Svar:
    """An answer: exact values per group, in order, and the whole.

    ``totalt`` is None where a whole has no meaning (nothing to divide by).
    """

    fraga: Fraga
    underlag: Underlag
    varden: Mapping[tuple[Any, ...], Fraction]
    totalt: Fraction | None


class Fragor:
    """Answers questions from the facts."""

    def __init__(self, huvudbok: Huvudbok, fakta: Faktalasare) -> None:
        """Use the log (to resolve time) and the facts (to count)."""
        self._huvudbok = huvudbok
        self._fakta = fakta

    def underlag(self, tidssnitt: Tidssnitt, regel: Vardygnsregel = IN_EJ_UT) -> Underlag:
        """Resolve what was known to a log position, before anything is computed."""
        kunskap = self._huvudbok.kunskap(tidssnitt.kant_den)
        return Underlag(kunskap.position, tidssnitt.galler_den, kunskap.kant_den, regel)

    def svara(self, fraga: Fraga, underlag: Underlag | None = None) -> Svar:
        """Answer a question; several questions may share one basis.

        Raises:
            FraganGarInte: a dimension, period or variant does not fit the measure.
        """
        granska_fraga(fraga)
        underlag = underlag or self.underlag(fraga.tidssnitt, fraga.regel)
        underlag = replace(underlag, organisation_den=fraga.organisationsdag)
        varden = self._varden(fraga, underlag)
        totalt = self._helheten(fraga, underlag, varden)
        return Svar(fraga, underlag, dict(sorted(varden.items(), key=lambda par: _ordning(par[0]))), totalt)

    def per_del(
        self, fraga: Fraga, perioder: tuple[Period, ...], underlag: Underlag
    ) -> dict[tuple[Any, ...], Fraction]:
        """Return the answer for each of some periods, which may overlap, in one pass over the facts.

        The first element of every group is the period's number. The question's own period is not used.

        Raises:
            FraganGarInte: a dimension, period or variant does not fit the measure.
        """
        for period in perioder:
            granska_fraga(replace(fraga, period=period))
        helheten = Period(min(p.fran for p in perioder), max(p.till for p in perioder))
        return self._varden(replace(fraga, period=helheten, delar=perioder), underlag)

    def _helheten(
        self, fraga: Fraga, underlag: Underlag, varden: Mapping[tuple[Any, ...], Fraction]
    ) -> Fraction | None:
        if fraga.gruppera and not fraga.rader:
            if _delarna_ar_det_hela(fraga):
                return _summa(varden.values())
            varden = self._varden(replace(fraga, gruppera=()), underlag)
        return varden.get((), None if isinstance(fraga.matt.uttryck, Kvot) else Fraction(0))

    def _varden(self, fraga: Fraga, underlag: Underlag) -> dict[tuple[Any, ...], Fraction]:
        if fraga.vagning is Vagning.OVAGD:
            return self._ovagt(fraga, underlag)
        match fraga.matt.uttryck:
            case Grund() as grund:
                return self._rakna(grund, fraga, underlag)
            case PerDag(grund):
                dagar = {nr: _passerade_dagar(p, fraga.tidssnitt) for nr, p in enumerate(_perioder(fraga))}
                return self._rakna(grund, fraga, underlag, dagar)
            case Kvot(taljare, namnare):
                upp, ner = self._rakna(taljare, fraga, underlag), self._rakna(namnare, fraga, underlag)
                return {grupp: upp.get(grupp, Fraction(0)) / ner[grupp] for grupp in ner if ner[grupp]}
            case Skillnad(fran, minus):
                a, b = self._rakna(fran, fraga, underlag), self._rakna(minus, fraga, underlag)
                return {grupp: a.get(grupp, Fraction(0)) - b.get(grupp, Fraction(0)) for grupp in a | b}

    def _ovagt(self, fraga: Fraga, underlag: Underlag) -> dict[tuple[Any, ...], Fraction]:
        """Return the mean of the cells' values, all cells weighing the same."""
        extra = tuple(d for d in fraga.matt.ovagt_over if d not in fraga.gruppera)
        celler = replace(
            fraga,
            gruppera=fraga.gruppera + extra,
            urval=_bada(fraga.urval, fraga.matt.ovagt_urval),
            vagning=Vagning.VAGD,
        )
        grupper: dict[tuple[Any, ...], list[Fraction]] = {}
        for nyckel, varde in self._varden(celler, underlag).items():
            grupper.setdefault(nyckel[: len(nyckel) - len(extra)], []).append(varde)
        return {grupp: sum(varden, Fraction(0)) / len(varden) for grupp, varden in grupper.items()}

    def _rakna(
        self, grund: Grund, fraga: Fraga, underlag: Underlag, delare: Mapping[int, int] | None = None
    ) -> dict[tuple[Any, ...], Fraction]:
        perioder = _perioder(fraga)
        tid = [d for d in fraga.gruppera if d in tuple(Tidsdimension)]
        berakning = Berakning(
            grund.form,
            grund.slag,
            grund.aggregat,
            perioder,
            fraga.tidssnitt.galler_den,
            _bada(grund.urval, fraga.urval),
            tuple(d for d in fraga.gruppera if d not in tid),
            fraga.rader,
            fraga.regel,
            fraga.period_efter,
            grund.bara_senaste,
            fraga.organisationsdag,
        )
        nycklar = [_nyckel(fraga, period, nr) for nr, period in enumerate(perioder)]
        resultat: dict[tuple[Any, ...], Fraction] = {}
        for (nr, *dimensioner), varde in self._fakta.rakna(berakning, underlag.position).items():
            resultat[nycklar[nr](dimensioner)] = varde / delare[nr] if delare else varde
        return resultat


def granska_fraga(fraga: Fraga) -> None:
    """Refuse a question that the measure cannot answer, naming the field and what is allowed."""
    matt, period = fraga.matt, fraga.period
    for falt, valda, tillatna in (
        ("gruppera", fraga.gruppera, matt.dimensioner),
        ("urval", fraga.urval, filterdimensioner(matt)),
    ):
        okanda = [namn for namn in valda if namn not in tillatna]
        if okanda:
            mening = f"Måttet {matt.namn} har inte dimensionen {okanda[0]}. Tillåtna: {', '.join(tillatna)}."
            raise FraganGarInte(falt, mening)
    if fraga.organisation_den and not fraga.organisationsdag:
        mening = (
            "organisationDen har ingen verkan: frågan är varken uppdelad på eller begränsad till "
            f"{' eller '.join(ORGANISATIONSDIMENSIONER)}."
        )
        raise FraganGarInte("organisationDen", mening)
    if not period.dagar:
        raise FraganGarInte("till", f"Perioden {period} är tom.")
    hela_ar = period.fran == date(period.fran.year, 1, 1) and period.till == date(period.till.year, 1, 1)
    if matt.hela_ar and not hela_ar:
        raise FraganGarInte("till", f"Måttet {matt.namn} gäller hela kalenderår; {period} är inte det.")
    if matt.hela_manader and not period.hela_manader:
        raise FraganGarInte("till", f"Måttet {matt.namn} gäller hela kalendermånader; {period} är inte det.")
    if fraga.vagning is Vagning.OVAGD and not matt.ovagt_over:
        raise FraganGarInte("vagning", f"Måttet {matt.namn} har ingen ovägd variant.")


def filterdimensioner(matt: Matt) -> tuple[str, ...]:
    """Return the dimensions a question to a measure may filter by; time is limited by the period instead."""
    return ("kommun", *(d for d in matt.dimensioner if d not in tuple(Tidsdimension)))


def hamta_matt(namn: str) -> Matt:
    """Return a measure by name.

    Raises:
        FraganGarInte: there is no such measure.
    """
    if namn not in MATT:
        raise FraganGarInte("matt", f"Måttet {namn} finns inte. Tillåtna: {', '.join(MATT)}.")
    return MATT[namn]


def _delarna_ar_det_hela(fraga: Fraga) -> bool:
    """Return whether the whole is the sum of the parts that are asked for: it is not when each has its own divisor."""
    i_tid = any(dimension in tuple(Tidsdimension) for dimension in fraga.gruppera)
    return fraga.matt.additivt and not (i_tid and isinstance(fraga.matt.uttryck, PerDag))


def _summa(varden: Iterable[Fraction]) -> Fraction:
    """Return the sum of fractions of which most have the same divisor."""
    taljare: dict[int, int] = {}
    for varde in varden:
        taljare[varde.denominator] = taljare.get(varde.denominator, 0) + varde.numerator
    return sum((Fraction(summa, delare) for delare, summa in taljare.items()), Fraction(0))


def _bada(a: Urval, b: Urval) -> Urval:
    """Return the restriction that lets through only what both do."""
    gemensamma = {namn: tuple(v for v in a[namn] if v in b[namn]) for namn in a.keys() & b.keys()}
    return {**a, **b, **gemensamma}


def _perioder(fraga: Fraga) -> tuple[Period, ...]:
    if fraga.delar:
        return fraga.delar
    if Tidsdimension.MANAD in fraga.gruppera:
        return tuple(fraga.period.manader())
    if Tidsdimension.AR in fraga.gruppera:
        ar = range(fraga.period.fran.year, fraga.period.till.year + 1)
        delar = ((max(p.fran, fraga.period.fran), min(p.till, fraga.period.till)) for p in map(kalenderar, ar))
        return tuple(Period(fran, till) for fran, till in delar if fran < till)
    return (fraga.period,)


def _passerade_dagar(period: Period, tidssnitt: Tidssnitt) -> int:
    """Return how many days of the period had passed on the day the question is about, that day included."""
    return min((tidssnitt.galler_den - period.fran).days + 1, period.dagar)


def _nyckel(fraga: Fraga, period: Period, nr: int) -> Callable[[list[Any]], tuple[Any, ...]]:
    """Return how a group of a period is written: time dimensions written out, in the order of the question."""
    tid = {Tidsdimension.MANAD.value: f"{period.fran:%Y-%m}", Tidsdimension.AR.value: f"{period.fran:%Y}"}
    rad = (None,) if fraga.rader else ()
    del_ = (nr,) if fraga.delar else ()
    ordning: tuple[Any, ...] = (*del_, *rad, *(tid.get(dimension) for dimension in fraga.gruppera))

    def skriv(dimensioner: list[Any]) -> tuple[Any, ...]:
        kvar = iter(dimensioner)
        return tuple(next(kvar) if ord_ is None else ord_ for ord_ in ordning)

    return skriv


def _ordning(nyckel: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(map(_rang, nyckel))


@lru_cache(maxsize=4096)
def _rang(varde: str | int | None) -> tuple[bool, str | int]:
    """Return what a word or a row number sorts by, no word last; an answer has few different ones."""
    return varde is None, varde if isinstance(varde, int) else str(varde)
