"""Facts of a case that a time limit is reckoned from: preliminary assessments, investigations, decisions not effected.

They are never split, and say what held on their first day.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from domain.arende.begrepp import Aktualiseringssatt, Forhandsutfall
from domain.arende.handelser import ArendeAvslutat, BeslutVerkstallt, VerkstallighetAvbruten
from domain.fakta import BESLUT_EJ_VERKSTALLT, FORHANDSBEDOMNING, UTREDNING, Fakta, Intervall, Punkt
from domain.harledning.arendepunkter import beslutet, dagar
from domain.harledning.arendeunderlag import Beslut, Inkommen, Underlag, Utredning, par
from domain.tid import OANDLIG_DAG


class _Slut(NamedTuple):
    """How something ended: the day it no longer held, which event did it, and what came of it."""

    dag: int
    position: int | None
    utfall: str | None


_OPPET = _Slut(OANDLIG_DAG, None, None)
_ANMALAN = Aktualiseringssatt.ANMALAN.lagrat
_INLEDS = Forhandsutfall.INLEDS.lagrat


def _forst(slut: Sequence[_Slut]) -> _Slut:
    """Return the end that came first, of several on one day the first named."""
    forst = _OPPET
    for ett in slut:
        if ett.dag < forst.dag:
            forst = ett
    return forst


def _hel(
    u: Underlag, slag: str, fran: int, position: int, slut: _Slut, underslag: str, lagrum: str | None = None,
    insatsform: str | None = None,
) -> Intervall:  # fmt: skip
    till, slutade, utfall = slut
    malgrupp, enhet = u.vid(fran)
    return u.intervall(
        str(position) if slutade is None else par(position, slutade), slag, fran, till, malgrupp, enhet,
        insatsform=insatsform, lagrum=lagrum, underslag=underslag, utfall=utfall,
    )  # fmt: skip


def forhandsbedomningen(u: Underlag, i: Inkommen) -> list[Intervall]:
    """Return the open preliminary assessment of a report; none is needed while an investigation goes on (SoL 20:2)."""
    if i.satt != _ANMALAN:
        return []
    bedomd = u.bedomd(i)
    slut = [] if bedomd is None else [_Slut(bedomd[1], bedomd[2], bedomd[0].utfall.lagrat)]
    slut += [_Slut(dag, plats, None) for h, dag, plats in u.vandningar if type(h) is ArendeAvslutat and dag >= i.dag]
    for utredning in u.utredningar():
        _, fran, plats = utredning.borjan
        if fran >= i.dag:
            slut.append(_Slut(fran, plats, _INLEDS))
        if fran <= i.dag and (utredning.slut is None or i.dag < utredning.slut[1]):
            return []
    forst = _forst(slut)
    if i.dag < forst.dag:
        return [_hel(u, FORHANDSBEDOMNING, i.dag, i.position, forst, u.start.arendetyp.lagrat)]
    return []


def utredningen(u: Underlag, utredning: Utredning) -> list[Intervall]:
    """Return an investigation; one that ended the day it began held that day."""
    p, fran, position = utredning.borjan
    slut = _OPPET
    if utredning.slut is not None:
        h, dag, plats = utredning.slut
        slut = _Slut(max(dag, fran + 1), plats, h.utfall.lagrat)
    lagrum = u.utredningslagrum(p.utredning_id, fran)
    return [_hel(u, UTREDNING, fran, position, slut, p.utredningstyp.lagrat, lagrum)]


class _Ogivet(NamedTuple):
    """Since when, and by which event, what was granted is not given: it never was, or it was interrupted."""

    underslag: str
    fran: int
    position: int


def verkstalligheten(u: Underlag, beslut: Beslut) -> list[Fakta]:
    """Return the days on which what was granted was not given, and a point each time that began (SoL 34:1)."""
    b, fattat, position = beslut.borjan
    if not b.bifall:
        return []
    slut = _beslutets_slut(beslut)
    ogivet: _Ogivet | None = _Ogivet("beslut", fattat, position)
    delar: list[Fakta] = []
    for h, dag, plats in beslut.gang:
        if type(h) is VerkstallighetAvbruten:
            ogivet = ogivet or _Ogivet("avbrott", dag, plats)
        elif ogivet:
            delar.append(_verkstallt(u, beslut, ogivet, dag, plats))
            delar += _ej_verkstallt(u, beslut, ogivet, _forst((_Slut(dag, plats, "verkstallt"), slut)))
            ogivet = None
    return [*delar, *_ej_verkstallt(u, beslut, ogivet, slut)] if ogivet else delar


def _beslutets_slut(beslut: Beslut) -> _Slut:
    """Return how a decision ended: it ceased, or its last day passed before the decision was changed."""
    slut = [] if beslut.slut is None else [_Slut(beslut.slut[1], beslut.slut[2], "upphort")]
    nasta = [*(rad[1] for rad in beslut.lydelser[1:]), OANDLIG_DAG]
    for (lydelse, dag, plats), till in zip(beslut.lydelser, nasta, strict=True):
        if lydelse.galler_till is not None:
            gar_ut = max(lydelse.galler_till.toordinal() + 1, dag)
            if gar_ut < till:
                slut.append(_Slut(gar_ut, plats, "utgatt"))
    return _forst(slut)


def _verkstallt(u: Underlag, beslut: Beslut, ogivet: _Ogivet, dag: int, position: int) -> Punkt:
    malgrupp, enhet = u.vid(dag)
    insatsform, lagrum = beslutet(u, beslut, dag)
    return u.punkt(
        par(ogivet.position, position), BeslutVerkstallt.typ, dag, malgrupp, enhet, insatsform=insatsform,
        lagrum=lagrum, antal=dagar(ogivet.fran, dag),
    )  # fmt: skip


def _ej_verkstallt(u: Underlag, beslut: Beslut, ogivet: _Ogivet, slut: _Slut) -> list[Intervall]:
    underslag, fran, position = ogivet
    if fran >= slut.dag:
        return []
    insatsform, lagrum = beslutet(u, beslut, fran)
    return [_hel(u, BESLUT_EJ_VERKSTALLT, fran, position, slut, underslag, lagrum, insatsform)]
