"""Numbers that remember what they were made of.

A measure's expression, a table's sum or share is arithmetic between exact numbers. When those numbers are of this kind
the same arithmetic also says how much each counted part (``Blad``) contributes to the result, so that the trail behind
a figure is worked out by the very steps that worked out the figure and can never disagree with it.

A result is linear in its parts wherever it is added, subtracted and scaled: ``varde = konstant + Σ faktor × del``. What
it was divided by (or multiplied with) is remembered by name only, since that adds nothing: it scales the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from fractions import Fraction
from numbers import Rational
from typing import Any, NamedTuple, Self


class Blad(NamedTuple):
    """One counted part of a figure: which calculation, in the order they were asked, and which group of its answer."""

    berakning: int
    grupp: tuple[Any, ...]


_INGA: Set[Blad] = frozenset()


class Spartal(Fraction):
    """An exact number with the parts it is made of.

    Attributes:
        delar: what each part's value is multiplied by in it.
        villkor: the parts it was divided by or multiplied with.
    """

    __slots__ = ("delar", "villkor")

    delar: Mapping[Blad, Fraction]
    villkor: Set[Blad]

    def __new__(cls, varde: Rational | int, delar: Mapping[Blad, Fraction], villkor: Set[Blad] = _INGA) -> Self:
        """Make a number out of its value and its parts."""
        tal = super().__new__(cls, varde)
        tal.delar, tal.villkor = delar, villkor
        return tal

    @classmethod
    def blad(cls, varde: Fraction, blad: Blad) -> Self:
        """Return the number that is one counted part."""
        return cls(varde, {blad: Fraction(1)})

    def __reduce__(self) -> Any:
        """Copy with the parts."""
        return type(self), (Fraction(self), self.delar, self.villkor)

    def __copy__(self) -> Self:
        """Numbers do not change, and need no copies."""
        return self

    def __deepcopy__(self, _: Any) -> Self:
        """Numbers do not change, and need no copies."""
        return self

    def __add__(self, andra: Any) -> Any:
        """Return the sum, made of the parts of both."""
        if not isinstance(andra, Rational):
            return NotImplemented
        delar = dict(self.delar)
        for blad, faktor in _delar(andra).items():
            delar[blad] = delar.get(blad, 0) + faktor
        return Spartal(Fraction.__add__(self, Fraction(andra)), delar, self.villkor | _villkor(andra))

    __radd__ = __add__

    def __neg__(self) -> Any:
        """Return the number with the other sign."""
        return self * -1

    def __pos__(self) -> Any:
        """Return the number."""
        return self

    def __abs__(self) -> Any:
        """Return the number without its sign."""
        return -self if self < 0 else self

    def __sub__(self, andra: Any) -> Any:
        """Return the difference, made of the parts of both."""
        return self + andra * -1 if isinstance(andra, Rational) else NotImplemented

    def __rsub__(self, andra: Any) -> Any:
        """Return the difference from a number without parts."""
        return -self + andra

    def __mul__(self, andra: Any) -> Any:
        """Return the product; another number of this kind only scales."""
        if not isinstance(andra, Rational):
            return NotImplemented
        varde = Fraction(andra)
        delar = {blad: faktor * varde for blad, faktor in self.delar.items()}
        return Spartal(Fraction.__mul__(self, varde), delar, self.villkor | set(_delar(andra)) | _villkor(andra))

    __rmul__ = __mul__

    def __truediv__(self, andra: Any) -> Any:
        """Return the quotient, made of the parts of the dividend."""
        if not isinstance(andra, Rational):
            return NotImplemented
        varde = Fraction(andra)
        delar = {blad: faktor / varde for blad, faktor in self.delar.items()}
        return Spartal(Fraction.__truediv__(self, varde), delar, self.villkor | set(_delar(andra)) | _villkor(andra))

    def __rtruediv__(self, andra: Any) -> Any:
        """Return the quotient of a number without parts."""
        return Spartal(Fraction(andra) / Fraction(self), {}, self.villkor | set(self.delar))


def med_spar_av(varde: Rational | int, ur: Fraction) -> Fraction:
    """Return a value that is made of the same parts as a number, which it is but for rounding."""
    return Spartal(varde, ur.delar, ur.villkor) if isinstance(ur, Spartal) else Fraction(varde)


def _delar(tal: Any) -> Mapping[Blad, Fraction]:
    return tal.delar if isinstance(tal, Spartal) else {}


def _villkor(tal: Any) -> Set[Blad]:
    return tal.villkor if isinstance(tal, Spartal) else _INGA
