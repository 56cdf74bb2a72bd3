"""Reading a bearer token: a signed JWT as access token (RFC 9068), read strictly.

The library verifies the signature and nothing else. What the heading and the claims may say is decided here, since
a token is refused wherever readers could understand it differently: a key twice, a heading that brings its own key.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import jwt

from application.behorighet.behorig import Behorig, UppgiftenDugerInte, behorig_av
from interfaces.http.behorighet.nycklar import ALGORITMER, Nyckel, Nyckelfil

STORSTA_TOKEN = 8 * 1024
"""Bytes of a token."""

TOLERANS = 60
"""Seconds that the clocks of the issuer and of this machine may differ."""

LANGSTA_LIV = 24 * 3600
"""Seconds from that a token is issued until it expires, at most: a right that is taken away is gone by then."""

_FORM = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_TYPER = ("at+jwt", "application/at+jwt")
_HUVUDET = frozenset(("alg", "kid", "typ", "x5t", "x5t#S256"))
_JWS = jwt.PyJWS(algorithms=sorted(ALGORITMER))


class TokenDugerInte(Exception):
    """The token is not accepted."""

    def __init__(self, kod: str, mening: str) -> None:
        """Give the stable name of the reason, and the sentence."""
        super().__init__(mening)
        self.kod = kod


@dataclass(frozen=True, slots=True)
class Tokenlasare:
    """Reads tokens of one issuer for one resource.

    Attributes:
        utgivare: who must have issued it (``iss``).
        resurs: whom it must be meant for (``aud``): this server, as the issuer knows it.
    """

    utgivare: str
    resurs: str
    nyckelfil: Nyckelfil
    klocka: Callable[[], datetime]

    def las(self, token: str) -> Behorig:
        """Return who a token says that its holder is.

        Raises:
            TokenDugerInte: it is malformed, not signed by a known key, not for now, not for here, or says too little.
            NycklarnaGarInte: there are no keys to hold it against.
        """
        if len(token) > STORSTA_TOKEN:
            raise TokenDugerInte("for-stor", f"Token får vara högst {STORSTA_TOKEN} tecken.")
        if not _FORM.fullmatch(token):
            raise TokenDugerInte("form", "Token ska vara en undertecknad JWT: tre delar med punkt emellan.")
        nyckel = self._nyckeln(_objekt(_avkodat(token.split(".", 1)[0]), "huvud"))
        ansprak = _undertecknat(token, nyckel)
        self._granska(ansprak)
        try:
            behorig = behorig_av(*map(ansprak.get, ("sub", "roll", "syfte", "enhet")))
        except UppgiftenDugerInte as fel:
            raise TokenDugerInte(fel.falt, str(fel)) from None
        return replace(behorig, galler_till=datetime.fromtimestamp(ansprak["exp"] + TOLERANS, UTC))

    def _nyckeln(self, huvud: Mapping[str, Any]) -> Nyckel:
        framfor_allt = huvud.keys() - _HUVUDET
        if framfor_allt:
            raise TokenDugerInte("huvud", "Tokens huvud får bara ha alg, kid och typ.")
        typ = huvud.get("typ")
        if not isinstance(typ, str) or typ.lower() not in _TYPER:
            raise TokenDugerInte("typ", "Token ska vara av typen at+jwt; en id-token duger inte.")
        kid = huvud.get("kid")
        nyckel = self.nyckelfil.nycklar().get(kid) if isinstance(kid, str) else None
        if nyckel is None:
            raise TokenDugerInte("kid", "Token är inte undertecknad med någon känd nyckel (kid).")
        if huvud.get("alg") != nyckel.algoritm:
            raise TokenDugerInte("alg", "Tokens algoritm (alg) är inte nyckelns.")
        return nyckel

    def _granska(self, ansprak: Mapping[str, Any]) -> None:
        if ansprak.get("iss") != self.utgivare:
            raise TokenDugerInte("iss", "Token är utgiven av någon annan (iss).")
        aud = ansprak.get("aud")
        if self.resurs not in (aud if isinstance(aud, list) else [aud]):
            raise TokenDugerInte("aud", "Token är inte avsedd för den här tjänsten (aud).")
        nu = self.klocka().timestamp()
        slut, utgiven = _tid(ansprak, "exp"), _tid(ansprak, "iat")
        if nu >= slut + TOLERANS:
            raise TokenDugerInte("exp", "Token har gått ut (exp).")
        if utgiven > nu + TOLERANS or ("nbf" in ansprak and _tid(ansprak, "nbf") > nu + TOLERANS):
            raise TokenDugerInte("nbf", "Token gäller inte än (nbf, iat).")
        if not 0 < slut - utgiven <= LANGSTA_LIV:
            raise TokenDugerInte("livstid", f"Token får gälla högst {LANGSTA_LIV // 3600} timmar (iat till exp).")


@lru_cache(maxsize=1024)
def _undertecknat(token: str, nyckel: Nyckel) -> Mapping[str, Any]:
    """Return the claims of a token that a key has signed.

    Remembered, since a client shows the same token for hours and the signature takes a third of the time to let it in.
    Nothing else of a token is: a key that is taken away, or read anew, takes what is remembered with it, and whether
    the claims hold is asked each time.

    Raises:
        TokenDugerInte: it has not, or they are no claims; that is not remembered.
    """
    try:
        innehall = _JWS.decode(token, nyckel.publik, algorithms=[nyckel.algoritm])
    except jwt.exceptions.PyJWTError:
        raise TokenDugerInte("underskrift", "Tokens underskrift stämmer inte.") from None
    return MappingProxyType(_objekt(innehall, "innehåll"))


def _tid(ansprak: Mapping[str, Any], namn: str) -> float:
    varde = ansprak.get(namn)
    if isinstance(varde, bool) or not isinstance(varde, int | float) or not abs(varde) < 2**53:
        raise TokenDugerInte(namn, f"Token saknar {namn}, eller så är det ingen tidpunkt.")
    return float(varde)


def _avkodat(del_: str) -> bytes:
    return urlsafe_b64decode(del_ + "=" * (-len(del_) % 4)) if len(del_) % 4 != 1 else b""


def _objekt(text: bytes, vad: str) -> dict[str, Any]:
    """Return a JSON object that every reader understands alike."""
    try:
        data = json.loads(text.decode("utf-8"), object_pairs_hook=_utan_dubbletter, parse_constant=_ingen_konstant)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise TokenDugerInte("json", f"Tokens {vad} ska vara ett JSON-objekt i UTF-8, utan samma nyckel två gånger.")
    return data


def _utan_dubbletter(par: list[tuple[str, Any]]) -> dict[str, Any]:
    objekt = dict(par)
    if len(objekt) != len(par):
        raise ValueError
    return objekt


def _ingen_konstant(namn: str) -> Any:
    raise ValueError(namn)
