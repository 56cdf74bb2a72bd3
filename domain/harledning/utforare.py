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
from domain.sak import Enskild, Harledning, Rad, Sak, i_ordning
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


def _till_slutet(
    f: Utforarfakta, slag: str, handelser: Iterable[int], fran: int, till: int, **falt: Any
) -> Iterator[Intervall]:
    """Yield an interval, cut where the provider closes, if anything of it is left."""
    if f.slut < till:
        till, handelser = f.slut, (*handelser, f.slutposition)
    if fran < till:
        positioner = spar(sorted(set(handelser)))
        yield f.intervall._replace(handelser=positioner, slag=slag, fran=fran, till=till, **falt)


# What it is and where it belongs -------------------------------------------------------------------------------------


def _profiler(f: Utforarfakta) -> dict[int, _Profil]:
    """Return what the provider is, by the day from which it is so, in order."""
    start, dag, position = f.start
    profil = _Profil(start.namn, start.slag.lagrat, None, None, None, None, (position,))
    profiler = {dag: profil}
    for h, dag, position in f.av(UtforareAndrad):
        profil = profil.efter(h, position)
        profiler[dag] = profil
    return profiler


def _utforare(f: Utforarfakta, _: Sak) -> list[Intervall]:
    profiler = _profiler(f)
    delar: list[Intervall] = []
    for fran, till in pairwise((*profiler, OANDLIG_DAG)):
        p = profiler[fran]
        delar += _till_slutet(
            f, UTFORARE, (*p.handelser, *_sista(profiler, till)), fran, till,
            enhet=p.namn, underslag=p.slag, utfall=p.alder, malgrupp=p.malgrupp, kon=p.kon,
        )  # fmt: skip
    return delar


def _sista(profiler: Mapping[int, _Profil], dag: int) -> tuple[int, ...]:
    """Return the last event of what begins on a day: it is what made the part before end there."""
    return profiler[dag].handelser[-1:] if dag in profiler else ()


def _organisation(f: Utforarfakta, _: Sak) -> list[Intervall]:
    """Return where the unit belongs, in parts with the same name."""
    hemvist = {dag: (h, position) for h, dag, position in f.av(OrganisationAndrad)}
    if not hemvist:
        return []
    profiler = _profiler(f)
    dagar = sorted({*hemvist, *(dag for dag in profiler if dag > min(hemvist))})
    delar: list[Intervall] = []
    for fran, till in pairwise((*dagar, OANDLIG_DAG)):
        h, position = hemvist[max(dag for dag in hemvist if dag <= fran)]
        profil = profiler[max(dag for dag in profiler if dag <= fran)]
        slut = (*_sista(profiler, till), *([hemvist[till][1]] if till in hemvist else []))
        delar += _till_slutet(
            f, ORGANISATION, (*profil.handelser, position, *slut), fran, till,
            enhet=profil.namn, underslag=h.overordnad, utfall=h.avdelning,
        )  # fmt: skip
    return delar


# Places and agreements -----------------------------------------------------------------------------------------------


def _platser(f: Utforarfakta, _: Sak) -> list[Intervall]:
    """Return the places per target group; what is said of the whole ends those of groups, and the other way round."""
    galler: dict[str | None, Rad] = {}
    delar: list[Intervall] = []

    def avlos(malgrupp: str | None, till: int, *handelser: int) -> None:
        h, fran, position = galler.pop(malgrupp)
        delar.extend(
            _till_slutet(f, PLATS, (position, *handelser), fran, till, malgrupp=malgrupp, antal=h.platser * 1000)
        )

    for rad in f.av(PlatserAndrade):
        h, dag, position = rad
        malgrupp = h.malgrupp.lagrat if h.malgrupp else None
        for annan in [a for a in galler if None in (a, malgrupp) or a == malgrupp]:
            avlos(annan, dag, position)
        galler[malgrupp] = rad
    for malgrupp in list(galler):
        avlos(malgrupp, OANDLIG_DAG)
    return delar


