"""Facts of a case: what was open in it as intervals, what happened as points.

Intervals: the open case, its troubles and the ground of responsibility (each split where target group or unit
changes), services without care days (split at pauses and at change of target group; they end with the case at the
latest), and three that are never split, since a time limit is reckoned from their first day: preliminary assessments
of reports, investigations and decisions not yet effected. These say what held on that first day.
``utfall`` says how an interval ended and so speaks of its end, not of the days before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from domain.arende.begrepp import Aktualiseringssatt, Forhandsutfall
from domain.arende.handelser import (
    AktualiseringInkommen,
    AnsvarOverlamnat,
    AnsvarOvertaget,
    ArendeAktualiserat,
    ArendeAteroppnat,
    ArendeAvslutat,
    AvvikelseRapporterad,
    BeslutAndrat,
    BeslutFattat,
    BeslutOverklagat,
    BeslutUpphort,
    BeslutVerkstallt,
    ErbjudandeAvbojt,
    ForfraganAvbojd,
    ForhandsbedomningAvslutad,
    InsatsAterupptagen,
    InsatsAvslutad,
    InsatsPaborjad,
    InsatsPausad,
    InsatsuppfoljningGjord,
    OverklagandeAvgjort,
    ProblematikAngiven,
    SamverkanGenomford,
    SkyddsbedomningGjord,
    StatusAndrad,
    UtredningAvslutad,
    UtredningForlangd,
    UtredningPaborjad,
    UtredningslagrumAndrat,
    VerkstallighetAvbruten,
)
from domain.fakta import (
    ARENDE,
    BESLUT_EJ_VERKSTALLT,
    ENSAMKOMMANDE,
    FORHANDSBEDOMNING,
    INSATS,
    PROBLEMATIK,
    SERVICEINSATS,
    UTREDNING,
    Fakta,
    Intervall,
    Punkt,
    spar,
)
from domain.faktaspar import Omraknat
from domain.handelse import Handelse, Notering
from domain.harledning.arendepunkter import beslutet, dagar, insatsen, punkter
from domain.harledning.arendeunderlag import Underlag, underlag
from domain.harledning.skeden import Andring, Skede, skeden, snitt
from domain.tid import OANDLIG_DAG

_STAR_FOR_SIG = frozenset(
    (
        AvvikelseRapporterad,
        BeslutOverklagat,
        ErbjudandeAvbojt,
        ForfraganAvbojd,
        InsatsuppfoljningGjord,
        OverklagandeAvgjort,
        SamverkanGenomford,
        SkyddsbedomningGjord,
        UtredningForlangd,
    )
)


def alla(strom: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    """Return all facts of the effective entries; points first, since they seldom change when an interval does."""
    u = underlag(strom, noteringar)
    if u is None:
        return
    for n in noteringar:
        yield from punkter(u, n)
    for del_ in _DELAR:
        yield from del_.fakta(u)


def tillagg(strom: UUID, noteringar: Sequence[Notering], ny: Notering) -> list[Fakta] | None:
    """Return what an entry adds; None if it may change what other events mean.

    A decision changes nothing else: what speaks of it cannot have come before it.
    """
    if type(ny.handelse) not in _STAR_FOR_SIG and type(ny.handelse) is not BeslutFattat:
        return None
    u = underlag(strom, noteringar)
    if u is None:
        return []
    tillkomna: list[Fakta] = list(punkter(u, ny))
    if type(ny.handelse) is BeslutFattat and ny.handelse.bifall:
        tillkomna += _beslut(u, ny.handelse, ny.handelse.datum.toordinal(), ny.position)
    return tillkomna


def omraknat(strom: UUID, noteringar: Sequence[Notering], ny: Notering) -> Omraknat | None:
    """Return the facts of just those kinds that an entry may change, when its day is later than all before it.

    What had happened and what had ended by then stands as it was. None where the entry may change facts of any kind.
    """
    berorda = _BEROR.get(type(ny.handelse))
    u = underlag(strom, noteringar) if berorda is not None else None
    if u is None or berorda is None:
        return None
    fakta = [*punkter(u, ny), *(ett for del_ in berorda for ett in del_.fakta(u))]
    return Omraknat(frozenset().union(*(del_.slag for del_ in berorda)), fakta)


# The open case, and what holds in it ---------------------------------------------------------------------------------


def _oppet(u: Underlag) -> list[Skede]:
    rader = u.av(ArendeAktualiserat, ArendeAteroppnat, ArendeAvslutat)
    return skeden(Andring(dag, None if type(h) is ArendeAvslutat else ("oppet",), pos) for h, dag, pos in rader)


def _arendet(u: Underlag) -> Iterator[Intervall]:
    oppet = _oppet(u)
    yield from _medan_det_ar_oppet(u, oppet, [(ARENDE, u.borjan.arendetyp.lagrat, oppet)])


def _problematiken(u: Underlag) -> Iterator[Intervall]:
    return _medan_det_ar_oppet(u, _oppet(u), _problem(u))


def _ensamkommande(u: Underlag) -> Iterator[Intervall]:
    return _medan_det_ar_oppet(u, _oppet(u), _status(u))


def _medan_det_ar_oppet(
    u: Underlag, oppet: Sequence[Skede], delar: Iterable[tuple[str, str, list[Skede]]]
) -> Iterator[Intervall]:
    orsaker = {position: h.orsak.lagrat for h, _, position in u.av(ArendeAvslutat, AnsvarOverlamnat)}
    for slag, underslag, perioder in delar:
        for s in snitt(perioder, oppet, u.malgrupper, u.enheter):
            utfall = orsaker.get(s.slut[0]) if s.slut else None
            yield _av_skede(u, slag, s, malgrupp=s.varde[-2], enhet=s.varde[-1], underslag=underslag, utfall=utfall)


def _insatser(u: Underlag) -> Iterator[Intervall]:
    paborjade = u.av(InsatsPaborjad)
    oppet = _oppet(u) if paborjade else []
    for h, dag, position in paborjade:
        yield from _insats(u, h, dag, position, oppet)


def _av_skede(u: Underlag, slag: str, s: Skede, **falt: Any) -> Intervall:
    return u.intervall._replace(handelser=s.handelser, slag=slag, fran=s.fran, till=s.till, **falt)


def _problem(u: Underlag) -> Iterator[tuple[str, str, list[Skede]]]:
    rader = u.av(ProblematikAngiven)
    for kod in dict.fromkeys(kod for h, _, __ in rader for kod in h.koder):
        andringar = [Andring(dag, (kod.lagrat,) if kod in h.koder else None, position) for h, dag, position in rader]
        yield PROBLEMATIK, kod.lagrat, skeden(andringar)


def _status(u: Underlag) -> Iterator[tuple[str, str, list[Skede]]]:
    status: tuple[str, ...] | None = None
    vart, andringar = True, []
    for h, dag, position in u.av(StatusAndrad, AnsvarOvertaget, AnsvarOverlamnat):
        if type(h) is StatusAndrad:
            status = (h.status.lagrat,)
        else:
            vart = type(h) is AnsvarOvertaget
        andringar.append(Andring(dag, status if vart else None, position))
    for s in skeden(andringar):
        yield ENSAMKOMMANDE, s.varde[0], [s]


def _insats(u: Underlag, p: InsatsPaborjad, fran: int, position: int, oppet: Sequence[Skede]) -> Iterator[Intervall]:
    rader = [
        rad
        for rad in u.av(InsatsPaborjad, InsatsPausad, InsatsAterupptagen, InsatsAvslutad)
        if rad[0].insats_id == p.insats_id
    ]
    # An end is an end, whatever else came to be told of its day.
    rader.sort(key=lambda rad: (rad[1], type(rad[0]) is InsatsAvslutad))
    given = skeden(
        Andring(dag, None if type(h) in (InsatsPausad, InsatsAvslutad) else ("given",), pos) for h, dag, pos in rader
    )
    avslut = next(((h, pos) for h, _, pos in rader if type(h) is InsatsAvslutad), None)
    kolumner = insatsen(u, p, fran)
    for s in snitt(given, oppet, u.malgrupper):
        slut = avslut[0] if avslut is not None and avslut[1] in s.slut else None
        yield _av_skede(
            u, INSATS if p.behovsprovad else SERVICEINSATS, s._replace(grund=(position, *s.grund)),
            malgrupp=s.varde[-1], **kolumner,
            utfall=slut.orsak.lagrat if slut else None, planerat=int(slut.planerat) if slut else None,
        )  # fmt: skip


# What a time limit is reckoned from: never split ---------------------------------------------------------------------


class _Slut(NamedTuple):
    """How something ended: the day it no longer held, which event did it, and what came of it."""

    dag: int
    position: int | None
    utfall: str | None


_OPPET = _Slut(OANDLIG_DAG, None, None)


def _hel(u: Underlag, slag: str, fran: int, position: int, slut: _Slut, **falt: Any) -> Intervall:
    malgrupp, enhet = u.vid(fran)
    handelser = spar(sorted({position, *([] if slut.position is None else [slut.position])}))
    return u.intervall._replace(
        handelser=handelser, slag=slag, fran=fran, till=slut.dag, malgrupp=malgrupp, enhet=enhet, utfall=slut.utfall,
        **falt,
    )  # fmt: skip


def _forhandsbedomningar(u: Underlag) -> Iterator[Intervall]:
    """Yield the open preliminary assessments of reports; none is needed while an investigation goes on (SoL 20:2)."""
    utredningar = [
        (dag, next((d for h, d, _ in u.av(UtredningAvslutad) if h.utredning_id == p.utredning_id), OANDLIG_DAG), pos)
        for p, dag, pos in u.av(UtredningPaborjad)
    ]
    slut = [_Slut(dag, position, None) for _, dag, position in u.av(ArendeAvslutat)]
    slut += [_Slut(dag, position, Forhandsutfall.INLEDS.lagrat) for dag, _, position in utredningar]
    bedomda = {
        i.position: _Slut(dag, position, h.utfall.lagrat) for h, dag, position, inkomna in u.bedomningar()
        for i in inkomna
    }  # fmt: skip
    for i in u.inkomna():
        utreds = any(fran <= i.dag < till for fran, till, _ in utredningar)
        if i.satt == Aktualiseringssatt.ANMALAN and not utreds:
            egna = [bedomda[i.position]] if i.position in bedomda else []
            forsta = min([*egna, *(s for s in slut if s.dag >= i.dag), _OPPET], key=lambda s: s.dag)
            if i.dag < forsta.dag:
                yield _hel(
                    u, FORHANDSBEDOMNING, i.dag, i.position, forsta, underslag=u.borjan.arendetyp.lagrat
                )  # fmt: skip


def _utredningar(u: Underlag) -> Iterator[Intervall]:
    """Yield the investigations; one that ended the day it began held that day."""
    slut = {h.utredning_id: _Slut(dag, position, h.utfall.lagrat) for h, dag, position in u.av(UtredningAvslutad)}
    for p, fran, position in u.av(UtredningPaborjad):
        s = slut.get(p.utredning_id, _OPPET)
        s = s._replace(dag=max(s.dag, fran + 1))
        lagrum = u.utredningslagrum(p.utredning_id, fran)
        yield _hel(u, UTREDNING, fran, position, s, underslag=p.utredningstyp.lagrat, lagrum=lagrum)


class _Ogivet(NamedTuple):
    """Since when, and by which event, what was granted is not given: it never was, or it was interrupted."""

    underslag: str
    fran: int
    position: int


def _besluten(u: Underlag) -> Iterator[Fakta]:
    for beslut, dag, position in u.av(BeslutFattat):
        if beslut.bifall:
            yield from _beslut(u, beslut, dag, position)


def _beslut(u: Underlag, b: BeslutFattat, fattat: int, position: int) -> Iterator[Fakta]:
    """Yield the days on which what was granted was not given, and a point each time it began to be given (SoL 34:1)."""
    slut = _beslutets_slut(u, b)
    ogivet: _Ogivet | None = _Ogivet("beslut", fattat, position)
    for h, dag, plats in u.av(BeslutVerkstallt, VerkstallighetAvbruten, InsatsPaborjad):
        if h.beslut_id != b.beslut_id:
            continue
        if type(h) is VerkstallighetAvbruten:
            ogivet = ogivet or _Ogivet("avbrott", dag, plats)
        elif ogivet:
            yield _verkstallt(u, b, ogivet, dag, plats)
            yield from _ej_verkstallt(u, b, ogivet, min(_Slut(dag, plats, "verkstallt"), slut, key=lambda s: s.dag))
            ogivet = None
    if ogivet:
        yield from _ej_verkstallt(u, b, ogivet, slut)


def _beslutets_slut(u: Underlag, b: BeslutFattat) -> _Slut:
    """Return how a decision ended: it ceased, or its last day passed before the decision was changed."""
    slut = [_Slut(dag, plats, "upphort") for h, dag, plats in u.av(BeslutUpphort) if h.beslut_id == b.beslut_id]
    lydelser = [rad for rad in u.av(BeslutFattat, BeslutAndrat) if rad[0].beslut_id == b.beslut_id]
    nasta = [*(dag for _, dag, _ in lydelser[1:]), OANDLIG_DAG]
    for (lydelse, dag, plats), till in zip(lydelser, nasta, strict=True):
        if lydelse.galler_till is not None:
            gar_ut = max(lydelse.galler_till.toordinal() + 1, dag)
            if gar_ut < till:
                slut.append(_Slut(gar_ut, plats, "utgatt"))
    return min([*slut, _OPPET], key=lambda s: s.dag)


def _verkstallt(u: Underlag, b: BeslutFattat, ogivet: _Ogivet, dag: int, position: int) -> Punkt:
    malgrupp, enhet = u.vid(dag)
    return u.punkt._replace(
        handelser=spar(sorted({ogivet.position, position})), slag=BeslutVerkstallt.typ, dag=dag, malgrupp=malgrupp,
        enhet=enhet, antal=dagar(ogivet.fran, dag), **beslutet(u, b, dag),
    )  # fmt: skip


def _ej_verkstallt(u: Underlag, b: BeslutFattat, ogivet: _Ogivet, slut: _Slut) -> Iterator[Intervall]:
    if ogivet.fran < slut.dag:
        kolumner = {"underslag": ogivet.underslag, **beslutet(u, b, ogivet.fran)}
        yield _hel(u, BESLUT_EJ_VERKSTALLT, ogivet.fran, ogivet.position, slut, **kolumner)


# Which facts an entry may change -------------------------------------------------------------------------------------


class _Del(NamedTuple):
    """Some kinds of fact that are worked out together."""

    slag: frozenset[str]
    fakta: Callable[[Underlag], Iterator[Fakta]]


_ARENDET = _Del(frozenset((ARENDE,)), _arendet)
_PROBLEMATIKEN = _Del(frozenset((PROBLEMATIK,)), _problematiken)
_STATUSEN = _Del(frozenset((ENSAMKOMMANDE,)), _ensamkommande)
_INSATSERNA = _Del(frozenset((INSATS, SERVICEINSATS)), _insatser)
_FORHANDSBEDOMNINGARNA = _Del(frozenset((FORHANDSBEDOMNING,)), _forhandsbedomningar)
_UTREDNINGARNA = _Del(frozenset((UTREDNING,)), _utredningar)
_BESLUTEN = _Del(frozenset((BESLUT_EJ_VERKSTALLT, BeslutVerkstallt.typ)), _besluten)

_DELAR = (
    _ARENDET, _PROBLEMATIKEN, _STATUSEN, _INSATSERNA, _FORHANDSBEDOMNINGARNA, _UTREDNINGARNA, _BESLUTEN,
)  # fmt: skip

_BEROR: Mapping[type[Handelse], tuple[_Del, ...]] = {
    AktualiseringInkommen: (_FORHANDSBEDOMNINGARNA,),
    ForhandsbedomningAvslutad: (_FORHANDSBEDOMNINGARNA,),
    UtredningPaborjad: (_FORHANDSBEDOMNINGARNA, _UTREDNINGARNA),
    UtredningslagrumAndrat: (),
    UtredningAvslutad: (_UTREDNINGARNA,),
    BeslutAndrat: (_BESLUTEN,),
    BeslutVerkstallt: (_BESLUTEN,),
    VerkstallighetAvbruten: (_BESLUTEN,),
    BeslutUpphort: (_BESLUTEN,),
    InsatsPaborjad: (_INSATSERNA, _BESLUTEN),
    InsatsPausad: (_INSATSERNA,),
    InsatsAterupptagen: (_INSATSERNA,),
    InsatsAvslutad: (_INSATSERNA,),
    ProblematikAngiven: (_PROBLEMATIKEN,),
    StatusAndrad: (_STATUSEN,),
    AnsvarOvertaget: (_STATUSEN,),
    AnsvarOverlamnat: (_STATUSEN,),
}
"""What an entry may change when its day is later than all before it; an entry of another type may change anything."""
