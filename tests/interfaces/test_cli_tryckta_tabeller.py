"""From printed tables to a history, into a ledger, and back to the tables: with files and no code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from application.rapporter.tabellfraga import Kolumnsvar
from interfaces.cli.kommandon.tabell import _json_cell
from interfaces.cli.main import huvud

FACIT = Path(__file__).parents[1] / "facit"
TABELLER = {
    "externa-utforare-ramavtal": "externa-utforare-ramavtal",
    "avtalsuppfoljningar": "avtalsuppfoljningar",
    "utforare-uppfoljda": "utforare-uppfoljda",
    "rating-hvb": "rating",
    "resultatrakning": "resultatrakning",
    "underliggande-enheter": "underliggande-enheter",
}


def fil(tryckt: str) -> str:
    return str(FACIT / f"eskilstuna-2023-{tryckt}.csv")


def kor(*argument: str) -> Result:
    return CliRunner().invoke(huvud, list(argument))


@pytest.fixture(scope="module")
def databas(tmp_path_factory: pytest.TempPathFactory) -> str:
    mapp = tmp_path_factory.mktemp("vandring")
    historia, databas = str(mapp / "historia.jsonl.gz"), str(mapp / "liggare.db")
    for argument in (
        ("syntet", *map(fil, TABELLER), "--kommun", "0484", "--ar", "2023", "--ut", historia),
        ("importera", historia, "--databas", databas),
    ):
        svar = kor(*argument)
        assert svar.exit_code == 0, svar.output
    return databas


@pytest.mark.parametrize("tryckt", TABELLER)
def test_ingen_cell_ar_oforklarad(databas: str, tryckt: str) -> None:
    svar = kor(
        "tabell", TABELLER[tryckt], "--kommun", "0484", "--ar", "2023", "--jamfor", fil(tryckt), "--databas", databas
    )  # fmt: skip
    assert svar.exit_code == 0, svar.output
    assert " 0 oförklarade" in svar.output
    assert "\n0 celler jämförda" not in svar.output


@pytest.mark.parametrize("tabell", sorted(set(TABELLER.values())))
def test_varje_tabell_ar_json_med_tal_som_tal(databas: str, tabell: str) -> None:
    svar = kor("tabell", tabell, "--kommun", "0484", "--ar", "2023", "--format", "json", "--databas", databas)
    assert svar.exit_code == 0, svar.output
    assert json.loads(svar.stdout)["rader"]


@pytest.mark.parametrize(
    ("tryckt", "cell"), [("", None), ("-8.4", -8.4), ("70", 70)], ids=["tom", "fler decimaler i raden", "heltal"]
)
def test_en_cell_kan_ha_fler_decimaler_an_sin_kolumn(tryckt: str, cell: float | None) -> None:
    assert _json_cell(tryckt, Kolumnsvar("k", "K", decimaler=0)) == cell
