"""The library's own conformance tests, run against our recorder on both databases."""

from __future__ import annotations

import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import TestCase
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import ProcessRecorder
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
    ProcessRecorderTestCase,
    TrackingRecorderTestCase,
)

from infrastructure.database import oppna
from infrastructure.recorder import Recorder
from tests.postgres import Postgresserver


class _Prov(TestCase):
    """Makes each recorder a database of its own; the library's cases decide how many they want."""

    def setUp(self) -> None:
        self._stada = ExitStack()
        self.addCleanup(self._stada.close)
        super().setUp()

    def create_recorder(self) -> Any:
        motor = oppna(self.ny_databas())
        self._stada.callback(motor.dispose)
        self._stada.callback(_vanta_in_andra, set(threading.enumerate()))
        return Recorder(motor)

    def ny_databas(self) -> str:
        raise NotImplementedError

    def new_originator_id(self) -> UUID:
        return uuid4()


def _vanta_in_andra(tidigare: set[threading.Thread]) -> None:
    """Wait for the threads that some cases leave to finish by themselves."""
    for trad in set(threading.enumerate()) - tidigare:
        trad.join(10)


class _Sqlite(_Prov):
    def ny_databas(self) -> str:
        mapp = self._stada.enter_context(tempfile.TemporaryDirectory())
        return str(Path(mapp) / "liggare.db")


class _Postgres(_Prov):
    @pytest.fixture(autouse=True)
    def _servern(self, postgresserver: Postgresserver) -> None:
        self._server = postgresserver

    def ny_databas(self) -> str:
        return self._server.adress(self._stada.enter_context(self._server.ny_databas()))


# Append, read by stream, read by position, subscribe, concurrent writers.


class TestLoggenISqlite(_Sqlite, ApplicationRecorderTestCase[ProcessRecorder]):
    """The log."""


class TestLoggenIPostgres(_Postgres, ApplicationRecorderTestCase[ProcessRecorder]):
    """The log."""


class TestLaspositionerISqlite(_Sqlite, TrackingRecorderTestCase):
    """How far a reader has come."""


class TestLaspositionerIPostgres(_Postgres, TrackingRecorderTestCase):
    """How far a reader has come."""


class TestLoggenMedLaspositionerISqlite(_Sqlite, ProcessRecorderTestCase):
    """Events and reading positions in one transaction."""


class TestLoggenMedLaspositionerIPostgres(_Postgres, ProcessRecorderTestCase):
    """Events and reading positions in one transaction."""


class TestOrdningenISqlite(_Sqlite, NonInterleavingNotificationIDsBaseCase):
    """Positions of one transaction are never mixed with another's."""


class TestOrdningenIPostgres(_Postgres, NonInterleavingNotificationIDsBaseCase):
    """Positions of one transaction are never mixed with another's."""
