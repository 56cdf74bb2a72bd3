"""Decisions on a case's own decisions, appeals and services: recorded, refused, already known."""

from __future__ import annotations

import pytest

from domain.arende.beslut import ARENDE
from domain.arende.nekanden import (
    AvgorandetLiggerForeOverklagandet,
    BeslutetArInteVerkstallt,
    BeslutetArRedanVerkstallt,
    BeslutetBeviljarIngenting,
    BeslutetFinnsInte,
    BeslutetHarRedanUpphort,
    BeslutetsIdArUpptaget,
    BeslutetSlutarForeSinBorjan,
    HandelsenLiggerEfterBeslutet,
    HandelsenLiggerEfterInsatsen,
    HandelsenLiggerForeBeslutet,
    HandelsenLiggerForeInsatsen,
    InsatsenArIntePausad,
    InsatsenArRedanAvslutad,
    InsatsenArRedanPausad,
    InsatsenFinnsInte,
    InsatsensIdArUpptaget,
    InsatsformenHarVardygn,
    InsatsformenKraverBehovsprovning,
    OverklagandetArRedanAvgjort,
    OverklagandetFinnsInte,
    OverklagandetsIdArUpptaget,
    ServiceinsatsMedBeslut,
)
from domain.handelse import Handelse
from tests.domain.exempel import en_makulering
from tests.domain.exempel_arende import (
    ANNAN_INSATS,
    ANNAT_BESLUT,
    ANNAT_OVERKLAGANDE,
    BESLUT,
    INSATS,
    OVERKLAGANDE,
    en_aterupptagning,
    en_avbojd_forfragan,
    en_avslutad_insats,
    en_insats,
    en_insatsuppfoljning,
    en_paus,
    ett_andrat_beslut,
    ett_arende,
    ett_avbrott,
    ett_avgorande,
    ett_beslut,
    ett_nej_tack,
    ett_overklagande,
    ett_upphort_beslut,
    ett_verkstallt_beslut,
)
from tests.givet import givet

BESLUTAT = (ett_arende(), ett_beslut("2019-05-20"))
OM_BESLUT = [
    ett_andrat_beslut(),
    ett_verkstallt_beslut(),
    ett_avbrott("2019-06-11"),
    ett_nej_tack(),
    en_avbojd_forfragan("2019-06-02"),
    ett_overklagande(),
    en_insats(beslut_id=BESLUT),
]
om_beslut = pytest.mark.parametrize("handelse", OM_BESLUT, ids=lambda h: h.typ)
KRAVER_BIFALL = [h for h in OM_BESLUT if h.typ not in ("beslut.andrat", "beslut.overklagat")]

# Decisions


@om_beslut
def test_det_som_hander_med_ett_beslut_forutsatter_beslutet(handelse: Handelse) -> None:
    givet(ARENDE, ett_arende(), ett_beslut(beslut_id=ANNAT_BESLUT)).nar(handelse).nekas(
        BeslutetFinnsInte, falt="beslutId", sager=BESLUT
    )


@om_beslut
def test_ett_beslut_verkstalls_andras_eller_overklagas_inte_fore_beslutsdagen(handelse: Handelse) -> None:
    givet(ARENDE, ett_arende(), ett_beslut("2019-07-01")).nar(handelse).nekas(
        HandelsenLiggerForeBeslutet, falt="datum", sager="2019-07-01"
    )


@pytest.mark.parametrize("handelse", [h for h in OM_BESLUT if h.typ != "verkstallighet.avbruten"], ids=lambda h: h.typ)
def test_ett_beslut_som_upphort_kan_bara_overklagas(handelse: Handelse) -> None:
    upphort = givet(ARENDE, *BESLUTAT, ett_upphort_beslut("2019-05-31"))
    if handelse.typ == "beslut.overklagat":
        upphort.nar(handelse).sker()
    else:
        upphort.nar(handelse).nekas(HandelsenLiggerEfterBeslutet, falt="datum", sager="2019-05-31")


