"""Facts of an åtgärd: its phases, its points, and its effects as amounts (kronor saved, a saving is positive).

The åtgärd itself is the stream of every fact, and ``atgard`` of every amount. What the columns hold:

* interval ``ATGARDSFAS``: ``underslag`` is the phase (``Atgardsfas``), ``utfall`` the phase that took over, if one has;
  the two ends (completed, given up) go on for ever, so that what stands on a day adds up to all åtgärder. ``utfall``
  is known first when ``till`` has passed. ``ATGARDSFORSENING``: past the planned last day and not ended.
  ``DELUPPDRAG``: a part of the work not yet done.
* points: decided, begun, made permanent, completed, given up; degree of completion, ``antal`` in thousandths of a per
  cent (one point per day: what the day ended with).
* amounts ``BUDGETERAD_EFFEKT`` and ``FORVANTAD_EFFEKT`` (``manad`` is the first month of the year spoken of) and
  ``FORVANTAD_TOTALEFFEKT`` (of all years; ``manad`` that of the year it was stated for): every statement is a row, and
  ``ordning`` numbers the statements of the åtgärd in the order they took effect, so that the latest rules.
* amounts ``UPPNADD_EFFEKT`` (``underslag`` is the method) and ``ALTERNATIVKOSTNAD`` (``antal`` occupied days, ``pris``
  the external price, ``enhet``): spread over the months of the period by days, to the öre.
* amount ``BEDOMT_ARENDE``, a row per judged case in the month it was judged: ``belopp`` net effect, ``antal`` shortened
  days, ``pris`` cost per day, ``arende`` the placement (or ärende), ``utfall`` the effect class, ``underslag`` the
  primary reason. Gross is ``antal`` × ``pris``; what the åtgärd cost is gross less net.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from uuid import UUID

from domain.atgard.begrepp import Atgardsfas
from domain.atgard.effekt import alternativ_effekt, forkortade_dygn, hypotetiskt_slut, netto
from domain.atgard.handelser import (
    AlternativkostnadBeraknad,
    ArendeBedomt,
    AtgardAvbruten,
    AtgardBeslutad,
    AtgardIdentifierad,
    AtgardKommenterad,
    AtgardPaborjad,
    AtgardPermanentad,
    AtgardSlutford,
    DeluppdragAvslutat,
    DeluppdragLagtTill,
    EffektBeraknad,
    EffektBudgeterad,
    Effektperiod,
    EffektUppnadd,
    FardiggradSatt,
    SlutdatumHypotetiskt,
)
from domain.fakta import (
    ALTERNATIVKOSTNAD,
    ATGARDSFAS,
    ATGARDSFORSENING,
    BEDOMT_ARENDE,
    BUDGETERAD_EFFEKT,
    DELUPPDRAG,
    FORVANTAD_EFFEKT,
    FORVANTAD_TOTALEFFEKT,
    UPPNADD_EFFEKT,
    Belopp,
    Fakta,
    Identitet,
    Intervall,
    Punkt,
    identitet,
    spar,
)
from domain.handelse import Handelse, Notering
from domain.pengar import fordela, ore
from domain.tid import OANDLIG_DAG, Period, kalenderar

_FASER: Mapping[type[Handelse], Atgardsfas] = MappingProxyType(
    {
        AtgardIdentifierad: Atgardsfas.IDENTIFIERAD,
        AtgardBeslutad: Atgardsfas.BESLUTAD,
        AtgardPaborjad: Atgardsfas.PAGAENDE,
        AtgardPermanentad: Atgardsfas.PERMANENT,
        AtgardSlutford: Atgardsfas.SLUTFORD,
        AtgardAvbruten: Atgardsfas.AVBRUTEN,
    }
)
_RANG = {fas: nr for nr, fas in enumerate(Atgardsfas)}
_SLUT = frozenset((AtgardSlutford, AtgardAvbruten))
_PUNKTER = frozenset(_FASER) - {AtgardIdentifierad}
_BELOPP = frozenset((ArendeBedomt, AlternativkostnadBeraknad, EffektUppnadd))


def alla(strom: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    """Return all facts of the effective entries."""
    borjan = _borjan(noteringar)
    if borjan is None:
        return
    atgard = identitet(strom)
    for n in noteringar:
        yield from _av_en(atgard, borjan, n, noteringar)
    yield from _fardiggrader(borjan, noteringar)
    yield from _faser(borjan, noteringar)
    yield from _forsening(borjan, noteringar)
    yield from _deluppdrag(borjan, noteringar)
    yield from _vantade(atgard, borjan, noteringar)


def tillagg(strom: UUID, noteringar: Sequence[Notering], ny: Notering) -> list[Fakta] | None:
    """Return what an entry adds; None if it may change a phase, a rank or what other entries mean."""
    borjan, h = _borjan(noteringar), ny.handelse
    if borjan is None or type(h) is AtgardKommenterad:
        return []
    if type(h) in _BELOPP:
        return list(_av_en(identitet(strom), borjan, ny, noteringar))
    if type(h) is SlutdatumHypotetiskt:
        beror = (n for n in noteringar if type(n.handelse) is ArendeBedomt and n.handelse.forkortade_dygn is None)
        return None if any(n.handelse.datum >= h.datum for n in beror) else []
    return None


def _borjan(noteringar: Sequence[Notering]) -> AtgardIdentifierad | None:
    return next((n.handelse for n in noteringar if type(n.handelse) is AtgardIdentifierad), None)


def _av_en(
    atgard: Identitet | None, b: AtgardIdentifierad, n: Notering, noteringar: Sequence[Notering]
) -> Iterator[Fakta]:
    """Return the facts that one entry makes by itself."""
    h, typ = n.handelse, type(n.handelse)
    if typ in _PUNKTER:
        yield Punkt(str(n.position), h.typ, b.kommun, h.datum.toordinal())
    elif typ in _BELOPP:
        manad = h.datum.replace(day=1).toordinal()
        bas = Belopp(str(n.position), "", b.kommun, b.namnd, h.datum.toordinal(), manad, atgard=atgard)
        yield from _EFFEKTER[typ](bas, n, noteringar)


# Intervals and points ------------------------------------------------------------------------------------------------


def _faser(b: AtgardIdentifierad, noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    """Return the phases: from the day each is reached, as long as none that stands later is.

    Of several reached on one day only the last was a phase; the others took over from nothing.
    """
    steg: list[tuple[int, Atgardsfas, int]] = []
    for n in noteringar:
        fas, dag = _FASER.get(type(n.handelse)), n.handelse.datum.toordinal()
        if fas is not None and (not steg or _RANG[fas] > _RANG[steg[-1][1]]):
            if steg and steg[-1][0] == dag:
                steg.pop()
            steg.append((dag, fas, n.position))
    for nr, (fran, fas, position) in enumerate(steg):
        till, nasta, slut = steg[nr + 1] if nr + 1 < len(steg) else (OANDLIG_DAG, None, position)
        yield Intervall(
            spar(sorted({position, slut})), ATGARDSFAS, b.kommun, fran, till,
            underslag=fas.lagrat, utfall=nasta.lagrat if nasta else None,
        )  # fmt: skip


def _forsening(b: AtgardIdentifierad, noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    """Return the days after the planned last day, as the plan was on each of them, until the åtgärd ended."""
    planer: dict[int, tuple[int, int]] = {}
    slut = OANDLIG_DAG, 0
    for n in noteringar:
        h, dag = n.handelse, n.handelse.datum.toordinal()
        if type(h) is AtgardBeslutad and h.planerat_slut is not None:
            planer[dag] = h.planerat_slut.toordinal(), n.position
        elif type(h) in _SLUT:
            slut = dag, n.position
    granser = [*((dag, position) for dag, (_, position) in planer.items()), slut]
    for (fran, position), (till, avslutad_av) in pairwise(granser):
        forsenad = max(fran, planer[fran][0] + 1)
        if forsenad < till:
            kallor = sorted({position, avslutad_av or position})
            yield Intervall(spar(kallor), ATGARDSFORSENING, b.kommun, forsenad, till)


def _deluppdrag(b: AtgardIdentifierad, noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    avslutade = {n.handelse.deluppdrag_id: n for n in noteringar if type(n.handelse) is DeluppdragAvslutat}
    for n in noteringar:
        h = n.handelse
        if type(h) is DeluppdragLagtTill:
            slut = avslutade.get(h.deluppdrag_id)
            fran, till = h.datum.toordinal(), slut.handelse.datum.toordinal() if slut else OANDLIG_DAG
            if fran < till:
                kallor = sorted({n.position, slut.position if slut else n.position})
                yield Intervall(spar(kallor), DELUPPDRAG, b.kommun, fran, till)


def _fardiggrader(b: AtgardIdentifierad, noteringar: Sequence[Notering]) -> Iterator[Punkt]:
    per_dag: dict[int, tuple[int, int]] = {}
    for n in noteringar:
        if type(n.handelse) is FardiggradSatt:
            per_dag[n.handelse.datum.toordinal()] = n.handelse.procent, n.position
    for dag, (procent, position) in per_dag.items():
        yield Punkt(str(position), FardiggradSatt.typ, b.kommun, dag, antal=procent * 1000)


# Amounts -------------------------------------------------------------------------------------------------------------


def _vantade(atgard: Identitet | None, b: AtgardIdentifierad, noteringar: Sequence[Notering]) -> Iterator[Belopp]:
    """Return what was expected, each kind of statement numbered in the order it took effect."""
    budgeterade = beraknade = 0
    for n in noteringar:
        h = n.handelse
        if type(h) is EffektBudgeterad:
            budgeterade += 1
            yield _vantad(atgard, b, n, h.ar, budgeterade, BUDGETERAD_EFFEKT, h.belopp)
        elif type(h) is EffektBeraknad:
            beraknade += 1
            if h.prognos_under_aret is not None:
                yield _vantad(atgard, b, n, h.ar, beraknade, FORVANTAD_EFFEKT, h.prognos_under_aret)
            if h.beraknad_total is not None:
                yield _vantad(atgard, b, n, h.ar, beraknade, FORVANTAD_TOTALEFFEKT, h.beraknad_total)


def _vantad(
    atgard: Identitet | None, b: AtgardIdentifierad, n: Notering, ar: int, ordning: int, slag: str, belopp: Decimal
) -> Belopp:
    return Belopp(
        str(n.position), slag, b.kommun, b.namnd, n.handelse.datum.toordinal(), kalenderar(ar).fran.toordinal(),
        ore(belopp), ordning=ordning, atgard=atgard,
    )  # fmt: skip


def _uppnadd(bas: Belopp, n: Notering, _: Sequence[Notering]) -> Iterator[Belopp]:
    h = n.handelse
    assert type(h) is EffektUppnadd
    for period, belopp in _per_manad(h, ore(h.belopp)):
        yield _i_manaden(bas, period)._replace(slag=UPPNADD_EFFEKT, belopp=belopp, underslag=h.metod.lagrat)


def _alternativ(bas: Belopp, n: Notering, _: Sequence[Notering]) -> Iterator[Belopp]:
    h = n.handelse
    assert type(h) is AlternativkostnadBeraknad
    dygn = [antal for _, antal in _per_manad(h, h.belagda_dygn * 1000)]
    for (period, belopp), antal in zip(_per_manad(h, alternativ_effekt(h)), dygn, strict=True):
        yield _i_manaden(bas, period)._replace(
            slag=ALTERNATIVKOSTNAD, belopp=belopp, antal=antal, prissort="dygn", pris=ore(h.externt_dygnspris),
            enhet=h.enhet,
        )  # fmt: skip


def _bedomt(bas: Belopp, n: Notering, noteringar: Sequence[Notering]) -> Iterator[Belopp]:
    h = n.handelse
    assert type(h) is ArendeBedomt
    kallor, slut = [n.position], None
    if h.forkortade_dygn is None:
        slut = hypotetiskt_slut(h, [m.handelse for m in noteringar if type(m.handelse) is SlutdatumHypotetiskt])
        kallor += [m.position for m in noteringar if m.handelse is slut]
    dygn = forkortade_dygn(h, slut)
    yield bas._replace(
        handelser=spar(sorted(kallor)), slag=BEDOMT_ARENDE, belopp=netto(h, dygn), antal=dygn * 1000, prissort="dygn",
        pris=ore(h.dygnskostnad), arende=identitet(h.fall), utfall=h.effektklass.lagrat, underslag=h.primar_orsak,
        insatsform=h.insatsform.lagrat if h.insatsform else None,
    )  # fmt: skip


_EFFEKTER: Mapping[type[Handelse], Callable[[Belopp, Notering, Sequence[Notering]], Iterator[Belopp]]] = {
    EffektUppnadd: _uppnadd,
    AlternativkostnadBeraknad: _alternativ,
    ArendeBedomt: _bedomt,
}


def _per_manad(h: Effektperiod, helt: int) -> list[tuple[Period, int]]:
    """Return the parts of an effect's period that lie in each month, with their share of a whole number by days."""
    delar = list(h.period.manader())
    return list(zip(delar, fordela(helt, [d.dagar for d in delar]), strict=True))


def _i_manaden(bas: Belopp, period: Period) -> Belopp:
    manad = period.fran.replace(day=1).toordinal()
    return bas._replace(manad=manad, avser_manad=manad)
