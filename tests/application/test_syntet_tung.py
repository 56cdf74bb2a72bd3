"""A million events: time and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROT = Path(__file__).parents[2]
SKALA = 4
MAX_MINNE_MB = 200
MIN_HANDELSER = 900_000
MIN_TAKT = 20_000  # events per second; a modest machine, with others at work on it

PROGRAM = f"""
import resource, time
from tests.application.test_syntet_tabeller_hjalp import kommunens
from application.syntet import generera
start = time.perf_counter()
antal = sum(1 for _ in generera(kommunens("orebro", skala={SKALA})))
print(antal, time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.tung
def test_en_miljon_handelser_ryms_i_lite_minne() -> None:
    svar = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROT, capture_output=True, text=True, check=True)
    antal, sekunder, kilobyte = (float(tal) for tal in svar.stdout.split())
    assert antal > MIN_HANDELSER
    assert kilobyte / 1024 < MAX_MINNE_MB
    assert antal / sekunder > MIN_TAKT
