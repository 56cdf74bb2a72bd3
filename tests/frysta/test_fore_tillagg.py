"""What was stored before an event got an optional field is read as ever, and written back to the letter.

The rule is in ``test_handelser``; ``make frys`` follows it.
"""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from domain.handelse import HANDELSETYPER
from domain.katalog import TIDIGARE, las_version
from tests.frysta import fore_tillagg, test_handelser
from tests.frysta.fore_tillagg import frys, vagar
from tests.frysta.test_handelser import namn_och_version, som_text

FILER = sorted(fore_tillagg.MAPP.glob("*.json"))
alla_filer = pytest.mark.parametrize("fil", FILER, ids=lambda fil: fil.stem)

PRIS = HANDELSETYPER["pris.andrat"]


def test_det_finns_former_fran_fore_ett_tillagg() -> None:
    assert FILER


@alla_filer
def test_formen_lases_som_handelsen_i_dag(fil: Path) -> None:
    namn, version = namn_och_version(fil)
    assert las_version(HANDELSETYPER[namn], version, orjson.loads(fil.read_bytes())).typ == namn


@alla_filer
def test_formen_skrivs_med_samma_falt_i_samma_form(fil: Path) -> None:
    namn, version = namn_och_version(fil)
    klass = TIDIGARE.get((namn, version), HANDELSETYPER[namn])
    assert klass.schemaversion == version
    assert som_text(klass.model_validate_json(fil.read_bytes())) == fil.read_text(encoding="utf-8")


@alla_filer
def test_formen_saknar_nagot_som_har_kommit_till(fil: Path) -> None:
    namn, version = namn_och_version(fil)
    nu = test_handelser.MAPP / f"{namn}.v{version}.json"
    assert vagar(orjson.loads(fil.read_bytes())) < vagar(orjson.loads(nu.read_bytes()))


def test_vagar_gar_in_i_objekt_och_listor() -> None:
    assert vagar({"a": 1, "b": [{"c": 1}, {"d": {"e": 1}}]}) == {"a", "b", "b/c", "b/d", "b/d/e"}


@pytest.fixture
def frysta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty place for frozen files, beside an empty one for those from before an addition."""
    (tmp_path / "handelser").mkdir()
    (tmp_path / "fore_tillagg").mkdir()
    monkeypatch.setattr(test_handelser, "MAPP", tmp_path / "handelser")
    monkeypatch.setattr(fore_tillagg, "MAPP", tmp_path / "fore_tillagg")
    return tmp_path


def test_att_frysa_ett_tillagg_flyttar_undan_formen_som_den_var(frysta: Path) -> None:
    nu = frysta / "handelser" / "pris.andrat.v1.json"
    for nr, gammal in enumerate(('{"datum": "2019-03-01"}', '{"datum": "2019-03-01", "orsak": "index"}'), start=1):
        nu.write_text(gammal, encoding="utf-8")
        assert frys(PRIS) == nu
        assert not frys(PRIS)
        undan = frysta / "fore_tillagg" / ("pris.andrat.v1.json" if nr == 1 else f"pris.andrat.v1.{nr}.json")
        assert undan.read_text(encoding="utf-8") == gammal
        assert namn_och_version(undan) == ("pris.andrat", 1)
        assert vagar(orjson.loads(nu.read_bytes())) == {"datum", "pris", "pris/sort", "pris/belopp", "orsak"}


def test_det_som_ar_nytt_fryses_utan_att_nagot_flyttas(frysta: Path) -> None:
    assert frys(PRIS) == frysta / "handelser" / "pris.andrat.v1.json"
    assert list((frysta / "fore_tillagg").iterdir()) == []


def test_en_fryst_form_som_inte_har_fatt_nagot_till_ror_ingen(frysta: Path) -> None:
    nu = frysta / "handelser" / "pris.andrat.v1.json"
    nu.write_text('{"datum": "2019-03-01", "borta": 1}', encoding="utf-8")
    with pytest.raises(ValueError, match="borta"):
        frys(PRIS)
    assert nu.read_text(encoding="utf-8") == '{"datum": "2019-03-01", "borta": 1}'
