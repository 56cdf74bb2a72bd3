"""The one connection that writes: a process's writers have it in turn.

There is one writer at a time anyway. Who waits here is woken when the one before is done, while a database lets its
waiters sleep and ask again; and to take a connection from the pool for every event costs as much as to decide on it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, RootTransaction, event, exc

from application.ports import LiggarenUpptagen

_LANGSTA_VANTAN = 3
"""Seconds that a writer waits for another writer of this process; SQLite waits as long for another process."""


class Skrivplats:
    """Where one at a time writes to a database."""

    def __init__(self, motor: Engine) -> None:
        """Use an engine; when it is disposed of, the connection is closed."""
        self._motor = motor.execution_options(liggare_skriv=True)
        self._las = threading.Lock()
        self._skrivare: Connection | None = None
        event.listen(motor, "engine_disposed", self._stang)

    @contextmanager
    def transaktion(self) -> Iterator[Connection]:
        """Begin a transaction that holds the write lock; commit when the block ends without an exception.

        Raises:
            LiggarenUpptagen: another writer of this process held the place for as long as we wait.
        """
        if not self._las.acquire(timeout=_LANGSTA_VANTAN):
            msg = f"another writer of the process has been at it for {_LANGSTA_VANTAN} seconds"
            raise LiggarenUpptagen(msg)
        try:
            with self._borja() as transaktion:
                yield transaktion.connection
        except BaseException:
            # It may be the connection that failed.
            self._slapp()
            raise
        finally:
            self._las.release()

    def _borja(self) -> RootTransaction:
        """Begin on the kept connection, or on a new one if it was lost while nobody wrote: then nothing is undone."""
        if self._skrivare is not None:
            try:
                return self._skrivare.begin()
            except exc.DBAPIError as fel:
                if not fel.connection_invalidated:
                    raise
                self._slapp()
        self._skrivare = self._motor.connect()
        return self._skrivare.begin()

    def _slapp(self) -> None:
        """Give the connection back to the pool."""
        skrivare, self._skrivare = self._skrivare, None
        if skrivare is not None:
            skrivare.close()

    def _stang(self, _: Engine) -> None:
        """Close the connection; the engine closes those that are in its pool."""
        if self._skrivare is not None:
            self._skrivare.detach()
        self._slapp()
