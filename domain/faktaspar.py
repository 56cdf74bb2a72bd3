"""How the known facts of a stream change as its entries come: what each fact row's life in the ledger is.

A fact is known from the position of the event that made it true to the position of the event that made it untrue.
Comparing the facts of a thing before and after an entry gives both. An ordinary entry touches a few things; after a
correction those of all things are compared. Rows are numbered in the order they became known, so a replay numbers them
the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from domain.fakta import Fakta
from domain.sak import Harledning, Sak

ALLTJAMT = 2**62
"""The position that stands for "still known"."""


class Faktaandring(NamedTuple):
    """What one entry changed: rows that ceased to be known and rows that became known, by row number."""

    stangda: Sequence[tuple[type[Fakta], int]]
    nya: Sequence[tuple[int, Fakta]]


_Stangda = list[tuple[type[Fakta], int]]
_Nya = list[tuple[int, Fakta]]


class Faktaspar:
    """The rows of one stream that are known now."""

    __slots__ = ("_nasta", "_saker")

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._saker: Sequence[Sak] = ()
        self._nasta = 1

    def efter(self, harledning: Harledning, berorda: Iterable[Sak]) -> Faktaandring:
        """Take in the facts of the things that an entry touched; return what changed."""
        stangda: _Stangda = []
        nya: _Nya = []
        self._saker = harledning.saker
        for sak in berorda:
            kanda = sak.kanda
            sak.kanda = fakta = sak.harled(harledning, sak)
            if not kanda:
                sak.radnr = self._numrera(fakta, nya)
            elif fakta != kanda:
                sak.radnr = self._byt(kanda, sak.radnr, fakta, stangda, nya)
        return Faktaandring(stangda, nya)

    def om(self, harledning: Harledning | None) -> Faktaandring:
        """Take in all facts from a derivation begun anew (None: there are none); return what changed."""
        if harledning is not None and not self._saker:
            return self.efter(harledning, harledning.saker)
        kanda = [ett for sak in self._saker for ett in sak.kanda]
        radnr = [nummer for sak in self._saker for nummer in sak.radnr]
        stangda: _Stangda = []
        nya: _Nya = []
        self._saker = () if harledning is None else harledning.saker
        for sak in self._saker:
            sak.kanda = sak.harled(harledning, sak)
        numrerade = iter(self._byt(kanda, radnr, [ett for sak in self._saker for ett in sak.kanda], stangda, nya))
        for sak in self._saker:
            sak.radnr = [next(numrerade) for _ in sak.kanda]
        return Faktaandring(stangda, nya)

    def _numrera(self, fakta: Sequence[Fakta], nya: _Nya) -> range:
        """Add facts to those that became known; return their row numbers."""
        forsta = self._nasta
        self._nasta = nasta = forsta + len(fakta)
        nya.extend(enumerate(fakta, forsta))
        return range(forsta, nasta)

    def _byt(
        self, kanda: Sequence[Fakta], radnr: Sequence[int], fakta: Sequence[Fakta], stangda: _Stangda, nya: _Nya
    ) -> Sequence[int]:
        """Let facts come instead of those known, adding to what ceased and what became known; return their row numbers.

        Two equal facts (two equal lines of a voucher) are two rows.
        """
        # Most facts stand where they stood. Comparing those is cheap (they share their values); only the rest is
        # hashed, and not where the only one ceased to be true.
        if len(kanda) == 1 and kanda[0] not in fakta:
            stangda.append((type(kanda[0]), radnr[0]))
            return self._numrera(fakta, nya)
        lika = _lika_fran_borjan(kanda, fakta)
        nummer, rest = list(radnr[:lika]), fakta[lika:]
        kvar: dict[Fakta, list[int]] = {}
        for nr in range(len(kanda) - 1, lika - 1, -1):
            kvar.setdefault(kanda[nr], []).append(radnr[nr])
        for rad in rest:
            tidigare = kvar.get(rad)
            nummer += [tidigare.pop()] if tidigare else self._numrera((rad,), nya)
        stangda.extend((type(rad), ett) for rad, nummer_kvar in kvar.items() for ett in nummer_kvar)
        return nummer


def _lika_fran_borjan(ena: Sequence[Fakta], andra: Sequence[Fakta]) -> int:
    """Return how many facts the two begin with that are the same."""
    for antal, (a, b) in enumerate(zip(ena, andra, strict=False)):
        if a != b:
            return antal
    return min(len(ena), len(andra))
