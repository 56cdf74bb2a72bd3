"""The process that is to fail: opens the ledger, records, and tells of each thing that it was told is recorded.

What it tells goes through a pipe to another process, which keeps the account: what is in the pipe outlives the writer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import orjson
from eventsourcing.persistence import PersistenceError

from application.commands import Kvitto, Utfall
from application.tolkning import tolka
from domain.fel import Regelbrott
from domain.tid import mikrosekunder
from infrastructure import postgres, sqlite
from interfaces.bootstrap import Tjanster, koppla
from tests.infrastructure.test_ombyggnad import forslag

Data = dict[str, Any]


@dataclass(frozen=True)
class Uppdrag:
    """What a writer shall do.

    Attributes:
        fro: decides the history; two writers with different numbers share no placement.
        per_bunt: events per import; 0 records them one at a time.
        paus: seconds to wait after each acknowledgement.
        synkront: ``synchronous`` of SQLite instead of the safe one, for controls that must lose data.
        klockfel: seconds that the writer's clock is wrong from the first event on, one per event and around again.
    """

    databas: str
    fro: int
    antal: int = 400
    per_bunt: int = 0
    paus: float = 0.0
    synkront: str | None = None
    klockfel: tuple[int, ...] = ()


class Bekraftad(NamedTuple):
    """An event that the ledger said is recorded."""

    handelse_id: str
    utfall: str
    position: int | None
    registrerad: int | None
    lov: bytes


class Bekraftad_bunt(NamedTuple):  # noqa: N801 - two words
    """A batch that was imported, and how many events of it were new and how many were there before."""

    nr: int
    nya: int
    fanns: int


class Nekad(NamedTuple):
    """An event that was not recorded, and by which name it was refused."""

    handelse_id: str
    fel: str


@lru_cache(maxsize=64)
def _historia(fro: int, antal: int) -> tuple[Data, ...]:
    return tuple(forslag(fro, antal))


def historia(uppdrag: Uppdrag) -> Iterator[Data]:
    """Yield what a writer sends, in order; batches hold placements only, so that no two histories share an event."""
    alla = _historia(uppdrag.fro, uppdrag.antal)
    yield from (data for data in alla if not uppdrag.per_bunt or data["samling"] == "placeringar")


def buntar(uppdrag: Uppdrag) -> Iterator[list[Data]]:
    """Yield the batches of a writer that imports."""
    alla = historia(uppdrag)
    while bunt := list(islice(alla, uppdrag.per_bunt)):
        yield bunt


def skriv(uppdrag: Uppdrag, ror: Connection) -> None:
    """Do what the order says until it is done or the process is no more."""
    if uppdrag.synkront is not None:
        sqlite.PRAGMAN = {**sqlite.PRAGMAN, "synchronous": uppdrag.synkront}
        postgres.KRAV = {}  # the server has been started with what is to be tried
    tjanster = koppla(uppdrag.databas, klocka=_Klocka(uppdrag.klockfel))
    ror.send(None)  # ready
    if uppdrag.per_bunt:
        for nr, bunt in enumerate(buntar(uppdrag)):
            ror.send(importera(tjanster, nr, bunt))
            time.sleep(uppdrag.paus)
    else:
        for data in historia(uppdrag):
            ror.send(registrera(tjanster, data))
            time.sleep(uppdrag.paus)
    tjanster.stang()


def registrera(tjanster: Tjanster, data: Data) -> Bekraftad | Nekad:
    """Record one event and return what came of it."""
    ett = tolka(data)
    try:
        return bekraftad(data["handelseId"], tjanster.registrator.registrera(ett))
    except (Regelbrott, PersistenceError) as fel:
        return Nekad(data["handelseId"], type(fel).__name__)


def bekraftad(handelse_id: str, kvitto: Kvitto) -> Bekraftad:
    """Return a receipt in the form of the account."""
    registrerad = mikrosekunder(kvitto.registrerad) if kvitto.registrerad else None
    return Bekraftad(handelse_id, kvitto.utfall.value, kvitto.position, registrerad, kvitto.lov)


def importera(tjanster: Tjanster, nr: int, bunt: list[Data]) -> Bekraftad_bunt:
    """Import a batch, without the lines that the rules refuse."""
    resultat = tjanster.importor().importera([orjson.dumps(data) for data in bunt], avvisa=lambda _: None)
    return Bekraftad_bunt(nr, resultat.nya, resultat.antal[Utfall.REDAN_REGISTRERAD])


class _Klocka:
    """The time of the machine, or as wrong as the order says."""

    def __init__(self, klockfel: tuple[int, ...]) -> None:
        self._klockfel = klockfel
        self._nr = 0

    def __call__(self) -> datetime:
        nu = datetime.now(UTC)
        if not self._klockfel:
            return nu
        self._nr += 1
        return nu + timedelta(seconds=self._klockfel[self._nr % len(self._klockfel)])
