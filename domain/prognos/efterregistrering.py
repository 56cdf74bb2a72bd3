"""How late things are registered: the share known so many days after the day they happened.

Chain ladder on the triangle of day of event × day of registration, by single days: among events that could have been
seen ``d`` days late, the share that came exactly then of those that came no later (the reverse hazard, Lawless 1994);
the share known after ``d`` days is the product of what is left above it. What is more than ``LANGSTA`` days late is
history that was read in afterwards and says nothing about how late the board is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.prognos.underlag import F64, I64

LANGSTA = 365
"""Days; later than so is taken for history that was read in."""

_FONSTER = 730
"""Only so many days back are seen: routines change."""

_FORHAND = 2.0
"""How many events' worth of the belief that things are registered at once."""


@dataclass(frozen=True)
class Drojsmal:
    """The share of events known so many days after (index), and how many events that was learnt from."""

    andel: F64
    antal: float

    def kant(self, dagar: I64) -> F64:
        """Return the share known after so many days; none before the day itself."""
        return np.where(dagar < 0, 0.0, self.andel[np.minimum(np.maximum(dagar, 0), LANGSTA)])


def skatta_drojsmal(handelsedag: I64, registrerad: I64, kand: int) -> Drojsmal:
    """Return how late things are registered, seen from what had been registered on a day.

    Args:
        handelsedag: the day each event happened.
        registrerad: the day it became known; never after ``kand``.
        kand: the day of the last registration that is seen.
    """
    sent = np.maximum(registrerad - handelsedag, 0)
    mojligt = kand - handelsedag
    med = (sent <= LANGSTA) & (mojligt >= 0) & (mojligt <= _FONSTER)
    sent, mojligt = sent[med], np.minimum(mojligt[med], LANGSTA)
    exakt = np.bincount(sent, minlength=LANGSTA + 1).astype(np.float64)
    # At risk on d: those no more than d late that could have been seen d days late.
    kom_hogst = np.cumsum(exakt)
    kunde_inte = np.bincount(mojligt, minlength=LANGSTA + 1)
    risk = kom_hogst - np.concatenate([[0.0], np.cumsum(kunde_inte)[:-1]])
    omvand = np.where(risk > 0, exakt / np.maximum(risk + _FORHAND, 1e-9), 0.0)
    omvand[0] = 0.0
    andel = np.concatenate([np.cumprod((1 - omvand)[::-1])[::-1][1:], [1.0]])
    return Drojsmal(andel, float(med.sum()))
