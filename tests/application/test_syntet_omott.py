"""What is printed but not met is said, and nothing that is met is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from application.rapporter.radmappning import las_radmappningar
from application.syntet import Syntetuppdrag
from application.syntet.matt import Matt
from application.tryckt import Trycktabell, las_trycktabell
from tests.application.lasning import last, uppdrag, volymer
from tests.application.test_syntet_hjalp import FACIT, orebro, tabell
from tests.application.test_syntet_tabeller_hjalp import kommunens, skapa

ENHETER = """
verksamhet|budget_2019|prognos_avvikelse_delar1|prognos_avvikelse_delar2
Myndighet|-78,3|-0,5|0,0
Egna boenden|-100,0|-0,5|0,0
Externa vård- och behandlingskostnader|-296,5|-3,0|-4,5
Summa|-474,8|-4,0|-4,5
"""


def noter(*tabeller: Trycktabell) -> list[str]:
    return list(skapa(uppdrag(*tabeller))[1])


def med_bocker(kommun: str, *tabeller: Trycktabell) -> Syntetuppdrag:
    """Give an order for the external care of 2019 and more, with the rows of all tables that are declared."""
    mappningar = las_radmappningar()
    extern = las_trycktabell(FACIT / "orebro-2019-externa-insatser.csv")
    rader = orebro().radmappning
    return Syntetuppdrag(kommun, (extern, *tabeller), rader, 2019, mappningar=mappningar)


def budget(handelser: list[dict[str, object]]) -> dict[str, Decimal]:
    (arets,) = [h for h in handelser if h["typ"] == "budget.faststalld" and h["ar"] == 2019]
    rader = arets["rader"]
    assert isinstance(rader, list)
    return {rad["verksamhet"]: Decimal(rad["belopp"]) for rad in rader if "insatsform" not in rad}


def test_enheter_utan_radmappning_star_bredvid_de_externa_insatserna() -> None:
    handelser, noter = skapa(med_bocker("2480", tabell("enheter", ENHETER, enhet="mnkr")))
    poster = budget(handelser)
    assert [int(poster[namn]) for namn in ("Myndighet", "Egna boenden")] == [78_300_000, 100_000_000]
    assert not [n for n in noter if "enheter" in n]


def test_en_enhet_som_radmappningen_saknar_namns() -> None:
    _, noter = skapa(med_bocker("1880", tabell("1880-enheternas-resultat", ENHETER, enhet="mnkr")))
    assert [n for n in noter if "Raden Egna boenden i 1880-enheternas-resultat" in n]


def test_enheter_som_en_annan_tabell_redan_har_namns() -> None:
    kontogrupper = las_trycktabell(FACIT / "orebro-2019-kontogrupper-hela-forvaltningen.csv")
    _, noter = skapa(med_bocker("2480", kontogrupper, tabell("enheter", ENHETER, enhet="mnkr")))
    assert [n for n in noter if "Tabellen enheter (enheternas resultat) möts inte: böckerna följer" in n]
    drift = tabell("drift", "post|utfall_2019|budget_2019\nPersonal|-9|-9", enhet="mnkr")
    _, noter = skapa(med_bocker("2480", drift))
    assert [n for n in noter if "Tabellen drift (driftsredovisning) möts inte: böckerna följer" in n]


def test_det_som_mots_sags_inte_vara_omott() -> None:
    utan, med = kommunens("orebro"), replace(kommunens("orebro"), mappningar=las_radmappningar())
    for namn in ("investeringar", "kontogrupper-hela-forvaltningen", "jamforelsekommuner", "malbedomning"):
        tabellens = f"Tabellen orebro-2019-{namn} "
        assert [n for n in skapa(utan)[1] if n.startswith(tabellens)], namn
        assert not [n for n in skapa(med)[1] if n.startswith(tabellens)], namn


@pytest.mark.parametrize(
    "rad", ["Antal inkomna orosanmälningar|3000|3100", "Antal hushåll med bistånd|599|588", "Totalt antal SIP|-|5"]
)
def test_en_rad_som_inget_laser_namns(rad: str) -> None:
    namn = rad.partition("|")[0]
    assert [n for n in noter(volymer(rad)) if f"Raden {namn} i volymer (volymmått) möts inte" in n]


def test_en_rad_utan_tal_och_en_summa_namns_inte() -> None:
    assert not [n for n in noter(volymer("Antal orosanmälningar|-|", "Summa|7690|7000")) if "Raden" in n]


def test_ordningen_mellan_kontaktpersoner_och_kontaktfamiljer_gor_detsamma() -> None:
    krav = last(volymer("Antal kontaktpersoner/kontaktfamiljer|80|81")).krav
    assert [int(t.varde) for t in krav.av(Matt.KONTAKT)] == [80, 81]


def test_ett_matt_som_bara_mots_for_hela_ar_namns_for_andra_dagar() -> None:
    funna = noter(volymer("Antal inkomna aktualiseringar|4000|5376", kolumner="utfall_jan_aug_2021|utfall_2022"))
    mening = "Antal inkomna aktualiseringar 2021-01-01–2021-08-31 i volymer möts inte"
    assert [n for n in funna if n.startswith(mening)]


@pytest.mark.parametrize(
    ("ord_", "grupp"),
    [("0-6 år", (0, 6)), ("0–17 år", (0, 17)), ("65- år", (65, 120)), ("18 år och äldre", (18, 120)),
     ("65+", (65, 120)), ("65 år och uppåt", (65, 120))],
)  # fmt: skip
def test_aldersgrupper(ord_: str, grupp: tuple[int, int]) -> None:
    kpb = tabell("kpb", f"ar|aldersgrupp|antal_brukare\n2022|{ord_}|12\n2022|Totalt|12\n2021|Samtliga|11")
    krav = last(volymer(), kpb).krav
    assert krav.brukare == {2022: {grupp: 12}, 2021: {None: 11}}
    assert not krav.noter


def test_en_aldersgrupp_som_inte_forstas_namns() -> None:
    kpb = tabell("kpb", "ar|aldersgrupp|antal_brukare\n2022|Barn|12\n2022|Ej brukarkopplad|")
    assert [n for n in last(volymer(), kpb).krav.noter if n.startswith("Barn 2022 i kpb möts inte")]
