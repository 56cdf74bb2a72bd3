"""A request sent many times, in parallel, over connections that are cut: exactly one event, and the same receipt.

The server is the product's own, with its guard. Now and then somebody of another unit sends the same event.
"""

from __future__ import annotations

import json
import random
import socket
import struct
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest

from interfaces.bootstrap import koppla
from tests.interfaces.http_klient import paborjad
from tests.interfaces.test_http_server import fraga, ledig_port, server, vanta_pa
from tests.interfaces.test_rundtur import LIGGARE, token

NORR, SODER = "Norr", "Söder"

Svar = tuple[int, dict[str, Any]]


def begaran(strom: str, handelse: dict[str, Any], token: str) -> bytes:
    kropp = json.dumps(handelse).encode()
    huvud = (
        f"POST /v1/placeringar/{strom}/handelser HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nIf-None-Match: *\r\nConnection: close\r\n"
        f"Content-Length: {len(kropp)}\r\n\r\n"
    )
    return huvud.encode() + kropp


def sand(port: int, text: bytes, slump: random.Random, *, lugnt: bool = False) -> Svar | None:
    """Send a request; now and then cut the connection while it is sent, before the answer or in the middle of it."""
    avbrott = 1.0 if lugnt else slump.random()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as uttag:
        if avbrott < 0.4:  # closing resets the connection instead of ending it
            uttag.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if avbrott < 0.1:
            uttag.sendall(text[: slump.randrange(len(text))])
            return None
        uttag.sendall(text)
        if avbrott < 0.25:
            return None
        svar = uttag.recv(slump.randrange(1, 200)) if avbrott < 0.4 else b""
        if avbrott < 0.4:
            return None
        while bit := uttag.recv(65536):
            svar += bit
    huvud, _, kropp = svar.partition(b"\r\n\r\n")
    return int(huvud[9:12]), json.loads(kropp)


def en_handelse(port: int, fro: int, token: Mapping[str, str]) -> list[Svar]:
    """Send an event one to five times at once, and then until there is a receipt; return every answer."""
    slump = random.Random(fro)
    strom, handelse = str(uuid4()), paborjad(enhet=NORR)
    text, annans = begaran(strom, handelse, token[NORR]), begaran(strom, handelse, token[SODER])
    svaren: list[Svar | None] = []
    nekade: list[Svar | None] = []
    fron = [slump.random() for _ in range(slump.randint(1, 5))]

    def en(fro: float) -> None:
        svaren.append(sand(port, text, random.Random(fro)))

    def en_annan() -> None:
        nekade.append(sand(port, annans, slump, lugnt=True))

    tradar = [threading.Thread(target=en, args=(ett,)) for ett in fron]
    tradar += [threading.Thread(target=en_annan)] if slump.random() < 0.2 else []
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert all(svar is not None and svar[0] == 404 for svar in nekade), nekade
    while not any(svar is not None and svar[0] in (200, 201) for svar in svaren):
        svaren.append(sand(port, text, slump))
    return [svar for svar in svaren if svar is not None]


@pytest.fixture(autouse=True)
def tyst(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reads what the server logs meanwhile."""
    monkeypatch.setenv("LIGGARE_LOGGNIVA", "error")


def kor(tmp_path: Path, antal: int) -> None:
    databas, port = tmp_path / "liggare.db", ledig_port()
    with server(databas, port, [*LIGGARE, "starta", "--utveckling", "--port", str(port)]) as process:
        vanta_pa(port, process)
        tokens = {
            enhet: token(databas, "--roll", "registrerare", "--enhet", enhet, "--subjekt", f"p-{nr}")
            for nr, enhet in enumerate((NORR, SODER))
        }
        with ThreadPoolExecutor(4) as tradar:
            alla = list(tradar.map(lambda fro: en_handelse(port, fro, tokens), range(antal)))
    for svaren in alla:
        assert {status for status, _ in svaren} <= {200, 201, 409}, svaren
        assert [status for status, _ in svaren].count(201) <= 1
        kvitton = [{**kvitto, "utfall": ""} for status, kvitto in svaren if status != 409]
        assert all(kvitto == kvitton[0] for kvitto in kvitton)
        assert all(problem["type"] == "/problem/redan-pa-vag" for status, problem in svaren if status == 409)
    tjanster = koppla(str(databas), skapa=False)
    try:
        loggen = tjanster.huvudbok.las_logg(0, antal + 100)
        assert len(loggen) == len({kuvert.originator_id for kuvert in loggen}) == antal
        lov = {kuvert.lov.hex() for kuvert in loggen}
        assert lov == {next(kvitto["lov"] for status, kvitto in svaren if status != 409) for svaren in alla}
    finally:
        tjanster.stang()


def test_tvahundra_handelser_sanda_om_varandra(tmp_path: Path) -> None:
    kor(tmp_path, 200)


@pytest.mark.tung
def test_tiotusen_handelser_sanda_om_varandra(tmp_path: Path) -> None:
    kor(tmp_path, 10_000)


def test_hundra_megabyte_ar_ett_avbrott_och_tar_inget_minne(tmp_path: Path) -> None:
    """The server reads so much that an ordinary client sees the answer, and then cuts the connection."""
    port = ledig_port()
    with server(tmp_path / "liggare.db", port) as process:
        vanta_pa(port, process)
        minne = psutil.Process(process.pid).memory_info().rss
        svar = b""
        with socket.create_connection(("127.0.0.1", port), timeout=30) as uttag:
            huvud = f"POST /v1/placeringar/{uuid4()}/handelser HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n"
            uttag.sendall(f"{huvud}Content-Type: application/json\r\nContent-Length: {10**8}\r\n\r\n".encode())
            with suppress(OSError):
                for _ in range(100):
                    uttag.sendall(b" " * 10**6)
            with suppress(OSError):
                svar = uttag.recv(65536)
        assert svar == b"" or b" 413 " in svar.splitlines()[0]
        assert psutil.Process(process.pid).memory_info().rss - minne < 60 * 2**20
        assert json.loads(fraga(port, "GET", "/v1/readyz")[2])["position"] == 0
