"""The command line on a ledger in PostgreSQL: the same commands, the same answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interfaces.cli.main import huvud

EXEMPEL = Path(__file__).parents[2] / "docs" / "exempel"
PERIOD = ["--fran", "2019-01-01", "--till", "2019-12-31", "--galler-den", "2019-12-31"]


def liggare(*argument: str | Path, databas: str) -> Result:
    return CliRunner().invoke(huvud, [str(a) for a in argument], env={"LIGGARE_DATABAS": databas})


def test_alla_kommandon_svarar_detsamma_i_bada_databaserna(tmp_path: Path, postgresdatabas: str) -> None:
    for argument in (
        ["importera", EXEMPEL / "ombyggnad.jsonl"],
        ["importera", EXEMPEL / "ombyggnad.jsonl"],
        ["importera", EXEMPEL / "handelser.jsonl"],
        ["importera", EXEMPEL / "fel.jsonl"],
        ["matt", "vardygn", *PERIOD, "--gruppera", "overordnad,enhet,manad", "--format", "csv"],
        ["matt", "kostnad-per-dygn", *PERIOD, "--gruppera", "malgrupp,utforare"],
        ["tabell", "externa-insatser", "--kommun", "1880", "--ar", "2019", "--galler-den", "2019-12-31"],
        ["strom", "placeringar", "019a0000-0000-7000-8000-000000000001", "--historik"],
        ["bygg-om"],
        ["atgard"],
    ):
        i_fil = liggare(*argument, databas=str(tmp_path / "liggare.db"))
        i_postgres = liggare(*argument, databas=postgresdatabas)
        ett, annat = (_utan_tider(svar.output) for svar in (i_fil, i_postgres))
        assert (i_postgres.exit_code, annat) == (i_fil.exit_code, ett), argument
    assert liggare("verifiera", databas=postgresdatabas).exit_code == 0


def _utan_tider(text: str) -> str:
    """Leave out what tells of time, and of a key ring that the first ledger makes for both."""
    egna = (" på ", "känt den", "Ny nyckelfil")
    return "\n".join(rad for rad in text.splitlines() if not any(ett in rad for ett in egna))


@pytest.mark.parametrize(
    ("databas", "mening"),
    [
        ("mysql://bo:hemligt@localhost/l", "databas är mysql://…, men ska vara en fil, sqlite:///… eller postgresql://…"),
        ("postgresql://bo:hemligt@/l?host=/finns/inte", "men ska vara en läsbar och skrivbar PostgreSQL-databas"),
    ],
)  # fmt: skip
def test_en_databas_som_inte_gar_att_oppna_far_en_mening_utan_losenord(databas: str, mening: str) -> None:
    svar = liggare("matt", "vardygn", *PERIOD, databas=databas)
    assert svar.exit_code == 1
    assert mening in svar.output
    assert "hemligt" not in svar.output and "Traceback" not in svar.output


def test_en_tom_databas_ar_ingen_liggare_for_den_som_fragar(tmp_path: Path) -> None:
    svar = liggare("matt", "vardygn", *PERIOD, databas=f"sqlite:///{tmp_path}/saknas.db")
    assert svar.exit_code == 1
    assert "importera händelser först" in svar.output
