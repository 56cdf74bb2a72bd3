"""One stream in memory: its entries, the state they fold to and the facts known of it.

The same object serves a single command, a bulk import and a rebuild, so that there is one way to decide and one way
from history to facts. Whoever only decides, and leaves the facts to others, has the half of it that does.
"""

from __future__ import annotations

from bisect import insort
from datetime import date
from typing import Any
from uuid import UUID

from application.envelope import Forslag
from domain.aggregat import besluta
from domain.begrepp import Samling
from domain.faktaspar import Faktaandring, Faktaspar
from domain.handelse import Handelse, Notering
from domain.harledning import harledning
from domain.historik import gallande
from domain.katalog import AGGREGAT
from domain.sak import Harledning


class Beslutsstrom:
    """A stream being decided on: its entries and the state they fold to."""

    __slots__ = ("_aggregat", "_ovikta", "_tillstand", "_vik_om", "id", "noteringar", "samling")

    def __init__(self, samling: Samling, strom: UUID) -> None:
        """Begin an empty stream."""
        self.id = strom
        self.samling = samling
        self.noteringar: list[Notering] = []
        self._aggregat = AGGREGAT[samling]
        self._tillstand: Any = self._aggregat.tom
        self._ovikta: list[Notering] = []
        self._vik_om = False

    @property
    def version(self) -> int:
        """Return the number of entries, corrections included."""
        return len(self.noteringar)

    @property
    def tillstand(self) -> Any:
        """Return the fold of all effective entries; worked out when asked for, since a rebuild never does."""
        if self._vik_om:
            self._tillstand, self._ovikta, self._vik_om = self._aggregat.tom, gallande(self.noteringar), False
        for notering in self._ovikta:
            self._tillstand = self._aggregat.utveckla(self._tillstand, notering.handelse)
        self._ovikta = []
        return self._tillstand

    def besluta(self, forslag: Forslag, idag: date) -> tuple[Handelse, ...]:
        """Decide on a proposed event; see ``domain.aggregat.besluta``."""
        return besluta(
            self._aggregat,
            self.noteringar,
            forslag.handelse,
            idag=idag,
            rattar=forslag.rattar,
            tillstand=self.tillstand,
        )

    def minns(self, notering: Notering) -> None:
        """Take in a recorded entry.

        The state is folded in the order of the log: what the decisions ask of it does not depend on the order between
        days. Only a correction changes what was folded before.
        """
        self.noteringar.append(notering)
        if notering.rattar is not None:
            self._vik_om = True
        else:
            self._ovikta.append(notering)


class Strom(Beslutsstrom):
    """A stream being decided on and written to: the facts known of it too."""

    __slots__ = ("_gallande", "_harledning", "_spar")

    def __init__(self, samling: Samling, strom: UUID) -> None:
        """Begin an empty stream."""
        super().__init__(samling, strom)
        self._harledning: Harledning | None = None
        self._gallande: list[Notering] = []
        self._spar = Faktaspar()

    def anteckna(self, notering: Notering) -> Faktaandring:
        """Take in a recorded entry and return how the facts changed."""
        self.minns(notering)
        if notering.rattar is not None:
            self._gallande = gallande(self.noteringar)
            return self._harled_om()
        ar_sen = self._ta_plats(notering)
        hittills = self._harledning
        if hittills is None or (ar_sen and type(notering.handelse) in hittills.kraver_ordning):
            return self._harled_om()
        return self._spar.efter(hittills, hittills.ta_in(notering))

    def _harled_om(self) -> Faktaandring:
        self._harledning = harledning(self.samling, self.id, self._gallande)
        return self._spar.om(self._harledning)

    def _ta_plats(self, notering: Notering) -> bool:
        """Give an entry its place by day among the effective ones; return whether it comes after one of a later day."""
        if not self._gallande or self._gallande[-1].handelse.datum <= notering.handelse.datum:
            self._gallande.append(notering)
            return False
        insort(self._gallande, notering, key=lambda n: n.handelse.datum)
        return True
