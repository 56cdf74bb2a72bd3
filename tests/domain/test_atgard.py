"""Decisions on an åtgärd: what is recorded, what is refused and what is already known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.atgard.beslut import (
    ATGARD,
    AtgardenArRedanAvslutad,
    AtgardenArRedanPaborjad,
    AtgardenArRedanPermanentad,
    AtgardenHarIntePaborjats,
    AtgardenPaborjadesSenare,
    AtgardenSaknarBorjan,
    DeluppdragetArRedanAvslutat,
    DeluppdragetFinnsRedan,
    DeluppdragetSaknas,
    HandelsenLiggerEfterAtgardensSlut,
    HandelsenLiggerForeAtgarden,
)
from domain.fel import DatumArInteVerkansdag, FramtidaDatum, StrommenHarRedanBorjat, StrommenSaknarBorjan
from domain.handelse import Handelse
from tests.domain.exempel import en_makulering
from tests.domain.exempel_atgard import (
    ETT_DELUPPDRAG_ID,
    FORUTSATTER,
    VANLIGA,
    en_avbruten_atgard,
    en_beslutad_atgard,
    en_fardiggrad,
    en_identifierad_atgard,
    en_kommentar,
    en_paborjad_atgard,
    en_permanentad_atgard,
    en_slutford_atgard,
    en_uppnadd_effekt,
    ett_avslutat_deluppdrag,
    ett_bedomt_arende,
    ett_deluppdrag,
    ett_hypotetiskt_slut,
)
from tests.givet import Given, givet

ANNAN_PLACERING = "88888888-8888-4888-8888-888888888888"
SENARE: list[Handelse] = [gor() for gor in VANLIGA.values() if gor is not en_identifierad_atgard]
senare_handelser = pytest.mark.parametrize("handelse", SENARE, ids=lambda h: h.typ)


def pagaende(*mer: Any) -> Given:
    """Return an åtgärd that is decided on and has begun, and what more is said to have happened."""
    return givet(ATGARD, en_identifierad_atgard(), en_beslutad_atgard(), en_paborjad_atgard(), *mer)


def bedomd(*mer: Any, **andra: Any) -> Any:
    """Return a judgement that states its days itself."""
    return ett_bedomt_arende(**{"forkortade_dygn": 30, "faktiskt_slut": None, **andra})


def med_forutsattningar(handelse: Handelse) -> list[Handelse]:
    return [en_identifierad_atgard(), *(gor() for gor in FORUTSATTER.get(type(handelse), ()))]


# Every event


def test_en_atgard_identifieras() -> None:
    givet(ATGARD).nar(en_identifierad_atgard()).sker()


def test_samma_identifiering_en_gang_till_ar_redan_kand() -> None:
    pagaende().nar(en_identifierad_atgard()).ar_tyst()


def test_en_atgard_identifieras_bara_en_gang() -> None:
    pagaende().nar(en_identifierad_atgard(namn="Hemtagning")).nekas(StrommenHarRedanBorjat, falt="typ")


@senare_handelser
def test_det_som_hander_i_en_atgard_registreras(handelse: Handelse) -> None:
    givet(ATGARD, *med_forutsattningar(handelse)).nar(handelse).sker()


@senare_handelser
def test_samma_uppgift_en_gang_till_ar_redan_kand(handelse: Handelse) -> None:
    givet(ATGARD, *med_forutsattningar(handelse), handelse).nar(handelse).ar_tyst()


@senare_handelser
def test_ingenting_hander_i_en_atgard_som_inte_ar_identifierad(handelse: Handelse) -> None:
    givet(ATGARD).nar(handelse).nekas(StrommenSaknarBorjan, falt="typ", sager=handelse.typ)


@senare_handelser
def test_ingenting_hander_fore_dagen_da_atgarden_identifierades(handelse: Handelse) -> None:
    givet(ATGARD, en_identifierad_atgard("2020-01-01")).nar(handelse).nekas(
        HandelsenLiggerForeAtgarden, falt="datum", sager=str(handelse.datum)
    )


@senare_handelser
def test_ingenting_i_en_atgard_kan_ha_hant_i_morgon(handelse: Handelse) -> None:
    givet(ATGARD, en_identifierad_atgard()).nar(handelse, idag=date(2019, 1, 15)).nekas(FramtidaDatum, falt="datum")


@senare_handelser
def test_identifieringen_kan_inte_makuleras_sa_lange_nagot_annat_star_kvar(handelse: Handelse) -> None:
    givet(ATGARD, *med_forutsattningar(handelse), handelse).nar(en_makulering(), rattar=1).nekas(
        AtgardenSaknarBorjan, falt="rattar"
    )


def test_en_atgard_kan_borja_och_ta_slut_samma_dag() -> None:
    samma_dag = (
        en_identifierad_atgard("2019-01-16"),
        en_beslutad_atgard("2019-01-16"),
        en_paborjad_atgard("2019-01-16"),
    )
    givet(ATGARD, *samma_dag).nar(en_slutford_atgard("2019-01-16")).sker()


def test_samma_uppgift_ar_redan_kand_aven_nar_annat_sagts_samma_dag() -> None:
    pagaende(en_fardiggrad("2019-05-02"), en_kommentar("2019-05-02")).nar(en_fardiggrad("2019-05-02")).ar_tyst()
    annat_fall = ett_hypotetiskt_slut(placering_id=ANNAN_PLACERING)
    pagaende(ett_hypotetiskt_slut(), annat_fall).nar(ett_hypotetiskt_slut()).ar_tyst()


def test_en_atgard_som_ingenting_hant_i_kan_makuleras() -> None:
    givet(ATGARD, en_identifierad_atgard()).nar(en_makulering(), rattar=1).sker()


# The decision


def test_ett_senare_beslut_laggs_till_det_forsta() -> None:
    pagaende().nar(en_beslutad_atgard("2019-05-22", diarienummer=["Sov 90/2019"])).sker()


def test_beslutet_galler_fran_sitt_senaste_beslutsdatum() -> None:
    givet(ATGARD, en_identifierad_atgard()).nar(
        en_beslutad_atgard("2019-01-16", beslutsdatum=["2019-01-16", "2018-12-12"])
    ).sker()
    givet(ATGARD, en_identifierad_atgard()).nar(
        en_beslutad_atgard("2019-01-16", beslutsdatum=["2018-12-12", "2019-01-17"])
    ).nekas(DatumArInteVerkansdag, falt="datum", sager="beslutsdatum (2019-01-17)")


def test_arbetet_far_paborjas_innan_nagon_beslutat_om_det() -> None:
    givet(ATGARD, en_identifierad_atgard()).nar(en_paborjad_atgard()).sker()


# Begun, permanent, completed, given up


def test_en_atgard_paborjas_bara_en_gang() -> None:
    pagaende().nar(en_paborjad_atgard("2019-03-01")).nekas(AtgardenArRedanPaborjad, falt="datum", sager="2019-02-01")


def test_en_atgard_permanentas_bara_en_gang() -> None:
    pagaende(en_permanentad_atgard()).nar(en_permanentad_atgard("2019-10-02")).nekas(
        AtgardenArRedanPermanentad, falt="datum", sager="2019-10-01"
    )


def test_bara_en_paborjad_atgard_blir_permanent() -> None:
    givet(ATGARD, en_identifierad_atgard(), en_beslutad_atgard()).nar(en_permanentad_atgard()).nekas(
        AtgardenHarIntePaborjats, falt="typ", sager="atgard.permanentad"
    )
    pagaende().nar(en_permanentad_atgard("2019-01-31")).nekas(AtgardenPaborjadesSenare, falt="datum")


def test_bara_en_paborjad_atgard_blir_slutford() -> None:
    givet(ATGARD, en_identifierad_atgard(), en_beslutad_atgard()).nar(en_slutford_atgard()).nekas(
        AtgardenHarIntePaborjats, falt="typ", sager="atgard.slutford"
    )
    pagaende().nar(en_slutford_atgard("2019-01-31")).nekas(AtgardenPaborjadesSenare, falt="datum", sager="2019-02-01")


def test_en_atgard_som_aldrig_paborjats_kan_avbrytas() -> None:
    givet(ATGARD, en_identifierad_atgard()).nar(en_avbruten_atgard()).sker()


@pytest.mark.parametrize("slut", [en_slutford_atgard(), en_avbruten_atgard()], ids=lambda h: h.typ)
def test_en_atgard_tar_slut_bara_en_gang(slut: Handelse) -> None:
    for annat in (en_slutford_atgard("2019-12-30"), en_avbruten_atgard("2019-12-30")):
        pagaende(slut).nar(annat).nekas(AtgardenArRedanAvslutad, falt="datum", sager=slut.typ)


@pytest.mark.parametrize("slut", [en_slutford_atgard("2019-03-01"), en_avbruten_atgard("2019-03-01")])
def test_inget_mer_arbete_beslutas_eller_gors_nar_atgarden_tagit_slut(slut: Handelse) -> None:
    efter = [
        en_beslutad_atgard("2019-03-02"),
        en_permanentad_atgard("2019-03-02"),
        en_fardiggrad("2019-03-02"),
        ett_deluppdrag("2019-03-02"),
    ]
    for handelse in efter:
        pagaende(slut).nar(handelse).nekas(
            HandelsenLiggerEfterAtgardensSlut, falt="datum", sager=f"{handelse.typ} den 2019-03-02"
        )


def test_en_atgard_kan_inte_ta_slut_fore_arbete_som_redan_gjorts() -> None:
    pagaende(en_fardiggrad("2019-05-02")).nar(en_slutford_atgard("2019-05-01")).nekas(
        HandelsenLiggerEfterAtgardensSlut, falt="datum", sager="fardiggrad.satt"
    )


def test_det_som_gjordes_innan_atgarden_tog_slut_far_registreras_sent() -> None:
    pagaende(en_slutford_atgard()).nar(en_fardiggrad("2019-12-20", 100)).sker()
    pagaende(en_slutford_atgard()).nar(ett_deluppdrag()).sker()


def test_en_atgard_som_tagit_slut_far_kommenteras_och_foljas_upp() -> None:
    slutford = (en_slutford_atgard("2019-03-01"), ett_hypotetiskt_slut())
    pagaende(*slutford).nar(en_kommentar()).sker()
    pagaende(*slutford).nar(ett_bedomt_arende()).sker()
    pagaende(*slutford).nar(en_uppnadd_effekt()).sker()


# Degree of completion and parts of the work


@pytest.mark.parametrize("procent", [-1, 101])
def test_fardiggraden_ar_noll_till_hundra_procent(procent: int) -> None:
    with pytest.raises(ValidationError, match="procent"):
        en_fardiggrad(procent=procent)
    pagaende().nar(en_fardiggrad(procent=0)).sker()
    pagaende().nar(en_fardiggrad(procent=100)).sker()


def test_fardiggraden_kan_andras_igen_samma_dag() -> None:
    pagaende(en_fardiggrad(procent=40)).nar(en_fardiggrad(procent=45)).sker()


def test_ett_deluppdrag_laggs_till_bara_en_gang() -> None:
    pagaende(ett_deluppdrag()).nar(ett_deluppdrag("2019-02-12")).nekas(
        DeluppdragetFinnsRedan, falt="deluppdragId", sager=ETT_DELUPPDRAG_ID
    )


def test_ett_deluppdrag_avslutas_bara_en_gang() -> None:
    pagaende(ett_deluppdrag(), ett_avslutat_deluppdrag()).nar(ett_avslutat_deluppdrag("2019-03-16")).nekas(
        DeluppdragetArRedanAvslutat, falt="deluppdragId", sager="2019-03-15"
    )


def test_bara_ett_deluppdrag_som_finns_kan_avslutas() -> None:
    pagaende().nar(ett_avslutat_deluppdrag()).nekas(DeluppdragetSaknas, falt="deluppdragId", sager=ETT_DELUPPDRAG_ID)
    pagaende(ett_deluppdrag()).nar(ett_avslutat_deluppdrag("2019-02-10")).nekas(
        DeluppdragetSaknas, falt="deluppdragId", sager="2019-02-10"
    )


def test_ett_avslutat_deluppdrag_kan_inte_forlora_sin_borjan() -> None:
    pagaende(ett_deluppdrag(), ett_avslutat_deluppdrag()).nar(en_makulering(), rattar=4).nekas(
        DeluppdragetSaknas, falt="deluppdragId"
    )
