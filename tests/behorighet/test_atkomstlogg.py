"""The access log: from its row what was answered can be worked out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from eventsourcing.persistence import PersistenceError

from application.behorighet.ord import Lage
from domain.begrepp import Samling
from interfaces.http import flode
from interfaces.http.granser import LANGSTA_PARAMETER
from tests.behorighet.varlden import Varld, varlden
from tests.interfaces.http_klient import problem

REVISOR = {"roll": "revisor", "syfte": "revision"}
STROM = {"Accept": "text/event-stream"}


@pytest.fixture
def egen(tmp_path: Path) -> Iterator[Varld]:
    with varlden(tmp_path) as varld:
        yield varld


def test_tidpunkten_i_huvudet_antecknas(egen: Varld) -> None:
    adress = f"/v1/arenden/{egen.i(Samling.ARENDEN, Lage.EGEN).id}"
    da = "Sun, 01 Mar 2026 12:00:00 GMT"
    egen.sand("GET", adress, egen.token(), headers={"Accept-Datetime": da})
    assert egen.logg.rader[-1].fraga == {"Accept-Datetime": da}
    # What decides nothing is not kept.
    egen.sand("GET", "/v1/atkomster", egen.token("internkontroll", "loggkontroll"), headers={"Accept-Datetime": da})
    assert egen.logg.rader[-1].fraga == {}


def test_en_lang_fraga_antecknas_hel_och_en_for_lang_besvaras_inte(egen: Varld) -> None:
    arenden = ",".join(str(UUID(int=nr)) for nr in range(200))
    vag = "/v1/matt/bedomda-arenden?gallerDen=2025-12-31&arende="
    assert egen.las(vag + arenden, **REVISOR).status_code == 200
    assert egen.logg.rader[-1].fraga["arende"] == arenden
    svar = egen.las(vag + "x" * (LANGSTA_PARAMETER + 1), **REVISOR)
    assert "arende har 8001 tecken" in problem(svar, 400, "ogiltig-fraga")["detail"]


def _folj(varld: Varld, monkeypatch: pytest.MonkeyPatch, varv: int, **huvuden: str) -> str:
    """Read the feed as a stream that ends after so many pages."""
    kvar = iter([True] * varv + [False])
    monkeypatch.setattr(flode, "_far_folja", lambda _: next(kvar))
    return varld.sand("GET", "/v1/handelser", varld.token(**REVISOR), headers={**STROM, **huvuden}).text


def test_ett_oppet_flode_antecknas_sida_for_sida(egen: Varld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flode, "_PER_SANDNING", 4)
    antal = egen.tjanster.huvudbok.antal()
    assert antal == 9
    assert _folj(egen, monkeypatch, 2, **{"Last-Event-ID": "1"}).count("\nevent: ") == 8
    assert [rad.fraga for rad in egen.logg.rader] == [
        {"Last-Event-ID": "1"},
        {"offset": "1", "position": "5"},
        {"offset": "5", "position": "9"},
    ]
    assert {(rad.vad, rad.beviljad) for rad in egen.logg.rader} == {("folj-handelser", True)}


def test_det_som_inte_gar_att_anteckna_sands_inte(egen: Varld, monkeypatch: pytest.MonkeyPatch) -> None:
    skriv = egen.logg.skriv

    def sedan_fullt(atkomst: object) -> None:
        skriv(atkomst)  # type: ignore[arg-type]
        egen.logg.fel = PersistenceError("disken är full")

    monkeypatch.setattr(egen.logg, "skriv", sedan_fullt)
    assert _folj(egen, monkeypatch, 2) == "retry: 2000\n\n"
