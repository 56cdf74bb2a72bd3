"""The row sum: every column of a stored row that nothing else vouches for.

The leaf (``infrastructure.evidence``) vouches for a header without personal data and for the commitment to the payload.
What stands beside – who recorded it, in which system, when a migrated row was entered – must not be in the leaf, since
a leaf is published and never erased, but a flipped bit there must be found all the same. The sum binds those columns to
the leaf, so a row has three links: payload → commitment → leaf → sum. It is kept in the database only and proves
nothing to an outsider; against whoever can write in the database only a published tree of leaves helps.

``SHA-256(format ‖ leaf ‖ columns as a JSON list)``, the first 16 bytes: JSON tells text from number from nothing.
"""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

_FORMAT = b"liggare/rad/1"
LANGD = 16

UTANFOR_LOVET = ("samling", "datum", "infort", "aktor", "kalla", "akt")
"""The columns of ``handelser`` that the sum vouches for, in the order they go into it."""


def radsumma(lov: bytes, *kolumner: Any) -> bytes:
    """Return the sum of a row: its leaf (empty where rows have none) and its other columns, numbers and text."""
    return hashlib.sha256(b"".join((_FORMAT, lov, orjson.dumps(kolumner)))).digest()[:LANGD]


def tyst_summa(handelse_id: str, strom: str, version: int, avtryck: bytes, akt: str) -> bytes:
    """Return the sum of an event id that said nothing new; identities as 32 digits."""
    return radsumma(b"", handelse_id, strom, version, avtryck.hex(), akt)


def gallringssumma(nr: int, *ovriga: int | str | None) -> bytes:
    """Return the sum of a note of what was erased, of all its other columns."""
    return radsumma(b"", nr, *ovriga)
