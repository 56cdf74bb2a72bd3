"""Decisions on a unit: what it is, its queue, what was agreed with it and what it reports of itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.fel import RattelsenGerEnDubblett
from domain.handelse import Handelse
from domain.utforare.beslut import (
    UTFORARE,
    AbonnemangetArRedanTecknat,
    AbonnemangSaknas,
    AldersgransernaArOmvanda,
    BelaggningenArRedanRedovisad,
    BelaggningenHorTillAnnanManad,
    DirektupphandlingenSaknarOrsak,
    HandelsenLiggerEfterUtforarensSlut,
    KoplatsenArRedanStalld,
    KoplatsenHarRedanUpphort,
    KoplatsenSaknas,
    OrsakenHorTillDirektupphandling,
    ServiceinsatsenArRedanRedovisad,
    UtforarenArRedanAvslutad,
    UtforarenSaknarRegistrering,
    UtforarenVarInteRegistrerad,
)
from tests.domain.exempel import (
    en_makulering,
    en_uppfoljning,
    en_utforare,
    ett_abonnemang,
    ett_platsantal,
    ett_ramavtal,
    ett_upphort_ramavtal,
)
from tests.domain.exempel_utforare import (
    ABONNEMANG_ID,
    ANNAN_KOPLATS,
    KOPLATS,
    en_andrad_utforare,
    en_avbojd_forfragan,
    en_avtalsvolym,
    en_belaggning,
    en_ekonomisk_kontroll,
    en_hemvist,
    en_koplats,
    en_serviceinsats,
    en_upphandling,
    en_upphord_koplats,
    ett_upphort_abonnemang,
    ett_utforarslut,
)
from tests.givet import givet, rattelse

# What it is


def test_en_andring_anger_minst_en_uppgift() -> None:
    with pytest.raises(ValidationError, match="minst en av uppgifterna namn"):
        en_andrad_utforare(namn=None)


def test_aldersgranserna_kan_andras_var_for_sig() -> None:
    historia = (en_utforare(), en_andrad_utforare("2018-02-01", alder_fran=13, alder_till=17))
    givet(UTFORARE, *historia).nar(en_andrad_utforare("2019-01-01", alder_till=20)).sker()
    givet(UTFORARE, *historia).nar(en_andrad_utforare("2019-01-01", alder_fran=17)).sker()


def test_lagsta_alder_kan_inte_vara_hogre_an_hogsta() -> None:
    historia = (en_utforare(), en_andrad_utforare("2018-02-01", alder_fran=13, alder_till=17))
    givet(UTFORARE, *historia).nar(en_andrad_utforare("2019-01-01", alder_fran=18)).nekas(
        AldersgransernaArOmvanda, falt="alderTill", sager="2019-01-01"
    )


def test_en_aldersgrans_som_upptacks_sent_far_inte_motsaga_den_som_kom_sedan() -> None:
    historia = (
        en_utforare(),
        en_andrad_utforare("2018-02-01", alder_till=17),
        en_andrad_utforare("2019-02-01", alder_till=20),
    )
    givet(UTFORARE, *historia).nar(en_andrad_utforare("2018-06-01", alder_fran=18)).nekas(
        AldersgransernaArOmvanda, falt="alderTill", sager="2018-06-01"
    )
    givet(UTFORARE, *historia).nar(en_andrad_utforare("2019-06-01", alder_fran=18)).sker()


def test_en_omorganisation_far_registreras_i_forvag() -> None:
    givet(UTFORARE, en_utforare()).nar(en_hemvist("2019-10-01"), idag=date(2019, 6, 1)).sker()


# Places of several target groups


def test_platser_for_tva_malgrupper_samma_dag_ar_bada_kanda() -> None:
    barn, unga = ett_platsantal(platser=4, malgrupp="barn"), ett_platsantal(platser=6, malgrupp="unga")
    givet(UTFORARE, en_utforare(), barn).nar(unga).sker()
    givet(UTFORARE, en_utforare(), barn, unga).nar(barn).ar_tyst()
    givet(UTFORARE, en_utforare(), barn, unga).nar(ett_platsantal(platser=5, malgrupp="barn")).sker()


def test_platser_for_en_malgrupp_sags_igen_nar_det_hela_angetts_emellan() -> None:
    barn, hela = ett_platsantal(platser=4, malgrupp="barn"), ett_platsantal(platser=10)
    givet(UTFORARE, en_utforare(), barn, hela).nar(barn).sker()
    givet(UTFORARE, en_utforare(), barn, hela).nar(hela).ar_tyst()
    givet(UTFORARE, en_utforare(), hela, barn).nar(hela).sker()


# It closes


def test_en_utforare_avslutas() -> None:
    givet(UTFORARE, en_utforare(), ett_platsantal()).nar(ett_utforarslut()).sker()


def test_att_en_utforare_ska_avslutas_far_registreras_i_forvag() -> None:
    givet(UTFORARE, en_utforare()).nar(ett_utforarslut(), idag=date(2019, 6, 1)).sker()


def test_samma_avslut_en_gang_till_ar_redan_kant() -> None:
    givet(UTFORARE, en_utforare(), ett_utforarslut()).nar(ett_utforarslut()).ar_tyst()


def test_en_utforare_avslutas_bara_en_gang() -> None:
    givet(UTFORARE, en_utforare(), ett_utforarslut()).nar(ett_utforarslut("2020-01-31")).nekas(
        UtforarenArRedanAvslutad, falt="datum", sager="2019-12-31"
    )


def test_en_utforare_avslutas_inte_innan_den_blev_kand() -> None:
    givet(UTFORARE, en_utforare("2019-01-01")).nar(ett_utforarslut("2018-12-31")).nekas(
        UtforarenVarInteRegistrerad, falt="datum", sager="2019-01-01"
    )


@pytest.mark.parametrize("handelse", [ett_platsantal, en_hemvist, en_avtalsvolym, en_koplats], ids=lambda f: f.__name__)
def test_ingenting_sker_hos_en_avslutad_utforare(handelse: Any) -> None:
    given = givet(UTFORARE, en_utforare(), ett_utforarslut("2019-06-30"))
    given.nar(handelse("2019-07-01")).nekas(HandelsenLiggerEfterUtforarensSlut, falt="datum", sager="2019-06-30")
    given.nar(handelse("2019-06-30")).sker()


def test_avtal_och_ko_avvecklas_och_avtalet_foljs_upp_efter_att_utforaren_avslutats() -> None:
    historia = (en_utforare(), ett_ramavtal(), ett_abonnemang(), en_koplats(), ett_utforarslut("2019-06-30"))
    efterat: list[Handelse] = [
        ett_upphort_ramavtal("2019-07-01"),
        ett_upphort_abonnemang("2019-07-01"),
        en_upphord_koplats("2019-07-01"),
        en_uppfoljning("2019-07-01"),
    ]
    for handelse in efterat:
        givet(UTFORARE, *historia).nar(handelse).sker()


def test_en_utforare_kan_inte_avslutas_fore_nagot_som_redan_skett() -> None:
    givet(UTFORARE, en_utforare(), ett_platsantal("2019-01-01")).nar(ett_utforarslut("2018-12-31")).nekas(
        HandelsenLiggerEfterUtforarensSlut, falt="datum", sager="platser.andrade"
    )


def test_registreringen_kan_inte_makuleras_sa_lange_avslutet_star_kvar() -> None:
    givet(UTFORARE, en_utforare(), ett_utforarslut()).nar(en_makulering(), rattar=1).nekas(
        UtforarenSaknarRegistrering, falt="rattar", sager="1 andra"
    )


def test_ett_makulerat_avslut_oppnar_utforaren_igen() -> None:
    historia = (en_utforare(), ett_utforarslut("2019-06-30"), rattelse(2, en_makulering()))
    givet(UTFORARE, *historia).nar(ett_platsantal("2019-09-01")).sker()
    givet(UTFORARE, *historia).nar(ett_utforarslut("2019-12-31")).sker()


# Subscriptions that cease


def test_ett_abonnemang_upphor() -> None:
    givet(UTFORARE, en_utforare(), ett_abonnemang(abonnemang_id=ABONNEMANG_ID)).nar(
        ett_upphort_abonnemang(abonnemang_id=ABONNEMANG_ID)
    ).sker()


def test_samma_upphorande_av_abonnemanget_ar_redan_kant() -> None:
    historia = (en_utforare(), ett_abonnemang(), ett_upphort_abonnemang())
    givet(UTFORARE, *historia).nar(ett_upphort_abonnemang()).ar_tyst()


@pytest.mark.parametrize(
    "avtal",
    [
        (),
        (ett_abonnemang(abonnemang_id=ABONNEMANG_ID),),
        (ett_abonnemang("2019-10-02"),),
        (ett_abonnemang(till="2019-10-01"),),
        (ett_abonnemang(), ett_upphort_abonnemang("2019-09-01")),
    ],
    ids=["inget", "annat id", "börjar samma dag", "redan löpt ut", "redan upphört"],
)
def test_bara_ett_abonnemang_som_galler_kan_upphora(avtal: tuple[Handelse, ...]) -> None:
    givet(UTFORARE, en_utforare(), *avtal).nar(ett_upphort_abonnemang("2019-10-02")).nekas(
        AbonnemangSaknas, falt="abonnemangId", sager="saknas"
    )


def test_ett_id_ar_ett_abonnemang() -> None:
    forsta = ett_abonnemang(abonnemang_id=ABONNEMANG_ID)
    given = givet(UTFORARE, en_utforare(), forsta)
    given.nar(forsta).ar_tyst()
    given.nar(ett_abonnemang(platser=3, abonnemang_id=ABONNEMANG_ID)).nekas(
        AbonnemangetArRedanTecknat, falt="abonnemangId", sager=ABONNEMANG_ID
    )
    given.nar(ett_abonnemang(platser=3, abonnemang_id=ABONNEMANG_ID), rattar=2).sker()


# Volumes and procurement


def test_en_avtalsvolym_kan_avtalas_om_samma_dag() -> None:
    historia = (en_utforare(), en_avtalsvolym(dygn=900), en_avtalsvolym(dygn=950))
    givet(UTFORARE, *historia).nar(en_avtalsvolym(dygn=950)).ar_tyst()
    givet(UTFORARE, *historia).nar(en_avtalsvolym(dygn=900)).sker()


def test_en_direktupphandling_anger_sin_orsak() -> None:
    given = givet(UTFORARE, en_utforare())
    given.nar(en_upphandling(forfarande="direktupphandling")).nekas(
        DirektupphandlingenSaknarOrsak, falt="orsak", sager="ramavtalSaknas, platsbrist, ovrigt"
    )
    given.nar(en_upphandling(forfarande="direktupphandling", orsak="platsbrist")).sker()


def test_bara_en_direktupphandling_har_orsak() -> None:
    givet(UTFORARE, en_utforare()).nar(en_upphandling(orsak="ovrigt")).nekas(
        OrsakenHorTillDirektupphandling, falt="orsak", sager="oppet"
    )


# The queue


def test_en_koplats_upphor() -> None:
    givet(UTFORARE, en_utforare(), en_koplats()).nar(en_upphord_koplats()).sker()


def test_en_koplats_kan_upphora_samma_dag_som_den_stalldes() -> None:
    givet(UTFORARE, en_utforare(), en_koplats("2018-06-02")).nar(en_upphord_koplats("2018-06-02")).sker()


def test_ett_id_ar_en_koplats() -> None:
    given = givet(UTFORARE, en_utforare(), en_koplats())
    given.nar(en_koplats(familj=True)).nekas(KoplatsenArRedanStalld, falt="koId", sager=KOPLATS)
    given.nar(en_koplats(ko_id=ANNAN_KOPLATS)).sker()


def test_bara_den_som_star_i_ko_kan_lamna_den() -> None:
    givet(UTFORARE, en_utforare(), en_koplats(ko_id=ANNAN_KOPLATS)).nar(en_upphord_koplats()).nekas(
        KoplatsenSaknas, falt="koId", sager=KOPLATS
    )


def test_en_koplats_upphor_inte_innan_den_stalldes() -> None:
    givet(UTFORARE, en_utforare(), en_koplats("2018-06-02")).nar(en_upphord_koplats("2018-06-01")).nekas(
        KoplatsenSaknas, falt="koId", sager="2018-06-01"
    )


def test_en_koplats_upphor_en_gang() -> None:
    given = givet(UTFORARE, en_utforare(), en_koplats(), en_upphord_koplats("2018-09-01"))
    given.nar(en_upphord_koplats("2018-09-01")).ar_tyst()
    given.nar(en_upphord_koplats("2018-09-02")).nekas(KoplatsenHarRedanUpphort, falt="koId", sager="2018-09-01")
    given.nar(en_upphord_koplats("2018-09-02", orsak="avstod"), rattar=3).sker()


def test_en_koplats_kan_inte_makuleras_sa_lange_dess_slut_star_kvar() -> None:
    givet(UTFORARE, en_utforare(), en_koplats(), en_upphord_koplats()).nar(en_makulering(), rattar=2).nekas(
        KoplatsenSaknas, falt="koId"
    )


# Several of a day


@pytest.mark.parametrize(
    ("en", "annan"),
    [
        (en_uppfoljning(avtalsomrade="hvb"), en_uppfoljning(avtalsomrade="jourhem")),
        (en_avbojd_forfragan(arende_id=KOPLATS), en_avbojd_forfragan(arende_id=ANNAN_KOPLATS)),
        (en_upphandling(), en_upphandling(omrade="jourhem")),
    ],
    ids=lambda h: h.typ,
)
def test_tva_om_olika_saker_samma_dag_ar_tva_och_bada_ar_sedan_kanda(en: Handelse, annan: Handelse) -> None:
    givet(UTFORARE, en_utforare(), en).nar(annan).sker()
    givet(UTFORARE, en_utforare(), en, annan).nar(en).ar_tyst()


def test_en_avbojd_forfragan_kan_inte_rattas_till_en_som_redan_finns() -> None:
    historia = (en_utforare(), en_avbojd_forfragan(), en_avbojd_forfragan(orsak="matchning"))
    givet(UTFORARE, *historia).nar(en_avbojd_forfragan(), rattar=3).nekas(RattelsenGerEnDubblett, falt="rattar")


# What it reports of itself


def test_en_serviceinsats_redovisas_med_personer_eller_dygn() -> None:
    givet(UTFORARE, en_utforare()).nar(en_serviceinsats(dygn=None, antal_personer=12)).sker()
    with pytest.raises(ValidationError, match="antalPersoner och dygn"):
        en_serviceinsats(dygn=None)


def test_en_redovisad_period_har_minst_en_dag() -> None:
    with pytest.raises(ValidationError, match="ska vara efter datum"):
        en_serviceinsats("2018-06-01", till="2018-06-01")


def test_perioder_av_samma_serviceinsats_overlappar_inte() -> None:
    given = givet(UTFORARE, en_utforare(), en_serviceinsats("2018-06-01", till="2018-07-01"))
    given.nar(en_serviceinsats("2018-06-30", till="2018-08-01")).nekas(
        ServiceinsatsenArRedanRedovisad, falt="till", sager="2018-07-01"
    )
    given.nar(en_serviceinsats("2018-07-01", till="2018-08-01")).sker()
    given.nar(en_serviceinsats("2018-05-01", till="2018-06-01")).sker()
    given.nar(en_serviceinsats("2018-06-01", till="2018-07-01", omrade="Öppen ingång")).sker()
    given.nar(en_serviceinsats("2018-06-01", till="2018-07-01", dygn=121), rattar=2).sker()


def test_belaggningen_redovisas_for_den_manad_datum_ligger_i() -> None:
    givet(UTFORARE, en_utforare()).nar(en_belaggning("2018-07-02", manad="2018-06")).nekas(
        BelaggningenHorTillAnnanManad, falt="datum", sager="2018-06"
    )


def test_en_manad_redovisas_en_gang_for_det_hela_eller_per_malgrupp() -> None:
    hela = givet(UTFORARE, en_utforare(), en_belaggning())
    hela.nar(en_belaggning(dygn=211)).nekas(BelaggningenArRedanRedovisad, falt="manad", sager="2018-06")
    hela.nar(en_belaggning(malgrupp="barn")).nekas(BelaggningenArRedanRedovisad, falt="manad")
    hela.nar(en_belaggning(dygn=211), rattar=2).sker()
    hela.nar(en_belaggning("2018-07-31")).sker()
    barn = givet(UTFORARE, en_utforare(), en_ekonomisk_kontroll(), en_belaggning(malgrupp="barn"))
    barn.nar(en_belaggning()).nekas(BelaggningenArRedanRedovisad, falt="manad")
    barn.nar(en_belaggning(malgrupp="barn", dygn=3)).nekas(BelaggningenArRedanRedovisad, falt="manad")
    barn.nar(en_belaggning(malgrupp="unga")).sker()


# Values


@pytest.mark.parametrize(
    "bygg",
    [
        lambda: en_andrad_utforare(kon="okand"),
        lambda: en_andrad_utforare(alder_fran=-1),
        lambda: en_ekonomisk_kontroll(rating=6),
        lambda: en_avtalsvolym(dygn=-1),
        lambda: en_upphandling(varde="-1.00"),
        lambda: en_belaggning(manad="2018-13"),
        lambda: en_koplats(familj="nej"),
    ],
    ids=["kön", "ålder", "rating", "volym", "värde", "månad", "familj"],
)
def test_uppgifterna_har_sin_form(bygg: Any) -> None:
    with pytest.raises(ValidationError):
        bygg()
