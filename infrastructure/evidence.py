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
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

_FORMAT = b"liggare/lov/1"
_BORJAN = b"\x00" + struct.pack(">I", len(_FORMAT)) + _FORMAT
_INGENTING = struct.pack(">I", 0)
_TAL, _IDENTITET, _ATAGANDE = struct.Struct(">Iq").pack, struct.Struct(">I16s").pack, struct.Struct(">I32s").pack
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
    position, strom, stromversion, typ, schemaversion, registrerad, handelse_id, rattar, roll = huvud
    return hashlib.sha256(
        b"".join(
            (
                _BORJAN, _TAL(8, position), _IDENTITET(16, strom.bytes), _TAL(8, stromversion), _text(typ),
                _TAL(8, schemaversion), _TAL(8, registrerad), _IDENTITET(16, handelse_id.bytes),
                _IDENTITET(16, rattar.bytes) if rattar else _INGENTING, _text(roll), _ATAGANDE(32, atagande),
            )
        )
    ).digest()  # fmt: skip


@lru_cache(maxsize=1_000)
def _text(text: str) -> bytes:
    """Return a text with its length; the names of events and roles are few."""
    kodad = text.encode()
    return struct.pack(">I", len(kodad)) + kodad
