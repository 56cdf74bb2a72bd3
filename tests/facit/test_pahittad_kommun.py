"""A municipality that does not exist, with other rows and years, whose organisation changes twice: data, no code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from application.queries import FraganGarInte
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.tabell import Tabellverk
from application.rapporter.tabellfraga import Tabellsvar
from application.tolkning import tolka
from domain.strom import budgetperiodens_id
from interfaces.bootstrap import Tjanster, koppla

KOMMUN, NAMNDER = "2599", ("omsorgsnamnden", "familjenamnden")
ENHETER = {"Älven": UUID(int=101), "Berget": UUID(int=102), "Skogen": UUID(int=103)}
OMRADEN = {
    "2020-01-01": {"Älven": "Norr", "Berget": "Norr", "Skogen": "Söder"},
    "2021-04-01": {"Berget": "Söder"},
    "2021-10-01": {"Älven": "Mitt", "Skogen": "Mitt"},
}
"""Where units belong, from a day on."""

BUDGET = {"Älven": 12_000_000, "Berget": 6_000_000, "Skogen": 3_600_000}


def organisationen() -> Iterator[dict[str, Any]]:
    for namn, id_ in ENHETER.items():
        yield {
            "samling": "utforare", "id": str(id_), "typ": "utforare.registrerad", "datum": "2019-01-01",
            "kommun": KOMMUN, "namn": namn, "regi": "egen", "slag": "hvb",
        }  # fmt: skip
    for dag, omraden in OMRADEN.items():
        for namn, omrade in omraden.items():
            yield {
                "samling": "utforare", "id": str(ENHETER[namn]), "typ": "organisation.andrad", "datum": dag,
                "overordnad": omrade,
            }  # fmt: skip


def handelser() -> Iterator[dict[str, Any]]:
    yield from organisationen()
    for namnd, delen in zip(NAMNDER, (1, 2), strict=True):
        yield from namndens_ar(namnd, delen)


def namndens_ar(namnd: str, del_: int, delar1: str = "2021-04-30") -> Iterator[dict[str, Any]]:
    bas = {"samling": "budgetperioder", "id": str(budgetperiodens_id(KOMMUN, namnd, 2021))}
    rader = [
        {"verksamhet": "551", "kontogrupp": "personal", "enhet": namn, "belopp": f"{belopp // del_}.00"}
        for namn, belopp in BUDGET.items()
    ]
    yield {
        **bas, "typ": "budget.faststalld", "datum": "2020-11-20", "kommun": KOMMUN, "namnd": namnd, "ar": 2021,
        "rader": rader,
    }  # fmt: skip
    tillagg = {"verksamhet": "552", "kontogrupp": "personal", "enhet": "Skogen", "belopp": "400000.00"}
    yield {
        **bas, "typ": "budget.justerad", "datum": "2021-05-02", "slag": "tillaggsanslag", "benamning": "Löner",
        "rader": [tillagg],
    }  # fmt: skip
    yield {**bas, "typ": "utfall.bokfort", "datum": "2021-03-31", "manad": "2021-03", "rader": rader}
    for slag, galler, mer in (("delar1", delar1, 500_000), ("delar2", "2021-08-31", 900_000)):
        yield {
            **bas, "typ": "prognos.faststalld", "datum": galler, "slag": slag, "galler": galler,
            "kand": f"{galler}T20:00:00Z", "beslut": {"organ": namnd, "datum": galler},
            "rader": [{**rad, "belopp": f"{Decimal(rad['belopp']) + mer}"} for rad in rader],
        }  # fmt: skip


@pytest.fixture(scope="module")
def kommunen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tjanster]:
    tjanster = koppla(str(tmp_path_factory.mktemp("pahittad") / "liggare.db"))
    registrera(tjanster, handelser())
    yield tjanster
    tjanster.stang()


def registrera(tjanster: Tjanster, handelserna: Iterable[dict[str, Any]]) -> None:
    for nr, handelse in enumerate(handelserna, start=1):
        tjanster.registrator.registrera(tolka({**handelse, "handelseId": str(UUID(int=1000 + nr))}))


@pytest.fixture
def olika_dagar() -> Iterator[Tjanster]:
    """A ledger where one board's first forecast speaks of a day before the budgets were adjusted, and one's after."""
    tjanster = koppla(":memory:")
    fore, efter = NAMNDER
    registrera(tjanster, (*namndens_ar(fore, 1), *namndens_ar(efter, 2, "2021-05-31")))
    yield tjanster
    tjanster.stang()


def tabell(
    tjanster: Tjanster, namn: str, mapp: Path, rader: list[dict[str, Any]] | None = None, **val: Any
) -> Tabellsvar:
    if rader is not None:
        fil = mapp / "rader.json"
        mappning = {"kommun": KOMMUN, "gallerFran": "2020-01-01", "kalla": "Kommunens egen indelning", "rader": rader}
        fil.write_text(json.dumps({namn: [mappning]}), encoding="utf-8")
        val["radmappning"] = fil
    fraga = tolka_tabellfraga(namn, kommun=KOMMUN, ar=2021, nu=tjanster.klocka(), **{"galler_den": "2021-12-31", **val})
    return Tabellverk(tjanster.fragor).svara(fraga)


def kolumn(svar: Tabellsvar, nyckel: str) -> dict[str, Any]:
    return {svar.etikett(rad): rad[nyckel] for rad in svar.rader}


OMRADESRADER = [{"etiketter": ["*"], "per": "overordnad"}, {"etiketter": ["Hela nämnden"], "slag": "totalt"}]


@pytest.mark.parametrize(
    ("den", "vantat"),
    [
        ("2021-03-01", {"Norr": -18_000, "Söder": -4_000}),
        ("2021-06-01", {"Norr": -12_000, "Söder": -10_000}),
        ("2021-11-01", {"Mitt": -16_000, "Söder": -6_000}),
    ],
)
def test_omradena_ar_de_som_galler_dagen_och_summan_densamma(
    kommunen: Tjanster, tmp_path: Path, den: str, vantat: dict[str, int]
) -> None:
    svar = tabell(kommunen, "budgetuppfoljning", tmp_path, OMRADESRADER, namnd="omsorgsnamnden", organisation_den=den)
    assert kolumn(svar, "budget_2021") == {**vantat, "Hela nämnden": -22_000}


def test_egna_rader_med_delsummor_och_andelar(kommunen: Tjanster, tmp_path: Path) -> None:
    rader: list[dict[str, Any]] = [
        {"etiketter": ["Boenden"], "slag": "rubrik"},
        {"etiketter": ["Älven"], "urval": {"enhet": ["Älven"]}},
        {"etiketter": ["Övriga"]},
        {"etiketter": ["Boenden tillsammans"], "slag": "totalt"},
        {"etiketter": ["varav 552"], "slag": "varav", "urval": {"verksamhet": ["552"]}},
        {
            "etiketter": ["Älvens andel"],
            "slag": "andel",
            "andelAv": "Boenden tillsammans",
            "urval": {"enhet": ["Älven"]},
        },
    ]
    svar = kolumn(tabell(kommunen, "budgetuppfoljning", tmp_path, rader, namnd="omsorgsnamnden"), "budget_2021")
    assert svar == {
        "Boenden": None, "Älven": -12_000, "Övriga": -10_000, "Boenden tillsammans": -22_000, "varav 552": -400,
        "Älvens andel": Fraction(1200, 22),
    }  # fmt: skip


def test_namnder_under_ett_programomrade_med_tva_delar(kommunen: Tjanster, tmp_path: Path) -> None:
    svar = tabell(kommunen, "driftnamnder", tmp_path)
    assert kolumn(svar, "prognos_avvikelse_delar1") == {
        "familjenamnden": -1_500, "omsorgsnamnden": -1_500, "Totalt": -3_000
    }  # fmt: skip
    assert kolumn(svar, "prognos_avvikelse_delar2") == {
        "familjenamnden": -2_300, "omsorgsnamnden": -2_300, "Totalt": -4_600
    }  # fmt: skip


def test_varje_namnds_avvikelse_ar_mot_budgeten_dess_egen_dag(olika_dagar: Tjanster, tmp_path: Path) -> None:
    svar = tabell(olika_dagar, "driftnamnder", tmp_path)
    assert kolumn(svar, "prognos_avvikelse_delar1") == {
        "omsorgsnamnden": -1_500, "familjenamnden": -1_100, "Totalt": -2_600
    }  # fmt: skip
    dagar = "delår 1 per 2021-04-30 (omsorgsnamnden) och 2021-05-31 (familjenamnden), delår 2 per 2021-08-31"
    assert f"Fastställda prognoser: {dagar}." in svar.noter


def test_en_rad_av_namnder_vars_prognoser_talar_om_olika_dagar_nekas(olika_dagar: Tjanster, tmp_path: Path) -> None:
    rader = [{"etiketter": ["Båda"], "urval": {"namnd": list(NAMNDER)}}]
    with pytest.raises(FraganGarInte, match="Raden Båda räknar flera nämnder"):
        tabell(olika_dagar, "driftnamnder", tmp_path, rader)
    den_ena = tabell(olika_dagar, "driftnamnder", tmp_path, rader, namnd=NAMNDER[0])
    assert kolumn(den_ena, "prognos_avvikelse_delar1") == {"Båda": -1_500}


def test_en_rad_av_namnder_av_vilka_en_inte_har_nagon_prognos_ar_tom(olika_dagar: Tjanster, tmp_path: Path) -> None:
    rader = [{"etiketter": ["Båda"], "urval": {"namnd": list(NAMNDER)}}]
    svar = tabell(olika_dagar, "driftnamnder", tmp_path, rader, galler_den="2021-05-15")
    assert kolumn(svar, "prognos_avvikelse_delar1") == {"Båda": None}


def test_ramens_forandringar_fran_en_dag_till_en_annan(kommunen: Tjanster, tmp_path: Path) -> None:
    svar = tabell(kommunen, "budgetforandringar", tmp_path, namnd="omsorgsnamnden", sedan_den="2021-04-30")
    assert kolumn(svar, "ram_sedan") == {"faststalld": 21_600, "tillaggsanslag": 0, "Ram": 21_600}
    assert kolumn(svar, "forandring") == {"faststalld": 0, "tillaggsanslag": 400, "Ram": 400}
