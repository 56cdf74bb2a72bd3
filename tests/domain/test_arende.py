"""Decisions on a case: what is recorded, what is refused and what is already known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pydantic import ValidationError

from domain.arende.beslut import ARENDE
from domain.arende.handelser import ArendeAktualiserat, InsatsPausad
from domain.arende.nekanden import (
    AktualiseringenFinnsInte,
    AktualiseringensIdArUpptaget,
    AnsvaretArRedanOverlamnat,
    ArendetSaknarBorjan,
    AvvikelsensIdArUpptaget,
    BedomningenLiggerForeAktualiseringen,
    FodelsearEfterAktualiseringen,
    ForhandsbedomningenArRedanAvslutad,
    ForlangningenSlutarForeSinBorjan,
    HandelsenLiggerEfterUtredningen,
    HandelsenLiggerForeAktualiseringen,
    HandelsenLiggerForeUtredningen,
    UtredningenArRedanAvslutad,
    UtredningenFinnsInte,
    UtredningensIdArUpptaget,
)
from domain.arende.tillstand import Arende, senaste
from domain.fel import FramtidaDatum, StrommenHarRedanBorjat, StrommenSaknarBorjan, TypenHorInteHit
from domain.handelse import Handelse
from tests.domain.exempel import en_makulering, en_ny_malgrupp, ett_nytt_pris
from tests.domain.exempel_arende import (
    ANDRA_ANMALAN,
    ANNAN_UTREDNING,
    FORSTA_ANMALAN,
    FORUTSATTER_I_ARENDEN,
    UTREDNING,
    VANLIGA_I_ARENDEN,
    en_avslutad_utredning,
    en_avvikelse,
    en_forhandsbedomning,
    en_forlangning,
    en_ny_anmalan,
    en_ny_enhet,
    en_paus,
    en_problematik,
    en_samverkan,
    en_skyddsbedomning,
    en_status,
    en_utredning,
    ett_arende,
    ett_nytt_utredningslagrum,
    ett_overlamnande,
    ett_overtagande,
)
from tests.givet import givet, rattelse

INRE = [gor for typ, gor in VANLIGA_I_ARENDEN.items() if typ is not ArendeAktualiserat]
inre_handelser = pytest.mark.parametrize("handelse", [gor() for gor in INRE], ids=lambda h: h.typ)


def fore(handelse: Handelse) -> list[Handelse]:
    """Return a case in which the event can happen."""
    return [ett_arende(), *(gor() for gor in FORUTSATTER_I_ARENDEN.get(type(handelse), ()))]


# To begin


def test_ett_arende_aktualiseras() -> None:
    givet(ARENDE).nar(ett_arende()).sker()


def test_ett_arende_kan_aktualiseras_utan_att_identiteten_antecknas() -> None:
    givet(ARENDE).nar(ett_arende(person_id=None, fodelsear=None, avsandare=None)).sker()


def test_ett_arende_kan_galla_ett_vantat_barn_men_inte_langre_fram_an_sa() -> None:
    givet(ARENDE).nar(ett_arende("2019-12-30", fodelsear=2020)).sker()
    givet(ARENDE).nar(ett_arende("2019-12-30", fodelsear=2021)).nekas(
        FodelsearEfterAktualiseringen, falt="fodelsear", sager="2021"
    )


def test_samma_aktualisering_en_gang_till_ar_redan_kand() -> None:
    givet(ARENDE, ett_arende(), en_utredning()).nar(ett_arende()).ar_tyst()


def test_ett_arende_kan_inte_borja_tva_ganger() -> None:
    givet(ARENDE, ett_arende()).nar(ett_arende("2019-02-01")).nekas(StrommenHarRedanBorjat, falt="typ")


def test_ett_pris_hor_inte_till_ett_arende() -> None:
    givet(ARENDE, ett_arende()).nar(ett_nytt_pris()).nekas(TypenHorInteHit, falt="typ", sager="pris.andrat")


@inre_handelser
def test_det_som_hander_i_arendet_registreras(handelse: Handelse) -> None:
    givet(ARENDE, *fore(handelse)).nar(handelse).sker()


@inre_handelser
def test_samma_uppgift_samma_dag_ar_redan_kand(handelse: Handelse) -> None:
    givet(ARENDE, *fore(handelse), handelse).nar(handelse).ar_tyst()


@inre_handelser
def test_ingenting_kan_handa_i_ett_arende_som_inte_borjat(handelse: Handelse) -> None:
    givet(ARENDE).nar(handelse).nekas(StrommenSaknarBorjan, falt="typ", sager=handelse.typ)


@inre_handelser
def test_ingenting_i_arendet_kan_ha_hant_i_morgon(handelse: Handelse) -> None:
    givet(ARENDE, *fore(handelse)).nar(handelse, idag=date(2019, 1, 7)).nekas(FramtidaDatum, falt="datum")


def test_ingenting_kan_handa_fore_aktualiseringen() -> None:
    givet(ARENDE, ett_arende("2019-03-01")).nar(en_utredning("2019-02-28")).nekas(
        HandelsenLiggerForeAktualiseringen, falt="datum", sager="2019-02-28"
    )


def test_aktualiseringen_kan_inte_rattas_till_en_dag_efter_det_som_hant() -> None:
    givet(ARENDE, ett_arende(), en_samverkan("2019-02-20")).nar(ett_arende("2019-02-21"), rattar=1).nekas(
        HandelsenLiggerForeAktualiseringen, falt="datum", sager="2019-02-21"
    )
    givet(ARENDE, ett_arende(), en_samverkan("2019-02-20")).nar(ett_arende("2019-02-20"), rattar=1).sker()


def test_det_som_makulerats_kommer_inte_tillbaka_i_ett_arende_som_ocksa_makulerats() -> None:
    historia = (ett_arende(), en_forhandsbedomning(), rattelse(2, en_makulering()), rattelse(1, en_makulering()))
    givet(ARENDE, *historia).nar(en_makulering(), rattar=3).nekas(ArendetSaknarBorjan, falt="rattar")


def test_aktualiseringen_kan_inte_makuleras_medan_nagot_vilar_pa_den() -> None:
    givet(ARENDE, ett_arende(), en_samverkan()).nar(en_makulering(), rattar=1).nekas(
        ArendetSaknarBorjan, falt="rattar", sager="1 senare"
    )
    givet(ARENDE, ett_arende()).nar(en_makulering(), rattar=1).sker()


# More intakes, and the assessment of them


def test_tva_anmalningar_samma_dag_fran_samma_avsandare_ar_tva() -> None:
    historia = (ett_arende(), en_ny_anmalan("2019-01-10", aktualisering_id=FORSTA_ANMALAN))
    givet(ARENDE, *historia).nar(en_ny_anmalan("2019-01-10", aktualisering_id=ANDRA_ANMALAN)).sker()


def test_en_anmalan_raknas_en_gang() -> None:
    givet(ARENDE, ett_arende(aktualisering_id=FORSTA_ANMALAN)).nar(
        en_ny_anmalan(aktualisering_id=FORSTA_ANMALAN)
    ).nekas(AktualiseringensIdArUpptaget, falt="aktualiseringId", sager="2019-01-07")


@pytest.mark.parametrize("bedomning", [en_skyddsbedomning, en_forhandsbedomning])
def test_en_bedomning_galler_en_anmalan_som_finns(bedomning: Callable[..., Handelse]) -> None:
    historia = givet(ARENDE, ett_arende(aktualisering_id=FORSTA_ANMALAN), en_ny_anmalan("2019-01-10"))
    historia.nar(bedomning("2019-01-10", aktualisering_id=ANDRA_ANMALAN)).sker()
    historia.nar(bedomning("2019-01-09", aktualisering_id=ANDRA_ANMALAN)).nekas(
        BedomningenLiggerForeAktualiseringen, falt="datum", sager="2019-01-10"
    )
    historia.nar(bedomning("2019-01-10", aktualisering_id=UTREDNING)).nekas(
        AktualiseringenFinnsInte, falt="aktualiseringId", sager=UTREDNING
    )


def test_en_forhandsbedomning_avslutas_en_gang() -> None:
    givet(ARENDE, ett_arende(), en_forhandsbedomning("2019-01-15")).nar(en_forhandsbedomning("2019-01-16")).nekas(
        ForhandsbedomningenArRedanAvslutad, falt="datum", sager="2019-01-15"
    )


def test_en_forhandsbedomning_som_avslutas_dagen_da_anmalan_kom_ar_avslutad() -> None:
    samma_dag = (ett_arende("2019-01-07"), en_forhandsbedomning("2019-01-07", utfall="inleds"))
    givet(ARENDE, *samma_dag).nar(en_forhandsbedomning("2019-01-07", utfall="inledsInte")).nekas(
        ForhandsbedomningenArRedanAvslutad, falt="datum", sager="2019-01-07"
    )


def test_forhandsbedomningen_av_en_viss_anmalan_avslutas_en_gang() -> None:
    om_forsta = {"aktualisering_id": FORSTA_ANMALAN}
    historia = (ett_arende(aktualisering_id=FORSTA_ANMALAN), en_ny_anmalan("2019-01-10"))
    forsta_bedomd = givet(ARENDE, *historia, en_forhandsbedomning("2019-01-15", **om_forsta))
    forsta_bedomd.nar(en_forhandsbedomning("2019-01-18", **om_forsta)).nekas(
        ForhandsbedomningenArRedanAvslutad, falt="datum", sager="2019-01-15"
    )
    forsta_bedomd.nar(en_forhandsbedomning("2019-01-12", **om_forsta)).nekas(
        ForhandsbedomningenArRedanAvslutad, falt="datum", sager="2019-01-15"
    )
    forsta_bedomd.nar(en_forhandsbedomning("2019-01-18")).sker()


def test_en_ny_anmalan_forhandsbedoms_for_sig() -> None:
    historia = (ett_arende(), en_forhandsbedomning("2019-01-15"), en_ny_anmalan("2019-04-01"))
    givet(ARENDE, *historia).nar(en_forhandsbedomning("2019-04-10")).sker()


# Investigations


@pytest.mark.parametrize("handelse", [en_forlangning(), ett_nytt_utredningslagrum(), en_avslutad_utredning()])
def test_en_utredning_maste_ha_paborjats(handelse: Handelse) -> None:
    givet(ARENDE, ett_arende(), en_utredning(utredning_id=ANNAN_UTREDNING)).nar(handelse).nekas(
        UtredningenFinnsInte, falt="utredningId", sager=UTREDNING
    )
    givet(ARENDE, ett_arende(), en_utredning("2019-05-18")).nar(handelse).nekas(
        HandelsenLiggerForeUtredningen, falt="datum", sager="2019-05-18"
    )


@pytest.mark.parametrize("handelse", [en_forlangning(), ett_nytt_utredningslagrum()])
def test_ingenting_hander_i_en_utredning_som_ar_avslutad(handelse: Handelse) -> None:
    givet(ARENDE, ett_arende(), en_utredning(), en_avslutad_utredning("2019-02-01")).nar(handelse).nekas(
        HandelsenLiggerEfterUtredningen, falt="datum", sager="2019-02-01"
    )
    givet(ARENDE, ett_arende(), en_utredning(), en_avslutad_utredning()).nar(handelse).sker()


def test_en_utredning_kan_forlangas_dagen_da_den_avslutas() -> None:
    givet(ARENDE, ett_arende(), en_utredning(), en_avslutad_utredning("2019-05-17")).nar(
        en_forlangning("2019-05-17")
    ).sker()


def test_en_utredning_avslutas_en_gang() -> None:
    givet(ARENDE, ett_arende(), en_utredning(), en_avslutad_utredning("2019-05-17")).nar(
        en_avslutad_utredning("2019-05-20")
    ).nekas(UtredningenArRedanAvslutad, falt="datum", sager="2019-05-17")


def test_varje_utredning_har_sitt_eget_id() -> None:
    givet(ARENDE, ett_arende(), en_utredning("2019-01-18")).nar(en_utredning("2019-02-01")).nekas(
        UtredningensIdArUpptaget, falt="utredningId", sager="2019-01-18"
    )
    givet(ARENDE, ett_arende(), en_utredning()).nar(en_utredning(utredning_id=ANNAN_UTREDNING)).sker()


def test_en_utredning_forlangs_framat() -> None:
    givet(ARENDE, ett_arende(), en_utredning()).nar(en_forlangning("2019-05-15", till="2019-05-14")).nekas(
        ForlangningenSlutarForeSinBorjan, falt="till", sager="2019-05-14"
    )
    givet(ARENDE, ett_arende(), en_utredning()).nar(en_forlangning("2019-05-15", till="2019-05-15")).sker()


# What holds in the case


def test_det_som_galler_kan_andras_igen_samma_dag() -> None:
    givet(ARENDE, ett_arende(), en_ny_malgrupp(malgrupp="vuxna")).nar(en_ny_malgrupp(malgrupp="barn")).sker()
    givet(ARENDE, ett_arende(), en_ny_enhet()).nar(en_ny_enhet(enhet="Vuxenenheten")).sker()
    givet(ARENDE, ett_arende(), en_status()).nar(en_status(status="kommunplacerad")).sker()
    givet(ARENDE, ett_arende(), en_problematik()).nar(en_problematik("2019-02-15", "alkohol")).sker()


def test_samma_uppgift_ar_redan_kand_aven_om_annat_andrats_samma_dag() -> None:
    givet(ARENDE, ett_arende(), en_ny_malgrupp("2019-03-01"), en_ny_enhet("2019-03-01")).nar(
        en_ny_malgrupp("2019-03-01")
    ).ar_tyst()


def test_en_problematik_anges_en_gang() -> None:
    with pytest.raises(ValidationError, match="en gång"):
        en_problematik("2019-02-15", "alkohol", "alkohol")


def test_ansvaret_overlamnas_en_gang_tills_det_overtas_igen() -> None:
    overlamnat = (ett_arende(), ett_overlamnande("2019-03-01", orsak="migrationsverket", till="migrationsverket"))
    givet(ARENDE, *overlamnat).nar(ett_overlamnande("2019-10-01")).nekas(
        AnsvaretArRedanOverlamnat, falt="datum", sager="2019-03-01"
    )
    givet(ARENDE, *overlamnat, ett_overtagande("2019-05-01")).nar(ett_overlamnande("2019-10-01")).sker()


def test_varje_avvikelse_har_sitt_eget_id() -> None:
    givet(ARENDE, ett_arende(), en_avvikelse()).nar(en_avvikelse(slag="klagomal")).nekas(
        AvvikelsensIdArUpptaget, falt="avvikelseId", sager="2019-04-04"
    )


def test_det_senaste_ar_det_som_har_senast_dag_i_vilken_ordning_det_an_star() -> None:
    oktober, juli = en_paus("2019-10-01"), en_paus("2019-07-01")
    for inre in ((oktober, juli), (juli, oktober)):
        assert senaste(Arende(inre=inre), (InsatsPausad,), date(2019, 12, 1)) is oktober
        assert senaste(Arende(inre=inre), (InsatsPausad,), date(2019, 9, 30)) is juli
