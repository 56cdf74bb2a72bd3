"""Rebuilds of a long log: what several processes gain, and how much memory one takes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from benchmarks.data import Plats, historia
from benchmarks.matning import Krav, Rad, megabyte, per_sekund, turvis
from interfaces.bootstrap import koppla


def stora_ombyggnader(plats: Plats, skala: int) -> Iterator[Rad]:
    """Time rebuilds by one process and by two, and see how much memory a rebuild takes at the most."""
    fil = plats.ny_fil()
    tjanster = koppla(fil)
    antal = tjanster.importor().importera(historia(skala)).nya
    minne = _minne(fil)
    en, tva = turvis(*(partial(tjanster.ombyggare.bygg_om, processer=processer) for processer in (1, 2)))
    tjanster.stang()
    vad, skriv = f"Ombyggnad av {antal} händelser", per_sekund("händelser")
    yield Rad(f"{vad} i en process", en / antal, skriv, krav=Krav(hogst=1 / 50_000))
    yield Rad(f"{vad} i två processer", tva / antal, skriv, "i en", en / antal, Krav(hogst=1 / 30_000, kvot=1 / 1.5))
    yield Rad(f"{vad} i en process: mest minne", minne, megabyte, krav=Krav(hogst=600 * 2**20))


_BYGG_OM = """
import sys
from pathlib import Path
from interfaces.bootstrap import koppla
tjanster = koppla(sys.argv[1])
tjanster.ombyggare.bygg_om(processer=1)
tjanster.stang()
print(next(rad for rad in Path("/proc/self/status").read_text().splitlines() if rad.startswith("VmHWM")).split()[1])
"""


def _minne(fil: str) -> float:
    """Return the bytes that a rebuild of a ledger held at the most, in a process that did nothing else.

    Asked of the process itself: what the system says of a child begins with what its parent held when it was started.
    """
    svar = subprocess.run([sys.executable, "-c", _BYGG_OM, fil], check=True, capture_output=True, text=True)
    return int(svar.stdout) * 1024
