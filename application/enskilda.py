"""Questions about figures that single out cases: what they answer is read of single matters, whatever it is called.

A figure is about many. Split by case, restricted to some, or printed with a row for each, it is about one: its id, what
was done and how it went, also where the number itself is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from application.fragetolkning import uppdelad
from application.rapporter.katalog import TABELLER
from application.rapporter.modell import Mattkolumn, Tabell, Textkolumn
from application.rapporter.radmappning import Rad, Radmappning, las_radmappningar
from domain.matt.modell import ENSKILDA


def i_mattfragan(gruppera: str | None, filter_: Iterable[str]) -> str | None:
    """Return the dimension that a question to a measure singles cases out by, as it is asked; None: by none.

    Args:
        gruppera: the dimensions to split by, as they were written.
        filter_: the names of everything that is asked with.
    """
    return _forsta((*uppdelad(gruppera), *filter_))


@cache
def i_tabellen(namn: str) -> str | None:
    """Return the dimension that a table singles cases out by, in any municipality's rows; None: by none."""
    return i_raderna(TABELLER[namn], las_radmappningar().get(namn, ())) if namn in TABELLER else None


def i_raderna(tabell: Tabell, radmappningar: Iterable[Radmappning]) -> str | None:
    """Return the dimension that a table singles cases out by in some rows; None: by none."""
    return _forsta(_dimensioner(tabell, radmappningar))


def _forsta(dimensioner: Iterable[str]) -> str | None:
    return next((namn for namn in dimensioner if namn in ENSKILDA), None)


def _dimensioner(tabell: Tabell, radmappningar: Iterable[Radmappning]) -> Iterator[str]:
    for kolumn in tabell.kolumner:
        if isinstance(kolumn, Textkolumn) and kolumn.dimension:
            yield kolumn.dimension
        if isinstance(kolumn, Mattkolumn):
            yield from kolumn.urval
    for mappning in radmappningar:
        for rad in mappning.rader:
            yield from _radens(rad)


def _radens(rad: Rad) -> Iterator[str]:
    if rad.per:
        yield rad.per
    yield from rad.urval.som_filter()
    for cell in rad.celler.values():
        yield from cell.urval.som_filter()
