"""Decisions on a board's budget year: what is recorded, what is refused and what is already known."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from domain.budgetperiod.beslut import (
    BUDGETPERIOD,
    AretArAvslutat,
    JusteringenLiggerForeBudgeten,
    ManadenArStangd,
    ManadenHorTillEttAnnatAr,
    PrognosenGallerEttAnnatAr,
    VerifikationenArUpptagen,
)
from domain.fel import (
    DatumArInteVerkansdag,
    FramtidaDatum,
    StrommenHarRedanBorjat,
    StrommenSaknarBorjan,
    TypenHorInteHit,
)
from domain.handelse import Handelse
from tests.domain.exempel import (
    en_bokning,
    en_budget,
    en_justering,
    en_placering,
    en_prognos,
    en_rad,
    en_stangd_manad,
    ett_bokslut,
    ett_invanarantal,
)
from tests.givet import givet

SENARE: list[Handelse] = [
    en_justering(),
    en_bokning(),
    en_prognos(),
    en_stangd_manad(),
    ett_bokslut(),
    ett_invanarantal(),
]
senare_handelser = pytest.mark.parametrize("handelse", SENARE, ids=lambda h: h.typ)

# The whole year


def test_en_budget_faststalls() -> None:
    givet(BUDGETPERIOD).nar(en_budget()).sker()


def test_en_budget_far_faststallas_med_framtida_datum() -> None:
    givet(BUDGETPERIOD).nar(en_budget("2018-12-12"), idag=date(2018, 11, 1)).sker()


def test_samma_budget_en_gang_till_ar_redan_kand() -> None:
    givet(BUDGETPERIOD, en_budget(), en_bokning()).nar(en_budget()).ar_tyst()


def test_en_andrad_budget_ar_en_justering_eller_en_rattelse() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_budget(rader=[en_rad("1.00")])).nekas(StrommenHarRedanBorjat, falt="typ")


def test_en_periodisering_maste_vaga_nagon_manad() -> None:
    with pytest.raises(ValidationError, match="minst en månad"):
        en_budget(periodisering=[0] * 12)


@senare_handelser
def test_det_som_hor_till_aret_registreras(handelse: Handelse) -> None:
    givet(BUDGETPERIOD, en_budget()).nar(handelse).sker()


@senare_handelser
def test_samma_uppgift_en_gang_till_ar_redan_kand(handelse: Handelse) -> None:
    givet(BUDGETPERIOD, en_budget(), handelse).nar(handelse).ar_tyst()


@senare_handelser
def test_utan_budget_registreras_ingenting(handelse: Handelse) -> None:
    givet(BUDGETPERIOD).nar(handelse).nekas(StrommenSaknarBorjan, falt="typ", sager="budget.faststalld")


@senare_handelser
def test_bara_planer_far_ha_framtida_datum(handelse: Handelse) -> None:
    nar = givet(BUDGETPERIOD, en_budget()).nar(handelse, idag=date(2019, 1, 1))
    if handelse.ar_plan:
        nar.sker()
    else:
        nar.nekas(FramtidaDatum, falt="datum", sager=str(handelse.datum))


@pytest.mark.parametrize(
    "handelse",
    [en_justering(), en_bokning(), en_prognos(), en_stangd_manad(), ett_bokslut("2020-02-21")],
    ids=lambda h: h.typ,
)
def test_efter_bokslutet_andras_ingenting_i_aret(handelse: Handelse) -> None:
    givet(BUDGETPERIOD, en_budget(), ett_bokslut()).nar(handelse).nekas(
        AretArAvslutat, falt="datum", sager="Bokslutet för 2019 fastställdes 2020-02-20"
    )


@pytest.mark.parametrize("handelse", [en_bokning(), en_prognos(), en_stangd_manad()], ids=lambda h: h.typ)
def test_det_som_registrerades_fore_bokslutet_ar_fortfarande_kant(handelse: Handelse) -> None:
    givet(BUDGETPERIOD, en_budget(), handelse, ett_bokslut()).nar(handelse).ar_tyst()


def test_invanarantal_publiceras_sent_och_tas_emot_efter_bokslutet() -> None:
    givet(BUDGETPERIOD, en_budget(), ett_bokslut()).nar(ett_invanarantal("2020-11-01")).sker()


def test_en_placering_hor_inte_till_en_budgetperiod() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_placering()).nekas(TypenHorInteHit, falt="typ", sager="placering.paborjad")


# Postings and closed months


def test_en_bokning_i_ett_annat_ar_nekas() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_bokning("2020-01-31", manad="2020-01")).nekas(
        ManadenHorTillEttAnnatAr, falt="manad", sager="2020-01"
    )


def test_vard_i_ett_annat_ar_bokfors_i_en_manad_i_aret() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_bokning(manad="2019-01", avser_manad="2018-12")).sker()


def test_i_en_stangd_manad_bokfors_ingenting() -> None:
    givet(BUDGETPERIOD, en_budget(), en_stangd_manad(manad="2019-02")).nar(en_bokning()).nekas(
        ManadenArStangd, falt="manad", sager="avserManad 2019-02"
    )


def test_det_som_hor_till_en_stangd_manad_bokfors_i_en_oppen_som_anger_den() -> None:
    givet(BUDGETPERIOD, en_budget(), en_stangd_manad(manad="2019-02")).nar(
        en_bokning("2019-03-31", manad="2019-03", avser_manad="2019-02")
    ).sker()


def test_en_verifikation_bokfors_bara_en_gang() -> None:
    givet(BUDGETPERIOD, en_budget(), en_bokning(verifikation="V 17")).nar(
        en_bokning(verifikation="V 17", rader=[en_rad("99.00")])
    ).nekas(VerifikationenArUpptagen, falt="verifikation", sager="V 17")


def test_tva_lika_bokningar_utan_verifikation_ar_tva_bokningar() -> None:
    utan = en_bokning(verifikation=None)
    givet(BUDGETPERIOD, en_budget(), utan).nar(utan).sker()


def test_en_manad_i_ett_annat_ar_stangs_inte_har() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_stangd_manad("2020-02-08", "2020-01")).nekas(
        ManadenHorTillEttAnnatAr, falt="manad", sager="2019"
    )


def test_en_stangd_manad_ar_stangd_aven_om_den_stangs_en_annan_dag() -> None:
    givet(BUDGETPERIOD, en_budget(), en_stangd_manad("2019-03-08")).nar(en_stangd_manad("2019-03-09")).ar_tyst()


def test_lika_justeringar_olika_dagar_ar_tva_justeringar() -> None:
    givet(BUDGETPERIOD, en_budget(), en_justering("2019-04-10")).nar(en_justering("2019-09-10")).sker()


def test_budgeten_justeras_inte_fore_den_faststallts() -> None:
    givet(BUDGETPERIOD, en_budget("2018-12-12")).nar(en_justering("2018-12-11")).nekas(
        JusteringenLiggerForeBudgeten, falt="datum", sager="2018-12-12"
    )
    givet(BUDGETPERIOD, en_budget("2018-12-12")).nar(en_justering("2018-12-12")).sker()


def test_budgeten_kan_inte_rattas_till_att_ha_faststallts_efter_en_justering() -> None:
    givet(BUDGETPERIOD, en_budget(), en_justering("2019-04-10")).nar(en_budget("2019-04-11"), rattar=1).nekas(
        JusteringenLiggerForeBudgeten, falt="datum", sager="2019-04-10"
    )


# Forecasts


def test_prognosen_verkar_fran_dagen_den_galler() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_prognos("2019-05-22", galler="2019-04-30")).nekas(
        DatumArInteVerkansdag, falt="datum", sager="galler (2019-04-30)"
    )


def test_prognosen_galler_en_dag_i_sitt_ar() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_prognos("2020-04-30")).nekas(
        PrognosenGallerEttAnnatAr, falt="galler", sager="2020-04-30"
    )


def test_en_ny_prognos_for_samma_dag_med_annat_innehall_registreras() -> None:
    givet(BUDGETPERIOD, en_budget(), en_prognos()).nar(en_prognos(rader=[en_rad("1400.00")])).sker()
