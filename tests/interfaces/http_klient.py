"""A ledger of its own behind the HTTP application, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from fastapi import Request
from fastapi import Response as Svar
from fastapi.testclient import TestClient
from httpx2 import Response

from application.behorighet.behorig import Behorig
from application.behorighet.ord import Rojer, Roll, Syfte
from application.commands import Obehorig
from application.envelope import Forslag
from interfaces.bootstrap import Tjanster, koppla
from interfaces.http.adress import Adress, Anrop
from interfaces.http.app import skapa_app
from interfaces.http.problem import Problem

STROM = UUID("0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d99")
ADRESS = f"/v1/placeringar/{STROM}"
START = datetime(2019, 1, 10, 8, 0, tzinfo=UTC)

Json = dict[str, Any]


class Klocka:
    """Stands still until it is set; every reading is a microsecond later than the last."""

    def __init__(self, nu: datetime) -> None:
        self.nu = nu

    def __call__(self) -> datetime:
        self.nu += timedelta(microseconds=1)
        return self.nu


class Klient:
    """Sends requests and keeps the clock."""

    def __init__(self, http: TestClient, klocka: Klocka, tjanster: Tjanster) -> None:
        self.http, self.klocka, self.tjanster = http, klocka, tjanster

    def den(self, dag: str) -> Klient:
        """Move the clock to the morning of a day."""
        self.klocka.nu = datetime.fromisoformat(f"{dag}T08:00:00+00:00")
        return self

    def sand(self, handelse: Mapping[str, Any], adress: str = ADRESS) -> Response:
        return self.http.post(f"{adress}/handelser", json=handelse, headers=self.villkor(adress))

    def villkor(self, adress: str = ADRESS) -> dict[str, str]:
        """Return the heading that says which version the stream has now."""
        strom = adress.rpartition("/")[2]
        version = len(self.tjanster.huvudbok.las_strom(UUID(strom))) if len(strom) == len(str(STROM)) else 0
        return {"If-Match": f'"{version}"'} if version else {"If-None-Match": "*"}

    def registrera(self, handelse: Mapping[str, Any], adress: str = ADRESS) -> Json:
        svar = self.sand(handelse, adress)
        assert svar.status_code == 201, svar.text
        kvitto: Json = svar.json()
        return kvitto

    def las(self, adress: str, **parametrar: str) -> Json:
        svar = self.http.get(adress, params=parametrar or None)
        assert svar.status_code == 200, svar.text
        innehall: Json = svar.json()
        return innehall


class OppenVakt:
    """Lets everybody in everywhere, for the tests of what lies behind the guard."""

    metadata: Mapping[str, Any] = {}

    def legitimera(self, request: Request, adress: Adress) -> Behorig | None:
        if adress.rojer is Rojer.SKRIVNING:
            return Behorig("okand", Roll.REGISTRERARE, Syfte.HANDLAGGNING, ("Norr",))
        return Behorig("okand", Roll.REVISOR, Syfte.REVISION)

    def fragar_liggaren(self, adress: Adress, behorig: Behorig) -> bool:
        return False

    def slapp_in(self, request: Request, adress: Adress, behorig: Behorig, strom: UUID | None) -> None:
        pass

    def anteckna_sida(self, anrop: Anrop, efter: int, till: int) -> None:
        pass

    def provning(self, behorig: Behorig) -> None:
        return None

    def nekat(self, anrop: Anrop, forslag: Forslag, nekande: Obehorig) -> Problem:
        raise AssertionError(nekande)

    def slapp_ut(self, anrop: Anrop, svar: Svar) -> Svar:
        return svar


@contextmanager
def klient(tmp_path: Path, *, kommun: str | None = None, publik_adress: str | None = None) -> Iterator[Klient]:
    klocka = Klocka(START)
    tjanster = koppla(str(tmp_path / "liggare.db"), klocka=klocka)
    app = skapa_app(tjanster, OppenVakt(), kommun=kommun, publik_adress=publik_adress)
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Klient(http, klocka, tjanster)


def paborjad(**annat: Any) -> Json:
    return {
        "typ": "placering.paborjad", "handelseId": str(uuid4()), "datum": "2019-01-01", "kommun": "0000",
        "arendeId": str(uuid4()), "personId": str(uuid4()), "malgrupp": "unga", "kon": "kvinna", "fodelsear": 2004,
        "insatsform": "hvb", "regi": "extern", "lagrum": "SoL", "avtalsform": "ramavtal",
        "pris": {"sort": "dygn", "belopp": "1000.00"}, **annat,
    }  # fmt: skip


def avslutad(datum: str, **annat: Any) -> Json:
    return {
        "typ": "placering.avslutad", "handelseId": str(uuid4()), "datum": datum, "planerat": True,
        "orsak": "enligtPlan", **annat,
    }  # fmt: skip


def problem(svar: Response, status: int, kod: str) -> Json:
    """Return a problem document, having checked that it is one and is in Swedish."""
    assert svar.status_code == status, svar.text
    assert svar.headers["content-type"] == "application/problem+json"
    innehall: Json = svar.json()
    assert {"type", "title", "status", "detail", "instance", "errors"} <= innehall.keys()
    assert innehall["type"] == f"/problem/{kod}"
    assert innehall["status"] == status
    assert innehall["instance"].startswith("/")
    for text in (innehall["title"], innehall["detail"], *(fel["detail"] for fel in innehall["errors"])):
        assert not {"the", "not", "is", "field", "should", "invalid"} & set(text.lower().replace(".", " ").split())
    return innehall
