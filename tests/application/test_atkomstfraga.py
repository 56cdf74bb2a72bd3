"""Days that the access log is asked about: both included, by Swedish time, and in their order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from application.atkomstfraga import antecknade
from application.queries import FraganGarInte


def test_dagarna_ar_svenska_och_ingar_bada() -> None:
    assert antecknade(("fran", "2026-01-05"), ("till", "2026-01-05")) == {
        "fran": datetime(2026, 1, 4, 23, tzinfo=UTC),
        "till": datetime(2026, 1, 5, 23, tzinfo=UTC),
    }


def test_den_som_inte_sags_begransar_inte() -> None:
    assert antecknade(("fran", None), ("till", None)) == {"fran": None, "till": None}


@pytest.mark.parametrize(
    ("fran", "till", "falt", "mening"),
    [
        ("igår", None, "antecknadFran", "antecknadFran ska vara ett datum ÅÅÅÅ-MM-DD, inte ”igår”."),
        (
            "2026-01-06",
            "2026-01-05",
            "antecknadTill",
            "antecknadTill (2026-01-05) ligger före antecknadFran (2026-01-06).",
        ),
    ],
)
def test_en_dag_som_inte_gar_namnges(fran: str | None, till: str | None, falt: str, mening: str) -> None:
    with pytest.raises(FraganGarInte) as fel:
        antecknade(("antecknadFran", fran), ("antecknadTill", till))
    assert (fel.value.falt, str(fel.value)) == (falt, mening)
