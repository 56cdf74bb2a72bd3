"""Utförare: what its decisions need to know, and how an event changes it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.handelse import Handelse
from domain.utforare.handelser import UtforareAvslutad, UtforareRegistrerad

# State ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Utforare:
    """What is known of a provider.

    Attributes:
        registrerad: the event that made it known.
        inre: all other effective events but the closing; in order within a day, not necessarily between days.
        avslut: the event that closed it, if it is closed.
    """

    registrerad: UtforareRegistrerad | None = None
    inre: tuple[Handelse, ...] = ()
    avslut: UtforareAvslutad | None = None


# Evolve --------------------------------------------------------------------------------------------------------------


def utveckla(u: Utforare, h: Handelse) -> Utforare:
    """Return the state after an event; never refuses."""
    if type(h) is UtforareRegistrerad:
        return Utforare(h, u.inre, u.avslut)
    if type(h) is UtforareAvslutad:
        return Utforare(u.registrerad, u.inre, h)
    return Utforare(u.registrerad, (*u.inre, h), u.avslut)
