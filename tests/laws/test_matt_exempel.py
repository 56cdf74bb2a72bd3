"""Answers that were once wrong, each with the fewest facts that show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from application.queries import Fraga, FraganGarInte, Fragor, Underlag, hamta_matt
from domain.fakta import (
    BESLUT_EJ_VERKSTALLT,
    BUDGET,
    BUDGETVOLYM,
    ENSAMKOMMANDE,
    INVANARE,
    INVANARGRUPP,
    PROGNOS,
    PROGNOSVOLYM,
    REGISTER,
    UTFALL,
    UTFORARE,
    VISTELSE,
    Belopp,
    Fakta,
    Identitet,
    Intervall,
    Punkt,
)
from domain.faktaspar import ALLTJAMT
from domain.matt.familjer.ekonomi import SCHABLON_18_TILL_20, SCHABLON_UNDER_18
from domain.matt.modell import Bokforingsperiod, Urval
from domain.regler.vardygn import IN_EJ_UT
from domain.tid import OANDLIG_DAG, Period, Tidssnitt, kalenderar
from infrastructure.recorder import Recorder
from interfaces.bootstrap import koppla
from tests.laws.slumpfakta import skriv

KOMMUN = "1880"
SLUTET = date(2024, 12, 31)
NU = datetime(2025, 1, 1, tzinfo=UTC)
HELA = "hela"


def fragor_till(fakta: Sequence[Fakta], *, en_strom: bool = False) -> Fragor:
    """Return what answers from some facts, each of a stream of its own if nothing is said, known since ever."""
    tjanster = koppla(":memory:")
    recorder = tjanster.liggaren.recorder
    assert isinstance(recorder, Recorder)
    strommar = [Identitet(UUID(int=0 if en_strom else nr).hex) for nr in range(len(fakta))]
    skriv(recorder, [(type(f), (strommar[nr], nr, 1, ALLTJAMT, f)) for nr, f in enumerate(fakta)])
    return tjanster.fragor


def svar(
    fakta: Sequence[Fakta],
    matt: str,
    rader: tuple[Urval, ...] = (),
    *,
    en_strom: bool = False,
    den: date = SLUTET,
    hela: bool = False,
    period: Period = kalenderar(2024),  # noqa: B008 - frozen
    **annat: Any,
) -> dict[Any, Fraction]:
    """Return a measure's values for 2024, as of its last day or another; ``hela``: the whole too, as ``HELA``."""
    fraga = Fraga(hamta_matt(matt), period, Tidssnitt(den, NU), rader=rader, **annat)
    svaret = fragor_till(fakta, en_strom=en_strom).svara(fraga, Underlag(1, den, NU, IN_EJ_UT))
    return {**svaret.varden, **({HELA: svaret.totalt} if hela and svaret.totalt is not None else {})}


def inlast(enhet: str, varde: int, dag: date = date(2024, 2, 1)) -> Belopp:
    """Return a figure of a register."""
    return Belopp(
        "1", REGISTER, KOMMUN, "Socialnämnden", dag.toordinal(), date(2024, 1, 1).toordinal(), antal=varde * 1000,
        verksamhet="Kostnad", enhet=enhet, underslag="kolada",
    )  # fmt: skip


def enhet(namn: str, nr: int) -> Intervall:
    """Return a unit."""
    dag = date(2020, 1, 1).toordinal()
    return Intervall("1", UTFORARE, KOMMUN, dag, OANDLIG_DAG, utforare=Identitet(UUID(int=nr).hex), enhet=namn)


