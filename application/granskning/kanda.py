"""Findings that are known: a CSV file in the form that findings are printed in, so that one becomes the other.

A line acknowledges exactly one finding: its table, row, column, kind and printed value. A changed figure is new.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from application.granskning.modell import Fynd, skriv_exakt
from application.rapporter.jamforelse import las_kant

KOLUMNER = ("slag", "tabell", "rad", "kolumn", "tryckt", "vantat", "skillnad", "sakerhet", "forklaring")
_NYCKEL = ("slag", "tabell", "rad", "kolumn", "tryckt")

Kanda = frozenset[tuple[str, ...]]


def fynd_som_ord(fynd: Fynd) -> dict[str, str]:
    """Return a finding as text by column."""
    skillnad = "" if fynd.skillnad is None else skriv_exakt(fynd.skillnad)
    varden = (
        fynd.slag.value, fynd.tabell, fynd.rad, fynd.kolumn, fynd.tryckt, fynd.vantat, skillnad, fynd.sakerhet.value,
        fynd.forklaring,
    )  # fmt: skip
    return dict(zip(KOLUMNER, varden, strict=True))


def las_kanda(fil: Path) -> Kanda:
    """Return what is known, from a file of findings.

    Raises:
        TryckfilenGarInte: it is not UTF-8 or a column is missing.
        OSError: it cannot be opened.
    """
    return frozenset(tuple(rad[namn] for namn in _NYCKEL) for rad in las_kant(fil, _NYCKEL))


def dela_pa_kanda(funna: Iterable[Fynd], kanda: Kanda) -> tuple[list[Fynd], list[Fynd]]:
    """Return the findings that are new, and those that are known."""
    nya: list[Fynd] = []
    gamla: list[Fynd] = []
    for fynd in funna:
        ord_ = fynd_som_ord(fynd)
        (gamla if tuple(ord_[namn] for namn in _NYCKEL) in kanda else nya).append(fynd)
    return nya, gamla
