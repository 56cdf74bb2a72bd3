"""kill -9 of writers at any moment: what they were told is recorded is there, once, and nothing else is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from tests.faults.konto import Konto, Skrivarprocess, Utslag, granska, sand_igen
from tests.faults.skrivare import Uppdrag

KILLS_PER_LIGGARE = 20
SKRIVARE = 2
Skriv_in = Callable[..., None]


def avbryt(databas: str, slump: Random, per_bunt: int) -> list[Konto]:
    """Let writers write for a while and kill them, each at its own moment; return their accounts."""
    with ExitStack() as oppna:
        processer = [
            oppna.enter_context(Skrivarprocess(Uppdrag(databas, slump.randrange(10**9), per_bunt=per_bunt)))
            for _ in range(SKRIVARE)
        ]
        konton = []
        for process in processer:
            process.bokfor_minst(1)
            process.bokfor(slump.random() * 0.2)
            konton.append(process.doda())
    return konton


@pytest.mark.parametrize("antal", [5, pytest.param(100, marks=pytest.mark.tung)])
@pytest.mark.parametrize(("vad", "per_bunt"), [("en händelse i taget", 0), ("buntar om 25", 25)])
def test_kill_9_under_skrivning(
    bas: Path, tmp_path: Path, antal: int, vad: str, per_bunt: int, protokoll: Skriv_in
) -> None:
    slump, summa, konton, fil = Random(antal), Utslag(), list[Konto](), tmp_path / "liggare.db"
    for nr in range(antal):
        if nr % KILLS_PER_LIGGARE == 0:
            shutil.copy(bas, fil)
            for slut in ("-wal", "-shm"):
                fil.with_name(fil.name + slut).unlink(missing_ok=True)
            konton.clear()
        nya = avbryt(str(fil), slump, per_bunt)
        for konto in nya:
            sand_igen(str(fil), konto)
        konton += nya
        utslag = granska(str(fil), konton)
        utslag.kontrollera()
        if nr % KILLS_PER_LIGGARE == KILLS_PER_LIGGARE - 1 or nr == antal - 1:
            summa.lagg_till(utslag)
    assert summa.bekraftade > antal * SKRIVARE
    protokoll(f"kill -9 under skrivning, {vad}, {SKRIVARE} skrivare", antal * SKRIVARE, summa.som_text())
