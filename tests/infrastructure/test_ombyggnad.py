"""The fact tables are a pure function of the log: rebuilding them gives exactly the rows that recording gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

import application.importera
from application.envelope import Forslag
from application.ombyggnad import Avtryck, FaktaSkiljer
from application.tolkning import tolka
from domain.faktaspar import ALLTJAMT
from domain.fel import Regelbrott
from domain.harledning import fakta
from domain.historik import gallande
from infrastructure.tables import FAKTATABELLER
from interfaces.bootstrap import Tjanster, koppla
from tests.databaser import alla_rader, andra, index_i
from tests.pseudonym import som_den_heter

FORSTA_DAG = date(2019, 1, 1)
INDEX = {(tabell.name, tuple(index.columns.keys())) for tabell in FAKTATABELLER.values() for index in tabell.indexes}


def forslag(fro: int, antal: int = 400) -> Iterator[dict[str, Any]]:
    """Make proposals in any order on a few streams: some late, some corrections, some that the rules refuse."""
    slump = Random(fro)
    skickade: dict[UUID, list[tuple[UUID, dict[str, Any]]]] = {}
    strommar = [UUID(int=slump.getrandbits(128), version=4) for _ in range(antal // 10)]
    for nr in range(antal):
        strom = slump.choice(strommar)
        tidigare = skickade.setdefault(strom, [])
        data = _borjan(slump) if not tidigare else _fortsattning(slump, nr)
        rattas = slump.choice(tidigare) if tidigare and slump.random() < 0.25 else None
        if rattas is not None:
            data = _flyttad(rattas[1], _dag(slump)) if slump.random() < 0.7 else _makulering(slump)
        handelse_id = UUID(int=slump.getrandbits(128), version=4)
        tidigare.append((handelse_id, data))
        kuvert = {"samling": "placeringar", "id": str(strom), "handelseId": str(handelse_id)}
        yield {**data, **kuvert, **({"rattar": str(rattas[0])} if rattas else {})}
    yield from _budgetar()


def _flyttad(data: dict[str, Any], dag: date) -> dict[str, Any]:
    """Return an event on another day; an absence is as long as it was."""
    till = {"till": str(dag + timedelta(days=9))} if "till" in data else {}
    return {**data, "datum": str(dag), **till}


def _dag(slump: Random) -> date:
    return FORSTA_DAG + timedelta(days=slump.randrange(300))


def _borjan(slump: Random) -> dict[str, Any]:
    person, arende = (str(UUID(int=slump.getrandbits(128), version=4)) for _ in range(2))
    return {
        "typ": "placering.paborjad", "datum": str(FORSTA_DAG + timedelta(days=slump.randrange(20))), "kommun": "1880",
        "arendeId": arende, "personId": person, "malgrupp": slump.choice(["barn", "unga"]), "kon": "kvinna",
        "fodelsear": 2005, "insatsform": "hvb", "regi": "extern", "lagrum": "SoL", "avtalsform": "ramavtal",
        "pris": {"sort": "dygn", "belopp": "4000.00"},
    }  # fmt: skip


def _fortsattning(slump: Random, nr: int) -> dict[str, Any]:
    dag = _dag(slump)
    return slump.choice([
        {"typ": "pris.andrat", "datum": str(dag), "pris": {"sort": "dygn", "belopp": f"{4000 + nr}.00"}},
        {"typ": "lagrum.andrat", "datum": str(dag), "lagrum": slump.choice(["SoL", "LVU"])},
        {"typ": "malgrupp.andrad", "datum": str(dag), "malgrupp": slump.choice(["barn", "unga"])},
        {"typ": "franvaro.registrerad", "version": 2, "datum": str(dag), "till": str(dag + timedelta(days=9)),
         "betald": slump.random() < 0.5},
        {"typ": "overvagande.gjort", "datum": str(dag)},
        {"typ": "planeratSlut.andrat", "datum": str(dag), "planeratSlut": str(dag + timedelta(days=60))},
        {"typ": "insats.utvarderad", "datum": str(dag), "malUppnadda": "delvis", "arbetadeMedProblematiken": True},
        {"typ": "placering.avslutad", "datum": str(FORSTA_DAG + timedelta(days=250 + slump.randrange(50))),
         "planerat": True, "orsak": slump.choice(["enligtPlan", "omplacering"])},
    ])  # fmt: skip


def _makulering(slump: Random) -> dict[str, Any]:
    return {"typ": "handelse.makulerad", "datum": str(_dag(slump)), "orsak": "fel person"}


def _budgetar() -> Iterator[dict[str, Any]]:
    rad = {"verksamhet": "Placeringar", "kontogrupp": "kopAvVerksamhet", "belopp": "1000.01"}
    lika = [{**rad, "belopp": "10.00"}] * 2
    ar = {"kommun": "1880", "namnd": "socialnamnden", "ar": 2019}
    forst = {"typ": "budget.faststalld", "datum": "2018-11-20", **ar, "rader": [rad]}
    utfall = {"typ": "utfall.bokfort", "manad": "2019-02", "rader": lika}
    rattat = {**utfall, "datum": "2019-03-05", "rader": [*lika, *lika]}
    budget = tolka({**forst, "samling": "budgetperioder", "handelseId": str(UUID(int=901))}).strom
    for nr, data in enumerate(
        ({**utfall, "datum": "2019-03-05"}, {**utfall, "datum": "2019-03-01"}, rattat), start=902
    ):
        if nr == 902:
            yield {**forst, "samling": "budgetperioder", "handelseId": str(UUID(int=901))}
        rattar = {"rattar": str(UUID(int=902))} if data is rattat else {}
        yield {**data, **rattar, "samling": "budgetperioder", "id": str(budget), "handelseId": str(UUID(int=nr))}


def klocka() -> datetime:
    """Give the same instant every time."""
    return datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def tjanster(databas: str) -> Iterator[Tjanster]:
    tjanster = koppla(databas, klocka=klocka, nytt_pseudonym=som_den_heter)
    yield tjanster
    tjanster.stang()


def registrera(tjanster: Tjanster, fro: int = 1) -> list[Forslag]:
    """Record proposals one at a time; return those that the rules let through."""
    registrerade = []
    for data in forslag(fro):
        ett = tolka(data)
        try:
            tjanster.registrator.registrera(ett)
        except Regelbrott:
            continue
        registrerade.append(ett)
    return registrerade


@pytest.mark.parametrize("fro", range(1, 4))
def test_ombyggnaden_ger_exakt_de_rader_som_registreringen_gav(fro: int, tjanster: Tjanster, databas: str) -> None:
    registrerade = registrera(tjanster, fro)
    fore = alla_rader(databas)
    ombyggnad = tjanster.ombyggare.bygg_om()
    assert alla_rader(databas) == fore
    assert ombyggnad.rader == {tabell: len(rader) for tabell, rader in fore.items()}
    assert ombyggnad.handelser == tjanster.huvudbok.antal()
    assert sum(ett.rattar is not None for ett in registrerade) > 10
    assert any(rad[3] != ALLTJAMT for rad in fore["fakta_intervall"])
    assert index_i(databas) >= INDEX


@pytest.mark.parametrize("per_omgang", [7, 5000])
def test_importen_ger_samma_rader_som_att_registrera_en_i_taget(
    per_omgang: int, tjanster: Tjanster, databas: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrera(tjanster)
    monkeypatch.setattr(application.importera, "RADER_PER_OMGANG", per_omgang)
    annan = str(tmp_path / "importerad.db")
    importerad = koppla(annan, klocka=klocka, nytt_pseudonym=som_den_heter)
    importerad.importor().importera([orjson.dumps(data) for data in forslag(1)], avvisa=lambda _: None)
    importerad.stang()
    assert alla_rader(annan) == alla_rader(databas)


def test_kanda_fakta_ar_vid_varje_position_de_som_foljer_av_hela_historien(tjanster: Tjanster, databas: str) -> None:
    strommar = {ett.strom: ett.samling for ett in registrera(tjanster, fro=3)}
    rader = alla_rader(databas)
    for strom, samling in strommar.items():
        noteringar = [kuvert.notering() for kuvert in tjanster.huvudbok.las_strom(strom)]
        for antal, notering in enumerate(noteringar, start=1):
            ratt = Counter(
                tuple(v.hex if isinstance(v, UUID) else v for v in f)
                for f in fakta(samling, strom, gallande(noteringar[:antal]))
            )
            kanda = Counter(
                rad[4:]
                for alla in rader.values()
                for rad in alla
                if rad[0] == strom.hex and rad[2] <= notering.position < rad[3]
            )
            assert kanda == ratt


def test_den_som_laser_ser_de_gamla_raderna_tills_ombyggnaden_ar_klar(tjanster: Tjanster, databas: str) -> None:
    registrera(tjanster)
    andra(databas, "UPDATE drag_intervall SET kommun = '9999'")
    fore, sedda, framsteg = alla_rader(databas), [], []

    def las(klara: int, totalt: int) -> None:
        sedda.append(alla_rader(databas))
        framsteg.append((klara, totalt))

    with pytest.raises(FaktaSkiljer, match="fakta_intervall"):
        tjanster.ombyggare.bygg_om(las)
    assert sedda and all(rader == fore for rader in sedda)
    assert framsteg[-1] == (tjanster.huvudbok.antal(),) * 2
    assert alla_rader(databas) == fore
    assert tjanster.ombyggare.bygg_om(byt_anda=True).skilda == ("fakta_intervall",)
    assert alla_rader(databas) != fore


def test_en_avbruten_ombyggnad_andrar_ingenting(tjanster: Tjanster, databas: str) -> None:
    registrera(tjanster)
    fore = alla_rader(databas)

    def avbryt(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tjanster.ombyggare.bygg_om(avbryt)
    assert alla_rader(databas) == fore
    assert index_i(databas) >= INDEX
    assert tjanster.ombyggare.avtryck() == tjanster.ombyggare.avtryck()


def skilda_tabeller(fore: Mapping[str, Avtryck], efter: Mapping[str, Avtryck]) -> set[str]:
    return {tabell for tabell in {*fore, *efter} if fore.get(tabell) != efter.get(tabell)}


def test_avtrycket_skiljer_pa_ratt_och_fel_rader(tjanster: Tjanster, databas: str) -> None:
    registrera(tjanster)
    ratt = tjanster.ombyggare.avtryck()
    andra(databas, "UPDATE fakta_punkt SET kand_till = kand_till - 1", "DELETE FROM fakta_belopp")
    assert skilda_tabeller(ratt, tjanster.ombyggare.avtryck()) == {"fakta_belopp", "fakta_punkt"}
    with pytest.raises(FaktaSkiljer, match="fakta_belopp, fakta_punkt: raderna där är inte en följd av händelserna"):
        tjanster.ombyggare.bygg_om()
    assert skilda_tabeller(ratt, tjanster.ombyggare.avtryck()) == {"fakta_belopp", "fakta_punkt"}
    tjanster.ombyggare.bygg_om(byt_anda=True)
    assert tjanster.ombyggare.avtryck() == ratt


def test_en_tom_liggare_byggs_om_till_ingenting(tjanster: Tjanster) -> None:
    ombyggnad = tjanster.ombyggare.bygg_om()
    assert ombyggnad.handelser == 0
    assert set(ombyggnad.rader.values()) == {0}


def test_fakta_efter_en_ombyggnad_fortsatter_dar_de_var(tjanster: Tjanster, databas: str) -> None:
    alla = [tolka(data) for data in forslag(2)]
    for halva in (alla[: len(alla) // 2], alla[len(alla) // 2 :]):
        for ett in halva:
            try:
                tjanster.registrator.registrera(ett)
            except Regelbrott:
                continue
        tjanster.ombyggare.bygg_om()
    fore = alla_rader(databas)
    tjanster.ombyggare.bygg_om()
    assert alla_rader(databas) == fore


@pytest.mark.parametrize("processer", [1, 2])
def test_den_forsta_och_den_sista_strommen_som_kan_finnas_byggs_om(
    tjanster: Tjanster, databas: str, processer: int
) -> None:
    for strom in (UUID(int=0), UUID(int=2**128 - 1)):
        data = next(forslag(1)) | {"id": str(strom), "handelseId": str(uuid4())}
        tjanster.registrator.registrera(tolka(data))
    fore = alla_rader(databas)
    assert tjanster.ombyggare.bygg_om(processer=processer).handelser == 2
    assert alla_rader(databas) == fore
    assert tjanster.verifierare.verifiera().hel


def test_den_som_verifierar_medan_fakta_byggs_om_finner_liggaren_hel(tjanster: Tjanster, databas: str) -> None:
    registrera(tjanster)
    annan = koppla(databas, klocka=klocka, nytt_pseudonym=som_den_heter)
    byggda: list[object] = []

    def framsteg(vad: str, *_: int) -> None:
        if vad == "loggen" and not byggda:
            byggda.append(annan.ombyggare.bygg_om())

    assert tjanster.verifierare.verifiera(framsteg).brister == ()
    assert byggda
    annan.stang()