@pytest.mark.parametrize("enheter", [[], [enhet("Älven", 101), enhet("Berget", 102)]])
def test_registerrader_begransade_till_ett_omrade_kravs_inte_ha_nagon_enhet(enheter: list[Fakta]) -> None:
    """Given figures of other municipalities, which are no units, then each is found by its name."""
    fakta = [inlast("Västerås", 2), inlast("Västerås", 3, date(2024, 3, 1)), inlast("Norrköping", 5), *enheter]
    rader = tuple({"enhet": (namn,)} for namn in ("Västerås", "Norrköping"))
    assert svar(fakta, "registervarde", rader) == {(0,): 3, (1,): 5}
    assert svar(fakta, "registervarde", gruppera=("enhet",)) == {("Västerås",): 3, ("Norrköping",): 5}


def test_invanare_som_faststallts_tva_ganger_ett_ar_ar_de_som_senast_faststallts() -> None:
    """Given a preliminary number and the year's, then they are not added."""
    dagar = [date(2024, 8, 31).toordinal(), date(2024, 12, 31).toordinal()]
    aret = date(2024, 1, 1).toordinal()
    totalt = [
        Belopp("1", INVANARE, KOMMUN, "Socialnämnden", dag, aret, antal=antal * 1000)
        for dag, antal in zip(dagar, (900, 1000), strict=True)
    ]
    assert svar(totalt, "invanare") == {(): 1000}
    grupper = [
        Punkt("1", INVANARGRUPP, KOMMUN, dagar[0], underslag="0-20", antal=300_000),
        *(
            Punkt("1", INVANARGRUPP, KOMMUN, dagar[1], underslag="0-20", kon=k, antal=160_000)
            for k in ("kvinna", "man")
        ),
    ]
    assert svar(grupper, "invanare-i-grupp", en_strom=True) == {(): 320}


@pytest.mark.parametrize(
    ("matt", "val", "dimension"),
    [("kostnadsfordelning", {"av": "utfall"}, "kon"), ("skyddat-boende", {"rakna": "pagaende"}, "utfall")],
)
def test_ett_val_som_raknar_andra_fakta_nekas_det_som_de_inte_har(
    matt: str, val: dict[str, str], dimension: str
) -> None:
    ((namn, varde),) = val.items()
    with pytest.raises(FraganGarInte, match=f"{matt} med {namn}={varde} har inte dimensionen {dimension}"):
        svar([], matt, gruppera=(dimension,), varianter=val)


def test_ett_val_som_raknar_andra_fakta_delas_pa_det_som_de_har() -> None:
    utfall = Belopp(
        "1", "utfall", KOMMUN, "Socialnämnden", date(2024, 2, 1).toordinal(), date(2024, 2, 1).toordinal(), 500_00,
        verksamhet="Barn", regi="extern", malgrupp="barn", insatsform="hvb",
    )  # fmt: skip
    assert svar([utfall], "kostnadsfordelning", gruppera=("verksamhet",), varianter={"av": "utfall"}) == {
        ("Barn",): 100
    }


def belopp(slag: str, manad: date, kronor: int, **drag: Any) -> Belopp:
    """Return an amount of a month, in force from its first day."""
    dag = manad.toordinal()
    return Belopp("1", slag, KOMMUN, "Socialnämnden", dag, dag, kronor * 100, **drag)


def manader(ar: int, till: int = 12) -> list[date]:
    """Return the first days of a year's first months."""
    return [date(ar, nr, 1) for nr in range(1, till + 1)]


def egen_vistelse(dygn: int, **drag: Any) -> Intervall:
    """Return a stay in the board's own care."""
    dag = date(2024, 2, 1).toordinal()
    return Intervall("1", VISTELSE, KOMMUN, dag, dag + dygn, 1, 1, regi="egen", **drag)


