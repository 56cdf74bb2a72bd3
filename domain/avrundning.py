"""What a printed number can have been before it was rounded: the span that ``domain.pengar.avrunda`` makes it from.

A cell is rounded on its own, half away from zero. So a printed 4,2 was at least 4,15 and less than 4,25; sums and
quotients of printed cells have spans too, and two figures agree when their spans meet. For a sum of n cells held
against a printed total this is the rule |sum of rounded − rounded sum| ≤ (n + 1) / 2 units of the last place, sharp at
the ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

_HALV = Fraction(1, 2)


class Spann(NamedTuple):
    """All numbers between two ends; each end is in the span or just outside it."""

    lag: Fraction
    hog: Fraction
    lag_med: bool = True
    hog_med: bool = True

    def plus(self, annat: Spann) -> Spann:
        """Return what the sum of one number of each can be."""
        return Spann(
            self.lag + annat.lag, self.hog + annat.hog, self.lag_med and annat.lag_med, self.hog_med and annat.hog_med
        )

    def ganger(self, tal: Fraction | int) -> Spann:
        """Return what a number of the span can be, times another number."""
        if tal < 0:
            return Spann(self.hog * tal, self.lag * tal, self.hog_med, self.lag_med)
        return Spann(self.lag * tal, self.hog * tal, self.lag_med, self.hog_med)

    def produkt(self, annat: Spann) -> Spann:
        """Return what the product of one number of each can be, ends included."""
        horn = [a * b for a in self[:2] for b in annat[:2]]
        return Spann(min(horn), max(horn))

    def delat_med(self, annat: Spann) -> Spann | None:
        """Return what the quotient can be, ends included; None where the divisor can be zero."""
        if annat.lag <= 0 <= annat.hog:
            return None
        return self.produkt(Spann(1 / annat.hog, 1 / annat.lag))

    def moter(self, annat: Spann) -> bool:
        """Return whether some number is in both."""
        fore, efter = (self, annat) if self.lag <= annat.lag else (annat, self)
        if self.lag == annat.lag:
            return (self.lag_med and annat.lag_med) or min(self.hog, annat.hog) > self.lag
        return efter.lag < fore.hog or (efter.lag == fore.hog and efter.lag_med and fore.hog_med)

    @property
    def mitt(self) -> Fraction:
        """Return the middle of the span."""
        return (self.lag + self.hog) / 2


def exakt(tal: Fraction | int) -> Spann:
    """Return the span of a number that is not rounded, such as a count."""
    return Spann(Fraction(tal), Fraction(tal))


def avrundat(tal: Decimal, decimaler: int | None = None) -> Spann:
    """Return the span of a printed number.

    Args:
        tal: the number as printed; its own decimals say how it was rounded.
        decimaler: how many decimals it was rounded to, where the print leaves out zeros at the end.
    """
    exponent = tal.as_tuple().exponent
    egna = -exponent if isinstance(exponent, int) else 0
    halva = _HALV / 10 ** max(decimaler if decimaler is not None else egna, 0)
    varde = Fraction(tal)
    return Spann(varde - halva, varde + halva, varde > 0, varde < 0)


def summera(spann: Iterable[Spann]) -> Spann:
    """Return what the sum of one number of each can be; of none, zero."""
    summa = exakt(0)
    for ett in spann:
        summa = summa.plus(ett)
    return summa
