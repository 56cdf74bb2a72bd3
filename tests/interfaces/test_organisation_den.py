"""Asking by the organisation of a day, at the command line and over HTTP; what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner

from interfaces.cli.main import huvud
from tests.interfaces.http_klient import Klient, klient, paborjad, problem

ENHET = f"/v1/utforare/{UUID(int=7)}"
FRAGAN = {"fran": "2019-01-01", "till": "2019-10-31", "gallerDen": "2019-12-31", "gruppera": "overordnad,enhet"}


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    """One stay from 11 January at a unit that is renamed and moved on 1 November."""
    with klient(tmp_path) as k:
        start = {"typ": "utforare.registrerad", "datum": "2018-01-01", "kommun": "1880", "namn": "Vilan"}
        k.registrera(handelse(1, **start, regi="egen", slag="hvb"), ENHET)
        k.registrera(handelse(2, typ="organisation.andrad", datum="2018-01-01", overordnad="Vuxna"), ENHET)
        k.den("2019-01-12").registrera(paborjad(datum="2019-01-11", kommun="1880", enhet="Vilan"))
        k.den("2019-11-01")
        k.registrera(handelse(3, typ="utforare.andrad", datum="2019-11-01", namn="Nya Vilan"), ENHET)
        k.registrera(handelse(4, typ="organisation.andrad", datum="2019-11-01", overordnad="Resurs"), ENHET)
        yield k.den("2020-01-01")


def handelse(nr: int, **falt: Any) -> dict[str, Any]:
    return {"handelseId": str(UUID(int=nr)), **falt}


def test_http_svarar_efter_den_dags_organisation_som_fragan_anger(k: Klient) -> None:
    ny = k.las("/v1/matt/vardygn", **FRAGAN)
    assert ny["grupper"] == [{"overordnad": "Resurs", "enhet": "Nya Vilan", "varde": "294"}]
    assert ny["underlag"]["organisationDen"] == "2019-12-31"
    gammal = k.las("/v1/matt/vardygn", **FRAGAN, organisationDen="2019-10-31")
    assert gammal["grupper"] == [{"overordnad": "Vuxna", "enhet": "Vilan", "varde": "294"}]
    assert gammal["underlag"]["organisationDen"] == "2019-10-31"
    assert k.las("/v1/matt/vardygn", **FRAGAN, overordnad="saknas")["totalt"] == "0"


def test_http_nekar_en_dag_som_inte_betyder_nagot(k: Klient) -> None:
    utan = {**FRAGAN, "gruppera": "malgrupp"}
    svar = k.http.get("/v1/matt/vardygn", params={**utan, "organisationDen": "2019-10-31"})
    assert "organisationDen har ingen verkan" in problem(svar, 400, "ogiltig-fraga")["detail"]
    svar = k.http.get("/v1/matt/vardygn", params={**FRAGAN, "organisationDen": "i höstas"})
    assert "organisationDen ska vara ett datum" in problem(svar, 400, "ogiltig-fraga")["detail"]


def test_kommandoraden_skriver_vilken_dags_organisation(k: Klient, tmp_path: Path) -> None:
    def matt(*val: str) -> str:
        argument = ["matt", "vardygn", "--databas", str(tmp_path / "liggare.db"), *val]
        svar = CliRunner().invoke(huvud, [*argument, "--fran", "2019-01-01", "--till", "2019-10-31"])
        return svar.output

    grupperad = ("--galler-den", "2019-12-31", "--gruppera", "overordnad,enhet")
    text = matt(*grupperad, "--organisation-den", "2019-10-31")
    assert "Vuxna" in text
    assert "organisationen den 2019-10-31" in text.replace("\n", " ")
    underlag = json.loads(matt(*grupperad, "--format", "json"))["underlag"]
    assert underlag["organisationDen"] == "2019-12-31"
    assert "--organisation-den har ingen verkan" in matt("--organisation-den", "2019-10-31")
    assert "organisationen" not in matt("--gruppera", "malgrupp")