def _volymer(f: Utforarfakta, _: Sak) -> list[Intervall]:
    """Return the agreed volumes: each holds until its last day or the next."""
    volymer = {dag: (h, position) for h, dag, position in f.av(AvtalsvolymAvtalad)}
    delar: list[Intervall] = []
    for fran, nasta in pairwise((*volymer, OANDLIG_DAG)):
        h, position = volymer[fran]
        till = h.till.toordinal() if h.till else OANDLIG_DAG
        handelser = (position, volymer[nasta][1]) if nasta < till else (position,)
        delar += _till_slutet(f, AVTALSVOLYM, handelser, fran, min(till, nasta), antal=h.dygn * 1000)
    return delar


def _avtal(f: Utforarfakta, n: Notering, slut: Sequence[Rad], till: date | None, **falt: Any) -> list[Intervall]:
    """Return an agreement, until it runs out or the first of the ends that come after it began."""
    fran = n.handelse.datum.toordinal()
    slutar = [(till.toordinal() if till else OANDLIG_DAG, n.position)]
    slutar += [(dag, position) for _, dag, position in slut if dag > fran]
    dag, position = min(slutar)
    return [f.intervall._replace(handelser=spar(sorted({n.position, position})), fran=fran, till=dag, **falt)]


def _ramavtal(f: Utforarfakta, sak: Enskild) -> list[Intervall]:
    h: Any = sak.notering.handelse
    slut = [rad for rad in f.av(RamavtalUpphort) if rad[0].omrade is h.omrade]
    return _avtal(f, sak.notering, slut, h.till, slag=RAMAVTAL, insatsform=h.omrade.lagrat)


def _abonnemang(f: Utforarfakta, sak: Enskild) -> list[Intervall]:
    h: Any = sak.notering.handelse
    slut = [rad for rad in f.av(AbonnemangUpphort) if rad[0].abonnemang_id == h.abonnemang_id]
    return _avtal(
        f, sak.notering, slut, h.till, slag=ABONNEMANG, antal=h.platser * 1000, pris=ore(h.arskostnad), prissort="ar"
    )


# The queue -----------------------------------------------------------------------------------------------------------


def _koplats(h: KoStalld) -> dict[str, Any]:
    return {
        "person": identitet(h.person_id),
        "enhet": h.enhet,
        "malgrupp": h.malgrupp.lagrat if h.malgrupp else None,
        "underslag": "familj" if h.familj else "person",
    }


def _ko(f: Utforarfakta, sak: Enskild) -> list[Fakta]:
    """Return a place in the queue, and that it was taken."""
    n = sak.notering
    h: Any = n.handelse
    fran, till, handelser = h.datum.toordinal(), OANDLIG_DAG, [n.position]
    punkt = f.punkt._replace(handelser=str(n.position), slag=h.typ, dag=fran, **_koplats(h))
    for slut, dag, position in f.av(KoUpphord):
        if slut.ko_id == h.ko_id:
            till, handelser = dag, [n.position, position]
    kvar = f.intervall._replace(handelser=spar(handelser), slag=KO, fran=fran, till=till, **_koplats(h))
    return [punkt, kvar] if fran < till else [punkt]


def _ur_ko(f: Utforarfakta, sak: Enskild) -> list[Punkt]:
    """Return that a place in the queue ended, and why."""
    n = sak.notering
    h: Any = n.handelse
    return [
        f.punkt._replace(
            handelser=spar((position, n.position)), slag=h.typ, dag=h.datum.toordinal(), utfall=h.orsak.lagrat,
            **_koplats(stalld),
        )
        for stalld, _, position in f.av(KoStalld)
        if stalld.ko_id == h.ko_id
    ]  # fmt: skip


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

