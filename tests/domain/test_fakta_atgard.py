"""From the events of an åtgärd to facts: phases and delays, points, and effects as amounts to the öre."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.aggregat import besluta
from domain.atgard.beslut import ATGARD
from domain.begrepp import Samling
from domain.fakta import (
    ATGARDSFAS,
    ATGARDSFORSENING,
    BUDGETERAD_EFFEKT,
    DELUPPDRAG,
    FORVANTAD_EFFEKT,
    Belopp,
    Fakta,
    Intervall,
    Punkt,
    handelse_av,
)
from domain.fel import Regelbrott
from domain.handelse import Handelse, Notering
from domain.harledning import fakta
from domain.historik import gallande
from domain.tid import OANDLIG_DAG
from tests.domain.exempel import en_makulering
from tests.domain.exempel_atgard import (
    FORUTSATTER,
    FULLA,
    VANLIGA,
    en_alternativkostnad,
    en_avbruten_atgard,
    en_beraknad_effekt,
    en_beslutad_atgard,
    en_budgeterad_effekt,
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
from tests.domain.stegvis import sista_steget, stegvis
from tests.givet import IDAG, Rattelse, id_for, noteringar, rattelse

STROM = UUID(int=99)
OPPEN = date.fromordinal(OANDLIG_DAG)


def alla(*historia: Handelse | Rattelse) -> list[Fakta]:
    return fakta(Samling.ATGARDER, STROM, gallande(noteringar(*historia)))


def intervall(*historia: Handelse | Rattelse, slag: str) -> list[Intervall]:
    return [rad for rad in alla(*historia) if isinstance(rad, Intervall) and rad.slag == slag]


def punkter(*historia: Handelse | Rattelse) -> list[tuple[str, str, int, str]]:
    """Return points as (kind, day, thousandths, events)."""
    rader = [rad for rad in alla(*historia) if isinstance(rad, Punkt)]
    return [(rad.slag, str(date.fromordinal(rad.dag)), rad.antal, rad.handelser) for rad in rader]


def belopp(*historia: Handelse | Rattelse, slag: str) -> list[Belopp]:
    return [rad for rad in alla(*historia) if isinstance(rad, Belopp) and rad.slag == slag]


def faser(*historia: Handelse | Rattelse) -> list[tuple[str | None, str, str, str | None, str]]:
    """Return phases as (phase, from, to, what took over, events)."""
    rader = intervall(*historia, slag=ATGARDSFAS)
    return [(rad.underslag, *dagar(rad), rad.utfall, rad.handelser) for rad in rader]


def dagar(rad: Intervall) -> tuple[str, str]:
    return str(date.fromordinal(rad.fran)), str(date.fromordinal(rad.till))


def dag(text: str) -> int:
    return date.fromisoformat(text).toordinal()


# Phases


def test_utan_borjan_finns_inga_fakta() -> None:
    assert alla() == []
    assert alla(en_identifierad_atgard(), rattelse(1, en_makulering())) == []


def test_en_atgard_gar_fran_identifierad_till_slutford() -> None:
    assert faser(
        en_identifierad_atgard("2019-01-02"),
        en_beslutad_atgard("2019-01-16"),
        en_paborjad_atgard("2019-02-01"),
        en_permanentad_atgard("2019-10-01"),
        en_slutford_atgard("2019-12-20"),
    ) == [
        ("identifierad", "2019-01-02", "2019-01-16", "beslutad", "1 2"),
        ("beslutad", "2019-01-16", "2019-02-01", "pagaende", "2 3"),
        ("pagaende", "2019-02-01", "2019-10-01", "permanent", "3 4"),
        ("permanent", "2019-10-01", "2019-12-20", "slutford", "4 5"),
        ("slutford", "2019-12-20", str(OPPEN), None, "5"),
    ]


def test_en_avbruten_atgard_forblir_avbruten() -> None:
    assert faser(en_identifierad_atgard("2019-01-02"), en_avbruten_atgard("2019-03-01")) == [
        ("identifierad", "2019-01-02", "2019-03-01", "avbruten", "1 2"),
        ("avbruten", "2019-03-01", str(OPPEN), None, "2"),
    ]


def test_en_fas_som_borjar_och_slutar_samma_dag_har_inga_dagar() -> None:
    assert faser(
        en_identifierad_atgard("2019-01-02"), en_beslutad_atgard("2019-01-02"), en_paborjad_atgard("2019-01-02")
    ) == [("pagaende", "2019-01-02", str(OPPEN), None, "3")]


def test_ett_beslut_efter_paborjandet_tar_inte_atgarden_tillbaka() -> None:
    assert faser(
        en_identifierad_atgard("2019-01-02"), en_paborjad_atgard("2019-02-01"), en_beslutad_atgard("2019-03-01")
    ) == [
        ("identifierad", "2019-01-02", "2019-02-01", "pagaende", "1 2"),
        ("pagaende", "2019-02-01", str(OPPEN), None, "2"),
    ]


def test_en_fas_har_kommun_och_raknas_som_en_atgard() -> None:
    (rad,) = intervall(en_identifierad_atgard("2019-01-02"), slag=ATGARDSFAS)
    assert rad == Intervall("1", ATGARDSFAS, "1880", dag("2019-01-02"), OANDLIG_DAG, underslag="identifierad")
    assert rad.antal == 1000


def test_varje_dag_star_en_atgard_i_just_en_fas() -> None:
    rader = intervall(*EN_HEL_HISTORIA, slag=ATGARDSFAS)
    for nr in range(dag("2019-01-02"), dag("2020-01-10")):
        assert len([rad for rad in rader if rad.fran <= nr < rad.till]) == 1


# Delays and parts of the work


def test_en_atgard_ar_forsenad_efter_sitt_planerade_slut() -> None:
    historia = (en_identifierad_atgard(), en_beslutad_atgard(planerat_slut="2019-06-30"), en_paborjad_atgard())
    assert [dagar(rad) for rad in intervall(*historia, slag=ATGARDSFORSENING)] == [("2019-07-01", str(OPPEN))]
    assert intervall(*historia, en_slutford_atgard("2019-07-01"), slag=ATGARDSFORSENING) == []
    assert intervall(*historia, en_slutford_atgard("2019-07-11"), slag=ATGARDSFORSENING) == [
        Intervall("2 4", ATGARDSFORSENING, "1880", dag("2019-07-01"), dag("2019-07-11"))
    ]


def test_ett_nytt_beslut_flyttar_fram_det_planerade_slutet() -> None:
    historia = (
        en_identifierad_atgard(),
        en_beslutad_atgard("2019-01-16", planerat_slut="2019-06-30"),
        en_beslutad_atgard("2019-05-22"),
        en_beslutad_atgard("2019-07-11", planerat_slut="2019-12-31"),
    )
    rader = intervall(*historia, slag=ATGARDSFORSENING)
    assert [(dagar(rad), rad.handelser) for rad in rader] == [
        (("2019-07-01", "2019-07-11"), "2 4"),
        (("2020-01-01", str(OPPEN)), "4"),
    ]


def test_ett_planerat_slut_som_redan_passerat_forsenar_fran_beslutet() -> None:
    historia = (en_identifierad_atgard(), en_beslutad_atgard("2019-01-16", planerat_slut="2019-01-10"))
    assert [dagar(rad) for rad in intervall(*historia, slag=ATGARDSFORSENING)] == [("2019-01-16", str(OPPEN))]


def test_ett_deluppdrag_pagar_tills_det_avslutas() -> None:
    historia = (en_identifierad_atgard(), ett_deluppdrag("2019-02-11"))
    assert intervall(*historia, slag=DELUPPDRAG) == [Intervall("2", DELUPPDRAG, "1880", dag("2019-02-11"), OANDLIG_DAG)]
    assert intervall(*historia, ett_avslutat_deluppdrag("2019-03-15"), slag=DELUPPDRAG) == [
        Intervall("2 3", DELUPPDRAG, "1880", dag("2019-02-11"), dag("2019-03-15"))
    ]
    assert intervall(*historia, ett_avslutat_deluppdrag("2019-02-11"), slag=DELUPPDRAG) == []


# Points


def test_det_som_hande_ar_punkter() -> None:
    assert punkter(
        en_identifierad_atgard("2019-01-02"),
        en_beslutad_atgard("2019-01-16"),
        en_paborjad_atgard("2019-02-01"),
        en_fardiggrad("2019-05-02", 40),
        en_kommentar("2019-05-03"),
        en_permanentad_atgard("2019-10-01"),
        en_slutford_atgard("2019-12-20"),
    ) == [
        ("fardiggrad.satt", "2019-05-02", 40_000, "4"),
        ("atgard.beslutad", "2019-01-16", 1000, "2"),
        ("atgard.paborjad", "2019-02-01", 1000, "3"),
        ("atgard.permanentad", "2019-10-01", 1000, "6"),
        ("atgard.slutford", "2019-12-20", 1000, "7"),
    ]
    assert punkter(en_identifierad_atgard(), en_avbruten_atgard("2019-11-15")) == [
        ("atgard.avbruten", "2019-11-15", 1000, "2")
    ]


def test_en_punkt_hor_till_atgardens_kommun() -> None:
    rader = alla(en_identifierad_atgard(), en_beslutad_atgard("2019-01-16"), en_fardiggrad("2019-05-02", 40))
    assert [rad for rad in rader if isinstance(rad, Punkt)] == [
        Punkt("3", "fardiggrad.satt", "1880", dag("2019-05-02"), antal=40_000),
        Punkt("2", "atgard.beslutad", "1880", dag("2019-01-16")),
    ]


def test_dagens_sista_fardiggrad_galler() -> None:
    historia = (en_identifierad_atgard(), en_fardiggrad("2019-05-02", 40), en_fardiggrad("2019-05-02", 45))
    assert punkter(*historia, en_fardiggrad("2019-06-02", 50)) == [
        ("fardiggrad.satt", "2019-05-02", 45_000, "3"),
        ("fardiggrad.satt", "2019-06-02", 50_000, "4"),
    ]


# Laws


EN_HEL_HISTORIA: list[Handelse] = [
    en_identifierad_atgard("2019-01-02"),
    en_beslutad_atgard("2019-01-16", planerat_slut="2019-06-30"),
    en_budgeterad_effekt("2019-01-17"),
    en_paborjad_atgard("2019-02-01"),
    ett_deluppdrag("2019-02-11"),
    ett_hypotetiskt_slut("2019-02-20"),
    ett_avslutat_deluppdrag("2019-03-15"),
    en_beraknad_effekt("2019-04-30"),
    en_fardiggrad("2019-05-02"),
    en_kommentar("2019-05-03"),
    en_beslutad_atgard("2019-05-22", planerat_slut="2019-11-30"),
    ett_hypotetiskt_slut("2019-06-01", slut="2019-10-31"),
    ett_bedomt_arende("2019-06-14"),
    en_beraknad_effekt("2019-08-31", prognos_under_aret=None, beraknad_total="2400000.00"),
    en_alternativkostnad("2019-09-01"),
    en_uppnadd_effekt("2019-09-02", fran="2019-05-01", till="2019-09-01"),
    en_permanentad_atgard("2019-10-01"),
    en_slutford_atgard("2019-12-20"),
]


def oberoende_av_ordning(rader: list[Fakta], historia: list[Notering]) -> Counter[Any]:
    """Return facts with the events behind them in place of their positions."""
    handelser = {n.position: n.handelse for n in historia}
    return Counter((rad._replace(handelser=""), frozenset(handelser[p] for p in handelse_av(rad))) for rad in rader)


def test_en_sent_registrerad_handelse_ger_samma_fakta_som_en_i_tid() -> None:
    i_tid = noteringar(*EN_HEL_HISTORIA)
    vantade = oberoende_av_ordning(fakta(Samling.ATGARDER, STROM, gallande(i_tid)), i_tid)
    sena = []
    for nr, handelse in enumerate(EN_HEL_HISTORIA):
        rader: list[Notering] = []
        try:
            for h in (*EN_HEL_HISTORIA[:nr], *EN_HEL_HISTORIA[nr + 1 :], handelse):
                assert besluta(ATGARD, rader, h, idag=IDAG) == (h,)
                rader.append(Notering(len(rader) + 1, id_for(len(rader) + 1), h))
        except Regelbrott:
            continue  # something else presupposes it
        sena.append(handelse)
        assert oberoende_av_ordning(fakta(Samling.ATGARDER, STROM, gallande(rader)), rader) == vantade
    assert [h.typ for h in EN_HEL_HISTORIA if h not in sena] == [
        "atgard.identifierad",
        "atgard.beslutad",
        "atgard.paborjad",
        "deluppdrag.lagtTill",
    ]


def test_varje_fakta_foljer_av_handelser_som_hant_nar_den_borjar_galla() -> None:
    historia = {n.position: n.handelse for n in noteringar(*EN_HEL_HISTORIA)}
    for rad in alla(*EN_HEL_HISTORIA):
        sagda = [historia[position].datum.toordinal() for position in handelse_av(rad)]
        if isinstance(rad, Intervall):
            assert min(sagda) <= rad.fran
            assert max(sagda) <= max(rad.fran, rad.till)
        else:
            assert max(sagda) <= rad.dag


@pytest.mark.parametrize("typ", VANLIGA, ids=lambda typ: typ.typ)
def test_varje_steg_ger_det_som_foljer_av_allt(typ: type[Handelse]) -> None:
    fore = [en_identifierad_atgard(), *(gor() for gor in FORUTSATTER.get(typ, ()))]
    list(stegvis(Samling.ATGARDER, noteringar(*fore, FULLA.get(typ, VANLIGA[typ])())))


def test_ett_belopp_eller_en_kommentar_laggs_till_utan_att_nagot_annat_andras() -> None:
    historia = [en_identifierad_atgard(), en_beslutad_atgard(), en_paborjad_atgard(), ett_hypotetiskt_slut()]
    andringar = {
        h.typ: sista_steget(Samling.ATGARDER, *historia, h)
        for h in (en_uppnadd_effekt(), en_alternativkostnad(), ett_bedomt_arende(), en_kommentar())
    }
    assert {typ: {rad.handelser for _, rad in andring.nya} for typ, andring in andringar.items()} == {
        "effekt.uppnadd": {"5"},
        "alternativkostnad.beraknad": {"5"},
        "arende.bedomt": {"4 5"},
        "atgard.kommenterad": set(),
    }
    assert all(andring.stangda == [] for andring in andringar.values())


def test_ett_hypotetiskt_slut_andrar_bara_de_bedomningar_som_bygger_pa_det() -> None:
    historia = (en_identifierad_atgard(), en_paborjad_atgard(), ett_hypotetiskt_slut("2019-02-20"), ett_bedomt_arende())
    assert sista_steget(Samling.ATGARDER, *historia, ett_hypotetiskt_slut("2019-06-15")) == ([], [])
    andring = sista_steget(Samling.ATGARDER, *historia, ett_hypotetiskt_slut("2019-06-14"))
    assert [rad.handelser for _, rad in andring.nya] == ["4 5"]
    assert len(andring.stangda) == 1


# Printed tables


def test_orebros_tabell_over_effektiviseringar_ar_budgeterad_och_senast_vantad_effekt_per_atgard() -> None:
    """Delår 2 2019, 5.1 (MATT.md A01): mnkr for the whole year, 4,0 in the budget and 5,3 expected on 31 August."""
    tryckt = {
        "Omstallning Hjorten": ("0.1", "1.2"),
        "Utökad stödbodende unga": ("1.0", "0.0"),
        "Förstärkt öppenvård unga": ("0.6", "0.6"),
        "HVB personkrets LSS": ("0.3", "0.0"),
        "Optimal placering": ("1.0", "1.0"),
        "Effektiv omplacering": ("0.5", "0.5"),
        "Vakant hålla tjänster": ("0.5", "2.0"),
    }
    summor: Counter[str] = Counter()
    for namn, (budgeterad, vantad) in tryckt.items():
        historia = (
            en_identifierad_atgard("2018-11-01", namn=namn),
            en_budgeterad_effekt("2018-12-12", belopp=str(Decimal(budgeterad) * 1_000_000)),
            en_beraknad_effekt("2019-04-30", prognos_under_aret="9000000.00"),
            en_beraknad_effekt("2019-08-31", prognos_under_aret=str(Decimal(vantad) * 1_000_000)),
        )
        summor["budgeterad"] += sum(rad.belopp for rad in belopp(*historia, slag=BUDGETERAD_EFFEKT))
        summor["vantad"] += max(belopp(*historia, slag=FORVANTAD_EFFEKT), key=lambda rad: rad.ordning or 0).belopp
    assert summor == {"budgeterad": 400_000_000, "vantad": 530_000_000}


def test_eskilstunas_status_pa_ataganden_ar_fasen_pa_dagen() -> None:
    """Delår 2 2023 (MATT.md A13): 18 going on, 1 done, 19 in all; a phase per day and åtgärd, so the parts add up."""
    pagaende = (en_identifierad_atgard("2023-01-01"), en_paborjad_atgard("2023-02-01"))
    klart = (*pagaende, en_slutford_atgard("2023-06-30"))
    stallning: Counter[str | None] = Counter()
    for historia in [pagaende] * 18 + [klart]:
        rader = intervall(*historia, slag=ATGARDSFAS)
        stallning.update(rad.underslag for rad in rader if rad.fran <= dag("2023-08-31") < rad.till)
    assert stallning == {"pagaende": 18, "slutford": 1}
