"""Day numbers: days as whole numbers since 1 January 1970, so that stays can be reckoned in bulk."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from application.syntet.profiler import I32

EPOK = date(1970, 1, 1)


def dagnr(dag: date) -> int:
    """Return the number of a day."""
    return (dag - EPOK).days


def dag(nr: int) -> date:
    """Return the day with a number."""
    return EPOK + timedelta(days=nr)


def nyar(ar: int) -> int:
    """Return the number of a year's first day."""
    return dagnr(date(ar, 1, 1))


def ar_av(dagar: I32) -> I32:
    """Return the calendar year of each day number."""
    return np.asarray(dagar.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970, dtype=np.int32)


def manader(fran: date, till: date) -> list[tuple[int, int]]:
    """Return (first day, day after last) of every whole month within ``fran`` … ``till`` (both included)."""
    resultat: list[tuple[int, int]] = []
    forsta = fran
    while forsta <= till:
        nasta = date(forsta.year + forsta.month // 12, forsta.month % 12 + 1, 1)
        if nasta - timedelta(days=1) <= till:
            resultat.append((dagnr(forsta), dagnr(nasta)))
        forsta = nasta
    return resultat
