"""Evidence: the leaf each event leaves in the ledger's Merkle log, filled from the first row on.

Two levels. ``atagande`` (commitment) = SHA-256(salt ‖ payload): without the salt it says nothing about the payload, so
a payload and its salt can be erased and every proof still holds. ``lov`` (leaf) = SHA-256(0x00 ‖ header ‖ atagande),
where 0x00 is the leaf prefix of RFC 6962 and the header is never personal.

The byte form is canonical and fixed by golden vectors in the tests: a version tag, then each field as a four-byte
big-endian length followed by its bytes, in the order of ``Lovhuvud``.
"""

from __future__ import annotations

import hashlib
import struct
from typing import NamedTuple
from uuid import UUID

_FORMAT = b"liggare/lov/1"
SALTLANGD = 16


class Lovhuvud(NamedTuple):
    """What the leaf says about an event without its payload. Nothing here is personal or ever erased."""

    position: int
    strom: UUID
    stromversion: int
    typ: str
    schemaversion: int
    registrerad: int
    handelse_id: UUID
    rattar: UUID | None
    roll: str


def atagande(salt: bytes, innehall: bytes) -> bytes:
    """Return the commitment to a stored payload."""
    return hashlib.sha256(salt + innehall).digest()


def lov(huvud: Lovhuvud, atagande: bytes) -> bytes:
    """Return the leaf of an event."""
    typ, roll = huvud.typ.encode(), huvud.roll.encode()
    rattar = huvud.rattar.bytes if huvud.rattar else b""
    bitar = struct.pack(
        f">I{len(_FORMAT)}sIqI16sIqI{len(typ)}sIqIqI16sI{len(rattar)}sI{len(roll)}sI32s",
        len(_FORMAT), _FORMAT, 8, huvud.position, 16, huvud.strom.bytes, 8, huvud.stromversion, len(typ), typ,
        8, huvud.schemaversion, 8, huvud.registrerad, 16, huvud.handelse_id.bytes, len(rattar), rattar,
        len(roll), roll, 32, atagande,
    )  # fmt: skip
    return hashlib.sha256(b"\x00" + bitar).digest()
