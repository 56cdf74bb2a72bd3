"""From the events of a case to facts: the open case, its intakes, investigations and decisions."""

from __future__ import annotations

from uuid import UUID

from domain.fakta import (
    ARENDE,
    BESLUT_EJ_VERKSTALLT,
    FORHANDSBEDOMNING,
    OMBUDSTIMMAR,
    UTREDNING,
    Intervall,
    Punkt,
    handelse_av,
    identitet,
)
from domain.handelse import Handelse
from domain.tid import OANDLIG_DAG
from tests.domain.exempel import en_makulering, en_ny_malgrupp
from tests.domain.exempel_arende import (
    ANDRA_ANMALAN,
    BESLUT,
    FLICKA,
    FORSTA_ANMALAN,
    UTFORAREN,
    en_avbojd_forfragan,
    en_avslutad_utredning,
    en_forhandsbedomning,
    en_forlangning,
    en_insats,
    en_ny_anmalan,
    en_ny_enhet,
    en_samverkan,
    en_skyddsbedomning,
    en_utredning,
    ett_andrat_beslut,
    ett_arende,
    ett_ateroppnat_arende,
    ett_avbrott,
    ett_avgorande,
    ett_avslutat_arende,
    ett_beslut,
    ett_nej_tack,
    ett_nytt_utredningslagrum,
    ett_overklagande,
    ett_upphort_beslut,
    ett_verkstallt_beslut,
)
from tests.domain.fakta_i_arendet import OPPEN, STROM, alla, dag, dagar, intervall, punkter
from tests.givet import Rattelse, rattelse

# The open case


def test_ett_oppet_arende_ar_ett_intervall_utan_slut() -> None:
    assert intervall(ett_arende("2019-01-07"), slag=ARENDE) == [
        Intervall(
            "1", ARENDE, "1880", dag("2019-01-07"), OANDLIG_DAG, person=identitet(UUID(FLICKA)), malgrupp="unga",
            kon="kvinna", fodelsear=2005, arende=identitet(STROM), enhet="Mottagningen", underslag="barnOchUnga",
        )
    ]  # fmt: skip


def test_ett_arende_utan_person_raknas_anda() -> None:
    (rad,) = intervall(ett_arende(person_id=None, fodelsear=None), slag=ARENDE)
    assert (rad.person, rad.fodelsear, rad.arende) == (None, None, STROM.hex)


def test_ett_arende_delas_dar_enhet_eller_malgrupp_andras() -> None:
    historia = (
        ett_arende(),
        en_ny_enhet("2019-02-01"),
        en_ny_malgrupp("2019-03-04"),
        ett_avslutat_arende("2019-04-01"),
    )
    rader = intervall(*historia, slag=ARENDE)
    assert [(*dagar(r), r.malgrupp, r.enhet, r.utfall, r.handelser) for r in rader] == [
        ("2019-01-07", "2019-02-01", "unga", "Mottagningen", None, "1 2"),
        ("2019-02-01", "2019-03-04", "unga", "Utredning unga", None, "1 2 3"),
        ("2019-03-04", "2019-04-01", "vuxna", "Utredning unga", "insatsenAvslutad", "1 2 3 4"),
    ]


def test_samma_malgrupp_en_gang_till_delar_ingenting() -> None:
    (rad,) = intervall(ett_arende(malgrupp="vuxna"), en_ny_malgrupp(malgrupp="vuxna"), slag=ARENDE)
    assert (dagar(rad), handelse_av(rad)) == (("2019-01-07", OPPEN), [1])


def test_ett_ateroppnat_arende_ar_oppet_pa_nytt() -> None:
    historia = (ett_arende(), ett_avslutat_arende("2019-02-01"), ett_ateroppnat_arende("2019-03-01"))
    assert [dagar(r) for r in intervall(*historia, slag=ARENDE)] == [
        ("2019-01-07", "2019-02-01"), ("2019-03-01", OPPEN),
    ]  # fmt: skip
    (ater,) = punkter(*historia, slag="arende.ateroppnat")
    assert (ater.dag, ater.antal, ater.handelser) == (dag("2019-03-01"), 28_000, "2 3")


