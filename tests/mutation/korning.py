"""A pytest plugin that tries the chosen mutants on the tests that reach their functions.

The tests are collected once. A first round runs them all without a fault, and notes which functions each one calls.
Then each mutant gets a process of its own, forked from the one that has collected everything, so that a mutant costs
its tests and nothing else. (mutmut's own runner collects anew for every mutant, which takes ten times as long.) The
first test that fails has killed it. Those that killed the latest mutants of a function come first, then the quickest.
"""

from __future__ import annotations

import gc
import json
import mmap
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings
from mutmut.state import state

from tests.mutation.mutanter import RESULTAT, VALDA, Mutant

# The same examples every time; that one fails is enough, and the search for a smaller one is slow.
settings.register_profile(
    "mutera", derandomize=True, deadline=None, database=None, phases=(Phase.explicit, Phase.generate)
)

MINNE = 4 << 30
"""A mutant that needs more memory than this is killed by the want of it."""

TID, GANGER = 5.0, 8.0
"""A mutant that takes longer than this many times the time of its tests, and some seconds, is killed by the clock."""


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run the tests without a fault, and then every chosen mutant."""
    tider, prov = _utan_fel(session.items)
    gc.freeze()
    forsok = _Forsok(tider)
    # The same way, and once more: what fails now would have killed every mutant.
    if forsok.dodas(Mutant("", ""), sorted(session.items, key=tider.__getitem__)):
        pytest.exit("the tests fail without any fault when they are run again", returncode=1)
    mutanter = [Mutant(*rad) for rad in json.loads(Path(VALDA).read_text(encoding="utf-8"))]
    resultat = {}
    for fil, filens in groupby(mutanter, key=lambda mutant: mutant.fil):
        sys.stderr.write(f"{fil}\n")
        for mutant in filens:
            resultat[mutant.namn] = forsok.dodas(mutant, prov[mutant.funktion])
        Path(RESULTAT).write_text(json.dumps(resultat, ensure_ascii=False), encoding="utf-8")
    return True


def _utan_fel(items: Sequence[pytest.Item]) -> tuple[dict[pytest.Item, float], dict[str, list[pytest.Item]]]:
    tider: dict[pytest.Item, float] = {}
    prov: dict[str, list[pytest.Item]] = defaultdict(list)
    os.environ["MUTANT_UNDER_TEST"] = "stats"
    for item, nasta in zip(items, [*items[1:], None], strict=True):
        state()._stats.clear()
        borjan = time.perf_counter()
        if not _gar(item, nasta):
            pytest.exit(f"{item.nodeid} fails without any fault", returncode=1)
        tider[item] = time.perf_counter() - borjan
        for funktion in state()._stats:
            prov[funktion].append(item)
    for funktionens in prov.values():
        funktionens.sort(key=tider.__getitem__)
    return tider, prov


class _Forsok:
    """Tries mutants, each in a process of its own that counts the tests it has begun where both can see it."""

    def __init__(self, tider: Mapping[pytest.Item, float]) -> None:
        self._tider = tider
        self._nummer = mmap.mmap(-1, 8)

    def dodas(self, mutant: Mutant, prov: list[pytest.Item]) -> bool:
        """Tell whether any of the tests fails, and put the one that did first among them."""
        vantat = sum(map(self._tider.__getitem__, prov))
        barn = os.fork()
        if not barn:
            try:
                _bli(mutant, vantat)
                os._exit(0 if self._alla_gar(prov) else 1)
            finally:
                os._exit(1)
        _, status = os.waitpid(barn, 0)
        if status and prov:
            prov.insert(0, prov.pop(int.from_bytes(self._nummer[:])))
        return status != 0

    def _alla_gar(self, prov: Sequence[pytest.Item]) -> bool:
        for nr, (item, nasta) in enumerate(zip(prov, [*prov[1:], None], strict=True)):
            self._nummer[:] = nr.to_bytes(8)
            if not _gar(item, nasta):
                return False
        return True


def _bli(mutant: Mutant, vantat: float) -> None:
    """Turn this process into one where the mutant is the function: silent, and bounded in time and memory."""
    tyst = os.open(os.devnull, os.O_WRONLY)
    os.dup2(tyst, sys.stdout.fileno())
    os.dup2(tyst, sys.stderr.fileno())
    signal.setitimer(signal.ITIMER_REAL, TID + GANGER * vantat)
    resource.setrlimit(resource.RLIMIT_AS, (MINNE, MINNE))
    os.environ["MUTANT_UNDER_TEST"] = mutant.namn


def _gar(item: pytest.Item, nasta: pytest.Item | None) -> bool:
    return not any(rapport.failed for rapport in runtestprotocol(item, log=False, nextitem=nasta))
