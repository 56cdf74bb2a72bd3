"""Aggregates that are no sums: the database counts how often each value occurs, and the rest is done here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from domain.matt.modell import Berakning, Raknesatt


class Fordelning(NamedTuple):
    """How a value that is no sum follows from how often each combination of some columns occurs."""

    kolumner: tuple[str, ...]
    varde: Callable[[Berakning, Counter[tuple[int, ...]]], Fraction]


def _median(_: Berakning, ganger: Counter[tuple[int, ...]]) -> Fraction:
    """Return the middle number, or the mean of the two in the middle."""
    kvar = ganger.total()
    mitten = {(kvar - 1) // 2, kvar // 2}
    talen, nr = [], 0
    for (tal,), antal in sorted(ganger.items()):
        talen += [tal for plats in mitten if nr <= plats < nr + antal]
        nr += antal
    return Fraction(sum(talen), 1000 * len(talen))


def _inom_frist(b: Berakning, ganger: Counter[tuple[int, ...]]) -> Fraction:
    """Return how many ended no later than the deadline after they began."""
    assert b.frist is not None
    borjade = ((dag, date.fromordinal(dag - tid // 1000), antal) for (dag, tid), antal in ganger.items())
    return Fraction(sum(antal for dag, borjan, antal in borjade if dag <= b.frist.sista_dag(borjan).toordinal()))


FORDELADE: Mapping[Raknesatt, Fordelning] = {
    Raknesatt.MEDIAN: Fordelning(("antal",), _median),
    Raknesatt.INOM_FRIST: Fordelning(("dag", "antal"), _inom_frist),
}
"""The aggregates that are no sums, with what their statements are split by beside the groups."""