def test_ett_arende_som_avslutas_samma_dag_var_oppet_den_dagen() -> None:
    (rad,) = intervall(ett_arende("2019-01-07"), ett_avslutat_arende("2019-01-07"), slag=ARENDE)
    assert (dagar(rad), rad.utfall) == (("2019-01-07", "2019-01-08"), "insatsenAvslutad")


def test_ett_sent_ateroppnande_utan_avslut_oppnar_ingenting_an() -> None:
    sent = (ett_arende(), en_samverkan("2019-09-01"), ett_ateroppnat_arende("2019-08-01"))
    assert punkter(*sent, slag="arende.ateroppnat") == []
    assert [dagar(r) for r in intervall(*sent, slag=ARENDE)] == [("2019-01-07", OPPEN)]
    helt = (*sent, ett_avslutat_arende("2019-03-01"))
    assert [dagar(r) for r in intervall(*helt, slag=ARENDE)] == [("2019-01-07", "2019-03-01"), ("2019-08-01", OPPEN)]
    assert [p.antal for p in punkter(*helt, slag="arende.ateroppnat")] == [153_000]


def test_ett_makulerat_arende_har_inga_fakta() -> None:
    assert alla(ett_arende(), rattelse(1, en_makulering())) == []


# Intakes and assessments


def test_en_aktualisering_ar_en_punkt_som_sager_hur_och_fran_vem() -> None:
    historia = (ett_arende(), en_ny_enhet("2019-01-09"), en_ny_anmalan("2019-01-10", avsandare=None))
    (forsta,) = punkter(*historia, slag="arende.aktualiserat")
    assert forsta == Punkt(
        "1", "arende.aktualiserat", "1880", dag("2019-01-07"), person=identitet(UUID(FLICKA)), malgrupp="unga",
        kon="kvinna", utfall="anmalan", fodelsear=2005, arende=identitet(STROM), enhet="Mottagningen",
        underslag="barnOchUnga", avsandare="skola",
    )  # fmt: skip
    (andra,) = punkter(*historia, slag="aktualisering.inkommen")
    assert (andra.enhet, andra.utfall, andra.avsandare) == ("Utredning unga", "anmalan", None)


def test_en_skyddsbedomning_sager_hur_lange_sedan_anmalan_kom() -> None:
    historia = (ett_arende("2019-01-07", aktualisering_id=FORSTA_ANMALAN), en_ny_anmalan("2019-01-10"))
    senaste = punkter(*historia, en_skyddsbedomning("2019-01-11", behov_av_skydd=True), slag="skyddsbedomning.gjord")
    assert [(p.utfall, p.antal, p.handelser) for p in senaste] == [("skyddsbehov", 1_000, "2 3")]
    om_forsta = en_skyddsbedomning("2019-01-11", aktualisering_id=FORSTA_ANMALAN)
    namnd = punkter(*historia, om_forsta, slag="skyddsbedomning.gjord")
    assert [(p.utfall, p.antal, p.handelser) for p in namnd] == [("ingetSkyddsbehov", 4_000, "1 3")]


def test_en_forhandsbedomning_pagar_fran_anmalan_tills_den_avslutas() -> None:
    historia = (ett_arende("2019-01-07"), en_forhandsbedomning("2019-01-21", utfall="inledsInte"))
    (rad,) = intervall(*historia, slag=FORHANDSBEDOMNING)
    assert (dagar(rad), rad.utfall, rad.underslag) == (("2019-01-07", "2019-01-21"), "inledsInte", "barnOchUnga")
    (punkt,) = punkter(*historia, slag="forhandsbedomning.avslutad")
    assert (punkt.antal, punkt.utfall, punkt.handelser) == (14_000, "inledsInte", "1 2")


def test_en_bedomning_av_allt_som_inkommit_raknas_fran_den_aldsta() -> None:
    historia = (ett_arende("2019-01-07"), en_ny_anmalan("2019-01-10"), en_forhandsbedomning("2019-01-18"))
    assert [p.antal for p in punkter(*historia, slag="forhandsbedomning.avslutad")] == [11_000]
    assert [dagar(r) for r in intervall(*historia, slag=FORHANDSBEDOMNING)] == [
        ("2019-01-07", "2019-01-18"), ("2019-01-10", "2019-01-18"),
    ]  # fmt: skip


