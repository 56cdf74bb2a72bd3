"""The answer of a forecast: every row, group and total with its distribution, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from application.prognos.arbete import Arbete, Radbanor
from application.prognos.fragan import Prognosfraga
from application.prognos.hopp import AntagenPrognos, Hoppsvar
from application.queries import Underlag
from application.rapporter.radmappning import Rad, Radslag
from domain.begrepp import Prissort
from domain.matt.uppdelning import Delar, Sida, dela_upp
from domain.prognos.hopp import DELAR
from domain.prognos.poang import ANDELAR
from domain.prognos.underlag import F64, Fonster


class Cellslag(StrEnum):
    """What of a row is hidden or shown together under disclosure control (``application.prognos.skydd``)."""

    HITTILLS = "hittills"
    """What is registered, and expected to be registered yet, of the days up to the origin."""
    PROGNOS = "prognos"
    """What the year comes to: days, persons, price, cost and deviation."""


class Fordelning(NamedTuple):
    """A distribution in short: its median, its expectation (which adds up over rows), and its intervals by share."""

    median: float
    vantat: float
    intervall: Mapping[float, tuple[float, float]]


def fordelning(banor: F64) -> Fordelning:
    """Return a distribution in short."""
    lagen = [0.5, *(lage for andel in ANDELAR for lage in ((1 - andel) / 2, (1 + andel) / 2))]
    median, *granser = np.quantile(banor, lagen).tolist()
    return Fordelning(
        median, float(banor.mean()),
        {andel: (granser[2 * nr], granser[2 * nr + 1]) for nr, andel in enumerate(ANDELAR)},
    )  # fmt: skip


def avvikelsen(budget: float, kostnad: Fordelning) -> Fordelning:
    """Return budget less cost, so that minus is over budget."""
    intervall = {andel: (budget - hog, budget - lag) for andel, (lag, hog) in kostnad.intervall.items()}
    return Fordelning(budget - kostnad.median, budget - kostnad.vantat, intervall)


@dataclass(frozen=True)
class Prognosrad:
    """A row of the answer; days are None where care days do not carry it.

    Attributes:
        rad: the row of the mapping.
        dygn: care days of the year.
        personer: average persons per day.
        pris: expected kronor per day, or per month where the row is so priced.
        kostnad: kronor of the year, booked included.
        registrerat_dygn, registrerad_kostnad: up to the origin.
        tillkommande_dygn, tillkommande_kostnad: expected to be registered yet of the days up to the origin.
        budget: kronor in force; ``avvikelse`` is budget less forecast, so that minus is over budget.
        metod: the declared method of a row without care days.
        hopp: the change since the last adopted forecast, by part (``domain.prognos.hopp.DELAR``).
        plan: why the expected cost differs from the budget, as far as the budget states persons and prices.
        dolt: which of its figures are hidden, and therefore not numbers.
    """

    rad: Rad
    dygn: Fordelning | None
    personer: float | None
    pris: float | None
    kostnad: Fordelning
    registrerat_dygn: float | None
    registrerad_kostnad: float
    tillkommande_dygn: float | None
    tillkommande_kostnad: float
    budget: float
    avvikelse: Fordelning
    metod: str | None
    hopp: Mapping[str, float] | None
    plan: Delar
    dolt: frozenset[Cellslag] = field(default=frozenset())

    @property
    def vantade_dygn(self) -> float:
        """Return the expected number of care days; none where the row has no care days."""
        return self.dygn.vantat if self.dygn else 0.0

    @property
    def sammansatt(self) -> bool:
        """Return whether it adds up other rows."""
        return self.rad.slag is not Radslag.POST


class Metodval(NamedTuple):
    """Which method was used, whether the own past chose it, and what each had scored there (mean CRPS, kronor)."""

    metod: str
    vald_av_historiken: bool
    poang: Mapping[str, float]
    ursprung: int
    faktor: float


@dataclass(frozen=True)
class Prognossvar:
    """An answered forecast; ``rader`` in the order of the mapping, ``skyddat`` if under disclosure control."""

    fraga: Prognosfraga
    underlag: Underlag
    val: Metodval
    rader: tuple[Prognosrad, ...]
    antagen: AntagenPrognos | None
    drivkrafter: tuple[str, ...]
    noter: tuple[str, ...]
    skyddat: bool = False


def radsvar(arbete: Arbete, banor: Radbanor, hopp: Hoppsvar | None) -> tuple[Prognosrad, ...]:
    """Return every row: posts as they are, the others added up path by path."""
    planer = mot_plan(arbete, *(x.mean(axis=1).tolist() for x in (banor.dygn, banor.kostnad)))
    return tuple(_rad(arbete, banor, rad, vikter, hopp, planer) for rad, vikter in radvikter(arbete))


def radvikter(arbete: Arbete) -> Iterator[tuple[Rad, F64]]:
    """Yield every row that has figures, in order, with how often it counts each post."""
    rader = arbete.fakta.rader
    sammansatta, post = rader.sammansatta(), 0
    for nr, rad in enumerate(rader.alla):
        vikter = np.zeros(arbete.antal)
        if rad.slag is Radslag.POST:
            vikter[post], post = 1, post + 1
        elif nr in sammansatta:
            for annan, vikt in sammansatta[nr]:
                vikter[annan] = vikt
        else:
            continue
        yield rad, vikter


def mot_plan(arbete: Arbete, vantade_dygn: Sequence[float], vantad_kostnad: Sequence[float]) -> Sequence[Delar]:
    """Return why each post's expected cost differs from its budget (``domain.matt.uppdelning``)."""
    dagar = arbete.fonster.dagar
    par = []
    for nr in range(arbete.antal):
        personer, varde = arbete.fakta.plan.vid(nr, arbete.ursprung, arbete.fonster)
        budget = Fraction(float(arbete.budget[nr]))
        planen = Sida(Fraction(personer) * dagar, Fraction(varde / personer / dagar) if personer else None, budget)
        dygn, kostnad = Fraction(vantade_dygn[nr]), Fraction(vantad_kostnad[nr])
        if not (arbete.volymrader[nr] and personer):
            planen, dygn = Sida(belopp=budget), Fraction(0)
        par.append((planen, Sida(dygn, kostnad / dygn if dygn else None, kostnad)))
    return dela_upp(par)


