"""Begun investigations as a forerunner of care: more of them than usual now, more care the next two months.

How much is learnt from the ledger's own past: in each block of thirty days, care begun to care expected, against how
far investigations in the two blocks before were from their own usual. The slope is pulled towards nothing, and is never
less than nothing: where investigations foretell nothing, they are not listened to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.prognos.underlag import F64, I64

_MINNE = 0.93
_LARAR = 6
_FORHAND = 0.5
_OFORKLARAT = 0.01
_STORST = 1.0
_DAMPNING = (1.0, 0.5)
"""What is known now says all it says of the next block, and half of the one after."""


@dataclass(frozen=True)
class Forebud:
    """Events that come before care: when each happened and became known, and the positions it was known between."""

    kand_fran: I64
    kand_till: I64
    dag: I64
    registrerad: I64

    def kanda(self, position: int, dag: int) -> Forebud:
        """Return the events known at a position, of days up to and including one."""
        med = (self.kand_fran <= position) & (position < self.kand_till) & (self.dag <= dag)
        return Forebud(self.kand_fran[med], self.kand_till[med], self.dag[med], self.registrerad[med])


def inga_forebud() -> Forebud:
    """Return no events."""
    inga = np.zeros(0, dtype=np.int64)
    return Forebud(inga, inga, inga, inga)


def skatta_ledare(sett: F64, vantat: F64, forebud: F64, exponering: F64) -> F64:
    """Return the factors by which forerunners change the inflow of the next blocks.

    Args:
        sett: care begun per block, oldest first.
        vantat: care expected there by what came before.
        forebud: forerunners per block.
        exponering: days of each block, those weighed down whose forerunners are not all known.
    """
    ingen = np.ones(len(_DAMPNING))
    if len(sett) <= _LARAR + 2 or not forebud.sum():
        return ingen
    avvikelse = _avvikelser(forebud, exponering)
    x = (avvikelse[:-1] + np.concatenate([[0.0], avvikelse[:-2]]))[_LARAR:] / 2
    y = (sett[1:] / np.maximum(vantat[1:], 1e-6) - 1)[_LARAR:]
    vikt = 1 / (1 / np.maximum(vantat[1:][_LARAR:], 1e-6) + _OFORKLARAT)
    lutning = float((vikt * x * y).sum() / ((vikt * x * x).sum() + 1 / _FORHAND**2))
    nu = float(avvikelse[-1] + avvikelse[-2]) / 2
    return np.array([np.exp(np.clip(lutning, 0.0, _STORST) * nu * d) for d in _DAMPNING])


def _avvikelser(forebud: F64, exponering: F64) -> F64:
    """Return how far each block is from its usual, that of the blocks before it; half a block's worth towards it."""
    antal, dagar = forebud[0], exponering[0]
    svar = np.zeros(len(forebud))
    for nr in range(1, len(forebud)):
        vantat = max(antal / max(dagar, 1e-9) * exponering[nr], 1e-6)
        svar[nr] = (forebud[nr] - vantat) / (vantat + 2.0)
        antal, dagar = _MINNE * antal + forebud[nr], _MINNE * dagar + exponering[nr]
    return svar
