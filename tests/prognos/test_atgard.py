"""A scenario as an åtgärd's expected effect, and later beside what it came to: from the command line and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from interfaces.bootstrap import koppla
from interfaces.cli.main import huvud
from tests.prognos.liggare import KOMMUN, NAMND, id_av, las_in, rad, rader

ATGARD = id_av("atgard")
Kommando = Callable[..., str]
DAGEN = ("--galler-den", "2019-04-30", "--kant-den", "2019-04-30", "--vagar", "300")


def _atgarden() -> list[dict[str, Any]]:
    kand, beslutad = (datetime(2019, 4, 24, timme, tzinfo=UTC) for timme in (9, 10))
    return [
        rad("atgarder", ATGARD, "atgard.identifierad", date(2019, 3, 1), kand, kommun=KOMMUN, namnd=NAMND,
            namn="Kortare HVB", beskrivning="Tidigare hemgång.", ansvarig="enhetschef"),
        rad("atgarder", ATGARD, "atgard.beslutad", date(2019, 4, 24), beslutad),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def databas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    mapp = tmp_path_factory.mktemp("scenario")
    tjanster = koppla(str(mapp / "liggare.db"))
    las_in(tjanster, sorted([*rader(), *_atgarden()], key=lambda r: (r["registrerad"], r["handelseId"])))
    tjanster.stang()
    (mapp / "scenario.json").write_text(
        '{"namn": "Kortare HVB", "andringar": [{"slag": "vistelsetid", "fran": "2019-05-01", "insatsform": ["hvb"],'
        ' "faktor": 0.7}]}', encoding="utf-8",
    )  # fmt: skip
    return mapp / "liggare.db"


@pytest.fixture
def liggare(databas: Path) -> Kommando:
    def kor(*argument: str) -> str:
        svar = CliRunner().invoke(huvud, [*argument, "--databas", str(databas)])
        assert svar.exit_code == 0, svar.output
        return svar.output

    return kor


@pytest.fixture
def importera(liggare: Kommando, tmp_path: Path) -> Kommando:
    def las(handelse: str) -> str:
        (tmp_path / "en.jsonl").write_text(handelse, encoding="utf-8")
        return liggare("importera", str(tmp_path / "en.jsonl"))

    return las


def test_ett_scenario_blir_vantad_effekt_och_jamfors_sedan_med_vad_det_blev(
    databas: Path, liggare: Kommando, importera: Kommando
) -> None:
    # Given an åtgärd that was decided in April, when its scenario is saved as the effect that is expected …
    scenario = ("prognos", "--kommun", KOMMUN, *DAGEN, "--scenario", str(databas.parent / "scenario.json"))
    tankt = json.loads(liggare(*scenario, "--format", "json"))
    vantat = liggare(*scenario, "--atgard", ATGARD)
    importera(vantat)
    # … then the åtgärd says so, and nothing has been achieved.
    foljd = json.loads(liggare("atgard", ATGARD, "--galler-den", "2020-04-01", "--format", "json"))
    sparat = -sum(r["effekter"][0]["kostnadsandring"]["vantat"] for r in tankt["rader"] if r["slag"] == "post")
    assert sparat > 0
    assert float(json.loads(vantat)["prognosUnderAret"]) == pytest.approx(sparat, abs=1)
    assert json.dumps(foljd).count(json.loads(vantat)["prognosUnderAret"]) >= 1

    # When the year is over, then the same scenario stands beside what it came to, without and with the change …
    mot = json.loads(liggare(*scenario, "--mot-utfall", "--format", "json"))
    hvb = next(r for r in mot["rader"] if r["rad"] == "Barn / Institutionsvård")
    assert [{k: v for k, v in r.items() if k != "utfall"} for r in mot["rader"]] == tankt["rader"]
    # … and what the rows it is about cost less than foreseen is what it has achieved, with what else is in that.
    uppnatt = json.loads(liggare(*scenario, "--mot-utfall", "--atgard", ATGARD))
    assert float(uppnatt["belopp"]) == pytest.approx(hvb["kostnad"]["vantat"] - hvb["utfall"], abs=1)
    assert (uppnatt["fran"], uppnatt["till"], uppnatt["metod"]) == ("2019-05-01", "2020-01-01", "beraknad")
    assert "Barn / Institutionsvård" in uppnatt["underlag"]
    importera(json.dumps(uppnatt))
    foljd = json.loads(liggare("atgard", ATGARD, "--format", "json"))
    assert json.dumps(foljd).count(uppnatt["belopp"]) >= 1


def test_ett_ar_som_inte_ar_slut_har_inget_utfall(databas: Path) -> None:
    argument = ["prognos", "--kommun", KOMMUN, "--galler-den", "2020-03-31", "--kant-den", "2020-03-31", "--mot-utfall"]
    fil = str(databas.parent / "scenario.json")
    svar = CliRunner().invoke(huvud, [*argument, "--scenario", fil, "--databas", str(databas)])
    assert svar.exit_code != 0
    assert "inget utfall att jämföra med" in svar.output
