"""Which columns of a printed table name its rows and which hold its numbers.

A column of numbers may have cells that cannot be read: masked, with a note sign, with a unit. They are no numbers and
no words, so they neither make the column one of labels nor count as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from application.tryckta_tal import inget_tryckt, som_tal

_SIFFERETIKETTER = frozenset({"ar", "nr", "kod", "konto", "period"})
_VARDEKOLUMN = re.compile(r"^(utfall|prognos|budget|mal|malvarde|kostnad|snitt|antal)(_|$)")
_MASK = re.compile(r"[*.]+|x|[^\W\d_]\.\s?[^\W\d_]\.?", re.IGNORECASE)
_MED_SIFFROR = re.compile(
    r"(ca|cirka)?[^\w(]*[(]?[-+]?\d[\d .,]*[)]?(,-|-)?\s*(%|kr|tkr|mnkr|st|procent)?\s*([*¹²³]+|\d?\))?", re.IGNORECASE
)


class Kolumner(NamedTuple):
    """The columns of a table: those that name its rows, those with numbers, those whose figures cannot be read."""

    etiketter: tuple[str, ...]
    tal: tuple[str, ...]
    olasliga: tuple[str, ...]


def dela(kolumner: Mapping[str, Sequence[str]]) -> Kolumner:
    """Return the columns of a table by what they hold; a column of words after the first number is none of them."""
    celler = {k: [cell for cell in alla if not inget_tryckt(cell)] for k, alla in kolumner.items()}
    etiketter: list[str] = []
    for kolumn in kolumner:
        med_tal = _ar_tal(celler[kolumn]) or _ar_olaslig(celler[kolumn])
        varden = _VARDEKOLUMN.match(kolumn) or (med_tal and etiketter)
        if kolumn not in _SIFFERETIKETTER and varden:
            break
        etiketter.append(kolumn)
    ovriga = [k for k in kolumner if k not in etiketter and k not in _SIFFERETIKETTER]
    return Kolumner(
        tuple(etiketter),
        tuple(k for k in ovriga if _ar_tal(celler[k])),
        tuple(k for k in ovriga if _ar_olaslig(celler[k])),
    )


def _ar_tal(celler: Sequence[str]) -> bool:
    """Return whether a column holds numbers: some can be read, and words are not most of it."""
    return any(som_tal(cell) is not None for cell in celler) and not _mest_ord(celler)


def _ar_olaslig(celler: Sequence[str]) -> bool:
    """Return whether a column is of figures of which none can be read."""
    return bool(celler) and not any(som_tal(cell) is not None for cell in celler) and not _mest_ord(celler)


def _mest_ord(celler: Sequence[str]) -> bool:
    return 2 * sum(map(_ar_ord, celler)) > len(celler)


def _ar_ord(cell: str) -> bool:
    """Return whether a cell is of words, rather than a figure with something beside it or a sign that masks one."""
    return som_tal(cell) is None and not (_MED_SIFFROR.fullmatch(cell) or _MASK.fullmatch(cell))
