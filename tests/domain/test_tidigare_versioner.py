"""Old versions are read for ever: step by step to the current one, and never past it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.fel import DatumArInteVerkansdag
from domain.handelse import HANDELSETYPER, TidigareVersion
from domain.katalog import TIDIGARE, las_version, lasbara_versioner
from domain.placering.handelser import FranvaroRegistrerad
from tests.domain.exempel import en_franvaro

V1: dict[str, Any] = {"datum": "2019-04-01", "fran": "2019-04-01", "till": "2019-04-08", "betald": True}


class Forst(TidigareVersion, typ="franvaro.registrerad", version=1):
    sista_dag: str

    def till_nasta(self) -> dict[str, Any]:
        return {**self.model_dump(mode="json", by_alias=True), "betald": False}


class Sedan(TidigareVersion, typ="franvaro.registrerad", version=2):
    sista_dag: str
    betald: bool

    def till_nasta(self) -> dict[str, Any]:
        return {"datum": str(self.datum), "till": self.sista_dag, "betald": self.betald}


class Senast(FranvaroRegistrerad):
    schemaversion = 3


def test_en_franvaro_i_version_1_lases_utan_den_upprepade_dagen() -> None:
    assert las_version(FranvaroRegistrerad, 1, V1) == en_franvaro()


def test_en_franvaro_i_version_1_blir_en_rad_i_version_2() -> None:
    gammal = TIDIGARE["franvaro.registrerad", 1].model_validate(V1)
    assert gammal.till_nasta() == {"datum": "2019-04-01", "till": "2019-04-08", "betald": True}


def test_en_franvaro_i_version_1_med_tva_olika_dagar_nekas() -> None:
    with pytest.raises(DatumArInteVerkansdag) as fangat:
        las_version(FranvaroRegistrerad, 1, {**V1, "datum": "2019-04-02"})
    assert fangat.value.falt == "datum"
    assert "fran (2019-04-01)" in fangat.value.mening
    assert "2019-04-02" in fangat.value.mening


@pytest.mark.parametrize("fel", [{"till": "2019-04-01"}, {"betald": "ja"}, {"fran": "2019-4-1"}, {"annat": 1}])
def test_en_gammal_version_provas_som_den_version_den_ar(fel: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        las_version(FranvaroRegistrerad, 1, {**V1, **fel})


def test_den_senaste_versionen_lases_som_den_ar() -> None:
    assert las_version(FranvaroRegistrerad, 2, en_franvaro().innehall()) == en_franvaro()


def test_gamla_versioner_gar_genom_varje_steg() -> None:
    steg: dict[tuple[str, int], type[TidigareVersion]] = {
        ("franvaro.registrerad", 1): Forst,
        ("franvaro.registrerad", 2): Sedan,
    }
    last = las_version(Senast, 1, {"datum": "2019-04-01", "sistaDag": "2019-04-08"}, steg)
    assert last.innehall() == {"datum": "2019-04-01", "till": "2019-04-08", "betald": False}
    with pytest.raises(KeyError):
        las_version(Senast, 1, {"datum": "2019-04-01", "sistaDag": "2019-04-08"}, {("franvaro.registrerad", 1): Forst})


def test_falten_heter_i_en_rad_som_de_lagras_i_varje_version() -> None:
    with pytest.raises(ValidationError):
        las_version(Senast, 1, {"datum": "2019-04-01", "sista_dag": "2019-04-08"}, {("franvaro.registrerad", 1): Forst})
    slut = {"datum": "2019-04-01", "planeratSlut": "2019-06-30"}
    typ = HANDELSETYPER["planeratSlut.andrat"]
    assert las_version(typ, 1, slut).innehall() == slut
    with pytest.raises(ValidationError):
        las_version(typ, 1, {"datum": "2019-04-01", "planerat_slut": "2019-06-30"})


def test_en_version_nyare_an_den_kanda_lases_inte() -> None:
    with pytest.raises(KeyError, match="nyare än 2"):
        las_version(FranvaroRegistrerad, 3, V1)


def test_varje_version_fore_den_senaste_finns_kvar() -> None:
    fore = {(typ, version) for typ, klass in HANDELSETYPER.items() for version in range(1, klass.schemaversion)}
    assert fore == set(TIDIGARE)
    assert lasbara_versioner("franvaro.registrerad") == [1, 2]
    assert lasbara_versioner("pris.andrat") == [1]


def test_en_tidigare_version_sager_hur_den_blir_nasta() -> None:
    class Oskriven(TidigareVersion, typ="x.y", version=1):
        pass

    with pytest.raises(NotImplementedError):
        Oskriven(datum="2019-01-01").till_nasta()  # type: ignore[arg-type]
