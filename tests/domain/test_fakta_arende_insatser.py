"""From the events of a case to facts: services, what holds in the case, corrections, and what one event adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregat import besluta
from domain.arende.beslut import ARENDE as ARENDESTROM
from domain.arende.handelser import AktualiseringInkommen, ArendeAktualiserat, UtredningPaborjad
from domain.begrepp import Samling
from domain.fakta import (
    BESLUT_EJ_VERKSTALLT,
    ENSAMKOMMANDE,
    FORHANDSBEDOMNING,
    INSATS,
    PROBLEMATIK,
    SERVICEINSATS,
    Fakta,
    Intervall,
    Punkt,
    handelse_av,
)
from domain.fel import Regelbrott
from domain.handelse import Handelse, Notering
from domain.harledning import fakta
from domain.historik import gallande
from tests.domain.exempel import VANLIGA, en_makulering, en_ny_malgrupp
from tests.domain.exempel_arende import (
    ANDRA_ANMALAN,
    BESLUT,
    en_aterupptagning,
    en_avslutad_insats,
    en_avslutad_utredning,
    en_avvikelse,
    en_forhandsbedomning,
    en_insats,
    en_insatsuppfoljning,
    en_ny_anmalan,
    en_ny_enhet,
    en_paus,
    en_problematik,
    en_samverkan,
    en_status,
    en_utredning,
    ett_arende,
    ett_ateroppnat_arende,
    ett_avslutat_arende,
    ett_beslut,
    ett_overlamnande,
    ett_overtagande,
    ett_verkstallt_beslut,
)
from tests.domain.fakta_i_arendet import OPPEN, STROM, alla, dag, dagar, intervall, punkter
from tests.domain.stegvis import sista_steget
from tests.givet import IDAG, Rattelse, id_for, noteringar, rattelse

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
def test_varje_rad_vilar_pa_handelser_som_galler(rader: list[Notering]) -> None:
    for antal in range(1, len(rader) + 1):
        galler = gallande(rader[:antal])
        _granska_rader(Counter(fakta(Samling.ARENDEN, STROM, galler)), {n.position: n for n in galler})


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
    andring = sista_steget(Samling.ARENDEN, ett_arende(), en_samverkan(), ett_beslut("2019-05-20"))
    assert Counter((type(rad), rad.slag, rad.handelser) for _, rad in andring.nya) == Counter(
        [(Punkt, "beslut.fattat", "3"), (Intervall, BESLUT_EJ_VERKSTALLT, "3")]
    )
    assert andring.stangda == []


def test_ett_avslag_och_en_enskild_handelse_lagger_bara_till_sin_punkt() -> None:
    for handelse in (ett_beslut("2019-05-20", bifall=False), en_samverkan("2019-05-20")):
        andring = sista_steget(Samling.ARENDEN, ett_arende(), handelse)
        assert [(type(rad), rad.slag, rad.handelser) for _, rad in andring.nya] == [(Punkt, handelse.typ, "2")]
        assert andring.stangda == []


def test_det_som_kan_andra_vad_annat_betyder_laggs_inte_bara_till() -> None:
    andring = sista_steget(Samling.ARENDEN, ett_arende(), en_ny_enhet())
    assert [form for form, _ in andring.stangda] == [Intervall]


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


def test_utan_borjan_finns_inga_fakta() -> None:
    assert fakta(Samling.ARENDEN, STROM, noteringar(en_samverkan())) == []


def test_en_sen_forhandsbedomning_tar_det_som_en_senare_hade_avslutat() -> None:
    historia = (ett_arende("2019-01-07"), en_ny_anmalan("2019-01-10"), en_forhandsbedomning("2019-01-20"))
    sen = sista_steget(Samling.ARENDEN, *historia, en_forhandsbedomning("2019-01-12"))
    assert [(rad.slag, rad.handelser) for _, rad in sen.nya] == [
        (FORHANDSBEDOMNING, "1 4"),
        (FORHANDSBEDOMNING, "2 4"),
        ("forhandsbedomning.avslutad", "2 3"),
        ("forhandsbedomning.avslutad", "1 4"),
    ]
    assert len(sen.stangda) == 3


def test_en_rattelse_kan_namna_ett_beslut_som_fattades_senare_samma_dag() -> None:
    annat = "77777777-7777-4777-8777-777777777777"
    rader = intervall(
        ett_arende(), ett_beslut("2019-05-19"), ett_verkstallt_beslut("2019-05-20"),
        ett_beslut("2019-05-20", beslut_id=annat), rattelse(3, ett_verkstallt_beslut("2019-05-20", beslut_id=annat)),
        slag=BESLUT_EJ_VERKSTALLT,
    )  # fmt: skip
    assert [(dagar(rad), rad.handelser) for rad in rader] == [(("2019-05-19", OPPEN), "2")]
