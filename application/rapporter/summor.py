"""Rows that are made from other rows: which ones, how often each counts, and what the result is.

Everything is worked out from unrounded figures; a note tells a reader where the printed parts do not add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from application.rapporter.modell import Mattkolumn, Summering
from application.rapporter.radmappning import Rad, RadmappningGarInte, Radslag
from domain.begrepp import Prissort

SAMMANSATTA = (Radslag.SUMMA, Radslag.TOTALT, Radslag.MEDEL)


def delar(rader: Sequence[Rad], nr: int) -> dict[int, int]:
    """Return the rows that a sum or a mean is of, and how often each counts."""
    rad = rader[nr]
    if rad.summerar is not None:
        plats = {annan.nyckel: n for n, annan in enumerate(rader)}
        vikter = rad.summerar if isinstance(rad.summerar, Mapping) else dict.fromkeys(rad.summerar, 1)
        return {plats[namn]: vikt for namn, vikt in vikter.items()}
    if rad.slag is not Radslag.SUMMA:
        return {n: 1 for n, annan in enumerate(rader) if annan.slag is Radslag.POST}
    ovan: dict[int, int] = {}
    for n in range(nr - 1, -1, -1):
        annan = rader[n]
        if annan.slag in SAMMANSATTA or annan.etiketter[:-1] != rad.etiketter[:-1]:
            break
        if annan.slag is Radslag.POST:
            ovan[n] = 1
    return dict(sorted(ovan.items()))


def i_ordning(rader: Sequence[Rad]) -> Iterator[tuple[int, dict[int, int]]]:
    """Yield the rows that are made from others, each after those it is made from.

    Raises:
        RadmappningGarInte: some are made from each other.
    """
    kvar = {nr: delar(rader, nr) for nr, rad in enumerate(rader) if rad.slag in SAMMANSATTA}
    while kvar:
        klara = [nr for nr, av in kvar.items() if not av.keys() & kvar.keys()]
        if not klara:
            namn = ", ".join(rader[nr].nyckel for nr in kvar)
            raise RadmappningGarInte(f"Raderna {namn} summerar varandra.")
        for nr in klara:
            yield nr, kvar.pop(nr)


def sammanlagt(
    kolumn: Mattkolumn, rad: Rad, av: Mapping[int, int], celler: Mapping[int, Fraction | None], rader: Sequence[Rad]
) -> Fraction | None:
    """Return what a row that is made from others has in a column."""
    if kolumn.summering is Summering.INGEN:
        return None
    kanda = {nr: (cell, vikt) for nr, vikt in av.items() if (cell := celler.get(nr)) is not None}
    if kolumn.summering is Summering.OVAGT_MEDEL:
        kanda = {nr: par for nr, par in kanda.items() if rader[nr].prissort is Prissort.DYGN}
        if rad.slag is Radslag.SUMMA or not kanda:
            return None
    elif not kanda:
        return None
    summa: Fraction = sum((cell * vikt for cell, vikt in kanda.values()), Fraction(0))
    medel = rad.slag is Radslag.MEDEL or kolumn.summering in (Summering.MEDEL, Summering.OVAGT_MEDEL)
    return summa / len(kanda) if medel else summa
