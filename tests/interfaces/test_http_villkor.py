"""What a request that records must say: which event, and which version of its stream."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from application.commands import Kvitto, Registrator
from application.envelope import Forslag
from tests.interfaces.http_klient import ADRESS, Klient, avslutad, klient, paborjad, problem


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    with klient(tmp_path) as ny:
        yield ny


Huvuden = list[tuple[str, str]]


def sand(k: Klient, huvuden: Huvuden, **annat: str) -> tuple[int, str]:
    """Send an event that ends a stream of two entries, or begins a new one, and return what kind of answer it got."""
    ny = not k.tjanster.huvudbok.antal()
    kropp = paborjad() if ny else avslutad("2019-01-05")
    svar = k.http.post(f"{ADRESS}/handelser", json={**kropp, **annat}, headers=huvuden)
    return svar.status_code, svar.json().get("type", "").removeprefix("/problem/")


INAKTUELL, OGILTIGT, SAKNAS = (412, "strommen-har-en-annan-version"), (400, "ogiltigt-villkor"), (428, "villkor-saknas")
TAGEN = (201, "")


@pytest.mark.parametrize(
    ("huvuden", "svar"),
    [
        ([], SAKNAS),
        ([("If-Match", '"1"')], TAGEN),
        ([("If-Match", '"1.0a9f"')], TAGEN),
        ([("If-Match", "*")], TAGEN),
        ([("If-Match", '"7", "1"')], TAGEN),
        ([("If-Match", '"7"'), ("If-Match", '"1"')], TAGEN),
        ([("If-Match", '"0"')], INAKTUELL),
        ([("If-Match", '"2"')], INAKTUELL),
        ([("If-Match", 'W/"1"')], INAKTUELL),
        ([("If-Match", '"abc"')], INAKTUELL),
        ([("If-None-Match", "*")], INAKTUELL),
        ([("If-Match", "1")], OGILTIGT),
        ([("If-Match", '"1')], OGILTIGT),
        ([("If-Match", '*, "1"')], OGILTIGT),
        ([("If-None-Match", '"1"')], OGILTIGT),
        ([("If-Match", '"1"'), ("If-None-Match", "*")], OGILTIGT),
        ([("If-Match", "")], SAKNAS),
    ],
)
def test_varje_villkor_har_ett_svar(k: Klient, huvuden: Huvuden, svar: tuple[int, str]) -> None:
    k.registrera(paborjad())
    assert sand(k, huvuden) == svar
    assert k.tjanster.huvudbok.antal() == (2 if svar == TAGEN else 1)


@pytest.mark.parametrize(
    ("huvuden", "svar"),
    [
        ([("If-None-Match", "*")], TAGEN),
        ([("If-Match", '"0"')], TAGEN),
        ([("If-Match", "*")], INAKTUELL),
        ([("If-Match", '"1"')], INAKTUELL),
        ([], SAKNAS),
    ],
)
def test_varje_villkor_for_en_strom_som_inte_har_borjat(k: Klient, huvuden: Huvuden, svar: tuple[int, str]) -> None:
    assert sand(k, huvuden) == svar


def test_den_som_har_en_inaktuell_version_far_veta_den_aktuella(k: Klient) -> None:
    k.registrera(paborjad())
    svar = k.http.post(f"{ADRESS}/handelser", json=avslutad("2019-01-05"), headers={"If-Match": '"4"'})
    fel = problem(svar, 412, "strommen-har-en-annan-version")
    assert (svar.headers["etag"], fel["version"]) == ('"1"', 1)
    assert "inte den som anges (4)" in fel["detail"]
    utan = k.http.post(f"{ADRESS}/handelser", json=avslutad("2019-01-05"), headers={"If-Match": '"abc"'})
    assert "inte den som anges (en annan)" in problem(utan, 412, "strommen-har-en-annan-version")["detail"]


def test_det_som_lastes_sager_vilken_version_det_bygger_pa(k: Klient) -> None:
    k.registrera(paborjad())
    etagg = k.http.get(ADRESS).headers["etag"]
    assert sand(k, [("If-Match", etagg)]) == TAGEN
    assert sand(k, [("If-Match", etagg)]) == INAKTUELL


def test_en_upprepning_ger_sitt_kvitto_aven_om_strommen_har_vuxit(k: Klient) -> None:
    handelse = paborjad()
    k.registrera(handelse)
    k.registrera(avslutad("2019-01-05"))
    svar = k.http.post(f"{ADRESS}/handelser", json=handelse, headers={"If-None-Match": "*"})
    assert (svar.status_code, svar.json()["utfall"]) == (200, "redanRegistrerad")


NYCKEL = "0198c1a4-6f00-7c3e-9a51-2f1f4b6c0001"


@pytest.mark.parametrize("skriven", [f'"{NYCKEL}"', NYCKEL, NYCKEL.upper()])
@pytest.mark.parametrize("i_kroppen", [None, NYCKEL, NYCKEL.upper()])
def test_handelsens_id_far_sta_i_huvudet(k: Klient, skriven: str, i_kroppen: str | None) -> None:
    handelse = paborjad() | ({"handelseId": i_kroppen} if i_kroppen else {})
    if i_kroppen is None:
        del handelse["handelseId"]
    huvuden = {"Idempotency-Key": skriven, "If-None-Match": "*"}
    for status in (201, 200):
        svar = k.http.post(f"{ADRESS}/handelser", json=handelse, headers=huvuden)
        assert (svar.status_code, svar.json()["handelseId"]) == (status, NYCKEL)


@pytest.mark.parametrize(
    ("nycklar", "i_kroppen", "kod"),
    [
        ([], None, "nyckel-saknas"),
        ([NYCKEL], "0198c1a4-6f00-7c3e-9a51-2f1f4b6c0002", "nycklarna-skiljer-sig"),
        ([NYCKEL], 7, "nycklarna-skiljer-sig"),
        (["nyckel-1"], None, "ogiltig-nyckel"),
        ([""], None, "ogiltig-nyckel"),
        ([NYCKEL, NYCKEL], None, "ogiltig-nyckel"),
    ],
)
def test_en_nyckel_som_inte_gar(k: Klient, nycklar: list[str], i_kroppen: object, kod: str) -> None:
    handelse = {namn: varde for namn, varde in paborjad().items() if namn != "handelseId"}
    handelse |= {} if i_kroppen is None else {"handelseId": i_kroppen}
    huvuden = [("If-None-Match", "*"), *(("Idempotency-Key", nyckel) for nyckel in nycklar)]
    innehall = problem(k.http.post(f"{ADRESS}/handelser", json=handelse, headers=huvuden), 400, kod)
    assert kod != "ogiltig-nyckel" or f"”{', '.join(nycklar)}”" in innehall["detail"]


def test_en_handelse_som_ar_pa_vag_far_komma_igen(k: Klient, monkeypatch: pytest.MonkeyPatch) -> None:
    borjat, slapp = threading.Event(), threading.Event()
    ratt = Registrator.registrera

    def vanta(self: Registrator, forslag: Forslag, *annat: Any) -> Kvitto:
        borjat.set()
        assert slapp.wait(30)
        return ratt(self, forslag, *annat)

    monkeypatch.setattr(Registrator, "registrera", vanta)
    handelse = paborjad()
    svaren = []
    forsta = threading.Thread(target=lambda: svaren.append(k.sand(handelse)))
    forsta.start()
    assert borjat.wait(30)
    under = k.sand(handelse)
    slapp.set()
    forsta.join()
    problem(under, 409, "redan-pa-vag")
    assert under.headers["retry-after"] == "1"
    assert [svar.status_code for svar in svaren] == [201]
    assert k.sand(handelse).json()["utfall"] == "redanRegistrerad"
    assert k.tjanster.huvudbok.antal() == 1


def test_en_annan_strom_med_samma_id_finns_inte(k: Klient) -> None:
    k.registrera(paborjad(), f"/v1/placeringar/{uuid4()}")
    assert k.las("/v1/placeringar")["strommar"][0]["position"] == 1
