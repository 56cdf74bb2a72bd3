"""When a month is closed: what is known of the books decides, and never a month that has not come."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from domain.prognos.bokfort import Beloppsrader, stangd_till

JUNI = date(2019, 6, 30).toordinal()


def utfall(*manader: str) -> Beloppsrader:
    """Return a krona booked in each of some months."""
    forsta = np.array([date.fromisoformat(f"{m}-01").toordinal() for m in manader], dtype=np.int64)
    noll = np.zeros(len(forsta), dtype=np.int64)
    return Beloppsrader(noll, noll, noll, noll, noll, forsta, forsta, noll + 100, noll, noll, noll)


@pytest.mark.parametrize(
    ("bokforda", "oppen"),
    [
        (["2019-04", "2019-05"], "2019-05"),
        (["2019-05", "2019-06"], "2019-06"),
        (["2019-05", "2019-06", "2019-12"], "2019-06"),
        (["2019-05", "2020-01"], "2019-05"),
    ],
)
def test_en_senare_bokford_manad_stanger_men_ingen_kommande(bokforda: list[str], oppen: str) -> None:
    assert date.fromordinal(stangd_till(utfall(*bokforda), JUNI)) == date.fromisoformat(f"{oppen}-01")


@pytest.mark.parametrize("bokforda", [[], ["2019-12"]])
def test_utan_bokforda_manader_ar_ingen_stangd(bokforda: list[str]) -> None:
    assert stangd_till(utfall(*bokforda), JUNI) == 1
