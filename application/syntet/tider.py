"""When things are recorded: delays, office hours and the clock of Sweden, in bulk.

Registration times are whole milliseconds since 1970 in UTC. The day of registration is the day in Sweden.
"""

from __future__ import annotations

from datetime import datetime, time

import numpy as np
import numpy.typing as npt

from application.syntet.dagar import dag
from application.syntet.profiler import I32, I64
from domain.tid import SVENSK_TID

DYGN_MS = 86_400_000
MINUT_MS = 60_000
LANGSTA_DROJSMAL = 240

_FREDAG = 4  # Monday is 0
_TYPISKT_DROJSMAL = 2.4
_ANDEL_SENA = 0.13
_ANDEL_MYCKET_SENA = 0.02


class Klocka:
    """Turns days into registration instants for one history.

    Attributes:
        klart: the day before which everything that happened is recorded by ``sista``.
        sista: the last day on which that is recorded.
    """

    def __init__(self, forsta: int, slut: int, klart: int, sista: int) -> None:
        """Prepare the clock for the day numbers ``forsta`` … ``slut``."""
        self.klart = klart
        self.sista = sista
        self._forsta = forsta
        ogonblick = (datetime.combine(dag(d), time(12), SVENSK_TID) for d in range(forsta, slut + 1))
        forskjutning = (o.utcoffset() for o in ogonblick)
        self._utc_ms = np.array([int(f.total_seconds()) * 1000 if f else 0 for f in forskjutning], dtype=np.int64)

    def tak(self, datum: I32) -> I32:
        """Return the last day on which something that happened on a day may be recorded."""
        tak = datum + LANGSTA_DROJSMAL
        return np.where(datum < self.klart, np.minimum(tak, self.sista), tak).astype(np.int32)

    def efter_drojsmal(self, rng: np.random.Generator, datum: I32) -> I64:
        """Return the instants of recording: mostly within a week, some months late, never before the day."""
        return self.kontorstid(rng, arbetsdag(datum + drojsmal(rng, len(datum)), datum, self.tak(datum)))

    def kontorstid(self, rng: np.random.Generator, dagar: I32) -> I64:
        """Return instants in office hours on given days."""
        lokal = np.clip(rng.normal(11.9, 2.3, len(dagar)), 7.4, 16.6) * 3_600_000
        return self.ogonblick(dagar, lokal.astype(np.int64) + rng.integers(0, 600_000, len(dagar)))

    def ogonblick(self, dagar: I32, lokal_ms: I64) -> I64:
        """Return the instants of local times of day (milliseconds after midnight)."""
        return np.asarray(dagar.astype(np.int64) * DYGN_MS + lokal_ms - self._utc_ms[dagar - self._forsta])

    def klockslag(self, dagnr: int, timme: int, minut: int) -> int:
        """Return one instant: a time of day in Sweden."""
        return dagnr * DYGN_MS + (timme * 60 + minut) * MINUT_MS - int(self._utc_ms[dagnr - self._forsta])

    def svensk_dag(self, ogonblick: I64) -> I32:
        """Return the day in Sweden of instants in office hours."""
        return (ogonblick // DYGN_MS).astype(np.int32)


def drojsmal(rng: np.random.Generator, antal: int) -> I32:
    """Return days between event and recording: median two to three, a tail of weeks and a few of months."""
    slag = rng.random(antal)
    dagar = np.exp(rng.normal(np.log(_TYPISKT_DROJSMAL), 0.75, antal))
    dagar = np.where(slag < _ANDEL_SENA, 6 + rng.exponential(24, antal), dagar)
    dagar = np.where(slag < _ANDEL_MYCKET_SENA, rng.uniform(50, LANGSTA_DROJSMAL, antal), dagar)
    return np.asarray(np.minimum(np.rint(dagar), LANGSTA_DROJSMAL), dtype=np.int32)


def arbetsdag(dagar: I32, golv: I32, tak: I32) -> I32:
    """Return the working day on or after each day, at most ``tak``; never before ``golv`` (then a weekend may do)."""
    fram = np.minimum(dagar + _till_mandag(dagar), tak)
    bak = fram - np.maximum(_veckodag(fram) - _FREDAG, 0)
    return np.asarray(np.where(bak >= golv, bak, fram), dtype=np.int32)


def nasta_arbetsdag(dagnr: int) -> int:
    """Return the first day on or after a day that is not Saturday or Sunday."""
    veckodag = (dagnr + 3) % 7
    return dagnr + max(0, 7 - veckodag) if veckodag > _FREDAG else dagnr


def _veckodag(dagar: I32) -> I32:
    """Return weekdays, Monday 0 (1 January 1970 was a Thursday)."""
    return (dagar + 3) % 7


def _till_mandag(dagar: I32) -> I32:
    """Return how many days are left to Monday on weekends, else nothing."""
    veckodag = _veckodag(dagar)
    return np.asarray(np.where(veckodag > _FREDAG, 7 - veckodag, 0), dtype=np.int32)


def strangt_vaxande(tider: I64) -> I64:
    """Return sorted instants moved by as few milliseconds as needed to be strictly increasing."""
    steg = np.arange(len(tider), dtype=np.int64)
    return np.asarray(np.maximum.accumulate(tider - steg) + steg)


def rfc3339(tider: I64) -> list[str]:
    """Return instants as RFC 3339 in UTC with milliseconds."""
    texter: list[str] = np.datetime_as_string(tider.astype("datetime64[ms]"), unit="ms").tolist()
    return [text + "Z" for text in texter]


_BLANDA_1 = np.uint64(0xBF58476D1CE4E5B9)
_BLANDA_2 = np.uint64(0x94D049BB133111EB)
_STEG = np.uint64(0x9E3779B97F4A7C15)


def slumptal(fro: int, sort: int, nummer: npt.NDArray[np.integer]) -> npt.NDArray[np.uint64]:
    """Return 64 random bits per number, the same for the same seed and sort (SplitMix64: no state to store)."""
    with np.errstate(over="ignore"):
        x = nummer.astype(np.uint64) + np.uint64(1) + np.uint64((fro * 0x1000003 + sort * 0x10001) % 2**40) * _STEG
        x = x * _STEG
        x = (x ^ (x >> np.uint64(30))) * _BLANDA_1
        x = (x ^ (x >> np.uint64(27))) * _BLANDA_2
        return np.asarray(x ^ (x >> np.uint64(31)))


def uuid7(ms: I64, fro: int, sort: int, nummer: npt.NDArray[np.integer]) -> list[str]:
    """Return UUIDs version 7 (RFC 9562) as text: time-ordered, random bits from seed, sort and number."""
    hog = slumptal(fro, 2 * sort, nummer) & np.uint64(0x0FFF)
    lag = slumptal(fro, 2 * sort + 1, nummer)
    ovre = (ms.astype(np.uint64) << np.uint64(16)) | np.uint64(0x7000) | hog
    undre = (lag & np.uint64(0x3FFFFFFFFFFFFFFF)) | np.uint64(0x8000000000000000)
    hexa = np.stack([ovre, undre], axis=1).astype(">u8").tobytes().hex()
    bitar = (hexa[i : i + 32] for i in range(0, len(hexa), 32))
    return [f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}" for h in bitar]
