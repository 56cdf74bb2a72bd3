"""One stream in memory: its entries, the state they fold to and the facts known of it.

The same object serves a single command, a bulk import and a rebuild, so that there is one way to decide and one way
from history to facts.
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


class Strom:
    """A stream being decided on and written to."""

    __slots__ = (
        "_aggregat",
        "_gallande",
        "_harledning",
        "_ovikta",
        "_spar",
        "_tillstand",
        "id",
        "noteringar",
        "samling",
    )

    def __init__(self, samling: Samling, strom: UUID) -> None:
        """Begin an empty stream."""
        self.id = strom
        self.samling = samling
        self.noteringar: list[Notering] = []
        self._aggregat = AGGREGAT[samling]
        self._harledning: Harledning | None = None
        self._gallande: list[Notering] = []
        self._tillstand: Any = self._aggregat.tom
        self._ovikta: list[Notering] = []
        self._spar = Faktaspar()

    @property
    def version(self) -> int:
        """Return the number of entries, corrections included."""
        return len(self.noteringar)

    @property
    def tillstand(self) -> Any:
        """Return the fold of all effective entries; worked out when asked for, since a rebuild never does."""
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

    def anteckna(self, notering: Notering) -> Faktaandring:
        """Take in a recorded entry and return how the facts changed."""
        self.noteringar.append(notering)
        if notering.rattar is not None:
            self._gallande = gallande(self.noteringar)
            self._tillstand, self._ovikta = self._aggregat.tom, list(self._gallande)
            return self._harled_om()
        ar_sen = self._ta_plats(notering)
        self._ovikta.append(notering)
        hittills = self._harledning
        if hittills is None or (ar_sen and type(notering.handelse) in hittills.kraver_ordning):
            return self._harled_om()
        return self._spar.efter(hittills, hittills.ta_in(notering))

    def _harled_om(self) -> Faktaandring:
        self._harledning = harledning(self.samling, self.id, self._gallande)
        return self._spar.om(self._harledning)

    def _ta_plats(self, notering: Notering) -> bool:
        """Give an entry its place by day among the effective ones; return whether it comes after one of a later day.

        The state is folded in the order of the log all the same: what the decisions ask of it does not depend on the
        order between days.
        """
        if not self._gallande or self._gallande[-1].handelse.datum <= notering.handelse.datum:
            self._gallande.append(notering)
            return False
        insort(self._gallande, notering, key=lambda n: n.handelse.datum)
        return True
