"""Which facts follow from a stream's events: one module per collection, pure functions of effective entries.

A module answers two questions about the effective entries (``domain.historik.gallande``) of a stream:

* ``alla``: which facts follow from them,
* ``tillagg``: which of those one new entry adds, if it leaves all the others as they were; None if it may not.

The second only saves work: a budget year of a thousand vouchers is then not worked out a thousand times. The rebuild,
the incremental update and the slow oracle in the tests share these definitions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from domain.begrepp import Samling
from domain.fakta import Fakta
from domain.handelse import Notering
from domain.harledning import atgard, budgetperiod, placering, utforare


class Harledning(NamedTuple):
    """The two answers of a collection; both take the stream's id and its effective entries in order."""

    alla: Callable[[UUID, Sequence[Notering]], Iterable[Fakta]]
    tillagg: Callable[[UUID, Sequence[Notering], Notering], Iterable[Fakta] | None]


HARLEDNINGAR: Mapping[Samling, Harledning] = MappingProxyType(
    {
        Samling.PLACERINGAR: Harledning(placering.alla, placering.tillagg),
        Samling.ATGARDER: Harledning(atgard.alla, atgard.tillagg),
        Samling.BUDGETPERIODER: Harledning(budgetperiod.alla, budgetperiod.tillagg),
        Samling.UTFORARE: Harledning(utforare.alla, utforare.tillagg),
    }
)
"""How facts are derived, by collection."""


def fakta(samling: Samling, strom: UUID, noteringar: Sequence[Notering]) -> list[Fakta]:
    """Return all facts that follow from the effective entries of a stream."""
    return list(HARLEDNINGAR[samling].alla(strom, noteringar))
