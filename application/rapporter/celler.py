"""The figures of a table's cells, asked for as few times as there are calculations.

Cells with the same measure, variants and day are one question with all their periods and rows. A fact is counted in one
row of a question. So a row whose parts are shown by themselves counts what is in none of them, and they are added to it
afterwards; where that is not the whole – the same person may be in two parts – rows that overlap are asked apart.
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


class _Lager(NamedTuple):
    """Rows that share a question, in the order they take facts, and which of them each is made of."""

    rader: tuple[int, ...]
    av: Mapping[int, tuple[int, ...]]


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
        matt = _fraga(ram, sort, egna[0].period).valt
        for lager in _lager(rader, urval, hopsatta=matt.additivt and not matt.delas_pa):
            valda = [cell for cell in egna if cell.rad in lager.rader]
            varden.update(_svar(fragor, ram, urval, sort, lager, valda, underlag))
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


def _fraga(ram: Cellram, sort: _Sort, period: Period, rader: Sequence[Urval] = ()) -> Fraga:
    """Return the question of cells."""
    tidssnitt = replace(ram.tidssnitt, galler_den=sort.galler_den)
    fraga = Fraga(hamta_matt(sort.matt), period, tidssnitt, urval=dict(sort.urval), rader=tuple(rader))
    return i_ramen(fraga, ram, dict(sort.val))


def _svar(
    fragor: Fragor,
    ram: Cellram,
    urval: Mapping[int, Urval],
    sort: _Sort,
    lager: _Lager,
    celler: list[Cell],
    underlag: Underlag,
) -> Iterator[tuple[tuple[str, int], Fraction | None]]:
    perioder = tuple(sorted({cell.period for cell in celler}))
    # Rows that count the same (in different years, say) are one row of the question.
    unika: list[Urval] = []
    for nr in lager.rader:
        if urval[nr] not in unika:
            unika.append(urval[nr])
    nummer = {nr: tuple(dict.fromkeys(unika.index(urval[del_]) for del_ in av)) for nr, av in lager.av.items()}
    fraga = _fraga(ram, sort, perioder[0], unika)
    svar = fragor.per_del(fraga, perioder, replace(underlag, galler_den=sort.galler_den))
    matt = fraga.valt
    har_fakta = {del_ for del_, *_ in svar}
    for cell in celler:
        del_ = perioder.index(cell.period)
        noll = cell.kolumn.noll if cell.kolumn.noll is not None else matt.grunder[0].form is not Belopp
        saknas = Fraction(0) if noll and del_ in har_fakta and not har_luckor(matt.uttryck) else None
        delar = [svar[del_, nr] for nr in nummer[cell.rad] if (del_, nr) in svar]
        yield (cell.kolumn.nyckel, cell.rad), sum(delar[1:], delar[0]) if delar else saknas


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


def _lager(rader: Sequence[Rad], urval: Mapping[int, Urval], *, hopsatta: bool) -> Iterator[_Lager]:
    """Yield rows that may share a question: those that count, and the parts, no two of which overlap.

    ``hopsatta``: the first parts go with the rows that count, if they can be told which of them they are in.
    """
    poster = tuple(nr for nr in sorted(urval) if rader[nr].slag is Radslag.POST)
    hela, *delar = atskilda(urval, poster)
    av: dict[int, tuple[int, ...]] = {nr: (nr,) for nr in urval}
    if hopsatta and delar and all(_ligger_i_en(urval, nr, hela) for nr in delar[0]):
        for nr in delar[0]:
            (runtom,) = (rad for rad in hela if not _skilda(urval[nr], urval[rad]))
            av[runtom] += (nr,)
        hela = (*delar.pop(0), *hela)
    yield from (_Lager(lager, {nr: av[nr] for nr in lager}) for lager in (hela, *delar) if lager)


def atskilda(urval: Mapping[int, Urval], poster: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    """Return the rows in sets no fact fits two of, but for those that go before others, which are first."""
    lagren = [poster]
    for nr in sorted(urval.keys() - set(poster)):
        plats = next((n for n, lager in enumerate(lagren) if all(_skilda(urval[nr], urval[a]) for a in lager)), None)
        if plats is None:
            lagren.append((nr,))
        else:
            lagren[plats] += (nr,)
    return lagren


def _ligger_i_en(urval: Mapping[int, Urval], del_: int, poster: Iterable[int]) -> bool:
    """Return whether a part is all in one row and has nothing to do with the others."""
    utanfor = [post for post in poster if not _skilda(urval[del_], urval[post])]
    return len(utanfor) == 1 and _inuti(urval[del_], urval[utanfor[0]])


def _inuti(en: Urval, annan: Urval) -> bool:
    """Return whether every fact that fits one fits the other: what restricts that restricts this at least as much."""
    return all(namn in en and set(en[namn]) <= set(varden) for namn, varden in annan.items())


def _skilda(en: Urval, annan: Urval) -> bool:
    """Return whether no fact fits both: some dimension is restricted to different words in them."""
    return any(not set(en[namn]) & set(annan[namn]) for namn in en.keys() & annan.keys())
