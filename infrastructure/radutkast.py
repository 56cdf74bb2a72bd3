"""What a row of the log says: made of an envelope, and an event made of it. It knows no database."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from eventsourcing.persistence import MapperDeserialisationError

from application.envelope import Kuvert
from domain.fel import Regelbrott
from domain.handelse import HANDELSETYPER, Handelse
from domain.katalog import las_version
from domain.personuppgift import BORTTAGEN_TEXT, personfalt
from domain.tid import mikrosekunder

EXTERN_ID = "externId"
"""The source system's own id lies in the personal part: it may be anything. No event has a field of that name."""


class Radutkast(NamedTuple):
    """What a row of the log says before the ledger has given it position, time and leaf; in the order of its columns.

    The one form that everything is written from. An envelope becomes it without a ``LagradHandelse`` on the way, which
    with its guarded attributes costs as much as serialising the event.
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
    innehall: bytes
    akt: UUID | None
    hemligt: bytes | None


def utkast(kuvert: Kuvert) -> Radutkast:
    """Return an envelope as a row to write: what is personal apart from the rest."""
    forslag = kuvert.forslag
    handelse, aktor = forslag.handelse, forslag.aktor
    innehall, hemligt = _delar(handelse, forslag.extern_id)
    return Radutkast(
        kuvert.originator_id, kuvert.originator_version, forslag.samling.value, handelse.typ, handelse.schemaversion,
        handelse.datum.toordinal(), mikrosekunder(forslag.registrerad) if forslag.registrerad else None,
        forslag.handelse_id, forslag.rattar, aktor.id, aktor.roll, forslag.kalla, innehall, kuvert.akt, hemligt,
    )  # fmt: skip


def _delar(handelse: Handelse, extern_id: str | None) -> tuple[bytes, bytes | None]:
    """Return the open and the personal part of an event as JSON.

    An event that names a person always has a personal part, if an empty one: by it the stream is seen to be erased.
    """
    falt = personfalt(type(handelse))
    if not falt.fritexter:
        innehall = handelse.model_dump_json(by_alias=True, exclude_none=True).encode()
        texter = {}
    else:
        innehall = handelse.model_dump_json(by_alias=True, exclude_none=True, exclude=set(falt.fritexter)).encode()
        texter = handelse.model_dump(mode="json", by_alias=True, exclude_none=True, include=set(falt.fritexter))
    if extern_id is not None:
        texter[EXTERN_ID] = extern_id
    return innehall, orjson.dumps(texter) if texter or falt.identiteter else None


def las_handelse(
    typ: str, schemaversion: int, innehall: bytes, position: int, texter: Mapping[str, Any] = MappingProxyType({})
) -> Handelse:
    """Return the event of a stored payload, in its newest version.

    Args:
        typ: its stored name.
        schemaversion: the version it is stored in.
        innehall: its open part.
        position: its place in the log, for the error.
        texter: the free texts of its personal part. One that is not given – it is erased, or not asked for since no
            fact rests on it – reads ``BORTTAGEN_TEXT``.

    Raises:
        MapperDeserialisationError: the name is unknown or the payload does not fit it.
    """
    try:
        klass = HANDELSETYPER[typ]
        # Before the open part, where what comes later counts: an example frozen as a whole has its texts there.
        fritexter = _inledning({**_tomma_fritexter(klass), **texter}) if texter else _borttagna_texter(klass)
        if fritexter:
            innehall = fritexter + innehall[1:]
        if schemaversion == klass.schemaversion:
            return klass.model_validate_json(innehall)
        return las_version(klass, schemaversion, orjson.loads(innehall))
    except (KeyError, ValueError, Regelbrott) as fel:
        msg = f"Händelsen på position {position} ({typ}) kan inte läsas: {fel}"
        raise MapperDeserialisationError(msg) from fel


@cache
def _tomma_fritexter(klass: type[Handelse]) -> Mapping[str, str]:
    """Return the free texts that an event cannot be without."""
    falten = {namn: klass.model_fields[namn] for namn in personfalt(klass).fritexter}
    return {falt.alias or namn: BORTTAGEN_TEXT for namn, falt in falten.items() if falt.is_required()}


@cache
def _borttagna_texter(klass: type[Handelse]) -> bytes:
    """Return those texts as JSON: a rebuild opens none, and puts the same before every event of a type."""
    return _inledning(_tomma_fritexter(klass))


def _inledning(texter: Mapping[str, str]) -> bytes:
    """Return texts as the beginning of a JSON object that has more to come; nothing if there are none."""
    return orjson.dumps(dict(texter))[:-1] + b"," if texter else b""
