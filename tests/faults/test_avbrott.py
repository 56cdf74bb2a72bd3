"""kill -9 of writers at any moment: what they were told is recorded is there, once, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from random import Random

import pytest

from tests.faults.konto import Konto, Skrivarprocess, Utslag, granska, sand_igen
from tests.faults.skrivare import Uppdrag

AVBROTT_PER_LIGGARE = 20
SKRIVARE = 2


def avbryt(databas: str, slump: Random, per_bunt: int) -> list[Konto]:
    """Let writers write for a while and kill them, each at its own moment; return their accounts."""
    with ExitStack() as oppna:
        processer = [
            oppna.enter_context(
                Skrivarprocess(Uppdrag(databas, slump.randrange(10**9), antal=1_500, per_bunt=per_bunt))
            )
            for _ in range(SKRIVARE)
        ]
        konton = []
        for process in processer:
            process.bokfor_minst(1)
            process.bokfor(slump.random() * 0.2)
            konton.append(process.doda())
    return konton


@pytest.mark.parametrize("antal", [3, pytest.param(60, marks=pytest.mark.tung)])
@pytest.mark.parametrize(("vad", "per_bunt"), [("en händelse i taget", 0), ("buntar om 25", 25)])
def test_kill_9_under_skrivning(
    ny_liggare: Callable[[], str], antal: int, vad: str, per_bunt: int, protokoll: Callable[..., None]
) -> None:
    slump, summa = Random(antal), Utslag()
    for nr in range(0, antal, AVBROTT_PER_LIGGARE):
        databas, konton = ny_liggare(), list[Konto]()
        for _ in range(min(AVBROTT_PER_LIGGARE, antal - nr)):
            nya = avbryt(databas, slump, per_bunt)
            for konto in nya:
                sand_igen(databas, konto)
            konton += nya
            granska(databas, konton).kontrollera()
        summa.lagg_till(granska(databas, konton))
    assert summa.bekraftade > antal * SKRIVARE
    vad = f"kill -9 av skrivande processer, {vad}, {SKRIVARE} åt gången"
    protokoll(vad, antal * SKRIVARE, summa.som_text(), databas)
