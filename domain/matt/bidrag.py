"""What each fact contributes to a counted value, so that the contributions add up to it exactly.

Most calculations are sums: a fact contributes its days, its kronor, its number. Three are not, and say which fact is
the one that counts:

- different persons (cases, stays, providers): the first fact of each contributes one, the others nothing,
- a median: the fact in the middle contributes its number, or the two in the middle half each,
- the latest day: the first fact of that day contributes it.

The totals here are also kept fact by fact (``lagg_till``, ``ta_bort``), so that a figure can be followed from one
position of the log to another.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from domain.fakta import Belopp, Fakta, Intervall
from domain.matt.modell import UNIKA, Raknesatt

NOLL = Fraction(0)


@dataclass(frozen=True, slots=True)
class Faktarad:
    """A fact behind a figure: its row in the ledger, between which positions it was known, and its own value.

    Attributes:
        strom: the stream it follows from, and ``radnr`` its number there.
        varde: what the calculation reads out of it: days, kronor, a number, a day number, or one.
    """

    strom: str
    radnr: int
    kand_fran: int
    kand_till: int
    fakta: Fakta
    varde: Fraction

    @property
    def forsta_dag(self) -> int:
        """Return the first day it speaks of."""
        return self.fakta.fran if isinstance(self.fakta, Intervall) else self.fakta.dag

    @property
    def slut(self) -> int:
        """Return the day it ends, or the month it is about."""
        match self.fakta:
            case Intervall(till=till):
                return till
            case Belopp(manad=manad):
                return manad
            case punkt:
                return punkt.dag

    @property
    def nyckel(self) -> tuple[str, str, int]:
        """Return what tells the row from all others."""
        return type(self.fakta).__name__, self.strom, self.radnr

    def kand(self, position: int) -> bool:
        """Return whether it was the known truth at a position."""
        return self.kand_fran <= position < self.kand_till

    def identitet(self, raknesatt: Raknesatt) -> Any:
        """Return what a calculation of different ones tells it apart by."""
        kolumn = UNIKA[raknesatt]
        return self.strom if kolumn == "strom" else getattr(self.fakta, kolumn)


def i_ordning(rader: Iterable[Faktarad]) -> list[Faktarad]:
    """Return facts in the order they are shown and counted: by day, then by their place in the ledger."""
    return sorted(rader, key=lambda rad: (rad.forsta_dag, rad.slut, rad.strom, rad.radnr))


def bidragen(raknesatt: Raknesatt, rader: Sequence[Faktarad]) -> list[Fraction]:
    """Return what each fact contributes; the sum is the value that the calculation has."""
    if raknesatt in UNIKA:
        return _en_var(raknesatt, rader)
    if raknesatt is Raknesatt.MEDIAN:
        return _i_mitten(rader)
    if raknesatt is Raknesatt.SENASTE_DAG:
        sist = max((rad.varde for rad in rader), default=NOLL)
        forst = next((nr for nr, rad in enumerate(rader) if rad.varde == sist), None)
        return [sist if nr == forst else NOLL for nr in range(len(rader))]
    return [rad.varde for rad in rader]


def _en_var(raknesatt: Raknesatt, rader: Sequence[Faktarad]) -> list[Fraction]:
    sammanlagt: Counter[Any] = Counter()
    for rad in rader:
        sammanlagt[rad.identitet(raknesatt)] += rad.varde  # type: ignore[assignment]
    bidrag, raknade = [], set()
    for rad in rader:
        vem = rad.identitet(raknesatt)
        raknas = vem not in raknade and rad.varde > 0 and sammanlagt[vem] > 0
        bidrag.append(Fraction(raknas))
        if raknas:
            raknade.add(vem)
    return bidrag


def _i_mitten(rader: Sequence[Faktarad]) -> list[Fraction]:
    ordning = sorted(range(len(rader)), key=lambda nr: rader[nr].varde)
    mitten = {ordning[plats] for plats in ((len(rader) - 1) // 2, len(rader) // 2)} if rader else set()
    return [rad.varde / len(mitten) if nr in mitten else NOLL for nr, rad in enumerate(rader)]


class Sammanlagt(Protocol):
    """A calculation's value over a set of facts that facts are put into and taken out of.

    ``varde`` is None where there is no fact: the calculation then has no such group.
    """

    def lagg_till(self, rad: Faktarad) -> None:
        """Put a fact in."""

    def ta_bort(self, rad: Faktarad) -> None:
        """Take a fact out."""

    @property
    def varde(self) -> Fraction | None:
        """Return the value."""


def sammanlagt(raknesatt: Raknesatt) -> Sammanlagt:
    """Return an empty set of facts with the value that a calculation has over it."""
    if raknesatt in UNIKA:
        return _Olika(raknesatt)
    if raknesatt in (Raknesatt.MEDIAN, Raknesatt.SENASTE_DAG):
        return _Ordnade(raknesatt)
    return _Summa()


class _Summa:
    def __init__(self) -> None:
        self._antal, self._summa = 0, NOLL

    def lagg_till(self, rad: Faktarad) -> None:
        self._antal += 1
        self._summa += rad.varde

    def ta_bort(self, rad: Faktarad) -> None:
        self._antal -= 1
        self._summa -= rad.varde

    @property
    def varde(self) -> Fraction | None:
        return self._summa if self._antal else None


class _Olika:
    def __init__(self, raknesatt: Raknesatt) -> None:
        self._raknesatt = raknesatt
        self._antal = self._olika = 0
        self._vardet: dict[Any, Fraction] = {}

    def lagg_till(self, rad: Faktarad) -> None:
        self._antal += 1
        self._andra(rad, rad.varde)

    def ta_bort(self, rad: Faktarad) -> None:
        self._antal -= 1
        self._andra(rad, -rad.varde)

    def _andra(self, rad: Faktarad, varde: Fraction) -> None:
        vem = rad.identitet(self._raknesatt)
        fore = self._vardet.get(vem, NOLL)
        self._vardet[vem] = efter = fore + varde
        self._olika += (efter > 0) - (fore > 0)

    @property
    def varde(self) -> Fraction | None:
        return Fraction(self._olika) if self._antal else None


class _Ordnade:
    def __init__(self, raknesatt: Raknesatt) -> None:
        self._median = raknesatt is Raknesatt.MEDIAN
        self._varden: list[Fraction] = []

    def lagg_till(self, rad: Faktarad) -> None:
        insort(self._varden, rad.varde)

    def ta_bort(self, rad: Faktarad) -> None:
        del self._varden[bisect_left(self._varden, rad.varde)]

    @property
    def varde(self) -> Fraction | None:
        antal = len(self._varden)
        if not antal:
            return None
        return (self._varden[(antal - 1) // 2] + self._varden[antal // 2]) / 2 if self._median else self._varden[-1]
