"""All kinds of stream the ledger holds, by collection, and the older versions of their events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from domain.aggregat import Aggregat
from domain.arende.beslut import ARENDE
from domain.atgard.beslut import ATGARD
from domain.begrepp import Samling
from domain.budgetperiod.beslut import BUDGETPERIOD
from domain.handelse import HANDELSETYPER, Begreppsdata, Handelse, TidigareVersion
from domain.placering.beslut import PLACERING
from domain.placering.tidigare import FranvaroRegistreradV1
from domain.utforare.beslut import UTFORARE

AGGREGAT: Mapping[Samling, Aggregat[Any]] = MappingProxyType(
    {aggregat.samling: aggregat for aggregat in (PLACERING, ATGARD, BUDGETPERIOD, UTFORARE, ARENDE)}
)

TIDIGARE: Mapping[tuple[str, int], type[TidigareVersion]] = MappingProxyType(
    {(klass.typ, klass.schemaversion): klass for klass in (FranvaroRegistreradV1,)}
)
"""Every older version of an event, by stored name and version."""


def las_version(
    klass: type[Handelse],
    version: int,
    innehall: Mapping[str, Any],
    tidigare: Mapping[tuple[str, int], type[TidigareVersion]] = TIDIGARE,
) -> Handelse:
    """Return a payload of some version as an event of the current one.

    Args:
        klass: the event's class.
        version: which version the payload is written in.
        innehall: the payload as parsed JSON.
        tidigare: the older versions.

    Raises:
        ValidationError: the payload does not fit its version.
        KeyError: there is no such version.
        Regelbrott: the payload says what its version refused.
    """
    if version > klass.schemaversion:
        raise KeyError(f"{klass.typ} i version {version}, nyare än {klass.schemaversion}")
    for gammal in range(version, klass.schemaversion):
        innehall = tidigare[klass.typ, gammal].model_validate(innehall, by_alias=True, by_name=False).till_nasta()
    return klass.model_validate(innehall, by_alias=True, by_name=False)


def lasbara_versioner(typ: str) -> list[int]:
    """Return the versions of an event that can be read and imported, oldest first."""
    klass = HANDELSETYPER[typ]
    return [*(version for version in range(1, klass.schemaversion) if (typ, version) in TIDIGARE), klass.schemaversion]


def fullborda() -> None:
    """Build what checks and writes every event and every value in one, which is otherwise done at their first use.

    For a program with threads: the first requests would all build, and wait for each other.
    """
    for klass in _harledda(Begreppsdata):
        klass.model_rebuild()


def _harledda(klass: type[Begreppsdata]) -> Iterator[type[Begreppsdata]]:
    for narmast in klass.__subclasses__():
        yield narmast
        yield from _harledda(narmast)
