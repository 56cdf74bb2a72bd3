"""What is typed wrong at the command line, or a file that is another one: a sentence says what, and what is allowed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interfaces.cli.main import huvud

ROT = Path(__file__).parents[2]
EXEMPEL = ROT / "docs" / "exempel"
TRYCKT = ROT / "tests" / "facit" / "orebro-2019-externa-insatser.csv"
TABELL = ["tabell", "externa-insatser", "--kommun", "1880", "--ar", "2019"]
SYNTET = ["syntet", str(TRYCKT), "--ar", "2019", "--kommun"]
PROGNOS = ["prognos", "--kommun", "1880", "--ar", "2019"]

FILER = {
    "tom.csv": b"",
    "rubrik.csv": b"a,b\n",
    "binar.csv": b"SQLite format 3\0\x10\0\x01\n1\n",
    "lista.json": b"[]",
    "scenario.json": json.dumps({"namn": "x", "andringar": [{"slag": "hopp"}]}).encode(),
    "faktor.json": json.dumps({"namn": "x", "andringar": [{"slag": "inflode", "faktor": "mycket"}]}).encode(),
}


@pytest.fixture(scope="module")
def mapp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a ledger and with files that are not what a command wants."""
    mapp = tmp_path_factory.mktemp("fel")
    for namn, innehall in FILER.items():
        (mapp / namn).write_bytes(innehall)
    assert liggare(mapp, "importera", str(EXEMPEL / "handelser.jsonl")).exit_code == 0
    return mapp


def liggare(mapp: Path, *argument: str, svar: str | None = None) -> Result:
    """Run the command line in a folder; ``MAPP/`` in an argument stands for it."""
    pa_plats = [ett.replace("MAPP/", f"{mapp}/") for ett in argument]
    return CliRunner(env={"LIGGARE_DATABAS": str(mapp / "l.db")}).invoke(huvud, pa_plats, input=svar)


@pytest.mark.parametrize(
    ("argument", "i_felet"),
    [
        (["importera", str(EXEMPEL / "handelser.jsonl"), "--kommun", "18"], "till exempel 1880, inte ”18”"),
        (["importera", str(EXEMPEL / "fel.jsonl"), "--avvisade", "MAPP/ny/fel.jsonl"], "ny finns inte"),
        (["atgard", "--kommun", "18"], "kommun ska vara en kommunkod med fyra siffror, till exempel 1880, inte ”18”"),
        (["granska", str(TRYCKT), "--kommun", "18"], "till exempel 1880, inte ”18”"),
        (["matt", "vardygn", "--kommun", ""], "kommun saknar värde"),
        (
            ["prognos", "--kommun", "1880", "--ar", "2035", "--galler-den", "2019-08-31"],
            "ar (2035) ligger för långt efter dagen frågan gäller (2019-08-31); högst 2024.",
        ),
        (
            ["prognos", "--kommun", "1880", "--galler-den", "2025-01-31", "--kant-den", "2019-09-19"],
            "ar (2025) ligger för långt efter det som var känt (2019-09-19); högst 2024.",
        ),
        (["matt", "vardygn", "--kant-den", "igår"], "Fel: --kant-den ska vara ett datum ÅÅÅÅ-MM-DD eller en tidpunkt"),
        (["matt", "vardygn", "--galler-den", "x"], "Fel: --galler-den ska vara ett datum ÅÅÅÅ-MM-DD, inte ”x”."),
        (
            ["forklara", "vardygn", "--kant-den", "2019-05-01", "--mot-kant-den", "2019-01-01"],
            "Fel: --mot-kant-den ska inte ligga före --kant-den.",
        ),
        (["matt", "vardygn", "--urval", "malgrupp="], "malgrupp saknar värde"),
        ([*SYNTET, "18"], "till exempel 1880, inte ”18”"),
        ([*SYNTET, "1880", "--till", "2019-02-30"], "till ska vara ett datum ÅÅÅÅ-MM-DD, inte ”2019-02-30”"),
        ([*SYNTET, "1880", "--beslutad", "igår"], "beslutad ska vara ett datum ÅÅÅÅ-MM-DD, inte ”igår”"),
        ([*SYNTET, "1880", "--ut", "MAPP/ny/h.jsonl"], "ny finns inte"),
        ([*PROGNOS, "--beslutad", "igår"], "beslutad ska vara ett datum ÅÅÅÅ-MM-DD, inte ”igår”"),
        ([*PROGNOS, "--scenario", "MAPP/tom.csv"], "tom.csv går inte att läsa. Filen är inte giltig JSON."),
        ([*PROGNOS, "--scenario", "MAPP/lista.json"], "Filen ska vara ett objekt, inte en lista."),
        ([*PROGNOS, "--scenario", "MAPP/scenario.json"], "pris, inflode eller enhet, inte ”hopp”"),
        ([*PROGNOS, "--scenario", "MAPP/faktor.json"], "faktor ska vara ett tal, inte ”mycket”"),
        ([*TABELL, "--radmappning", "MAPP/tom.csv"], "tom.csv går inte att läsa. Filen är inte giltig JSON."),
        ([*TABELL, "--jamfor", "MAPP/rubrik.csv"], "tabellen har inga rader under rubriken"),
        (["granska", "MAPP/rubrik.csv"], "tabellen har inga rader under rubriken"),
        (["granska", "MAPP/binar.csv"], "(rad 1): filen är inte text"),
        (["atkomster", "--fran", "2019-02-02", "--till", "2019-02-01"], "till (2019-02-01) ligger före fran (2019-0"),
        (["token", "--roll", "registrerare"], "--enhet: enhet saknas; rollen registrerare har en enhet eller en lista"),
        (["token", "--roll", "revisor", "--subjekt", "å"], "--subjekt: sub ska vara en pseudonym"),
        (["matt", "vardygn", "--databas", "MAPP/"], "(filen går inte att öppna eller skapa)"),
        (["matt", "vardygn", "--databas", "MAPP/lista.json"], "(filen är ingen databas)"),
        (["importera", str(EXEMPEL / "handelser.jsonl"), "--databas", "MAPP/ny/l.db"], "ny finns inte"),
        (["starta", "--utveckling", "--port", "0", "--databas", "MAPP/ny/l.db"], "ny finns inte"),
    ],
)
def test_felet_sags_i_en_svensk_mening(mapp: Path, argument: list[str], i_felet: str) -> None:
    svar = liggare(mapp, *argument)
    assert svar.exit_code in (1, 2)
    assert i_felet in svar.stderr
    assert "Oväntat fel" not in svar.stderr
    assert svar.stdout == ""


@pytest.mark.parametrize(("svaret", "gors"), [("ja\n", True), ("JA\n", True), ("nej\n", False), ("\n", False)])
def test_den_som_ska_glommas_bekraftas_pa_svenska(mapp: Path, svaret: str, gors: bool) -> None:
    ingen = "00000000-0000-7000-8000-000000000001"
    svar = liggare(mapp, "glom", ingen, svar=svaret)
    assert "Glöm 1 person? [ja/nej]" in svar.stderr
    assert ("Avbrutet" not in svar.stderr) is gors
