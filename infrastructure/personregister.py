"""The register of persons: which pseudonym stands for whom, and which files are about them.

Outside this register and its key ring nobody knows: events, facts and measures have pseudonyms only. A pseudonym is
random, so that once the link is erased nothing tells who it was, not even whoever has the key ring and guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import Connection, Uuid, bindparam, exists, insert, select

from application.envelope import Kuvert
from domain.personuppgift import KandIdentitet, akt, personfalt
from infrastructure.keyring import Nyckelring
from infrastructure.nyckelprov import krav_pa_nyaste
from infrastructure.rows import Flerradssats, Uppslag, identitet_ur
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
        self._nya: dict[UUID, tuple[KandIdentitet, bytes]] = {}

    def pseudonymer(self, identiteter: Iterable[KandIdentitet]) -> Mapping[KandIdentitet, UUID]:
        """Return the pseudonym of each identity; a new one is stored when an event that has it is."""
        if len(self._kanda) > _FLEST_I_MINNET:
            self._kanda.clear()
        self._nya.clear()
        sokta = {identitet: self._ring.sokvarde(identitet[0].value, identitet[1]) for identitet in identiteter}
        self._hamta([sok for sok in sokta.values() if sok not in self._kanda])
        svar: dict[KandIdentitet, UUID] = {}
        for identitet, sok in sokta.items():
            pseudonym = self._kanda.get(sok)
            if pseudonym is None:
                pseudonym = self._nytt_pseudonym(identitet[1])
                self._nya[pseudonym] = identitet, sok
            svar[identitet] = pseudonym
        return svar

    def _hamta(self, saknas: Sequence[bytes]) -> None:
        svar = _SOK.rader(self._forbindelse, saknas)
        self._kanda.update((sok, identitet_ur(pseudonym)) for sok, pseudonym in svar)

    def skriv(self, kuvert: Sequence[Kuvert]) -> None:
        """Store whom the events of entries are about: pseudonyms that are new, and the files they are about."""
        namngivna = {
            (pseudonym, akt(ett.originator_id, ett.handelse)): None
            for ett in kuvert
            for namn, _ in personfalt(type(ett.handelse)).identiteter
            if (pseudonym := getattr(ett.handelse, namn)) is not None
        }
        if not namngivna:
            return
        nya = {pseudonym: self._nya.pop(pseudonym) for pseudonym, _ in namngivna if pseudonym in self._nya}
        if nya:
            krav_pa_nyaste(self._forbindelse, self._ring)
        _INFOGA.kor(
            self._forbindelse,
            [
                (pseudonym.hex, slag.value, sok, self._ring.linda(identitet.bytes, pseudonym.bytes), None)
                for pseudonym, ((slag, identitet), sok) in nya.items()
            ],
        )
        self._kanda.update((sok, pseudonym) for pseudonym, (_, sok) in nya.items())
        # Only an akt that is named again – a correction – can be here already.
        if len(kuvert) == 1:
            for p, a in namngivna:
                _INFOGA_OM_NY.kor(self._forbindelse, [2 * (p.hex, a.hex)])
            return
        tidigare = _AKTER.rader(self._forbindelse, {en_akt for _, en_akt in namngivna})
        fanns = {(identitet_ur(pseudonym), identitet_ur(en_akt)) for pseudonym, en_akt in tidigare}
        _INFOGA_AKT.kor(self._forbindelse, [(p.hex, a.hex) for p, a in namngivna if (p, a) not in fanns])


def identiteter_av(forbindelse: Connection, ring: Nyckelring, pseudonymer: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Return whom pseudonyms stand for; one whose link has been erased is absent."""
    lankar = ((identitet_ur(rad[0]), rad[1]) for rad in _LANKAR.rader(forbindelse, pseudonymer))
    return {pseudonym: UUID(bytes=ring.linda_upp(lank, pseudonym.bytes)) for pseudonym, lank in lankar}
