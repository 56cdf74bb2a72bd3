"""What could be known at best: the flow model with the truth of an invented municipality instead of what was learnt.

It knows how much care begins, how long it lasts and how late things are registered, but not what chance will do. What
it is wrong by is what nobody can remove.
"""

from __future__ import annotations

from dataclasses import replace
from math import erf

import numpy as np

from domain.prognos.efterregistrering import LANGSTA, Drojsmal
from domain.prognos.inflode import Inflodesmodell
from domain.prognos.modell import Flodesmodell
from domain.prognos.overlevnad import Langdmodell
from domain.prognos.plan import Planverkan
from domain.prognos.sasong import Sasong
from domain.prognos.underlag import F64
from tests.prognos.kommun import GRUPPER, KORTA, LANGST, Grupp, Sanning, Slag

_SAKERT = 1e9
_BAKAT = 60
_TVARSAKERT = 40.0
"""A cumulative hazard that nobody outlives."""


def orakel(modell: Flodesmodell, slag: Slag, sanning: Sanning) -> Flodesmodell:
    """Return a model learnt at an origin with the truth in place of what was learnt."""
    dag, antal = modell.flode.ursprung.dag, len(GRUPPER)
    sist = dag + 1 - sanning.borjan
    takt = sanning.takt[:, sist - _BAKAT : sist].mean(axis=1)
    ettor = np.ones(antal)
    inflode = Inflodesmodell(
        _SAKERT * takt, _SAKERT * ettor, ettor, 0.0, 0.0, 0.0, Sasong(np.ones(12), 0.0, 0.0), np.ones(2)
    )
    i_tid = replace(slag, sena=0.0, mycket_sena=0.0) if slag.slut_i_tid else slag
    return replace(
        modell, inflode=inflode, sena_starter=_drojsmal(slag), sena_slut=_drojsmal(i_tid), langder=_langder(),
        plan=Planverkan(np.ones_like(modell.plan.faktor)),
    )  # fmt: skip


def _normal(x: F64) -> F64:
    return np.array([0.5 * (1 + erf(ett / 2**0.5)) for ett in x.ravel()]).reshape(x.shape)


def _drojsmal(slag: Slag) -> Drojsmal:
    """Return the share known so many days after (``tests.prognos.kommun._drojsmal``)."""
    dagar = np.arange(LANGSTA + 1) + 0.5
    sena = max(slag.sena - slag.mycket_sena, 0.0)
    strax = _normal((np.log(dagar) - np.log(2.4)) / 0.75)
    senare = 1 - np.exp(-np.maximum(dagar - 6, 0) / 24)
    mycket = np.clip((dagar - 50) / 190, 0, 1)
    andel = (1 - sena - slag.mycket_sena) * strax + sena * senare + slag.mycket_sena * mycket
    return Drojsmal(andel, _SAKERT)


def _langder() -> Langdmodell:
    """Return how long care lasts where it never changes (``tests.prognos.kommun._vistelser``)."""
    knutar = np.append(np.arange(LANGST, dtype=np.float64), 2.0 * LANGST)
    hasard = np.array([_hasard(grupp, knutar) for grupp in GRUPPER])
    antal = len(GRUPPER)
    return Langdmodell(knutar, hasard, np.full(antal, _SAKERT), np.zeros((antal, antal)))


def _hasard(grupp: Grupp, dagar: F64) -> F64:
    andel, (minst, hogst) = KORTA
    lange = 1 - _normal((np.log(dagar + 0.5) - np.log(grupp.median)) / grupp.spridning)
    korta = 1 - np.clip((dagar + 0.5 - minst) / (hogst - minst), 0, 1)
    kvar = np.where(dagar < 1, 1.0, (1 - andel) * lange + andel * korta)
    return np.minimum(-np.log(np.maximum(kvar, 1e-300)), _TVARSAKERT)
