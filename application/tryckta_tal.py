"""Printed numbers: what a cell of a printed table says in figures, by one grammar wherever such a table is read.

A number is an optional sign, digits whose thousands may be set apart by spaces (never by anything else), and at most
one decimal mark. Everything else is text: nobody prints exponents, and a note sign beside a number is for a person to
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

INGET_TRYCKT = frozenset({"", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}"})
"""What is printed where there is nothing to print."""

SA_SKRIVS_TAL = (
    "siffror, med mellanslag mellan tusental och högst ett decimaltecken (komma eller punkt), till exempel 4314, "
    "4 314 eller -4,5; inget tal skrivs tomt eller -"
)
"""What is allowed in a cell of numbers, for sentences that refuse one."""

_MELLANSLAG = " \u00a0\u2007\u2009\u202f"
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_TAL = re.compile(
    rf"(?P<tecken>[{_MINUS}+])?[{_MELLANSLAG}]?"
    rf"(?P<hela>[0-9]{{1,3}}(?:[{_MELLANSLAG}][0-9]{{3}}){{1,6}}|[0-9]{{1,20}})?(?:[.,](?P<del>[0-9]{{1,20}}))?"
)
_KANSKE_TUSENTAL = re.compile(rf"[{_MINUS}+]?[{_MELLANSLAG}]?[1-9][0-9]{{0,2}}(?:[.,][0-9]{{3}})+")


def som_tal(text: str) -> Decimal | None:
    """Return the number a printed cell shows, or None if it shows none."""
    traff = _TAL.fullmatch(text.strip())
    if traff is None or not (traff["hela"] or traff["del"]):
        return None
    hela = "".join((traff["hela"] or "0").split())
    tecken = "-" if traff["tecken"] and traff["tecken"] in _MINUS else ""
    return Decimal(f"{tecken}{hela}.{traff['del']}" if traff["del"] else f"{tecken}{hela}")


def kan_vara_tusental(text: str) -> bool:
    """Return whether the mark in a number may as well set thousands apart: ``4.314`` is four, or four thousand."""
    return bool(_KANSKE_TUSENTAL.fullmatch(text.strip()))


def ar_tvetydigt(text: str, kolumnen: Iterable[str]) -> bool:
    """Return whether a number may be of thousands: so may its mark, and no cell of its column has decimals after it."""
    tecken = "." if "." in text else ","
    return kan_vara_tusental(text) and not any(
        tecken in cell and som_tal(cell) is not None and not kan_vara_tusental(cell) for cell in kolumnen
    )


def inget_tryckt(text: str) -> bool:
    """Return whether a cell is printed as having nothing in it."""
    return text.strip() in INGET_TRYCKT
