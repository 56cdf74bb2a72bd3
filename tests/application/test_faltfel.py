"""Faults in fields are sentences in Swedish that name the field and the value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import pytest
from pydantic import BaseModel, Field, ValidationError

from application import faltfel
from application.faltfel import Faltfel, OgiltigHandelse, ogiltig, oversatt, visa
from domain.atgard.handelser import EffektBeraknad
from domain.handelse import Ogonblick
from domain.pengar import Decimaltext
from tests.domain.importrader import utan_engelska


class _Del(BaseModel):
    antal: int = Field(strict=True)


class _Prov(BaseModel):
    dag: date = date(2019, 1, 1)
    tid: Ogonblick | None = None
    nyckel: UUID = UUID(int=0)
    belopp: Decimal = Field(Decimal(0), max_digits=5)
    text: str = Field("abc", min_length=2, max_length=4)
    lista: tuple[int, ...] = Field((1,), min_length=1, max_length=2)
    delar: tuple[_Del, ...] = Field((_Del(antal=1),), min_length=1)
    objekt: dict[str, int] = Field(default_factory=dict)
    heltal: int = Field(3, ge=1, le=5, multiple_of=1)
    avgift: Annotated[Decimaltext, Field(ge=Decimal("0.01"), le=Decimal(10))] = Decimal(1)


def fel_i(**falt: Any) -> tuple[Faltfel, ...]:
    with pytest.raises(ValidationError) as fangat:
        _Prov.model_validate(falt)
    return oversatt(fangat.value).fel


@pytest.mark.parametrize(
    ("falt", "varde", "kod", "mening"),
    [
        ("dag", "2019-02-30", None, "dag ska vara ett datum ÅÅÅÅ-MM-DD, inte ”2019-02-30”."),
        ("dag", "2019-02-03T12:00:00", None, "dag ska vara ett datum utan klockslag, inte ”2019-02-03T12:00:00”."),
        ("dag", None, "date-type", "dag ska vara ett datum ÅÅÅÅ-MM-DD, inte null."),
        ("tid", "i går", None, "tid ska vara en tidpunkt enligt RFC 3339, inte ”i går”."),
        ("tid", 5, None, "tid ska vara en tidpunkt enligt RFC 3339, inte 5."),
        (
            "tid",
            "2019-02-03T12:00:00",
            "timezone-aware",
            "tid ska ha en tidszon, till exempel Z; ”2019-02-03T12:00:00” saknar den.",
        ),
        (
            "tid",
            "0001-01-01T00:00:00+05:00",
            "ogiltigt-varde",
            "tid: tidpunkten ska ligga mellan 1900 och 2200 (angivet: ”0001-01-01T00:00:00+05:00”).",
        ),
        ("nyckel", "abc", "uuid-parsing", "nyckel ska vara ett UUID, inte ”abc”."),
        ("nyckel", 7, "uuid-type", "nyckel ska vara ett UUID, inte 7."),
        ("belopp", "x", None, 'belopp ska vara ett decimaltal som text, till exempel "1953.00", inte ”x”.'),
        ("text", 3, "string-type", "text ska vara text, inte 3."),
        ("text", "a", "string-too-short", "text får inte vara tomt."),
        ("text", "abcde", "string-too-long", "text får ha högst 4 tecken."),
        ("lista", [], "too-short", "lista ska ha minst 1 element."),
        ("lista", [1, 2, 3], "too-long", "lista ska ha högst 2 element."),
        ("lista", "x", "tuple-type", "lista ska vara en lista, inte ”x”."),
        ("objekt", [1], "dict-type", "objekt ska vara ett objekt, inte en lista."),
        ("heltal", 9, "less-than-equal", "heltal ska vara högst 5, inte 9."),
        ("heltal", 0, "greater-than-equal", "heltal ska vara minst 1, inte 0."),
        ("avgift", "0.00", "greater-than-equal", "avgift ska vara minst 0.01, inte ”0.00”."),
        ("avgift", "10.01", "less-than-equal", "avgift ska vara högst 10, inte ”10.01”."),
        ("heltal", 1.5, "int-from-float", "heltal ska vara ett heltal, inte 1.5."),
    ],
)
def test_ett_faltfel_ar_en_mening_pa_svenska(falt: str, varde: Any, kod: str | None, mening: str) -> None:
    (fel,) = fel_i(**{falt: varde})
    assert fel.falt == falt
    assert utan_engelska(fel.mening) == mening
    assert kod is None or fel.kod == kod
    assert "_" not in fel.kod


def test_ett_fel_langre_in_sager_hela_vagen_dit() -> None:
    (fel,) = fel_i(delar=[{"antal": 1}, {"antal": "2"}])
    assert fel == Faltfel("delar.1.antal", "int-type", "delar.1.antal ska vara ett heltal, inte ”2”.")


def test_ett_fel_i_ett_element_gor_inte_listan_for_kort() -> None:
    assert [f.falt for f in fel_i(delar=[{"antal": "2"}])] == ["delar.0.antal"]
    assert [f.falt for f in fel_i(delar=[{"antal": 1}, {}], lista=[])] == ["lista", "delar.1.antal"]


def test_ett_felslag_utan_egen_mening_far_anda_en_svensk() -> None:
    (fel,) = fel_i(belopp="123456")
    assert fel.kod == "decimal-max-digits"
    assert utan_engelska(fel.mening) == "belopp har ett otillåtet värde: ”123456”."


def test_alla_fel_sags_pa_en_gang() -> None:
    fel = fel_i(heltal=9, text="a")
    assert [f.falt for f in fel] == ["text", "heltal"]
    assert str(OgiltigHandelse(fel)) == "text får inte vara tomt. heltal ska vara högst 5, inte 9."


def test_ett_enda_fel_kan_sagas_direkt() -> None:
    fel = ogiltig("id", "missing", "Fältet id saknas.")
    assert fel.fel == (Faltfel("id", "missing", "Fältet id saknas."),)
    assert str(fel) == "Fältet id saknas."


def test_varje_mening_i_tabellen_namner_faltet_och_ar_svensk() -> None:
    for kod, mening in faltfel._MENINGAR.items():
        assert "{falt}" in mening, kod
        utan_engelska(mening.replace('"1953.00"', "").replace("{expected}", "").replace("true eller false", ""))


@pytest.mark.parametrize(
    ("varde", "text"),
    [
        ("barn", "”barn”"),
        ("", "””"),
        (12.5, "12.5"),
        (None, "null"),
        (True, "true"),
        (date(2019, 1, 1), '"2019-01-01"'),
        ({"a": 1}, "ett objekt"),
        ([1, 2], "en lista"),
        ((1, 2), "en lista"),
    ],
)
def test_ett_varde_visas_som_det_stod(varde: Any, text: str) -> None:
    assert visa(varde) == text


def test_ett_langt_varde_kortas() -> None:
    assert visa("x" * 500) == "”" + "x" * 78 + "…"


def test_en_regel_om_flera_falt_namner_dem_sjalv() -> None:
    with pytest.raises(ValidationError) as fel:
        EffektBeraknad.model_validate({"datum": "2025-04-30", "ar": 2025})
    (ett,) = oversatt(fel.value).fel
    assert (ett.falt, ett.kod) == ("händelsen", "ogiltigt-varde")
    assert ett.mening == "prognosUnderAret eller beraknadTotal måste anges."
