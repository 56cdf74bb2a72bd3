"""Identities as drivers give them, made into UUIDs without what that class does beside."""

from __future__ import annotations

from uuid import UUID, SafeUUID


def identitet_ur(varde: UUID | str) -> UUID:
    """Return an identity as a driver gives it, as a UUID or as 32 hexadecimal digits.

    Raises:
        ValueError: it is neither: the row is damaged.
    """
    if not isinstance(varde, str):
        return varde
    tal = int(varde, 16)
    if tal >> 128:
        msg = "en identitet har fler än 32 siffror"
        raise ValueError(msg)
    return identitet_av(tal)


def identitet_av(tal: int) -> UUID:
    """Return the identity of a number of 128 bits."""
    # As UUID sets itself, without asking for its other forms: a row has two or three, and each took twice as long.
    identitet = object.__new__(UUID)
    object.__setattr__(identitet, "int", tal)
    object.__setattr__(identitet, "is_safe", SafeUUID.unknown)
    return identitet
