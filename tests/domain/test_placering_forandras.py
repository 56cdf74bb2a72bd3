"""Decisions on what changes in a stay: how it is bought, who pays, what kind it is, and what is done in it."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from domain.fel import HandelsenArRedanRattad, RattelsenGerEnDubblett
from domain.placering.beslut import (
    PLACERING,
    AvtalsformenMotsagerRegin,
    DirektupphandlingUtanOrsak,
    HandelsenLiggerEfterPlaceringen,
    OrsakUtanDirektupphandling,
)
from tests.domain.exempel import (
    en_makulering,
    en_ny_malgrupp,
    en_placering,
    ett_avslut,
    ett_nytt_lagrum,
    ett_nytt_pris,
)
from tests.domain.exempel_placering import (
    en_halsoundersokning,
    en_hemtagning,
    en_ny_avtalsform,
    en_vardplan,
    ett_nytt_placeringsslag,
    ett_overlamnat_ansvar,
    ett_overtaget_ansvar,
)
from tests.givet import givet, rattelse

# What is known


def test_samma_uppgift_ar_redan_kand_aven_om_annat_andrats_samma_dag() -> None:
    for handelse in (ett_nytt_lagrum("2019-03-07"), ett_overlamnat_ansvar("2019-03-07")):
        givet(PLACERING, en_placering(), handelse, ett_nytt_pris("2019-03-07")).nar(handelse).ar_tyst()


# How it is bought


def test_ett_avtal_som_tecknas_under_placeringen_registreras() -> None:
    borjan = en_placering(avtalsform="direktupphandling", direktupphandlingsorsak="ramavtalSaknas")
    givet(PLACERING, borjan).nar(en_ny_avtalsform(avtalsform="ramavtal")).sker()


def test_en_placering_som_blir_direktupphandlad_anger_varfor() -> None:
    nar = givet(PLACERING, en_placering())
    nar.nar(en_ny_avtalsform(avtalsform="direktupphandling")).nekas(
        DirektupphandlingUtanOrsak, falt="direktupphandlingsorsak", sager="platsbrist"
    )
    nar.nar(en_ny_avtalsform(avtalsform="direktupphandling", direktupphandlingsorsak="platsbrist")).sker()


def test_bara_direktupphandlingen_har_orsak_aven_nar_avtalet_andras() -> None:
    givet(PLACERING, en_placering()).nar(en_ny_avtalsform(direktupphandlingsorsak="ovrigt")).nekas(
        OrsakUtanDirektupphandling, falt="direktupphandlingsorsak", sager="uppdragsavtal"
    )


def test_en_extern_placering_kan_inte_bli_egen_regi_genom_sitt_avtal() -> None:
    givet(PLACERING, en_placering()).nar(en_ny_avtalsform(avtalsform="egenRegi")).nekas(
        AvtalsformenMotsagerRegin, falt="avtalsform", sager="extern"
    )


def test_borjan_kan_inte_rattas_till_egen_regi_nar_platsen_sedan_direktupphandlats() -> None:
    direkt = en_ny_avtalsform(avtalsform="direktupphandling", direktupphandlingsorsak="platsbrist")
    givet(PLACERING, en_placering(), direkt).nar(en_placering(regi="egen", avtalsform="uppdragsavtal"), rattar=1).nekas(
        AvtalsformenMotsagerRegin, falt="avtalsform", sager="egen"
    )


# Who pays


def test_den_som_betalar_kan_bytas() -> None:
    givet(PLACERING, en_placering(), ett_overlamnat_ansvar()).nar(
        ett_overlamnat_ansvar("2019-04-01", betalare="annanKommun")
    ).sker()


def test_ansvaret_far_overtas_fast_ingen_hort_att_det_overlamnats() -> None:
    givet(PLACERING, en_placering()).nar(ett_overtaget_ansvar()).sker()


def test_samma_besked_om_ansvaret_ar_nytt_nar_nagot_annat_sagts_samma_dag() -> None:
    historia = (en_placering(), ett_overlamnat_ansvar("2019-04-01"), ett_overtaget_ansvar("2019-04-01"))
    givet(PLACERING, *historia).nar(ett_overtaget_ansvar("2019-04-01")).ar_tyst()
    givet(PLACERING, *historia).nar(ett_overlamnat_ansvar("2019-04-01")).sker()


# What is done


def test_halsa_och_tander_undersoks_samma_dag_och_ar_da_bada_kanda() -> None:
    historia = (en_placering(), en_halsoundersokning(), en_halsoundersokning(slag="tand"))
    givet(PLACERING, *historia[:2]).nar(en_halsoundersokning(slag="tand")).sker()
    givet(PLACERING, *historia).nar(en_halsoundersokning()).ar_tyst()


def test_en_vardplan_kan_revideras_samma_dag_som_den_upprattas() -> None:
    givet(PLACERING, en_placering(), en_vardplan()).nar(en_vardplan(reviderad=True)).sker()


def test_en_hemtagning_paborjas_inte_nar_placeringen_ar_slut() -> None:
    givet(PLACERING, en_placering(), ett_avslut("2019-06-30")).nar(en_hemtagning("2019-07-01")).nekas(
        HandelsenLiggerEfterPlaceringen, falt="datum", sager="hemtagning.paborjad"
    )


# Values


@pytest.mark.parametrize(
    "andra", [{"placeringsslag": "hvb"}, {"enhet": " "}, {"beslut_id": "17"}], ids=["slag", "enhet", "beslut"]
)
def test_de_nya_uppgifterna_om_borjan_har_sin_form(andra: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        en_placering(**andra)


# Late events and corrections of corrections

ETT_AR = (
    en_placering("2018-01-10"),
    ett_nytt_pris("2018-03-01", "2050.00"),
    ett_nytt_placeringsslag("2018-05-01"),
    en_ny_malgrupp("2018-07-01", orsak="alder"),
    ett_nytt_pris("2018-09-01", "2200.00", orsak="index"),
    ett_avslut("2018-12-31"),
)


def test_en_prisandring_som_upptacks_ett_ar_senare_mellan_tva_andra_registreras() -> None:
    sen = ett_nytt_pris("2018-06-15", "2120.00", orsak="forstarktBemanning")
    givet(PLACERING, *ETT_AR).nar(sen, idag=date(2019, 12, 1)).sker()


def test_ett_avtal_och_ett_ansvar_som_upptacks_ett_ar_senare_registreras() -> None:
    givet(PLACERING, *ETT_AR).nar(en_ny_avtalsform("2018-02-01"), idag=date(2019, 12, 1)).sker()
    givet(PLACERING, *ETT_AR).nar(ett_overlamnat_ansvar("2018-08-01"), idag=date(2019, 12, 1)).sker()


def test_en_rattad_rattelse_av_en_sen_prisandring_rattas_igen() -> None:
    historia = (
        *ETT_AR,
        ett_nytt_pris("2018-06-15", "2120.00"),
        rattelse(7, ett_nytt_pris("2018-06-16", "2120.00")),
        rattelse(8, ett_nytt_pris("2018-06-16", "2130.00")),
    )
    givet(PLACERING, *historia).nar(ett_nytt_pris("2018-06-17", "2130.00"), rattar=9).sker()
    givet(PLACERING, *historia).nar(ett_nytt_pris("2018-06-17", "2130.00"), rattar=8).nekas(
        HandelsenArRedanRattad, falt="rattar"
    )


def test_nar_makuleringen_av_en_makulering_makuleras_ar_handelsen_borta_igen() -> None:
    historia = (
        en_placering(),
        ett_overlamnat_ansvar(),
        rattelse(2, en_makulering()),
        rattelse(3, en_makulering(orsak="Det var rätt från början")),
    )
    givet(PLACERING, *historia).nar(ett_overlamnat_ansvar()).ar_tyst()
    bort_igen = givet(PLACERING, *historia, rattelse(4, en_makulering(orsak="Nej, det var fel")))
    bort_igen.nar(ett_overlamnat_ansvar()).sker()


def test_en_undersokning_kan_inte_rattas_till_en_som_redan_finns() -> None:
    historia = (en_placering(), en_halsoundersokning(), en_halsoundersokning(slag="tand"))
    givet(PLACERING, *historia).nar(en_halsoundersokning(), rattar=3).nekas(RattelsenGerEnDubblett, falt="rattar")


def test_en_andring_kan_inte_rattas_till_en_dag_efter_placeringens_slut() -> None:
    historia = (en_placering(), ett_nytt_lagrum(), ett_nytt_placeringsslag(), ett_avslut("2019-06-30"))
    givet(PLACERING, *historia).nar(ett_nytt_placeringsslag("2019-07-01"), rattar=3).nekas(
        HandelsenLiggerEfterPlaceringen, falt="datum", sager="placeringsslag.andrat"
    )
