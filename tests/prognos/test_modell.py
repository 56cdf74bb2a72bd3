"""What is learnt, by hand and by law: how long care lasts, how late it is registered, how much begins, the price."""

from __future__ import annotations

import numpy as np
import pytest

from domain.prognos.efterregistrering import skatta_drojsmal
from domain.prognos.inflode import skatta_inflode
from domain.prognos.modell import Historia, lar
from domain.prognos.overlevnad import redan_slutat, skatta_langder
from domain.prognos.underlag import PER_DYGN, PER_MANAD, Segment, avlas
from tests.prognos.hand import HVB, NYAR, Del, dag, delar

GENAST = skatta_drojsmal(np.arange(1000), np.arange(1000), 2000)


def test_kedjestegen_handraknad() -> None:
    # Four events long ago: two known at once, one a day late, one two days late. The shares are ½, ¾ and 1 – but that
    # things are registered at once is believed to the weight of two events: 1 − 1/(4+2), and that times 1 − 1/(3+2).
    handelse, registrerad = np.array([0, 0, 0, 0]), np.array([0, 0, 1, 2])
    andel = skatta_drojsmal(handelse, registrerad, 400).kant(np.array([-1, 0, 1, 2, 300]))
    assert andel.tolist() == pytest.approx([0, (1 - 1 / 6) * (1 - 1 / 5), 1 - 1 / 6, 1, 1])


def test_det_som_inte_hunnit_bli_sent_raknas_inte_som_tidigt() -> None:
    # Given a thousand events a day, half known at once and half ten days late, seen while the last days' are missing.
    dagar = np.repeat(np.arange(100), 1000)
    registrerad = dagar + np.tile(np.repeat([0, 10], 500), 100)
    sedda = registrerad <= 99
    andel = skatta_drojsmal(dagar[sedda], registrerad[sedda], 99).kant(np.array([0, 9, 10]))
    assert andel == pytest.approx([0.5, 0.5, 1.0], abs=0.002)


def test_langre_an_ett_ar_sent_ar_historia_som_lasts_in() -> None:
    andel = skatta_drojsmal(np.zeros(50, dtype=np.int64), np.full(50, 500), 600)
    assert andel.antal == 0
    assert andel.kant(np.array([0])) == 1


def test_hasarden_ar_slut_per_dygn_under_risk() -> None:
    # Given two hundred stays a day that each end with chance 1 in 50, when learnt, then that is the hazard.
    rng = np.random.default_rng(1)
    start = np.repeat(np.arange(-900, 0, 3), 20)
    langd = rng.geometric(0.02, len(start))
    alla = delar(*(Del(nr, int(s), int(s + n)) for nr, (s, n) in enumerate(zip(start, langd, strict=True))))
    modell = skatta_langder(avlas(alla.kanda(NYAR), dag(0)), ["hvb"], GENAST)
    assert modell.medellangd(0) == pytest.approx(50, rel=0.05)
    assert modell.kumulativ(0, np.array([100.0]))[0] == pytest.approx(-100 * np.log(0.98), rel=0.05)


def test_sena_slut_gor_inte_vistelserna_langre() -> None:
    # The same stays, whose ends are registered thirty days late: known at the origin, and not known to have gone on.
    rng = np.random.default_rng(2)
    start = np.repeat(np.arange(-900, 0, 3), 20)
    langd = rng.geometric(0.02, len(start))
    alla = delar(
        *(
            Del(nr, int(s), int(s + n), slutade_kand=int(s + n + 30))
            for nr, (s, n) in enumerate(zip(start, langd, strict=True))
        )
    )
    modell = lar(Historia(alla, HVB), dag(0), 100)
    assert modell.langder.medellangd(0) == pytest.approx(50, rel=0.07)
    # And of those that go on, about as many as end in thirty days have in fact ended.
    oppna = modell.flode.pagar
    slutat, vidare = redan_slutat(modell.langder, modell.flode, np.flatnonzero(oppna), modell.sena_slut, 60)
    sant = int(((start + langd <= 0) & (start + langd > -30)).sum())
    assert slutat.sum() == pytest.approx(sant, rel=0.15)
    assert slutat.sum(axis=1) + vidare == pytest.approx(np.ones(len(vidare)))


