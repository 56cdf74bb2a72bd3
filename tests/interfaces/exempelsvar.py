"""``python -m tests.interfaces.exempelsvar``: ask every route something and keep the answers as examples.

The examples of the API description are what the routes answer, so they cannot say anything else than the routes do.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi.testclient import TestClient

from application.atkomst import Atkomst
from application.handelsekatalog.exempel import Rad, godtagna
from interfaces.bootstrap import koppla
from interfaces.http.adress import Adress
from interfaces.http.adresser import ADRESSER
from interfaces.http.app import skapa_app
from interfaces.http.exempel import som_kropp
from interfaces.http.exempelsvar import FIL
from tests.interfaces.http_klient import Klocka, OppenVakt

START = datetime(2025, 12, 30, 9, 0, tzinfo=UTC)
FORSTA = {
    "arenden": "utredning.avslutad",
    "placeringar": "placering.avslutad",
    "atgarder": "atgard.beslutad",
    "budgetperioder": "utfall.bokfort",
    "utforare": "platser.andrade",
}
"""Whose examples make the streams of the ledger."""

FRAGOR = {
    "lista-placeringar": "?limit=1",
    "folj-handelser": "?samling=placeringar&limit=2",
    "fraga-matt": "?fran=2024-01-01&till=2024-12-31&gruppera=malgrupp",
    "oppna-matt": "?fran=2024-01-01&till=2024-12-31&limit=2",
    "forklara-matt": "?fran=2024-01-01&till=2024-12-31&jamfor=0",
    "gor-prognos": "?kommun=0000&ar=2024&gallerDen=2024-08-31",
    "las-tabell": "?kommun=0000&ar=2024",
    "oppna-tabell": "?kommun=0000&ar=2024&rad=1&kolumn=kostnad_prognos_2024",
}
_NAMN = {"tabeller": "externa-insatser", "handelsetyper": "placering.avslutad"}
_BEVIS = ("lov", "commitment")


@contextmanager
def exempelliggare() -> Iterator[tuple[TestClient, dict[str, list[Rad]]]]:
    """Yield a client of a small ledger, and the lines of its streams by collection."""
    rader = {samling: list(godtagna(typ)[0].rader) for samling, typ in FORSTA.items()}
    with tempfile.TemporaryDirectory() as mapp:
        tjanster = koppla(
            str(Path(mapp) / "l.db"), klocka=Klocka(START), nytt_pseudonym=lambda i: uuid5(NAMESPACE_URL, str(i))
        )
        with TestClient(skapa_app(tjanster, OppenVakt())) as http:
            for egna in rader.values():
                for nr, rad in enumerate(egna[:-1]):
                    assert _sand(http, rad, nr).status_code == 201
            strom = rader["placeringar"][0]["id"]
            tjanster.atkomstlogg.skriv(
                Atkomst("p-17", "registrerare", "handlaggning", "Norr", "las-placeringar", f"/v1/placeringar/{strom}")
            )
            yield http, rader


def _sand(http: TestClient, rad: Rad, version: int) -> Any:
    villkor = {"If-Match": f'"{version}"'} if version else {"If-None-Match": "*"}
    return http.post(f"/v1/{rad['samling']}/{rad['id']}/handelser", json=som_kropp(rad), headers=villkor)


def svaren() -> dict[str, dict[str, Any]]:
    """Return what every operation answered, by status."""
    svar: dict[str, dict[str, Any]] = {}
    with exempelliggare() as (http, rader):
        for adress in ADRESSER:
            if adress.metod == "POST" and adress.samling is not None:
                egna = rader[adress.samling.value]
                svar[adress.namn] = {
                    str(status): ett.json()
                    for status in (201, 200)
                    if (ett := _sand(http, egna[-1], len(egna) - 1)).status_code == status
                }
        for adress in ADRESSER:
            if adress.metod == "GET":
                ett = http.get(_vagen(adress, rader) + FRAGOR.get(adress.namn, ""))
                assert ett.status_code == 200, (adress.namn, ett.text)
                svar[adress.namn] = {"200": _innehallet(adress, ett)}
        inlamning = "\n".join(json.dumps(rad) for rad in (rader["placeringar"][0], {"typ": "placering.avslutad"}))
        ndjson = {"Content-Type": "application/x-ndjson"}
        svar["lamna-in-handelser"] = {"200": http.post("/v1/handelser", content=inlamning, headers=ndjson).json()}
    utan_slump: dict[str, dict[str, Any]] = _utan_slump(svar)
    return utan_slump


def _vagen(adress: Adress, rader: dict[str, list[Rad]]) -> str:
    strom = UUID(rader[adress.samling.value][0]["id"]) if adress.samling is not None else ""
    del_ = adress.vag.split("/")[2] if adress.vag.count("/") > 1 else ""
    return adress.vag.format(id=strom, namn=_NAMN.get(del_, "vardygn"), typ=_NAMN.get(del_, ""))


def _innehallet(adress: Adress, svar: Any) -> Any:
    if adress.namn == "las-beskrivningen":
        return {"openapi": svar.json()["openapi"], "info": {"title": "Liggare"}}
    if adress.namn == "metrics":
        return "# TYPE liggare_position gauge\nliggare_position 7.0\n"
    if adress.namn == "las-handelseschema":
        return {namn: varde for namn, varde in svar.json().items() if namn in ("$schema", "title", "type", "required")}
    if adress.namn in ("lista-matt", "lista-handelsetyper", "lista-tabeller"):
        ((namn, lista),) = svar.json().items()
        return {namn: lista[:1]}
    return svar.json()


def _utan_slump(nod: Any) -> Any:
    """Return a part of an answer with proofs that are the same every time: the salt behind them is random."""
    if isinstance(nod, list):
        return [_utan_slump(ett) for ett in nod]
    if not isinstance(nod, dict):
        return nod
    return {
        namn: sha256(str(nod.get("position")).encode()).hexdigest() if namn in _BEVIS and varde else _utan_slump(varde)
        for namn, varde in nod.items()
    }


def som_text() -> str:
    """Return the file."""
    return json.dumps(svaren(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(str(files("interfaces.http").joinpath(FIL))).write_text(som_text(), encoding="utf-8", newline="\n")
