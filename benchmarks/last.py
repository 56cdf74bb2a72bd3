"""Load through HTTP beside the bare ledger: ``python -m benchmarks.last`` (``make last``).

A server in a process of its own, eight clients in another, each with a connection that it keeps. The bare ledger
records the same kind of events one after another in one process. Everything runs on the same machine, so the clients'
work is paid from the same cores: ratios within a run, not times, are what can be compared between machines.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time, sleep
from typing import Any, NamedTuple
from uuid import uuid4

import psutil

from application.tolkning import tolka
from interfaces.bootstrap import koppla

KLIENTER = 8
_VARM = 200
"""Requests that are sent before anything is timed."""
_MATT = "/v1/matt/vardygn?fran=2019-01-01&till=2019-12-31&gruppera=manad,malgrupp&gallerDen=2019-12-31"
_SERVER = """
import sys
from pathlib import Path
from interfaces.bootstrap import koppla
from interfaces.http.server import kor
from tests.interfaces.http_klient import OppenVakt
kor(koppla(sys.argv[1], nyckelfil=Path(sys.argv[3])), OppenVakt(), port=int(sys.argv[2]))
"""


def handelse() -> dict[str, Any]:
    """Return an event that begins a stay; identities are new, so it makes a person and a file too."""
    return {
        "typ": "placering.paborjad", "handelseId": str(uuid4()), "datum": "2019-01-01", "kommun": "0000",
        "arendeId": str(uuid4()), "personId": str(uuid4()), "malgrupp": "unga", "kon": "kvinna", "fodelsear": 2004,
        "insatsform": "hvb", "regi": "extern", "lagrum": "SoL", "avtalsform": "ramavtal",
        "pris": {"sort": "dygn", "belopp": "1000.00"},
    }  # fmt: skip


def bar_takt(databas: str, nyckelfil: Path, sekunder: float) -> tuple[float, float]:
    """Return the events per second that the ledger records without HTTP, and the milliseconds of CPU each takes."""
    tjanster = koppla(databas, nyckelfil=nyckelfil)
    forslag = [tolka({**handelse(), "samling": "placeringar", "id": str(uuid4())}) for _ in range(20_000)]
    for ett in forslag[:_VARM]:
        tjanster.registrator.registrera(ett)
    borjan, cpu, antal = perf_counter(), process_time(), 0
    for ett in forslag[_VARM:]:
        tjanster.registrator.registrera(ett)
        antal += 1
        if perf_counter() - borjan > sekunder:
            break
    takt = antal / (perf_counter() - borjan)
    cpu = (process_time() - cpu) / antal * 1000
    tjanster.stang()
    return takt, cpu


@contextmanager
def server(databas: str, nyckelfil: Path) -> Iterator[tuple[int, psutil.Process]]:
    """Run a server and yield its port and process."""
    with socket.socket() as uttag:
        uttag.bind(("127.0.0.1", 0))
        port = uttag.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", _SERVER, databas, str(port), str(nyckelfil)])
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                sleep(0.05)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(60)


class Klient:
    """A connection that is kept, with as little work per request as can be."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self._uttag = socket.create_connection(("127.0.0.1", port))
        self._uttag.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def fraga(self, begaran: bytes) -> int:
        """Send a request, read its whole answer and return the status."""
        self._uttag.sendall(begaran)
        svar = b""
        while b"\r\n\r\n" not in svar:
            svar += self._uttag.recv(65536)
        huvud, _, kropp = svar.partition(b"\r\n\r\n")
        kvar = int(huvud.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]) - len(kropp)
        while kvar > 0:
            kvar -= len(self._uttag.recv(65536))
        return int(huvud[9:12])


def registrering() -> bytes:
    """Return a request that begins a stream."""
    kropp = json.dumps(handelse()).encode()
    return (
        f"POST /v1/placeringar/{uuid4()}/handelser HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"If-None-Match: *\r\nContent-Length: {len(kropp)}\r\n\r\n"
    ).encode() + kropp


def matt() -> bytes:
    """Return a request for a measure over a year, split by month and target group."""
    return f"GET {_MATT} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