def test_anmalningar_som_bedoms_var_for_sig_raknas_var_for_sig() -> None:
    historia = (
        ett_arende("2019-01-07", aktualisering_id=FORSTA_ANMALAN),
        en_ny_anmalan("2019-01-10"),
        en_forhandsbedomning("2019-01-15", aktualisering_id=ANDRA_ANMALAN),
        en_forhandsbedomning("2019-01-18", aktualisering_id=FORSTA_ANMALAN),
    )
    assert [p.antal for p in punkter(*historia, slag="forhandsbedomning.avslutad")] == [5_000, 11_000]


def test_en_bedomning_som_en_sen_har_foregatt_raknas_fran_det_senast_inkomna() -> None:
    historia = (ett_arende("2019-01-07"), en_forhandsbedomning("2019-01-21"), en_forhandsbedomning("2019-01-14"))
    assert [p.antal for p in punkter(*historia, slag="forhandsbedomning.avslutad")] == [7_000, 14_000]


def test_en_forhandsbedomning_slutar_nar_en_utredning_inleds_eller_arendet_avslutas() -> None:
    (inledd,) = intervall(ett_arende("2019-01-07"), en_utredning("2019-01-18"), slag=FORHANDSBEDOMNING)
    assert (dagar(inledd), inledd.utfall) == (("2019-01-07", "2019-01-18"), "inleds")
    (avslutad,) = intervall(ett_arende("2019-01-07"), ett_avslutat_arende("2019-01-10"), slag=FORHANDSBEDOMNING)
    assert (dagar(avslutad), avslutad.utfall) == (("2019-01-07", "2019-01-10"), None)


def test_ingen_forhandsbedomning_behovs_av_en_ansokan_eller_medan_en_utredning_pagar() -> None:
    ansokan = ett_arende(satt="ansokan")
    assert intervall(ansokan, slag=FORHANDSBEDOMNING) == []
    assert intervall(ansokan, en_utredning(), en_ny_anmalan("2019-02-01"), slag=FORHANDSBEDOMNING) == []
    efter = (ansokan, en_utredning(), en_avslutad_utredning("2019-05-17"), en_ny_anmalan("2019-06-01"))
    assert [dagar(r) for r in intervall(*efter, slag=FORHANDSBEDOMNING)] == [("2019-06-01", OPPEN)]
    assert intervall(ett_arende("2019-01-07"), en_utredning("2019-01-07"), slag=FORHANDSBEDOMNING) == []


# Investigations


def test_en_utredning_ar_ett_intervall_som_inte_delas() -> None:
    historia = (
        ett_arende(),
        en_utredning("2019-01-18"),
        en_ny_malgrupp("2019-03-04"),
        ett_nytt_utredningslagrum("2019-03-05"),
        en_avslutad_utredning("2019-05-17"),
    )
    (rad,) = intervall(*historia, slag=UTREDNING)
    assert (dagar(rad), rad.malgrupp, rad.lagrum) == (("2019-01-18", "2019-05-17"), "unga", "SoL")
    assert (rad.underslag, rad.utfall, rad.handelser) == ("barnOchUnga", "insats", "2 5")
    (slut,) = punkter(*historia, slag="utredning.avslutad")
    assert (slut.antal, slut.malgrupp, slut.lagrum, slut.underslag) == (119_000, "vuxna", "LVU", "barnOchUnga")
    assert (slut.utfall, slut.handelser) == ("insats", "2 5")
    (borjan,) = punkter(*historia, slag="utredning.paborjad")
    assert (borjan.antal, borjan.lagrum, borjan.utfall, borjan.handelser) == (1_000, "SoL", None, "2")
    (lagrum,) = punkter(*historia, slag="utredningslagrum.andrat")
    assert (lagrum.lagrum, lagrum.antal) == ("LVU", 46_000)


def test_en_oppen_utredning_har_inget_utfall() -> None:
    (rad,) = intervall(ett_arende(), en_utredning(), slag=UTREDNING)
    assert (dagar(rad), rad.utfall) == (("2019-01-18", OPPEN), None)


