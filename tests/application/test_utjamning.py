"""Amounts that all printed figures are roundings of: found whenever there are any, and only contradictions given up."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from application.syntet.utjamning import Villkor, jamna_ut


def villkor(form: dict[int, float], lagst: float, hogst: float, rang: int = 0, cell: str = "") -> Villkor:
    return Villkor(form, lagst, hogst, rang, cell)


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 30))
def test_det_som_gar_ihop_mots_helt(fro: int, antal: int, former: int) -> None:
    rng = np.random.default_rng(fro)
    facit = rng.normal(0, 100, antal)
    a = rng.integers(-1, 2, (former, antal)).astype(float)
    tryckta = [
        villkor({i: v for i, v in enumerate(rad) if v}, float(rad @ facit) - 0.5, float(rad @ facit) + 0.5, nr % 3)
        for nr, rad in enumerate(a)
        if rad.any()
    ]
    x, uppgivna = jamna_ut(rng.normal(0, 100, antal).tolist(), tryckta, [1.0] * antal)
    assert uppgivna == []
    for v in tryckta:
        assert v.lagst - 1e-4 <= sum(x[i] * k for i, k in v.form.items()) <= v.hogst + 1e-4


def test_av_tva_som_sager_emot_varandra_ges_den_upp_som_binder_minst() -> None:
    summan = villkor({0: 1, 1: 1}, 458.45, 458.55, 2, "summan")
    delarna = [villkor({0: 1}, -300.05, -299.95, cell="a"), villkor({1: 1}, -158.55, -158.45, cell="b")]
    x, uppgivna = jamna_ut([-300.0, -158.5], [summan, *delarna], [1.0, 1.0])
    assert [v.cell for v in uppgivna] == ["summan"]
    assert abs(x.sum() + 458.5) < 0.2


def test_det_som_inte_far_rubbas_star_stilla_och_det_lattrorliga_flyttas_mest() -> None:
    x, uppgivna = jamna_ut([10.0, 10.0, 10.0], [villkor({0: 1, 1: 1, 2: 1}, 41, 41)], [0.0, 1.0, 10.0])
    assert not uppgivna
    assert np.allclose(x, [10, 11, 20])


def test_utan_villkor_ar_den_forsta_gissningen_svaret() -> None:
    x, uppgivna = jamna_ut([1.0, 2.0], [], [1.0, 1.0])
    assert (x.tolist(), uppgivna) == ([1.0, 2.0], [])
