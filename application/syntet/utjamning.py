"""Unrounded amounts of which every printed figure is a rounding.

Printed cells, sums, differences and per cent are intervals that linear forms of the unknown amounts must lie in. The
amounts are moved as little as can be, large ones more than small, until all forms lie in theirs. Those that bind most
are taken first: a part before a sum, a sum before a difference; one that contradicts what is taken is given up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_VARV = 30
_INAT = 0.15
"""How far into its interval a form is moved, as a share of it: then few rounds are enough."""
_NOLL = 1e-9
_STABIL = 1e-9
"""What steadies the solving where forms follow from each other."""
_FRAMSTEG = 0.5
"""A round that brings the worst form no nearer than this, and no new form into play, shows a contradiction."""


@dataclass(frozen=True)
class Villkor:
    """A linear form of the unknown and the interval that it must lie in; ``rang`` 0 binds most."""

    form: Mapping[int, float]
    lagst: float
    hogst: float
    rang: int
    cell: str


def jamna_ut(
    borjan: Sequence[float], villkor: Sequence[Villkor], vikter: Sequence[float]
) -> tuple[Vektor, list[Villkor]]:
    """Return amounts near the first guess that meet the conditions, and the conditions that were given up."""
    utjamnare = _Utjamnare(np.array(borjan, dtype=np.float64), np.array(vikter, dtype=np.float64))
    alla = [v for v in villkor if v.form]
    for rang in sorted({v.rang for v in alla}):
        utjamnare.lagg_till([v for v in alla if v.rang == rang])
    return utjamnare.x, utjamnare.uppgivna


Vektor = np.ndarray[Any, np.dtype[np.float64]]


class _Utjamnare:
    """Amounts that meet the conditions taken so far."""

    def __init__(self, x: Vektor, vikter: Vektor) -> None:
        self.x, self.uppgivna = x, list[Villkor]()
        self._vikter = vikter
        self._tagna: list[Villkor] = []

    def lagg_till(self, nya: list[Villkor]) -> None:
        """Take conditions; of those that cannot be met together with the former, the single ones are given up."""
        alla = [*self._tagna, *nya]
        x = self._losning(alla)
        if x is not None:
            self.x, self._tagna = x, alla
        elif len(nya) == 1:
            self.uppgivna += nya
        else:
            halva = len(nya) // 2
            self.lagg_till(nya[:halva])
            self.lagg_till(nya[halva:])

    def _losning(self, villkor: list[Villkor]) -> Vektor | None:
        """Return amounts that meet all conditions, or None if that takes too many rounds."""
        a = np.zeros((len(villkor), len(self.x)))
        for nr, v in enumerate(villkor):
            a[nr, list(v.form)] = list(v.form.values())
        lagst, hogst = (np.array([getattr(v, namn) for v in villkor]) for namn in ("lagst", "hogst"))
        # Each form in units of its interval, so that all weigh alike.
        bredd = np.minimum(hogst - lagst, np.abs(a).max(axis=1) * np.abs(self.x).max() + 1)
        a, lagst, hogst = a / bredd[:, None], lagst / bredd, hogst / bredd
        x, aktiva = self.x.copy(), np.zeros(len(villkor), dtype=bool)
        inat = _INAT * np.minimum(hogst - lagst, 1)
        storst = np.inf
        for _ in range(_VARV):
            varden = a @ x
            brutna = (varden < lagst - _NOLL) | (varden > hogst + _NOLL)
            if not brutna.any():
                return x
            avstand = float(np.maximum(lagst - varden, varden - hogst).max())
            if not brutna[~aktiva].any() and avstand > _FRAMSTEG * storst:
                return None
            storst = min(storst, avstand)
            aktiva |= brutna
            mal = np.clip(varden, lagst + inat, hogst - inat)
            del_ = a[aktiva]
            viktad = del_ * self._vikter
            kvadrat = viktad @ del_.T
            kvadrat[np.diag_indices_from(kvadrat)] *= 1 + _STABIL
            x = x + viktad.T @ np.linalg.solve(kvadrat, (mal - varden)[aktiva])
        return None
