"""Stays in the board's own units, place by place, so that each month's occupancy rounds to the printed one.

A place is occupied without a break but for gaps; a month's gaps together are its places times days less what the
printed share demands. Stays are the occupied stretches, divided at drawn lengths: one moves out, another in.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from application.syntet.dagar import dagnr
from application.syntet.krav import Boende
from application.syntet.profiler import I32, OPPEN, PROFILER, dra_langder
from application.syntet.vistelser import Vistelser
from domain.begrepp import Insatsform, Malgrupp
from domain.tid import manad_efter

FORM, MALGRUPP = Insatsform.HVB, Malgrupp.UNGA
_FLEST, _VANLIGT = 40, 8
_HUNDRADEL = Decimal("0.01")
_LANGST = 900
_KORTAST = 3  # nobody stays a day or two


def platser_i(boende: Boende) -> int:
    """Return the fewest places (four or more) of which every printed share is a whole number, else a usual number."""
    for platser in range(4, _FLEST + 1):
        if all(_som_tryckt(round(andel * platser), platser) == andel for andel in boende.manader.values()):
            return platser
    return _VANLIGT


def _som_tryckt(taljare: int, namnare: int) -> Decimal:
    return (Decimal(taljare) / namnare).quantize(_HUNDRADEL, ROUND_HALF_UP)


def vistelser_i(rng: np.random.Generator, boende: Boende, ar: int, slut: int, skala: int) -> Vistelser:
    """Return the stays of a unit in the printed months up to the day number ``slut`` (not included)."""
    platser = platser_i(boende) * skala
    manader = [(dagnr(date(ar, m, 1)), dagnr(manad_efter(date(ar, m, 1)))) for m in sorted(boende.manader)]
    manader = [(fran, till) for fran, till in manader if till <= slut]
    if not manader:
        tom: I32 = np.empty(0, dtype=np.int32)
        return Vistelser(tom, tom, tom)
    fran, till = manader[0][0], manader[-1][1]
    belagt = np.ones((platser, till - fran), dtype=np.bool_)
    for (a, b), manad in zip(manader, sorted(boende.manader), strict=False):
        lediga = platser * (b - a) - round(boende.manader[manad] * platser * (b - a))
        _luckor(rng, belagt[:, a - fran : b - fran], lediga)
    starter: list[int] = []
    slutdagar: list[int] = []
    for plats in belagt:
        for a, b in _strackor(plats):
            _dela(rng, fran + a, fran + b, (fran, till), starter, slutdagar)
    form = np.zeros(len(starter), dtype=np.int32)
    return Vistelser(np.array(starter, dtype=np.int32), np.array(slutdagar, dtype=np.int32), form)


def _luckor(rng: np.random.Generator, belagt: np.ndarray[tuple[int, int], np.dtype[np.bool_]], lediga: int) -> None:
    """Empty so many place-days of a month, as few gaps as possible."""
    platser, dagar = belagt.shape
    for plats in rng.permutation(platser):
        langd = min(lediga, dagar)
        if langd <= 0:
            return
        borjan = int(rng.integers(0, dagar - langd + 1))
        belagt[plats, borjan : borjan + langd] = False
        lediga -= langd


def _strackor(plats: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """Return the occupied stretches of a place."""
    steg = np.flatnonzero(np.diff(np.concatenate([[0], plats.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(steg[::2], steg[1::2], strict=True)]


def _dela(
    rng: np.random.Generator, fran: int, till: int, ramar: tuple[int, int], starter: list[int], slutdagar: list[int]
) -> None:
    """Divide an occupied stretch into stays; who is there at the first day came before, at the last stays on."""
    dag = fran
    while dag < till:
        langd = int(dra_langder(rng, PROFILER[FORM], _LANGST, 1)[0])
        fore = int(rng.integers(1, langd + 1)) if dag == ramar[0] else 0
        slut = min(dag + max(langd - fore, _KORTAST), till)
        slut = till if till - slut < _KORTAST else slut
        starter.append(dag - fore)
        slutdagar.append(OPPEN if slut == ramar[1] else slut)
        dag = slut
