"""Facts: what the events of a stream mean, in three shapes that everything is counted from.

A fact is a pure function of a stream's effective events, so the rebuild, the incremental update and the slow oracle in
the tests share one definition. The field names below are the columns of the fact tables (one declaration, design 04).
Days are day numbers (``date.toordinal``), money is whole öre, average persons are thousandths; all are exact integers.

Every fact follows from events whose ``datum`` is not after the first day it speaks of. A question at a day
``galler_den`` therefore only clips intervals and leaves out later points and amounts; no fact has to be refolded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from domain.begrepp import Avslutsorsak, Samling
from domain.budgetperiod import (
    BudgetFaststalld,
    BudgetJusterad,
    InvanareFaststallda,
    PrognosFaststalld,
    Rad,
    UtfallBokfort,
    Volymrad,
)
from domain.handelse import Notering
from domain.pengar import fordela, ore
from domain.placering import (
    FranvaroRegistrerad,
    InsatsUtvarderad,
    LagrumAndrat,
    MalgruppAndrad,
    OmprovningGjord,
    OvervagandeGjort,
    PlaceringAvslutad,
    PlaceringPaborjad,
    Pris,
    PrisAndrat,
)
from domain.tid import OANDLIG_DAG, kalendermanad
from domain.utforare import (
    AbonnemangTecknat,
    PlatserAndrade,
    RamavtalTecknat,
    RamavtalUpphort,
    TillstandKontrollerat,
    UppfoljningGjord,
    UtforareRegistrerad,
)


class Intervall(NamedTuple):
    """Something that held from ``fran`` up to but not including ``till``.

    ``inskrivning`` and ``utskrivning`` are 1 where the interval begins with an admission or ends with a discharge that
    a care-day rule may count differently (never at a move, see ``domain.regler.vardygn``).
    """

    handelser: str
    slag: str
    kommun: str
    fran: int
    till: int
    inskrivning: int = 0
    utskrivning: int = 0
    person: UUID | None = None
    malgrupp: str | None = None
    kon: str | None = None
    insatsform: str | None = None
    regi: str | None = None
    lagrum: str | None = None
    avtalsform: str | None = None
    utforare: UUID | None = None
    prissort: str | None = None
    pris: int | None = None
    betald: int = 1
    antal: int = 1000


class Punkt(NamedTuple):
    """Something that happened on a day."""

    handelser: str
    slag: str
    kommun: str
    dag: int
    person: UUID | None = None
    malgrupp: str | None = None
    kon: str | None = None
    insatsform: str | None = None
    regi: str | None = None
    lagrum: str | None = None
    avtalsform: str | None = None
    utforare: UUID | None = None
    utfall: str | None = None
    planerat: int | None = None


class Belopp(NamedTuple):
    """An amount for a month or a year (``manad`` is its first day), in force from ``dag``."""

    handelser: str
    slag: str
    kommun: str
    namnd: str
    dag: int
    manad: int
    belopp: int = 0
    avser_manad: int | None = None
    verksamhet: str | None = None
    kontogrupp: str | None = None
    konto: str | None = None
    malgrupp: str | None = None
    insatsform: str | None = None
    kon: str | None = None
    underslag: str | None = None
    antal: int | None = None
    prissort: str | None = None
    pris: int | None = None


Fakta = Intervall | Punkt | Belopp

FAKTAFORMER: tuple[type[Fakta], ...] = (Intervall, Punkt, Belopp)

VISTELSE = "vistelse"
FRANVARO = "franvaro"
PLATS = "plats"
RAMAVTAL = "ramavtal"
ABONNEMANG = "abonnemang"
BUDGET = "budget"
UTFALL = "utfall"
PROGNOS = "prognos"
BUDGETVOLYM = "budgetvolym"
PROGNOSVOLYM = "prognosvolym"
INVANARE = "invanare"


def fakta(samling: Samling, strom: UUID, noteringar: Sequence[Notering]) -> list[Fakta]:
    """Return all facts that follow from the effective entries of a stream (``domain.historik.gallande``)."""
    return list(_FAKTA_PER_SAMLING[samling](strom, noteringar))


# Placements -----------------------------------------------------------------------------------------------------

_ANDRINGAR = (PrisAndrat, LagrumAndrat, MalgruppAndrad)


class _Lage(NamedTuple):
    """What holds in a stay from a day on, and which events say so."""

    malgrupp: str
    lagrum: str
    pris: Pris | None
    handelser: tuple[int, ...]

    def efter(self, n: Notering) -> _Lage:
        h = n.handelse
        handelser = (*self.handelser, n.position)
        if isinstance(h, PrisAndrat):
            return self._replace(pris=h.pris, handelser=handelser)
        if isinstance(h, LagrumAndrat):
            return self._replace(lagrum=h.lagrum.value, handelser=handelser)
        if isinstance(h, MalgruppAndrad):
            return self._replace(malgrupp=h.malgrupp.value, handelser=handelser)
        return self


def _av_placering(_: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    start = next((n for n in noteringar if isinstance(n.handelse, PlaceringPaborjad)), None)
    if start is None or not isinstance(start.handelse, PlaceringPaborjad):
        return
    b = start.handelse
    slut = next((n for n in noteringar if isinstance(n.handelse, PlaceringAvslutad)), None)
    fran = b.datum.toordinal()
    lage = _Lage(b.malgrupp.value, b.lagrum.value, b.pris, (start.position,))
    lagen = {fran: lage}
    for n in noteringar:
        if isinstance(n.handelse, _ANDRINGAR):
            lage = lage.efter(n)
            lagen[n.handelse.datum.toordinal()] = lage
    yield from _vistelser(b, lagen, slut, noteringar)
    for n in noteringar:
        yield from _punkt(b, lagen, n)


def _vistelser(
    b: PlaceringPaborjad, lagen: dict[int, _Lage], slut: Notering | None, noteringar: Sequence[Notering]
) -> Iterator[Intervall]:
    fran, till, utskrivning = b.datum.toordinal(), OANDLIG_DAG, 0
    inskrivning = 0 if b.foregaende_placering_id else 1
    slutposition: tuple[int, ...] = ()
    if slut is not None and isinstance(slut.handelse, PlaceringAvslutad):
        till, slutposition = slut.handelse.datum.toordinal(), (slut.position,)
        flyttar = slut.handelse.orsak is Avslutsorsak.OMPLACERING
        utskrivning = 0 if flyttar else 1
        if till == fran and not flyttar:
            till, inskrivning, utskrivning = fran + 1, 0, 0
    dagar = [*(dag for dag in lagen if dag < till), till]
    franvaro = _franvaro(noteringar)
    for fran_dag, till_dag in pairwise(dagar):
        lage = lagen[fran_dag]
        forsta, sista = fran_dag == fran, till_dag == till
        handelser = lage.handelser + (slutposition if sista else ())
        vistelse = Intervall(
            _spar(handelser), VISTELSE, b.kommun, fran_dag, till_dag,
            inskrivning if forsta else 0, utskrivning if sista else 0,
            b.person_id, lage.malgrupp, b.kon.value, b.insatsform.value, b.regi.value, lage.lagrum,
            b.avtalsform.value, b.utforare_id,
            lage.pris.sort.value if lage.pris else None, ore(lage.pris.belopp) if lage.pris else None,
        )  # fmt: skip
        yield vistelse
        for borta_fran, borta_till, betald, position in franvaro:
            overlapp = max(fran_dag, borta_fran), min(till_dag, borta_till)
            if overlapp[0] < overlapp[1]:
                yield vistelse._replace(
                    handelser=_spar((*handelser, position)), slag=FRANVARO, fran=overlapp[0], till=overlapp[1],
                    inskrivning=0, utskrivning=0, betald=betald,
                )  # fmt: skip


def _franvaro(noteringar: Sequence[Notering]) -> list[tuple[int, int, int, int]]:
    """Return absences as (from, to, paid, position), in order and never overlapping: the first recorded day rules."""
    resultat: list[tuple[int, int, int, int]] = []
    senast = 0
    for n in noteringar:
        if isinstance(n.handelse, FranvaroRegistrerad):
            fran, till = max(n.handelse.fran.toordinal(), senast), n.handelse.till.toordinal()
            if fran < till:
                resultat.append((fran, till, int(n.handelse.betald), n.position))
                senast = till
    return resultat


def _punkt(b: PlaceringPaborjad, lagen: dict[int, _Lage], n: Notering) -> Iterator[Punkt]:
    h = n.handelse
    utfall: str | None = None
    planerat: int | None = None
    match h:
        case PlaceringPaborjad():
            utfall = h.omplacering.value if h.omplacering else None
        case PlaceringAvslutad():
            utfall, planerat = h.orsak.value, int(h.planerat)
        case InsatsUtvarderad():
            utfall, planerat = h.mal_uppnadda.value, int(h.arbetade_med_problematiken)
        case OvervagandeGjort() | OmprovningGjord():
            pass
        case _:
            return
    dag = h.datum.toordinal()
    lage = lagen[max((d for d in lagen if d <= dag), default=b.datum.toordinal())]
    yield Punkt(
        str(n.position), h.typ, b.kommun, dag, b.person_id, lage.malgrupp, b.kon.value, b.insatsform.value,
        b.regi.value, lage.lagrum, b.avtalsform.value, b.utforare_id, utfall, planerat,
    )  # fmt: skip


# Budget periods -------------------------------------------------------------------------------------------------


def _av_budgetperiod(_: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    borjan = next((n.handelse for n in noteringar if isinstance(n.handelse, BudgetFaststalld)), None)
    if borjan is None:
        return
    for n in noteringar:
        yield from _belopp(borjan, n)


def _belopp(budget: BudgetFaststalld, n: Notering) -> Iterator[Belopp]:
    h, ar = n.handelse, budget.ar
    bas = Belopp(
        str(n.position),
        "",
        budget.kommun,
        budget.namnd,
        h.datum.toordinal(),
        kalendermanad(f"{ar}-01").fran.toordinal(),
    )
    vikter = list(budget.periodisering or [1] * 12)
    match h:
        case BudgetFaststalld():
            for rad in h.rader:
                yield from _per_manad(bas, rad, ar, vikter, "faststalld")
            yield from (_volym(bas, BUDGETVOLYM, rad, None) for rad in h.volymrader)
        case BudgetJusterad():
            fran = h.datum.month if h.datum.year == ar else 1
            kvar = [vikt if nr >= fran else 0 for nr, vikt in enumerate(vikter, start=1)]
            kvar = kvar if sum(kvar) else [0] * 11 + [1]
            for rad in h.rader:
                yield from _per_manad(bas, rad, ar, kvar, h.slag.value)
        case UtfallBokfort():
            manad = kalendermanad(h.manad).fran.toordinal()
            avser = kalendermanad(h.avser_manad).fran.toordinal() if h.avser_manad else manad
            for rad in h.rader:
                yield _rad(bas, UTFALL, rad)._replace(manad=manad, avser_manad=avser, underslag=h.verifikation)
        case PrognosFaststalld():
            for rad in h.rader:
                yield _rad(bas, PROGNOS, rad)._replace(underslag=h.slag.value)
            yield from (_volym(bas, PROGNOSVOLYM, rad, h.slag.value) for rad in h.volymrader)
        case InvanareFaststallda():
            yield bas._replace(slag=INVANARE, antal=h.antal * 1000)
        case _:
            return


def _rad(bas: Belopp, slag: str, rad: Rad) -> Belopp:
    return bas._replace(
        slag=slag, belopp=ore(rad.belopp), verksamhet=rad.verksamhet, kontogrupp=rad.kontogrupp.value, konto=rad.konto,
        malgrupp=rad.malgrupp.value if rad.malgrupp else None,
        insatsform=rad.insatsform.value if rad.insatsform else None,
    )  # fmt: skip


def _per_manad(bas: Belopp, rad: Rad, ar: int, vikter: list[int], underslag: str) -> Iterator[Belopp]:
    mall = _rad(bas, BUDGET, rad)
    for nr, belopp in enumerate(fordela(mall.belopp, vikter), start=1):
        manad = kalendermanad(f"{ar}-{nr:02}").fran.toordinal()
        if belopp:
            yield mall._replace(belopp=belopp, manad=manad, avser_manad=manad, underslag=underslag)


def _volym(bas: Belopp, slag: str, rad: Volymrad, underslag: str | None) -> Belopp:
    return bas._replace(
        slag=slag, antal=int(rad.personer_per_dygn.scaleb(3)), insatsform=rad.insatsform.value,
        malgrupp=rad.malgrupp.value if rad.malgrupp else None, underslag=underslag,
        prissort=rad.pris.sort.value if rad.pris else None, pris=ore(rad.pris.belopp) if rad.pris else None,
    )  # fmt: skip


# Providers ------------------------------------------------------------------------------------------------------


def _av_utforare(strom: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    start = next((n.handelse for n in noteringar if isinstance(n.handelse, UtforareRegistrerad)), None)
    if start is None:
        return
    bas = Intervall("", "", start.kommun, 0, 0, regi=start.regi.value, utforare=strom)
    punkt = Punkt("", "", start.kommun, 0, regi=start.regi.value, utforare=strom)
    yield from _platser(bas, noteringar)
    for n in noteringar:
        yield from _avtal(bas, n, noteringar)
        yield from _kontroll(punkt, n)


def _platser(bas: Intervall, noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    andringar = {n.handelse.datum.toordinal(): n for n in noteringar if isinstance(n.handelse, PlatserAndrade)}
    for fran, till in pairwise((*andringar, OANDLIG_DAG)):
        n = andringar[fran]
        if isinstance(n.handelse, PlatserAndrade):
            malgrupp = n.handelse.malgrupp.value if n.handelse.malgrupp else None
            yield bas._replace(
                handelser=str(n.position), slag=PLATS, fran=fran, till=till, malgrupp=malgrupp,
                antal=n.handelse.platser * 1000,
            )  # fmt: skip


def _avtal(bas: Intervall, n: Notering, noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    h = n.handelse
    fran = h.datum.toordinal()
    if isinstance(h, AbonnemangTecknat):
        till = h.till.toordinal() if h.till else OANDLIG_DAG
        yield bas._replace(
            handelser=str(n.position), slag=ABONNEMANG, fran=fran, till=till, antal=h.platser * 1000,
            pris=ore(h.arskostnad), prissort="ar",
        )  # fmt: skip
    if isinstance(h, RamavtalTecknat):
        slut = [(h.till.toordinal() if h.till else OANDLIG_DAG, n.position)]
        for senare in noteringar:
            upphor = senare.handelse
            if isinstance(upphor, RamavtalUpphort) and upphor.omrade is h.omrade and upphor.datum >= h.datum:
                slut.append((upphor.datum.toordinal(), senare.position))
        till, position = min(slut)
        handelser = _spar(sorted({n.position, position}))
        if fran < till:
            yield bas._replace(handelser=handelser, slag=RAMAVTAL, fran=fran, till=till, insatsform=h.omrade.value)


def _kontroll(bas: Punkt, n: Notering) -> Iterator[Punkt]:
    h = n.handelse
    punkt = bas._replace(handelser=str(n.position), slag=h.typ, dag=h.datum.toordinal())
    if isinstance(h, TillstandKontrollerat):
        yield punkt._replace(planerat=int(h.giltigt))
    if isinstance(h, UppfoljningGjord):
        for omrade, betyg in h.omraden.items():
            yield punkt._replace(utfall=omrade, planerat=betyg)


def _spar(positioner: Sequence[int]) -> str:
    """Return the positions of the events behind a fact, as stored."""
    return " ".join(map(str, positioner))


def handelse_av(fakta: Fakta) -> list[int]:
    """Return the log positions of the events a fact follows from."""
    return [int(position) for position in fakta.handelser.split()]


_FAKTA_PER_SAMLING: dict[Samling, Callable[[UUID, Sequence[Notering]], Iterator[Fakta]]] = {
    Samling.PLACERINGAR: _av_placering,
    Samling.BUDGETPERIODER: _av_budgetperiod,
    Samling.UTFORARE: _av_utforare,
}
