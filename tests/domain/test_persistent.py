"""The persistent map: right for every version, and cheap for many entries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.persistent import PersistentMap


@given(st.lists(st.tuples(st.integers(0, 30), st.integers())))
def test_every_version_says_what_a_dictionary_copied_then_would(entries: list[tuple[int, int]]) -> None:
    versions: list[tuple[PersistentMap[int, int], dict[int, int]]] = [(PersistentMap(), {})]
    for key, value in entries:
        latest, copied = versions[-1]
        versions.append((latest.plus(key, value), {**copied, key: value}))
    for version, copied in versions:
        for key in range(31):
            assert version.get(key) == copied.get(key)
            assert (key in version) == (key in copied)


def test_two_versions_made_from_one_do_not_see_each_other() -> None:
    base = PersistentMap[str, int]().plus("a", 1).plus("b", 2)
    one, other = base.plus("c", 3), base.plus("a", 4)
    assert (one.get("a"), one.get("c")) == (1, 3)
    assert (other.get("a"), other.get("c")) == (4, None)
    assert base.get("c") is None


def test_a_lookup_asks_few_levels_however_many_entries_there_are() -> None:
    entries = PersistentMap[int, int]()
    for nr in range(5000):
        entries = entries.plus(nr, nr)
    assert entries.depth <= 13


def test_each_level_is_at_least_twice_as_large_as_the_next() -> None:
    entries = PersistentMap[int, int]()
    depths = []
    for nr in range(8):
        entries = entries.plus(nr, nr)
        depths.append(entries.depth)
    assert depths == [1, 1, 2, 1, 2, 2, 3, 1]
