"""The season of what begins: a factor per calendar month, pooled over all segments, and how unsure it is."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from domain.prognos.underlag import F64, I64

_OJAMN_MANAD = 0.1
"""How much a month is believed to differ from the same month of another year, beyond chance, before it is seen."""

_AR = 365
_MANADER = 12


class Sasong(NamedTuple):
    """A factor per calendar month, January first; how unsure each is (a standard deviation); what it took of its own.

    ``andel`` is the share of a month's own deviation that its factor took to itself: what is left of a past month is
    so much less than what a month to come will be.
    """

    faktor: F64
    osakert: float
    andel: float


def kalendermanad(dagar: I64) -> I64:
    """Return the calendar month of days, January 0."""
    # Days since 1970-01-01, whose month NumPy knows.
    return (dagar - date(1970, 1, 1).toordinal()).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12


def skatta_sasong(start: I64, dagar: I64, synligt: F64) -> Sasong:
    """Return the season, from whole years backwards, each held against its own level; towards none.

    How far towards is what the months differ by to what the same month differs by between years.
    """
    ar = len(dagar) // _AR
    if not ar:
        return Sasong(np.ones(_MANADER), 0.0, 0.0)
    kvot, antal = np.empty((ar, _MANADER)), 0.0
    for nr in range(ar):
        till = len(dagar) - nr * _AR
        arets = slice(till - _AR, till)
        borjade = start[(start >= dagar[arets][0]) & (start <= dagar[arets][-1])]
        sett = np.bincount(kalendermanad(borjade), minlength=_MANADER)
        vantat = np.bincount(kalendermanad(dagar[arets]), weights=synligt[arets], minlength=_MANADER)
        kvot[nr] = sett * vantat.sum() / np.maximum(vantat * max(len(borjade), 1), 1e-9)
        antal += len(borjade)
    slump = ar * _MANADER / max(antal, 1.0) + _OJAMN_MANAD**2
    mellan_ar = kvot - kvot.mean(axis=0)
    # One year tells nothing of how years differ; a few tell little.
    inom = ((mellan_ar**2).sum() + _MANADER * slump) / ((ar - 1) * (_MANADER - 1) + _MANADER) / ar
    mellan = max(0.0, float(kvot.mean(axis=0).var(ddof=1)) - inom)
    andel = mellan / (mellan + inom)
    faktor = 1 + andel * (kvot.mean(axis=0) - 1)
    return Sasong(np.asarray(faktor / faktor.mean()), float(andel * inom) ** 0.5, andel / ar)
