"""Decisions on a provider: what is recorded, what is refused and what is already known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.fel import (
    FramtidaDatum,
    HandelsenArRedanRattad,
    RattelsenByterTyp,
    RattelsenGerEnDubblett,
    StrommenHarRedanBorjat,
    StrommenSaknarBorjan,
    TypenHorInteHit,
)
from domain.handelse import Handelse
from domain.utforare.beslut import (
    UTFORARE,
    AvtaletSlutarForeSinBorjan,
    RamavtalSaknas,
    UtforarenSaknarRegistrering,
    UtforarenVarInteRegistrerad,
)
from tests.domain.exempel import (
    en_bokning,
    en_makulering,
    en_tillstandskontroll,
    en_uppfoljning,
    en_utforare,
    ett_abonnemang,
    ett_platsantal,
    ett_ramavtal,
    ett_upphort_ramavtal,
)
from tests.domain.exempel_utforare import (
    en_andrad_utforare,
    en_avbojd_forfragan,
    en_avtalsvolym,
    en_belaggning,
    en_ekonomisk_kontroll,
    en_hemvist,
    en_koplats,
    en_serviceinsats,
    en_upphandling,
    ett_utforarslut,
)
from tests.givet import givet, rattelse

SENARE: list[Handelse] = [
    ett_platsantal(),
    ett_ramavtal(),
    ett_abonnemang(),
    en_tillstandskontroll(),
    en_uppfoljning(),
    en_andrad_utforare(),
    en_hemvist(),
    en_avtalsvolym(),
    en_upphandling(),
    en_ekonomisk_kontroll(),
    en_koplats(),
    en_avbojd_forfragan(),
    en_serviceinsats(),
    en_belaggning(),
]
senare_handelser = pytest.mark.parametrize("handelse", SENARE, ids=lambda h: h.typ)


def test_en_utforare_registreras() -> None:
    givet(UTFORARE).nar(en_utforare()).sker()


def test_samma_registrering_en_gang_till_ar_redan_kand() -> None:
    givet(UTFORARE, en_utforare(), ett_platsantal()).nar(en_utforare()).ar_tyst()


def test_en_utforare_registreras_en_gang() -> None:
    givet(UTFORARE, en_utforare()).nar(en_utforare(namn="HVB Granen")).nekas(StrommenHarRedanBorjat, falt="typ")


def test_en_utforare_kan_inte_ha_registrerats_i_morgon() -> None:
    givet(UTFORARE).nar(en_utforare("2018-01-02"), idag=date(2018, 1, 1)).nekas(FramtidaDatum, falt="datum")


@senare_handelser
def test_det_som_sker_med_utforaren_registreras(handelse: Handelse) -> None:
    givet(UTFORARE, en_utforare()).nar(handelse).sker()


@senare_handelser
def test_samma_uppgift_en_gang_till_ar_redan_kand(handelse: Handelse) -> None:
    givet(UTFORARE, en_utforare(), handelse).nar(handelse).ar_tyst()


@senare_handelser
def test_om_en_okand_utforare_registreras_ingenting(handelse: Handelse) -> None:
    givet(UTFORARE).nar(handelse).nekas(StrommenSaknarBorjan, falt="typ", sager="utforare.registrerad")


@senare_handelser
def test_ingenting_sker_innan_utforaren_blev_kand(handelse: Handelse) -> None:
    givet(UTFORARE, en_utforare("2018-07-01")).nar(handelse).nekas(
        UtforarenVarInteRegistrerad, falt="datum", sager="2018-07-01"
    )


@senare_handelser
def test_bara_planer_far_ha_framtida_datum(handelse: Handelse) -> None:
    nar = givet(UTFORARE, en_utforare()).nar(handelse, idag=date(2018, 1, 15))
    if handelse.ar_plan:
        nar.sker()
    else:
        nar.nekas(FramtidaDatum, falt="datum")


def test_antalet_platser_kan_andras_igen_samma_dag() -> None:
    givet(UTFORARE, en_utforare(), ett_platsantal(platser=8)).nar(ett_platsantal(platser=9)).sker()


def test_en_andring_av_platser_som_upptacks_sent_registreras() -> None:
    historia = (en_utforare(), ett_platsantal("2019-01-01", 9))
    givet(UTFORARE, *historia).nar(ett_platsantal("2018-02-01", 8)).sker()


def test_tva_abonnemang_samma_dag_ar_tva() -> None:
    givet(UTFORARE, en_utforare(), ett_abonnemang()).nar(ett_abonnemang(platser=3)).sker()


@pytest.mark.parametrize("avtal", [ett_ramavtal, ett_abonnemang, en_avtalsvolym])
@pytest.mark.parametrize("till", ["2018-03-01", "2018-02-28"])
def test_ett_avtal_slutar_efter_att_det_borjat(avtal: Any, till: str) -> None:
    givet(UTFORARE, en_utforare()).nar(avtal("2018-03-01", till=till)).nekas(
        AvtaletSlutarForeSinBorjan, falt="till", sager=till
    )


# Framework agreements that cease


def test_ett_ramavtal_som_galler_kan_upphora() -> None:
    givet(UTFORARE, en_utforare(), ett_ramavtal()).nar(ett_upphort_ramavtal()).sker()


def test_att_ett_ramavtal_ska_upphora_far_registreras_i_forvag() -> None:
    givet(UTFORARE, en_utforare(), ett_ramavtal()).nar(ett_upphort_ramavtal(), idag=date(2019, 9, 1)).sker()


def test_samma_upphorande_en_gang_till_ar_redan_kant() -> None:
    givet(UTFORARE, en_utforare(), ett_ramavtal(), ett_upphort_ramavtal()).nar(ett_upphort_ramavtal()).ar_tyst()


@pytest.mark.parametrize(
    "avtal",
    [
        (),
        (ett_ramavtal(omrade="jourhem"),),
        (ett_ramavtal("2019-10-02"),),
        (ett_ramavtal("2019-10-01"),),
        (ett_ramavtal(till="2019-09-30"),),
        (ett_ramavtal(), ett_upphort_ramavtal("2019-09-01")),
    ],
    ids=["inget", "annan insatsform", "inte börjat", "börjar samma dag", "redan löpt ut", "redan upphört"],
)
def test_bara_ett_ramavtal_som_galler_kan_upphora(avtal: tuple[Handelse, ...]) -> None:
    givet(UTFORARE, en_utforare(), *avtal).nar(ett_upphort_ramavtal("2019-10-01")).nekas(
        RamavtalSaknas, falt="omrade", sager="hvb"
    )


def test_ett_nytt_ramavtal_efter_ett_upphort_kan_ocksa_upphora() -> None:
    historia = (en_utforare(), ett_ramavtal(), ett_upphort_ramavtal("2018-12-31"), ett_ramavtal("2019-01-01"))
    givet(UTFORARE, *historia).nar(ett_upphort_ramavtal("2019-10-01")).sker()


# Corrections


@senare_handelser
def test_varje_uppgift_kan_makuleras(handelse: Handelse) -> None:
    givet(UTFORARE, en_utforare(), handelse).nar(en_makulering(), rattar=2).sker()


def test_en_felaktig_uppgift_rattas() -> None:
    givet(UTFORARE, en_utforare(), ett_platsantal(platser=8)).nar(ett_platsantal(platser=7), rattar=2).sker()


def test_registreringen_kan_rattas() -> None:
    givet(UTFORARE, en_utforare(), ett_platsantal()).nar(en_utforare(namn="HVB Granen"), rattar=1).sker()


def test_registreringen_kan_inte_rattas_till_efter_nagot_som_skett() -> None:
    givet(UTFORARE, en_utforare(), ett_platsantal("2018-02-01")).nar(en_utforare("2018-02-02"), rattar=1).nekas(
        UtforarenVarInteRegistrerad, falt="datum", sager="2018-02-01"
    )


def test_registreringen_kan_inte_rattas_till_efter_slutet() -> None:
    givet(UTFORARE, en_utforare(), ett_utforarslut("2019-12-31")).nar(en_utforare("2020-01-01"), rattar=1).nekas(
        UtforarenVarInteRegistrerad, falt="datum", sager="2019-12-31"
    )
    givet(UTFORARE, en_utforare(), ett_utforarslut("2019-12-31")).nar(en_utforare("2019-12-31"), rattar=1).sker()


def test_registreringen_kan_inte_makuleras_sa_lange_annat_star_kvar() -> None:
    givet(UTFORARE, en_utforare(), ett_platsantal()).nar(en_makulering(), rattar=1).nekas(
        UtforarenSaknarRegistrering, falt="rattar", sager="1 andra"
    )


def test_en_ensam_registrering_kan_makuleras_och_goras_om() -> None:
    givet(UTFORARE, en_utforare()).nar(en_makulering(), rattar=1).sker()
    givet(UTFORARE, en_utforare(), rattelse(1, en_makulering())).nar(en_utforare(namn="HVB Granen")).sker()


def test_en_rattad_uppgift_rattas_i_rattelsen() -> None:
    historia = (en_utforare(), ett_platsantal(platser=8), rattelse(2, ett_platsantal(platser=7)))
    givet(UTFORARE, *historia).nar(ett_platsantal(platser=6), rattar=2).nekas(HandelsenArRedanRattad, falt="rattar")
    givet(UTFORARE, *historia).nar(ett_platsantal(platser=6), rattar=3).sker()


def test_ett_abonnemang_kan_inte_rattas_till_ett_som_redan_finns() -> None:
    historia = (en_utforare(), ett_abonnemang(platser=2), ett_abonnemang(platser=3))
    givet(UTFORARE, *historia).nar(ett_abonnemang(platser=2), rattar=3).nekas(RattelsenGerEnDubblett, falt="rattar")


def test_ett_avtal_ersatts_inte_av_en_annan_uppgift() -> None:
    givet(UTFORARE, en_utforare(), ett_ramavtal()).nar(ett_platsantal(), rattar=2).nekas(RattelsenByterTyp, falt="typ")


def test_en_bokning_hor_inte_till_en_utforare() -> None:
    givet(UTFORARE, en_utforare()).nar(en_bokning()).nekas(TypenHorInteHit, falt="typ", sager="utforare")


# Values


@pytest.mark.parametrize("nummer", ["5566778899", "556677-889", "556677-889a", "٥٥٦٦٧٧-٨٨٩٩"])
def test_ett_organisationsnummer_har_sin_form(nummer: str) -> None:
    with pytest.raises(ValidationError):
        en_utforare(organisationsnummer=nummer)


@pytest.mark.parametrize("omraden", [{}, {"Bemanning": 0}, {"Bemanning": 6}, {"Bemanning": "4"}, {" ": 3}])
def test_en_uppfoljning_har_omraden_med_betyg_ett_till_fem(omraden: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        en_uppfoljning(omraden=omraden)


@pytest.mark.parametrize("platser", [-1, 2.0, True, "8", 100_001])
def test_antalet_platser_ar_ett_rimligt_heltal(platser: Any) -> None:
    with pytest.raises(ValidationError):
        ett_platsantal(platser=platser)
