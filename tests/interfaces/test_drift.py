"""Running the server: settings, log, figures, readiness."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from application.registreringsko import HOGST_I_KO, Registreringsko
from domain.handelse import KOMMUNKOD
from interfaces.http.adresser import ADRESSER
from interfaces.http.logg import BEGARAN, Jsonrader
from interfaces.installningar import PREFIX, Installningar, OgiltigInstallning, las_installningar
from tests.interfaces.http_klient import ADRESS, STROM, Klient, klient, paborjad, problem

ROT = Path(__file__).parents[2]


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    with klient(tmp_path) as ny:
        yield ny


@pytest.fixture(autouse=True)
def ren_miljo(monkeypatch: pytest.MonkeyPatch) -> None:
    for namn in Installningar.model_fields:
        monkeypatch.delenv(PREFIX + namn.upper(), raising=False)


def test_installningar_ur_miljon_och_det_som_sags_gar_fore(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGGARE_PORT", "8123")
    monkeypatch.setenv("LIGGARE_KOMMUN", "1880")
    assert (las_installningar().port, las_installningar().kommun) == (8123, "1880")
    assert las_installningar(port=9, adress=None).port == 9
    assert las_installningar().adress == "127.0.0.1"


@pytest.mark.parametrize(
    ("namn", "varde", "ord_"),
    [
        ("LIGGARE_PORTT", "1", "Menade du LIGGARE_PORT?"),
        ("LIGGARE_DATABASE", "x", "Menade du LIGGARE_DATABAS?"),
        ("LIGGARE_PORT", "x", "LIGGARE_PORT ska vara ett heltal, inte ”x”."),
        ("LIGGARE_UTVECKLING", "kanske", "LIGGARE_UTVECKLING ska vara true eller false, inte ”kanske”."),
        ("LIGGARE_PORT", "70000", "LIGGARE_PORT ska vara högst 65535, inte ”70000”"),
        ("LIGGARE_KOMMUN", "18", f"LIGGARE_KOMMUN ska vara {KOMMUNKOD.ord}, inte ”18”."),
        ("LIGGARE_UTGIVARE", "http://a.se", "LIGGARE_UTGIVARE ska vara en adress som börjar med https:// och är"),
        ("LIGGARE_LOGGNIVA", "mycket", "warning"),
        ("LIGGARE_PUBLIK_ADRESS", "http://liggare.example", "LIGGARE_PUBLIK_ADRESS"),
    ],
)
def test_en_installning_som_inte_gar(monkeypatch: pytest.MonkeyPatch, namn: str, varde: str, ord_: str) -> None:
    monkeypatch.setenv(namn, varde)
    with pytest.raises(OgiltigInstallning, match=re.escape(ord_)):
        las_installningar()


def test_varje_installning_star_i_handledningen() -> None:
    text = (ROT / "docs" / "drift.md").read_text(encoding="utf-8")
    beskrivna = set(re.findall(r"^\| `(LIGGARE_\w+)`", text, re.MULTILINE))
    assert beskrivna == {PREFIX + namn.upper() for namn in Installningar.model_fields}


def test_loggen_har_operationen_och_inget_om_nagon(k: Klient, caplog: pytest.LogCaptureFixture) -> None:
    handelse = paborjad()
    with caplog.at_level(logging.INFO, BEGARAN.name):
        k.registrera(handelse)
        k.las(ADRESS, gallerDen="2019-01-05")
        k.http.get("/v1/finns-inte/hemligt?pnr=191212121212")
    rader = [Jsonrader().format(post) for post in caplog.records if post.name == BEGARAN.name]
    assert [json.loads(rad)["operation"] for rad in rader] == ["registrera-i-placeringar", "las-placeringar", "ingen"]
    assert [json.loads(rad)["status"] for rad in rader] == [201, 200, 404]
    for hemligt in (str(STROM), handelse["personId"], "2019-01-05", "hemligt", "191212121212"):
        assert hemligt not in "".join(rader)


def test_en_rad_i_loggen_ar_en_rad() -> None:
    post = logging.LogRecord("liggare", logging.ERROR, "x", 1, "ett\nfel\x1b[31m %s", ("\r\n",), None)
    rad = Jsonrader().format(post)
    assert "\n" not in rad and "\x1b" not in rad
    assert json.loads(rad)["meddelande"] == "ett\nfel\x1b[31m \r\n"


def test_matvardena_raknar_svaren(k: Klient) -> None:
    k.registrera(paborjad())
    k.http.get("/v1/matt/hittepa")
    text = k.http.get("/v1/metrics").text
    assert 'liggare_http_svar_total{operation="registrera-i-placeringar",status="201"} 1.0' in text
    assert 'liggare_http_svar_total{operation="fraga-matt",status="404"} 1.0' in text
    assert "liggare_position 1.0" in text
    assert "process_resident_memory_bytes" in text
    operationer = set(re.findall(r'operation="([^"]+)"', text))
    assert operationer <= {adress.namn for adress in ADRESSER} | {"ingen"}


def test_varje_svar_har_skyddande_huvuden(k: Klient) -> None:
    for adress in ("/v1/livez", "/v1/finns-inte", ADRESS, "/v1/matt", "/v1/metrics"):
        huvuden = k.http.get(adress).headers
        assert huvuden["x-content-type-options"] == "nosniff"
        assert huvuden["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert huvuden["referrer-policy"] == "no-referrer"


def test_en_server_med_full_ko_ar_inte_redo(k: Klient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert k.las("/v1/readyz")["registrering"] == "ok"
    monkeypatch.setattr(Registreringsko, "vantande", property(lambda _: HOGST_I_KO))
    svar = k.http.get("/v1/readyz")
    fel = problem(svar, 503, "inte-redo")
    assert [ett["falt"] for ett in fel["errors"]] == ["registrering"]
    assert svar.headers["retry-after"]


def test_om_granssnittet_med_profilens_falt(k: Klient) -> None:
    info = k.las("/v1/api-info")
    assert (info["apiName"], info["apiVersion"], info["apiStatus"]) == ("Liggare", "1", "active")
    assert k.http.get(info["apiDocumentation"]).status_code == 200