def test_det_som_inte_hor_till_nagon_enhet_ar_ingen_enhet() -> None:
    """Given care and bookings without a unit, then it is neither in a unit's cost per day nor a unit of its own."""
    februari = date(2024, 2, 1)
    bokfort = [belopp(UTFALL, februari, 20_000, enhet="Hemmet"), belopp(UTFALL, februari, 900_000)]
    vistelser = [egen_vistelse(10, enhet="Hemmet"), egen_vistelse(10)]
    assert svar([*bokfort, *vistelser], "intern-dygnskostnad") == {(): 2_000}
    assert svar([*bokfort, *vistelser], "intern-dygnskostnad", gruppera=("enhet",), hela=True) == {
        ("Hemmet",): 2_000, HELA: 2_000,
    }  # fmt: skip
    budget = [belopp(BUDGET, februari, kronor, enhet=namn) for namn, kronor in (("Hemmet", 20_000), ("Huset", -1))]
    assert svar([*bokfort, *budget], "andel-enheter-i-balans") == {(): 50}


def test_det_som_avser_en_tidigare_period_summeras_inte_over_perioder() -> None:
    """Given that every month is booked a month late, then January alone concerns what was before the year."""
    sena = [
        belopp(UTFALL, manad, 100, avser_manad=(manad - timedelta(days=1)).replace(day=1).toordinal())
        for manad in manader(2024)
    ]
    per_manad = svar(sena, "utfall-tidigare-period", gruppera=("manad",), hela=True)
    assert per_manad.pop(HELA) == 100 == svar(sena, "utfall-tidigare-period")[()]
    assert set(per_manad.values()) == {100}


@pytest.mark.parametrize("den", ["03-01", "03-15", "03-31"])
@pytest.mark.parametrize("nagot_i_mars", [False, True])
def test_bokforda_manader_jamfors_med_lika_manga(den: str, nagot_i_mars: bool) -> None:
    """Given as much every month, booked up to February, then nothing has changed until March has passed and is booked.

    What is booked of a month that goes on says nothing of the month.
    """
    bokfort = [belopp(UTFALL, manad, 100) for manad in (*manader(2023), *manader(2024, 2))]
    if nagot_i_mars and den != "03-31":
        bokfort.append(belopp(UTFALL, date(2024, 3, 1), 7))
    prognos = belopp(PROGNOS, date(2024, 1, 1), 1_200, ordning=1)
    dagen = date.fromisoformat(f"2024-{den}")
    kvartalet = Period(date(2024, 1, 1), date(2024, 4, 1))
    assert svar(bokfort, "kostnadsforandring", den=dagen, period=kvartalet) == {(): 0}
    assert svar(bokfort, "kostnadsforandring-procent", den=dagen) == {(): 0}
    assert svar([*bokfort, prognos], "prognosens-rimlighet", den=dagen) == {(): 0}


def test_en_enhet_som_slutat_bokfora_har_andrats_lika_val() -> None:
    """How far the books have come is told by the board's bookings and not by those of a group or a restriction."""
    bokfort = [belopp(UTFALL, manad, 100, enhet=namn) for manad in manader(2023) for namn in ("A", "B")]
    bokfort += [belopp(UTFALL, manad, 100, enhet="A") for manad in manader(2024, 2)]
    bokfort += [belopp(UTFALL, date(2024, 1, 1), 100, enhet="B")]
    mars = date(2024, 3, 31)
    assert svar(bokfort, "kostnadsforandring", den=mars, gruppera=("enhet",)) == {("A",): 0, ("B",): -100}
    assert svar(bokfort, "kostnadsforandring", den=mars, urval={"enhet": ("B",)}) == {(): -100}
    februari = Period(date(2024, 2, 1), date(2024, 3, 1))
    assert svar(bokfort, "kostnadsforandring", den=mars, urval={"enhet": ("B",)}, period=februari) == {(): -100}


@pytest.mark.parametrize("period_efter", Bokforingsperiod)
def test_det_som_inte_avser_nagon_annan_manad_raknas_i_sin_egen(period_efter: Bokforingsperiod) -> None:
    """Given a forecast, volumes and inhabitants, which are of a year, then the month of care leaves none out."""
    aret = date(2024, 1, 1)
    fakta = [
        belopp(BUDGET, aret, 1_200, avser_manad=aret.toordinal()), belopp(PROGNOS, aret, 1_300, ordning=1),
        belopp(BUDGETVOLYM, aret, 0, antal=2_000), belopp(INVANARE, aret, 0, antal=1_000_000),
    ]  # fmt: skip
    for matt, varde in (
        ("prognos", 1_300),
        ("prognosavvikelse", -100),
        ("budgeterade-personer", 2),
        ("invanare", 1_000),
    ):
        assert svar(fakta, matt, period_efter=period_efter) == {(): varde}, matt


