"""The lines of a board's budget year: corrections, values, kinds and signs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from domain.begrepp import Kontogrupp
from domain.budgetperiod.begrepp import KallansTecken
from domain.budgetperiod.beslut import (
    BUDGETPERIOD,
    AretArAvslutat,
    AretHarInteTagitSlut,
    BudgetenSaknas,
    InvesteringUtanProjekt,
    KreditnotanOkarKostnaden,
    ManadenArStangd,
    ManadenHarInteTagitSlut,
    OmfordelningenAndrarRamen,
    PeriodiseringUtanManad,
    VerifikationenArUpptagen,
    VerksamhetsflyttUtanMotpart,
)
from domain.budgetperiod.handelser import BudgetFaststalld
from domain.fel import (
    HandelsenArRedanRattad,
    RattelsenByterTyp,
    RattelsenGerEnDubblett,
)
from domain.handelse import Handelse
from tests.domain.exempel import (
    en_bokning,
    en_budget,
    en_justering,
    en_makulering,
    en_prognos,
    en_rad,
    en_stangd_manad,
    en_volymrad,
    ett_bokslut,
    ett_invanarantal,
)
from tests.domain.exempel_budgetperiod import en_princip
from tests.domain.test_budgetperiod import senare_handelser
from tests.givet import givet, rattelse

# Corrections


@senare_handelser
def test_varje_handelse_kan_makuleras(handelse: Handelse) -> None:
    givet(BUDGETPERIOD, en_budget(), handelse).nar(en_makulering(), rattar=2).sker()


def test_en_felaktig_bokning_rattas() -> None:
    givet(BUDGETPERIOD, en_budget(), en_bokning()).nar(en_bokning(rader=[en_rad("105.50")]), rattar=2).sker()


def test_en_bokning_kan_inte_rattas_till_en_upptagen_verifikation() -> None:
    historia = (en_budget(), en_bokning(), en_bokning(verifikation="V 18"))
    givet(BUDGETPERIOD, *historia).nar(en_bokning(verifikation="V 17", rader=[en_rad("1.00")]), rattar=3).nekas(
        VerifikationenArUpptagen, falt="verifikation"
    )


def test_en_bokning_kan_inte_rattas_sa_att_samma_verifikation_raknas_tva_ganger() -> None:
    historia = (en_budget(), en_bokning(), en_bokning(verifikation="V 18"))
    givet(BUDGETPERIOD, *historia).nar(en_bokning(verifikation="V 17"), rattar=3).nekas(
        RattelsenGerEnDubblett, falt="rattar", sager="utfall.bokfort"
    )


def test_en_makulerad_verifikation_far_bokforas_pa_nytt_med_samma_nummer() -> None:
    historia = (en_budget(), en_bokning(), rattelse(2, en_makulering()))
    givet(BUDGETPERIOD, *historia).nar(en_bokning(rader=[en_rad("105.50")])).sker()


def test_en_makulerad_verifikation_kan_inte_aterkomma_nar_numret_anvants_pa_nytt() -> None:
    pa_nytt = en_bokning(rader=[en_rad("105.50")])
    historia = (en_budget(), en_bokning(), rattelse(2, en_makulering()), pa_nytt)
    givet(BUDGETPERIOD, *historia).nar(en_makulering(), rattar=3).nekas(VerifikationenArUpptagen, falt="verifikation")


def test_en_manad_som_stangts_av_misstag_oppnas_genom_makulering() -> None:
    historia = (en_budget(), en_stangd_manad(), rattelse(2, en_makulering()))
    givet(BUDGETPERIOD, *historia).nar(en_bokning()).sker()


def test_ett_makulerat_bokslut_oppnar_aret_igen() -> None:
    historia = (en_budget(), ett_bokslut(), rattelse(2, en_makulering()))
    givet(BUDGETPERIOD, *historia).nar(en_justering()).sker()


def test_budgeten_kan_rattas() -> None:
    givet(BUDGETPERIOD, en_budget(), en_bokning()).nar(en_budget(rader=[en_rad("1300.00")]), rattar=1).sker()


@senare_handelser
def test_budgeten_kan_inte_makuleras_sa_lange_annat_star_kvar(handelse: Handelse) -> None:
    givet(BUDGETPERIOD, en_budget(), handelse).nar(en_makulering(), rattar=1).nekas(BudgetenSaknas, falt="rattar")


def test_budgeten_kan_inte_makuleras_sa_lange_en_bokning_utan_verifikation_star_kvar() -> None:
    givet(BUDGETPERIOD, en_budget(), en_bokning(verifikation=None)).nar(en_makulering(), rattar=1).nekas(
        BudgetenSaknas, falt="rattar"
    )


@pytest.mark.parametrize("handelse", [en_bokning("2019-02-28"), en_prognos()], ids=lambda h: h.typ)
def test_det_som_makulerats_kommer_inte_tillbaka_till_en_budget_som_ocksa_makulerats(handelse: Handelse) -> None:
    historia = (en_budget(), handelse, rattelse(2, en_makulering()), rattelse(1, en_makulering()))
    givet(BUDGETPERIOD, *historia).nar(en_makulering(), rattar=3).nekas(BudgetenSaknas, falt="rattar")


def test_budgeten_kan_inte_makuleras_sa_lange_flera_slags_handelser_star_kvar() -> None:
    historia = (en_budget(), en_bokning(verifikation=None), en_justering())
    givet(BUDGETPERIOD, *historia).nar(en_makulering(), rattar=1).nekas(BudgetenSaknas, falt="rattar")


def test_budgeten_kan_makuleras_nar_allt_annat_ar_makulerat() -> None:
    historia = (en_budget(), en_bokning(), rattelse(2, en_makulering()))
    givet(BUDGETPERIOD, *historia).nar(en_makulering(), rattar=1).sker()


def test_en_rattad_prognos_ersatter_den_forra() -> None:
    givet(BUDGETPERIOD, en_budget(), en_prognos()).nar(en_prognos(rader=[en_rad("1.00")]), rattar=2).sker()


def test_en_bokning_ersatts_inte_av_en_justering() -> None:
    givet(BUDGETPERIOD, en_budget(), en_bokning()).nar(en_justering(), rattar=2).nekas(RattelsenByterTyp, falt="typ")


def test_en_redan_rattad_bokning_rattas_i_rattelsen() -> None:
    historia = (en_budget(), en_bokning(), rattelse(2, en_bokning(rader=[en_rad("105.50")])))
    givet(BUDGETPERIOD, *historia).nar(en_bokning(rader=[en_rad("106.00")]), rattar=2).nekas(
        HandelsenArRedanRattad, falt="rattar"
    )
    givet(BUDGETPERIOD, *historia).nar(en_bokning(rader=[en_rad("106.00")]), rattar=3).sker()


# Values


@pytest.mark.parametrize(
    "andra",
    [
        {"rader": []},
        {"ar": 2200},
        {"ar": "2019"},
        {"kommun": "188"},
        {"namnd": "   "},
        {"periodisering": [1] * 11},
        {"periodisering": [-1] + [1] * 11},
        {"rader": [en_rad("1.005")]},
        {"rader": [{**en_rad(), "belopp": 12.5}]},
        {"rader": [en_rad("1000000000000.00")]},
        {"volymrader": [en_volymrad(personerPerDygn="1.2345")]},
        {"volymrader": [en_volymrad(personerPerDygn="-1")]},
    ],
)
def test_omojliga_varden_i_en_budget_nekas(andra: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        en_budget(**andra)


@pytest.mark.parametrize("manad", ["2019-13", "2019-00", "19-01", "2019-1", "0000-01", "9999-12", "٢٠١٩-٠١"])
def test_en_manad_som_inte_finns_nekas(manad: str) -> None:
    with pytest.raises(ValidationError):
        en_bokning(avser_manad=manad)


def test_ett_orimligt_invanarantal_nekas() -> None:
    with pytest.raises(ValidationError):
        ett_invanarantal(antal=10**18)


def test_en_manad_stangs_tidigast_pa_sin_sista_dag() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_stangd_manad("2019-02-27", "2019-02")).nekas(
        ManadenHarInteTagitSlut, falt="datum", sager="2019-02-28"
    )
    givet(BUDGETPERIOD, en_budget()).nar(en_stangd_manad("2019-02-28", "2019-02")).sker()


def test_en_bokning_i_en_stangd_manad_kan_rattas() -> None:
    historia = (en_budget(), en_bokning(), en_stangd_manad())
    givet(BUDGETPERIOD, *historia).nar(en_bokning(rader=[en_rad("900.00")]), rattar=2).sker()
    givet(BUDGETPERIOD, *historia).nar(en_makulering(), rattar=2).sker()


def test_en_rattelse_i_en_stangd_manad_kan_i_sin_tur_makuleras() -> None:
    historia = (en_budget(), en_bokning(), en_stangd_manad(), rattelse(2, en_makulering()))
    givet(BUDGETPERIOD, *historia).nar(en_makulering("2019-09-02"), rattar=4).sker()


def test_en_bokning_rattas_inte_in_i_en_stangd_manad() -> None:
    historia = (en_budget(), en_bokning("2019-03-31", manad="2019-03"), en_stangd_manad(manad="2019-02"))
    givet(BUDGETPERIOD, *historia).nar(en_bokning("2019-03-31", manad="2019-02"), rattar=2).nekas(
        ManadenArStangd, falt="manad", sager="2019-02"
    )


def test_en_bokning_som_flyttats_kommer_inte_tillbaka_till_en_stangd_manad() -> None:
    flyttad = rattelse(2, en_bokning("2019-03-31", manad="2019-04"))
    historia = (en_budget(), en_bokning("2019-03-31", manad="2019-03"), flyttad)
    givet(BUDGETPERIOD, *historia).nar(en_makulering("2019-05-02"), rattar=3).sker()
    givet(BUDGETPERIOD, *historia, en_stangd_manad("2019-05-01", "2019-03")).nar(
        en_makulering("2019-05-02"), rattar=3
    ).nekas(ManadenArStangd, falt="manad", sager="2019-03")


def test_bokslutet_faststalls_tidigast_pa_arets_sista_dag() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(ett_bokslut("2019-12-30")).nekas(
        AretHarInteTagitSlut, falt="datum", sager="2019-12-31"
    )
    givet(BUDGETPERIOD, en_budget()).nar(ett_bokslut("2019-12-31")).sker()


def test_efter_bokslutet_kan_det_bokforda_rattas_men_inget_nytt_bokforas() -> None:
    historia = (en_budget(), en_bokning(), ett_bokslut())
    givet(BUDGETPERIOD, *historia).nar(en_bokning(rader=[en_rad("900.00")]), rattar=2).sker()
    givet(BUDGETPERIOD, *historia).nar(en_bokning("2019-12-30", manad="2019-12", verifikation="V 18")).nekas(
        AretArAvslutat, falt="datum"
    )


# What kind of line, whose money, and on what it rests


@pytest.mark.parametrize(
    "handelse",
    [
        en_budget(rader=[en_rad(post="investering")]),
        en_justering(rader=[en_rad(post="investering")]),
        en_bokning(rader=[en_rad(), en_rad(post="investering")]),
        en_prognos(rader=[en_rad(post="investering")]),
    ],
    ids=lambda h: h.typ,
)
def test_en_investering_anger_sitt_projekt(handelse: Handelse) -> None:
    historia = [] if isinstance(handelse, BudgetFaststalld) else [en_budget()]
    givet(BUDGETPERIOD, *historia).nar(handelse).nekas(InvesteringUtanProjekt, falt="rader", sager="Placeringar unga")


def test_en_investering_i_ett_projekt_bokfors() -> None:
    rad = en_rad("378000.00", post="investering", projekt="946019 Möbler och inventarier ny våning")
    givet(BUDGETPERIOD, en_budget()).nar(en_bokning(rader=[rad])).sker()


def test_en_verksamhetsflytt_anger_den_andra_namnden() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_justering(slag="verksamhetsflytt")).nekas(
        VerksamhetsflyttUtanMotpart, falt="motpart", sager="nämnd"
    )
    givet(BUDGETPERIOD, en_budget()).nar(en_justering(slag="verksamhetsflytt", motpart="Kommunstyrelsen")).sker()


@pytest.mark.parametrize("slag", ["omfordelning", "balanspostFordelad"])
def test_en_omfordelning_inom_namnden_andrar_inte_ramen(slag: str) -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_justering(slag=slag)).nekas(
        OmfordelningenAndrarRamen, falt="rader", sager="inte 90.00 kr"
    )
    jamn = [en_rad("-7.00", post="balanspost"), en_rad("7.00")]
    givet(BUDGETPERIOD, en_budget()).nar(en_justering(slag=slag, rader=jamn)).sker()
    givet(BUDGETPERIOD, en_budget()).nar(en_justering(slag=slag, motpart="Kommunstyrelsen")).sker()


@pytest.mark.parametrize("slag", ["indexupprakning", "resultatoverforing", "effektiviseringskrav"])
def test_andra_justeringar_andrar_ramen(slag: str) -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_justering(slag=slag)).sker()


def test_en_periodisering_anger_den_manad_den_avser() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_bokning(underlag="periodisering")).nekas(
        PeriodiseringUtanManad, falt="avserManad"
    )
    givet(BUDGETPERIOD, en_budget()).nar(en_bokning(underlag="periodisering", avser_manad="2018-12")).sker()


@pytest.mark.parametrize("belopp", ["100.50", "0.00"])
def test_en_kreditnota_minskar_kostnaden(belopp: str) -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_bokning(underlag="kreditnota", rader=[en_rad(belopp)])).nekas(
        KreditnotanOkarKostnaden, falt="rader", sager="Kostnad är positiv"
    )
    givet(BUDGETPERIOD, en_budget()).nar(en_bokning(underlag="kreditnota", rader=[en_rad("-100.50")])).sker()


def test_en_faktura_som_kom_langt_senare_bokfors_anda() -> None:
    sen = en_bokning("2019-03-31", manad="2019-03", underlag="leverantorsfaktura", fakturadatum="2018-06-30")
    givet(BUDGETPERIOD, en_budget()).nar(sen, idag=date(2019, 12, 1)).sker()


def test_en_prognos_kan_vara_villkorad_och_omraknad() -> None:
    villkorad = en_prognos(villkor="Räknar med kommunbidrag 1,3 mnkr", omraknad=True)
    givet(BUDGETPERIOD, en_budget(), en_prognos()).nar(villkorad).sker()


def test_en_andrad_periodiseringsprincip_registreras_en_gang_och_inte_efter_bokslutet() -> None:
    givet(BUDGETPERIOD, en_budget()).nar(en_princip()).sker()
    givet(BUDGETPERIOD, en_budget(), en_princip()).nar(en_princip()).ar_tyst()
    givet(BUDGETPERIOD, en_budget(), ett_bokslut()).nar(en_princip()).nekas(AretArAvslutat, falt="datum")
    givet(BUDGETPERIOD, en_budget(), en_princip(), ett_bokslut()).nar(en_princip()).ar_tyst()
    givet(BUDGETPERIOD, en_budget(), en_princip()).nar(en_princip(princip="fakturamanad"), rattar=2).sker()


# Signs


@pytest.mark.parametrize(
    ("tecken", "kostnad", "intakt"),
    [("kostnadPositiv", "97.00", "-35.00"), ("kostnadNegativ", "-97.00", "35.00"), ("badaPositiva", "97.00", "35.00")],
)
def test_en_nettokostnad_trycks_med_kallans_tecken(tecken: str, kostnad: str, intakt: str) -> None:
    t = KallansTecken(tecken)
    assert t.tryckt(Decimal("97.00"), Kontogrupp.PERSONAL) == Decimal(kostnad)
    assert t.tryckt(Decimal("-35.00"), Kontogrupp.BIDRAG) == Decimal(intakt)
