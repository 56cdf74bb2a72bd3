"""The key ring: the secrets that stay outside the database, and what they open inside it.

A ring holds one search secret and one or more key-encryption keys. Each file of a person (``akt``) has a data key of
its own in the database, wrapped by the newest key-encryption key; whoever has the database alone reads nothing
personal, and a data key that is overwritten takes what it sealed with it. The search secret makes a pseudonym findable
by the identity it stands for: a keyed hash, since a plain one of an identity can be guessed.

The form of a sealed text is a nonce (12 random bytes) followed by AES-256-GCM's ciphertext and tag. A wrapped secret is
that, preceded by the name of the key (4 bytes). A data key seals the few texts of one file and a key-encryption key
some millions of keys: random nonces do not meet within that (NIST SP 800-38D allows 2³²).
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid4

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.ports import OsakerDatabas

NYCKELLANGD = 32
NONCELANGD = 12
_NAMNLANGD = 4
_PROV = b"liggare/nyckelring/1"
_BARA_AGAREN = 0o600
_ANDRAS = 0o077
_OPPNADE_I_MINNET = 16_384
"""Opened keys that are kept, of three kilobytes each: those of a large municipality's persons for some years."""


class NyckelnPassarInte(Exception):
    """What is sealed was not sealed by this key, for this place, or has been changed since."""


class NyckelnSaknas(NyckelnPassarInte, OsakerDatabas):
    """A secret is wrapped by a key that the ring does not have: somebody has changed it since the ring was read."""

    def __init__(self) -> None:
        """Say what to do about it."""
        OsakerDatabas.__init__(self, "nyckelringen", "äldre än liggarens: nyckeln har bytts", "liggarens; starta om")


@dataclass(frozen=True, slots=True, repr=False)
class Datanyckel:
    """An opened key of one file, and how it is kept in the database."""

    lindad: bytes
    _oppen: AESGCM

    def forsegla(self, klartext: bytes, plats: bytes) -> bytes:
        """Return a text sealed for one place in the ledger."""
        nonce = os.urandom(NONCELANGD)
        return nonce + self._oppen.encrypt(nonce, klartext, plats)

    def bryt(self, forseglad: bytes, plats: bytes) -> bytes:
        """Return a sealed text.

        Raises:
            NyckelnPassarInte: it was sealed by another key, for another place, or is damaged.
        """
        return _oppna(self._oppen, forseglad, plats)


class Nyckelring:
    """The secrets outside the database."""

    def __init__(self, sok: bytes, nycklar: Sequence[bytes]) -> None:
        """Use a search secret and key-encryption keys, the newest first; 32 bytes each."""
        self._sok = sok
        self._nycklar = {_namn(nyckel): AESGCM(nyckel) for nyckel in nycklar}
        self._nyast = _namn(nycklar[0])
        # By how they are kept, so that a key is never used after it has been overwritten in the database.
        self.oppna_nyckel = lru_cache(maxsize=_OPPNADE_I_MINNET)(self._oppna_nyckel)

    @classmethod
    def ny(cls) -> Nyckelring:
        """Return a ring of new secrets that is kept nowhere: for a ledger in memory."""
        return cls(os.urandom(NYCKELLANGD), [os.urandom(NYCKELLANGD)])

    def sokvarde(self, slag: str, identitet: UUID) -> bytes:
        """Return what an identity of some kind is found by."""
        return hmac.digest(self._sok, slag.encode() + identitet.bytes, "sha256")

    def avtryck(self, avtryck: bytes) -> bytes:
        """Return a hash of something personal as a keyed hash: without the ring it says nothing and is not guessed."""
        return hmac.digest(self._sok, b"avtryck" + avtryck, "sha256")

    def ny_nyckel(self, akt: UUID) -> Datanyckel:
        """Return a new data key for a file."""
        nyckel = os.urandom(NYCKELLANGD)
        return Datanyckel(self.linda(nyckel, akt.bytes), AESGCM(nyckel))

    def _oppna_nyckel(self, lindad: bytes, akt: UUID) -> Datanyckel:
        """Return a file's data key as it is kept in the database.

        Raises:
            NyckelnPassarInte: the ring does not open it, or it is another file's.
        """
        return Datanyckel(lindad, AESGCM(self.linda_upp(lindad, akt.bytes)))

    def linda(self, hemlighet: bytes, plats: bytes) -> bytes:
        """Return a secret wrapped for one place in the database."""
        nonce = os.urandom(NONCELANGD)
        return self._nyast + nonce + self._nycklar[self._nyast].encrypt(nonce, hemlighet, plats)

    def linda_upp(self, lindad: bytes, plats: bytes) -> bytes:
        """Return a wrapped secret.

        Raises:
            NyckelnSaknas: it is wrapped by a key that the ring does not have.
            NyckelnPassarInte: the ring does not open it.
        """
        nyckel = self._nycklar.get(lindad[:_NAMNLANGD])
        if nyckel is None:
            raise NyckelnSaknas
        return _oppna(nyckel, lindad[_NAMNLANGD:], plats)

    def ar_nyast(self, lindad: bytes) -> bool:
        """Return whether a secret is wrapped by the newest key-encryption key."""
        return lindad[:_NAMNLANGD] == self._nyast

    @property
    def antal_nycklar(self) -> int:
        """Return how many key-encryption keys the ring has: more than one while they are being changed."""
        return len(self._nycklar)

    @property
    def nyastes_namn(self) -> bytes:
        """Return what a secret begins with that is wrapped by the newest key-encryption key."""
        return self._nyast

    def prov(self) -> bytes:
        """Return what a ledger keeps in order to know its ring again."""
        return self.linda(self.avtryck(_PROV), _PROV)

    def kanns_igen(self, prov: bytes) -> bool:
        """Return whether this is the ring that a ledger was made with; a damaged file may hold any proof."""
        try:
            return hmac.compare_digest(self.linda_upp(prov, _PROV), self.avtryck(_PROV))
        except (NyckelnPassarInte, TypeError):
            return False


