"""How the known facts of a stream change as its entries come: what each fact row's life in the ledger is.

A fact is known from the position of the event that made it true to the position of the event that made it untrue.
Comparing all facts before and after an entry gives both, for ordinary, late and correcting events alike – there is no
special case to forget. Rows are numbered in the order they became known, so a replay numbers them the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.fakta import Fakta


@dataclass(frozen=True, slots=True)
class Faktaandring:
    """What one entry changed: rows that ceased to be known and rows that became known, by row number."""

    stangda: Sequence[tuple[type[Fakta], int]]
    nya: Sequence[tuple[int, Fakta]]


class Faktaspar:
    """The rows of one stream that are known now."""

    __slots__ = ("_kanda", "_nasta")

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._kanda: dict[tuple[Fakta, int], int] = {}
        self._nasta = 1

    def efter(self, fakta: Iterable[Fakta]) -> Faktaandring:
        """Take in all facts as they are after an entry; return what changed.

        Two equal facts (two equal lines of a voucher) are two rows: the occurrence is part of the key.
        """
        tidigare, kanda = self._kanda, {}
        nya: list[tuple[int, Fakta]] = []
        for rad in fakta:
            forekomst = 0
            while (rad, forekomst) in kanda:
                forekomst += 1
            nyckel = (rad, forekomst)
            radnr = tidigare.pop(nyckel, None)
            if radnr is None:
                radnr, self._nasta = self._nasta, self._nasta + 1
                nya.append((radnr, rad))
            kanda[nyckel] = radnr
        self._kanda = kanda
        return Faktaandring([(type(rad), radnr) for (rad, _), radnr in tidigare.items()], nya)
