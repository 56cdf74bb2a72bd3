"""The trail and the causes of figures small enough to reckon by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from application.forklaringstext import om_orsakerna, om_uppdelningen
from application.kostnadsuppdelning import Kostnadsdelare, Sidfraga
from application.queries import Fraga, FraganGarInte, hamta_matt
from domain.begrepp import Prognosslag
from domain.budgetperiod.handelser import UtfallBokfort
from domain.matt.familjer.ekonomi import PROGNOSEN_BELOPP, UTFALLET
from domain.matt.orsaker import Orsak
from domain.matt.uppdelning import Delar, Sida
from domain.matt.uttryck import Kvot, PerManad
from domain.regler.vardygn import IN_OCH_UT
from domain.tid import Period, Tidssnitt
from tests.laws.exempel import (
    Berattelse,
    borjar,
    budget,
    budgetar,
    dag,
    dygnspris,
    klockan,
    manadspris,
    placering,
    prognos,
    rad,
    slutar,
    volym,
)
from tests.laws.provliggare import Provliggare, bokford


def vardena(*varden: Any) -> tuple[Any, ...]:
    """Return figures to be compared with whole numbers."""
    return varden


MARS = Period(date(2024, 3, 1), date(2024, 4, 1))


def fraga(matt: str, *, galler: str = "03-31", kant: str = "12-01", period: Period = MARS) -> Fraga:
    return Fraga(hamta_matt(matt), period, Tidssnitt(dag(galler), klockan(kant)))


def mars() -> Provliggare:
    """Tell of three stays in March.

    One is told on time, with an end that is late. One is told late. One is wrong and annulled.
    """
    b = Berattelse()
    b.hander(placering(1), borjar("03-01", person=1, pris=dygnspris("1000.00")))
    fel = b.hander(placering(2), borjar("03-11", person=2))
    b.hander(placering(3), borjar("03-21", person=3), "04-10")
    b.makuleras(placering(2), fel, "04-15")
    b.hander(placering(1), slutar("03-16"), "04-20")
    return bokford(b.steg)


def test_vardygnen_i_mars_oppnas_till_dygn_och_handelser() -> None:
    # Given 15 days of one stay (told by its beginning and its end) and 11 of another,
    with mars() as liggare:
        oppning = liggare.tjanster.oppnare.oppna_matt(fraga("vardygn"))
        # then the 26 days open to the two stays,
        assert vardena(oppning.varde, [f.bidrag for led in oppning.led for f in led.fakta]) == (26, [15, 11])
        # and the first to the events that made it.
        huvuden = liggare.tjanster.oppnare.handelser(oppning)
        forsta, andra = oppning.led[0].fakta
        assert [huvuden[p].typ for p in forsta.positioner] == ["placering.paborjad", "placering.avslutad"]
        assert [huvuden[p].typ for p in andra.positioner] == ["placering.paborjad"]


def test_ett_aterstallt_faktum_oppnas_aven_till_rattelsen_som_gjorde_det_kant() -> None:
    # Given a stay whose end is annulled, then its open fact is known because of the annulment.
    b = Berattelse()
    b.hander(placering(1), borjar("03-01"))
    slut = b.hander(placering(1), slutar("03-11"))
    b.makuleras(placering(1), slut, "03-20")
    with bokford(b.steg) as liggare:
        oppning = liggare.tjanster.oppnare.oppna_matt(fraga("vardygn"))
        huvuden = liggare.tjanster.oppnare.handelser(oppning)
        (faktum,) = oppning.led[0].fakta
        assert [(huvuden[p].typ, huvuden[p].rattar) for p in faktum.positioner] == [
            ("placering.paborjad", None),
            ("handelse.makulerad", slut),
        ]


def test_ett_snitt_oppnas_med_vad_varje_dygn_vager() -> None:
    with mars() as liggare:
        oppning = liggare.tjanster.oppnare.oppna_matt(fraga("personer-per-dygn"))
        assert oppning.varde == Fraction(26, 31)
        assert [f.bidrag for led in oppning.led for f in led.fakta] == [Fraction(15, 31), Fraction(11, 31)]


def test_samma_person_tva_ganger_raknas_en_gang_i_sparet() -> None:
    b = Berattelse()
    b.hander(placering(1), borjar("03-01", person=1))
    b.hander(placering(1), slutar("03-05"))
    b.hander(placering(2), borjar("03-10", person=1))
    with bokford(b.steg) as liggare:
        oppning = liggare.tjanster.oppnare.oppna_matt(fraga("unika-personer"))
        assert vardena(oppning.varde, [f.bidrag for led in oppning.led for f in led.fakta]) == (1, [1, 0])


def test_ingen_cell_har_inget_spar() -> None:
    with mars() as liggare:
        fragan = replace(fraga("vardygn"), gruppera=("malgrupp",))
        oppning = liggare.tjanster.oppnare.oppna_matt(fragan, ("vuxna",))
        assert vardena(oppning.varde, oppning.antal) == (None, 0)


# Causes -------------------------------------------------------------------------------------------------------------


def test_skillnaden_mellan_tva_kanda_tider_delas_pa_sent_registrerat_och_rattelser() -> None:
    # Given that 31 + 21 days were known on 31 March and 26 in December,
    with mars() as liggare:
        forklaring = liggare.tjanster.forklarare.forklara(fraga("vardygn", kant="03-31"), fraga("vardygn"))
        hela = forklaring.totalt
        assert vardena(hela.fran, hela.till) == (52, 26)
        # then the stay told late is 11 more and the end told late 16 fewer, and the annulment takes 21 away.
        assert hela.delar == {Orsak.SENT: 11 - 16, Orsak.RATTELSE: -21}
        # And each part opens to the events that made it.
        huvuden = liggare.tjanster.forklarare.handelser(hela.poster)
        assert [vardena(p.effekt, huvuden[p.position or 0].typ) for p in hela.poster] == [
            (11, "placering.paborjad"),
            (-21, "handelse.makulerad"),
            (-16, "placering.avslutad"),
        ]
        assert om_orsakerna(forklaring) == [
            "Vårddygn är 26 mot 52 dygn: -26.",
            "Det beror på rättelser -21, sent registrerat -5.",
        ]


def test_det_som_hander_efter_den_forsta_kunskapen_ar_nytt() -> None:
    # Given a question about the whole of March, known on the 5th: the end on the 16th happened after that.
    b = Berattelse()
    b.hander(placering(1), borjar("03-01"))
    b.hander(placering(1), slutar("03-16"))
    with bokford(b.steg) as liggare:
        hela = liggare.tjanster.forklarare.forklara(fraga("vardygn", kant="03-05"), fraga("vardygn")).totalt
        assert vardena(hela.fran, hela.till, hela.delar) == (31, 15, {Orsak.NYTT: -16})


def test_en_nyare_prognos_som_ersatter_en_aldre_ar_en_ny_handelse() -> None:
    # Given a forecast whose lines state kronor and no number, and a later one that replaces all of it,
    b = Berattelse()
    b.hander(budgetar(), budget("01-02", rad("100.00")))
    b.hander(budgetar(), prognos("04-30", rad("120.00")))
    b.hander(budgetar(), prognos("08-31", rad("90.00"), slag=Prognosslag.DELAR2))
    with bokford(b.steg) as liggare:
        aret = Period(date(2024, 1, 1), date(2025, 1, 1))
        forr, nu = (fraga("prognos", galler="12-31", kant=kant, period=aret) for kant in ("05-01", "12-01"))
        forklaring = liggare.tjanster.forklarare.forklara(forr, nu)
        hela = forklaring.totalt
        # then the difference is what the later one did: its own line came, and the earlier one's went.
        assert vardena(hela.fran, hela.till, hela.delar) == (120, 90, {Orsak.NYTT: -30})
        huvuden = liggare.tjanster.forklarare.handelser(hela.poster)
        assert [vardena(p.effekt, huvuden[p.position or 0].typ) for p in hela.poster] == [(-30, "prognos.faststalld")]


def test_ett_snittpris_foljs_handelse_for_handelse() -> None:
    # Given one stay at 1 000 a day, and another of 10 days at 2 000 that is told late: (31·1000 + 10·2000) / 41.
    b = Berattelse()
    b.hander(placering(1), borjar("03-01", person=1, pris=dygnspris("1000.00")))
    b.hander(placering(2), borjar("03-22", person=2, pris=dygnspris("2000.00")), "04-10")
    with bokford(b.steg) as liggare:
        fran, till = fraga("kostnad-per-dygn", kant="03-31"), fraga("kostnad-per-dygn")
        hela = liggare.tjanster.forklarare.forklara(fran, till).totalt
        assert vardena(hela.fran, hela.till) == (1000, Fraction(51_000, 41))
        assert hela.delar == {Orsak.SENT: Fraction(51_000, 41) - 1000}


def test_mellan_tva_dagar_skiljs_pagaende_fran_nytt() -> None:
    # Given a stay since the 1st and another since the 21st, as of the 11th and of the 31st:
    b = Berattelse()
    b.hander(placering(1), borjar("03-01", person=1))
    b.hander(placering(2), borjar("03-21", person=2))
    with bokford(b.steg) as liggare:
        fran, till = fraga("vardygn", galler="03-11"), fraga("vardygn")
        hela = liggare.tjanster.forklarare.forklara(fran, till).totalt
        # the first goes on for 20 days, the second is new with 11.
        assert vardena(hela.fran, hela.till) == (11, 42)
        assert hela.delar == {Orsak.NYTT: 11, Orsak.PAGAENDE: 20}
        # Backwards it is the same, taken away.
        assert liggare.tjanster.forklarare.forklara(till, fran).totalt.delar == {Orsak.NYTT: -11, Orsak.PAGAENDE: -20}


def test_ett_snitt_delas_pa_fler_dagar() -> None:
    # Given 5 days of care by the 10th, and no more: 5/10 becomes 5/20 because there are more days to divide by.
    b = Berattelse()
    b.hander(placering(1), borjar("03-01"))
    b.hander(placering(1), slutar("03-06"))
    with bokford(b.steg) as liggare:
        fran, till = (fraga("personer-per-dygn", galler=den) for den in ("03-10", "03-20"))
        hela = liggare.tjanster.forklarare.forklara(fran, till).totalt
        assert hela.delar == {Orsak.TID: Fraction(5, 20) - Fraction(5, 10)}
        assert [(p.orsak, p.effekt) for p in hela.poster] == [(Orsak.TID, Fraction(-1, 4))]


def test_det_samma_fakta_sager_for_att_tiden_gatt_har_ocksa_ett_spar() -> None:
    # Given a forecast against cost per month that has passed, and nothing more: only the months are others later on.
    takt = replace(hamta_matt("prognosens-rimlighet"), uttryck=Kvot(PROGNOSEN_BELOPP, PerManad(UTFALLET)))
    b = Berattelse()
    b.hander(budgetar(), budget("01-02", rad("1000.00")))
    b.hander(budgetar(), UtfallBokfort(datum=dag("02-10"), manad="2024-01", rader=(rad("100.00"),)))
    b.hander(budgetar(), prognos("02-20", rad("1200.00")))
    with bokford(b.steg) as liggare:
        aret = Period(date(2024, 1, 1), date(2025, 1, 1))
        fran, till = (replace(fraga(takt.namn, galler=den, period=aret), matt=takt) for den in ("03-31", "08-31"))
        hela = liggare.tjanster.forklarare.forklara(fran, till).totalt
        # then the figure, which is no sum of its facts, differs for that reason alone, by those facts together.
        assert hela.skillnad and hela.delar == {Orsak.TID: hela.skillnad}
        assert [(p.orsak, p.effekt, {byte.rad.fakta.slag for byte in p.fakta}) for p in hela.poster] == [
            (Orsak.TID, hela.skillnad, {"prognos", "utfall"})
        ]


def test_en_annan_vardygnsregel_ar_andrad_regel() -> None:
    with mars() as liggare:
        till = replace(fraga("vardygn"), regel=IN_OCH_UT)
        hela = liggare.tjanster.forklarare.forklara(fraga("vardygn"), till).totalt
        assert vardena(hela.skillnad, hela.delar) == (1, {Orsak.REGEL: 1})


def test_oforandrat_sags_vara_oforandrat() -> None:
    with mars() as liggare:
        forklaring = liggare.tjanster.forklarare.forklara(fraga("vardygn", kant="11-01"), fraga("vardygn"))
        assert om_orsakerna(forklaring) == ["Vårddygn är oförändrat: 26 dygn."]


def test_en_tidigare_kunskap_att_jamfora_med_nekas() -> None:
    with mars() as liggare, pytest.raises(FraganGarInte, match="motKantDen ska inte ligga före kantDen"):
        liggare.tjanster.forklarare.forklara(fraga("vardygn"), fraga("vardygn", kant="03-31"))


# Volume, mix and price ----------------------------------------------------------------------------------------------


def ett_budgetar() -> Provliggare:
    """Tell of a budget of one person at 100 a day, and of stays in March at 110 a day."""
    b = Berattelse()
    falt = {"malgrupp": "barn", "insatsform": "hvb"}
    b.hander(
        budgetar(),
        budget("01-01", rad("37200.00", **falt), volymrader=(volym("1", dygnspris("100.00"), malgrupp="barn"),)),
    )
    b.hander(placering(1), borjar("03-01", person=1, pris=dygnspris("110.00")))
    b.hander(placering(2), borjar("03-22", person=2, pris=dygnspris("110.00")))
    return bokford(b.steg)


def test_budget_mot_kostnad_i_mars_handraknat() -> None:
    # Given 31 days at 100 (and 3 100 kronor) in the plan for March, and 31 + 10 days at 110:
    with ett_budgetar() as liggare:
        ram = replace(fraga("kostnad"), gruppera=("malgrupp", "insatsform"))
        uppdelning = Kostnadsdelare(liggare.tjanster.fragor).dela(Sidfraga("budget", ram), Sidfraga("kostnad", ram))
        (hvb,) = uppdelning.rader
        assert (hvb.rad, hvb.fran, hvb.till) == (
            ("barn", "hvb"),
            Sida(Fraction(31), Fraction(100), Fraction(3100)),
            Sida(Fraction(41), Fraction(110), Fraction(4510)),
        )
        # ten more days at 100, and ten kronor more for 41 days.
        assert hvb.delar == Delar(volym=Fraction(1000), pris=Fraction(410))
        assert om_uppdelningen(uppdelning, ["barn / hvb"]) == [
            "Kostnad 4 510 kr mot budget 3 100 kr: 1 410 kr dyrare (+45,5 procent).",
            "Av skillnaden är volym +1 000, mix 0, pris +410, övrigt 0 kr.",
            "Vårddygn 41 mot 31; kronor per dygn i snitt 110 mot 100.",
            "Störst påverkan: volym i barn / hvb +1 000 kr (41 mot 31 dygn); pris i barn / hvb +410 kr (110 mot 100 kr "
            "per dygn).",
        ]


def test_ett_manadspris_i_planen_sprids_pa_periodens_dagar() -> None:
    # Given two persons at 310 a month: in March 62 days at 10 kronor.
    b = Berattelse()
    b.hander(budgetar(), budget("01-01", rad("7440.00"), volymrader=(volym("2", manadspris("310.00")),)))
    with bokford(b.steg) as liggare:
        sidor = [Sidfraga(namn, fraga("kostnad")) for namn in ("budget", "kostnad")]
        (rad_,) = Kostnadsdelare(liggare.tjanster.fragor).dela(*sidor).rader
        assert rad_.fran == Sida(Fraction(62), Fraction(10), Fraction(620))


@pytest.mark.parametrize(("namn", "sager"), [("vardygn", "vardygn kan inte delas upp"), ("budget", "flera år")])
def test_det_som_inte_gar_att_dela_upp_nekas(namn: str, sager: str) -> None:
    with ett_budgetar() as liggare:
        period = Period(date(2023, 12, 1), date(2024, 4, 1))
        sidor = (Sidfraga(namn, fraga("kostnad", period=period)), Sidfraga("kostnad", fraga("kostnad")))
        with pytest.raises(FraganGarInte, match=sager):
            Kostnadsdelare(liggare.tjanster.fragor).dela(*sidor)
