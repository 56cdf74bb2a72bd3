"""Rebuild: the facts worked out anew from the log, stream by stream.

The fact tables are a pure function of the log, so they can always be thrown away and made again. Every stream is
played through the same ``Strom`` that wrote it, so the rows are the same, numbers and log positions included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from uuid import UUID

from application.strom import Strom
from domain.begrepp import Samling
from domain.fakta import Fakta, Identitet
from domain.faktaspar import ALLTJAMT
from domain.handelse import Notering

Framsteg = Callable[[int, int], None]
"""Is told the number of events done and the number of events in all."""


class Spelstrom(NamedTuple):
    """A stream as the log has it: its entries in order."""

    samling: Samling
    strom: UUID
    noteringar: Sequence[Notering]


class Faktarad(NamedTuple):
    """A fact with its whole life in the ledger."""

    strom: Identitet
    radnr: int
    kand_fran: int
    kand_till: int
    fakta: Fakta


@dataclass(frozen=True, slots=True)
class Ombyggnad:
    """What a rebuild came to: events read, and rows written per fact table."""

    handelser: int
    rader: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Avtryck:
    """What a fact table holds, in short: number of rows and a hash over all of them in the order of their key."""

    rader: int
    sha256: str


class Ombyggare(Protocol):
    """Rebuilds the fact tables and tells what is in them."""

    def bygg_om(self, framsteg: Framsteg | None = None) -> Ombyggnad:
        """Write all facts anew from the log in one transaction; readers see the old ones until it commits."""

    def avtryck(self) -> Mapping[str, Avtryck]:
        """Return what each fact table holds, in short, by table name."""


def spela_om(strommar: Iterable[Spelstrom]) -> Iterator[Faktarad]:
    """Return every fact row that the streams ever gave, in the order of stream and row number."""
    for samling, strom, noteringar in strommar:
        yield from _spela(Strom(samling, strom), noteringar)


def jamfor(fore: Mapping[str, Avtryck], efter: Mapping[str, Avtryck]) -> list[str]:
    """Return the names of the fact tables that do not hold the same before and after."""
    return [tabell for tabell in sorted({*fore, *efter}) if fore.get(tabell) != efter.get(tabell)]


def _spela(strom: Strom, noteringar: Sequence[Notering]) -> Iterator[Faktarad]:
    nya: list[tuple[int, int, Fakta]] = []
    slut: dict[int, int] = {}
    for notering in noteringar:
        andring = strom.anteckna(notering)
        for _, radnr in andring.stangda:
            slut[radnr] = notering.position
        for radnr, fakta in andring.nya:
            nya.append((radnr, notering.position, fakta))
    identitet = Identitet(strom.id.hex)
    for radnr, fran, fakta in nya:
        yield Faktarad(identitet, radnr, fran, slut.get(radnr, ALLTJAMT), fakta)
