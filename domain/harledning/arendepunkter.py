"""Points of a case: what happened in it on a day, with what held in the case and in the thing it happened to.

Columns are used so: ``underslag`` is the type of case, investigation or meeting, the level of a decision, the court of
an appeal or the line of work of a service; ``utfall`` what came of it (of an intake: how it came); ``avsandare`` who
brought it about (of a decision: the role that decided). Where something ended, ``antal`` is the number of days since
it began, in thousandths; where an investigation was prolonged, the number of days it may last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from domain.fakta import OMBUDSTIMMAR, Punkt, identitet
from domain.handelse import Handelse
from domain.harledning.arendeunderlag import Beslut, Underlag, par
from domain.sak import Enskild, Rad

Kolumner = dict[str, Any]

_FORETRADARES_REGI = {Foretradare.INTERN: Regi.EGEN.lagrat, Foretradare.EXTERN: Regi.EXTERN.lagrat}


def dagar(fran: int, till: int) -> int:
    """Return the number of days between two days, in thousandths as every number of a point."""
    return (till - fran) * 1000


def punkter(u: Underlag, sak: Enskild) -> list[Punkt]:
    """Return the points that an entry makes."""
    h = sak.notering.handelse
    return PUNKTER[type(h)](u, h, h.datum.toordinal(), sak.notering.position)


def _fore(rader: Sequence[Rad], position: int, *typer: type[Handelse]) -> Rad | None:
    """Return the last entry of some types that took effect before the one at a position, on its own day or earlier."""
    fore = False
    for rad in reversed(rader):
        if fore and type(rad[0]) in typer:
            return rad
        fore = fore or rad[2] == position
    return None


# Intake and case -----------------------------------------------------------------------------------------------------


def _inkommen(u: Underlag, h: Any, dag: int, position: int) -> list[Punkt]:
    return [
        u.punkt(
            str(position), h.typ, dag, *u.vid(dag), underslag=u.start.arendetyp.lagrat, utfall=h.satt.lagrat,
            avsandare=h.avsandare.lagrat if h.avsandare else None,
        )
    ]  # fmt: skip


def _sedan_intaget(u: Underlag, h: Any, dag: int, position: int, inkom: Any, utfall: str) -> list[Punkt]:
    return [
        u.punkt(
            par(inkom.position, position), h.typ, dag, *u.vid(dag), underslag=u.start.arendetyp.lagrat, utfall=utfall,
            antal=dagar(inkom.dag, dag),
        )
    ]  # fmt: skip


def _skyddsbedomning(u: Underlag, h: SkyddsbedomningGjord, dag: int, position: int) -> list[Punkt]:
    inkom = [i for i in u.inkomna() if i.dag <= dag and h.aktualisering_id in (None, i.id)][-1]
    return _sedan_intaget(u, h, dag, position, inkom, "skyddsbehov" if h.behov_av_skydd else "ingetSkyddsbehov")


def _forhandsbedomning(u: Underlag, h: ForhandsbedomningAvslutad, dag: int, position: int) -> list[Punkt]:
    bedomda = u.bedomda(position)
    # A late assessment may have taken all that this one spoke of; it then speaks of the last that had come in.
    inkom = bedomda[0] if bedomda else [i for i in u.inkomna() if i.dag <= dag][-1]
    return _sedan_intaget(u, h, dag, position, inkom, h.utfall.lagrat)


def _sedan(
    u: Underlag, h: Any, dag: int, position: int, borjan: Rad, underslag: str | None, utfall: str | None
) -> list[Punkt]:
    """Return the point of what ended something in the case: the events behind it and the days since it began."""
    return [
        u.punkt(
            par(borjan[2], position), h.typ, dag, *u.vid(dag), underslag=underslag, utfall=utfall,
            antal=dagar(borjan[1], dag),
        )
    ]  # fmt: skip


def _avslutat(u: Underlag, h: ArendeAvslutat, dag: int, position: int) -> list[Punkt]:
    oppnat = _fore(u.vandningar, position, ArendeAktualiserat, ArendeAteroppnat)
    assert oppnat is not None
    return _sedan(u, h, dag, position, oppnat, u.start.arendetyp.lagrat, h.orsak.lagrat)


def _ateroppnat(u: Underlag, h: ArendeAteroppnat, dag: int, position: int) -> list[Punkt]:
    fore = _fore(u.vandningar, position, ArendeAvslutat, ArendeAteroppnat)
    # Without a closing before it (it may yet come, late) nothing was opened.
    if fore is None or type(fore[0]) is not ArendeAvslutat:
        return []
    return _sedan(u, h, dag, position, fore, u.start.arendetyp.lagrat, None)


# Investigation -------------------------------------------------------------------------------------------------------


def _utredning(u: Underlag, h: Any, dag: int, position: int) -> list[Punkt]:
    p, fran, borjade = u.utredning(h.utredning_id).borjan
    till = h.till.toordinal() if type(h) is UtredningForlangd else dag
    return [
        u.punkt(
            par(borjade, position), h.typ, dag, *u.vid(dag), underslag=p.utredningstyp.lagrat,
            lagrum=u.utredningslagrum(h.utredning_id, dag),
            utfall=h.utfall.lagrat if type(h) is UtredningAvslutad else None,
            antal=1000 if type(h) is UtredningPaborjad else dagar(fran, till),
        )
    ]  # fmt: skip


# Decision ------------------------------------------------------------------------------------------------------------


def beslutet(u: Underlag, beslut: Beslut, dag: int) -> tuple[str, str]:
    """Return the form of care and the act that a decision concerns on a day."""
    galler = u.lydelse(beslut, dag)
    return galler.insatsform.lagrat, galler.lagrum.lagrat


def _beslut(u: Underlag, h: BeslutFattat | BeslutAndrat, dag: int, position: int) -> list[Punkt]:
    utfall = ("bifall" if h.bifall else "avslag") if type(h) is BeslutFattat else None
    return [
        u.punkt(
            str(position), h.typ, dag, *u.vid(dag), insatsform=h.insatsform.lagrat, lagrum=h.lagrum.lagrat,
            utfall=utfall, underslag=h.beslutsniva.lagrat, avsandare=h.beslutsfattare,
        )
    ]  # fmt: skip


def _om_beslut(u: Underlag, h: Any, dag: int, handelser: str, **falt: Any) -> Punkt:
    """Return the point of what happened to a decision."""
    insatsform, lagrum = beslutet(u, u.beslut(h.beslut_id), dag)
    return u.punkt(handelser, h.typ, dag, *u.vid(dag), insatsform=insatsform, lagrum=lagrum, **falt)


def _upphort(u: Underlag, h: BeslutUpphort, dag: int, position: int) -> list[Punkt]:
    _, fran, fattat = u.beslut(h.beslut_id).borjan
    return [_om_beslut(u, h, dag, par(fattat, position), utfall=h.orsak.lagrat, antal=dagar(fran, dag))]


def _avbruten(u: Underlag, h: VerkstallighetAvbruten, dag: int, position: int) -> list[Punkt]:
    return [_om_beslut(u, h, dag, str(position))]


def _avbojt(u: Underlag, h: ErbjudandeAvbojt | ForfraganAvbojd, dag: int, position: int) -> list[Punkt]:
    utfall = h.orsak.lagrat if type(h) is ForfraganAvbojd else None
    return [_om_beslut(u, h, dag, str(position), utforare=identitet(h.utforare_id), utfall=utfall)]


def _overklagat(u: Underlag, h: BeslutOverklagat, dag: int, position: int) -> list[Punkt]:
    regi = _FORETRADARES_REGI[h.foretradare]
    return [_om_beslut(u, h, dag, str(position), underslag=h.instans.lagrat, regi=regi)]


def _avgjort(u: Underlag, h: OverklagandeAvgjort, dag: int, position: int) -> list[Punkt]:
    overklagat, fran, borjade = u.overklaganden[h.overklagande_id.int]
    (om,) = _overklagat(u, overklagat, dag, position)
    om = om._replace(handelser=par(borjade, position), slag=h.typ, utfall=h.utfall.lagrat, antal=dagar(fran, dag))
    if h.timmar is None:
        return [om]
    return [om, om._replace(slag=OMBUDSTIMMAR, antal=int(h.timmar.scaleb(3)))]


# Service -------------------------------------------------------------------------------------------------------------


def insatsen(u: Underlag, p: InsatsPaborjad, dag: int) -> Kolumner:
    """Return the columns that say what a service is; ``enhet`` is the unit that gives it."""
    lagrum = u.lydelse(u.beslut(p.beslut_id), dag).lagrum.lagrat if p.beslut_id else None
    return {
        "insatsform": p.insatsform.lagrat, "regi": p.regi.lagrat, "utforare": identitet(p.utforare_id),
        "enhet": p.enhet, "underslag": p.inriktning, "lagrum": lagrum,
    }  # fmt: skip


def _insats(u: Underlag, h: Any, dag: int, position: int) -> list[Punkt]:
    p, fran, borjade = u.insats(h.insats_id).borjan
    kolumner = insatsen(u, p, fran)
    handelser = str(position)
    if type(h) is InsatsAvslutad:
        handelser = par(borjade, position)
        kolumner |= {"utfall": h.orsak.lagrat, "planerat": int(h.planerat), "antal": dagar(fran, dag)}
    elif type(h) is InsatsuppfoljningGjord:
        kolumner |= {"utfall": h.mal_uppnadda.lagrat, "planerat": int(h.arbetade_med_problematiken)}
    slag = h.typ if p.behovsprovad else f"service{h.typ}"
    return [u.punkt(handelser, slag, dag, u.vid(dag)[0], **kolumner)]


# What holds from a day on, and what stands by itself -----------------------------------------------------------------


def _problematik(u: Underlag, h: ProblematikAngiven, dag: int, position: int) -> list[Punkt]:
    fore = _fore(u.problem, position, ProblematikAngiven)
    kanda = () if fore is None else fore[0].koder
    return [
        u.punkt(str(position), h.typ, dag, *u.vid(dag), underslag=kod.lagrat) for kod in h.koder if kod not in kanda
    ]


def _overlamnat(u: Underlag, h: AnsvarOverlamnat, dag: int, position: int) -> list[Punkt]:
    borjan = _fore(u.ansvar, position, ArendeAktualiserat, AnsvarOvertaget)
    assert borjan is not None
    return _sedan(u, h, dag, position, borjan, h.till.lagrat if h.till else None, h.orsak.lagrat)


def _punkt(vad: Callable[[Any], tuple[str, str | None]]) -> Callable[[Underlag, Any, int, int], list[Punkt]]:
    """Return how an event is a point that says just what is in it: ``underslag`` and ``utfall``."""

    def punkt(u: Underlag, h: Any, dag: int, position: int) -> list[Punkt]:
        underslag, utfall = vad(h)
        return [u.punkt(str(position), h.typ, dag, *u.vid(dag), underslag=underslag, utfall=utfall)]

    return punkt


PUNKTER: Mapping[type[Handelse], Callable[[Underlag, Any, int, int], list[Punkt]]] = {
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
    VerkstallighetAvbruten: _avbruten,
    BeslutUpphort: _upphort,
    ErbjudandeAvbojt: _avbojt,
    ForfraganAvbojd: _avbojt,
    BeslutOverklagat: _overklagat,
    OverklagandeAvgjort: _avgjort,
    InsatsPaborjad: _insats,
    InsatsPausad: _insats,
    InsatsAterupptagen: _insats,
    InsatsAvslutad: _insats,
    InsatsuppfoljningGjord: _insats,
    ProblematikAngiven: _problematik,
    StatusAndrad: _punkt(lambda h: (h.status.lagrat, None)),
    AnsvarOvertaget: _punkt(lambda h: (h.fran.lagrat, None)),
    AnsvarOverlamnat: _overlamnat,
    SamverkanGenomford: _punkt(lambda h: (h.slag.lagrat, None)),
    AvvikelseRapporterad: _punkt(lambda h: (h.slag.lagrat, h.omrade.lagrat)),
    ArendeAvslutat: _avslutat,
    ArendeAteroppnat: _ateroppnat,
}
"""The events that are points of their own. That a decision was effected is worked out from several."""
