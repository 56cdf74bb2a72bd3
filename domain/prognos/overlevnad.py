"""How long care lasts: a piecewise constant hazard per segment, shrunk to its form and that to all forms.

Days at risk are counted by calendar, not by stay: a stay that had gone on when the ledger began, or the window, is at
risk from then (left truncation), one that goes on until the origin (right censoring). A day on which an end may have
happened without being registered yet is at risk only to the share of ends that would be known, so that late
registration does not look like longer stays. Older days weigh less.

Shrinkage is Gamma–Poisson in two steps: a segment's level against its form's curve, then each part of the curve; the
same for a form against all. A segment with few ends is its form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.prognos.efterregistrering import Drojsmal
from domain.prognos.underlag import F32, F64, I64, B, Flode
from domain.tid import OANDLIG_DAG

_GRANSER = np.array([0, 1, 3, 7, 14, 30, 60, 90, 120, 180, 270, 365, 545, 730, 1095, 1460, 2190, 3650], dtype=np.int64)
"""Days of care where the hazard changes."""

_LANGST = 40_000.0
_FONSTER = 1460
_HALVERING = 540.0
"""Days after which an observation weighs half."""

_TYNGD_NIVA = 4.0
_TYNGD_FORM, _TYNGD_ALLA = 3.0, 1.0
"""How many ends a shrinkage target is worth: for the level, and for each part of the curve of a form and of all.

All forms together say least: of the longest care they know only that of the forms that last longest.
"""


_FIN, _GROV = 4096, 512
"""Steps per unit of cumulative hazard."""

_HOGST = 12


@dataclass(frozen=True)
class Langdtabell:
    """Days of care at evenly spaced cumulative hazards: looked up millions of times, ten times as fast as worked out.

    The fine step is a tenth of a day where a tenth of all leave in a month, and half a day where half stay four years.
    """

    dagar: F32
    per_enhet: int

    def vid(self, hasard: F32) -> F32:
        """Return the days at cumulative hazards."""
        plats = np.minimum(hasard * np.float32(self.per_enhet), np.float32(len(self.dagar) - 1)).astype(np.int32)
        return np.asarray(self.dagar.take(plats))


@dataclass(frozen=True)
class Langdmodell:
    """The cumulative hazard of each segment at days of care, and how many ends it rests on.

    ``knutar`` are days since the first; ``hasard`` has a row of cumulative hazards per segment; ``flyttar`` the share
    of ends that are a move, per segment (row) and to which (column).
    """

    knutar: F64
    hasard: F64
    antal: F64
    flyttar: F64

    def kumulativ(self, segment: int, dagar: F64) -> F64:
        """Return a segment's cumulative hazard at numbers of days."""
        return np.asarray(np.interp(dagar, self.knutar, self.hasard[segment]))

    def langdtabell(self, segment: int, *, fin: bool = True) -> Langdtabell:
        """Return the number of days at which a segment's cumulative hazard is so high, as a table."""
        per_enhet = _FIN if fin else _GROV
        # What is looked up lies anywhere in its step: half way is right on the average.
        steg = (np.arange(_HOGST * per_enhet + 1) + 0.5) / per_enhet
        return Langdtabell(np.interp(steg, self.hasard[segment], self.knutar).astype(np.float32), per_enhet)

    def medellangd(self, segment: int) -> float:
        """Return the expected number of days of new care."""
        steg = np.diff(self.hasard[segment])
        bredd = np.diff(self.knutar)
        kvar = np.exp(-self.hasard[segment])
        takt = np.maximum(steg / bredd, 1e-9)
        return float(((kvar[:-1] - kvar[1:]) / takt).sum())


def skatta_langder(flode: Flode, former: Sequence[str], drojsmal: Drojsmal) -> Langdmodell:
    """Return how long care lasts, as it could be learnt at an origin.

    Args:
        flode: all care known then.
        former: the form of each segment.
        drojsmal: how late ends are registered.
    """
    antal = len(former)
    slutat, risk = _slut_och_risk(flode, antal, drojsmal)
    formnamn = sorted(set(former))
    vilken = np.array([formnamn.index(form) for form in former], dtype=np.int64)
    formens_slut, formens_risk = (
        np.array([t[vilken == nr].sum(axis=0) for nr in range(len(formnamn))]) for t in (slutat, risk)
    )
    alla = (slutat.sum(axis=0) + 0.5) / (risk.sum(axis=0) + 100.0)
    formens = _krymp(formens_slut, formens_risk, np.broadcast_to(alla, formens_slut.shape), _TYNGD_ALLA)
    egna = _krymp(slutat, risk, formens[vilken], _TYNGD_FORM)
    takt = -np.log1p(-np.minimum(egna, 0.95))
    knutar = np.append(_GRANSER.astype(np.float64), _LANGST)
    hasard = np.concatenate([np.zeros((antal, 1)), np.cumsum(takt * np.diff(knutar), axis=1)], axis=1)
    return Langdmodell(knutar, hasard, slutat.sum(axis=1), _flyttar(flode, antal))


