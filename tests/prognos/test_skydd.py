"""Forecasts under disclosure control: nothing small is shown, nothing shown tells it, and no person is a difference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from math import isnan

import numpy as np
import pytest

from application.prognos.arbete import Arbete
from application.prognos.fragan import Prognosfraga, tolka_prognosfraga
from application.prognos.skydd import bakom_raderna
from application.prognos.svar import Cellslag, Prognosrad, Prognossvar, radvikter
from domain.rojande import NOT, TROSKEL
from interfaces.bootstrap import Tjanster, koppla
from interfaces.somdata.prognos import prognos_som_data
from tests.prognos.liggare import KOMMUN, las_in, paborjad, rader

NU = datetime(2020, 4, 1, tzinfo=UTC)
HEM, LITEN, TOTALT = "Barn / Familjehemsvård internt", "Vuxna / Boende missbrukare", "Totalt / Totalt"
KAND = datetime(2019, 2, 3, 9, tzinfo=UTC)
SENT = datetime(2019, 9, 10, 9, tzinfo=UTC)


def _ensam(nr: int, kand: datetime, form: str = "boendeMissbruk", malgrupp: str = "vuxna") -> dict[str, object]:
    pris = {"sort": "dygn", "belopp": "1000.00"}
    return paborjad(form, nr, date(2019, 2, 1), kand, malgrupp, regi="extern", pris=pris)


@pytest.fixture(scope="module")
def tjanster() -> Iterator[Tjanster]:
    """A ledger where one adult is placed, and where a child is registered in September that came in February."""
    oppna = koppla(":memory:", klocka=lambda: NU)
    egna = [*rader(), _ensam(1, KAND), _ensam(9_999, SENT, "familjehemEget", "barn")]
    las_in(oppna, sorted(egna, key=lambda r: (str(r["registrerad"]), str(r["handelseId"]))))
    yield oppna
    oppna.stang()


def fraga(galler: str = "2019-08-31", kant: str | None = None) -> Prognosfraga:
    return tolka_prognosfraga(
        kommun=KOMMUN, nu=NU, galler_den=galler, kant_den=kant or galler, vagar=300, metod="oforandrad-niva"
    )


def exakt(tjanster: Tjanster, fragan: Prognosfraga) -> tuple[Prognossvar, Arbete]:
    return tjanster.prognostiserare.svar_och_arbete(fragan)


def skyddad(tjanster: Tjanster, fragan: Prognosfraga) -> Prognossvar:
    return tjanster.under_skydd().prognostiserare.svara(fragan)


def raden(svar: Prognossvar, namn: str) -> Prognosrad:
    return next(rad for rad in svar.rader if rad.rad.nyckel == namn)


def test_en_ensam_person_ar_inte_i_svaret(tjanster: Tjanster) -> None:
    svar = skyddad(tjanster, fraga())
    liten = raden(svar, LITEN)
    assert liten.dolt == set(Cellslag)
    assert isnan(liten.kostnad.median)
    assert isnan(liten.registrerad_kostnad)
    assert raden(exakt(tjanster, fraga())[0], LITEN).registrerat_dygn == (date(2019, 9, 1) - date(2019, 2, 1)).days
    assert svar.skyddat
    assert svar.noter[-1] == NOT
    assert not any("Boende missbrukare" in mening for mening in svar.drivkrafter)


def test_ingen_dold_cell_foljer_av_de_visade(tjanster: Tjanster) -> None:
    svar, (_, arbete) = skyddad(tjanster, fraga()), exakt(tjanster, fraga())
    bakom, vikter = bakom_raderna(arbete), [v for _, v in radvikter(arbete)]
    har_vard = np.array([bool(b.nagonsin) for b in bakom])
    for slag in Cellslag:
        visade = [v * har_vard for v, r in zip(vikter, svar.rader, strict=True) if slag not in r.dolt]
        for v, rad in zip(vikter, svar.rader, strict=True):
            personer = frozenset[int]().union(*(bakom[post].i_ar for post in np.flatnonzero(v)))
            if 0 < len(personer) < TROSKEL:
                assert slag in rad.dolt, rad.rad.nyckel
                hela = np.linalg.matrix_rank(np.array([*visade, v * har_vard]))
                assert hela > np.linalg.matrix_rank(np.array(visade)), rad.rad.nyckel


def test_en_person_som_registreras_sent_syns_inte_i_skillnaden(tjanster: Tjanster) -> None:
    # The same day as known before and after one child more is registered: exactly, the difference is that child.
    fragor = [fraga(kant=kant) for kant in ("2019-09-09", "2019-09-11")]
    forr, nu = (raden(exakt(tjanster, f)[0], TOTALT).registrerat_dygn or 0 for f in fragor)
    assert nu - forr >= (date(2019, 9, 1) - date(2019, 2, 1)).days
    skydd_forr, skydd_nu = (raden(skyddad(tjanster, f), TOTALT).registrerat_dygn or 0 for f in fragor)
    skillnad = skydd_nu - skydd_forr
    assert skillnad != nu - forr
    # Whole steps, each of what some persons together have.
    personer = {person for b in bakom_raderna(exakt(tjanster, fragor[1])[1]) for person in b.i_ar}
    assert skillnad == 0 or abs(skillnad) >= 2 * nu / len(personer)


def test_det_som_visas_gar_ihop(tjanster: Tjanster) -> None:
    svar, sant = skyddad(tjanster, fraga()), exakt(tjanster, fraga())[0]
    for rad, riktig in zip(svar.rader, sant.rader, strict=True):
        assert rad.hopp is None
        if Cellslag.PROGNOS in rad.dolt:
            continue
        i = rad.kostnad.intervall
        ordning = [i[0.95][0], i[0.8][0], i[0.5][0], rad.kostnad.median, i[0.5][1], i[0.8][1], i[0.95][1]]
        assert ordning == sorted(ordning)
        assert rad.avvikelse.vantat == pytest.approx(rad.budget - rad.kostnad.vantat)
        assert rad.kostnad.vantat == pytest.approx(riktig.kostnad.vantat, rel=0.35)
        if rad.dygn is not None and rad.dygn.vantat:
            assert rad.personer == pytest.approx(rad.dygn.vantat / 365)
    assert raden(svar, HEM).kostnad.vantat != raden(sant, HEM).kostnad.vantat
    # A row of no persons is exact: what is booked is not about anybody.
    assert raden(svar, "Barn / Kontaktperson-/familj").kostnad == raden(sant, "Barn / Kontaktperson-/familj").kostnad


def test_som_data_ar_det_dolda_tomt_och_namngivet(tjanster: Tjanster) -> None:
    data = prognos_som_data(skyddad(tjanster, fraga()))
    liten = next(rad for rad in data["rader"] if rad["rad"] == LITEN)
    assert liten["dolda"] == ["hittills", "prognos"]
    assert [liten[namn] for namn in ("kostnad", "registreradKostnad", "pris", "motPlan", "avvikelse")] == [None] * 5
    assert "NaN" not in json.dumps(data)
    assert not any("dolda" in rad for rad in prognos_som_data(exakt(tjanster, fraga())[0])["rader"])


def test_fore_aret_vilar_prognosen_pa_de_som_ar_placerade(tjanster: Tjanster) -> None:
    nasta = tolka_prognosfraga(
        kommun=KOMMUN, nu=NU, ar=2020, galler_den=str(date(2020, 1, 1) - timedelta(days=60)), vagar=100
    )
    liten = raden(skyddad(tjanster, nasta), LITEN)
    assert Cellslag.PROGNOS in liten.dolt
