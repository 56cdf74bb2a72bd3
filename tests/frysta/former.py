"""The shape of an event: what its schema says once labels and descriptions are taken away, and what may become of it.

May change without a new version: labels, descriptions, a new optional field, a new word in a list, a wider limit.
May not: a field that goes, is renamed, gets another type or form, or becomes (or ceases to be) required; a word that
goes; a narrower limit; another default.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from application.handelsekatalog.schema import Handelseklass, innehallsschema

MAPP = Path(__file__).parent / "former"

Form = Mapping[str, Any]

_SAMMA = ("type", "format", "pattern", "default", "const")
_FAR_SJUNKA = ("minimum", "minLength", "minItems", "minProperties", "x-minst")
_FAR_STIGA = ("maximum", "maxLength", "maxItems", "maxProperties", "x-hogst", "x-decimaler")
_INRE = ("items", "propertyNames", "additionalProperties")


def form(klass: Handelseklass) -> Form:
    """Return the shape of an event class."""
    schema = innehallsschema(klass)
    return _form(schema, schema.get("$defs", {}))


def _form(schema: Any, listor: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return _form(listor[schema["$ref"].rpartition("/")[2]], listor)
    if "anyOf" in schema:
        (ett,) = (ett for ett in schema["anyOf"] if ett != {"type": "null"})
        return _form(ett, listor)
    resultat = {namn: schema[namn] for namn in (*_SAMMA, *_FAR_SJUNKA, *_FAR_STIGA) if namn in schema}
    if "oneOf" in schema:
        resultat["ord"] = sorted(ett["const"] for ett in schema["oneOf"])
    if "properties" in schema:
        resultat["kravs"] = sorted(schema.get("required", ()))
        resultat["falt"] = {namn: _form(inre, listor) for namn, inre in schema["properties"].items()}
    for namn in _INRE:
        if isinstance(schema.get(namn), dict):
            resultat[namn] = _form(schema[namn], listor)
    return resultat


def brott(fryst: Form, nu: Form, vag: str = "") -> Iterator[str]:
    """Yield how a shape has changed in ways that a landed event may not."""
    var = vag or "händelsen"
    yield from (f"{var}: {n} var {fryst.get(n)}, är {nu.get(n)}" for n in _SAMMA if fryst.get(n) != nu.get(n))
    yield from (f"{var}: ordet {ord_} är borta" for ord_ in fryst.get("ord", ()) if ord_ not in nu.get("ord", ()))
    if ("ord" in nu) != ("ord" in fryst):
        yield f"{var}: en sluten lista har kommit till eller försvunnit"
    for namn in (*_FAR_SJUNKA, *_FAR_STIGA):
        om = -1 if namn in _FAR_STIGA else 1
        if namn in nu and (namn not in fryst or om * nu[namn] > om * fryst[namn]):
            yield f"{var}: gränsen {namn} är snävare"
    yield from _faltbrott(fryst, nu, vag)
    for namn in _INRE:
        if (namn in fryst) != (namn in nu):
            yield f"{var}: {namn} har kommit till eller försvunnit"
        elif namn in fryst:
            yield from brott(fryst[namn], nu[namn], f"{vag}[]")


def _faltbrott(fryst: Form, nu: Form, vag: str) -> Iterator[str]:
    gamla, nya = fryst.get("falt", {}), nu.get("falt", {})
    for namn in {*fryst.get("kravs", ())} ^ {*nu.get("kravs", ())}:
        yield f"{vag}.{namn}: har börjat eller slutat krävas"
    for namn, inre in gamla.items():
        if namn in nya:
            yield from brott(inre, nya[namn], f"{vag}.{namn}")
        else:
            yield f"{vag}.{namn}: fältet är borta"


def fil_for(klass: Handelseklass) -> Path:
    return MAPP / f"{klass.typ}.v{klass.schemaversion}.json"


def las(klass: Handelseklass) -> Form:
    innehall: Form = json.loads(fil_for(klass).read_text(encoding="utf-8"))
    return innehall


def frys(klass: Handelseklass) -> bool:
    """Write the shape of an event; return whether anything was written.

    Raises:
        ValueError: the shape that stands there does not allow what it has become.
    """
    fil, nu = fil_for(klass), form(klass)
    if fil.exists():
        fryst = las(klass)
        if fel := list(brott(fryst, nu)):
            raise ValueError(f"{fil.name}: {'; '.join(fel)}. Gör en ny version (ADR 0009).")
        if fryst == nu:
            return False
    fil.parent.mkdir(exist_ok=True)
    fil.write_text(json.dumps(nu, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
    return True
