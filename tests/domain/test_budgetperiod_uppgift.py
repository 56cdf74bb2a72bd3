"""Figures from outside, reports, printed errors, controls and guidelines."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.budgetperiod.beslut import BUDGETPERIOD
from domain.budgetperiod.beslut_uppgift import (
    AldersgruppenArAngivenTvaGanger,
    AldersgruppenArOmvand,
    DetTrycktaArRatt,
    EjRedovisbarUtanOrsak,
    KonenArFlerAnAldersgruppen,
    RapportenFaststalldesEnAnnanDag,
    RapportenGallerEnSenareDag,
    RiktlinjenErsatterSigSjalv,
    RiktlinjenGallerForeBeslutet,
    UppgiftenArBadeVardeOchEjRedovisbar,
    UppgiftenArRedanLamnad,
    UppgiftenSaknarVarde,
)
from domain.fel import DatumArInteVerkansdag
from domain.handelse import Handelse
from tests.domain.exempel import en_budget, en_makulering, ett_bokslut, ett_invanarantal
from tests.domain.exempel_budgetperiod import (
    BESLUT,
    en_definition,
    en_internkontroll,
    en_rapport,
    en_registerrad,
    en_riktlinje,
    en_uppgift,
    ett_register,
    ett_tryckfel,
)
from tests.givet import givet

STAR_FOR_SIG: list[Handelse] = [
    en_uppgift(),
    ett_register(),
    en_rapport(),
    ett_tryckfel(),
    en_definition(),
    en_internkontroll(),
    en_riktlinje(),
]
star_for_sig = pytest.mark.parametrize("handelse", STAR_FOR_SIG, ids=lambda h: h.typ)


@star_for_sig
def test_uppgiften_registreras_aven_efter_bokslutet(handelse: Handelse) -> None:
    givet(BUDGETPERIOD, en_budget()).nar(handelse).sker()
    givet(BUDGETPERIOD, en_budget(), ett_bokslut()).nar(handelse).sker()


@star_for_sig
def test_samma_uppgift_en_gang_till_ar_redan_kand(handelse: Handelse) -> None:
    givet(BUDGETPERIOD, en_budget(), handelse).nar(handelse).ar_tyst()


@star_for_sig
def test_en_felaktig_uppgift_makuleras(handelse: Handelse) -> None:
    givet(BUDGETPERIOD, en_budget(), handelse).nar(en_makulering(), rattar=2).sker()


# Figures


def test_noll_och_ej_redovisbart_ar_olika_saker() -> None:
    noll = en_uppgift(varde="0", kon="kvinna")
    saknas = en_uppgift(varde=None, kon="man", ej_redovisbar=True, orsak="Könsuppdelning finns inte i systemet")
    givet(BUDGETPERIOD, en_budget(), noll).nar(saknas).sker()


def test_en_uppgift_har_ett_varde_eller_ar_ej_redovisbar() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_uppgift(varde=None)).nekas(
        UppgiftenSaknarVarde, falt="varde", sager="Vårddygn på institution"
    )


def test_det_som_inte_gar_att_redovisa_har_inget_varde() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_uppgift(varde="0", ej_redovisbar=True, orsak="Saknas")).nekas(
        UppgiftenArBadeVardeOchEjRedovisbar, falt="ejRedovisbar", sager="värdet 0"
    )


def test_det_som_inte_gar_att_redovisa_har_en_orsak() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_uppgift(varde=None, ej_redovisbar=True)).nekas(
        EjRedovisbarUtanOrsak, falt="orsak"
    )


def test_en_uppgift_verkar_fran_periodens_sista_dag() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_uppgift("2020-02-07", sista_dag="2019-12-31")).nekas(
        DatumArInteVerkansdag, falt="datum", sager="Fältet sistaDag ("
    )


def test_ett_annat_varde_for_samma_sak_ar_en_rattelse() -> None:
    historia = (en_budget(), en_uppgift(varde="6000"))
    givet(BUDGETPERIOD, *historia).nar(en_uppgift(varde="7600")).nekas(
        UppgiftenArRedanLamnad, falt="varde", sager="2019-01-01–2019-12-31"
    )
    givet(BUDGETPERIOD, *historia).nar(en_uppgift(varde="7600"), rattar=2).sker()


@pytest.mark.parametrize(
    "andra",
    [
        {"metod": "raknad"},
        {"namn": "Vårddygn på institution (indikator)"},
        {"kon": "kvinna"},
        {"malgrupp": "barn"},
        {"fran": "2019-12-01"},
        {"dimensioner": [{"namn": "öppet intag", "varde": "ja"}]},
    ],
)
def test_en_uppgift_om_nagot_annat_star_bredvid(andra: dict[str, Any]) -> None:
    givet(BUDGETPERIOD, en_budget(), en_uppgift(varde="6000")).nar(en_uppgift(varde="7600", **andra)).sker()


def test_en_uppgifts_period_ar_inte_bakvand() -> None:
    with pytest.raises(ValidationError, match="sistaDag"):
        en_uppgift(fran="2020-01-01")


@pytest.mark.parametrize("varde", ["1.2345", "1e3", "1000000000000.001", ""])
def test_ett_varde_ar_decimaltext_med_hogst_tre_decimaler(varde: str) -> None:
    with pytest.raises(ValidationError):
        en_uppgift(varde=varde)


# Registers


def test_en_ny_version_av_ett_register_lases_in_vid_sidan_av_den_forra() -> None:
    historia = (en_budget(), ett_register())
    givet(BUDGETPERIOD, *historia).nar(ett_register(kallversion="juni 2020", rader=[en_registerrad()])).sker()


def test_ett_register_har_rader() -> None:
    with pytest.raises(ValidationError):
        ett_register(rader=[])


def test_en_aldersgrupp_slutar_efter_sin_borjan() -> None:
    omvand = ett_invanarantal(grupper=[{"alderFran": 12, "alderTill": 0, "antal": 1}])
    givet(BUDGETPERIOD, en_budget()).nar(omvand).nekas(AldersgruppenArOmvand, falt="grupper", sager="12–0")
    for grupp in ({"alderFran": 12, "alderTill": 12}, {"alderFran": 65}, {"alderTill": 6}, {"kon": "kvinna"}):
        ratt = ett_invanarantal(grupper=[{**grupp, "antal": 1}])
        givet(BUDGETPERIOD, en_budget()).nar(ratt).sker()


def test_konen_ar_inte_fler_an_aldersgruppen_och_ingen_grupp_star_tva_ganger() -> None:
    alla = {"alderFran": 0, "alderTill": 20}
    konen = [{**alla, "kon": "kvinna", "antal": 10}, {**alla, "kon": "man", "antal": 11}]
    givet(BUDGETPERIOD, en_budget()).nar(ett_invanarantal(grupper=[{**alla, "antal": 21}, *konen])).sker()
    for_fa = ett_invanarantal(grupper=[{**alla, "antal": 20}, *konen])
    givet(BUDGETPERIOD, en_budget()).nar(for_fa).nekas(KonenArFlerAnAldersgruppen, falt="grupper", sager="0–20 är 20")
    tva = ett_invanarantal(grupper=[*konen, konen[0]])
    givet(BUDGETPERIOD, en_budget()).nar(tva).nekas(AldersgruppenArAngivenTvaGanger, falt="grupper", sager="kvinna")


# Reports and what is wrong in them


def test_en_rapport_faststalls_den_dag_den_beslutas() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_rapport(beslut=BESLUT)).nekas(
        RapportenFaststalldesEnAnnanDag, falt="datum", sager="2018-12-12"
    )


def test_en_rapport_galler_ingen_senare_dag_an_den_faststalldes() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_rapport(galler="2019-09-20")).nekas(
        RapportenGallerEnSenareDag, falt="galler", sager="2019-09-20"
    )
    givet(BUDGETPERIOD, en_budget()).nar(en_rapport(galler="2019-09-19")).sker()


def test_ett_tryckfel_ar_nagot_annat_an_det_ratta() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(ett_tryckfel(ratt="2 465")).nekas(DetTrycktaArRatt, falt="ratt", sager="2 465")


def test_ett_tryckfel_kan_noteras_innan_det_ratta_ar_kant() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(ett_tryckfel(ratt=None)).sker()


# Guidelines


def test_en_riktlinje_kan_borja_galla_senare_an_den_beslutas() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_riktlinje("2022-05-19", galler_fran="2023-07-01")).sker()
    givet(BUDGETPERIOD, en_budget()).nar(en_riktlinje("2019-05-22", galler_fran="2019-05-22")).sker()


def test_en_riktlinje_galler_inte_fore_sitt_beslut() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_riktlinje("2019-05-22", galler_fran="2019-05-21")).nekas(
        RiktlinjenGallerForeBeslutet, falt="gallerFran", sager="2019-05-21"
    )


def test_en_riktlinje_ersatter_inte_sig_sjalv() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_riktlinje(ersatter="Riktlinje för placeringar 2019")).nekas(
        RiktlinjenErsatterSigSjalv, falt="ersatter", sager="Riktlinje för placeringar 2019"
    )
