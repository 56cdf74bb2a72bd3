"""Questions to the measures, with what they can be split and filtered by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from hypothesis import strategies as st

from domain.budgetperiod.handelser import (
    BudgetFaststalld,
    PrognosFaststalld,
    UtfallBokfort,
)
from domain.handelse import Handelse
from domain.placering.handelser import (
    PlaceringPaborjad,
)
from tests.laws.faktafragor import Bildfraga
from tests.laws.grund import (
    KOMMUNER,
    NAMND,
    NYAR,
    UTFORARE,
    ibland,
    plus,
    sallan,
)
from tests.laws.loggen import Orakelfraga, Post, Varde
from tests.laws.provliggare import SLUTET, Lagfraga

DAGSMATT = ("vardygn", "personer-per-dygn", "unika-personer", "kostnad", "vardygn-utan-pris", "kostnad-per-dygn")
MANADSMATT = ("budget", "utfall", "avvikelse")
ARSMATT = (
    "prognos",
    "budgeterade-personer",
    "prognostiserade-personer",
    "budgeterat-pris",
    "prognostiserat-pris",
)
ALLA_MATT = (*DAGSMATT, *MANADSMATT, *ARSMATT)
ADDITIVA = ("vardygn", "kostnad", "vardygn-utan-pris", *MANADSMATT)
"""Measures whose adjacent periods add up."""

_UR_HANDELSEN: Mapping[str, type[Handelse]] = {
    **dict.fromkeys(DAGSMATT, PlaceringPaborjad),
    **dict.fromkeys(("budget", "budgeterade-personer", "budgeterat-pris"), BudgetFaststalld),
    **dict.fromkeys(("utfall", "avvikelse"), UtfallBokfort),
    **dict.fromkeys(("prognos", "prognostiserade-personer", "prognostiserat-pris"), PrognosFaststalld),
}
"""Without an event of the type, a measure has next to nothing to say."""

_VISTELSEDRAG: Mapping[str, tuple[Varde, ...]] = {
    "malgrupp": ("barn", "unga"),
    "kon": ("kvinna", "man", "okand"),
    "insatsform": ("hvb", "familjehemEget"),
    "regi": ("egen", "extern"),
    "lagrum": ("SoL", "LVU", "LVM"),
    "avtalsform": ("egenRegi", "ramavtal", "direktupphandling"),
    "utforare": (*UTFORARE, None),
    "prissort": ("dygn", "manad", "annanBetalar", None),
}
_BELOPPSDRAG: Mapping[str, tuple[Varde, ...]] = {
    "namnd": (NAMND, "Vård- och omsorgsnämnden"),
    "verksamhet": ("Barn och unga", "Vuxna"),
    "kontogrupp": ("personal", "kopAvVerksamhet"),
    "konto": ("4530", None),
    "malgrupp": ("barn", "unga", None),
    "insatsform": ("hvb", "familjehemEget", None),
    "regi": ("egen", "extern", None),
    "prissort": ("dygn", "manad", None),
    "underslag": ("delar1", "delar2", "faststalld", "tillaggsanslag", "A1"),
}

dagar = st.sampled_from([-32, -1, 0, 30, 31, 59, 90, 120, 121, 243, 365, 430]) | st.integers(-60, 440)


def dragen(matt: str) -> Mapping[str, tuple[Varde, ...]]:
    """Return the dimensions a measure can be split and filtered by, with values worth asking for."""
    return _VISTELSEDRAG if matt in DAGSMATT else _BELOPPSDRAG


@st.composite
def perioder(draw: st.DrawFn, matt: str) -> tuple[date, date]:
    """Draw a period that the measure can speak of; every other time the whole year."""
    if draw(st.booleans()):
        return NYAR, date(2025, 1, 1)
    if matt in ARSMATT:
        ar = draw(st.sampled_from([2023, 2024]))
        return date(ar, 1, 1), date(ar + draw(st.integers(1, 2)), 1, 1)
    if matt in MANADSMATT:
        nr = draw(st.integers(-2, 12))
        till = nr + draw(st.sampled_from([1, 3, 12]))
        return manadsstart(nr), manadsstart(till)
    fran = plus(NYAR, draw(st.sampled_from([-31, 0, 31]) | st.integers(-60, 120)))
    return fran, plus(fran, draw(st.sampled_from([1, 31, 182, 366]) | st.integers(1, 200)))


def manadsstart(nr: int) -> date:
    """Return the first day of the month so many months after January 2024."""
    return date(2024 + nr // 12, nr % 12 + 1, 1)


def besvarade_av(poster: Sequence[Post]) -> tuple[str, ...]:
    """Return the measures that a log has anything to say of."""
    typer = {type(post.handelse) for post in poster}
    matten = [matt for matt, typ in _UR_HANDELSEN.items() if typ in typer]
    return tuple(matten) or ALLA_MATT


@st.composite
def fragor(
    draw: st.DrawFn, matt: str, poster: Sequence[Post] = (), *, grupperad: bool = True, nu: datetime = SLUTET
) -> Orakelfraga:
    """Draw a question to a measure; given a log, as known at any of its positions or instants."""
    fran, till = draw(perioder(matt))
    drag = dragen(matt)
    urval = {}
    if draw(sallan):
        namn = draw(st.sampled_from(sorted(drag)))
        urval[namn] = tuple(draw(st.lists(st.sampled_from(drag[namn]), min_size=1, max_size=2, unique=True)))
    if draw(sallan):
        urval["kommun"] = (draw(st.sampled_from(KOMMUNER)),)
    tid: tuple[str, ...] = ("ar",) if matt in ARSMATT else ("ar", "manad")
    delar = st.lists(st.sampled_from([*sorted(drag), *tid]), max_size=2, unique=True)
    kant: datetime | int = nu
    if draw(ibland) and poster:
        ogonblick: list[datetime | int] = [0]
        for post in poster:
            ogonblick += [post.position, post.registrerad]
        kant = draw(st.sampled_from(ogonblick))
    return Orakelfraga(
        matt,
        fran,
        till,
        galler_den=plus(NYAR, draw(dagar if draw(ibland) else st.just(440))),
        kant=kant,
        regel=draw(st.sampled_from(["inEjUt", "inOchUt", "ejInUt"])),
        franvaro_raknas=draw(st.booleans()),
        gruppera=tuple(draw(delar)) if grupperad else (),
        urval=urval,
        ovagd=matt == "kostnad-per-dygn" and draw(st.booleans()),
        efter_vardmanad=matt in (*MANADSMATT, *ARSMATT) and draw(st.booleans()),
    )


@st.composite
def frageblad(draw: st.DrawFn) -> list[Lagfraga]:
    """Draw a question to a measure of stays and to one of amounts, and the question of everything."""
    valda = draw(st.sampled_from(DAGSMATT)), draw(st.sampled_from((*MANADSMATT, *ARSMATT)))
    # Few shapes of question, since each new shape costs a compilation; the law of the oracle asks in every shape.
    enkla = st.sampled_from([(), ("malgrupp",), ("ar",)])
    matten = [replace(draw(fragor(matt, grupperad=False)), gruppera=draw(enkla), urval={}) for matt in valda]
    return [*matten, Bildfraga(plus(NYAR, draw(st.sampled_from([60, 440]) | dagar)), SLUTET)]
