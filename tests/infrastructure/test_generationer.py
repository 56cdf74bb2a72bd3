"""Facts are built anew beside those that answer: nobody waits, nothing is lost, and what is interrupted is undone."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from application.ports import OsakerDatabas
from application.queries import Fraga, hamta_matt
from application.replay import FaktaSkiljer, OmbyggnadenOvertagen
from application.tolkning import tolka
from domain.fakta import Identitet
from domain.fel import Regelbrott
from domain.tid import Period, Tidssnitt
from infrastructure import ombyggnad
from infrastructure.facts import hela_fakta
from infrastructure.generation import Bygge
from infrastructure.recorder import Recorder
from infrastructure.tables import GALLANDE
from interfaces.bootstrap import Tjanster, koppla
from tests.infrastructure.test_ombyggnad import alla_rader, forslag, registrera

SKEDEN = ("Härleder fakta", "Bygger index", "Hinner ikapp", "Jämför", "Byter")
AVBRUTEN = "tests.infrastructure.avbruten_ombyggnad"


@pytest.fixture
def fil(tmp_path: Path) -> Path:
    return tmp_path / "liggare.db"


@pytest.fixture
def tjanster(fil: Path) -> Iterator[Tjanster]:
    tjanster = koppla(str(fil))
    yield tjanster
    tjanster.stang()


def recorder(tjanster: Tjanster) -> Recorder:
    assert isinstance(tjanster.liggaren.recorder, Recorder)
    return tjanster.liggaren.recorder


def register(fil: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(fil)) as databas:
        return databas.execute("SELECT nummer, lage, position FROM generationer ORDER BY nummer").fetchall()


def tabeller(fil: Path) -> set[str]:
    """Return the tables of facts and traits, of every generation."""
    with closing(sqlite3.connect(fil)) as databas:
        fraga = "SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 'fakta_%' OR name LIKE 'drag_%')"
        return {namn for (namn,) in databas.execute(fraga)}


DE_SOM_SVARAR = {tabell.name for tabell in GALLANDE.alla}


class Skrivaren:
    """Records one proposal after another of a history, skipping those that the rules refuse."""

    def __init__(self, tjanster: Tjanster, fro: int) -> None:
        self._tjanster = tjanster
        self._forslag = [tolka(data) for data in forslag(fro, 1_000)]
        self.skrivna = 0

    def skriv(self, antal: int) -> None:
        while antal and self._forslag:
            try:
                self._tjanster.registrator.registrera(self._forslag.pop(0))
            except Regelbrott:
                continue
            antal -= 1
            self.skrivna += 1


def test_det_som_registreras_under_ombyggnaden_kommer_med_en_gang(
    tjanster: Tjanster, fil: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a ledger, and somebody who records at every stage of a rebuild
    monkeypatch.setattr(ombyggnad, "FA_NOG", 5)
    monkeypatch.setattr(ombyggnad, "HANDELSER_PER_OMGANG", 7)
    annan = koppla(str(fil))
    skrivaren = Skrivaren(annan, fro=1)
    skrivaren.skriv(150)
    # When it is rebuilt
    resultat = tjanster.ombyggare.bygg_om(skede=lambda _: skrivaren.skriv(20))
    # Then the facts are those that the recording gave, and those that a quiet rebuild gives
    assert resultat.handelser == 150 + 20
    assert annan.huvudbok.antal() == 150 + 20 * len(SKEDEN)
    mellan = alla_rader(fil)
    assert register(fil) == [(2, "galler", None)]
    tjanster.ombyggare.bygg_om()
    assert alla_rader(fil) == mellan
    # And whoever had the ledger open all the while goes on
    skrivaren.skriv(20)
    sedan = alla_rader(fil)
    tjanster.ombyggare.bygg_om()
    assert alla_rader(fil) == sedan != mellan
    assert tabeller(fil) == DE_SOM_SVARAR
    annan.stang()


def test_den_som_fragar_far_samma_svar_hela_tiden_medan_andra_skriver_och_bygger_om(
    tjanster: Tjanster, fil: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ombyggnad, "FA_NOG", 5)
    skrivaren = Skrivaren(tjanster, fro=2)
    skrivaren.skriv(200)
    kant = datetime.now(UTC)
    fraga = Fraga(
        hamta_matt("vardygn"), Period(date(2019, 1, 1), date(2020, 1, 1)), Tidssnitt(date(2020, 1, 1), kant),
        ("malgrupp",),
    )  # fmt: skip
    ratt = dict(tjanster.fragor.svara(fraga).varden)
    klart, svar, fel = threading.Event(), list[dict[Any, Fraction]](), list[Exception]()

    def utan_fel(arbete: Callable[[Tjanster], None]) -> threading.Thread:
        def kor() -> None:
            egna = koppla(str(fil))
            try:
                while not klart.is_set():
                    arbete(egna)
            except Exception as ett:
                fel.append(ett)
            finally:
                egna.stang()

        trad = threading.Thread(target=kor)
        trad.start()
        return trad

    lasare = [utan_fel(lambda egna: svar.append(dict(egna.fragor.svara(fraga).varden))) for _ in range(2)]
    skrivande = utan_fel(lambda _: skrivaren.skriv(1))
    byggda = 0
    try:
        while (byggda < 5 or len(svar) < 50) and not fel:
            tjanster.ombyggare.bygg_om()
            byggda += 1
    finally:
        klart.set()
        for trad in (*lasare, skrivande):
            trad.join()
    assert fel == []
    assert ratt and all(ett == ratt for ett in svar)
    assert skrivaren.skrivna > 200
    assert register(fil) == [(1 + byggda, "galler", None)]
    lopande = alla_rader(fil)
    tjanster.ombyggare.bygg_om()
    assert alla_rader(fil) == lopande


AVBROTT = [*SKEDEN, "mitt i läsningen", "före bytets slut", "efter bytet"]


@pytest.mark.parametrize("nar", AVBROTT)
def test_en_dodad_ombyggnad_andrar_ingenting_och_nasta_lyckas(nar: str, tjanster: Tjanster, fil: Path) -> None:
    registrera(tjanster)
    fore = alla_rader(fil)
    slut = subprocess.run([sys.executable, "-m", AVBRUTEN, str(fil), nar], check=False, capture_output=True)
    assert slut.returncode == -signal.SIGKILL, slut.stderr.decode()

    oppnad = koppla(str(fil), skapa=False)
    assert alla_rader(fil) == fore
    registrera(oppnad, fro=7)
    lopande = alla_rader(fil)
    oppnad.ombyggare.bygg_om()
    assert alla_rader(fil) == lopande != fore
    assert tabeller(fil) == DE_SOM_SVARAR
    assert len(register(fil)) == 1
    oppnad.stang()


def test_den_som_borjar_sist_tar_over_och_den_andra_sager_till(tjanster: Tjanster, fil: Path) -> None:
    registrera(tjanster)
    fore = alla_rader(fil)

    def en_annan(skede: str) -> None:
        if skede == "Bygger index":
            annan = koppla(str(fil))
            annan.ombyggare.bygg_om()
            annan.stang()

    with pytest.raises(OmbyggnadenOvertagen, match="En annan ombyggnad"):
        tjanster.ombyggare.bygg_om(skede=en_annan)
    assert alla_rader(fil) == fore
    assert tabeller(fil) == DE_SOM_SVARAR
    assert register(fil) == [(3, "galler", None)]


def test_ett_fel_i_en_strom_som_andras_under_jamforelsen_hittas_ocksa(tjanster: Tjanster, fil: Path) -> None:
    registrera(tjanster)
    sist = tjanster.huvudbok.las_logg(0, 10_000)[-1]
    bokfort = {"samling": "budgetperioder", "id": str(sist.originator_id), "typ": "utfall.bokfort", "manad": "2019-03",
               "datum": "2019-04-01", "handelseId": "00000000-0000-0000-0000-00000000ffff",
               "rader": [{"verksamhet": "Placeringar", "kontogrupp": "kopAvVerksamhet", "belopp": "7.00"}]}  # fmt: skip

    def rubba(skede: str) -> None:
        if skede == "Byter":
            tjanster.registrator.registrera(tolka(bokfort))
            with closing(sqlite3.connect(fil)) as databas:
                villkor = (sist.originator_id.hex,)
                databas.execute("UPDATE fakta_belopp SET belopp = belopp + 1 WHERE strom = ? AND radnr = 1", villkor)
                databas.commit()

    with pytest.raises(FaktaSkiljer, match="annat innehåll i fakta_belopp: "):
        tjanster.ombyggare.bygg_om(skede=rubba)
    assert register(fil) == [(1, "galler", None)]
    assert tabeller(fil) == DE_SOM_SVARAR


def test_fakta_av_en_annan_form_fragas_inte_och_skrivs_inte_till(tjanster: Tjanster, fil: Path) -> None:
    registrera(tjanster)
    ratt = alla_rader(fil)
    with closing(sqlite3.connect(fil)) as databas:
        databas.execute("UPDATE generationer SET form = 'en annan'")
        databas.execute("UPDATE fakta_intervall SET fran = fran - 1")
        databas.commit()
    with pytest.raises(OsakerDatabas, match=r"härledda av en annan version .* kör liggare bygg-om"):
        koppla(str(fil))
    with pytest.raises(OsakerDatabas, match="starta om"):
        registrera(tjanster, fro=2)
    ombyggd = koppla(str(fil), krav_pa_fakta=False)
    ombyggd.ombyggare.bygg_om()  # other facts are what is to be expected
    ombyggd.stang()
    assert alla_rader(fil) == ratt
    koppla(str(fil)).stang()


def test_handelser_utan_fakta_sags_vid_oppningen_och_tas_igen(tjanster: Tjanster, fil: Path) -> None:
    registrera(tjanster)
    ratt, antal = alla_rader(fil), tjanster.huvudbok.antal()
    sist = recorder(tjanster).select_notifications(antal, 1)[0]
    egna = recorder(tjanster).select_events(sist.originator_id, gt=sist.originator_version - 1)
    with recorder(tjanster).transaktion() as forbindelse:
        forbindelse.exec_driver_sql(f"DELETE FROM handelser WHERE position = {antal}")
    recorder(tjanster).insert_events(egna)
    recorder(tjanster).insert_events([])
    with pytest.raises(
        OsakerDatabas, match=f"ur händelserna till och med position {antal - 1}, .* kör liggare bygg-om"
    ):
        koppla(str(fil))
    with closing(sqlite3.connect(fil)) as databas:
        databas.execute("DELETE FROM fakta_belopp WHERE strom = ?", (Identitet(UUID(str(egna[0].originator_id)).hex),))
        databas.commit()
    tjanster.ombyggare.bygg_om()
    assert alla_rader(fil) == ratt
    koppla(str(fil)).stang()


def test_ett_bygge_ror_inte_de_tabeller_som_svarar(tjanster: Tjanster, fil: Path) -> None:
    registrera(tjanster)
    fore = alla_rader(fil)
    bygge = Bygge(recorder(tjanster))
    assert register(fil) == [(1, "galler", None), (2, "byggs", tjanster.huvudbok.antal())]
    assert tabeller(fil) == DE_SOM_SVARAR | {f"{namn}_g2" for namn in DE_SOM_SVARAR}
    assert alla_rader(fil) == fore
    with closing(sqlite3.connect(fil)) as databas:
        for form in GALLANDE.fakta:
            text = str(hela_fakta(form, bygge.tabeller).compile(dialect=recorder(tjanster)._motor.dialect))
            assert databas.execute(text).fetchall() == []
    bygge.stada()
    assert "fakta_punkt_g2" in tabeller(fil)
