"""What a forecast is made from: parts of stays as two times know them, and how they read at one origin.

``Vistelsedelar`` has every part that was ever known, with the positions between which it was. ``Flode`` is how they
read at an origin (``Ursprung``): unbroken care per person and segment. Only what was known then, about days that had
passed then, is in it; the one exception is prices that were already known to change later.

Days are day numbers. Money is whole öre until it is multiplied by days, then kronor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from domain.tid import OANDLIG_DAG

F64 = npt.NDArray[np.float64]
F32 = npt.NDArray[np.float32]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
B = npt.NDArray[np.bool_]

UTANFOR = -1
"""The segment of a part that no row counts."""

INGET_PRIS, PER_DYGN, PER_MANAD, ANNAN_BETALAR = 0, 1, 2, 3
"""What a price is per; days without a price cost nothing that is known, those that another pays for cost nothing."""


class Segment(NamedTuple):
    """What is modelled as one flow: a form of care for a target group, within a row of the answer."""

    rad: int
    insatsform: str
    malgrupp: str | None

    @property
    def nyckel(self) -> int:
        """Return a number that is the segment's own whichever others there are."""
        return crc32(f"{self.rad} {self.insatsform} {self.malgrupp}".encode())


class Ursprung(NamedTuple):
    """Where a forecast stands: the last day it speaks of as past, and what was known.

    ``kand`` is the day on which the last of what was known was registered; ``position`` the last position of the log.
    """

    dag: int
    kand: int
    position: int


class Fonster(NamedTuple):
    """The days ``[fran, till)`` that a forecast is about, most often a calendar year."""

    fran: int
    till: int

    @property
    def dagar(self) -> int:
        """Return how many days it is."""
        return self.till - self.fran


@dataclass(frozen=True)
class Vistelsedelar:
    """Every part of a stay that was known at some time, as parallel arrays ordered by person, beginning and stream.

    Attributes:
        kand_fran: the first position at which it was the known truth.
        kand_till: the position at which it no longer was.
        fran: first day.
        till: the day after the last, or ``OANDLIG_DAG``.
        reg_fran: the day on which it became known that the part begins.
        reg_till: the day on which it became known that it ends where it does.
        segment: index of its segment, or ``UTANFOR``.
        person: whose it is; parts of one person follow on each other.
        prissort: what ``pris`` is per.
        pris: öre.
        franvaro: whether it is unpaid absence, which lowers the cost and nothing else.
        planerat: the last day planned when it was known, or ``OANDLIG_DAG``.
    """

    kand_fran: I64
    kand_till: I64
    fran: I64
    till: I64
    reg_fran: I64
    reg_till: I64
    segment: I64
    person: I64
    prissort: I64
    pris: F64
    franvaro: B
    planerat: I64

    def __len__(self) -> int:
        """Return how many parts there are."""
        return len(self.fran)

    def valda(self, vilka: B | I64) -> Vistelsedelar:
        """Return some of the parts, in the order given."""
        return Vistelsedelar(*(getattr(self, namn)[vilka] for namn in self.__dataclass_fields__))

    def kanda(self, position: int) -> Vistelsedelar:
        """Return the parts that were the known truth at a position."""
        return self.valda((self.kand_fran <= position) & (position < self.kand_till))


def inga_delar() -> Vistelsedelar:
    """Return no parts."""
    heltal = np.zeros(0, dtype=np.int64)
    ingen = np.zeros(0, dtype=np.bool_)
    return Vistelsedelar(
        heltal, heltal, heltal, heltal, heltal, heltal, heltal, heltal, heltal, np.zeros(0), ingen, heltal
    )


class Prissteg(NamedTuple):
    """What care that goes on costs, stretch by stretch: those that have passed, and those already known to come.

    Parallel arrays ordered by care and day.

    Attributes:
        vard: which care, as its place in the flow.
        fran, till: first day at the price, and the day after the last, ``OANDLIG_DAG`` for the last stretch.
        prissort, pris: the price, and what it is per.
    """

    vard: I64
    fran: I64
    till: I64
    prissort: I64
    pris: F64

    def av(self, vard: int) -> Prissteg:
        """Return the stretches of one care."""
        egna = slice(*np.searchsorted(self.vard, [vard, vard + 1]).tolist())
        return Prissteg(self.vard[egna], self.fran[egna], self.till[egna], self.prissort[egna], self.pris[egna])

    def byter_efter(self, dag: int, antal: int) -> B:
        """Return which of so many care change price after a day."""
        byte = self.fran > dag
        byte[:1] = False
        byte[1:] &= self.vard[1:] == self.vard[:-1]
        return np.bincount(self.vard[byte], minlength=antal) > 0


