"""Facts are built anew beside those that answer: nobody waits, nothing is lost, and what is interrupted is undone."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect, text

from application.commands import Utfall
from application.envelope import Forslag
from application.ombyggnad import FaktaSkiljer, OmbyggnadenOvertagen
from application.ports import OsakerDatabas
from application.queries import Fraga, hamta_matt
from application.tolkning import tolka
from domain.begrepp import Samling
from domain.fel import Regelbrott
from domain.tid import Period, Tidssnitt
from infrastructure import jamforelse, ombyggnad, postgres, sqlite
from infrastructure.facts import hela_fakta
from infrastructure.generation import Bygge
from infrastructure.recorder import Recorder
from infrastructure.tables import GALLANDE
from interfaces.bootstrap import Tjanster, koppla
from tests.databaser import andra
from tests.domain.exempel import en_placering, en_utforare
from tests.infrastructure.test_ombyggnad import forslag

SKEDEN = ("Härleder fakta", "Hinner ikapp", "Bygger index", "Jämför", "Byter")
AVBRUTEN = "tests.infrastructure.avbruten_ombyggnad"
KLOCKAN = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def tjanster(databas: str) -> Iterator[Tjanster]:
    tjanster = koppla(databas, klocka=lambda: KLOCKAN)
    yield tjanster
    tjanster.stang()


def recorder(tjanster: Tjanster) -> Recorder:
    assert isinstance(tjanster.liggaren.recorder, Recorder)
    return tjanster.liggaren.recorder


def rader(tjanster: Tjanster) -> dict[str, list[tuple[Any, ...]]]:
    """Read every fact that answers, with its traits and its life in the ledger."""
    with recorder(tjanster).ogonblicksbild() as forbindelse:
        return {
            tabell.name: list(map(tuple, forbindelse.execute(hela_fakta(form))))
            for form, tabell in GALLANDE.fakta.items()
        }


def register(tjanster: Tjanster) -> list[tuple[Any, ...]]:
    with recorder(tjanster).lasning() as forbindelse:
        fraga = text("SELECT nummer, lage, position FROM generationer ORDER BY nummer")
        return list(map(tuple, forbindelse.execute(fraga)))


def tabeller(tjanster: Tjanster) -> set[str]:
    """Return the tables of facts and traits, of every generation."""
    with recorder(tjanster).lasning() as forbindelse:
        return {namn for namn in inspect(forbindelse).get_table_names() if namn.startswith(("fakta_", "drag_"))}


def gor(tjanster: Tjanster, *satser: str) -> None:
    """Do to the database what the program never does."""
    with recorder(tjanster).transaktion() as forbindelse:
        for sats in satser:
            forbindelse.execute(text(sats))


DE_SOM_SVARAR = {tabell.name for tabell in GALLANDE.alla}


class Skrivaren:
    """Records one proposal after another of a history, skipping those that the rules refuse."""

    def __init__(self, tjanster: Tjanster, fro: int) -> None:
        self.tjanster = tjanster
        alla = [tolka(data) for data in forslag(fro, 400)]
        self._forslag = alla[-4:] + alla[:-4]  # the budget first
        self.skrivna = 0

    def skriv(self, antal: int) -> None:
        while antal and self._forslag:
            try:
                kvitto = self.tjanster.registrator.registrera(self._forslag.pop(0))
            except Regelbrott:
                continue
            if kvitto.utfall is Utfall.REGISTRERAD:
                antal -= 1
                self.skrivna += 1


def historia(tjanster: Tjanster, antal: int = 80, fro: int = 1) -> Skrivaren:
    skrivaren = Skrivaren(tjanster, fro)
    skrivaren.skriv(antal)
    return skrivaren


@pytest.mark.parametrize("processer", [1, 2])
def test_det_som_registreras_under_ombyggnaden_kommer_med_en_gang(
    processer: int, tjanster: Tjanster, databas: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a ledger, and somebody who records at every stage of a rebuild
    monkeypatch.setattr(ombyggnad, "FA_NOG", 5)
    monkeypatch.setattr(ombyggnad, "HANDELSER_PER_OMGANG", 7)
    annan = koppla(databas, klocka=lambda: KLOCKAN)
    skrivaren = historia(annan)
    # When it is rebuilt
    resultat = tjanster.ombyggare.bygg_om(skede=lambda _: skrivaren.skriv(20), processer=processer)
    # Then the facts are those that the recording gave, and those that a quiet rebuild gives
    assert resultat.handelser == 80 + 20
    assert annan.huvudbok.antal() == 80 + 20 * len(SKEDEN)
    mellan = rader(tjanster)
    assert register(tjanster) == [(2, "galler", None)]
    tjanster.ombyggare.bygg_om()
    assert rader(tjanster) == mellan
    # And whoever had the ledger open all the while goes on
    skrivaren.skriv(20)
    sedan = rader(tjanster)
    tjanster.ombyggare.bygg_om()
    assert rader(tjanster) == sedan != mellan
    assert tabeller(tjanster) == DE_SOM_SVARAR
    annan.stang()


def test_den_som_fragar_far_samma_svar_hela_tiden_medan_andra_skriver_och_bygger_om(
    tjanster: Tjanster, databas: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ombyggnad, "FA_NOG", 5)
    skrivaren = historia(tjanster, antal=150, fro=2)
    galler, fore = date(2020, 1, 1), KLOCKAN
    fraga = Fraga(hamta_matt("vardygn"), Period(date(2019, 1, 1), galler), Tidssnitt(galler, fore), ("malgrupp",))
    ratt = dict(tjanster.fragor.svara(fraga).varden)
    klart, svar, fel = threading.Event(), list[dict[Any, Fraction]](), list[Exception]()

    def utan_fel(arbete: Callable[[Tjanster], None]) -> threading.Thread:
        def kor() -> None:
            egna = koppla(databas)
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

    def skriv(egna: Tjanster) -> None:
        # From another process's connections, and later than what the question is about.
        skrivaren.tjanster = egna
        skrivaren.skriv(1)

    def fraga_pa(egna: Tjanster) -> None:
        svar.append(dict(egna.fragor.svara(fraga).varden))

    trader = [utan_fel(fraga_pa), utan_fel(fraga_pa), utan_fel(skriv)]
    byggda = 0
    try:
        while (byggda < 4 or len(svar) < 50) and not fel:
            tjanster.ombyggare.bygg_om()
            byggda += 1
    finally:
        klart.set()
        for trad in trader:
            trad.join()
    assert fel == []
    assert ratt and all(ett == ratt for ett in svar)
    assert skrivaren.skrivna > 150
    assert register(tjanster) == [(1 + byggda, "galler", None)]
    lopande = rader(tjanster)
    tjanster.ombyggare.bygg_om()
    assert rader(tjanster) == lopande


NAGRA = ["mitt i läsningen", "före bytets slut", "efter bytet"]


@pytest.mark.parametrize("nar", [*NAGRA, *(pytest.param(skede, marks=pytest.mark.tung) for skede in SKEDEN)])
def test_en_dodad_ombyggnad_andrar_ingenting_och_nasta_lyckas(nar: str, tjanster: Tjanster, databas: str) -> None:
    skrivaren = historia(tjanster)
    fore = rader(tjanster)
    slut = subprocess.run([sys.executable, "-m", AVBRUTEN, databas, nar], check=False, capture_output=True)
    assert slut.returncode == -signal.SIGKILL, slut.stderr.decode()

    oppnad = koppla(databas, skapa=False, klocka=lambda: KLOCKAN)
    assert rader(oppnad) == fore
    skrivaren.tjanster = oppnad
    skrivaren.skriv(20)
    lopande = rader(oppnad)
    oppnad.ombyggare.bygg_om()
    assert rader(oppnad) == lopande != fore
    assert tabeller(oppnad) == DE_SOM_SVARAR
    assert len(register(oppnad)) == 1
    oppnad.stang()


@pytest.mark.parametrize("processer", [1, 2])
def test_den_som_borjar_sist_tar_over_och_den_andra_sager_till(
    processer: int, tjanster: Tjanster, databas: str
) -> None:
    historia(tjanster)
    fore = rader(tjanster)

    def en_annan(skede: str) -> None:
        if skede == "Bygger index":
            annan = koppla(databas)
            annan.ombyggare.bygg_om()
            annan.stang()

    with pytest.raises(OmbyggnadenOvertagen, match="En annan ombyggnad"):
        tjanster.ombyggare.bygg_om(skede=en_annan, processer=processer)
    assert rader(tjanster) == fore
    assert tabeller(tjanster) == DE_SOM_SVARAR
    assert register(tjanster) == [(3, "galler", None)]


def rubba(tjanster: Tjanster) -> None:
    """Record an event in a stream, and make a fact of it untrue."""
    strom = tjanster.huvudbok.strommar(Samling.PLACERINGAR, 80)[0]
    handelse_id = "00000000-0000-4000-8000-00000000ffff"
    overvagt = {"samling": "placeringar", "id": str(strom), "typ": "overvagande.gjort", "datum": "2019-03-03",
                "handelseId": handelse_id}  # fmt: skip
    tjanster.registrator.registrera(tolka(overvagt))
    gor(tjanster, f"UPDATE fakta_punkt SET dag = dag + 1 WHERE strom = '{strom.hex}'")


@pytest.mark.parametrize("nar", ["Jämför", "Byter"])
def test_ett_fel_i_en_strom_som_andras_fore_bytet_hittas_ocksa(nar: str, tjanster: Tjanster) -> None:
    historia(tjanster)
    with pytest.raises(FaktaSkiljer, match="annat innehåll i fakta_punkt: "):
        tjanster.ombyggare.bygg_om(skede=lambda skede: rubba(tjanster) if skede == nar else None)
    assert register(tjanster) == [(1, "galler", None)]
    assert tabeller(tjanster) == DE_SOM_SVARAR


def test_ett_fel_i_en_strom_som_andras_medan_den_jamfors_hittas_ocksa(
    tjanster: Tjanster, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given that the comparison, which goes on while indexes are built, has begun to read when the stream changes
    historia(tjanster)
    jamfors, rubbad = threading.Event(), threading.Event()
    jamfor, indexera = jamforelse.skiljer, Bygge.indexera

    def skiljer(*allt: Any) -> bool:
        svar = jamfor(*allt)
        jamfors.set()
        assert rubbad.wait(timeout=30)
        return svar

    def bygg_index(bygge: Bygge) -> None:
        assert jamfors.wait(timeout=30)
        rubba(tjanster)
        rubbad.set()
        indexera(bygge)

    monkeypatch.setattr(ombyggnad, "skiljer", skiljer)
    monkeypatch.setattr(Bygge, "indexera", bygg_index)
    # When the facts are rebuilt, then the last step finds what the comparison could not see
    with pytest.raises(FaktaSkiljer, match="annat innehåll i fakta_punkt: "):
        tjanster.ombyggare.bygg_om(processer=2)
    assert register(tjanster) == [(1, "galler", None)]
    assert tabeller(tjanster) == DE_SOM_SVARAR


def test_fakta_av_en_annan_form_fragas_inte_och_skrivs_inte_till(tjanster: Tjanster, databas: str) -> None:
    skrivaren = historia(tjanster)
    ratt = rader(tjanster)
    gor(tjanster, "UPDATE generationer SET form = 'en annan'", "UPDATE fakta_intervall SET fran = fran - 1")
    with pytest.raises(OsakerDatabas, match=r"härledda av en annan version .* kör liggare bygg-om"):
        koppla(databas)
    with pytest.raises(OsakerDatabas, match="starta om"):
        skrivaren.skriv(1)
    ombyggd = koppla(databas, krav_pa_fakta=False)
    ombyggd.ombyggare.bygg_om()  # other facts are what is to be expected
    ombyggd.stang()
    assert rader(tjanster) == ratt
    koppla(databas).stang()


def test_handelser_utan_fakta_sags_vid_oppningen_och_tas_igen(tjanster: Tjanster, databas: str) -> None:
    historia(tjanster)
    antal, ratt = tjanster.huvudbok.antal(), rader(tjanster)
    liknande = recorder(tjanster).select_events(tjanster.huvudbok.las_logg(0, 1)[0].originator_id)[0]
    strom = UUID(int=77)
    utan = replace(liknande, originator_id=strom, originator_version=1, handelse_id=UUID(int=78))
    recorder(tjanster).insert_events([utan])
    recorder(tjanster).insert_events([replace(utan, originator_id=UUID(int=79), handelse_id=UUID(int=80))])
    with pytest.raises(OsakerDatabas, match=rf"till och med position {antal}, .* kör liggare bygg-om"):
        koppla(databas)
    tjanster.ombyggare.bygg_om()
    sedan = rader(tjanster)
    assert {rad[2] for alla in sedan.values() for rad in alla if rad[2] > antal} == {antal + 1, antal + 2}
    assert {namn: [rad for rad in alla if rad[2] <= antal] for namn, alla in sedan.items()} == ratt
    koppla(databas).stang()


def test_ett_bygge_ror_inte_de_tabeller_som_svarar(tjanster: Tjanster) -> None:
    historia(tjanster)
    fore = rader(tjanster)
    bygge = Bygge(recorder(tjanster))
    assert register(tjanster) == [(1, "galler", None), (2, "byggs", tjanster.huvudbok.antal())]
    assert tabeller(tjanster) == DE_SOM_SVARAR | {f"{namn}_g2" for namn in DE_SOM_SVARAR}
    bygge.stada()
    assert rader(tjanster) == fore
    with recorder(tjanster).lasning() as forbindelse:
        assert [forbindelse.execute(hela_fakta(form, bygge.tabeller)).all() for form in GALLANDE.fakta] == [[]] * 3


def test_en_ombyggnad_lamnar_skrivaren_med_sakra_installningar(tjanster: Tjanster) -> None:
    historia(tjanster)
    tjanster.ombyggare.bygg_om()
    with recorder(tjanster).transaktion() as forbindelse:
        vald = {"sqlite": sqlite, "postgresql": postgres}[forbindelse.dialect.name]
        vald.kontrollera(forbindelse)
        with pytest.raises(ZeroDivisionError), sqlite.utan_overskrivning(forbindelse):
            raise ZeroDivisionError
        vald.kontrollera(forbindelse)


def test_enheternas_namn_ar_de_som_galler_efter_bytet(tjanster: Tjanster, databas: str) -> None:
    utforare = UUID(int=1)
    for samling, strom, handelse in (
        (Samling.UTFORARE, utforare, en_utforare(namn="Eken")),
        (Samling.PLACERINGAR, UUID(int=2), en_placering(utforare_id=utforare)),
    ):
        tjanster.registrator.registrera(Forslag(samling, strom, handelse, UUID(int=strom.int + 10)))
    i_januari, idag = Period(date(2019, 1, 1), date(2019, 2, 1)), Tidssnitt(date(2019, 1, 31), None)
    fraga = Fraga(hamta_matt("vardygn"), i_januari, idag, gruppera=("enhet",))
    andra(databas, "UPDATE drag_intervall SET enhet = 'Fel' WHERE slag = 'utforare'")
    assert set(tjanster.fragor.svara(fraga).varden) == {("Fel",)}
    tjanster.ombyggare.bygg_om(byt_anda=True)
    assert set(tjanster.fragor.svara(fraga).varden) == {("Eken",)}
