"""The list of commands: all that there are, each loaded when it is used and not before."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from pkgutil import iter_modules

import click
import pytest

from interfaces.bootstrap import koppla
from interfaces.cli import kommandon
from interfaces.cli.kommandon import KOMMANDON
from interfaces.cli.olast import Olast

KORS = """
import sys
from interfaces.cli.main import huvud
huvud(sys.argv[1:], standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""
TUNGA = {"domain", "application", "infrastructure", "eventsourcing", "numpy", "pydantic", "rich", "sqlalchemy"}


def _alla(kommando: click.Command) -> Iterator[click.Command]:
    yield kommando
    if isinstance(kommando, click.Group):
        for under in kommando.commands.values():
            yield from _alla(under)


def test_varje_modul_med_ett_kommando_nas_fran_listan() -> None:
    nadda = {ett.callback.__module__ for namn in KOMMANDON for ett in _alla(Olast(namn).ladda()) if ett.callback}
    assert nadda == {modul.name for modul in iter_modules(kommandon.__path__, f"{kommandon.__name__}.")}


@pytest.mark.parametrize("namn", KOMMANDON)
@pytest.mark.parametrize("bredd", [30, 110])
def test_ett_olast_kommando_sager_i_korthet_vad_det_ar_last_sager(namn: str, bredd: int) -> None:
    olast, last = Olast(namn), Olast(namn).ladda()
    assert last.name == namn
    assert olast.get_short_help_str(bredd) == last.get_short_help_str(bredd) != ""
    assert not last.hidden


def _inlast_av(*argument: str) -> list[str]:
    """Return the modules that are loaded when a command has been run in a process of its own."""
    kommando = [sys.executable, "-c", KORS, *argument]
    svar = subprocess.run(kommando, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert svar.stdout
    moduler = svar.stderr.split()
    assert "interfaces.cli.main" in moduler
    return moduler


@pytest.mark.parametrize("val", ["--help", "--version"])
def test_att_visa_kommandona_laser_inte_in_nagot_av_dem(val: str) -> None:
    moduler = _inlast_av(val)
    assert not {modul.partition(".")[0] for modul in moduler} & TUNGA
    assert not [modul for modul in moduler if modul.startswith(f"{kommandon.__name__}.")]


def test_en_fraga_till_en_fil_laser_varken_in_prognoser_eller_postgresqls_drivrutin(tmp_path: Path) -> None:
    fil = str(tmp_path / "liggare.db")
    koppla(fil).stang()
    moduler = {*_inlast_av("matt", "vardygn", "--databas", fil)}
    assert {"sqlalchemy", "domain.matt.katalog"} <= moduler
    assert not {"numpy", "psycopg", "domain.prognos.stegar"} & moduler


@pytest.mark.parametrize("kommando", [["handelser"], ["matt", "--lista"], ["matt", "--lista", "--format", "json"]])
def test_den_som_laser_far_sluta_nar_som_helst(kommando: list[str]) -> None:
    argument = [sys.executable, "-m", "interfaces.cli.main", *kommando]
    with subprocess.Popen(argument, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
