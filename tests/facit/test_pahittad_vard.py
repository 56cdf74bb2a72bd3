"""Care in the municipality that does not exist: homes by kind and by area, bought care over years. Data, no code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from application.tolkning import tolka
from domain.strom import budgetperiodens_id
from interfaces.bootstrap import Tjanster, koppla
from tests.facit.test_pahittad_kommun import ENHETER, KOMMUN, organisationen, tabell

PLATSER = {"Älven": 4, "Berget": 2, "Skogen": 2}
"""Skogen gets one more in April."""
I_ENHETEN: dict[str, list[tuple[str, str | None]]] = {
    "Älven": [("2020-01-01", None)] * 3,
    "Berget": [("2020-07-01", None)],
    "Skogen": [("2021-01-01", "2021-02-01")],
}
KOPTA = [
    ("barn", "familjehemKonsulent", "2020-01-01", "2021-01-01", "1000.00"),
    ("unga", "hvb", "2020-01-01", None, "4000.00"),
    ("unga", "hvb", "2021-01-01", None, "5000.00"),
]


def handelser() -> Iterator[dict[str, Any]]:
    yield from organisationen()
    for namn, antal in PLATSER.items():
        yield {
            "samling": "utforare", "id": str(ENHETER[namn]), "typ": "platser.andrade", "datum": "2019-12-01",
            "platser": antal,
        }  # fmt: skip
    yield {
        "samling": "utforare", "id": str(ENHETER["Skogen"]), "typ": "platser.andrade", "datum": "2021-04-01",
        "platser": 3,
    }  # fmt: skip
    nr = 0
    for namn, vistelser in I_ENHETEN.items():
        for fran, till in vistelser:
            nr += 1
            yield from placering(
                nr,
                "unga",
                "hvb",
                fran,
                till,
                {"regi": "egen", "avtalsform": "egenRegi", "utforareId": str(ENHETER[namn])},
            )
    for malgrupp, form, fran, till, pris in KOPTA:
        nr += 1
        kop = {"regi": "extern", "avtalsform": "ramavtal", "pris": {"sort": "dygn", "belopp": pris}}
        yield from placering(nr, malgrupp, form, fran, till, kop)
    yield from bokfort()


def placering(
    nr: int, malgrupp: str, form: str, fran: str, till: str | None, mer: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    bas = {"samling": "placeringar", "id": str(UUID(int=0x500 + nr))}
    yield {
        **bas, "typ": "placering.paborjad", "datum": fran, "kommun": KOMMUN, "arendeId": str(UUID(int=0x600 + nr)),
        "personId": str(UUID(int=0x700 + nr)), "malgrupp": malgrupp, "kon": "kvinna", "fodelsear": 2006,
        "insatsform": form, "lagrum": "SoL", **mer,
    }  # fmt: skip
    if till:
        yield {**bas, "typ": "placering.avslutad", "datum": till, "planerat": True, "orsak": "enligtPlan"}


def volymrad(malgrupp: str, form: str, personer: str, pris: str) -> dict[str, Any]:
    pris_ = {"sort": "dygn", "belopp": pris}
    return {"malgrupp": malgrupp, "insatsform": form, "personerPerDygn": personer, "pris": pris_}


def bokfort() -> Iterator[dict[str, Any]]:
    for ar, kronor in ((2020, 1_800_000), (2021, 3_200_000)):
        bas = {"samling": "budgetperioder", "id": str(budgetperiodens_id(KOMMUN, "omsorgsnamnden", ar))}
        rad = {"verksamhet": "Köpt vård", "kontogrupp": "kopAvVerksamhet", "malgrupp": "unga", "insatsform": "hvb"}
        yield {
            **bas, "typ": "budget.faststalld", "datum": f"{ar - 1}-11-20", "kommun": KOMMUN, "namnd": "omsorgsnamnden",
            "ar": ar, "rader": [{**rad, "belopp": "3000000.00"}],
            "volymrader": [
                volymrad("unga", "hvb", "1.5", "4600.00"), volymrad("barn", "familjehemKonsulent", "1", "1000.00"),
            ],
        }  # fmt: skip
        yield {
            **bas,
            "typ": "utfall.bokfort",
            "datum": f"{ar}-06-30",
            "manad": f"{ar}-06",
            "rader": [{**rad, "belopp": f"{kronor}.00"}],
        }
    yield {
        **bas, "typ": "prognos.faststalld", "datum": "2021-08-31", "slag": "delar2", "galler": "2021-08-31",
        "kand": "2021-08-31T20:00:00Z", "beslut": {"organ": "omsorgsnamnden", "datum": "2021-09-10"},
        "rader": [{**rad, "belopp": "3500000.00"}],
        "volymrader": [volymrad("unga", "hvb", "2", "4500.00")],
    }  # fmt: skip


@pytest.fixture(scope="module")
def kommunen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tjanster]:
    tjanster = koppla(str(tmp_path_factory.mktemp("vard") / "liggare.db"))
    for nr, handelse in enumerate(handelser(), start=1):
        tjanster.registrator.registrera(tolka({**handelse, "handelseId": str(UUID(int=0x2000 + nr))}))
    yield tjanster
    tjanster.stang()


def tryckta(kommunen: Tjanster, namn: str, mapp: Path, nyckel: str, rader: Any = None, **val: Any) -> dict[str, str]:
    svar = tabell(kommunen, namn, mapp, rader, **val)
    (kol,) = (k for k in svar.kolumner if k.nyckel == nyckel)
    return {svar.etikett(rad): svar.tryckt(rad, kol) for rad in svar.rader}


EFTER_SLAG: list[dict[str, Any]] = [
    {"etiketter": ["HVB", "Älven"], "urval": {"enhet": ["Älven"]}},
    {"etiketter": ["HVB", "Berget"], "urval": {"enhet": ["Berget"]}},
    {"etiketter": ["HVB", "Tillsammans"], "slag": "summa"},
    {"etiketter": ["Stödboende", "Skogen"], "urval": {"enhet": ["Skogen"]}},
    {"etiketter": ["Stödboende", "Tillsammans"], "slag": "summa"},
    {"etiketter": ["Alla", "Alla"], "slag": "totalt"},
]


def test_boenden_efter_slag_med_platser_och_fjolarets_ackumulerade_belaggning(
    kommunen: Tjanster, tmp_path: Path
) -> None:
    val: dict[str, Any] = {"galler_den": "2021-04-30"}
    assert tryckta(kommunen, "boenden", tmp_path, "platser", EFTER_SLAG, **val) == {
        "HVB / Älven": "4", "HVB / Berget": "2", "HVB / Tillsammans": "6", "Stödboende / Skogen": "3",
        "Stödboende / Tillsammans": "3", "Alla / Alla": "9",
    }  # fmt: skip
    assert tryckta(kommunen, "boenden", tmp_path, "ack_apr", EFTER_SLAG, **val) == {
        "HVB / Älven": "75", "HVB / Berget": "50", "HVB / Tillsammans": "63", "Stödboende / Skogen": "11",
        "Stödboende / Tillsammans": "11", "Alla / Alla": "45",
    }  # fmt: skip
    i_fjol = tryckta(kommunen, "boenden", tmp_path, "ack_apr_2020", EFTER_SLAG, **val)
    assert (i_fjol["HVB / Älven"], i_fjol["HVB / Berget"], i_fjol["HVB / Tillsammans"]) == ("75", "0", "38")


@pytest.mark.parametrize(
    ("den", "vantat"),
    [
        ("2021-03-01", {"Norr": "67", "Söder": "11"}),
        ("2021-06-01", {"Norr": "75", "Söder": "30"}),
        ("2021-11-01", {"Mitt": "52", "Söder": "50"}),
    ],
)
def test_belaggningen_per_omrade_ar_den_organisation_som_galler(
    kommunen: Tjanster, tmp_path: Path, den: str, vantat: dict[str, str]
) -> None:
    rader = [{"etiketter": ["*", ""], "per": "overordnad"}]
    svar = tryckta(kommunen, "boenden", tmp_path, "ack_apr", rader, galler_den="2021-04-30", organisation_den=den)
    assert svar == {f"{omrade} / ": grad for omrade, grad in vantat.items()}


def test_extern_vard_flera_ar_har_personer_ovagt_pris_kostnad_och_avvikelse(kommunen: Tjanster, tmp_path: Path) -> None:
    i_fjol = tryckta(kommunen, "externa-insatser-flera-ar", tmp_path, "utfall_2020", namnd="omsorgsnamnden")
    assert i_fjol == {
        "Personer / Barn, egna familje- och jourhem": "0", "Personer / Barn, köpt vård": "1",
        "Personer / Unga, egna familje- och jourhem": "0", "Personer / Unga, köpt vård": "1",
        "Personer / Vuxna": "0", "Personer / Totalt": "2", "Kostnad per dygn / Ovägt medel": "2500",
        "Kostnad, mnkr / Barn": "", "Kostnad, mnkr / Unga": "1.8", "Kostnad, mnkr / Vuxna": "",
        "Kostnad, mnkr / Totalt": "1.8",
    }  # fmt: skip
    avvikelse = tryckta(kommunen, "externa-insatser-flera-ar", tmp_path, "avvikelse", namnd="omsorgsnamnden")
    assert avvikelse["Personer / Unga, köpt vård"] == "1"  # 2 − 1.5, rounded once
    assert avvikelse["Kostnad per dygn / Ovägt medel"] == "1700"
    assert avvikelse["Kostnad, mnkr / Unga"] == "0.5"
