"""A long file fills an empty ledger before what serves only questions is built, and leaves the ledger as any import."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from application import importera
from application.importera import ImportenAvbruten
from interfaces.bootstrap import Tjanster, koppla
from tests.databaser import alla_rader
from tests.infrastructure.test_ombyggnad import forslag, klocka
from tests.pseudonym import som_den_heter

RADER = [orjson.dumps(ett) for ett in forslag(fro=7)]
INDEXEN = "Bygger index"


@pytest.fixture(autouse=True)
def sma_omgangar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importera, "RADER_PER_OMGANG", 10)


@pytest.fixture
def fil(tmp_path: Path) -> str:
    return str(tmp_path / "liggare.db")


@pytest.fixture
def tjanster(fil: str) -> Iterator[Tjanster]:
    tjanster = koppla(fil, klocka=klocka, nytt_pseudonym=som_den_heter)
    yield tjanster
    tjanster.stang()


def index(fil: str) -> set[tuple[str, str, str]]:
    with sqlite3.connect(fil) as databas:
        assert databas.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return set(databas.execute("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index'"))


def skeden(tjanster: Tjanster, rader: list[bytes]) -> list[str]:
    skeden: list[str] = []
    tjanster.importor(processer=1).importera(rader, avvisa=lambda _: None, skede=skeden.append)
    return skeden


def test_en_tom_liggare_har_samma_index_och_rader_nar_den_fyllts(tjanster: Tjanster, fil: str, tmp_path: Path) -> None:
    fore = index(fil)
    assert skeden(tjanster, RADER) == [INDEXEN]
    assert index(fil) == fore
    i_smatt = str(tmp_path / "i_smatt.db")
    annan = koppla(i_smatt, klocka=klocka, nytt_pseudonym=som_den_heter)
    for start in range(0, len(RADER), 50):
        assert skeden(annan, RADER[start : start + 50]) == []
    annan.stang()
    assert alla_rader(i_smatt) == alla_rader(fil)


def test_index_som_en_ombyggnad_gjort_kommer_tillbaka_med_sina_namn(tjanster: Tjanster, fil: str) -> None:
    tjanster.ombyggare.bygg_om()
    fore = index(fil)
    assert any(namn.endswith("_g2") for namn, _, _ in fore)
    assert skeden(tjanster, RADER) == [INDEXEN]
    assert index(fil) == fore


def test_en_liggare_med_handelser_behaller_sina_index_hela_tiden(tjanster: Tjanster) -> None:
    assert skeden(tjanster, RADER[:1]) == []
    assert skeden(tjanster, RADER) == []


def test_en_kort_fil_bygger_inga_index_for_sig(tjanster: Tjanster) -> None:
    assert skeden(tjanster, RADER[:100]) == []


def test_en_vagrad_fil_lamnar_den_tomma_liggaren_med_sina_index(tjanster: Tjanster, fil: str) -> None:
    fore = index(fil)
    skeden: list[str] = []
    with pytest.raises(ImportenAvbruten):
        tjanster.importor(processer=1).importera([*RADER, b"{}"], skede=skeden.append)
    assert skeden == []
    assert index(fil) == fore
    assert tjanster.huvudbok.antal() == 0


_DOR_FORE_INDEXEN = """
import os, signal, sys
from application import importera
from interfaces.bootstrap import koppla

def dor(_):
    os.kill(os.getpid(), signal.SIGKILL)

importera.RADER_PER_OMGANG = 10
rader = open(sys.argv[1], "rb").read().splitlines()
koppla(sys.argv[2]).importor(processer=1).importera(rader, avvisa=lambda _: None, skede=dor)
"""


def test_den_som_dodas_innan_indexen_ar_byggda_lamnar_den_tomma_liggaren_med_dem(
    tjanster: Tjanster, fil: str, tmp_path: Path
) -> None:
    fore = index(fil)
    rader, skript = tmp_path / "rader.jsonl", tmp_path / "dor.py"
    rader.write_bytes(b"\n".join(RADER))
    skript.write_text(_DOR_FORE_INDEXEN)
    rot = str(Path(__file__).resolve().parents[2])
    svar = subprocess.run(
        [sys.executable, skript, rader, fil], capture_output=True, env={**os.environ, "PYTHONPATH": rot}, check=False
    )
    assert svar.returncode == -signal.SIGKILL, svar.stderr
    assert index(fil) == fore
    assert tjanster.huvudbok.antal() == 0
    assert skeden(tjanster, RADER) == [INDEXEN]
