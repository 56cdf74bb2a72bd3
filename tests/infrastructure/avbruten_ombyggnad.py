"""A rebuild that kills its own process: ``python -m tests.infrastructure.avbruten_ombyggnad FIL NÄR``."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from infrastructure.generation import Bygge
from interfaces.bootstrap import koppla


def do(*_: Any) -> None:
    """Die at once, as at a power cut of the process: nothing is closed or rolled back."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(fil: str, nar: str) -> None:
    """Rebuild until the moment comes."""
    byt = Bygge.byt

    def byt_och_do(bygge: Bygge, forbindelse: Any) -> None:
        byt(bygge, forbindelse)
        do()

    if nar == "före bytets slut":
        setattr(Bygge, "byt", byt_och_do)  # noqa: B010 - a method is put in the place of another
    if nar == "efter bytet":
        setattr(Bygge, "stada", do)  # noqa: B010
    framsteg = do if nar == "mitt i läsningen" else None
    koppla(fil).ombyggare.bygg_om(framsteg, lambda skede: do() if skede == nar else None)


if __name__ == "__main__":
    main(*sys.argv[1:])
