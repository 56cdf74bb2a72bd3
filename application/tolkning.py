"""From one flat JSON object to a proposal: the envelope's fields split from the event's, all checked.

The same object is a line of an import file, the body of a POST (the stream is then in the path) and the data of a
CloudEvent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Required
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from application.dagar import vagra_dagar_utom_fragan
from application.envelope import OKAND_AKTOR, Aktor, Forslag, delad_aktor
from application.faltfel import HELHETEN, Faltfel, OgiltigHandelse, faltfel_av, ogiltig, oversatt, visa
from domain.begrepp import Samling
from domain.budgetperiod.handelser import BudgetFaststalld
from domain.fel import Regelbrott
from domain.handelse import HANDELSETYPER, Handelse, Ogonblick, TidigareVersion
from domain.katalog import AGGREGAT, TIDIGARE, las_version, lasbara_versioner
from domain.strom import budgetperiodens_id

KorText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
ExternText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


@with_config(ConfigDict(extra="forbid"))
class Aktordata(TypedDict):
    """Who recorded the event; given in imports only."""

    id: KorText
    roll: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Kuvertdata(TypedDict, total=False):
    """The fields of the envelope as they are sent; everything else on the line belongs to the event.

    Unknown fields are passed over and not picked out beforehand, since the event's own check refuses them. A dictionary
    and not a model: every line of an import is read with it, and a model takes three times as long.
    """

    samling: Required[Samling]
    id: UUID | None
    typ: Required[str]
    version: Annotated[int, Field(strict=True, ge=1)]
    handelseId: Required[UUID]
    rattar: UUID | None
    kalla: KorText | None
    externId: ExternText | None
    aktor: Aktordata | None
    registrerad: Ogonblick | None


KUVERTFALT = frozenset(Kuvertdata.__annotations__)
"""What belongs to the envelope; no field of an event has any of these names (tested)."""

_las_kuvert = TypeAdapter(Kuvertdata).validate_python


def tolka(
    data: Any, *, kommun: str | None = None, far_ange_registrerad: bool = False, aktor: Aktor | None = None
) -> Forslag:
    """Return the proposal that a JSON object makes.

    Args:
        data: the object, as parsed JSON.
        kommun: municipality to fill in where the event has the field and the object lacks it.
        far_ange_registrerad: whether the sender has the right *migrering*.
        aktor: who sends it; given, it goes before what the object says.

    Raises:
        OgiltigHandelse: a field is missing, unknown or has a value that is not allowed.
    """
    if not isinstance(data, dict):
        raise ogiltig(HELHETEN, "inget-objekt", f"En händelse ska vara ett JSON-objekt, inte {visa(data)}.")
    try:
        kuvert = _las_kuvert(data)
    except ValidationError as fel:
        raise oversatt(fel) from None
    handelse, tidigare = _handelse(kuvert, data, kommun)
    vagra_dagar_utom_fragan(tidigare or handelse)
    registrerad = kuvert.get("registrerad")
    if registrerad is not None and not far_ange_registrerad:
        raise ogiltig(
            "registrerad", "saknar-ratt", "registrerad sätts av liggaren; att ange den kräver rätten migrering."
        )
    if aktor is None:
        avsandare = kuvert.get("aktor")
        aktor = delad_aktor(avsandare["id"], avsandare["roll"]) if avsandare else OKAND_AKTOR
    return Forslag(
        kuvert["samling"],
        _strom(kuvert, handelse),
        handelse,
        kuvert["handelseId"],
        kuvert.get("rattar"),
        aktor,
        kuvert.get("kalla"),
        kuvert.get("externId"),
        registrerad,
        tidigare,
    )


def _handelse(
    kuvert: Kuvertdata, data: Mapping[str, Any], kommun: str | None
) -> tuple[Handelse, TidigareVersion | None]:
    samling, typ, version = kuvert["samling"], kuvert["typ"], kuvert.get("version", 1)
    klass = HANDELSETYPER.get(typ)
    if klass is None:
        tillatna = ", ".join(typ.typ for typ in AGGREGAT[samling].typer)
        raise ogiltig("typ", "enum", f"{visa(typ)} är ingen händelsetyp i {samling}. Tillåtna: {tillatna}.")
    if klass not in AGGREGAT[samling].typer:
        # Judged by its fields it would be said to lack some that the sender may not even know of.
        hor_till = " och ".join(ett.value for ett, aggregat in AGGREGAT.items() if klass in aggregat.typer)
        raise ogiltig("typ", "enum", f"{visa(typ)} hör till {hor_till}, inte till {samling.value}.")
    innehall = {namn: varde for namn, varde in data.items() if namn not in KUVERTFALT}
    if version != klass.schemaversion:
        return _tidigare(klass, kuvert, innehall, kommun)
    if kommun is not None and "kommun" in klass.model_fields:
        innehall.setdefault("kommun", kommun)
    try:
        return klass.model_validate(innehall, by_alias=True, by_name=False), None
    except ValidationError as fel:
        raise oversatt(fel) from None


def _tidigare(
    klass: type[Handelse], kuvert: Kuvertdata, innehall: dict[str, Any], kommun: str | None
) -> tuple[Handelse, TidigareVersion]:
    """Return what an older version says, as an event of the current one; an old file can always be imported."""
    version = kuvert.get("version", 1)
    gammal = TIDIGARE.get((klass.typ, version))
    if gammal is None:
        tas_emot = ", ".join(map(str, lasbara_versioner(klass.typ)))
        raise ogiltig("version", "version", f"{klass.typ} tas emot i version {tas_emot}, inte {version}.")
    if kommun is not None and "kommun" in gammal.model_fields:
        innehall.setdefault("kommun", kommun)
    try:
        sand = gammal.model_validate(innehall, by_alias=True, by_name=False)
        return las_version(klass, version, innehall, TIDIGARE), sand
    except Regelbrott as fel:
        raise OgiltigHandelse([faltfel_av(fel)]) from None
    except ValidationError as fel:
        ogiltigt = oversatt(fel)
        if "version" in kuvert:
            raise ogiltigt from None
        mening = f"Utan version läses {klass.typ} som version 1; den senaste är version {klass.schemaversion}."
        raise OgiltigHandelse([*ogiltigt.fel, Faltfel("version", "version", mening)]) from None


def _strom(kuvert: Kuvertdata, handelse: Handelse) -> UUID:
    """Return the stream; a budget period's follows from municipality, board and year."""
    angivet = kuvert.get("id")
    if type(handelse) is BudgetFaststalld:
        harledd = budgetperiodens_id(handelse.kommun, handelse.namnd, handelse.ar)
        if angivet not in (None, harledd):
            raise ogiltig(
                "id",
                "budgetperiodens-id",
                f"id för {handelse.kommun} {handelse.namnd} {handelse.ar} är {harledd}, inte {angivet}.",
            )
        return harledd
    if angivet is None:
        raise ogiltig("id", "missing", "Fältet id saknas.")
    return angivet
