"""Which facts follow from a stream's events: one module per collection, pure functions of effective entries.

A module answers questions about the effective entries (``domain.historik.gallande``) of a stream:

* ``alla``: which facts follow from them,
* ``tillagg``: which of those one new entry adds, if it leaves all the others as they were; None if it may not,
* ``fortsatt``: how the known facts go on when the day of the new entry is later than all before it; None if that takes
  more to tell,
* ``omraknat``: the facts of those kinds that such an entry may change; None if it may change facts of any kind.

The last three only save work: a budget year of a thousand vouchers is not worked out a thousand times, nor a stay anew
for each change of price. ``alla`` is what they must agree with (tests/laws). The rebuild, the incremental update and
the slow oracle in the tests share these definitions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from domain.begrepp import Samling
from domain.fakta import Fakta
from domain.faktaspar import Fortsattning, Omraknat
from domain.handelse import Notering
from domain.harledning import arende, atgard, budgetperiod, fortsatt_placering, placering, utforare


def _tar_mer(_: Sequence[Fakta], __: Notering) -> None:
    """Answer that how the facts go on takes more than the known ones to tell."""
    return


def _allt(_: UUID, __: Sequence[Notering], ___: Notering) -> None:
    """Answer that an entry may change facts of any kind."""
    return


class Harledning(NamedTuple):
    """The answers of a collection.

    They take the stream's id and its effective entries in order, except ``fortsatt``, which takes the known facts.
    """

    alla: Callable[[UUID, Sequence[Notering]], Iterable[Fakta]]
    tillagg: Callable[[UUID, Sequence[Notering], Notering], Iterable[Fakta] | None]
    fortsatt: Callable[[Sequence[Fakta], Notering], Fortsattning | None] = _tar_mer
    omraknat: Callable[[UUID, Sequence[Notering], Notering], Omraknat | None] = _allt


HARLEDNINGAR: Mapping[Samling, Harledning] = MappingProxyType(
    {
        Samling.ARENDEN: Harledning(arende.alla, arende.tillagg, omraknat=arende.omraknat),
        Samling.PLACERINGAR: Harledning(placering.alla, placering.tillagg, fortsatt_placering.fortsatt),
        Samling.ATGARDER: Harledning(atgard.alla, atgard.tillagg),
        Samling.BUDGETPERIODER: Harledning(budgetperiod.alla, budgetperiod.tillagg),
        Samling.UTFORARE: Harledning(utforare.alla, utforare.tillagg),
    }
)
"""How facts are derived, by collection."""


def fakta(samling: Samling, strom: UUID, noteringar: Sequence[Notering]) -> list[Fakta]:
    """Return all facts that follow from the effective entries of a stream."""
    return list(HARLEDNINGAR[samling].alla(strom, noteringar))
