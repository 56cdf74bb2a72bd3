"""Points of a case: what happened in it on a day, with what held in the case and in the thing it happened to.

Columns are used so: ``underslag`` is the type of case, investigation or meeting, the level of a decision, the court of
an appeal or the line of work of a service; ``utfall`` what came of it (of an intake: how it came); ``avsandare`` who
brought it about (of a decision: the role that decided). Where something ended, ``antal`` is the number of days since
it began, in thousandths; where an investigation was prolonged, the number of days it may last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
from domain.begrepp import Regi
from domain.fakta import OMBUDSTIMMAR, Punkt, identitet, spar
from domain.handelse import Handelse, Notering
from domain.harledning.arendeunderlag import Rad, Underlag

Kolumner = dict[str, Any]

_FORETRADARES_REGI = {Foretradare.INTERN: Regi.EGEN.lagrat, Foretradare.EXTERN: Regi.EXTERN.lagrat}


def dagar(fran: int, till: int) -> int:
    """Return the number of days between two days, in thousandths as every number of a point."""
    return (till - fran) * 1000


def punkter(u: Underlag, n: Notering) -> Iterator[Punkt]:
    """Yield the points that an entry makes."""
    kolumner = _KOLUMNER.get(type(n.handelse))
    if kolumner is None:
        return
    dag = n.handelse.datum.toordinal()
    malgrupp, enhet = u.vid(dag)
    gemensamt: Kolumner = {
        "handelser": str(n.position),
        "slag": n.handelse.typ,
        "dag": dag,
        "malgrupp": malgrupp,
        "enhet": enhet,
    }
    for falt in kolumner(u, n.handelse, dag, n.position):
        yield u.punkt._replace(**(gemensamt | falt))


def _sedan(borjan: tuple[Any, int, int], dag: int, position: int) -> Kolumner:
    """Return the columns of what ended something: the events behind it and the days since it began."""
    return {"handelser": spar(sorted({borjan[2], position})), "antal": dagar(borjan[1], dag)}


def _fore(u: Underlag, position: int, *typer: type[Handelse]) -> list[Rad]:
    """Return the entries of some types that took effect before the one at a position, those of its day included."""
    return [rad for rad in u.av(*typer) if u.platser[rad[2]] < u.platser[position]]


# Intake and case -----------------------------------------------------------------------------------------------------


def _inkommen(u: Underlag, h: Any, _: int, __: int) -> Iterator[Kolumner]:
    avsandare = h.avsandare.lagrat if h.avsandare else None
    yield {"underslag": u.borjan.arendetyp.lagrat, "utfall": h.satt.lagrat, "avsandare": avsandare}


def _skyddsbedomning(u: Underlag, h: SkyddsbedomningGjord, dag: int, position: int) -> Iterator[Kolumner]:
    inkom = [i for i in u.inkomna() if i.dag <= dag and h.aktualisering_id in (None, i.id)][-1]
    utfall = "skyddsbehov" if h.behov_av_skydd else "ingetSkyddsbehov"
    yield {
        "underslag": u.borjan.arendetyp.lagrat, "utfall": utfall,
        **_sedan((h, inkom.dag, inkom.position), dag, position),
    }  # fmt: skip


def _forhandsbedomning(u: Underlag, h: ForhandsbedomningAvslutad, dag: int, position: int) -> Iterator[Kolumner]:
    bedomda = next(bedomda for *_, plats, bedomda in u.bedomningar() if plats == position)
    # A late assessment may have taken all that this one spoke of; it then speaks of the last that had come in.
    inkom = bedomda[0] if bedomda else [i for i in u.inkomna() if i.dag <= dag][-1]
    yield {
        "underslag": u.borjan.arendetyp.lagrat, "utfall": h.utfall.lagrat,
        **_sedan((h, inkom.dag, inkom.position), dag, position),
    }  # fmt: skip


def _avslutat(u: Underlag, h: ArendeAvslutat, dag: int, position: int) -> Iterator[Kolumner]:
    oppnat = _fore(u, position, ArendeAktualiserat, ArendeAteroppnat)[-1]
    yield {"underslag": u.borjan.arendetyp.lagrat, "utfall": h.orsak.lagrat, **_sedan(oppnat, dag, position)}


def _ateroppnat(u: Underlag, _: ArendeAteroppnat, dag: int, position: int) -> Iterator[Kolumner]:
    fore = _fore(u, position, ArendeAvslutat, ArendeAteroppnat)
    # Without a closing before it (it may yet come, late) nothing was opened.
    if fore and type(fore[-1][0]) is ArendeAvslutat:
        yield {"underslag": u.borjan.arendetyp.lagrat, **_sedan(fore[-1], dag, position)}


# Investigation -------------------------------------------------------------------------------------------------------


def _utredning(u: Underlag, h: Any, dag: int, position: int) -> Iterator[Kolumner]:
    borjan = u.borjade(UtredningPaborjad, "utredning_id", h.utredning_id)
    kolumner: Kolumner = {
        "underslag": borjan[0].utredningstyp.lagrat, "lagrum": u.utredningslagrum(h.utredning_id, dag)
    }  # fmt: skip
    if type(h) is not UtredningPaborjad:
        kolumner |= _sedan(borjan, dag, position)
    if type(h) is UtredningForlangd:
        kolumner["antal"] = dagar(borjan[1], h.till.toordinal())
    if type(h) is UtredningAvslutad:
        kolumner["utfall"] = h.utfall.lagrat
    yield kolumner


# Decision ------------------------------------------------------------------------------------------------------------


def beslutet(u: Underlag, h: Any, dag: int) -> Kolumner:
    """Return the columns that say what a decision concerns on a day."""
    galler = u.beslut(h.beslut_id, dag)
    return {"insatsform": galler.insatsform.lagrat, "lagrum": galler.lagrum.lagrat}


def _beslut(_: Underlag, h: BeslutFattat | BeslutAndrat, __: int, ___: int) -> Iterator[Kolumner]:
    utfall = ("bifall" if h.bifall else "avslag") if type(h) is BeslutFattat else None
    yield {
        "insatsform": h.insatsform.lagrat, "lagrum": h.lagrum.lagrat, "utfall": utfall,
        "underslag": h.beslutsniva.lagrat, "avsandare": h.beslutsfattare,
    }  # fmt: skip


def _om_beslut(u: Underlag, h: Any, dag: int, position: int) -> Iterator[Kolumner]:
    kolumner = beslutet(u, h, dag)
    if type(h) is BeslutUpphort:
        kolumner |= _sedan(u.borjade(BeslutFattat, "beslut_id", h.beslut_id), dag, position)
    if type(h) is not ErbjudandeAvbojt and type(h) is not VerkstallighetAvbruten:
        kolumner["utfall"] = h.orsak.lagrat
    if type(h) is ErbjudandeAvbojt or type(h) is ForfraganAvbojd:
        kolumner["utforare"] = identitet(h.utforare_id)
    yield kolumner


def _overklagat(u: Underlag, h: BeslutOverklagat, dag: int, _: int) -> Iterator[Kolumner]:
    yield {
        **beslutet(u, h, dag), "underslag": h.instans.lagrat, "regi": _FORETRADARES_REGI[h.foretradare]
    }  # fmt: skip


def _avgjort(u: Underlag, h: OverklagandeAvgjort, dag: int, position: int) -> Iterator[Kolumner]:
    borjan = u.borjade(BeslutOverklagat, "overklagande_id", h.overklagande_id)
    (om,) = _overklagat(u, borjan[0], dag, position)
    kolumner = {**om, "utfall": h.utfall.lagrat, **_sedan(borjan, dag, position)}
    yield kolumner
    if h.timmar is not None:
        yield {**kolumner, "slag": OMBUDSTIMMAR, "antal": int(h.timmar.scaleb(3))}


# Service -------------------------------------------------------------------------------------------------------------


def insatsen(u: Underlag, p: InsatsPaborjad, dag: int) -> Kolumner:
    """Return the columns that say what a service is; ``enhet`` is the unit that gives it."""
    lagrum = u.beslut(p.beslut_id, dag).lagrum.lagrat if p.beslut_id else None
    return {
        "insatsform": p.insatsform.lagrat, "regi": p.regi.lagrat, "utforare": identitet(p.utforare_id),
        "enhet": p.enhet, "underslag": p.inriktning, "lagrum": lagrum,
    }  # fmt: skip


def _insats(u: Underlag, h: Any, dag: int, position: int) -> Iterator[Kolumner]:
    borjan = u.borjade(InsatsPaborjad, "insats_id", h.insats_id)
    kolumner = insatsen(u, borjan[0], borjan[1])
    if not borjan[0].behovsprovad:
        kolumner["slag"] = f"service{h.typ}"
    if type(h) is InsatsAvslutad:
        kolumner |= {"utfall": h.orsak.lagrat, "planerat": int(h.planerat), **_sedan(borjan, dag, position)}
    if type(h) is InsatsuppfoljningGjord:
        kolumner |= {"utfall": h.mal_uppnadda.lagrat, "planerat": int(h.arbetade_med_problematiken)}
    yield kolumner


# What holds from a day on, and what stands by itself -----------------------------------------------------------------


def _problematik(u: Underlag, h: ProblematikAngiven, _: int, position: int) -> Iterator[Kolumner]:
    fore = _fore(u, position, ProblematikAngiven)
    kanda = fore[-1][0].koder if fore else ()
    yield from ({"underslag": kod.lagrat} for kod in h.koder if kod not in kanda)


def _status(_: Underlag, h: StatusAndrad, __: int, ___: int) -> Iterator[Kolumner]:
    yield {"underslag": h.status.lagrat}


def _overtaget(_: Underlag, h: AnsvarOvertaget, __: int, ___: int) -> Iterator[Kolumner]:
    yield {"underslag": h.fran.lagrat}


def _overlamnat(u: Underlag, h: AnsvarOverlamnat, dag: int, position: int) -> Iterator[Kolumner]:
    borjan = _fore(u, position, ArendeAktualiserat, AnsvarOvertaget)[-1]
    yield {
        "underslag": h.till.lagrat if h.till else None, "utfall": h.orsak.lagrat, **_sedan(borjan, dag, position)
    }  # fmt: skip


def _samverkan(_: Underlag, h: SamverkanGenomford, __: int, ___: int) -> Iterator[Kolumner]:
    yield {"underslag": h.slag.lagrat}


def _avvikelse(_: Underlag, h: AvvikelseRapporterad, __: int, ___: int) -> Iterator[Kolumner]:
    yield {"underslag": h.slag.lagrat, "utfall": h.omrade.lagrat}


_KOLUMNER: Mapping[type[Handelse], Callable[[Underlag, Any, int, int], Iterator[Kolumner]]] = {
    ArendeAktualiserat: _inkommen,
    AktualiseringInkommen: _inkommen,
    SkyddsbedomningGjord: _skyddsbedomning,
    ForhandsbedomningAvslutad: _forhandsbedomning,
    UtredningPaborjad: _utredning,
    UtredningForlangd: _utredning,
    UtredningslagrumAndrat: _utredning,
    UtredningAvslutad: _utredning,
    BeslutFattat: _beslut,
    BeslutAndrat: _beslut,
    VerkstallighetAvbruten: _om_beslut,
    BeslutUpphort: _om_beslut,
    ErbjudandeAvbojt: _om_beslut,
    ForfraganAvbojd: _om_beslut,
    BeslutOverklagat: _overklagat,
    OverklagandeAvgjort: _avgjort,
    InsatsPaborjad: _insats,
    InsatsPausad: _insats,
    InsatsAterupptagen: _insats,
    InsatsAvslutad: _insats,
    InsatsuppfoljningGjord: _insats,
    ProblematikAngiven: _problematik,
    StatusAndrad: _status,
    AnsvarOvertaget: _overtaget,
    AnsvarOverlamnat: _overlamnat,
    SamverkanGenomford: _samverkan,
    AvvikelseRapporterad: _avvikelse,
    ArendeAvslutat: _avslutat,
    ArendeAteroppnat: _ateroppnat,
}
"""The events that are points of their own. That a decision was effected is worked out from several (``arende``)."""
