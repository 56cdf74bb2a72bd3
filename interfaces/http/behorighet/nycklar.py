"""The keys that tokens may be signed with: a JWK set (RFC 7517) in a file, read again when the file changes.

Only public keys of the algorithms below are taken. A key says by itself which algorithm it is for, so that what a
token's heading claims can never choose another (RFC 8725, 3.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import jwt
import orjson

from application.behorighet.behorig import NycklarnaGarInte

UTVECKLING = "utveckling-"
"""What the name (kid) of a development key begins with; in production such a key is refused by its name."""

_KORTASTE_RSA = 2048
_STORSTA_FIL = 256 * 1024
_PRIVATA = frozenset(("d", "p", "q", "dp", "dq", "qi", "oth", "k"))
_KURVOR = {("EC", "P-256"): "ES256", ("OKP", "Ed25519"): "EdDSA"}
_RSA = ("PS256", "RS256")

ALGORITMER: frozenset[str] = frozenset((*_KURVOR.values(), *_RSA))
"""The algorithms that a token may be signed by: none that is symmetric, and never none."""


@dataclass(frozen=True, slots=True, eq=False)
class Nyckel:
    """A public key, and the one algorithm it is for; one that is read anew is another."""

    kid: str
    algoritm: str
    publik: Any


class _Duger(Exception):
    """Says why a key does not do."""


class Nyckelfil:
    """The keys of a file, as the file is now."""

    def __init__(self, fil: Path, *, utveckling: bool = False) -> None:
        """Read a file; ``utveckling`` lets development keys in, and only then are they.

        Raises:
            NycklarnaGarInte: it cannot be used.
        """
        self._fil, self._utveckling = fil, utveckling
        self._las, self._marke, self._nycklar = Lock(), (0, 0, 0), dict[str, Nyckel]()
        self.nycklar()

    def nycklar(self) -> Mapping[str, Nyckel]:
        """Return the keys by name, read again if the file has changed.

        A file that no longer can be used takes its keys with it: a key that was taken away must not live on because
        the file was written badly.

        Raises:
            NycklarnaGarInte: it cannot be used.
        """
        try:
            fakta = self._fil.stat()
            marke = (fakta.st_mtime_ns, fakta.st_size, fakta.st_ino)
            with self._las:
                if marke != self._marke:
                    self._nycklar = _tolka(self._fil.read_bytes(), self._utveckling)
                    self._marke = marke
                return self._nycklar
        except OSError as fel:
            raise NycklarnaGarInte(str(self._fil), "filen går inte att läsa.") from fel
        except _Duger as fel:
            raise NycklarnaGarInte(str(self._fil), str(fel)) from None


def _tolka(text: bytes, utveckling: bool) -> dict[str, Nyckel]:
    if len(text) > _STORSTA_FIL:
        raise _Duger(f"filen är större än {_STORSTA_FIL} byte.")
    try:
        data = orjson.loads(text)
        jwks = data["keys"]
    except (orjson.JSONDecodeError, TypeError, KeyError):
        raise _Duger('filen är ingen JWK-mängd ({"keys": […]}).') from None
    if not isinstance(jwks, list) or not jwks:
        raise _Duger("filen har inga nycklar.")
    nycklar: dict[str, Nyckel] = {}
    for jwk in jwks:
        nyckel = _nyckel(jwk, utveckling)
        if nyckel.kid in nycklar:
            raise _Duger(f"nyckelnamnet (kid) {nyckel.kid} förekommer två gånger.")
        nycklar[nyckel.kid] = nyckel
    return nycklar


def _nyckel(jwk: Any, utveckling: bool) -> Nyckel:
    kid = jwk.get("kid") if isinstance(jwk, dict) else None
    if not isinstance(kid, str) or not kid:
        raise _Duger("varje nyckel ska ha ett namn (kid).")
    if kid.startswith(UTVECKLING) and not utveckling:
        raise _Duger(f"{kid} är en utvecklingsnyckel, som vem som helst på datorn kan skriva under med.")
    if jwk.get("use", "sig") != "sig":
        raise _Duger(f"nyckeln {kid} är inte till för underskrifter (use).")
    if jwk.get("kty") == "oct" or (_PRIVATA & jwk.keys() and not utveckling):
        raise _Duger(f"nyckeln {kid} är hemlig; här ska bara publika nycklar ligga.")
    publik = {namn: varde for namn, varde in jwk.items() if namn not in _PRIVATA}
    algoritm = _algoritm(kid, publik)
    try:
        nyckel = jwt.PyJWK.from_dict(publik, algoritm).key
    except (jwt.exceptions.PyJWTError, ValueError, TypeError):
        raise _Duger(f"nyckeln {kid} går inte att läsa.") from None
    if algoritm in _RSA and nyckel.key_size < _KORTASTE_RSA:
        raise _Duger(f"nyckeln {kid} är kortare än {_KORTASTE_RSA} bitar.")
    return Nyckel(kid, algoritm, nyckel)


def _algoritm(kid: str, jwk: Mapping[str, Any]) -> str:
    angiven = jwk.get("alg")
    egen = _KURVOR.get((str(jwk.get("kty")), str(jwk.get("crv"))))
    if egen is None and jwk.get("kty") == "RSA":
        # Many issuers leave it out, and mean this.
        egen = angiven if angiven in _RSA else "RS256"
    if egen is None or angiven not in (None, egen):
        tillatna = ", ".join(sorted(ALGORITMER))
        raise _Duger(f"nyckeln {kid} är inte för någon av algoritmerna {tillatna}.")
    return egen
