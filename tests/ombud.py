"""A go-between in front of a PostgreSQL server, which loses what it is told to lose."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from tests.postgres import Postgresserver

_UTTAG = ".s.PGSQL.5432"
_COMMIT = b"COMMIT\0"
"""How the statement ends in a message; ``READ COMMITTED`` is something else."""


class Forlust(Enum):
    """What is lost, with the connection, the next time somebody commits."""

    SVARET = "svaret"
    """The server has committed; its answer never arrives."""
    BEGARAN = "begaran"
    """The server never hears of it."""


class Ombud:
    """Passes every connection on to a server."""

    def __init__(self, server: Postgresserver, mapp: Path) -> None:
        self._mal = str(server.mapp / _UTTAG)
        self._mapp = mapp
        self.nasta: Forlust | None = None
        self.forlorade = 0
        self._lyssnar = socket.socket(socket.AF_UNIX)
        self._lyssnar.bind(str(mapp / _UTTAG))
        self._lyssnar.listen()
        self._tradar = [self._i_en_trad(self._ta_emot)]

    def adress(self, direkt: str) -> str:
        """Return the address of a database by way of the go-between."""
        return f"{direkt.partition('?')[0]}?host={quote(str(self._mapp))}"

    def stang(self) -> None:
        """Take no more connections, and wait until those that are have ended."""
        self._lyssnar.shutdown(socket.SHUT_RDWR)
        for trad in self._tradar:
            trad.join(10)
        self._lyssnar.close()

    @staticmethod
    def _i_en_trad(gor: Callable[..., None], *argument: object) -> threading.Thread:
        trad = threading.Thread(target=gor, args=argument, daemon=True)
        trad.start()
        return trad

    def _ta_emot(self) -> None:
        with suppress(OSError):
            while True:
                klient, _ = self._lyssnar.accept()
                self._tradar.append(self._i_en_trad(self._formedla, klient))

    def _formedla(self, klient: socket.socket) -> None:
        """Pass on what both sides say until one of them hangs up, or something is to be lost."""
        with klient, socket.socket(socket.AF_UNIX) as server, suppress(OSError):
            server.connect(self._mal)
            while True:
                sager, _, _ = select.select([klient, server], [], [])
                for ett in sager:
                    data = ett.recv(65536)
                    if not data:
                        return
                    if ett is klient and self.nasta is not None and _COMMIT in data:
                        self._forlora(data, server)
                        return
                    (server if ett is klient else klient).sendall(data)

    def _forlora(self, data: bytes, server: socket.socket) -> None:
        vad, self.nasta = self.nasta, None
        if vad is Forlust.SVARET:
            server.sendall(data)
            assert server.recv(65536)
        self.forlorade += 1


@contextmanager
def ombud(server: Postgresserver, mapp: Path) -> Iterator[Ombud]:
    """Yield a go-between with its socket in a folder."""
    ett = Ombud(server, mapp)
    try:
        yield ett
    finally:
        ett.stang()
