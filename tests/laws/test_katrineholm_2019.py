"""Katrineholm 2019: after the organisation tree was rebuilt, every report template gave wrong figures.

Here the organisation is a dated dimension. An invented municipality rebuilds all of it
(``tests.laws.ombyggnaden``), and what was printed before the rebuild is what is printed after it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from application.queries import Fraga, Svar
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.tabell import Tabellverk
from application.rapporter.tabellfraga import Tabellsvar
from domain.fakta import ARENDE, VISTELSE, Intervall, Punkt
from domain.matt.byggstenar import DYGN, PERSONER
from domain.matt.deklaration import Matt
from domain.matt.katalog import MATT
from domain.matt.modell import Berakning, Raknesatt
from domain.matt.uttryck import Grund
from domain.tid import Period, Tidssnitt, dagens_slut
from infrastructure.matverk import Matverk
from tests.laws.loggen import Orakelfraga
from tests.laws.ombyggnaden import OMBYGGNAD, SENT, med_ombyggnad, utan_ombyggnad
from tests.laws.organisationsorakel import vardygn
from tests.laws.provliggare import Provliggare, bokford

AR_2018 = Period(date(2018, 1, 1), date(2019, 1, 1))
FORE = Period(date(2019, 1, 1), OMBYGGNAD)
HELA = Period(date(2018, 1, 1), OMBYGGNAD)
SISTA_DAGEN = OMBYGGNAD - timedelta(days=1)
EFTERAT = date(2020, 6, 30)

OPPNA_ARENDEN = Matt("arendedygn", "Dygn i ärende", DYGN, "", "", Grund(Intervall, (ARENDE,), Raknesatt.DYGN))
INKOMNA = Matt("inkomna", "Inkomna", PERSONER, "", "", Grund(Punkt, ("arende.aktualiserat",), Raknesatt.ANTAL))
SUMMERBARA = (*(MATT[namn] for namn in ("vardygn", "kostnad", "budget", "utfall", "avvikelse")), OPPNA_ARENDEN, INKOMNA)
ALLA = (*SUMMERBARA, MATT["unika-personer"], MATT["personer-per-dygn"], MATT["kostnad-per-dygn"])
GRUPPERINGAR = (("overordnad",), ("overordnad", "enhet"), ("avdelning",))


@pytest.fixture(scope="module")
def utan() -> Iterator[Provliggare]:
    """The ledger of those who never rebuilt anything: what was printed at the time."""
    with bokford(utan_ombyggnad().steg) as liggare:
        assert not liggare.avslag
        yield liggare


@pytest.fixture(scope="module")
def med() -> Iterator[Provliggare]:
    with bokford(med_ombyggnad().steg) as liggare:
        assert not liggare.avslag
        yield liggare


def svar(
    liggare: Provliggare, matt: Matt, period: Period, galler: date, kant: date | None = None, **annat: Any
) -> Svar:
    tidssnitt = Tidssnitt(galler, None if kant is None else dagens_slut(kant))
    return liggare.tjanster.fragor.svara(Fraga(matt, period, tidssnitt, **annat))


def dag_for_dag(liggare: Provliggare, galler: date, organisation_den: date) -> Mapping[tuple[Any, ...], Fraction]:
    """Return the care days of each single day before the rebuild, per area and unit."""
    dagar = [HELA.fran + timedelta(days=nr) for nr in range(HELA.dagar)]
    perioder = tuple(Period(dag, dag + timedelta(days=1)) for dag in dagar)
    fraga = Berakning(
        Intervall, (VISTELSE,), Raknesatt.DYGN, perioder, galler,
        gruppera=("overordnad", "enhet"), organisation_den=organisation_den,
    )  # fmt: skip
    return dict(Matverk(liggare.recorder).rakna(fraga, liggare.position))


@pytest.mark.parametrize("gruppera", GRUPPERINGAR, ids=",".join)
def test_katrineholm_2019_en_ombyggd_organisation_andrar_inga_gamla_siffror(
    utan: Provliggare, med: Provliggare, gruppera: tuple[str, ...]
) -> None:
    galler_den = (date(2018, 8, 31), date(2018, 12, 31), date(2019, 8, 31), SISTA_DAGEN)
    kant_den = (date(2019, 1, 31), SISTA_DAGEN, None)
    for matt, period, galler, kant in product(ALLA, (AR_2018, FORE), galler_den, kant_den):
        da = svar(utan, matt, period, galler, kant, gruppera=gruppera)
        nu = svar(med, matt, period, galler, kant, gruppera=gruppera)
        assert (nu.varden, nu.totalt) == (da.varden, da.totalt), f"{matt.namn} {period} {galler} {kant}"
        assert nu.underlag.organisation_den == galler


def test_dag_for_dag_ar_inget_annat_an_det_var(utan: Provliggare, med: Provliggare) -> None:
    da = dag_for_dag(utan, SISTA_DAGEN, SISTA_DAGEN)
    assert dag_for_dag(med, SISTA_DAGEN, SISTA_DAGEN) == da
    assert dag_for_dag(med, EFTERAT, SISTA_DAGEN) == da
    assert len({dag for dag, *_ in da}) == (OMBYGGNAD - date(2018, 1, 10)).days


@pytest.mark.parametrize("matt", ALLA, ids=lambda matt: matt.namn)
def test_langt_efterat_kan_man_fraga_efter_den_gamla_organisationen(
    utan: Provliggare, med: Provliggare, matt: Matt
) -> None:
    for period, gruppera in product((AR_2018, FORE), GRUPPERINGAR):
        da = svar(utan, matt, period, SISTA_DAGEN, gruppera=gruppera)
        nu = svar(med, matt, period, EFTERAT, gruppera=gruppera, organisation_den=SISTA_DAGEN)
        assert (nu.varden, nu.totalt) == (da.varden, da.totalt)


@pytest.mark.parametrize("matt", SUMMERBARA, ids=lambda matt: matt.namn)
def test_efter_den_nya_organisationen_summerar_de_gamla_siffrorna_till_detsamma(
    utan: Provliggare, med: Provliggare, matt: Matt
) -> None:
    for period, gruppera in product((AR_2018, FORE), GRUPPERINGAR):
        gammal = svar(utan, matt, period, SISTA_DAGEN, gruppera=gruppera)
        ny = svar(med, matt, period, EFTERAT, gruppera=gruppera)
        assert ny.totalt == gammal.totalt == sum(ny.varden.values())
        assert ny.underlag.organisation_den == EFTERAT


def per(svar: Svar) -> dict[Any, int]:
    """Return an answer whose groups have one dimension, in whole numbers."""
    return {grupp: int(varde) for (grupp,), varde in svar.varden.items()}


def test_vardygnen_fore_ombyggnaden_grupperade_pa_bada_satten(med: Provliggare) -> None:
    vardygn, enhet, omrade = MATT["vardygn"], ("enhet",), ("overordnad",)
    aren = {"Barngruppen": 344, "Familjehem": 231, "Ungdomsgruppen": 306, "Vilan": 122, "Vuxengruppen": 214}
    assert per(svar(med, vardygn, AR_2018, SISTA_DAGEN, gruppera=enhet)) == aren
    assert per(svar(med, vardygn, AR_2018, SISTA_DAGEN, gruppera=omrade)) == {
        "Barn och unga": 344 + 231 + 306, "Vuxna": 122 + 214,
    }  # fmt: skip
    # Ungdomsgruppen of 2018 is closed; the unit that has its name now is the one that was Familjehem.
    assert per(svar(med, vardygn, AR_2018, EFTERAT, gruppera=omrade)) == {
        "Barn, unga och familj": 344, "Resurs": 231 + 122, "Vuxna": 214, None: 306,
    }  # fmt: skip
    assert svar(med, vardygn, AR_2018, EFTERAT, gruppera=("overordnad", "enhet")).varden == {
        ("Barn, unga och familj", "Barn och familj"): 344,
        ("Resurs", "Ungdomsgruppen"): 231,
        ("Resurs", "Vilan"): 122,
        ("Vuxna", "Vuxengruppen 1"): 214,
        (None, "Ungdomsgruppen"): 306,
    }


def test_det_som_saknar_enhet_eller_plats_har_egna_rader(med: Provliggare) -> None:
    fore = per(svar(med, MATT["vardygn"], FORE, SISTA_DAGEN, gruppera=("enhet",)))
    assert fore[None] == (OMBYGGNAD - date(2019, 1, 20)).days
    assert fore["Kansliet"] == (OMBYGGNAD - date(2019, 2, 1)).days
    utan_plats = svar(med, MATT["vardygn"], FORE, SISTA_DAGEN, urval={"overordnad": (None,)}).totalt
    assert utan_plats == fore[None] + fore["Kansliet"]


def test_en_halv_ombyggnad_ar_kand_tills_resten_registrerats(med: Provliggare) -> None:
    fraga = med, MATT["vardygn"], AR_2018, date(2019, 12, 31)
    innan = per(svar(*fraga, date(2019, 12, 31), gruppera=("overordnad",)))
    assert innan == {"Barn, unga och familj": 344, "Barn och unga": 231 + 306, "Resurs": 122, "Vuxna": 214}
    sedan = per(svar(*fraga, date.fromisoformat(SENT), gruppera=("overordnad",)))
    assert sedan == {"Barn, unga och familj": 344, "Resurs": 231 + 122, "Vuxna": 214, None: 306}


def test_urval_efter_omrade_ar_gruppens_siffra(med: Provliggare) -> None:
    for matt, organisation_den in product(ALLA, (SISTA_DAGEN, EFTERAT)):
        annat: dict[str, Any] = {"organisation_den": organisation_den}
        for (omrade,), varde in svar(med, matt, FORE, EFTERAT, gruppera=("overordnad",), **annat).varden.items():
            assert svar(med, matt, FORE, EFTERAT, urval={"overordnad": (omrade,)}, **annat).totalt == varde


@pytest.mark.parametrize("organisation_den", [date(2018, 1, 1), date(2018, 12, 1), SISTA_DAGEN, OMBYGGNAD, EFTERAT])
@pytest.mark.parametrize("kant", [date(2019, 1, 31), date(2019, 12, 31), EFTERAT])
def test_vardygnen_ar_oraklets(med: Provliggare, organisation_den: date, kant: date) -> None:
    period = Period(date(2018, 1, 1), date(2020, 7, 1))
    for galler in (SISTA_DAGEN, EFTERAT):
        fraga = Orakelfraga("vardygn", period.fran, period.till, galler, dagens_slut(kant))
        vantat: dict[tuple[Any, ...], Fraction] = defaultdict(Fraction)
        for ((enhet, omrade, avdelning), manad), antal in vardygn(med.poster, fraga, organisation_den).items():
            vantat[avdelning, omrade, enhet, manad] += antal
        gruppera = ("avdelning", "overordnad", "enhet", "manad")
        svaret = svar(med, MATT["vardygn"], period, galler, kant, gruppera=gruppera, organisation_den=organisation_den)
        assert svaret.varden == vantat


def test_en_fraga_utan_organisation_ar_en_annan_fraga(med: Provliggare) -> None:
    annan: Sequence[Svar] = [svar(med, matt, FORE, EFTERAT) for matt in ALLA]
    assert [s.underlag.organisation_den for s in annan] == [None] * len(ALLA)


RADER = [
    {"etiketter": [omrade or "Övrigt", omrade or "Utan plats"], "urval": {"overordnad": [omrade]}}
    for omrade in ("Barn och unga", "Vuxna", None)
]


@pytest.mark.parametrize("galler_den", [date(2018, 12, 31), SISTA_DAGEN])
def test_rapportmallen_ger_samma_tabell_fore_och_efter_ombyggnaden(
    utan: Provliggare, med: Provliggare, tmp_path: Path, galler_den: date
) -> None:
    fil = tmp_path / "rader.json"
    mappning = {"kommun": "0180", "gallerFran": "1900-01-01", "kalla": "Områdena", "rader": RADER}
    fil.write_text(json.dumps({"externa-insatser": [mappning]}), encoding="utf-8")

    def tabell(liggare: Provliggare, galler: date, organisation_den: date | None = None) -> Tabellsvar:
        fraga = tolka_tabellfraga(
            "externa-insatser", kommun="0180", ar=galler_den.year, nu=liggare.klocka(), radmappning=fil,
            galler_den=str(galler), organisation_den=None if organisation_den is None else str(organisation_den),
        )  # fmt: skip
        return Tabellverk(liggare.tjanster.fragor).svara(fraga)

    da, nu = tabell(utan, galler_den), tabell(med, galler_den)
    assert nu.rader == da.rader
    assert nu.noter == da.noter
    assert nu.underlag.organisation_den == galler_den
    budget = f"budget_{galler_den.year}_mnkr"
    assert [rad[budget] for rad in da.rader if rad[budget]]
    # By the new organisation the first row has lost its area: nothing of it is hidden in another row.
    ny = tabell(med, galler_den, EFTERAT)
    assert ny.rader != da.rader