def test_vad_som_borjade_fore_liggaren_ar_bara_under_risk_i_den() -> None:
    # Given stays of a thousand days that were met when the ledger began, and of ten days since: the long ones have not
    # been at risk a thousand days each in the ledger.
    gamla = [Del(nr, -1000 + nr) for nr in range(100)]
    nya = [Del(100 + nr, -100 + nr, -90 + nr) for nr in range(90)]
    modell = skatta_langder(avlas(delar(*gamla, *nya).kanda(NYAR), dag(0)), ["hvb"], GENAST)
    # In the first thirty days only the new were seen: all of them left.
    assert np.exp(-modell.kumulativ(0, np.array([14.0]))[0]) < 0.1


def test_en_tunn_grupp_ar_som_sin_form() -> None:
    rng = np.random.default_rng(3)
    langd = rng.geometric(0.02, 600)
    manga = [Del(nr, -nr, -nr + int(n)) for nr, n in enumerate(langd)]
    segment = [Segment(0, "hvb", "barn"), Segment(1, "hvb", "unga"), Segment(2, "jourhem", "barn")]
    modell = skatta_langder(
        avlas(delar(*manga, Del(9999, -5, segment=1)).kanda(NYAR), dag(0)), [s.insatsform for s in segment], GENAST
    )
    assert modell.medellangd(1) == pytest.approx(modell.medellangd(0), rel=0.15)


def test_inflodet_ar_antal_per_dygn_och_minns_ett_nytt_lage() -> None:
    # Given one a day for two years and three a day for half a year, then the level is nearer three.
    gamla = [Del(nr, -900 + nr, -890 + nr) for nr in range(720)]
    nya = [Del(1000 + nr, -180 + nr // 3, -170 + nr // 3) for nr in range(540)]
    modell = skatta_inflode(avlas(delar(*gamla, *nya).kanda(NYAR), dag(0)), 1, GENAST, 120)
    assert 2 < modell.niva[0] < 3.3


def test_det_oregistrerade_inflodet_ar_inte_ett_lagre_inflode() -> None:
    # One a day, always registered forty days late: the last forty days look empty and are not.
    alla = delar(*(Del(nr, -900 + nr, -880 + nr, kand=-860 + nr, slutade_kand=-860 + nr) for nr in range(900)))
    modell = lar(Historia(alla, HVB), dag(0), 100)
    assert modell.inflode.niva[0] == pytest.approx(1.0, rel=0.05)


def test_priset_pa_ny_vard_ar_de_senastes() -> None:
    dyra = [Del(nr, -100 + nr, pris=2000) for nr in range(20)]
    gamla = [Del(100 + nr, -1500 + nr, -1400 + nr, pris=500) for nr in range(50)]
    modell = lar(Historia(delar(*dyra, *gamla), HVB), dag(0), 100)
    assert set(modell.priser[0].pris.tolist()) == {200_000.0}


def test_ett_forsta_pris_ar_per_det_som_det_var_per() -> None:
    # Given care that began at 1 000 a day, was 30 000 a month at last and has ended: new care costs 1 000 a day.
    korta = [
        d
        for nr in range(20)
        for d in (Del(nr, -99 + nr, -90 + nr), Del(nr, -90 + nr, -80 + nr, pris=30_000, prissort=PER_MANAD))
    ]
    bank = lar(Historia(delar(*korta), HVB), dag(0), 100).priser[0]
    assert set(zip(bank.pris.tolist(), bank.prissort.tolist(), strict=True)) == {(100_000.0, PER_DYGN)}
