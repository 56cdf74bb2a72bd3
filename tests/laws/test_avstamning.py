"""The books against care days: each cause in a history reckoned by hand, and a law for all histories."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.avstamning import DIMENSIONER, TALKOLUMNER, Avstamning, Avstamningsfraga, Avstamningssvar, hela_ore
from application.queries import Fraga, FraganGarInte, hamta_matt
from domain.begrepp import Insatsform, Kontogrupp, Regi
from domain.budgetperiod.begrepp import Ersattningsslag
from domain.budgetperiod.ersattning import ErsattningBeviljad, ErsattningSokt
from domain.budgetperiod.handelser import Rad, UtfallBokfort
from domain.matt.avstamning import Avstamd, Gap, Moms, passar
from domain.tid import Period, Tidssnitt, kalenderar
from tests.laws.exempel import (
    Berattelse,
    borjar,
    borta,
    budget,
    budgetar,
    dag,
    dygnspris,
    klockan,
    manadspris,
    placering,
    rad,
    slutar,
)
from tests.laws.grund import KOMMUNER, LAGAR
from tests.laws.historier import forlopp
from tests.laws.provliggare import Provliggare, Steg, bokford

MARS = Period(date(2024, 3, 1), date(2024, 4, 1))
HVB = {"insatsform": Insatsform.HVB, "malgrupp": "barn", "regi": Regi.EXTERN}


def bokfort(nar: str, *rader: Rad, manad: str = "2024-03", avser: str | None = None) -> UtfallBokfort:
    return UtfallBokfort(datum=dag(nar), manad=manad, avser_manad=avser, rader=rader)


def mars(*handelser: UtfallBokfort | ErsattningSokt | ErsattningBeviljad, pris: str = "1000.00") -> Berattelse:
    """Tell of a stay of ten days in March at a price, a budget for it, and more of the board's year."""
    b = Berattelse()
    b.hander(budgetar(), budget("01-01", rad("120000.00", **HVB)))
    b.hander(placering(1), borjar("03-01", pris=dygnspris(pris)))
    b.hander(placering(1), slutar("03-11"))
    for handelse in handelser:
        b.hander(budgetar(), handelse)
    return b


def stam_av(b: Berattelse, **annat: Any) -> Avstamningssvar:
    fraga = Avstamningsfraga("0180", MARS, Tidssnitt(dag("12-31"), klockan("2025-01-31")))
    with bokford(b.steg) as liggare:
        return Avstamning(liggare.tjanster.fragor).stam_av(replace(fraga, **annat))


