"""A form of a text: what has it, and that pydantic refuses the rest in the form's own words."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.handelse import KOMMUNKOD, MANAD
from domain.textform import Textform
from domain.utforare.handelser import ORGANISATIONSNUMMER

FORMEN = Textform("[a-z]{2}(-[a-z])?", "två små bokstäver")
LAS = TypeAdapter(Annotated[str, FORMEN] | None)


@pytest.mark.parametrize("text", ["ab", "ab-c"])
def test_det_som_har_formen_ar_sig_likt(text: str) -> None:
    assert FORMEN.galler(text)
    assert LAS.validate_python(text) == text


@pytest.mark.parametrize("text", ["", "a", "abc", "xab", "ab-", "ab\n", "AB"], ids=repr)
def test_det_som_inte_har_formen_nekas_med_formens_ord(text: str) -> None:
    assert not FORMEN.galler(text)
    with pytest.raises(ValidationError) as fel:
        LAS.validate_python(text)
    (ett,) = fel.value.errors()
    assert (ett["type"], ett["ctx"]) == ("string_pattern_mismatch", {"pattern": "två små bokstäver"})
    assert ett["input"] == text


@pytest.mark.parametrize("varde", [12, ["ab"]])
def test_det_som_inte_ar_text_nekas_som_det(varde: Any) -> None:
    with pytest.raises(ValidationError) as fel:
        LAS.validate_python(varde)
    assert [ett["type"] for ett in fel.value.errors()] == ["string_type"]


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_schemat_har_monstret_och_inget_mer(mode: Literal["validation", "serialization"]) -> None:
    ett, _ = LAS.json_schema(mode=mode)["anyOf"]
    assert ett == {"type": "string", "pattern": "^[a-z]{2}(-[a-z])?$"}


@pytest.mark.parametrize(
    ("form", "exempel"),
    [(KOMMUNKOD, "1880"), (MANAD, "1900-01"), (MANAD, "2199-12"), (ORGANISATIONSNUMMER, "556677-8899")],
)
def test_det_som_orden_namner_ar_tillatet(form: Textform, exempel: str) -> None:
    assert exempel in form.ord
    assert form.galler(exempel)
