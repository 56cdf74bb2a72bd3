"""The laws of a simulated forecast: repeatable, blind to what was not known, and the parts are always the whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.prognos.banor import Banor, Del, Uppdrag
from domain.prognos.enheter import med_enheter
from domain.prognos.hopp import Lage, dela_hopp
from domain.prognos.kalibrering import Tidigare, basta, kalibrera, med_spridning, prova, tidigare_dagar
from domain.prognos.modell import Historia, lar
from domain.prognos.ovriga_rader import METODER, Manadsserie, prognostisera
from domain.prognos.scenario import INGET, Andring, Andringsslag, Enhet, Scenario
from domain.prognos.simulering import simulera
from domain.prognos.stegar import STEGAR
from domain.prognos.underlag import ANNAN_BETALAR, F64, PER_DYGN, PER_MANAD, Fonster, Raknat, Ursprung, rakna
from tests.prognos.hand import HVB, NYAR, dag, delar
from tests.prognos.hand import Del as Vistelse
from tests.prognos.kommun import ALLTID, GRUPPER, Kommun, Slag, dra

ARET = Fonster(NYAR, NYAR + 365)
APRIL = Ursprung(NYAR + 119, NYAR + 119, NYAR + 119)
UPPDRAG = Uppdrag(ARET, len(GRUPPER), 200, 7)
ALLA = frozenset(range(len(GRUPPER)))


@pytest.fixture(scope="module")
def kommun() -> Kommun:
    return dra(Slag("prov", 0.3), 1)


def banor(kommun: Kommun, ursprung: Ursprung = APRIL, uppdrag: Uppdrag = UPPDRAG, scenario: Scenario = INGET) -> Banor:
    modell = lar(kommun, ursprung, ARET.till - ursprung.dag)
    return simulera(modell, uppdrag, scenario)


def lika(en: Banor, annan: Banor) -> bool:
    return np.array_equal(en.dygn, annan.dygn) and np.array_equal(en.kostnad, annan.kostnad)


def test_samma_fro_ger_samma_forlopp_och_ett_annat_andra(kommun: Kommun) -> None:
    assert lika(banor(kommun), banor(kommun))
    assert not lika(banor(kommun), banor(kommun, uppdrag=UPPDRAG._replace(fro=8)))


def test_det_som_registreras_efterat_andrar_ingenting(kommun: Kommun) -> None:
    # Given all that was ever known, and only what was known at the origin, then the forecasts are the same to the bit.
    d = kommun.delar
    da = d.valda(d.kand_fran <= APRIL.position)
    assert len(da) < len(d)
    assert lika(banor(kommun), banor(Kommun(da, kommun.segment)))


def test_ordningen_i_databasen_andrar_ingenting(kommun: Kommun) -> None:
    # Persons are numbered otherwise in another database; their parts still follow on each other.
    d = kommun.delar
    omvant = d.valda(np.lexsort((d.till, d.fran, -d.person)))
    assert lika(banor(kommun), banor(Kommun(omvant, kommun.segment)))


def test_helheten_ar_delarnas_summa_pa_varje_vag(kommun: Kommun) -> None:
    b = banor(kommun)
    assert b.alla_dygn == pytest.approx(b.registrerat.dygn[:, None] + sum(b.dygn[del_] for del_ in Del))
    assert (b.dygn[Del.PAGAENDE] >= 0).all()
    assert (b.dygn[Del.NYA] >= 0).all()
    spridd = med_spridning(b, replace(kalibrera("flodesmodell", []), faktor=1.4), UPPDRAG)
    assert spridd.all_kostnad.mean(axis=1) == pytest.approx(b.all_kostnad.mean(axis=1))


def test_nar_allt_ar_kant_ar_prognosen_utfallet(kommun: Kommun) -> None:
    nu = Ursprung(ARET.till + 180, ARET.till + 180, ALLTID - 1)
    b = banor(kommun, nu)
    sant = rakna(kommun.delar.kanda(ALLTID - 1), ARET, ARET.till, kommun.segment, len(GRUPPER))
    assert b.alla_dygn.mean(axis=1) == pytest.approx(sant.dygn, rel=0.002)


def test_en_enda_vistelse_for_hand() -> None:
    # Given a hundred stays of exactly ten days a year before and one that is five days old, when the rest is played,
    # then it costs its price a day, and no path has more days than are left.
    gamla = [Vistelse(nr, -400 + 3 * nr, -390 + 3 * nr) for nr in range(100)]
    modell = lar(Historia(delar(*gamla, Vistelse(999, 95, pris=2000)), HVB), dag(100), 265)
    b = simulera(modell, Uppdrag(ARET, 1, 500, 1))
    assert b.registrerat.dygn.tolist() == [6]
    kvar = b.dygn[Del.PAGAENDE, 0]
    assert kvar.max() <= 264
    assert b.kostnad[Del.PAGAENDE, 0] == pytest.approx(kvar * 2000)
    assert 2 < np.median(kvar) < 12


@pytest.mark.parametrize(
    ("priser", "per_dygn"),
    [
        ([(130, 30_000, PER_MANAD)], {130: 30_000 / 31, 151: 30_000 / 30}),
        ([(122, 10_990, PER_DYGN), (132, 1000, PER_DYGN)], {122: 10_990, 132: 1000}),
        ([(130, 0, ANNAN_BETALAR)], {130: 0}),
    ],
)  # fmt: skip
def test_varje_kant_pris_galler_sina_dygn(priser: list[tuple[int, int, int]], per_dygn: dict[int, float]) -> None:
    # Given care at 1 000 a day whose coming prices are known at the end of April, when the rest of June is played,
    # then every day costs what is known of it.
    granser = [*(fran for fran, _, _ in priser), None]
    kanda = delar(
        Vistelse(999, 50, granser[0], slutade_kand=100),
        *(
            Vistelse(999, fran, till, pris, kand=100, slutade_kand=100, prissort=sort)
            for (fran, pris, sort), till in zip(priser, granser[1:], strict=True)
        ),
    )
    modell = lar(Historia(kanda, HVB), dag(119), 61)
    b = simulera(modell, Uppdrag(Fonster(NYAR, NYAR + 181), 1, 50, 1))
    kostar = [per_dygn[max((d for d in per_dygn if d <= nr), default=0)] if nr >= min(per_dygn) else 1000
              for nr in range(120, 181)]  # fmt: skip
    dygn = b.dygn[Del.PAGAENDE, 0].astype(int)
    assert b.kostnad[Del.PAGAENDE, 0] == pytest.approx([sum(kostar[:nr]) for nr in dygn])


def test_atertaget_ansvar_kostar_fran_den_dagen() -> None:
    kanda = delar(
        Vistelse(999, 50, 130, 0, slutade_kand=100, prissort=ANNAN_BETALAR), Vistelse(999, 130, pris=2000, kand=100)
    )
    b = simulera(lar(Historia(kanda, HVB), dag(119), 61), Uppdrag(Fonster(NYAR, NYAR + 181), 1, 50, 1))
    assert b.kostnad[Del.PAGAENDE, 0] == pytest.approx(2000 * np.maximum(b.dygn[Del.PAGAENDE, 0] - 10, 0))


def test_ett_kant_pris_efter_nyar_hojs_inte_en_gang_till() -> None:
    # Given that all prices rose by ten per cent at the last turn of the year, and are already known for the next.
    alla = [
        d
        for nr in range(20)
        for d in (
            Vistelse(nr, -100, 0),
            Vistelse(nr, 0, 365, 1100, slutade_kand=100),
            Vistelse(nr, 365, pris=1150, kand=100),
        )
    ]
    modell = lar(Historia(delar(*alla), HVB), dag(119), 600)
    assert modell.hojning == pytest.approx(0.1)
    b = simulera(modell, Uppdrag(Fonster(NYAR + 365, NYAR + 730), 1, 50, 1))
    assert b.dygn[Del.PAGAENDE, 0].mean() > 0
    assert b.kostnad[Del.PAGAENDE, 0] == pytest.approx(1150 * b.dygn[Del.PAGAENDE, 0])


def test_okanda_slut_tar_tillbaka_dygnen_till_deras_pris() -> None:
    # Given ends that are registered up to forty days late, and an open stay that another began to pay for a week ago:
    # what is taken back is never more than was counted.
    gamla = [Vistelse(nr, -300 + nr, -270 + nr, slutade_kand=-270 + nr + nr % 40) for nr in range(250)]
    kanda = delar(*gamla, Vistelse(999, 60, 112), Vistelse(999, 112, pris=0, prissort=ANNAN_BETALAR))
    b = simulera(lar(Historia(kanda, HVB), dag(119), 246), Uppdrag(ARET, 1, 500, 1))
    borta = -b.dygn[Del.SENA, 0][b.dygn[Del.SENA, 0] < 0]
    assert borta.max() > 8
    kostnad = -b.kostnad[Del.SENA, 0][b.dygn[Del.SENA, 0] < 0]
    assert kostnad == pytest.approx(1000 * np.maximum(borta - 8, 0), abs=1e-6)


# What if ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slag", [s for s in Andringsslag if s is not Andringsslag.TILLAGG])
def test_en_andring_utan_verkan_ar_grunden(kommun: Kommun, slag: Andringsslag) -> None:
    scenario = Scenario((Andring(slag, APRIL.dag + 1, ALLA, 1.0),))
    assert lika(banor(kommun), banor(kommun, scenario=scenario))


@pytest.mark.parametrize("slag", list(Andringsslag))
def test_en_andring_efter_arets_slut_ar_grunden(kommun: Kommun, slag: Andringsslag) -> None:
    scenario = Scenario((Andring(slag, ARET.till, ALLA, 0.5),))
    assert lika(banor(kommun), banor(kommun, scenario=scenario))


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(list(Andringsslag)), st.floats(0.3, 0.95), st.integers(1, 240))
def test_kortare_billigare_och_farre_ar_aldrig_mer(slag: Andringsslag, faktor: float, om_dagar: int) -> None:
    kommun = dra(Slag("prov", 0.1), 2)
    med = banor(kommun, scenario=Scenario((Andring(slag, APRIL.dag + om_dagar, ALLA, faktor),)))
    utan = banor(kommun)
    mer = slag is Andringsslag.TILLAGG
    # A shorter stay moves on earlier: the days of the few who do may be more somewhere else.
    andring = (med.all_kostnad - utan.all_kostnad).sum(axis=0)
    assert (andring >= -1e-6).all() if mer else (andring <= 1e-6).all()


def test_ett_prisindex_hojer_kostnaden_med_just_sa_mycket(kommun: Kommun) -> None:
    scenario = Scenario((Andring(Andringsslag.PRIS, APRIL.dag + 1, ALLA, 1.03),))
    utan, med = banor(kommun), banor(kommun, scenario=scenario)
    framat = utan.kostnad[Del.PAGAENDE] + utan.kostnad[Del.NYA]
    assert med.all_kostnad - utan.all_kostnad == pytest.approx(0.03 * framat)
    assert np.array_equal(utan.dygn, med.dygn)


def test_ett_prisindex_galler_kanda_priser_med() -> None:
    # Given care at 1 000 a day that is known to cost 2 000 from day 130, and a rise by a tenth from day 125 or 140.
    kanda = delar(Vistelse(999, 50, 130, slutade_kand=100), Vistelse(999, 130, pris=2000, kand=100))
    modell, uppdrag = lar(Historia(kanda, HVB), dag(119), 61), Uppdrag(Fonster(NYAR, NYAR + 181), 1, 50, 1)
    utan = simulera(modell, uppdrag)
    dygn = utan.dygn[Del.PAGAENDE, 0]
    for nr, fore_bytet, fran in ((125, 500, 130), (140, 0, 140)):
        scenario = Scenario((Andring(Andringsslag.PRIS, NYAR + nr, frozenset({0}), 1.1),))
        skillnad = (simulera(modell, uppdrag, scenario).kostnad - utan.kostnad)[Del.PAGAENDE, 0]
        hojt = fore_bytet + 200 * np.maximum(dygn - (fran - 120), 0)
        assert skillnad[dygn >= 10] == pytest.approx(hojt[dygn >= 10])


def test_en_andring_ror_bara_sina_segment(kommun: Kommun) -> None:
    scenario = Scenario((Andring(Andringsslag.VISTELSETID, APRIL.dag + 1, frozenset({0}), 0.5),))
    utan, med = banor(kommun), banor(kommun, scenario=scenario)
    assert np.array_equal(utan.dygn[:, 1:], med.dygn[:, 1:])
    assert med.dygn[:, 0].sum() < utan.dygn[:, 0].sum()


def test_en_enhet_kostar_sina_platser_och_sparar_det_den_tar_over() -> None:
    # Given 100 days left that cost 1 000 each, when two places at 300 a day open for them: 2 × 100 × 300 more, and
    # the hundred days they can take are saved.
    uppdrag = Uppdrag(Fonster(0, 200), 1, 1, 1)
    dygn, kostnad = np.zeros((3, 1, 1)), np.zeros((3, 1, 1))
    dygn[Del.NYA], kostnad[Del.NYA] = 100, 100_000
    b = Banor(Raknat(np.zeros(1), np.zeros(1)), dygn, kostnad)
    med = med_enheter(b, Scenario((), (Enhet(100, frozenset({0}), 2, 1.0, 300.0),)), uppdrag, 99)
    assert med.all_kostnad[0, 0] == 100_000 + 60_000 - 100_000


# The own past, and the rows beside -----------------------------------------------------------------------------------


def test_tidigare_dagar_har_samma_form_och_ett_kant_utfall(kommun: Kommun) -> None:
    kanda = kommun.delar.kanda(APRIL.position)
    dagar = tidigare_dagar(kanda, APRIL, ARET)
    assert dagar
    assert all(d + (ARET.till - APRIL.dag) <= APRIL.dag for d in dagar)
    provade = prova(kommun, APRIL, [Ursprung(d, d, d) for d in dagar[:2]], UPPDRAG)
    assert {t.metod for t in provade} == set(STEGAR)
    assert all(len(t.utfall) == len(GRUPPER) for t in provade)


def test_den_basta_metoden_ar_den_med_lagst_poang() -> None:
    def tidigare(metod: str, gissning: float) -> Tidigare:
        return Tidigare(metod, np.full((1, 1), gissning), np.array([100.0]))

    assert basta([tidigare("takt", 90), tidigare("flodesmodell", 99)]) == "flodesmodell"
    assert basta([tidigare("takt", 100), tidigare("flodesmodell", 99)]) == "takt"
    assert basta([]) is None


def test_en_metod_som_varit_for_saker_blir_bredare() -> None:
    rng = np.random.default_rng(1)
    saker = [Tidigare("m", rng.normal(100, 1, (1, 200)), np.array([105.0 + nr])) for nr in range(8)]
    osaker = [Tidigare("m", rng.normal(100, 50, (1, 200)), np.array([100.5 + nr])) for nr in range(8)]
    assert kalibrera("m", saker).faktor > 1.5
    assert kalibrera("m", osaker).faktor < 0.9
    assert kalibrera("m", []).faktor == 1


def test_en_enkel_metod_far_sina_tidigare_fel_som_spridning() -> None:
    b = Banor(Raknat(np.zeros(1), np.zeros(1)), np.zeros((3, 1, 1)), np.full((3, 1, 1), 10.0))
    kalibrering = kalibrera("takt", [Tidigare("takt", np.full((1, 1), 50.0), np.array([60.0]))])
    spridd = med_spridning(b, kalibrering, UPPDRAG)
    assert spridd.all_kostnad.shape == (1, UPPDRAG.vagar)
    assert spridd.all_kostnad.mean() == pytest.approx(40, rel=0.02)


@pytest.mark.parametrize("faktor", [0.75, 2.0])
def test_en_enda_vistelse_har_aldrig_mindre_an_inga_dygn(faktor: float) -> None:
    # Given a child seventeen days into care when nobody knows how long care lasts, when the spread is stretched, then
    # what is to come is never less than nothing, and as much as before on the average.
    modell = lar(Historia(delar(Vistelse(1, 14, pris=1000)), HVB), dag(30), 334)
    uppdrag = Uppdrag(ARET, 1, 2000, 1)
    b = simulera(modell, uppdrag)
    spridd = med_spridning(b, replace(kalibrera("flodesmodell", []), faktor=faktor), uppdrag)
    assert spridd.alla_dygn.min() >= 17 - 1e-9
    assert spridd.alla_dygn.mean() == pytest.approx(b.alla_dygn.mean())
    assert spridd.all_kostnad == pytest.approx(1000 * spridd.alla_dygn)
    assert bool(spridd.alla_dygn.std() > b.alla_dygn.std()) is (faktor > 1)


def test_spridningen_tar_inte_tillbaka_mer_an_som_ar_registrerat() -> None:
    # Given twenty days registered of which none or all had ended, when that is stretched, then no path has fewer than
    # none left, and as much is taken back on the average.
    dygn = np.zeros((3, 1, 200))
    dygn[Del.SENA, 0, ::4] = -20
    b = Banor(Raknat(np.array([20.0]), np.array([20_000.0])), dygn, dygn * 1000)
    spridd = med_spridning(b, replace(kalibrera("flodesmodell", []), faktor=1.5), UPPDRAG)
    assert spridd.alla_dygn.min() >= -1e-9
    assert spridd.alla_dygn.mean() == pytest.approx(15)
    assert spridd.all_kostnad == pytest.approx(1000 * spridd.alla_dygn, abs=1e-6)


def test_tidigare_fel_gor_ingen_kostnad_negativ() -> None:
    # Given 300 expected by a simple method that has been 500 too high and 450 too low, then half of the paths are
    # nothing and the others about 750.
    b = Banor(Raknat(np.zeros(1), np.zeros(1)), np.full((3, 1, 1), 10.0), np.full((3, 1, 1), 100.0))
    tidigare = [Tidigare("takt", np.full((1, 1), 500.0), np.array([500.0 + ett])) for ett in (-500, 450)]
    spridd = med_spridning(b, kalibrera("takt", tidigare), UPPDRAG._replace(vagar=20_000))
    assert spridd.all_kostnad.min() >= -1e-9
    assert spridd.all_kostnad.mean() == pytest.approx((0 + 750) / 2, rel=0.05)
    assert spridd.all_kostnad == pytest.approx(10 * spridd.alla_dygn)


def test_ovriga_rader_foljer_den_metod_som_varit_minst_fel() -> None:
    # Given a row that is always a hundred a month, then the six months that are left are six hundred, surely.
    jamn = prognostisera(Manadsserie(np.full(30, 100.0), 6), 6, 50, np.random.default_rng(1))
    assert jamn.rest.tolist() == pytest.approx([600.0] * 50)
    # Given one with a season, then last year's months foretell it.
    sasong = np.tile(np.arange(12.0) * 10 + 10, 4)[:42]
    vald = prognostisera(Manadsserie(sasong, 6), 6, 50, np.random.default_rng(1))
    assert vald.metod == "fjolarets-manader"
    assert vald.rest.mean() == pytest.approx(sasong[6:12].sum(), rel=0.01)
    assert set(METODER) >= {"takt", "rullande-tolv"}


# The change since the last one ---------------------------------------------------------------------------------------

_RADTAL = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2).map(np.array)
_LAGEN = st.builds(Lage, st.builds(Raknat, _RADTAL, _RADTAL), st.builds(Raknat, _RADTAL, _RADTAL), _RADTAL, _RADTAL)


@given(_RADTAL, _LAGEN, _LAGEN, _LAGEN, _RADTAL)
def test_hoppets_delar_ar_hela_hoppet(antagen: F64, da: Lage, kant: Lage, nu: Lage, prognos: F64) -> None:
    assert dela_hopp(antagen, da, kant, nu, prognos).hela == pytest.approx(prognos - antagen, abs=1e-3)


def test_ett_hopp_for_hand() -> None:
    # Ten days of the old care at 100 were expected, twelve at 110 came: 200 for days and 120 for the price.
    def lage(dygn: float, kostnad: float, sena: float = 0.0) -> Lage:
        hela = np.array([kostnad + sena])
        return Lage(
            Raknat(np.array([dygn]), np.array([kostnad])), Raknat(np.zeros(1), np.zeros(1)), np.array([sena]), hela
        )

    hopp = dela_hopp(np.array([900.0]), lage(9, 900), lage(10, 1000), lage(12, 1320), np.array([1400.0]))
    assert hopp.sena_registreringar.tolist() == [100]
    assert (hopp.langre_vistelser[0], hopp.pris[0], hopp.metod[0], hopp.nya_vistelser[0]) == (200, 120, 80, 0)
