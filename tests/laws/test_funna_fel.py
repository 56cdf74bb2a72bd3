"""Mistakes that the laws once found, each as its smallest example, so that it is found at once if it returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from domain.begrepp import Justeringsslag, Lagrum, Prognosslag
from domain.budgetperiod.beslut import JusteringenLiggerForeBudgeten
from domain.budgetperiod.handelser import BudgetJusterad
from domain.fakta import Punkt
from domain.faktaspar import ALLTJAMT
from domain.placering.handelser import LagrumAndrat, OvervagandeGjort
from tests.laws.exempel import (
    Berattelse,
    borjar,
    borta,
    budget,
    budgetar,
    dag,
    dygnspris,
    nytt_pris,
    placering,
    prognos,
    rad,
    slutar,
    volym,
)
from tests.laws.loggen import Orakelfraga
from tests.laws.provliggare import SLUTET, Steg, bokford, orakel


def fraga(matt: str, **annat: Any) -> Orakelfraga:
    """Return a question about 2024, asked at its end."""
    return Orakelfraga(matt, date(2024, 1, 1), date(2025, 1, 1), date(2024, 12, 31), SLUTET, **annat)


def totalt(steg: Sequence[Steg], fragan: Orakelfraga) -> Fraction | None:
    """Return the whole, on which ledger and oracle must agree."""
    with bokford(steg) as liggare:
        assert not liggare.avslag
        svar = liggare.svar(fragan)
        assert svar == orakel(liggare.poster, fragan)
        return svar.totalt  # type: ignore[no-any-return]


def vistelse(*inre: Any, slut: str = "03-10") -> list[Steg]:
    b = Berattelse()
    for h in (borjar("03-01", pris=dygnspris("100.00")), *inre, slutar(slut)):
        b.hander(placering(1), h, "05-01")
    return b.steg


@pytest.mark.parametrize(("regel", "kronor"), [("inEjUt", 900), ("inOchUt", 901), ("ejInUt", 801)])
def test_priset_som_borjar_galla_utskrivningsdagen_galler_den_dagen(regel: str, kronor: int) -> None:
    steg = vistelse(nytt_pris("03-10", dygnspris("1.00")))
    assert totalt(steg, fraga("kostnad", regel=regel)) == kronor


@pytest.mark.parametrize(("regel", "dygn"), [("inEjUt", 7), ("inOchUt", 8), ("ejInUt", 8)])
def test_franvaro_fran_inskrivningsdagen_dras_inte_fran_en_dag_som_inte_raknas(regel: str, dygn: int) -> None:
    steg = vistelse(borta("03-01", "03-03", betald=False))
    assert totalt(steg, fraga("vardygn", regel=regel, franvaro_raknas=False)) == dygn
    assert totalt(steg, fraga("kostnad", regel=regel)) == 100 * dygn


def test_den_som_ar_borta_hela_perioden_har_inget_vardygn_nar_franvaro_inte_raknas() -> None:
    steg = vistelse(borta("03-01", "03-20"), slut="03-31")
    mars = Orakelfraga("unika-personer", dag("03-05"), dag("03-15"), dag("12-31"), SLUTET)
    assert totalt(steg, mars) == 1
    assert totalt(steg, replace(mars, franvaro_raknas=False)) == 0
    per_manad = fraga("unika-personer", franvaro_raknas=False, gruppera=("manad", "malgrupp"))
    assert totalt(steg, per_manad) == 1


def test_tva_prognoser_for_samma_dag_laggs_inte_ihop() -> None:
    b = Berattelse()
    b.hander(budgetar(), budget("01-01"))
    forst = b.hander(budgetar(), prognos("04-30", rad("10.00"), volymrader=(volym("1"),)), "05-10")
    b.hander(budgetar(), prognos("04-30", rad("20.00"), slag=Prognosslag.MANAD, volymrader=(volym("2"),)), "05-11")
    assert totalt(b.steg, fraga("prognos")) == 20
    assert totalt(b.steg, fraga("prognos", urval={"underslag": ("delar1",)})) == 10
    assert totalt(b.steg, fraga("prognostiserade-personer")) == 2
    # A corrected forecast keeps its place: the later one is still the latest.
    b.hander(budgetar(), prognos("04-30", rad("11.00"), volymrader=(volym("3"),)), "06-01", forst)
    assert totalt(b.steg, fraga("prognos")) == 20
    assert totalt(b.steg, fraga("prognostiserade-personer")) == 2
    # One registered late for an earlier day changes nothing either.
    b.hander(budgetar(), prognos("03-31", rad("5.00"), slag=Prognosslag.DELAR2), "07-01")
    assert totalt(b.steg, fraga("prognos")) == 20


def test_en_prognos_utan_volymer_lanar_inte_den_forras() -> None:
    b = Berattelse()
    b.hander(budgetar(), budget("01-01"))
    b.hander(budgetar(), prognos("04-30", volymrader=(volym("1", dygnspris("7.00")),)))
    b.hander(budgetar(), prognos("08-31", slag=Prognosslag.DELAR2))
    assert totalt(b.steg, fraga("prognostiserade-personer")) == 0
    assert totalt(b.steg, fraga("prognostiserat-pris")) is None


def test_en_volym_utan_pris_drar_inte_ner_det_budgeterade_priset() -> None:
    b = Berattelse()
    b.hander(budgetar(), budget("01-01", volymrader=(volym("1", dygnspris("1000.00")), volym("1"))))
    assert totalt(b.steg, fraga("budgeterat-pris")) == 1000
    assert totalt(b.steg, fraga("budgeterade-personer")) == 2
    b = Berattelse()
    b.hander(budgetar(), budget("01-01", volymrader=(volym("1"),)))
    assert totalt(b.steg, fraga("budgeterat-pris")) is None


def test_ett_urval_kan_inte_slappa_in_vad_mattet_utesluter() -> None:
    steg = vistelse()
    assert totalt(steg, fraga("vardygn-utan-pris", urval={"prissort": ("dygn",)})) == 0
    manad = fraga("kostnad-per-dygn", ovagd=True, urval={"prissort": ("manad",)})
    assert totalt(steg, manad) is None


def test_en_justering_efter_arets_slut_faller_pa_december() -> None:
    b = Berattelse()
    b.hander(budgetar(), budget("01-01"))
    justering = BudgetJusterad(
        datum=date(2025, 2, 1), slag=Justeringsslag.RATTELSE, benamning="Efter årets slut", rader=(rad("12.00"),)
    )
    b.hander(budgetar(), justering)
    senare = Orakelfraga("budget", dag("12-01"), date(2025, 1, 1), date(2025, 3, 1), SLUTET)
    assert totalt(b.steg, senare) == 112


def test_en_justering_fore_budgeten_avvisas() -> None:
    # It would fall on months by weights that were not adopted on its day.
    b = Berattelse()
    b.hander(budgetar(), budget("02-01"))
    justering = BudgetJusterad(
        datum=dag("01-15"), slag=Justeringsslag.RATTELSE, benamning="För tidigt", rader=(rad("12.00"),)
    )
    b.hander(budgetar(), justering, "02-02")
    with bokford(b.steg) as liggare:
        assert [type(fel) for fel in liggare.avslag] == [JusteringenLiggerForeBudgeten]


def test_det_som_noteras_samma_dag_som_nagot_andras_star_i_det_andrade() -> None:
    b = Berattelse()
    b.hander(placering(1), borjar("01-10"))
    b.hander(placering(1), OvervagandeGjort(datum=dag("03-01")))
    b.hander(placering(1), LagrumAndrat(datum=dag("03-01"), lagrum=Lagrum.LVU))
    lagrum, kand_till = 4 + Punkt._fields.index("lagrum"), 3
    with bokford(b.steg) as liggare:
        rader = [rad for rad in liggare.fakta()["fakta_punkt"] if "overvagande.gjort" in rad]
    assert [(rad[lagrum], rad[kand_till]) for rad in rader] == [("SoL", 3), ("LVU", ALLTJAMT)]
