"""Writes the generated documents: ``python -m interfaces.dokument docs``, or ``make dokument``."""

from __future__ import annotations

import sys
from pathlib import Path

from application.handelsekatalog.dokument import filer


def skriv(mapp: Path) -> None:
    """Write every generated file under a folder, and remove those of collections and events that are no more."""
    innehall = filer()
    for namn, text in innehall.items():
        (mapp / namn).parent.mkdir(parents=True, exist_ok=True)
        (mapp / namn).write_text(text, encoding="utf-8", newline="\n")
    for fil in skrivna(mapp):
        if fil not in innehall:
            (mapp / fil).unlink()


def skrivna(mapp: Path) -> list[str]:
    """Return the paths of the generated files that are under a folder."""
    filer = [mapp / "handelser.md", *mapp.glob("handelser/*.md"), *mapp.glob("schema/*.json")]
    return [fil.relative_to(mapp).as_posix() for fil in filer]


if __name__ == "__main__":
    skriv(Path(sys.argv[1]))
