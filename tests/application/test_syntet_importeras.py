"""Every line of every municipality's history is accepted, with nothing repeated."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from application.commands import Utfall
from application.syntet import Amne, generera
from interfaces.bootstrap import koppla
from tests.application.test_syntet_hjalp import olagligheter
from tests.application.test_syntet_tabeller_hjalp import KOMMUNER, kommunens

LATT = frozenset({Amne.OVRIGA_ARENDEN})


@pytest.mark.parametrize("namn", ["eskilstuna", "katrineholm"])
def test_varje_rad_tas_emot_av_importen(namn: str, tmp_path: Path) -> None:
    rader = list(generera(kommunens(namn, utan=LATT)))
    tjanster = koppla(str(tmp_path / "liggare.db"))
    resultat = tjanster.importor().importera(rader)
    tjanster.stang()
    assert (resultat.antal[Utfall.REGISTRERAD], resultat.avvisade) == (len(rader), 0)


@pytest.mark.parametrize("namn", sorted(KOMMUNER))
@pytest.mark.parametrize("fro", [2, pytest.param(3, marks=pytest.mark.tung)])
def test_andra_fron_ar_ocksa_lagliga(namn: str, fro: int) -> None:
    assert olagligheter(orjson.loads(rad) for rad in generera(kommunens(namn, fro=fro, utan=LATT))) == []


@pytest.mark.tung
@pytest.mark.parametrize("namn", sorted(KOMMUNER))
def test_varje_rad_tas_emot_ocksa_med_alla_arenden(namn: str, tmp_path: Path) -> None:
    tjanster = koppla(str(tmp_path / "liggare.db"))
    resultat = tjanster.importor().importera(generera(kommunens(namn)))
    tjanster.stang()
    assert resultat.antal[Utfall.REGISTRERAD] == resultat.rader


@pytest.mark.parametrize("namn", sorted(KOMMUNER))
def test_samma_tabeller_ger_samma_bytes_och_ordningen_i_tiden_haller(namn: str) -> None:
    rader = list(generera(kommunens(namn, utan=LATT)))
    assert rader == list(generera(kommunens(namn, utan=LATT)))
    tider = [orjson.loads(rad)["registrerad"] for rad in rader]
    assert tider == sorted(tider)
