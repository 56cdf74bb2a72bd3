"""Working out an expression: its calculations are asked, and the rest is arithmetic between exact answers.

Inside, a group is ``(number of the period, row number if rows are given, dimensions …)``, as calculations answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from domain.matt.modell import Berakning, Bokforingsperiod, Urval
from domain.matt.uttryck import (
    AndelCeller,
    Dar,
    Ganger,
    Grund,
    Kvot,
    Manadsmedel,
    PerAr,
    PerDag,
    Periodval,
    PerManad,
    Skillnad,
    Under,
    Uttryck,
    ar_plan,
    bada,
    bokforda,
    grunderna,
    har_luckor,
)
from domain.regler.vardygn import Vardygnsregel
from domain.tid import Period, dagar_i_manaden, kalenderar

Grupp = tuple[Any, ...]
Varden = dict[Grupp, Fraction]
Perioder = tuple[Period, ...]


@dataclass
class Utrakning:
    """Works out the expressions of one question.

    Attributes:
        rakna: answers a calculation, exactly.
        urval: what the question restricts.
        rader: restrictions of report rows.
    """

    rakna: Callable[[Berakning], Mapping[Grupp, Fraction]]
    galler_den: date
    urval: Urval
    rader: tuple[Urval, ...]
    regel: Vardygnsregel
    period_efter: Bokforingsperiod
    organisation_den: date | None
    _svar: dict[tuple[Grund, Perioder, tuple[str, ...], bool], Varden] = field(default_factory=dict)

    def varden(self, u: Uttryck, perioder: Perioder, gruppera: tuple[str, ...], *, i_rader: bool = True) -> Varden:
        """Return the value per group; a group that is not there is zero, or has no value (``har_luckor``)."""
        match u:
            case Grund():
                return self._grund(u, perioder, gruppera, i_rader)
            case PerDag() | PerManad():
                delare = [self._delare(u, p) for p in perioder]
                varden = self.varden(u.taljare, perioder, gruppera, i_rader=i_rader)
                return {g: v / delare[g[0]] for g, v in varden.items() if delare[g[0]]}
            case PerAr(taljare):
                return self._per_ar(taljare, perioder, gruppera, i_rader)
            case Ganger(inre, faktor):
                return {g: v * faktor for g, v in self.varden(inre, perioder, gruppera, i_rader=i_rader).items()}
            case Kvot():
                return self._kvot(u, perioder, gruppera, i_rader)
            case Skillnad(fran, minus):
                return self._skillnad(u, *(self.varden(d, perioder, gruppera, i_rader=i_rader) for d in (fran, minus)))
            case Under(inre, val):
                andra = tuple(self._i_stallet(p, val, inre) for p in perioder)
                return self.varden(inre, andra, gruppera, i_rader=i_rader)
            case Manadsmedel(inre):
                return self._manadsmedel(inre, perioder, gruppera, i_rader)
            case Dar():
                return self._dar(u, perioder, gruppera, i_rader)
            case AndelCeller(inre, over):
                celler = self.per_cell(inre, perioder, gruppera, over, i_rader=i_rader, namnlosa=False)
                return {g: Fraction(100 * sum(v >= 0 for v in alla), len(alla)) for g, alla in celler.items()}

    def per_cell(
        self,
        u: Uttryck,
        perioder: Perioder,
        gruppera: tuple[str, ...],
        over: Sequence[str],
        *,
        i_rader: bool = True,
        namnlosa: bool = True,
    ) -> dict[Grupp, list[Fraction]]:
        """Return the values of the cells of some dimensions, per group; ``namnlosa``: also of cells without a name."""
        delas_pa = gruppera + tuple(d for d in over if d not in gruppera)
        grupper: dict[Grupp, list[Fraction]] = {}
        for nyckel, varde in self.varden(u, perioder, delas_pa, i_rader=i_rader).items():
            if namnlosa or _har_namn(nyckel, delas_pa, over):
                grupper.setdefault(_utan(nyckel, delas_pa, gruppera), []).append(varde)
        return grupper

    def passerade(self, period: Period) -> Period:
        """Return what of a period had passed on the day the question is about, that day included."""
        slut = self.galler_den + timedelta(days=1)
        return Period(period.fran, max(period.fran, min(period.till, slut)))

    def _bokfort(self, period: Period, u: Uttryck) -> Period:
        """Return the whole months that had passed of a period and that the books of an expression had come to."""
        pagar = (self.galler_den + timedelta(days=1)).replace(day=1)
        gangna = Period(period.fran, max(period.fran, min(period.till, pagar)))
        delar = (*gangna.manader(), Period(gangna.till, max(gangna.till, pagar)))
        bocker = (replace(grund, urval={}, dimensioner=("namnd",)) for grund in bokforda(u))
        sist = max((nr for grund in bocker for (nr,) in self._grund(grund, delar, (), False)), default=-1)
        return Period(period.fran, min(delar[sist].till, gangna.till) if sist >= 0 else period.fran)

    def _grund(self, grund: Grund, perioder: Perioder, gruppera: tuple[str, ...], i_rader: bool) -> Varden:
        nyckel = (grund, perioder, gruppera, i_rader)
        if nyckel not in self._svar:
            self._svar[nyckel] = dict(self.rakna(self._berakning(grund, perioder, gruppera, i_rader)))
        return self._svar[nyckel]

    def _berakning(self, grund: Grund, perioder: Perioder, gruppera: tuple[str, ...], i_rader: bool) -> Berakning:
        har = ("kommun", *grund.har_dimensioner)
        return Berakning(
            grund.form,
            grund.slag,
            grund.raknesatt,
            perioder,
            self.galler_den,
            bada(grund.urval, {namn: varden for namn, varden in self.urval.items() if namn in har}),
            gruppera,
            self.rader if i_rader else (),
            self.regel,
            self.period_efter,
            grund.senaste,
            self.organisation_den,
            grund.alder,
            grund.frist,
            grund.avser_tidigare,
            grund.foljd,
        )

    def _kvot(self, u: Kvot, perioder: Perioder, gruppera: tuple[str, ...], i_rader: bool) -> Varden:
        upp = self.varden(u.taljare, perioder, gruppera, i_rader=i_rader)
        if u.hel:
            hela = self.varden(u.namnare, perioder, (), i_rader=False)
            ner = {g: hela.get(g[:1], Fraction(0)) for g in upp}
        else:
            ner = self.varden(u.namnare, perioder, gruppera, i_rader=i_rader)
        luckor = har_luckor(u.taljare)
        return {
            g: u.faktor * upp.get(g, Fraction(0)) / (abs(n) if u.absolut else n)
            for g, n in ner.items()
            if n and (g in upp or not luckor)
        }

    def _skillnad(self, u: Skillnad, a: Varden, b: Varden) -> Varden:
        grupper: Iterable[Grupp] = a | b
        if har_luckor(u.fran):
            grupper = [g for g in grupper if g in a]
        if har_luckor(u.minus):
            grupper = [g for g in grupper if g in b]
        return {g: a.get(g, Fraction(0)) - b.get(g, Fraction(0)) for g in grupper}

    def _i_stallet(self, period: Period, val: Periodval, u: Uttryck) -> Period:
        match val:
            case Periodval.SISTA_DAGEN:
                passerat = self.passerade(period)
                return Period(max(passerat.fran, passerat.till - timedelta(days=1)), passerat.till)
            case Periodval.HELA_ARET:
                sista = max(period.fran, period.sista_dag)
                return Period(kalenderar(period.fran.year).fran, kalenderar(sista.year).till)
            case Periodval.BOKFORT:
                return self._bokfort(period, u)
            case Periodval.TOLV_MANADER:
                return Period(_tolv_manader_fore(period.till), period.till)
            case Periodval.I_FJOL:
                jamfors = period if all(map(ar_plan, grunderna(u))) else self.passerade(period)
                return Period(_tolv_manader_fore(jamfors.fran), _tolv_manader_fore(jamfors.till))

    def _delare(self, u: PerDag | PerManad, period: Period) -> Fraction:
        if isinstance(u, PerDag):
            return Fraction(self.passerade(period).dagar)
        if u.kvar:
            return manader(Period(self._bokfort(period, u.taljare).till, period.till))
        return manader(self.passerade(period))

    def _per_ar(self, u: Uttryck, perioder: Perioder, gruppera: tuple[str, ...], i_rader: bool) -> Varden:
        aren = [(nr, ar) for nr, period in enumerate(perioder) for ar in period.aren()]
        svar: Varden = {}
        for (nr, *rest), varde in self.varden(u, tuple(ar for _, ar in aren), gruppera, i_rader=i_rader).items():
            agare, ar = aren[nr]
            grupp = (agare, *rest)
            svar[grupp] = svar.get(grupp, Fraction(0)) + varde / kalenderar(ar.fran.year).dagar
        return svar

    def _manadsmedel(self, u: Uttryck, perioder: Perioder, gruppera: tuple[str, ...], i_rader: bool) -> Varden:
        manaderna, agare = [], []
        for nr, period in enumerate(perioder):
            for manad in period.manader():
                if manad.fran <= self.galler_den:
                    manaderna.append(manad)
                    agare.append(nr)
        grupper: dict[Grupp, list[Fraction]] = {}
        for (nr, *rest), varde in self.varden(u, tuple(manaderna), gruppera, i_rader=i_rader).items():
            grupper.setdefault((agare[nr], *rest), []).append(varde)
        luckor = har_luckor(u)
        return {g: sum(alla, Fraction(0)) / (len(alla) if luckor else agare.count(g[0])) for g, alla in grupper.items()}

    def _dar(self, u: Dar, perioder: Perioder, gruppera: tuple[str, ...], i_rader: bool) -> Varden:
        delas_pa = gruppera + tuple(d for d in u.over if d not in gruppera)
        alla = self.varden(u.uttryck, perioder, delas_pa, i_rader=i_rader)
        finns = self.varden(u.finns, perioder, delas_pa, i_rader=i_rader)
        svar: Varden = {}
        for nyckel, varde in alla.items():
            if finns.get(nyckel) and _har_namn(nyckel, delas_pa, u.over):
                grupp = _utan(nyckel, delas_pa, gruppera)
                svar[grupp] = svar.get(grupp, Fraction(0)) + varde
        return svar


def _har_namn(nyckel: Grupp, delas_pa: Sequence[str], over: Sequence[str]) -> bool:
    """Return whether a group, which ends with what it is split by, has a value in each of some dimensions."""
    varden = dict(zip(delas_pa, nyckel[len(nyckel) - len(delas_pa) :], strict=True))
    return all(varden[namn] is not None for namn in over)


def _utan(nyckel: Grupp, delas_pa: Sequence[str], gruppera: Sequence[str]) -> Grupp:
    """Return the group that a group is a part of, with only the first of the dimensions it is split by."""
    return nyckel[: len(nyckel) - len(delas_pa) + len(gruppera)]


def manader(period: Period) -> Fraction:
    """Return how many months a period is, a part of a month as its share of the month's days."""
    return sum((Fraction(m.dagar, dagar_i_manaden(m.fran)) for m in period.manader()), Fraction(0))


def _tolv_manader_fore(dag: date) -> date:
    """Return the day a year before; for 29 February, 1 March: periods that meet go on meeting."""
    return date(dag.year - 1, 3, 1) if (dag.month, dag.day) == (2, 29) else dag.replace(year=dag.year - 1)


def summa(varden: Sequence[Fraction] | Iterable[Fraction]) -> Fraction:
    """Return the sum of fractions of which most have the same divisor."""
    taljare: dict[int, int] = {}
    for varde in varden:
        taljare[varde.denominator] = taljare.get(varde.denominator, 0) + varde.numerator
    return sum((Fraction(s, delare) for delare, s in taljare.items()), Fraction(0))
