"""What is demanded of the forecasts, on fewer draws than ``make prognosprov`` (``docs/prognosprov.md``)."""

from __future__ import annotations

import numpy as np
import pytest

from domain.prognos.stegar import FLODESMODELL
from tests.prognos.__main__ import SENA, vinst
from tests.prognos.prov import KOMMUNER, Utslag, prova_kommun, prova_nowcast

pytestmark = pytest.mark.tung


@pytest.fixture(scope="module")
def utslag() -> list[Utslag]:
    return [u for fro in range(6) for slag in KOMMUNER for u in prova_kommun(slag, fro, (4, 8))]


def test_flodesmodellen_ar_battre_an_den_basta_enkla(utslag: list[Utslag]) -> None:
    assert vinst(utslag, 4, med_spridning=False) >= 0.25
    assert vinst(utslag, 8, med_spridning=False) >= 0.15


def test_intervallen_haller_vad_de_lovar(utslag: list[Utslag]) -> None:
    # Thirty municipalities leave a standard error of seven points on a total's interval, and some two on a row's.
    egna = [u for u in utslag if u.metod == FLODESMODELL]
    rader = [r for u in egna for r in u.rader]
    assert 0.76 <= np.mean([r.i80 for r in rader]) <= 0.90
    assert 0.92 <= np.mean([r.i95 for r in rader]) <= 0.99
    assert 0.68 <= np.mean([u.totalt.i80 for u in egna]) <= 0.92


def test_prognosen_drar_inte_at_nagot_hall(utslag: list[Utslag]) -> None:
    for manad in (4, 8):
        hela = [u.totalt for u in utslag if u.metod == FLODESMODELL and u.manad == manad]
        assert abs(sum(r.fel for r in hela) / sum(r.hela for r in hela)) < 0.025


def test_efterregistreringen_tar_bort_det_mesta_av_felet() -> None:
    provade = [prova_nowcast(SENA[0], fro, manad) for fro in range(8) for manad in (3, 6, 9)]
    fore, efter, bast = (
        np.abs([getattr(p, vad) for p in provade]).mean() for vad in ("registrerat", "beraknat", "bast")
    )
    assert efter <= 0.4 * fore
    # What is left is mostly chance: for one who knows the truth a fifth less, and eight draws say that no closer.
    assert efter <= 1.6 * bast
