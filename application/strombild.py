"""A stream as of both times: what of it was known, and which of its events held on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.envelope import Kuvert
from application.ports import Huvudbok
from application.queries import FraganGarInte, kunskap_vid
from domain.begrepp import Samling
from domain.handelse import Notering
from domain.historik import gallande
from domain.personuppgift import BORTTAGEN_TEXT
from domain.tid import Tidssnitt, som_rfc3339


@dataclass(frozen=True)
class Strombild:
    """What was known of a stream at a position, and what of it held on a day.

    Attributes:
        kuvert: every known entry, in the order of the log, corrections and what they correct included.
        galler: the entries whose events are effective on the day, in the order they took effect.
    """

    samling: Samling
    strom: UUID
    position: int
    galler_den: date
    kant_den: datetime
    kuvert: Sequence[Kuvert]
    galler: Sequence[Kuvert]


def las_strombild(huvudbok: Huvudbok, samling: Samling, strom: UUID, tidssnitt: Tidssnitt) -> Strombild:
    """Read a stream as of a day and a moment of knowledge.

    Raises:
        FraganGarInte: nothing of the stream was known then.
    """
    kunskap = kunskap_vid(huvudbok, tidssnitt)
    kuvert = las_kanda(huvudbok, samling, strom, kunskap.position)
    galler = gallande_den(kuvert, tidssnitt.galler_den)
    return Strombild(samling, strom, kunskap.position, tidssnitt.galler_den, kunskap.kant_den, kuvert, galler)


def las_kanda(huvudbok: Huvudbok, samling: Samling, strom: UUID, position: int) -> list[Kuvert]:
    """Return the entries of a stream up to a position, in the order of the log.

    Raises:
        FraganGarInte: nothing of the stream was known then.
    """
    kuvert = huvudbok.las_strom(strom, position)
    if not kuvert or kuvert[0].forslag.samling is not samling:
        raise FraganGarInte("id", f"Ingenting var känt om {strom} i {samling.value} vid position {position}.")
    return kuvert


def gallande_den(kuvert: Sequence[Kuvert], dag: date) -> list[Kuvert]:
    """Return those of a stream's known entries whose events are effective on a day, in the order they took effect."""
    per_position = {ett.position: ett for ett in kuvert}
    return [per_position[n.position] for n in gallande([ett.notering() for ett in kuvert]) if n.handelse.datum <= dag]


def handelseobjekt(kuvert: Kuvert, rattelser: Mapping[UUID, Notering] | None) -> dict[str, Any]:
    """Return an entry as one flat object: envelope, place, evidence, then the event's own fields.

    Args:
        rattelser: what corrects each event, of what is known; None where that is not asked about.
    """
    forslag = kuvert.forslag
    av = None if rattelser is None else rattelser.get(forslag.handelse_id)
    valfria: Sequence[tuple[str, str | None]] = (
        ("rattadAv", str(av.handelse_id) if av else None),
        ("rattar", str(forslag.rattar) if forslag.rattar else None),
        ("kalla", forslag.kalla),
        ("externId", forslag.extern_id),
        ("infort", som_rfc3339(kuvert.infort) if kuvert.infort else None),
    )
    return {
        "samling": forslag.samling.value,
        "id": str(forslag.strom),
        "typ": kuvert.handelse.typ,
        "version": kuvert.handelse.schemaversion,
        "handelseId": str(forslag.handelse_id),
        "aktor": {"id": forslag.aktor.id, "roll": forslag.aktor.roll},
        "registrerad": som_rfc3339(kuvert.registrerad) if kuvert.registrerad else None,
        "position": kuvert.position,
        "stromversion": kuvert.originator_version,
        "lov": kuvert.lov.hex(),
        **({} if rattelser is None else {"rattad": av is not None}),
        **{namn: varde for namn, varde in valfria if varde is not None},
        **({"gallrad": True} if kuvert.gallrad else {}),
        **innehallet(kuvert),
    }


def innehallet(kuvert: Kuvert) -> dict[str, Any]:
    """Return an event's own fields, without texts that have been erased."""
    return {namn: varde for namn, varde in kuvert.handelse.innehall().items() if varde != BORTTAGEN_TEXT}
