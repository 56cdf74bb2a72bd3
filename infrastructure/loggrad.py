"""A row of the log as it is written: what an event says, its place and time, and the evidence over both."""

from __future__ import annotations

from typing import Any

from infrastructure.evidence import SALTLANGD, Lovhuvud, atagande, lov
from infrastructure.radutkast import Radutkast
from infrastructure.rowsum import radsumma


def loggrad(
    utkast: Radutkast, position: int, registrerad: int, infort: int | None, salter: bytes, forseglat: bytes | None
) -> tuple[tuple[Any, ...], bytes]:
    """Return a row of the log (in the order of its columns, identities as text), and its leaf.

    Args:
        utkast: what it says.
        position: its place in the log.
        registrerad: when the ledger learnt it, in microseconds.
        infort: when it really was entered, if it states another time.
        salter: random bytes for two salts.
        forseglat: its personal part, sealed.
    """
    # Taken apart at once: a field of a tuple by name costs three times a local variable, and each is used twice.
    (
        strom, stromversion, samling, typ, schemaversion, datum, _, handelse_id, rattar, aktor, roll, kalla, innehall,
        annan_akt, _,
    ) = utkast  # fmt: skip
    salt = salter[:SALTLANGD]
    lofte = atagande(salt, innehall)
    forseglat_salt = salter[SALTLANGD:] if forseglat is not None else None
    forseglat_lofte = atagande(forseglat_salt, forseglat) if forseglat is not None and forseglat_salt else None
    huvud = Lovhuvud(position, strom, stromversion, typ, schemaversion, registrerad, handelse_id, rattar, roll)
    lovet = lov(huvud, lofte, forseglat_lofte)
    akt = annan_akt.hex if annan_akt else None
    rad = (
        position, strom.hex, stromversion, samling, typ, schemaversion, datum, registrerad, infort, handelse_id.hex,
        rattar.hex if rattar else None, aktor, roll, kalla, innehall, salt, lofte, akt, forseglat, forseglat_salt,
        forseglat_lofte, lovet, radsumma(lovet, samling, datum, infort, aktor, kalla, akt),
    )  # fmt: skip
    return rad, lovet
