"""Between envelopes and stored events.

Our own mapper, for three reasons: the library's transcoder refuses ``FakeDatetime`` (freezegun) and plain dates, the
documented pydantic mapper does not upcast, and the stored name must be the literal we own and not a module path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

import orjson
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, MapperDeserialisationError, StoredEvent
from sqlalchemy import and_, select

from application.envelope import Forslag, Kuvert, delad_aktor
from domain.begrepp import Samling
from domain.tid import ogonblick_av
from infrastructure.aktskap import AKTEN, PERSONDELEN_BORTA, Fack, oppna
from infrastructure.identitetslasning import identitet_ur
from infrastructure.keyring import Nyckelring
from infrastructure.radutkast import EXTERN_ID, Radutkast, las_handelse, utkast
from infrastructure.tables import akter, handelser

URSPRUNG = "ursprung"
"""In a row written before there was a personal part: what it said as a whole, which its commitment is to (ADR 0014)."""


@dataclass(frozen=True)
class LagradHandelse(StoredEvent):
    """A stored event with the columns the ledger keeps beside the library's four.

    Attributes:
        akt: the file it belongs to, where that is not the stream.
        hemligt: the personal part as JSON, not sealed; None if it has none or none any more.
        gallrad: whether it had a personal part that has been erased.
    """

    samling: str
    schemaversion: int
    datum: int
    handelse_id: UUID
    rattar: UUID | None
    aktor: str
    roll: str
    kalla: str | None
    registrerad: int | None
    position: int = 0
    infort: int | None = None
    lov: bytes = b""
    akt: UUID | None = None
    hemligt: bytes | None = None
    gallrad: bool = False

    @classmethod
    def av_rad(cls, rad: Sequence[Any], ring: Nyckelring) -> LagradHandelse:
        """Return a row of the log as ``LASTA`` reads it, identities as the driver gives them.

        Raises:
            MapperDeserialisationError: the personal part does not open.
        """
        lagrad = cls.__new__(cls)
        # Guarded attributes set one by one take longer than to validate the payload.
        falt = vars(lagrad)
        *varden, nyckel = rad
        falt.update(zip(_FALT, varden, strict=True))
        strom = falt["originator_id"] = identitet_ur(falt["originator_id"])
        handelse_id = falt["handelse_id"] = identitet_ur(falt["handelse_id"])
        if falt["rattar"] is not None:
            falt["rattar"] = identitet_ur(falt["rattar"])
        if falt["akt"] is not None:
            falt["akt"] = identitet_ur(falt["akt"])
        if falt["hemligt"] is not None:
            fack = Fack(falt["akt"] or strom, handelse_id, strom)
            falt["hemligt"] = oppna(ring, nyckel, fack, falt["hemligt"], falt["position"])
        return lagrad

    @classmethod
    def av_utkast(cls, rad: Radutkast) -> LagradHandelse:
        """Return a row that is not written yet."""
        return cls(
            originator_id=rad.strom, originator_version=rad.stromversion, topic=rad.typ, state=rad.innehall,
            samling=rad.samling, schemaversion=rad.schemaversion, datum=rad.datum, handelse_id=rad.handelse_id,
            rattar=rad.rattar, aktor=rad.aktor, roll=rad.roll, kalla=rad.kalla, registrerad=rad.registrerad,
            akt=rad.akt, hemligt=rad.hemligt,
        )  # fmt: skip

    def utkast(self) -> Radutkast:
        """Return the event as a row to write."""
        strom = self.originator_id
        assert isinstance(strom, UUID)
        return Radutkast(
            strom, self.originator_version, self.samling, self.topic, self.schemaversion, self.datum, self.registrerad,
            self.handelse_id, self.rattar, self.aktor, self.roll, self.kalla, self.state, self.akt, self.hemligt,
        )  # fmt: skip


_FALT = tuple(falt.name for falt in fields(LagradHandelse))
_BIBLIOTEKETS = {"originator_id": "strom", "originator_version": "stromversion", "topic": "typ", "state": "innehall"}

_GALLRAD = PERSONDELEN_BORTA.label("gallrad")

LASTA = select(
    *(_GALLRAD if namn == _GALLRAD.name else handelser.c[_BIBLIOTEKETS.get(namn, namn)] for namn in _FALT),
    akter.c.nyckel,
).join_from(handelser, akter, and_(handelser.c.hemligt.is_not(None), akter.c.akt == AKTEN), isouter=True)
"""What a stored event is read from: the log, in the order of the event's fields, and the wrapped key of its file."""


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
        texter: dict[str, Any] = orjson.loads(lagrad.hemligt) if lagrad.hemligt else {}
        extern_id = texter.pop(EXTERN_ID, None)
        texter.pop(URSPRUNG, None)
        handelse = las_handelse(lagrad.topic, lagrad.schemaversion, lagrad.state, lagrad.position, texter)
        strom = lagrad.originator_id
        assert isinstance(strom, UUID)
        forslag = Forslag(
            Samling(lagrad.samling), strom, handelse, lagrad.handelse_id, lagrad.rattar,
            delad_aktor(lagrad.aktor, lagrad.roll), lagrad.kalla, extern_id,
        )  # fmt: skip
        return Kuvert(
            strom,
            lagrad.originator_version,
            forslag,
            lagrad.position,
            ogonblick_av(lagrad.registrerad) if lagrad.registrerad is not None else None,
            ogonblick_av(lagrad.infort) if lagrad.infort is not None else None,
            lagrad.lov,
            lagrad.akt,
            lagrad.gallrad,
        )
