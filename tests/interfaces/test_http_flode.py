"""The feed: pages, and a stream from a real server whose readers are cut off at any byte."""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from application.behorighet.behorig import Behorig
from domain.begrepp import Samling
from interfaces.bootstrap import koppla
from interfaces.http.adress import Adress
from interfaces.http.app import skapa_app
from tests.interfaces.http_klient import (
    ADRESS,
    START,
    Json,
    Klient,
    Klocka,
    OppenVakt,
    avslutad,
    klient,
    paborjad,
    problem,
)
from tests.interfaces.test_http_server import fraga, ledig_port, server, vanta_pa


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    with klient(tmp_path) as ny:
        yield ny


def test_sidorna_ar_hela_liggaren_utan_lucka_och_upprepning(k: Klient) -> None:
    for nr in range(7):
        k.registrera(paborjad(), f"/v1/placeringar/{uuid4()}")
        if nr == 3:
            k.registrera(avslutad("2019-01-05"), k.las("/v1/placeringar")["strommar"][0]["adress"])
    efter, funna = 0, []
    while sida := k.las("/v1/handelser", limit="3", offset=str(efter)):
        funna += sida["handelser"]
        if sida["fortsattEfter"] == efter:
            break
        efter = sida["fortsattEfter"]
    assert [ett["position"] for ett in funna] == list(range(1, 9))
    assert sida["lankar"]["nasta"] is None


def test_en_handelse_i_flodet_ar_ett_cloudevent_med_det_som_sandes(k: Klient) -> None:
    handelse = paborjad()
    kvitto = k.registrera(handelse)
    (ett,) = k.las("/v1/handelser")["handelser"]
    assert {n: ett[n] for n in ("specversion", "id", "source", "type", "subject", "time", "commitment")} == {
        "specversion": "1.0", "id": handelse["handelseId"], "source": "/v1/handelser", "type": "placering.paborjad",
        "subject": ADRESS.removeprefix("/v1/"), "time": kvitto["registrerad"], "commitment": kvitto["lov"],
    }  # fmt: skip
    assert all(namn.isalnum() and namn == namn.lower() and len(namn) <= 20 for namn in ett)
    assert handelse.items() <= ett["data"].items()
    assert k.http.get(ett["dataschema"]).status_code == 200


def test_urvalet_hoppar_over_utan_att_stanna(k: Klient) -> None:
    for _ in range(5):
        k.registrera(paborjad(), f"/v1/placeringar/{uuid4()}")
    k.registrera(avslutad("2019-01-05"), k.las("/v1/placeringar")["strommar"][0]["adress"])
    assert [h["position"] for h in k.las("/v1/handelser", typ="placering.avslutad")["handelser"]] == [6]
    tom = k.las("/v1/handelser", samling="utforare,arenden")
    assert (tom["handelser"], tom["fortsattEfter"]) == ([], 6)
    for fraga_ in ("samling=handlingar", "typ=placering", "samling=", "limit=0"):
        problem(k.http.get(f"/v1/handelser?{fraga_}"), 400, "ogiltig-fraga")


def test_ett_flode_som_inte_tar_slut_har_inga_tider(k: Klient) -> None:
    strom = {"Accept": "text/event-stream"}
    for namn in ("position=0", "kantDen=2019-01-01", "limit=1"):
        problem(k.http.get(f"/v1/handelser?{namn}", headers=strom), 400, "ogiltig-fraga")
    for sist in ("x", "1", "-1"):
        problem(k.http.get("/v1/handelser", headers={**strom, "Last-Event-ID": sist}), 400, "ogiltig-fraga")


@pytest.mark.parametrize(
    ("accept", "typ"),
    [
        ("text/event-stream", "text/event-stream; charset=utf-8"),
        ("application/json, Text/Event-Stream", "text/event-stream; charset=utf-8"),
        ("application/json;q=0.4, text/event-stream;q=0.5", "text/event-stream; charset=utf-8"),
        ("text/event-stream;q=0.5, */*;q=0.1", "text/event-stream; charset=utf-8"),
        ("application/json, text/event-stream;q=0.1", "application/json"),
        ("text/event-stream;q=0.5, */*", "application/json"),
        ("application/json, text/event-stream;q=0", "application/json"),
        ("text/event-stream; q=0.00", "application/json"),
        ("text/*", "application/json"),
    ],
)
def test_den_som_ber_om_flodet_vid_namn_far_det(k: Klient, accept: str, typ: str) -> None:
    svar = k.http.head("/v1/handelser", headers={"Accept": accept, "Last-Event-ID": ""})
    assert (svar.status_code, svar.headers["content-type"], svar.content) == (200, typ, b"")
    assert svar.headers["cache-control"] == "no-store"