@dataclass(frozen=True)
class Flode:
    """Unbroken care per person and segment as it read at an origin, as parallel arrays.

    A change of price, act or provider does not break it, nor a move within the segment; a change of form or target
    group does, and then the earlier has ``nasta`` and the later ``inflyttad``.

    Attributes:
        steg: what care that goes on costs, stretch by stretch.
        start, slut: first day, and the day it ended or ``OANDLIG_DAG``.
        reg_start, reg_slut: the days on which that became known (``reg_slut`` means nothing while it goes on).
        nasta: the segment that the person moved on to the same day, or ``UTANFOR``.
        prissort, pris: what it last cost; ``forsta_prissort`` and ``forsta_pris`` what it first cost.
    """

    ursprung: Ursprung
    steg: Prissteg
    segment: I64
    start: I64
    slut: I64
    reg_start: I64
    reg_slut: I64
    inflyttad: B
    nasta: I64
    prissort: I64
    pris: F64
    forsta_prissort: I64
    forsta_pris: F64
    planerat: I64

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.start)

    @property
    def pagar(self) -> B:
        """Return which are not known to have ended."""
        return np.asarray(self.slut == OANDLIG_DAG)


def avlas(kanda: Vistelsedelar, ursprung: Ursprung) -> Flode:
    """Return how the care reads at an origin, from the parts known there."""
    egna = kanda.valda((kanda.segment != UTANFOR) & ~kanda.franvaro)
    borjade = egna.valda(egna.fran <= ursprung.dag)
    slut = np.where(borjade.till > ursprung.dag, OANDLIG_DAG, borjade.till)
    ny, sist = _brott(borjade, slut)
    foljer = np.zeros(len(ny), dtype=np.bool_)
    samma = borjade.person[ny[1:]] == borjade.person[sist[:-1]]
    foljer[1:] = samma & (borjade.fran[ny[1:]] <= slut[sist[:-1]]) & (slut[sist[:-1]] < OANDLIG_DAG)
    nasta = np.full(len(ny), UTANFOR, dtype=np.int64)
    nasta[:-1] = np.where(foljer[1:], borjade.segment[ny[1:]], UTANFOR)
    # In an order of their own, so that chance falls alike however the facts came out of the database.
    ordning = np.lexsort((borjade.pris[sist], borjade.reg_fran[ny], slut[sist], borjade.fran[ny], borjade.segment[ny]))
    kolumner: tuple[npt.NDArray[Any], ...] = (
        borjade.segment[ny], borjade.fran[ny], slut[sist], borjade.reg_fran[ny], borjade.reg_till[sist],
        foljer, nasta, borjade.prissort[sist], borjade.pris[sist], borjade.prissort[ny], borjade.pris[ny],
        borjade.planerat[sist],
    )  # fmt: skip
    plats = np.where(slut[sist] == OANDLIG_DAG, np.argsort(ordning), UTANFOR)
    steg = _prissteg(borjade, egna.valda(egna.fran > ursprung.dag), ny, plats)
    return Flode(ursprung, steg, *(kolumn[ordning] for kolumn in kolumner))


def _brott(delar: Vistelsedelar, slut: I64) -> tuple[I64, I64]:
    """Return the first and the last part of each unbroken care."""
    if not len(delar):
        tomt = np.zeros(0, dtype=np.int64)
        return tomt, tomt
    hanger_ihop = (
        (delar.person[1:] == delar.person[:-1])
        & (delar.segment[1:] == delar.segment[:-1])
        & (delar.fran[1:] <= slut[:-1])
        & (slut[:-1] < OANDLIG_DAG)
    )
    ny = np.flatnonzero(np.concatenate([[True], ~hanger_ihop]))
    return ny, np.append(ny[1:] - 1, len(delar) - 1)


def _prissteg(borjade: Vistelsedelar, kommande: Vistelsedelar, ny: I64, plats: I64) -> Prissteg:
    """Return the prices of each care that has a place; what is known to come belongs to the person's in the segment."""
    vard = np.repeat(plats, np.diff(np.append(ny, len(borjade))))
    agare = zip(borjade.person.tolist(), borjade.segment.tolist(), vard.tolist(), strict=True)
    oppna = {(person, segment): egen for person, segment, egen in agare if egen != UTANFOR}
    nycklar = zip(kommande.person.tolist(), kommande.segment.tolist(), strict=True)
    vard = np.concatenate([vard, np.array([oppna.get(n, UTANFOR) for n in nycklar], dtype=np.int64)])
    fran, prissort, pris = (
        np.concatenate([getattr(borjade, namn), getattr(kommande, namn)]) for namn in ("fran", "prissort", "pris")
    )
    med = np.lexsort((fran, vard))
    med = med[vard[med] != UTANFOR]
    # The act or the provider may change and the price not.
    samma = [np.diff(kolumn[med], prepend=-1) == 0 for kolumn in (vard, prissort, pris)]
    med = med[~np.logical_and.reduce(samma)]
    till = np.full(len(med), OANDLIG_DAG, dtype=np.int64)
    till[:-1] = np.where(vard[med[1:]] == vard[med[:-1]], fran[med[1:]], OANDLIG_DAG)
    return Prissteg(vard[med], fran[med], till, prissort[med], pris[med])


