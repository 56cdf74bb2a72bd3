"""What printed tables of other municipalities mean: read right, or refused in a sentence that says what is wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from application.rapporter.radmappning import las_radmappningar
from application.syntet import SyntetGarInte, Syntetuppdrag
from application.syntet.beloppsplan import gor_planer
from application.syntet.matt import Matt
from application.syntet.tabeller import Underlag, las_underlag
from application.tryckt import Trycktabell, las_trycktabell
from domain.begrepp import Kon
from tests.application.lasning import kronor, last, uppdrag, vagras, volymer
from tests.application.test_syntet_hjalp import FACIT, luckor, tabell
from tests.application.test_syntet_tabeller_hjalp import skapa

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


def test_en_rad_som_star_tva_ganger_vagras() -> None:
    vagras(volymer(), drift(*DRIFT, DRIFT[1]), mening="Raden Personalkostnader i drift finns flera gånger")
    orsaker = tabell("orsaker", "anledning|antal\nPlatsbrist|4\nplatsbrist|4")
    vagras(volymer(), orsaker, mening="Tabellen orsaker har flera rader 'platsbrist'")


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


# Parts of figures ---------------------------------------------------------------------------------------------------


def fem_ar(*rader: str) -> Trycktabell:
    return tabell("fem-ar", "\n".join(("grupp|matt|delvarde|utfall_2021|utfall_2022", *rader)), enhet="antal; procent")


def befolkning(kvinnor: str, man: str) -> tuple[str, ...]:
    delar = (("totalt", 155_000), (kvinnor, 78_000), (man, 77_000))
    return tuple(f"b|Antal invånare totalt|{del_}|{antal}|{antal + 1}" for del_, antal in delar)


@pytest.mark.parametrize(
    ("kvinnor", "man"),
    [("kvinnor", "män"), ("Kvinnor", "Män"), ("varav kvinnor", "varav män"), ("flickor/kvinnor", "pojkar/män"),
     ("- Varav flickor och kvinnor", "- Varav pojkar och män"), ("K", "M")],
)  # fmt: skip
def test_en_del_av_ett_tal_ar_inte_hela(kvinnor: str, man: str) -> None:
    krav = last(volymer(), fem_ar(*befolkning(kvinnor, man))).krav
    assert krav.per_ar(Matt.INVANARE) == {2021: 155_000, 2022: 155_001}
    assert krav.per_ar(Matt.INVANARE, Kon.KVINNA) == {2021: 78_000, 2022: 78_001}
    assert krav.per_ar(Matt.INVANARE, Kon.MAN) == {2021: 77_000, 2022: 77_001}


@pytest.mark.parametrize(
    "del_", ["andel flickor/kvinnor", "varav andel kvinnor", "Andel kvinnor (%)", "procent kvinnor"]
)
def test_en_andel_ar_aldrig_ett_antal(del_: str) -> None:
    aktualiserade = "Antal aktualiserade ärenden på socialkontor"
    krav = last(volymer(), fem_ar(f"v|{aktualiserade}|totalt|9958|9606", f"v|{aktualiserade}|{del_}|42|44,5")).krav
    assert krav.per_ar(Matt.INKOMNA) == {2021: 9958, 2022: 9606}
    assert krav.per_ar(Matt.INKOMNA, Kon.KVINNA) == {}
    assert [procent for _, procent in krav.procent_kvinnor(Matt.INKOMNA)] == [42, 44.5]


def test_ett_antal_kvinnor_ar_aldrig_en_andel() -> None:
    krav = last(
        volymer(),
        fem_ar("v|Antal inkomna aktualiseringar|totalt|200|300", "v|Antal inkomna aktualiseringar|kvinnor|50|150"),
    )
    assert [procent for _, procent in krav.krav.procent_kvinnor(Matt.INKOMNA)] == [25, 50]


@pytest.mark.parametrize("del_", ["barn", "män*", "andel", "externt", "kvinnor/män"])
def test_en_okand_del_vagras(del_: str) -> None:
    mening = (
        f"Cellen delvarde på raden .*invånare totalt.* i fem-ar är ingen känd del av måttet: '{re.escape(del_)}'. Till"
    )
    vagras(volymer(), fem_ar(*befolkning("kvinnor", del_)), mening=mening)


def test_procent_som_inte_ar_hela_foljs() -> None:
    andel = "Andel insatser (placeringar) som avslutats planerat"
    assert last(volymer(f"{andel}|66,5|70")).krav.andel_per_ar(Matt.PLANERAT) == {2021: 0.665, 2022: 0.7}
    vagras(
        volymer(f"{andel}|-3|70"),
        mening=r"utfall_2021 på raden Andel insatser .*: '-3'. Tillåtet är procent från 0 till",
    )


@pytest.mark.parametrize("cell", ["4314,7", "-4314", "1e3", "4_314", "NaN", "i.u.", "17 18", "4.314", "4,314"])
def test_ett_antal_ar_helt_och_inte_negativt(cell: str) -> None:
    mening = f"Cellen utfall_2021 på raden Antal inkomna aktualiseringar i volymer .*: '{re.escape(cell)}'. Tillåtet är"
    vagras(volymer(f"Antal inkomna aktualiseringar|{cell}|5376"), mening=mening)


@pytest.mark.parametrize("cell", ["4 314", "4\u00a0314", "4\u202f314", " 4314 "])
def test_ett_antal_med_mellanslag(cell: str) -> None:
    inkomna = last(volymer(f"Antal inkomna aktualiseringar|{cell}|–")).krav.per_ar(Matt.INKOMNA)
    assert inkomna == {2021: 4314}


def test_nivaerna_i_en_etikett_hor_till_perioderna_i_tidsordning() -> None:
    matt = "Antal sociala kontrakt (1 300 till 1 236=-64)"
    kolumner = "utfall_dec_2022|utfall_jan_2022"
    krav = last(volymer(), tabell("styrkort", f"perspektiv|matt|{kolumner}\nB|{matt}|-21|")).krav
    assert [(t.period.fran.month, int(t.varde)) for t in krav.av(Matt.KONTRAKT)] == [(1, 1300), (12, 1236)]
