"""What an event is: a frozen payload with a stored name, registered once.

The names and fields of the classes derived from ``Handelse`` ARE the storage format. A landed name or field is never
changed in place: a new optional field keeps the version, anything else is a new version and one upgrade function.
An event takes effect on its ``datum`` and never before (ADR 0003).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel

_REGISTER: dict[str, type[Handelse]] = {}

HANDELSETYPER: Mapping[str, type[Handelse]] = MappingProxyType(_REGISTER)
"""Every event class by its stored name; a read-only view that grows as aggregate modules are imported."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
"""Free text a person wrote; never empty."""

Kommunkod = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
"""The municipality's four-digit code, kept as text because of leading zeros."""

Manad = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""A calendar month, ``YYYY-MM``."""


class Begreppsdata(BaseModel):
    """Base of every value inside an event: frozen, no unknown fields, camelCase when stored."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True, revalidate_instances="never"
    )


class Handelse(Begreppsdata):
    """Something that happened, or was decided, on a day.

    A subclass states its stored name: ``class PrisAndrat(Handelse, typ="pris.andrat")``.
    """

    typ: ClassVar[str]
    schemaversion: ClassVar[int] = 1
    ar_plan: ClassVar[bool] = False
    """Whether ``datum`` may lie ahead of the day of registration."""

    datum: date

    def __init_subclass__(cls, *, typ: str | None = None, version: int = 1, plan: bool = False, **rest: Any) -> None:
        """Register the class under its stored name; a name can be taken once."""
        super().__init_subclass__(**rest)
        if typ is None:
            return
        if typ in _REGISTER:
            msg = f"Händelsenamnet {typ} är redan taget av {_REGISTER[typ].__name__}."
            raise TypeError(msg)
        cls.typ, cls.schemaversion, cls.ar_plan = typ, version, plan
        _REGISTER[typ] = cls

    def innehall(self) -> dict[str, Any]:
        """Return the payload as stored: flat, camelCase, absent values left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class HandelseMakulerad(Handelse, typ="handelse.makulerad"):
    """The event it names (``rattar``) never happened."""

    orsak: Text


class Notering:
    """One entry of a stream: an event with its identity, what it corrects and its place in the log.

    Attributes:
        position: place in the total order of the ledger.
        handelse_id: the sender's identity of the event.
        rattar: the event this one replaces or annuls, if it is a correction.
    """

    __slots__ = ("handelse", "handelse_id", "position", "rattar")

    def __init__(self, position: int, handelse_id: UUID, handelse: Handelse, rattar: UUID | None = None) -> None:
        """Make an entry."""
        self.position = position
        self.handelse_id = handelse_id
        self.handelse = handelse
        self.rattar = rattar

    def __repr__(self) -> str:
        """Show the entry in one line."""
        pil = f" rättar {self.rattar}" if self.rattar else ""
        return f"<{self.position} {self.handelse.typ} {self.handelse.datum}{pil}>"
