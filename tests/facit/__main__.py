"""Writes the table of printed against computed: ``python -m tests.facit docs/facit.md``, or ``make facit``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from application.syntet import generera
from interfaces.bootstrap import Tjanster, koppla
from tests.facit.alla import Rapport, dokument, uppdrag


def oppna(rapport: Rapport) -> Tjanster:
    """Return an open ledger with the history of a report."""
    mapp = tempfile.mkdtemp(prefix="facit-")
    tjanster = koppla(str(Path(mapp) / "liggare.db"))
    tjanster.importor().importera(generera(uppdrag(rapport)))
    return tjanster


if __name__ == "__main__":
    Path(sys.argv[1]).write_text("\n".join(dokument(oppna)) + "\n", encoding="utf-8")
