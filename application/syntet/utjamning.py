"""Unrounded amounts of which every printed figure is a rounding.

Printed cells, sums, differences and per cent are intervals that linear forms of the unknown amounts must lie in. The
amounts are moved as little as can be, large ones more than small, until all forms lie in theirs. Those that bind most
are taken first: a part before a sum, a sum before a difference; one that contradicts what is taken is given up.

The method is that of Goldfarb and Idnani (1983), the dual active set: conditions are taken one at a time, and each step
either meets one more or shows that no amounts meet it together with the others. So what is given up is a
contradiction in print, never a sign that the search was too short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_NARA = 1e-7
"""How far outside its interval a form may be, as a share of the interval."""
_BEROENDE = 1e-10
"""A form that the taken ones leave less than this free to move follows from them."""


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
    """Return amounts near the first guess that meet the conditions, and the conditions that were given up.

    Args:
        borjan: the first guess.
        villkor: the conditions.
        vikter: how willingly each amount is moved; 0 stands still.
    """
    ordnade = sorted((v for v in villkor if v.form), key=lambda v: v.rang)
    x = np.array(borjan, dtype=np.float64)
    if not ordnade:
        return x, []
    former = np.zeros((len(ordnade), len(x)))
    for nr, v in enumerate(ordnade):
        former[nr, list(v.form)] = list(v.form.values())
    # Each form in units of its interval, so that all weigh alike.
    bredd = np.array([v.hogst - v.lagst for v in ordnade])
    bredd = np.where(bredd > 0, bredd, np.abs(former).max(axis=1))
    former /= bredd[:, None]
    viktade = former * np.array(vikter, dtype=np.float64)
    granser = (np.array([v.lagst for v in ordnade]) / bredd, np.array([v.hogst for v in ordnade]) / bredd)
    losning = _Losning(viktade @ former.T, former @ x, *granser)
    uppgivna = [v for nr, v in enumerate(ordnade) if not losning.ta(nr)]
    return x + viktade.T @ losning.tryck, uppgivna


Vektor = np.ndarray[Any, np.dtype[np.float64]]


class _Losning:
    """The amounts nearest the first guess that meet the conditions taken so far.

    Attributes:
        tryck: per condition, how hard it presses the amounts: plus up from its lowest value, minus down from its
            highest, zero where it does not bind.
    """

    def __init__(self, medgivande: Vektor, varden: Vektor, lagst: Vektor, hogst: Vektor) -> None:
        """Begin with no condition taken.

        Args:
            medgivande: how much each form moves (row) when a condition (column) presses with one unit.
            varden: the forms' values at the first guess.
            lagst: per condition, its lowest value.
            hogst: per condition, its highest value.
        """
        self.tryck = np.zeros(len(varden))
        self._medgivande, self._varden, self._lagst, self._hogst = medgivande, varden.copy(), lagst, hogst
        self._tagna = np.zeros(len(varden), dtype=bool)
        self._binder: list[int] = []

    def ta(self, nr: int) -> bool:
        """Take a condition; say whether it can be met together with those taken. If not, nothing is changed."""
        fore = self.tryck.copy(), self._varden.copy(), list(self._binder)
        self._tagna[nr] = True
        while (brutet := self._mest_brutet()) is not None:
            if not self._mot(brutet):
                self.tryck, self._varden, self._binder = fore
                self._tagna[nr] = False
                return False
        return True

    def _mest_brutet(self) -> int | None:
        """Return the taken condition whose form lies farthest outside its interval, if any does."""
        utanfor = np.where(self._tagna, np.maximum(self._lagst - self._varden, self._varden - self._hogst), -1.0)
        utanfor[self._binder] = -1.0
        nr = int(np.argmax(utanfor))
        return nr if utanfor[nr] > _NARA else None

    def _mot(self, nr: int) -> bool:
        """Press a form to the edge of its interval, letting go of those that then would pull; False if nothing can."""
        at = 1.0 if self._varden[nr] < self._lagst[nr] else -1.0
        kant = self._lagst[nr] if at > 0 else self._hogst[nr]
        while True:
            binder = self._binder
            bundna = self._medgivande[np.ix_(binder, binder)]
            foljer = np.asarray(at * np.linalg.solve(bundna, self._medgivande[binder, nr]), dtype=np.float64)
            fritt = float(self._medgivande[nr, nr] - at * self._medgivande[nr, binder] @ foljer)
            rorligt = fritt > _BEROENDE * self._medgivande[nr, nr]
            fram = float(kant - self._varden[nr]) / (at * fritt) if rorligt else np.inf
            slapper, langst = self._slapper_forst(foljer)
            steg = min(fram, langst)
            if not np.isfinite(steg):
                return False
            self.tryck[binder] -= steg * foljer
            self.tryck[nr] += steg * at
            self._varden += steg * (self._medgivande[:, nr] * at - self._medgivande[:, binder] @ foljer)
            if steg == fram:
                binder.append(nr)
                return True
            self.tryck[binder[slapper]] = 0.0
            del binder[slapper]

    def _slapper_forst(self, foljer: Vektor) -> tuple[int, float]:
        """Return which binding condition would first begin to pull instead of press, and after how long a step."""
        tryck = self.tryck[self._binder]
        with np.errstate(divide="ignore", invalid="ignore"):
            langd = np.where(tryck * foljer > 0, tryck / foljer, np.inf)
        if not len(langd):
            return -1, np.inf
        forst = int(np.argmin(langd))
        return forst, float(langd[forst])
