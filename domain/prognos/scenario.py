"""What if: changes that a simulation plays with, beside the same chance without them.

A change is about some segments from a day on. What has passed is never changed. A scenario that changes nothing gives
exactly the courses it is compared with.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Andringsslag(StrEnum):
    """What is changed, and what its number means."""

    VISTELSETID = "vistelsetid"
    """What is left of every stay from the day on is so many times as long."""
    PRIS = "pris"
    """Every day from then on costs so many times as much."""
    INFLODE = "inflode"
    """So many times as much care begins."""
    TILLAGG = "tillagg"
    """So much more care begins per month, spread over the segments as their own inflow."""


class Andring(NamedTuple):
    """A change: what, from which day, in which segments, and how much."""

    slag: Andringsslag
    fran: int
    segment: frozenset[int]
    varde: float


class Enhet(NamedTuple):
    """A unit that opens: it takes over care days of some rows, and costs the same whether or not all places are used.

    Attributes:
        fran: the day it opens.
        rader: the rows whose care it can give.
        platser: how many places.
        belaggning: the share of them that can be used.
        kostnad: kronor per place and day.
    """

    fran: int
    rader: frozenset[int]
    platser: int
    belaggning: float
    kostnad: float


class Scenario(NamedTuple):
    """Changes that are played together."""

    andringar: tuple[Andring, ...] = ()
    enheter: tuple[Enhet, ...] = ()

    def av(self, slag: Andringsslag, segment: int) -> list[Andring]:
        """Return the changes of a kind that a segment meets."""
        return [a for a in self.andringar if a.slag is slag and segment in a.segment]


INGET = Scenario()
