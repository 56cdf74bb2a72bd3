"""The oracle of cases: what happened in a case, and how long after what began it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from domain.arende.begrepp import Foretradare
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
from domain.handelse import Handelse
from tests.laws.orakel_arende import Arendet, arendet
from tests.laws.orakel_fakta import Drag, Strommen, dagarna, hexat, ordet, tusendelar


def hande(s: Strommen) -> Iterator[tuple[str, date, Drag]]:
    """Yield what happened in a case: kind, day and columns."""
    a = arendet(s)
    if a is None:
        return
    for h in s.handelser:
        for slag, drag in _punkter(a, h):
            yield slag, h.datum, {**a.gemensamt, **a.vid(h.datum), **drag}
    for b in s.av(BeslutFattat):
        for _, fran, till in a.ogivna(b) if b.bifall else ():
            if till is not None:
                drag = {**a.beslutet(b.beslut_id, till), "antal": dagarna(fran, till)}
                yield "beslut.verkstallt", till, {**a.gemensamt, **a.vid(till), **drag}


def _punkter(a: Arendet, h: Any) -> Iterator[tuple[str, Drag]]:
    typ = type(h)
    if typ is ProblematikAngiven:
        yield from ((h.typ, {"underslag": ordet(kod)}) for kod in _nya_problem(a, h))
    elif typ in OM_INSATS:
        yield _om_insats(a, h)
    elif typ is OverklagandeAvgjort:
        yield from _avgjort(a, h)
    elif typ is ArendeAteroppnat:
        # Without a closing before it (which may yet come, late) nothing was opened.
        fore = _fore(a, h, ArendeAvslutat, ArendeAteroppnat)
        if fore and type(fore[-1]) is ArendeAvslutat:
            yield h.typ, {"underslag": ordet(a.borjan.arendetyp), "antal": dagarna(fore[-1].datum, h.datum)}
    elif typ in _DRAG:
        yield h.typ, _DRAG[typ](a, h)


def _fore(a: Arendet, h: Handelse, *typer: type[Handelse]) -> list[Any]:
    """Return the events of some types that came before an event in the order they took effect."""
    nr = next(nr for nr, annan in enumerate(a.s.handelser) if annan is h)
    return [annan for annan in a.s.handelser[:nr] if type(annan) in typer]


def _nya_problem(a: Arendet, h: ProblematikAngiven) -> list[Any]:
    fore = _fore(a, h, ProblematikAngiven)
    return [kod for kod in h.koder if not fore or kod not in fore[-1].koder]


# Intake and case ----------------------------------------------------------------------------------------------------


def _inkommen(a: Arendet, h: Any) -> Drag:
    return {"underslag": ordet(a.borjan.arendetyp), "utfall": ordet(h.satt), "avsandare": ordet(h.avsandare)}


def _skydd(a: Arendet, h: SkyddsbedomningGjord) -> Drag:
    om = [i for i in a.inkomna(h.datum) if h.aktualisering_id in (None, i.aktualisering_id)][-1]
    utfall = "skyddsbehov" if h.behov_av_skydd else "ingetSkyddsbehov"
    return {"underslag": ordet(a.borjan.arendetyp), "utfall": utfall, "antal": dagarna(om.datum, h.datum)}


def _forhandsbedomd(a: Arendet, h: ForhandsbedomningAvslutad) -> Drag:
    egna = next(egna for annan, egna in a.bedomda() if annan is h)
    # Where all it could speak of was assessed before, it speaks of the last that had come in.
    om = egna[0] if egna else a.inkomna(h.datum)[-1]
    return {"underslag": ordet(a.borjan.arendetyp), "utfall": ordet(h.utfall), "antal": dagarna(om.datum, h.datum)}


def _avslutat(a: Arendet, h: ArendeAvslutat) -> Drag:
    oppnat = _fore(a, h, ArendeAktualiserat, ArendeAteroppnat)[-1]
    return {"underslag": ordet(a.borjan.arendetyp), "utfall": ordet(h.orsak), "antal": dagarna(oppnat.datum, h.datum)}


# Investigation and decision -----------------------------------------------------------------------------------------


def _om_utredning(a: Arendet, h: Any) -> Drag:
    p = next(p for p in a.s.av(UtredningPaborjad) if p.utredning_id == h.utredning_id)
    drag = {"underslag": ordet(p.utredningstyp), "lagrum": a.utredningens_lagrum(h.utredning_id, h.datum)}
    if type(h) is UtredningForlangd:
        return {**drag, "antal": dagarna(p.datum, h.till)}
    if type(h) is UtredningAvslutad:
        return {**drag, "antal": dagarna(p.datum, h.datum), "utfall": ordet(h.utfall)}
    return {**drag, "antal": dagarna(p.datum, h.datum)} if h is not p else drag


def _beslut(_: Arendet, h: Any) -> Drag:
    drag = {
        "insatsform": ordet(h.insatsform), "lagrum": ordet(h.lagrum), "underslag": ordet(h.beslutsniva),
        "avsandare": h.beslutsfattare,
    }  # fmt: skip
    return {**drag, "utfall": "bifall" if h.bifall else "avslag"} if type(h) is BeslutFattat else drag


def _upphort(a: Arendet, h: BeslutUpphort) -> Drag:
    b = next(b for b in a.s.av(BeslutFattat) if b.beslut_id == h.beslut_id)
    return {**a.beslutet(h.beslut_id, h.datum), "utfall": ordet(h.orsak), "antal": dagarna(b.datum, h.datum)}


def _overklagat(a: Arendet, h: BeslutOverklagat, dag: date) -> Drag:
    regi = "egen" if h.foretradare is Foretradare.INTERN else "extern"
    return {**a.beslutet(h.beslut_id, dag), "underslag": ordet(h.instans), "regi": regi}


def _avgjort(a: Arendet, h: Any) -> Iterator[tuple[str, Drag]]:
    o = next(o for o in a.s.av(BeslutOverklagat) if o.overklagande_id == h.overklagande_id)
    drag = {**_overklagat(a, o, h.datum), "utfall": ordet(h.utfall)}
    yield h.typ, {**drag, "antal": dagarna(o.datum, h.datum)}
    if h.timmar is not None:
        yield "ombudstimmar", {**drag, "antal": tusendelar(h.timmar)}


# Service ------------------------------------------------------------------------------------------------------------

OM_INSATS = (InsatsPaborjad, InsatsPausad, InsatsAterupptagen, InsatsAvslutad, InsatsuppfoljningGjord)


def _om_insats(a: Arendet, h: Any) -> tuple[str, Drag]:
    p = next(p for p in a.s.av(InsatsPaborjad) if p.insats_id == h.insats_id)
    drag = a.insatsen(p)
    if type(h) is InsatsAvslutad:
        drag |= {"utfall": ordet(h.orsak), "planerat": int(h.planerat), "antal": dagarna(p.datum, h.datum)}
    if type(h) is InsatsuppfoljningGjord:
        drag |= {"utfall": ordet(h.mal_uppnadda), "planerat": int(h.arbetade_med_problematiken)}
    return h.typ if p.behovsprovad else f"service{h.typ}", drag


def _overlamnat(a: Arendet, h: AnsvarOverlamnat) -> Drag:
    sedan = _fore(a, h, ArendeAktualiserat, AnsvarOvertaget)[-1]
    return {"underslag": ordet(h.till), "utfall": ordet(h.orsak), "antal": dagarna(sedan.datum, h.datum)}


_DRAG: Mapping[type[Handelse], Callable[[Arendet, Any], Drag]] = {
    ArendeAktualiserat: _inkommen,
    AktualiseringInkommen: _inkommen,
    SkyddsbedomningGjord: _skydd,
    ForhandsbedomningAvslutad: _forhandsbedomd,
    ArendeAvslutat: _avslutat,
    UtredningPaborjad: _om_utredning,
    UtredningForlangd: _om_utredning,
    UtredningslagrumAndrat: _om_utredning,
    UtredningAvslutad: _om_utredning,
    BeslutFattat: _beslut,
    BeslutAndrat: _beslut,
    BeslutUpphort: _upphort,
    VerkstallighetAvbruten: lambda a, h: a.beslutet(h.beslut_id, h.datum),
    ErbjudandeAvbojt: lambda a, h: {**a.beslutet(h.beslut_id, h.datum), "utforare": hexat(h.utforare_id)},
    ForfraganAvbojd: lambda a, h: {
        **a.beslutet(h.beslut_id, h.datum), "utforare": hexat(h.utforare_id), "utfall": ordet(h.orsak),
    },
    BeslutOverklagat: lambda a, h: _overklagat(a, h, h.datum),
    StatusAndrad: lambda _, h: {"underslag": ordet(h.status)},
    AnsvarOvertaget: lambda _, h: {"underslag": ordet(h.fran)},
    AnsvarOverlamnat: _overlamnat,
    SamverkanGenomford: lambda _, h: {"underslag": ordet(h.slag)},
    AvvikelseRapporterad: lambda _, h: {"underslag": ordet(h.slag), "utfall": ordet(h.omrade)},
}  # fmt: skip
