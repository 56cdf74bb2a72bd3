"""Writes the generated documents: ``python -m interfaces.dokument docs``, or ``make dokument``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from application.handelsekatalog.dokument import filer
from application.mattkatalog import sida as mattsida
from interfaces.http.openapi import beskrivning

EXEMPELADRESS = "https://liggare.example/liggare"
"""Where the API is reached in the description that is kept with the code."""

FORTECKNING = "kallor/MATT.md"
"""The catalogue of printed measures, which the page about measures is held against."""


def skriv(mapp: Path) -> None:
    """Write every generated file under a folder, and remove those of collections and events that are no more."""
    innehall = innehallet(mapp)
    for namn, text in innehall.items():
        (mapp / namn).parent.mkdir(parents=True, exist_ok=True)
        (mapp / namn).write_text(text, encoding="utf-8", newline="\n")
    for fil in skrivna(mapp):
        if fil not in innehall:
            (mapp / fil).unlink()


def innehallet(mapp: Path) -> dict[str, str]:
    """Return every generated file by path; the page about measures where the catalogue it is held against lies."""
    innehall = dict(filer())
    innehall["openapi.json"] = json.dumps(beskrivning(EXEMPELADRESS), ensure_ascii=False, indent=1) + "\n"
    if (mapp / FORTECKNING).exists():
        innehall["matt.md"] = mattsida((mapp / FORTECKNING).read_text(encoding="utf-8"))
    return innehall


def skrivna(mapp: Path) -> list[str]:
    """Return the paths of the generated files that are under a folder."""
    enskilda = [fil for namn in ("handelser.md", "matt.md", "openapi.json") if (fil := mapp / namn).exists()]
    filer = [*enskilda, *mapp.glob("handelser/*.md"), *mapp.glob("schema/*.json")]
    return [fil.relative_to(mapp).as_posix() for fil in filer]


if __name__ == "__main__":
    skriv(Path(sys.argv[1]))
