"""The oracle of facts: what stood in a stream on a day, what happened in it, and what amounts it speaks of.

What each kind of stream means is in a file of its own (``orakel_arende`` and so on), written from the events'
docstrings and ADR 0003, day by day. Here is what they have in common. Columns are named as the facts have them; an
amount of money is whole öre and a number thousandths, as facts are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.handelse import Handelse

Drag = dict[str, Any]
"""Columns of a fact; those that are not there say nothing."""


@dataclass(frozen=True)
class Strommen:
    """A stream as of a day.

    Attributes:
        alla: its effective events in order of (date, place).
        galler_den: the day asked about.
    """

    id: UUID
    alla: Sequence[Handelse]
    galler_den: date

    @property
    def handelser(self) -> Sequence[Handelse]:
        """Return the events dated on or before the day."""
        return [h for h in self.alla if h.datum <= self.galler_den]

    def den(self, dag: date) -> Strommen:
        """Return the stream as of another day."""
        return Strommen(self.id, self.alla, dag)

    def av(self, *typer: type[Handelse]) -> list[Any]:
        """Return the events of some types in order."""
        return [h for h in self.handelser if type(h) in typer]


@dataclass(frozen=True)
class Spar:
    """What held from day to day: changes as (day, value or None, event), in order of (date, place)."""

    andringar: Sequence[tuple[date, Any, Handelse]]

    def den(self, dag: date) -> Any:
        """Return what held on a day: what its last change says.

        What began and ended on one day held that day, where nothing held before it.
        """
        fore = [varde for d, varde, _ in self.andringar if d < dag]
        dagens = [varde for d, varde, _ in self.andringar if d == dag]
        if not dagens:
            return fore[-1] if fore else None
        if dagens[-1] is not None or (fore and fore[-1] is not None):
            return dagens[-1]
        return next((varde for varde in reversed(dagens) if varde is not None), None)

    def slut(self, dag: date) -> tuple[date, Handelse] | None:
        """Return when what held on a day ceased to, and the event that made it so; None while it holds."""
        _, sist, handelse = [andring for andring in self.andringar if andring[0] <= dag][-1]
        if sist is None:
            return dag + timedelta(days=1), handelse
        for senare in sorted({d for d, _, _ in self.andringar if d > dag}):
            if self.den(senare) != self.den(dag):
                return senare, next(h for d, _, h in reversed(self.andringar) if d == senare)
        return None


def forsta_slutet(spar: Sequence[Spar], dag: date, galler_den: date) -> Handelse | None:
    """Return the event that first ended any of what held on a day; of several on one day, that of the first named."""
    slut = [s for s in (ett.slut(dag) for ett in spar) if s is not None and s[0] <= galler_den]
    return min(slut, key=lambda s: s[0])[1] if slut else None


def ore(kronor: Decimal) -> int:
    """Return kronor as whole öre."""
    return int(kronor * 100)


def tusendelar(tal: Decimal | int) -> int:
    """Return a number in thousandths."""
    return int(tal * 1000)


def hexat(nyckel: UUID | None) -> str | None:
    """Return an identity as facts have it."""
    return nyckel.hex if nyckel is not None else None


def ordet(begrepp: Any) -> str | None:
    """Return the stored word of a vocabulary."""
    return begrepp.value if begrepp is not None else None


def dagarna(fran: date, till: date) -> int:
    """Return the days from one day to another, in thousandths."""
    return tusendelar((till - fran).days)


def manaden(dag: date) -> date:
    """Return the first day of the month a day lies in."""
    return dag.replace(day=1)
