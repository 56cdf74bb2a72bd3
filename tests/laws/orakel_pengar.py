"""The oracle of a budget year's money: every amount added by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from domain.begrepp import Samling
from domain.budgetperiod.begrepp import Post as Radpost
from domain.budgetperiod.handelser import (
    BudgetFaststalld,
    BudgetJusterad,
    PrognosFaststalld,
    Rad,
    UtfallBokfort,
    Volymrad,
)
from domain.handelse import Handelse
from tests.laws.loggen import (
    Drag,
    Grupp,
    Orakelfraga,
    Post,
    Tabell,
    Varde,
    fordelat_helt,
    gallande_strommar,
    gruppen,
    kvot,
    slapps_igenom,
    summera,
)


@dataclass(frozen=True)
class Summand:
    """An amount of a month (or, for what speaks of a year, its January), or an assumption of volume."""

    manad: date
    avser: date
    drag: Drag
    kronor: Fraction = Fraction(0)
    personer: Fraction = Fraction(0)
    pris: Fraction | None = None


@dataclass(frozen=True)
class Ar:
    """One board's year: what identifies the stream, and the events dated on or before the day asked about."""

    kommun: str
    namnd: str
    ar: int
    sedda: Sequence[Handelse]

    @property
    def budget(self) -> BudgetFaststalld | None:
        """Return the adopted budget, if it was adopted by then."""
        return next((h for h in self.sedda if isinstance(h, BudgetFaststalld)), None)


def budgetaren(poster: Sequence[Post], fraga: Orakelfraga) -> Iterator[Ar]:
    """Yield every board's year."""
    for handelser in gallande_strommar(poster, fraga.kant, Samling.BUDGETPERIODER):
        borjan = next((h for h in handelser if isinstance(h, BudgetFaststalld)), None)
        if borjan is not None:
            sedda = [h for h in handelser if h.datum <= fraga.galler_den]
            yield Ar(borjan.kommun, borjan.namnd, borjan.ar, sedda)


def forsta_dagen(manad: str) -> date:
    """Return the first day of a month written ``YYYY-MM``."""
    return date.fromisoformat(f"{manad}-01")


def radens_drag(ar: Ar, rad: Rad | Volymrad, underslag: str | None) -> Drag:
    """Return what a line is split and filtered by."""
    drag: dict[str, Varde] = {
        "kommun": ar.kommun,
        "namnd": ar.namnd,
        "malgrupp": rad.malgrupp.value if rad.malgrupp is not None else None,
        "insatsform": rad.insatsform.value if rad.insatsform is not None else None,
        "underslag": underslag,
        "verksamhet": None,
        "kontogrupp": None,
        "konto": None,
        "regi": rad.regi.value if rad.regi is not None else None,
        "prissort": None,
    }
    if isinstance(rad, Rad):
        drag |= {"verksamhet": rad.verksamhet, "kontogrupp": rad.kontogrupp.value, "konto": rad.konto}
    elif rad.pris is not None:
        drag["prissort"] = rad.pris.sort.value
    return drag


def fordelat(kronor: Fraction, vikter: Sequence[int]) -> list[Fraction]:
    """Spread kronor over weights in whole öre."""
    return [Fraction(del_, 100) for del_ in fordelat_helt(kronor * 100, vikter)]


def budgetrader(ar: Ar) -> Iterator[Summand]:
    """Yield the budget and its adjustments, month by month."""
    budget = ar.budget
    vikter = list(budget.periodisering or [1] * 12) if budget is not None else [1] * 12
    for h in ar.sedda:
        if isinstance(h, BudgetFaststalld):
            yield from _manadsvis(ar, h.rader, vikter, "faststalld")
        elif isinstance(h, BudgetJusterad):
            # The change falls on the months from its day on; where none of them weighs anything, on December.
            kvar = [
                vikt if (ar.ar, manad) >= (h.datum.year, h.datum.month) else 0
                for manad, vikt in enumerate(vikter, start=1)
            ]
            yield from _manadsvis(ar, h.rader, kvar if any(kvar) else [0] * 11 + [1], h.slag.value)


def driftrader(rader: Iterable[Rad]) -> list[Rad]:
    """Return the lines that are not investments, which no measure of operation holds."""
    return [rad for rad in rader if rad.post is not Radpost.INVESTERING]


def _manadsvis(ar: Ar, rader: Iterable[Rad], vikter: Sequence[int], underslag: str) -> Iterator[Summand]:
    for rad in driftrader(rader):
        for manad, kronor in enumerate(fordelat(Fraction(rad.belopp), vikter), start=1):
            dag = date(ar.ar, manad, 1)
            yield Summand(dag, dag, radens_drag(ar, rad, underslag), kronor)


def utfallsrader(ar: Ar) -> Iterator[Summand]:
    """Yield what was booked."""
    for h in ar.sedda:
        if isinstance(h, UtfallBokfort):
            manad = forsta_dagen(h.manad)
            avser = forsta_dagen(h.avser_manad) if h.avser_manad is not None else manad
            for rad in driftrader(h.rader):
                yield Summand(manad, avser, radens_drag(ar, rad, h.verifikation), Fraction(rad.belopp))


