"""Where a deadline may not end: the almanac's own holidays, year by year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.regler.helgdagar import nasta_vardag


def dagar(text: str, ar: int) -> list[date]:
    return [date.fromisoformat(f"{ar}-{dag}") for dag in text.split()]


@pytest.mark.parametrize(
    ("ar", "helg"),
    [
        # Saturdays and Sundays apart, as the almanac prints them.
        (2004, "01-01 01-06 04-09 04-12 05-20 05-31 06-25 12-24 12-31"),
        (2005, "01-06 03-25 03-28 05-05 06-06 06-24 12-26"),
        (2019, "01-01 04-19 04-22 05-01 05-30 06-06 06-21 12-24 12-25 12-26 12-31"),
        (2024, "01-01 03-29 04-01 05-01 05-09 06-06 06-21 12-24 12-25 12-26 12-31"),
        (2038, "01-01 01-06 04-23 04-26 06-03 06-25 12-24 12-31"),
    ],
)
def test_arets_helgdagar_som_inte_ar_lordag_eller_sondag(ar: int, helg: str) -> None:
    alla = (date(ar, 1, 1) + timedelta(days=nr) for nr in range(366))
    i_veckan = [dag for dag in alla if dag.year == ar and dag.weekday() < 5]
    assert [dag for dag in i_veckan if nasta_vardag(dag) != dag] == dagar(helg, ar)


@pytest.mark.parametrize(
    ("dag", "vardag"),
    [
        ("2025-03-01", "2025-03-03"),
        ("2024-12-24", "2024-12-27"),
        ("2019-04-19", "2019-04-23"),
        ("2025-03-03", "2025-03-03"),
    ],
)
def test_nasta_vardag_ar_dagen_sjalv_eller_den_forsta_efter_helgen(dag: str, vardag: str) -> None:
    assert nasta_vardag(date.fromisoformat(dag)).isoformat() == vardag
