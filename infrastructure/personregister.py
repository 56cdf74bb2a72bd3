"""The register of persons: which pseudonym stands for whom, and which files are about them.

Outside this register and its key ring nobody knows: events, facts and measures have pseudonyms only. A pseudonym is
random, so that once the link is erased nothing tells who it was, not even whoever has the key ring and guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection, Uuid, bindparam, exists, insert, select

from application.envelope import Nedskrift
from domain.personuppgift import KandIdentitet, akt, personfalt
from infrastructure.identitetslasning import identitet_ur
from infrastructure.keyring import Nyckelring
from infrastructure.nyckelprov import krav_pa_nyaste
from infrastructure.rows import Flerradssats, Uppslag
from infrastructure.tables import personakter, personer

_FLEST_I_MINNET = 20_000
_INFOGA = Flerradssats(insert(personer), personer.c.keys())
_INFOGA_AKT = Flerradssats(insert(personakter), personakter.c.keys())
_SOK = Uppslag(select(personer.c.sok, personer.c.pseudonym), personer.c.sok)
_LANKAR = Uppslag(
    select(personer.c.pseudonym, personer.c.lank).where(personer.c.lank.is_not(None)), personer.c.pseudonym
)
_NYA_PAR = (bindparam("pseudonym", type_=Uuid), bindparam("akt", type_=Uuid))
_FINNS = exists().where(*(kolumn == varde for kolumn, varde in zip(personakter.primary_key, _NYA_PAR, strict=True)))
_INFOGA_OM_NY = Flerradssats(
    insert(personakter).from_select(personakter.c.keys(), select(*_NYA_PAR).where(~_FINNS)), 2 * personakter.c.keys()
)
_AKTER = Uppslag(select(personakter.c.pseudonym, personakter.c.akt), personakter.c.akt)


def slumpat_pseudonym(_: UUID) -> UUID:
    """Return a new pseudonym; nothing in it follows from the identity."""
    return uuid4()


class _Ny(NamedTuple):
    """A pseudonym that is not stored yet, and whose it is."""

    pseudonym: UUID
    identitet: KandIdentitet


class Personregister:
    """The register as one write transaction sees it."""

    def __init__(
        self, forbindelse: Connection, ring: Nyckelring, nytt_pseudonym: Callable[[UUID], UUID] = slumpat_pseudonym
    ) -> None:
        """Use a connection that holds the write lock."""
        self._nytt_pseudonym = nytt_pseudonym
        self._forbindelse = forbindelse
        self._ring = ring
        self._kanda: dict[bytes, UUID] = {}
        # New ones, of the latest time some were asked for and of the time before.
        self._nya: dict[bytes, _Ny] = {}
        self._nyss: dict[bytes, _Ny] = {}

    def pseudonymer(self, identiteter: Iterable[KandIdentitet]) -> Mapping[KandIdentitet, UUID]:
        """Return the pseudonym of each identity; see ``application.ports.Skrivning``."""
        if len(self._kanda) > _FLEST_I_MINNET:
            self._kanda.clear()
        self._nyss, self._nya = self._nya, {}
        sokta = {identitet: self._ring.sokvarde(identitet[0].value, identitet[1]) for identitet in identiteter}
        self._hamta([sok for sok in sokta.values() if sok not in self._kanda])
        return {identitet: self._kanda.get(sok) or self._ny(identitet, sok) for identitet, sok in sokta.items()}

    def _ny(self, identitet: KandIdentitet, sok: bytes) -> UUID:
        ny = self._nyss.pop(sok, None) or _Ny(self._nytt_pseudonym(identitet[1]), identitet)
        self._nya[sok] = ny
        return ny.pseudonym

    def _hamta(self, saknas: Sequence[bytes]) -> None:
        svar = _SOK.rader(self._forbindelse, saknas)
        self._kanda.update((sok, identitet_ur(pseudonym)) for sok, pseudonym in svar)

    def skriv(self, kuvert: Sequence[Nedskrift]) -> None:
        """Store whom the events of entries are about: pseudonyms that are new, and the files they are about."""
        namngivna = {
            (pseudonym, akt(ett.originator_id, ett.handelse)): None
            for ett in kuvert
            for namn, _ in personfalt(ett.handelsetyp).identiteter
            if (pseudonym := getattr(ett.handelse, namn)) is not None
        }
        if not namngivna:
            return
        self._skriv_nya({pseudonym for pseudonym, _ in namngivna})
        # Only an akt that is named again – a correction – can be here already.
        if len(kuvert) == 1:
            for p, a in namngivna:
                _INFOGA_OM_NY.kor(self._forbindelse, [2 * (p.hex, a.hex)])
            return
        tidigare = _AKTER.rader(self._forbindelse, {en_akt for _, en_akt in namngivna})
        fanns = {(identitet_ur(pseudonym), identitet_ur(en_akt)) for pseudonym, en_akt in tidigare}
        _INFOGA_AKT.kor(self._forbindelse, [(p.hex, a.hex) for p, a in namngivna if (p, a) not in fanns])

    def _skriv_nya(self, namngivna: Set[UUID]) -> None:
        nya = {sok: ny for sok, ny in (*self._nyss.items(), *self._nya.items()) if ny.pseudonym in namngivna}
        if not nya:
            return
        krav_pa_nyaste(self._forbindelse, self._ring)
        _INFOGA.kor(
            self._forbindelse,
            [
                (pseudonym.hex, slag.value, sok, self._ring.linda(identitet.bytes, pseudonym.bytes), None)
                for sok, (pseudonym, (slag, identitet)) in nya.items()
            ],
        )
        for sok, ny in nya.items():
            self._kanda[sok] = ny.pseudonym
            self._nya.pop(sok, None)
            self._nyss.pop(sok, None)


def lankade(forbindelse: Connection, pseudonymer: Iterable[UUID]) -> Set[UUID]:
    """Return the pseudonyms that still tell whom they stand for."""
    return {identitet_ur(rad[0]) for rad in _LANKAR.rader(forbindelse, pseudonymer)}


def identiteter_av(forbindelse: Connection, ring: Nyckelring, pseudonymer: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Return whom pseudonyms stand for; one whose link has been erased is absent."""
    lankar = ((identitet_ur(rad[0]), rad[1]) for rad in _LANKAR.rader(forbindelse, pseudonymer))
    return {pseudonym: UUID(bytes=ring.linda_upp(lank, pseudonym.bytes)) for pseudonym, lank in lankar}
