"""What a command writes never takes the place of a ledger, its keys, or what is read."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from interfaces.bootstrap import koppla, ta_bort
from interfaces.cli.main import huvud
from interfaces.cli.utfil import kontrollera_utfil

ROT = Path(__file__).parents[2]
EXEMPEL = ROT / "docs" / "exempel"
TRYCKT = ROT / "tests" / "facit" / "orebro-2019-externa-insatser.csv"


@pytest.fixture
def liggaren(tmp_path: Path) -> Path:
    """Give a ledger with a few events, its key file beside it."""
    fil = tmp_path / "l.db"
    assert kor("importera", EXEMPEL / "handelser.jsonl", "--databas", fil).exit_code == 0
    return fil


def kor(*argument: object) -> Result:
    return CliRunner().invoke(huvud, list(map(str, argument)))


@pytest.mark.parametrize(
    ("slut", "vad"), [("", "en databas"), ("-wal", "en del av en databas"), (".nyckel", "en nyckelfil")]
)
@pytest.mark.parametrize("kommando", ["importera", "syntet"])
def test_liggaren_och_dess_nyckel_skrivs_aldrig_over(liggaren: Path, kommando: str, slut: str, vad: str) -> None:
    mal = Path(f"{liggaren}{slut}")
    mal.touch()
    fore = mal.read_bytes()
    argument: dict[str, list[object]] = {
        "importera": [EXEMPEL / "fel.jsonl", "--databas", liggaren, "--avvisade", mal],
        "syntet": [TRYCKT, "--kommun", "1880", "--ar", "2019", "--ut", mal],
    }
    svar = kor(kommando, *argument[kommando])
    assert svar.exit_code == 2
    assert f"{mal} är {vad} och får inte skrivas över." in svar.stderr
    assert mal.read_bytes() == fore


def test_en_nyckelfil_med_annat_namn_skrivs_inte_heller_over(tmp_path: Path) -> None:
    nyckel, fil = tmp_path / "hemlig", tmp_path / "l.db"
    valen = ("--databas", fil, "--nyckelfil", nyckel)
    assert kor("importera", EXEMPEL / "handelser.jsonl", *valen).exit_code == 0
    svar = kor("importera", EXEMPEL / "fel.jsonl", *valen, "--avvisade", nyckel)
    assert "är en nyckelfil och får inte skrivas över" in svar.stderr


def test_det_som_lases_pa_standard_in_skrivs_inte_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fil = tmp_path / "in.jsonl"
    fil.touch()
    with fil.open() as standard_in:
        monkeypatch.setattr(sys, "stdin", standard_in)
        with pytest.raises(click.BadParameter, match="ska läsas in och får inte skrivas över"):
            kontrollera_utfil(fil, "--avvisade", ["-"])


def test_en_skadad_demo_skrivs_over(tmp_path: Path) -> None:
    trasig = tmp_path / "liggare.db"
    trasig.write_bytes(b"ingen databas" * 100)
    ta_bort(trasig)
    assert not trasig.exists()


def test_avvisade_fran_en_tidigare_inlasning_star_inte_kvar(liggaren: Path, tmp_path: Path) -> None:
    avvisade = tmp_path / "fel.jsonl"
    assert kor("importera", EXEMPEL / "fel.jsonl", "--databas", liggaren, "--avvisade", avvisade).exit_code == 1
    assert avvisade.read_bytes()
    assert kor("importera", EXEMPEL / "handelser.jsonl", "--databas", liggaren, "--avvisade", avvisade).exit_code == 0
    assert avvisade.read_bytes() == b""


def test_demon_skriver_inte_over_en_liggare_som_ingen_demo_ar(tmp_path: Path) -> None:
    fil = tmp_path / "liggare.db"
    assert kor("importera", EXEMPEL / "handelser.jsonl", "--databas", fil).exit_code == 0
    fore = fil.read_bytes()
    svar = kor("demo", "--mapp", tmp_path)
    assert svar.exit_code == 1
    assert svar.stderr == f"Fel: {fil} finns redan och är ingen demo. Ange en annan mapp med --mapp.\n"
    assert fil.read_bytes() == fore


def test_demon_skriver_inte_over_en_demo_som_nagon_har_oppen(tmp_path: Path) -> None:
    (tmp_path / "DEMO.txt").touch()
    tjanster = koppla(str(tmp_path / "liggare.db"))
    tjanster.huvudbok.antal()
    svar = kor("demo", "--mapp", tmp_path)
    assert svar.exit_code == 1
    assert svar.stderr == f"Fel: Demon i {tmp_path} används av ett annat program. Avsluta det först.\n"
    assert tjanster.huvudbok.antal() == 0
    tjanster.stang()
