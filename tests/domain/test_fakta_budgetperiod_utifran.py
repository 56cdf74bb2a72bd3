"""From the events of a budget year to facts: figures from outside, reports and controls, and entry by entry."""

from __future__ import annotations

from typing import Any

import pytest

from domain.begrepp import Samling
from domain.fakta import (
    INTERNKONTROLLRISK,
    INVANARE,
    INVANARGRUPP,
    MALUTFALL,
    REGISTER,
    RIKTLINJE,
    UPPGIFT,
    UPPGIFT_EJ_REDOVISBAR,
    Punkt,
)
from domain.handelse import Handelse
from domain.harledning import fakta as harledda
from tests.domain.exempel import (
    en_bokning,
    en_budget,
    en_makulering,
    en_prognos,
    en_stangd_manad,
    ett_bokslut,
    ett_invanarantal,
)
from tests.domain.exempel_budgetperiod import (
    VANLIGA,
    en_ansokan,
    en_avvikelse,
    en_bedomning,
    en_definition,
    en_internkontroll,
    en_princip,
    en_rapport,
    en_registerrad,
    en_riktlinje,
    en_uppgift,
    ett_atagande,
    ett_avslutat_atagande,
    ett_bifall,
    ett_mal,
    ett_register,
    ett_tryckfel,
)
from tests.domain.stegvis import sista_steget, stegvis
from tests.domain.test_fakta_budgetperiod import STROM, belopp, dag, fakta, intervall, punkter
from tests.givet import noteringar, rattelse

# Figures from outside


def test_en_uppskattad_uppgift_ar_en_punkt_pa_periodens_sista_dag() -> None:
    (rad,) = punkter(
        en_uppgift(varde="6000", malgrupp="unga", kon="man", insatsform="hvb", regi="extern", enhet="Vårnäs"),
        slag=UPPGIFT,
    )
    assert rad == Punkt(
        handelser="2", slag="uppgift", kommun="1880", dag=dag("2019-12-31"), malgrupp="unga", kon="man",
        insatsform="hvb", regi="extern", utfall="uppskattad", planerat=365, enhet="Vårnäs",
        underslag="Vårddygn på institution, barn och unga", antal=6_000_000,
    )  # fmt: skip


def test_det_som_inte_gar_att_redovisa_ar_aldrig_noll() -> None:
    noll = en_uppgift(namn="Vårdkostnad", varde="0", kon="kvinna")
    saknas = en_uppgift(namn="Vårdkostnad", varde=None, kon="man", ej_redovisbar=True, orsak="Könsuppdelning saknas")
    assert [(p.kon, p.antal) for p in punkter(noll, saknas, slag=UPPGIFT)] == [("kvinna", 0)]
    assert [(p.kon, p.antal) for p in punkter(noll, saknas, slag=UPPGIFT_EJ_REDOVISBAR)] == [("man", 1_000)]


def test_ett_register_ger_ett_varde_per_rad_och_ar() -> None:
    inlast = ett_register(
        "2019-09-01",
        rader=[
            en_registerrad(),
            en_registerrad(omrade="Eskilstuna", matt="KPB", ar=2022, grupp="13-17 år", varde="120169.25"),
            en_registerrad(grupp="0-6 år", kon="kvinna", varde=None),
            en_registerrad(kon="man", varde="0"),
        ],
    )
    rader = belopp(inlast, slag=REGISTER)
    assert [r.avser_manad for r in rader] == [r.manad for r in rader]
    assert [(r.enhet, r.verksamhet, r.manad, r.utfall, r.antal) for r in rader] == [
        ("Västerås", "Total kostnad vård kr/inv", dag("2018-01-01"), None, 4_643_000),
        ("Eskilstuna", "KPB", dag("2022-01-01"), "13-17 år", 120_169_250),
        ("Västerås", "Total kostnad vård kr/inv", dag("2018-01-01"), "0-6 år kvinna", None),
        ("Västerås", "Total kostnad vård kr/inv", dag("2018-01-01"), "man", 0),
    ]
    assert {(r.underslag, r.dag) for r in belopp(inlast, slag=REGISTER)} == {("kolada", dag("2019-09-01"))}


