"""Declared relations: one cell is what other cells, often of another table, give. Data, in ``samband.json``.

A relation says which cells by patterns of table kind, row and column. What a pattern of the first cell names
(``(?P<ar>\\d{4})``) stands for itself in the others as ``«ar»``, the year before as ``«ar-1»``, and ``«rapport»`` for
the report's year. Tables belong together when their names are alike but for the kind: *orebro-2019-belaggning* and
*orebro-2019-externa-insatser*. Figures agree when what they can have been before rounding
meets (``domain.avrundning``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, TypeAdapter

from application.granskning.modell import Fynd, Fyndslag, Sakerhet, Tabell
from domain.avrundning import Spann, exakt, summera

_NAMN = re.compile(r"«(?P<namn>[a-z]+)(?P<fore>-1)?»")
_RAPPORTAR = re.compile(r"(?:19|20)\d{2}")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cellmonster(_Data):
    """Which cells: patterns of the table's kind, the row's labels and the column's name."""

    tabell: str
    rad: str
    kolumn: str = ""


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


def prova_samband(tabeller: Sequence[Tabell]) -> Iterator[Fynd]:
    """Yield cells that are not what the declared relations say.

    Of Liggare's own tables only what must be so is asked: their figures have declared definitions, which may differ.
    """
    for ett in samband():
        for tabell in tabeller:
            forled = _forled(tabell, ett.cell.tabell)
            far_skilja = tabell.egen and (ett.slag is Fyndslag.DEF or ett.sakerhet is not Sakerhet.SAKER)
            if forled is not None and not far_skilja:
                yield from _prova(ett, tabell, forled, tabeller)


def _forled(tabell: Tabell, sort: str) -> str | None:
    """Return what a table's name begins with before its kind; None where it is of another kind."""
    traff = re.fullmatch(rf"(?P<forled>.*?)-?(?:{sort})", tabell.namn)
    return None if traff is None else traff["forled"]


def _prova(ett: Samband, tabell: Tabell, forled: str, tabeller: Sequence[Tabell]) -> Iterator[Fynd]:
    ar = _RAPPORTAR.findall(forled)
    kant = {"rapport": ar[-1]} if ar else {}
    for rad, kolumn, ord_ in _celler(tabell, ett.cell, kant):
        tryckt = _cell(tabell, rad, kolumn, ett.exakta)
        hela = {**kant, **ord_}
        vantat = _summa(ett, ett.termer, forled, hela, tabeller)
        if tryckt is None or vantat is None:
            continue
        if ett.delat_med:
            namnare = _summa(ett, ett.delat_med, forled, hela, tabeller)
            vantat = vantat.delat_med(namnare) if namnare else None
            if vantat is None:
                continue
        vantat = vantat.plus(exakt(Fraction(ett.plus)))
        if not vantat.moter(tryckt):
            yield tabell.fynd(ett.slag, ett.sakerhet, (rad, kolumn), vantat.mitt, ett.beskrivning)


def _celler(tabell: Tabell, monster: Cellmonster, kant: Mapping[str, str]) -> Iterator[tuple[int, str, dict[str, str]]]:
    rader, kolumner = (re.compile(_ifyllt(m, kant)) for m in (monster.rad, monster.kolumn))
    for rad in tabell.rader:
        i_rad = rader.search(tabell.radnamn(rad))
        for kolumn in tabell.talkolumner if i_rad else ():
            i_kolumn = kolumner.search(kolumn)
            if i_rad and i_kolumn:
                yield rad, kolumn, i_rad.groupdict() | i_kolumn.groupdict()


def _cell(tabell: Tabell, rad: int, kolumn: str, exakta: bool) -> Spann | None:
    tal = tabell.tal(rad, kolumn)
    return exakt(tal) if exakta and tal is not None else tabell.spann(rad, kolumn)


def _summa(
    ett: Samband, termer: Sequence[Term], forled: str, ord_: Mapping[str, str], tabeller: Sequence[Tabell]
) -> Spann | None:
    """Return what the terms come to; None where a cell is missing, or is not the only one."""
    delar = [_term(term, ett.exakta, forled, ord_, tabeller) for term in termer]
    return None if None in delar else summera(d for d in delar if d is not None)


def _term(term: Term, exakta: bool, forled: str, ord_: Mapping[str, str], tabeller: Sequence[Tabell]) -> Spann | None:
    egna = [t for t in tabeller if _forled(t, term.tabell) == forled]
    if term.antal_rader:
        rader = re.compile(_ifyllt(term.rad, ord_))
        antal = [sum(bool(rader.search(t.radnamn(r))) for r in t.rader) for t in egna]
        return exakt(antal[0]) if len(antal) == 1 else None
    celler = [(t, rad, kolumn) for t in egna for rad, kolumn, _ in _celler(t, term, ord_)]
    spann = [s for t, rad, kolumn in celler if (s := _cell(t, rad, kolumn, exakta))]
    olasta = any(t.olast(rad, kolumn) for t, rad, kolumn in celler)
    if not spann or olasta or (len(spann) > 1 and not term.alla):
        return None
    return summera(spann).ganger(Fraction(term.ganger))


def _ifyllt(monster: str, ord_: Mapping[str, str]) -> str:
    """Return a pattern with the words that an earlier one named in it; one that is not known fits nothing."""

    def ord_for(traff: re.Match[str]) -> str:
        varde = ord_.get(traff["namn"])
        if varde is None:
            return r"(?!)"
        return re.escape(str(int(varde) - 1) if traff["fore"] else varde)

    return _NAMN.sub(ord_for, monster)
