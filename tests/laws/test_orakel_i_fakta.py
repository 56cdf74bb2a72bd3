"""The own figures of the oracle of facts, reckoned by hand, so that a wrong oracle is caught before it judges."""

from __future__ import annotations

from typing import Any

from domain.fakta import Intervall
from domain.handelse import HandelseMakulerad
from tests.laws.berattelser import en_atgard, en_enhet, ett_arende, ett_budgetar
from tests.laws.exempel import Berattelse, dag
from tests.laws.faktafragor import FAKTASLAG, Faktafraga
from tests.laws.grund import plus
from tests.laws.orakel_fakta import Spar
from tests.laws.provliggare import orakel
from tests.laws.test_orakel import logg


def svar(b: Berattelse, slag: str, galler_den: str, *gruppera: str, om_dagen: str = "", **annat: Any) -> Any:
    """Ask the oracle what stood on a day (or, up to a day, what happened), by some columns; without any, how much."""
    intervall = FAKTASLAG[slag].form is Intervall
    fran = dag(om_dagen or galler_den) if intervall else dag("2022-01-01")
    till = plus(fran, 1) if intervall else dag("2026-01-01")
    falt: dict[str, Any] = {"kant": 1000, "gruppera": gruppera} | annat
    fraga = Faktafraga(slag, fran, till, dag(galler_den), **falt)
    svaret = orakel(logg(b.steg), fraga)
    return dict(svaret.varden) if gruppera else svaret.totalt


def test_forhandsbedomningar_for_hand() -> None:
    b = ett_arende()
    assert [svar(b, "forhandsbedomning", d) for d in ("01-09", "01-10", "01-16", "01-18", "01-20")] == [0, 1, 2, 1, 0]
    # The first ended what was named, the second what was left; the assessment of protection is of the latest report.
    assert svar(b, "forhandsbedomning.avslutad", "12-31", "antal") == {(3000,): 1, (10_000,): 1}
    assert svar(b, "skyddsbedomning.gjord", "12-31", "utfall", "antal") == {("ingetSkyddsbehov", 1000): 1}
    assert svar(b, "forhandsbedomning", "01-17", "utfall", om_dagen="01-16") == {(None,): 2}
    assert svar(b, "forhandsbedomning", "01-18", "utfall", om_dagen="01-16") == {(None,): 1, ("inleds",): 1}


def test_utredningen_for_hand() -> None:
    b = ett_arende()
    assert [svar(b, "utredning", d) for d in ("01-19", "01-20", "03-11", "03-12")] == [0, 1, 1, 0]
    assert svar(b, "utredning", "03-01", "lagrum") == {("SoL",): 1}  # what held when the time began to run
    assert svar(b, "utredning.avslutad", "12-31", "lagrum", "antal") == {("LVU", 52_000): 1}


def test_ej_verkstallda_beslut_for_hand() -> None:
    b = ett_arende()
    dagar = ("03-10", "03-15", "04-15", "05-15", "05-31", "06-01")
    assert [svar(b, "beslutEjVerkstallt", d) for d in dagar] == [1, 2, 1, 2, 2, 1]
    assert svar(b, "beslut.verkstallt", "12-31", "antal") == {(10_000,): 1}
    assert svar(b, "beslutEjVerkstallt", "05-15", "underslag") == {("avbrott",): 1, ("beslut",): 1}


def test_insatsen_och_arendet_for_hand() -> None:
    b = ett_arende()
    dagar = ("03-19", "03-20", "04-09", "04-10", "04-19", "04-20", "06-04", "06-05")
    assert [svar(b, "insats", d) for d in dagar] == [0, 1, 1, 0, 0, 1, 1, 0]
    fore_rattelsen = len(b.steg) - 3
    assert svar(b, "insats", "06-07", kant=fore_rattelsen) == 1
    assert svar(b, "insats", "06-07") == 0
    assert svar(b, "insats", "12-31", "utfall", "planerat", om_dagen="06-04") == {("sammanbrott", 0): 1}
    assert [svar(b, "arende", d) for d in ("01-09", "06-14", "06-15", "06-30", "07-01")] == [0, 1, 0, 0, 1]
    assert svar(b, "arende", "04-04", "malgrupp") == {("barn",): 1}
    assert svar(b, "arende", "04-05", "malgrupp") == {("unga",): 1}
    assert [svar(b, "ensamkommande", d) for d in ("01-10", "05-31", "06-01")] == [1, 1, 0]
    assert svar(b, "problematik", "03-01", "underslag") == {("alkohol",): 1, ("spelmissbruk",): 1}