@pytest.mark.parametrize("handelse", KRAVER_BIFALL, ids=lambda h: h.typ)
def test_ett_avslag_kan_inte_verkstallas(handelse: Handelse) -> None:
    givet(ARENDE, ett_arende(), ett_beslut(bifall=False)).nar(handelse).nekas(
        BeslutetBeviljarIngenting, falt="beslutId", sager=handelse.typ
    )


def test_ett_verkstallt_beslut_kan_inte_rattas_till_ett_avslag() -> None:
    givet(ARENDE, *BESLUTAT, ett_verkstallt_beslut()).nar(ett_beslut(bifall=False), rattar=2).nekas(
        BeslutetBeviljarIngenting, falt="beslutId", sager="beslut.verkstallt"
    )
    givet(ARENDE, *BESLUTAT).nar(ett_beslut(bifall=False), rattar=2).sker()
    givet(ARENDE, ett_arende(), ett_beslut(bifall=False)).nar(ett_overklagande()).sker()
    ett_av_vart = (ett_arende(), ett_beslut(), ett_beslut(bifall=False, beslut_id=ANNAT_BESLUT))
    givet(ARENDE, *ett_av_vart).nar(ett_verkstallt_beslut()).sker()


def test_ett_beslut_kan_inte_makuleras_medan_nagot_vilar_pa_det() -> None:
    givet(ARENDE, *BESLUTAT, ett_verkstallt_beslut()).nar(en_makulering(), rattar=2).nekas(
        BeslutetFinnsInte, falt="beslutId", sager=BESLUT
    )


def test_ett_beslut_kan_galla_fran_en_dag_langre_fram() -> None:
    givet(ARENDE, ett_arende()).nar(ett_beslut(galler_fran="2031-01-01", galler_till="2031-01-01")).sker()


def test_ett_beslut_slutar_inte_fore_sin_forsta_dag() -> None:
    givet(ARENDE, ett_arende()).nar(ett_beslut(galler_fran="2019-06-01", galler_till="2019-05-31")).nekas(
        BeslutetSlutarForeSinBorjan, falt="gallerTill", sager="2019-05-31"
    )
    givet(ARENDE, ett_arende()).nar(ett_beslut("2019-05-20", galler_till="2019-05-19")).nekas(
        BeslutetSlutarForeSinBorjan, falt="gallerTill", sager="2019-05-20"
    )
    givet(ARENDE, *BESLUTAT).nar(ett_andrat_beslut("2019-06-01", galler_till="2019-05-31")).nekas(
        BeslutetSlutarForeSinBorjan, falt="gallerTill", sager="2019-06-01"
    )


def test_varje_beslut_har_sitt_eget_id() -> None:
    givet(ARENDE, *BESLUTAT).nar(ett_beslut("2019-05-21")).nekas(
        BeslutetsIdArUpptaget, falt="beslutId", sager="2019-05-20"
    )
    givet(ARENDE, *BESLUTAT).nar(ett_beslut(beslut_id=ANNAT_BESLUT)).sker()


def test_ett_beslut_upphor_en_gang() -> None:
    givet(ARENDE, *BESLUTAT, ett_upphort_beslut("2019-11-30")).nar(ett_upphort_beslut("2019-12-01")).nekas(
        BeslutetHarRedanUpphort, falt="datum", sager="2019-11-30"
    )


def test_ett_beslut_verkstalls_en_gang_tills_det_avbryts() -> None:
    verkstallt = givet(ARENDE, *BESLUTAT, ett_verkstallt_beslut("2019-06-10"))
    verkstallt.nar(ett_verkstallt_beslut("2019-06-11")).nekas(
        BeslutetArRedanVerkstallt, falt="datum", sager="2019-06-10"
    )
    avbrutet = givet(ARENDE, *BESLUTAT, ett_verkstallt_beslut("2019-06-10"), ett_avbrott("2019-08-01"))
    avbrutet.nar(ett_verkstallt_beslut("2019-09-01")).sker()
    avbrutet.nar(ett_avbrott("2019-08-02")).nekas(BeslutetArInteVerkstallt, falt="datum", sager="2019-08-02")


