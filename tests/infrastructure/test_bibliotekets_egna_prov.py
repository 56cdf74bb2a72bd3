"""The library's own conformance tests, run against our recorder on SQLite files."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from unittest import TestCase
from uuid import UUID, uuid4

from eventsourcing.persistence import ProcessRecorder
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
    ProcessRecorderTestCase,
    TrackingRecorderTestCase,
)

from infrastructure.database import oppna
from infrastructure.recorder import Recorder


class _PaFil(TestCase):
    """Makes each recorder a database file of its own."""

    def setUp(self) -> None:
        self._mapp = tempfile.TemporaryDirectory()
        self._motorer: list[Any] = []
        self.addCleanup(self._mapp.cleanup)
        super().setUp()

    def create_recorder(self) -> Any:
        motor = oppna(str(Path(self._mapp.name) / f"{uuid4()}.db"))
        self.addCleanup(motor.dispose)
        return Recorder(motor)

    def new_originator_id(self) -> UUID:
        return uuid4()


class TestLoggen(_PaFil, ApplicationRecorderTestCase[ProcessRecorder]):
    """Append, read by stream, read by position, subscribe, concurrent writers."""


class TestLaspositioner(_PaFil, TrackingRecorderTestCase):
    """How far a reader has come."""


class TestLoggenMedLaspositioner(_PaFil, ProcessRecorderTestCase):
    """Events and reading positions in one transaction."""


class TestOrdningen(_PaFil, NonInterleavingNotificationIDsBaseCase):
    """Positions of one transaction are never mixed with another's."""
