"""What the care cost, month by month and row by row, from the effective placements and prices."""

from __future__ import annotations

import numpy as np

from application.syntet.forlopp import Varld
from application.syntet.kolumner import Handelser, Typ
from application.syntet.profiler import F64, I32, I64
from domain.begrepp import Prissort


def manadskostnader(
    h: Handelser, v: Varld, antal: int, prissorter: tuple[Prissort, ...], manader: list[tuple[int, int]]
) -> F64:
    """Return kronor per (row, month): care days times price, monthly fees by share of days, unpaid absence excluded.

    Args:
        h: effective events; prices and absences are read.
        v: the placements.
        antal: how many placements, from the first, are real.
        prissorter: per row, what its price is per.
        manader: (first day, day after last) of each month.
    """
    ref, fran, till, pris, _ = prisperioder(h, v, antal)
    rad = v.p.rad[ref]
    per_manad = np.array([sort is Prissort.MANAD for sort in prissorter])[rad]
    resultat = np.zeros((len(prissorter), len(manader)))
    for kolumn, (forsta, nasta) in enumerate(manader):
        dygn = np.maximum(np.minimum(till, nasta) - np.maximum(fran, forsta), 0)
        vilka = np.flatnonzero(dygn)
        kostnad = dygn[vilka] * pris[vilka] / np.where(per_manad[vilka], nasta - forsta, 1)
        resultat[:, kolumn] = np.bincount(rad[vilka], weights=kostnad, minlength=len(prissorter))
    return resultat / 100


def _nyckel(ref: I32, datum: I32) -> I64:
    """Return numbers that sort by placement, then by day."""
    return np.asarray((ref.astype(np.int64) << 25) + datum + (1 << 24))


def prisperioder(h: Handelser, v: Varld, antal: int) -> tuple[I32, I32, I32, F64, F64]:
    """Return (placement, from, to, öre, days counted per day): stretches with one price, then unpaid absences.

    An unpaid absence takes its price away and counts no days of its own: it lies within a stretch.
    """
    ref, fran, till, pris = _med_ett_pris(h, v, antal)
    raknas = np.ones(len(ref))
    borta = np.flatnonzero((h.typ == Typ.FRANVARO) & (h.kod == 0))
    if len(borta):
        plats = np.searchsorted(_nyckel(ref, fran), _nyckel(h.ref[borta], h.datum[borta]), side="right") - 1
        ref = np.concatenate([ref, h.ref[borta]])
        fran, till = np.concatenate([fran, h.datum[borta]]), np.concatenate([till, h.v2[borta]])
        pris, raknas = np.concatenate([pris, -pris[plats]]), np.concatenate([raknas, np.zeros(len(borta))])
    return ref, fran, till, pris, raknas


def _med_ett_pris(h: Handelser, v: Varld, antal: int) -> tuple[I32, I32, I32, F64]:
    """Return (placement, from, to, öre) for every stretch with one price, sorted by placement and day."""
    vilka = np.flatnonzero(((h.typ == Typ.PABORJAD) | (h.typ == Typ.PRIS)) & (h.ref < antal))
    vilka = vilka[np.argsort(_nyckel(h.ref[vilka], h.datum[vilka]), kind="stable")]
    ref, fran = h.ref[vilka], h.datum[vilka]
    slut = np.minimum(np.maximum(v.p.slut[ref], v.p.start[ref] + 1), v.slutdag + 1)
    till = slut.copy()
    samma = ref[1:] == ref[:-1]
    till[:-1][samma] = fran[1:][samma]
    return ref, fran, till, h.v1[vilka].astype(np.float64)
