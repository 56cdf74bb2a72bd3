"""Facts of a provider: places, agreements and subscriptions in force, inspections and follow-ups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from uuid import UUID

from domain.fakta import ABONNEMANG, PLATS, RAMAVTAL, Fakta, Intervall, Punkt, identitet, spar
from domain.handelse import Notering
from domain.pengar import ore
from domain.tid import OANDLIG_DAG
from domain.utforare.handelser import (
    AbonnemangTecknat,
    PlatserAndrade,
    RamavtalTecknat,
    RamavtalUpphort,
    TillstandKontrollerat,
    UppfoljningGjord,
    UtforareRegistrerad,
)

_STAR_FOR_SIG = frozenset((AbonnemangTecknat, RamavtalTecknat, TillstandKontrollerat, UppfoljningGjord))


def alla(strom: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    """Return all facts of the effective entries."""
    start = _borjan(noteringar)
    if start is None:
        return
    yield from _platser(_tomt_intervall(strom, start), noteringar)
    for n in noteringar:
        yield from _av_en(strom, start, n, noteringar)


def tillagg(strom: UUID, noteringar: Sequence[Notering], ny: Notering) -> list[Fakta] | None:
    """Return what an entry adds; None if it may change what holds since before."""
    start = _borjan(noteringar)
    if start is None or type(ny.handelse) not in _STAR_FOR_SIG:
        return None
    return list(_av_en(strom, start, ny, noteringar))


def _borjan(noteringar: Sequence[Notering]) -> UtforareRegistrerad | None:
    return next((n.handelse for n in noteringar if isinstance(n.handelse, UtforareRegistrerad)), None)


def _tomt_intervall(strom: UUID, start: UtforareRegistrerad) -> Intervall:
    return Intervall("", "", start.kommun, 0, 0, regi=start.regi.lagrat, utforare=identitet(strom))


def _av_en(strom: UUID, start: UtforareRegistrerad, n: Notering, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    yield from _avtal(_tomt_intervall(strom, start), n, noteringar)
    yield from _kontroll(Punkt("", "", start.kommun, 0, regi=start.regi.lagrat, utforare=identitet(strom)), n)


def _platser(bas: Intervall, noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    andringar = {n.handelse.datum.toordinal(): n for n in noteringar if isinstance(n.handelse, PlatserAndrade)}
    for fran, till in pairwise((*andringar, OANDLIG_DAG)):
        n = andringar[fran]
        if isinstance(n.handelse, PlatserAndrade):
            malgrupp = n.handelse.malgrupp.lagrat if n.handelse.malgrupp else None
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
            if isinstance(upphor, RamavtalUpphort) and upphor.omrade is h.omrade and upphor.datum > h.datum:
                slut.append((upphor.datum.toordinal(), senare.position))
        till, position = min(slut)
        handelser = spar(sorted({n.position, position}))
        if fran < till:
            yield bas._replace(handelser=handelser, slag=RAMAVTAL, fran=fran, till=till, insatsform=h.omrade.lagrat)


def _kontroll(bas: Punkt, n: Notering) -> Iterator[Punkt]:
    h = n.handelse
    punkt = bas._replace(handelser=str(n.position), slag=h.typ, dag=h.datum.toordinal())
    if isinstance(h, TillstandKontrollerat):
        yield punkt._replace(planerat=int(h.giltigt))
    if isinstance(h, UppfoljningGjord):
        for omrade, betyg in h.omraden.items():
            yield punkt._replace(utfall=omrade, planerat=betyg)
