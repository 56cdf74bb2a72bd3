"""A forecast as the event that adopts it: its amounts are laid on the lines that the budget has."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.prognos.arbete import Arbete
from application.prognos.faststall import Beslut, prognoshandelse
from application.prognos.fragan import Prognosfraga, tolka_prognosfraga
from application.prognos.hopp import antagna
from application.prognos.svar import Prognossvar
from application.prognos.tjanst import ursprung_vid
from application.tolkning import tolka
from domain.begrepp import Prognosslag
from domain.strom import budgetperiodens_id
from interfaces.bootstrap import Tjanster, koppla

NU = datetime(2019, 7, 1, 12, tzinfo=UTC)
BUDGETEN = budgetperiodens_id("1880", "Socialnämnden", 2019)
ETT_DYGN = 1_000
ETT_AR = 365 * ETT_DYGN

Registrera = Callable[..., UUID]


@pytest.fixture
def tjanster() -> Iterator[Tjanster]:
    oppnade = koppla(":memory:", klocka=lambda: NU)
    yield oppnade
    oppnade.stang()


@pytest.fixture
def registrera(tjanster: Tjanster) -> Registrera:
    """Record an event, and give its id."""

    def en(samling: str, strom: UUID, typ: str, datum: str, **falt: Any) -> UUID:
        handelse_id = uuid4()
        kuvert = {"samling": samling, "id": str(strom), "typ": typ, "datum": datum, "handelseId": str(handelse_id)}
        tjanster.registrator.registrera(tolka({**kuvert, **falt}))
        return handelse_id

    placera(en, f"{ETT_DYGN}.00")
    return en


def placera(registrera: Registrera, pris: str, sort: str = "dygn", form: str = "hvb", dag: str = "2019-01-01") -> None:
    """Record that somebody young is placed."""
    registrera(
        "placeringar", uuid4(), "placering.paborjad", dag, kommun="1880", arendeId=str(uuid4()),
        personId=str(uuid4()), malgrupp="unga", kon="kvinna", fodelsear=2004, insatsform=form, regi="extern",
        lagrum="SoL", avtalsform="ramavtal", pris={"sort": sort, "belopp": pris},
    )  # fmt: skip


def radmappning(mapp: Path, *former: str, sort: str = "dygn") -> Path:
    """Write a mapping with one row, of some forms of care for the young."""
    urval = {"malgrupp": ["unga"], "insatsform": list(former)}
    rader = [{"etiketter": ["Unga", "Vård", ""], "urval": urval, "prissort": sort}]
    version = {"kommun": "*", "gallerFran": "1900-01-01", "kalla": "prov", "rader": rader}
    fil = mapp / "rader.json"
    fil.write_text(json.dumps({"externa-insatser": [version]}), encoding="utf-8")
    return fil


def rad(belopp: str, **falt: str) -> dict[str, str]:
    vard = {"verksamhet": "Vård", "kontogrupp": "kopAvVerksamhet", "malgrupp": "unga", "insatsform": "hvb"}
    return {**vard, **falt, "belopp": belopp}


def budgetera(registrera: Registrera, *rader: dict[str, str], **falt: Any) -> UUID:
    return registrera(
        "budgetperioder", BUDGETEN, "budget.faststalld", "2019-01-01",
        **{"kommun": "1880", "namnd": "Socialnämnden", "ar": 2019, "rader": list(rader), **falt},
    )  # fmt: skip


def fragan(mappning: Path, den: str = "2019-06-30") -> Prognosfraga:
    return tolka_prognosfraga(
        kommun="1880", nu=NU, ar=int(den[:4]), galler_den=den, metod="oforandrad-niva", vagar=100, radmappning=mappning
    )


def handelsen(tjanster: Tjanster, svar: Prognossvar) -> dict[str, Any]:
    """Return the event that adopts a forecast, which an import would take."""
    handelse = prognoshandelse(tjanster.huvudbok, svar, Beslut(Prognosslag.DELAR2, "SN", date(2019, 7, 1)))
    assert tolka(handelse)
    return handelse


def faststalld(tjanster: Tjanster, tmp_path: Path) -> dict[tuple[str, str | None], Decimal]:
    """Return the amounts of the adopted forecast of the year, by kind of account and unit."""
    svar = tjanster.prognostiserare.svara(fragan(radmappning(tmp_path, "hvb")))
    assert [svar.rader[0].kostnad.median] == [ETT_AR]
    return {(r["kontogrupp"], r.get("enhet")): Decimal(r["belopp"]) for r in handelsen(tjanster, svar)["rader"]}


def test_en_intakt_forblir_en_intakt(tjanster: Tjanster, registrera: Registrera, tmp_path: Path) -> None:
    """Given a forecast that is just the budget, then every line is the budget's."""
    budgetera(registrera, rad("460000.00"), rad("-95000.00", kontogrupp="bidrag"))
    assert faststalld(tjanster, tmp_path) == {("kopAvVerksamhet", None): 460_000, ("bidrag", None): -95_000}


