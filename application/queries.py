"""Questions: a measure over a period, as of a day and a moment of knowledge, with the basis of the answer.

Every answer carries its basis: the resolved log position, both times, the rule, the definition. The same basis gives
the same answer for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from application.fel import VantatFel
from application.ports import Faktalasare, Huvudbok, Kunskap
from application.utrakning import Perioder, Utrakning, Varden, summa
from domain.matt.deklaration import Matt
from domain.matt.katalog import MATT, MED_ID
from domain.matt.modell import (
    ORGANISATIONSDIMENSIONER,
    Berakning,
    Bokforingsperiod,
    Tidsdimension,
    Urval,
    beror_av_organisationen,
)
from domain.matt.uttryck import begransa_dar_det_gar, har_luckor
from domain.regler.vardygn import IN_EJ_UT, Vardygnsregel
from domain.tid import Period, Tidssnitt


class Vagning(StrEnum):
    """Whether a mean weighs its parts by volume or counts them alike."""

    VAGD = "vagd"
    OVAGD = "ovagd"


class FraganGarInte(VantatFel, ValueError):
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
        varianter: the choices made among those of the measure; those not named are its defaults.
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
    varianter: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def valt(self) -> Matt:
        """Return the measure with its choices made: a choice may count other facts, that have other dimensions.

        Raises:
            FraganGarInte: a choice is none of the measure's.
        """
        return valj(self.matt, self.varianter)

    @property
    def gjorda_val(self) -> dict[str, str]:
        """Return the choices of the measure as they are made, defaults included."""
        return {v.namn: self.varianter.get(v.namn, v.val[0].namn) for v in self.matt.varianter}

    @property
    def organisationsdag(self) -> date | None:
        """Return the day whose organisation the answer is given by; None where it does not depend on any."""
        grunder = (g.urval for g in self.valt.grunder)
        if not beror_av_organisationen((*self.gruppera, *self.valt.delas_pa), self.urval, *grunder, *self.rader):
            return None
        return self.organisation_den or self.tidssnitt.galler_den


@dataclass(frozen=True)
class Regelversion:
    """A rule that an answer was made by, as it read on the day of the question.

    Attributes:
        kalla: the statute, or where the rule comes from when it is no statute.
        galler_fran: since when it reads so, where that is known.
    """

    namn: str
    etikett: str
    kalla: str
    galler_fran: date | None


@dataclass(frozen=True)
class Underlag:
    """The basis of an answer: with it anyone can ask again and get the same.

    ``organisation_den`` is there where the answer depends on where units belong. ``fakta``, how many were counted in
    each of the answer's calculations, and ``regler`` are there where they were asked for (``application.redovisning``).
    """

    position: int
    galler_den: date
    kant_den: datetime
    regel: Vardygnsregel
    organisation_den: date | None = None
    fakta: int | None = None
    regler: tuple[Regelversion, ...] = ()


@dataclass(frozen=True)
class Svar:
    """An answer: exact values per group, in order, and the whole.

    ``totalt`` is None where a whole has no meaning (nothing to divide by).

    Attributes:
        skyddat: whether it is under disclosure control (``domain.rojande``).
        utelamnade: the groups that there are but that are left out, since their being there tells of few.
        helheten_dold: whether the whole is not shown.
    """

    fraga: Fraga
    underlag: Underlag
    varden: Mapping[tuple[Any, ...], Fraction]
    totalt: Fraction | None
    skyddat: bool = False
    utelamnade: frozenset[tuple[Any, ...]] = frozenset()
    helheten_dold: bool = False


class Faktaminne:
    """Answers calculations and remembers the answers, for questions that belong together: they share many."""

    def __init__(self, fakta: Faktalasare) -> None:
        """Ask another for what has not been asked before."""
        self._fakta = fakta
        self._svar: dict[tuple[Berakning, int], Mapping[tuple[Any, ...], Fraction]] = {}

    def rakna(self, berakning: Berakning, position: int) -> Mapping[tuple[Any, ...], Fraction]:
        """Return the value per group."""
        nyckel = berakning, position
        if nyckel not in self._svar:
            self._svar[nyckel] = self._fakta.rakna(berakning, position)
        return self._svar[nyckel]


class Fragor:
    """Answers questions from the facts."""

    def __init__(self, huvudbok: Huvudbok, fakta: Faktalasare) -> None:
        """Use the log (to resolve time) and the facts (to count)."""
        self._huvudbok = huvudbok
        self._fakta = fakta

    def tillsammans(self) -> Fragor:
        """Return what answers questions that belong together, each calculation of theirs asked once."""
        return Fragor(self._huvudbok, Faktaminne(self._fakta))

    @property
    def huvudbok(self) -> Huvudbok:
        """Return the log that the facts are derived from."""
        return self._huvudbok

    def underlag(self, tidssnitt: Tidssnitt, regel: Vardygnsregel = IN_EJ_UT) -> Underlag:
        """Resolve what was known to a log position, before anything is computed."""
        kunskap = kunskap_vid(self._huvudbok, tidssnitt)
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

    def per_del(self, fraga: Fraga, perioder: Perioder, underlag: Underlag) -> Varden:
        """Return the answer for each of some periods, which may overlap, in one pass over the facts per calculation.

        The first element of every group is the period's number. The question's own period is not used, and it is not
        split in time.

        Raises:
            FraganGarInte: a dimension, period or variant does not fit the measure.
        """
        for period in perioder:
            granska_fraga(replace(fraga, period=period))
        return self._uttryckets(fraga, underlag, perioder, fraga.gruppera)

    def _helheten(
        self, fraga: Fraga, underlag: Underlag, varden: Mapping[tuple[Any, ...], Fraction]
    ) -> Fraction | None:
        if fraga.gruppera and not fraga.rader:
            if _delarna_ar_det_hela(fraga):
                return summa(varden.values())
            varden = self._varden(replace(fraga, gruppera=()), underlag)
        return varden.get((), None if har_luckor(fraga.valt.uttryck) else Fraction(0))

    def _varden(self, fraga: Fraga, underlag: Underlag) -> dict[tuple[Any, ...], Fraction]:
        perioder = _perioder(fraga)
        nycklar = [_nyckel(fraga, period) for period in perioder]
        gruppera = tuple(d for d in fraga.gruppera if d not in tuple(Tidsdimension))
        varden = self._uttryckets(fraga, underlag, perioder, gruppera)
        return {nycklar[nr](dimensioner): varde for (nr, *dimensioner), varde in varden.items()}

    def _uttryckets(self, fraga: Fraga, underlag: Underlag, perioder: Perioder, gruppera: tuple[str, ...]) -> Varden:
        utrakning = Utrakning(
            lambda berakning: self._fakta.rakna(berakning, underlag.position),
            fraga.tidssnitt.galler_den,
            fraga.urval,
            fraga.rader,
            fraga.regel,
            fraga.period_efter,
            fraga.organisationsdag,
        )
        matt = fraga.valt
        if fraga.vagning is Vagning.VAGD:
            return utrakning.varden(matt.uttryck, perioder, gruppera)
        uttryck = begransa_dar_det_gar(matt.uttryck, matt.ovagt_urval)
        celler = utrakning.per_cell(uttryck, perioder, gruppera, matt.ovagt_over)
        return {grupp: sum(varden, Fraction(0)) / len(varden) for grupp, varden in celler.items()}


def kunskap_vid(huvudbok: Huvudbok, tidssnitt: Tidssnitt) -> Kunskap:
    """Return what was known: as it has been resolved, or resolved now."""
    if tidssnitt.position is not None and tidssnitt.kant_den is not None:
        return Kunskap(tidssnitt.position, tidssnitt.kant_den)
    return huvudbok.kunskap(tidssnitt.kant_den)


def granska_fraga(fraga: Fraga) -> None:
    """Refuse a question that the measure cannot answer.

    Raises:
        FraganGarInte: it cannot; the field is named, and what is allowed.
    """
    matt, period = fraga.valt, fraga.period
    for falt, valda, tillatna in (
        ("gruppera", fraga.gruppera, matt.dimensioner),
        ("urval", fraga.urval, filterdimensioner(matt)),
    ):
        okanda = [namn for namn in valda if namn not in tillatna]
        if okanda:
            vilket = benamning(matt, fraga.varianter)
            mening = f"Måttet {vilket} har inte dimensionen {okanda[0]}. Tillåtna: {', '.join(tillatna)}."
            raise FraganGarInte(falt, mening)
    if fraga.organisation_den and not fraga.organisationsdag:
        mening = (
            "organisationDen har ingen verkan: frågan är varken uppdelad på eller begränsad till "
            f"{' eller '.join(ORGANISATIONSDIMENSIONER)}."
        )
        raise FraganGarInte("organisationDen", mening)
    if not period.dagar:
        raise FraganGarInte("till", f"Perioden {period} är tom.")
    if matt.galler_fran is not None and period.fran < matt.galler_fran:
        mening = f"Måttet {matt.namn} gäller från {matt.galler_fran}; perioden {period} börjar tidigare."
        raise FraganGarInte("fran", mening)
    if matt.hela_ar and not period.hela_ar:
        raise FraganGarInte("till", f"Måttet {matt.namn} gäller hela kalenderår; {period} är inte det.")
    if matt.hela_manader and not period.hela_manader:
        raise FraganGarInte("till", f"Måttet {matt.namn} gäller hela kalendermånader; {period} är inte det.")
    if fraga.vagning is Vagning.OVAGD and not matt.ovagt_over:
        raise FraganGarInte("vagning", f"Måttet {matt.namn} har ingen ovägd variant.")


def valj(matt: Matt, varianter: Mapping[str, str]) -> Matt:
    """Return a measure with its choices made.

    Raises:
        FraganGarInte: a choice is none of the measure's.
    """
    for namn, val in varianter.items():
        _granska_variant(matt, namn, val)
    return matt.med(varianter)


def benamning(matt: Matt, varianter: Mapping[str, str]) -> str:
    """Return how a sentence names a measure: with the choices that were made, since what can be asked hangs on them."""
    val = ", ".join(f"{namn}={val}" for namn, val in varianter.items())
    return f"{matt.namn} med {val}" if val else matt.namn


def _granska_variant(matt: Matt, namn: str, val: str) -> None:
    variant = matt.variant(namn)
    if variant is None:
        tillatna = f"Tillåtna: {', '.join(v.namn for v in matt.varianter)}." if matt.varianter else "Det har inga."
        raise FraganGarInte("variant", f"Måttet {matt.namn} har inte varianten {namn}. {tillatna}")
    if not variant.fri and val not in (v.namn for v in variant.val):
        tillatna = ", ".join(v.namn for v in variant.val)
        raise FraganGarInte("variant", f"{namn} kan inte vara {val}. Tillåtna: {tillatna}.")


def filterdimensioner(matt: Matt) -> tuple[str, ...]:
    """Return the dimensions a question to a measure may filter by; time is limited by the period instead."""
    return ("kommun", *(d for d in matt.dimensioner if d not in tuple(Tidsdimension)))


def filterdimensioner_i_nagot_val(matt: Matt) -> tuple[str, ...]:
    """Return the dimensions that a measure may be filtered by in some choice or other."""
    valen = ({}, *({v.namn: val.namn} for v in matt.varianter for val in v.val))
    return tuple(dict.fromkeys(d for val in valen for d in filterdimensioner(matt.med(val))))


def hamta_matt(namn: str) -> Matt:
    """Return a measure by name, or by its number in the catalogue of printed measures.

    Raises:
        FraganGarInte: there is no such measure, or several have the number.
    """
    matten = sok_matt(namn)
    if len(matten) > 1:
        val = ", ".join(m.namn for m in matten)
        raise FraganGarInte("matt", f"{namn.upper()} är flera mått; fråga efter ett av dem: {val}.")
    return matten[0]


def sok_matt(namn: str) -> Sequence[Matt]:
    """Return the measure of a name, or those that have a number.

    Raises:
        FraganGarInte: there is none.
    """
    if namn in MATT:
        return (MATT[namn],)
    if namn.upper() in MED_ID:
        return MED_ID[namn.upper()]
    nara = [m for m in MATT if namn.lower() in m] or list(MATT)
    raise FraganGarInte("matt", f"Måttet {namn} finns inte. Tillåtna: {', '.join(nara)}.")


def _delarna_ar_det_hela(fraga: Fraga) -> bool:
    """Return whether the whole is the sum of the parts that are asked for: it is not when each has its own divisor."""
    if not fraga.valt.additivt or fraga.vagning is Vagning.OVAGD:
        return False
    i_tid = any(dimension in tuple(Tidsdimension) for dimension in fraga.gruppera)
    return not i_tid or fraga.valt.additivt_i_tid


def _perioder(fraga: Fraga) -> tuple[Period, ...]:
    if Tidsdimension.MANAD in fraga.gruppera:
        return tuple(fraga.period.manader())
    if Tidsdimension.AR in fraga.gruppera:
        return tuple(fraga.period.aren())
    return (fraga.period,)


def _nyckel(fraga: Fraga, period: Period) -> Callable[[list[Any]], tuple[Any, ...]]:
    """Return how a group of a period is written: time dimensions written out, in the order of the question."""
    tid = {Tidsdimension.MANAD.value: f"{period.fran:%Y-%m}", Tidsdimension.AR.value: f"{period.fran:%Y}"}
    rad = (None,) if fraga.rader else ()
    ordning = (*rad, *(tid.get(dimension) for dimension in fraga.gruppera))

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
