"""Decisions on a placement: what is recorded, what is refused and what is already known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.fel import (
    FramtidaDatum,
    HandelsenArRedanRattad,
    MakuleringUtanMal,
    RattelsenByterTyp,
    RattelsenGerEnDubblett,
    RattelsenHarIngetMal,
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
    PlaceringenSaknarBorjan,
    PlaceringenSlutarForeSinBorjan,
    PlaneratSlutForeBorjan,
)
from tests.domain.exempel import (
    ANNAN_PLACERING,
    en_franvaro,
    en_makulering,
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
from tests.givet import givet, rattelse

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


# Corrections


def test_ett_felaktigt_pris_ersatts_med_det_ratta() -> None:
    givet(PLACERING, en_placering(), ett_nytt_pris()).nar(ett_nytt_pris(belopp="2150.00"), rattar=2).sker()


def test_att_ersatta_med_samma_uppgift_andrar_ingenting() -> None:
    givet(PLACERING, en_placering(), ett_nytt_pris()).nar(ett_nytt_pris(), rattar=2).ar_tyst()


def test_samma_rattelse_en_gang_till_ar_redan_kand() -> None:
    historia = (en_placering(), ett_nytt_pris(), rattelse(2, ett_nytt_pris(belopp="2150.00")))
    givet(PLACERING, *historia).nar(ett_nytt_pris(belopp="2150.00"), rattar=2).ar_tyst()


def test_en_felaktig_handelse_makuleras() -> None:
    givet(PLACERING, en_placering(), ett_nytt_pris()).nar(en_makulering(), rattar=2).sker()


def test_samma_makulering_en_gang_till_ar_redan_kand_aven_med_annan_orsak() -> None:
    historia = (en_placering(), ett_nytt_pris(), rattelse(2, en_makulering()))
    givet(PLACERING, *historia).nar(en_makulering(orsak="Gällde en annan placering"), rattar=2).ar_tyst()


def test_en_rattelse_rattas_i_sin_tur() -> None:
    historia = (en_placering(), ett_nytt_pris(), rattelse(2, ett_nytt_pris(belopp="2150.00")))
    givet(PLACERING, *historia).nar(ett_nytt_pris(belopp="2160.00"), rattar=3).sker()


def test_en_makulering_kan_makuleras_sa_att_handelsen_galler_igen() -> None:
    historia = (en_placering(), ett_nytt_pris(), rattelse(2, en_makulering()))
    givet(PLACERING, *historia).nar(en_makulering(), rattar=3).sker()


def test_en_redan_rattad_handelse_rattas_inte_igen() -> None:
    historia = (en_placering(), ett_nytt_pris(), rattelse(2, ett_nytt_pris(belopp="2150.00")))
    givet(PLACERING, *historia).nar(ett_nytt_pris(belopp="2160.00"), rattar=2).nekas(
        HandelsenArRedanRattad, falt="rattar", sager="00000003"
    )


def test_en_redan_ersatt_handelse_makuleras_inte() -> None:
    historia = (en_placering(), ett_nytt_pris(), rattelse(2, ett_nytt_pris(belopp="2150.00")))
    givet(PLACERING, *historia).nar(en_makulering(), rattar=2).nekas(HandelsenArRedanRattad, falt="rattar")


def test_efter_att_rattelsen_makulerats_kan_handelsen_rattas_pa_nytt() -> None:
    fel_rattelse = (rattelse(2, ett_nytt_pris(belopp="2150.00")), rattelse(3, en_makulering()))
    givet(PLACERING, en_placering(), ett_nytt_pris(), *fel_rattelse).nar(
        ett_nytt_pris(belopp="2160.00"), rattar=2
    ).sker()


def test_en_makulerad_rattelse_kan_inte_aterkomma_nar_handelsen_rattats_pa_nytt() -> None:
    historia = (
        en_placering(),
        ett_nytt_pris(),
        rattelse(2, ett_nytt_pris(belopp="2150.00")),
        rattelse(3, en_makulering()),
        rattelse(2, ett_nytt_pris(belopp="2160.00")),
    )
    givet(PLACERING, *historia).nar(en_makulering(), rattar=4).nekas(HandelsenArRedanRattad, falt="rattar")


def test_en_rattelse_byter_inte_slag_av_handelse() -> None:
    givet(PLACERING, en_placering(), ett_nytt_pris()).nar(ett_nytt_lagrum(), rattar=2).nekas(
        RattelsenByterTyp, falt="typ", sager="pris.andrat"
    )


def test_en_rattelse_av_nagot_som_inte_finns_nekas() -> None:
    givet(PLACERING, en_placering()).nar(ett_nytt_pris(), rattar=9).nekas(RattelsenHarIngetMal, falt="rattar")


def test_en_rattelse_i_en_tom_strom_nekas() -> None:
    givet(PLACERING).nar(en_makulering(), rattar=1).nekas(RattelsenHarIngetMal, falt="rattar")


def test_en_makulering_maste_saga_vad_som_makuleras() -> None:
    givet(PLACERING, en_placering()).nar(en_makulering()).nekas(MakuleringUtanMal, falt="rattar")


def test_en_rattelse_kan_inte_ha_gjorts_i_morgon() -> None:
    givet(PLACERING, en_placering(), ett_nytt_pris()).nar(en_makulering(), rattar=2, idag=date(2019, 8, 31)).nekas(
        FramtidaDatum, falt="datum"
    )


def test_ett_rattat_pris_ska_folja_samma_regler_som_ett_nytt() -> None:
    givet(PLACERING, en_placering(), ett_nytt_pris()).nar(ett_nytt_pris("2019-01-09"), rattar=2).nekas(
        HandelsenLiggerForePlaceringen, falt="datum"
    )


def test_en_rattad_borjan_ska_folja_samma_regler_som_en_ny() -> None:
    givet(PLACERING, en_placering()).nar(en_placering(insatsform="kontaktperson"), rattar=1).nekas(
        InsatsformenSaknarVardygn, falt="insatsform"
    )


def test_forsta_dagen_kan_rattas_till_en_tidigare_dag() -> None:
    givet(PLACERING, en_placering("2019-01-10"), ett_nytt_pris()).nar(en_placering("2018-12-20"), rattar=1).sker()


def test_forsta_dagen_kan_inte_rattas_sa_att_andra_handelser_hamnar_utanfor() -> None:
    givet(PLACERING, en_placering(), ett_nytt_pris("2019-03-01")).nar(en_placering("2019-03-02"), rattar=1).nekas(
        HandelsenLiggerForePlaceringen, falt="datum", sager="2019-03-01"
    )


def test_forsta_dagen_kan_inte_rattas_till_efter_den_sista() -> None:
    givet(PLACERING, en_placering(), ett_avslut("2019-06-30")).nar(en_placering("2019-07-01"), rattar=1).nekas(
        PlaceringenSlutarForeSinBorjan, falt="datum"
    )


def test_sista_dagen_kan_inte_rattas_sa_att_andra_handelser_hamnar_utanfor() -> None:
    historia = (en_placering(), ett_nytt_pris("2019-03-01"), ett_avslut())
    givet(PLACERING, *historia).nar(ett_avslut("2019-02-28"), rattar=3).nekas(
        HandelsenLiggerEfterPlaceringen, falt="datum", sager="2019-02-28"
    )


def test_sista_dagen_rattas() -> None:
    givet(PLACERING, en_placering(), ett_avslut("2019-06-30")).nar(ett_avslut("2019-07-15"), rattar=2).sker()


def test_efter_ett_makulerat_avslut_kan_placeringen_fortsatta() -> None:
    historia = (en_placering(), ett_avslut("2019-06-30"), rattelse(2, en_makulering()))
    givet(PLACERING, *historia).nar(ett_nytt_pris("2019-08-01")).sker()


def test_borjan_kan_inte_makuleras_sa_lange_annat_star_kvar() -> None:
    givet(PLACERING, en_placering(), ett_nytt_pris(), ett_avslut()).nar(en_makulering(), rattar=1).nekas(
        PlaceringenSaknarBorjan, falt="rattar", sager="2 senare händelser"
    )


def test_borjan_kan_inte_makuleras_sa_lange_en_enda_handelse_star_kvar() -> None:
    for handelse in (ett_nytt_pris(), ett_avslut()):
        givet(PLACERING, en_placering(), handelse).nar(en_makulering(), rattar=1).nekas(
            PlaceringenSaknarBorjan, falt="rattar", sager="1 senare"
        )


def test_placeringens_forsta_och_sista_dag_hor_till_den() -> None:
    givet(PLACERING, en_placering("2019-02-01")).nar(ett_nytt_pris("2019-02-01")).sker()
    givet(PLACERING, en_placering("2019-02-01")).nar(
        ett_nytt_planerat_slut("2019-02-01", planerat_slut="2019-02-01")
    ).sker()
    givet(PLACERING, en_placering("2019-02-01"), ett_avslut("2019-06-01")).nar(ett_nytt_pris("2019-06-01")).sker()


def test_borjan_kan_makuleras_nar_allt_annat_ar_makulerat() -> None:
    historia = (en_placering(), ett_avslut(), rattelse(2, en_makulering()))
    givet(PLACERING, *historia).nar(en_makulering(), rattar=1).sker()


def test_i_en_makulerad_placering_kan_ingenting_handa() -> None:
    givet(PLACERING, en_placering(), rattelse(1, en_makulering())).nar(ett_nytt_pris()).nekas(
        StrommenSaknarBorjan, falt="typ"
    )


def test_en_makulerad_placering_kan_borja_om() -> None:
    givet(PLACERING, en_placering(), rattelse(1, en_makulering())).nar(en_placering("2019-02-01")).sker()


def test_en_makulerad_borjan_kan_inte_aterkomma_nar_placeringen_borjat_om() -> None:
    historia = (en_placering(), rattelse(1, en_makulering()), en_placering("2019-02-01"))
    givet(PLACERING, *historia).nar(en_makulering(), rattar=2).nekas(StrommenHarRedanBorjat, falt="typ")


def test_ett_makulerat_avslut_kan_inte_aterkomma_nar_placeringen_avslutats_pa_nytt() -> None:
    historia = (en_placering(), ett_avslut("2019-06-30"), rattelse(2, en_makulering()), ett_avslut("2019-07-31"))
    givet(PLACERING, *historia).nar(en_makulering(), rattar=3).nekas(
        PlaceringenArRedanAvslutad, falt="datum", sager="2019-07-31"
    )


def test_en_makulerad_handelse_kan_inte_aterkomma_vid_sidan_av_en_likadan() -> None:
    historia = (en_placering(), ett_overvagande(), rattelse(2, en_makulering()), ett_overvagande())
    givet(PLACERING, *historia).nar(en_makulering(), rattar=3).nekas(
        RattelsenGerEnDubblett, falt="rattar", sager="overvagande.gjort"
    )


def test_en_rattelse_kan_inte_gora_tva_overvaganden_till_ett_och_samma() -> None:
    historia = (en_placering(), ett_overvagande("2019-05-06"), ett_overvagande("2019-05-07"))
    givet(PLACERING, *historia).nar(ett_overvagande("2019-05-06"), rattar=3).nekas(
        RattelsenGerEnDubblett, falt="rattar", sager="2019-05-06"
    )