def test_invanarna_per_alder_och_kon_ar_punkter_vid_sidan_av_det_hela() -> None:
    grupper = [
        {"alderFran": 0, "alderTill": 12, "kon": "kvinna", "antal": 11_900},
        {"alderFran": 65, "antal": 30_000},
        {"alderTill": 6, "antal": 12_000},
        {"kon": "man", "antal": 77_000},
    ]
    historia = (ett_invanarantal("2019-12-31", antal=155_696, grupper=grupper),)
    assert [r.antal for r in belopp(*historia, slag=INVANARE)] == [155_696_000]
    assert [(p.underslag, p.kon, p.antal, p.dag) for p in punkter(*historia, slag=INVANARGRUPP)] == [
        ("0-12", "kvinna", 11_900_000, dag("2019-12-31")),
        ("65-", None, 30_000_000, dag("2019-12-31")),
        ("-6", None, 12_000_000, dag("2019-12-31")),
        (None, "man", 77_000_000, dag("2019-12-31")),
    ]


def test_av_det_som_sags_tva_ganger_om_samma_sak_en_dag_galler_det_sista() -> None:
    forst = ett_invanarantal(antal=100, grupper=[{"alderTill": 20, "antal": 10}, {"alderFran": 65, "antal": 20}])
    sist = ett_invanarantal(antal=101, grupper=[{"alderTill": 20, "antal": 11}])
    annan_dag = ett_invanarantal("2019-11-30", antal=99)
    assert [r.antal for r in belopp(annan_dag, forst, sist, slag=INVANARE)] == [99_000, 101_000]
    grupper = punkter(annan_dag, forst, sist, slag=INVANARGRUPP)
    assert [(p.underslag, p.antal) for p in grupper] == [("65-", 20_000), ("-20", 11_000)]
    rader = [en_registerrad(varde="1"), en_registerrad(omrade="Eskilstuna", varde="2")]
    inlast, igen = ett_register(rader=rader), ett_register(rader=[en_registerrad(varde="3")])
    annat = ett_register(slag="kpb", rader=[en_registerrad(varde="4")])
    assert [r.antal for r in belopp(inlast, igen, annat, slag=REGISTER)] == [2_000, 3_000, 4_000]
    mal, bedomt, igen_bedomt, utan = ett_mal(), en_bedomning(varde="3"), en_bedomning(varde="4"), en_bedomning()
    assert [r.antal for r in belopp(mal, bedomt, igen_bedomt, utan, slag=MALUTFALL)] == [4_000]


def test_grupper_som_raknats_fore_aret_hor_till_aret() -> None:
    raknat = ett_invanarantal("2018-12-31", grupper=[{"alderTill": 20, "antal": 10}])
    assert [p.dag for p in punkter(raknat, slag=INVANARGRUPP)] == [dag("2019-01-01")]


def test_av_en_grupp_som_anges_bade_hel_och_per_kon_ar_det_hela_det_som_konen_lamnar() -> None:
    """Given 0–20 years as a whole and by sex, then the facts add up to the whole."""
    alla = {"alderFran": 0, "alderTill": 20}
    konen = [{**alla, "kon": "kvinna", "antal": 17_000}, {**alla, "kon": "man", "antal": 18_000}]
    for hela, kvar in ((35_001, [1_000]), (35_000, [])):
        historia = (ett_invanarantal("2019-12-31", antal=155_696, grupper=[{**alla, "antal": hela}, *konen]),)
        grupper = [(p.kon, p.antal) for p in punkter(*historia, slag=INVANARGRUPP)]
        assert grupper == [*((None, antal) for antal in kvar), ("kvinna", 17_000_000), ("man", 18_000_000)]


# Reports, controls and guidelines


@pytest.mark.parametrize(
    ("handelse", "drag"),
    [
        (en_princip(), {"underslag": "kostnader", "utfall": "vardmanad"}),
        (en_rapport(), {"underslag": "delar2"}),
        (ett_tryckfel(), {"underslag": "definition"}),
        (en_definition(), {"underslag": "Personer per dygn"}),
        (
            en_avvikelse(kategori="Sekretess", enhet="Myndighet unga"),
            {"underslag": "lexSarah", "utfall": "Sekretess", "enhet": "Myndighet unga"},
        ),
        (en_internkontroll(), {"underslag": "Processkvalitet", "utfall": "mindreBrist"}),
    ],
    ids=lambda v: getattr(v, "typ", ""),
)
def test_det_som_gjorts_ar_en_punkt(handelse: Handelse, drag: dict[str, Any]) -> None:
    (rad,) = punkter(handelse, slag=handelse.typ)
    assert rad == Punkt("2", handelse.typ, "1880", handelse.datum.toordinal(), **drag)


