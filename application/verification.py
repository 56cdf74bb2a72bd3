"""Verification: whether the ledger still says what it once recorded, and where it first does not.

It only reads, and takes nothing on trust that can be worked out again: leaves from the rows, facts from the events.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

Provningsframsteg = Callable[[str, int, int], None]
"""Is told which part is being verified, how many events are done and how many there are."""


class Brist(NamedTuple):
    """One thing that is not as it must be.

    Attributes:
        var: the database itself, or the table it was found in.
        position: the first position in the log that it concerns; None where it concerns no event.
        mening: what is wrong, as a sentence.
    """

    var: str
    position: int | None
    mening: str


class Loggkvitto(NamedTuple):
    """A position and its leaf, as a receipt or an earlier verification gave them, kept outside the ledger."""

    position: int
    lov: bytes


@dataclass(frozen=True, slots=True)
class Verifiering:
    """What a verification came to: events and rows of facts that were read, and what was wrong.

    Attributes:
        lov: the leaf of the last event, empty in an empty ledger; with the number of events it is a ``Loggkvitto``.
        fakta_provades: whether the facts were compared; they are not when the log itself is damaged.
    """

    handelser: int
    fakta: int
    lov: bytes
    brister: tuple[Brist, ...]
    fakta_provades: bool

    @property
    def hel(self) -> bool:
        """Return whether nothing was wrong."""
        return not self.brister

    @property
    def forsta_position(self) -> int | None:
        """Return the first position in the log where something is wrong, or None if there is none such."""
        return min((brist.position for brist in self.brister if brist.position is not None), default=None)


class Verifierare(Protocol):
    """Verifies a whole ledger."""

    def verifiera(self, framsteg: Provningsframsteg | None = None, kvitton: Sequence[Loggkvitto] = ()) -> Verifiering:
        """Read everything as of one moment and return what was wrong; writers are not stopped.

        Args:
            framsteg: is told how far it has come.
            kvitton: what the log must still hold. Without them a log that is whole but shorter than it was, or one
                that is another, cannot be told from the right one.
        """
