"""The oracle's own figures, reckoned by hand, so that a wrong oracle is caught before it judges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from domain.begrepp import Avslutsorsak, Justeringsslag, Malgrupp, Prognosslag
from domain.budgetperiod.handelser import BudgetJusterad, UtfallBokfort
from domain.gemensamt import MalgruppAndrad
from tests.laws.exempel import (
    Berattelse,
    borjar,
    borta,
    budget,
    budgetar,
    dag,
    dygnspris,
    klockan,
    manadspris,
    nytt_pris,
    placering,
    prognos,
    rad,
    slutar,
    volym,
)
from tests.laws.loggen import Orakelfraga, Post, Tabell, ar_gallande
from tests.laws.orakel import svara
from tests.laws.orakel_pengar import fordelat
from tests.laws.provliggare import Steg

SIST = klockan("2025-12-31")


def logg(steg: Sequence[Steg]) -> list[Post]:
    """Return a told history as a log, without asking the ledger."""
    return [
        Post(nr, s.nar, s.forslag.handelse_id, s.forslag.rattar, s.forslag.samling, s.forslag.strom, s.forslag.handelse)
        for nr, s in enumerate(steg, start=1)
    ]


def svar(b: Berattelse, matt: str, fran: str, till: str, galler: str = "2025-12-31", **annat: Any) -> Tabell:
    """Ask the oracle about ``[fran, till)``."""
    fraga = Orakelfraga(matt, dag(fran), dag(till), dag(galler), **{"kant": SIST} | annat)
    return svara(logg(b.steg), fraga)


def tal(*args: Any, **annat: Any) -> Fraction:
    """Ask the oracle for one figure."""
    return svar(*args, **annat).get((), Fraction(0))


def en_flytt() -> Berattelse:
    """A stay 30 January–2 February, moved to another that ends 4 February."""
    b = Berattelse()
    b.hander(placering(1), borjar("01-30", pris=dygnspris("1000.00")))
    b.hander(placering(1), slutar("02-02", Avslutsorsak.OMPLACERING))
    b.hander(placering(2), borjar("02-02", pris=manadspris("2900.00"), foregaende_placering_id=UUID(int=1001)))
    b.hander(placering(2), slutar("02-04"))
    return b


@pytest.mark.parametrize(
    ("regel", "dygn", "januari", "kronor"),
    [
        # 30, 31, 1 at 1000; 2, 3 at 2900/29 = 100 a day
        ("inEjUt", 5, 2, 3200),
        # and 4
        ("inOchUt", 6, 2, 3300),
        # 31, 1 at 1000; 2 (the receiver's), 3, 4 at 100
        ("ejInUt", 5, 1, 2300),
    ],
)
def test_en_flyttkedja_raknas_for_hand(regel: str, dygn: int, januari: int, kronor: int) -> None:
    b = en_flytt()
    assert tal(b, "vardygn", "01-01", "03-01", regel=regel) == dygn
    assert tal(b, "vardygn", "01-01", "02-01", regel=regel) == januari
    assert tal(b, "kostnad", "01-01", "03-01", regel=regel) == kronor
    assert tal(b, "unika-personer", "01-01", "03-01", regel=regel) == 1
    assert tal(b, "personer-per-dygn", "01-01", "03-01", regel=regel) == Fraction(dygn, 60)
    assert tal(b, "kostnad-per-dygn", "01-01", "03-01", regel=regel) == Fraction(kronor, dygn)


@pytest.mark.parametrize("regel", ["inEjUt", "inOchUt", "ejInUt"])
def test_en_vistelse_samma_dag_ar_ett_dygn_men_inte_vid_flytt(regel: str) -> None:
    b = Berattelse()
    b.hander(placering(1), borjar("01-30"))
    b.hander(placering(1), slutar("01-30"))
    assert tal(b, "vardygn", "01-01", "03-01", regel=regel) == 1
    b = Berattelse()
    b.hander(placering(1), borjar("01-30"))
    b.hander(placering(1), slutar("01-30", Avslutsorsak.OMPLACERING))
    assert tal(b, "vardygn", "01-01", "03-01", regel=regel) == 0


def test_en_oppen_vistelse_raknas_till_och_med_dagen_som_fragan_galler() -> None:
    b = Berattelse()
    b.hander(placering(1), borjar("01-10", pris=dygnspris("100.00")))
    b.hander(placering(1), slutar("01-20"))
    b.hander(placering(1), nytt_pris("01-15", dygnspris("200.00")), "02-01")
    assert tal(b, "vardygn", "01-01", "02-01", "01-09") == 0
    assert tal(b, "vardygn", "01-01", "02-01", "01-12") == 3
    assert tal(b, "personer-per-dygn", "01-01", "02-01", "01-12") == Fraction(3, 12)
    assert tal(b, "vardygn", "01-01", "02-01", "01-19") == 10
    assert tal(b, "vardygn", "01-01", "02-01", "01-20") == 10
    # The price was not known before February, and the end not before it came.
    assert tal(b, "kostnad", "01-01", "02-01") == 5 * 100 + 5 * 200
    assert tal(b, "kostnad", "01-01", "02-01", kant=klockan("01-31")) == 1000
    assert tal(b, "vardygn", "01-01", "02-01", "01-31", kant=klockan("01-19")) == 22
    assert tal(b, "vardygn", "01-01", "02-01", "01-31", kant=2) == 10


def test_franvaro_raknas_eller_inte_och_den_obetalda_kostar_inget() -> None:
    b = Berattelse()
    b.hander(placering(1), borjar("01-01", pris=dygnspris("10.00")))
    b.hander(placering(1), borta("01-03", "01-05"))
    b.hander(placering(1), borta("01-04", "01-08", betald=False))
    b.hander(placering(1), slutar("01-11"))
    assert tal(b, "vardygn", "01-01", "02-01") == 10
    assert tal(b, "vardygn", "01-01", "02-01", franvaro_raknas=False) == 5
    # The first of two absences rules where they overlap: 3 and 4 are paid, 5–7 are not.
    assert tal(b, "kostnad", "01-01", "02-01") == 70
    assert tal(b, "unika-personer", "01-03", "01-08", franvaro_raknas=False) == 0


def test_grupper_och_urval_foljer_dagen() -> None:
    b = Berattelse()
    b.hander(placering(1), borjar("01-30"))
    b.hander(placering(1), MalgruppAndrad(datum=dag("02-02"), malgrupp=Malgrupp.UNGA))
    b.hander(placering(1), nytt_pris("02-03", dygnspris("600.00")))
    b.hander(placering(1), slutar("02-05"))
    assert svar(b, "vardygn", "01-01", "03-01", gruppera=("malgrupp", "manad")) == {
        ("barn", "2024-01"): 2,
        ("barn", "2024-02"): 1,
        ("unga", "2024-02"): 3,
    }
    assert tal(b, "vardygn", "01-01", "03-01", urval={"malgrupp": ("unga",)}) == 3
    assert tal(b, "vardygn-utan-pris", "01-01", "03-01") == 4
    assert tal(b, "kostnad", "01-01", "03-01") == 1200
    assert tal(b, "kostnad-per-dygn", "01-01", "03-01") == 600
    assert tal(b, "kostnad-per-dygn", "01-01", "03-01", ovagd=True) == 600


def test_ovagt_medel_raknar_varje_cell_lika() -> None:
    b = Berattelse()
    b.hander(placering(1), borjar("01-01", pris=dygnspris("100.00")))
    b.hander(placering(2), borjar("01-01", 2, pris=dygnspris("400.00"), malgrupp=Malgrupp.UNGA))
    b.hander(placering(3), borjar("01-01", 3, pris=manadspris("31.00"), malgrupp=Malgrupp.VUXNA))
    b.hander(placering(1), slutar("01-04"))
    b.hander(placering(2), slutar("01-02"))
    b.hander(placering(3), slutar("01-02"))
    assert tal(b, "kostnad-per-dygn", "01-01", "02-01") == Fraction(3 * 100 + 400 + 1, 5)
    assert tal(b, "kostnad-per-dygn", "01-01", "02-01", ovagd=True) == Fraction(100 + 400, 2)


def test_en_rattelse_tar_platsen_och_kan_sjalv_rattas() -> None:
    b = Berattelse()
    b.hander(placering(1), borjar("01-01"))
    fel = b.hander(placering(1), nytt_pris("01-01", dygnspris("1.00")))
    b.hander(placering(1), nytt_pris("01-01", dygnspris("2.00")))
    b.hander(placering(1), slutar("01-02"))
    forst = b.hander(placering(1), nytt_pris("01-01", dygnspris("3.00")), "02-01", fel)
    assert tal(b, "kostnad", "01-01", "02-01") == 2  # the later of the day still rules
    andra = b.hander(placering(1), nytt_pris("01-02", dygnspris("4.00")), "02-02", forst)
    assert [ar_gallande(p, logg(b.steg)) for p in logg(b.steg)] == [True, False, True, True, False, True]
    makulering = b.makuleras(placering(1), andra, "02-03")
    assert [ar_gallande(p, logg(b.steg)) for p in logg(b.steg)][1:6] == [False, True, True, True, False]
    b.makuleras(placering(1), makulering, "02-04")
    assert [ar_gallande(p, logg(b.steg)) for p in logg(b.steg)][1:6] == [False, True, True, False, True]


def test_fordelat_rundar_den_lopande_summan() -> None:
    assert fordelat(Fraction(1, 100), [1, 1]) == [Fraction(1, 100), 0]
    assert fordelat(Fraction(-1, 100), [1, 1]) == [Fraction(-1, 100), 0]
    assert fordelat(Fraction(10), [1, 0, 2]) == [Fraction(333, 100), 0, Fraction(667, 100)]


def en_budget() -> Berattelse:
    """A budget of 1 200 kr with 120 more from October, and two vouchers."""
    b = Berattelse()
    b.hander(budgetar(), budget("2023-11-20", volymrader=(volym("2", dygnspris("100.00")), volym("1"))))
    tillagg = BudgetJusterad(
        datum=dag("10-15"), slag=Justeringsslag.TILLAGGSANSLAG, benamning="Lönerevision", rader=(rad("120.00"),)
    )
    b.hander(budgetar(), tillagg)
    b.hander(budgetar(), UtfallBokfort(datum=dag("10-31"), manad="2024-10", rader=(rad("90.00"),)))
    b.hander(
        budgetar(), UtfallBokfort(datum=dag("11-30"), manad="2024-11", avser_manad="2024-10", rader=(rad("-5.00"),))
    )
    return b


def test_budget_utfall_och_avvikelse_for_hand() -> None:
    b = en_budget()
    assert tal(b, "budget", "01-01", "2025-01-01") == 1320
    assert tal(b, "budget", "10-01", "11-01") == 140
    assert tal(b, "budget", "09-01", "10-01") == 100
    assert tal(b, "budget", "10-01", "11-01", "10-14") == 100
    assert tal(b, "utfall", "10-01", "11-01") == 90
    assert tal(b, "utfall", "10-01", "11-01", efter_vardmanad=True) == 85
    assert tal(b, "avvikelse", "10-01", "12-01") == 140 + 140 - 85
    assert svar(b, "avvikelse", "10-01", "12-01", gruppera=("manad",)) == {("2024-10",): 50, ("2024-11",): 145}
    assert svar(b, "budget", "12-01", "2025-01-01", gruppera=("underslag",)) == {
        ("faststalld",): 100,
        ("tillaggsanslag",): 40,
    }
    assert tal(b, "budgeterade-personer", "01-01", "2025-01-01") == 3
    assert tal(b, "budgeterat-pris", "01-01", "2025-01-01") == 100


def test_den_senaste_prognosen_galler() -> None:
    b = en_budget()
    b.hander(budgetar(), prognos("04-30", rad("7.00"), volymrader=(volym("1", dygnspris("50.00")),)), "12-01")
    b.hander(budgetar(), prognos("08-31", rad("9.00"), slag=Prognosslag.DELAR2), "12-02")
    aret = "01-01", "2025-01-01"
    assert tal(b, "prognos", *aret) == 9
    assert tal(b, "prognos", *aret, "08-30") == 7
    assert tal(b, "prognos", *aret, kant=klockan("12-01")) == 7
    assert tal(b, "prognos", *aret, urval={"underslag": ("delar1",)}) == 7
    assert tal(b, "prognos", *aret, "04-29") == 0
    assert tal(b, "prognostiserade-personer", *aret, "08-30") == 1
    assert tal(b, "prognostiserat-pris", *aret, "08-30") == 50
    assert svar(b, "prognostiserat-pris", *aret) == {}
    assert svar(b, "prognos", "2023-01-01", "2025-01-01", gruppera=("ar",)) == {("2024",): 9}


def test_perioden_ar_halvoppen() -> None:
    b = en_flytt()
    fraga = Orakelfraga("vardygn", date(2024, 1, 30), date(2024, 1, 31), date(2024, 12, 31), SIST)
    assert fraga.dagar == [date(2024, 1, 30)]
    assert svara(logg(b.steg), fraga) == {(): 1}
