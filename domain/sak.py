"""How a stream's facts are derived: thing by thing.

A stream is about things: a stay's parts, an investigation, a decision, a place in a queue, and every entry that has
something to say by itself. The facts of one thing are worked out together and depend on nothing that another thing
works out. So an entry that is taken in says which things it touches, and only their facts are derived anew; all facts
of a stream are those of all its things.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import insort
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, ClassVar
from uuid import UUID

from domain.fakta import Fakta
from domain.handelse import Handelse, Notering

Rad = tuple[Any, int, int]
"""An entry as (event, day number, position in the log)."""

_DAGEN = itemgetter(1)
_INGA: Sequence[Fakta] = []


def i_ordning(rader: list[Rad], rad: Rad) -> None:
    """Put an entry among others by day, last on its day: only a correction takes an earlier place."""
    if not rader or rader[-1][1] <= rad[1]:
        rader.append(rad)
    else:
        insort(rader, rad, key=_DAGEN)


class Sak:
    """Something in a stream whose facts are worked out together, and the facts that are known of it.

    Attributes:
        harled: (the stream's derivation, the thing) -> a list of its facts. It is a plain function and a thing never
            holds on to the derivation: a bulk run turns Python's cycle collector off, and a cycle per stream would
            fill the memory.
        kanda: the facts that are known of it now.
        radnr: their row numbers.
    """

    __slots__ = ("harled", "kanda", "radnr")

    def __init__(self, harled: Callable[[Any, Any], Sequence[Fakta]]) -> None:
        """Make a thing of which nothing is known yet."""
        self.harled = harled
        self.kanda: Sequence[Fakta] = _INGA
        self.radnr: Sequence[int] = ()


class Enskild(Sak):
    """What one entry says by itself: the points of a visit, the amounts of a voucher."""

    __slots__ = ("notering",)

    def __init__(self, harled: Callable[[Any, Any], Sequence[Fakta]], notering: Notering) -> None:
        """Make the thing that an entry is."""
        # Not through ``super``: it is done for every entry of an import.
        self.harled, self.kanda, self.radnr, self.notering = harled, _INGA, (), notering


class Harledning(ABC):
    """The derivation of one stream's facts, from its effective entries taken in one at a time in order of day.

    Attributes:
        borjan: the event type that begins a stream of the kind; without it there are no facts.
        kraver_ordning: the event types that can only be taken in after all entries of earlier days. The others can come
            late too: they find their places, and no thing but those that ``ta_in`` names depends on them. What comes
            late of these begins the derivation anew.
        saker: all things so far, in the order they began.
    """

    __slots__ = ("saker",)

    saker: list[Sak]

    borjan: ClassVar[type[Handelse]]
    kraver_ordning: ClassVar[frozenset[type[Handelse]]] = frozenset()

    @abstractmethod
    def __init__(self, strom: UUID, borjan: Notering) -> None:
        """Begin with nothing but what a stream's beginning says of all of it; the entry itself is taken in next."""

    @abstractmethod
    def ta_in(self, ny: Notering) -> Sequence[Sak]:
        """Take in an entry and return the things whose facts it may change."""

    def en(self, harled: Callable[[Any, Any], Sequence[Fakta]], ny: Notering) -> Sak:
        """Return a new thing that is what an entry says by itself."""
        sak = Enskild(harled, ny)
        self.saker.append(sak)
        return sak

    def enskilda(self, villkor: Callable[[Notering], bool]) -> list[Sak]:
        """Return the things that the entries of which something is true are by themselves."""
        return [sak for sak in self.saker if type(sak) is Enskild and villkor(sak.notering)]

    def fakta(self) -> list[Fakta]:
        """Return all facts that follow from the entries taken in."""
        return [ett for sak in self.saker for ett in sak.harled(self, sak)]
