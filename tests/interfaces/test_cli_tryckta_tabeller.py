"""From printed tables to a history, into a ledger, and back to the tables: with files and no code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

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
