"""Decisions on a placement: what is recorded, what is refused and what is already known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.fel import (
    FramtidaDatum,
    StrommenHarRedanBorjat,
    StrommenSaknarBorjan,
    TypenHorInteHit,
)
from domain.handelse import Handelse
from domain.placering.beslut import (
    PLACERING,
    AvtalsformenMotsagerRegin,
    DirektupphandlingUtanOrsak,
    FodelsearEfterPlaceringen,
    HandelsenLiggerEfterPlaceringen,
    HandelsenLiggerForePlaceringen,
    InsatsformenSaknarVardygn,
    OmplaceringUtanForegaende,
    OrsakUtanDirektupphandling,
    PlaceringenArRedanAvslutad,
    PlaceringenSlutarForeSinBorjan,
    PlaneratSlutForeBorjan,
)
from tests.domain.exempel import (
    ANNAN_PLACERING,
    en_franvaro,
    en_ny_malgrupp,
    en_omprovning,
    en_placering,
    en_utvardering,
    ett_avslut,
    ett_nytt_lagrum,
    ett_nytt_planerat_slut,
    ett_nytt_pris,
    ett_overvagande,
    ett_platsantal,
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
from tests.givet import givet

INRE: list[Handelse] = [
    ett_nytt_pris(),
    ett_nytt_planerat_slut(),
    ett_nytt_lagrum(),
    en_ny_malgrupp(),
    en_franvaro(),
    ett_overvagande(),
    en_omprovning(),
    ett_nytt_placeringsslag(),
    en_ny_avtalsform(),
    ett_overlamnat_ansvar(),
    ett_overtaget_ansvar(),
    en_halsoundersokning(),
    en_vardplan(),
    en_hemtagning(),
]
inre_handelser = pytest.mark.parametrize("handelse", INRE, ids=lambda h: h.typ)

# To begin


def test_en_placering_paborjas() -> None:
    givet(PLACERING).nar(en_placering()).sker()


def test_en_placering_utan_kant_pris_och_utan_utforare_paborjas() -> None:
    givet(PLACERING).nar(en_placering(pris=None, utforare_id=None)).sker()


def test_en_placering_i_egen_regi_paborjas() -> None:
    givet(PLACERING).nar(en_placering(regi="egen", avtalsform="egenRegi")).sker()


def test_en_direktupphandlad_placering_paborjas_nar_orsaken_anges() -> None:
    givet(PLACERING).nar(en_placering(avtalsform="direktupphandling", direktupphandlingsorsak="platsbrist")).sker()


def test_en_omplacering_paborjas_nar_den_forra_placeringen_anges() -> None:
    givet(PLACERING).nar(en_placering(omplacering="planerad", foregaende_placering_id=ANNAN_PLACERING)).sker()


def test_samma_borjan_en_gang_till_ar_redan_kand() -> None:
    givet(PLACERING, en_placering(), ett_avslut()).nar(en_placering()).ar_tyst()


def test_en_placering_kan_inte_borja_tva_ganger() -> None:
    givet(PLACERING, en_placering()).nar(en_placering("2019-02-01")).nekas(StrommenHarRedanBorjat, falt="typ")


def test_en_insats_utan_vardygn_kan_inte_vara_en_placering() -> None:
    forslag = en_placering(insatsform="kontaktfamilj")
    givet(PLACERING).nar(forslag).nekas(InsatsformenSaknarVardygn, falt="insatsform", sager="kontaktfamilj")


def test_en_direktupphandling_kraver_sin_orsak() -> None:
    givet(PLACERING).nar(en_placering(avtalsform="direktupphandling")).nekas(
        DirektupphandlingUtanOrsak, falt="direktupphandlingsorsak", sager="ramavtalSaknas, platsbrist, ovrigt"
    )


def test_bara_en_direktupphandling_har_orsak_till_direktupphandling() -> None:
    givet(PLACERING).nar(en_placering(direktupphandlingsorsak="ovrigt")).nekas(
        OrsakUtanDirektupphandling, falt="direktupphandlingsorsak", sager="ramavtal"
    )


@pytest.mark.parametrize(
    "andra",
    [
        {"regi": "extern", "avtalsform": "egenRegi"},
        {"regi": "egen", "avtalsform": "direktupphandling", "direktupphandlingsorsak": "ovrigt"},
    ],
)
def test_kommunen_koper_inte_av_sig_sjalv(andra: dict[str, Any]) -> None:
    givet(PLACERING).nar(en_placering(**andra)).nekas(AvtalsformenMotsagerRegin, falt="avtalsform")


def test_en_omplacering_kommer_fran_en_annan_placering() -> None:
    givet(PLACERING).nar(en_placering(omplacering="oplanerad")).nekas(
        OmplaceringUtanForegaende, falt="foregaendePlaceringId"
    )


def test_planerat_slut_kan_inte_ligga_fore_forsta_dagen() -> None:
    givet(PLACERING).nar(en_placering(planerat_slut="2019-01-09")).nekas(
        PlaneratSlutForeBorjan, falt="planeratSlut", sager="2019-01-09"
    )


def test_planerat_slut_far_vara_forsta_dagen() -> None:
    givet(PLACERING).nar(en_placering(planerat_slut="2019-01-10")).sker()


def test_ingen_placeras_fore_sitt_fodelsear() -> None:
    givet(PLACERING).nar(en_placering(fodelsear=2020)).nekas(FodelsearEfterPlaceringen, falt="fodelsear", sager="2020")


def test_ett_nyfott_barn_kan_placeras() -> None:
    givet(PLACERING).nar(en_placering(fodelsear=2019)).sker()


def test_en_placering_kan_inte_ha_borjat_i_morgon() -> None:
    givet(PLACERING).nar(en_placering("2019-01-11"), idag=date(2019, 1, 10)).nekas(
        FramtidaDatum, falt="datum", sager="2019-01-11"
    )


def test_en_placering_kan_ha_borjat_i_dag() -> None:
    givet(PLACERING).nar(en_placering("2019-01-10"), idag=date(2019, 1, 10)).sker()


def test_en_utforarhandelse_hor_inte_till_en_placering() -> None:
    givet(PLACERING, en_placering()).nar(ett_platsantal()).nekas(TypenHorInteHit, falt="typ", sager="platser.andrade")


# During the stay


@inre_handelser
def test_det_som_hander_under_placeringen_registreras(handelse: Handelse) -> None:
    givet(PLACERING, en_placering()).nar(handelse).sker()


@inre_handelser
def test_samma_uppgift_samma_dag_ar_redan_kand(handelse: Handelse) -> None:
    givet(PLACERING, en_placering(), handelse).nar(handelse).ar_tyst()


@inre_handelser
def test_ingenting_kan_handa_i_en_placering_som_inte_borjat(handelse: Handelse) -> None:
    givet(PLACERING).nar(handelse).nekas(StrommenSaknarBorjan, falt="typ", sager=handelse.typ)


@inre_handelser
def test_ingenting_kan_handa_fore_placeringens_forsta_dag(handelse: Handelse) -> None:
    givet(PLACERING, en_placering("2019-05-08")).nar(handelse).nekas(
        HandelsenLiggerForePlaceringen, falt="datum", sager=str(handelse.datum)
    )


@inre_handelser
def test_ingenting_kan_handa_efter_placeringens_sista_dag(handelse: Handelse) -> None:
    givet(PLACERING, en_placering(), ett_avslut("2019-02-01")).nar(handelse).nekas(
        HandelsenLiggerEfterPlaceringen, falt="datum", sager="2019-02-01"
    )


@inre_handelser
def test_det_som_hande_under_placeringen_far_registreras_efter_att_den_avslutats(handelse: Handelse) -> None:
    givet(PLACERING, en_placering(), ett_avslut()).nar(handelse).sker()


@inre_handelser
def test_ingenting_under_placeringen_kan_ha_hant_i_morgon(handelse: Handelse) -> None:
    givet(PLACERING, en_placering()).nar(handelse, idag=date(2019, 2, 1)).nekas(FramtidaDatum, falt="datum")


def test_priset_kan_andras_igen_samma_dag() -> None:
    givet(PLACERING, en_placering(), ett_nytt_pris(belopp="2100.00")).nar(ett_nytt_pris(belopp="2200.00")).sker()


def test_en_prisandring_som_upptacks_ett_ar_for_sent_registreras_anda() -> None:
    historia = (en_placering(), ett_nytt_pris("2019-05-01"), ett_nytt_lagrum("2019-05-15"), ett_avslut("2019-12-31"))
    givet(PLACERING, *historia).nar(ett_nytt_pris("2019-03-01", "2050.00"), idag=date(2020, 5, 1)).sker()


def test_ett_planerat_slut_kan_tas_tillbaka() -> None:
    givet(PLACERING, en_placering(planerat_slut="2019-07-31")).nar(ett_nytt_planerat_slut(planerat_slut=None)).sker()


def test_ett_nytt_planerat_slut_kan_inte_ligga_fore_forsta_dagen() -> None:
    givet(PLACERING, en_placering()).nar(ett_nytt_planerat_slut(planerat_slut="2019-01-09")).nekas(
        PlaneratSlutForeBorjan, falt="planeratSlut", sager="2019-01-09"
    )


@pytest.mark.parametrize("till", ["2019-04-01", "2019-03-31"])
def test_den_som_ar_franvarande_kommer_tillbaka_en_senare_dag(till: str) -> None:
    with pytest.raises(ValidationError, match="återkomstdagen"):
        en_franvaro("2019-04-01", till)


def test_en_franvaro_far_vara_langre_an_placeringen() -> None:
    givet(PLACERING, en_placering(), ett_avslut("2019-04-03")).nar(en_franvaro("2019-04-01", "2019-04-20")).sker()


# To end


def test_en_placering_avslutas() -> None:
    givet(PLACERING, en_placering(), ett_nytt_pris()).nar(ett_avslut()).sker()


def test_en_placering_kan_avslutas_samma_dag_som_den_borjade() -> None:
    givet(PLACERING, en_placering("2019-01-10")).nar(ett_avslut("2019-01-10")).sker()


def test_samma_avslut_en_gang_till_ar_redan_kant() -> None:
    givet(PLACERING, en_placering(), ett_avslut()).nar(ett_avslut()).ar_tyst()


def test_en_placering_kan_inte_avslutas_fore_sin_forsta_dag() -> None:
    givet(PLACERING, en_placering("2019-01-10")).nar(ett_avslut("2019-01-09")).nekas(
        PlaceringenSlutarForeSinBorjan, falt="datum", sager="2019-01-09"
    )


def test_en_placering_avslutas_bara_en_gang() -> None:
    givet(PLACERING, en_placering(), ett_avslut("2019-06-30")).nar(ett_avslut("2019-07-01")).nekas(
        PlaceringenArRedanAvslutad, falt="datum", sager="2019-06-30"
    )


def test_en_placering_kan_inte_avslutas_fore_nagot_som_redan_hant_i_den() -> None:
    givet(PLACERING, en_placering(), ett_nytt_pris("2019-03-01")).nar(ett_avslut("2019-02-28")).nekas(
        HandelsenLiggerEfterPlaceringen, falt="datum", sager="pris.andrat"
    )


def test_en_placering_som_inte_borjat_kan_inte_avslutas() -> None:
    givet(PLACERING).nar(ett_avslut()).nekas(StrommenSaknarBorjan, falt="typ", sager="placering.paborjad")


def test_en_placering_kan_inte_ha_avslutats_i_morgon() -> None:
    givet(PLACERING, en_placering()).nar(ett_avslut(), idag=date(2019, 6, 29)).nekas(FramtidaDatum, falt="datum")


def test_en_utvardering_far_goras_efter_avslutet() -> None:
    givet(PLACERING, en_placering(), ett_avslut()).nar(en_utvardering()).sker()


def test_en_utvardering_far_goras_fore_avslutet() -> None:
    givet(PLACERING, en_placering()).nar(en_utvardering()).sker()


def test_samma_utvardering_en_gang_till_ar_redan_kand() -> None:
    givet(PLACERING, en_placering(), en_utvardering()).nar(en_utvardering()).ar_tyst()


def test_en_utvardering_kan_inte_goras_fore_placeringen() -> None:
    givet(PLACERING, en_placering()).nar(en_utvardering("2019-01-09")).nekas(
        HandelsenLiggerForePlaceringen, falt="datum", sager="insats.utvarderad"
    )
