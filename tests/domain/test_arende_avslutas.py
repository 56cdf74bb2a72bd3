"""Decisions to close a case and to reopen it, and what may happen in one that is closed."""

from __future__ import annotations

import pytest

from domain.arende.beslut import ARENDE
from domain.arende.nekanden import (
    ArendetArAvslutat,
    ArendetArInteAvslutat,
    ArendetArRedanAvslutat,
    ArendetHarOppenUtredning,
)
from domain.handelse import Handelse
from tests.domain.exempel_arende import (
    ANNAN_UTREDNING,
    UTREDNING,
    en_avslutad_insats,
    en_avslutad_utredning,
    en_avvikelse,
    en_insats,
    en_insatsuppfoljning,
    en_samverkan,
    en_utredning,
    ett_arende,
    ett_ateroppnat_arende,
    ett_avgorande,
    ett_avslutat_arende,
    ett_beslut,
    ett_overklagande,
)
from tests.givet import givet, rattelse

AVSLUTAT = (ett_arende(), en_utredning(), en_avslutad_utredning(), ett_avslutat_arende("2019-06-30"))


def test_ett_arende_med_oppen_utredning_avslutas_inte() -> None:
    givet(ARENDE, ett_arende(), en_utredning()).nar(ett_avslutat_arende()).nekas(
        ArendetHarOppenUtredning, falt="datum", sager=UTREDNING
    )
    givet(ARENDE, ett_arende(), en_utredning(), en_avslutad_utredning("2019-05-17")).nar(
        ett_avslutat_arende("2019-05-16")
    ).nekas(ArendetHarOppenUtredning, falt="datum", sager="2019-05-16")
    givet(ARENDE, ett_arende(), en_utredning(), en_avslutad_utredning("2019-05-17")).nar(
        ett_avslutat_arende("2019-05-17")
    ).sker()


def test_en_utredning_ar_oppen_fran_sin_forsta_dag() -> None:
    givet(ARENDE, ett_arende(), en_utredning("2019-01-18")).nar(ett_avslutat_arende("2019-01-18")).nekas(
        ArendetHarOppenUtredning, falt="datum", sager=UTREDNING
    )


def test_ett_arende_avslutas_inte_tva_ganger() -> None:
    givet(ARENDE, *AVSLUTAT).nar(ett_avslutat_arende("2019-12-15")).nekas(
        ArendetArRedanAvslutat, falt="datum", sager="2019-06-30"
    )


def test_ett_arende_avslutas_inte_fore_det_som_redan_hant_i_det() -> None:
    givet(ARENDE, ett_arende(), en_samverkan("2019-02-20")).nar(ett_avslutat_arende("2019-02-19")).nekas(
        ArendetArAvslutat, falt="datum", sager="samverkan.genomford"
    )


def test_ingenting_hander_i_ett_avslutat_arende_forran_det_ateroppnas() -> None:
    givet(ARENDE, *AVSLUTAT).nar(en_samverkan("2019-07-01")).nekas(ArendetArAvslutat, falt="datum", sager="2019-06-30")
    givet(ARENDE, *AVSLUTAT, ett_ateroppnat_arende("2019-07-01")).nar(en_samverkan("2019-07-01")).sker()
    givet(ARENDE, *AVSLUTAT).nar(en_samverkan("2019-06-30")).sker()


def test_att_nagot_far_ske_i_ett_avslutat_arende_gor_det_inte_oppet() -> None:
    givet(ARENDE, *AVSLUTAT, en_avvikelse("2019-07-01")).nar(en_samverkan("2019-07-02")).nekas(
        ArendetArAvslutat, falt="datum", sager="2019-06-30"
    )


def test_en_utredning_i_ett_avslutat_arende_far_registreras_sent() -> None:
    sen = givet(ARENDE, *AVSLUTAT, en_utredning("2019-02-01", utredning_id=ANNAN_UTREDNING))
    sen.nar(en_avslutad_utredning("2019-04-01", utredning_id=ANNAN_UTREDNING)).sker()


@pytest.mark.parametrize(
    "handelse", [ett_overklagande("2019-07-01"), en_avvikelse("2019-07-01"), en_insatsuppfoljning("2019-07-01")]
)
def test_ett_overklagande_och_det_som_ser_tillbaka_far_ske_i_ett_avslutat_arende(handelse: Handelse) -> None:
    historia = (ett_arende(), ett_beslut(), en_insats(), en_avslutad_insats("2019-06-20"))
    givet(ARENDE, *historia, ett_avslutat_arende("2019-06-30")).nar(handelse).sker()


def test_ett_overklagande_avgors_aven_efter_att_arendet_avslutats() -> None:
    historia = (ett_arende(), ett_beslut(), ett_overklagande(), ett_avslutat_arende("2019-06-30"))
    givet(ARENDE, *historia).nar(ett_avgorande("2019-09-16")).sker()


def test_bara_ett_avslutat_arende_ateroppnas() -> None:
    givet(ARENDE, ett_arende()).nar(ett_ateroppnat_arende()).nekas(
        ArendetArInteAvslutat, falt="datum", sager="2020-01-20"
    )
    givet(ARENDE, ett_arende(), en_samverkan("2020-01-20")).nar(ett_ateroppnat_arende("2020-01-20")).nekas(
        ArendetArInteAvslutat, falt="datum"
    )
    igen = givet(ARENDE, *AVSLUTAT, ett_ateroppnat_arende("2019-07-01"))
    igen.nar(ett_ateroppnat_arende("2019-07-02")).nekas(ArendetArInteAvslutat, falt="datum", sager="2019-07-02")
    igen.nar(ett_ateroppnat_arende("2019-07-01")).ar_tyst()


def test_ett_arende_kan_avslutas_och_ateroppnas_samma_dag() -> None:
    givet(ARENDE, *AVSLUTAT, ett_ateroppnat_arende("2019-06-30")).nar(en_samverkan("2019-07-01")).sker()
    givet(ARENDE, *AVSLUTAT, ett_ateroppnat_arende("2019-06-30")).nar(ett_avslutat_arende("2019-06-30")).sker()


def test_ett_avslut_och_ett_ateroppnande_far_registreras_sent_mitt_i_ett_arende() -> None:
    nu = (ett_arende(), en_samverkan("2019-09-01"))
    givet(ARENDE, *nu).nar(ett_avslutat_arende("2019-03-01")).nekas(ArendetArAvslutat, falt="datum", sager="Återöppna")
    givet(ARENDE, *nu, ett_ateroppnat_arende("2019-08-01")).nar(ett_avslutat_arende("2019-03-01")).sker()


def test_en_felaktig_avslutsdag_rattas() -> None:
    givet(ARENDE, *AVSLUTAT).nar(ett_avslutat_arende("2019-05-31"), rattar=4).sker()
    givet(ARENDE, *AVSLUTAT).nar(ett_avslutat_arende("2019-05-01"), rattar=4).nekas(
        ArendetHarOppenUtredning, falt="datum", sager="2019-05-01"
    )


def test_ett_avslut_som_rattats_galler_med_sin_nya_dag() -> None:
    historia = (*AVSLUTAT, rattelse(4, ett_avslutat_arende("2019-07-31")))
    givet(ARENDE, *historia).nar(en_samverkan("2019-07-15")).sker()
    givet(ARENDE, *historia).nar(en_samverkan("2019-08-01")).nekas(ArendetArAvslutat, falt="datum", sager="2019-07-31")
