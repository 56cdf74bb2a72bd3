"""Prices of earlier years at a level such that the printed unweighted mean per care day comes out.

Every price that was set in a year is multiplied by the year's factor, the years in order: what was set earlier is part
of a later year's mean.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from application.syntet.dagar import ar_av, nyar
from application.syntet.forlopp import Varld
from application.syntet.kolumner import Handelser, Typ
from application.syntet.kostnad import prisperioder
from application.syntet.profiler import FORMER, I32, MALGRUPPER
from domain.begrepp import Malgrupp, Prissort

_VARV = 4
_STEG = 1.05
"""What a factor is tried times, to see how much the mean follows it."""


def mot_dygnskostnaden(
    h: Handelser, v: Varld, antal: int, prissorter: tuple[Prissort, ...], mal: Mapping[int, float]
) -> None:
    """Change prices in place so that each year's unweighted mean, unaccompanied children left out, is as printed.

    Args:
        h: effective events.
        v: the placements.
        antal: how many placements, from the first, are real.
        prissorter: per row, what its price is per.
        mal: kronor per care day, by year.
    """
    satta = np.flatnonzero(((h.typ == Typ.PABORJAD) | (h.typ == Typ.PRIS)) & (h.ref < len(v.p)))
    satta_ar = ar_av(h.datum[satta])
    forsta = min(mal, default=0)
    for ar in sorted(mal):
        egna = satta[satta_ar <= ar] if ar == forsta else satta[satta_ar == ar]
        for _ in range(_VARV):
            fore = _ovagt_medel(h, v, antal, prissorter, ar)
            if fore is None:
                break
            bas = h.v1[egna].copy()
            h.v1[egna] = _ganger(bas, _STEG)
            efter = _ovagt_medel(h, v, antal, prissorter, ar) or fore
            lutning = (efter - fore) / (_STEG - 1)
            h.v1[egna] = _ganger(bas, 1 + (mal[ar] - fore) / lutning if lutning else 1.0)


def _ganger(ore: I32, faktor: float) -> I32:
    return np.asarray(np.maximum(np.rint(ore * faktor), 100), dtype=np.int32)


def _ovagt_medel(h: Handelser, v: Varld, antal: int, prissorter: tuple[Prissort, ...], ar: int) -> float | None:
    """Return the mean over target groups and forms, priced per day, of a year's kronor per care day."""
    ref, fran, till, pris, raknas = prisperioder(h, v, antal)
    per_dygn = np.array([sort is Prissort.DYGN for sort in prissorter])[v.p.rad[ref]]
    andra = v.p.malgrupp[ref] != MALGRUPPER.index(Malgrupp.ENSAMKOMMANDE)
    dygn = np.maximum(np.minimum(till, nyar(ar + 1)) - np.maximum(fran, nyar(ar)), 0) * (per_dygn & andra)
    cell = v.p.malgrupp[ref].astype(np.int64) * len(FORMER) + v.p.form[ref]
    kostnad = np.bincount(cell, weights=dygn * pris)
    dagar = np.bincount(cell, weights=dygn * raknas)
    har = dagar > 0
    return float((kostnad[har] / dagar[har]).mean()) / 100 if har.any() else None
