"""What is no request at all, or two at once: each has one outcome, and the server lives on."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interfaces.test_http_server import fraga, ledig_port, server, vanta_pa

KROPP = b'{"typ":"x"}'
POST = b"POST /v1/placeringar/0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d99/handelser HTTP/1.1\r\nHost: x\r\n"
JSON = b"Content-Type: application/json\r\nIf-None-Match: *\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    ledig = ledig_port()
    mapp: Path = tmp_path_factory.mktemp("fientliga")
    with server(mapp / "liggare.db", ledig) as process:
        vanta_pa(ledig, process)
        yield ledig
        assert fraga(ledig, "GET", "/v1/livez")[0] == 200


def sand(port: int, text: bytes) -> int:
    """Return the status, or 0 where the connection is closed without an answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as uttag:
        uttag.sendall(text)
        try:
            svar = uttag.recv(65536)
        except ConnectionError:
            return 0
    return int(svar[9:12]) if svar else 0


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (POST + JSON + b"Content-Length: 11\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + KROPP, 400),
        (POST + JSON + b"Content-Length: 11\r\nContent-Length: 12\r\n\r\n" + KROPP, 400),
        (POST + JSON + b"Content-Length: -1\r\n\r\n", 400),
        (POST + JSON + b"Content-Length: elva\r\n\r\n", 400),
        (POST + JSON + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (POST + JSON + b"Content-Length : 11\r\n\r\n" + KROPP, 400),
        (POST + b"X: a\nY: b\r\0\r\n\r\n", 400),
        (b"GET /v1/livez HTTP/9.9\r\nHost: x\r\n\r\n", 400),
        (b"GET\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"GET /v1/%00%ff%2e%2e/etc HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (b"GET /v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (b"GET //v1//livez HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (b"TRACE /v1/livez HTTP/1.1\r\nHost: x\r\n\r\n", 405),
        (b"OPTIONS /v1/livez HTTP/1.1\r\nHost: x\r\n\r\n", 405),
        (b"GET /v1/handelser HTTP/1.1\r\nHost: x\r\nLast-Event-ID: \xff\xfe\r\nAccept: text/event-stream\r\n\r\n", 400),
        (b"HEAD /v1/handelser HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n", 200),
    ],
)
def test_varje_fientlig_begaran_har_ett_utfall(port: int, text: bytes, status: int) -> None:
    assert sand(port, text) == status


@pytest.mark.parametrize(
    "huvud",
    [
        b"X-Stort: " + b"a" * 70_000 + b"\r\n\r\n",
        b"".join(b"X-%d: %s\r\n" % (nr, b"a" * 900) for nr in range(80)) + b"\r\n",
        b"X-Utan-Slut: " + b"a" * 2_000_000,
    ],
    ids=["ett stort", "många", "ett utan slut"],
)
def test_ett_for_stort_huvud_avvisas(port: int, huvud: bytes) -> None:
    assert sand(port, b"GET /v1/livez HTTP/1.1\r\nHost: x\r\n" + huvud) in (431, 0)
    assert sand(port, b"GET /v1/livez?" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n") == 431


def test_ett_huvud_som_far_plats_tas_emot_i_smatt_och_flera_pa_rad(port: int) -> None:
    en = b"GET /v1/livez HTTP/1.1\r\nHost: x\r\nX-Stort: " + b"a" * 50_000 + b"\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as uttag:
        svar = b""
        for _ in range(5):
            for nr in range(0, len(en), 9_000):
                uttag.sendall(en[nr : nr + 9_000])
        uttag.sendall(en * 5)
        while svar.count(b"HTTP/1.1 200") < 10:
            bit = uttag.recv(65536)
            assert bit, svar
            svar += bit


def test_det_som_inte_ar_en_begaran_ar_ett_problem_det_ocksa(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as uttag:
        uttag.sendall(b"BRYGG /v1/livez\r\n\r\n")
        svar = b""
        while bit := uttag.recv(65536):
            svar += bit
    huvud, _, kropp = svar.partition(b"\r\n\r\n")
    assert huvud.startswith(b"HTTP/1.1 400 ") and b"application/problem+json" in huvud
    assert json.loads(kropp)["type"] == "/problem/ogiltig-begaran"


def test_den_som_bara_ansluter_stoppar_ingen(port: int) -> None:
    uttag = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(200)]
    for ett in uttag:
        ett.sendall(POST)
    assert fraga(port, "GET", "/v1/readyz")[0] == 200
    for ett in uttag:
        ett.close()
