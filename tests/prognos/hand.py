"""Parts of stays written by hand: days are counted from the first of January 2019, and positions are days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from domain.prognos.underlag import PER_DYGN, Segment, Ursprung, Vistelsedelar
from domain.tid import OANDLIG_DAG
from tests.prognos.kommun import ALLTID

NYAR = date(2019, 1, 1).toordinal()
HVB = (Segment(0, "hvb", "barn"),)


class Del(NamedTuple):
    """A part of a stay; ``till`` None is open, ``kand`` when it became known (default the first day)."""

    person: int
    fran: int
    till: int | None = None
    pris: int = 1000
    segment: int = 0
    kand: int | None = None
    slutade_kand: int | None = None
    okand: int | None = None
    prissort: int = PER_DYGN
    franvaro: bool = False


def delar(*egna: Del) -> Vistelsedelar:
    """Return parts; one whose end became known later than itself is there twice, open and closed."""
    versioner: list[tuple[Del, int | None, int, int]] = []
    for d in egna:
        kand = d.fran if d.kand is None else d.kand
        sist = ALLTID if d.okand is None else NYAR + d.okand
        slut_kand = d.slutade_kand if d.slutade_kand is not None else d.till
        if d.till is None or slut_kand is None or slut_kand <= kand:
            versioner.append((d, d.till, NYAR + kand, sist))
        else:
            versioner.append((d, None, NYAR + kand, NYAR + slut_kand))
            versioner.append((d, d.till, NYAR + slut_kand, sist))
    versioner.sort(key=lambda v: (v[0].person, v[0].fran, v[2]))
    return Vistelsedelar(
        _tal([v[2] for v in versioner]),
        _tal([v[3] for v in versioner]),
        _tal([NYAR + v[0].fran for v in versioner]),
        _tal([OANDLIG_DAG if v[1] is None else NYAR + v[1] for v in versioner]),
        _tal([NYAR + (v[0].fran if v[0].kand is None else v[0].kand) for v in versioner]),
        _tal([v[2] for v in versioner]),
        _tal([v[0].segment for v in versioner]),
        _tal([v[0].person for v in versioner]),
        _tal([v[0].prissort for v in versioner]),
        np.array([v[0].pris * 100 for v in versioner], dtype=np.float64),
        np.array([v[0].franvaro for v in versioner], dtype=np.bool_),
        _tal([OANDLIG_DAG] * len(versioner)),
    )


def _tal(tal: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(tal, dtype=np.int64)


def dag(nr: int) -> Ursprung:
    """Return the origin of a day that is known the same day."""
    return Ursprung(NYAR + nr, NYAR + nr, NYAR + nr)
