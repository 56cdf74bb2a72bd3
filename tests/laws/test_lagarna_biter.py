"""The laws have teeth: break the code on purpose, and the oracle finds it on a few fixed histories.

Each way to break it is a mistake somebody could make. If one goes unnoticed, either the histories lack the case or the
comparison is blind to it; both are faults of the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import true

import application.strom
import domain.harledning.budgetperiod
import domain.harledning.placering
import domain.historik
import infrastructure.kalla
import infrastructure.matdelar
import infrastructure.matverk
import infrastructure.measures
from domain.begrepp import Avslutsorsak, Justeringsslag, Lagrum, Malgrupp, Prognosslag
from domain.budgetperiod.handelser import BudgetJusterad, UtfallBokfort
from domain.gemensamt import MalgruppAndrad
from domain.handelse import HandelseMakulerad, Notering
from domain.matt.modell import Bokforingsperiod
from domain.placering.handelser import LagrumAndrat
from domain.regler.vardygn import IN_EJ_UT
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
    nytt_pris,
    placering,
    prognos,
    rad,
    slutar,
    volym,
)
from tests.laws.loggen import Orakelfraga
from tests.laws.matfragor import ARSMATT, DAGSMATT, MANADSMATT
from tests.laws.provliggare import SLUTET, Steg, Svarstabell, bokford, orakel

FORE_RATTELSERNA = klockan("06-15")


def vistelser() -> list[Steg]:
    """A chain of two stays and one alone, with changes, absences, a late price and corrections of corrections."""
    b, ett, tva, tre = Berattelse(), placering(1), placering(2), placering(3)
    b.hander(ett, borjar("01-10", pris=dygnspris("1000.00")))
    b.hander(tre, borjar("02-05", 2, pris=dygnspris("700.00")))
    b.hander(ett, slutar("02-10", Avslutsorsak.OMPLACERING))
    b.hander(tva, borjar("02-10", pris=manadspris("9001.00"), foregaende_placering_id=ett[1], malgrupp=Malgrupp.UNGA))
    b.hander(tre, borta("02-05", "02-09", betald=False))
    fel = b.hander(tre, nytt_pris("02-20", dygnspris("7.00")))
    b.hander(tre, nytt_pris("02-20", dygnspris("800.00")))
    b.hander(tva, MalgruppAndrad(datum=dag("03-05"), malgrupp=Malgrupp.BARN))
    b.hander(tva, LagrumAndrat(datum=dag("03-20"), lagrum=Lagrum.LVU))
    b.hander(tva, borta("03-25", "04-02"))
    slut = b.hander(tva, slutar("04-10"))
    sist = b.hander(tre, nytt_pris("04-01", dygnspris("900.00")), "04-15")
    b.hander(tre, slutar("04-10"), "04-16")
    b.hander(ett, nytt_pris("01-20", dygnspris("1100.00")), "05-20")
    b.hander(tre, nytt_pris("02-20", dygnspris("777.00")), "06-20", fel)
    makulering = b.makuleras(tva, slut, "06-21")
    b.makuleras(tva, makulering, "06-22")
    b.makuleras(tre, b.makuleras(tre, sist, "06-22"), "06-23")
    annan = b.hander(tva, slutar("04-12"), "06-23", slut)
    b.hander(tva, slutar("04-11"), "06-24", annan)
    return b.steg


def ett_ar() -> list[Steg]:
    """A budget with weights and an adjustment, equal lines of a voucher, an accrual, two forecasts of one day."""
    b, ar = Berattelse(), budgetar()
    vikter = (1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 2, 1)
    volymer = (volym("2.5", dygnspris("1000.00")), volym("1", malgrupp=Malgrupp.BARN))
    b.hander(ar, budget("2023-11-20", rad("1000.01"), rad("-50.00"), volymrader=volymer, periodisering=vikter))
    b.hander(ar, UtfallBokfort(datum=dag("02-10"), manad="2024-02", rader=(rad("10.00"), rad("10.00"))))
    fel = b.hander(ar, UtfallBokfort(datum=dag("03-10"), manad="2024-03", rader=(rad("99.00"),), avser_manad="2024-02"))
    b.hander(
        ar,
        BudgetJusterad(
            datum=dag("04-10"), slag=Justeringsslag.TILLAGGSANSLAG, benamning="Lönerevision", rader=(rad("100.00"),)
        ),
    )
    forst = b.hander(ar, prognos("04-30", rad("1100.00"), volymrader=(volym("3", dygnspris("1000.00")),)), "05-10")
    b.hander(ar, prognos("04-30", rad("1200.00"), slag=Prognosslag.MANAD, volymrader=(volym("4"),)), "05-12")
    b.hander(ar, UtfallBokfort(datum=dag("03-10"), manad="2024-03", rader=(rad("9.00"),), avser_manad="2024-02"),
             "06-20", fel)  # fmt: skip
    b.hander(ar, prognos("04-30", rad("1150.00"), volymrader=(volym("3.5", dygnspris("900.00")),)), "06-21", forst)
    b.hander(ar, prognos("08-31", rad("1300.00"), slag=Prognosslag.DELAR2), "09-20")
    return b.steg


def fragor(matt: str) -> Iterator[Orakelfraga]:
    """Yield a fixed sheet of questions to a measure, at several days and moments."""
    grund = Orakelfraga(matt, date(2024, 1, 1), date(2025, 1, 1), dag("12-31"), SLUTET)
    for snitt in (grund, replace(grund, galler_den=dag("04-30")), replace(grund, kant=FORE_RATTELSERNA)):
        yield snitt
        yield replace(snitt, gruppera=("ar" if matt in ARSMATT else "manad", "malgrupp"))
    if matt in DAGSMATT:
        yield replace(grund, galler_den=dag("03-10"), gruppera=("lagrum",))
        yield replace(grund, regel="inOchUt", fran=dag("02-10"), till=dag("04-11"))
        yield replace(grund, regel="ejInUt", till=dag("02-11"))
        yield replace(grund, franvaro_raknas=False, gruppera=("prissort",))
        yield replace(grund, urval={"malgrupp": ("barn",)}, ovagd=matt == "kostnad-per-dygn")
    if matt in MANADSMATT:
        yield replace(grund, fran=dag("02-01"), till=dag("03-01"), efter_vardmanad=True)


HISTORIER: Sequence[tuple[Callable[[], list[Steg]], tuple[str, ...]]] = (
    (vistelser, DAGSMATT),
    (ett_ar, (*MANADSMATT, *ARSMATT)),
)
"""The fixed histories, each with the measures asked of it."""


@cache
def facit(nr: int) -> list[tuple[Orakelfraga, Svarstabell]]:
    """Return the questions to a fixed history with the oracle's answers; the code must not be broken yet."""
    historia, matten = HISTORIER[nr]
    with bokford(historia()) as liggare:
        assert not liggare.avslag
        return [(fraga, orakel(liggare.poster, fraga)) for matt in matten for fraga in fragor(matt)]


