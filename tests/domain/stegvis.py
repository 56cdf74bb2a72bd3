"""A stream's facts step by step: what each entry changes, and that all steps add up to what follows from it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

from application.strom import Strom
from domain.begrepp import Samling
from domain.fakta import Fakta
from domain.faktaspar import Faktaandring
from domain.handelse import Handelse, Notering
from domain.harledning import fakta
from domain.historik import gallande
from tests.givet import Rattelse, noteringar

STROM = UUID(int=99)


class Steg:
    """A stream that entries are written to one by one, its facts checked after each against all derived from nothing.

    Attributes:
        kanda: the facts that are known, by row number.
    """

    def __init__(self, samling: Samling) -> None:
        self.kanda: dict[int, Fakta] = {}
        self._samling = samling
        self._strom = Strom(samling, STROM)

    def anteckna(self, notering: Notering) -> Faktaandring:
        senast = max(self.kanda, default=0)
        andring = self._strom.anteckna(notering)
        for form, radnr in andring.stangda:
            assert type(self.kanda.pop(radnr)) is form
        for radnr, rad in andring.nya:
            assert radnr not in self.kanda
            self.kanda[radnr] = rad
        assert all(radnr > senast for radnr, _ in andring.nya)
        alla = fakta(self._samling, STROM, gallande(self._strom.noteringar))
        assert Counter(self.kanda.values()) == Counter(alla)
        return andring


def stegvis(samling: Samling, rader: Sequence[Notering]) -> Iterator[Faktaandring]:
    """Yield what each entry changes."""
    steg = Steg(samling)
    for rad in rader:
        yield steg.anteckna(rad)


def sista_steget(samling: Samling, *historia: Handelse | Rattelse) -> Faktaandring:
    """Return what the last event of a history changes."""
    return list(stegvis(samling, noteringar(*historia)))[-1]