class Matning(NamedTuple):
    """What clients met: answers per second, and times in milliseconds; ``cpu`` is the server's own time per answer.

    On a machine that others use too, only the last of them says something about the server.
    """

    takt: float
    median: float
    p95: float
    p99: float
    fel: int
    cpu: float = 0.0


def belasta(port: int, arbete: Sequence[tuple[Callable[[], bytes], int]], sekunder: float) -> list[Matning]:
    """Let so many clients per kind of request go on for a time, and return what each kind met."""
    tider: list[list[float]] = [[] for _ in arbete]
    fel = [0] * len(arbete)
    slut = perf_counter() + sekunder

    def en(nr: int, begaran: Callable[[], bytes]) -> None:
        klient = Klient(port)
        while perf_counter() < slut:
            sand = begaran()
            borjan = perf_counter()
            status = klient.fraga(sand)
            tider[nr].append(perf_counter() - borjan)
            fel[nr] += status not in (200, 201)

    tradar = [threading.Thread(target=en, args=(nr, b)) for nr, (b, antal) in enumerate(arbete) for _ in range(antal)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    return [_sammanfatta(ett, antal_fel, sekunder) for ett, antal_fel in zip(tider, fel, strict=True)]


def _sammanfatta(tider: list[float], fel: int, sekunder: float) -> Matning:
    hundradelar = quantiles(tider, n=100) if len(tider) > 1 else [0.0] * 99
    median, p95, p99 = (hundradelar[nr - 1] * 1000 for nr in (50, 95, 99))
    return Matning(len(tider) / sekunder, median, p95, p99, fel)


def _med_cpu(
    process: psutil.Process, port: int, begaran: Callable[[], bytes], klienter: int, sekunder: float
) -> Matning:
    fore = process.cpu_times()
    (matning,) = belasta(port, [(begaran, klienter)], sekunder)
    efter = process.cpu_times()
    cpu = efter.user + efter.system - fore.user - fore.system
    return matning._replace(cpu=cpu / (matning.takt * sekunder) * 1000)


def mat(databas: str, nyckelfil: Path, annan: str, sekunder: float) -> dict[str, Any]:
    """Measure a database: the bare ledger in another one, then the server in this one."""
    bar, bar_cpu = bar_takt(annan, nyckelfil.with_name("annan.nyckel"), sekunder)
    with server(databas, nyckelfil) as (port, process):
        belasta(port, [(registrering, KLIENTER)], min(2.0, sekunder))
        skriver = _med_cpu(process, port, registrering, KLIENTER, sekunder)
        minne = [process.memory_info().rss]
        fragar = _med_cpu(process, port, matt, 1, sekunder)
        blandat = belasta(port, [(registrering, KLIENTER - 2), (matt, 2)], sekunder)
        minne.append(process.memory_info().rss)
    return {
        "barTakt": round(bar), "barCpu": round(bar_cpu, 3), "registrering": skriver._asdict(),
        "andel": round(skriver.takt / bar, 2),
        "matt": fragar._asdict(), "blandat": {"registrering": blandat[0]._asdict(), "matt": blandat[1]._asdict()},
        "minneMiB": [round(ett / 2**20) for ett in minne], "karnor": os.cpu_count(),
    }  # fmt: skip


def main() -> None:
    """Measure a SQLite file, or the two databases that are named."""
    tolk = argparse.ArgumentParser(description=__doc__)
    tolk.add_argument("--sekunder", type=float, default=10.0)
    tolk.add_argument("--databas", nargs=2, metavar=("ADRESS", "ANNAN"), help="two empty PostgreSQL databases")
    val = tolk.parse_args()
    with tempfile.TemporaryDirectory() as mapp:
        filer = [str(Path(mapp) / namn) for namn in ("liggare.db", "annan.db")]
        databas, annan = val.databas or filer
        print(json.dumps(mat(databas, Path(mapp) / "liggare.nyckel", annan, val.sekunder), indent=1))


if __name__ == "__main__":
    main()
