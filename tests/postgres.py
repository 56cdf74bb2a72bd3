"""A PostgreSQL server of one's own: made in a folder that is thrown away, reached through a socket in it only.

The server refuses to run as root, so it is started as another user where the tests are run as root. ``python -m
tests.postgres`` (``make pg``) keeps one running until it is interrupted.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import sleep, time
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import psycopg

from infrastructure.database import oppna

_SAKNAS = (
    "PostgreSQL saknas på den här datorn: initdb finns varken i PG_BIN, i PATH eller i /usr/lib/postgresql. "
    "Kör make postgres, eller installera PostgreSQL 14 eller senare och peka ut programmen med PG_BIN."
)
_PR_SET_PDEATHSIG = 1
_BARA_KLIENTEN = re.compile(r"\\(un)?restrict ")
_AGARE = "liggare"
_NAMN = "liggare-pg-"
_I_MINNET = Path("/dev/shm")


class PostgresSaknas(Exception):
    """There are no programs to run a server with."""

    def __init__(self) -> None:
        super().__init__(_SAKNAS)


def programmen() -> Path:
    """Return the folder of the server's programs: ``PG_BIN``, the newest that Debian has installed, or that of PATH.

    Debian's are asked for before PATH, where wrappers may stand.
    """
    debians = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda mapp: float(mapp.parent.name))
    pa_vagen = shutil.which("initdb")
    mojliga = [os.environ.get("PG_BIN"), *reversed(debians), pa_vagen and Path(pa_vagen).resolve().parent]
    for mapp in mojliga:
        if mapp and (Path(mapp) / "initdb").exists() and (Path(mapp) / "postgres").exists():
            return Path(mapp)
    raise PostgresSaknas


class Postgresserver:
    """A running server; the databases in it belong to the role ``liggare``, who is not a superuser."""

    def __init__(self, mapp: Path, installningar: Mapping[str, str] | None = None) -> None:
        """Prepare a server in an empty folder; ``installningar`` are settings beside the safe ones."""
        self.mapp = mapp
        self._installningar = dict(installningar or {})
        self._bin = programmen()
        self._anvandare = _nagon_annan_an_root()
        self._nummer = count(1)
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.skapa()
        self.starta()
        with self.forbindelse() as forbindelse:
            forbindelse.execute(f"CREATE ROLE {_AGARE} LOGIN CREATEDB CREATEROLE")
        self.skapa_databas("mall")
        oppna(self.adress("mall")).dispose()
        return self

    def __exit__(self, typ: type[BaseException] | None, fel: BaseException | None, spar: TracebackType | None) -> None:
        self.stoppa()

    def skapa(self) -> None:
        """Lay out the server's files, with checksums on every page."""
        if self._anvandare is not None:
            os.chown(self.mapp, self._anvandare.pw_uid, self._anvandare.pw_gid)
        self.kor(
            "initdb", "-D", str(self.data), "-k", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )

    def starta(self) -> None:
        """Start the server and wait until it answers; it stops when this process does, however that ends."""
        val = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.mapp),
            "dynamic_shared_memory_type": "mmap",  # in the folder too
            **self._installningar,
        }
        tillagg = [del_ for namn, varde in val.items() for del_ in ("-c", f"{namn}={varde}")]
        with (self.mapp / "logg").open("ab") as logg:
            self.process = subprocess.Popen(
                [str(self._bin / "postgres"), "-D", str(self.data), *tillagg],
                stdout=logg, stderr=logg, stdin=subprocess.DEVNULL, start_new_session=True,
                preexec_fn=_do_med_foraldern, **self._som(),  # noqa: PLW1509 - one call, and before any thread of ours
            )  # fmt: skip
        self._vanta()

    def stoppa(self, hur: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: politely but at once, or as the signal says."""
        if self.process is not None:
            self.process.send_signal(hur)
            self.process.wait(60)
            self.process = None

    @property
    def nyckelfil(self) -> Path:
        """Return the key ring of the ledgers in the server, as ``LIGGARE_NYCKEL`` has it."""
        return self.mapp / "liggare.nyckel"

    @property
    def data(self) -> Path:
        """Return the folder of the server's files."""
        return self.mapp / "data"

    def adress(self, databas: str, roll: str = _AGARE) -> str:
        """Return the address of a database as a role sees it, as ``LIGGARE_DATABAS`` has it."""
        return f"postgresql://{roll}@/{databas}?host={quote(str(self.mapp))}"

    def forbindelse(self, databas: str = "postgres", roll: str = "postgres") -> psycopg.Connection[Any]:
        """Return a connection of its own, by default the superuser's; every statement is a transaction."""
        return psycopg.connect(self.adress(databas, roll), autocommit=True)

    def skapa_databas(self, namn: str, mall: str = "template0") -> None:
        """Make a database like another one."""
        with self.forbindelse() as forbindelse:
            forbindelse.execute(f'CREATE DATABASE "{namn}" TEMPLATE "{mall}" OWNER {_AGARE}')

    @contextmanager
    def ny_databas(self) -> Iterator[str]:
        """Yield the name of a database with an empty ledger; it is dropped afterwards, whoever still uses it."""
        namn = f"prov_{next(self._nummer)}"
        self.skapa_databas(namn, "mall")
        try:
            yield namn
        finally:
            if self.process is not None:
                with self.forbindelse() as forbindelse:
                    forbindelse.execute(f'DROP DATABASE "{namn}" WITH (FORCE)')

    def _vanta(self) -> None:
        assert self.process is not None
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                self.forbindelse().close()
            except psycopg.OperationalError:
                # Neither there yet nor broken: asked again in a moment.
                sleep(0.05)
            else:
                return
        raise RuntimeError((self.mapp / "logg").read_text(errors="replace"))

    def kor(self, program: str, *argument: str, indata: str | None = None) -> str:
        """Run one of the server's programs to its end, as the user who owns the server; return what it printed."""
        svar = subprocess.run(
            [str(self._bin / program), *argument],
            input=indata, capture_output=True, text=True, cwd="/", **self._som(), check=False,
        )  # fmt: skip
        if svar.returncode:
            raise RuntimeError(f"{program}: {svar.stdout}{svar.stderr}")
        return str(svar.stdout)

    def dumpa(self, databas: str) -> bytes:
        """Return everything in a database as statements that make it again."""
        satser = self.kor("pg_dump", *self._anslutning(databas), "--no-owner", "--no-privileges")
        # What only the client of the same release understands is left out.
        return "".join(rad for rad in satser.splitlines(keepends=True) if not _BARA_KLIENTEN.match(rad)).encode()

    def las_in(self, databas: str, satser: bytes) -> None:
        """Make again what was dumped, in an empty database."""
        stopp = "--set=ON_ERROR_STOP=1"
        self.kor("psql", *self._anslutning(databas), "--quiet", stopp, indata=satser.decode())

    def _anslutning(self, databas: str) -> tuple[str, ...]:
        return ("-h", str(self.mapp), "-U", _AGARE, "-d", databas)

    def _som(self) -> dict[str, Any]:
        """Return the arguments that run a program as the user who owns the server."""
        if self._anvandare is None:
            return {}
        return {"user": self._anvandare.pw_uid, "group": self._anvandare.pw_gid, "extra_groups": ()}


@contextmanager
def egen_server(mapp: Path | None = None, **installningar: str) -> Iterator[Postgresserver]:
    """Yield a running server in a folder of its own under ``mapp``; in memory if nothing is said and it can be."""
    if mapp is None and _I_MINNET.is_dir():
        mapp = _I_MINNET
        _stada_efter_avbrutna(mapp)
    with (
        tempfile.TemporaryDirectory(prefix=_NAMN, dir=mapp) as egen,
        Postgresserver(Path(egen), installningar) as server,
    ):
        yield server


def _stada_efter_avbrutna(mapp: Path) -> None:
    """Remove what runs that were killed have left: folders that are an hour old and have no server."""
    for rest in mapp.glob(f"{_NAMN}*"):
        if not (rest / "data" / "postmaster.pid").exists() and time() - rest.stat().st_mtime > 3600:
            shutil.rmtree(rest, ignore_errors=True)


def _nagon_annan_an_root() -> pwd.struct_passwd | None:
    if os.getuid() != 0:
        return None
    for namn in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(namn)
        except KeyError:
            continue
    msg = "Det finns varken någon användare postgres eller nobody att köra servern som."
    raise RuntimeError(msg)


def _do_med_foraldern() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _huvud() -> None:
    """Keep a server running until interrupted."""
    try:
        with egen_server() as server:
            server.skapa_databas("liggare", "mall")
            sys.stdout.write(
                "# En PostgreSQL-server att prova mot; allt i den försvinner när den stoppas (Ctrl-C).\n"
                f"export LIGGARE_DATABAS='{server.adress('liggare')}'\n"
                f"export LIGGARE_NYCKEL='{server.nyckelfil}'\n"
            )
            sys.stdout.flush()
            signal.sigwait({signal.SIGINT, signal.SIGTERM})
    except PostgresSaknas as fel:
        sys.exit(str(fel))


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    _huvud()
