"""Facts of a placement: the stay in parts with the same price, act and target group, its absences and its points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from domain.begrepp import Avslutsorsak
from domain.fakta import FRANVARO, VISTELSE, Fakta, Intervall, Punkt, spar
from domain.handelse import Notering
from domain.pengar import ore
from domain.placering import (
    FranvaroRegistrerad,
    InsatsUtvarderad,
    LagrumAndrat,
    MalgruppAndrad,
    OmprovningGjord,
    OvervagandeGjort,
    PlaceringAvslutad,
    PlaceringPaborjad,
    PlaneratSlutAndrat,
    Pris,
    PrisAndrat,
)
from domain.tid import OANDLIG_DAG

_ANDRINGAR = (PrisAndrat, LagrumAndrat, MalgruppAndrad)
_ROR_INGEN_VISTELSE = (InsatsUtvarderad, OmprovningGjord, OvervagandeGjort, PlaneratSlutAndrat)


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


def alla(_: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    """Return all facts of the effective entries; points first, since they seldom change when a stay does."""
    borjan = _borjan(noteringar)
    if borjan is None:
        return
    b, lagen = borjan[0], _lagen(*borjan, noteringar)
    for n in noteringar:
        punkt = _punkt(b, lagen, n)
        if punkt is not None:
            yield punkt
    yield from _vistelser(b, lagen, noteringar)


def tillagg(_: UUID, noteringar: Sequence[Notering]) -> list[Fakta] | None:
    """Return what the last entry adds; None if it is one that may change a stay."""
    sist = noteringar[-1]
    borjan = _borjan(noteringar)
    if borjan is None or not isinstance(sist.handelse, _ROR_INGEN_VISTELSE):
        return None
    punkt = _punkt(borjan[0], _lagen(*borjan, noteringar), sist)
    return [] if punkt is None else [punkt]


def _borjan(noteringar: Sequence[Notering]) -> tuple[PlaceringPaborjad, int] | None:
    """Return the event that began the stay, and its position."""
    return next(((n.handelse, n.position) for n in noteringar if isinstance(n.handelse, PlaceringPaborjad)), None)


def _lagen(b: PlaceringPaborjad, position: int, noteringar: Sequence[Notering]) -> dict[int, _Lage]:
    """Return what holds from each day on which something changed, by day number, in order."""
    lage = _Lage(b.malgrupp.value, b.lagrum.value, b.pris, (position,))
    lagen = {b.datum.toordinal(): lage}
    for n in noteringar:
        if isinstance(n.handelse, _ANDRINGAR):
            lage = lage.efter(n)
            lagen[n.handelse.datum.toordinal()] = lage
    return lagen


def _vistelser(b: PlaceringPaborjad, lagen: dict[int, _Lage], noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    fran, till, utskrivning = b.datum.toordinal(), OANDLIG_DAG, 0
    inskrivning = 0 if b.foregaende_placering_id else 1
    slutposition: tuple[int, ...] = ()
    slut = next(((n.handelse, n.position) for n in noteringar if isinstance(n.handelse, PlaceringAvslutad)), None)
    if slut is not None:
        till, slutposition = slut[0].datum.toordinal(), (slut[1],)
        flyttar = slut[0].orsak is Avslutsorsak.OMPLACERING
        utskrivning = 0 if flyttar else 1
        if till == fran and not flyttar:
            till, inskrivning, utskrivning = fran + 1, 0, 0
    kon, insatsform, regi, avtalsform = b.kon.value, b.insatsform.value, b.regi.value, b.avtalsform.value
    franvaro = _franvaro(noteringar)
    for fran_dag, till_dag in pairwise([*(dag for dag in lagen if dag < till), till]):
        lage, sista = lagen[fran_dag], till_dag == till
        handelser = lage.handelser + slutposition if sista else lage.handelser
        vistelse = Intervall(
            spar(handelser), VISTELSE, b.kommun, fran_dag, till_dag,
            inskrivning if fran_dag == fran else 0, utskrivning if sista else 0,
            b.person_id, lage.malgrupp, kon, insatsform, regi, lage.lagrum, avtalsform, b.utforare_id,
            lage.pris.sort.value if lage.pris else None, ore(lage.pris.belopp) if lage.pris else None,
        )  # fmt: skip
        yield vistelse
        for borta_fran, borta_till, betald, position in franvaro:
            overlapp = max(fran_dag, borta_fran), min(till_dag, borta_till)
            if overlapp[0] < overlapp[1]:
                yield vistelse._replace(
                    handelser=spar((*handelser, position)), slag=FRANVARO, fran=overlapp[0], till=overlapp[1],
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


def _punkt(b: PlaceringPaborjad, lagen: dict[int, _Lage], n: Notering) -> Punkt | None:
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
            return None
    dag = h.datum.toordinal()
    lage = lagen[next((fran for fran in reversed(lagen) if fran <= dag), b.datum.toordinal())]
    return Punkt(
        str(n.position), h.typ, b.kommun, dag, b.person_id, lage.malgrupp, b.kon.value, b.insatsform.value,
        b.regi.value, lage.lagrum, b.avtalsform.value, b.utforare_id, utfall, planerat,
    )  # fmt: skip
