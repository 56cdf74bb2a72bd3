"""Which facts follow from a stream's events: a derivation per collection, over effective entries.

A derivation takes in the effective entries (``domain.historik.gallande``) of a stream in order and knows its things
(``domain.sak``). That all facts follow from all entries is the definition; that an entry touches only the things that
``ta_in`` names is a promise that saves work, and the tests hold every derivation to it. The rebuild, the incremental
update and the slow oracle in the tests share these definitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from domain.begrepp import Samling
from domain.fakta import Fakta
from domain.handelse import Notering
from domain.harledning.arende import Arendefakta
from domain.harledning.atgard import Atgardsfakta
from domain.harledning.budgetperiod import Budgetfakta
from domain.harledning.placering import Placeringsfakta
from domain.harledning.utforare import Utforarfakta
from domain.sak import Harledning

HARLEDNINGAR: Mapping[Samling, type[Harledning]] = MappingProxyType(
    {
        Samling.ARENDEN: Arendefakta,
        Samling.PLACERINGAR: Placeringsfakta,
        Samling.ATGARDER: Atgardsfakta,
        Samling.BUDGETPERIODER: Budgetfakta,
        Samling.UTFORARE: Utforarfakta,
    }
)
"""How facts are derived, by collection."""


def harledning(samling: Samling, strom: UUID, noteringar: Sequence[Notering]) -> Harledning | None:
    """Return the derivation that has taken in the effective entries of a stream; None if nothing began it."""
    slag = HARLEDNINGAR[samling]
    for borjan in noteringar:
        if type(borjan.handelse) is slag.borjan:
            svar = slag(strom, borjan)
            for n in noteringar:
                svar.ta_in(n)
            return svar
    return None


def fakta(samling: Samling, strom: UUID, noteringar: Sequence[Notering]) -> list[Fakta]:
    """Return all facts that follow from the effective entries of a stream."""
    svar = harledning(samling, strom, noteringar)
    return [] if svar is None else svar.fakta()
