"""Old event versions are read for ever: one function per (name, version) leads to the next version.

A function takes the stored payload as it was and returns it as the next version has it. It sees nothing else. The
stored row is never changed, so its evidence still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Uppgradering = Callable[[dict[str, Any]], dict[str, Any]]

UPPGRADERINGAR: Mapping[tuple[str, int], Uppgradering] = {}
"""Upgrade functions by (stored name, version they start from); no event has a second version yet."""


def uppgradera(
    typ: str,
    fran: int,
    till: int,
    innehall: dict[str, Any],
    uppgraderingar: Mapping[tuple[str, int], Uppgradering] = UPPGRADERINGAR,
) -> dict[str, Any]:
    """Return a stored payload as the version ``till`` has it.

    Raises:
        KeyError: there is no way from some version to the next.
        ValueError: the event was written by a newer Liggare than this.
    """
    if fran > till:
        msg = f"{typ} är lagrad i version {fran}, nyare än den version {till} som den här Liggaren känner"
        raise ValueError(msg)
    for version in range(fran, till):
        innehall = uppgraderingar[typ, version](innehall)
    return innehall
