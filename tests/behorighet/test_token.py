"""Tokens: those of every allowed kind are read, all others are refused, each for its own reason."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from application.behorighet.behorig import NycklarnaGarInte
from application.behorighet.ord import Roll, Syfte
from interfaces.http.behorighet import utgivare
from interfaces.http.behorighet.nycklar import Nyckelfil
from interfaces.http.behorighet.token import LANGSTA_LIV, STORSTA_TOKEN, TOLERANS, TokenDugerInte, Tokenlasare
from tests.behorighet.nyckelknippa import (
    RESURS,
    UTGIVARE,
    Utgivare,
    b64,
    jwk,
    nycklar_av_varje_slag,
    privat,
    skriv_nycklar,
)

NU = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
U = Utgivare(NU)
S = int(NU.timestamp())


@pytest.fixture
def fil(tmp_path: Path) -> Path:
    return skriv_nycklar(tmp_path / "jwks.json", *nycklar_av_varje_slag())


@pytest.fixture
def lasare(fil: Path) -> Tokenlasare:
    return Tokenlasare(UTGIVARE, RESURS, Nyckelfil(fil), lambda: NU)


def _hemlighet() -> bytes:
    """Return the public key as text, which whoever mixes up algorithms takes for a shared secret."""
    publik: bytes = privat("RS256").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return publik


def _hs(**med: Any) -> str:
    huvud, innehall = b64({"alg": "HS256", "kid": "rs", "typ": "at+jwt", **med}), b64(U.ansprak())
    return f"{huvud}.{innehall}.{b64(hmac.digest(_hemlighet(), f'{huvud}.{innehall}'.encode(), hashlib.sha256))}"


def _ratt(huvud: bytes | None = None, innehall: bytes | None = None) -> str:
    """Return a token whose parts are these bytes, rightly signed."""
    om = {"alg": "EdDSA"}
    forsta = b64(huvud if huvud is not None else dict(U.huvud))
    return U.skriv_under(forsta, b64(innehall if innehall is not None else U.ansprak()), om)


def _andrad(**annat: Any) -> str:
    """Return a token whose claims were changed after it was signed."""
    huvud, _, signatur = U.token().split(".")
    return f"{huvud}.{b64(U.ansprak(**annat))}.{signatur}"


OBEHORIGA: dict[str, tuple[str, Callable[[], str]]] = {
    # Not a signed JWT at all
    "tom": ("form", lambda: ""),
    "ett ord": ("form", lambda: "hemligt"),
    "två delar": ("form", lambda: U.token().rpartition(".")[0]),
    "fyra delar": ("form", lambda: U.token() + ".x"),
    "fem delar (krypterad)": ("form", lambda: "a.b.c.d.e"),
    "utan underskrift": ("form", lambda: U.token().rpartition(".")[0] + "."),
    "med utfyllnad": ("form", lambda: U.token() + "=="),
    "vanlig base64": ("form", lambda: "ab+/." * 2 + "x"),
    "med blanksteg": ("form", lambda: U.token().replace(".", " .", 1)),
    "å i tokenen": ("form", lambda: "å" + U.token()),
    "för stor": ("for-stor", lambda: U.token(extra="x" * STORSTA_TOKEN)),
    "huvudet är ingen json": ("json", lambda: _ratt(b"inte json")),
    "huvudet är en lista": ("json", lambda: _ratt(b"[]")),
    "huvudet är inte utf-8": ("json", lambda: _ratt(b'{"alg":"\xff"}')),
    "huvudets längd går inte ut": ("json", lambda: "abcde." + U.token().split(".", 1)[1]),
    # The algorithm and the key
    "alg none": ("alg", lambda: U.token(med={"alg": "none"}) + "AA"),
    "alg NoNe": ("alg", lambda: U.token(med={"alg": "NoNe"})),
    "alg saknas": ("alg", lambda: U.token(med={"alg": None})),
    "alg två gånger": ("json", lambda: _ratt(b'{"alg":"none","alg":"EdDSA","kid":"ed","typ":"at+jwt"}')),
    "HS256 med den publika nyckeln": ("alg", _hs),
    "RS256 med en PS256-nyckel": ("alg", lambda: U.token(med={"alg": "RS256", "kid": "ps"}, nyckel=privat("PS256"))),
    "ES256 med en Ed25519-nyckel": ("alg", lambda: U.token(med={"alg": "ES256"})),
    "ES384": ("alg", lambda: U.token(med={"alg": "ES384", "kid": "es"}, nyckel=privat("P-384"))),
    "kid saknas": ("kid", lambda: U.token(med={"kid": None})),
    "okänd kid": ("kid", lambda: U.token(med={"kid": "finns-inte"})),
    "kid är en sökväg": ("kid", lambda: U.token(med={"kid": "../../dev/null"})),
    "kid är sql": ("kid", lambda: U.token(med={"kid": "x' UNION SELECT 'k"})),
    "kid är en lista": ("kid", lambda: U.token(med={"kid": ["ed"]})),
    "egen nyckel i huvudet (jwk)": ("huvud", lambda: U.token(med={"jwk": jwk("annan", "x")}, nyckel=privat("annan"))),
    "jku": ("huvud", lambda: U.token(med={"jku": "https://ond.example/jwks"})),
    "x5u": ("huvud", lambda: U.token(med={"x5u": "https://ond.example/kedja"})),
    "x5c": ("huvud", lambda: U.token(med={"x5c": ["MIIB"]})),
    "crit": ("huvud", lambda: U.token(med={"crit": ["exp"], "exp": 1})),
    "b64": ("huvud", lambda: U.token(med={"b64": False, "crit": ["b64"]})),
    "zip": ("huvud", lambda: U.token(med={"zip": "DEF"})),
    "cty (token i token)": ("huvud", lambda: U.token(med={"cty": "JWT"})),
    # The signature
    "annan nyckel": ("underskrift", lambda: U.token(nyckel=privat("annan"))),
    "ändrad roll": ("underskrift", lambda: _andrad(roll="internkontroll", syfte="internkontroll")),
    "ändrad tid": ("underskrift", lambda: _andrad(exp=S + 9999)),
    "avkortad underskrift": ("underskrift", lambda: U.token()[:-8]),
    "nollad underskrift": ("underskrift", lambda: U.token().rpartition(".")[0] + "." + b64(bytes(64))),
    "en annan tokens underskrift": (
        "underskrift", lambda: U.token().rpartition(".")[0] + "." + U.token(sub="x").rpartition(".")[2],
    ),
    # Which kind of token
    "id-token": ("typ", lambda: U.token(med={"typ": "JWT"})),
    "typ saknas": ("typ", lambda: U.token(med={"typ": None})),
    "logout-token": ("typ", lambda: U.token(med={"typ": "logout+jwt"})),
    # For whom, by whom, when
    "annan utgivare": ("iss", lambda: U.token(iss="https://ond.example/")),
    "utgivare utan snedstreck": ("iss", lambda: U.token(iss=UTGIVARE.rstrip("/"))),
    "utgivare saknas": ("iss", lambda: U.token(iss=None)),
    "utgivare i en lista": ("iss", lambda: U.token(iss=[UTGIVARE])),
    "annan mottagare": ("aud", lambda: U.token(aud="https://annat.example")),
    "mottagare saknas": ("aud", lambda: U.token(aud=None)),
    "mottagare som början": ("aud", lambda: U.token(aud=RESURS + ".ond.example")),
    "mottagare i en lista i en lista": ("aud", lambda: U.token(aud=[[RESURS]])),
    "utgången": ("exp", lambda: U.token(iat=S - 900, nbf=None, exp=S - TOLERANS)),
    "exp saknas": ("exp", lambda: U.token(exp=None)),
    "exp är text": ("exp", lambda: U.token(exp=str(S + 60))),
    "exp är sant": ("exp", lambda: U.token(exp=True)),
    "exp utan ände": ("json", lambda: _ratt(innehall=json.dumps(U.ansprak(exp=float("inf"))).encode())),
    "exp är enorm": ("exp", lambda: U.token(exp=10**30)),
    "iat saknas": ("iat", lambda: U.token(iat=None)),
    "gäller inte än": ("nbf", lambda: U.token(nbf=S + TOLERANS + 1)),
    "utgiven i framtiden": ("nbf", lambda: U.token(iat=S + TOLERANS + 1, nbf=None)),
    "för lång livstid": ("livstid", lambda: U.token(exp=S + LANGSTA_LIV + 1)),
    "slutar före den börjar": ("livstid", lambda: U.token(iat=S + 30, nbf=None, exp=S + 20)),
    # What it says of its holder
    "innehållet är ingen json": ("json", lambda: _ratt(innehall=b"\x00\x01")),
    "innehållet är en lista": ("json", lambda: _ratt(innehall=b"[1]")),
    "roll två gånger": (
        "json", lambda: _ratt(innehall=json.dumps(U.ansprak()).encode()[:-1] + b',"roll":"internkontroll"}'),
    ),
    "bottenlöst innehåll": ("json", lambda: _ratt(innehall=b"[" * 5000)),
    "sub saknas": ("sub", lambda: U.token(sub=None)),
    "sub är ett tal": ("sub", lambda: U.token(sub=17)),
    "sub är tomt": ("sub", lambda: U.token(sub="")),
    "sub är ett personnummer": ("sub", lambda: U.token(sub="19121212-1212")),
    "sub rymmer ett personnummer": ("sub", lambda: U.token(sub="user:121212+1212")),
    "sub är en e-postadress": ("sub", lambda: U.token(sub="anna@kommun.example")),
    "sub med radbyte": ("sub", lambda: U.token(sub="a\nb")),
    "sub för långt": ("sub", lambda: U.token(sub="a" * 101)),
    "roll saknas": ("roll", lambda: U.token(roll=None)),
    "okänd roll": ("roll", lambda: U.token(roll="admin")),
    "flera roller": ("roll", lambda: U.token(roll=["revisor", "internkontroll"])),
    "roll med stor bokstav": ("roll", lambda: U.token(roll="Revisor")),
    "syfte saknas": ("syfte", lambda: U.token(syfte=None)),
    "okänt syfte": ("syfte", lambda: U.token(syfte="nyfikenhet")),
    "rollens syfte är ett annat": ("syfte", lambda: U.token(syfte="handlaggning")),
    "enhet saknas": ("enhet", lambda: U.token(roll="registrerare", syfte="handlaggning")),
    "enhet är tom": ("enhet", lambda: U.token(roll="registrerare", syfte="handlaggning", enhet="")),
    "inga enheter": ("enhet", lambda: U.token(roll="registrerare", syfte="handlaggning", enhet=[])),
    "för många enheter": (
        "enhet", lambda: U.token(roll="registrerare", syfte="handlaggning", enhet=["Enheten"] * 30),
    ),
    "enhet är ett objekt": ("enhet", lambda: U.token(roll="registrerare", syfte="handlaggning", enhet={"a": 1})),
    "enhet för en roll utan enhet": ("enhet", lambda: U.token(enhet="Barngruppen")),
}  # fmt: skip
"""Tokens that are refused, by what is wrong with them, each with the reason it is refused for."""


def test_det_finns_fler_an_fyrtio_fientliga_token() -> None:
    assert len(OBEHORIGA) >= 40


@pytest.mark.parametrize("namn", OBEHORIGA)
def test_tokenen_vagras_med_sitt_skal(namn: str, lasare: Tokenlasare) -> None:
    kod, gor = OBEHORIGA[namn]
    with pytest.raises(TokenDugerInte) as fangat:
        lasare.las(gor())
    assert fangat.value.kod == kod
    assert str(fangat.value).endswith(".")


@pytest.mark.parametrize(("kid", "alg"), [("ed", "EdDSA"), ("es", "ES256"), ("rs", "RS256"), ("ps", "PS256")])
def test_varje_tillaten_algoritm_tas_emot(kid: str, alg: str, lasare: Tokenlasare) -> None:
    vem = lasare.las(U.token(med={"kid": kid, "alg": alg, "x5t": "abc"}, aud=["https://annat.example", RESURS]))
    assert (vem.subjekt, vem.roll, vem.syfte, vem.enheter) == ("a1b2c3", Roll.REVISOR, Syfte.REVISION, ())


def test_enheterna_foljer_med(lasare: Tokenlasare) -> None:
    token = U.token(roll="registrerare", syfte="handlaggning", enhet=["Norr", "Söder", "Norr"])
    assert lasare.las(token).enheter == ("Norr", "Söder")
    assert lasare.las(U.token(roll="registrerare", syfte="handlaggning", enhet="Norr")).enheter == ("Norr",)


@pytest.mark.parametrize("ansprak", [
    {"iat": S - 900, "nbf": None, "exp": S - TOLERANS + 1}, {"nbf": S + TOLERANS}, {"iat": S + TOLERANS, "nbf": None},
    {"exp": S + LANGSTA_LIV},
])  # fmt: skip
def test_klockorna_far_skilja_en_minut(ansprak: dict[str, Any], lasare: Tokenlasare) -> None:
    assert lasare.las(U.token(**ansprak)).subjekt == "a1b2c3"


# Keys -----------------------------------------------------------------------------------------------------------------


def _ny_fil(fil: Path, *nycklar: dict[str, Any]) -> None:
    """Replace a file in one step, with another time than it had."""
    ny = skriv_nycklar(fil.with_suffix(".ny"), *nycklar)
    tid = fil.stat().st_mtime + 1
    os.utime(ny, (tid, tid))
    ny.replace(fil)


def test_en_ny_nyckel_galler_utan_omstart_och_en_borttagen_inte(fil: Path, lasare: Tokenlasare) -> None:
    gammal, ny = U.token(), U.token(med={"kid": "ny"}, nyckel=privat("annan"))
    with pytest.raises(TokenDugerInte):
        lasare.las(ny)

    _ny_fil(fil, jwk("EdDSA", "ed"), jwk("annan", "ny"))
    assert lasare.las(ny) == lasare.las(gammal)

    _ny_fil(fil, jwk("annan", "ny"))
    assert lasare.las(ny).subjekt == "a1b2c3"
    with pytest.raises(TokenDugerInte):
        lasare.las(gammal)


def test_en_trasig_nyckelfil_slapper_inte_in_nagon(fil: Path, lasare: Tokenlasare) -> None:
    fil.write_text("{", encoding="utf-8")
    with pytest.raises(NycklarnaGarInte):
        lasare.las(U.token())
    fil.unlink()
    with pytest.raises(NycklarnaGarInte):
        lasare.las(U.token())


DALIGA_NYCKLAR: dict[str, list[Any]] = {
    "inga": [],
    "ingen nyckel": ["x"],
    "utan namn": [{"kty": "OKP"}],
    "delad hemlighet": [{"kty": "oct", "k": "c2VjcmV0", "kid": "a"}],
    "privat nyckel": [jwk("EdDSA", "a", hemlig=True)],
    "kort rsa": [jwk("kort", "a")],
    "p-384": [jwk("P-384", "a")],
    "annan algoritm": [jwk("RS256", "a", alg="RS512")],
    "symmetrisk algoritm": [jwk("RS256", "a", alg="HS256")],
    "för kryptering": [jwk("RS256", "a", use="enc")],
    "trasig": [{**jwk("EdDSA", "a"), "x": "AA"}],
    "samma namn två gånger": [jwk("EdDSA", "a"), jwk("annan", "a")],
    "utvecklingsnyckel": [jwk("EdDSA", "utveckling-1")],
}


@pytest.mark.parametrize("namn", DALIGA_NYCKLAR)
def test_nycklar_som_inte_ska_litas_pa_vagras(namn: str, tmp_path: Path) -> None:
    with pytest.raises(NycklarnaGarInte, match=r"jwks\.json"):
        Nyckelfil(skriv_nycklar(tmp_path / "jwks.json", *DALIGA_NYCKLAR[namn]))


# Development ----------------------------------------------------------------------------------------------------------


def test_utvecklingsnyckeln_galler_bara_i_utveckling(tmp_path: Path) -> None:
    fil = utgivare.utvecklingsfil(str(tmp_path / "liggare.db"))
    assert utgivare.se_till_att_nyckeln_finns(fil)
    assert not utgivare.se_till_att_nyckeln_finns(fil)
    assert fil.stat().st_mode & 0o777 == 0o600
    token = utgivare.utge_token(fil, NU, subjekt="jag", roll="registrerare", syfte="handlaggning", enheter=["Norr"])
    sen = NU + timedelta(hours=1)
    vem = Tokenlasare(
        utgivare.UTGIVARE, utgivare.RESURS, Nyckelfil(fil, utveckling=True), lambda: sen
    ).las(token)  # fmt: skip
    assert (vem.subjekt, vem.enheter) == ("jag", ("Norr",))
    with pytest.raises(NycklarnaGarInte, match="utvecklingsnyckel"):
        Nyckelfil(fil)


def test_utan_utvecklingsnyckel_ingen_token(tmp_path: Path) -> None:
    with pytest.raises(NycklarnaGarInte, match="liggare starta --utveckling"):
        utgivare.utge_token(tmp_path / "finns-inte", NU, subjekt="jag", roll="revisor", syfte="revision")


# What is remembered ---------------------------------------------------------------------------------------------------


def test_en_token_som_duger_en_gang_duger_inte_for_alltid(fil: Path) -> None:
    """The signature is remembered and nothing else: time goes on, and a key that is taken away is gone."""
    nu = NU
    lasare, token = Tokenlasare(UTGIVARE, RESURS, Nyckelfil(fil), lambda: nu), U.token()
    assert lasare.las(token) == lasare.las(token)
    nu = NU + timedelta(seconds=600 + TOLERANS)
    with pytest.raises(TokenDugerInte) as fel:
        lasare.las(token)
    assert fel.value.kod == "exp"
    nu = NU
    skriv_nycklar(fil, jwk("annan", "ed"), jwk("ES256", "es"))
    with pytest.raises(TokenDugerInte) as fel:
        lasare.las(token)
    assert fel.value.kod == "underskrift"
