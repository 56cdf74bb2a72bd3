"""The effects of an åtgärd: what may be expected of it, what it has achieved, and the cases that are judged."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.atgard.beslut import (
    ATGARD,
    ArendetArRedanBedomt,
    AtgardenHarIntePaborjats,
    AtgardenPaborjadesSenare,
    BedomningenLiggerEfterAvbrottet,
    EffektenLiggerEfterAvbrottet,
    EffektenLiggerForeBeslutet,
    EffektenSaknarBeslut,
    EffektperiodenHarInteTagitSlut,
    EffektperiodernaOverlappar,
    ForvantanLiggerEfterAvbrottet,
    HypotetisktSlutSaknas,
)
from domain.handelse import Handelse
from tests.domain.exempel import en_makulering
from tests.domain.exempel_atgard import (
    EN_PLACERING,
    ETT_ARENDE,
    en_alternativkostnad,
    en_avbruten_atgard,
    en_beraknad_effekt,
    en_beslutad_atgard,
    en_budgeterad_effekt,
    en_identifierad_atgard,
    en_paborjad_atgard,
    en_uppnadd_effekt,
    ett_bedomt_arende,
    ett_hypotetiskt_slut,
)
from tests.domain.test_atgard import ANNAN_PLACERING, bedomd, pagaende
from tests.givet import givet, rattelse

# Expected effect


def test_den_vantade_effekten_kan_anges_igen() -> None:
    pagaende(en_beraknad_effekt()).nar(en_beraknad_effekt("2019-08-31", prognos_under_aret="500000.00")).sker()
    pagaende(en_beraknad_effekt()).nar(en_beraknad_effekt(prognos_under_aret="500000.00")).sker()
    pagaende(en_beraknad_effekt()).nar(en_beraknad_effekt(ar=2020)).sker()


def test_budgeten_kan_rakna_med_en_effekt_innan_atgarden_ar_beslutad() -> None:
    givet(ATGARD, en_identifierad_atgard()).nar(en_budgeterad_effekt()).sker()


def test_den_vantade_effekten_anges_for_aret_eller_totalt() -> None:
    with pytest.raises(ValidationError, match="beraknadTotal"):
        en_beraknad_effekt(prognos_under_aret=None)
    pagaende().nar(en_beraknad_effekt(prognos_under_aret=None, beraknad_total="9.00")).sker()


@pytest.mark.parametrize(
    "efter",
    [
        en_budgeterad_effekt("2019-11-16", ar=2020),
        en_beraknad_effekt("2019-11-16", ar=2020),
        en_beraknad_effekt("2019-11-16", ar=2020, prognos_under_aret="0.00", beraknad_total="1.00"),
    ],
)
def test_av_en_avbruten_atgard_vantas_ingenting_mer(efter: Handelse) -> None:
    pagaende(en_avbruten_atgard()).nar(efter).nekas(ForvantanLiggerEfterAvbrottet, falt="ar", sager="2020")


def test_en_vantan_kan_tas_tillbaka_efter_avbrottet() -> None:
    pagaende(en_avbruten_atgard()).nar(en_beraknad_effekt("2019-11-16", ar=2020, prognos_under_aret="0.00")).sker()
    pagaende(en_avbruten_atgard()).nar(en_beraknad_effekt("2019-11-16", ar=2019)).sker()


def test_det_som_vantades_fore_avbrottet_star_kvar() -> None:
    pagaende(en_budgeterad_effekt("2019-11-01", ar=2020)).nar(en_avbruten_atgard()).sker()
    pagaende(en_budgeterad_effekt("2019-11-15", ar=2020)).nar(en_avbruten_atgard("2019-11-15")).sker()


# Achieved effect and alternative cost

EFFEKTER: list[Any] = [en_uppnadd_effekt, en_alternativkostnad]
effekter = pytest.mark.parametrize("effekt", EFFEKTER, ids=lambda gor: gor.__name__)


@effekter
def test_en_effekt_kan_vara_negativ_nar_atgarden_kostade_mer_an_den_gav(effekt: Any) -> None:
    andra = {"belopp": "-1.00"} if effekt is en_uppnadd_effekt else {"egen_kostnad": "999999.00"}
    pagaende().nar(effekt(**andra)).sker()


@effekter
def test_en_atgard_utan_beslut_har_ingen_effekt(effekt: Any) -> None:
    givet(ATGARD, en_identifierad_atgard(), en_paborjad_atgard()).nar(effekt()).nekas(
        EffektenSaknarBeslut, falt="typ", sager=effekt().typ
    )


@effekter
def test_ingen_effekt_fore_beslutet(effekt: Any) -> None:
    pagaende().nar(effekt(fran="2019-01-15")).nekas(EffektenLiggerForeBeslutet, falt="fran", sager="2019-01-16")
    pagaende().nar(effekt(fran="2019-01-16")).sker()


@effekter
def test_beslutet_kan_inte_makuleras_nar_en_effekt_bygger_pa_det(effekt: Any) -> None:
    pagaende(effekt()).nar(en_makulering(), rattar=2).nekas(EffektenSaknarBeslut, falt="typ")


@effekter
def test_en_effekt_avser_dagar_som_passerat(effekt: Any) -> None:
    pagaende().nar(effekt("2019-08-31", fran="2019-05-01", till="2019-09-01")).sker()
    pagaende().nar(effekt("2019-08-31", fran="2019-05-01", till="2019-09-02")).nekas(
        EffektperiodenHarInteTagitSlut, falt="till", sager="2019-09-01"
    )


@effekter
@pytest.mark.parametrize("till", ["2019-05-01", "2019-04-30"])
def test_en_effektperiod_ar_inte_bakvand(effekt: Any, till: str) -> None:
    with pytest.raises(ValidationError, match="första dagen efter perioden"):
        effekt(fran="2019-05-01", till=till)


@effekter
def test_samma_dagar_raknas_inte_tva_ganger(effekt: Any) -> None:
    forsta = effekt("2019-05-02", fran="2019-02-01", till="2019-05-01")
    pagaende(forsta).nar(effekt("2019-09-02", fran="2019-04-30", till="2019-09-01")).nekas(
        EffektperiodernaOverlappar, falt="fran", sager="2019-02-01–2019-04-30"
    )
    pagaende(forsta).nar(effekt("2019-09-02", fran="2019-05-01", till="2019-09-01")).sker()


def test_samma_dagar_kan_ha_effekt_enligt_olika_metoder_och_pa_olika_enheter() -> None:
    pagaende(en_uppnadd_effekt()).nar(en_uppnadd_effekt(metod="hypotetisk")).sker()
    pagaende(en_alternativkostnad()).nar(en_alternativkostnad(enhet="Hjorten")).sker()


@effekter
def test_en_avbruten_atgard_har_ingen_effekt_fran_den_dagen(effekt: Any) -> None:
    avbruten = en_avbruten_atgard("2019-08-15")
    pagaende(avbruten).nar(effekt("2019-09-02", fran="2019-08-01", till="2019-08-16")).nekas(
        EffektenLiggerEfterAvbrottet, falt="till", sager="2019-08-15"
    )
    pagaende(avbruten).nar(effekt("2019-09-02", fran="2019-08-01", till="2019-08-21")).nekas(
        EffektenLiggerEfterAvbrottet, falt="till", sager="2019-08-20"
    )
    pagaende(avbruten).nar(effekt("2019-09-02", fran="2019-08-01", till="2019-08-15")).sker()


# Judged cases


def test_ett_arende_bedoms_inte_fore_atgardens_borjan() -> None:
    givet(ATGARD, en_identifierad_atgard(), en_beslutad_atgard()).nar(bedomd()).nekas(
        AtgardenHarIntePaborjats, falt="typ", sager="arende.bedomt"
    )
    pagaende().nar(bedomd(datum="2019-01-31")).nekas(AtgardenPaborjadesSenare, falt="datum", sager="2019-01-31")


def test_paborjandet_kan_inte_makuleras_nar_ett_arende_ar_bedomt() -> None:
    pagaende(bedomd()).nar(en_makulering(), rattar=3).nekas(AtgardenHarIntePaborjats, falt="typ")


@pytest.mark.parametrize(
    ("tidigare", "ny"),
    [
        ({}, {"effektklass": "liten"}),
        ({"arende_id": ETT_ARENDE}, {"effektklass": "liten"}),
        ({"arende_id": ETT_ARENDE}, {"placering_id": None, "arende_id": ETT_ARENDE}),
    ],
)
def test_ett_fall_bedoms_bara_en_gang(tidigare: dict[str, Any], ny: dict[str, Any]) -> None:
    pagaende(bedomd(**tidigare)).nar(bedomd(**ny)).nekas(ArendetArRedanBedomt, falt="placeringId", sager="2019-06-14")


@pytest.mark.parametrize(
    "annat",
    [
        {"placering_id": ANNAN_PLACERING},
        {"placering_id": ANNAN_PLACERING, "arende_id": ETT_ARENDE},
        {"placering_id": None, "arende_id": ETT_ARENDE},
    ],
)
def test_ett_annat_fall_far_ocksa_bedomas(annat: dict[str, Any]) -> None:
    pagaende(bedomd()).nar(bedomd(**annat)).sker()


def test_ett_arende_utan_placering_ar_ett_annat_fall_an_ett_annat_arende() -> None:
    forsta = bedomd(placering_id=None, arende_id=ETT_ARENDE)
    pagaende(forsta).nar(bedomd(placering_id=None, arende_id=ANNAN_PLACERING)).sker()


def test_en_felaktig_bedomning_rattas() -> None:
    pagaende(bedomd()).nar(bedomd(effektklass="liten"), rattar=4).sker()
    pagaende(bedomd(), rattelse(4, bedomd(effektklass="liten"))).nar(bedomd(effektklass="ingen"), rattar=5).sker()


def test_en_bedomning_sager_vilket_fall_den_galler() -> None:
    with pytest.raises(ValidationError, match="placeringId eller arendeId"):
        bedomd(placering_id=None)


def test_en_bedomning_sager_dygnen_eller_slutdagen() -> None:
    with pytest.raises(ValidationError, match="forkortadeDygn eller faktisktSlut"):
        bedomd(forkortade_dygn=None)


def test_varden_kan_ha_blivit_langre() -> None:
    pagaende().nar(bedomd(forkortade_dygn=-14)).sker()


def test_dygn_som_inte_anges_kraver_ett_hypotetiskt_slut_kant_den_dagen() -> None:
    pagaende().nar(ett_bedomt_arende()).nekas(HypotetisktSlutSaknas, falt="forkortadeDygn", sager=EN_PLACERING)
    pagaende(ett_hypotetiskt_slut("2019-06-15")).nar(ett_bedomt_arende()).nekas(
        HypotetisktSlutSaknas, falt="forkortadeDygn", sager="2019-06-14"
    )
    pagaende(ett_hypotetiskt_slut(placering_id=ANNAN_PLACERING)).nar(ett_bedomt_arende()).nekas(
        HypotetisktSlutSaknas, falt="forkortadeDygn"
    )
    pagaende(ett_hypotetiskt_slut("2019-06-14")).nar(ett_bedomt_arende()).sker()


def test_ett_hypotetiskt_slut_som_en_bedomning_bygger_pa_kan_rattas_men_inte_makuleras() -> None:
    fall = pagaende(ett_hypotetiskt_slut(), ett_bedomt_arende())
    fall.nar(ett_hypotetiskt_slut(slut="2019-10-31"), rattar=4).sker()
    fall.nar(en_makulering(), rattar=4).nekas(HypotetisktSlutSaknas, falt="forkortadeDygn")


def test_det_hypotetiska_slutet_kan_anges_igen_samma_dag() -> None:
    pagaende(ett_hypotetiskt_slut()).nar(ett_hypotetiskt_slut(slut="2020-02-29")).sker()


def test_efter_ett_avbrott_bedoms_bara_vard_som_slutade_dessforinnan() -> None:
    avbruten = en_avbruten_atgard("2019-06-01")
    pagaende(avbruten).nar(bedomd(faktiskt_slut="2019-06-01")).sker()
    for andra in ({"faktiskt_slut": "2019-06-02"}, {}):
        pagaende(avbruten).nar(bedomd(**andra)).nekas(
            BedomningenLiggerEfterAvbrottet, falt="faktisktSlut", sager="2019-06-01"
        )
    pagaende(avbruten).nar(bedomd(datum="2019-05-31")).sker()
    pagaende(avbruten).nar(bedomd(datum="2019-06-01")).sker()
