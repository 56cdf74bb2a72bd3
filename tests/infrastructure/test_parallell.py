"""A rebuild by several processes gives the rows that one process gives, and is done whole or not at all."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from application.replay import DelprocessenForsvann
from infrastructure import ombyggnad
from infrastructure.database import adress
from infrastructure.parallell import HANDELSER_FOR_FLERA, antal_processer
from interfaces.bootstrap import Tjanster, koppla
from tests.infrastructure.test_ombyggnad import forslag


@pytest.fixture
def tjanster(tmp_path: Path) -> Iterator[Tjanster]:
    tjanster = koppla(str(tmp_path / "liggare.db"))
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


@pytest.mark.parametrize(
    ("databas", "handelser", "onskat", "antal"),
    [
        ("liggare.db", HANDELSER_FOR_FLERA - 1, None, 1),
        ("liggare.db", HANDELSER_FOR_FLERA, None, 2),
        ("liggare.db", 1, 3, 3),
        (":memory:", HANDELSER_FOR_FLERA, 3, 1),
    ],
)
def test_flera_processer_nar_det_lonar_sig_eller_begars(
    monkeypatch: pytest.MonkeyPatch, databas: str, handelser: int, onskat: int | None, antal: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert antal_processer(adress(databas), handelser, onskat) == antal