def test_flodet_tar_slut_nar_token_gor_det(tmp_path: Path) -> None:
    klocka = Klocka(START)

    class MedKortToken(OppenVakt):
        def legitimera(self, request: Request, adress: Adress) -> Behorig | None:
            behorig = super().legitimera(request, adress)
            return behorig and replace(behorig, galler_till=klocka.nu + timedelta(microseconds=2))

    tjanster = koppla(str(tmp_path / "liggare.db"), klocka=klocka)
    with TestClient(skapa_app(tjanster, MedKortToken())) as http:
        Klient(http, klocka, tjanster).registrera(paborjad())
        svar = http.get("/v1/handelser", headers={"Accept": "text/event-stream"})
    assert svar.text.count("\nevent: placering.paborjad\n") == 1


# A reader of its own: plain sockets, so that it can be cut off anywhere.


class Lasare:
    """Reads server-sent events as a browser does: an event counts when its empty line has come."""

    def __init__(self, port: int, urval: str = "") -> None:
        self.port, self.urval = port, urval
        self.sist: str | None = None
        self.handelser: list[Json] = []

    @contextmanager
    def ansluten(self) -> Iterator[socket.socket]:
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as uttag:
            sist = f"Last-Event-ID: {self.sist}\r\n" if self.sist else ""
            uttag.sendall(
                f"GET /v1/handelser{self.urval} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n{sist}\r\n".encode()
            )
            yield uttag

    def las(self, byte: int, till_antal: int) -> None:
        """Read no more than so many bytes, and then cut the connection in the middle of whatever comes."""
        with self.ansluten() as uttag:
            buffert = b""
            while byte > 0 and len(self.handelser) < till_antal:
                bit = uttag.recv(min(byte, 4096))
                assert bit, "the server closed"
                byte -= len(bit)
                buffert = self._ta_emot(buffert + bit)

    def _ta_emot(self, buffert: bytes) -> bytes:
        # Chunked transfer: every frame of ours is one chunk, so its lines are told by what they begin with.
        *hela, rest = buffert.split(b"\n\n")
        for ram in hela:
            falt = dict(rad.split(b": ", 1) for rad in ram.splitlines() if b": " in rad)
            if b"data" in falt:
                self.handelser.append(json.loads(falt[b"data"]))
            if b"id" in falt:
                self.sist = falt[b"id"].decode()
        return rest


def skriv(port: int, antal: int) -> None:
    for _ in range(antal):
        adress = f"/v1/placeringar/{uuid4()}/handelser"
        assert fraga(port, "POST", adress, json.dumps(paborjad()).encode())[0] == 201


def test_en_lasare_som_bryts_var_som_helst_far_allt_en_gang(tmp_path: Path) -> None:
    port, antal = ledig_port(), 60
    slump = random.Random(7)
    with server(tmp_path / "liggare.db", port) as process:
        vanta_pa(port, process)
        skrivare = threading.Thread(target=skriv, args=(port, antal))
        skrivare.start()
        lasare, forsok = Lasare(port), 0
        while len(lasare.handelser) < antal:
            lasare.las(slump.choice((1, 150, 500, 1500, 4000, 9000)), antal)
            forsok += 1
        skrivare.join()
    assert [ett["position"] for ett in lasare.handelser] == list(range(1, antal + 1))
    assert forsok > 5


def test_den_som_inte_laser_stoppar_ingen_och_nagon_annan_far_allt(tmp_path: Path) -> None:
    port, antal = ledig_port(), 300
    with server(tmp_path / "liggare.db", port) as process:
        vanta_pa(port, process)
        with Lasare(port).ansluten() as uttag:
            uttag.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            skriv(port, antal)  # more than the sockets hold, and nobody reads them
            vaken = Lasare(port)
            vaken.las(10**9, antal)
            assert [ett["position"] for ett in vaken.handelser] == list(range(1, antal + 1))


def test_servern_startas_om_och_flodet_gar_vidare(tmp_path: Path) -> None:
    port = ledig_port()
    lasare = Lasare(port, "?samling=" + Samling.PLACERINGAR.value)
    for omgang in (1, 2):
        with server(tmp_path / "liggare.db", port) as process:
            vanta_pa(port, process)
            skriv(port, 10)
            lasare.las(10**9, omgang * 10)
            with lasare.ansluten():  # an open feed does not keep the server from stopping
                borjan = time.monotonic()
                process.terminate()
                process.wait(60)
                assert time.monotonic() - borjan < 30
    assert [ett["position"] for ett in lasare.handelser] == list(range(1, 21))
