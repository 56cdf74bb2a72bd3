"""``liggare strom`` as an auditor meets it: what a stream said on a day, and all that was ever recorded in it."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from application.envelope import Forslag
from domain.begrepp import Samling
from interfaces.bootstrap import koppla
from interfaces.cli.main import huvud
from tests.domain.exempel import en_placering, ett_avslut, ett_nytt_pris

STROM = UUID(int=0xA1)


@pytest.fixture(scope="module")
def databas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fil = tmp_path_factory.mktemp("strom") / "liggare.db"
    tjanster = koppla(str(fil))
    historia = [
        Forslag(Samling.PLACERINGAR, STROM, en_placering("2019-01-10"), UUID(int=1)),
        Forslag(Samling.PLACERINGAR, STROM, ett_nytt_pris("2019-03-01", "2100.00"), UUID(int=2)),
        Forslag(Samling.PLACERINGAR, STROM, ett_nytt_pris("2019-03-01", "2200.00"), UUID(int=3), rattar=UUID(int=2)),
        Forslag(Samling.PLACERINGAR, STROM, ett_avslut("2019-06-30"), UUID(int=4)),
    ]
    for forslag in historia:
        tjanster.registrator.registrera(forslag)
    tjanster.stang()
    return fil


def strom(databas: Path, *argument: str) -> Result:
    return CliRunner().invoke(huvud, ["strom", *argument, "--databas", str(databas)])


def handelser(svar: Result) -> list[dict[str, object]]:
    assert svar.exit_code == 0, svar.output
    lista: list[dict[str, object]] = json.loads(svar.output)["handelser"]
    return lista


def test_en_dag_galler_det_som_da_hade_hant_som_det_senare_rattades(databas: Path) -> None:
    galler = handelser(strom(databas, "placeringar", str(STROM), "--galler-den", "2019-04-01", "--format", "json"))
    assert [ett["typ"] for ett in galler] == ["placering.paborjad", "pris.andrat"]
    assert galler[1]["pris"] == {"sort": "dygn", "belopp": "2200.00"}


def test_historiken_visar_ocksa_det_som_rattades_och_av_vad(databas: Path) -> None:
    alla = handelser(strom(databas, "placeringar", str(STROM), "--historik", "--format", "json"))
    assert [ett["rattad"] for ett in alla] == [False, True, False, False]
    assert alla[1]["rattadAv"] == str(UUID(int=3))
    rader = strom(databas, "placeringar", str(STROM), "--historik", "--format", "csv").output.splitlines()
    assert rader[0] == f"# Placeringar {STROM}"
    assert "rättad av position 3" in rader[4]
    assert f"rättar {UUID(int=2)}" in rader[5]


def test_tabellen_sager_vad_varje_handelse_innehaller(databas: Path) -> None:
    svar = strom(databas, "placeringar", str(STROM), "--galler-den", "2019-12-31")
    assert "pris (sort dygn, belopp 2200.00)" in " ".join(svar.output.split())
    assert "planerat ja" in " ".join(svar.output.split())
    assert "Gäller den 2019-12-31 · känt den" in svar.output


@pytest.mark.parametrize(
    ("argument", "sager"),
    [
        (["arenden", str(STROM)], f"Ingenting var känt om {STROM} i arenden"),
        (["placeringar", "fel"], "fel"),
        (["placering", str(STROM)], "placeringar"),
    ],
)
def test_en_strom_som_inte_finns_nekas_pa_svenska(databas: Path, argument: list[str], sager: str) -> None:
    svar = strom(databas, *argument)
    assert svar.exit_code != 0
    assert sager in svar.stderr
    assert "Traceback" not in svar.output + svar.stderr
