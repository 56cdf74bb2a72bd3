"""Planned last days: evidence of when care ends, not the truth of it.

Near a planned day more care ends than its length alone says, long before it less, and after it, if it still goes on,
again something else. How much is learnt from the care that had a plan: in each stretch of days about the planned one,
ends to those that the length expects. The plan is the one stated when the care began.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.prognos.overlevnad import Langdmodell
from domain.prognos.underlag import F64, I64, Flode
from domain.tid import OANDLIG_DAG

_GRANSER = np.array([-90, -30, -7, 8, 31, 91])
"""Days about the planned one: far before it, before, just before, at it, soon after, after, long after."""

_TYNGD = 5.0
_FONSTER = 1460
_INTE_KANT = 90
"""The last days before the origin are left out: their ends may not be registered yet."""


@dataclass(frozen=True)
class Planverkan:
    """How many times as much care ends in each stretch about a planned day, as its length says."""

    faktor: F64

    def vid(self, dagar: I64) -> F64:
        """Return the factor so many days after the planned day (before it: less than nothing)."""
        return np.asarray(self.faktor[np.searchsorted(_GRANSER, dagar, side="right")])


def skatta_planverkan(flode: Flode, langder: Langdmodell) -> Planverkan:
    """Return what a planned day has meant, as it could be learnt at an origin; one where there was none."""
    till = flode.ursprung.dag - _INTE_KANT
    planerade = np.flatnonzero((flode.planerat < OANDLIG_DAG) & (flode.start < till))
    slutat, vantat = np.zeros(len(_GRANSER) + 1), np.zeros(len(_GRANSER) + 1)
    kanter = np.concatenate([[-(10**6)], _GRANSER, [10**6]])[:, None]
    for segment in np.unique(flode.segment[planerade]).tolist():
        egna = planerade[flode.segment[planerade] == segment]
        start, slut, plan = flode.start[egna], flode.slut[egna], flode.planerat[egna]
        borjan = np.maximum(start, till - _FONSTER)
        sist = np.maximum(np.minimum(slut, till), borjan)
        dagar = np.minimum(np.maximum(plan + kanter, borjan), sist) - start
        vantat += np.diff(langder.kumulativ(segment, dagar.astype(np.float64)).sum(axis=1))
        kom = (slut <= till) & (slut > till - _FONSTER)
        slutat += np.bincount(np.searchsorted(_GRANSER, (slut - plan)[kom], side="right"), minlength=len(slutat))
    return Planverkan((slutat + _TYNGD) / (vantat + _TYNGD))