def test_utfallet_jamfors_med_lika_mycket_av_aret_fore() -> None:
    """Given as much booked every month, then nothing has changed in August either."""
    bokfort = [belopp(UTFALL, manad, 100) for manad in (*manader(2023), *manader(2024, 8))]
    augusti = date(2024, 8, 31)
    assert svar(bokfort, "kostnadsforandring", den=augusti) == {(): 0}
    assert svar(bokfort, "kostnadsforandring-procent", den=augusti) == {(): 0}
    prognos = belopp(PROGNOS, date(2024, 1, 1), 1_300, ordning=1, underslag="delar2")
    assert svar([*bokfort, prognos], "kostnadsforandring", den=augusti, varianter={"av": "prognos"}) == {(): 100}


@pytest.mark.parametrize("val", ["under18", "18till20"])
def test_ett_helt_ar_utan_ratt_ar_arets_schablon_ocksa_ett_skottar(val: str) -> None:
    """Given one without a right to grants from 2023 to 2024, a leap year, then each year is the grant of a year."""
    fran, till = date(2023, 1, 1).toordinal(), date(2025, 1, 1).toordinal()
    fodelsear = 2010 if val == "under18" else 2004
    schablon = SCHABLON_UNDER_18 if val == "under18" else SCHABLON_18_TILL_20
    utan_ratt = Intervall("1", ENSAMKOMMANDE, KOMMUN, fran, till, underslag="medborgare", fodelsear=fodelsear)
    valda = {"schablon": val}
    assert svar([utan_ratt], "uteblivet-statsbidrag", varianter=valda) == {(): schablon}
    andra_halvaret = utan_ratt._replace(fran=date(2024, 7, 2).toordinal())
    assert svar([andra_halvaret], "uteblivet-statsbidrag", varianter=valda) == {(): Fraction(schablon, 2)}
    bada = svar(
        [utan_ratt], "uteblivet-statsbidrag", varianter=valda, period=Period(date(2023, 1, 1), date(2025, 1, 1))
    )
    assert bada == {(): 2 * schablon}


def test_de_prognostiserade_personerna_jamfors_med_hela_aret_fore() -> None:
    """Given one person all through last year and a forecast of two, then it is one more, asked in August too."""
    fran, till = date(2023, 1, 1).toordinal(), date(2024, 1, 1).toordinal()
    vistelse = Intervall("1", VISTELSE, KOMMUN, fran, till, 1, 1)
    prognos = belopp(PROGNOS, date(2024, 1, 1), 0, ordning=1)
    volym = belopp(PROGNOSVOLYM, date(2024, 1, 1), 0, ordning=1, antal=2_000)
    fakta: list[Fakta] = [vistelse, prognos, volym]
    for den in (date(2024, 8, 31), SLUTET):
        assert svar(fakta, "personavvikelse", den=den, varianter={"mot": "utfallIFjol"}) == {(): 1}


def test_bara_beslut_enligt_socialtjanstlagen_rapporteras_som_ej_verkstallda() -> None:
    """Given two decisions that have waited since spring, one by a court on care without consent, then it is not one."""
    fran = date(2024, 5, 1).toordinal()
    beslut = [
        Intervall("1", BESLUT_EJ_VERKSTALLT, KOMMUN, fran, OANDLIG_DAG, lagrum=lagrum, underslag="beslut")
        for lagrum in ("SoL", "LVU")
    ]
    assert svar(beslut, "ej-verkstallda-beslut") == {(): 1}
