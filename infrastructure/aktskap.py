"""The filing cabinet: every file's data key, and the personal part of events sealed and opened with it.

A personal part is sealed for its place (the event's id and its stream), so that nothing sealed can be moved to another
event without being found out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from eventsourcing.persistence import MapperDeserialisationError
from sqlalchemy import Connection, and_, func, insert, or_, select

from domain.fel import AktenArGallrad
from infrastructure.identitetslasning import identitet_ur
from infrastructure.keyring import Datanyckel, NyckelnPassarInte, NyckelnSaknas, Nyckelring
from infrastructure.nyckelprov import krav_pa_nyaste
from infrastructure.rows import Flerradssats, Uppslag
from infrastructure.tables import akter, handelser

AKTEN = func.coalesce(handelser.c.akt, handelser.c.strom)
"""The file that a row of the log belongs to."""

PERSONDELEN_BORTA = and_(
    handelser.c.hemligt.is_(None), or_(handelser.c.hemligt_atagande.is_not(None), handelser.c.salt.is_(None))
)
"""Whether a row of the log has had a personal part that is gone."""

_FLEST_I_MINNET = 20_000
_INFOGA = Flerradssats(insert(akter), akter.c.keys())
_AKTER = Uppslag(select(akter.c.akt, akter.c.nyckel), akter.c.akt)


class Fack(NamedTuple):
    """Where a personal part lies: its file, its event and the stream of the event."""

    akt: UUID
    handelse_id: UUID
    strom: UUID

    @property
    def plats(self) -> bytes:
        """Return what a sealed part is bound to."""
        return self.handelse_id.bytes + self.strom.bytes


class Aktskap:
    """The keys of one write transaction; a file without a key gets one."""

    def __init__(self, forbindelse: Connection, ring: Nyckelring) -> None:
        """Use a connection that holds the write lock."""
        self._forbindelse = forbindelse
        self._ring = ring
        self._nycklar: dict[int, Datanyckel] = {}

    def forsegla(self, delar: Iterable[tuple[Fack, bytes]]) -> list[bytes]:
        """Return personal parts sealed, in order.

        Raises:
            AktenArGallrad: a file has been erased.
        """
        alla = list(delar)
        self._hamta({fack.akt.int: fack.akt for fack, _ in alla})
        return [self._nycklar[fack.akt.int].forsegla(text, fack.plats) for fack, text in alla]

    def _hamta(self, sokta: dict[int, UUID]) -> None:
        if len(self._nycklar) > _FLEST_I_MINNET:
            self._nycklar.clear()
        saknas = [akt for nummer, akt in sokta.items() if nummer not in self._nycklar]
        for rad, nyckel in _AKTER.rader(self._forbindelse, saknas):
            akt = identitet_ur(rad)
            if nyckel is None:
                raise AktenArGallrad(akt=akt)
            self._nycklar[akt.int] = self._ring.oppna_nyckel(nyckel, akt)
        nya = {akt: self._ring.ny_nyckel(akt) for akt in saknas if akt.int not in self._nycklar}
        if nya:
            krav_pa_nyaste(self._forbindelse, self._ring)
        _INFOGA.kor(self._forbindelse, [(akt.hex, nyckel.lindad, None) for akt, nyckel in nya.items()])
        self._nycklar.update((akt.int, nyckel) for akt, nyckel in nya.items())


def oppna(ring: Nyckelring, nyckel: bytes, fack: Fack, forseglat: bytes, position: int) -> bytes:
    """Return a sealed personal part.

    Raises:
        NyckelnSaknas: the key-encryption key has been changed since the ring was read.
        MapperDeserialisationError: the key does not open it: it is damaged, or sealed for another place.
    """
    try:
        return ring.oppna_nyckel(nyckel, fack.akt).bryt(forseglat, fack.plats)
    except NyckelnSaknas:
        raise
    except NyckelnPassarInte as fel:
        msg = f"Händelsen på position {position} kan inte öppnas: den personliga delen är skadad eller en annans."
        raise MapperDeserialisationError(msg) from fel
