"""What days the columns of printed tables are about: read right, named where they are not, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from application.syntet.matt import Matt
from application.tryckt import Trycktabell
from tests.application.lasning import last, uppdrag, vagras, volymer
from tests.application.test_syntet_hjalp import tabell
from tests.application.test_syntet_tabeller_hjalp import skapa


@pytest.mark.parametrize(
    ("kolumn", "fran", "till"),
    [
        ("utfall_2021", "01-01", "12-31"), ("Utfall 2021", "01-01", "12-31"), ("bokslut_2021", "01-01", "12-31"),
        ("utfall_helar_2021", "01-01", "12-31"), ("2021", "01-01", "12-31"), ("utfall_jan_aug_2021", "01-01", "08-31"),
        ("utfall_januari_augusti_2021", "01-01", "08-31"), ("utfall_jan-aug_2021", "01-01", "08-31"),
        ("utfall_tertial2_2021", "05-01", "08-31"), ("utfall_q1_2021", "01-01", "03-31"),
        ("utfall_sept_2021", "09-01", "09-30"), ("utfall_12_2021", "12-01", "12-31"), ("2021-03", "03-01", "03-31"),
        ("utfall_ack_aug_2021", "01-01", "08-31"), ("utfall_halvår1_2021", "01-01", "06-30"),
    ],
)  # fmt: skip
def test_kolumnens_period(kolumn: str, fran: str, till: str) -> None:
    rad = "Andel utredningar avslutade inom 120 dagar|71|85"
    (forsta, _) = last(volymer(rad, kolumner=f"{kolumn}|utfall_2022")).krav.av(Matt.INOM_120)
    assert (int(forsta.varde), str(forsta.period)) == (71, f"2021-{fran}–2021-{till}")


@pytest.mark.parametrize("kolumn", ["utfall_2020_2021", "utfall_period3_2021", "utfall_a"])
def test_en_kolumn_som_inte_forstas_namns(kolumn: str) -> None:
    noter = last(volymer(kolumner=f"{kolumn}|utfall_2022")).krav.noter
    assert any(f"Kolumnen {kolumn} i volymer möts inte" in n and "utfall_ÅÅÅÅ" in n for n in noter)
    assert not any("Kolumnen" in n for n in last(volymer(kolumner="prognos_2023|utfall_2022")).krav.noter)


@pytest.mark.parametrize(
    ("kolumn", "mening"),
    [("utfall_okt_mar_2022", "Kolumnen utfall_okt_mar_2022 i volymer slutar före den börjar .* Tillåtet"),
     ("utfall_tertial4_2022", "utanför året 2022"), ("utfall_0000", "året 0000. Tillåtet är 1900–2200"),
     ("utfall_dec_9999", "året 9999. Tillåtet är 1900–2200")],
)  # fmt: skip
def test_en_omojlig_period_vagras(kolumn: str, mening: str) -> None:
    vagras(volymer(kolumner=f"{kolumn}|utfall_2022"), mening=mening)


def belaggning(kolumner: str, *rader: str, enhet: str = "andel") -> Trycktabell:
    return tabell("belaggning", "\n".join((f"boende|{kolumner}", *rader)), **({"enhet": enhet} if enhet else {}))


@pytest.mark.parametrize(
    "kolumner",
    ["jan|feb|mars|ack_mars", "Jan|Feb|Mar|ack_mar", "januari|februari|mars|ack_mars",
     "2022-01|2022-02|2022-03|ack_mar", "jan_2022|feb_2022|mars_2022|ack_mar_2022"],
)  # fmt: skip
def test_belaggningens_manader(kolumner: str) -> None:
    (almen,) = last(volymer(), belaggning(kolumner, "Almen|0,80|0,90|1,00|0,90")).krav.boenden
    assert almen.manader == {1: Decimal("0.80"), 2: Decimal("0.90"), 3: Decimal("1.00")}


@pytest.mark.parametrize(
    ("enhet", "cell", "andel"),
    [
        ("procent", "92", "0.92"),
        ("%", "92,5", "0.925"),
        ("andel (1,00 = 100 procent)", "0,92", "0.92"),
        ("", "0.92", "0.92"),
    ],
)
def test_belaggning_i_procent_eller_andel(enhet: str, cell: str, andel: str) -> None:
    (almen,) = last(volymer(), belaggning("jan|ack_jan", f"Almen|{cell}|{cell}", enhet=enhet)).krav.boenden
    assert almen.manader == {1: Decimal(andel)}


@pytest.mark.parametrize(("enhet", "cell"), [("andel", "92"), ("", "92"), ("procent", "920"), ("procent", "-1")])
def test_omojlig_belaggning_vagras(enhet: str, cell: str) -> None:
    mening = f"Cellen jan på raden Almen i belaggning är ingen beläggning: '{cell}'. Tillåtet är .*# enhet: procent"
    vagras(volymer(), belaggning("jan|ack_jan", f"Almen|{cell}|1", enhet=enhet), mening=mening)


def test_belaggning_som_inte_forstas_namns() -> None:
    noter = last(volymer(), belaggning("jan|t1|jan_2021|ack_t1", "Almen|1|1|1|1", "Boken|-|1|1|1")).krav.noter
    assert [n for n in noter if "Kolumnen t1" in n or "Kolumnen jan_2021" in n or n.startswith("Boken")] == noter[:3]
    vagras(volymer(), belaggning("t1|ack_t1", "Almen|1|1"), mening="har ingen kolumn för en månad 2022, .*: t1, ack_t1")
    vagras(volymer(), belaggning("jan|januari|ack_t1", "A|1|1|1"), mening="jan och januari i belaggning är samma månad")


def test_ett_boende_med_bara_senare_manader_blir_en_historia() -> None:
    handelser, _ = skapa(uppdrag(volymer(), belaggning("okt|nov|ack_nov", "Almen|0,80|0,90|0,85", "Boken|-|-|-")))
    assert [h for h in handelser if h.get("namn") == "Almen"]
    assert not [h for h in handelser if h.get("namn") == "Boken"]


def test_budgetens_och_utfallets_kolumner() -> None:
    rader = ("post|Utfall 2022|budget_2022|budget_apr_2022|prognos_2022|avvikelse", "Personal|-900|-950|-300|-920|50")
    t = tabell(
        "drift",
        "\n".join(("post|utfall_2022|budget_2022|budget_apr_2022|prognos_2022|avvikelse", rader[1])),
        enhet="kr",
    )
    _, noter = skapa(uppdrag(volymer(), t))
    assert any("Budgeten till och med en månad möts inte" in n for n in noter)
    assert any("Kolumnen prognos_2022 i drift möts inte" in n for n in noter)
    delar = tabell("drift", "post|utfall_2022|budget_2022|utfall_tertial2_2021\nPersonal|-900|-950|-300", enhet="kr")
    vagras(volymer(), delar, mening="Kolumnen utfall_tertial2_2021 i drift är utfallet från och med månad 5. Tillåtet")


def test_underliggande_enheter_kanns_igen_vilken_manad_det_an_ar() -> None:
    t = tabell("enheter", "enhet|budgetavvikelse_apr_2021|budgetavvikelse_apr_2022\nVuxna|-1|-2", enhet="mnkr")
    assert any("fördelade på enheter" in n for n in skapa(uppdrag(volymer(), t))[1])
