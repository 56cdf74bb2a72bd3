"""What printed tables of other municipalities mean: read right, or refused in a sentence that says what is wrong."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from application.rapporter.radmappning import las_radmappningar
from application.syntet import SyntetGarInte, Syntetuppdrag
from application.syntet.beloppsplan import gor_planer
from application.syntet.tabeller import Underlag, las_underlag
from application.tryckt import Trycktabell, las_trycktabell
from tests.application.test_syntet_hjalp import FACIT, luckor, tabell
from tests.application.test_syntet_tabeller_hjalp import skapa

DYGN = "Antal utnyttjade vårddygn på institution, vuxna|7690|7000"


def volymer(*rader: str, kolumner: str = "utfall_2021|utfall_2022") -> Trycktabell:
    """Give a table of volumes with care days and some more rows."""
    return tabell("volymer", "\n".join((f"volymmatt|{kolumner}", DYGN, *rader)), enhet="antal")


def uppdrag(*tabeller: Trycktabell) -> Syntetuppdrag:
    return Syntetuppdrag("2480", tabeller, (), 2022)


def last(*tabeller: Trycktabell) -> Underlag:
    return las_underlag(uppdrag(*tabeller))


def kronor(*tabeller: Trycktabell, typ: str = "budget.faststalld") -> dict[str, Decimal]:
    """Give kronor per operation of the report year."""
    handelser, _ = skapa(uppdrag(*tabeller))
    belopp: dict[str, Decimal] = defaultdict(Decimal)
    for h in handelser:
        if h["typ"] == typ and (h.get("ar") == 2022 or h.get("manad", "").startswith("2022")):
            for rad in h["rader"]:
                belopp[rad["verksamhet"]] += Decimal(rad["belopp"])
    return dict(belopp)


# Rows that add up others --------------------------------------------------------------------------------------------


def drift(*rader: str, enhet: str = "tkr; kostnad negativ") -> Trycktabell:
    huvud = {"enhet": enhet} if enhet else {}
    return tabell("drift", "\n".join(("post|utfall_2022|budget_2022|avvikelse", *rader)), **huvud)


DRIFT = ("Verksamhetens intäkter|300|280|20", "Personalkostnader|-900|-950|50", "Lokaler|-100|-100|0")


@pytest.mark.parametrize(
    "etikett",
    ["Summa", "Totalt", "Total", "S:a", "Totalsumma", "Delsumma", "Resultat", "Årets resultat", "Nettokostnad",
     "Verksamhetens nettokostnad", "Avvikelse mot budget", "Ekonomi i balans", "Finansnetto"],
)  # fmt: skip
def test_summan_i_en_driftsredovisning_ar_ingen_post(etikett: str) -> None:
    budget = kronor(volymer(), drift(*DRIFT, f"{etikett}|-700|-770|70"))
    assert budget == {"Verksamhetens intäkter": -280_000, "Personalkostnader": 950_000, "Lokaler": 100_000}


@pytest.mark.parametrize("varav", ["varav ", "Varav ", "- varav ", "\N{EN DASH} Varav: "])
def test_delar_star_for_den_rad_de_ar_delar_av(varav: str) -> None:
    delar = (f"{varav}personal|-900|-950|50", f"{varav}lokaler|-100|-101|0")
    budget = kronor(volymer(), drift("Verksamhetens kostnader|-1000|-1050|50", *delar))
    assert budget == {"personal": 950_000, "lokaler": 101_000}, "delarna är avrundade var för sig"


def test_delar_som_inte_ger_hela_star_inte_for_den() -> None:
    del_ = "varav familjehem|-300|-310|10"
    _, noter = skapa(uppdrag(volymer(), drift("Personalkostnader|-900|-950|50", del_, "Lokaler|-100|-100|0")))
    assert any("Personalkostnader" in n and "varav" in n for n in noter)
    budget = kronor(volymer(), drift("Personalkostnader|-900|-950|50", del_, "Lokaler|-100|-100|0"))
    assert budget == {"Personalkostnader": 950_000, "Lokaler": 100_000}


ENHETER = "verksamhet|budget_2019|prognos_avvikelse_delar1|prognos_avvikelse_delar2"


def enheter(summa: str = "Summa", enhet: str = "mnkr") -> Trycktabell:
    rader = (ENHETER, "Myndighet|-78,3|-0,5|0,0", "Eget utförande|-159,7|4,0|4,4", f"{summa}|-238,0|3,5|4,4")
    return tabell("enheter", "\n".join(rader), **({"enhet": enhet} if enhet else {}))


def med_extern(annan: Trycktabell) -> Underlag:
    """Read a table beside one of external care of 2019."""
    return las_underlag(replace(luckor(), tabeller=(*luckor().tabeller, annan)))


@pytest.mark.parametrize("summa", ["Summa", "SUMMA", "Totalt", "S:a", "Totalsumma", "Netto", "Socialnämnden totalt"])
def test_summan_i_enheternas_resultat_ar_ingen_enhet(summa: str) -> None:
    assert [e.verksamhet for e in med_extern(enheter(summa)).enheter] == ["Myndighet", "Eget utförande"]


@pytest.mark.parametrize("summa", ["Totalt", "Samtliga", "Medel", "Snitt", "Genomsnitt boenden"])
def test_samtliga_boenden_ar_inget_boende(summa: str) -> None:
    text = f"boende|jan|feb|ack_feb\nAlmen|0,80|0,90|0,85\n{summa}|0,80|0,90|0,85"
    assert [b.namn for b in last(volymer(), tabell("belaggning", text, enhet="andel")).krav.boenden] == ["Almen"]


def test_summor_av_atgarder_ataganden_orsaker_avtal_och_uppfoljningar_laggs_inte_till() -> None:
    krav = last(
        volymer(),
        tabell("atgarder", "atgard|budgeterad_effekt_helar|prognos_effekt\nA|1|2\nTotalt|1|2", enhet="mnkr"),
        tabell("ataganden", "enhet|pagar|klart_avslutat\nVuxna|3|1\nBarn|2|0\nTotalt|5|1"),
        tabell("orsaker", "anledning|antal\nPlatsbrist|4\nS:a|4"),
        tabell("avtal", "vardform|inom_ramavtal_antal|direktupphandling_antal\nSkyddat boende|7|4\nTotalt|7|4"),
        tabell("uppfoljda", "ramavtal|genomforda_uppfoljningar\nKonsulentstödda familjehem|2\nSumma|2"),
    ).krav
    assert [a.namn for a in krav.atgarder] == ["A"]
    assert krav.ataganden == {"pagar": 5, "klart_avslutat": 1}
    assert krav.orsaker == {"Platsbrist": 4}
    assert [a.etikett for a in krav.avtal] == ["Skyddat boende"]
    assert [u.antal for u in krav.uppfoljningar] == [2]


# What is refused ----------------------------------------------------------------------------------------------------


def vagras(*tabeller: Trycktabell, mening: str) -> None:
    with pytest.raises(SyntetGarInte, match=mening):
        skapa(uppdrag(*tabeller))


# Units --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("enhet", "faktor"),
    [("kr", 1), ("tkr; kostnad negativ", 1000), ("Tkr", 1000), ("kkr", 1000), ("tusen kronor", 1000),
     ("Belopp i tkr", 1000), ("mnkr", 10**6), ("Mnkr", 10**6), ("mkr", 10**6), ("miljoner kronor", 10**6)],
)  # fmt: skip
def test_enheten_ar_den_som_star(enhet: str, faktor: int) -> None:
    assert kronor(volymer(), drift(*DRIFT, enhet=enhet))["Personalkostnader"] == 950 * faktor


@pytest.mark.parametrize("enhet", ["", "procent", "kr; tkr", "hkr"])
def test_belopp_utan_kand_enhet_vagras(enhet: str) -> None:
    har = f"enheten '{enhet}'" if enhet else "saknar enhet"
    vagras(volymer(), drift(*DRIFT, enhet=enhet), mening=f"Tabellen drift .*{har}.* Tillåtet är .*tkr .*mnkr")
    with pytest.raises(SyntetGarInte, match=f"Tabellen enheter .*{har}"):
        med_extern(enheter(enhet=enhet))


def test_enheternas_resultat_och_atgarder_i_tusental() -> None:
    assert [e.budget for e in med_extern(enheter(enhet="tkr")).enheter] == [Decimal(78300), Decimal(159700)]
    atgarder = tabell("atgarder", "atgard|budgeterad_effekt_helar|prognos_effekt\nA|100|90", enhet="tkr")
    assert [a.budgeterad for a in last(volymer(), atgarder).krav.atgarder] == [100_000]


@pytest.mark.parametrize(("enhet", "faktor"), [("tkr", 1000), ("kr", 1), ("Mnkr", 10**6)])
def test_en_deklarerad_tabell_har_den_enhet_som_star(enhet: str, faktor: int) -> None:
    tryckt = FACIT / "katrineholm-2019-driftsredovisning.csv"
    t = replace(las_trycktabell(tryckt), huvud={"enhet": enhet})
    plan = gor_planer(Syntetuppdrag("0483", (t,), (), 2019, mappningar=las_radmappningar())).drift
    utfall = plan.av("utfall", 2019) or []
    summa = next(Decimal(rad["utfall_2019"]) for rad in t.rader if rad["post"] == "Summa")
    assert abs(sum(utfall) / 100 / faktor + float(summa)) < 3
