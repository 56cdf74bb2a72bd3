"""An issuer for the tests: keys of every kind, a file of them, and tokens with anything in them."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

UTGIVARE = "https://inloggning.example/"
RESURS = "https://liggare.example"

Json = dict[str, Any]


@cache
def privat(slag: str) -> Any:
    """Return a private key of a kind, the same each time: making them takes time."""
    match slag:
        case "EdDSA" | "annan":
            return ed25519.Ed25519PrivateKey.generate()
        case "ES256":
            return ec.generate_private_key(ec.SECP256R1())
        case "P-384":
            return ec.generate_private_key(ec.SECP384R1())
        case "kort":
            return rsa.generate_private_key(65537, 1024)
        case _:
            return rsa.generate_private_key(65537, 2048)


def jwk(slag: str, kid: str, *, hemlig: bool = False, **annat: Any) -> Json:
    nyckel = privat(slag) if hemlig else privat(slag).public_key()
    match slag:
        case "EdDSA" | "annan":
            data = OKPAlgorithm.to_jwk(nyckel, as_dict=True)
        case "ES256" | "P-384":
            data = ECAlgorithm.to_jwk(nyckel, as_dict=True)
        case _:
            data = RSAAlgorithm.to_jwk(nyckel, as_dict=True)
    return {namn: varde for namn, varde in {**data, "kid": kid, **annat}.items() if namn != "key_ops"}


def skriv_nycklar(fil: Path, *nycklar: Json) -> Path:
    fil.write_text(json.dumps({"keys": list(nycklar)}), encoding="utf-8")
    return fil


def nycklar_av_varje_slag() -> list[Json]:
    return [jwk("EdDSA", "ed"), jwk("ES256", "es"), jwk("RS256", "rs"), jwk("PS256", "ps", alg="PS256")]


def b64(data: bytes | Any) -> str:
    ratt = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(ratt).rstrip(b"=").decode()


@dataclass(frozen=True)
class Utgivare:
    """Issues tokens by a clock; every claim and every word of the heading can be another, or None: not there."""

    nu: datetime
    huvud: Mapping[str, Any] = field(default_factory=lambda: {"alg": "EdDSA", "kid": "ed", "typ": "at+jwt"})

    def ansprak(self, **annat: Any) -> Json:
        sekund = int(self.nu.timestamp())
        alla = {
            "iss": UTGIVARE, "aud": RESURS, "sub": "a1b2c3", "iat": sekund, "nbf": sekund, "exp": sekund + 600,
            "roll": "revisor", "syfte": "revision", **annat,
        }  # fmt: skip
        return {namn: varde for namn, varde in alla.items() if varde is not None}

    def token(self, *, nyckel: Any = None, med: Mapping[str, Any] | None = None, **ansprak: Any) -> str:
        huvud = {namn: v for namn, v in {**self.huvud, **(med or {})}.items() if v is not None}
        return self.skriv_under(b64(huvud), b64(self.ansprak(**ansprak)), huvud, nyckel)

    def skriv_under(self, huvud: str, innehall: str, om: Mapping[str, Any], nyckel: Any = None) -> str:
        """Sign whatever it is, by the algorithm of a heading."""
        alg = om.get("alg") if om.get("alg") in jwt.algorithms.get_default_algorithms() else "EdDSA"
        sak = jwt.algorithms.get_default_algorithms()[str(alg)]
        if alg == "none":
            return f"{huvud}.{innehall}."
        signatur = sak.sign(f"{huvud}.{innehall}".encode(), nyckel if nyckel is not None else privat(str(alg)))
        return f"{huvud}.{innehall}.{b64(signatur)}"
