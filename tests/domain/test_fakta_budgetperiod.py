"""From the events of a budget year to facts: lines by kind, grants, goals, figures from outside, reports, controls."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.begrepp import Samling
from domain.fakta import (
    ATAGANDE,
    ATAGANDE_FORSENAT,
    BUDGET,
    ERSATTNING_ATERBETALD,
    ERSATTNING_AVSLAGEN,
    ERSATTNING_BEVILJAD,
    ERSATTNING_SOKT,
    INVESTERINGSBUDGET,
    INVESTERINGSPROGNOS,
    INVESTERINGSUTFALL,
    MALUTFALL,
    MALVARDE,
    PROGNOS,
    RIKTLINJE,
    UTFALL,
    Belopp,
    Fakta,
    Intervall,
    Punkt,
)
from domain.handelse import Handelse
from domain.harledning import fakta as harledda
from domain.historik import gallande
from domain.tid import OANDLIG_DAG
from tests.domain.exempel import (
    en_bokning,
    en_budget,
    en_justering,
    en_prognos,
    en_rad,
)
from tests.domain.exempel_budgetperiod import (
    HELA_RADEN,
    en_ansokan,
    en_aterbetalning,
    en_bedomning,
    en_riktlinje,
    ett_atagande,
    ett_avslag,
    ett_avslutat_atagande,
    ett_bifall,
    ett_mal,
)
from tests.givet import Rattelse, noteringar, rattelse

STROM = UUID(int=99)


def dag(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def fakta(*historia: Handelse | Rattelse) -> list[Fakta]:
    return harledda(Samling.BUDGETPERIODER, STROM, gallande(noteringar(en_budget(), *historia)))


def belopp(*historia: Handelse | Rattelse, slag: str) -> list[Belopp]:
    return [rad for rad in fakta(*historia) if isinstance(rad, Belopp) and rad.slag == slag]


def punkter(*historia: Handelse | Rattelse, slag: str) -> list[Punkt]:
    return [rad for rad in fakta(*historia) if isinstance(rad, Punkt) and rad.slag == slag]


def intervall(*historia: Handelse | Rattelse, slag: str) -> list[tuple[str, str, str | None, str]]:
    return [
        (rad.handelser, str(date.fromordinal(rad.fran)), rad.underslag,
         "" if rad.till == OANDLIG_DAG else str(date.fromordinal(rad.till)))
        for rad in fakta(*historia)
        if isinstance(rad, Intervall) and rad.slag == slag
    ]  # fmt: skip


# Lines by kind


def test_en_rad_behaller_post_projekt_och_enhet() -> None:
    (rad,) = belopp(en_bokning(rader=[HELA_RADEN]), slag=UTFALL)
    assert rad == Belopp(
        handelser="2", slag="utfall", kommun="1880", namnd="Socialnämnden", dag=dag("2019-02-28"),
        manad=dag("2019-02-01"), belopp=10_050, avser_manad=dag("2019-02-01"), verksamhet="Placeringar unga",
        kontogrupp="kopAvVerksamhet", konto="4610", malgrupp="unga", insatsform="hvb", regi="extern",
        underslag="V 17", enhet="Myndighet unga", projekt="P 17", utfall="engangspost",
    )  # fmt: skip


@pytest.mark.parametrize("post", [None, "verksamhet"])
def test_en_vanlig_rad_ar_verksamhet_vare_sig_det_sags_eller_inte(post: str | None) -> None:
    (rad,) = belopp(en_bokning(rader=[en_rad(post=post)]), slag=UTFALL)
    assert rad.utfall is None


def test_en_balanspost_hor_till_budgeten() -> None:
    rader = belopp(
        en_justering("2019-12-01", slag="rattelse", rader=[en_rad("-33.60", post="balanspost")]), slag=BUDGET
    )
    assert [(rad.belopp, rad.utfall) for rad in rader if rad.underslag == "rattelse"] == [(-3_360, "balanspost")]


def test_investeringar_summeras_aldrig_med_driften() -> None:
    investering = en_rad("475.00", post="investering", projekt="946019")
    historia = (
        en_justering("2019-12-01", rader=[investering]),
        en_bokning(rader=[investering, en_rad("1.00")]),
        en_prognos(rader=[investering, en_rad("2.00")]),
    )
    for slag in (INVESTERINGSBUDGET, INVESTERINGSUTFALL, INVESTERINGSPROGNOS):
        assert [(rad.belopp, rad.projekt, rad.utfall) for rad in belopp(*historia, slag=slag)] == [
            (47_500, "946019", "investering")
        ]
    assert [rad.belopp for rad in belopp(*historia, slag=UTFALL)] == [100]
    assert [rad.belopp for rad in belopp(*historia, slag=PROGNOS)] == [200]
    assert sum(rad.belopp for rad in belopp(*historia, slag=BUDGET)) == 120_000


# Grants


def test_en_ersattning_ar_sokt_beviljad_avslagen_och_aterbetald_i_var_sin_manad() -> None:
    historia = (
        en_ansokan("2019-03-15", avser_manad="2018-11", verksamhet="Boende"),
        ett_bifall("2019-06-10"),
        ett_avslag("2020-02-11"),
        en_aterbetalning("2020-11-01"),
    )
    rader = [rad for rad in fakta(*historia) if isinstance(rad, Belopp) and rad.slag.startswith("ersattning")]
    assert [(r.slag, r.handelser, r.dag, r.manad, r.belopp) for r in rader] == [
        (ERSATTNING_SOKT, "2", dag("2019-03-15"), dag("2019-03-01"), 90_000_000),
        (ERSATTNING_BEVILJAD, "2 3", dag("2019-06-10"), dag("2019-06-01"), 20_000_000),
        (ERSATTNING_AVSLAGEN, "2 4", dag("2020-02-11"), dag("2020-02-01"), 70_000_000),
        (ERSATTNING_ATERBETALD, "2 5", dag("2020-11-01"), dag("2020-11-01"), 5_000_000),
    ]
    assert {(r.avser_manad, r.underslag, r.enhet, r.verksamhet) for r in rader} == {
        (dag("2018-11-01"), "migrationsverket", "Migrationsverket", "Boende")
    }


def test_en_ersattning_for_ett_helt_ar_avser_dess_januari() -> None:
    (rad,) = belopp(en_ansokan(avser_ar=2017), slag=ERSATTNING_SOKT)
    assert rad.avser_manad == dag("2017-01-01")


def test_en_rattad_ansokan_rattar_ocksa_vad_beslutet_gallde() -> None:
    historia = (en_ansokan(), ett_bifall(), rattelse(2, en_ansokan(slag="afa")))
    (rad,) = belopp(*historia, slag=ERSATTNING_BEVILJAD)
    assert (rad.underslag, rad.handelser) == ("afa", "4 3")


# Goals and commitments


def test_ett_mal_har_ett_malvarde_och_en_bedomning_ett_utfall() -> None:
    historia = (
        ett_mal("2018-12-12", indikator="Ramavvikelse, mnkr", malvarde="0"),
        en_bedomning("2019-08-31", varde="-39.8", trend="nedat"),
    )
    (satt,) = belopp(*historia, slag=MALVARDE)
    assert (satt.antal, satt.verksamhet, satt.underslag, satt.utfall, satt.dag, satt.manad) == (
        0, "Långsiktig och hållbar ekonomi", "Ramavvikelse, mnkr", "niva", dag("2018-12-12"), dag("2019-01-01"),
    )  # fmt: skip
    (natt,) = belopp(*historia, slag=MALUTFALL)
    assert (natt.antal, natt.verksamhet, natt.underslag, natt.dag, natt.handelser) == (
        -39_800, "Långsiktig och hållbar ekonomi", "Ramavvikelse, mnkr", dag("2019-08-31"), "2 3",
    )  # fmt: skip
    (faststallt,) = punkter(*historia, slag="mal.faststallt")
    assert (faststallt.underslag, faststallt.utfall) == ("Långsiktig och hållbar ekonomi", "niva")
    (bedomt,) = punkter(*historia, slag="mal.bedomt")
    assert (bedomt.underslag, bedomt.utfall, bedomt.planerat, bedomt.handelser) == (
        "Långsiktig och hållbar ekonomi", "delvis", -1, "2 3",
    )  # fmt: skip


def test_ett_mal_utan_tal_ger_inga_tal() -> None:
    historia = (ett_mal(), en_bedomning())
    assert belopp(*historia, slag=MALVARDE) + belopp(*historia, slag=MALUTFALL) == []
    assert [p.planerat for p in punkter(*historia, slag="mal.bedomt")] == [None]


def test_ett_atagande_pagar_tills_det_avslutas() -> None:
    pagar = (ett_atagande("2019-02-01"),)
    assert intervall(*pagar, slag=ATAGANDE) == [("2", "2019-02-01", "Fler egna familjehem", "")]
    klart = (*pagar, ett_avslutat_atagande("2019-10-15"))
    assert intervall(*klart, slag=ATAGANDE) == [("2 3", "2019-02-01", "Fler egna familjehem", "2019-10-15")]
    (slut,) = punkter(*klart, slag="atagande.avslutat")
    assert (slut.dag, slut.utfall, slut.handelser) == (dag("2019-10-15"), "klart", "2 3")


def test_ett_annat_atagandes_slut_avslutar_inte_det_har() -> None:
    annat = {"atagande_id": "55555555-5555-4555-8555-555555555598"}
    historia = (ett_atagande(), ett_atagande(namn="Färre konsulter", **annat), ett_avslutat_atagande(**annat))
    assert [(namn, till) for _, _, namn, till in intervall(*historia, slag=ATAGANDE)] == [
        ("Fler egna familjehem", ""),
        ("Färre konsulter", "2019-10-15"),
    ]


def test_ett_atagande_ar_forsenat_fran_dagen_efter_sitt_planerade_slut() -> None:
    start = ett_atagande("2019-02-01", planerat_slut="2019-08-31")
    assert intervall(start, slag=ATAGANDE_FORSENAT) == [("2", "2019-09-01", "Fler egna familjehem", "")]
    assert intervall(start, ett_avslutat_atagande("2019-10-15"), slag=ATAGANDE_FORSENAT) == [
        ("2 3", "2019-09-01", "Fler egna familjehem", "2019-10-15")
    ]
    assert intervall(start, ett_avslutat_atagande("2019-09-01"), slag=ATAGANDE_FORSENAT) == []


def test_ett_atagande_som_avslutas_tva_dagar_efter_sitt_planerade_slut_var_forsenat_en_dag() -> None:
    historia = (ett_atagande("2019-02-01", planerat_slut="2019-08-31"), ett_avslutat_atagande("2019-09-02"))
    assert intervall(*historia, slag=ATAGANDE_FORSENAT) == [("2 3", "2019-09-01", "Fler egna familjehem", "2019-09-02")]


def test_det_som_galler_over_tid_hor_till_kommunen_och_namns_vid_namn() -> None:
    historia = (ett_atagande("2019-02-01"), ett_avslutat_atagande("2019-10-15"), en_riktlinje(namn="Riktlinjen"))
    langa = [rad for rad in fakta(*historia) if isinstance(rad, Intervall)]
    assert {(rad.slag, rad.kommun) for rad in langa} >= {(ATAGANDE, "1880"), (RIKTLINJE, "1880")}
    assert [
        (rad.slag, rad.underslag) for rad in fakta(*historia) if isinstance(rad, Punkt)
    ] == [
        ("atagande.startat", "Fler egna familjehem"),
        ("atagande.avslutat", "Fler egna familjehem"),
        ("riktlinje.beslutad", "Riktlinjen"),
    ]  # fmt: skip


def test_ett_atagande_som_avslutas_dagen_det_startar_pagick_ingen_dag() -> None:
    historia = (ett_atagande("2019-02-01"), ett_avslutat_atagande("2019-02-01"))
    assert intervall(*historia, slag=ATAGANDE) == []
    assert len(punkter(*historia, slag="atagande.startat") + punkter(*historia, slag="atagande.avslutat")) == 2