def _krymp(slutat: F64, risk: F64, mot: F64, tyngd: float) -> F64:
    """Return hazards per day shrunk towards others: first their level, then each part, and the level again.

    Without the last, a curve of another shape would move how many ends there are in all.
    """
    vantat = mot * _niva(slutat, risk, mot)
    krympt = (slutat + tyngd) / (risk + tyngd / vantat)
    return krympt * _niva(slutat, risk, krympt)


def _niva(slutat: F64, risk: F64, mot: F64) -> F64:
    """Return how many ends there were to those expected by other hazards, per segment and towards one."""
    niva = (slutat.sum(axis=1) + _TYNGD_NIVA) / ((risk * mot).sum(axis=1) + _TYNGD_NIVA)
    return np.asarray(niva[:, None])


def _slut_och_risk(flode: Flode, antal: int, drojsmal: Drojsmal) -> tuple[F64, F64]:
    """Return ends and days at risk per segment and part of the curve, weighted."""
    dag, kand, _ = flode.ursprung
    forsta = _forsta_dag(flode)
    # What a day so far before the last registration weighs: known to that share, and less the older it is.
    fordrojning = np.arange(_FONSTER + 400)
    vikt = 0.5 ** (np.maximum(fordrojning - (kand - dag), 0) / _HALVERING)
    lopande = np.concatenate([[0.0], np.cumsum(vikt * drojsmal.kant(fordrojning))])
    granser = np.append(_GRANSER, 10**6)
    slutat, risk = np.zeros((antal, len(_GRANSER))), np.zeros((antal, len(_GRANSER)))
    hogst = np.minimum(flode.slut, dag) + 1
    for nr in range(len(_GRANSER)):
        fran = np.clip(flode.start + granser[nr] + 1, forsta, None)
        till = np.minimum(flode.start + granser[nr + 1] + 1, hogst)
        med = till > fran
        if med.any():
            tal = lopande[np.clip(kand - fran[med] + 1, 0, len(fordrojning))]
            tal = tal - lopande[np.clip(kand - till[med] + 1, 0, len(fordrojning))]
            risk[:, nr] = np.bincount(flode.segment[med], weights=tal, minlength=antal)
    har_slutat = (flode.slut <= dag) & (flode.slut >= forsta)
    langd = np.maximum(flode.slut - flode.start, 1)[har_slutat]
    del_ = np.searchsorted(_GRANSER, langd, side="left") - 1
    tyngd = vikt[np.clip(kand - flode.slut[har_slutat], 0, len(vikt) - 1)]
    np.add.at(slutat, (flode.segment[har_slutat], del_), tyngd)
    return slutat, risk


def _forsta_dag(flode: Flode) -> int:
    """Return the first day that counts: within the window, and not before the ledger saw anybody leave."""
    slutade = flode.slut[flode.slut < OANDLIG_DAG]
    borjan = int(slutade.min()) if len(slutade) else flode.ursprung.dag
    return max(borjan, flode.ursprung.dag - _FONSTER)


def _flyttar(flode: Flode, antal: int) -> F64:
    """Return the share of each segment's ends that are a move to another."""
    slutat: B = flode.slut < OANDLIG_DAG
    till = np.zeros((antal, antal))
    flyttat = slutat & (flode.nasta >= 0)
    np.add.at(till, (flode.segment[flyttat], flode.nasta[flyttat]), 1.0)
    alla = np.bincount(flode.segment[slutat], minlength=antal)
    return till / (alla[:, None] + 2.0)


def redan_slutat(
    modell: Langdmodell, flode: Flode, vilka: I64, drojsmal: Drojsmal, bakat: int, faktor: F64 | float = 1.0
) -> tuple[F64, F64]:
    """Return, for care not known to have ended, the chance that it had: by day, and that it had not.

    Bayes: an end on a day was possible by the hazard, and is not known by the share registered later than so.

    Args:
        modell: how long care lasts.
        flode: the care known.
        vilka: which of it is asked about.
        drojsmal: how late ends are registered.
        bakat: how many days up to and including the origin.
        faktor: how many times the hazard holds, per stay and day.

    Returns:
        The chance per stay (row) and day (column), and of going on.
    """
    dag, kand, _ = flode.ursprung
    dagar = np.arange(dag - bakat + 1, dag + 1)
    alder = np.maximum(dagar[None, :] - flode.start[vilka][:, None], 0).astype(np.float64)
    steg = np.empty(alder.shape)
    for nr in np.unique(flode.segment[vilka]).tolist():
        egna = flode.segment[vilka] == nr
        steg[egna] = modell.kumulativ(nr, alder[egna]) - modell.kumulativ(nr, np.maximum(alder[egna] - 1, 0))
    kvar = np.exp(-np.cumsum(steg * faktor, axis=1))
    fore = np.concatenate([np.ones((len(vilka), 1)), kvar[:, :-1]], axis=1)
    tathet = (fore - kvar) * (1 - drojsmal.kant(kand - dagar))[None, :]
    hela = tathet.sum(axis=1) + kvar[:, -1]
    return tathet / hela[:, None], kvar[:, -1] / hela
