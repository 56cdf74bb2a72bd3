"""How the known facts of a stream change as its entries come: what each fact row's life in the ledger is.

A fact is known from the position of the event that made it true to the position of the event that made it untrue.
Comparing all facts before and after an entry gives both, for ordinary, late and correcting events alike – there is no
special case to forget. Rows are numbered in the order they became known, so a replay numbers them the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from domain.fakta import Fakta

ALLTJAMT = 2**62
"""The position that stands for "still known"."""


class Faktaandring(NamedTuple):
    """What one entry changed: rows that ceased to be known and rows that became known, by row number."""

    stangda: Sequence[tuple[type[Fakta], int]]
    nya: Sequence[tuple[int, Fakta]]


class Fortsattning(NamedTuple):
    """How known facts go on: the one (by its place among them) that ceases to be true, and those that become true."""

    ersatter: int | None
    nya: Sequence[Fakta]


class Omraknat(NamedTuple):
    """The facts of some kinds as they are after an entry, and the points it adds; the rest stand as known."""

    slag: frozenset[str]
    fakta: Sequence[Fakta]


class Faktaspar:
    """The rows of one stream that are known now."""

    __slots__ = ("_kanda", "_nasta", "_radnr")

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._kanda: list[Fakta] = []
        self._radnr: list[int] = []
        self._nasta = 1

    @property
    def kanda(self) -> Sequence[Fakta]:
        """Return the facts that are known now, in the order they were taken in."""
        return self._kanda

    def efter(self, fakta: Iterable[Fakta]) -> Faktaandring:
        """Take in all facts as they are after an entry; return what changed.

        Two equal facts (two equal lines of a voucher) are two rows.
        """
        tidigare, self._kanda = self._kanda, list(fakta)
        # Most facts stand where they stood. Comparing those is cheap (they share their values); only the rest is
        # hashed, which costs ten times as much because of the UUIDs.
        lika = _lika_fran_borjan(tidigare, self._kanda)
        kvar: dict[Fakta, list[int]] = {}
        for nr in range(len(tidigare) - 1, lika - 1, -1):
            kvar.setdefault(tidigare[nr], []).append(self._radnr[nr])
        del self._radnr[lika:]
        nya: list[tuple[int, Fakta]] = []
        for rad in self._kanda[lika:]:
            nummer = kvar.get(rad) if kvar else None
            if nummer:
                self._radnr.append(nummer.pop())
            else:
                nya.append((self._nasta, rad))
                self._radnr.append(self._nasta)
                self._nasta += 1
        return Faktaandring([(type(rad), radnr) for rad, nummer in kvar.items() for radnr in nummer], nya)

    def omraknat(self, omraknat: Omraknat) -> Faktaandring:
        """Take in the facts of some kinds worked out anew; known facts of other kinds stand."""
        slag, fakta = omraknat
        orort = Faktaspar()
        berort = Faktaspar()
        for rad, radnr in zip(self._kanda, self._radnr, strict=True):
            spar = berort if rad.slag in slag else orort
            spar._kanda.append(rad)
            spar._radnr.append(radnr)
        berort._nasta = self._nasta
        andring = berort.efter(fakta)
        self._kanda, self._radnr = [*orort._kanda, *berort._kanda], [*orort._radnr, *berort._radnr]
        self._nasta = berort._nasta
        return andring

    def fortsatt(self, fortsattning: Fortsattning) -> Faktaandring:
        """Take in how the known facts go on after an entry."""
        ersatter, nya = fortsattning
        stangda: Sequence[tuple[type[Fakta], int]] = ()
        if ersatter is not None:
            stangda = ((type(self._kanda.pop(ersatter)), self._radnr.pop(ersatter)),)
        return Faktaandring(stangda, self._ta_in(nya))

    def tillsammans_med(self, tillagg: Iterable[Fakta]) -> Faktaandring:
        """Take in facts that an entry adds while it changes no other; return them with their row numbers."""
        return Faktaandring((), self._ta_in(tillagg))

    def _ta_in(self, fakta: Iterable[Fakta]) -> list[tuple[int, Fakta]]:
        nya = []
        for rad in fakta:
            self._kanda.append(rad)
            self._radnr.append(self._nasta)
            nya.append((self._nasta, rad))
            self._nasta += 1
        return nya


def _lika_fran_borjan(ena: Sequence[Fakta], andra: Sequence[Fakta]) -> int:
    """Return how many facts the two begin with that are the same."""
    for antal, (a, b) in enumerate(zip(ena, andra, strict=False)):
        if a != b:
            return antal
    return min(len(ena), len(andra))
