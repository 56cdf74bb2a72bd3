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
from domain.harledning import HARLEDNINGAR
from domain.historik import gallande
from domain.katalog import AGGREGAT


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
        self._harledning = HARLEDNINGAR[samling]
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
        if notering.rattar is None:
            senast = self._gallande[-1].handelse.datum if self._gallande else None
            self._ta_plats(notering)
            self._ovikta.append(notering)
            andring = self._genvag(notering, senast)
            if andring is not None:
                return andring
        else:
            self._gallande = gallande(self.noteringar)
            self._tillstand, self._ovikta = self._aggregat.tom, list(self._gallande)
        return self._spar.efter(self._harledning.alla(self.id, self._gallande))

    def _genvag(self, notering: Notering, senast: date | None) -> Faktaandring | None:
        """Return how the facts change if that takes less than working all of them out (``domain.harledning``)."""
        ny_dag = senast is None or senast < notering.handelse.datum
        if ny_dag:
            fortsattning = self._harledning.fortsatt(self._spar.kanda, notering)
            if fortsattning is not None:
                return self._spar.fortsatt(fortsattning)
        if not self._spar.kanda:
            return self._spar.tillsammans_med(self._harledning.alla(self.id, self._gallande))
        tillagg = self._harledning.tillagg(self.id, self._gallande, notering)
        if tillagg is not None:
            return self._spar.tillsammans_med(tillagg)
        if ny_dag:
            omraknat = self._harledning.omraknat(self.id, self._gallande, notering)
            if omraknat is not None:
                return self._spar.omraknat(omraknat)
        return None

    def _ta_plats(self, notering: Notering) -> None:
        """Give an entry its place by day among the effective ones.

        The state is folded in the order of the log all the same: what the decisions ask of it does not depend on the
        order between days.
        """
        if not self._gallande or self._gallande[-1].handelse.datum <= notering.handelse.datum:
            self._gallande.append(notering)
        else:
            insort(self._gallande, notering, key=lambda n: n.handelse.datum)