def test_en_kontroll_av_en_risk_raknas_ocksa_som_en_risk() -> None:
    historia = (en_internkontroll(risk="Beslut utan delegation"), en_internkontroll("2019-10-21"))
    assert len(punkter(*historia, slag="internkontroll.genomford")) == 2
    (risk,) = punkter(*historia, slag=INTERNKONTROLLRISK)
    kontrollen = punkter(*historia, slag="internkontroll.genomford")[0]
    assert risk == kontrollen._replace(slag=INTERNKONTROLLRISK)
    assert risk.underslag is not None
    assert risk.utfall is not None


def test_en_riktlinje_galler_tills_en_annan_ersatter_den() -> None:
    gammal = en_riktlinje("2022-05-19", namn="2022", galler_fran="2022-07-01")
    ny = en_riktlinje("2023-05-17", namn="2023", galler_fran="2023-07-01", ersatter="2022")
    assert intervall(gammal, slag=RIKTLINJE) == [("2", "2022-07-01", "2022", "")]
    assert intervall(gammal, ny, slag=RIKTLINJE) == [
        ("2 3", "2022-07-01", "2022", "2023-07-01"),
        ("3", "2023-07-01", "2023", ""),
    ]
    assert [p.dag for p in punkter(gammal, ny, slag="riktlinje.beslutad")] == [dag("2022-05-19"), dag("2023-05-17")]


def test_en_riktlinje_som_ersatts_samma_dag_gallde_aldrig() -> None:
    gammal = en_riktlinje("2022-05-19", namn="2022", galler_fran="2023-07-01")
    ny = en_riktlinje("2023-05-17", namn="2023", galler_fran="2023-07-01", ersatter="2022")
    assert [namn for _, _, namn, _ in intervall(gammal, ny, slag=RIKTLINJE)] == ["2023"]


def test_en_riktlinje_som_ersatte_en_tidigare_med_samma_namn_slutar_inte_den_har() -> None:
    forra = en_riktlinje("2016-01-01", namn="2016", galler_fran="2016-01-01", ersatter="Riktlinjen")
    har = en_riktlinje("2019-05-22", namn="Riktlinjen", galler_fran="2019-07-01")
    assert intervall(forra, har, slag=RIKTLINJE)[1][3] == ""


# Step by step


HELA_ARET: list[Handelse] = [
    en_budget(),
    ett_mal(),
    ett_atagande(planerat_slut="2019-08-31"),
    en_ansokan(),
    en_bokning(),
    ett_bifall(),
    en_prognos(),
    en_bedomning(varde="1"),
    en_riktlinje(),
    en_riktlinje("2019-06-01", namn="2020", galler_fran="2020-01-01", ersatter="Riktlinje för placeringar 2019"),
    ett_avslutat_atagande(),
    en_uppgift(),
    ett_register(),
    ett_invanarantal(),
    en_stangd_manad(),
    ett_bokslut(),
]


def test_bara_en_prognos_ett_avslut_och_en_ersatt_riktlinje_ror_vad_andra_sagt() -> None:
    ror = {}
    for ny, andring in zip(HELA_ARET, stegvis(Samling.BUDGETPERIODER, noteringar(*HELA_ARET)), strict=True):
        if andring.stangda:
            ror[ny.typ] = len(andring.stangda)
    assert ror == {"riktlinje.beslutad": 1, "atagande.avslutat": 2}
    sen = sista_steget(Samling.BUDGETPERIODER, en_budget(), en_prognos("2019-08-31"), en_prognos("2019-04-30"))
    assert [rad.handelser for _, rad in sen.nya] == ["3", "3", "2", "2"]
    assert len(sen.stangda) == 2


def test_utan_budget_finns_inga_fakta() -> None:
    assert harledda(Samling.BUDGETPERIODER, STROM, noteringar(en_bokning(), en_ansokan())) == []


FORE = (ett_mal(), ett_atagande(), en_ansokan(), ett_bifall())


@pytest.mark.parametrize("typ", [t for t in VANLIGA if t not in map(type, FORE)], ids=lambda typ: typ.typ)
def test_en_makulerad_handelse_lamnar_inga_fakta(typ: type[Handelse]) -> None:
    assert fakta(*FORE, VANLIGA[typ](), rattelse(len(FORE) + 2, en_makulering())) == fakta(*FORE)
