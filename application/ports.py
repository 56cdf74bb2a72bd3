"""Ports: what the application needs from the world, and the errors it gives back.

``infrastructure`` implements these; ``interfaces.bootstrap`` joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple, Protocol
from uuid import UUID

from eventsourcing.persistence import OperationalError

from application.envelope import Kuvert, Nedskrift
from application.fel import VantatFel
from application.framsteg import Skede
from domain.begrepp import Samling
from domain.fakta import Fakta
from domain.faktaspar import Faktaandring
from domain.matt.bidrag import Faktarad
from domain.matt.modell import Berakning, Urval
from domain.personuppgift import KandIdentitet

Klocka = Callable[[], datetime]
"""Returns the instant now, aware, in UTC."""


class OsakerDatabas(VantatFel):
    """The database has a setting, version or content under which the ledger refuses to open."""

    def __init__(self, installning: str, varde: str, kravs: str) -> None:
        """Say which setting, what it is and what is required."""
        super().__init__(f"Liggaren öppnas inte: {installning} är {varde}, men ska vara {kravs}.")
        self.installning = installning


class TidenGarBaklanges(VantatFel):
    """An imported registration time lies before the last one in the ledger."""

    def __init__(self, registrerad: datetime, senast: datetime) -> None:
        """Name both instants."""
        super().__init__(
            f"registrerad {registrerad.isoformat()} ligger före liggarens senaste, {senast.isoformat()}. "
            "Importera i registreringsordning."
        )


class Databasfel(VantatFel, OperationalError):
    """The database could not do what was asked, in a way that has a name."""

    mening: ClassVar[str]

    def __init__(self, orsak: str) -> None:
        """Keep what the database said, which is for the log and not for the user."""
        super().__init__(self.mening)
        self.orsak = orsak


class LiggarenUpptagen(Databasfel):
    """Somebody else held the write lock for as long as we wait."""

    mening = "Liggaren är upptagen: någon annan skriver i den. Ingenting registrerades; försök igen om en stund."


class DiskenFull(Databasfel):
    """There is no room for what was to be written; what is recorded can still be read."""

    mening = "Disken är full. Ingenting registrerades; det som redan är registrerat går att läsa."


class Diskfel(Databasfel):
    """The operating system could not read or write the database's files.

    Whether the last event is recorded is not known: its commit may have been written and only not been confirmed.
    """

    mening = (
        "Databasens filer gick inte att läsa eller skriva; se över disken och rättigheterna. Sänd händelsen igen "
        "sedan: samma handelseId registreras aldrig två gånger."
    )


class RattSaknas(Databasfel):
    """The role that the ledger is run as may not do this in the database."""

    mening = (
        "Den roll som Liggaren körs som får inte göra detta i databasen. Kör det som den roll som äger liggaren; "
        "se liggare databas roll."
    )


class DatabasenSkadad(Databasfel):
    """The database's files do not hold what it wrote there."""

    mening = (
        "Databasen är skadad. Skriv inget mer i den; pröva den med liggare verifiera och återställ en säkerhetskopia."
    )


@dataclass(frozen=True, slots=True)
class Kunskap:
    """How much of the log a question sees: everything up to ``position``, known at ``kant_den``."""

    position: int
    kant_den: datetime


@dataclass(frozen=True, slots=True)
class TystHandelse:
    """An event id that was sent and said nothing new; the id is taken all the same.

    Attributes:
        version: the stream's number of entries then.
        avtryck: keyed hash of what was sent (``Skrivning.avtryck``), to tell a repetition from another event under the
            same id; empty when the file has been erased, and then every repetition is taken for one.
        akt: the file it belongs to.
    """

    handelse_id: UUID
    strom: UUID
    version: int
    avtryck: bytes
    akt: UUID


class Inskriven(NamedTuple):
    """What the log gave an event when it was written; instants in microseconds."""

    position: int
    registrerad: int
    infort: int | None
    lov: bytes


class Tidigare(NamedTuple):
    """What the ledger already holds that bears on a proposed event.

    Attributes:
        kand: the entry under its event id; erased also where somebody it names has been forgotten.
        tyst: what is remembered of the event id if it was sent before and said nothing new.
        i_strommen: the entries of its stream, as ``Skrivning.i_strommen`` returns them.
        gallrad: whether the file that its stream is has been erased.
    """

    kand: Kuvert | None
    tyst: TystHandelse | None
    i_strommen: list[Kuvert]
    gallrad: bool


