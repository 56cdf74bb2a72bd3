"""Every pattern of an event's field is answered in words: never with the expression, never without saying what is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from application.faltfel import oversatt
from application.handelsekatalog.schema import Handelseklass, Schema, alla_klasser, innehallsschema
from tests.domain.importrader import utan_engelska

Vag = tuple[str | int, ...]


def _med_monster(schema: Schema, listor: Schema, vag: Vag = ()) -> Iterator[Vag]:
    """Yield the places of an object where a pattern is demanded."""
    if "$ref" in schema:
        schema = listor[schema["$ref"].rpartition("/")[2]]
    if "pattern" in schema:
        yield vag
    inre = [(vag, ett) for namn in ("anyOf", "oneOf", "allOf") for ett in schema.get(namn, ())]
    inre += [((*vag, namn), ett) for namn, ett in schema.get("properties", {}).items()]
    inre += [((*vag, 0), schema["items"])] if "items" in schema else []
    inre += [((*vag, "x"), ett)] if isinstance(ett := schema.get("additionalProperties"), dict) else []
    assert "pattern" not in schema.get("propertyNames", {}), "a name with a form is not seen by this test"
    for hit, ett in inre:
        yield from _med_monster(ett, listor, hit)


ALLA = [
    (klass, vag)
    for klass in alla_klasser()
    for schema in (innehallsschema(klass),)
    for vag in _med_monster(schema, schema.get("$defs", {}))
]


def _namn(varde: Any) -> str:
    return ".".join(map(str, varde)) if isinstance(varde, tuple) else f"{varde.typ}.v{varde.schemaversion}"


@pytest.mark.parametrize(("klass", "vag"), ALLA, ids=_namn)
def test_ett_falt_med_en_form_sager_den_i_ord(klass: Handelseklass, vag: Vag) -> None:
    data: Any = "x"
    for steg in reversed(vag):
        data = [data] if steg == 0 else {steg: data}
    with pytest.raises(ValidationError) as fangat:
        klass.model_validate(data, by_alias=True, by_name=False)
    (mening,) = (fel.mening for fel in oversatt(fangat.value).fel if fel.falt == _namn(vag))
    assert re.fullmatch(rf"{_namn(vag)} ska vara [^\^\\\[$]+, inte ”x”\.", utan_engelska(mening))


def test_de_kanda_formerna_ar_med() -> None:
    assert {"kommun", "manad", "organisationsnummer", "belopp"} <= {str(vag[-1]) for _, vag in ALLA}
