"""A cost difference is volume, mix, price and the rest, and they add up."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.matt.uppdelning import Delar, Sida, dela_upp


def sida(dygn: int, pris: int | None, belopp: int | None = None) -> Sida:
    """Return a side; without an amount it is what days and price say."""
    rakning = Fraction(dygn * (pris or 0))
    return Sida(
        Fraction(dygn), None if pris is None else Fraction(pris), rakning if belopp is None else Fraction(belopp)
    )


def delar(volym: int = 0, mix: int = 0, pris: int = 0, ovrigt: int = 0) -> Delar:
    return Delar(*map(Fraction, (volym, mix, pris, ovrigt)))


def test_bara_fler_dygn_ar_volym() -> None:
    # Given 100 + 300 planned days, when there are half as many again of each, then all is volume.
    assert dela_upp([(sida(100, 4000), sida(150, 4000)), (sida(300, 1000), sida(450, 1000))]) == [
        delar(volym=200_000),
        delar(volym=150_000),
    ]


def test_samma_dygn_i_dyrare_vard_ar_mix() -> None:
    # 50 days moved from family homes at 1 000 to institutions at 4 000: 50 × 3 000 more.
    assert dela_upp([(sida(100, 4000), sida(150, 4000)), (sida(300, 1000), sida(250, 1000))]) == [
        delar(mix=200_000),
        delar(mix=-50_000),
    ]


def test_samma_vard_till_hogre_pris_ar_pris() -> None:
    assert dela_upp([(sida(100, 4000), sida(100, 4100))]) == [delar(pris=10_000)]


def test_det_som_inte_ar_dygn_ganger_pris_ar_ovrigt() -> None:
    # Open care without volumes, and a booking that is 500 more than days and price say.
    assert dela_upp([(sida(0, None, 2000), sida(0, None, 2600)), (sida(10, 100), sida(10, 100, 1500))]) == [
        delar(ovrigt=600),
        delar(ovrigt=500),
    ]


def test_allt_pa_en_gang_handraknat() -> None:
    # Plan 100 days at 40 and 300 at 10; outcome 120 at 45 and 320 at 9: 440 days against 400, a tenth more.
    # Volume (110−100)·40, (330−300)·10; mix (120−110)·40, (320−330)·10; price 120·5, 320·(−1).
    assert dela_upp([(sida(100, 40), sida(120, 45)), (sida(300, 10), sida(320, 9))]) == [
        delar(volym=400, mix=400, pris=600),
        delar(volym=300, mix=-100, pris=-320),
    ]


def test_en_vardform_som_inte_var_planerad_ar_mix_och_inte_pris() -> None:
    assert dela_upp([(sida(100, 40), sida(80, 40)), (sida(0, None), sida(20, 70))]) == [
        delar(mix=-800),
        delar(mix=1400),
    ]


def test_en_vardform_som_upphort_har_inget_nytt_pris() -> None:
    assert dela_upp([(sida(100, 40), sida(100, 40)), (sida(100, 10), sida(0, None))]) == [
        delar(volym=-2000, mix=2000),
        delar(volym=-500, mix=-500),
    ]


def test_utan_planerade_dygn_finns_ingen_mix_att_halla() -> None:
    assert dela_upp([(sida(0, None), sida(20, 70)), (sida(0, 5), sida(2, 6))]) == [
        delar(volym=1400),
        delar(volym=10, pris=2),
    ]


heltal = st.integers(-5_000, 5_000)
sidor = st.builds(
    Sida,
    st.fractions(0, 1000, max_denominator=1000),
    st.none() | st.fractions(0, 10_000, max_denominator=31),
    st.builds(Fraction, heltal),
)


@given(st.lists(st.tuples(sidor, sidor), max_size=6))
def test_delarna_ar_skillnaden_rad_for_rad_och_i_allt(rader: list[tuple[Sida, Sida]]) -> None:
    uppdelat = dela_upp(rader)
    assert [d.skillnad for d in uppdelat] == [till.belopp - fran.belopp for fran, till in rader]
    totalt = Delar()
    for d in uppdelat:
        totalt = totalt.plus(d)
    assert totalt.skillnad == sum(till.belopp - fran.belopp for fran, till in rader)


@given(st.lists(st.tuples(sidor, sidor), min_size=1, max_size=6))
def test_mixen_flyttar_dygn_men_gor_inga_nya(rader: list[tuple[Sida, Sida]]) -> None:
    # At one price for all, no mix costs more than another.
    ett_pris = [(fran._replace(pris=Fraction(7)), till._replace(pris=Fraction(7))) for fran, till in rader]
    assert sum(d.mix for d in dela_upp(ett_pris)) == 0
