"""Numbers that remember what they were made of: the same arithmetic, and the parts of the result."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.matt.spartal import Blad, Spartal

A, B, C = (Blad(nr, (0,)) for nr in range(3))
tal = st.fractions(-1000, 1000, max_denominator=366)


def spar(varde: int | Fraction, blad: Blad) -> Spartal:
    return Spartal.blad(Fraction(varde), blad)


def test_ett_snitt_minns_hur_mycket_varje_del_bidrar() -> None:
    # Given 100 days of one kind and 50 of another, when they are shared on 243 days
    snitt = (spar(100, A) + spar(50, B)) / 243
    # Then each day counts 1/243.
    assert snitt == Fraction(150, 243)
    assert (snitt.delar, snitt.villkor) == ({A: Fraction(1, 243), B: Fraction(1, 243)}, frozenset())


def test_det_man_delar_med_bidrar_inte_men_minns() -> None:
    kvot = 100 * spar(30, A) / spar(60, B)
    assert (kvot, kvot.delar, kvot.villkor) == (50, {A: Fraction(5, 3)}, {B})


def test_samma_del_pa_bada_sidor_om_bratet() -> None:
    # A deviation in per cent of the budget: (budget − outcome) / budget.
    andel = (spar(200, A) - spar(150, B)) / abs(spar(200, A))
    assert (andel, andel.delar, andel.villkor) == (
        Fraction(1, 4),
        {A: Fraction(1, 200), B: Fraction(-1, 200)},
        {A},
    )


def test_summor_over_vanliga_tal_och_noll() -> None:
    alla = sum((spar(2, A), Fraction(3), spar(5, A)), Fraction(0))
    assert isinstance(alla, Spartal)
    assert alla == Fraction(10)
    assert alla.delar == {A: 2}
    assert 1 - spar(2, A) == Fraction(-1)
    assert (1 - spar(2, A)).delar == {A: -1}
    assert (6 / spar(2, A)).villkor == {A}
    assert abs(spar(-2, A)).delar == {A: -1}
    assert not spar(0, A)


def test_ett_tal_kopieras_och_sparas_med_sina_delar() -> None:
    ett = spar(2, A) / 3
    for annat in (copy.copy(ett), copy.deepcopy(ett), pickle.loads(pickle.dumps(ett))):
        assert (annat, annat.delar) == (ett, ett.delar)


@given(tal, tal, tal)
def test_rakningen_ar_den_vanliga_och_delarna_ger_talet(a: Fraction, b: Fraction, c: Fraction) -> None:
    x, y, z = spar(a, A), spar(b, B), spar(c, C)
    uttryck = [(x + y - 2 * z, a + b - 2 * c), (-(x - y) / 7, -(a - b) / 7), (abs(x) + 3, abs(a) + 3)]
    if c:
        uttryck += [((x + y) / z, (a + b) / c), (x / abs(z) - y, a / abs(c) - b)]
    for med_spar, utan in uttryck:
        assert med_spar == utan
        varden = {A: a, B: b, C: c}
        konstant = utan - sum(faktor * varden[blad] for blad, faktor in med_spar.delar.items())
        assert konstant in (0, 3)