def test_en_utredning_som_avslutas_samma_dag_pagick_den_dagen() -> None:
    historia = (ett_arende(), en_utredning("2019-01-18"), en_avslutad_utredning("2019-01-18"))
    assert [dagar(r) for r in intervall(*historia, slag=UTREDNING)] == [("2019-01-18", "2019-01-19")]
    assert [p.antal for p in punkter(*historia, slag="utredning.avslutad")] == [0]


def test_en_forlangning_sager_hur_lange_utredningen_far_paga() -> None:
    historia = (ett_arende(), en_utredning("2019-01-18"), en_forlangning("2019-05-15", till="2019-06-30"))
    assert [(p.antal, p.handelser) for p in punkter(*historia, slag="utredning.forlangd")] == [(163_000, "2 3")]


# Decisions and their effect


def ej_verkstallt(*historia: Handelse | Rattelse) -> list[tuple[str, str, str | None, str | None, str]]:
    rader = intervall(ett_arende(), *historia, slag=BESLUT_EJ_VERKSTALLT)
    return [(*dagar(r), r.underslag, r.utfall, r.handelser) for r in rader]


def test_ett_beslut_ar_en_punkt_med_niva_och_beslutsfattare() -> None:
    historia = (ett_arende(), ett_beslut(bifall=False), ett_andrat_beslut(), ett_beslut("2019-05-21", beslut_id=FLICKA))
    rader = punkter(*historia, slag="beslut.fattat")
    assert [(p.insatsform, p.lagrum, p.utfall, p.underslag, p.avsandare) for p in rader] == [
        ("kontaktfamilj", "SoL", "avslag", "delegation", "Enhetschef"),
        ("kontaktfamilj", "SoL", "bifall", "delegation", "Enhetschef"),
    ]
    (andrat,) = punkter(*historia, slag="beslut.andrat")
    assert (andrat.insatsform, andrat.utfall) == ("kontaktperson", None)


def test_ett_beviljande_beslut_ar_ej_verkstallt_tills_det_verkstalls() -> None:
    assert ej_verkstallt(ett_beslut("2019-05-20")) == [("2019-05-20", OPPEN, "beslut", None, "2")]
    verkstallt = (ett_beslut("2019-05-20"), ett_verkstallt_beslut("2019-06-10"))
    assert ej_verkstallt(*verkstallt) == [("2019-05-20", "2019-06-10", "beslut", "verkstallt", "2 3")]
    (punkt,) = punkter(ett_arende(), *verkstallt, slag="beslut.verkstallt")
    assert (punkt.dag, punkt.antal, punkt.insatsform, punkt.lagrum, punkt.handelser) == (
        dag("2019-06-10"), 21_000, "kontaktfamilj", "SoL", "2 3",
    )  # fmt: skip


def test_ett_avslag_blir_aldrig_ej_verkstallt() -> None:
    assert ej_verkstallt(ett_beslut(bifall=False)) == []


def test_ett_beslut_som_verkstalls_genast_var_aldrig_ej_verkstallt() -> None:
    genast = (ett_beslut("2019-05-20"), ett_verkstallt_beslut("2019-05-20"))
    assert ej_verkstallt(*genast) == []
    assert [p.antal for p in punkter(ett_arende(), *genast, slag="beslut.verkstallt")] == [0]


def test_en_insats_som_namner_beslutet_verkstaller_det_och_det_raknas_en_gang() -> None:
    historia = (
        ett_beslut("2019-05-20"),
        en_insats("2019-06-10", beslut_id=BESLUT),
        ett_verkstallt_beslut("2019-06-11"),
    )
    assert ej_verkstallt(*historia) == [("2019-05-20", "2019-06-10", "beslut", "verkstallt", "2 3")]
    assert [p.handelser for p in punkter(ett_arende(), *historia, slag="beslut.verkstallt")] == ["2 3"]


def test_ett_avbrott_i_verkstalligheten_raknas_fran_avbrottet() -> None:
    historia = (
        ett_beslut("2019-05-20"),
        ett_verkstallt_beslut("2019-06-10"),
        ett_avbrott("2019-08-01"),
        ett_avbrott("2019-07-20"),
        ett_verkstallt_beslut("2019-09-01"),
    )
    assert ej_verkstallt(*historia) == [
        ("2019-05-20", "2019-06-10", "beslut", "verkstallt", "2 3"),
        ("2019-07-20", "2019-09-01", "avbrott", "verkstallt", "5 6"),
    ]
    assert len(punkter(ett_arende(), *historia, slag="verkstallighet.avbruten")) == 2


