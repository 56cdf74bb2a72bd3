"""The fields of an event as a table for people: name, type, whether required, allowed words, meaning.

Read from the schema, so that the table and the schema cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from application.handelsekatalog.schema import Handelseklass, Schema, innehallsschema
from domain.pengar import skriv_tal

_FORMER = {"date": "datum", "date-time": "tidpunkt", "uuid": "UUID", "decimal": "decimaltal som text"}
_TYPER = {"string": "text", "integer": "heltal", "boolean": "true/false", "array": "lista", "object": "objekt"}


_TIDIGASTE_AR = 1800
"""A whole number whose least value is this or more is a year, and printed without thousands."""


@dataclass(frozen=True)
class Falt:
    """One field of an event.

    Attributes:
        namn: as it is written; a field within another as ``pris.belopp``, within a list as ``rader[].belopp``.
        typ: what kind of value, in Swedish, with limits.
        kravs: whether it must be there, if what it lies in is there.
        lista: name of the closed vocabulary, if the value is a word of one.
        ord: the allowed words with their labels.
        betydelse: what it means; empty where the name speaks for itself.
    """

    namn: str
    typ: str
    kravs: bool
    lista: str = ""
    ord: tuple[tuple[str, str], ...] = ()
    betydelse: str = ""


def falt(klass: Handelseklass) -> list[Falt]:
    """Return the fields of an event, those within others after them."""
    schema = innehallsschema(klass)
    return list(_falten(schema, schema.get("$defs", {}), ""))


def _falten(schema: Schema, listor: Mapping[str, Schema], prefix: str) -> Iterator[Falt]:
    for namn, ett in schema["properties"].items():
        innersta, i_lista = _innersta(ett)
        lista = innersta.get("$ref", "").rpartition("/")[2]
        innersta = {**listor.get(lista, {}), **innersta}
        ord_ = tuple((ett_ord["const"], ett_ord["title"]) for ett_ord in innersta.get("oneOf", ()))
        typ = "ord" if ord_ else _typ(innersta)
        yield Falt(
            prefix + namn,
            f"lista av {typ}" if i_lista else typ,
            namn in schema.get("required", ()),
            lista if ord_ else "",
            ord_,
            ett.get("description", ""),
        )
        if "properties" in innersta:
            yield from _falten(innersta, listor, f"{prefix}{namn}{'[]' if i_lista else ''}.")


def _innersta(schema: Schema) -> tuple[Schema, bool]:
    """Return the schema of a value, or of the elements if it is a list, and which of the two it was."""
    om_den_finns = [ett for ett in schema.get("anyOf", ()) if ett.get("type") != "null"]
    if om_den_finns:
        return _innersta(om_den_finns[0])
    if schema.get("type") == "array":
        return _innersta(schema["items"])[0], True
    return schema, False


def _typ(schema: Schema) -> str:
    if "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
        return f"objekt med namn och {_typ(schema['additionalProperties'])}"
    namn = _FORMER.get(schema.get("format", "")) or _TYPER.get(schema.get("type", ""), "värde")
    fran, till = (_grans(schema, "minimum", "x-minst"), _grans(schema, "maximum", "x-hogst"))
    if fran and till:
        return f"{namn} {fran}–{till}"
    if fran:
        return f"{namn}, minst {fran}"
    if schema.get("type") == "string" and "pattern" in schema and "format" not in schema:
        return f"{namn} av formen {schema['pattern'].strip('^$')}"
    return namn


def _grans(schema: Mapping[str, Any], *namn: str) -> str:
    ar_artal = schema.get("type") == "integer" and schema.get("minimum", 0) >= _TIDIGASTE_AR
    varde = next((schema[n] for n in namn if n in schema), None)
    if varde is None:
        return ""
    if ar_artal:
        return str(varde)
    tal = Decimal(varde)
    return skriv_tal(tal, max(0, -int(tal.as_tuple().exponent)))
