"""Facts of a provider: what it is, where it belongs, its places, agreements and queue in force, and its points.

A unit that closes has no places, volume or organisation from that day; agreements and queues hold until they are
themselves ended. What is reported of a whole month or period is a point on its last day, ``antal`` in thousandths.

========================  =============================================================================================
interval                  columns beside ``utforare``, ``kommun`` and ``regi``
========================  =============================================================================================
``UTFORARE``              ``enhet`` name, ``underslag`` kind, ``utfall`` age limits (``13–20``), ``malgrupp``, ``kon``
``ORGANISATION``          ``enhet`` name of the unit, ``underslag`` the area over it, ``utfall`` department
``PLATS``                 ``antal`` places, ``malgrupp``
``AVTALSVOLYM``           ``antal`` care days a year
``ABONNEMANG``            ``antal`` places, ``pris`` a year
``RAMAVTAL``              ``insatsform``
``KO``                    ``person``, ``enhet``, ``malgrupp``, ``underslag`` *person* or *familj*
========================  =============================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from domain.fakta import (
    ABONNEMANG,
    AVTALSUPPFOLJNING,
    AVTALSVOLYM,
    KO,
    ORGANISATION,
    PLATS,
    RAMAVTAL,
    SERVICEDYGN,
    SERVICEPERSONER,
    UTFORARE,
    Fakta,
    Intervall,
    Punkt,
    identitet,
    spar,
)
from domain.handelse import Handelse, Notering
from domain.pengar import ore
from domain.tid import OANDLIG_DAG
from domain.utforare.handelser import (
    AbonnemangTecknat,
    AbonnemangUpphort,
    AvtalsvolymAvtalad,
    BelaggningRedovisad,
    EkonomiKontrollerad,
    KoStalld,
    KoUpphord,
    OrganisationAndrad,
    PlatserAndrade,
    PlatsforfraganAvbojd,
    RamavtalTecknat,
    RamavtalUpphort,
    ServiceinsatsRedovisad,
    TillstandKontrollerat,
    UppfoljningGjord,
    UpphandlingGenomford,
    UtforareAndrad,
    UtforareAvslutad,
    UtforareRegistrerad,
)


class _Unit(NamedTuple):
    """What every fact of a provider shares: its identity as empty rows, its beginning and its end."""

    intervall: Intervall
    punkt: Punkt
    start: UtforareRegistrerad
    startposition: int
    slut: int
    slutposition: tuple[int, ...]


class _Profil(NamedTuple):
    """What a provider is from a day on, and which events say so."""

    namn: str
    slag: str
    malgrupp: str | None
    kon: str | None
    alder_fran: int | None
    alder_till: int | None
    handelser: tuple[int, ...]

    def efter(self, h: UtforareAndrad, position: int) -> _Profil:
        return _Profil(
            h.namn or self.namn,
            h.slag.lagrat if h.slag else self.slag,
            h.malgrupp.lagrat if h.malgrupp else self.malgrupp,
            h.kon.lagrat if h.kon else self.kon,
            self.alder_fran if h.alder_fran is None else h.alder_fran,
            self.alder_till if h.alder_till is None else h.alder_till,
            (*self.handelser, position),
        )

    @property
    def alder(self) -> str | None:
        """Return the age limits as text: ``13–20``, ``13–`` or ``–20``."""
        granser = ["" if alder is None else str(alder) for alder in (self.alder_fran, self.alder_till)]
        return "–".join(granser) if any(granser) else None


def alla(strom: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    """Return all facts of the effective entries."""
    unit = _unit(strom, noteringar)
    if unit is None:
        return
    profiler = _profiler(unit, noteringar)
    yield from _utforare(unit, profiler)
    yield from _organisation(unit, profiler, noteringar)
    yield from _platser(unit, noteringar)
    yield from _volymer(unit, noteringar)
    for n in noteringar:
        yield from _av_en(unit, n, noteringar)


def tillagg(strom: UUID, noteringar: Sequence[Notering], ny: Notering) -> list[Fakta] | None:
    """Return what an entry adds; None if it may change what holds since before."""
    unit = _unit(strom, noteringar)
    if unit is None or type(ny.handelse) not in _STAR_FOR_SIG:
        return None
    return list(_av_en(unit, ny, noteringar))


def _unit(strom: UUID, noteringar: Sequence[Notering]) -> _Unit | None:
    start: tuple[UtforareRegistrerad, int] | None = None
    slut: tuple[int, tuple[int, ...]] = OANDLIG_DAG, ()
    for n in noteringar:
        h = n.handelse
        if type(h) is UtforareRegistrerad:
            start = h, n.position
        elif type(h) is UtforareAvslutad:
            slut = h.datum.toordinal(), (n.position,)
    if start is None:
        return None
    kommun, regi = start[0].kommun, start[0].regi.lagrat
    intervall = Intervall("", "", kommun, 0, 0, regi=regi, utforare=identitet(strom))
    return _Unit(intervall, Punkt("", "", kommun, 0, regi=regi, utforare=intervall.utforare), *start, *slut)


def _till_slutet(
    unit: _Unit, slag: str, handelser: Iterable[int], fran: int, till: int, **falt: Any
) -> Iterator[Intervall]:
    """Yield an interval, cut where the provider closes, if anything of it is left."""
    if unit.slut < till:
        till, handelser = unit.slut, (*handelser, *unit.slutposition)
    if fran < till:
        positioner = spar(sorted(set(handelser)))
        yield unit.intervall._replace(handelser=positioner, slag=slag, fran=fran, till=till, **falt)


# What it is and where it belongs -------------------------------------------------------------------------------------


def _profiler(unit: _Unit, noteringar: Sequence[Notering]) -> dict[int, _Profil]:
    """Return what the provider is, by the day from which it is so, in order."""
    start = unit.start
    profil = _Profil(start.namn, start.slag.lagrat, None, None, None, None, (unit.startposition,))
    profiler = {start.datum.toordinal(): profil}
    for n in noteringar:
        if type(n.handelse) is UtforareAndrad:
            profil = profil.efter(n.handelse, n.position)
            profiler[n.handelse.datum.toordinal()] = profil
    return profiler


def _utforare(unit: _Unit, profiler: Mapping[int, _Profil]) -> Iterator[Intervall]:
    for fran, till in pairwise((*profiler, OANDLIG_DAG)):
        p = profiler[fran]
        yield from _till_slutet(
            unit, UTFORARE, (*p.handelser, *_sista(profiler, till)), fran, till,
            enhet=p.namn, underslag=p.slag, utfall=p.alder, malgrupp=p.malgrupp, kon=p.kon,
        )  # fmt: skip


def _sista(profiler: Mapping[int, _Profil], dag: int) -> tuple[int, ...]:
    """Return the last event of what begins on a day: it is what made the part before end there."""
    return profiler[dag].handelser[-1:] if dag in profiler else ()


def _organisation(unit: _Unit, profiler: Mapping[int, _Profil], noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    """Yield where the unit belongs, in parts with the same name."""
    hemvist = {
        n.handelse.datum.toordinal(): (n.handelse, n.position)
        for n in noteringar
        if type(n.handelse) is OrganisationAndrad
    }
    if not hemvist:
        return
    dagar = sorted({*hemvist, *(dag for dag in profiler if dag > min(hemvist))})
    for fran, till in pairwise((*dagar, OANDLIG_DAG)):
        h, position = hemvist[max(dag for dag in hemvist if dag <= fran)]
        profil = profiler[max(dag for dag in profiler if dag <= fran)]
        slut = (*_sista(profiler, till), *([hemvist[till][1]] if till in hemvist else []))
        yield from _till_slutet(
            unit, ORGANISATION, (*profil.handelser, position, *slut), fran, till,
            enhet=profil.namn, underslag=h.overordnad, utfall=h.avdelning,
        )  # fmt: skip


# Places and agreements -----------------------------------------------------------------------------------------------


def _platser(unit: _Unit, noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    """Yield the places per target group; what is said of the whole ends those of groups, and the other way round."""
    galler: dict[str | None, tuple[PlatserAndrade, int]] = {}

    def avlos(malgrupp: str | None, till: int, *handelser: int) -> Iterator[Intervall]:
        h, position = galler.pop(malgrupp)
        yield from _till_slutet(
            unit, PLATS, (position, *handelser), h.datum.toordinal(), till, malgrupp=malgrupp, antal=h.platser * 1000
        )

    for n in noteringar:
        h = n.handelse
        if type(h) is PlatserAndrade:
            malgrupp = h.malgrupp.lagrat if h.malgrupp else None
            for annan in [a for a in galler if None in (a, malgrupp) or a == malgrupp]:
                yield from avlos(annan, h.datum.toordinal(), n.position)
            galler[malgrupp] = h, n.position
    for malgrupp in list(galler):
        yield from avlos(malgrupp, OANDLIG_DAG)


def _volymer(unit: _Unit, noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    """Yield the agreed volumes: each holds until its last day or the next."""
    volymer = {
        n.handelse.datum.toordinal(): (n.handelse, n.position)
        for n in noteringar
        if type(n.handelse) is AvtalsvolymAvtalad
    }
    for fran, nasta in pairwise((*volymer, OANDLIG_DAG)):
        h, position = volymer[fran]
        till = h.till.toordinal() if h.till else OANDLIG_DAG
        handelser = (position, volymer[nasta][1]) if nasta < till else (position,)
        yield from _till_slutet(unit, AVTALSVOLYM, handelser, fran, min(till, nasta), antal=h.dygn * 1000)


def _avtal(unit: _Unit, n: Notering, slut: Sequence[Notering], till: date | None, **falt: Any) -> Iterator[Intervall]:
    """Yield an agreement, until it runs out or the first of the ends that come after it began."""
    fran = n.handelse.datum.toordinal()
    slutar = [(till.toordinal() if till else OANDLIG_DAG, n.position)]
    slutar += [(s.handelse.datum.toordinal(), s.position) for s in slut if s.handelse.datum > n.handelse.datum]
    dag, position = min(slutar)
    yield unit.intervall._replace(handelser=spar(sorted({n.position, position})), fran=fran, till=dag, **falt)


def _ramavtal(unit: _Unit, n: Notering, h: RamavtalTecknat, noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    slut = [s for s in noteringar if type(s.handelse) is RamavtalUpphort and s.handelse.omrade is h.omrade]
    return _avtal(unit, n, slut, h.till, slag=RAMAVTAL, insatsform=h.omrade.lagrat)


def _abonnemang(unit: _Unit, n: Notering, h: AbonnemangTecknat, noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    slut = [
        s for s in noteringar if type(s.handelse) is AbonnemangUpphort and s.handelse.abonnemang_id == h.abonnemang_id
    ]
    return _avtal(unit, n, slut, h.till, slag=ABONNEMANG, antal=h.platser * 1000, pris=ore(h.arskostnad), prissort="ar")


# The queue -----------------------------------------------------------------------------------------------------------


def _koplats(h: KoStalld) -> dict[str, Any]:
    return {
        "person": identitet(h.person_id),
        "enhet": h.enhet,
        "malgrupp": h.malgrupp.lagrat if h.malgrupp else None,
        "underslag": "familj" if h.familj else "person",
    }


def _ko(unit: _Unit, n: Notering, h: KoStalld, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    """Yield a place in the queue, and that it was taken."""
    yield unit.punkt._replace(handelser=str(n.position), slag=h.typ, dag=h.datum.toordinal(), **_koplats(h))
    fran, till, handelser = h.datum.toordinal(), OANDLIG_DAG, [n.position]
    for s in noteringar:
        if type(s.handelse) is KoUpphord and s.handelse.ko_id == h.ko_id:
            till, handelser = s.handelse.datum.toordinal(), [n.position, s.position]
    if fran < till:
        yield unit.intervall._replace(handelser=spar(handelser), slag=KO, fran=fran, till=till, **_koplats(h))


def _ur_ko(unit: _Unit, n: Notering, h: KoUpphord, noteringar: Sequence[Notering]) -> Iterator[Punkt]:
    """Yield that a place in the queue ended, and why."""
    for s in noteringar:
        if type(s.handelse) is KoStalld and s.handelse.ko_id == h.ko_id:
            punkt = unit.punkt._replace(handelser=spar((s.position, n.position)), slag=h.typ, dag=h.datum.toordinal())
            yield punkt._replace(utfall=h.orsak.lagrat, **_koplats(s.handelse))


# Points --------------------------------------------------------------------------------------------------------------


def _upphandling(p: Punkt, h: UpphandlingGenomford) -> Iterator[Punkt]:
    yield p._replace(
        insatsform=h.omrade.lagrat, underslag=h.forfarande.lagrat, utfall=h.orsak.lagrat if h.orsak else None,
        belopp=None if h.varde is None else ore(h.varde),
    )  # fmt: skip


def _uppfoljning(p: Punkt, h: UppfoljningGjord) -> Iterator[Punkt]:
    """Yield one point per graded area, and one for the follow-up itself."""
    p = p._replace(
        underslag=h.omfattning.lagrat if h.omfattning else None,
        insatsform=h.avtalsomrade.lagrat if h.avtalsomrade else None,
    )
    yield p._replace(slag=AVTALSUPPFOLJNING)
    for omrade, betyg in h.omraden.items():
        yield p._replace(utfall=omrade, planerat=betyg)


def _ekonomi(p: Punkt, h: EkonomiKontrollerad) -> Iterator[Punkt]:
    yield p._replace(utfall="skatteskuld" if h.skatteskuld else "ingenSkatteskuld", planerat=h.rating)


def _serviceinsats(p: Punkt, h: ServiceinsatsRedovisad) -> Iterator[Punkt]:
    p = p._replace(
        dag=h.till.toordinal() - 1, underslag=h.omrade, insatsform=h.insatsform.lagrat if h.insatsform else None
    )
    if h.dygn is not None:
        yield p._replace(slag=SERVICEDYGN, antal=h.dygn * 1000)
    if h.antal_personer is not None:
        yield p._replace(slag=SERVICEPERSONER, antal=h.antal_personer * 1000)


def _belaggning(p: Punkt, h: BelaggningRedovisad) -> Iterator[Punkt]:
    yield p._replace(malgrupp=h.malgrupp.lagrat if h.malgrupp else None, antal=h.dygn * 1000)


_PUNKTER: Mapping[type[Handelse], Callable[[Punkt, Any], Iterable[Punkt]]] = {
    UtforareAvslutad: lambda p, h: [p._replace(utfall=h.orsak.lagrat)],
    UpphandlingGenomford: _upphandling,
    TillstandKontrollerat: lambda p, h: [p._replace(planerat=int(h.giltigt))],
    UppfoljningGjord: _uppfoljning,
    EkonomiKontrollerad: _ekonomi,
    PlatsforfraganAvbojd: lambda p, h: [p._replace(arende=identitet(h.arende_id), utfall=h.orsak.lagrat)],
    ServiceinsatsRedovisad: _serviceinsats,
    BelaggningRedovisad: _belaggning,
}
"""The events that are points by themselves."""

_MED_SLUT: Mapping[type[Handelse], Callable[[_Unit, Notering, Any, Sequence[Notering]], Iterable[Fakta]]] = {
    RamavtalTecknat: _ramavtal,
    AbonnemangTecknat: _abonnemang,
    KoStalld: _ko,
    KoUpphord: _ur_ko,
}
"""The events whose facts also look at what ended them, or at what they end."""

_STAR_FOR_SIG = frozenset((*_PUNKTER, *_MED_SLUT)) - {UtforareAvslutad, KoUpphord}


def _av_en(unit: _Unit, n: Notering, noteringar: Sequence[Notering]) -> Iterable[Fakta]:
    h = n.handelse
    typ = type(h)
    if typ in _PUNKTER:
        return _PUNKTER[typ](unit.punkt._replace(handelser=str(n.position), slag=h.typ, dag=h.datum.toordinal()), h)
    return _MED_SLUT[typ](unit, n, h, noteringar) if typ in _MED_SLUT else ()
