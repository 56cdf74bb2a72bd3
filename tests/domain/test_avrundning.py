"""The span of a printed number holds exactly what is printed so."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.avrundning import Spann, avrundat, exakt, summera
from domain.pengar import avrunda

TAL = st.fractions(min_value=-1000, max_value=1000, max_denominator=400)
DECIMALER = st.integers(min_value=0, max_value=3)


@given(TAL, DECIMALER)
def test_talet_ar_i_spannet_av_sin_avrundning(tal: Fraction, decimaler: int) -> None:
    assert avrundat(avrunda(tal, decimaler)).moter(exakt(tal))


@given(TAL, DECIMALER, TAL)
def test_i_spannet_ar_bara_det_som_avrundas_sa(tal: Fraction, decimaler: int, annat: Fraction) -> None:
    tryckt = avrunda(tal, decimaler)
    assert avrundat(tryckt).moter(exakt(annat)) == (avrunda(annat, decimaler) == tryckt)


@given(st.lists(TAL, max_size=12), DECIMALER)
def test_avrundade_delar_och_avrundad_summa_stammer_alltid(delar: list[Fraction], decimaler: int) -> None:
    summan = summera(avrundat(avrunda(del_, decimaler)) for del_ in delar)
    assert summan.moter(avrundat(avrunda(sum(delar, Fraction(0)), decimaler)))


@given(TAL, TAL.filter(lambda t: abs(t) > 2), DECIMALER)
def test_kvoter_och_produkter_av_avrundade_rymmer_de_oavrundades(a: Fraction, b: Fraction, decimaler: int) -> None:
    ena, andra = avrundat(avrunda(a, decimaler)), avrundat(avrunda(b, decimaler))
    kvot = ena.delat_med(andra)
    assert kvot is not None
    assert kvot.moter(exakt(a / b))
    assert ena.produkt(andra).moter(exakt(a * b))


@given(st.lists(TAL, min_size=1, max_size=12), st.integers(min_value=1, max_value=50))
def test_en_summa_utanfor_regeln_stammer_aldrig(delar: list[Fraction], mer: int) -> None:
    """The rule: no more than (n + 1) / 2 units of the last place between the rounded sum and the sum of rounded."""
    tryckta = [avrunda(del_, 1) for del_ in delar]
    utanfor = sum(tryckta, Decimal(0)) + Decimal("0.05") * (len(delar) + 1 + mer)
    assert not summera(map(avrundat, tryckta)).moter(avrundat(avrunda(utanfor, 1), 1)) or mer == 1


def test_andarna_hor_till_at_ratt_hall() -> None:
    assert avrundat(Decimal("4.2")).moter(exakt(Fraction("4.15")))
    assert not avrundat(Decimal("4.2")).moter(exakt(Fraction("4.25")))
    assert avrundat(Decimal("-4.2")).moter(exakt(Fraction("-4.15")))
    assert not avrundat(Decimal("-4.2")).moter(exakt(Fraction("-4.25")))
    assert not avrundat(Decimal(0)).moter(exakt(Fraction("0.5")))
    assert avrundat(Decimal(2), 1).moter(exakt(Fraction("2.04")))
    assert not avrundat(Decimal(2), 1).moter(exakt(Fraction("2.06")))


def test_det_som_kan_vara_noll_delas_inte_med() -> None:
    assert exakt(1).delat_med(Spann(Fraction(-1), Fraction(1))) is None
