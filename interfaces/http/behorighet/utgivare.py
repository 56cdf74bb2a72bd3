"""A development issuer: signs tokens with a key in a file, for trying the interface without a server for sign-in.

Whoever can read the file can be anybody. So the key is marked in its name, and a server takes such keys only when it
has been told that this is development.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from application.behorighet.behorig import NycklarnaGarInte, behorig_av
from interfaces.http.behorighet.nycklar import UTVECKLING

UTGIVARE = "urn:liggare:utveckling"
"""Who issues development tokens."""

RESURS = "http://localhost:8000"
"""Whom they are meant for, whichever port the server listens on."""

_LIVSTID = 8 * 3600


def utvecklingsfil(databas: str) -> Path:
    """Return where the development key of a ledger is kept: beside its file, or here where it lies on a server."""
    return Path(
        "liggare.utveckling.json" if "://" in databas or databas == ":memory:" else f"{databas}.utveckling.json"
    )


def se_till_att_nyckeln_finns(fil: Path) -> bool:
    """Make a development key where there is none; return whether it was made."""
    try:
        handtag = os.open(fil, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    jwk: dict[str, Any] = OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate(), as_dict=True)
    jwk |= {"kid": UTVECKLING + secrets.token_hex(4), "alg": "EdDSA", "use": "sig"}
    om = "Utvecklingsnyckel för Liggare: den som kan läsa filen kan vara vem som helst. Aldrig i produktion."
    with os.fdopen(handtag, "wb") as ut:
        ut.write(orjson.dumps({"om": om, "keys": [jwk]}, option=orjson.OPT_INDENT_2))
    return True


def utge_token(
    fil: Path,
    nu: datetime,
    *,
    subjekt: str,
    roll: str,
    syfte: str,
    enheter: Sequence[str] = (),
) -> str:
    """Return a token signed with the development key of a file.

    Raises:
        UppgiftenDugerInte: no server would accept what it says.
        NycklarnaGarInte: the file has no development key.
    """
    enhet = list(enheter) or None
    behorig_av(subjekt, roll, syfte, enhet)
    jwk = _nyckeln(fil)
    sekund = int(nu.timestamp())
    ansprak = {
        "iss": UTGIVARE, "aud": RESURS, "sub": subjekt, "iat": sekund, "nbf": sekund, "exp": sekund + _LIVSTID,
        "jti": secrets.token_hex(8), "client_id": "liggare-token", "roll": roll, "syfte": syfte,
        **({"enhet": enhet} if enhet else {}),
    }  # fmt: skip
    nyckel = jwt.PyJWK.from_dict(jwk, "EdDSA").key
    return jwt.encode(ansprak, nyckel, algorithm="EdDSA", headers={"kid": jwk["kid"], "typ": "at+jwt"})


def _nyckeln(fil: Path) -> dict[str, Any]:
    try:
        nycklar: list[dict[str, Any]] = orjson.loads(fil.read_bytes())["keys"]
        return next(n for n in nycklar if n["kid"].startswith(UTVECKLING) and "d" in n)
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError, StopIteration):
        mening = "där finns ingen utvecklingsnyckel; liggare starta --utveckling gör en."
        raise NycklarnaGarInte(str(fil), mening) from None