_MED_SLUT: Mapping[type[Handelse], Callable[[Utforarfakta, Enskild], Sequence[Fakta]]] = {
    RamavtalTecknat: _ramavtal,
    AbonnemangTecknat: _abonnemang,
    KoStalld: _ko,
    KoUpphord: _ur_ko,
}
"""The events whose facts also look at what ended them, or at what they end."""


def _punkter(f: Utforarfakta, sak: Enskild) -> list[Punkt]:
    n = sak.notering
    h = n.handelse
    return list(_PUNKTER[type(h)](f.punkt._replace(handelser=str(n.position), slag=h.typ, dag=h.datum.toordinal()), h))


# Which things an entry touches ---------------------------------------------------------------------------------------

_HELA: Mapping[Callable[[Utforarfakta, Sak], list[Intervall]], frozenset[type[Handelse]]] = {
    _utforare: frozenset((UtforareRegistrerad, UtforareAndrad, UtforareAvslutad)),
    _organisation: frozenset((OrganisationAndrad, UtforareAndrad, UtforareAvslutad)),
    _platser: frozenset((PlatserAndrade, UtforareAvslutad)),
    _volymer: frozenset((AvtalsvolymAvtalad, UtforareAvslutad)),
}
"""What of a provider is one thing from first to last, and the events that it follows from."""

_SLUTAR: Mapping[type[Handelse], tuple[type[Handelse], Callable[[Any], object]]] = {
    RamavtalUpphort: (RamavtalTecknat, lambda h: h.omrade),
    AbonnemangUpphort: (AbonnemangTecknat, lambda h: h.abonnemang_id),
    KoUpphord: (KoStalld, lambda h: h.ko_id),
}
"""The events that end what an entry of another type began, and what the two have in common."""


class Utforarfakta(Harledning):
    """The derivation of a provider's facts.

    Attributes:
        intervall: an interval with what all intervals of the provider share; likewise ``punkt``.
        start: the entry that began it.
        slut: the day it closed, and ``slutposition`` where that is said; until then never.
    """

    __slots__ = ("_efter_typ", "_hela", "intervall", "punkt", "slut", "slutposition", "start")

    borjan = UtforareRegistrerad

    def __init__(self, strom: UUID, borjan: Notering) -> None:
        """Begin with whose facts they are."""
        h: Any = borjan.handelse
        self.start: tuple[UtforareRegistrerad, int, int] = h, h.datum.toordinal(), borjan.position
        self.slut, self.slutposition = OANDLIG_DAG, 0
        kommun, regi = h.kommun, h.regi.lagrat
        self.intervall = Intervall("", "", kommun, 0, 0, regi=regi, utforare=identitet(strom))
        self.punkt = Punkt("", "", kommun, 0, regi=regi, utforare=self.intervall.utforare)
        self._efter_typ: dict[type[Handelse], list[Rad]] = {}
        self._hela = [(Sak(harled), typer) for harled, typer in _HELA.items()]
        self.saker = [sak for sak, _ in self._hela]

    def av(self, typ: type[Handelse]) -> Sequence[Rad]:
        """Return the entries of a type in the order they took effect."""
        return self._efter_typ.get(typ, ())

    def ta_in(self, ny: Notering) -> Sequence[Sak]:
        """Take in an entry."""
        h = ny.handelse
        typ, dag = type(h), h.datum.toordinal()
        i_ordning(self._efter_typ.setdefault(typ, []), (h, dag, ny.position))
        if typ is UtforareAvslutad:
            self.slut, self.slutposition = dag, ny.position
        berorda = [sak for sak, typer in self._hela if typ in typer]
        if typ in _SLUTAR:
            vad, nyckel = _SLUTAR[typ]
            berorda += self.enskilda(lambda n: type(n.handelse) is vad and nyckel(n.handelse) == nyckel(h))
        if typ in _PUNKTER:
            berorda.append(self.en(_punkter, ny))
        elif typ in _MED_SLUT:
            berorda.append(self.en(_MED_SLUT[typ], ny))
        return berorda
