"""Every kind of refusal is a problem document in Swedish."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import OperationalError
from fastapi.testclient import TestClient

from application.ports import DatabasenSkadad, DiskenFull, Diskfel, LiggarenUpptagen, OsakerDatabas, RattSaknas
from interfaces.http.adress import EN_HANDELSE
from interfaces.http.app import skapa_app
from tests.interfaces.http_klient import ADRESS, STROM, Klient, OppenVakt, avslutad, klient, paborjad, problem

JSON = {"Content-Type": "application/json"}
NY = {"If-None-Match": "*"}


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    with klient(tmp_path) as ny:
        yield ny


def sand_text(k: Klient, text: bytes) -> Any:
    return k.http.post(f"{ADRESS}/handelser", content=text, headers={**JSON, **NY})


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"{'typ': 1}",
        b'{"typ": NaN}',
        b'{"typ": Infinity}',
        b'{"typ": 1e999}',
        b'{"typ": "\\ud800"}',
        b'{"typ": "\\udc00\\ud800"}',
        b'{"typ": "\xff"}',
        b'{"typ": "\xed\xa0\x80"}',
        b'{"typ": "a", "typ": "a"}',
        b'{"typ": "a", "t\\u0079p": "b"}',
        b'{"pris": {"sort": "dygn", "sort": "manad"}}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b"[" * 33 + b"]" * 33,
        b'{"typ": 1} {"typ": 2}',
    ],
)
def test_felaktig_json(k: Klient, text: bytes) -> None:
    problem(sand_text(k, text), 400, "ogiltig-json")


def test_text_som_inte_gar_att_lagra_i_alla_databaser(k: Klient) -> None:
    detalj = problem(sand_text(k, b'{"typ": "a\\u0000"}'), 422, "ogiltig-handelse")["detail"]
    assert detalj == "typ innehåller tecknet U+0000, som ingen text får ha."


@pytest.mark.parametrize("text", [b"[]", b'"a"', b"null", b"1", b"1" * 5000, b"[1" + b"0" * 400 + b"]"])
def test_json_som_inte_ar_en_handelse(k: Klient, text: bytes) -> None:
    svar = sand_text(k, text)
    problem(svar, svar.status_code, "ogiltig-json" if svar.status_code == 400 else "ogiltig-handelse")
    assert svar.status_code in (400, 422)


def test_varje_felaktigt_falt_pekas_ut(k: Klient) -> None:
    fel = problem(k.sand(paborjad(kon="x", pris={"sort": "dygn", "belopp": 10}, okant=1)), 422, "ogiltig-handelse")[
        "errors"
    ]
    assert {f["pointer"] for f in fel} == {"/kon", "/pris/belopp", "/okant"}
    assert next(f for f in fel if f["falt"] == "kon")["detail"].endswith("Tillåtna: kvinna, man, okand.")


def test_ett_falt_saknas(k: Klient) -> None:
    utan = {namn: varde for namn, varde in paborjad().items() if namn != "datum"}
    assert problem(k.sand(utan), 422, "ogiltig-handelse")["errors"][0]["pointer"] == "/datum"


def test_en_regel_vagrar(k: Klient) -> None:
    k.registrera(paborjad())
    fel = problem(k.sand(avslutad("2018-12-31")), 422, "placeringen-slutar-fore-sin-borjan")
    assert fel["errors"] == [
        {
            "pointer": "/datum",
            "falt": "datum",
            "kod": "placeringen-slutar-fore-sin-borjan",
            "detail": "Placeringen kan inte avslutas 2018-12-31: den påbörjades 2019-01-01.",
        }
    ]
    problem(k.sand(avslutad("2019-01-01"), f"/v1/placeringar/{uuid4()}"), 422, "strommen-saknar-borjan")
    assert k.las("/v1/readyz")["position"] == 1


def test_samma_id_for_nagot_annat_krockar(k: Klient) -> None:
    handelse = paborjad()
    k.registrera(handelse)
    problem(k.sand({**handelse, "kon": "man"}), 422, "handelse-id-upptaget")
    problem(k.sand(handelse, f"/v1/placeringar/{uuid4()}"), 422, "handelse-id-upptaget")
    utforare = {
        "typ": "utforare.registrerad", "handelseId": str(uuid4()), "datum": "2019-01-01", "kommun": "0000",
        "namn": "Enheten", "regi": "egen", "slag": "hvb",
    }  # fmt: skip
    problem(k.sand(utforare, f"/v1/utforare/{STROM}"), 409, "strommen-hor-till-en-annan-samling")


@pytest.mark.parametrize("langd", [EN_HANDELSE.hogst + 1, 3 * EN_HANDELSE.hogst])
@pytest.mark.parametrize("delad", [False, True])
def test_for_stort_innehall(k: Klient, langd: int, delad: bool) -> None:
    innehall: Any = iter([b" " * 65536] * (langd // 65536 + 1)) if delad else b" " * langd
    svar = k.http.post(f"{ADRESS}/handelser", content=innehall, headers=JSON)
    problem(svar, 413, "for-stort-innehall")


def test_storsta_innehallet_lases(k: Klient) -> None:
    problem(sand_text(k, b" " * EN_HANDELSE.hogst), 400, "ogiltig-json")


@pytest.mark.parametrize(
    "huvuden",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": ""},
        {},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=latin-1"},
        {**JSON, "Content-Encoding": "gzip"},
    ],
)
def test_fel_innehallstyp(k: Klient, huvuden: dict[str, str]) -> None:
    svar = k.http.post(f"{ADRESS}/handelser", content=b"{}", headers=huvuden)
    problem(svar, 415, "fel-innehallstyp")
    sags = {"Accept-Encoding": "identity"} if "Content-Encoding" in huvuden else {"Accept": "application/json"}
    assert sags.items() <= {namn.title(): varde for namn, varde in svar.headers.items()}.items()


def test_teckenkoden_far_anges(k: Klient) -> None:
    huvuden = {"Content-Type": 'Application/JSON; charset="UTF-8"'}
    svar = k.http.post(f"{ADRESS}/handelser", content=b"{}", headers={**huvuden, **NY})
    problem(svar, 400, "nyckel-saknas")


@pytest.mark.parametrize(
    ("metod", "adress", "kod"),
    [
        ("GET", "/", "okand-adress"),
        ("GET", "/v1", "okand-adress"),
        ("GET", "/v1/matt/", "okand-adress"),
        ("GET", "/v1/räkor/%00/x/y", "okand-adress"),
        ("GET", "/docs", "okand-adress"),
        ("GET", f"/v1/handlingar/{STROM}", "okand-adress"),
        ("POST", f"/v1/handlingar/{STROM}/handelser", "okand-adress"),
        ("GET", "/v1/placeringar/1", "okand-strom"),
        ("POST", "/v1/placeringar/1/handelser", "okand-strom"),
        ("GET", f"/v1/placeringar/{{{STROM}}}", "okand-strom"),
        ("GET", ADRESS, "okand-strom"),
        ("GET", f"{ADRESS}/handelser", "okand-strom"),
        ("GET", "/v1/matt/vardagar", "okant-matt"),
    ],
)
def test_det_som_inte_finns(k: Klient, metod: str, adress: str, kod: str) -> None:
    problem(k.http.request(metod, adress), 404, kod)


def test_en_adress_som_inte_finns_far_veta_vilka_som_finns(k: Klient) -> None:
    detalj = problem(k.http.get(f"/v1/handlingar/{STROM}"), 404, "okand-adress")["detail"]
    assert "Under /v1 finns: api-info, arenden, " in detalj and "matt" in detalj


def test_en_strom_finns_bara_i_sin_samling(k: Klient) -> None:
    k.registrera(paborjad())
    problem(k.http.get(f"/v1/utforare/{STROM}"), 404, "okand-strom")


@pytest.mark.parametrize(
    ("metod", "adress", "tillatna"),
    [
        ("PUT", f"{ADRESS}/handelser", "GET, HEAD, POST"),
        ("DELETE", ADRESS, "GET, HEAD"),
        ("POST", "/v1/matt/vardygn", "GET, HEAD"),
        ("POST", "/v1/livez", "GET, HEAD"),
        ("PATCH", "/v1/matt", "GET, HEAD"),
        ("HITTEPA", "/v1/matt", "GET, HEAD"),
    ],
)
def test_metoden_ar_inte_tillaten(k: Klient, metod: str, adress: str, tillatna: str) -> None:
    svar = k.http.request(metod, adress)
    problem(svar, 405, "otillaten-metod")
    assert svar.headers["allow"] == tillatna


@pytest.mark.parametrize(
    "adress", ["/v1/livez", "/v1/readyz", "/v1/matt", "/v1/matt/vardygn", ADRESS, f"{ADRESS}/handelser"]
)
def test_okand_parameter(k: Klient, adress: str) -> None:
    fel = problem(k.http.get(f"{adress}?kantden=2019-01-01"), 400, "okand-parameter")
    assert fel["errors"][0]["parameter"] == "kantden"
    assert "Tillåtna: " in fel["detail"] or "inga parametrar" in fel["detail"]


def test_okand_parameter_nar_man_registrerar(k: Klient) -> None:
    problem(k.http.post(f"{ADRESS}/handelser?torrkorning=ja", json=paborjad()), 400, "okand-parameter")
    assert k.las("/v1/readyz")["position"] == 0


@pytest.mark.parametrize(
    ("fraga", "falt"),
    [
        ("kantDen=igar", "kantDen"),
        ("kantDen=", "kantDen"),
        ("kantDen=2019-02-30", "kantDen"),
        ("kantDen=2019-W01-1", "kantDen"),
        ("kantDen=20190101", "kantDen"),
        ("kantDen=2019-01-01T00:00:00", "kantDen"),
        ("kantDen=2019-01-01T25:00:00Z", "kantDen"),
        ("kantDen=0001-01-01T00:00:00%2B14:00", "kantDen"),
        ("kantDen=9999-12-31", "kantDen"),
        ("kantDen=2019-01-11", "kantDen"),
        ("kantDen=2019-01-10T08:00:01Z", "kantDen"),
        ("kantDen=٢٠١٩-٠١-٠١", "kantDen"),
        ("kantDen=2019-01-01&kantDen=2019-01-02", "kantDen"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=x", "limit"),
        ("offset=-1", "offset"),
        ("position=2", "position"),
        ("position=-1", "position"),
        ("position=1.0", "position"),
        ("position=²", "position"),
        (f"position={'9' * 5000}", "position"),
        ("position=1&kantDen=2019-01-09", "position"),
    ],
)
def test_fel_i_fragan_om_en_strom(k: Klient, fraga: str, falt: str) -> None:
    k.registrera(paborjad())
    fel = problem(k.http.get(f"{ADRESS}/handelser?{fraga}"), 400, "ogiltig-fraga")
    assert fel["errors"][0]["parameter"] == falt


@pytest.mark.parametrize(("adress", "falt"), [
    ("/v1/matt/vardygn?enhet=Norr%00", "enhet"),
    ("/v1/matt/vardygn?gruppera=kon%00", "gruppera"),
    ("/v1/atkomster?aktor=%00", "aktor"),
    ("/v1/atkomster?mal=/v1/%00", "mal"),
    ("/v1/tabeller/externa-insatser?kommun=0000&namnd=a%00b", "namnd"),
])  # fmt: skip
def test_nolltecken_i_en_parameter_vagras_i_varje_databas(k: Klient, adress: str, falt: str) -> None:
    fel = problem(k.http.get(adress), 400, "ogiltig-fraga")
    assert fel["errors"][0]["parameter"] == falt
    assert "U+0000" in fel["detail"]


def test_plustecknet_i_en_adress_forklaras(k: Klient) -> None:
    fel = problem(k.http.get(f"{ADRESS}?kantDen=2019-01-01T00:00:00+01:00"), 400, "ogiltig-fraga")
    assert fel["detail"].endswith("I en adress skrivs + som %2B.")


HEMLIGT = "hemligt-varde-ur-en-handelse"


def test_ett_ovantat_fel_rojer_ingenting(k: Klient, caplog: pytest.LogCaptureFixture) -> None:
    def brister() -> datetime:
        try:
            raise KeyError(HEMLIGT)
        except KeyError as fel:
            raise RuntimeError(HEMLIGT) from fel

    app = skapa_app(replace(k.tjanster, klocka=brister, stang=lambda: None), OppenVakt())
    with TestClient(app, raise_server_exceptions=False) as http, caplog.at_level(logging.ERROR):
        svar = http.get(ADRESS)
    fel = problem(svar, 500, "internt-fel")
    assert fel["referens"] in fel["detail"]
    assert fel["referens"] in caplog.text
    assert "RuntimeError" in caplog.text and "KeyError" in caplog.text and "strommar.py" in caplog.text
    for text in (svar.text, caplog.text):
        assert HEMLIGT not in text
    assert "Traceback" not in svar.text and ".py" not in svar.text


@pytest.mark.parametrize(
    ("fel", "status", "kod", "igen_om"),
    [
        (LiggarenUpptagen(HEMLIGT), 503, "upptagen", "1"),
        (OperationalError(HEMLIGT), 503, "upptagen", "1"),
        (DiskenFull(HEMLIGT), 507, "disken-full", "60"),
        (Diskfel(HEMLIGT), 503, "databasfel", None),
        (DatabasenSkadad(HEMLIGT), 503, "databasfel", None),
        (RattSaknas(HEMLIGT), 503, "databasfel", None),
        (OsakerDatabas("nyckelringen", "en annans", "liggarens"), 503, "databasfel", None),
    ],
)
def test_databasens_fel_har_namn_och_sager_nar_man_kan_forsoka_igen(
    k: Klient, monkeypatch: pytest.MonkeyPatch, fel: Exception, status: int, kod: str, igen_om: str | None
) -> None:
    def misslyckas(*_: object) -> None:
        raise fel

    monkeypatch.setattr(k.tjanster.registrator, "registrera", misslyckas)
    svar = k.sand(paborjad())
    problem(svar, status, kod)
    assert svar.headers.get("retry-after") == igen_om
    assert HEMLIGT not in svar.text
    # Where the database may have taken the event in before it failed, nothing else is said.
    assert ("Ingenting registrerades" in svar.text) is isinstance(fel, (LiggarenUpptagen, DiskenFull))


def test_en_databas_som_inte_gar_att_lasa_ar_inte_redo(k: Klient, monkeypatch: pytest.MonkeyPatch) -> None:
    def trasig() -> int:
        raise OSError(HEMLIGT)

    monkeypatch.setattr(k.tjanster.huvudbok, "antal", trasig)
    svar = k.http.get("/v1/readyz")
    problem(svar, 503, "inte-redo")
    assert HEMLIGT not in svar.text
    assert k.las("/v1/livez") == {"status": "lever"}
