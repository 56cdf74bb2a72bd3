"""Possible courses of the year: what is simulated, and what comes of it, per row and path."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from domain.prognos.underlag import F64, Fonster, Raknat
from domain.tid import OANDLIG_DAG


class Del(IntEnum):
    """Where simulated days and costs come from."""

    SENA = 0
    """Up to the origin: care not registered yet, less ends not registered yet."""
    PAGAENDE = 1
    """After the origin: care that was known to go on."""
    NYA = 2
    """After the origin: care that was not known."""


@dataclass(frozen=True)
class Banor:
    """Possible courses: what is registered, and per part, row and path what comes beside it; days and kronor."""

    registrerat: Raknat
    dygn: F64
    kostnad: F64

    @property
    def alla_dygn(self) -> F64:
        """Return the window's care days per row and path."""
        return np.asarray(self.registrerat.dygn[:, None] + self.dygn.sum(axis=0))

    @property
    def all_kostnad(self) -> F64:
        """Return the window's cost per row and path."""
        return np.asarray(self.registrerat.kostnad[:, None] + self.kostnad.sum(axis=0))


class Uppdrag(NamedTuple):
    """What is simulated: which days, how many rows, how many paths, and the seed.

    Open care that began after ``nya_efter`` is counted with the new: to compare with a forecast that stood there.
    """

    fonster: Fonster
    rader: int
    vagar: int
    fro: int
    nya_efter: int = OANDLIG_DAG