def test_varje_beslut_verkstalls_och_avbryts_for_sig() -> None:
    tva = (*BESLUTAT, ett_beslut(beslut_id=ANNAT_BESLUT), ett_verkstallt_beslut("2019-06-10"))
    givet(ARENDE, *tva).nar(ett_verkstallt_beslut("2019-06-11", beslut_id=ANNAT_BESLUT)).sker()
    givet(ARENDE, *tva).nar(ett_avbrott("2019-06-11", beslut_id=ANNAT_BESLUT)).nekas(
        BeslutetArInteVerkstallt, falt="datum"
    )


def test_bara_det_som_ges_kan_avbrytas() -> None:
    givet(ARENDE, *BESLUTAT).nar(ett_avbrott("2019-06-11")).nekas(
        BeslutetArInteVerkstallt, falt="datum", sager="2019-06-11"
    )
    givet(ARENDE, *BESLUTAT, en_insats(beslut_id=BESLUT)).nar(ett_avbrott("2019-06-11")).sker()


def test_bade_insatsen_och_beslutet_far_saga_att_beslutet_verkstallts() -> None:
    givet(ARENDE, *BESLUTAT, en_insats("2019-06-10", beslut_id=BESLUT)).nar(ett_verkstallt_beslut("2019-06-10")).sker()
    givet(ARENDE, *BESLUTAT, ett_verkstallt_beslut("2019-06-10")).nar(en_insats("2019-06-10", beslut_id=BESLUT)).sker()


# Appeals

OVERKLAGAT = (*BESLUTAT, ett_overklagande("2019-06-05"))


def test_ett_overklagande_avgors_en_gang() -> None:
    givet(ARENDE, *OVERKLAGAT, ett_avgorande("2019-09-16")).nar(ett_avgorande("2019-09-17")).nekas(
        OverklagandetArRedanAvgjort, falt="datum", sager="2019-09-16"
    )


def test_domstolen_avgor_bara_det_som_overklagats() -> None:
    givet(ARENDE, *BESLUTAT).nar(ett_avgorande()).nekas(
        OverklagandetFinnsInte, falt="overklagandeId", sager=OVERKLAGANDE
    )
    givet(ARENDE, *OVERKLAGAT).nar(ett_avgorande("2019-06-04")).nekas(
        AvgorandetLiggerForeOverklagandet, falt="datum", sager="2019-06-05"
    )


def test_ett_overklagande_till_nasta_instans_har_ett_eget_id() -> None:
    nasta = givet(ARENDE, *OVERKLAGAT, ett_avgorande("2019-09-16"))
    nasta.nar(ett_overklagande("2019-10-01", instans="kammarratten")).nekas(
        OverklagandetsIdArUpptaget, falt="overklagandeId", sager="2019-06-05"
    )
    nasta.nar(ett_overklagande("2019-10-01", instans="kammarratten", overklagande_id=ANNAT_OVERKLAGANDE)).sker()


# Services

PAGAENDE = (ett_arende(), en_insats("2019-06-10"))


def test_en_insats_med_vardygn_ar_en_placering() -> None:
    givet(ARENDE, ett_arende()).nar(en_insats(insatsform="hvb")).nekas(
        InsatsformenHarVardygn, falt="insatsform", sager="hvb"
    )


def test_en_insats_utan_behovsprovning_vilar_inte_pa_nagot_beslut() -> None:
    givet(ARENDE, *BESLUTAT).nar(en_insats(insatsform="oppenvardOvrig", behovsprovad=False, beslut_id=BESLUT)).nekas(
        ServiceinsatsMedBeslut, falt="beslutId"
    )
    givet(ARENDE, ett_arende(person_id=None)).nar(en_insats(insatsform="oppenvardOvrig", behovsprovad=False)).sker()


