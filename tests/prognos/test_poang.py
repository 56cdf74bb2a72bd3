"""Scores: the written-out CRPS is the definition, a single number scores its error, an interval covers its share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prognos.poang import crps, hopp_mellan, intervall, mase, tackning

TAL = st.floats(-1e6, 1e6, allow_nan=False)


@given(st.lists(TAL, min_size=1, max_size=30), TAL)
def test_crps_ar_definitionen(banor: list[float], utfall: float) -> None:
    x = np.array(banor)
    sant = np.abs(x - utfall).mean() - np.abs(x[:, None] - x[None, :]).mean() / 2
    assert crps(x, utfall) == pytest.approx(sant, abs=1e-6 * (1 + abs(utfall) + np.abs(x).max()))


@given(TAL, TAL)
def test_ett_enda_tal_far_sitt_fel(tal: float, utfall: float) -> None:
    assert crps(np.array([tal]), utfall) == abs(tal - utfall)


def test_intervallet_haller_sin_andel() -> None:
    lag, hog = intervall(np.arange(1001.0), 0.80)
    assert (lag, hog) == pytest.approx((100.0, 900.0))
    assert tackning([(0, 1), (0, 1), (2, 3)], [0.5, 2, 2]) == pytest.approx(2 / 3)


def test_mase_och_hopp() -> None:
    assert mase([1, -1], [2, 2]) == 0.5
    assert hopp_mellan([10, 12, 9]) == 2.5
    assert np.isnan(hopp_mellan([10]))
