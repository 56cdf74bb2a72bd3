"""The catalogue of measures against the catalogue of printed ones, and its page."""

from __future__ import annotations

from pathlib import Path

from application.mattkatalog import alla_grunder, las_forteckning, matt_som_data, saknade, sida
from domain.matt.katalog import MATT, MED_ID

FORTECKNING = (Path(__file__).parents[2] / "docs" / "kallor" / "MATT.md").read_text(encoding="utf-8")
TRYCKTA = las_forteckning(FORTECKNING)


def test_alla_tryckta_matt_ar_med_i_forteckningen() -> None:
    assert len(TRYCKTA) == 151
    assert {t.id[0] for t in TRYCKTA} == set("VDEPBIATJ")


def test_varje_tryckt_matt_som_kan_raknas_raknas() -> None:
    assert saknade(TRYCKTA) == []


def test_inget_matt_har_ett_nummer_som_inte_finns_eller_inte_kan_raknas() -> None:
    assert set(MED_ID) <= {t.id for t in TRYCKTA if t.kan_raknas}


def test_sidan_har_varje_matt_varje_val_och_varje_tryckt_matt() -> None:
    text = sida(FORTECKNING)
    for matt in MATT.values():
        assert f"### {matt.namn}\n" in text
        assert all(f"- Val `{v.namn}` – {v.etikett}: " in text for v in matt.varianter)
    assert all(f"| {t.id} | {t.namn} | " in text for t in TRYCKTA)
    assert "| V35 | Hushåll som beviljats ekonomiskt bistånd, genomsnitt per månad | nej (annat system) | nej" in text


def test_ett_matt_som_data_sager_vad_det_raknas_pa() -> None:
    data = matt_som_data(MATT["andel-utredningar-inom-120-dagar"])
    assert data["fakta"] == ["utredning.avslutad"]
    assert data["handelser"] == ["utredning.paborjad", "utredning.avslutad"]
    frister = {g.frist.namn for g in alla_grunder(MATT["andel-utredningar-inom-120-dagar"]) if g.frist}
    assert frister == {"120dagar", "fyraManader"}
