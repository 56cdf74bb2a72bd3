"""A persistent map: a new version for every entry, earlier versions untouched, little copied.

A budget year has thousands of postings, and its state is made anew after each of them. Copying a dictionary every
time would cost the square of their number; here an entry copies what it is merged with, and that is on average as
many entries as there are doublings (the logarithmic method of Bentley and Saxe).
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class PersistentMap(Generic[K, V]):
    """An immutable map. ``plus`` gives a new one; the maps it shares its levels with never change.

    The levels are dictionaries, the largest and oldest first, each at least twice as large as the next, so that a
    look-up asks at most one per doubling. A key that is set again hides its older values and is not counted twice by
    any look-up; there is no removal, since a state is folded anew when an event is annulled.
    """

    __slots__ = ("_levels",)

    def __init__(self, levels: tuple[dict[K, V], ...] = ()) -> None:
        """Make a map of levels, oldest first; without any it is empty."""
        self._levels = levels

    def plus(self, key: K, value: V) -> PersistentMap[K, V]:
        """Return the map with one entry more, or with another value for the key."""
        levels, last = self._levels, {key: value}
        while levels and len(levels[-1]) < 2 * len(last):
            last = {**levels[-1], **last}
            levels = levels[:-1]
        return PersistentMap((*levels, last))

    def get(self, key: K) -> V | None:
        """Return the value that was set last for a key, or None."""
        for level in reversed(self._levels):
            value = level.get(key)
            if value is not None:
                return value
        return None

    def __contains__(self, key: object) -> bool:
        """Tell whether a key has a value."""
        return any(key in level for level in self._levels)

    @property
    def depth(self) -> int:
        """Return how many levels a look-up may have to ask."""
        return len(self._levels)