def delarna(svar: Avstamningssvar) -> dict[str, int]:
    """Return the parts of the whole that are not zero, in kronor."""
    return {gap.value: int(belopp) // 100 for gap, belopp in svar.totalt.delar.items() if belopp}


def det_hela_i_ore(svar: Avstamningssvar) -> tuple[int, int]:
    """Return what was reckoned and what was booked together, in öre."""
    return int(svar.totalt.beraknat), int(svar.totalt.bokfort)


def test_bokfort_som_beraknat_har_ingen_skillnad() -> None:
    svar = stam_av(mars(bokfort("03-31", rad("10000.00", **HVB))))
    assert svar.rader.keys() == {("2024-03", "hvb")}
    assert (*det_hela_i_ore(svar), delarna(svar)) == (1_000_000, 1_000_000, {})
    assert svar.noter == ()


def test_obetald_franvaro_ar_beraknad_men_inte_bokford() -> None:
    # Given two of the ten days away, for which nobody pays:
    b = mars(bokfort("03-31", rad("8000.00", **HVB)))
    b.hander(placering(1), borta("03-05", "03-07", betald=False))
    svar = stam_av(b)
    assert (*det_hela_i_ore(svar), delarna(svar)) == (1_000_000, 800_000, {"obetaldFranvaro": -2000})


def test_betald_franvaro_ar_ingen_skillnad() -> None:
    b = mars(bokfort("03-31", rad("10000.00", **HVB)))
    b.hander(placering(1), borta("03-05", "03-07", betald=True))
    assert delarna(stam_av(b)) == {}


def test_dygn_utan_pris_uppskattas_efter_sina_likar() -> None:
    # Given five days without a price beside ten at 1 000:
    b = mars(bokfort("03-31", rad("15000.00", **HVB)))
    b.hander(placering(2), borjar("03-01", person=2))
    b.hander(placering(2), slutar("03-06"))
    svar = stam_av(b)
    assert delarna(svar) == {"oprissatt": 5000}
    assert svar.noter == ("5 dygn saknar pris och är uppskattade efter medelpriset för sin insatsform.",)


def test_dygn_utan_pris_och_utan_likar_ar_oforklarade() -> None:
    b = Berattelse()
    b.hander(budgetar(), budget("01-01", rad("120000.00", **HVB)))
    b.hander(placering(2), borjar("03-01"))
    b.hander(placering(2), slutar("03-06"))
    b.hander(budgetar(), bokfort("03-31", rad("5000.00", **HVB)))
    svar = stam_av(b)
    assert delarna(svar) == {"oforklarat": 5000}
    assert svar.noter[1] == "5 av dem har inget pris att uppskattas efter och är inte med."


def momsen(belopp: str, *, avser_manad: str | None = "2024-03") -> tuple[ErsattningSokt, ErsattningBeviljad]:
    sokt = ErsattningSokt(
        datum=dag("04-10"), ersattning_id=UUID(int=7), slag=Ersattningsslag.MOMS_PA_KOPT_VARD, belopp=Decimal(belopp),
        avser_ar=2024, avser_manad=avser_manad, motpart="Skatteverket",
    )  # fmt: skip
    return sokt, ErsattningBeviljad(datum=dag("05-10"), ersattning_id=UUID(int=7), belopp=Decimal(belopp))


@pytest.mark.parametrize(
    ("bokford", "moms", "vantat"),
    [
        ("10600.00", Moms.INGAR, {"moms": 600}),
        ("9400.00", Moms.AVDRAGEN, {"moms": -600}),
        ("10600.00", Moms.RAKNAS_INTE, {"oforklarat": 600}),
    ],
)
def test_moms_forklarar_at_det_hall_den_bokfors(bokford: str, moms: Moms, vantat: dict[str, int]) -> None:
    """Six per cent of the care, granted back in May for March."""
    svar = stam_av(mars(bokfort("03-31", rad(bokford, **HVB)), *momsen("600.00")), moms=moms)
    assert delarna(svar) == vantat
    assert bool(svar.noter) == (moms is not Moms.RAKNAS_INTE)


def test_moms_som_inget_kop_bar_star_for_sig() -> None:
    svar = stam_av(mars(*momsen("600.00")))
    assert svar.rader["2024-03", None].delar[Gap.MOMS] == 60_000
    assert svar.totalt.delar[Gap.MOMS] == 60_000


@pytest.mark.parametrize(
    "fel",
    [{"kontogrupp": Kontogrupp.OVRIGA_KOSTNADER}, {"verksamhet": "Gator och parker"}],
    ids=["konto", "verksamhet"],
)
def test_felkontering_ar_fel_kontogrupp_eller_verksamhet(fel: dict[str, Any]) -> None:
    svar = stam_av(mars(bokfort("03-31", rad("10000.00", **HVB), rad("700.00", **HVB, **fel))))
    assert delarna(svar) == {"felkontering": 700}
    (noten,) = svar.noter
    assert noten.startswith("Felkontering: HVB på ")
    assert noten.endswith(": 700,00 kr.")


def test_en_form_utan_budget_far_ha_vilken_verksamhet_som_helst() -> None:
    stod = {"insatsform": Insatsform.STODBOENDE}
    assert delarna(stam_av(mars(bokfort("03-31", rad("9.00", verksamhet="Vad som helst", **stod))))) == {
        "oforklarat": -9991
    }


@pytest.mark.parametrize(
    ("form", "regi", "konto", "ratt"),
    [
        ("hvb", "extern", "kopAvVerksamhet", True),
        ("hvb", "extern", "personal", False),
        ("hvb", "egen", "personal", True),
        ("hvb", None, "lokaler", False),
        ("hvb", None, "ofordelat", True),
        ("hvb", None, None, True),
        ("familjehemEget", None, "personal", True),
        ("jourhem", "extern", "ovrigaKostnader", True),
        ("jourhem", "extern", "lokaler", False),
    ],
)
def test_vilka_konton_som_hor_till_vilken_vard(form: str, regi: str | None, konto: str | None, ratt: bool) -> None:
    assert passar(form, regi, konto) is ratt


def test_periodisering_ar_det_som_bokforts_en_annan_manad() -> None:
    # Given February's care booked in March (3 000), and a part of March's booked in April (4 000):
    b = mars(
        bokfort("03-20", rad("3000.00", **HVB), avser="2024-02"),
        bokfort("03-31", rad("6000.00", **HVB)),
        bokfort("04-20", rad("4000.00", **HVB), manad="2024-04", avser="2024-03"),
    )
    svar = stam_av(b)
    assert (*det_hela_i_ore(svar), delarna(svar)) == (1_000_000, 900_000, {"periodisering": -1000})
    # Over all three months nothing is left but February's, which no care day answers to.
    hela = stam_av(b, period=Period(date(2024, 2, 1), date(2024, 5, 1)), gruppera=("insatsform",))
    assert delarna(hela) == {"oforklarat": 3000}


def test_kop_utan_insatsform_star_for_sig_och_annat_utan_form_ar_inte_med() -> None:
    b = mars(
        bokfort("03-31", rad("500.00"), rad("90000.00", kontogrupp=Kontogrupp.PERSONAL)),
        bokfort("03-31", rad("70.00", insatsform=Insatsform.KONTAKTPERSON)),
    )
    svar = stam_av(b)
    assert svar.rader["2024-03", None] == Avstamd(Fraction(0), Fraction(50_000), svar.rader["2024-03", None].kant)
    assert svar.totalt.bokfort == 50_000
    assert svar.noter == ("500,00 kr köp av verksamhet är bokfört utan insatsform; det kan saknas i formerna.",)


def test_alla_orsaker_pa_en_gang_till_oret() -> None:
    # Given ten days at 333.33, a third of a monthly price of 1 000 (ten days of 31), and a bit of everything:
    b = mars(
        bokfort("03-31", rad("3500.00", **HVB), rad("0.01", **HVB, kontogrupp=Kontogrupp.LOKALER)),
        bokfort("04-20", rad("10.00", **HVB), manad="2024-04", avser="2024-03"),
        *momsen("200.01"),
        pris="333.33",
    )
    b.hander(placering(2), borjar("03-01", person=2, pris=manadspris("1000.00")))
    b.hander(placering(2), slutar("03-11"))
    svar = stam_av(b)
    # 3 333,30 + 10/31 × 1 000 = 3 655,88; booked 3 500,01
    assert det_hela_i_ore(svar) == (365_588, 350_001)
    assert svar.totalt.delar == {
        Gap.OBETALD_FRANVARO: 0, Gap.OPRISSATT: 0, Gap.MOMS: 20_001, Gap.FELKONTERING: 1, Gap.PERIODISERING: -1_000,
        Gap.OFORKLARAT: 350_001 - 365_588 - 20_001 - 1 + 1_000,
    }  # fmt: skip


def test_en_manad_utan_bokforing_sags() -> None:
    assert stam_av(mars()).noter == ("Ingen vård är bokförd i 2024-03, som känt då; hela kostnaden är oförklarad.",)


def test_okanda_dimensioner_nekas() -> None:
    for gruppera in (("kon",), ("manad", "manad")):
        with pytest.raises(FraganGarInte, match="En avstämning kan inte delas på"):
            stam_av(mars(), gruppera=gruppera)


# For all histories ---------------------------------------------------------------------------------------------------

DELNINGAR = [("manad",), ("insatsform", "malgrupp"), ("malgrupp",), DIMENSIONER]


def det_hela(liggare: Provliggare, matt: str, fraga: Avstamningsfraga, **urval: tuple[str | None, ...]) -> Fraction:
    falt = {"kommun": (fraga.kommun,), **urval}
    svar = liggare.tjanster.fragor.svara(Fraga(hamta_matt(matt), fraga.period, fraga.tidssnitt, urval=falt))
    return hela_ore(svar.totalt or 0)


@settings(LAGAR, max_examples=25)
@given(forlopp(), st.sampled_from(DELNINGAR), st.sampled_from(Moms), st.sampled_from(KOMMUNER))
def test_delarna_ar_skillnaden_och_raderna_ar_matten(
    steg: list[Steg], gruppera: tuple[str, ...], moms: Moms, kommun: str
) -> None:
    """The rows add up to what the measures say, however they are grouped, and the parts of each to its difference."""
    former = tuple(form.value for form in Insatsform if form.har_vardygn)
    fraga = Avstamningsfraga(kommun, kalenderar(2024), Tidssnitt(date(2025, 3, 1), None), gruppera=gruppera, moms=moms)
    with bokford(steg) as liggare:
        svar = Avstamning(liggare.tjanster.fragor).stam_av(fraga)
        assert all(sum(rad.delar.values()) == rad.bokfort - rad.beraknat for rad in svar.rader.values())
        utan_form = det_hela(liggare, "utfall", fraga, insatsform=(None,), kontogrupp=("kopAvVerksamhet",))
        assert svar.totalt.bokfort == det_hela(liggare, "utfall", fraga, insatsform=former) + utan_form
        beraknat = det_hela(liggare, "kostnad", fraga) + det_hela(liggare, "kostnad-obetald-franvaro", fraga)
        finast = Avstamning(liggare.tjanster.fragor).stam_av(replace(fraga, gruppera=DIMENSIONER))
        # Each cell is rounded to the öre by itself, its absence too.
        assert abs(svar.totalt.beraknat - beraknat) <= len(finast.rader) + 1
        assert svar.totalt.delar == finast.totalt.delar
        assert svar.totalt.delar[Gap.OBETALD_FRANVARO] <= 0 <= svar.totalt.beraknat


def test_varje_tal_oppnas_till_de_fakta_som_det_ar_gjort_av() -> None:
    # Given a stay with an unpaid absence and a month's price, VAT, and bookings of two months:
    b = mars(
        bokfort("03-31", rad("3500.00", **HVB), rad("0.01", **HVB, kontogrupp=Kontogrupp.LOKALER)),
        bokfort("04-20", rad("10.00", **HVB), manad="2024-04", avser="2024-03"),
        *momsen("200.01"),
        pris="333.33",
    )
    b.hander(placering(1), borta("03-05", "03-07", betald=False))
    b.hander(placering(2), borjar("03-01", person=2, pris=manadspris("1000.00")))
    fraga = Avstamningsfraga("0180", MARS, Tidssnitt(dag("12-31"), klockan("2025-01-31")))
    with bokford(b.steg) as liggare:
        svar = Avstamning(liggare.tjanster.fragor).stam_av(fraga)
        oppna = liggare.tjanster.oppnare.oppna_avstamning
        for rad_, cell in svar.med_totalt.items():
            for kolumn in TALKOLUMNER:
                oppning = oppna(fraga, rad_, kolumn)
                assert oppning.varde == cell.tal(kolumn) / 100
                assert oppning.bidrag + oppning.konstant == oppning.varde
                # What no fact stands for is what was rounded away: half an öre per amount, at most.
                assert abs(oppning.konstant) <= Fraction(1, 200) * max(1, len(oppning.led))
                assert bool(oppning.antal) or not oppning.varde, (rad_, kolumn)
        moms = oppna(fraga, "1", "moms")
        assert {f.rad.fakta.slag for led in moms.led for f in led.fakta} == {"ersattning.beviljad", "utfall"}
        with pytest.raises(FraganGarInte, match="Kolumnen pris finns inte"):
            oppna(fraga, "1", "pris")
        with pytest.raises(FraganGarInte, match="Raden 2024-04 finns inte"):
            oppna(fraga, "2024-04", "moms")
