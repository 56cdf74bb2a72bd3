"""Recording and reading a stream over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from application.handelsekatalog.exempel import godtagna
from application.handelsekatalog.post import handelsetyper
from application.tolkning import KUVERTFALT
from domain.begrepp import Samling
from domain.katalog import AGGREGAT
from domain.strom import budgetperiodens_id
from interfaces.http.exempel import exempel, som_kropp
from tests.interfaces.http_klient import ADRESS, STROM, Klient, avslutad, klient, paborjad, problem


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    with klient(tmp_path) as ny:
        yield ny


def test_ett_kvitto_sager_var_handelsen_hamnade(k: Klient) -> None:
    handelse = paborjad()
    svar = k.sand(handelse)
    kvitto = svar.json()

    assert svar.status_code == 201
    assert kvitto["utfall"] == "registrerad"
    assert kvitto["handelseId"] == handelse["handelseId"]
    assert (kvitto["strom"], kvitto["version"], kvitto["position"]) == (str(STROM), 1, 1)
    assert kvitto["registrerad"].startswith("2019-01-10T08:00:00.0") and kvitto["registrerad"].endswith("Z")
    assert len(bytes.fromhex(kvitto["lov"])) == 32
    assert svar.headers["etag"] == '"1"'

    post = k.las(svar.headers["location"])["handelser"][-1]
    assert {namn: post[namn] for namn in ("position", "registrerad", "lov", "handelseId")} == {
        namn: kvitto[namn] for namn in ("position", "registrerad", "lov", "handelseId")
    }


def test_samma_handelse_igen_ger_samma_kvitto(k: Klient) -> None:
    handelse = paborjad()
    forsta = k.registrera(handelse)
    k.registrera(avslutad("2019-01-05"))
    igen = k.den("2019-01-11").sand(handelse)

    assert igen.status_code == 200
    assert igen.json() == {**forsta, "utfall": "redanRegistrerad"}
    assert k.las("/v1/readyz")["position"] == 2


def test_det_som_redan_ar_kant_ar_tyst(k: Klient) -> None:
    k.registrera(paborjad())
    k.registrera(avslutad("2019-01-05"))
    svar = k.sand(avslutad("2019-01-05"))

    assert svar.status_code == 200
    assert svar.headers["etag"] == '"2"'
    assert svar.json()["utfall"] == "oforandrat"
    assert (svar.json()["version"], svar.json()["position"], svar.json()["lov"]) == (2, None, None)
    assert k.las("/v1/readyz")["position"] == 2


def test_kroppen_far_upprepa_strommen_om_den_stammer(k: Klient) -> None:
    k.registrera(paborjad(samling="placeringar", id=str(STROM).upper()))
    for falt, varde in (("samling", "utforare"), ("id", str(uuid4())), ("id", 1)):
        fel = problem(k.sand(paborjad(**{falt: varde})), 422, "ogiltig-handelse")["errors"]
        assert [(f["pointer"], f["kod"]) for f in fel] == [(f"/{falt}", "motsager-adressen")]


@pytest.mark.parametrize("falt", ["registrerad", "aktor"])
def test_det_liggaren_satter_far_inte_anges(k: Klient, falt: str) -> None:
    varde = {"registrerad": "2018-01-01T00:00:00Z", "aktor": {"id": "a1", "roll": "handlaggare"}}[falt]
    fel = problem(k.sand(paborjad(**{falt: varde})), 422, "ogiltig-handelse")["errors"]
    assert [(f["pointer"], f["kod"]) for f in fel] == [(f"/{falt}", "saknar-ratt")]


def test_kommunen_fylls_i_av_appen(tmp_path: Path) -> None:
    utan = {namn: varde for namn, varde in paborjad().items() if namn != "kommun"}
    with klient(tmp_path, kommun="0001") as k:
        k.registrera(utan)
        assert k.las(f"{ADRESS}/handelser")["handelser"][0]["kommun"] == "0001"


def test_en_budgetperiods_adress_foljer_av_kommun_namnd_och_ar(k: Klient) -> None:
    budget = {
        "typ": "budget.faststalld", "handelseId": str(uuid4()), "datum": "2018-12-01", "kommun": "0000",
        "namnd": "socialnamnden", "ar": 2019,
        "rader": [{"verksamhet": "IFO", "kontogrupp": "personal", "belopp": "1200.00"}],
    }  # fmt: skip
    fel = problem(k.sand(budget, f"/v1/budgetperioder/{uuid4()}"), 422, "ogiltig-handelse")["errors"]
    assert fel[0]["pointer"] == "/id"
    k.registrera(budget, f"/v1/budgetperioder/{budgetperiodens_id('0000', 'socialnamnden', 2019)}")
    svar = k.las("/v1/matt/budget", gallerDen="2019-12-31", fran="2019-01-01", till="2019-03-31", gruppera="manad")
    assert svar["grupper"] == [{"manad": f"2019-0{m}", "varde": "100.00"} for m in (1, 2, 3)]
    assert svar["totalt"] == "300.00"


@pytest.mark.parametrize("typ", [klass.typ for klass in handelsetyper()])
def test_exemplen_i_beskrivningen_gar_att_sanda(k: Klient, typ: str) -> None:
    k.den("2025-12-31")
    ett = godtagna(typ)[0]
    assert exempel(Samling(ett.rader[-1]["samling"]))[typ]["value"] == som_kropp(ett.rader[-1])
    for rad in ett.rader:
        k.registrera(som_kropp(rad), f"/v1/{rad['samling']}/{rad['id']}")


def test_handelserna_fore_och_efter_en_rattelse(k: Klient) -> None:
    k.registrera(paborjad())
    fel = k.den("2019-02-01").registrera(avslutad("2019-01-31"))
    ratt = k.den("2019-03-01").registrera(avslutad("2019-01-20", rattar=fel["handelseId"]))
    k.den("2019-04-01")

    fore = k.las(f"{ADRESS}/handelser", kantDen="2019-02-01")
    assert [(h["typ"], h["rattad"]) for h in fore["handelser"]] == [
        ("placering.paborjad", False),
        ("placering.avslutad", False),
    ]
    assert fore["underlag"] == {"position": 2, "kantDen": "2019-02-01T22:59:59.999999Z"}
    assert fore["version"] == 2

    efter = k.las(f"{ADRESS}/handelser")
    assert [h["rattad"] for h in efter["handelser"]] == [False, True, False]
    assert efter["handelser"][1]["rattadAv"] == ratt["handelseId"]
    assert efter["handelser"][2]["rattar"] == fel["handelseId"]
    assert [h["stromversion"] for h in efter["handelser"]] == [1, 2, 3]

    assert k.las(f"{ADRESS}/handelser", position="2")["handelser"] == fore["handelser"]
    assert k.las(f"{ADRESS}/handelser", kantDen=fel["registrerad"])["handelser"] == fore["handelser"]


def test_vad_som_gallde_enligt_vad_som_var_kant(k: Klient) -> None:
    k.registrera(paborjad())
    fel = k.den("2019-02-01").registrera(avslutad("2019-01-31"))
    k.den("2019-03-01").registrera(avslutad("2019-01-20", rattar=fel["handelseId"]))
    k.den("2019-04-01")

    def datum(**fraga: str) -> list[str]:
        return [h["datum"] for h in k.las(ADRESS, **fraga)["handelser"]]

    assert datum() == ["2019-01-01", "2019-01-20"]
    assert datum(kantDen="2019-02-15") == ["2019-01-01", "2019-01-31"]
    assert datum(gallerDen="2019-01-19") == ["2019-01-01"]
    assert datum(gallerDen="2018-12-31") == []
    assert k.las(ADRESS, gallerDen="2018-12-31")["version"] == 3
    problem(k.http.get(ADRESS, params={"kantDen": "2019-01-09"}), 404, "okand-strom")


def test_handelserna_gar_att_lasa_igen_oforandrade(k: Klient) -> None:
    k.registrera(paborjad())
    k.den("2019-04-01")
    adress = f"{ADRESS}/handelser?position=1"
    forsta = k.http.get(adress)
    k.registrera(avslutad("2019-01-31"))
    assert k.http.get(adress).content == forsta.content
    svar = k.http.get(adress, headers={"If-None-Match": forsta.headers["etag"]})
    assert (svar.status_code, svar.content) == (304, b"")


def test_inga_handelsefalt_krockar_med_svarets_egna() -> None:
    svarets = {"position", "stromversion", "lov", "rattad", "rattadAv", "infort"}
    for aggregat in AGGREGAT.values():
        for typ in aggregat.typer:
            falt = {f.alias or namn for namn, f in typ.model_fields.items()}
            assert not falt & (svarets | KUVERTFALT), typ.typ


def test_framtiden_kan_ingen_fraga_om(k: Klient) -> None:
    k.registrera(paborjad())
    detalj = problem(k.http.get(f"{ADRESS}/handelser?kantDen=2100-01-01"), 400, "ogiltig-fraga")["detail"]
    assert "framtiden" in detalj
    # A day that is not over means up to now.
    underlag = k.las(f"{ADRESS}/handelser", kantDen="2019-01-10")["underlag"]
    assert underlag["kantDen"].startswith("2019-01-10T08:00:00")
