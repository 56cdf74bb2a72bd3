"""What the generators of histories share: settings, days, words to draw from, and how an event is varied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from domain.begrepp import (
    Avtalsform,
    Insatsform,
    Malgrupp,
    Prissort,
    Samling,
)
from domain.gemensamt import Pris
from domain.handelse import Begreppsdata, Handelse

ANTAL_EXEMPEL, ANTAL_TUNGT = 20, 500
"""Examples per law in the daily run, and in the heavy one."""

LAGAR = settings(
    max_examples=ANTAL_EXEMPEL,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

KOMMUNER = ("0180", "1880")
NAMND = "Socialnämnden"
NYAR = date(2024, 1, 1)
PERSONER = [UUID(int=100 + nr) for nr in range(3)]
UTFORARE = [UUID(int=200 + nr) for nr in range(2)]

ARENDEN = [UUID(int=300 + nr) for nr in range(2)]
ATGARDER = [UUID(int=400 + nr) for nr in range(2)]

Strom = tuple[Samling, UUID]


def plus(dag: date, dagar: int) -> date:
    """Return a day so many days later."""
    return dag + timedelta(days=dagar)


T = TypeVar("T", bound=Begreppsdata)


def bygg(klass: type[T], **falt: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Build values of the event language from their fields (``st.builds`` would also guess at the aliases)."""
    return st.fixed_dictionaries(falt).map(lambda varden: klass(**varden))


# Values ---------------------------------------------------------------------------------------------------------

ibland = st.integers(0, 2).map(lambda nr: nr == 2)
sallan = st.integers(0, 4).map(lambda nr: nr == 4)
belopp = st.integers(-3, 400).map(lambda hundra: Decimal(hundra) * 100 + Decimal("0.07"))
priser = bygg(
    Pris,
    sort=st.sampled_from(Prissort),
    belopp=st.sampled_from(["0.00", "1.01", "777.77", "1000.00", "1953.00"]).map(Decimal),
)
malgrupper = st.sampled_from([Malgrupp.BARN, Malgrupp.UNGA])
avtalsformer = st.sampled_from([Avtalsform.RAMAVTAL, Avtalsform.UPPDRAGSAVTAL])
former = st.sampled_from([Insatsform.HVB, Insatsform.FAMILJEHEM_EGET])


# How an event is varied -----------------------------------------------------------------------------------------

Faltval = Mapping[str, st.SearchStrategy[Any]]
"""Fields of an event with other values worth trying."""


class Variationer(NamedTuple):
    """How the events of a kind of stream may be told otherwise.

    Attributes:
        falt: fields with other values, from the event as it is.
        flytt: what more than its day is different when an event happens on another day.
    """

    falt: Mapping[type[Handelse], Callable[[Any], Faltval]]
    flytt: Mapping[type[Handelse], Callable[[Any, date], dict[str, Any]]]


def med(h: Handelse, **nytt: Any) -> Handelse:
    """Return an event with some fields different."""
    return type(h)(**{**dict(h), **nytt})


def pa_dagen(h: Handelse, dag: date, variationer: Variationer) -> Handelse:
    """Return an event as it would be on another day."""
    mer = variationer.flytt.get(type(h))
    return med(h, datum=dag, **(mer(h, dag) if mer is not None else {}))


def variera(h: Handelse, variationer: Variationer) -> st.SearchStrategy[Handelse]:
    """Return wrong (or better) versions of an event: another day, another content."""
    dagar = st.sampled_from([-30, -2, -1, 1, 2, 30])
    flyttad = dagar.map(lambda antal: pa_dagen(h, plus(h.datum, antal), variationer))
    falt = variationer.falt.get(type(h))
    if falt is None:
        return flyttad
    andrad = st.fixed_dictionaries(dict(falt(h))).map(lambda nytt: med(h, **nytt))
    return st.sampled_from([andrad, andrad, flyttad]).flatmap(lambda strategi: strategi)


# One event after another ----------------------------------------------------------------------------------------


@st.composite
def dag_efter(draw: st.DrawFn, fran: date, tidigare: Sequence[Handelse]) -> date:
    """Draw a day on or after another, crowded on the days where something already happens and on round numbers."""
    dagar = [h.datum for h in tidigare if h.datum >= fran]
    if draw(st.booleans()) and dagar:
        return plus(draw(st.sampled_from(dagar)), draw(st.sampled_from([0, 0, 1])))
    return plus(fran, draw(st.sampled_from([0, 0, 1, 7, 14, 31]) | st.integers(0, 90)))
