"""A forecast as it is asked of a ledger: from events only, alike in every database, and as it stood on any day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from application.fragetolkning import tolka_fraga
from application.prognos.bakattest import Bakattestare, Provfraga
from application.prognos.fragan import Prognosfraga, tolka_prognosfraga
from application.prognos.scenario import ScenarioGarInte, tolka_scenario
from application.prognos.svar import Prognosrad, Prognossvar
from application.prognos.tankom import tank_om
from domain.prognos.hopp import DELAR
from domain.prognos.stegar import STEGAR
from domain.prognos.underlag import rakna
from interfaces.bootstrap import Tjanster, koppla
from tests.prognos.liggare import KOMMUN, SISTA, las_in, rader

NU = datetime(2020, 4, 1, tzinfo=UTC)
HVB, HEM = "Barn / Institutionsvård", "Barn / Familjehemsvård internt"


@pytest.fixture(scope="module")
def tjanster() -> Iterator[Tjanster]:
    oppna = koppla(":memory:", klocka=lambda: NU)
    las_in(oppna, rader())
    yield oppna
    oppna.stang()


def fraga(galler: str = "2019-08-31", kant: str | None = None, **val: object) -> Prognosfraga:
    return tolka_prognosfraga(kommun=KOMMUN, nu=NU, galler_den=galler, kant_den=kant or galler, vagar=400, **val)  # type: ignore[arg-type]


def raden(svar: Prognossvar, namn: str) -> Prognosrad:
    return next(rad for rad in svar.rader if rad.rad.nyckel == namn)


def test_svaret_har_rader_grupper_och_helhet(tjanster: Tjanster) -> None:
    svar = tjanster.prognostiserare.svara(fraga())
    hvb, summa, totalt = (raden(svar, namn) for namn in (HVB, "Barn / Summa", "Totalt / Totalt"))
    assert hvb.dygn is not None
    assert hvb.personer == pytest.approx(hvb.dygn.vantat / 365)
    for andel, smalare in ((0.95, 0.80), (0.80, 0.50)):
        lag, hog = hvb.kostnad.intervall[andel]
        assert (
            lag <= hvb.kostnad.intervall[smalare][0] <= hvb.kostnad.median <= hvb.kostnad.intervall[smalare][1] <= hog
        )
    poster = [rad for rad in svar.rader if not rad.sammansatt]
    # Expectations add up exactly, over rows and to budget less forecast.
    assert totalt.kostnad.vantat == pytest.approx(sum(r.kostnad.vantat for r in poster))
    assert totalt.registrerad_kostnad == pytest.approx(sum(r.registrerad_kostnad for r in poster))
    assert summa.budget == 16_000_000 + 8_600_000 + 1_200_000
    assert totalt.avvikelse.vantat == pytest.approx(totalt.budget - totalt.kostnad.vantat)
    assert svar.drivkrafter


def test_det_registrerade_ar_mattens(tjanster: Tjanster) -> None:
    # What a forecast counts as registered is what the measures of care days and their cost answer.
    svar = tjanster.prognostiserare.svara(fraga())
    for matt, varde in (
        ("vardygn", raden(svar, "Totalt / Totalt").registrerat_dygn),
        ("kostnad", sum(raden(svar, namn).registrerad_kostnad for namn in (HVB, HEM))),
    ):  # fmt: skip
        fragan = tolka_fraga(
            matt, nu=NU, fran="2019-01-01", till="2019-12-31", galler_den="2019-08-31", kant_den="2019-08-31",
            urval={"kommun": KOMMUN},
        )  # fmt: skip
        assert varde == pytest.approx(float(tjanster.fragor.svara(fragan).totalt or 0))


def test_en_rad_utan_dygn_ar_bokfort_och_en_deklarerad_metod(tjanster: Tjanster) -> None:
    rad = raden(tjanster.prognostiserare.svara(fraga()), "Barn / Kontaktperson-/familj")
    assert rad.dygn is None
    assert rad.metod in ("takt", "rullande-tolv", "fjolarets-manader")
    assert rad.kostnad.vantat == pytest.approx(1_278_000, rel=0.03)


def test_hoppet_sedan_delar_1_ar_delarnas_summa(tjanster: Tjanster) -> None:
    svar = tjanster.prognostiserare.svara(fraga())
    assert svar.antagen is not None
    assert svar.antagen.dag == date(2019, 4, 30)
    for rad in svar.rader:
        assert rad.hopp is not None
        assert set(rad.hopp) == set(DELAR)
    totalt = raden(svar, "Totalt / Totalt")
    assert sum((totalt.hopp or {}).values()) == pytest.approx(totalt.kostnad.vantat - 26_700_000, abs=1)
    # Before it was adopted there is nothing to compare with.
    assert tjanster.prognostiserare.svara(fraga("2019-03-31")).antagen is None


@pytest.mark.parametrize("metod", list(STEGAR))
def test_varje_metod_svarar_med_samma_form(tjanster: Tjanster, metod: str) -> None:
    svar = tjanster.prognostiserare.svara(fraga(metod=metod))
    assert svar.val.metod == metod
    assert not svar.val.vald_av_historiken
    assert raden(svar, "Totalt / Totalt").kostnad.median > 0


def test_utan_val_galler_den_som_traffat_bast(tjanster: Tjanster) -> None:
    val = tjanster.prognostiserare.svara(fraga()).val
    assert val.vald_av_historiken
    assert val.poang[val.metod] == min(val.poang.values())


def test_prognosen_ar_densamma_i_varje_databas_och_da_som_nu(databas: str) -> None:
    # Given a ledger that stops in June, asked in June; when nine months more are registered, then the same question
    # gets the same answer, and so in both kinds of database.
    da = koppla(databas, klocka=lambda: NU)
    alla = rader()
    fore = rader(hogst=date(2019, 6, 30))
    las_in(da, fore)
    fragan = fraga("2019-06-30", metod="flodesmodell")
    forst = da.prognostiserare.svara(fragan)
    las_in(da, [rad for rad in alla if rad not in fore])
    sedan = da.prognostiserare.svara(fragan)
    da.stang()
    assert forst == sedan
    i_minnet = koppla(":memory:", klocka=lambda: NU)
    las_in(i_minnet, alla)
    assert i_minnet.prognostiserare.svara(fragan) == sedan
    i_minnet.stang()


def test_bakattestet_provar_varje_manadsslut(tjanster: Tjanster) -> None:
    svar = Bakattestare(tjanster.prognostiserare).prova(
        Provfraga(replace(fraga(str(SISTA)), vagar=200), date(2019, 7, 1), date(2019, 9, 1))
    )
    assert [r.metod for r in svar.resultat] == [*STEGAR, "vald"]
    assert {p.dag for p in svar.provade} == {date(2019, 7, 31), date(2019, 8, 31), date(2019, 9, 30)}
    assert svar.resultat[0].mase == 1
    assert all(r.antal == 3 and r.crps > 0 for r in svar.resultat)
    (antagen,) = svar.antagna
    assert (antagen.dag, antagen.antagen) == (date(2019, 4, 30), 26_700_000)
    # The outcome is what the whole year came to, as known now.
    fakta, _ = tjanster.prognostiserare.fakta_och_underlag(fraga(str(SISTA)))
    hela = rakna(fakta.historia.delar.kanda(2**40), fraga().fonster, fraga().fonster.till, fakta.historia.segment, 19)
    assert svar.provade[0].utfall == pytest.approx(hela.kostnad.sum() + 1_278_000, rel=0.001)


def test_ett_scenario_jamfors_vag_for_vag(tjanster: Tjanster) -> None:
    kortare = tolka_scenario(
        b'{"namn": "Kortare", "andringar": [{"slag": "vistelsetid", "fran": "2019-09-01", "insatsform": ["hvb"],'
        b' "faktor": 0.8}]}', "prov",
    )  # fmt: skip
    svar = tank_om(tjanster.prognostiserare, fraga(), [kortare])
    hvb, hem = (
        next(r for r in svar.rader if r.rad.nyckel == n)
        for n in ("Barn / Institutionsvård", "Barn / Familjehemsvård internt")
    )
    assert hvb.effekter[0].kostnadsandring.median < 0
    assert hem.effekter[0].kostnadsandring.intervall[0.95] == (0, 0)


@pytest.mark.parametrize(
    ("innehall", "sager"),
    [
        ('{"namn": "x", "andringar": []}', "andringar"),
        ('{"namn": "x", "andringar": [{"slag": "annat"}]}', "vistelsetid, pris, inflode eller enhet"),
        ('{"namn": "x", "andringar": [{"slag": "pris", "fran": "2019-01-01", "faktor": 0}]}', "större än 0"),
        ('{"namn": "x", "andringar": [{"slag": "inflode", "fran": "2019-01-01"}]}', "antingen faktor eller"),
        ("inte json", "JSON"),
    ],
)  # fmt: skip
def test_ett_scenario_som_inte_gar_sager_varfor(innehall: str, sager: str) -> None:
    with pytest.raises(ScenarioGarInte, match=sager):
        tolka_scenario(innehall.encode(), "prov")


def test_ett_scenario_om_vard_som_inte_finns_nekas(tjanster: Tjanster) -> None:
    data = tolka_scenario(
        b'{"namn": "x", "andringar": [{"slag": "pris", "fran": "2019-01-01", "faktor": 2, "malgrupp": ["vuxna"]}]}', "x"
    )
    with pytest.raises(ScenarioGarInte, match="rör ingen vård"):
        tank_om(tjanster.prognostiserare, fraga(), [data])
