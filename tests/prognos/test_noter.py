"""What a reader must know of a forecast is said, and nothing else."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime

import pytest

from application.prognos.bakattest import Bakattestare, Provfraga
from application.prognos.fragan import tolka_prognosfraga
from application.prognos.svar import Prognossvar
from application.queries import FraganGarInte
from domain.strom import budgetperiodens_id
from interfaces.bootstrap import koppla
from tests.prognos.liggare import KOMMUN, Rad, las_in, paborjad, rad, rader

NU = datetime(2020, 4, 1, tzinfo=UTC)
KAND = datetime(2019, 2, 3, 9, tzinfo=UTC)


def svar(egna: list[Rad], galler: str, metod: str | None = None, namnd: str | None = None) -> Prognossvar:
    tjanster = koppla(":memory:", klocka=lambda: NU)
    las_in(tjanster, sorted(egna, key=lambda r: (r["registrerad"], r["handelseId"])))
    fraga = tolka_prognosfraga(
        kommun=KOMMUN, nu=NU, galler_den=galler, kant_den=galler, vagar=100, metod=metod, namnd=namnd
    )
    hela = tjanster.prognostiserare.svara(fraga)
    tjanster.stang()
    return hela


def _har(noter: tuple[str, ...], del_: str) -> bool:
    return any(del_ in note for note in noter)


def test_en_ung_liggare_sager_att_inget_ar_provat() -> None:
    noter = svar(rader(hogst=date(2017, 10, 31)), "2017-10-31").noter
    assert _har(noter, "för ung")
    assert _har(noter, "bara sedan 2017")


def test_en_liggare_med_historia_budget_och_priser_har_inget_att_anmarka() -> None:
    noter = svar(rader(), "2019-08-31", "flodesmodell").noter
    assert [note for note in noter if "träffat bättre" not in note] == []


@pytest.mark.parametrize(("namnd", "sags"), [("socialnamnden", False), ("socialnamden", True)])
def test_en_namnd_utan_budget_dar_en_annan_har_en_sags(namnd: str, sags: bool) -> None:
    noter = svar(rader(), "2019-08-31", namnd=namnd).noter
    assert ("Nämnden socialnamden har ingen budget 2019; det har socialnamnden." in noter) is sags


def _annan_namnds_budget(ar: int) -> Rad:
    egen = {"verksamhet": "Vård", "kontogrupp": "kopAvVerksamhet", "malgrupp": "barn", "insatsform": "kontaktperson"}
    return rad(
        "budgetperioder", str(budgetperiodens_id(KOMMUN, "fritidsnamnden", ar)), "budget.faststalld", date(2018, 12, 1),
        datetime(2018, 12, 1, 16, tzinfo=UTC), kommun=KOMMUN, namnd="fritidsnamnden", ar=ar,
        rader=[{**egen, "belopp": "1000.00"}],
    )  # fmt: skip


def test_flera_namnder_blandas_inte() -> None:
    # Given two boards with a budget for 2019: each has its own forecasts, so one must be named.
    egna = [*rader(), _annan_namnds_budget(2019)]
    with pytest.raises(FraganGarInte, match="ange en av dem: fritidsnamnden, socialnamnden"):
        svar(egna, "2019-08-31")
    assert svar(egna, "2019-08-31", namnd="socialnamnden").antagen is not None
    # Before the other's was known there was one, and a budget for another year is no matter.
    assert svar(egna, "2018-11-30").rader
    assert svar([*rader(), _annan_namnds_budget(2020)], "2019-08-31").rader


@pytest.mark.parametrize(("ar", "nekas"), [(2019, True), (2020, False)])
def test_ett_bakattest_blandar_inte_namnder_nagot_av_sina_ar(ar: int, *, nekas: bool) -> None:
    tjanster = koppla(":memory:", klocka=lambda: NU)
    egna = [*rader(), _annan_namnds_budget(ar)]
    las_in(tjanster, sorted(egna, key=lambda r: (r["registrerad"], r["handelseId"])))
    fraga = tolka_prognosfraga(kommun=KOMMUN, nu=NU, galler_den="2020-03-31", kant_den="2020-03-31", vagar=50)
    prov = Provfraga(fraga, date(2019, 8, 1), date(2019, 8, 1))
    try:
        with pytest.raises(FraganGarInte) if nekas else nullcontext():
            Bakattestare(tjanster.prognostiserare).prova(prov)
    finally:
        tjanster.stang()


def test_en_enkel_metod_i_fragan_nar_en_annan_traffat_battre_sags() -> None:
    valt = svar(rader(), "2019-08-31", "takt")
    assert min(valt.val.poang, key=lambda m: valt.val.poang[m]) != "takt"
    assert _har(valt.noter, "årets takt är vald i frågan")


@pytest.mark.parametrize(
    ("form", "malgrupp", "annat", "sager"),
    [
        ("hvb", "barn", {}, "1 pågående vistelser saknar pris"),
        ("skyddatBoende", "vuxna", {"pris": {"sort": "dygn", "belopp": "1500.00"}}, "hör inte till någon rad"),
        ("boendeMissbruk", "vuxna", {"pris": {"sort": "dygn", "belopp": "900.00"}}, "Ingen budget är känd för Vuxna"),
    ],
)
def test_vard_utan_pris_rad_eller_budget_sags(form: str, malgrupp: str, annat: dict[str, object], sager: str) -> None:
    en = paborjad(form, 9_999, date(2019, 2, 1), KAND, malgrupp, regi="extern", **annat)
    assert _har(svar([*rader(), en], "2019-08-31").noter, sager)


def test_en_liggare_som_tystnat_sager_det() -> None:
    assert _har(svar(rader(hogst=date(2019, 6, 1)), "2019-08-31").noter, "Ingen vård har börjat eller slutat sedan")
