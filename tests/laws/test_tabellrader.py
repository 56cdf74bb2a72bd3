"""A table's rows share questions; each has the figure it would have if it were asked for by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from application.queries import Underlag
from application.rapporter.celler import Cell, Cellram, rakna_celler
from application.rapporter.modell import Mattkolumn
from application.rapporter.radmappning import Rad, Radslag, Urval
from domain.matt.deklaration import Matt
from domain.matt.katalog import MATT
from domain.regler.vardygn import IN_EJ_UT
from domain.tid import Period, Tidssnitt
from tests.laws.slumpfakta import POSITIONER
from tests.laws.test_matten import NU, Varld, varld

_DAG = date(2025, 3, 1)
_PERIODER = tuple(Period(date(ar, 1, 1), date(ar + 1, 1, 1)) for ar in (2023, 2024))
_ORD: dict[str, tuple[str | None, ...]] = {
    "kon": ("kvinna", "man", None),
    "malgrupp": ("barn", "unga", "vuxna", None),
    "insatsform": ("hvb", "sis", "familjehemEget", None),
    "regi": ("egen", "extern"),
    "prissort": ("dygn", "manad"),
    "underslag": ("delar1", "delar2"),
}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.tung)])
def slumpen(request: pytest.FixtureRequest) -> Iterator[Varld]:
    with varld(3, request.param, request) as en:
        yield en


@pytest.mark.parametrize("matt", MATT.values(), ids=lambda matt: matt.namn)
def test_rader_och_deras_delar_har_de_tal_de_har_var_for_sig(slumpen: Varld, matt: Matt) -> None:
    delas = [namn for namn in _ORD if namn in matt.dimensioner]
    r = Random(matt.namn)
    for _ in range(3):
        rader = list(_rader(r, delas))
        poster = [nr for nr, rad in enumerate(rader) if rad.slag is Radslag.POST]
        alla = _tal(slumpen, matt, rader, range(len(rader)))
        var_for_sig = _tal(slumpen, matt, rader, poster)
        for nr in range(len(rader)):
            if nr not in poster:
                var_for_sig |= _tal(slumpen, matt, rader, [nr])
        assert {cell: tal for cell, tal in alla.items() if tal} == {
            cell: tal for cell, tal in var_for_sig.items() if tal
        }


def _rader(r: Random, delas: Sequence[str]) -> Iterator[Rad]:
    """Yield one row or two, one of them perhaps of everything, and parts that lie in them, beside them or across."""
    for nr in range(r.choice([1, 1, 2])):
        yield Rad(etiketter=(f"rad {nr}",), urval=_urval(r, delas, hogst=1))
    for nr in range(r.choice([1, 2, 3, 4]) if delas else 1):
        slag = r.choice([Radslag.VARAV, Radslag.ANDEL])
        av = "rad 0" if slag is Radslag.ANDEL else None
        yield Rad(etiketter=(f"del {nr}",), slag=slag, andel_av=av, urval=_urval(r, delas, hogst=2))


def _urval(r: Random, delas: Sequence[str], hogst: int) -> Urval:
    namn = r.sample(delas, min(len(delas), r.randint(0, hogst)))
    return Urval.model_validate({ett: r.sample(_ORD[ett], r.choice([1, 1, 2])) for ett in namn})


def _tal(v: Varld, matt: Matt, rader: Sequence[Rad], valda: Sequence[int]) -> dict[tuple[str, int], Fraction | None]:
    ram = Cellram({}, Tidssnitt(_DAG, NU), IN_EJ_UT, None)
    celler = [
        (Cell(Mattkolumn(f"{period.fran.year}", "", matt.namn), nr, period), _DAG)
        for nr in valda
        for period in _PERIODER
    ]
    return rakna_celler(v.tjanster.fragor.tillsammans(), ram, rader, celler, Underlag(POSITIONER, _DAG, NU, IN_EJ_UT))
