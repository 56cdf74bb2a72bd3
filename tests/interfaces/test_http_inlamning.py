"""Many events at once: each line by itself, and the whole again without harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from application.handelsekatalog.exempel import godtagna
from interfaces.http.adress import MANGA_HANDELSER
from interfaces.http.inlamning import HOGST_RADER
from tests.interfaces.http_klient import STROM, Json, Klient, avslutad, klient, paborjad, problem


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    with klient(tmp_path) as ny:
        yield ny


def sand(k: Klient, rader: bytes | list[Any]) -> Any:
    kropp = rader if isinstance(rader, bytes) else "\n".join(map(json.dumps, rader)).encode()
    return k.http.post("/v1/handelser", content=kropp, headers={"Content-Type": "application/x-ndjson"})


def rad(handelse: Json, **annat: Any) -> Json:
    return {**handelse, "samling": "placeringar", "id": str(STROM), **annat}


def utfall(svar: Any) -> list[str]:
    return [ett["kvitto"]["utfall"] if "kvitto" in ett else ett["problem"]["type"] for ett in svar.json()["resultat"]]


def test_varje_rad_far_sitt_svar(k: Klient) -> None:
    slut = avslutad("2019-01-05")
    rader = [
        rad(paborjad()),
        rad(avslutad("2018-12-31")),
        rad(slut, stromversion=1),
        rad(avslutad("2019-01-06"), stromversion=1),
        "ingen händelse",
        rad(paborjad(), aktor={"id": "a", "roll": "b"}),
        rad(slut),
        rad(avslutad("2019-01-05")),
    ]
    svar = sand(k, rader)
    assert svar.status_code == 200
    assert utfall(svar) == [
        "registrerad",
        "/problem/placeringen-slutar-fore-sin-borjan",
        "registrerad",
        "/problem/strommen-har-en-annan-version",
        "/problem/ogiltig-handelse",
        "/problem/ogiltig-handelse",
        "/problem/ogiltig-handelse",
        "oforandrat",
    ]
    innehall = svar.json()
    assert (innehall["rader"], innehall["mottagna"], innehall["nekade"]) == (8, 3, 5)
    assert [ett["rad"] for ett in innehall["resultat"]] == list(range(1, 9))
    assert [ett["status"] for ett in innehall["resultat"]] == [201, 422, 201, 412, 422, 422, 422, 200]
    assert k.tjanster.huvudbok.antal() == 2


def test_en_rad_som_inte_gar_att_lasa_tar_inte_sitt_id_fran_en_rattad(k: Klient) -> None:
    ratt = rad(paborjad())
    svar = sand(k, [{**ratt, "malgrupp": "finnsInte"}, ratt, ratt])
    assert utfall(svar) == ["/problem/ogiltig-handelse", "registrerad", "/problem/ogiltig-handelse"]
    assert "står på en tidigare rad" in svar.json()["resultat"][2]["problem"]["detail"]


def test_samma_innehall_igen_andrar_ingenting(k: Klient) -> None:
    rader = [rad(paborjad()), rad(avslutad("2019-01-05"))]
    forsta, igen = sand(k, rader), sand(k, rader)
    assert utfall(igen) == ["redanRegistrerad"] * 2
    assert [ett["kvitto"]["lov"] for ett in igen.json()["resultat"]] == [
        ett["kvitto"]["lov"] for ett in forsta.json()["resultat"]
    ]


def test_exemplet_i_beskrivningen_gar_att_sanda(k: Klient) -> None:
    beskrivning = k.las("/v1/openapi")["paths"]["/handelser"]["post"]["requestBody"]["content"]
    (exempel,) = beskrivning["application/x-ndjson"]["examples"].values()
    k.den("2025-12-31")
    assert utfall(sand(k, exempel["value"].encode())) == ["registrerad"] * len(godtagna("placering.avslutad")[0].rader)


@pytest.mark.parametrize("text", [b"{", b'{"a":1,"a":2}', b"[]" * 2, b'{"typ": NaN}', b"\xff"])
def test_en_rad_som_inte_ar_json_stoppar_inte_de_andra(k: Klient, text: bytes) -> None:
    svar = sand(k, json.dumps(rad(paborjad())).encode() + b"\r\n\n" + text + b"\n")
    assert utfall(svar) == ["registrerad", "/problem/ogiltig-json"]
    assert [ett["rad"] for ett in svar.json()["resultat"]] == [1, 3]


@pytest.mark.parametrize("version", ["1", 1.0, True, -1])
def test_en_version_som_inte_ar_nagon(k: Klient, version: object) -> None:
    assert utfall(sand(k, [rad(paborjad(), stromversion=version)])) == ["/problem/ogiltig-handelse"]


def test_granserna(k: Klient) -> None:
    problem(sand(k, b"{}\n" * (HOGST_RADER + 1)), 413, "for-stort-innehall")
    problem(sand(k, b" " * (MANGA_HANDELSER.hogst + 1)), 413, "for-stort-innehall")
    assert sand(k, b"").json() == {"rader": 0, "mottagna": 0, "nekade": 0, "resultat": []}
    problem(k.http.post("/v1/handelser", json={}), 415, "fel-innehallstyp")


def test_raderna_i_olika_strommar_registreras_i_ordning(k: Klient) -> None:
    strommar = [str(uuid4()) for _ in range(20)]
    sand(k, [rad(paborjad(), id=strom, stromversion=0) for strom in strommar])
    assert [str(ett.originator_id) for ett in k.tjanster.huvudbok.las_logg(0, 50)] == strommar
