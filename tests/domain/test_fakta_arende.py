"""From the events of a case to facts: what was open as intervals, what happened as points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregat import besluta
from domain.arende.beslut import ARENDE as ARENDESTROM
from domain.arende.handelser import AktualiseringInkommen, ArendeAktualiserat, UtredningPaborjad
from domain.begrepp import Samling
from domain.fakta import (
    ARENDE,
    BESLUT_EJ_VERKSTALLT,
    ENSAMKOMMANDE,
    FORHANDSBEDOMNING,
    INSATS,
    OMBUDSTIMMAR,
    PROBLEMATIK,
    SERVICEINSATS,
    UTREDNING,
    Fakta,
    Intervall,
    Punkt,
    handelse_av,
    identitet,
)
from domain.fel import Regelbrott
from domain.handelse import Handelse, Notering
from domain.harledning import arende, fakta
from domain.historik import gallande
from domain.tid import OANDLIG_DAG
from tests.domain.exempel import VANLIGA, en_makulering, en_ny_malgrupp
from tests.domain.exempel_arende import (
    ANDRA_ANMALAN,
    BESLUT,
    FLICKA,
    FORSTA_ANMALAN,
    UTFORAREN,
    en_aterupptagning,
    en_avbojd_forfragan,
    en_avslutad_insats,
    en_avslutad_utredning,
    en_avvikelse,
    en_forhandsbedomning,
    en_forlangning,
    en_insats,
    en_insatsuppfoljning,
    en_ny_anmalan,
    en_ny_enhet,
    en_paus,
    en_problematik,
    en_samverkan,
    en_skyddsbedomning,
    en_status,
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
    ett_overlamnande,
    ett_overtagande,
    ett_upphort_beslut,
    ett_verkstallt_beslut,
)
from tests.givet import IDAG, Rattelse, id_for, noteringar, rattelse

STROM = UUID(int=99)
OPPEN = str(date.fromordinal(OANDLIG_DAG))


def alla(*historia: Handelse | Rattelse) -> list[Fakta]:
    return fakta(Samling.ARENDEN, STROM, gallande(noteringar(*historia)))


def intervall(*historia: Handelse | Rattelse, slag: str) -> list[Intervall]:
    return [rad for rad in alla(*historia) if isinstance(rad, Intervall) and rad.slag == slag]


def punkter(*historia: Handelse | Rattelse, slag: str) -> list[Punkt]:
    return [rad for rad in alla(*historia) if isinstance(rad, Punkt) and rad.slag == slag]


def dagar(rad: Intervall) -> tuple[str, str]:
    return str(date.fromordinal(rad.fran)), str(date.fromordinal(rad.till))


def dag(text: str) -> int:
    return date.fromisoformat(text).toordinal()


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


# Services


def test_en_insats_delas_vid_paus_och_vid_andrad_malgrupp() -> None:
    historia = (
        ett_arende(),
        en_insats("2019-06-10", enhet="Öppenvården", inriktning="Familjestöd"),
        en_paus("2019-07-01"),
        en_aterupptagning("2019-08-15"),
        en_ny_malgrupp("2019-09-01"),
        en_avslutad_insats("2019-11-30", planerat=False, orsak="egetAvbrott"),
    )
    rader = intervall(*historia, slag=INSATS)
    assert [(*dagar(r), r.malgrupp, r.utfall, r.planerat, r.handelser) for r in rader] == [
        ("2019-06-10", "2019-07-01", "unga", None, None, "1 2 3"),
        ("2019-08-15", "2019-09-01", "unga", None, None, "1 2 4 5"),
        ("2019-09-01", "2019-11-30", "vuxna", "egetAvbrott", 0, "1 2 4 5 6"),
    ]
    assert {(r.insatsform, r.regi, r.enhet, r.underslag, r.lagrum) for r in rader} == {
        ("kontaktfamilj", "egen", "Öppenvården", "Familjestöd", None)
    }
    (slut,) = punkter(*historia, slag="insats.avslutad")
    assert (slut.antal, slut.utfall, slut.planerat, slut.handelser) == (173_000, "egetAvbrott", 0, "2 6")
    (paus,) = punkter(*historia, slag="insats.pausad")
    assert (paus.insatsform, paus.enhet, paus.utfall) == ("kontaktfamilj", "Öppenvården", None)


def test_en_insats_vilar_pa_sitt_besluts_lagrum() -> None:
    historia = (ett_arende(), ett_beslut(lagrum="LVU"), en_insats(beslut_id=BESLUT))
    assert [r.lagrum for r in intervall(*historia, slag=INSATS)] == ["LVU"]
    assert [p.lagrum for p in punkter(*historia, slag="insats.paborjad")] == ["LVU"]


def test_en_insats_utan_behovsprovning_raknas_for_sig() -> None:
    historia = (ett_arende(person_id=None), en_insats(insatsform="oppenvardOvrig", behovsprovad=False))
    assert intervall(*historia, slag=INSATS) == []
    (rad,) = intervall(*historia, slag=SERVICEINSATS)
    assert (rad.insatsform, rad.person) == ("oppenvardOvrig", None)
    assert len(punkter(*historia, slag="serviceinsats.paborjad")) == 1
    assert punkter(*historia, slag="insats.paborjad") == []


def test_en_insats_slutar_senast_med_arendet_och_fortsatter_om_det_ateroppnas() -> None:
    historia = (ett_arende(), en_insats("2019-06-10"), ett_avslutat_arende("2019-08-01"))
    assert [(*dagar(r), r.utfall) for r in intervall(*historia, slag=INSATS)] == [("2019-06-10", "2019-08-01", None)]
    igen = intervall(*historia, ett_ateroppnat_arende("2019-09-01"), slag=INSATS)
    assert [dagar(r) for r in igen] == [("2019-06-10", "2019-08-01"), ("2019-09-01", OPPEN)]


def test_en_insats_som_avslutas_samma_dag_gavs_den_dagen() -> None:
    historia = (ett_arende(), en_insats("2019-06-10"), en_avslutad_insats("2019-06-10"))
    assert [(*dagar(r), r.planerat) for r in intervall(*historia, slag=INSATS)] == [("2019-06-10", "2019-06-11", 1)]


def test_en_uppfoljning_sager_hur_insatsen_gick() -> None:
    historia = (ett_arende(), en_insats(), en_avslutad_insats(), en_insatsuppfoljning())
    assert [(p.utfall, p.planerat, p.insatsform) for p in punkter(*historia, slag="insatsuppfoljning.gjord")] == [
        ("delvis", 1, "kontaktfamilj")
    ]


# Troubles, status and responsibility


def test_en_problematik_raknas_sa_lange_den_ar_angiven_och_arendet_oppet() -> None:
    historia = (
        ett_arende(),
        en_problematik("2019-02-15", "valdINaraRelation", "alkohol"),
        en_problematik("2019-03-15", "valdINaraRelation"),
        ett_avslutat_arende("2019-05-01"),
    )
    rader = intervall(*historia, slag=PROBLEMATIK)
    assert [(*dagar(r), r.underslag, r.utfall) for r in rader] == [
        ("2019-02-15", "2019-05-01", "valdINaraRelation", "insatsenAvslutad"),
        ("2019-02-15", "2019-03-15", "alkohol", None),
    ]
    nya = punkter(*historia, slag="problematik.angiven")
    assert [(p.dag, p.underslag) for p in nya] == [
        (dag("2019-02-15"), "valdINaraRelation"), (dag("2019-02-15"), "alkohol"),
    ]  # fmt: skip


def test_en_ensamkommandes_status_galler_medan_namnden_har_ansvaret() -> None:
    historia = (
        ett_arende(malgrupp="ensamkommande"),
        ett_overtagande("2019-01-08"),
        en_status("2019-01-09"),
        en_status("2019-04-01", status="kommunplacerad"),
        ett_overlamnande("2019-06-01", orsak="migrationsverket", till="migrationsverket"),
        ett_overtagande("2019-08-01", fran="migrationsverket"),
        ett_overlamnande("2019-10-01"),
    )
    rader = intervall(*historia, slag=ENSAMKOMMANDE)
    assert [(*dagar(r), r.underslag, r.utfall, r.malgrupp) for r in rader] == [
        ("2019-01-09", "2019-04-01", "asylsokande", None, "ensamkommande"),
        ("2019-04-01", "2019-06-01", "kommunplacerad", "migrationsverket", "ensamkommande"),
        ("2019-08-01", "2019-10-01", "kommunplacerad", "fyllde18", "ensamkommande"),
    ]
    assert [p.underslag for p in punkter(*historia, slag="status.andrad")] == ["asylsokande", "kommunplacerad"]
    assert [p.underslag for p in punkter(*historia, slag="ansvar.overtaget")] == ["ankomstkommun", "migrationsverket"]
    assert [(p.underslag, p.utfall, p.antal) for p in punkter(*historia, slag="ansvar.overlamnat")] == [
        ("migrationsverket", "migrationsverket", 144_000),
        (None, "fyllde18", 61_000),
    ]


def test_samverkan_och_avvikelser_ar_punkter() -> None:
    historia = (ett_arende(), en_samverkan(), en_avvikelse())
    assert [p.underslag for p in punkter(*historia, slag="samverkan.genomford")] == ["sip"]
    assert [(p.underslag, p.utfall) for p in punkter(*historia, slag="avvikelse.rapporterad")] == [
        ("lexSarah", "sekretess")
    ]


def test_ett_avslutat_arende_sager_hur_lange_det_varit_oppet() -> None:
    historia = (
        ett_arende("2019-01-07"), ett_avslutat_arende("2019-02-01", orsak="utredningInledsInte"),
        ett_ateroppnat_arende("2019-03-01"), ett_avslutat_arende("2019-03-11"),
    )  # fmt: skip
    assert [(p.utfall, p.antal, p.underslag) for p in punkter(*historia, slag="arende.avslutat")] == [
        ("utredningInledsInte", 25_000, "barnOchUnga"),
        ("insatsenAvslutad", 10_000, "barnOchUnga"),
    ]


@pytest.mark.parametrize("handelse", [en_ny_malgrupp(), en_ny_enhet()])
def test_ny_malgrupp_och_ny_enhet_ar_inte_handelser_att_rakna(handelse: Handelse) -> None:
    assert punkter(ett_arende(), handelse, slag=handelse.typ) == []


# Corrections


def test_en_rattad_historia_ger_samma_rader_som_den_ratta() -> None:
    def utan_spar(*historia: Handelse | Rattelse) -> Counter[Fakta]:
        return Counter(rad._replace(handelser="") for rad in alla(*historia))

    fel = (ett_arende(), en_utredning("2019-02-18"), en_avslutad_utredning("2019-05-17"))
    ratt = (ett_arende(), en_utredning("2019-01-18"), en_avslutad_utredning("2019-05-17"))
    assert utan_spar(*fel, rattelse(2, en_utredning("2019-01-18"))) == utan_spar(*ratt)


# What a single event adds

FORSLAG: list[Callable[..., Handelse]] = [
    *(gor for typ, gor in VANLIGA.items() if typ in ARENDESTROM.beslut and typ is not ArendeAktualiserat),
    lambda datum: en_insats(datum, beslut_id=BESLUT),
    lambda datum: en_problematik(datum, "alkohol", "valdINaraRelation"),
    lambda datum: en_forhandsbedomning(datum, aktualisering_id=ANDRA_ANMALAN),
    lambda datum: ett_beslut(datum, galler_till="2019-02-10"),
]
# Drawn more often than others, since most of the rest presupposes them.
BORJOR = [VANLIGA[typ] for typ in (UtredningPaborjad, AktualiseringInkommen)] + [ett_beslut, en_insats]


@st.composite
def arenden(draw: st.DrawFn) -> list[Notering]:
    """Draw a case: what it is about is a few kinds of event, on few days, late and corrected as often as not."""
    teman = draw(st.lists(st.sampled_from(FORSLAG), min_size=1, max_size=5))
    dagar_in = draw(st.lists(st.integers(0, 50), min_size=1, max_size=8))
    rader = noteringar(ett_arende("2019-01-01", satt=draw(st.sampled_from(("anmalan", "ansokan")))))
    for _ in range(draw(st.integers(4, 24))):
        gor = draw(st.one_of(st.sampled_from(teman), st.sampled_from(BORJOR)))
        rattar = draw(st.integers(2, 10)) if draw(st.integers(0, 5)) == 0 else None
        if rattar is not None and draw(st.booleans()):
            gor = en_makulering
        forslag = gor(str(date(2019, 1, 1) + timedelta(days=draw(st.sampled_from(dagar_in)))))
        rattad = None if rattar is None else id_for(rattar)
        try:
            svar = besluta(ARENDESTROM, rader, forslag, idag=IDAG, rattar=rattad)
        except Regelbrott:
            continue
        rader += [Notering(len(rader) + 1, id_for(len(rader) + 1), h, rattad) for h in svar]
    return rader


@settings(max_examples=200, deadline=None)
@given(arenden())
def test_vad_som_an_hander_lagger_en_enskild_handelse_till_just_det_som_tillkom(rader: list[Notering]) -> None:
    for antal in range(1, len(rader) + 1):
        fore = Counter(fakta(Samling.ARENDEN, STROM, gallande(rader[: antal - 1])))
        galler = gallande(rader[:antal])
        efter = Counter(fakta(Samling.ARENDEN, STROM, galler))
        if rader[antal - 1].rattar is None:
            tillagg = arende.tillagg(STROM, galler, rader[antal - 1])
            assert tillagg is None or fore + Counter(tillagg) == efter
        _granska_rader(efter, {n.position: n for n in galler})


@settings(max_examples=400, deadline=None)
@given(arenden(), st.integers(0, 55))
def test_vad_som_hande_senare_syns_inte(rader: list[Notering], dagar_in: int) -> None:
    galler_den = date(2019, 1, 1) + timedelta(days=dagar_in)
    helt = gallande(rader)
    dittills = [n for n in helt if n.handelse.datum <= galler_den]
    sett = _sett(fakta(Samling.ARENDEN, STROM, helt), galler_den.toordinal())
    assert sett == _sett(fakta(Samling.ARENDEN, STROM, dittills), galler_den.toordinal())


def _sett(rader: list[Fakta], idag: int) -> Counter[Fakta]:
    """Return facts as a question at a day sees them: later points left out, intervals clipped, their ends unknown."""
    kvar: list[Fakta] = []
    for rad in rader:
        if isinstance(rad, Intervall) and rad.fran <= idag:
            slutade = rad.till <= idag
            utfall, planerat = (rad.utfall, rad.planerat) if slutade else (None, None)
            till = min(rad.till, idag + 1)
            kvar.append(rad._replace(handelser="", till=till, utfall=utfall, planerat=planerat))
        elif isinstance(rad, Punkt) and rad.dag <= idag:
            kvar.append(rad)
    return Counter(kvar)


def _granska_rader(rader: Counter[Any], galler: dict[int, Notering]) -> None:
    """Check that each fact rests on effective events, and that nothing it says of its first day came later."""
    assert all(antal == 1 for antal in rader.values())
    for rad in rader:
        positioner = handelse_av(rad)
        assert positioner == sorted(set(positioner))
        forsta = rad.fran if isinstance(rad, Intervall) else rad.dag
        sista = rad.till if isinstance(rad, Intervall) else rad.dag
        assert all(galler[p].handelse.datum.toordinal() <= sista for p in positioner)
        assert any(galler[p].handelse.datum.toordinal() <= forsta for p in positioner)
        assert forsta < sista or isinstance(rad, Punkt)
        assert rad.antal >= 0


def test_ett_beviljande_beslut_lagger_till_sin_punkt_och_sin_vantan() -> None:
    rader = noteringar(ett_arende(), en_samverkan(), ett_beslut("2019-05-20"))
    fore = fakta(Samling.ARENDEN, STROM, gallande(rader[:-1]))
    tillagg = arende.tillagg(STROM, gallande(rader), rader[-1])
    assert tillagg is not None
    assert [(type(rad), rad.slag, rad.handelser) for rad in tillagg] == [
        (Punkt, "beslut.fattat", "3"),
        (Intervall, BESLUT_EJ_VERKSTALLT, "3"),
    ]
    assert Counter(fore) + Counter(tillagg) == Counter(fakta(Samling.ARENDEN, STROM, gallande(rader)))


def test_ett_avslag_och_en_enskild_handelse_lagger_bara_till_sin_punkt() -> None:
    for handelse in (ett_beslut("2019-05-20", bifall=False), en_samverkan("2019-05-20")):
        rader = noteringar(ett_arende(), handelse)
        tillagg = arende.tillagg(STROM, gallande(rader), rader[-1])
        assert tillagg is not None
        assert [(type(rad), rad.slag, rad.handelser) for rad in tillagg] == [(Punkt, handelse.typ, "2")]


def test_det_som_kan_andra_vad_annat_betyder_laggs_inte_bara_till() -> None:
    rader = noteringar(ett_arende(), en_ny_enhet())
    assert arende.tillagg(STROM, gallande(rader), rader[-1]) is None


def test_en_verkstallighet_raknas_pa_den_enhet_och_malgrupp_som_galler_den_dagen() -> None:
    historia = (
        ett_arende(), ett_beslut("2019-05-20"), en_ny_enhet("2019-06-01", enhet="Vuxenenheten"),
        en_ny_malgrupp("2019-06-01", malgrupp="vuxna"), ett_verkstallt_beslut("2019-06-10"),
    )  # fmt: skip
    (rad,) = punkter(*historia, slag="beslut.verkstallt")
    assert (rad.enhet, rad.malgrupp) == ("Vuxenenheten", "vuxna")


def test_vantan_pa_verkstallighet_raknas_pa_den_enhet_som_fattade_beslutet() -> None:
    historia = (ett_arende(enhet="Barn"), ett_beslut("2019-05-20"), en_ny_enhet("2019-06-01", enhet="Vuxenenheten"))
    (rad,) = intervall(*historia, slag=BESLUT_EJ_VERKSTALLT)
    assert rad.enhet == "Barn"


def test_varje_beslut_vantar_pa_sin_egen_verkstallighet() -> None:
    annat = "77777777-7777-4777-8777-777777777777"
    historia = (
        ett_arende(), ett_beslut("2019-05-20"), ett_beslut("2019-05-21", beslut_id=annat),
        ett_verkstallt_beslut("2019-06-01", beslut_id=annat), ett_verkstallt_beslut("2019-06-10"),
    )  # fmt: skip
    assert [dagar(rad) for rad in intervall(*historia, slag=BESLUT_EJ_VERKSTALLT)] == [
        ("2019-05-20", "2019-06-10"),
        ("2019-05-21", "2019-06-01"),
    ]


def test_en_anmalan_den_dag_en_utredning_inleds_behover_ingen_forhandsbedomning() -> None:
    historia = (ett_arende("2019-01-07", satt="ansokan"), en_utredning("2019-02-01"), en_ny_anmalan("2019-02-01"))
    assert intervall(*historia, slag=FORHANDSBEDOMNING) == []


def test_en_anmalan_den_dag_utredningen_avslutas_behover_en_forhandsbedomning() -> None:
    historia = (
        ett_arende("2019-01-07", satt="ansokan"), en_utredning("2019-02-01"), en_avslutad_utredning("2019-05-17"),
        en_ny_anmalan("2019-05-17"),
    )  # fmt: skip
    assert [dagar(rad) for rad in intervall(*historia, slag=FORHANDSBEDOMNING)] == [("2019-05-17", OPPEN)]


def test_det_som_avslutar_en_forhandsbedomning_star_bland_dess_kallor() -> None:
    for slut in (en_forhandsbedomning("2019-01-15"), en_utredning("2019-01-15"), ett_avslutat_arende("2019-01-15")):
        (rad,) = intervall(ett_arende("2019-01-07", satt="anmalan"), slut, slag=FORHANDSBEDOMNING)
        assert (dagar(rad), rad.handelser) == (("2019-01-07", "2019-01-15"), "1 2")


def test_utan_borjan_finns_ingenting_att_lagga_till() -> None:
    rader = noteringar(en_samverkan())
    assert arende.tillagg(STROM, rader, rader[0]) == []
