"""The description of the API: whole, in Swedish, and true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from application.commands import Utfall
from interfaces.http.adresser import ADRESSER
from interfaces.http.modeller import (
    Handelselista,
    Handelsetyplista,
    Kvittosvar,
    Mattlista,
    Mattsvar,
    Problemsvar,
    Redo,
    Tillstand,
)
from tests.interfaces.http_klient import ADRESS, Json, Klient, avslutad, klient, paborjad


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    with klient(tmp_path) as ny:
        yield ny


@pytest.fixture
def dokument(k: Klient) -> Json:
    return k.las("/v1/openapi")


def alla(nod: Any, nyckel: str) -> Iterator[Any]:
    """Yield every value under a key, at any depth."""
    if isinstance(nod, dict):
        if nyckel in nod:
            yield nod[nyckel]
        for barn in nod.values():
            yield from alla(barn, nyckel)
    elif isinstance(nod, list):
        for barn in nod:
            yield from alla(barn, nyckel)


def operationer(dokument: Json) -> Iterator[tuple[str, Json]]:
    for adress, metoder in dokument["paths"].items():
        for operation in metoder.values():
            yield adress, operation


def test_dokumentet_ar_helt(dokument: Json) -> None:
    assert dokument["openapi"].startswith("3.1")
    assert dokument["info"]["title"] == "Liggare"
    scheman = dokument["components"]["schemas"]
    delar = {f"#/components/{slag}/{namn}" for slag, alla_ in dokument["components"].items() for namn in alla_}
    assert set(alla({**dokument, "components": {**dokument["components"]}}, "$ref")) <= delar
    assert "HTTPValidationError" not in scheman
    idn = [operation["operationId"] for _, operation in operationer(dokument)]
    assert len(idn) == len(set(idn))
    assert set(idn) == {adress.namn for adress in ADRESSER if adress.vag.startswith("/v1/")}
    for adress, operation in operationer(dokument):
        parametrar = operation.get("parameters", [])
        assert {p["name"] for p in parametrar if p["in"] == "path"} == set(re.findall(r"{(\w+)}", adress))
        namn = [(p["in"], p["name"]) for p in parametrar]
        assert len(namn) == len(set(namn))
        assert all(p["schema"] for p in parametrar)
        assert {"400", "500", "503"} <= operation["responses"].keys()


def test_adresserna_foljer_regeln(dokument: Json) -> None:
    for adress in dokument["paths"]:
        assert re.fullmatch(r"(/([a-z-]+|{[a-z]+}))+", adress)


def test_allt_som_lases_ar_pa_svenska(dokument: Json) -> None:
    dokument["info"]["description"] = dokument["info"]["description"].partition("In English")[0]
    texter = [t for nyckel in ("summary", "description") for t in alla(dokument, nyckel) if isinstance(t, str)]
    assert len(texter) > 80
    engelska = {"the", "of", "and", "successful", "response", "validation", "error", "return", "whether"}
    for text in texter:
        assert not engelska & set(re.findall(r"\w+", text.lower())), text
    assert "händelseliggare" in dokument["info"]["description"]
    for _, operation in operationer(dokument):
        assert operation["summary"] and operation["description"]
        assert all(p.get("description") for p in operation.get("parameters", []))
        assert all(svar.get("description") or svar["$ref"] for svar in operation["responses"].values())


def test_kroppen_har_exempel(dokument: Json) -> None:
    innehall = dokument["paths"]["/placeringar/{id}/handelser"]["post"]["requestBody"]["content"]["application/json"]
    assert {"placering.paborjad", "placering.avslutad-2", "handelse.makulerad"} <= innehall["examples"].keys()
    assert "placering.paborjad" in innehall["schema"]["properties"]["typ"]["enum"]


def test_kvittots_utfall_ar_de_som_finns() -> None:
    assert get_args(Kvittosvar.model_fields["utfall"].annotation) == tuple(Utfall)


def test_svaren_har_den_form_som_beskrivs(k: Klient) -> None:
    fel = k.registrera(paborjad())
    Kvittosvar.model_validate(fel)
    slut = k.registrera(avslutad("2019-01-05"))
    k.registrera(avslutad("2019-01-06", rattar=slut["handelseId"], kalla="system", externId="1"))
    Handelselista.model_validate(k.las(f"{ADRESS}/handelser"))
    Tillstand.model_validate(k.las(ADRESS))
    Mattlista.model_validate(k.las("/v1/matt"))
    Mattsvar.model_validate(k.las("/v1/matt/kostnad", gruppera="kon", malgrupp="unga"))
    Redo.model_validate(k.las("/v1/readyz"))
    Handelsetyplista.model_validate(k.las("/v1/handelsetyper"))
    Problemsvar.model_validate(k.http.get("/v1/matt?x=1").json())
    Problemsvar.model_validate(k.sand({}).json())


def test_head_svarar_som_get_utan_innehall(k: Klient) -> None:
    get, head = k.http.get("/v1/matt"), k.http.head("/v1/matt")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == get.headers
