"""The client against a server that fails in every way, and against the real one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from interfaces.klient import Klient, Kvitto, NaddesInte, Nekad
from interfaces.klient.forsok import Forsok
from tests.interfaces.http_klient import STROM, avslutad, paborjad
from tests.interfaces.test_http_server import ledig_port, server, vanta_pa

KVITTO = {
    "utfall": "registrerad", "handelseId": str(uuid4()), "strom": str(STROM), "version": 1, "position": 1,
    "registrerad": "2019-01-01T00:00:00.000000Z", "lov": "00",
}  # fmt: skip
Steg = tuple[int, dict[str, str], Any]


class Server:
    """Answers as it is told to, step by step, and remembers what it was asked."""

    def __init__(self, *steg: Steg) -> None:
        self.steg, self.begaranden, self.vantor = list(steg), list[tuple[dict[str, str], Any]](), list[float]()

    @contextmanager
    def klient(self, **annat: Any) -> Iterator[Klient]:
        agare = self

        class Hanterare(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                kropp = self.rfile.read(int(self.headers["content-length"]))
                agare.begaranden.append(({n.lower(): v for n, v in self.headers.items()}, json.loads(kropp)))
                status, huvuden, innehall = agare.steg.pop(0)
                if not status:
                    self.connection.close()
                    return
                self.send_response(status)
                for namn, varde in {"Content-Type": "application/json", **huvuden}.items():
                    self.send_header(namn, varde)
                self.end_headers()
                self.wfile.write(json.dumps(innehall).encode()[: 20 if innehall == "halvt" else None])

            def log_message(self, *_: Any) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Hanterare) as http:
            trad = threading.Thread(target=http.serve_forever, daemon=True)
            trad.start()
            adress = f"http://127.0.0.1:{http.server_address[1]}/v1"
            yield Klient(adress, forsok=Forsok(slump=Random(1)), vanta=self.vantor.append, **annat)
            http.shutdown()


UPPTAGEN: Steg = (503, {"Retry-After": "7"}, {"type": "/problem/upptagen", "detail": "Upptagen."})
PA_VAG: Steg = (409, {"Retry-After": "1"}, {"type": "/problem/redan-pa-vag", "detail": "På väg."})
BRUTEN: Steg = (0, {}, None)
GODTAGEN: Steg = (201, {}, KVITTO)


@pytest.mark.parametrize("fel", [UPPTAGEN, PA_VAG, BRUTEN, (502, {}, {}), (507, {}, {})])
def test_samma_handelse_sands_igen_med_samma_id(fel: Steg) -> None:
    servern = Server(fel, fel, GODTAGEN)
    with servern.klient() as klient:
        kvitto = klient.registrera("placeringar", STROM, {"typ": "placering.paborjad"}, version=0)
    assert kvitto == Kvitto.av(KVITTO)
    assert len({kropp["handelseId"] for _, kropp in servern.begaranden}) == 1
    assert len(servern.begaranden) == 3
    assert all(huvuden["if-none-match"] == "*" for huvuden, _ in servern.begaranden)


def test_vantan_vaxer_ar_slumpad_och_aldrig_kortare_an_servern_sager() -> None:
    servern = Server(BRUTEN, BRUTEN, BRUTEN, UPPTAGEN, GODTAGEN)
    with servern.klient() as klient:
        klient.registrera("placeringar", STROM, {}, version=1)
    *egna, sagd = servern.vantor
    assert [0.2 * 2**nr / 2 <= vantan <= 0.2 * 2**nr for nr, vantan in enumerate(egna)] == [True] * 3
    assert sagd == 7
    assert servern.begaranden[0][0]["if-match"] == '"1"'


@pytest.mark.parametrize(
    ("status", "kod"),
    [
        (400, "ogiltig-json"),
        (409, "strommen-hor-till-en-annan-samling"),
        (412, "x"),
        (422, "x"),
        (428, "x"),
        (500, "x"),
    ],
)
def test_ett_nekande_sands_aldrig_igen(status: int, kod: str) -> None:
    servern = Server((status, {}, {"type": f"/problem/{kod}", "detail": "Nej.", "errors": [{"pointer": "/datum"}]}))
    with servern.klient() as klient, pytest.raises(Nekad, match="Nej") as fel:
        klient.registrera("placeringar", STROM, {})
    assert (fel.value.status, fel.value.kod, fel.value.falt) == (status, kod, ["/datum"])
    assert len(servern.begaranden) == 1 and not servern.vantor


def test_forsoken_tar_slut() -> None:
    servern = Server(*[UPPTAGEN] * 6)
    with servern.klient(token=lambda: "hemlig") as klient, pytest.raises(NaddesInte) as fel:
        klient.registrera("placeringar", STROM, {})
    assert isinstance(fel.value.__cause__, Nekad)
    assert len(servern.begaranden) == 6
    assert all(huvuden["authorization"] == "Bearer hemlig" for huvuden, _ in servern.begaranden)


def test_mot_den_riktiga_servern(tmp_path: Path) -> None:
    port = ledig_port()
    with server(tmp_path / "liggare.db", port) as process:
        vanta_pa(port, process)
        klient = Klient(f"http://127.0.0.1:{port}/v1/")
        forsta = klient.registrera("placeringar", STROM, paborjad(), version=0)
        assert klient.registrera("placeringar", STROM, avslutad("2019-01-05"), version=forsta.version).version == 2
        with pytest.raises(Nekad) as fel:
            klient.registrera("placeringar", STROM, avslutad("2019-01-06"), version=1)
        assert (fel.value.status, fel.value.problem["version"]) == (412, 2)
        annan = str(uuid4())
        rader = [{**paborjad(), "samling": "placeringar", "id": annan}, {"samling": "placeringar", "id": annan}]
        kvitto, nekad = klient.lamna_in(rader)
        assert isinstance(kvitto, Kvitto) and kvitto.strom == UUID(annan)
        assert isinstance(nekad, Nekad) and nekad.status == 422
        sidor = list(klient.flodet(limit=2, samling="placeringar"))
        assert [ett["position"] for sida in sidor for ett in sida.handelser] == [1, 2, 3]
        assert list(klient.flodet(sidor[-1].fortsatt_efter)) == []
        assert klient.las(f"/placeringar/{STROM}", gallerDen="2019-01-02")["version"] == 2