@dataclass(frozen=True)
class Kalender:
    """What a day costs: the share of a monthly fee that falls on it, and the price level foreseen on it.

    Attributes:
        forsta: the day number of the first day that the sums begin at.
        dygn: sum of the price levels of the days from ``forsta`` up to (not including) each day.
        manad: the same of each day's share of a month.
    """

    forsta: int
    dygn: F64
    manad: F64

    @property
    def lopande(self) -> F64:
        """Return the sums with a row per kind of price; those without a price cost nothing."""
        inget = np.zeros(len(self.dygn))
        return np.stack([inget, self.dygn, self.manad, inget])

    def mellan(self, fran: I64, till: I64, prissort: I64 | int) -> F64:
        """Return what ``[fran, till)`` costs per krona of price; nothing where it is empty or has no price."""
        lopande = self.lopande
        return np.asarray(
            lopande[prissort, np.maximum(fran, till) - self.forsta] - lopande[prissort, fran - self.forsta]
        )


@lru_cache(maxsize=64)
def kalender(fran: int, till: int, uppraknas: int = OANDLIG_DAG, uppraknat_med: float = 0.0) -> Kalender:
    """Return the calendar of some days, with a price level that rises on the first of the years after a day."""
    dagar = [date.fromordinal(d) for d in range(fran, till)]
    arets_borjan = np.array([date(d.year, 1, 1).toordinal() for d in dagar])
    hojningar = np.array([d.year for d in dagar]) - date.fromordinal(min(uppraknas, till)).year
    niva = np.where(arets_borjan > uppraknas, (1 + uppraknat_med) ** np.maximum(hojningar, 0), 1.0)
    per_manad = 1 / np.array([_dagar_i_manaden(d) for d in dagar], dtype=np.float64)
    return Kalender(fran, _lopande(niva), _lopande(niva * per_manad))


def prisniva(dagar: I64, dag: int, hojning: float) -> F64:
    """Return the price level foreseen on days, against that of a day: it rises with each turn of the year after it."""
    ar = np.array([date.fromordinal(d).year for d in dagar.tolist()], dtype=np.float64)
    return np.asarray((1 + hojning) ** np.maximum(ar - date.fromordinal(dag).year, 0))


def _lopande(varden: F64) -> F64:
    return np.concatenate([[0.0], np.cumsum(varden)])


def _dagar_i_manaden(dag: date) -> int:
    nasta = date(dag.year + dag.month // 12, dag.month % 12 + 1, 1)
    return (nasta - dag.replace(day=1)).days


class Raknat(NamedTuple):
    """Care days and their cost in kronor, a row each."""

    dygn: F64
    kostnad: F64


def borjade_efter(kanda: Vistelsedelar, ursprung: Ursprung, dag: int) -> Vistelsedelar:
    """Return the known parts of unbroken care that began after a day, as it reads at an origin."""
    egna = kanda.valda((kanda.segment != UTANFOR) & (kanda.fran <= ursprung.dag))
    vanliga = egna.valda(~egna.franvaro)
    ny, _ = _brott(vanliga, np.where(vanliga.till > ursprung.dag, OANDLIG_DAG, vanliga.till))
    borjan = np.repeat(vanliga.fran[ny], np.diff(np.append(ny, len(vanliga))))
    # An absence lies in care that began no later than itself; it follows the latest begun of its person.
    efter = np.zeros(len(egna), dtype=np.bool_)
    efter[~egna.franvaro] = borjan > dag
    efter[egna.franvaro] = egna.fran[egna.franvaro] > dag
    return egna.valda(efter)


def rakna(kanda: Vistelsedelar, fonster: Fonster, till: int, segment: Sequence[Segment], antal: int) -> Raknat:
    """Return what the parts known at a position come to in a window, up to (not including) a day; by ``inEjUt``."""
    kanda = kanda.valda((kanda.segment != UTANFOR) & (kanda.fran < min(fonster.till, till)))
    fran = np.maximum(kanda.fran, fonster.fran)
    slut = np.maximum(np.minimum(np.minimum(kanda.till, fonster.till), till), fran)
    rad = np.array([s.rad for s in segment], dtype=np.int64)[kanda.segment] if segment else kanda.segment
    tecken = np.where(kanda.franvaro, -1.0, 1.0)
    kostnad = kalender(fonster.fran, fonster.till).mellan(fran, slut, kanda.prissort) * kanda.pris / 100 * tecken
    dygn = np.where(kanda.franvaro, 0.0, slut - fran)
    return Raknat(*(np.bincount(rad, weights=v, minlength=antal).astype(np.float64) for v in (dygn, kostnad)))
