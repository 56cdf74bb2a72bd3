"""The real server in a process of its own: starts, answers, keeps what it acknowledged, stops."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from interfaces.bootstrap import koppla
from tests.interfaces.http_klient import ADRESS, paborjad

ROT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from interfaces.bootstrap import koppla
from interfaces.http.server import kor
from tests.interfaces.http_klient import OppenVakt
kor(koppla(sys.argv[1]), OppenVakt(), port=int(sys.argv[2]), kommun="0000")
"""


def ledig_port() -> int:
    with socket.socket() as uttag:
        uttag.bind(("127.0.0.1", 0))
        port: int = uttag.getsockname()[1]
        return port


@contextmanager
def server(databas: Path, port: int, start: Sequence[str] = ()) -> Iterator[subprocess.Popen[bytes]]:
    argument = (
        [*start, "--databas", str(databas)] if start else [sys.executable, "-c", PROGRAM, str(databas), str(port)]
    )
    process = subprocess.Popen(argument, cwd=ROT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def fraga(port: int, metod: str, adress: str, kropp: bytes | None = None) -> tuple[int, dict[str, str], bytes]:
    forbindelse = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        huvuden = {"Content-Type": "application/json", "If-None-Match": "*"} if kropp else {}
        forbindelse.request(metod, adress, kropp, huvuden)
        svar = forbindelse.getresponse()
        return svar.status, {namn.lower(): varde for namn, varde in svar.getheaders()}, svar.read()
    finally:
        forbindelse.close()


def vanta_pa(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        assert process.poll() is None, process.stdout.read() if process.stdout else ""
        try:
            assert fraga(port, "GET", "/v1/livez")[0] == 200
        except ConnectionError:
            time.sleep(0.05)
        else:
            return
    msg = "the server did not start"
    raise AssertionError(msg)


def test_servern_startar_svarar_och_stannar(tmp_path: Path) -> None:
    databas, port = tmp_path / "liggare.db", ledig_port()
    with server(databas, port) as process:
        vanta_pa(port, process)

        status, huvuden, svar = fraga(port, "POST", f"{ADRESS}/handelser", json.dumps(paborjad()).encode())
        kvitto = json.loads(svar)
        assert status == 201
        assert "server" not in huvuden
        assert fraga(port, "GET", huvuden["location"])[0] == 200

        status, huvuden, svar = fraga(port, "POST", f"{ADRESS}/handelser", b" " * 2_000_000)
        assert (status, huvuden["content-type"]) == (413, "application/problem+json")
        status, huvuden, svar = fraga(port, "HEAD", "/v1/matt")
        assert (status, svar) == (200, b"")
        assert json.loads(fraga(port, "GET", "/v1/readyz")[2])["position"] == 1

        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) in (0, -signal.SIGTERM)
        assert process.stdout is not None
        assert process.stdout.read() == b""

    tjanster = koppla(str(databas), skapa=False)
    try:
        assert tjanster.huvudbok.las_logg(0, 10)[0].lov.hex() == kvitto["lov"]
    finally:
        tjanster.stang()
    assert not Path(f"{databas}-wal").exists()
