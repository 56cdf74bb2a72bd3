"""Rows as a table in Markdown, with what they were measured on."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version

from benchmarks.matning import Rad

_RUBRIKER = ("Arbete", "Liggaren", "Jämfört med", "Dess tid", "Kvot", "Krav", "Nås")
_TAL = (1, 3, 4)
"""The columns of figures."""


def maskinen(bibliotek: Iterable[str]) -> str:
    """Return what was measured on: cores and versions, in a sentence."""
    delar = ", ".join(f"{namn} {version(namn)}" for namn in bibliotek)
    return f"{os.cpu_count()} kärnor, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {delar}."


def som_tabell(rader: Sequence[Rad]) -> list[str]:
    """Return the lines of a table, its columns as wide as they need to be."""
    celler = [_RUBRIKER, *(rad.celler() for rad in rader)]
    bredder = [max(len(rad[nr]) for rad in celler) for nr in range(len(_RUBRIKER))]
    streck = "|" + "|".join("-" * (bredd + 1) + (":" if nr in _TAL else "-") for nr, bredd in enumerate(bredder)) + "|"
    rubriker, *tabellrader = (_tabellrad(rad, bredder) for rad in celler)
    return [rubriker, streck, *tabellrader]


def visade(rader: Iterable[Rad]) -> Iterator[Rad]:
    """Show each row when it has been measured: all of them take long."""
    for rad in rader:
        print(*rad.celler(), sep=" | ", file=sys.stderr, flush=True)
        yield rad


def _tabellrad(rad: tuple[str, ...], bredder: Sequence[int]) -> str:
    celler = (
        text.rjust(b) if nr in _TAL else text.ljust(b) for nr, (text, b) in enumerate(zip(rad, bredder, strict=True))
    )
    return "| " + " | ".join(celler) + " |"
