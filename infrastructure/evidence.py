"""Evidence: the leaf each event leaves in the ledger's Merkle log, filled from the first row on.

Two levels. ``atagande`` (commitment) = SHA-256(salt ‖ part): without the salt it says nothing about the part, so a part
and its salt can be erased and every proof still holds. There is one over the open part of an event and, if it has a
personal part, one over that as it is sealed. ``lov`` (leaf) = SHA-256(0x00 ‖ header ‖ commitments), where 0x00 is the
leaf prefix of RFC 6962 and the header is never personal.

The byte form is canonical and fixed by golden vectors in the tests: a version tag (1, or 2 with a personal part), then
each field as a four-byte big-endian length followed by its bytes, in the order of ``Lovhuvud``, then the commitments.
"""

from __future__ import annotations

import hashlib
import struct
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

_FORMAT = b"liggare/lov/1"
_FORMAT_MED_HEMLIGT = b"liggare/lov/2"
_BORJAN, _BORJAN_MED_HEMLIGT = (
    b"\x00" + struct.pack(">I", len(format_)) + format_ for format_ in (_FORMAT, _FORMAT_MED_HEMLIGT)
)
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
    """Return the commitment to a stored part of an event."""
    return hashlib.sha256(salt + innehall).digest()


def lov(huvud: Lovhuvud, atagande: bytes, hemligt_atagande: bytes | None = None) -> bytes:
    """Return the leaf of an event: over its open part, and over its sealed one if there is one."""
    position, strom, stromversion, typ, schemaversion, registrerad, handelse_id, rattar, roll = huvud
    return hashlib.sha256(
        b"".join(
            (
                _BORJAN_MED_HEMLIGT if hemligt_atagande else _BORJAN,
                _TAL(8, position), _IDENTITET(16, strom.bytes), _TAL(8, stromversion), _text(typ),
                _TAL(8, schemaversion), _TAL(8, registrerad), _IDENTITET(16, handelse_id.bytes),
                _IDENTITET(16, rattar.bytes) if rattar else _INGENTING, _text(roll), _ATAGANDE(32, atagande),
                _ATAGANDE(32, hemligt_atagande) if hemligt_atagande else b"",
            )
        )
    ).digest()  # fmt: skip


@lru_cache(maxsize=1_000)
def _text(text: str) -> bytes:
    """Return a text with its length; the names of events and roles are few."""
    kodad = text.encode()
    return struct.pack(">I", len(kodad)) + kodad
