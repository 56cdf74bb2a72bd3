"""How things are timed: pairs in the same run, medians, and a row of the table per pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

OMGANGAR = 3


@dataclass(frozen=True)
class Rad:
    """A row of the table: what Liggaren took, what it is compared with took, and how the two are written."""

    arbete: str
    tid: float
    skriv: Callable[[float], str]
    jamforelse: str = "–"
    dess_tid: float | None = None
    skriv_dess: Callable[[float], str] | None = None

    def celler(self) -> tuple[str, ...]:
        """Return the row as text; the ratio is our time over the other's, so less than 1 is faster."""
        dess = "–" if self.dess_tid is None else (self.skriv_dess or self.skriv)(self.dess_tid)
        kvot = "–" if self.dess_tid is None else tal(self.tid / self.dess_tid)
        return self.arbete, self.skriv(self.tid), self.jamforelse, dess, kvot


def tal(varde: float) -> str:
    """Write a number the Swedish way, with about three digits."""
    decimaler = 0 if varde >= 100 else 1 if varde >= 10 else 2
    return f"{varde:,.{decimaler}f}".replace(",", " ").replace(".", ",")


def per_sekund(vad: str) -> Callable[[float], str]:
    """Return a writer of time per item as items per second."""
    return lambda tid: f"{tal(round(1 / tid, -2))} {vad}/s"


def millisekunder(tid: float) -> str:
    """Write a time in milliseconds."""
    return f"{tal(tid * 1000)} ms"


def megabyte(antal: float) -> str:
    """Write a number of bytes in MiB."""
    return f"{tal(antal / 2**20)} MiB"


def ta_tid(arbete: Callable[[], object]) -> float:
    """Return how long something took, in seconds."""
    start = perf_counter()
    arbete()
    return perf_counter() - start


def turvis(*arbeten: Callable[[], object], omgangar: int = OMGANGAR) -> list[float]:
    """Return the median time of each piece of work, done in turns so that a busy machine slows all alike."""
    tider: list[Sequence[float]] = [[ta_tid(arbete) for arbete in arbeten] for _ in range(omgangar)]
    return [median(tid) for tid in zip(*tider, strict=True)]
