"""The disk is full or fails: nothing acknowledged is lost, the error has a name, and afterwards writing goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from application.ports import OsakerDatabas
from interfaces.bootstrap import koppla
from interfaces.cli.main import huvud
from tests.databaser import kopiera
from tests.faults.konto import Konto, bastabell, granska, svaret_fore
from tests.faults.skrivare import Nekad, Uppdrag, historia, registrera, skriv
from tests.faults.stromlos import liten_disk

ROT = Path(__file__).resolve().parents[2]
Skriv_in = Callable[..., None]


@pytest.fixture
def trang_disk() -> Iterator[Path]:
    with liten_disk("6m") as plats:
        yield plats


def test_en_full_disk_sags_och_inget_bekraftat_forloras(trang_disk: Path, bas: Path, protokoll: Skriv_in) -> None:
    fil = kopiera(bas, trang_disk / "liggare.db")
    konto = Konto(Uppdrag(str(fil), fro=5, antal=3_000))
    tjanster = koppla(str(fil))
    ballast = trang_disk / "ballast"
    ballast.write_bytes(bytes(_ledigt(trang_disk) - 400_000))
    kvar = historia(konto.uppdrag)
    _tills_fullt(tjanster, konto, kvar)

    # Full: what is recorded can be read, by this process and by others, and another try says the same.
    assert bastabell(tjanster) == svaret_fore()
    fore = len(konto.bekraftade)
    _tills_fullt(tjanster, konto, kvar)
    assert [post.fel for post in konto.nekade if post.fel == "DiskenFull"][:2] == ["DiskenFull"] * 2

    # Room again: the same process goes on writing.
    ballast.unlink()
    for _ in range(20):
        konto.skriv_in(registrera(tjanster, next(kvar)))
    assert len(konto.bekraftade) > fore
    tjanster.stang()
    utslag = granska(str(fil), [konto])
    utslag.kontrollera()
    protokoll("full disk (tmpfs)", len([p for p in konto.nekade if p.fel == "DiskenFull"]), utslag.som_text())


def _ledigt(plats: Path) -> int:
    svar = os.statvfs(plats)
    return svar.f_bavail * svar.f_frsize


def _tills_fullt(tjanster: Any, konto: Konto, kvar: Iterator[dict[str, Any]]) -> None:
    for data in kvar:
        post = registrera(tjanster, data)
        konto.skriv_in(post)
        if isinstance(post, Nekad) and post.fel == "DiskenFull":
            return
    msg = "disken blev aldrig full"
    raise AssertionError(msg)


def test_kommandoraden_sager_att_disken_ar_full(trang_disk: Path, bas: Path, tmp_path: Path) -> None:
    fil = kopiera(bas, trang_disk / "liggare.db")
    (trang_disk / "ballast").write_bytes(bytes(_ledigt(trang_disk) - 100_000))
    rader = tmp_path / "rader.jsonl"
    rader.write_bytes(b"".join(_som_rad(data) for data in historia(Uppdrag("", fro=5, per_bunt=1, antal=2_000))))
    svar = CliRunner().invoke(
        huvud, ["importera", str(rader), "--databas", str(fil), "--avvisade", str(tmp_path / "avvisade")]
    )
    assert svar.exit_code == 1
    assert "Disken är full. Ingenting registrerades" in svar.output
    (trang_disk / "ballast").unlink()
    granska(str(fil), []).kontrollera()


def _som_rad(data: dict[str, Any]) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE)


OPPNADES_INTE = 3
"""The exit code of a writer for whom the calls failed already when the ledger was opened, and that said so by name."""

FEL_I_SKRIVNING = "enable_random name=posix/io/rw/pwrite,probability={}"
FEL_I_SYNK = "enable_random name=posix/io/sync/*,probability={}"


@pytest.mark.parametrize(("antal", "sannolikhet"), [(150, 0.03), pytest.param(2_500, 0.02, marks=pytest.mark.tung)])
@pytest.mark.parametrize("vad", [FEL_I_SKRIVNING, FEL_I_SYNK])
def test_fel_vid_skrivning_och_synk_forlorar_inget_bekraftat(
    sqlitefil: str, antal: int, sannolikhet: float, vad: str, protokoll: Skriv_in
) -> None:
    if shutil.which("fiu-run") is None:
        pytest.skip("fel från operativsystemet kan inte prövas här: fiu-run saknas (fiu-utils)")
    # Which calls fail is drawn by the tool and not by us, so a run may have none: then another writer has a go.
    konton: list[Konto] = []
    fel: list[Nekad] = []
    while not fel:
        konton.append(_skriv_med_fel(Uppdrag(sqlitefil, fro=6 + len(konton), antal=antal), vad.format(sannolikhet)))
        fel = [post for konto in konton for post in konto.nekade if post.fel in ("Diskfel", "DiskenFull")]
        assert len(konton) < 20, "inget anrop misslyckades"
    assert any(konto.bekraftade for konto in konton)
    utslag = granska(sqlitefil, konton)
    utslag.kontrollera()
    namn = "fsync" if vad == FEL_I_SYNK else "write"
    protokoll(f"fel från operativsystemet vid {namn}, {sannolikhet:.0%} av anropen", len(fel), utslag.som_text())


def _skriv_med_fel(uppdrag: Uppdrag, vad: str) -> Konto:
    """Write in a process whose calls to the operating system fail now and then, and take down what it was told."""
    konto = Konto(uppdrag)
    las, skriv_till = os.pipe()
    argument = [uppdrag.databas, str(uppdrag.fro), str(uppdrag.antal), str(skriv_till)]
    with subprocess.Popen(
        ["fiu-run", "-x", "-c", vad, sys.executable, "-m", "tests.faults.test_disk", *argument],
        cwd=ROT,
        pass_fds=(skriv_till,),
    ) as process:
        os.close(skriv_till)
        ror = Connection(las, writable=False)
        while True:
            try:
                konto.skriv_in(ror.recv())
            except EOFError:
                break
        ror.close()
    assert process.returncode in (0, OPPNADES_INTE)
    return konto


if __name__ == "__main__":
    _, _databas, _fro, _antal, _ror = sys.argv
    with Connection(int(_ror), readable=False) as _till:
        try:
            skriv(Uppdrag(_databas, int(_fro), int(_antal)), _till)
        except OsakerDatabas:
            sys.exit(OPPNADES_INTE)
