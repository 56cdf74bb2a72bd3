"""Expressions over the columns of a row: what a computed column is.

A cell with nothing to say stays so: an expression is empty where what it must have is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Cell = Fraction | str | None
"""What a row has in a column: an exact number, a text, or nothing to say (which is not zero)."""


@dataclass(frozen=True)
class Kol:
    """The figure in another column."""

    nyckel: str


@dataclass(frozen=True)
class Skillnad:
    """One figure less another; a missing minuend counts as zero, without the subtrahend there is nothing to say."""

    fran: Uttryck
    minus: Uttryck


@dataclass(frozen=True)
class Summa:
    """The figures together; the missing ones count as zero."""

    delar: tuple[Uttryck, ...]


@dataclass(frozen=True)
class Andel:
    """One figure divided by another, times ``ganger``; where both are zero ``noll_av_noll``."""

    taljare: Uttryck
    namnare: Uttryck
    ganger: int = 1
    noll_av_noll: int | None = None


@dataclass(frozen=True)
class EfterRad:
    """A figure with the sign that the row mapping gives the row in this column (a rise in cost is positive, say)."""

    uttryck: Uttryck


Uttryck = Kol | Skillnad | Summa | Andel | EfterRad


def rakna(uttryck: Uttryck, celler: Mapping[str, Cell], tecken: int = 1) -> Fraction | None:
    """Return the value of an expression on a row; ``tecken`` is the row's sign."""
    match uttryck:
        case Kol(nyckel):
            cell = celler.get(nyckel)
            return cell if isinstance(cell, Fraction) else None
        case Skillnad(fran, minus):
            b = rakna(minus, celler, tecken)
            return None if b is None else (rakna(fran, celler, tecken) or Fraction(0)) - b
        case Summa(delar):
            kanda = [v for del_ in delar if (v := rakna(del_, celler, tecken)) is not None]
            return sum(kanda, Fraction(0)) if kanda else None
        case Andel(taljare, namnare, ganger, noll_av_noll):
            return _andel(rakna(taljare, celler, tecken), rakna(namnare, celler, tecken), ganger, noll_av_noll)
        case EfterRad(inre):
            v = rakna(inre, celler, tecken)
            return None if v is None else tecken * v


def _andel(a: Fraction | None, b: Fraction | None, ganger: int, noll_av_noll: int | None) -> Fraction | None:
    if a is None or b is None:
        return None
    if b == 0:
        return Fraction(noll_av_noll) if a == 0 and noll_av_noll is not None else None
    return a / b * ganger


def kolumner_i(uttryck: Uttryck) -> tuple[str, ...]:
    """Return the columns that an expression reads."""
    match uttryck:
        case Kol(nyckel):
            return (nyckel,)
        case Skillnad(fran, minus):
            return (*kolumner_i(fran), *kolumner_i(minus))
        case Summa(delar):
            return tuple(nyckel for del_ in delar for nyckel in kolumner_i(del_))
        case Andel(taljare, namnare):
            return (*kolumner_i(taljare), *kolumner_i(namnare))
        case EfterRad(inre):
            return kolumner_i(inre)
