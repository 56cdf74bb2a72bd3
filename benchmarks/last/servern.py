"""The databases of a run, each with the past of a municipality, and the server: the product's own, with its guard."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import NamedTuple
from uuid import UUID

import psutil

from application.tolkning import tolka
from benchmarks.data import historia
from benchmarks.last.begaran import Vistelser
from domain.begrepp import Samling
from interfaces.bootstrap import koppla
from interfaces.http.behorighet.utgivare import se_till_att_nyckeln_finns, utge_token, utvecklingsfil
from tests.databaser import kopiera
from tests.postgres import egen_server

_ROT = Path(__file__).resolve().parents[2]
_VARM = 200
"""Events that are recorded before anything is timed."""
_STROMMAR = 2_000
"""Stays that are read."""


class Plats(NamedTuple):
    """Two equal ledgers with the past of a municipality: one for the server, one for the bare ledger."""

    databas: str
    annan: str
    nyckelfil: Path | None
    annans_nyckelfil: Path | None


@contextmanager
def i_sqlite() -> Iterator[Plats]:
    """Yield ledgers in files."""
    with tempfile.TemporaryDirectory() as mapp:
        fil, annan = Path(mapp) / "liggare.db", Path(mapp) / "annan.db"
        _fyll(str(fil), None)
        kopiera(fil, annan)
        yield Plats(str(fil), str(annan), None, None)


@contextmanager
def i_postgresql() -> Iterator[Plats]:
    """Yield ledgers on a server of our own that is thrown away; its files are on disk and it is durable."""
    with egen_server(Path(tempfile.gettempdir())) as server:
        server.skapa_databas("historia", "mall")
        _fyll(server.adress("historia"), server.nyckelfil)
        for namn in ("liggaren", "annan"):
            server.skapa_databas(namn, "historia")
        with server.forbindelse("liggaren") as forbindelse:
            forbindelse.execute("VACUUM ANALYZE")
        yield Plats(server.adress("liggaren"), server.adress("annan"), server.nyckelfil, server.nyckelfil)


def _fyll(databas: str, nyckelfil: Path | None) -> None:
    tjanster = koppla(databas, nyckelfil=nyckelfil)
    tjanster.importor().importera(historia(1))
    tjanster.stang()


def strommar(plats: Plats) -> list[UUID]:
    """Return some stays that there are."""
    tjanster = koppla(plats.annan, nyckelfil=plats.annans_nyckelfil)
    alla = tjanster.huvudbok.strommar(Samling.PLACERINGAR, tjanster.huvudbok.antal())
    tjanster.stang()
    return alla[-_STROMMAR:]


def bar_takt(plats: Plats, sekunder: float, fro: int) -> tuple[float, float]:
    """Return the events per second that the ledger records without HTTP, and the milliseconds of CPU each takes."""
    tjanster, vistelser = koppla(plats.annan, nyckelfil=plats.annans_nyckelfil), Vistelser(fro)

    antal, tog, cpu = -_VARM, 0.0, 0.0
    while tog < sekunder:
        strom, _, handelse = vistelser.nasta()
        forslag = tolka({**handelse, "samling": "placeringar", "id": str(strom)})
        borjan, fore = perf_counter(), process_time()
        tjanster.registrator.registrera(forslag)
        if antal >= 0:
            tog, cpu = tog + perf_counter() - borjan, cpu + process_time() - fore
        antal += 1
    tjanster.stang()
    return antal / tog, cpu / antal * 1000


class Server(NamedTuple):
    """A running server, and how a token for it is got."""

    port: int
    process: psutil.Process
    token: Callable[..., str]


@contextmanager
def server(plats: Plats) -> Iterator[Server]:
    """Start the product's server with its development issuer."""
    with ExitStack() as stad:
        mapp = Path(stad.enter_context(tempfile.TemporaryDirectory()))
        logg = stad.enter_context((mapp / "logg").open("wb"))
        with socket.socket() as uttag:
            uttag.bind(("127.0.0.1", 0))
            port = uttag.getsockname()[1]
        miljo = {namn: varde for namn, varde in os.environ.items() if not namn.startswith("LIGGARE_")}
        miljo |= {"PYTHONPATH": str(_ROT)} | ({"LIGGARE_NYCKEL": str(plats.nyckelfil)} if plats.nyckelfil else {})
        argument = ("starta", "--utveckling", "--databas", plats.databas, "--port", str(port))
        program = "from interfaces.cli.main import huvud; huvud()"
        process = subprocess.Popen([sys.executable, "-c", program, *argument], cwd=mapp, env=miljo, stderr=logg)
        stad.callback(_stanna, process)
        _vanta_pa(port, process)
        nyckel = mapp / utvecklingsfil(plats.databas)

        def token(roll: str, syfte: str, enhet: str | None = None) -> str:
            se_till_att_nyckeln_finns(nyckel)
            nu = datetime.now(UTC)
            return utge_token(nyckel, nu, subjekt="last", roll=roll, syfte=syfte, enheter=[enhet] if enhet else ())

        yield Server(port, psutil.Process(process.pid), token)


def _vanta_pa(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            sleep(0.05)
        else:
            return
    msg = "the server did not start"
    raise RuntimeError(msg)


def _stanna(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(60)
