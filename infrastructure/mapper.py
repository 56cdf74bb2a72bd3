"""Between envelopes and stored events.

Our own mapper, for three reasons: the library's transcoder refuses ``FakeDatetime`` (freezegun) and plain dates, the
documented pydantic mapper does not upcast, and the stored name must be the literal we own and not a module path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, MapperDeserialisationError, StoredEvent

from application.envelope import Aktor, Forslag, Kuvert
from domain.begrepp import Samling
from domain.fel import Regelbrott
from domain.handelse import HANDELSETYPER, Handelse
from domain.katalog import las_version
from domain.tid import mikrosekunder, ogonblick_av
from infrastructure.rows import identitet_ur
from infrastructure.tables import handelser


class Radutkast(NamedTuple):
    """What a row of the log says before the ledger has given it position, time and leaf; in the order of its columns.

    The one form that everything is written from. An envelope becomes it without a ``LagradHandelse`` on the way, which
    with its fourteen guarded attributes costs as much as serialising the event.
    """

    strom: UUID
    stromversion: int
    samling: str
    typ: str
    schemaversion: int
    datum: int
    registrerad: int | None
    handelse_id: UUID
    rattar: UUID | None
    aktor: str
    roll: str
    kalla: str | None
    extern_id: str | None
    innehall: bytes


@dataclass(frozen=True)
class LagradHandelse(StoredEvent):
    """A stored event with the columns the ledger keeps beside the library's four."""

    samling: str
    schemaversion: int
    datum: int
    handelse_id: UUID
    rattar: UUID | None
    aktor: str
    roll: str
    kalla: str | None
    extern_id: str | None
    registrerad: int | None
    position: int = 0
    infort: int | None = None
    lov: bytes = b""

    @classmethod
    def av_rad(cls, rad: Sequence[Any]) -> LagradHandelse:
        """Return a row of the log: the values of ``LASTA``, identities as the driver gives them."""
        lagrad = cls.__new__(cls)
        # Seventeen guarded attributes set one by one take longer than to validate the payload.
        falt = vars(lagrad)
        falt.update(zip(_FALT, rad, strict=True))
        falt["originator_id"] = identitet_ur(falt["originator_id"])
        falt["handelse_id"] = identitet_ur(falt["handelse_id"])
        if falt["rattar"] is not None:
            falt["rattar"] = identitet_ur(falt["rattar"])
        return lagrad

    @classmethod
    def av_utkast(cls, rad: Radutkast) -> LagradHandelse:
        """Return a row that is not written yet."""
        return cls(
            originator_id=rad.strom, originator_version=rad.stromversion, topic=rad.typ, state=rad.innehall,
            samling=rad.samling, schemaversion=rad.schemaversion, datum=rad.datum, handelse_id=rad.handelse_id,
            rattar=rad.rattar, aktor=rad.aktor, roll=rad.roll, kalla=rad.kalla, extern_id=rad.extern_id,
            registrerad=rad.registrerad,
        )  # fmt: skip

    def utkast(self) -> Radutkast:
        """Return the event as a row to write."""
        strom = self.originator_id
        assert isinstance(strom, UUID)
        return Radutkast(
            strom, self.originator_version, self.samling, self.topic, self.schemaversion, self.datum, self.registrerad,
            self.handelse_id, self.rattar, self.aktor, self.roll, self.kalla, self.extern_id, self.state,
        )  # fmt: skip


_FALT = tuple(falt.name for falt in fields(LagradHandelse))
_BIBLIOTEKETS = {"originator_id": "strom", "originator_version": "stromversion", "topic": "typ", "state": "innehall"}

LASTA = tuple(handelser.c[_BIBLIOTEKETS.get(namn, namn)] for namn in _FALT)
"""The columns of the log that a stored event is read from, in the order of its fields."""


class Kuvertmappare(Mapper[UUID]):
    """Maps envelopes to stored events and back, upgrading old versions as they are read."""

    def __init__(self) -> None:
        """Need neither transcoder, compressor nor cipher of the library."""

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> LagradHandelse:
        """Return the envelope as it is stored."""
        if not isinstance(domain_event, Kuvert):
            msg = f"Liggaren lagrar kuvert, inte {type(domain_event).__name__}."
            raise TypeError(msg)
        return LagradHandelse.av_utkast(utkast(domain_event))

    def to_domain_event(self, stored_event: StoredEvent) -> Kuvert:
        """Return the envelope of a stored event.

        Raises:
            MapperDeserialisationError: the name is unknown or the payload does not fit it.
        """
        if not isinstance(stored_event, LagradHandelse):
            msg = "En lagrad händelse utan liggarens kolumner kan inte läsas."
            raise MapperDeserialisationError(msg)
        return self._kuvert(stored_event)

    def _kuvert(self, lagrad: LagradHandelse) -> Kuvert:
        handelse = las_handelse(lagrad.topic, lagrad.schemaversion, lagrad.state, lagrad.position)
        strom = lagrad.originator_id
        assert isinstance(strom, UUID)
        forslag = Forslag(
            Samling(lagrad.samling), strom, handelse, lagrad.handelse_id, lagrad.rattar,
            Aktor(lagrad.aktor, lagrad.roll), lagrad.kalla, lagrad.extern_id,
        )  # fmt: skip
        return Kuvert(
            strom,
            lagrad.originator_version,
            forslag,
            lagrad.position,
            ogonblick_av(lagrad.registrerad) if lagrad.registrerad is not None else None,
            ogonblick_av(lagrad.infort) if lagrad.infort is not None else None,
            lagrad.lov,
        )


def utkast(kuvert: Kuvert) -> Radutkast:
    """Return an envelope as a row to write."""
    forslag = kuvert.forslag
    handelse, aktor = forslag.handelse, forslag.aktor
    return Radutkast(
        kuvert.originator_id, kuvert.originator_version, forslag.samling.value, handelse.typ, handelse.schemaversion,
        handelse.datum.toordinal(), mikrosekunder(forslag.registrerad) if forslag.registrerad else None,
        forslag.handelse_id, forslag.rattar, aktor.id, aktor.roll, forslag.kalla, forslag.extern_id,
        handelse.model_dump_json(by_alias=True, exclude_none=True).encode(),
    )  # fmt: skip


def las_handelse(typ: str, schemaversion: int, innehall: bytes, position: int) -> Handelse:
    """Return the event of a stored payload, in its newest version.

    Raises:
        MapperDeserialisationError: the name is unknown or the payload does not fit it.
    """
    try:
        klass = HANDELSETYPER[typ]
        if schemaversion == klass.schemaversion:
            return klass.model_validate_json(innehall)
        return las_version(klass, schemaversion, orjson.loads(innehall))
    except (KeyError, ValueError, Regelbrott) as fel:
        msg = f"Händelsen på position {position} ({typ}) kan inte läsas: {fel}"
        raise MapperDeserialisationError(msg) from fel
