"""What new care will cost: the prices of the latest begun in the segment, at today's level.

A price is drawn whole, with what it is per. Where too few began, those that go on count too, and then those of the
form. Prices from before the turn of the year are raised by what the prices of care that went on were raised by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from domain.prognos.underlag import F64, I64, INGET_PRIS, B, Flode, Ursprung, Vistelsedelar

_MINST = 12
_BAKAT = 540
_RIMLIG = (0.8, 1.3)
_MINST_HOJDA = 5


@dataclass(frozen=True)
class Prisbank:
    """Prices to draw from, in öre, and what each is per."""

    pris: F64
    prissort: I64

    @property
    def osakert(self) -> float:
        """Return the standard error of their mean, as a share of it: few prices may all be high or low."""
        vanligast = self.pris[self.prissort == np.bincount(self.prissort).argmax()]
        medel = float(vanligast.mean())
        return float(vanligast.std()) / medel / len(vanligast) ** 0.5 if medel > 0 else 0.0


def prisbanker(flode: Flode, former: Sequence[str], hojning: float) -> tuple[Prisbank, ...]:
    """Return the prices of new care per segment.

    Args:
        flode: the care known at the origin.
        former: the form of each segment.
        hojning: how much prices rose at the last turn of the year, as a share.
    """
    dag = flode.ursprung.dag
    arsskifte = date(date.fromordinal(dag).year, 1, 1).toordinal()
    form = np.array([sorted(set(former)).index(f) for f in former], dtype=np.int64)[flode.segment]
    nytt = flode.start > dag - _BAKAT
    kant = _prissort(flode) != INGET_PRIS
    niva = np.where(flode.start < arsskifte, 1 + hojning, 1.0)
    banker = []
    for nr, namn in enumerate(former):
        eget, formens = flode.segment == nr, form == sorted(set(former)).index(namn)
        urval = (eget & nytt & ~flode.inflyttad, eget & (nytt | flode.pagar), formens & (nytt | flode.pagar))
        vilka = next((u & kant for u in urval if (u & kant).sum() >= _MINST), formens & kant)
        banker.append(_bank(flode, vilka, niva))
    return tuple(banker)


def _bank(flode: Flode, vilka: B, niva: F64) -> Prisbank:
    if not vilka.any():
        return Prisbank(np.zeros(1), np.zeros(1, dtype=np.int64))
    # The last price has been raised already where the care went on over the turn of the year.
    pris = np.where(flode.pagar, flode.pris, flode.forsta_pris * niva)
    return Prisbank(pris[vilka], _prissort(flode)[vilka])


def _prissort(flode: Flode) -> I64:
    """Return what the price of each care is per: the last one where it goes on, else the first."""
    return np.where(flode.pagar, flode.prissort, flode.forsta_prissort)


def senaste_hojning(kanda: Vistelsedelar, ursprung: Ursprung) -> float:
    """Return how much the prices of ongoing care rose at the last turn of the year, as a share (the median).

    Without at least a few changes on those days there was none.
    """
    nyar = date(date.fromordinal(ursprung.dag).year, 1, 1).toordinal()
    nya = np.flatnonzero((kanda.fran[1:] == nyar) & (kanda.person[1:] == kanda.person[:-1])) + 1
    med = (
        (kanda.till[nya - 1] == nyar)
        & (kanda.prissort[nya] == kanda.prissort[nya - 1])
        & (kanda.segment[nya] == kanda.segment[nya - 1])
        & (kanda.pris[nya - 1] > 0)
    )
    kvot = kanda.pris[nya][med] / kanda.pris[nya - 1][med]
    kvot = kvot[(kvot > _RIMLIG[0]) & (kvot < _RIMLIG[1])]
    return float(np.median(kvot) - 1) if len(kvot) >= _MINST_HOJDA else 0.0
