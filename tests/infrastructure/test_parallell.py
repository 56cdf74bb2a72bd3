"""A rebuild by several processes gives the rows that one process gives, and is done whole or not at all."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from typing import Any, NoReturn

import orjson
import pytest

from application.delprocess import DelprocessenForsvann
from application.ombyggnad import FaktaSkiljer
from application.ports import DiskenFull
from infrastructure import jamforelse, ombyggnad
from infrastructure.database import adress
from infrastructure.generation import Bygge
from infrastructure.parallell import FLEST_PROCESSER, HANDELSER_FOR_FLERA, antal_processer
from interfaces.bootstrap import Tjanster, koppla
from tests.databaser import alla_rader, andra, index_i
from tests.infrastructure.test_ombyggnad import INDEX, forslag


@pytest.fixture
def tjanster(databas: str) -> Iterator[Tjanster]:
    tjanster = koppla(databas)
    tjanster.importor().importera([orjson.dumps(ett) for ett in forslag(fro=7)], avvisa=lambda _: None)
    yield tjanster
    tjanster.stang()


@pytest.mark.parametrize("per_avsnitt", [7, 100, 1_000_000])
def test_avsnitten_ar_hela_strommar_och_alla_handelser(
    tjanster: Tjanster, monkeypatch: pytest.MonkeyPatch, per_avsnitt: int
) -> None:
    monkeypatch.setattr(ombyggnad, "HANDELSER_PER_AVSNITT", per_avsnitt)
    fore = tjanster.ombyggare.avtryck()
    framsteg: list[tuple[int, int]] = []
    ombyggd = tjanster.ombyggare.bygg_om(lambda *steg: framsteg.append(steg), processer=2)
    antal = tjanster.huvudbok.antal()
    assert tjanster.ombyggare.avtryck() == fore
    assert ombyggd.rader == {tabell: avtryck.rader for tabell, avtryck in fore.items()}
    assert (ombyggd.handelser, framsteg[-1]) == (antal, (antal, antal))


def test_en_process_som_dor_andrar_ingenting(tjanster: Tjanster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ombyggnad, "HANDELSER_PER_AVSNITT", 20)
    fore = tjanster.ombyggare.avtryck()

    def doda(*_: int) -> None:
        for barn in multiprocessing.active_children():
            barn.kill()

    with pytest.raises(DelprocessenForsvann, match="--processer 1"):
        tjanster.ombyggare.bygg_om(doda, processer=2)
    assert tjanster.ombyggare.avtryck() == fore
    assert tjanster.ombyggare.bygg_om(processer=1).handelser == tjanster.huvudbok.antal()


def tillsammans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let neither the comparison nor the building of indexes go on before the other has begun."""
    jamfors, indexeras = threading.Event(), threading.Event()
    jamfor, indexera = jamforelse.skiljer, Bygge.indexera

    def skiljer(*allt: Any) -> bool:
        jamfors.set()
        assert indexeras.wait(timeout=30)
        return jamfor(*allt)

    def bygg_index(bygge: Bygge) -> None:
        indexeras.set()
        assert jamfors.wait(timeout=30)
        indexera(bygge)

    monkeypatch.setattr(ombyggnad, "skiljer", skiljer)
    monkeypatch.setattr(Bygge, "indexera", bygg_index)


def test_index_byggs_medan_generationerna_jamfors(
    tjanster: Tjanster, databas: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tillsammans(monkeypatch)
    fore = alla_rader(databas)
    tjanster.ombyggare.bygg_om(processer=2)
    assert alla_rader(databas) == fore
    andra(databas, "UPDATE fakta_punkt SET dag = dag + 1")
    with pytest.raises(FaktaSkiljer, match="annat innehåll i fakta_punkt: "):
        tjanster.ombyggare.bygg_om(processer=2)
    assert tjanster.ombyggare.bygg_om(processer=2, byt_anda=True).skilda == ("fakta_punkt",)
    assert alla_rader(databas) == fore


@pytest.mark.parametrize("vad", ["jämförelsen", "index", "båda"])
def test_ett_fel_i_det_som_sker_samtidigt_kommer_fram_och_andrar_ingenting(
    vad: str, tjanster: Tjanster, databas: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fore = alla_rader(databas)

    def inte(*_: object) -> NoReturn:
        raise DiskenFull("jämförelsen")

    def avbryt(_: Bygge) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as fel:
        if vad != "index":
            fel.setattr(ombyggnad, "skiljer", inte)
        if vad != "jämförelsen":
            fel.setattr(Bygge, "indexera", avbryt)
        with pytest.raises(DiskenFull if vad == "jämförelsen" else KeyboardInterrupt):
            tjanster.ombyggare.bygg_om(processer=2)
    assert alla_rader(databas) == fore
    tjanster.ombyggare.bygg_om(processer=2)
    assert alla_rader(databas) == fore
    assert index_i(databas) >= INDEX


@pytest.mark.parametrize(
    ("karnor", "databas", "handelser", "onskat", "antal"),
    [
        (2, "liggare.db", HANDELSER_FOR_FLERA - 1, None, 1),
        (2, "liggare.db", HANDELSER_FOR_FLERA, None, 2),
        (1, "liggare.db", HANDELSER_FOR_FLERA, None, 1),
        (64, "liggare.db", HANDELSER_FOR_FLERA, None, FLEST_PROCESSER),
        (1, "liggare.db", 1, 3, 3),
        (2, ":memory:", HANDELSER_FOR_FLERA, 3, 1),
    ],
)
def test_flera_processer_nar_det_lonar_sig_eller_begars(
    monkeypatch: pytest.MonkeyPatch, karnor: int, databas: str, handelser: int, onskat: int | None, antal: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(karnor)))
    assert antal_processer(adress(databas), handelser, onskat) == antal