def _rad(
    arbete: Arbete, b: Radbanor, rad: Rad, vikter: F64, hopp: Hoppsvar | None, planer: Sequence[Delar]
) -> Prognosrad:
    har_dygn = bool((arbete.volymrader & (vikter != 0)).any())
    dygn, kostnad = vikter @ b.dygn, vikter @ b.kostnad
    budget = float(vikter @ arbete.budget)
    arets, vantade_dygn = fordelning(kostnad), float(dygn.mean())
    med_dygn = np.where(arbete.volymrader, vikter, 0.0)
    pris = float((med_dygn @ b.kostnad).mean()) / vantade_dygn if vantade_dygn > 0 else None
    metoder = {b.metod[post] for post in np.flatnonzero(vikter)}
    return Prognosrad(
        rad,
        fordelning(dygn) if har_dygn else None,
        vantade_dygn / arbete.fonster.dagar if har_dygn else None,
        None if pris is None or not har_dygn else pris * prisets_dagar(rad.prissort, arbete.fonster),
        arets,
        float(vikter @ b.registrerat_dygn) if har_dygn else None,
        float(vikter @ b.registrerad_kostnad),
        float((vikter @ b.sena_dygn).mean()) if har_dygn else None,
        float((vikter @ b.sen_kostnad).mean()),
        budget,
        avvikelsen(budget, arets),
        metoder.pop() if len(metoder) == 1 else None,
        {namn: float(vikter @ getattr(hopp.hopp, namn)) for namn in DELAR} if hopp else None,
        planens_summa(planer, vikter),
    )


def prisets_dagar(sort: Prissort | None, aret: Fonster) -> Fraction:
    """Return how many days a price is for: one, or those that a month of the year has in the mean."""
    return Fraction(aret.dagar, 12) if sort is Prissort.MANAD else Fraction(1)


def planens_summa(planer: Sequence[Delar], vikter: F64) -> Delar:
    """Return the parts of a row that adds up posts."""
    summa = Delar()
    for delar, vikt in zip(planer, vikter, strict=True):
        summa = summa.plus(Delar(*(del_ * Fraction(float(vikt)) for del_ in delar)))
    return summa
