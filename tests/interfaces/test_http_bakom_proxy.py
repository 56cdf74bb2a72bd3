"""Behind a proxy that puts the API under a path: every path in an answer leads back through the proxy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.interfaces.http_klient import ADRESS, Klient, avslutad, klient, paborjad

UTIFRAN = "https://api.kommun.se/liggare"


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    with klient(tmp_path, publik_adress=UTIFRAN) as ny:
        yield ny


def _vagarna(k: Klient) -> Iterator[str]:
    """Yield the paths of answers of every kind: headings, links, feed and problems."""
    post = k.sand(paborjad())
    yield post.headers["location"]
    k.registrera(avslutad("2019-01-05"))
    k.registrera(paborjad(), f"/v1/placeringar/{uuid4()}")
    for adress in (ADRESS, f"{ADRESS}/handelser?limit=1", "/v1/placeringar?limit=1", "/v1/handelser?limit=1"):
        svar = k.http.get(adress)
        yield from re.findall(r"<([^>]*)>", svar.headers["link"])
        yield from re.findall(r'"(?:denna|nasta|adress|source|dataschema)":"([^"]*)"', svar.text)
    yield k.http.get("/v1/api-info").json()["apiDocumentation"]


def test_varje_vag_i_ett_svar_gar_genom_proxyn(k: Klient) -> None:
    funna = list(_vagarna(k))
    assert len(funna) > 15
    for vag in funna:
        assert vag.startswith("/liggare/v1/"), vag
        # The proxy takes its own part of the path away.
        assert k.http.get(vag.removeprefix("/liggare")).status_code == 200, vag


def test_ett_problem_namnger_adressen_som_den_fragades(k: Klient) -> None:
    saknad = f"/v1/placeringar/{uuid4()}"
    for adress in (saknad, "/v1/finns-inte", "/v1/matt/vardygn?x=1"):
        assert k.http.get(adress).json()["instance"] == "/liggare" + adress.partition("?")[0]
    rad = json.dumps({"samling": "placeringar"}).encode()
    typ = {"Content-Type": "application/x-ndjson"}
    svar = k.http.post("/v1/handelser", content=rad, headers=typ).json()
    assert svar["resultat"][0]["problem"]["instance"] == "/liggare/v1/handelser"
