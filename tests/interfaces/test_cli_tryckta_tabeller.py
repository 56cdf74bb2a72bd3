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


def kor(*argument: str, in_: str | None = None) -> Result:
    svar = CliRunner().invoke(huvud, list(argument), input=in_)
    assert svar.exception is None or isinstance(svar.exception, SystemExit), svar.output
    return svar


@pytest.fixture(scope="module")
def databas(tmp_path_factory: pytest.TempPathFactory) -> str:
    databas = str(tmp_path_factory.mktemp("vandring") / "liggare.db")
    historia = kor("syntet", *map(fil, TABELLER), "--kommun", "0484", "--ar", "2023")
    assert historia.exit_code == 0
    inlast = kor("importera", "-", "--databas", databas, in_=historia.stdout)
    assert inlast.exit_code == 0, inlast.output
    return databas


@pytest.mark.parametrize("tryckt", TABELLER)
def test_ingen_cell_ar_oforklarad(databas: str, tryckt: str) -> None:
    svar = kor(
        "tabell", TABELLER[tryckt], "--kommun", "0484", "--ar", "2023", "--jamfor", fil(tryckt), "--databas", databas
    )  # fmt: skip
    assert svar.exit_code == 0, svar.output
    assert " 0 oförklarade" in svar.output
    assert "0 celler jämförda" not in svar.output