def _namn(nyckel: bytes) -> bytes:
    return hmac.digest(nyckel, b"namn", "sha256")[:_NAMNLANGD]


def _oppna(nyckel: AESGCM, forseglad: bytes, plats: bytes) -> bytes:
    try:
        return nyckel.decrypt(forseglad[:NONCELANGD], forseglad[NONCELANGD:], plats)
    except (InvalidTag, ValueError) as fel:
        raise NyckelnPassarInte from fel


def las_nyckelfil(fil: Path) -> Nyckelring:
    """Return the ring in a file.

    Raises:
        OsakerDatabas: the file is missing, others may read it, or it holds no ring.
    """
    return Nyckelring(*_hemligheterna(fil))


def _hemligheterna(fil: Path) -> tuple[bytes, list[bytes]]:
    """Return the search secret and the key-encryption keys in a file."""
    try:
        rattigheter = fil.stat().st_mode
        if rattigheter & _ANDRAS:
            raise OsakerDatabas("nyckelfil", f"{fil} läsbar för andra", f"läsbar bara för sin ägare (chmod 600 {fil})")
        innehall = orjson.loads(fil.read_bytes())
        sok, *nycklar = (base64.b64decode(text, validate=True) for text in (innehall["sok"], *innehall["nycklar"]))
    except FileNotFoundError:
        raise OsakerDatabas("nyckelfil", f"{fil}, som inte finns", "liggarens nyckelfil") from None
    except (ValueError, KeyError, TypeError, binascii.Error) as fel:
        raise OsakerDatabas("nyckelfil", str(fil), "en nyckelfil som liggaren har skrivit") from fel
    if not nycklar or any(len(hemlighet) != NYCKELLANGD for hemlighet in (sok, *nycklar)):
        raise OsakerDatabas("nyckelfil", str(fil), "en nyckelfil med hela nycklar")
    return sok, nycklar


def skapa_nyckelfil(fil: Path) -> Nyckelring:
    """Write a file with a ring of new secrets, readable by its owner only, and return the ring.

    It is whole and on disk before it has its name: what is sealed with a key that a power cut takes is lost for good.

    Raises:
        FileExistsError: the file exists; a key is never overwritten.
    """
    utkast = _utkast(fil, os.urandom(NYCKELLANGD), [os.urandom(NYCKELLANGD)])
    try:
        os.link(utkast, fil)
    finally:
        utkast.unlink()
    _synka_mappen(fil)
    return las_nyckelfil(fil)


def lagg_till_nyckel(fil: Path) -> Nyckelring:
    """Put a new key-encryption key first in a file's ring, beside those it has, and return the ring."""
    sok, nycklar = _hemligheterna(fil)
    return _skriv_over(fil, sok, [os.urandom(NYCKELLANGD), *nycklar])


def behall_nyaste(fil: Path) -> Nyckelring:
    """Destroy all key-encryption keys in a file but the newest, and return the ring.

    Nothing wrapped by them may be left in the database: it would be lost.
    """
    sok, nycklar = _hemligheterna(fil)
    return _skriv_over(fil, sok, nycklar[:1])


def _skriv_over(fil: Path, sok: bytes, nycklar: Sequence[bytes]) -> Nyckelring:
    _utkast(fil, sok, nycklar).replace(fil)
    _synka_mappen(fil)
    return las_nyckelfil(fil)


def _utkast(fil: Path, sok: bytes, nycklar: Sequence[bytes]) -> Path:
    """Return a file beside another one with a ring that is whole and on disk."""
    utkast = fil.with_name(f"{fil.name}.{uuid4().hex}")
    ringen = {"sok": base64.b64encode(sok).decode(), "nycklar": [base64.b64encode(n).decode() for n in nycklar]}
    with os.fdopen(os.open(utkast, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _BARA_AGAREN), "wb") as oppen:
        oppen.write(orjson.dumps(ringen, option=orjson.OPT_INDENT_2))
        oppen.flush()
        os.fsync(oppen.fileno())
    return utkast


def _synka_mappen(fil: Path) -> None:
    mapp = os.open(fil.parent, os.O_RDONLY)
    try:
        os.fsync(mapp)
    finally:
        os.close(mapp)
