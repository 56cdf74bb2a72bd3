"""What an event is made of: days, instants, a stored name and a payload."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

import domain.handelse
from domain.handelse import HANDELSETYPER, Dag, Handelse, HandelseMakulerad, Ogonblick

DAG: TypeAdapter[date] = TypeAdapter(Dag)
OGONBLICK: TypeAdapter[datetime] = TypeAdapter(Ogonblick)


@pytest.mark.parametrize("varde", ["2019-01-31", date(2019, 1, 31)])
def test_en_dag_skrivs_pa_ett_satt(varde: Any) -> None:
    assert DAG.validate_python(varde) == date(2019, 1, 31)


@pytest.mark.parametrize("varde", [1546300800, 17927.0, None, datetime(2019, 1, 31, tzinfo=UTC), "20190131"])
def test_ingenting_annat_ar_en_dag(varde: Any) -> None:
    with pytest.raises(ValidationError, match="a date is required"):
        DAG.validate_python(varde)


@pytest.mark.parametrize("varde", [1546300800, "1546300800", None, date(2019, 1, 31)])
def test_ett_ogonblick_skrivs_med_sin_dag(varde: Any) -> None:
    with pytest.raises(ValidationError, match="an instant is required"):
        OGONBLICK.validate_python(varde)


def test_ett_ogonblick_bevaras_i_utc_var_det_an_skrevs() -> None:
    ogonblick = OGONBLICK.validate_python(datetime(2019, 7, 1, 2, tzinfo=timezone(timedelta(hours=5))))
    assert ogonblick == datetime(2019, 6, 30, 21, tzinfo=UTC)
    assert ogonblick.tzinfo is UTC


@pytest.mark.parametrize("ar", [1900, 2200])
def test_ett_ogonblick_far_ligga_fran_1900_till_och_med_2200(ar: int) -> None:
    assert OGONBLICK.validate_python(f"{ar}-06-01T00:00:00Z").year == ar


@pytest.mark.parametrize("ar", [1899, 2201])
def test_ett_ogonblick_utanfor_de_aren_ar_ett_skrivfel(ar: int) -> None:
    with pytest.raises(ValidationError, match="mellan 1900 och 2200"):
        OGONBLICK.validate_python(f"{ar}-06-01T00:00:00Z")


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> dict[str, type[Handelse]]:
    """Let what a test registers be forgotten after it."""
    register: dict[str, type[Handelse]] = dict(HANDELSETYPER)
    monkeypatch.setattr(domain.handelse, "_REGISTER", register)
    return register


def test_en_handelse_ar_version_ett_och_ingen_plan_om_inget_annat_sags(register: dict[str, type[Handelse]]) -> None:
    klass: Any = type("Provhandelse", (Handelse,), {"__module__": __name__}, typ="prov.gjort")
    assert (klass.typ, klass.schemaversion, klass.ar_plan) == ("prov.gjort", 1, False)
    assert register["prov.gjort"] is klass


def test_en_handelse_sager_vilken_version_den_ar_och_om_den_ar_en_plan(register: dict[str, type[Handelse]]) -> None:
    klass: Any = type("Provplan", (Handelse,), {"__module__": __name__}, typ="prov.planerat", version=3, plan=True)
    assert (klass.typ, klass.schemaversion, klass.ar_plan) == ("prov.planerat", 3, True)


def test_innehallet_ar_platt_i_kamelnotation_och_utan_det_som_saknas() -> None:
    handelse = HANDELSETYPER["placering.avslutad"].model_validate(
        {"datum": "2019-03-11", "planerat": False, "orsak": "sammanbrott"}
    )
    assert handelse.innehall() == {"datum": "2019-03-11", "planerat": False, "orsak": "sammanbrott"}
    prognos = HANDELSETYPER["planeratSlut.andrat"].model_validate({"datum": "2019-03-11", "planeratSlut": "2019-06-30"})
    assert prognos.innehall() == {"datum": "2019-03-11", "planeratSlut": "2019-06-30"}
    forlangt = HANDELSETYPER["arende.aktualiserat"].model_validate(
        {
            "datum": "2019-01-07", "kommun": "1880", "arendetyp": "barnOchUnga", "enhet": "Barn", "malgrupp": "barn",
            "kon": "kvinna", "satt": "ansokan",
        }
    )  # fmt: skip
    assert None not in forlangt.innehall().values()
    assert HandelseMakulerad(datum=date(2019, 1, 1), orsak="Fel").innehall() == {"datum": "2019-01-01", "orsak": "Fel"}
