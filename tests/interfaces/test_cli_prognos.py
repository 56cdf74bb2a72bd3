"""``liggare prognos`` as a controller meets it: the table, for a program, the backtest, what if, and adoption."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from interfaces.bootstrap import koppla
from interfaces.cli.main import huvud
from tests.prognos.liggare import KOMMUN, las_in, rader

TIDER = ("--galler-den", "2019-08-31", "--kant-den", "2019-09-10")


@pytest.fixture(scope="module")
def databas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fil = tmp_path_factory.mktemp("prognos") / "liggare.db"
    tjanster = koppla(str(fil), klocka=lambda: datetime(2020, 4, 1, tzinfo=UTC))
    las_in(tjanster, rader())
    tjanster.stang()
    return fil


def prognos(databas: Path, *argument: str, kommando: str = "prognos") -> Result:
    argument = (*argument, "--kommun", KOMMUN, "--vagar", "300") if kommando == "prognos" else argument
    return CliRunner().invoke(huvud, [kommando, *argument, "--databas", str(databas)])


def test_tabellen_sager_vad_aret_kostar_och_varfor(databas: Path) -> None:
    svar = prognos(databas, *TIDER)
    assert svar.exit_code == 0, svar.output
    for ord_ in (
        "Prognos 2019, kommun 9999",
        "Institutionsvård",
        "Totalt",
        "Året väntas kosta",
        "Sedan delår 1",
        "Metod:",
    ):
        assert ord_ in svar.output
    assert "Frö 1, 300 förlopp" in svar.output


@pytest.mark.parametrize("utformat", ["json", "csv", "tabell"])
def test_samma_fraga_ger_samma_tecken(databas: Path, utformat: str) -> None:
    ett, tva = (prognos(databas, *TIDER, "--format", utformat) for _ in range(2))
    assert ett.exit_code == 0, ett.output
    assert ett.output == tva.output
    assert ett.output != prognos(databas, *TIDER, "--format", utformat, "--fro", "2").output


def test_for_ett_program_star_underlag_metod_och_intervall(databas: Path) -> None:
    svar: dict[str, Any] = json.loads(prognos(databas, *TIDER, "--format", "json").output)
    assert svar["underlag"]["gallerDen"] == "2019-08-31"
    assert set(svar["metod"]) >= {"namn", "valdAvHistoriken", "provadePa", "crps", "fro"}
    totalt = svar["rader"][-1]
    assert totalt["kostnad"]["i95"][0] <= totalt["kostnad"]["i50"][0] <= totalt["kostnad"]["median"]
    assert sum(totalt["hopp"].values()) == pytest.approx(totalt["kostnad"]["vantat"] - 26_700_000, abs=1)


def test_bakattestet_star_bredvid_namndens_egna(databas: Path) -> None:
    svar = prognos(databas, "--prova", "2019-07..2019-08")
    assert svar.exit_code == 0, svar.output
    for ord_ in ("Bakåttest 2019-07–2019-08", "Flödesmodell", "MASE", "Delår 1 2019"):
        assert ord_ in svar.output


def test_en_prognos_kan_faststallas_och_syns_sedan(databas: Path, tmp_path: Path) -> None:
    handelse = prognos(databas, *TIDER, "--som-handelse", "delar2", "--paragraf", "§ 12")
    assert handelse.exit_code == 0, handelse.output
    assert json.loads(handelse.output)["beslut"] == {
        "organ": "Socialnämnden", "datum": "2019-09-10", "paragraf": "§ 12",
    }  # fmt: skip
    fil = tmp_path / "prognos.jsonl"
    fil.write_text(handelse.output, encoding="utf-8")
    assert prognos(databas, str(fil), kommando="importera").exit_code == 0
    tabell = prognos(
        databas, "externa-insatser", "--kommun", KOMMUN, "--ar", "2019", "--galler-den", "2019-12-31",
        "--format", "json", kommando="tabell",
    )  # fmt: skip
    hvb = next(rad for rad in json.loads(tabell.output)["rader"] if rad["insatsform"] == "Institutionsvård")
    assert hvb["snitt_prognos_2019"]
    assert hvb["budgetavvikelse_delar2_mnkr"] is not None


def test_tankom_visar_scenarier_sida_vid_sida_och_blir_atgardens_effekt(databas: Path, tmp_path: Path) -> None:
    fil = tmp_path / "kortare.json"
    fil.write_text(
        '{"namn": "Kortare HVB", "andringar": [{"slag": "vistelsetid", "fran": "2019-09-01", "insatsform": ["hvb"],'
        ' "faktor": 0.8}]}', encoding="utf-8",
    )  # fmt: skip
    svar = prognos(databas, *TIDER, "--scenario", str(fil))
    assert svar.exit_code == 0, svar.output
    assert "Kortare HVB" in svar.output
    atgard = "019a0000-0000-7000-8000-000000000001"
    handelse = json.loads(prognos(databas, *TIDER, "--scenario", str(fil), "--atgard", atgard).output)
    assert (handelse["typ"], handelse["id"], handelse["ar"]) == ("effekt.beraknad", atgard, 2019)
    assert float(handelse["prognosUnderAret"]) > 0


@pytest.mark.parametrize(
    ("argument", "sager"),
    [
        (("--prova", "2019-13"), "prova ska vara månader"),
        (("--prova", "2019-08..2019-01"), "i ordning"),
        (("--galler-den", "igår"), "--galler-den"),
        (("--galler-den", "2018-06-30", "--namnd", "annan", "--som-handelse", "manad"), "ingen antagen budget"),
        (("--atgard", "019a0000-0000-7000-8000-000000000001"), "ett scenario"),
    ],
)  # fmt: skip
def test_det_som_inte_gar_sags_pa_svenska(databas: Path, argument: tuple[str, ...], sager: str) -> None:
    svar = prognos(databas, *argument)
    assert svar.exit_code == 1
    assert sager in svar.output
