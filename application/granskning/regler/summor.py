"""Sums: a row or column that says it adds up others does so, each cell rounded on its own.

What a sum row adds up is not stated in print. The candidates are few – the rows since the last sum, those with the same
leading label, all rows, the sums themselves – and the one that gives most of the row's cells is taken. What it does not
give is a finding; a figure that is right but for its sign is one of sign.

A total may be a mean instead, though nothing says so. Then it is that of its rows, plain or weighted with a column that
stands beside: lying among them is not enough, since a part ten times too large does that too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import takewhile
from typing import NamedTuple

from application.granskning.kolumnord import ar_kvot, ar_skillnad, enhetligt
from application.granskning.modell import Fynd, Fyndslag, Sakerhet, Tabell
from application.granskning.vagning import ar_medel_av_delarna
from domain.avrundning import Spann, summera

Delar = tuple[tuple[int, int], ...]
"""The rows that a sum is of, with how often (1 or -1) each counts."""

Fel = dict[tuple[int, str], Fraction]
"""What a cell should be, of those whose sign is wrong."""

NETTO = re.compile(r"netto|resultat", re.IGNORECASE)
"""In the name of a row that is what remains, so that its parts have different signs."""
_RADSUMMA = re.compile(r"^(total_)?summa$|^totalt?$")

_ELLER_MEDEL = "; ett medel av dem är den inte heller, ovägt eller vägt med en annan kolumn"
_OM_DE_RADERNA = "; att det är de raderna som den summerar sägs inte"
_OM_DE_UNDER = "; att det är raderna under den som den summerar sägs inte"


class Brist(NamedTuple):
    """A column where a sum is not that of its rows, what they give, and why it need not be, if that is so."""

    kolumn: str
    spann: Spann
    forbehall: str = ""


class Summa(NamedTuple):
    """A sum row, what it adds up, and in which columns it does not."""

    rad: int
    delar: Delar
    brister: tuple[Brist, ...]
    teckenfel: tuple[tuple[str, Fraction], ...]


def summarader(tabell: Tabell) -> list[Summa]:
    """Return the sum rows of a table with what they add up; those that no candidate fits are left out."""
    funna: list[Summa] = []
    ratt: Fel = {}
    for rad in tabell.rader:
        if not tabell.ar_summa(rad):
            continue
        kandidater = list(dict.fromkeys(_kandidater(tabell, rad)))
        kolumner = _lasta(tabell, {rad, *(del_ for delar in kandidater for del_, _ in delar)})
        provade = [_prova(tabell, rad, delar, ratt, kolumner) for delar in kandidater]
        provade = [(s, n) for s, n in provade if n]
        if not provade:
            continue
        summa, antal = min(provade, key=lambda p: (len(p[0].brister) / p[1], len(p[0].teckenfel), -p[1]))
        if len(summa.brister) * 2 > antal and len(provade) > 1:
            annars = _av_hela(tabell, rad, ratt, kolumner) or _av_blocket(tabell, rad, ratt, kolumner)
            if annars is None:
                continue
            summa = annars
        funna.append(summa)
        ratt.update({(rad, kolumn): varde for kolumn, varde in summa.teckenfel})
    return funna


def summor(tabell: Tabell) -> Iterator[Fynd]:
    """Yield sum rows that are not the sums of their rows."""
    for rad, delar, brister, teckenfel in summarader(tabell):
        namn = ", ".join(tabell.kortnamn(del_) for del_, _ in delar)
        for kolumn, spann, forbehall in brister:
            text = f"Raderna ({namn}) ger inte summan, även om varje cell är avrundad för sig{forbehall}."
            sakerhet = Sakerhet.MOJLIG if forbehall else Sakerhet.SAKER
            yield tabell.fynd(Fyndslag.SUMMA, sakerhet, (rad, kolumn), spann.mitt, text)
        for kolumn, varde in teckenfel:
            text = f"Beloppet är summan av raderna ({namn}) men tecknet är det motsatta."
            yield tabell.fynd(Fyndslag.TECKEN, Sakerhet.SAKER, (rad, kolumn), varde, text)


def teckenfel(tabell: Tabell) -> Fel:
    """Return the cells of sum rows whose sign is wrong, with what they should be."""
    return {(s.rad, kolumn): varde for s in summarader(tabell) for kolumn, varde in s.teckenfel}


def radsummor(tabell: Tabell) -> Iterator[Fynd]:
    """Yield rows whose column *summa* is not the sum of the other columns."""
    for kolumn in (k for k in tabell.talkolumner if _RADSUMMA.match(k)):
        ovriga = [k for k in (*tabell.talkolumner, *tabell.kolumner.olasliga) if k != kolumn and not ar_kvot(k)]
        for rad in (r for r in tabell.rader if not any(tabell.olast(r, k) for k in ovriga)):
            total = tabell.spann(rad, kolumn)
            delar = [s for k in ovriga if (s := tabell.spann(rad, k)) is not None]
            if total is not None and delar and not summera(delar).moter(total):
                text = f"Kolumnerna {', '.join(map(tabell.rubrik, ovriga))} ger inte summan."
                yield tabell.fynd(Fyndslag.SUMMA, Sakerhet.SAKER, (rad, kolumn), summera(delar).mitt, text)


def varav(tabell: Tabell) -> Iterator[Fynd]:
    """Yield rows whose parts (*varav …*) give them in one column but not in another."""
    for rad in tabell.rader:
        delar: list[int] = []
        while rad + len(delar) + 1 in tabell.rader and tabell.ar_varav(rad + len(delar) + 1):
            delar.append(rad + len(delar) + 1)
        if tabell.ar_varav(rad) or not delar[1:]:
            continue
        summa, antal = _prova(tabell, rad, _plus(delar), {}, _lasta(tabell, [rad, *delar]))
        if summa.brister and len(summa.brister) < antal:
            for kolumn, spann, _ in summa.brister:
                text = "Varav-raderna ger hela raden i andra kolumner men inte här."
                yield tabell.fynd(Fyndslag.SUMMA, Sakerhet.TROLIG, (rad, kolumn), spann.mitt, text)


def _kandidater(tabell: Tabell, rad: int) -> Iterator[Delar]:
    ovan = [r for r in range(rad) if not tabell.ar_varav(r)]
    egna = tabell.etiketter(rad)
    if tabell.tvargaende(rad):
        yield _plus(r for r in ovan if tabell.etiketter(r)[-1] == egna[-1])
        return
    if not ovan:
        yield from _kandidater_under(tabell, rad)
        return
    poster = [r for r in ovan if not tabell.ar_summa(r)]
    tidigare = [r for r in ovan if tabell.ar_summa(r)]
    senaste = max(tidigare, default=-1)
    block = [r for r in poster if r > senaste]
    if len(egna) > 1:
        yield _plus(r for r in block if tabell.etiketter(r)[:-1] == egna[:-1])
        yield _plus(r for r in ovan if tabell.etiketter(r)[:-1] == egna[:-1])
        yield _plus(poster) if _hela(tabell, rad) else ()
    else:
        yield _plus(block)
        yield _plus(poster)
        yield _plus(tidigare) if poster or not _av_en_del(tabell, rad) else ()
        yield _plus(tidigare[-1:]) if poster else ()
    if NETTO.search(" ".join(egna)):
        yield from ((*_plus(tidigare[-2:-1]), (r, tecken)) for r in tidigare[-1:] for tecken in (1, -1))
        yield (*_plus(tidigare), *_plus(block))


def _kandidater_under(tabell: Tabell, rad: int) -> Iterator[Delar]:
    """Yield what a total before all other rows may be of: those below, as far as the next sum, or the sums below."""
    if not _hela(tabell, rad) or _av_en_del(tabell, rad):
        return
    under = [
        r for r in tabell.rader if r > rad and not tabell.ar_varav(r) and not ar_kvot(enhetligt(tabell.radnamn(r)))
    ]
    summor_ = [r for r in under if tabell.ar_summa(r)]
    yield _plus(r for r in under if r not in summor_)
    yield _plus(r for r in under if r < min(summor_, default=len(tabell.rader)))
    yield _plus(summor_)


def _av_hela(tabell: Tabell, rad: int, ratt: Fel, kolumner: Sequence[str]) -> Summa | None:
    """Return what a total of the whole table lacks, where all rows above and all sums above give one and the same.

    Then it can be the sum of nothing else, though no candidate gives it.
    """
    ovan = [r for r in range(rad) if not tabell.ar_varav(r)]
    poster = _plus(r for r in ovan if not tabell.ar_summa(r))
    summor_ = _plus(r for r in ovan if tabell.ar_summa(r))
    if not poster or not summor_ or not _hela(tabell, rad) or NETTO.search(tabell.radnamn(rad)):
        return None
    av_poster, av_summor = (_prova(tabell, rad, delar, ratt, kolumner)[0] for delar in (poster, summor_))
    andra = {brist.kolumn: brist.spann for brist in av_summor.brister}
    brister = tuple(b for b in av_poster.brister if b.kolumn in andra and andra[b.kolumn].moter(b.spann))
    return Summa(rad, poster, brister, ()) if brister else None


def _av_blocket(tabell: Tabell, rad: int, ratt: Fel, kolumner: Sequence[str]) -> Summa | None:
    """Return what a sum of a part of the table lacks, of the rows since the sum before; it may be of others."""
    block = list(takewhile(lambda r: not tabell.ar_summa(r), range(rad - 1, -1, -1)))
    if not block or not _av_en_del(tabell, rad) or NETTO.search(tabell.radnamn(rad)):
        return None
    delar = _plus(r for r in reversed(block) if not tabell.ar_varav(r))
    brister = [Brist(b.kolumn, b.spann, _OM_DE_RADERNA) for b in _prova(tabell, rad, delar, ratt, kolumner)[0].brister]
    return Summa(rad, delar, tuple(brister), ()) if brister else None


def _av_en_del(tabell: Tabell, rad: int) -> bool:
    """Return whether a row is the sum of a part that it names: *Summa vård*."""
    return tabell.sager_summa(rad) and " " in tabell.radnamn(rad)


def _hela(tabell: Tabell, rad: int) -> bool:
    """Return whether a row is of the whole table, rather than of one of its groups: all its labels say so."""
    return all(tabell.ar_summaord(etikett) for etikett in tabell.etiketter(rad) if etikett)


def _plus(rader: Iterator[int] | list[int]) -> Delar:
    return tuple((rad, 1) for rad in rader)


def _lasta(tabell: Tabell, rader: Iterable[int]) -> list[str]:
    """Return the columns of what adds up where all cells of some rows could be read: else no sum can be tried."""
    kolumner = [k for k in tabell.talkolumner if tabell.summeras(k) and not _RADSUMMA.match(k)]
    return [k for k in kolumner if not any(tabell.olast(r, k) for r in rader)]


def _prova(tabell: Tabell, rad: int, delar: Delar, ratt: Fel, kolumner: Sequence[str]) -> tuple[Summa, int]:
    """Return the sum with the columns that it does not give, and how many columns were tried."""
    brister: list[Brist] = []
    fel: list[tuple[str, Fraction]] = []
    antal = 0
    for kolumn in kolumner:
        decimaler = tabell.decimaler((rad, *(d for d, _ in delar)), kolumn)
        total = tabell.spann(rad, kolumn, decimaler)
        spann = _delspann(tabell, delar, kolumn, ratt, decimaler)
        if total is None or not spann:
            continue
        summa = summera(spann)
        stammer = _stammer(tabell, (rad, delar), kolumn, total, spann)
        forbehall = "" if stammer else _forbehall(tabell, rad, delar, kolumn)
        if forbehall is None:
            continue
        antal += 1
        if not stammer and summa.ganger(-1).moter(total):
            fel.append((kolumn, -total.mitt))
        elif not stammer:
            brister.append(Brist(kolumn, summa, forbehall))
    return Summa(rad, delar, tuple(brister), tuple(fel)), antal


def _stammer(tabell: Tabell, summa: tuple[int, Delar], kolumn: str, total: Spann, spann: list[Spann]) -> bool:
    """Return whether a total is the sum of its parts, before each was rounded."""
    if summera(spann).moter(total):
        return True
    rad, delar = summa
    if not ar_skillnad(kolumn) or not NETTO.search(tabell.radnamn(rad)):
        return False
    # How a net differs may be stated as a change of cost, less income, or as what is good for it, of either.
    tecken = [tecken for del_, tecken in delar if tabell.tal(del_, kolumn) is not None]
    lika = [ett.ganger(t) for ett, t in zip(spann, tecken, strict=True)]
    return any(summera(andra).moter(total) for andra in ([spann[0].ganger(-1), *spann[1:]], lika))


def _delspann(tabell: Tabell, delar: Delar, kolumn: str, ratt: Fel, decimaler: int) -> list[Spann]:
    spann = []
    for del_, tecken in delar:
        ett = tabell.spann(del_, kolumn, decimaler)
        if ett is not None:
            spann.append(ett.ganger(-tecken if (del_, kolumn) in ratt else tecken))
    return spann


def _forbehall(tabell: Tabell, rad: int, delar: Delar, kolumn: str) -> str | None:
    """Return why a total need not be the sum of its parts, empty where it must; None where it is something else.

    Something else is a mean of them, or one of them that has it all: everybody beside groups that overlap.
    """
    tal = {del_: t for del_, _ in delar if (t := tabell.tal(del_, kolumn)) is not None}
    total = tabell.tal(rad, kolumn) or Fraction(0)
    if tabell.sager_summa(rad):
        return ""
    blandade = min(tal.values()) < 0 < max(tal.values())
    ensam = len(tal) > 1 and max(tal.values(), key=abs) == total
    if ensam and (not blandade or sum(tal.values()) == 2 * total):
        return None
    if len(tal) == 1 or not total or blandade or not min(tal.values()) <= total <= max(tal.values()):
        return _OM_DE_UNDER if min(tal) > rad else ""
    if tabell.av_andelar or (tabell.av_priser and not tabell.tvargaende(rad)) or min(tal) > rad:
        return None
    return None if ar_medel_av_delarna(tabell, rad, tuple(tal), kolumn) else _ELLER_MEDEL
