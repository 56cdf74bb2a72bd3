"""The envelope: an event together with who sent it, where it belongs and when the ledger learnt it.

The envelope satisfies the ``eventsourcing`` library's event protocol (``originator_id``, ``originator_version``), so
that the payload in ``domain`` needs no base class of the library (ADR 0004).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, Protocol
from uuid import UUID

from domain.begrepp import Samling
from domain.handelse import Handelse, Notering, TidigareVersion


@dataclass(frozen=True, slots=True)
class Aktor:
    """Who recorded an event: a pseudonym and the role it acted in; never a name or a personal number."""

    id: str
    roll: str


OKAND_AKTOR = Aktor("okand", "registrerare")


@lru_cache(maxsize=1_000)
def delad_aktor(id_: str, roll: str) -> Aktor:
    """Return a sender; a file and a ledger have few, so their events share them."""
    return Aktor(id_, roll)


class Forslag(NamedTuple):
    """What somebody says happened, before it is decided on.

    Attributes:
        samling: collection of the stream.
        strom: the stream's id.
        handelse: the event.
        handelse_id: the sender's identity of the event: the idempotency key.
        rattar: the event it replaces or annuls.
        registrerad: original registration time; only a migration states it.
        tidigare: what was sent, if it was written in an older version of the event.
    """

    samling: Samling
    strom: UUID
    handelse: Handelse
    handelse_id: UUID
    rattar: UUID | None = None
    aktor: Aktor = OKAND_AKTOR
    kalla: str | None = None
    extern_id: str | None = None
    registrerad: datetime | None = None
    tidigare: TidigareVersion | None = None


class Nedskrift(Protocol):
    """A decided entry on its way to the ledger, as an envelope or as whoever decided on it has written it down."""

    @property
    def originator_id(self) -> UUID:
        """Return its stream."""

    @property
    def originator_version(self) -> int:
        """Return its number in the stream."""

    @property
    def position(self) -> int:
        """Return its place in the log."""

    @property
    def samling(self) -> Samling:
        """Return the collection of its stream."""

    @property
    def handelsetyp(self) -> type[Handelse]:
        """Return the type of the event."""

    @property
    def handelse(self) -> Handelse:
        """Return the event; of its free texts nothing is asked."""

    def notering(self) -> Notering:
        """Return the entry as the domain sees it."""


class Kuvert(NamedTuple):
    """A decided event with its place in its stream; ``position`` and ``registrerad`` are set by the ledger.

    Attributes:
        akt: the file it belongs to, where that is not the stream (``domain.personuppgift``).
        gallrad: whether something personal in it has been erased.
    """

    originator_id: UUID
    originator_version: int
    forslag: Forslag
    position: int = 0
    registrerad: datetime | None = None
    infort: datetime | None = None
    lov: bytes = b""
    akt: UUID | None = None
    gallrad: bool = False

    @property
    def samling(self) -> Samling:
        """Return the collection of the stream."""
        return self.forslag.samling

    @property
    def handelsetyp(self) -> type[Handelse]:
        """Return the type of the event inside."""
        return type(self.forslag.handelse)

    @property
    def handelse(self) -> Handelse:
        """Return the event inside."""
        return self.forslag.handelse

    def notering(self) -> Notering:
        """Return the entry as the domain sees it."""
        return Notering(self.position, self.forslag.handelse_id, self.forslag.handelse, self.forslag.rattar)
