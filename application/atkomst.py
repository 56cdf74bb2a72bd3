"""The access log: who has read what about persons, when and why; written before the answer is given.

Reading shall be documented and possible to check (lagen 2001:454 om behandling av personuppgifter inom socialtjänsten,
10 §), so an answer that cannot be noted is not given. The log says which stream, table or cell was read, never what it
said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Atkomst:
    """One reading, or one that was refused.

    Attributes:
        aktor: who reads, by the pseudonym that the token gives.
        roll: in which role.
        syfte: for which purpose, a word of the closed list of purposes.
        enhet: the unit whose matters the reader works with; None for roles that have none.
        vad: the operation, by its name in the API.
        mal: what was read: the path of a stream, or the name of a table; None where it is all of a collection.
        fraga: the parameters of the question, by name.
        beviljad: whether it was allowed.
    """

    aktor: str
    roll: str
    syfte: str
    enhet: str | None
    vad: str
    mal: str | None = None
    fraga: Mapping[str, str] = field(default_factory=dict)
    beviljad: bool = True


@dataclass(frozen=True, slots=True)
class Antecknad:
    """A reading as the log has it: its number in the log, when it was noted (UTC) and the log's position then."""

    nr: int
    tidpunkt: datetime
    position: int
    atkomst: Atkomst


class Atkomstlogg(Protocol):
    """Where readings are noted."""

    def skriv(self, atkomst: Atkomst) -> None:
        """Note a reading; when this returns the note is on disk.

        Raises:
            Exception: it could not be noted, for whatever reason, so there must be no answer.
        """

    def las(
        self,
        *,
        fran: datetime | None = None,
        till: datetime | None = None,
        aktor: str | None = None,
        mal: str | None = None,
        efter: int = 0,
        hogst: int = 1000,
    ) -> Sequence[Antecknad]:
        """Return notes in order: from an instant until before another, of one reader, of one thing, after a number."""
