"""The same work done by the ``eventsourcing`` library as it comes: its projection runner, recorder and aggregates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import ApplicationRecorder, StoredEvent, Tracking
from eventsourcing.projection import BaseProjectionRunner, Projection
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore
from sqlalchemy import Engine

from application.envelope import Kuvert
from application.ledger import Liggaren
from application.strom import Strom
from domain.fakta import Identitet
from infrastructure.database import oppna
from infrastructure.keyring import Nyckelring
from infrastructure.mapper import LASTA, Kuvertmappare, LagradHandelse
from infrastructure.nyckelprov import las_ringen
from infrastructure.recorder import Recorder
from infrastructure.tables import handelser

I_PROJEKTIONEN = 1_000
"""Events that the library's runner is given: it takes hundreds of times as long for each."""


class Faktaprojektion(Projection[Recorder]):
    """Turns each event of the log to fact rows and commits them with the reading position, event by event."""

    name = "fakta"

    def __init__(self, view: Recorder) -> None:
        """Begin with no streams."""
        super().__init__(view)
        self._strommar: dict[UUID, Strom] = {}

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Work out what one event changes and write it."""
        assert isinstance(domain_event, Kuvert)
        strom = self._strommar.get(domain_event.originator_id)
        if strom is None:
            strom = Strom(domain_event.forslag.samling, domain_event.originator_id)
            self._strommar[strom.id] = strom
        andring = strom.anteckna(domain_event.notering())
        with self.view.transaktion():
            self.view.faktaskrivare().andra([(Identitet(strom.id.hex), domain_event.position, andring)])
            self.view.insert_tracking(tracking)


class _Notis(LagradHandelse):
    """A row of the log as a notification; the library's own has no room for the columns our mapper reads."""

    @property
    def id(self) -> int:
        return self.position


class _Logg(Recorder):
    """Our log as the runner reads it: up to a position, then nothing more."""

    def __init__(self, motor: Engine, antal: int, ring: Nyckelring) -> None:
        super().__init__(motor, ring=ring)
        self._antal = antal

    def select_notifications(self, start: int | None, limit: int, *_: Any, **__: Any) -> Any:
        position = handelser.c.position
        fraga = LASTA.where(position > (start or 0), position <= self._antal)
        with self.lasning() as forbindelse:
            return [_Notis.av_rad(rad, self.ring) for rad in forbindelse.execute(fraga.order_by(position).limit(limit))]


def kor_projektion(logg: str, vy: str, antal: int, nyckelfil: Path | None = None) -> None:
    """Let the library's runner follow the first events of a log, into a view of its own; it opens all that is sealed.

    Args:
        logg: the ledger that is followed.
        vy: where the facts are written.
        antal: how many events.
        nyckelfil: the key ring of the ledger, if it is not beside it.
    """
    loggmotor, vymotor = oppna(logg), oppna(vy)
    ring, _ = las_ringen(loggmotor, nyckelfil)
    recorder, vyn = _Logg(loggmotor, antal, ring), Recorder(vymotor)

    class Foljd(Liggaren):
        def __init__(self, _: Any = None) -> None:
            super().__init__(Kuvertmappare(), recorder)

    with BaseProjectionRunner(
        projection=Faktaprojektion(vyn), application_class=Foljd, tracking_recorder=vyn, topics=()
    ) as foljare:
        foljare.wait(antal, timeout=120)
    loggmotor.dispose()
    vymotor.dispose()


def bibliotekets_recorder(fil: str) -> Callable[[bytes], object]:
    """Return a function that appends one event through the library's own SQLite recorder."""
    lagring = SQLiteDatastore(fil)
    recorder = SQLiteApplicationRecorder(lagring)
    recorder.create_table()
    return sparare(recorder)


def sparare(recorder: ApplicationRecorder) -> Callable[[bytes], object]:
    """Return a function that appends one event, the first of a new stream."""
    return lambda innehall: recorder.insert_events([StoredEvent(uuid4(), 1, "placering.paborjad", innehall)])


class _Anteckningar(Aggregate):
    """The library's least aggregate: it keeps what it is told."""

    @event("Borjade")
    def __init__(self, strom: UUID, innehall: str) -> None:
        self.strom = strom
        self.innehall = [innehall]

    @staticmethod
    def create_id(strom: UUID) -> UUID:
        return strom

    @event("Fortsatte")
    def fortsatt(self, innehall: str) -> None:
        self.innehall.append(innehall)


class Biblioteksaggregat:
    """The library's application on its SQLite recorder, with nothing to decide, no other key and no facts."""

    def __init__(self, fil: str) -> None:
        """Use a file that no database has yet."""
        self._app: Application[UUID] = Application({"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": fil})

    def borja(self, strom: UUID, innehall: str) -> None:
        """Save an aggregate with one event."""
        self._app.save(_Anteckningar(strom, innehall))

    def fortsatt(self, strom: UUID, innehall: str) -> None:
        """Open an aggregate and save one event more."""
        ett = self.oppna(strom)
        ett.fortsatt(innehall)
        self._app.save(ett)

    def oppna(self, strom: UUID) -> _Anteckningar:
        """Read an aggregate."""
        ett: _Anteckningar = self._app.repository.get(strom)
        return ett
