"""Placering: what its decisions need to know, and how an event changes it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.handelse import Handelse
from domain.placering.handelser import PlaceringAvslutad, PlaceringPaborjad

# State ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Placering:
    """What is known of a stay: its two ends, and which events lie inside it.

    Attributes:
        borjan: the event that began it.
        avslut: the event that ended it, if it has ended.
        inre: all other effective events; in order within a day, not necessarily between days.
    """

    borjan: PlaceringPaborjad | None = None
    avslut: PlaceringAvslutad | None = None
    inre: tuple[Handelse, ...] = ()


# Evolve --------------------------------------------------------------------------------------------------------------


def utveckla(p: Placering, h: Handelse) -> Placering:
    """Return the state after an event; never refuses."""
    # Made outright and told by type: ``replace`` and isinstance (abstract classes) cost four times as much.
    if type(h) is PlaceringPaborjad:
        return Placering(h, p.avslut, p.inre)
    if type(h) is PlaceringAvslutad:
        return Placering(p.borjan, h, p.inre)
    return Placering(p.borjan, p.avslut, (*p.inre, h))
