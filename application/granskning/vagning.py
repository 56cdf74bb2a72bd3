"""Means of printed cells: plain, or weighted with the cells of another column."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from application.granskning.modell import Tabell
from domain.avrundning import Spann, summera


def medel_av(tabell: Tabell, rader: Sequence[int], kolumn: str) -> Spann | None:
    """Return the plain mean of the cells of a column that show a number; None where none does."""
    spann = [s for r in rader if (s := tabell.spann(r, kolumn)) is not None]
    return summera(spann).ganger(Fraction(1, len(spann))) if spann else None


def vagt_medel_av(tabell: Tabell, rader: Sequence[int], kolumn: str, vikter: str) -> Spann | None:
    """Return the mean of a column's cells weighted with another's; None where a weight is missing or below zero."""
    par = [(tabell.tal(r, vikter), tabell.spann(r, kolumn)) for r in rader]
    vagda = [(vikt, spann) for vikt, spann in par if vikt is not None and spann is not None]
    hela = sum((vikt for vikt, _ in vagda), Fraction(0))
    if len(vagda) < len(par) or not hela or any(vikt < 0 for vikt, _ in vagda):
        return None
    return summera(spann.ganger(vikt / hela) for vikt, spann in vagda)


def ar_medel_av_delarna(tabell: Tabell, rad: int, delar: Sequence[int], kolumn: str) -> bool:
    """Return whether a total is a mean of its parts: plain, or weighted with some other column of what adds up."""
    total = tabell.spann(rad, kolumn)
    andra = [k for k in tabell.talkolumner if k != kolumn and tabell.summeras(k)]
    tankbara = [medel_av(tabell, delar, kolumn), *(vagt_medel_av(tabell, delar, kolumn, vikter) for vikter in andra)]
    return total is not None and any(ett is not None and ett.moter(total) for ett in tankbara)
