"""Writes the generated documents: ``python -m interfaces.dokument docs``, or ``make dokument``."""

from __future__ import annotations

import sys
from pathlib import Path

from application.handelsekatalog.dokument import filer


def skriv(mapp: Path) -> None:
    """Write every generated file under a folder, and remove schemas of events that are no more."""
    innehall = filer()
    (mapp / "schema").mkdir(parents=True, exist_ok=True)
    for namn, text in innehall.items():
        (mapp / namn).write_text(text, encoding="utf-8", newline="\n")
    for fil in (mapp / "schema").glob("*.json"):
        if f"schema/{fil.name}" not in innehall:
            fil.unlink()


if __name__ == "__main__":
    skriv(Path(sys.argv[1]))
