"""From events to facts: stays and absences as intervals, what happened as points, money as amounts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from uuid import UUID

from domain.begrepp import Samling
from domain.fakta import (
    FRANVARO,
    VISTELSE,
    Belopp,
    Fakta,
    Intervall,
    Punkt,
    handelse_av,
)
from domain.handelse import Handelse
from domain.harledning import fakta
from domain.historik import gallande
from domain.tid import OANDLIG_DAG
from tests.domain.exempel import (
    ANNAN_PLACERING,
    PERSON,
    UTFORARE_ID,
    en_bokning,
    en_franvaro,
    en_makulering,
    en_ny_malgrupp,
    en_omprovning,
    en_placering,
    en_utvardering,
    ett_avslut,
    ett_nytt_lagrum,
    ett_nytt_planerat_slut,
    ett_nytt_pris,
    ett_overvagande,
    ett_platsantal,
    ett_pris,
)
from tests.givet import Rattelse, noteringar, rattelse

STROM = UUID(int=99)
OPPEN = date.fromordinal(OANDLIG_DAG)


def alla(samling: Samling, *historia: Handelse | Rattelse) -> list[Fakta]:
    return fakta(samling, STROM, gallande(noteringar(*historia)))


def intervall(*historia: Handelse | Rattelse, slag: str = VISTELSE) -> list[Intervall]:
    rader = alla(Samling.PLACERINGAR, *historia)
    return [rad for rad in rader if isinstance(rad, Intervall) and rad.slag == slag]


def punkter(*historia: Handelse | Rattelse) -> list[Punkt]:
    return [rad for rad in alla(Samling.PLACERINGAR, *historia) if isinstance(rad, Punkt)]


def belopp(*historia: Handelse | Rattelse, slag: str) -> list[Belopp]:
    rader = alla(Samling.BUDGETPERIODER, *historia)
    return [rad for rad in rader if isinstance(rad, Belopp) and rad.slag == slag]


def hos_utforaren(*historia: Handelse | Rattelse, slag: str) -> list[Intervall]:
    rader = alla(Samling.UTFORARE, *historia)
    return [rad for rad in rader if isinstance(rad, Intervall) and rad.slag == slag]


def dagar(rad: Intervall) -> tuple[str, str]:
    return str(date.fromordinal(rad.fran)), str(date.fromordinal(rad.till))


def dag(text: str) -> int:
    return date.fromisoformat(text).toordinal()


# Stays


def test_en_pagaende_placering_ar_en_vistelse_utan_slut() -> None:
    (rad,) = intervall(en_placering("2019-01-10"))
    assert dagar(rad) == ("2019-01-10", str(OPPEN))
    assert (rad.inskrivning, rad.utskrivning) == (1, 0)
    assert (rad.person, rad.utforare, rad.kommun) == (UUID(PERSON).hex, UUID(UTFORARE_ID).hex, "1880")
    assert (rad.malgrupp, rad.kon, rad.insatsform, rad.regi) == ("unga", "kvinna", "hvb", "extern")
    assert (rad.lagrum, rad.avtalsform, rad.prissort, rad.pris) == ("SoL", "ramavtal", "dygn", 195_300)


def test_en_avslutad_placering_slutar_pa_utskrivningsdagen() -> None:
    (rad,) = intervall(en_placering("2019-01-10"), ett_avslut("2019-06-30"))
    assert dagar(rad) == ("2019-01-10", "2019-06-30")
    assert (rad.inskrivning, rad.utskrivning) == (1, 1)
    assert handelse_av(rad) == [1, 2]


def test_en_vistelse_samma_dag_ar_ett_dygn_hur_den_an_raknas() -> None:
    (rad,) = intervall(en_placering("2019-01-10"), ett_avslut("2019-01-10"))
    assert dagar(rad) == ("2019-01-10", "2019-01-11")
    assert (rad.inskrivning, rad.utskrivning) == (0, 0)


def test_en_flytt_har_varken_utskrivning_eller_ny_inskrivning() -> None:
    (fran,) = intervall(en_placering("2019-01-10"), ett_avslut("2019-03-01", orsak="omplacering"))
    (till,) = intervall(en_placering("2019-03-01", foregaende_placering_id=ANNAN_PLACERING, omplacering="planerad"))
    assert (fran.inskrivning, fran.utskrivning) == (1, 0)
    assert (till.inskrivning, till.utskrivning) == (0, 0)
    assert fran.till == till.fran


def test_vid_en_flytt_samma_dag_hor_dagen_till_den_som_tar_emot() -> None:
    assert intervall(en_placering("2019-01-10"), ett_avslut("2019-01-10", orsak="omplacering")) == []


def test_ett_okant_pris_ar_inget_pris_och_inte_noll() -> None:
    (rad,) = intervall(en_placering(pris=None))
    assert (rad.prissort, rad.pris) == (None, None)


def test_ett_manadspris_behaller_sin_sort() -> None:
    (rad,) = intervall(en_placering(pris=ett_pris("41000.00", "manad")))
    assert (rad.prissort, rad.pris) == ("manad", 4_100_000)


def test_varje_andring_av_pris_malgrupp_och_lagrum_borjar_ett_nytt_avsnitt() -> None:
    historia = (en_placering("2019-01-10"), ett_nytt_pris("2019-03-01", "2100.00"), ett_nytt_lagrum("2019-04-01"))
    rader = intervall(*historia, en_ny_malgrupp("2019-05-01"), ett_avslut("2019-06-30"))
    assert [dagar(rad) for rad in rader] == [
        ("2019-01-10", "2019-03-01"),
        ("2019-03-01", "2019-04-01"),
        ("2019-04-01", "2019-05-01"),
        ("2019-05-01", "2019-06-30"),
    ]
    assert [rad.pris for rad in rader] == [195_300, 210_000, 210_000, 210_000]
    assert [rad.lagrum for rad in rader] == ["SoL", "SoL", "LVU", "LVU"]
    assert [rad.malgrupp for rad in rader] == ["unga", "unga", "unga", "vuxna"]
    assert [(rad.inskrivning, rad.utskrivning) for rad in rader] == [(1, 0), (0, 0), (0, 0), (0, 1)]
    assert [handelse_av(rad) for rad in rader] == [[1, 2], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5]]


def test_flera_andringar_samma_dag_ar_ett_avsnitt() -> None:
    rader = intervall(en_placering(), ett_nytt_pris("2019-03-01"), ett_nytt_lagrum("2019-03-01"))
    assert [(rad.pris, rad.lagrum) for rad in rader] == [(195_300, "SoL"), (210_000, "LVU")]


def test_en_andring_forsta_dagen_galler_fran_borjan() -> None:
    (rad,) = intervall(en_placering("2019-01-10"), ett_nytt_pris("2019-01-10"))
    assert (rad.pris, rad.inskrivning) == (210_000, 1)


def test_en_andring_pa_utskrivningsdagen_galler_bara_den_dagen() -> None:
    rader = intervall(en_placering(), ett_nytt_pris("2019-06-30"), ett_avslut("2019-06-30"))
    assert [(dagar(rad), rad.pris, rad.inskrivning, rad.utskrivning) for rad in rader] == [
        (("2019-01-10", "2019-06-30"), 195_300, 1, 0),
        (("2019-06-30", "2019-06-30"), 210_000, 0, 1),
    ]


def test_en_andring_pa_flyttdagen_hor_till_den_som_tar_emot() -> None:
    avslut = ett_avslut("2019-06-30", orsak="omplacering")
    (rad,) = intervall(en_placering(), ett_nytt_pris("2019-06-30"), avslut)
    assert (rad.pris, rad.utskrivning) == (195_300, 0)


def test_en_andring_under_en_vistelse_samma_dag_galler_dygnet() -> None:
    (rad,) = intervall(en_placering(), ett_nytt_pris("2019-01-10"), ett_avslut("2019-01-10"))
    assert (dagar(rad), rad.pris) == (("2019-01-10", "2019-01-11"), 210_000)


def test_avsnitten_hanger_ihop_utan_lucka_och_utan_overlapp() -> None:
    rader = intervall(en_placering(), ett_nytt_pris("2019-02-01"), ett_nytt_pris("2019-02-02"), ett_avslut())
    assert all(forra.till == nasta.fran for forra, nasta in pairwise(rader))


def test_en_sent_registrerad_prisandring_ger_samma_vistelser_som_en_i_tid() -> None:
    def utan_sparet(*historia: Handelse) -> list[Intervall]:
        return [rad._replace(handelser="") for rad in intervall(*historia)]

    borjan, varpris, hostpris = en_placering(), ett_nytt_pris("2019-03-01"), ett_nytt_pris("2019-09-01", "2200.00")
    assert utan_sparet(borjan, hostpris, varpris) == utan_sparet(borjan, varpris, hostpris)


def test_en_makulerad_placering_lamnar_inga_fakta() -> None:
    assert alla(Samling.PLACERINGAR, en_placering(), rattelse(1, en_makulering())) == []


def test_handelser_utan_borjan_ger_inga_fakta() -> None:
    assert alla(Samling.PLACERINGAR, ett_nytt_pris()) == []
    assert alla(Samling.BUDGETPERIODER, en_bokning()) == []
    assert alla(Samling.UTFORARE, ett_platsantal()) == []


def test_ett_planerat_slut_flyttar_inga_dygn() -> None:
    utan = alla(Samling.PLACERINGAR, en_placering())
    med = alla(Samling.PLACERINGAR, en_placering(), ett_nytt_planerat_slut())
    assert med == utan


# Absence


def test_en_franvaro_ligger_inne_i_vistelsen() -> None:
    historia = (en_placering(), en_franvaro("2019-04-01", "2019-04-08", betald=False))
    (rad,) = intervall(*historia, slag=FRANVARO)
    assert dagar(rad) == ("2019-04-01", "2019-04-08")
    assert (rad.betald, rad.inskrivning, rad.utskrivning, rad.pris) == (0, 0, 0, 195_300)
    assert handelse_av(rad) == [1, 2]
    assert [r.betald for r in intervall(*historia)] == [1]


def test_en_betald_franvaro_ar_betald() -> None:
    (rad,) = intervall(en_placering(), en_franvaro(betald=True), slag=FRANVARO)
    assert rad.betald == 1


def test_en_franvaro_over_en_prisandring_delas() -> None:
    historia = (en_placering(), ett_nytt_pris("2019-04-03"), en_franvaro("2019-04-01", "2019-04-08"))
    rader = intervall(*historia, slag=FRANVARO)
    assert [(dagar(rad), rad.pris) for rad in rader] == [
        (("2019-04-01", "2019-04-03"), 195_300),
        (("2019-04-03", "2019-04-08"), 210_000),
    ]


def test_overlappande_franvaro_raknas_inte_tva_ganger() -> None:
    historia = (
        en_placering(),
        en_franvaro("2019-04-01", "2019-04-08", betald=True),
        en_franvaro("2019-04-05", "2019-04-12", betald=False),
        en_franvaro("2019-04-06", "2019-04-07", betald=False),
    )
    rader = intervall(*historia, slag=FRANVARO)
    assert [(dagar(rad), rad.betald) for rad in rader] == [
        (("2019-04-01", "2019-04-08"), 1),
        (("2019-04-08", "2019-04-12"), 0),
    ]


def test_en_franvaro_som_varar_langre_an_placeringen_slutar_med_den() -> None:
    historia = (en_placering(), en_franvaro("2019-04-01", "2019-04-20"), ett_avslut("2019-04-03"))
    (rad,) = intervall(*historia, slag=FRANVARO)
    assert dagar(rad) == ("2019-04-01", "2019-04-03")


def test_en_franvaro_som_borjar_pa_utskrivningsdagen_ar_inget_dygn() -> None:
    historia = (en_placering(), en_franvaro("2019-04-03", "2019-04-20"), ett_avslut("2019-04-03"))
    assert intervall(*historia, slag=FRANVARO) == []


def test_en_franvaro_fran_forsta_dagen_har_vistelsens_inskrivning() -> None:
    historia = (en_placering("2019-01-10"), en_franvaro("2019-01-10", "2019-01-12"))
    (rad,) = intervall(*historia, slag=FRANVARO)
    assert (rad.inskrivning, rad.utskrivning) == (1, 0)


# Points


def test_det_som_hande_ar_punkter_med_laget_den_dagen() -> None:
    historia = (en_placering(), ett_overvagande(), ett_nytt_lagrum("2019-05-07"), en_omprovning("2019-05-07"))
    rader = punkter(*historia, ett_avslut(), en_utvardering())
    assert [(rad.slag, str(date.fromordinal(rad.dag)), rad.lagrum) for rad in rader] == [
        ("placering.paborjad", "2019-01-10", "SoL"),
        ("overvagande.gjort", "2019-05-06", "SoL"),
        ("omprovning.gjord", "2019-05-07", "LVU"),
        ("placering.avslutad", "2019-06-30", "LVU"),
        ("insats.utvarderad", "2019-07-10", "LVU"),
    ]
    assert [(rad.utfall, rad.planerat) for rad in rader] == [
        (None, None), (None, None), (None, None), ("enligtPlan", 1), ("delvis", 1),
    ]  # fmt: skip


def test_en_omplacering_syns_i_borjans_punkt() -> None:
    (rad,) = punkter(en_placering(omplacering="oplanerad", foregaende_placering_id=ANNAN_PLACERING))
    assert rad.utfall == "oplanerad"


def test_ett_sammanbrott_ar_ett_oplanerat_avslut() -> None:
    rad = punkter(en_placering(), ett_avslut(planerat=False, orsak="sammanbrott"))[-1]
    assert (rad.utfall, rad.planerat) == ("sammanbrott", 0)
