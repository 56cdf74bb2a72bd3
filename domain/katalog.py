"""All kinds of stream the ledger holds, by collection."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from domain.aggregat import Aggregat
from domain.atgard.beslut import ATGARD
from domain.begrepp import Samling
from domain.budgetperiod.beslut import BUDGETPERIOD
from domain.placering.beslut import PLACERING
from domain.utforare.beslut import UTFORARE

AGGREGAT: Mapping[Samling, Aggregat[Any]] = MappingProxyType(
    {aggregat.samling: aggregat for aggregat in (PLACERING, ATGARD, BUDGETPERIOD, UTFORARE)}
)
