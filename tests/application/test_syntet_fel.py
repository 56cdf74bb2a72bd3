"""Orders that cannot be met are refused in a sentence that says what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from application.syntet import SyntetGarInte, Syntetuppdrag, generera
from application.tryckt import Trycktabell
from tests.application.test_syntet_hjalp import DECIMALRADER, decimaler, luckor, orebro, rad, tabell


def andrad(uppdrag: Syntetuppdrag, nummer: int, **celler: str) -> Syntetuppdrag:
    """Give the order with cells of one printed row changed."""
    extern = uppdrag.tabeller[0]
    rader = tuple({**r, **celler} if i == nummer else r for i, r in enumerate(extern.rader))
    return replace(uppdrag, tabeller=(replace(extern, rader=rader), *uppdrag.tabeller[1:]))


def utan_kolumn(t: Trycktabell, kolumn: str) -> Trycktabell:
    rader = tuple({k: v for k, v in r.items() if k != kolumn} for r in t.rader)
    return replace(t, kolumner=tuple(k for k in t.kolumner if k != kolumn), rader=rader)


@pytest.mark.parametrize(
    "kolumn", ["malgrupp", "radtyp", "snitt_prognos_2019", "kostnadsenhet", "budget_2019_mnkr", "kostnad_budget_2019"]
)
def test_saknad_kolumn_namns(kolumn: str) -> None:
    uppdrag = orebro()
    extern = utan_kolumn(uppdrag.tabeller[0], kolumn)
    with pytest.raises(SyntetGarInte, match=f"orebro-2019-externa-insatser saknar kolumnen {kolumn}"):
        generera(replace(uppdrag, tabeller=(extern,)))


def test_saknad_kolumn_i_enheternas_resultat_namns() -> None:
    uppdrag = orebro()
    enheter = utan_kolumn(uppdrag.tabeller[1], "prognos_avvikelse_delar2")
    with pytest.raises(SyntetGarInte, match="enheternas-resultat saknar kolumnen prognos_avvikelse_delar2"):
        generera(replace(uppdrag, tabeller=(uppdrag.tabeller[0], enheter)))


def test_omappad_rad_namns_med_de_som_finns() -> None:
    with pytest.raises(SyntetGarInte, match=r"Raden Tvång / LVM .*Unga / HVB flickor; Unga / HVB pojkar"):
        generera(replace(decimaler(), radmappning=DECIMALRADER[:2]))


@pytest.mark.parametrize(
    ("nummer", "celler", "mening"),
    [
        (3, {"snitt_utfall_2018": "14"}, r"Summan A / Summa för 2018 \(14\) går inte att nå"),
        (0, {"snitt_utfall_2018": "fler"}, "på raden A / Stödboende / post i luckor är inte ett tal: 'fler'. Tillåtet"),
        (0, {"snitt_utfall_2018": "NaN"}, "Cellen snitt_utfall_2018 på raden .* är inte ett tal: 'NaN'"),
        (0, {"snitt_utfall_2018": "17 18"}, "är inte ett tal: '17 18'"),
        (0, {"kostnad_budget_2019": "5.033"}, r"kan vara tusental eller ha tre decimaler: '5\.033'. Tillåtet är"),
        (0, {"snitt_utfall_2018": "-1"}, "negativt antal personer"),
        (0, {"kostnad_budget_2019": ""}, "Raden A / Stödboende i luckor har personer per dygn men inget pris"),
        (
            0,
            {"kostnadsenhet": "tkr_per_manad"},
            "är ingen känd prisenhet: 'tkr_per_manad'. Tillåtet är kr_per_dygn eller",
        ),
        (
            0,
            {"kostnadsenhet": ""},
            "Cellen kostnadsenhet på raden A / Stödboende / post i luckor är ingen känd prisenhet",
        ),
        (1, {"insatsform": "Stödboende"}, "Raden A / Stödboende i luckor finns flera gånger"),
        (0, {"radtyp": "delsumma"}, "Radtypen 'delsumma' i luckor är okänd"),
        (3, {"malgrupp": "Q"}, "Summan Q / Summa i luckor har inga rader"),
    ],
)
def test_felaktig_cell_namns(nummer: int, celler: dict[str, str], mening: str) -> None:
    with pytest.raises(SyntetGarInte, match=mening):
        generera(andrad(luckor(), nummer, **celler))


def test_omojligt_totalt_namns() -> None:
    sista = len(decimaler().tabeller[0].rader) - 1
    with pytest.raises(SyntetGarInte, match=r"Summan Totalt / Totalt för 2022 \(55\.1\) går inte att nå"):
        generera(andrad(decimaler(), sista, snitt_utfall_2022="55,1"))


def test_form_utan_vardygn_namns() -> None:
    fel = rad("A", "Dygn", "dygn", malgrupp=["barn"], insatsform=["kontaktperson"])
    mappning = tuple(fel if r.etiketter[-1] == "Dygn" else r for r in luckor().radmappning)
    with pytest.raises(SyntetGarInte, match=r"Raden A / Dygn .* formen kontaktperson räknas inte i vårddygn"):
        generera(replace(luckor(), radmappning=mappning))


def test_okand_tabell_och_fel_antal_tabeller_namns() -> None:
    konstig = tabell("konstig", "a|b\n1|2")
    with pytest.raises(SyntetGarInte, match=r"Tabellen konstig känns inte igen på sina kolumner: a, b"):
        generera(replace(luckor(), tabeller=(*luckor().tabeller, konstig)))
    with pytest.raises(SyntetGarInte, match=r"Det får finnas en tabell .* 2 gavs"):
        generera(replace(luckor(), tabeller=luckor().tabeller * 2))
    with pytest.raises(SyntetGarInte, match=r"ingen vård att hitta på"):
        generera(replace(luckor(), tabeller=()))


@pytest.mark.parametrize(
    ("falt", "mening"),
    [
        ({"skala": 0}, "Skalan måste vara minst 1"),
        ({"fro": -1}, "Fröet får inte vara negativt"),
        ({"till": date(2020, 1, 1)}, "sluta under rapportåret 2019"),
        ({"beslutad": date(2018, 1, 1)}, "hör inte till rapportåret"),
    ],
)
def test_omojligt_uppdrag_namns(falt: dict[str, Any], mening: str) -> None:
    with pytest.raises(SyntetGarInte, match=mening):
        replace(luckor(), **falt)


@pytest.mark.parametrize("enhet", ["kr/dygn", "kr per dygn", "Kr_per_dygn", "kr / dygn"])
def test_prisenheten_kan_skrivas_pa_flera_satt(enhet: str) -> None:
    assert list(generera(andrad(luckor(), 0, kostnadsenhet=enhet))) == list(generera(luckor()))
