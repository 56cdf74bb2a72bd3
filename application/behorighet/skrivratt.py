"""Whether somebody may record an event, tried in the transaction that records it.

Whose a stream is can change with every event in it. Tried any earlier, an event could be let in by what is no longer
so, and one that follows upon another would have to wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from application.behorighet.behorig import Behorig
from application.behorighet.enheter import Enhetsbok
from application.behorighet.ord import Rojer
from application.commands import Obehorig
from application.envelope import Forslag, Kuvert


@dataclass(frozen=True, slots=True)
class Skrivratt:
    """What somebody may record (a ``Provning``)."""

    enhetsbok: Enhetsbok
    behorig: Behorig

    def __call__(self, forslag: Forslag, i_strommen: Sequence[Kuvert]) -> None:
        """Let a proposal through.

        Raises:
            Obehorig: it may not be recorded.
        """
        lage = self.enhetsbok.lage_for(self.behorig, forslag, i_strommen)
        avgorande = self.behorig.avgor(Rojer.SKRIVNING, lage)
        if not avgorande.beviljas:
            raise Obehorig(avgorande)