def _volymer(ar: Ar, rader: Iterable[Volymrad], underslag: str | None) -> Iterator[Summand]:
    januari = date(ar.ar, 1, 1)
    for rad in rader:
        pris = Fraction(rad.pris.belopp) if rad.pris is not None else None
        yield Summand(
            januari,
            januari,
            radens_drag(ar, rad, underslag),
            personer=Fraction(rad.personer_per_dygn),
            pris=pris,
        )


def budgetvolymer(ar: Ar) -> Iterator[Summand]:
    """Yield the volumes that the budget builds on."""
    if ar.budget is not None:
        yield from _volymer(ar, ar.budget.volymrader, None)


def senaste_prognosen(ar: Ar, fraga: Orakelfraga) -> PrognosFaststalld | None:
    """Return the forecast that speaks of the latest day, among those of the kind asked about.

    A forecast of nothing but investments is none of operation. Of several that speak of one day, the one that was
    decided last; of those, the one that has the last place.
    """
    prognoser = [h for h in ar.sedda if isinstance(h, PrognosFaststalld) and driftrader(h.rader)]
    prognoser.sort(key=lambda h: (h.galler, h.beslut.datum))
    if "underslag" in fraga.urval:
        prognoser = [p for p in prognoser if p.slag.value in fraga.urval["underslag"]]
    return prognoser[-1] if prognoser else None


def prognosrader(ar: Ar, fraga: Orakelfraga) -> Iterator[Summand]:
    """Yield the amounts of the latest forecast."""
    prognos = senaste_prognosen(ar, fraga)
    januari = date(ar.ar, 1, 1)
    for rad in driftrader(prognos.rader) if prognos is not None else ():
        assert prognos is not None
        yield Summand(januari, januari, radens_drag(ar, rad, prognos.slag.value), Fraction(rad.belopp))


def prognosvolymer(ar: Ar, fraga: Orakelfraga) -> Iterator[Summand]:
    """Yield the volumes of the latest forecast."""
    prognos = senaste_prognosen(ar, fraga)
    if prognos is not None:
        yield from _volymer(ar, prognos.volymrader, prognos.slag.value)


def summander(
    poster: Sequence[Post], fraga: Orakelfraga, rader: Callable[[Ar], Iterable[Summand]]
) -> Iterator[tuple[date, Summand]]:
    """Yield the amounts that the question lets through, each with the month it is counted in."""
    for ar in budgetaren(poster, fraga):
        for rad in rader(ar):
            manad = rad.avser if fraga.efter_vardmanad else rad.manad
            if fraga.fran <= manad < fraga.till and slapps_igenom(rad.drag, fraga.urval):
                yield manad, rad


# Answers --------------------------------------------------------------------------------------------------------


def _kronor(
    poster: Sequence[Post], fraga: Orakelfraga, rader: Callable[[Ar], Iterable[Summand]], tecken: int = 1
) -> list[tuple[Grupp, Fraction]]:
    return [
        (gruppen(manad, rad.drag, fraga.gruppera), tecken * rad.kronor)
        for manad, rad in summander(poster, fraga, rader)
    ]


def _personer(poster: Sequence[Post], fraga: Orakelfraga, rader: Callable[[Ar], Iterable[Summand]]) -> Tabell:
    return summera(
        (gruppen(manad, rad.drag, fraga.gruppera), rad.personer) for manad, rad in summander(poster, fraga, rader)
    )


def _pris(poster: Sequence[Post], fraga: Orakelfraga, rader: Callable[[Ar], Iterable[Summand]]) -> Tabell:
    """Return the mean price weighted with persons; a line without a price has none to weigh."""
    prissatta = [
        (gruppen(manad, rad.drag, fraga.gruppera), rad.personer, rad.pris)
        for manad, rad in summander(poster, fraga, rader)
        if rad.pris is not None
    ]
    return kvot(
        summera((grupp, personer * pris) for grupp, personer, pris in prissatta),
        summera((grupp, personer) for grupp, personer, _ in prissatta),
    )


UR_BELOPP: Mapping[str, Callable[[Sequence[Post], Orakelfraga], Tabell]] = {
    "budget": lambda p, f: summera(_kronor(p, f, budgetrader)),
    "utfall": lambda p, f: summera(_kronor(p, f, utfallsrader)),
    "avvikelse": lambda p, f: summera(_kronor(p, f, budgetrader) + _kronor(p, f, utfallsrader, -1)),
    "prognos": lambda p, f: summera(_kronor(p, f, lambda ar: prognosrader(ar, f))),
    "budgeterade-personer": lambda p, f: _personer(p, f, budgetvolymer),
    "prognostiserade-personer": lambda p, f: _personer(p, f, lambda ar: prognosvolymer(ar, f)),
    "budgeterat-pris": lambda p, f: _pris(p, f, budgetvolymer),
    "prognostiserat-pris": lambda p, f: _pris(p, f, lambda ar: prognosvolymer(ar, f)),
}

KVOTER = frozenset({"kostnad-per-dygn", "budgeterat-pris", "prognostiserat-pris"})
"""Measures whose whole has no value where there is nothing to divide by."""
