"""Stays counted by how they were bought: so many begun in a form under framework agreements, so many directly.

Of the stays that end in the period, the printed share end in an unplanned move; the next stay of the same person is
then one of those begun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from application.syntet.dagar import dag
from application.syntet.krav import Avtalsrad
from application.syntet.matt import ORSAKSORD
from application.syntet.placeringar import OPLANERAD, Placeringar
from application.syntet.profiler import (
    FORMER,
    I8,
    LANGSTA_VISTELSE,
    MALGRUPPER,
    MALGRUPPSVIKT,
    OPPEN,
    PROFILER,
    SASONG,
    dra_langder,
)
from domain.begrepp import Direktupphandlingsorsak

DRAS = -1
"""The reason of a direct procurement is left to chance."""


@dataclass(frozen=True)
class Avtalsvard:
    """The stays, and for each 1 + index of the reason it was bought directly (0: under an agreement)."""

    p: Placeringar
    direkt: I8


def bygg_avtalsvard(
    rng: np.random.Generator,
    rader: Sequence[Avtalsrad],
    forsta_rad: int,
    period: tuple[int, int],
    slutdag: int,
    skala: int,
) -> Avtalsvard:
    """Return the stays of all rows; persons are numbered from 0 and nobody has two rows.

    Args:
        rng: source of chance.
        rader: the printed rows.
        forsta_rad: number of the first of them among all rows.
        period: day numbers ``[from, to)`` that the rows are about.
        slutdag: last day of the history.
        skala: multiplies the numbers.
    """
    delar: list[Avtalsvard] = []
    for nr, rad in enumerate(rader):
        delar.append(_rad(rng, replace(rad, inom=rad.inom * skala, direkt=rad.direkt * skala), forsta_rad + nr, period))
    p = delar[0].p
    for del_ in delar[1:]:
        p = p.utokade(del_.p)
    p = replace(
        p,
        slut=np.where(p.slut > slutdag, OPPEN, p.slut).astype(np.int32),
        person=np.arange(len(p), dtype=np.int32),
    )
    return Avtalsvard(p, np.concatenate([del_.direkt for del_ in delar]))


def _rad(rng: np.random.Generator, rad: Avtalsrad, nummer: int, period: tuple[int, int]) -> Avtalsvard:
    """Return one row: those begun in the period, and those that ran when it began."""
    form = rad.vard.former[0]
    profil, tak = PROFILER[form], min(LANGSTA_VISTELSE[m] for m in rad.vard.malgrupper)
    nya = rad.inom + rad.direkt
    gamla = round(nya * profil.median / (period[1] - period[0]))
    vikt = np.array([SASONG[dag(d).month - 1] for d in range(*period)])
    start = period[0] + rng.choice(period[1] - period[0], size=nya, p=vikt / vikt.sum())
    langd = np.maximum(dra_langder(rng, profil, tak, nya + gamla), 3)
    fore = (period[0] - rng.integers(1, langd[nya:])) if gamla else np.empty(0, dtype=np.int64)
    alla = np.concatenate([start, fore]).astype(np.int32)
    antal = len(alla)
    vikter = np.array([max(MALGRUPPSVIKT[m], 0.01) for m in rad.vard.malgrupper])
    grupp = rng.choice([MALGRUPPER.index(m) for m in rad.vard.malgrupper], size=antal, p=vikter / vikter.sum())
    p = Placeringar(
        rad=np.full(antal, nummer, dtype=np.int32),
        form=np.full(antal, FORMER.index(form), dtype=np.int8),
        malgrupp=grupp.astype(np.int8),
        egen=np.zeros(antal, dtype=np.int8),
        start=alla,
        slut=(alla + langd).astype(np.int32),
        person=np.full(antal, -1, dtype=np.int32),
        fore=np.full(antal, -1, dtype=np.int32),
        byte=np.zeros(antal, dtype=np.int8),
    )
    direkt = np.zeros(antal, dtype=np.int8)
    direkt[rng.permutation(nya)[: rad.direkt]] = DRAS
    direkt[nya:] = np.where(rng.random(gamla) < rad.direkt / max(nya, 1), DRAS, 0)
    return Avtalsvard(p, direkt)


def med_orsaker(
    rng: np.random.Generator, v: Avtalsvard, orsaker: dict[str, int], period: tuple[int, int], skala: int
) -> Avtalsvard:
    """Return the stays with a reason for each direct procurement, as many of each as printed for the period."""
    ord_ = [o.value for o in Direktupphandlingsorsak]
    nummer = [
        1 + ord_.index(next(orsak for monster, orsak in ORSAKSORD if re.search(monster, etikett.lower())))
        for etikett in orsaker
    ]
    tryckta = np.repeat(np.array(nummer, dtype=np.int8), [antal * skala for antal in orsaker.values()])
    direkt = v.direkt.copy()
    inom = (v.p.start >= period[0]) & (v.p.start < period[1])
    vilka = np.flatnonzero((direkt == DRAS) & inom)
    blandade = rng.permutation(tryckta)[: len(vilka)]
    direkt[vilka[: len(blandade)]] = blandade
    ovriga = direkt == DRAS
    direkt[ovriga] = rng.integers(1, len(ord_) + 1, int(ovriga.sum()))
    return replace(v, direkt=direkt)


def med_flyttar(rng: np.random.Generator, p: Placeringar, andel: float, period: tuple[int, int]) -> Placeringar:
    """Return the stays where the share of those ended in the period ended in an unplanned move to another of them."""
    slut, fore, byte, person = p.slut.copy(), p.fore.copy(), p.byte.copy(), p.person.copy()
    grupp, tagna = p.malgrupp.copy(), np.zeros(len(p), dtype=np.bool_)
    i_perioden = (slut >= period[0]) & (slut < period[1])
    mal = round(andel * int(i_perioden.sum()))
    for ny in rng.permutation(np.flatnonzero((p.start > period[0]) & (p.start < period[1]))).tolist():
        if mal <= 0:
            break
        s = int(p.start[ny])
        kan = i_perioden & (p.rad == p.rad[ny]) & (p.start < s - 2) & (slut >= s) & ~tagna
        kan[ny] = False
        if tagna[ny] or not kan.any():
            continue
        forra = int(np.flatnonzero(kan)[np.argmin(slut[kan])])
        slut[forra], fore[ny], byte[ny], person[ny], grupp[ny] = s, forra, OPLANERAD, person[forra], grupp[forra]
        tagna[forra] = tagna[ny] = True
        mal -= 1
    _, ny_person = np.unique(person, return_inverse=True)
    return replace(
        p, slut=slut, fore=fore, byte=byte, person=ny_person.astype(np.int32), malgrupp=grupp.astype(np.int8)
    )
