"""Rebuild: the facts worked out anew from the log, stream by stream.

The fact tables are a pure function of the log, so they can always be thrown away and made again. Every stream is
played through the same ``Strom`` that wrote it, so the rows are the same, numbers and log positions included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from uuid import UUID

from application.fel import VantatFel
from application.framsteg import Framsteg, Skede
from application.strom import Strom
from domain.begrepp import Samling
from domain.fakta import Fakta, Identitet
from domain.faktaspar import ALLTJAMT
from domain.handelse import Notering

HARLEDNINGSVERSION = 4
"""Goes up whenever the same log gives other facts than before: a ledger with the older facts then says so when it is
opened. Held by the frozen ledgers in the tests."""


class Spelstrom(NamedTuple):
    """A stream as the log has it: its entries in order."""

    samling: Samling
    strom: UUID
    noteringar: Sequence[Notering]


Faktarad = tuple[Identitet, int, int, int, Fakta]
"""A fact with its whole life in the ledger: stream, row number, known from, known to, and the fact."""


@dataclass(frozen=True, slots=True)
class Ombyggnad:
    """What a rebuild came to: events read, rows written per fact table, and the tables that differed from before."""

    handelser: int
    rader: Mapping[str, int]
    skilda: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Avtryck:
    """What a fact table holds, in short: number of rows and a hash over all of them in the order of their key."""

    rader: int
    sha256: str


class FaktaSkiljer(VantatFel):
    """A rebuild came to other facts than those that answer, though both were derived in the same way."""

    def __init__(self, tabeller: Sequence[str]) -> None:
        """Name the tables."""
        self.tabeller = tuple(tabeller)
        super().__init__(
            f"Ombyggnaden gav ett annat innehåll i {', '.join(tabeller)}: raderna där är inte en följd av händelserna. "
            "De är kvar orörda. Ta reda på varför de skiljer sig, och byt sedan med liggare bygg-om --byt-anda."
        )


class OmbyggnadenOvertagen(VantatFel):
    """Another rebuild was begun while this one was under way."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("En annan ombyggnad började efter den här, som därför avbröts. Ingenting är ändrat av den.")


class Ombyggare(Protocol):
    """Rebuilds the fact tables and tells what is in them."""

    def bygg_om(
        self,
        framsteg: Framsteg | None = None,
        skede: Skede | None = None,
        *,
        byt_anda: bool = False,
        processer: int | None = None,
    ) -> Ombyggnad:
        """Work out all facts anew from the log beside those that answer, and let them take over.

        Questions are answered, and events recorded, all the while.

        Args:
            framsteg: told how far the reading of the log has come.
            skede: told what is being done.
            byt_anda: take over even where the content differs though it should not.
            processer: how many processes derive; as many as serve if not stated.

        Raises:
            FaktaSkiljer: the content of some table differs; the old ones go on answering.
            OmbyggnadenOvertagen: somebody began another rebuild.
            DelprocessenForsvann: the machine ended one of the processes.
        """

    def avtryck(self) -> Mapping[str, Avtryck]:
        """Return what each fact table holds, in short, by table name."""


def spela_om(strommar: Iterable[Spelstrom]) -> Iterator[Faktarad]:
    """Return every fact row that the streams ever gave, in the order of stream and row number."""
    for samling, strom, noteringar in strommar:
        yield from _spela(Strom(samling, strom), noteringar)


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
        yield identitet, radnr, fran, slut.get(radnr, ALLTJAMT), fakta
