"""``liggare atgard`` as a controller meets it: the follow-up of one åtgärd, and all of them beside each other."""

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
from tests.domain.exempel_atgard import en_identifierad_atgard, ett_foljt_hemtagningspaket

FOLJD, HYPOTETISK = UUID(int=0xA1), UUID(int=0xA2)


@pytest.fixture(scope="module")
def databas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fil = tmp_path_factory.mktemp("atgard") / "liggare.db"
    tjanster = koppla(str(fil))
    forslag = [(FOLJD, handelse) for handelse in ett_foljt_hemtagningspaket()]
    forslag.append((HYPOTETISK, en_identifierad_atgard(namn="Korttidsplatser")))
    for nummer, (strom, handelse) in enumerate(forslag, start=1):
        tjanster.registrator.registrera(Forslag(Samling.ATGARDER, strom, handelse, UUID(int=nummer)))
    tjanster.stang()
    return fil


def atgard(databas: Path, *argument: str) -> Result:
    return CliRunner().invoke(huvud, ["atgard", *argument, "--databas", str(databas)])


def test_en_atgard_foljs_upp_arende_for_arende(databas: Path) -> None:
    svar = atgard(databas, str(FOLJD), "--galler-den", "2019-12-31")
    assert svar.exit_code == 0, svar.output
    (totalt,) = (rad.split("  ") for rad in svar.output.splitlines() if rad.strip().startswith("Totalt  "))
    assert [cell.strip() for cell in totalt if cell.strip()] == [
        "Totalt", "36", "1 369", "45,0", "4 081 826", "138 000", "3 943 826", "109 551",
    ]  # fmt: skip
    for klass, antal in (("Ingen effekt", "15"), ("Liten effekt", "7"), ("Stor effekt", "14")):
        (rad,) = (rad.split() for rad in svar.output.splitlines() if rad.strip().startswith(klass))
        assert rad[2] == antal
    assert "Effekten är bara hypotetisk" in svar.output
    assert "Gäller den 2019-12-31 · känt den" in svar.output


def test_samma_uppfoljning_som_json_och_csv(databas: Path) -> None:
    data = json.loads(atgard(databas, str(FOLJD), "--galler-den", "2019-12-31", "--format", "json").output)
    assert (data["baraHypotetisk"], data["grund"]) == (True, "hypotetisk")
    assert {klass: summa["antal"] for klass, summa in data["perEffektklass"].items()} == {
        "ingen": "15", "liten": "7", "stor": "14",
    }  # fmt: skip
    assert data["arenden"]["netto"] == "3943826.00"
    assert data["underlag"]["gallerDen"] == "2019-12-31"
    csv = atgard(databas, str(FOLJD), "--galler-den", "2019-12-31", "--format", "csv").output
    assert "totalt,Totalt,36,1369,45.0,4081826.00,138000.00,3943826.00,109550.72" in csv


def test_alla_atgarder_star_bredvid_varandra(databas: Path) -> None:
    svar = atgard(databas, "--galler-den", "2019-12-31")
    assert "Korttidsplatser" in svar.output
    assert "bara hypotes" in svar.output
    data = json.loads(atgard(databas, "--galler-den", "2019-12-31", "--format", "json").output)
    assert [ett["id"] for ett in data["atgarder"]] == [str(FOLJD), str(HYPOTETISK)]
    assert [ett["baraHypotetisk"] for ett in data["atgarder"]] == [True, False]
    assert json.loads(atgard(databas, "--kommun", "0000", "--format", "json").output)["atgarder"] == []


def test_fore_den_identifierades_finns_ingen_uppfoljning(databas: Path) -> None:
    svar = atgard(databas, str(FOLJD), "--galler-den", "2000-01-01")
    assert svar.exit_code == 1
    assert f"Åtgärden {FOLJD} hade inte identifierats den 2000-01-01." in svar.stderr


@pytest.mark.parametrize(
    ("argument", "sager"),
    [
        ([str(UUID(int=9))], f"Ingenting var känt om {UUID(int=9)} i atgarder"),
        ([str(FOLJD), "--galler-den", "i fjol"], "--galler-den"),
        (["inte-ett-id"], "inte-ett-id"),
    ],
)
def test_det_som_inte_gar_att_fraga_om_nekas_pa_svenska(databas: Path, argument: list[str], sager: str) -> None:
    svar = atgard(databas, *argument)
    assert svar.exit_code != 0
    assert sager in svar.stderr
    assert "Traceback" not in svar.output + svar.stderr
