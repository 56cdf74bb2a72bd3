"""The figures of a table's cells, asked for as few times as there are calculations.

Cells with the same measure, variants and day are one question with all their periods and rows. Rows that overlap – a
part that is also shown by itself – cannot share a question, since a fact is counted in one row of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from application.fragetolkning import tolka_ord
from application.queries import Fraga, Fragor, Underlag, Vagning, filterdimensioner, hamta_matt
from application.rapporter.modell import Mattkolumn
from application.rapporter.radmappning import Rad, Radslag
from domain.fakta import Belopp
from domain.matt.modell import Bokforingsperiod, Urval
from domain.matt.uttryck import har_luckor
from domain.regler.vardygn import Vardygnsregel
from domain.tid import Period, Tidssnitt

Varden = Mapping[tuple[str, int], Fraction | None]
"""The exact figure of a column (by its declared name) and a row (by its number)."""


@dataclass(frozen=True)
class Cellram:
    """What all cells of a table share."""

    urval: Urval
    tidssnitt: Tidssnitt
    regel: Vardygnsregel
    organisation_den: date | None


class Cell(NamedTuple):
    """One cell to be counted: its column, its row and its days."""

    kolumn: Mattkolumn
    rad: int
    period: Period


class _Sort(NamedTuple):
    """What the cells of one question have in common."""

    matt: str
    val: tuple[tuple[str, str], ...]
    urval: tuple[tuple[str, tuple[Any, ...]], ...]
    galler_den: date


def rakna_celler(
    fragor: Fragor,
    ram: Cellram,
    rader: Sequence[Rad],
    celler: Iterable[tuple[Cell, date]],
    underlag: Underlag,
) -> dict[tuple[str, int], Fraction | None]:
    """Return the figure of every cell; each cell comes with the day that it is counted as of."""
    sorter: dict[_Sort, list[Cell]] = {}
    for cell, galler_den in celler:
        sorter.setdefault(_sort(cell.kolumn, rader[cell.rad], galler_den), []).append(cell)
    varden: dict[tuple[str, int], Fraction | None] = {}
    for sort, egna in sorter.items():
        urval = {cell.rad: radens_urval(rader[cell.rad], cell.kolumn.nyckel) for cell in egna}
        for lager in _lager(rader, urval):
            valda = [cell for cell in egna if cell.rad in lager]
            varden.update(_svar(fragor, ram, urval, sort, valda, underlag))
    return varden


def radens_matt(rad: Rad, kolumn: str, kolumnens: str | None) -> str | None:
    """Return the measure of a cell: its own, the row's, or the column's."""
    egen = rad.celler.get(kolumn)
    return egen.matt if egen else rad.matt or kolumnens


def radens_urval(rad: Rad, kolumn: str) -> dict[str, tuple[str | None, ...]]:
    """Return what a cell counts."""
    egen = rad.celler.get(kolumn)
    return (egen.urval if egen else rad.urval).som_filter()


def _sort(kolumn: Mattkolumn, rad: Rad, galler_den: date) -> _Sort:
    egen = rad.celler.get(kolumn.nyckel)
    val = {**kolumn.val, **(egen.val if egen else rad.val)}
    matt = radens_matt(rad, kolumn.nyckel, kolumn.matt) or ""
    return _Sort(matt, tuple(sorted(val.items())), tuple(kolumn.urval.items()), galler_den)


def _svar(
    fragor: Fragor, ram: Cellram, urval: Mapping[int, Urval], sort: _Sort, celler: list[Cell], underlag: Underlag
) -> Iterator[tuple[tuple[str, int], Fraction | None]]:
    perioder = tuple(sorted({cell.period for cell in celler}))
    # Rows that count the same (in different years, say) are one row of the question.
    unika: list[Urval] = []
    for nr in sorted({cell.rad for cell in celler}):
        if urval[nr] not in unika:
            unika.append(urval[nr])
    nummer = {cell.rad: unika.index(urval[cell.rad]) for cell in celler}
    tidssnitt = replace(ram.tidssnitt, galler_den=sort.galler_den)
    fraga = Fraga(hamta_matt(sort.matt), perioder[0], tidssnitt, urval=dict(sort.urval), rader=tuple(unika))
    fraga = i_ramen(fraga, ram, dict(sort.val))
    svar = fragor.per_del(fraga, perioder, replace(underlag, galler_den=sort.galler_den))
    matt = fraga.valt
    har_fakta = {del_ for del_, *_ in svar}
    for cell in celler:
        del_ = perioder.index(cell.period)
        noll = cell.kolumn.noll if cell.kolumn.noll is not None else matt.grunder[0].form is not Belopp
        saknas = Fraction(0) if noll and del_ in har_fakta and not har_luckor(matt.uttryck) else None
        yield (cell.kolumn.nyckel, cell.rad), svar.get((del_, nummer[cell.rad]), saknas)


def i_ramen(fraga: Fraga, ram: Cellram, val: Mapping[str, str]) -> Fraga:
    """Return a question with the choices that are named, and with what all cells of a table share.

    Of the restriction that they share it has the part that its measure knows: stays have no board.

    Raises:
        FraganGarInte: there is no such choice.
    """
    fraga = _med_val(fraga, val)
    tillatna = filterdimensioner(fraga.valt)
    gemensamt = {namn: varden for namn, varden in ram.urval.items() if namn in tillatna}
    fraga = replace(fraga, urval={**gemensamt, **fraga.urval}, regel=ram.regel)
    return fraga if fraga.organisationsdag is None else replace(fraga, organisation_den=ram.organisation_den)


def _med_val(fraga: Fraga, val: Mapping[str, str]) -> Fraga:
    """Return a question with choices: those that all measures have, and the measure's own."""
    egna = dict(val)
    return replace(
        fraga,
        vagning=tolka_ord("vagning", Vagning, egna.pop("vagning", None), fraga.vagning),
        period_efter=tolka_ord("periodEfter", Bokforingsperiod, egna.pop("periodEfter", None), fraga.period_efter),
        varianter=egna,
    )


def _lager(rader: Sequence[Rad], urval: Mapping[int, Urval]) -> list[frozenset[int]]:
    """Return the rows in sets that may share a question: those that count, and the parts, no two of which overlap."""
    poster: set[int] = set()
    delar: list[set[int]] = []
    for nr in sorted(urval):
        if rader[nr].slag is Radslag.POST:
            poster.add(nr)
            continue
        ledig = next((d for d in delar if all(_skilda(urval[nr], urval[annan]) for annan in d)), None)
        if ledig is None:
            delar.append({nr})
        else:
            ledig.add(nr)
    return [frozenset(lager) for lager in (poster, *delar) if lager]


def _skilda(en: Urval, annan: Urval) -> bool:
    """Return whether no fact fits both: some dimension is restricted to different words in them."""
    return any(not set(en[namn]) & set(annan[namn]) for namn in en.keys() & annan.keys())
