"""The description of the API follows the national profile, breaks nothing, is in two languages, and is what is kept."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from interfaces.dokument import EXEMPELADRESS
from interfaces.http.engelska import ordbok, texter
from interfaces.http.exempelsvar import FIL
from interfaces.http.openapi import beskrivning
from tests.interfaces.api.brytande import brytande, fryst
from tests.interfaces.api.profil import REGLER, brister, sida
from tests.interfaces.exempelsvar import som_text

ROT = Path(__file__).parents[3]


@pytest.fixture
def d() -> Any:
    return copy.deepcopy(beskrivning(EXEMPELADRESS))


def test_profilens_regler_uppfylls(d: Any) -> None:
    assert brister(d) == {}
    assert (ROT / "docs" / "api-profil.md").read_text(encoding="utf-8") == sida(d)


@pytest.mark.parametrize("regel", [regel for regel in REGLER if regel.prov is not None], ids=lambda regel: regel.id)
def test_varje_regel_kan_fallas(regel: Any, d: Any) -> None:
    """A rule that nothing can break is no rule."""
    d["info"] = {"description": ""}
    d["openapi"] = "3.0.0"
    d["servers"] = [{"url": "http://liggare.example:80/" + "x" * 2100}]
    operation = d["paths"].pop("/matt/{namn}")["get"]
    operation |= {"description": "", "requestBody": {"content": {"text/plain": {}}}}
    operation.pop("x-description-en")
    operation["parameters"] += [
        {"name": namn, "in": var, "required": True, "schema": {"type": "object"}}
        for namn, var in (("Pers_nr", "query"), ("offset", "query"), ("personnummer", "query"), ("X", "header"))
    ]
    operation["responses"] = {
        "200": {"content": {"text/plain": {"examples": {"a": {"value": "2019-01-01T00:00:00+01:00"}}}}},
        "400": {"content": {"application/json": {}}},
    }
    uppfunnet = operation["parameters"] + [{"name": "limit", "in": "query", "required": False, "schema": {}}]
    d["paths"]["/Mått_ett"] = {"get": operation, "post": {**operation, "parameters": uppfunnet}}
    del d["paths"]["/api-info"]
    d["components"]["schemas"]["Problemsvar"]["required"] = []
    d["components"]["schemas"]["Fel"]["properties"]["Ett_falt"] = {}
    d["components"]["securitySchemes"] = {
        "a": {"type": "http", "scheme": "basic"}, "b": {"type": "apiKey", "in": "query"},
    }  # fmt: skip
    assert regel.prov is not None
    if regel.id in ("DOT.01", "DOT.04"):
        operation["responses"]["400"]["content"]["application/json"]["examples"] = {}
    assert list(regel.prov(d))


def test_ingenting_bryts_for_den_som_foljer_den_frysta(d: Any) -> None:
    assert brytande(fryst(), d) == []


def _utan_vag(d: Any) -> None:
    del d["paths"]["/matt"]


def _utan_parameter(d: Any) -> None:
    d["paths"]["/matt/{namn}"]["get"]["parameters"].pop()


def _kravd_parameter(d: Any) -> None:
    d["paths"]["/placeringar"]["get"]["parameters"][0]["required"] = True


def _annat_namn(d: Any) -> None:
    d["paths"]["/matt"]["get"]["operationId"] = "matten"


def _annan_typ(d: Any) -> None:
    d["components"]["schemas"]["Kvittosvar"]["properties"]["version"]["type"] = "string"


def _utan_falt(d: Any) -> None:
    del d["components"]["schemas"]["Cloudevent"]["properties"]["position"]


def _falt_kan_saknas(d: Any) -> None:
    d["components"]["schemas"]["Flodessida"]["required"].remove("fortsattEfter")


def _utan_ord(d: Any) -> None:
    schema = d["paths"]["/placeringar/{id}/handelser"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schema["properties"]["typ"]["enum"].pop()


def _kravt_falt(d: Any) -> None:
    schema = d["paths"]["/placeringar/{id}/handelser"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schema["required"].append("version")


def _utan_medietyp(d: Any) -> None:
    del d["paths"]["/handelser"]["get"]["responses"]["200"]["content"]["text/event-stream"]


def _utan_svar(d: Any) -> None:
    del d["paths"]["/arenden/{id}/handelser"]["post"]["responses"]["200"]


@pytest.mark.parametrize(
    "andra",
    [
        _utan_vag, _utan_parameter, _kravd_parameter, _annat_namn, _annan_typ, _utan_falt, _falt_kan_saknas, _utan_ord,
        _kravt_falt, _utan_medietyp, _utan_svar,
    ],
)  # fmt: skip
def test_det_som_bryter_upptacks(andra: Any) -> None:
    d = copy.deepcopy(fryst())
    andra(d)
    assert brytande(fryst(), d)


def test_varje_text_finns_pa_engelska(d: Any) -> None:
    assert texter(d) - ordbok().keys() == set()
    assert ordbok().keys() - texter(d) == set()


def test_beskrivningen_som_foljer_med_ar_den_som_galler(d: Any) -> None:
    assert json.loads((ROT / "docs" / "openapi.json").read_text(encoding="utf-8")) == d


def test_exemplen_ar_vad_adresserna_svarar() -> None:
    assert (ROT / "interfaces" / "http" / FIL).read_text(encoding="utf-8") == som_text()