def skillnader() -> Iterator[Orakelfraga]:
    """Yield the questions that the ledger answers otherwise than the oracle."""
    for nr, (historia, _) in enumerate(HISTORIER):
        with bokford(historia()) as liggare:
            yield from (fraga for fraga, svar in facit(nr) if liggare.svar(fraga) != svar)


def test_oforstord_kod_stammer_med_oraklet() -> None:
    facit.cache_clear()
    assert not list(skillnader())


# Ways to break the code ----------------------------------------------------------------------------------------

Sonder = Callable[[pytest.MonkeyPatch], None]


def _byt(mal: Any, namn: str, av: Callable[[Any], Any]) -> Sonder:
    """Replace a function with something made of it."""
    return lambda mp: mp.setattr(mal, namn, av(getattr(mal, namn)))


def _utan_rattelser(_: Any) -> Any:
    return lambda noteringar: sorted(
        (n for n in noteringar if not isinstance(n.handelse, HandelseMakulerad)),
        key=lambda n: (n.handelse.datum, n.position),
    )


def _sist_registrerad_sist(gallande: Any) -> Any:
    return lambda noteringar: sorted(gallande(noteringar), key=lambda n: n.position)


def _egen_plats(gallande: Any) -> Any:
    return lambda noteringar: sorted(gallande(noteringar), key=lambda n: (n.handelse.datum, n.position))


def _makulering_utan_aterkomst(_: Any) -> Any:
    return lambda noteringar: {n.rattar: n for n in noteringar if n.rattar is not None}


def _ersatt_kommer_tillbaka(_: Any) -> Any:
    def rattade(noteringar: Sequence[Notering]) -> dict[UUID, Notering]:
        resultat: dict[UUID, Notering] = {}
        for n in reversed(noteringar):
            if n.rattar is not None and n.handelse_id not in resultat:
                resultat[n.rattar] = n
        return resultat

    return rattade


