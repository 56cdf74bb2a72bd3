"""Days, periods and instants: Swedish days, summer time, leap years."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.tid import (
    OANDLIG_DAG,
    SVENSK_TID,
    Period,
    Tidssnitt,
    dagar_i_manaden,
    dagens_slut,
    kalenderar,
    kalendermanad,
    manad_efter,
    mikrosekunder,
    ogonblick_av,
    svensk_dag,
)

dagar = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("dag", "slut"),
    [
        ("2019-01-15", "2019-01-15T22:59:59.999999+00:00"),
        ("2019-07-15", "2019-07-15T21:59:59.999999+00:00"),
        ("2019-03-30", "2019-03-30T22:59:59.999999+00:00"),
        ("2019-03-31", "2019-03-31T21:59:59.999999+00:00"),
        ("2019-10-26", "2019-10-26T21:59:59.999999+00:00"),
        ("2019-10-27", "2019-10-27T22:59:59.999999+00:00"),
        ("2020-02-29", "2020-02-29T22:59:59.999999+00:00"),
        ("2019-12-31", "2019-12-31T22:59:59.999999+00:00"),
    ],
    ids=["vinter", "sommar", "före sommartid", "23 timmar", "före vintertid", "25 timmar", "skottdag", "nyår"],
)
def test_dagens_slut_ar_sista_mikrosekunden_i_sverige(dag: str, slut: str) -> None:
    assert dagens_slut(date.fromisoformat(dag)).isoformat() == slut


@pytest.mark.parametrize(
    ("ogonblick", "dag"),
    [
        ("2019-01-15T22:59:59.999999+00:00", "2019-01-15"),
        ("2019-01-15T23:00:00+00:00", "2019-01-16"),
        ("2019-07-15T21:59:59.999999+00:00", "2019-07-15"),
        ("2019-07-15T22:00:00+00:00", "2019-07-16"),
        ("2019-03-31T00:59:59+00:00", "2019-03-31"),
        ("2019-10-27T22:59:59+00:00", "2019-10-27"),
        ("2018-12-31T23:30:00+00:00", "2019-01-01"),
        ("2019-07-15T00:30:00+05:00", "2019-07-14"),
    ],
)
def test_den_svenska_dagen_vid_ett_ogonblick(ogonblick: str, dag: str) -> None:
    assert svensk_dag(datetime.fromisoformat(ogonblick)).isoformat() == dag


@given(dagar)
def test_dagens_slut_hor_till_dagen_och_nasta_mikrosekund_till_nasta(dag: date) -> None:
    slut = dagens_slut(dag)
    assert slut.tzinfo is UTC
    assert svensk_dag(slut) == dag
    assert svensk_dag(slut + timedelta(microseconds=1)) == dag + timedelta(days=1)


@pytest.mark.parametrize(("dag", "timmar"), [("2019-03-31", 23), ("2019-10-27", 25), ("2019-06-06", 24)])
def test_ett_dygn_vid_tidsomstallning_ar_kortare_eller_langre(dag: str, timmar: int) -> None:
    den = date.fromisoformat(dag)
    assert dagens_slut(den) - dagens_slut(den - timedelta(days=1)) == timedelta(hours=timmar)


# Periods


@pytest.mark.parametrize(("ar", "antal"), [(2019, 365), (2020, 366), (1900, 365), (2000, 366)])
def test_ett_ar_har_sina_dagar(ar: int, antal: int) -> None:
    assert kalenderar(ar).dagar == antal
    assert sum(manad.dagar for manad in kalenderar(ar).manader()) == antal


@pytest.mark.parametrize(("manad", "antal"), [("2019-02", 28), ("2020-02", 29), ("2019-12", 31), ("2019-04", 30)])
def test_en_manad_har_sina_dagar(manad: str, antal: int) -> None:
    period = kalendermanad(manad)
    assert period.dagar == antal == dagar_i_manaden(period.fran)
    assert period.hela_manader


@given(dagar)
def test_manaden_efter_borjar_dagen_efter_manadens_sista(dag: date) -> None:
    nasta = manad_efter(dag)
    assert nasta.day == 1
    assert nasta == dag.replace(day=dagar_i_manaden(dag)) + timedelta(days=1)


@given(dagar, dagar)
def test_en_periods_manader_ar_hela_perioden(ena: date, andra: date) -> None:
    period = Period(min(ena, andra), max(ena, andra))
    if period.dagar > 5_000:
        period = Period(period.fran, period.fran + timedelta(days=5_000))
    delar = list(period.manader())
    assert sum(del_.dagar for del_ in delar) == period.dagar
    assert all(forra.till == nasta.fran for forra, nasta in pairwise(delar))


def test_en_bakvand_period_finns_inte() -> None:
    with pytest.raises(ValueError, match="2019-01-01"):
        Period(date(2019, 1, 2), date(2019, 1, 1))


def test_en_tom_period_ar_tillaten_och_har_inga_manader() -> None:
    tom = Period(date(2019, 1, 2), date(2019, 1, 2))
    assert tom.dagar == 0
    assert list(tom.manader()) == []
    assert str(tom) == "tom period vid 2019-01-02"


def test_en_period_skrivs_med_bada_dagarna_inraknade() -> None:
    assert str(kalenderar(2019)) == "2019-01-01–2019-12-31"


@pytest.mark.parametrize(
    ("fran", "till", "hela"),
    [
        ("2019-01-01", "2019-03-01", True),
        ("2019-01-02", "2019-03-01", False),
        ("2019-01-01", "2019-02-28", False),
        ("2019-01-01", "2019-01-31", False),
    ],
)
def test_hela_manader_borjar_och_slutar_vid_manadsskiften(fran: str, till: str, hela: bool) -> None:
    assert Period(date.fromisoformat(fran), date.fromisoformat(till)).hela_manader is hela


@pytest.mark.parametrize(
    ("fran", "till", "hela"),
    [
        ("2018-01-01", "2020-01-01", True),
        ("2019-01-02", "2020-01-01", False),
        ("2019-01-01", "2020-01-02", False),
        ("2019-02-01", "2020-01-01", False),
        ("2019-01-01", "2019-12-01", False),
    ],
)
def test_hela_ar_borjar_och_slutar_vid_arsskiften(fran: str, till: str, hela: bool) -> None:
    assert Period(date.fromisoformat(fran), date.fromisoformat(till)).hela_ar is hela


# Instants


@given(st.datetimes(timezones=st.just(UTC)))
def test_ett_ogonblick_bevaras_pa_mikrosekunden(ogonblick: datetime) -> None:
    assert ogonblick_av(mikrosekunder(ogonblick)) == ogonblick


def test_ett_ogonblick_ar_detsamma_i_alla_tidszoner() -> None:
    utc = datetime(2019, 5, 1, 10, 0, 0, 1, tzinfo=UTC)
    assert mikrosekunder(utc.astimezone(SVENSK_TID)) == mikrosekunder(utc) == 1_556_704_800_000_001
    assert mikrosekunder(utc.astimezone(timezone(timedelta(hours=-7)))) == mikrosekunder(utc)


def test_fore_1970_ar_mikrosekunderna_negativa() -> None:
    assert mikrosekunder(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1


def test_ett_tidssnitt_utan_tidszon_namner_inget_ogonblick() -> None:
    with pytest.raises(ValueError, match="tidszon"):
        Tidssnitt(date(2019, 5, 1), datetime(2019, 5, 1))  # noqa: DTZ001
    assert Tidssnitt(date(2019, 5, 1), datetime(2019, 5, 1, tzinfo=UTC)).galler_den == date(2019, 5, 1)


def test_den_oandliga_dagen_ligger_efter_alla_dagar() -> None:
    assert date.max.toordinal() == OANDLIG_DAG
