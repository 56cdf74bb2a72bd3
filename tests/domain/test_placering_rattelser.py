"""Corrections in a placement: what is replaced, what is annulled, and what cannot come back."""

from __future__ import annotations

from datetime import date

from domain.fel import (
    FramtidaDatum,
    HandelsenArRedanRattad,
    MakuleringUtanMal,
    RattelsenByterTyp,
    RattelsenGerEnDubblett,
    RattelsenHarIngetMal,
    StrommenHarRedanBorjat,
    StrommenSaknarBorjan,
)
from domain.placering.beslut import (
    PLACERING,
    HandelsenLiggerEfterPlaceringen,
    HandelsenLiggerForePlaceringen,
    InsatsformenSaknarVardygn,
    PlaceringenArRedanAvslutad,
    PlaceringenSaknarBorjan,
    PlaceringenSlutarForeSinBorjan,
)
from tests.domain.exempel import (
    en_makulering,
    en_placering,
    ett_avslut,
    ett_nytt_lagrum,
    ett_nytt_planerat_slut,
    ett_nytt_pris,
    ett_overvagande,
)
from tests.givet import givet, rattelse

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
