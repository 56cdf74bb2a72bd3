"""Opening figures and explaining differences from the command line."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import Result

from tests.interfaces.kommandorad import liggare
from tests.laws.test_spar_och_orsaker_exempel import ett_budgetar, mars

TIDER = ["--fran", "2024-03-01", "--till", "2024-03-31", "--galler-den", "2024-03-31"]


def inlast(mapp: Path, rader: list[bytes]) -> Path:
    """Return a ledger of an import file's lines."""
    fil, databas = mapp / "h.jsonl", mapp / "l.db"
    fil.write_bytes(b"\n".join(rader) + b"\n")
    svar = liggare("importera", fil, "--databas", databas)
    assert svar.exit_code == 0, svar.output
    return databas


@pytest.fixture(scope="module")
def databas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with mars() as berattad:
        return inlast(tmp_path_factory.mktemp("mars"), berattad.som_rader())


@pytest.fixture(scope="module")
def budgetaret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with ett_budgetar() as berattad:
        return inlast(tmp_path_factory.mktemp("budget"), berattad.som_rader())


def rader_i(svar: Result) -> list[dict[str, str]]:
    utan_huvud = [rad for rad in svar.stdout.splitlines() if not rad.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(utan_huvud))))


def test_ett_matt_oppnas_i_csv_och_bidragen_summerar(databas: Path) -> None:
    svar = liggare("matt", "vardygn", *TIDER, "--oppna", "--format", "csv", "--databas", databas)
    assert svar.exit_code == 0, svar.output
    rader = rader_i(svar)
    assert sum(Fraction(rad["bidrag"]) for rad in rader if rad["bidrag"]) == 26
    assert [rad["typ"] for rad in rader] == ["placering.paborjad", "placering.avslutad", "placering.paborjad"]
    assert {rad["fran"] for rad in rader} == {"2024-03-01", "2024-03-21"}
    assert {rad["till"] for rad in rader} == {"2024-03-15", "2024-03-31"}


def test_en_cell_oppnas_i_json(databas: Path) -> None:
    cell = "malgrupp=barn,manad=2024-03"
    svar = liggare("matt", "vardygn", *TIDER, "--cell", cell, "--format", "json", "--databas", databas)
    assert svar.exit_code == 0, svar.output
    oppnad = json.loads(svar.stdout)
    assert oppnad["cell"] == {"malgrupp": "barn", "manad": "2024-03"}
    assert (oppnad["varde"], oppnad["antal"], oppnad["visade"]) == ("26", 2, 2)
    assert [len(faktum["handelser"]) for faktum in oppnad["fakta"]] == [2, 1]


def test_en_lang_oppning_bladdras(databas: Path) -> None:
    svar = liggare("matt", "vardygn", *TIDER, "--oppna", "--hogst", "1", "--databas", databas)
    assert svar.exit_code == 0, svar.output
    assert "1 visas och 1 till" in svar.stdout
    assert "Cellen: 26 · 2 fakta" in svar.stdout


@pytest.mark.parametrize(
    ("cell", "sager"),
    [
        ("malgrupp", "cell ska ha formen dimension=värde"),
        ("malgrupp=x", "är inte ett tillåtet värde för malgrupp"),
        ("manad=mars", "manad ska skrivas ÅÅÅÅ-MM"),
        ("farg=gul", "har inte dimensionen farg"),
    ],
)
def test_en_felskriven_cell_nekas(databas: Path, cell: str, sager: str) -> None:
    svar = liggare("matt", "vardygn", *TIDER, "--cell", cell, "--databas", databas)
    assert svar.exit_code == 1
    assert sager in svar.stderr


def test_svaret_sager_hur_manga_fakta_som_raknades(databas: Path) -> None:
    text = liggare("matt", "vardygn", *TIDER, "--databas", databas)
    assert "2 fakta räknade" in text.stdout
    svar = liggare("matt", "vardygn", *TIDER, "--format", "json", "--databas", databas)
    underlag = json.loads(svar.stdout)["underlag"]
    assert underlag["raknadeFakta"] == 2
    assert [regel["namn"] for regel in underlag["regler"]] == ["inEjUt"]