def test_ett_beslut_som_upphor_eller_gar_ut_ar_inte_langre_ej_verkstallt() -> None:
    upphort = (ett_beslut("2019-05-20"), ett_upphort_beslut("2019-11-30"))
    assert ej_verkstallt(*upphort) == [("2019-05-20", "2019-11-30", "beslut", "upphort", "2 3")]
    (punkt,) = punkter(ett_arende(), *upphort, slag="beslut.upphort")
    assert (punkt.utfall, punkt.antal, punkt.insatsform) == ("behovetUpphort", 194_000, "kontaktfamilj")
    gar_ut = ett_beslut("2019-05-20", galler_till="2019-08-31")
    assert ej_verkstallt(gar_ut) == [("2019-05-20", "2019-09-01", "beslut", "utgatt", "2")]
    assert ej_verkstallt(gar_ut, ett_andrat_beslut("2019-06-01", galler_till="2019-12-31")) == [
        ("2019-05-20", "2020-01-01", "beslut", "utgatt", "2 3")
    ]
    assert ej_verkstallt(gar_ut, ett_andrat_beslut("2019-10-01")) == [
        ("2019-05-20", "2019-09-01", "beslut", "utgatt", "2")
    ]


def test_ett_avbrott_efter_beslutets_sista_dag_ar_inget_ej_verkstallt_beslut() -> None:
    historia = (
        ett_beslut("2019-05-20", galler_till="2019-06-30"), ett_verkstallt_beslut("2019-06-10"),
        ett_avbrott("2019-08-01"), ett_verkstallt_beslut("2019-08-02"),
    )  # fmt: skip
    assert ej_verkstallt(*historia) == [("2019-05-20", "2019-06-10", "beslut", "verkstallt", "2 3")]


def test_ett_ej_verkstallt_beslut_foljer_inte_med_nar_arendet_avslutas() -> None:
    assert ej_verkstallt(ett_beslut("2019-05-20"), ett_avslutat_arende("2019-06-30")) == [
        ("2019-05-20", OPPEN, "beslut", None, "2")
    ]


def test_den_som_sager_nej_ar_en_punkt() -> None:
    historia = (ett_arende(), ett_beslut(), ett_andrat_beslut("2019-06-01"), ett_nej_tack("2019-06-03"))
    (nej,) = punkter(*historia, slag="erbjudande.avbojt")
    assert (nej.insatsform, nej.utfall, nej.utforare) == ("kontaktperson", None, None)
    (full,) = punkter(*historia, en_avbojd_forfragan(utforare_id=UTFORAREN), slag="forfragan.avbojd")
    assert (full.insatsform, full.utfall, full.utforare) == ("kontaktfamilj", "platsbrist", UUID(UTFORAREN).hex)


def test_ett_overklagande_sager_vem_som_foretrader_namnden_och_hur_lange() -> None:
    historia = (
        ett_arende(), ett_beslut(), ett_overklagande("2019-06-05", foretradare="extern"),
        ett_avgorande("2019-09-16", timmar="12.5"),
    )  # fmt: skip
    (overklagat,) = punkter(*historia, slag="beslut.overklagat")
    assert (overklagat.regi, overklagat.underslag, overklagat.insatsform) == (
        "extern", "forvaltningsratten", "kontaktfamilj",
    )  # fmt: skip
    (avgjort,) = punkter(*historia, slag="overklagande.avgjort")
    assert (avgjort.utfall, avgjort.antal, avgjort.regi, avgjort.handelser) == ("avslag", 103_000, "extern", "3 4")
    (timmar,) = punkter(*historia, slag=OMBUDSTIMMAR)
    assert (timmar.antal, timmar.dag, timmar.utfall) == (12_500, dag("2019-09-16"), "avslag")
    assert punkter(*historia[:3], ett_avgorande(), slag=OMBUDSTIMMAR) == []
