"""Rows without care days: forecast from what has been booked, month by month, by a few declared methods.

The method of a row is the one that has been least wrong on the row's own past, over as many months as are left now; how
wrong it was then is its distribution. Rows are drawn by themselves: what moves them together is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from domain.prognos.underlag import F64

_AR = 12
_OPROVAD_SPRIDNING = 0.10
_MINST_FEL = 3
_RIMLIG = (0.5, 2.0)


class Manadsserie(NamedTuple):
    """What has been booked per month, oldest first, ending with the last closed; how many of them are of this year."""

    belopp: F64
    i_ar: int


def _takt(s: Manadsserie, kvar: int) -> float:
    nya = s.belopp[-max(s.i_ar, 3) :]
    return float(nya.mean() * kvar) if len(nya) else 0.0


def _rullande(s: Manadsserie, kvar: int) -> float:
    return float(s.belopp[-_AR:].mean() * kvar) if len(s.belopp) else 0.0


def _i_fjol(s: Manadsserie, kvar: int) -> float:
    """Return last year's same months, at the pace of this year against the last."""
    if len(s.belopp) < _AR + max(s.i_ar, 1):
        return _rullande(s, kvar)
    rest = s.belopp[len(s.belopp) - _AR : len(s.belopp) - _AR + kvar]
    if not s.i_ar:
        return float(rest.sum())
    nu, da = s.belopp[-s.i_ar :].sum(), s.belopp[-s.i_ar - _AR : -_AR].sum()
    return float(rest.sum() * (np.clip(nu / da, *_RIMLIG) if da else 1.0))


METODER: Mapping[str, Callable[[Manadsserie, int], float]] = MappingProxyType(
    {"takt": _takt, "rullande-tolv": _rullande, "fjolarets-manader": _i_fjol}
)
"""The methods by name: the pace of the year, of twelve months, and last year's months at this year's pace."""


class Ovrig(NamedTuple):
    """The rest of a row: the method's name, and the courses in kronor."""

    metod: str
    rest: F64


def prognostisera(serie: Manadsserie, kvar: int, vagar: int, slump: np.random.Generator) -> Ovrig:
    """Return what the months that are left come to.

    Args:
        serie: the closed months.
        kvar: how many months are left of the year.
        vagar: how many courses.
        slump: source of chance.
    """
    if not kvar or not len(serie.belopp):
        return Ovrig("inget-bokfort" if kvar else "stangt", np.zeros(vagar))
    fel = {namn: _fel(serie, kvar, metod) for namn, metod in METODER.items()}
    namn = min(fel, key=lambda n: float(np.abs(fel[n]).mean()) if len(fel[n]) else np.inf)
    vantat = METODER[namn](serie, kvar)
    if len(fel[namn]) >= _MINST_FEL:
        spridning = float(np.sqrt((fel[namn] ** 2).mean()))
    else:
        spridning = abs(vantat) * _OPROVAD_SPRIDNING
    return Ovrig(namn, vantat + spridning * slump.standard_normal(vagar))


def _fel(serie: Manadsserie, kvar: int, metod: Callable[[Manadsserie, int], float]) -> F64:
    """Return how wrong a method has been at earlier months, over as many months as are left now."""
    fel, antal = [], len(serie.belopp)
    for nr in range(_AR, antal - kvar + 1):
        i_ar = (serie.i_ar - (antal - nr)) % _AR
        fel.append(serie.belopp[nr : nr + kvar].sum() - metod(Manadsserie(serie.belopp[:nr], i_ar), kvar))
    return np.array(fel)
