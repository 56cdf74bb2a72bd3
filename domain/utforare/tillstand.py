"""Utförare: what its decisions need to know, and how an event changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.handelse import Handelse
from domain.utforare.handelser import UtforareRegistrerad

# State ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Utforare:
    """What is known of a provider: how it was registered, and everything since, in the order it took effect."""

    registrerad: UtforareRegistrerad | None = None
    inre: tuple[Handelse, ...] = ()


# Evolve --------------------------------------------------------------------------------------------------------------


def utveckla(u: Utforare, h: Handelse) -> Utforare:
    """Return the state after an event; never refuses."""
    if isinstance(h, UtforareRegistrerad):
        return replace(u, registrerad=h)
    return replace(u, inre=(*u.inre, h))