def _lika_rader(av_en: Any) -> Any:
    # Equal facts of an entry are taken for one.
    return lambda ar, sak: [*dict.fromkeys(av_en(ar, sak))]


def _med(**fasta: Any) -> Callable[[Any], Any]:
    """Make a compiler of calculations deaf to some of what it is asked."""
    return lambda kompilera: lambda b, *annat, **mer: kompilera(replace(b, **fasta), *annat, **mer)


def _forskjuten(dagar: int) -> Callable[[Any], Any]:
    def av(kompilera: Any) -> Any:
        return lambda b, *annat, **mer: kompilera(
            replace(b, galler_den=b.galler_den + timedelta(days=dagar)), *annat, **mer
        )

    return av


def _allt_kant(kompilera: Any) -> Any:
    return lambda b, _, *annat, **mer: kompilera(b, 2**40, *annat, **mer)


def _utan_inskrivning(oppen_vistelse: Any) -> Any:
    return lambda n: oppen_vistelse(n)._replace(inskrivning=0)


def _flytt_ar_inskrivning(oppen_vistelse: Any) -> Any:
    # The receiving stay is taken for an admission like any other.
    return lambda n: oppen_vistelse(n)._replace(inskrivning=1)


FORSTORELSER: dict[str, Sonder] = {
    "rattelser": _byt(application.strom, "gallande", _utan_rattelser),
    "datumordning": _byt(application.strom, "gallande", _sist_registrerad_sist),
    "rattelsens_plats": _byt(application.strom, "gallande", _egen_plats),
    "makulerad_makulering": _byt(domain.historik, "rattade", _makulering_utan_aterkomst),
    "ersatt_ersattning": _byt(domain.historik, "rattade", _ersatt_kommer_tillbaka),
    "kand_till": _byt(infrastructure.kalla.Kalla, "kand", lambda _: lambda t, till, _: [t["kand_fran"] <= till]),
    "kand_fran": _byt(infrastructure.kalla.Kalla, "kand", lambda _: lambda t, till, _: [t["kand_till"] > till]),
    "kant_den": _byt(
        infrastructure.matverk, "kompilera", lambda k: lambda b, _, *annat, **mer: k(b, 2**40, *annat, **mer)
    ),
    "galler_den": _byt(infrastructure.matverk, "kompilera", _forskjuten(10_000)),
    "en_dag_for_mycket": _byt(infrastructure.matverk, "kompilera", _forskjuten(1)),
    "en_dag_for_lite": _byt(infrastructure.matverk, "kompilera", _forskjuten(-1)),
    "regeln": _byt(infrastructure.matverk, "kompilera", _med(regel=IN_EJ_UT)),
    "urvalet": _byt(infrastructure.measures, "_urval", lambda _: lambda *_: [true()]),
    "vardmanaden": _byt(infrastructure.matverk, "kompilera", _med(period_efter=Bokforingsperiod.BOKFORING)),
    "senaste_prognosen": _byt(infrastructure.matverk, "kompilera", _med(senaste=None)),
    "manadens_dagar": _byt(infrastructure.matdelar, "dagar_i_manaden", lambda _: lambda _: 30),
    "lika_rader": _byt(domain.harledning.budgetperiod, "_av_en", _lika_rader),
    "inskrivningsdagen": _byt(domain.harledning.placering, "_oppen_vistelse", _utan_inskrivning),
    "flytten": _byt(domain.harledning.placering, "_oppen_vistelse", _flytt_ar_inskrivning),
    "franvaron": _byt(domain.harledning.placering, "_borta", lambda _: lambda *_: []),
    "periodiseringen": _byt(
        domain.harledning.budgetperiod, "fordela", lambda f: lambda belopp, vikter: f(belopp, [1] * len(vikter))
    ),
    "avrundningen": _byt(
        domain.harledning.budgetperiod,
        "fordela",
        lambda _: lambda belopp, vikter: [belopp * vikt // sum(vikter) for vikt in vikter],
    ),
}


@pytest.mark.parametrize("namn", FORSTORELSER)
def test_en_forstord_kod_avslojas_av_oraklet(namn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for nr in range(len(HISTORIER)):
        facit(nr)
    # Statements are kept; those of the broken code are to be its own, and nobody else's.
    monkeypatch.setattr(infrastructure.measures, "_sats", infrastructure.measures._sats.__wrapped__)
    monkeypatch.setattr(infrastructure.measures, "_radnummer", infrastructure.measures._radnummer.__wrapped__)
    FORSTORELSER[namn](monkeypatch)
    assert next(skillnader(), None) is not None