class Skrivning(Protocol):
    """An open write transaction: the only writer until it ends."""

    @property
    def senast_registrerad(self) -> datetime | None:
        """Return the last registration time in the ledger, or None if it is empty."""

    def tidigare(self, handelse_id: UUID, strom: UUID) -> Tidigare:
        """Return what the ledger already holds under an event id, and in a stream."""

    def i_strommen(self, strom: UUID) -> list[Kuvert]:
        """Return the entries of a stream, in order, with pseudonyms: as they are decided on."""

    def las_strommar(self, strommar: Iterable[UUID]) -> Mapping[UUID, list[Kuvert]]:
        """Return the entries of each stream, as ``i_strommen`` does; a stream without entries is absent."""

    def kanda(self, handelse_id: Iterable[UUID]) -> Mapping[UUID, Kuvert]:
        """Return the entries that the ledger already holds under the event ids, as ``Tidigare.kand`` is."""

    def antal(self) -> int:
        """Return the number of events, which is also the last position."""

    def tysta(self, handelse_id: Iterable[UUID]) -> Mapping[UUID, TystHandelse]:
        """Return which of the event ids were sent before and said nothing new."""

    def minns_tysta(self, nya: Sequence[TystHandelse]) -> None:
        """Remember event ids that said nothing new."""

    def avtryck(self, avtryck: bytes) -> bytes:
        """Return a hash of something personal as one that says nothing without the key ring."""

    def pseudonymer(self, identiteter: Iterable[KandIdentitet]) -> Mapping[KandIdentitet, UUID]:
        """Return the pseudonym of each identity; a new one is stored when an event that has it is.

        A new one is remembered until it has been asked for twice since: it may belong to what is written after that.
        """

    def ar_gallrad(self, akt: UUID) -> bool:
        """Return whether a file has been erased."""

    def gallrade_akter(self) -> Set[int]:
        """Return the files that have been erased, by their whole number."""

    def fyllning(self, skede: Skede) -> AbstractContextManager[None]:
        """Write many events within a block; if the ledger is empty, what only serves questions is made last.

        ``skede`` is told when that is done.
        """

    def samla_statistik(self) -> None:
        """Let the database see how much it holds now, after many rows at once: it plans its answers by that."""

    def skriv(self, kuvert: Sequence[Nedskrift], andringar: Sequence[Faktaandring], nu: datetime) -> list[Inskriven]:
        """Append decided events with the changes of facts they bring; return what the log gave each.

        ``nu`` is when they were decided on: the time they are registered, unless they state another.
        """


@dataclass(frozen=True, slots=True)
class Handelsehuvud:
    """What the log says of an event beside its content: nothing personal.

    Attributes:
        datum: day number it took effect.
        rattar: the event it replaces or annuls.
    """

    position: int
    samling: str
    strom: UUID
    typ: str
    datum: int
    registrerad: datetime
    handelse_id: UUID
    aktor: str
    roll: str
    rattar: UUID | None


class Loggurval(NamedTuple):
    """Which entries of the log are read: those of some collections, of some types (none named: all), up to a position.

    Attributes:
        till: last position; None: the log's.
    """

    samlingar: frozenset[Samling] = frozenset()
    typer: frozenset[str] = frozenset()
    till: int | None = None


ALLT = Loggurval()


class Huvudbok(Protocol):
    """The log: append in a transaction, read by stream or by position."""

    def skrivning(self) -> AbstractContextManager[Skrivning]:
        """Begin the one write transaction; it commits when the block ends without an exception."""

    def las_strom(self, strom: UUID, till_position: int | None = None) -> list[Kuvert]:
        """Return the entries of a stream, in order, with the identities that pseudonyms stand for."""

    def strommar(self, samling: Samling, position: int) -> list[UUID]:
        """Return the streams of a collection that had begun at a position, in the order they began."""

    def begynnelser(self, samling: Samling, efter: int, till: int, antal: int) -> list[Handelsehuvud]:
        """Return the first events of a collection's streams between two positions (the later included), in log order.

        At most so many.
        """

    def las_logg(self, efter: int, antal: int, urval: Loggurval = ALLT) -> list[Kuvert]:
        """Return at most so many entries after a position, in log order, as ``las_strom`` does."""

    def registrerad(self, position: int) -> datetime:
        """Return when the event at a position was registered."""

    def kunskap(self, kant_den: datetime | None) -> Kunskap:
        """Resolve a moment of knowledge to a position.

        Without a moment it is the last registration: not the clock's now, since a transaction that is being written
        may have registered its events before now and commit them after the answer.
        """

    def antal(self) -> int:
        """Return the number of events, which is also the last position."""


class Faktalasare(Protocol):
    """Answers calculations on facts."""

    def rakna(self, berakning: Berakning, position: int) -> Mapping[tuple[Any, ...], Fraction]:
        """Return the value per group, as known at a position; one SQL statement."""


class Faktaoppning(Faktalasare, Protocol):
    """Answers calculations on facts, and opens them down to facts and events."""

    def rader(
        self, berakning: Berakning, grupp: tuple[Any, ...], position: int, sedan: int | None = None
    ) -> list[Faktarad]:
        """Return the facts that a group of a calculation's answer was counted from, as known at a position.

        Given an earlier position, those that were known at some time since then too.
        """

    def antal(self, berakning: Berakning, position: int) -> int:
        """Return how many facts a calculation counts, as known at a position."""

    def handelsehuvuden(self, positioner: Iterable[int]) -> Mapping[int, Handelsehuvud]:
        """Return what the log says of events without opening what is in them."""


REGISTRERAD = "registrerad"
"""The column of when a fact became known, in microseconds since 1970."""


class Faktahistorik(Protocol):
    """Reads whole columns of facts, those no longer known too, for what is worked out beside the database."""

    def kolumner(
        self, form: type[Fakta], kolumner: Sequence[str], urval: Urval, position: int
    ) -> Sequence[tuple[Any, ...]]:
        """Return columns of every fact that had become known at a position, whether or not it still was.

        Beside the fields of the shape there are ``strom``, ``kand_fran``, ``kand_till`` and ``REGISTRERAD``, when it
        became known. In no particular order.
        """

    def planerade_slut(self, positioner: Iterable[int]) -> Mapping[int, int]:
        """Return the planned last day (its number) that the events at some positions state; absent where none does."""
