"""Asking measures over HTTP, and how a question is completed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from application.fragetolkning import tolka_fraga
from domain.matt.katalog import MATT
from domain.regler.vardygn import VARDYGNSREGLER
from domain.tid import Period
from tests.interfaces.http_klient import Klient, avslutad, klient, paborjad, problem

NU = datetime(2019, 5, 31, 22, 30, tzinfo=UTC)  # the first of June in Sweden


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    with klient(tmp_path) as ny:
        yield ny


@pytest.fixture
def tva(k: Klient) -> Klient:
    """Two stays of 2019: ten days at 1 000 kr, later corrected to five; twenty days at 100 kr."""
    k.registrera(paborjad(), f"/v1/placeringar/{uuid4()}")
    ett, tva = (f"/v1/placeringar/{uuid4()}" for _ in range(2))
    k.den("2019-02-01")
    k.registrera(paborjad(datum="2019-01-11"), ett)
    fel = k.registrera(avslutad("2019-01-21"), ett)
    k.registrera(
        paborjad(datum="2019-01-11", kon="man", malgrupp="barn", pris={"sort": "dygn", "belopp": "100.00"}), tva
    )
    k.registrera(avslutad("2019-01-31"), tva)
    k.den("2019-03-01").registrera(avslutad("2019-01-16", rattar=fel["handelseId"]), ett)
    return k.den("2019-04-01")


def fraga(k: Klient, matt: str, **parametrar: str) -> tuple[dict[str, str], str]:
    svar = k.las(f"/v1/matt/{matt}", **parametrar)
    grupper = {}
    for grupp in svar["grupper"]:
        varde = grupp.pop("varde")
        grupper["/".join(str(v) for v in grupp.values())] = varde
    return grupper, svar["totalt"]


def test_mattlistan(k: Klient) -> None:
    lista = k.las("/v1/matt")["matt"]
    assert [m["namn"] for m in lista] == list(MATT)
    for matt in lista:
        assert {"namn", "etikett", "enhet", "definition", "kalla", "dimensioner"} <= matt.keys()
        k.las(f"/v1/matt/{matt['namn']}", gruppera=matt["dimensioner"][0])


def test_registrera_lasa_och_mata(tva: Klient) -> None:
    januari = {"fran": "2019-01-01", "till": "2019-01-31", "gallerDen": "2019-01-31", "gruppera": "kon"}
    assert fraga(tva, "vardygn", **januari) == ({"kvinna": "36", "man": "20"}, "56")
    assert fraga(tva, "kostnad", **januari) == ({"kvinna": "36000.00", "man": "2000.00"}, "38000.00")


def test_fore_och_efter_en_rattelse(tva: Klient) -> None:
    januari = {"fran": "2019-01-01", "till": "2019-01-31", "gallerDen": "2019-01-31"}
    assert fraga(tva, "vardygn", **januari, kantDen="2019-01-31") == ({}, "31")
    assert fraga(tva, "vardygn", **januari, kantDen="2019-02-28") == ({}, "61")
    assert fraga(tva, "vardygn", **januari, kantDen="2019-03-01") == ({}, "56")
    assert fraga(tva, "vardygn", **januari) == ({}, "56")


def test_till_ar_till_och_med(tva: Klient) -> None:
    assert fraga(tva, "vardygn", fran="2019-01-05", till="2019-01-05") == ({}, "1")


def test_urval_och_gruppering_pa_flera_dimensioner(tva: Klient) -> None:
    parametrar = {"fran": "2019-01-01", "till": "2019-02-28", "gallerDen": "2019-02-28"}
    assert fraga(tva, "vardygn", **parametrar, gruppera="manad,malgrupp") == (
        {"2019-01/barn": "20", "2019-01/unga": "36", "2019-02/unga": "28"},
        "84",
    )
    assert fraga(tva, "vardygn", **parametrar, malgrupp="barn") == ({}, "20")
    assert fraga(tva, "vardygn", **parametrar, malgrupp="barn,unga", kon="kvinna,man") == ({}, "84")
    assert fraga(tva, "vardygn", **parametrar, utforare="saknas") == ({}, "84")
    assert fraga(tva, "vardygn", **parametrar, kommun="0001") == ({}, "0")
    assert fraga(tva, "vardygn", **parametrar, gruppera="utforare") == ({"None": "84"}, "84")


def test_regel_franvaro_och_vagning_foljer_med_fragan(tva: Klient) -> None:
    parametrar = {"fran": "2019-01-01", "till": "2019-01-31", "gallerDen": "2019-01-31", "kantDen": "2019-03-31"}
    svar = tva.las("/v1/matt/vardygn", **parametrar, vardygnsregel="inOchUt", franvaro="raknasInte", malgrupp="barn")
    assert svar["totalt"] == "21"
    assert svar["underlag"] == {
        "position": 6, "gallerDen": "2019-01-31", "kantDen": "2019-03-31T21:59:59.999999Z", "fran": "2019-01-01",
        "till": "2019-01-31", "vardygnsregel": "inOchUt", "franvaro": "raknasInte", "vagning": "vagd",
        "periodEfter": "bokforing", "varianter": {"ensamkommande": "med", "jourhem": "med"}, "organisationDen": None,
        "urval": {"malgrupp": ["barn"]}, "raknadeFakta": 1,
        "regler": [{
            "namn": "inOchUt",
            "etikett": "både inskrivnings- och utskrivningsdagen räknas; frånvaro räknas inte",
            "kalla": VARDYGNSREGLER["inOchUt"].kalla, "gallerFran": None,
        }],
        "definition": MATT["vardygn"].definition, "kalla": MATT["vardygn"].kalla,
    }  # fmt: skip
    assert fraga(tva, "kostnad-per-dygn", **parametrar, vagning="ovagd")[1] == "550.00"
    assert fraga(tva, "kostnad-per-dygn", **parametrar)[1] == "678.57"


def test_det_som_inte_gar_att_rakna_ar_null(k: Klient) -> None:
    assert k.las("/v1/matt/kostnad-per-dygn")["totalt"] is None
    assert k.las("/v1/matt/vardygn")["totalt"] == "0"
    assert k.las("/v1/matt/kostnad")["totalt"] == "0.00"


def test_ett_svar_om_det_forflutna_har_etagg(tva: Klient) -> None:
    adress = "/v1/matt/vardygn?fran=2019-01-01&till=2019-01-31&gallerDen=2019-01-31&kantDen=2019-02-15"
    forsta = tva.http.get(adress)
    etagg = forsta.headers["etag"]
    assert etagg.startswith('"')
    tva.registrera(paborjad(datum="2019-01-01"), f"/v1/placeringar/{uuid4()}")
    for villkor in (etagg, f'"annan", {etagg}', f"W/{etagg}", "*"):
        svar = tva.http.get(adress, headers={"If-None-Match": villkor})
        assert (svar.status_code, svar.content, svar.headers["etag"]) == (304, b"", etagg)
    assert tva.http.get(adress, headers={"If-None-Match": '"annan"'}).content == forsta.content
    assert tva.http.get(adress.replace("02-15", "03-15")).headers["etag"] != etagg


def test_underlaget_racker_for_att_fraga_igen(tva: Klient) -> None:
    forsta = tva.las("/v1/matt/kostnad", gruppera="kon,manad", malgrupp="unga,barn")
    u = forsta["underlag"]
    igen = {namn: u[namn] for namn in ("fran", "till", "gallerDen", "kantDen", "vardygnsregel", "franvaro", "vagning")}
    urval = {namn: ",".join(varden) for namn, varden in u["urval"].items()}
    tva.den("2019-06-01").registrera(paborjad(), f"/v1/placeringar/{uuid4()}")
    assert tva.las("/v1/matt/kostnad", gruppera="kon,manad", **igen, **urval) == forsta


@pytest.mark.parametrize(
    ("matt", "parametrar", "falt", "ord_i_svaret"),
    [
        ("vardygn", {"fran": "2019-13-01"}, "fran", "ÅÅÅÅ-MM-DD"),
        ("vardygn", {"fran": "2019-02-01", "till": "2019-01-01"}, "till", "2019-02-01"),
        ("vardygn", {"gallerDen": "9999-12-31"}, "gallerDen", "2200-12-31"),
        ("vardygn", {"till": "9999-12-31"}, "till", "2200-12-31"),
        ("vardygn", {"gruppera": "alder"}, "gruppera", "malgrupp"),
        ("vardygn", {"gruppera": "kommun"}, "gruppera", "malgrupp"),
        ("vardygn", {"gruppera": "kon,kon"}, "gruppera", "två gånger"),
        ("vardygn", {"malgrupp": "pensionar"}, "malgrupp", "ensamkommande"),
        ("vardygn", {"malgrupp": ""}, "malgrupp", "saknar värde"),
        ("vardygn", {"utforare": "1"}, "utforare", "UUID"),
        ("vardygn", {"kommun": "stad"}, "kommun", "fyra siffror"),
        ("vardygn", {"vardygnsregel": "utEjIn"}, "vardygnsregel", "inOchUt"),
        ("vardygn", {"franvaro": "nej"}, "franvaro", "raknasInte"),
        ("vardygn", {"vagning": "tung"}, "vagning", "ovagd"),
        ("vardygn", {"vagning": "ovagd"}, "vagning", "ingen ovägd"),
        ("utfall", {"periodEfter": "faktura"}, "periodEfter", "vard"),
        ("utfall", {"fran": "2019-01-02"}, "till", "hela kalendermånader"),
        ("prognos", {"till": "2019-06-30"}, "till", "hela kalenderår"),
    ],
)
def test_en_fraga_som_inte_gar(k: Klient, matt: str, parametrar: dict[str, str], falt: str, ord_i_svaret: str) -> None:
    fel = problem(k.http.get(f"/v1/matt/{matt}", params=parametrar), 400, "ogiltig-fraga")
    assert fel["errors"][0]["parameter"] == falt
    assert ord_i_svaret in fel["detail"]


def test_manad_och_ar_begransas_inte_som_dimensioner(k: Klient) -> None:
    problem(k.http.get("/v1/matt/vardygn?manad=2019-01"), 400, "okand-parameter")


def test_de_yttersta_dagarna_gar_att_fraga_om(tva: Klient) -> None:
    for matt in ("vardygn", "kostnad", "utfall", "prognos"):
        svar = tva.http.get(f"/v1/matt/{matt}?fran=1900-01-01&till=2200-12-31&gallerDen=2200-12-31&gruppera=ar")
        assert svar.status_code == 200, svar.text


# How a question is completed


def test_en_fraga_utan_ord_galler_i_ar_idag_och_allt_som_ar_kant() -> None:
    fraga = tolka_fraga("vardygn", nu=NU)
    assert fraga.period == Period(date(2019, 1, 1), date(2020, 1, 1))
    assert fraga.tidssnitt.galler_den == date(2019, 6, 1)
    assert fraga.tidssnitt.kant_den is None


@pytest.mark.parametrize(
    ("fran", "till", "galler_den", "period"),
    [
        (None, None, "2018-03-01", ("2018-01-01", "2018-12-31")),
        ("2017-04-01", None, "2018-03-01", ("2017-04-01", "2017-12-31")),
        (None, "2017-04-30", "2018-03-01", ("2017-01-01", "2017-04-30")),
        ("2016-05-01", "2017-04-30", None, ("2016-05-01", "2017-04-30")),
    ],
)
def test_perioden_fylls_ut_till_ett_kalenderar(
    fran: str | None, till: str | None, galler_den: str | None, period: tuple[str, str]
) -> None:
    fraga = tolka_fraga("vardygn", nu=NU, fran=fran, till=till, galler_den=galler_den)
    assert (str(fraga.period.fran), str(fraga.period.sista_dag)) == period


@pytest.mark.parametrize(
    ("text", "ogonblick"),
    [
        ("2019-01-15", "2019-01-15T22:59:59.999999+00:00"),
        ("2018-07-15", "2018-07-15T21:59:59.999999+00:00"),
        ("2019-01-15T10:00:00Z", "2019-01-15T10:00:00+00:00"),
        ("2019-01-15t10:00:00.5+01:00", "2019-01-15T09:00:00.500000+00:00"),
        ("2019-01-15T10:00:00.123456789Z", "2019-01-15T10:00:00.123456+00:00"),
        ("2019-06-01", NU.isoformat()),
    ],
)
def test_kant_den_ar_dagens_slut_eller_en_tidpunkt(text: str, ogonblick: str) -> None:
    kant_den = tolka_fraga("vardygn", nu=NU, kant_den=text).tidssnitt.kant_den
    assert kant_den is not None
    assert kant_den.isoformat() == ogonblick
