"""What an event is: a frozen payload with a stored name, registered once.

The names and fields of the classes derived from ``Handelse`` ARE the storage format. A landed name or field is never
changed in place: a new optional field keeps the version, anything else is a new version. The version it replaces then
becomes a ``TidigareVersion``, which says how it is read as the next one (ADR 0009).
An event takes effect on its ``datum`` and never before (ADR 0003).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, GetPydanticSchema, StringConstraints
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError, core_schema

from domain.personuppgift import Personuppgift, personfalt
from domain.textform import Textform
from domain.tid import FORSTA_AR, SISTA_AR

_REGISTER: dict[str, type[Handelse]] = {}

HANDELSETYPER: Mapping[str, type[Handelse]] = MappingProxyType(_REGISTER)
"""Every event class by its stored name; a read-only view that grows as aggregate modules are imported."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
"""Free text a person wrote; never empty."""

Persontext = Annotated[Text, Personuppgift.FRITEXT]
"""Free text about a case or a person: stored encrypted, and erased with the person (``domain.personuppgift``)."""

KOMMUNKOD = Textform(r"[0-9]{4}", "en kommunkod med fyra siffror, till exempel 1880")

Kommunkod = Annotated[str, KOMMUNKOD]
"""The municipality's four-digit code, kept as text because of leading zeros."""

MANAD = Textform(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])", "en månad ÅÅÅÅ-MM mellan 1900-01 och 2199-12")

Manad = Annotated[str, MANAD]
"""A calendar month, 1900–2199."""


_DAGENS_LANGD = len("2019-01-01")


def _bara_dagtext(varde: Any) -> Any:
    # Left to itself pydantic also reads 1546300800 and "2019-01-01T00:00:00Z" as days.
    # What has the form but is no day is refused by pydantic next.
    if type(varde) is str and len(varde) == _DAGENS_LANGD and varde[4] == varde[7] == "-":
        return varde
    if isinstance(varde, date) and not isinstance(varde, datetime):
        return varde
    raise PydanticCustomError("date_parsing", "a date is required")


# Left to itself pydantic also reads 1546300800 as an instant. Of its own parts and not a Python function, since a file
# states an instant on every line.
_TIDPUNKT = core_schema.datetime_schema(tz_constraint="aware")
_BARA_TIDPUNKT = core_schema.chain_schema(
    [
        core_schema.custom_error_schema(
            core_schema.union_schema(
                [core_schema.str_schema(pattern="^[0-9]{4}-", strict=True), core_schema.is_instance_schema(datetime)],
                mode="left_to_right",
            ),
            "datetime_parsing",
            custom_error_context={"error": "an instant is required"},
        ),
        _TIDPUNKT,
    ]
)


def _i_utc(ogonblick: datetime) -> datetime:
    if not FORSTA_AR <= ogonblick.year <= SISTA_AR:
        msg = f"tidpunkten ska ligga mellan {FORSTA_AR} och {SISTA_AR}"
        raise ValueError(msg)
    return ogonblick.astimezone(UTC)


Dag = Annotated[date, BeforeValidator(_bara_dagtext)]
"""A calendar day, written ``YYYY-MM-DD`` and in no other way."""

Ogonblick = Annotated[
    datetime,
    GetPydanticSchema(lambda _, __: _BARA_TIDPUNKT, lambda _, skriv: skriv(_TIDPUNKT)),
    AfterValidator(_i_utc),
]
"""An instant with a time zone, kept in UTC."""


class Begreppsdata(BaseModel):
    """Base of every value inside an event: frozen, no unknown fields, camelCase when stored.

    What checks and writes a class is built at its first use: most programs meet only some of the events, and building
    all of them takes longer than many a command. See ``domain.katalog.fullborda``.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        populate_by_name=True,
        revalidate_instances="never",
        defer_build=True,
    )


class Handelse(Begreppsdata):
    """Something that happened, or was decided, on a day.

    A subclass states its stored name: ``class PrisAndrat(Handelse, typ="pris.andrat")``.
    """

    typ: ClassVar[str]
    schemaversion: ClassVar[int] = 1
    ar_plan: ClassVar[bool] = False
    """Whether ``datum`` may lie ahead of the day of registration."""
    om: ClassVar[tuple[str, ...]] = ()
    """Fields that say whose file the event belongs to, the first given one; without them, its stream is the file."""

    datum: Dag

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


class TidigareVersion(Begreppsdata):
    """An event as an older version had it: read for ever and still accepted in imports, never recorded anew.

    A subclass keeps the fields that the version had and states which it was:
    ``class FranvaroRegistreradV1(TidigareVersion, typ="franvaro.registrerad", version=1)``. It is named in
    ``domain.katalog.TIDIGARE``.
    """

    typ: ClassVar[str]
    schemaversion: ClassVar[int]

    datum: Dag

    def __init_subclass__(cls, *, typ: str, version: int, **rest: Any) -> None:
        """Keep name and version."""
        super().__init_subclass__(**rest)
        cls.typ, cls.schemaversion = typ, version

    def till_nasta(self) -> dict[str, Any]:
        """Return the payload as the next version has it, from what this one says and nothing else.

        Raises:
            Regelbrott: it says what was refused when this version was current.
        """
        raise NotImplementedError


class HandelseMakulerad(Handelse, typ="handelse.makulerad"):
    """The event it names (``rattar``) never happened."""

    orsak: Persontext


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


def har_personlig_del(typ: str) -> bool:
    """Return whether the event type of a stored name has a field about a person; an unknown name has none."""
    klass = HANDELSETYPER.get(typ)
    return klass is not None and any(personfalt(klass))
