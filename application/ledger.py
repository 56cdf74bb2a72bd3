"""The ledger as an ``eventsourcing`` application: our mapper and recorder, the library's repository and save.

Reading a stream at a version goes through the library's repository; everything that writes goes through
``application.commands`` so that a decision, its events and their facts are one transaction.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import ApplicationRecorder, Mapper

from application.envelope import Kuvert
from application.strom import Strom


class Liggaren(Application[UUID]):
    """One board's ledger (or several boards' in one database)."""

    name = "liggaren"

    def __init__(self, mappare: Mapper[UUID], recorder: ApplicationRecorder) -> None:
        """Use a mapper and a recorder made by the composition root."""
        self._mappare = mappare
        self._recorder = recorder
        super().__init__()

    def construct_mapper(self) -> Mapper[UUID]:
        """Return the given mapper instead of one named by the environment."""
        return self._mappare

    def construct_recorder(self) -> ApplicationRecorder:
        """Return the given recorder instead of one named by the environment."""
        return self._recorder

    def strom(self, strom: UUID, version: int | None = None) -> Strom:
        """Return a stream as it was at a version (default: now).

        Raises:
            AggregateNotFoundError: the stream has no events (of the library).
        """
        resultat: Strom = self.repository.get(strom, version=version, projector_func=_spela_upp)
        return resultat


def _spela_upp(initial: Strom | None, kuvert: Any) -> Strom | None:
    """Fold envelopes to a stream, as the repository asks for it."""
    strom = initial
    for ett in kuvert:
        assert isinstance(ett, Kuvert)
        strom = strom or Strom(ett.forslag.samling, ett.originator_id)
        strom.anteckna(ett.notering())
    return strom
