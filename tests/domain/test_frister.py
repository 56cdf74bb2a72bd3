"""Deadlines: months are not days, and a statute is the one in force on the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.regler.frister import (
    FORHANDSBEDOMNING_14_DAGAR,
    FRISTER,
    UTREDNING_120_DAGAR,
    UTREDNING_FYRA_MANADER,
    Frist,
)

dagar = st.dates(date(2000, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("borjan", "manader", "dagar_"),
    [
        ("2023-01-10", "2023-05-10", "2023-05-10"),
        ("2023-10-31", "2024-02-29", "2024-02-28"),
        ("2022-10-31", "2023-02-28", "2023-02-28"),
        ("2023-04-30", "2023-08-30", "2023-08-28"),
    ],
)
def test_fyra_manader_ar_inte_120_dagar(borjan: str, manader: str, dagar_: str) -> None:
    dag = date.fromisoformat(borjan)
    assert UTREDNING_FYRA_MANADER.sista_dag(dag).isoformat() == manader
    assert UTREDNING_120_DAGAR.sista_dag(dag).isoformat() == dagar_


@given(st.sampled_from(list(FRISTER.values())), dagar)
def test_den_forsta_som_haller_ar_den_tidigaste_borjan_som_ar_i_tid(frist: Frist, dag: date) -> None:
    forsta = frist.forsta_som_haller(dag)
    assert frist.sista_dag(forsta) >= dag > frist.sista_dag(forsta - timedelta(days=1))


@given(st.sampled_from([frist.till_nasta_vardag() for frist in FRISTER.values()]), dagar)
def test_ocksa_den_flyttade_ar_vand_ratt(frist: Frist, dag: date) -> None:
    forsta = frist.forsta_som_haller(dag)
    assert frist.sista_dag(forsta) >= dag > frist.sista_dag(forsta - timedelta(days=1))


@pytest.mark.parametrize(
    ("borjan", "sista", "flyttad"),
    [
        ("2024-11-01", "2025-03-01", "2025-03-03"),
        ("2024-08-24", "2024-12-24", "2024-12-27"),
        ("2024-11-03", "2025-03-03", "2025-03-03"),
    ],
)
def test_en_sista_dag_pa_en_helg_kan_flyttas(borjan: str, sista: str, flyttad: str) -> None:
    dag = date.fromisoformat(borjan)
    assert UTREDNING_FYRA_MANADER.sista_dag(dag).isoformat() == sista
    assert UTREDNING_FYRA_MANADER.till_nasta_vardag().sista_dag(dag).isoformat() == flyttad
    assert UTREDNING_FYRA_MANADER.till_nasta_vardag().lagrum(dag) == "SoL (2001:453) 11 kap. 2 §"


def test_lagrummet_ar_det_som_galler_den_dagen() -> None:
    frist = FORHANDSBEDOMNING_14_DAGAR
    assert frist.lagrum(date(2012, 12, 31)) is None
    assert frist.lagrum(date(2025, 6, 30)) == "SoL (2001:453) 11 kap. 1 a §"
    assert frist.lagrum(date(2025, 7, 1)) == "SoL (2025:400) 20 kap. 2 §"
    assert UTREDNING_120_DAGAR.lagrum(date(2023, 1, 1)) is None


def test_lydelsen_ar_den_som_galler_den_dagen() -> None:
    frist = FORHANDSBEDOMNING_14_DAGAR
    assert frist.lydelse(date(2012, 12, 31)) is None
    assert frist.lydelse(date(2013, 1, 1)) == frist.lydelse(date(2025, 6, 30)) == frist.lydelser[0]
    assert frist.lydelse(date(2025, 7, 1)) == frist.lydelser[1]
