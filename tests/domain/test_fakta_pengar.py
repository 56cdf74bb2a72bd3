"""From events to facts: budget, outcome and forecast as amounts, and the places of providers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.begrepp import Samling
from domain.fakta import (
    ABONNEMANG,
    BUDGET,
    BUDGETVOLYM,
    INVANARE,
    PLATS,
    PROGNOS,
    PROGNOSVOLYM,
    RAMAVTAL,
    UTFALL,
    Punkt,
    handelse_av,
)
from domain.handelse import Handelse
from tests.domain.exempel import (
    en_bokning,
    en_budget,
    en_justering,
    en_prognos,
    en_rad,
    en_stangd_manad,
    en_tillstandskontroll,
    en_uppfoljning,
    en_utforare,
    en_volymrad,
    ett_abonnemang,
    ett_bokslut,
    ett_invanarantal,
    ett_platsantal,
    ett_ramavtal,
    ett_upphort_ramavtal,
)
from tests.domain.test_fakta import OPPEN, STROM, alla, belopp, dag, dagar, hos_utforaren

# Budget, outcome and forecast


def test_en_budget_utan_periodisering_ligger_lika_pa_manaderna() -> None:
    rader = belopp(en_budget(rader=[en_rad("1200.00")]), slag=BUDGET)
    assert [rad.belopp for rad in rader] == [10_000] * 12
    assert [rad.manad for rad in rader] == [dag(f"2019-{m:02}-01") for m in range(1, 13)]
    assert [rad.avser_manad for rad in rader] == [rad.manad for rad in rader]
    assert {rad.underslag for rad in rader} == {"faststalld"}
    assert {rad.dag for rad in rader} == {dag("2018-12-12")}


@pytest.mark.parametrize("summa", ["100.00", "0.01", "-0.05", "-35000.01", "999999999999.99"])
@pytest.mark.parametrize("vikter", [None, [1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1], [0] * 11 + [1], [7, 0] * 6])
def test_periodiseringen_summerar_pa_oret(summa: str, vikter: list[int] | None) -> None:
    rader = belopp(en_budget(rader=[en_rad(summa)], periodisering=vikter), slag=BUDGET)
    assert sum(rad.belopp for rad in rader) == int(Decimal(summa) * 100)
    if vikter:
        assert all(vikter[date.fromordinal(rad.manad).month - 1] for rad in rader)


def test_en_justering_faller_pa_manaderna_fran_sitt_datum() -> None:
    historia = (en_budget(), en_justering("2019-10-15", rader=[en_rad("90.01")]))
    rader = [rad for rad in belopp(*historia, slag=BUDGET) if rad.underslag == "tillaggsanslag"]
    assert [(date.fromordinal(rad.manad).month, rad.belopp) for rad in rader] == [(10, 3_000), (11, 3_001), (12, 3_000)]
    assert {rad.dag for rad in rader} == {dag("2019-10-15")}


def test_en_justering_beslutad_fore_aret_faller_pa_hela_aret() -> None:
    rader = belopp(en_budget(), en_justering("2018-12-20", rader=[en_rad("12.00")]), slag=BUDGET)
    assert sum(rad.underslag == "tillaggsanslag" for rad in rader) == 12


def test_en_justering_beslutad_efter_aret_faller_pa_december() -> None:
    rader = belopp(en_budget(), en_justering("2020-01-20", rader=[en_rad("12.00")]), slag=BUDGET)
    sist = [rad for rad in rader if rad.underslag == "tillaggsanslag"]
    assert [(rad.belopp, rad.manad) for rad in sist] == [(1_200, dag("2019-12-01"))]


def test_en_justering_foljer_periodiseringen() -> None:
    budget = en_budget(periodisering=[1] * 10 + [3, 1])
    rader = belopp(budget, en_justering("2019-11-01", rader=[en_rad("40.00")]), slag=BUDGET)
    assert [rad.belopp for rad in rader if rad.underslag == "tillaggsanslag"] == [3_000, 1_000]


def test_en_justering_nar_inga_vikter_aterstar_faller_pa_december() -> None:
    budget = en_budget(periodisering=[1] * 6 + [0] * 6)
    rader = belopp(budget, en_justering("2019-11-01", rader=[en_rad("40.00")]), slag=BUDGET)
    sist = [rad for rad in rader if rad.underslag == "tillaggsanslag"]
    assert [(rad.belopp, rad.manad) for rad in sist] == [(4_000, dag("2019-12-01"))]


def test_en_bokning_ligger_i_sin_manad_och_namner_den_manad_varden_avser() -> None:
    historia = (en_budget(), en_bokning(manad="2019-02", avser_manad="2018-12", rader=[en_rad("-10.50", konto="3510")]))
    (rad,) = belopp(*historia, slag=UTFALL)
    assert (rad.belopp, rad.konto, rad.underslag, rad.namnd) == (-1_050, "3510", "V 17", "Socialnämnden")
    assert (rad.manad, rad.avser_manad) == (dag("2019-02-01"), dag("2018-12-01"))


def test_en_bokning_utan_annan_manad_avser_sin_egen() -> None:
    (rad,) = belopp(en_budget(), en_bokning(manad="2019-02"), slag=UTFALL)
    assert rad.manad == rad.avser_manad == dag("2019-02-01")


def test_tva_lika_rader_i_en_verifikation_ar_tva_belopp() -> None:
    rader = belopp(en_budget(), en_bokning(rader=[en_rad("100.00"), en_rad("100.00")]), slag=UTFALL)
    assert [rad.belopp for rad in rader] == [10_000, 10_000]


def test_en_prognos_ar_helarsbelopp_och_volymer() -> None:
    historia = (en_budget(), en_prognos("2019-04-30"))
    (rad,) = belopp(*historia, slag=PROGNOS)
    assert (rad.belopp, rad.underslag, rad.manad, rad.dag) == (130_000, "delar1", dag("2019-01-01"), dag("2019-04-30"))
    (volym,) = belopp(*historia, slag=PROGNOSVOLYM)
    assert (volym.antal, volym.pris, volym.prissort, volym.insatsform) == (5_250, 195_300, "dygn", "hvb")
    assert (volym.underslag, volym.regi) == ("delar1", None)


def test_arets_prognoser_numreras_i_den_ordning_de_verkade() -> None:
    historia = (
        en_budget(),
        en_prognos("2019-08-31"),
        en_bokning(),
        en_prognos("2019-04-30"),
        en_prognos("2019-08-31", slag="manad"),
    )
    rader = belopp(*historia, slag=PROGNOS)
    assert [(str(date.fromordinal(rad.dag)), rad.underslag, rad.ordning) for rad in rader] == [
        ("2019-04-30", "delar1", 1),
        ("2019-08-31", "delar1", 2),
        ("2019-08-31", "manad", 3),
    ]
    assert {rad.ordning for rad in belopp(*historia, slag=UTFALL)} == {None}


def test_budgetens_volymer_raknas_i_tusendelar() -> None:
    volymrader = [en_volymrad(personerPerDygn="0.001"), en_volymrad(malgrupp=None, pris=None, personerPerDygn="12")]
    rader = belopp(en_budget(volymrader=volymrader), slag=BUDGETVOLYM)
    assert [(rad.antal, rad.malgrupp, rad.pris) for rad in rader] == [(1, "unga", 195_300), (12_000, None, None)]
    (egen,) = belopp(en_budget(volymrader=[en_volymrad(regi="egen")]), slag=BUDGETVOLYM)
    assert egen.regi == "egen"


def test_en_rad_behaller_malgrupp_och_insatsform() -> None:
    rader = belopp(en_budget(rader=[en_rad(malgrupp="barn", insatsform="sis")]), slag=BUDGET)
    assert {(rad.malgrupp, rad.insatsform, rad.kontogrupp) for rad in rader} == {("barn", "sis", "kopAvVerksamhet")}


def test_invanare_raknas_i_tusendelar_som_alla_antal() -> None:
    (rad,) = belopp(en_budget(), ett_invanarantal(antal=155_696), slag=INVANARE)
    assert (rad.antal, rad.dag) == (155_696_000, dag("2019-12-31"))


def test_stangda_manader_och_bokslut_ar_inga_belopp() -> None:
    utan = alla(Samling.BUDGETPERIODER, en_budget())
    assert alla(Samling.BUDGETPERIODER, en_budget(), en_stangd_manad(), ett_bokslut()) == utan


# Providers


def test_platserna_galler_tills_de_andras() -> None:
    historia = (en_utforare(), ett_platsantal("2018-02-01", 8), ett_platsantal("2019-01-01", 6, malgrupp="unga"))
    rader = hos_utforaren(*historia, slag=PLATS)
    assert [(dagar(rad), rad.antal, rad.malgrupp) for rad in rader] == [
        (("2018-02-01", "2019-01-01"), 8_000, None),
        (("2019-01-01", str(OPPEN)), 6_000, "unga"),
    ]
    assert {(rad.utforare, rad.regi) for rad in rader} == {(STROM.hex, "extern")}


def test_platser_som_andras_tva_ganger_samma_dag_ar_de_sista() -> None:
    (rad,) = hos_utforaren(en_utforare(), ett_platsantal(platser=8), ett_platsantal(platser=9), slag=PLATS)
    assert rad.antal == 9_000


@pytest.mark.parametrize(
    ("historia", "slut", "spar"),
    [
        ((ett_ramavtal(),), str(OPPEN), [2]),
        ((ett_ramavtal(till="2020-03-01"),), "2020-03-01", [2]),
        ((ett_ramavtal(till="2020-03-01"), ett_upphort_ramavtal("2019-10-01")), "2019-10-01", [2, 3]),
        ((ett_ramavtal(), ett_upphort_ramavtal("2019-10-01", omrade="jourhem")), str(OPPEN), [2]),
    ],
    ids=["tills vidare", "till en dag", "upphör i förtid", "ett annat upphör"],
)
def test_ett_ramavtal_galler_tills_det_loper_ut_eller_upphor(
    historia: tuple[Handelse, ...], slut: str, spar: list[int]
) -> None:
    (rad,) = hos_utforaren(en_utforare(), *historia, slag=RAMAVTAL)
    assert dagar(rad) == ("2018-03-01", slut)
    assert rad.insatsform == "hvb"
    assert handelse_av(rad) == spar


@pytest.mark.parametrize("ordning", [1, -1], ids=["upphör först", "tecknas först"])
def test_ett_ramavtal_som_foljs_av_ett_nytt_samma_dag_avloses_utan_lucka(ordning: int) -> None:
    byte = (ett_upphort_ramavtal("2019-01-01"), ett_ramavtal("2019-01-01"))[::ordning]
    rader = hos_utforaren(en_utforare(), ett_ramavtal("2018-03-01"), *byte, slag=RAMAVTAL)
    assert [dagar(rad) for rad in rader] == [("2018-03-01", "2019-01-01"), ("2019-01-01", str(OPPEN))]


def test_ett_tidigare_upphorande_slutar_inte_ett_nytt_ramavtal() -> None:
    historia = (en_utforare(), ett_ramavtal(), ett_upphort_ramavtal("2018-12-31"), ett_ramavtal("2019-02-01"))
    rader = hos_utforaren(*historia, slag=RAMAVTAL)
    assert [dagar(rad) for rad in rader] == [("2018-03-01", "2018-12-31"), ("2019-02-01", str(OPPEN))]


def test_ett_abonnemang_har_platser_och_arskostnad() -> None:
    rader = hos_utforaren(en_utforare(), ett_abonnemang(), ett_abonnemang(till="2020-04-01"), slag=ABONNEMANG)
    assert [(dagar(rad), rad.antal, rad.pris, rad.prissort) for rad in rader] == [
        (("2018-04-01", str(OPPEN)), 2_000, 145_000_000, "ar"),
        (("2018-04-01", "2020-04-01"), 2_000, 145_000_000, "ar"),
    ]


def test_kontroller_och_uppfoljningar_ar_punkter() -> None:
    rader = alla(Samling.UTFORARE, en_utforare(), en_tillstandskontroll(giltigt=False), en_uppfoljning())
    assert [(rad.slag, rad.utfall, rad.planerat) for rad in rader if isinstance(rad, Punkt)] == [
        ("tillstand.kontrollerat", None, 0),
        ("avtalsuppfoljning", None, None),
        ("uppfoljning.gjord", "Bemanning", 4),
        ("uppfoljning.gjord", "Dokumentation", 2),
    ]
