"""Differences: a column *avvikelse* or *förändring* is the difference between two others, with one sign throughout.

Which two is told by their names and by which pair most rows fit; a column that no pair fits is not judged. Where costs
are printed as positive figures, a deviation of cost and one of income are of opposite direction by right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from application.granskning.kolumnord import ar_kvot, ar_skillnad
from application.granskning.modell import Fynd, Fyndslag, Sakerhet, Tabell
from application.granskning.regler.summor import Fel, teckenfel
from domain.avrundning import Spann, exakt

_BUDGET = re.compile(r"(^|_)\w*budget")
_MOT_BUDGET = re.compile(r"(^|_)(ack_)?(utfall|prognos|anvanda|periodens_utfall)")
_FORANDRING = re.compile(r"(^|_)forandring(_|$)")
_UR_NAMNET = re.compile(r"avvikelse_(?P<forst>budget|prognos|utfall)_(?P<sist>budget|prognos|utfall)")
_MINST = Fraction(2, 3)
"""The part of the rows that a pair of columns must fit to be taken for what the column is the difference of."""


class Skillnad(NamedTuple):
    """A difference column, the two it is of (the first less the second), and how its rows turn."""

    kolumn: str
    fran: str
    av: str
    plus: tuple[int, ...]
    minus: tuple[int, ...]
    fel: tuple[tuple[int, Spann], ...]


def skillnadskolumner(tabell: Tabell) -> list[Skillnad]:
    """Return the difference columns whose two sides could be told."""
    ratt = teckenfel(tabell)
    funna = []
    for kolumn in tabell.talkolumner:
        if ar_skillnad(kolumn) and not ar_kvot(kolumn):
            provade = [_prova(tabell, kolumn, par, ratt) for par in _par(tabell, kolumn)]
            godkanda = [(s, n) for s, n in provade if n and len(s.plus) + len(s.minus) >= min(2, n)]
            if godkanda:
                basta, antal = min(godkanda, key=lambda p: len(p[0].fel))
                if antal - len(basta.fel) >= _MINST * antal:
                    funna.append(basta)
    return funna


def skillnader(tabell: Tabell) -> Iterator[Fynd]:
    """Yield differences that are not those of the two columns, and single rows of the other sign."""
    for s in skillnadskolumner(tabell):
        fran, av = tabell.rubrik(s.fran), tabell.rubrik(s.av)
        for rad, spann in s.fel:
            text = f"Kolumnen är skillnaden mellan {fran} och {av} i de andra raderna men inte här."
            yield tabell.fynd(Fyndslag.SUMMA, Sakerhet.SAKER, (rad, s.kolumn), spann.mitt, text)
        if s.plus and s.minus and not _blandad(s):
            avvikande, riktning = (s.minus, s.plus) if len(s.plus) > len(s.minus) else (s.plus, s.minus)
            for rad in avvikande:
                text = f"Tecknet är det motsatta mot kolumnens övriga {len(riktning)} rader."
                vantat = -(tabell.tal(rad, s.kolumn) or Fraction(0))
                yield tabell.fynd(Fyndslag.TECKEN, Sakerhet.TROLIG, (rad, s.kolumn), vantat, text)


def teckenkonventioner(tabell: Tabell) -> Iterator[Fynd]:
    """Yield difference columns that mix two conventions, or whose name says the opposite of the content."""
    for s in skillnadskolumner(tabell):
        if _blandad(s) and not _kostnader_positiva(tabell, s):
            namn = ", ".join(tabell.radnamn(r) for r in min(s.plus, s.minus, key=len))
            text = (
                f"Kolumnen blandar två teckenkonventioner: {len(s.plus)} rader är {tabell.rubrik(s.fran)} − "
                f"{tabell.rubrik(s.av)} och {len(s.minus)} "
                f"tvärtom. De färre: {namn}."
            )
            yield tabell.fynd(Fyndslag.TECKEN, Sakerhet.SAKER, (None, s.kolumn), None, text)
        namnets = _UR_NAMNET.search(s.kolumn)
        if namnets is not None and not _blandad(s):
            forst = s.fran if len(s.plus) > len(s.minus) else s.av
            if namnets["forst"] not in forst and namnets["sist"] in forst:
                text = f"Kolumnens namn säger {namnets['forst']} − {namnets['sist']} men innehållet är tvärtom."
                yield tabell.fynd(Fyndslag.TECKEN, Sakerhet.TROLIG, (None, s.kolumn), None, text)


def procentkolumner(tabell: Tabell) -> Iterator[Fynd]:
    """Yield percentages of change that are not the change in per cent of what it was, or have another sign than it."""
    ratt = teckenfel(tabell)
    for s in skillnadskolumner(tabell):
        procent = s.kolumn.replace("forandring", "forandring_procent")
        if not _FORANDRING.search(s.kolumn) or procent not in tabell.talkolumner:
            continue
        for rad in tabell.rader:
            tryckt, skillnad, bas = (_spann(tabell, rad, k, ratt) for k in (procent, s.kolumn, s.av))
            kvot = skillnad.delat_med(bas) if skillnad and bas else None
            if tryckt is None or kvot is None:
                continue
            ett, annat = kvot.ganger(100), kvot.ganger(-100)
            if not tryckt.moter(ett) and not tryckt.moter(annat):
                text = f"{tabell.rubrik(s.kolumn)} i procent av {tabell.rubrik(s.av)} är något annat."
                yield tabell.fynd(Fyndslag.SUMMA, Sakerhet.SAKER, (rad, procent), abs(ett.mitt), text)
            elif _tecken(tryckt) * _tecken(skillnad or tryckt) < 0:
                text = f"Procenttalet har motsatt tecken mot {tabell.rubrik(s.kolumn)} i samma rad."
                vantat = -(tabell.tal(rad, procent) or Fraction(0))
                yield tabell.fynd(Fyndslag.TECKEN, Sakerhet.TROLIG, (rad, procent), vantat, text)


def _par(tabell: Tabell, kolumn: str) -> Iterator[tuple[str, str]]:
    andra = [k for k in tabell.talkolumner if k != kolumn and not ar_kvot(k) and not ar_skillnad(k)]
    if _FORANDRING.search(kolumn):
        ovriga = [k for k in andra if not _BUDGET.search(k)]
        yield from ((b, a) for nr, a in enumerate(ovriga) for b in ovriga[nr + 1 :])
        return
    budgetar = [k for k in andra if _BUDGET.search(k)]
    mot = [k for k in andra if k not in budgetar and _MOT_BUDGET.search(k)]
    yield from ((m, b) for m in mot for b in budgetar)


def _prova(tabell: Tabell, kolumn: str, par: tuple[str, str], ratt: Fel) -> tuple[Skillnad, int]:
    plus: list[int] = []
    minus: list[int] = []
    fel: list[tuple[int, Spann]] = []
    antal = 0
    for rad in tabell.rader:
        decimaler = tabell.decimaler((rad,), kolumn, *par)
        tryckt, fran, av = (_spann(tabell, rad, k, ratt, decimaler) for k in (kolumn, *par))
        if tryckt is None or fran is None or av is None:
            continue
        antal += 1
        skillnad = fran.plus(av.ganger(-1))
        rakt, omvant = tryckt.moter(skillnad), tryckt.moter(skillnad.ganger(-1))
        if not rakt and not omvant:
            fel.append((rad, skillnad))
        elif rakt != omvant:
            (plus if rakt else minus).append(rad)
    return Skillnad(kolumn, *par, tuple(plus), tuple(minus), tuple(fel)), antal


def _spann(tabell: Tabell, rad: int, kolumn: str, ratt: Fel, decimaler: int | None = None) -> Spann | None:
    spann = tabell.spann(rad, kolumn, decimaler)
    return spann.ganger(-1) if spann is not None and (rad, kolumn) in ratt else spann


def _blandad(s: Skillnad) -> bool:
    """Return whether so many rows are of either direction that it is no slip."""
    return min(len(s.plus), len(s.minus)) > max(1, (len(s.plus) + len(s.minus)) // 5)


def _kostnader_positiva(tabell: Tabell, s: Skillnad) -> bool:
    """Return whether the rows of one direction are costs printed as positive figures."""
    varden = [tabell.tal(r, k) or Fraction(0) for r in s.minus for k in (s.fran, s.av)]
    return all(v >= 0 for v in varden)


def _tecken(spann: Spann) -> int:
    """Return the sign of a figure; 0 where rounding hides it."""
    return 0 if spann.moter(exakt(0)) else 1 if spann.lag >= 0 else -1
