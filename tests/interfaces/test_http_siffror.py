"""Tables, opened figures and explanations over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from application.rapporter.katalog import TABELLER
from interfaces.http.modeller_tabeller import (
    Forklaringssvar,
    Oppningssvar,
    Prognossvarsmodell,
    Tabellista,
    Tabellsvarsmodell,
)
from tests.interfaces.http_klient import Klient, klient, problem
from tests.laws.test_spar_och_orsaker_exempel import ett_budgetar, mars

MARS = {"fran": "2024-03-01", "till": "2024-03-31", "gallerDen": "2024-03-31"}
AR = {"kommun": "0180", "ar": "2024", "gallerDen": "2024-08-31"}


def _berattad(mapp: Path, rader: list[bytes]) -> Iterator[Klient]:
    with klient(mapp) as ny:
        ny.den("2025-12-31").tjanster.importor().importera(rader)
        yield ny


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    with mars() as berattad:
        rader = list(berattad.som_rader())
    yield from _berattad(tmp_path, rader)


@pytest.fixture
def budgetaret(tmp_path: Path) -> Iterator[Klient]:
    with ett_budgetar() as berattad:
        rader = list(berattad.som_rader())
    yield from _berattad(tmp_path, rader)


def test_ett_matt_oppnas_och_bidragen_summerar(k: Klient) -> None:
    svar = k.las("/v1/matt/vardygn/fakta", **MARS)
    Oppningssvar.model_validate(svar)
    assert sum(Fraction(faktum["bidrag"]) for faktum in svar["fakta"]) == Fraction(svar["varde"]) == 26
    assert svar["varde"] == k.las("/v1/matt/vardygn", **MARS)["totalt"]
    forsta = k.las("/v1/matt/vardygn/fakta", **MARS, limit="1")
    assert (forsta["visade"], forsta["antal"]) == (1, svar["antal"])
    kvinnor = k.las("/v1/matt/vardygn/fakta", **MARS, cell="kon=kvinna")
    assert kvinnor["cell"] == {"kon": "kvinna"}
    assert problem(k.http.get("/v1/matt/vardygn/fakta?cell=kon"), 400, "ogiltig-fraga")["errors"][0]["falt"] == "cell"


def test_varfor_ett_matt_har_andrats(k: Klient) -> None:
    svar = k.las("/v1/forklaringar/vardygn", **MARS, jamfor="1", gruppera="malgrupp")
    Forklaringssvar.model_validate(svar)
    for cell in (*svar["celler"], svar["totalt"]):
        assert sum(map(Fraction, cell["delar"].values())) == Fraction(cell["skillnad"])
    assert svar["mot"]["position"] == k.las("/v1/readyz")["position"]
    assert svar["text"]
    regel = k.las("/v1/forklaringar/vardygn", **MARS, motVardygnsregel="inOchUt")
    assert set(regel["totalt"]["delar"]) == {"ändrad definition eller regel"}
    tidigare = k.las("/v1/forklaringar/vardygn", **MARS, motGallerDen="2024-03-10")
    assert Fraction(tidigare["totalt"]["fran"]) < Fraction(tidigare["totalt"]["mot"])
    assert "jamfor" in problem(k.http.get("/v1/forklaringar/vardygn"), 400, "ogiltig-fraga")["detail"]


def test_tabellerna(k: Klient) -> None:
    lista = k.las("/v1/tabeller")
    Tabellista.model_validate(lista)
    assert [ett["namn"] for ett in lista["tabeller"]] == list(TABELLER)


def test_en_tabell_som_den_sag_ut_och_en_cell_i_den(budgetaret: Klient) -> None:
    svar = budgetaret.las("/v1/tabeller/externa-insatser", **AR, jamfor="0")
    Tabellsvarsmodell.model_validate(svar)
    assert [k["namn"] for k in svar["kolumner"]] == list(svar["rader"][0])
    assert svar["jamforelse"]["underlag"]["position"] == 0
    celler = [
        (nr, kolumn["namn"])
        for nr, rad in enumerate(svar["rader"], start=1)
        for kolumn in svar["kolumner"]
        if kolumn["decimaler"] is not None and rad[kolumn["namn"]] not in (None, "0", "0.0")
    ]
    rad, kolumn = celler[0]
    oppnad = budgetaret.las("/v1/tabeller/externa-insatser/fakta", **AR, rad=str(rad), kolumn=kolumn)
    Oppningssvar.model_validate(oppnad)
    bidrag = sum((Fraction(faktum["bidrag"]) for faktum in oppnad["fakta"]), Fraction(oppnad["konstant"]))
    assert bidrag == Fraction(oppnad["varde"])
    adress = "/v1/tabeller/externa-insatser"
    bestandig = budgetaret.http.get(adress, params=AR).headers["link"].partition(">")[0].removeprefix("<")
    assert budgetaret.http.get(bestandig).content == budgetaret.http.get(adress, params=AR).content


@pytest.mark.parametrize(
    ("adress", "parameter"),
    [
        ("/v1/tabeller/externa-insatser", "kommun"),
        ("/v1/tabeller/externa-insatser?kommun=18", "kommun"),
        ("/v1/tabeller/externa-insatser?kommun=1880&ar=x", "ar"),
        ("/v1/tabeller/externa-insatser?kommun=1880&ar=1899", "ar"),
        ("/v1/tabeller/externa-insatser?kommun=1880&tillManad=13", "tillManad"),
        ("/v1/tabeller/externa-insatser?kommun=1880&sedanDen=x", "sedanDen"),
        ("/v1/tabeller/externa-insatser/fakta?kommun=1880", "rad"),
        ("/v1/tabeller/externa-insatser/fakta?kommun=1880&rad=1", "kolumn"),
        ("/v1/tabeller/externa-insatser/fakta?kommun=1880&rad=999&kolumn=x", "rad"),
    ],
)
def test_en_fraga_om_en_tabell_som_inte_gar(k: Klient, adress: str, parameter: str) -> None:
    fel = problem(k.http.get(adress), 400, "ogiltig-fraga")
    assert [ett["parameter"] for ett in fel["errors"]] == [parameter]


def test_tabellen_finns_inte(k: Klient) -> None:
    assert "externa-insatser" in problem(k.http.get("/v1/tabeller/hittepa"), 404, "okand-tabell")["detail"]


def test_en_prognos_som_den_hade_kunnat_goras(budgetaret: Klient) -> None:
    fraga = {"kommun": AR["kommun"], "ar": "2024", "gallerDen": "2024-08-31"}
    svar = budgetaret.http.get("/v1/prognoser", params=fraga)
    Prognossvarsmodell.model_validate(svar.json())
    assert svar.json()["rader"]
    bestandig = svar.headers["link"].partition(">")[0].removeprefix("<")
    assert budgetaret.http.get(bestandig).content == svar.content
    fel = problem(budgetaret.http.get("/v1/prognoser", params={**fraga, "metod": "gissning"}), 400, "ogiltig-fraga")
    assert fel["errors"][0]["parameter"] == "metod"


def test_en_prognos_utan_nagot_att_rakna_pa(budgetaret: Klient) -> None:
    for fraga, parameter in (
        ({**AR, "kommun": "0001"}, "kommun"),
        ({**AR, "position": "0"}, "ar"),
        ({**AR, "ar": "2027"}, "ar"),
        ({"kommun": AR["kommun"], "gallerDen": "2200-12-31"}, "ar"),
    ):
        fel = problem(budgetaret.http.get("/v1/prognoser", params=fraga), 400, "ogiltig-fraga")
        assert fel["errors"][0]["parameter"] == parameter