@pytest.mark.parametrize("insatsform", ["kontaktperson", "kontaktfamilj", "sarskiltKvalificeradKontaktperson"])
def test_kontaktperson_och_kontaktfamilj_ges_aldrig_utan_behovsprovning(insatsform: str) -> None:
    givet(ARENDE, ett_arende()).nar(en_insats(insatsform=insatsform, behovsprovad=False)).nekas(
        InsatsformenKraverBehovsprovning, falt="behovsprovad", sager=insatsform
    )
    givet(ARENDE, ett_arende()).nar(en_insats(insatsform=insatsform)).sker()


def test_varje_insats_har_sitt_eget_id() -> None:
    givet(ARENDE, *PAGAENDE).nar(en_insats("2019-06-11")).nekas(
        InsatsensIdArUpptaget, falt="insatsId", sager="2019-06-10"
    )
    givet(ARENDE, *PAGAENDE).nar(en_insats(insats_id=ANNAN_INSATS)).sker()


@pytest.mark.parametrize(
    "handelse", [en_paus(), en_aterupptagning(), en_avslutad_insats(), en_insatsuppfoljning()], ids=lambda h: h.typ
)
def test_det_som_hander_i_en_insats_forutsatter_att_den_paborjats(handelse: Handelse) -> None:
    givet(ARENDE, ett_arende(), en_insats(insats_id=ANNAN_INSATS)).nar(handelse).nekas(
        InsatsenFinnsInte, falt="insatsId", sager=INSATS
    )
    givet(ARENDE, ett_arende(), en_insats("2019-12-06")).nar(handelse).nekas(
        HandelsenLiggerForeInsatsen, falt="datum", sager="2019-12-06"
    )


def test_en_insats_avslutas_en_gang() -> None:
    givet(ARENDE, *PAGAENDE, en_avslutad_insats("2019-11-30")).nar(en_avslutad_insats("2019-12-01")).nekas(
        InsatsenArRedanAvslutad, falt="datum", sager="2019-11-30"
    )


def test_en_avslutad_insats_foljs_upp_men_pausas_inte() -> None:
    avslutad = givet(ARENDE, *PAGAENDE, en_avslutad_insats("2019-06-30"))
    avslutad.nar(en_insatsuppfoljning("2019-12-05")).sker()
    avslutad.nar(en_paus("2019-07-01")).nekas(HandelsenLiggerEfterInsatsen, falt="datum", sager="2019-06-30")


def test_paus_och_aterupptagande_avloser_varandra() -> None:
    pausad = givet(ARENDE, *PAGAENDE, en_paus("2019-07-01"))
    pausad.nar(en_paus("2019-07-02")).nekas(InsatsenArRedanPausad, falt="datum", sager="2019-07-01")
    givet(ARENDE, *PAGAENDE).nar(en_aterupptagning("2019-08-15")).nekas(
        InsatsenArIntePausad, falt="datum", sager="2019-08-15"
    )
    igen = givet(ARENDE, *PAGAENDE, en_paus("2019-07-01"), en_aterupptagning("2019-08-15"))
    igen.nar(en_aterupptagning("2019-08-16")).nekas(InsatsenArIntePausad, falt="datum", sager="2019-08-16")
    igen.nar(en_paus("2019-09-01")).sker()


def test_varje_insats_pausas_for_sig() -> None:
    givet(ARENDE, *PAGAENDE, en_insats(insats_id=ANNAN_INSATS), en_paus("2019-07-01")).nar(
        en_paus("2019-07-02", insats_id=ANNAN_INSATS)
    ).sker()


def test_en_paus_som_upptacks_sent_registreras_fore_en_senare_paus() -> None:
    historia = (*PAGAENDE, en_paus("2019-10-01"), en_paus("2019-07-01"))
    givet(ARENDE, *historia).nar(en_aterupptagning("2019-08-15")).sker()


def test_en_pausad_insats_kan_avslutas() -> None:
    givet(ARENDE, *PAGAENDE, en_paus("2019-07-01")).nar(en_avslutad_insats("2019-07-15", planerat=False)).sker()
