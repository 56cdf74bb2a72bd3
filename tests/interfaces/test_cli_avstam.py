"""``liggare avstam`` as a user meets it."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from domain.matt.avstamning import Gap
from interfaces.cli.main import huvud
from tests.laws.exempel import rad
from tests.laws.provliggare import bokford as tala_om
from tests.laws.test_avstamning import HVB, bokfort, mars

FRAGAN = ["--kommun", "0180", "--ar", "2024", "--galler-den", "2024-04-30"]


def kor(*argument: str | Path) -> Result:
    return CliRunner().invoke(huvud, [str(a) for a in argument])


@pytest.fixture(scope="module")
def databas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten days at 1 000 kronor in March; booked 9 500 for March, and 300 in April that concerns March."""
    mapp = tmp_path_factory.mktemp("avstamning")
    b = mars(
        bokfort("03-31", rad("9500.00", **HVB)),
        bokfort("04-20", rad("300.00", **HVB), manad="2024-04", avser="2024-03"),
    )
    with tala_om(b.steg) as liggare:
        (mapp / "h.jsonl").write_bytes(b"\n".join(liggare.som_rader()) + b"\n")
    assert kor("importera", mapp / "h.jsonl", "--databas", mapp / "l.db").exit_code == 0
    return mapp / "l.db"


def test_tabellen_har_manad_form_och_totalt(databas: Path) -> None:
    svar = kor("avstam", *FRAGAN, "--databas", databas)
    assert svar.exit_code == 0, svar.output
    assert "Bokfört mot beräknat 2024-01-01–2024-04-30, kommun 0180, kr" in svar.output
    rader = [rad.split() for rad in svar.output.splitlines()]
    assert ["2024-03", "HVB", "10", "000,00", *["0,00"] * 4, "-300,00", "-200,00", "9", "500,00"] in rader
    assert any(rad[:1] == ["Totalt"] and rad[-1] == "800,00" for rad in rader)


def test_csv_summerar_till_oret(databas: Path) -> None:
    svar = kor("avstam", *FRAGAN, "--format", "csv", "--databas", databas)
    utan_huvud = [rad for rad in svar.output.splitlines() if not rad.startswith("#")]
    rader = list(csv.DictReader(io.StringIO("\n".join(utan_huvud))))
    assert [(rad["manad"], rad["insatsform"]) for rad in rader] == [("2024-03", "hvb"), ("2024-04", "hvb")]
    for rad_ in rader:
        delarna = sum(Decimal(rad_[gap.value]) for gap in Gap)
        assert Decimal(rad_["beraknat"]) + delarna == Decimal(rad_["bokfort"])


def test_json_har_underlag_rader_och_totalt(databas: Path) -> None:
    val = ("--gruppera", "malgrupp", "--moms", "avdragen", "--format", "json")
    svar = json.loads(kor("avstam", *FRAGAN, *val, "--databas", databas).output)
    assert (svar["moms"], svar["underlag"]["gallerDen"]) == ("avdragen", "2024-04-30")
    assert [rad["malgrupp"] for rad in svar["rader"]] == ["barn"]
    assert svar["totalt"]["skillnad"] == "-200.00"
    assert svar["totalt"]["delar"]["oforklarat"] == "-200.00"


def test_perioden_slutar_dar_dagen_ligger_eller_dar_det_sags(databas: Path) -> None:
    svar = json.loads(kor("avstam", *FRAGAN, "--till-manad", "3", "--format", "json", "--databas", databas).output)
    assert svar["period"] == {"fran": "2024-01-01", "till": "2024-03-31"}


@pytest.mark.parametrize(
    ("argument", "mening"),
    [
        (("--gruppera", "kon"), "En avstämning kan inte delas på kon. Tillåtna"),
        (("--kommun", "18"), "18"),
        (("--moms", "kanske"), "kanske"),
        (("--kant-den", "igår"), "igår"),
    ],
)
def test_felen_ar_meningar(databas: Path, argument: tuple[str, str], mening: str) -> None:
    svar = kor("avstam", *FRAGAN, *argument, "--databas", databas)
    assert svar.exit_code != 0
    assert mening in svar.output
    assert "Traceback" not in svar.output


def test_hjalpen_ar_pa_svenska() -> None:
    assert "Stäm av bokförd vårdkostnad mot vårddygn gånger pris" in kor("avstam", "--help").output
