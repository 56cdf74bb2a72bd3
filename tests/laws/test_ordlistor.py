"""A word that is added to a vocabulary changes no figure from the time before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, product
from typing import Any

import pytest

from application.queries import Fraga, Svar
from domain.begrepp import Avtalsform, Insatsform, Kon, Kontogrupp, Lagrum, Malgrupp, Regi, Samling
from domain.handelse import Handelse
from domain.matt.deklaration import Matt
from domain.matt.katalog import MATT
from domain.matt.modell import ORGANISATIONSDIMENSIONER
from domain.tid import Period, Tidssnitt
from tests.laws.exempel import borjar, budget, budgetar, dygnspris, placering, rad, volym
from tests.laws.ombyggnaden import berattad, fore
from tests.laws.provliggare import Provliggare, bokford

Inslag = tuple[str, tuple[Samling, Any], Handelse]

GAMLA_AR = Period(date(2018, 1, 1), date(2020, 1, 1))


def _med_nya_ord() -> Iterator[Inslag]:
    """Yield what is said from 2020 on with words that nothing before was said with, in every list."""
    ord_ = {"malgrupp": Malgrupp.ENSAMKOMMANDE, "insatsform": Insatsform.STODBOENDE}
    stallt = {"kon": Kon.OKAND, "regi": Regi.EGEN, "lagrum": Lagrum.LVM, "avtalsform": Avtalsform.EGEN_REGI}
    yield "2020-01-10", placering(50), borjar("2020-01-10", 5, pris=dygnspris("1.00"), **ord_ | stallt)
    rader = (rad("1.00", kontogrupp=Kontogrupp.OFORDELAT, verksamhet="Ny verksamhet", **ord_),)
    volymrader = (volym("1", dygnspris("2.00"), **ord_),)
    yield "2020-01-11", budgetar(2020), budget("2020-01-11", *rader, ar=2020, volymrader=volymrader)


@pytest.fixture(scope="module")
def liggarna() -> Iterator[tuple[Provliggare, Provliggare]]:
    """The same history without and with the new words."""
    with bokford(berattad(fore()).steg) as gammal, bokford(berattad(fore(), _med_nya_ord()).steg) as ny:
        assert not gammal.avslag
        assert not ny.avslag
        yield gammal, ny


def svar(liggare: Provliggare, matt: Matt, period: Period, galler_den: date, *gruppera: str) -> Svar:
    return liggare.tjanster.fragor.svara(Fraga(matt, period, Tidssnitt(galler_den), gruppera))


@pytest.mark.parametrize("matt", MATT.values(), ids=lambda matt: matt.namn)
def test_ett_ord_som_laggs_till_senare_andrar_inga_gamla_siffror(
    liggarna: tuple[Provliggare, Provliggare], matt: Matt
) -> None:
    grupperingar = [(), *((d,) for d in matt.dimensioner)]
    for gruppera, galler_den in product(grupperingar, (date(2019, 12, 31), date(2020, 6, 30))):
        gammal, ny = (svar(liggare, matt, GAMLA_AR, galler_den, *gruppera) for liggare in liggarna)
        assert (ny.varden, ny.totalt) == (gammal.varden, gammal.totalt)


def test_de_nya_orden_syns_fran_sin_forsta_dag(liggarna: tuple[Provliggare, Provliggare]) -> None:
    _, ny = liggarna
    aret = Period(date(2020, 1, 1), date(2021, 1, 1))
    nya_ord = {"ensamkommande", "okand", "stodboende", "egen", "LVM", "egenRegi"}
    dimensioner = [d for d in MATT["vardygn"].dimensioner if d not in (*ORGANISATIONSDIMENSIONER, "manad", "ar")]
    svaren = (svar(ny, MATT["vardygn"], aret, date(2020, 6, 30), d).varden for d in dimensioner)
    assert nya_ord <= {varde for (varde,) in chain.from_iterable(svaren)}
