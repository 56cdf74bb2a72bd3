"""``liggare handelser``: a reader learns what to send, and gets lines that can be imported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from application.handelsekatalog.schema import bunt, radschema
from domain.handelse import HANDELSETYPER
from tests.interfaces.kommandorad import liggare


def test_listan_sager_vad_varje_handelse_betyder() -> None:
    svar = liggare("handelser")
    assert svar.exit_code == 0
    for typ in HANDELSETYPER:
        assert f" {typ} " in svar.stdout
    assert "Priset ändrades" in svar.stdout
    som_json = json.loads(liggare("handelser", "--format", "json").stdout)
    assert {h["typ"] for h in som_json} == set(HANDELSETYPER)


def test_en_handelse_visas_med_falt_ord_exempel_och_det_som_nekas() -> None:
    svar = liggare("handelser", "placering.paborjad").stdout
    assert "Placeringen påbörjades (placering.paborjad, version 1, placeringar)" in svar
    assert "direktupphandlingsorsak" in svar
    assert "Flickor/kvinnor" in svar
    assert "Exempel: Placeringen påbörjades" in svar
    assert 'Personen föddes senare ("fodelsear": 2025)' in svar
    assert "→ fodelsear: Födelseåret 2025 ligger efter placeringens första dag (2024-03-01)." in svar
    assert "Tillåtna ord" not in liggare("handelser", "overvagande.gjort").stdout


def test_en_handelse_som_json() -> None:
    svar = json.loads(liggare("handelser", "franvaro.registrerad", "--format", "json").stdout)
    assert (svar["version"], svar["versioner"]) == (2, [1, 2])
    assert [f["namn"] for f in svar["falt"]] == ["datum", "till", "betald"]
    assert svar["exempel"][0]["rader"][-1]["version"] == 2
    assert svar["nekas"][1]["fel"][0]["kod"] == "datum-ar-inte-verkansdag"


def test_scheman_ar_de_som_skrivs_i_filerna() -> None:
    assert json.loads(liggare("handelser", "--format", "schema").stdout) == bunt()
    ett = json.loads(liggare("handelser", "pris.andrat", "--format", "schema").stdout)
    assert ett == radschema(HANDELSETYPER["pris.andrat"])


@pytest.mark.parametrize("typ", ["pris.andrat", "franvaro.registrerad", "bokslut.faststallt", "handelse.makulerad"])
def test_exempelraderna_gar_att_lasa_in(tmp_path: Path, typ: str) -> None:
    fil = tmp_path / "exempel.jsonl"
    fil.write_text(liggare("handelser", typ, "--format", "exempel").stdout, encoding="utf-8")
    svar = liggare("importera", fil, "--databas", tmp_path / "liggare.db")
    assert svar.exit_code == 0, svar.output
    assert f"{len(fil.read_text(encoding='utf-8').splitlines())} händelser registrerade." in svar.stdout


def test_fel_sags_pa_svenska() -> None:
    svar = liggare("handelser", "pris.andrad")
    assert svar.exit_code == 2
    assert "pris.andrat" in svar.stderr
    svar = liggare("handelser", "--format", "exempel")
    assert svar.exit_code == 2
    assert "Ange TYP" in svar.stderr


def test_en_handelse_utan_post_visas_anda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("application.handelsekatalog.post.poster", dict)
    svar = liggare("handelser", "pris.andrat").stdout
    assert svar.startswith("pris.andrat (pris.andrat, version 1, placeringar)")
    assert "Exempel" not in svar
    assert liggare("handelser", "pris.andrat", "--format", "exempel").stdout == ""
