"""The books: what was budgeted, booked and forecast per row, as two times know it, and how booked cost follows care.

A month of care is *closed* when the board has closed it or adopted its year's accounts, or a later month that has come
has been booked: until then some of its invoices are missing. The cost of care that is not closed is worked out from
days and prices, times what booked has been to worked out on the closed months: invoices hold more than days (travel,
extra staff) or less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np

from domain.handelse import Notering
from domain.historik import gallande
from domain.prognos.underlag import F64, I64, B, Fonster
from domain.tid import manad_efter

_FLEST_MANADER = 12
_MINST_MANADER = 3
_RIMLIG = (0.5, 2.0)


class Beloppsslag(IntEnum):
    """What kind of amount."""

    BUDGET = 0
    UTFALL = 1
    PROGNOS = 2


@dataclass(frozen=True)
class Beloppsrader:
    """Amounts that were known at some time, as parallel arrays.

    Attributes:
        position: of the event behind each. What is known of a forecast begins anew when another is put before it.
        kand_fran, kand_till: the positions between which each was the known truth.
        slag: a ``Beloppsslag``.
        dag: the day it took effect.
        manad: first day of the month it is booked or budgeted in.
        avser: first day of the month its care was given.
        belopp: öre.
        ordning: orders the adopted forecasts of a year.
        vid: at which occasion a forecast was adopted, as a number.
        rad: the row that counts it.
    """

    position: I64
    kand_fran: I64
    kand_till: I64
    slag: I64
    dag: I64
    manad: I64
    avser: I64
    belopp: I64
    ordning: I64
    vid: I64
    rad: I64

    def valda(self, vilka: B) -> Beloppsrader:
        """Return some of the amounts."""
        return Beloppsrader(*(getattr(self, namn)[vilka] for namn in self.__dataclass_fields__))

    def kanda(self, slag: Beloppsslag, dag: int, position: int) -> Beloppsrader:
        """Return the amounts of a kind that had taken effect on a day, as known at a position."""
        kand = (self.kand_fran <= position) & (position < self.kand_till)
        return self.valda(kand & (self.slag == slag) & (self.dag <= dag))

    def per_rad(self, antal: int) -> F64:
        """Return the sum per row, in kronor."""
        return np.bincount(self.rad, weights=self.belopp, minlength=antal) / 100

    def per_manad(self, manader: list[int], antal: int) -> F64:
        """Return the sum per month of care (row) and row of the answer (column), in kronor."""
        tabell = np.zeros((len(manader), antal))
        plats = {manad: nr for nr, manad in enumerate(manader)}
        vilken = np.array([plats.get(m, -1) for m in self.avser.tolist()], dtype=np.int64)
        np.add.at(tabell, (vilken[vilken >= 0], self.rad[vilken >= 0]), self.belopp[vilken >= 0] / 100)
        return tabell


def manader_i(fonster: Fonster) -> list[int]:
    """Return the first days of the months that begin in a window."""
    manader, dag = [], date.fromordinal(fonster.fran)
    while dag.toordinal() < fonster.till:
        manader.append(dag.toordinal())
        dag = manad_efter(dag)
    return manader


@dataclass(frozen=True)
class Stangningar:
    """The months and years that the board has closed: every entry that was ever known of it, corrections too.

    Attributes:
        noteringar: in the order of the log.
        stanger: the first day after what each closes, by position; an annulment closes nothing.
    """

    noteringar: Sequence[Notering]
    stanger: Mapping[int, int]

    def till(self, dag: int, position: int) -> int:
        """Return the first day that was not closed on a day, as known at a position; day 1 where nothing was."""
        kanda = gallande([n for n in self.noteringar if n.position <= position])
        return max((self.stanger[n.position] for n in kanda if n.handelse.datum.toordinal() <= dag), default=1)


def bokfort_till(utfall: Beloppsrader, dag: int) -> int:
    """Return the first day of the latest month booked of those that have come on a day; day 1 where nothing is."""
    # What is booked ahead, in a month that has not come, says nothing of the months before it.
    return int(utfall.manad[utfall.manad <= dag].max(initial=1))


@dataclass(frozen=True)
class Paslag:
    """What booked cost is to worked out cost, per row, and how unsure that is (a standard deviation)."""

    kvot: F64
    osakert: F64


def skatta_paslag(bokfort: F64, raknat: F64) -> Paslag:
    """Return what booked is to worked out, from closed months (rows) of each row (columns); one where it is not known.

    Args:
        bokfort: booked cost per month of care.
        raknat: the cost of the same care days at their prices.
    """
    antal = bokfort.shape[1]
    kvot, osakert = np.ones(antal), np.zeros(antal)
    for nr in range(antal):
        med = (raknat[:, nr] > 0) & (bokfort[:, nr] != 0)
        if med.sum() >= _MINST_MANADER:
            b, r = bokfort[med, nr], raknat[med, nr]
            kvot[nr] = np.clip(b.sum() / r.sum(), *_RIMLIG)
            osakert[nr] = np.std(b - kvot[nr] * r) / r.mean() / len(b) ** 0.5
    return Paslag(kvot, osakert)


def senaste_manader(stangt: int, antal: int = _FLEST_MANADER) -> list[int]:
    """Return the first days of the latest closed months, oldest first."""
    manader, dag = [], date.fromordinal(stangt)
    for _ in range(antal if dag.year > 1 else 0):
        dag = date(dag.year - (dag.month == 1), (dag.month - 2) % 12 + 1, 1)
        manader.append(dag.toordinal())
    return manader[::-1]
