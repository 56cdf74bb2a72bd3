"""Grants, goals, commitments and deviations: what begins, what rests on it, and what does not go together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.budgetperiod.beslut import BUDGETPERIOD
from domain.budgetperiod.beslut_foljda import (
    AtagandetArInteStartat,
    AtagandetArRedanAvslutat,
    AtagandetArRedanStartat,
    AtagandetSlutarForeSinStart,
    AtagandetsPlanSlutarForeSinStart,
    AvvikelsenArRedanRedovisad,
    ErsattningenArInteSokt,
    ErsattningenArRedanSokt,
    ErsattningenBeslutadesForeAnsokan,
    ErsattningensManadLiggerIEttAnnatAr,
    MaletArInteFaststallt,
    MaletArRedanFaststallt,
    MaletBedomdesForeDetFaststalldes,
    MerAterbetaltAnBeviljat,
    MerBeslutatAnSokt,
)
from domain.fel import DatumArInteVerkansdag, FramtidaDatum, Regelbrott
from domain.handelse import Handelse
from tests.domain.exempel import en_budget, en_makulering, ett_bokslut
from tests.domain.exempel_budgetperiod import (
    ANNAT_ID,
    en_ansokan,
    en_aterbetalning,
    en_avvikelse,
    en_bedomning,
    ett_atagande,
    ett_avslag,
    ett_avslutat_atagande,
    ett_bifall,
    ett_mal,
)
from tests.givet import givet, rattelse

FOLJER: list[tuple[Handelse, Handelse, type[Regelbrott], str]] = [
    (en_ansokan(), ett_bifall(), ErsattningenArInteSokt, "ersattningId"),
    (en_ansokan(), ett_avslag(), ErsattningenArInteSokt, "ersattningId"),
    (ett_mal(), en_bedomning(), MaletArInteFaststallt, "malId"),
    (ett_atagande(), ett_avslutat_atagande(), AtagandetArInteStartat, "atagandeId"),
]
par = pytest.mark.parametrize(("borjan", "foljd", "fel", "falt"), FOLJER, ids=lambda v: getattr(v, "typ", ""))
BORJOR: list[tuple[Handelse, Handelse, type[Regelbrott], str]] = [
    (en_ansokan(), en_ansokan(belopp="1.00"), ErsattningenArRedanSokt, "ersattningId"),
    (ett_mal(), ett_mal(riktning="oka"), MaletArRedanFaststallt, "malId"),
    (ett_atagande(), ett_atagande("2019-02-02"), AtagandetArRedanStartat, "atagandeId"),
    (en_avvikelse(), en_avvikelse(slag="klagomal"), AvvikelsenArRedanRedovisad, "avvikelseId"),
]
borjor = pytest.mark.parametrize(("borjan", "annan", "fel", "falt"), BORJOR, ids=lambda v: getattr(v, "typ", ""))

# What begins


@borjor
def test_det_som_borjar_registreras_en_gang(borjan: Handelse, annan: Handelse, fel: Any, falt: str) -> None:
    givet(BUDGETPERIOD, en_budget()).nar(borjan).sker()
    givet(BUDGETPERIOD, en_budget(), borjan).nar(borjan).ar_tyst()
    givet(BUDGETPERIOD, en_budget(), borjan).nar(annan).nekas(fel, falt=falt, sager="rattar")


@borjor
def test_det_som_borjat_rattas(borjan: Handelse, annan: Handelse, fel: Any, falt: str) -> None:
    givet(BUDGETPERIOD, en_budget(), borjan).nar(annan, rattar=2).sker()


def test_tva_lika_klagomal_med_var_sitt_id_ar_tva() -> None:
    givet(BUDGETPERIOD, en_budget(), en_avvikelse()).nar(en_avvikelse(avvikelse_id=ANNAT_ID)).sker()


# What rests on it


@par
def test_det_som_foljer_registreras_och_ar_sedan_kant(borjan: Handelse, foljd: Handelse, fel: Any, falt: str) -> None:
    givet(BUDGETPERIOD, en_budget(), borjan).nar(foljd).sker()
    givet(BUDGETPERIOD, en_budget(), borjan, foljd).nar(foljd).ar_tyst()


@par
def test_ingenting_foljer_av_det_som_inte_borjat(borjan: Handelse, foljd: Handelse, fel: Any, falt: str) -> None:
    givet(BUDGETPERIOD, en_budget()).nar(foljd).nekas(fel, falt=falt, sager="555555")


@par
def test_det_som_borjat_kan_inte_makuleras_sa_lange_nagot_vilar_pa_det(
    borjan: Handelse, foljd: Handelse, fel: Any, falt: str
) -> None:
    givet(BUDGETPERIOD, en_budget(), borjan, foljd).nar(en_makulering(), rattar=2).nekas(fel, falt=falt)


@par
def test_det_som_borjat_kan_makuleras_nar_ingenting_vilar_pa_det(
    borjan: Handelse, foljd: Handelse, fel: Any, falt: str
) -> None:
    historia = (en_budget(), borjan, foljd, rattelse(3, en_makulering()))
    givet(BUDGETPERIOD, *historia).nar(en_makulering(), rattar=2).sker()


@par
def test_allt_far_komma_sent_och_efter_bokslutet(borjan: Handelse, foljd: Handelse, fel: Any, falt: str) -> None:
    givet(BUDGETPERIOD, en_budget(), ett_bokslut(), borjan).nar(foljd, idag=date(2021, 5, 1)).sker()


@par
def test_det_som_foljer_kan_inte_ha_hant_i_morgon(borjan: Handelse, foljd: Handelse, fel: Any, falt: str) -> None:
    givet(BUDGETPERIOD, en_budget(), borjan).nar(foljd, idag=date(2019, 4, 1)).nekas(FramtidaDatum, falt="datum")


@pytest.mark.parametrize(
    ("borjan", "foljd", "fel"),
    [
        (en_ansokan("2019-03-15"), ett_bifall("2019-03-14"), ErsattningenBeslutadesForeAnsokan),
        (en_ansokan("2019-03-15"), ett_avslag("2019-03-14"), ErsattningenBeslutadesForeAnsokan),
        (ett_mal("2019-01-02"), en_bedomning("2019-01-01"), MaletBedomdesForeDetFaststalldes),
        (ett_atagande("2019-02-01"), ett_avslutat_atagande("2019-01-31"), AtagandetSlutarForeSinStart),
    ],
    ids=lambda v: getattr(v, "typ", ""),
)
def test_ingenting_ligger_fore_det_som_det_foljer_av(borjan: Handelse, foljd: Handelse, fel: type[Regelbrott]) -> None:
    givet(BUDGETPERIOD, en_budget(), borjan).nar(foljd).nekas(fel, falt="datum", sager=str(foljd.datum))


def test_ansokan_kan_inte_rattas_till_efter_beslutet() -> None:
    historia = (en_budget(), en_ansokan("2019-03-15"), ett_bifall("2019-06-10"), ett_avslag("2019-06-11"))
    givet(BUDGETPERIOD, *historia).nar(en_ansokan("2019-06-11"), rattar=2).nekas(
        ErsattningenBeslutadesForeAnsokan, falt="datum", sager="2019-06-10"
    )
    givet(BUDGETPERIOD, *historia).nar(en_ansokan("2019-06-10"), rattar=2).sker()


def test_ansokan_kan_inte_rattas_till_ett_annat_id_nar_den_ar_beslutad() -> None:
    historia = (en_budget(), en_ansokan(), ett_bifall())
    givet(BUDGETPERIOD, *historia).nar(en_ansokan(ersattning_id=ANNAT_ID), rattar=2).nekas(
        ErsattningenArInteSokt, falt="ersattningId", sager="ersattning.beviljad"
    )


# Grants


def test_en_ersattning_for_ett_tidigare_ar_soks_i_det_har() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_ansokan(avser_ar=2017, avser_manad="2017-11")).sker()


def test_ersattningens_manad_ligger_i_aret_den_avser() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_ansokan(avser_ar=2018, avser_manad="2017-11")).nekas(
        ErsattningensManadLiggerIEttAnnatAr, falt="avserManad", sager="2017-11"
    )


def test_hela_ansokan_kan_beslutas_i_delar() -> None:
    historia = (en_budget(), en_ansokan(belopp="900000.00"), ett_bifall(belopp="200000.00"))
    givet(BUDGETPERIOD, *historia).nar(ett_avslag(belopp="700000.00")).sker()


def test_mer_an_det_sokta_beslutas_inte_om_inte_beslutet_sager_det() -> None:
    historia = (en_budget(), en_ansokan(belopp="900000.00"), ett_bifall(belopp="200000.00"))
    givet(BUDGETPERIOD, *historia).nar(ett_avslag(belopp="700000.01")).nekas(
        MerBeslutatAnSokt, falt="belopp", sager="900000.01"
    )
    givet(BUDGETPERIOD, *historia).nar(ett_bifall(belopp="800000.00")).nekas(MerBeslutatAnSokt, falt="belopp")
    givet(BUDGETPERIOD, *historia).nar(ett_bifall(belopp="800000.00", utover_ansokan=True)).sker()


def test_det_sokta_beloppet_kan_inte_rattas_till_mindre_an_det_beslutade() -> None:
    historia = (en_budget(), en_ansokan(), ett_bifall(belopp="200000.00"))
    givet(BUDGETPERIOD, *historia).nar(en_ansokan(belopp="199999.00"), rattar=2).nekas(
        MerBeslutatAnSokt, falt="belopp", sager="199999.00"
    )


def test_tva_lika_beslut_samma_dag_ar_tva_om_de_har_olika_beteckning() -> None:
    historia = (en_budget(), en_ansokan(), ett_bifall(beteckning="MV 1"))
    givet(BUDGETPERIOD, *historia).nar(ett_bifall(beteckning="MV 2")).sker()


def test_beviljade_medel_aterbetalas() -> None:
    historia = (en_budget(), en_ansokan(), ett_bifall(belopp="200000.00"))
    givet(BUDGETPERIOD, *historia).nar(en_aterbetalning(belopp="200000.00")).sker()
    givet(BUDGETPERIOD, *historia).nar(en_aterbetalning(belopp="200000.01")).nekas(
        MerAterbetaltAnBeviljat, falt="belopp", sager="200000.01"
    )


def test_det_som_inte_beviljats_aterbetalas_inte() -> None:
    givet(BUDGETPERIOD, en_budget(), en_ansokan()).nar(en_aterbetalning()).nekas(
        MerAterbetaltAnBeviljat, falt="belopp", sager="bara 0 kr"
    )


def test_ett_bifall_kan_inte_makuleras_nar_det_aterbetalats() -> None:
    historia = (en_budget(), en_ansokan(), ett_bifall(), en_aterbetalning())
    givet(BUDGETPERIOD, *historia).nar(en_makulering(), rattar=3).nekas(MerAterbetaltAnBeviljat, falt="belopp")


@pytest.mark.parametrize("belopp", ["0.00", "-1.00", "1.005"])
def test_en_ersattning_ar_ett_positivt_belopp(belopp: str) -> None:
    with pytest.raises(ValidationError):
        en_ansokan(belopp=belopp)


# Goals


def test_en_bedomning_verkar_fran_dagen_den_galler() -> None:
    givet(BUDGETPERIOD, en_budget(), ett_mal()).nar(en_bedomning("2019-09-19", galler="2019-08-31")).nekas(
        DatumArInteVerkansdag, falt="datum", sager="galler (2019-08-31)"
    )


def test_samma_mal_kan_bedomas_pa_tva_satt_samma_dag_som_i_tryck() -> None:
    historia = (en_budget(), ett_mal(), en_bedomning(bedomning="iHogUtstrackning"))
    givet(BUDGETPERIOD, *historia).nar(en_bedomning(bedomning="delvis")).sker()


def test_en_tidigare_bedomning_far_komma_sent() -> None:
    historia = (en_budget(), ett_mal(), en_bedomning("2019-08-31"))
    givet(BUDGETPERIOD, *historia).nar(en_bedomning("2019-04-30")).sker()


def test_ett_mal_far_faststallas_i_forvag() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(ett_mal("2019-01-01"), idag=date(2018, 12, 13)).sker()


# Commitments


def test_ett_atagande_avslutas_en_gang() -> None:
    historia = (en_budget(), ett_atagande(), ett_avslutat_atagande("2019-10-15"))
    givet(BUDGETPERIOD, *historia).nar(ett_avslutat_atagande("2019-10-16")).nekas(
        AtagandetArRedanAvslutat, falt="atagandeId", sager="2019-10-15"
    )


def test_ett_atagande_kan_avslutas_dagen_det_startar() -> None:
    givet(BUDGETPERIOD, en_budget(), ett_atagande("2019-02-01")).nar(ett_avslutat_atagande("2019-02-01")).sker()


def test_ett_atagande_planeras_inte_att_sluta_fore_sin_start() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(ett_atagande("2019-02-01", planerat_slut="2019-01-31")).nekas(
        AtagandetsPlanSlutarForeSinStart, falt="planeratSlut", sager="2019-01-31"
    )
    givet(BUDGETPERIOD, en_budget()).nar(ett_atagande("2019-02-01", planerat_slut="2019-02-01")).sker()
