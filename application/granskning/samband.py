"""Declared relations: one cell is what other cells, often of another table, give. Data, in ``samband.json``.

A relation says which cells by patterns of table kind, row and column. What a pattern of the first cell names
(``(?P<ar>\\d{4})``) stands for itself in the others as ``«ar»``, the year before as ``«ar-1»``, and ``«rapport»`` for
the report's year. Which tables belong together is told by their names, or what they are copied from
(``application.granskning.tabellsort``). Figures agree when what they can have been before rounding meets
(``domain.avrundning``), amounts in kronor; where a unit is not stated, in some unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, TypeAdapter

from application.granskning.modell import Fynd, Fyndslag, Sakerhet, Tabell
from application.granskning.tabellsort import Tabellsorter
from domain.avrundning import Spann, exakt, summera

_NAMN = re.compile(r"«(?P<namn>[a-z]+)(?P<fore>-1)?»")
_FAKTORER = tuple(Fraction(1000) ** n for n in (0, 1, -1, 2, -2))


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cellmonster(_Data):
    """Which cells: the table's kind, and patterns of the row's labels and the column's name; ``belopp``: in kronor.

    An amount is compared in kronor, whatever unit it is printed in.
    """

    tabell: str
    rad: str
    kolumn: str = ""
    belopp: bool = False


class Term(Cellmonster):
    """What a cell, or all cells that fit, is multiplied by; ``antal_rader`` counts the rows instead."""

    ganger: Decimal = Decimal(1)
    alla: bool = False
    antal_rader: bool = False


class Samband(_Data):
    """A cell is the sum of terms, divided by the sum of others where there are any, and a constant.

    Attributes:
        varfor: what the relation rests on, in Swedish.
        beskrivning: what a reader is told when it does not hold.
        exakta: the figures are counts, which are not rounded.
    """

    slag: Fyndslag
    sakerhet: Sakerhet
    varfor: str
    beskrivning: str
    cell: Cellmonster
    termer: tuple[Term, ...]
    delat_med: tuple[Term, ...] = ()
    plus: Decimal = Decimal(0)
    exakta: bool = False


@lru_cache(maxsize=1)
def samband() -> tuple[Samband, ...]:
    """Return the declared relations."""
    fil = resources.files(__package__).joinpath("samband.json")
    return TypeAdapter(tuple[Samband, ...]).validate_json(fil.read_bytes())


class Provning(NamedTuple):
    """A cell that a relation was tried for, and what was found if it did not hold."""

    samband: Samband
    fynd: Fynd | None


def prova_samband(tabeller: Sequence[Tabell]) -> Iterator[Provning]:
    """Yield the cells that the declared relations could be tried for.

    Of Liggare's own tables only what must be so is asked: their figures have declared definitions, which may differ.
    """
    sorter = Tabellsorter(tabeller, _kanda_sorter())
    for ett in samband():
        for tabell in sorter.av_sort(ett.cell.tabell):
            far_skilja = tabell.egen and (ett.slag is Fyndslag.DEF or ett.sakerhet is not Sakerhet.SAKER)
            if not far_skilja:
                yield from _prova(ett, tabell, sorter)


def _kanda_sorter() -> list[str]:
    celler = [c for ett in samband() for c in (ett.cell, *ett.termer, *ett.delat_med)]
    return list(dict.fromkeys(cell.tabell for cell in celler))


class _Tal(NamedTuple):
    """What a figure can have been: an amount in kronor, as far as its unit is known."""

    spann: Spann
    i_kanda_enheter: bool = True


def _prova(ett: Samband, tabell: Tabell, sorter: Tabellsorter) -> Iterator[Provning]:
    ar = sorter.rapportar(tabell)
    kant = {"rapport": ar} if ar else {}
    for rad, kolumn, ord_ in _celler(tabell, ett.cell, kant):
        tryckt = _cell(tabell, (rad, kolumn), ett.cell, ett.exakta)
        vantat = _vantat(ett, tabell, {**kant, **ord_}, sorter)
        if tryckt is None or vantat is None:
            continue
        narmast = _narmast(vantat, tryckt)
        fynd = None
        if not narmast.moter(tryckt.spann):
            enhet = (tabell.penningenhet(rad, kolumn) if ett.cell.belopp else None) or 1
            mitt = narmast.mitt / enhet
            fynd = tabell.fynd(ett.slag, ett.sakerhet, (rad, kolumn), mitt, ett.beskrivning)
        yield Provning(ett, fynd)


def _vantat(ett: Samband, tabell: Tabell, ord_: Mapping[str, str], sorter: Tabellsorter) -> _Tal | None:
    """Return what a relation says that a cell is; None where something of it is missing."""
    tal = _summa(ett, ett.termer, tabell, ord_, sorter)
    if tal is None:
        return None
    spann: Spann | None = tal.spann
    if ett.delat_med:
        namnare = _summa(ett, ett.delat_med, tabell, ord_, sorter)
        spann = tal.spann.delat_med(namnare.spann) if namnare else None
    return None if spann is None else _Tal(spann.plus(exakt(Fraction(ett.plus))), tal.i_kanda_enheter)


def _narmast(vantat: _Tal, tryckt: _Tal) -> Spann:
    """Return what is expected: where a unit is not known, in the one that comes nearest to what is printed."""
    if vantat.i_kanda_enheter and tryckt.i_kanda_enheter:
        return vantat.spann
    i_enheter = [vantat.spann.ganger(faktor) for faktor in _FAKTORER]
    passar = [spann for spann in i_enheter if spann.moter(tryckt.spann)]
    return passar[0] if passar else min(i_enheter, key=lambda spann: abs(spann.mitt - tryckt.spann.mitt))


def _celler(tabell: Tabell, monster: Cellmonster, kant: Mapping[str, str]) -> Iterator[tuple[int, str, dict[str, str]]]:
    rader, kolumner = (re.compile(_ifyllt(m, kant)) for m in (monster.rad, monster.kolumn))
    for rad in tabell.rader:
        i_rad = rader.search(tabell.radnamn(rad))
        for kolumn in tabell.talkolumner if i_rad else ():
            i_kolumn = kolumner.search(kolumn)
            if i_rad and i_kolumn:
                yield rad, kolumn, i_rad.groupdict() | i_kolumn.groupdict()


def _cell(tabell: Tabell, plats: tuple[int, str], monster: Cellmonster, exakta: bool) -> _Tal | None:
    tal = tabell.tal(*plats)
    spann = exakt(tal) if exakta and tal is not None else tabell.spann(*plats)
    if spann is None or not monster.belopp:
        return None if spann is None else _Tal(spann)
    enhet = tabell.penningenhet(*plats)
    return _Tal(spann.ganger(enhet or 1), enhet is not None)


def _summa(
    ett: Samband, termer: Sequence[Term], tabell: Tabell, ord_: Mapping[str, str], sorter: Tabellsorter
) -> _Tal | None:
    """Return what the terms come to; None where a cell is missing, or is not the only one."""
    delar = [_term(term, ett.exakta, sorter.rapportens(tabell, term.tabell), ord_) for term in termer]
    kanda = [del_ for del_ in delar if del_ is not None]
    return _ihop(kanda) if len(kanda) == len(delar) else None


def _term(term: Term, exakta: bool, tabeller: Sequence[Tabell], ord_: Mapping[str, str]) -> _Tal | None:
    if len(tabeller) != 1:
        return None
    (tabell,) = tabeller
    if term.antal_rader:
        rader = re.compile(_ifyllt(term.rad, ord_))
        return _Tal(exakt(sum(bool(rader.search(tabell.radnamn(r))) for r in tabell.rader)))
    platser = [(rad, kolumn) for rad, kolumn, _ in _celler(tabell, term, ord_)]
    tal = [t for plats in platser if (t := _cell(tabell, plats, term, exakta))]
    olasta = any(tabell.olast(*plats) for plats in platser)
    if not tal or olasta or (len(tal) > 1 and not term.alla):
        return None
    hela = _ihop(tal)
    return _Tal(hela.spann.ganger(Fraction(term.ganger)), hela.i_kanda_enheter)


def _ihop(tal: Sequence[_Tal]) -> _Tal:
    return _Tal(summera(t.spann for t in tal), all(t.i_kanda_enheter for t in tal))


def _ifyllt(monster: str, ord_: Mapping[str, str]) -> str:
    """Return a pattern with the words that an earlier one named in it; one that is not known fits nothing."""

    def ord_for(traff: re.Match[str]) -> str:
        varde = ord_.get(traff["namn"])
        if varde is None:
            return r"(?!)"
        return re.escape(str(int(varde) - 1) if traff["fore"] else varde)

    return _NAMN.sub(ord_for, monster)
