"""What a forecast is made from, by hand: what an origin sees, what is one unbroken care, what days cost."""

from __future__ import annotations

import numpy as np

from domain.prognos.underlag import PER_DYGN, PER_MANAD, Fonster, Segment, avlas, borjade_efter, rakna
from domain.tid import OANDLIG_DAG
from tests.prognos.hand import HVB, NYAR, Del, dag, delar

ARET = Fonster(NYAR, NYAR + 365)
TVA = (*HVB, Segment(1, "familjehemEget", "barn"))


def test_ursprunget_ser_inte_vad_som_registreras_senare() -> None:
    # Given a stay that began on day 10 and was registered on day 30, and one that ended on day 20, known on day 40.
    kanda = delar(Del(1, 10, kand=30), Del(2, 0, 20, slutade_kand=40))
    # When asked on day 25, then the first is not there and the second goes on.
    flode = avlas(kanda.kanda(NYAR + 25), dag(25))
    assert (flode.start - NYAR).tolist() == [0]
    assert flode.pagar.tolist() == [True]
    # On day 45 both are as they were.
    flode = avlas(kanda.kanda(NYAR + 45), dag(45))
    assert (flode.start - NYAR).tolist() == [0, 10]
    assert (flode.slut[0] - NYAR, flode.reg_slut[0] - NYAR) == (20, 40)
    assert flode.reg_start[1] - NYAR == 30


def test_det_som_hander_efter_ursprunget_syns_inte_fast_det_ar_kant() -> None:
    kanda = delar(Del(1, 0, 50, slutade_kand=5), Del(2, 60, kand=5))
    flode = avlas(kanda.kanda(NYAR + 10), dag(10))
    assert flode.slut.tolist() == [OANDLIG_DAG]


def test_nytt_pris_bryter_inte_varden_men_ett_kommande_syns() -> None:
    kanda = delar(
        Del(1, 0, 30, slutade_kand=1), Del(1, 30, 60, pris=1100, kand=1, slutade_kand=1), Del(1, 60, pris=1200, kand=1)
    )
    flode = avlas(kanda.kanda(NYAR + 40), dag(40))
    assert len(flode) == 1
    assert (flode.forsta_pris[0], flode.pris[0]) == (100_000, 110_000)
    steg = flode.steg.av(0)
    assert (steg.fran - NYAR).tolist() == [0, 30, 60]
    assert (steg.till[:2].tolist(), steg.till[2]) == (steg.fran[1:].tolist(), OANDLIG_DAG)
    assert steg.pris.tolist() == [100_000, 110_000, 120_000]


def test_bara_det_som_andrar_priset_ar_ett_steg() -> None:
    # Given one whose provider changes and not the price, and one whose price comes to be per month.
    kanda = delar(
        Del(1, 0, 30, slutade_kand=1), Del(1, 30, kand=1),
        Del(2, 0, 50, slutade_kand=1), Del(2, 50, pris=30_000, kand=1, prissort=PER_MANAD),
    )  # fmt: skip
    flode = avlas(kanda.kanda(NYAR + 40), dag(40))
    assert [len(flode.steg.av(nr).fran) for nr in range(2)] == [1, 2]
    assert flode.steg.byter_efter(NYAR + 40, 2).tolist() == [False, True]
    assert not flode.steg.byter_efter(NYAR + 50, 2).any()
    assert flode.steg.av(1).prissort.tolist() == [PER_DYGN, PER_MANAD]


def test_de_som_slutat_har_inga_steg() -> None:
    # The person comes back later: that is another care, not a price of the one that ended.
    kanda = delar(Del(1, 0, 20), Del(1, 60, pris=1200, kand=5))
    assert len(avlas(kanda.kanda(NYAR + 40), dag(40)).steg.vard) == 0


def test_en_flytt_till_annan_form_ar_ett_slut_och_en_borjan() -> None:
    kanda = delar(Del(1, 0, 30), Del(1, 30, segment=1))
    flode = avlas(kanda.kanda(NYAR + 40), dag(40))
    assert flode.segment.tolist() == [0, 1]
    assert flode.nasta.tolist() == [1, -1]
    assert flode.inflyttad.tolist() == [False, True]


def test_dygn_och_kostnad_handraknade() -> None:
    # 20 days at 1 000; 31 + 9 days at a month's 31 000 (January, then 9 of February's 28); away unpaid 5 days.
    kanda = delar(
        Del(1, 0, 20), Del(2, 0, 40, pris=31_000, prissort=PER_MANAD, segment=1), Del(1, 5, 10, franvaro=True)
    )
    svar = rakna(kanda.kanda(NYAR + 100), ARET, ARET.till, TVA, 2)
    assert svar.dygn.tolist() == [20, 40]
    assert np.allclose(svar.kostnad, [20_000 - 5_000, 31_000 + 9 * 31_000 / 28])


def test_oppen_vard_raknas_till_och_med_ursprunget() -> None:
    svar = rakna(delar(Del(1, 10)).kanda(NYAR + 19), ARET, NYAR + 20, HVB, 1)
    assert svar.dygn.tolist() == [10]


def test_delarna_av_aret_ar_hela_aret() -> None:
    kanda = delar(Del(1, -50, 80), Del(2, 30), Del(3, 100, 101)).kanda(NYAR + 400)
    hela = rakna(kanda, ARET, ARET.till, HVB, 1)
    halvor = [
        rakna(kanda, Fonster(fran, till), till, HVB, 1) for fran, till in ((NYAR, NYAR + 77), (NYAR + 77, ARET.till))
    ]
    assert sum(h.dygn[0] for h in halvor) == hela.dygn[0]
    assert np.isclose(sum(h.kostnad[0] for h in halvor), hela.kostnad[0])


def test_vad_som_borjat_sedan_dess_foljer_den_obrutna_varden() -> None:
    # The same care at a new price on day 60 began on day 0; only the other person's is new.
    kanda = delar(Del(1, 0, 60), Del(1, 60, pris=1100), Del(2, 70)).kanda(NYAR + 100)
    nya = borjade_efter(kanda, dag(100), NYAR + 50)
    assert nya.person.tolist() == [2]