def test_det_som_skiljer_laggs_efter_radernas_storlek(
    tjanster: Tjanster, registrera: Registrera, tmp_path: Path
) -> None:
    budgetera(registrera, rad("100.00", enhet="A"), rad("300.00", enhet="B"))
    assert faststalld(tjanster, tmp_path) == {
        ("kopAvVerksamhet", "A"): ETT_AR // 4, ("kopAvVerksamhet", "B"): 3 * ETT_AR // 4,
    }  # fmt: skip


def test_den_rattade_budgeten_galler(tjanster: Tjanster, registrera: Registrera, tmp_path: Path) -> None:
    forst = budgetera(registrera, rad("100.00", enhet="Fel"), rad("900.00", enhet="B"))
    budgetera(registrera, rad("500.00", enhet="A"), rad("500.00", enhet="B"), rattar=str(forst))
    assert set(faststalld(tjanster, tmp_path)) == {("kopAvVerksamhet", "A"), ("kopAvVerksamhet", "B")}


def test_en_rad_som_bara_finns_i_en_justering_bar_sin_prognos(
    tjanster: Tjanster, registrera: Registrera, tmp_path: Path
) -> None:
    budgetera(registrera, {"verksamhet": "Annat", "kontogrupp": "personal", "belopp": "1.00"})
    registrera(
        "budgetperioder", BUDGETEN, "budget.justerad", "2019-03-01", slag="tillaggsanslag", benamning="Vård",
        rader=[rad("500.00")],
    )  # fmt: skip
    assert faststalld(tjanster, tmp_path) == {("kopAvVerksamhet", None): ETT_AR}


def test_en_antagen_prognos_har_sin_egen_plats_i_loggen(
    tjanster: Tjanster, registrera: Registrera, tmp_path: Path
) -> None:
    """Given that one of an earlier day is recorded last, then the others were still adopted when they were."""
    budgetera(registrera, rad("460000.00"))
    for slag, galler in (("delar1", "2019-04-30"), ("delar2", "2019-06-15"), ("manad", "2019-02-28")):
        registrera(
            "budgetperioder", BUDGETEN, "prognos.faststalld", galler, slag=slag, galler=galler,
            kand=f"{galler}T20:00:00Z", beslut={"organ": "SN", "datum": galler}, rader=[rad("1.00")],
        )  # fmt: skip
    fraga = fragan(radmappning(tmp_path, "hvb"))
    fakta, underlag = tjanster.prognostiserare.fakta_och_underlag(fraga)
    arbete = Arbete(fakta, ursprung_vid(underlag), fraga.fonster)
    assert [(a.dag, a.position) for a in antagna(fakta.belopp, arbete.ursprung, arbete)] == [
        (date(2019, 2, 28), 5), (date(2019, 4, 30), 3), (date(2019, 6, 15), 4),
    ]  # fmt: skip


def test_investeringar_bar_ingen_del_av_en_prognos_over_drift(
    tjanster: Tjanster, registrera: Registrera, tmp_path: Path
) -> None:
    """Given a row with an investment too, then operation has all of it, and the investment's own forecast stands."""
    budgetera(registrera, rad("460000.00"), rad("5000000.00", post="investering", projekt="P1"))
    assert faststalld(tjanster, tmp_path) == {("kopAvVerksamhet", None): ETT_AR}


