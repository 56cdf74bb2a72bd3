"""JSON Schema (draft 2020-12) of a line to import: the fields of the envelope and of the event, derived from classes.

A schema says the shape of a line: fields, types, allowed words, limits. It cannot say the rules that need the history
of a stream; those are seen in the refused examples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from application.handelsekatalog.exempel import godtaget
from application.handelsekatalog.post import betydelse, handelsetyper, post, samlingar
from application.tolkning import Aktordata, Kuvertdata
from domain.begrepp import Begrepp
from domain.budgetperiod.handelser import BudgetFaststalld
from domain.handelse import HANDELSETYPER, Handelse, HandelseMakulerad, TidigareVersion
from domain.katalog import TIDIGARE

DIALEKT = "https://json-schema.org/draft/2020-12/schema"

Handelseklass = type[Handelse] | type[TidigareVersion]

Schema = dict[str, Any]

_GRANSER = {"ge": "x-minst", "le": "x-hogst", "decimal_places": "x-decimaler"}


class _Generator(GenerateJsonSchema):
    """Gives closed vocabularies their labels; everything else is as pydantic says."""

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Return the words with their labels, one constant each."""
        ord_: list[Begrepp] = schema["members"]
        return {"type": "string", "oneOf": [{"const": m.value, "title": m.etikett} for m in ord_]}


def _adress(typ: str, version: int) -> str:
    return f"urn:liggare:handelse:{typ}:{version}"


def radschema(klass: Handelseklass) -> Schema:
    """Return the schema of a whole line with an event of one type and version."""
    innehall, i_kuvertet = innehallsschema(klass), _kravs_i_kuvertet(klass)
    egenskaper = {**_kuvertschema(klass, i_kuvertet), **innehall["properties"]}
    rubrik = post(klass.typ).rubrik
    senaste = HANDELSETYPER[klass.typ].schemaversion
    exempel = godtaget(klass.typ) if klass.schemaversion == senaste else None
    return {
        "$schema": DIALEKT,
        "$id": _adress(klass.typ, klass.schemaversion),
        "title": rubrik if klass.schemaversion == senaste else f"{rubrik} (version {klass.schemaversion})",
        **({"description": post(klass.typ).beskrivning} if post(klass.typ).beskrivning else {}),
        "type": "object",
        "properties": egenskaper,
        "required": [n for n in egenskaper if n in i_kuvertet or n in innehall["required"]],
        "additionalProperties": False,
        **({"examples": [exempel.rader[-1]]} if exempel else {}),
        **({"$defs": innehall["$defs"]} if "$defs" in innehall else {}),
    }


def _kravs_i_kuvertet(klass: Handelseklass) -> frozenset[str]:
    """Return the fields of the envelope that a line with this event must have."""
    kravs = {"samling", "typ", "handelseId"}
    if klass is not BudgetFaststalld:  # its stream follows from what it says
        kravs.add("id")
    if klass.schemaversion > 1:
        kravs.add("version")
    if klass is HandelseMakulerad:
        kravs.add("rattar")
    return frozenset(kravs)


def innehallsschema(klass: Handelseklass) -> Schema:
    """Return the schema of an event's own fields."""
    schema = _schema(klass, klass.typ)
    return {namn: schema[namn] for namn in ("type", "properties", "required", "$defs") if namn in schema}


def _kuvertschema(klass: Handelseklass, kravs: frozenset[str]) -> Schema:
    egenskaper: Schema = dict(_schema(Kuvertdata, "")["properties"])
    aktor = _schema(Aktordata, "")
    i = [samling.value for samling in samlingar(HANDELSETYPER[klass.typ])]
    fasta: Schema = {
        "samling": {"const": i[0]} if len(i) == 1 else {"enum": i},
        "typ": {"const": klass.typ},
        "version": {"const": klass.schemaversion},
        "aktor": aktor,
    }
    for namn in {"id", "rattar"} & kravs:
        fasta[namn] = {"type": "string", "format": "uuid"}
    return egenskaper | {namn: {**schema, **_beskrivning(klass.typ, namn)} for namn, schema in fasta.items()}


def bunt() -> Schema:
    """Return the schema of any line of an import file: one of the events, in any version that is accepted."""
    scheman = {f"{k.typ}.v{k.schemaversion}": radschema(k) for k in alla_klasser()}
    for schema in scheman.values():
        del schema["$schema"]
    return {
        "$schema": DIALEKT,
        "$id": "urn:liggare:handelser",
        "title": "En rad i en importfil",
        "oneOf": [{"$ref": schema["$id"]} for schema in scheman.values()],
        "$defs": scheman,
    }


def alla_klasser() -> Iterator[Handelseklass]:
    """Yield the class of every event in every version that is accepted, the current one first."""
    for klass in handelsetyper():
        yield klass
        yield from (TIDIGARE[nyckel] for nyckel in sorted(TIDIGARE, reverse=True) if nyckel[0] == klass.typ)


def _schema(klass: type[Any], typ: str) -> Schema:
    """Return pydantic's schema with what people read in Swedish instead of what developers read in English."""
    schema = TypeAdapter(klass).json_schema(by_alias=True, schema_generator=_Generator, mode="validation")
    agare = "" if issubclass(klass, Handelse | TidigareVersion) else klass.__name__
    for vems, del_ in [(agare, schema), *schema.get("$defs", {}).items()]:
        del_.pop("description", None)
        del_.pop("title", None)
        for namn, falt in del_.get("properties", {}).items():
            del_["properties"][namn] = {**_stadat(falt), **_beskrivning(typ, namn, vems)}
    return schema


def _beskrivning(typ: str, falt: str, agare: str = "") -> Schema:
    text = betydelse(typ, falt, agare)
    return {"description": text} if text else {}


def _stadat(nod: Any) -> Any:
    """Return a field's schema without invented titles and null defaults, and with limits of decimals spelt out."""
    if isinstance(nod, list):
        return [_stadat(barn) for barn in nod]
    if not isinstance(nod, Mapping):
        return nod
    bort = {"title", *(["default"] if nod.get("default", 0) is None else [])} if "const" not in nod else set()
    ren = {_GRANSER.get(namn, namn): _stadat(varde) for namn, varde in nod.items() if namn not in bort}
    if ren.get("format") == "decimal":
        if ren.get("x-minst") == 0:
            ren["pattern"] = ren["pattern"].replace("-?", "")
        if "x-decimaler" in ren:
            ren["pattern"] = ren["pattern"].replace("[0-9]+)?", f"[0-9]{{1,{ren['x-decimaler']}}}0*)?")
    return ren