def test_atgardens_faser_och_forsening_for_hand() -> None:
    b = en_atgard()
    faser = [svar(b, "atgardsfas", d, "underslag") for d in ("01-19", "01-20", "06-30", "07-01")]
    assert faser == [{(fas,): 1} for fas in ("identifierad", "beslutad", "pagaende", "avbruten")]
    assert [svar(b, "atgardsforsening", d) for d in ("03-31", "04-01", "06-30", "07-01")] == [0, 1, 1, 0]
    assert [svar(b, "deluppdrag", d) for d in ("02-01", "05-30", "05-31")] == [1, 1, 0]


def test_atgardens_effekt_for_hand() -> None:
    b = en_atgard()
    # 15, 31 and 10 days of 56; the running total is rounded.
    assert svar(b, "uppnaddEffekt", "12-31", "manad", rakna="belopp") == {
        (dag("02-01"),): 13_393,
        (dag("03-01"),): 27_679,
        (dag("04-01"),): 8_929,
    }
    # From 1 April to the end that was thought of on 10 April: 31 July, as it turned out on 20 May.
    assert svar(b, "bedomtArende", "12-31", rakna="antal") == 121_000
    assert svar(b, "bedomtArende", "12-31", rakna="antal", kant=13) == 90_000
    assert svar(b, "bedomtArende", "12-31", rakna="belopp") == 121 * 410_000 - 100_000
    assert svar(b, "forvantadEffekt", "12-31", rakna="belopp", senaste=True) == 200_000
    assert svar(b, "forvantadEffekt", "02-28", rakna="belopp", senaste=True) == 100_000
    assert svar(b, "forvantadEffekt", "12-31", rakna="belopp") == 300_000
    assert svar(b, "fardiggrad.satt", "12-31", "antal") == {(60_000,): 1}


def test_enheten_for_hand() -> None:
    b = en_enhet()
    assert svar(b, "plats", "02-09") == 0
    assert svar(b, "plats", "02-10", "malgrupp", rakna="antal") == {(None,): 12_000}
    assert svar(b, "plats", "03-01", "malgrupp", rakna="antal") == {("barn",): 7000, ("unga",): 5000}
    assert svar(b, "plats", "07-01") == 0
    assert svar(b, "utforare", "03-10", "enhet", "utfall") == {("Linden", "13–"): 1}
    assert svar(b, "utforare", "04-10", "utfall") == {("13–20",): 1}
    assert [svar(b, "ko", d) for d in ("02-14", "02-15", "02-29", "03-01", "07-01")] == [1, 2, 2, 1, 1]
    assert [svar(b, "abonnemang", d) for d in ("05-31", "06-01")] == [1, 0]
    assert [svar(b, "ramavtal", d) for d in ("05-30", "05-31")] == [1, 0]
    assert svar(b, "servicedygn", "03-31", "dag", rakna="antal") == {(dag("03-31"),): 40_000}


def test_budgetaret_for_hand() -> None:
    b = ett_budgetar()
    assert svar(b, "riktlinje", "04-30", "underslag") == {("Riktlinje 2023",): 1}
    assert svar(b, "riktlinje", "05-01", "underslag") == {("Riktlinje 2024",): 1}
    assert [svar(b, "atagandeForsenat", d) for d in ("03-31", "04-01", "04-19", "04-20")] == [0, 1, 1, 0]
    assert svar(b, "ersattning.beviljad", "12-31", "avser_manad", rakna="belopp") == {(dag("2023-11-01"),): 70_000}
    assert svar(b, "ersattning.avslagen", "12-31", rakna="belopp") == 30_000
    assert svar(b, "uppgift", "12-31", rakna="antal") == 13_500
    assert svar(b, "uppgift", "12-31", rakna="antal", kant=len(b.steg) - 1) == 12_500
    assert svar(b, "uppgiftEjRedovisbar", "12-31", "underslag") == {("Vårddygn",): 1}
    assert svar(b, "investeringsbudget", "12-31", rakna="belopp") == 10_000
    assert svar(b, "budget", "12-31", rakna="belopp") == 9_999


def test_vad_som_borjade_och_slutade_samma_dag_holl_den_dagen() -> None:
    h = HandelseMakulerad(datum=dag("01-01"), orsak="Vilken som helst")
    spar = Spar([(dag("01-02"), "a", h), (dag("01-02"), None, h), (dag("01-05"), "b", h), (dag("01-07"), None, h)])
    assert [spar.den(dag(d)) for d in ("01-01", "01-02", "01-03", "01-05", "01-06", "01-07")] == [
        None, "a", None, "b", "b", None,
    ]  # fmt: skip
    slut = [spar.slut(dag(d)) for d in ("01-02", "01-05", "01-06")]
    assert [s[0] for s in slut if s] == [dag("01-03"), dag("01-07"), dag("01-07")]