def test_andra_namnders_ar_ar_inte_det_som_ska_faststallas(
    tjanster: Tjanster, registrera: Registrera, tmp_path: Path
) -> None:
    """Given another year and another municipality with budgets, then only the one asked for is laid on."""
    budgetera(registrera, rad("460000.00"))
    for kommun, ar in (("1880", 2018), ("0484", 2019)):
        registrera(
            "budgetperioder", budgetperiodens_id(kommun, "Socialnämnden", ar), "budget.faststalld", f"{ar}-01-01",
            kommun=kommun, namnd="Socialnämnden", ar=ar, rader=[rad("1.00", enhet="Annan")],
        )  # fmt: skip
    assert faststalld(tjanster, tmp_path) == {("kopAvVerksamhet", None): ETT_AR}


def volym(form: str, personer: str, pris: str | None, sort: str = "dygn") -> dict[str, Any]:
    vard = {"malgrupp": "unga", "insatsform": form, "personerPerDygn": personer}
    return vard if pris is None else {**vard, "pris": {"sort": sort, "belopp": pris}}


def volymerna(tjanster: Tjanster, mappning: Path) -> dict[str, tuple[str, str | None]]:
    """Return persons and price of the adopted volumes, by form of care."""
    svar = tjanster.prognostiserare.svara(fragan(mappning))
    volymer = handelsen(tjanster, svar)["volymrader"]
    return {v["insatsform"]: (v["personerPerDygn"], v["pris"]["belopp"] if "pris" in v else None) for v in volymer}


def test_vard_som_blev_som_budgeten_prognostiseras_som_budgeten(
    tjanster: Tjanster, registrera: Registrera, tmp_path: Path
) -> None:
    """Given a row of two forms, and care just as budgeted, then both are forecast as they were budgeted."""
    placera(registrera, "5000.00", form="sis")
    budgetera(
        registrera, rad("1.00"),
        volymrader=[volym("hvb", "1", "1000.00"), volym("sis", "1", "5000.00"), volym("familjehemEget", "7", "1.00")],
    )  # fmt: skip
    assert volymerna(tjanster, radmappning(tmp_path, "hvb", "sis")) == {
        "hvb": ("1.000", "1000.00"), "sis": ("1.000", "5000.00"),
    }  # fmt: skip


def test_en_rads_personer_och_pris_delas_som_i_budgeten(
    tjanster: Tjanster, registrera: Registrera, tmp_path: Path
) -> None:
    """Given three where two were budgeted, at half the price, then each line is half as many more and half as dear."""
    for _ in range(2):
        placera(registrera, "1000.00")
    budgetera(
        registrera, rad("1.00"),
        volymrader=[volym("hvb", "1", "1000.00"), volym("sis", "0.5", "4000.00"), volym("jourhem", "0.5", None)],
    )  # fmt: skip
    mappning = radmappning(tmp_path, "hvb", "sis", "jourhem")
    assert volymerna(tjanster, mappning) == {
        "hvb": ("1.500", "500.00"), "sis": ("0.750", "2000.00"), "jourhem": ("0.750", None),
    }  # fmt: skip


def test_ett_pris_per_manad_forblir_per_manad(tjanster: Tjanster, registrera: Registrera, tmp_path: Path) -> None:
    """Given a row told per day, with a line that is budgeted per month, then that line's price is still per month."""
    budgetera(registrera, rad("1.00"), volymrader=[volym("hvb", "1", "30000.00", "manad")])
    assert volymerna(tjanster, radmappning(tmp_path, "hvb")) == {"hvb": ("1.000", f"{ETT_AR / 12:.2f}")}


def test_volymer_utan_personer_och_priser_i_budgeten_delas_lika(
    tjanster: Tjanster, registrera: Registrera, tmp_path: Path
) -> None:
    budgetera(registrera, rad("1.00"), volymrader=[volym("hvb", "0", "0.00"), volym("sis", "0", "0.00")])
    assert volymerna(tjanster, radmappning(tmp_path, "hvb", "sis")) == {
        "hvb": ("0.500", "1000.00"), "sis": ("0.500", "1000.00"),
    }  # fmt: skip


@pytest.mark.parametrize("ar", [2017, 2016])
def test_ett_manadspris_ar_vad_en_manad_kostar_aven_ett_skottar(
    tjanster: Tjanster, registrera: Registrera, tmp_path: Path, ar: int
) -> None:
    placera(registrera, "30000.00", "manad", "familjehemEget", "2015-01-01")
    mappning = radmappning(tmp_path, "familjehemEget", sort="manad")
    svar = tjanster.prognostiserare.svara(fragan(mappning, f"{ar}-12-31"))
    assert svar.rader[0].pris == pytest.approx(30_000)