def test_en_frist_redovisas_som_den_lod_dagen_fragan_galler(databas: Path) -> None:
    matt = "andel-utredningar-inom-fyra-manader"
    svar = liggare("matt", matt, *TIDER, "--format", "json", "--databas", databas)
    assert svar.exit_code == 0, svar.output
    assert json.loads(svar.stdout)["underlag"]["regler"] == [
        {
            "namn": "fyraManader",
            "etikett": "fyra månader",
            "kalla": "SoL (2001:453) 11 kap. 2 §",
            "gallerFran": "2002-01-01",
        }
    ]
    assert "Regel: fyra månader – SoL (2001:453) 11 kap. 2 §, i kraft 2002-01-01" in (
        liggare("matt", matt, *TIDER, "--databas", databas).stdout
    )


def test_en_skillnad_forklaras(databas: Path) -> None:
    fraga: list[str | Path] = ["forklara", "vardygn", *TIDER, "--kant-den", "2024-03-31", "--databas", databas]
    text = liggare(*fraga)
    assert text.exit_code == 0, text.output
    assert "Vårddygn är 26 mot 52 dygn: -26." in text.stdout
    svar = json.loads(liggare(*fraga, "--format", "json").stdout)["totalt"]
    assert svar["delar"] == {"sent registrerat": "-5", "rättelser": "-21"}
    assert sum(Fraction(rad["effekt"]) for rad in svar["spar"] if rad["effekt"]) == -26
    spar = rader_i(liggare(*fraga, "--oppna", "--format", "csv"))
    assert {rad["typ"] for rad in spar} == {"placering.paborjad", "placering.avslutad", "handelse.makulerad"}
    assert "handelse.makulerad" in liggare(*fraga, "--oppna").stdout


def test_en_skillnad_forklaras_per_grupp_i_csv(databas: Path) -> None:
    fraga = ["--kant-den", "2024-03-31", "--mot-kant-den", "2024-04-12", "--gruppera", "malgrupp", "--format", "csv"]
    svar = liggare("forklara", "vardygn", *TIDER, *fraga, "--databas", databas)
    assert svar.exit_code == 0, svar.output
    assert rader_i(svar) == [
        {"malgrupp": "barn", "fran": "52", "mot": "63", "skillnad": "11", "sent registrerat": "11"}
    ]


def test_en_kostnadsskillnad_delas_pa_volym_mix_och_pris(budgetaret: Path) -> None:
    fraga: list[str | Path] = ["forklara", "budget", "--mot", "kostnad", *TIDER, "--databas", budgetaret]
    (rad,) = rader_i(liggare(*fraga, "--format", "csv"))
    assert (rad["rad"], rad["volym"], rad["mix"], rad["pris"], rad["ovrigt"]) == ("barn / hvb", "1000", "0", "410", "0")
    assert "Störst påverkan: volym i Barn / HVB +1 000 kr" in liggare(*fraga).stdout
    assert json.loads(liggare(*fraga, "--format", "json").stdout)["totalt"]["skillnad"] == "1410"


@pytest.mark.parametrize(
    ("fraga", "sager"),
    [
        (["vardygn"], "Säg vad det ska jämföras med"),
        (["vardygn", "--mot", "kostnad"], "vardygn kan inte delas upp i volym, mix och pris"),
        (["budget", "--mot", "kostnad", "--gruppera", "manad"], "ta bort manad och ar"),
        (
            ["vardygn", "--kant-den", "2024-04-30", "--mot-kant-den", "2024-03-31"],
            "--mot-kant-den ska inte ligga före --kant-den",
        ),
    ],
)
def test_en_fraga_som_inte_gar_att_forklara_nekas(budgetaret: Path, fraga: list[str], sager: str) -> None:
    svar = liggare("forklara", *fraga, *TIDER, "--databas", budgetaret)
    assert svar.exit_code == 1
    assert sager in svar.stderr
