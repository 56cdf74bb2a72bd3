"""Registrations come in order, are legal when they are made, and mistakes are corrected."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

import pytest

from tests.application.test_syntet_hjalp import (
    ALLA,
    Json,
    gallande,
    historik,
    olagligheter,
    orebro,
    registrerad_dag,
    tryckta_avvikelser,
    utanfor_sin_placering,
    vistelser,
)

PLANER = {"budget.faststalld", "budget.justerad", "platser.andrade", "ramavtal.tecknat"}
LANGSTA_DROJSMAL = timedelta(days=240)


@pytest.fixture(scope="module", params=sorted(ALLA))
def namn(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def rader(namn: str) -> list[Json]:
    return historik(ALLA[namn]())


def test_registreringarna_ar_strangt_vaxande(rader: list[Json]) -> None:
    tider = [h["registrerad"] for h in rader]
    assert all(a < b for a, b in itertools.pairwise(tider))


def test_inget_registreras_fore_sin_dag_eller_for_sent(rader: list[Json]) -> None:
    for h in rader:
        drojsmal = registrerad_dag(h) - date.fromisoformat(h["datum"])
        assert timedelta(0) <= drojsmal or h["typ"] in PLANER, h
        if h["samling"] == "placeringar":
            assert drojsmal <= LANGSTA_DROJSMAL, h


def test_tidigare_ar_ar_registrerade_till_beslutsdagen(namn: str, rader: list[Json]) -> None:
    uppdrag = ALLA[namn]()
    sena = [h for h in rader if int(h["datum"][:4]) < uppdrag.ar and registrerad_dag(h) > uppdrag.beslutsdag]
    assert sena == []


def test_inget_hander_i_varden_efter_slutdagen(namn: str, rader: list[Json]) -> None:
    uppdrag = ALLA[namn]()
    assert max(h["datum"] for h in rader if h["samling"] == "placeringar") <= uppdrag.slutdag.isoformat()
    assert any(registrerad_dag(h) > uppdrag.slutdag for h in rader if h["samling"] == "placeringar")


def test_varje_handelse_ar_laglig_nar_den_registreras(rader: list[Json]) -> None:
    assert olagligheter(rader) == []
    assert utanfor_sin_placering(rader) == []


@pytest.mark.parametrize("fro", [11, *(pytest.param(fro, marks=pytest.mark.tung) for fro in (12, 13))])
def test_andra_fron_ar_ocksa_lagliga(fro: int) -> None:
    rader = historik(orebro(fro=fro))
    assert olagligheter(rader) == [], f"frö {fro}"
    assert utanfor_sin_placering(rader) == [], f"frö {fro}"


@pytest.mark.parametrize(
    ("till", "beslutad"),
    [
        (date(2019, 1, 1), date(2019, 9, 19)),
        (date(2019, 2, 10), date(2019, 3, 2)),
        (date(2019, 8, 31), date(2019, 6, 15)),
        (date(2019, 12, 31), date(2020, 2, 20)),
    ],
)
def test_ovanliga_slutdagar_och_beslutsdagar_ar_ocksa_lagliga(till: date, beslutad: date) -> None:
    uppdrag = replace(orebro(), till=till, beslutad=beslutad)
    rader = historik(uppdrag)
    assert olagligheter(rader) == []
    assert utanfor_sin_placering(rader) == []
    assert tryckta_avvikelser(uppdrag, (h for h in rader if registrerad_dag(h) <= beslutad)) == []


def test_de_gallande_handelserna_ryms_i_sin_placering(rader: list[Json]) -> None:
    for v in vistelser(rader).values():
        start, slut = v.borjan["datum"], v.slut["datum"] if v.slut else "9999-12-31"
        assert start <= slut
        for h in v.inre:
            assert start <= h["datum"]
            assert h["typ"] == "insats.utvarderad" or h["datum"] <= slut
            if h["typ"] == "franvaro.registrerad":
                assert h["datum"] < h["till"] <= slut
            if h["typ"] == "insats.utvarderad":
                assert v.slut is not None
                assert h["datum"] >= slut


def test_kontorstid_i_sverige(rader: list[Json]) -> None:
    timmar = Counter(int(h["registrerad"][11:13]) for h in rader if h["samling"] == "placeringar")
    assert set(timmar) <= set(range(5, 17))


def test_de_flesta_drojsmal_ar_korta_men_nagra_langa() -> None:
    alla = [h for h in historik(orebro()) if h["samling"] == "placeringar" and "rattar" not in h]
    dagar = [(registrerad_dag(h) - date.fromisoformat(h["datum"])).days for h in alla]
    assert 2 <= median(dagar) <= 4
    assert sum(d <= 7 for d in dagar) / len(dagar) > 0.7
    assert max(dagar) > 150


@pytest.mark.parametrize("fro", [1, 2, 3])
def test_ungefar_tva_procent_rattas(fro: int) -> None:
    alla = [h for h in historik(orebro(fro=fro)) if h["samling"] == "placeringar"]
    rattelser = [h for h in alla if "rattar" in h]
    assert 0.01 < len(rattelser) / len(alla) < 0.04
    makulerade = sum(h["typ"] == "handelse.makulerad" for h in rattelser)
    assert 0.04 < makulerade / len(rattelser) < 0.25


def test_rattelsen_kommer_efter_och_andrar_nagot() -> None:
    rader = historik(orebro())
    tidigare: dict[str, Json] = {}
    falt: set[str] = set()
    for h in rader:
        if "rattar" in h:
            fel = tidigare[h["rattar"]]
            assert fel["id"] == h["id"]
            if h["typ"] == "handelse.makulerad":
                assert h["orsak"] == "felregistrering"
            else:
                assert fel["typ"] == h["typ"]
                andrade = {n for n in h if n not in ("handelseId", "registrerad", "rattar") and h[n] != fel[n]}
                assert andrade
                falt |= andrade
        tidigare[h["handelseId"]] = h
    assert falt == {"pris", "datum", "malgrupp", "insatsform", "avsandare", "utredningstyp"}


def test_makulerade_strommar_lamnar_inget_kvar() -> None:
    rader = historik(orebro())
    mal = {h["rattar"] for h in rader if h["typ"] == "handelse.makulerad"}
    makulerade = {h["id"] for h in rader if h["handelseId"] in mal and h["typ"] == "placering.paborjad"}
    assert makulerade
    assert not makulerade & {h["id"] for h in gallande(rader)}
