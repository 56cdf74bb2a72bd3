"""How things are timed: pairs in the same run, medians, and a row of the table per pair, with what is required."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import NamedTuple

OMGANGAR = 3


class Skrivsatt(NamedTuple):
    """How a measured figure is written, and on which side of what is required it has to be."""

    skriv: Callable[[float], str]
    sida: str = "≤"


class Krav(NamedTuple):
    """What has to be reached: at most so much time (or memory), and at most so many times what it is compared with."""

    hogst: float | None = None
    kvot: float | None = None


INGET_KRAV = Krav()


@dataclass(frozen=True)
class Rad:
    """A row of the table: what Liggaren took, what it is compared with took, how the two are written, what is required.

    Times are seconds per item, memory is bytes.
    """

    arbete: str
    tid: float
    satt: Skrivsatt
    jamforelse: str = "–"
    dess_tid: float | None = None
    krav: Krav = INGET_KRAV

    def celler(self) -> tuple[str, ...]:
        """Return the row as text; the ratio is our time over the other's, so less than 1 is faster."""
        dess = "–" if self.dess_tid is None else self.satt.skriv(self.dess_tid)
        kvot = "–" if self._kvot is None else tal(self._kvot)
        return self.arbete, self.satt.skriv(self.tid), self.jamforelse, dess, kvot, self._kravet(), self._nas()

    @property
    def _kvot(self) -> float | None:
        return None if self.dess_tid is None else self.tid / self.dess_tid

    def _kravet(self) -> str:
        delar = [] if self.krav.hogst is None else [f"{self.satt.sida} {self.satt.skriv(self.krav.hogst)}"]
        delar += [] if self.krav.kvot is None else [f"kvot ≤ {tal(self.krav.kvot)}"]
        return ", ".join(delar) or "–"

    def _nas(self) -> str:
        matt = ((self.tid, self.krav.hogst), (self._kvot, self.krav.kvot))
        provade = [varde is not None and varde <= hogst for varde, hogst in matt if hogst is not None]
        return ("ja" if all(provade) else "nej") if provade else "–"


def tal(varde: float) -> str:
    """Write a number the Swedish way, with about three digits."""
    decimaler = 0 if varde >= 100 else 1 if varde >= 10 else 2
    return f"{varde:,.{decimaler}f}".replace(",", " ").replace(".", ",")


def per_sekund(vad: str) -> Skrivsatt:
    """Return how time per item is written: as items per second."""
    return Skrivsatt(lambda tid: f"{tal(round(1 / tid, -2))} {vad}/s", "≥")


millisekunder = Skrivsatt(lambda tid: f"{tal(tid * 1000)} ms")
megabyte = Skrivsatt(lambda antal: f"{tal(antal / 2**20)} MiB")


def ta_tid(arbete: Callable[[], object]) -> float:
    """Return how long something took, in seconds."""
    start = perf_counter()
    arbete()
    return perf_counter() - start


def turvis(*arbeten: Callable[[], object], omgangar: int = OMGANGAR) -> list[float]:
    """Return the median time of each piece of work, done in turns so that a busy machine slows all alike."""
    tider: list[Sequence[float]] = [[ta_tid(arbete) for arbete in arbeten] for _ in range(omgangar)]
    return [median(tid) for tid in zip(*tider, strict=True)]
