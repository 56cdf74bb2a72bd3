"""The register of persons: which pseudonym stands for whom, and which files are about them.

Outside this register and its key ring nobody knows: events, facts and measures have pseudonyms only. A pseudonym is
random, so that once the link is erased nothing tells who it was, not even whoever has the key ring and guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import Connection, bindparam, insert, select

from application.envelope import Kuvert
from domain.personuppgift import KandIdentitet, akt, personfalt
from infrastructure.aktskap import bitar
from infrastructure.keyring import Nyckelring
from infrastructure.rows import Flerradssats
from infrastructure.tables import personakter, personer

_FLEST_I_MINNET = 20_000
_PER_FRAGA = 5_000
_INFOGA = Flerradssats(insert(personer), personer.c.keys())
_INFOGA_AKT = Flerradssats(insert(personakter), personakter.c.keys())
_SOK = select(personer.c.sok, personer.c.pseudonym).where(personer.c.sok.in_(bindparam("sok", expanding=True)))
_LANKAR = select(personer.c.pseudonym, personer.c.lank).where(
    personer.c.pseudonym.in_(bindparam("pseudonymer", expanding=True)), personer.c.lank.is_not(None)
)
_AKTER = select(personakter).where(personakter.c.akt.in_(bindparam("akter", expanding=True)))


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
        for start in range(0, len(saknas), _PER_FRAGA):
            svar = self._forbindelse.execute(_SOK, {"sok": saknas[start : start + _PER_FRAGA]})
            self._kanda.update((sok, pseudonym) for sok, pseudonym in svar)

    def skriv(self, kuvert: Iterable[Kuvert]) -> None:
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
        _INFOGA.kor(
            self._forbindelse,
            [
                (pseudonym.hex, slag.value, sok, self._ring.linda(identitet.bytes, pseudonym.bytes), None)
                for pseudonym, ((slag, identitet), sok) in nya.items()
            ],
        )
        self._kanda.update((sok, pseudonym) for pseudonym, (_, sok) in nya.items())
        # Only an akt that is named again – a correction – can be here already.
        fanns = set[tuple[UUID, UUID]]()
        for del_ in bitar({en_akt for _, en_akt in namngivna}):
            fanns.update((rad.pseudonym, rad.akt) for rad in self._forbindelse.execute(_AKTER, {"akter": del_}))
        _INFOGA_AKT.kor(self._forbindelse, [(p.hex, a.hex) for p, a in namngivna if (p, a) not in fanns])


def identiteter_av(forbindelse: Connection, ring: Nyckelring, pseudonymer: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Return whom pseudonyms stand for; one whose link has been erased is absent."""
    svar: dict[UUID, UUID] = {}
    for del_ in bitar(pseudonymer):
        for pseudonym, lank in forbindelse.execute(_LANKAR, {"pseudonymer": del_}):
            svar[pseudonym] = UUID(bytes=ring.linda_upp(lank, pseudonym.bytes))
    return svar
