"""How good forecasts were, against what it came to.

CRPS (Gneiting & Raftery 2007) of an ensemble is its mean distance to the outcome less half its mean inner distance; for
a single number it is the absolute error, so methods with and without a distribution are held to the same rule. It is
written out here: the sorted form is exact and a library would bring a compiler along for one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from domain.prognos.underlag import F64

ANDELAR = (0.50, 0.80, 0.95)
"""The intervals that are given."""


def crps(banor: F64, utfall: float) -> float:
    """Return the continuous ranked probability score of an ensemble; in the unit of the outcome, lower is better."""
    x = np.sort(banor)
    n = len(x)
    vikt = 2 * np.arange(1, n + 1) - n - 1
    return float(np.abs(x - utfall).mean() - (vikt * x).sum() / n**2)


def intervall(banor: F64, andel: float) -> tuple[float, float]:
    """Return the central interval that holds a share of the paths."""
    lag, hog = np.quantile(banor, ((1 - andel) / 2, (1 + andel) / 2))
    return float(lag), float(hog)


def tackning(intervaller: Iterable[tuple[float, float]], utfall: Iterable[float]) -> float:
    """Return the share of outcomes that lie in their intervals."""
    traffar = [lag <= u <= hog for (lag, hog), u in zip(intervaller, utfall, strict=True)]
    return float(np.mean(traffar)) if traffar else float("nan")


def mase(fel: Sequence[float], mattstockens_fel: Sequence[float]) -> float:
    """Return the mean absolute error in units of the yardstick's (the first rung's) on the same origins."""
    stock = float(np.abs(mattstockens_fel).mean()) if len(mattstockens_fel) else 0.0
    return float(np.abs(fel).mean()) / stock if stock else float("nan")


def hopp_mellan(prognoser: Sequence[float]) -> float:
    """Return the mean absolute change from one origin to the next."""
    return float(np.abs(np.diff(prognoser)).mean()) if len(prognoser) > 1 else float("nan")
