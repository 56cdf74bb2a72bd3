"""How a cost difference is split into volume, mix, price and the rest.

Standard variance analysis with several kinds of care (Horngren, Datar & Rajan, *Cost Accounting: A Managerial
Emphasis*, the chapters on flexible budgets and on sales-quantity and sales-mix variances, with costs for margins). A
row has on each side a volume ``V`` (days of care), a price ``P`` (kronor per day) and an amount ``B`` (kronor); side 0
is compared with side 1, and a sum over all rows is written ``ΣV``:

- *volym*:  (ΣV₁ × V₀/ΣV₀ − V₀) × P₀ – as much more care in all, in the mix and at the prices of side 0,
- *mix*:    (V₁ − ΣV₁ × V₀/ΣV₀) × P₀ – more of one kind and less of another, at the prices of side 0,
- *pris*:   V₁ × (P₁ − P₀) – the care of side 1 at other prices,
- *övrigt*: (B₁ − V₁P₁) − (B₀ − V₀P₀) – what is no volume times price: rows without volumes, bookings that care days and
  prices do not explain, rounded plans.

Together they are B₁ − B₀ exactly, row by row and in all: the first two are (V₁ − V₀)P₀, with the third V₁P₁ − V₀P₀. A
volume's price is what its own side says; a kind that one side does not have takes the other's price, and so is mix and
not price. Where side 0 has no volume at all there is no mix to keep, and all of it is volume. Positive means that side
1 costs more.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

_NOLL = Fraction(0)


class Sida(NamedTuple):
    """What a row has on one side: care days, kronor per day (None without volume), kronor in all."""

    volym: Fraction = _NOLL
    pris: Fraction | None = None
    belopp: Fraction = _NOLL


class Delar(NamedTuple):
    """A difference in kronor, in parts that add up to it."""

    volym: Fraction = _NOLL
    mix: Fraction = _NOLL
    pris: Fraction = _NOLL
    ovrigt: Fraction = _NOLL

    @property
    def skillnad(self) -> Fraction:
        """Return the whole difference."""
        return sum(self, _NOLL)

    def plus(self, andra: Delar) -> Delar:
        """Return the parts of both together."""
        return Delar(*(a + b for a, b in zip(self, andra, strict=True)))


def dela_upp(rader: Sequence[tuple[Sida, Sida]]) -> list[Delar]:
    """Return the parts of each row's difference, side 1 less side 0."""
    alla_0 = sum((fran.volym for fran, _ in rader), _NOLL)
    alla_1 = sum((till.volym for _, till in rader), _NOLL)
    return [_rad(fran, till, alla_1 / alla_0 if alla_0 else None) for fran, till in rader]


def _rad(fran: Sida, till: Sida, tillvaxt: Fraction | None) -> Delar:
    pris_0 = _forsta(fran.pris, till.pris)
    pris_1 = _forsta(till.pris, fran.pris)
    oforandrad_mix = till.volym if tillvaxt is None else tillvaxt * fran.volym
    return Delar(
        (oforandrad_mix - fran.volym) * pris_0,
        (till.volym - oforandrad_mix) * pris_0,
        till.volym * (pris_1 - pris_0),
        (till.belopp - till.volym * pris_1) - (fran.belopp - fran.volym * pris_0),
    )


def _forsta(pris: Fraction | None, annars: Fraction | None) -> Fraction:
    return pris if pris is not None else annars or _NOLL
