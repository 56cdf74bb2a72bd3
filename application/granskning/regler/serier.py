"""Series: a level that changes at once and stays is a changed definition more often than a changed world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from application.granskning.modell import Fynd, Fyndslag, Sakerhet, Tabell, kort

_AR = re.compile(r"^(?P<led>.*?)_?(?P<ar>(19|20)\d{2})$")
_SPRANG = Fraction(3, 2)
_JAMNT = Fraction(23, 20)
_MINST_AR = 4


def seriebrott(tabell: Tabell) -> Iterator[Fynd]:
    """Yield the year when a series of at least four, otherwise even, is half as large again or a third smaller."""
    serier: dict[str, list[tuple[int, str]]] = {}
    for kolumn in tabell.talkolumner:
        traff = _AR.match(kolumn)
        if traff is not None:
            serier.setdefault(traff["led"], []).append((int(traff["ar"]), kolumn))
    for kolumner in serier.values():
        ordnade = [k for _, k in sorted(kolumner)]
        for rad in tabell.rader:
            tal = [(k, t) for k in ordnade if (t := tabell.tal(rad, k))]
            if len(tal) >= _MINST_AR and all(t > 0 for _, t in tal):
                yield from _brott(tabell, rad, tal)


def _brott(tabell: Tabell, rad: int, tal: list[tuple[str, Fraction]]) -> Iterator[Fynd]:
    kvoter = [max(b / a, a / b) for (_, a), (_, b) in pairwise(tal)]
    sprang = [nr for nr, kvot in enumerate(kvoter) if kvot >= _SPRANG]
    if len(sprang) == 1 and all(kvot <= _JAMNT for nr, kvot in enumerate(kvoter) if nr != sprang[0]):
        (fore, a), (efter, b) = tal[sprang[0]], tal[sprang[0] + 1]
        mellan = f"{tabell.rubrik(fore)} ({kort(a)}) och {tabell.rubrik(efter)} ({kort(b)})"
        text = f"Serien är jämn utom mellan {mellan}: byttes definitionen?"
        yield tabell.fynd(Fyndslag.SERIE, Sakerhet.MOJLIG, (rad, efter), None, text)
