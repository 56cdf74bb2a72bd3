"""A cost difference row by row, split into volume, mix, price and the rest (``domain.matt.uppdelning``).

A side is budget, an adopted forecast, booked outcome or the cost of care days; two sides may be of different kinds
(budget and outcome), of one kind as known or as of two times (two forecasts), or about two periods. A row is a value of
the dimensions that are asked for, or a row of a report table.

A volume is days of care. A plan states persons and a price per day or month: its days are persons × days of the period,
and a monthly price is spread over them. Outcome has the days that have a known price, at what they cost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from application.queries import Fraga, FraganGarInte, Fragor, Underlag, filterdimensioner, hamta_matt
from application.utrakning import manader
from domain.begrepp import Prissort
from domain.matt.byggstenar import PRISSATT
from domain.matt.modell import Tidsdimension, Urval
from domain.matt.uppdelning import Delar, Sida, dela_upp
from domain.tid import Period, kalenderar

_NOLL = Fraction(0)

Rad = tuple[Any, ...]
"""A row by its values in the dimensions, or by its number in a report table."""


@dataclass(frozen=True)
class Plan:
    """A side that states persons and prices: the measures that say which, and the one that says the amount."""

    personer: str
    pris: str
    belopp: str


@dataclass(frozen=True)
class Vard:
    """A side that has care days; ``belopp`` is the measure of what they cost or what was booked."""

    belopp: str


SIDOR: Mapping[str, Plan | Vard] = MappingProxyType(
    {
        "budget": Plan("budgeterade-personer", "budgeterat-pris", "budget"),
        "prognos": Plan("prognostiserade-personer", "prognostiserat-pris", "prognos"),
        "utfall": Vard("utfall"),
        "kostnad": Vard("kostnad"),
    }
)
"""What can be compared, by the name of the measure of its amount."""


@dataclass(frozen=True)
class Sidfraga:
    """A side and what it is asked about: ``ram`` has its period, times, restrictions and rows, and any measure."""

    namn: str
    ram: Fraga


@dataclass(frozen=True)
class Uppdelningsrad:
    """A row with both sides and the parts of their difference."""

    rad: Rad
    fran: Sida
    till: Sida
    delar: Delar


@dataclass(frozen=True)
class Kostnadsuppdelning:
    """A difference, row by row and in all, with what each side rests on."""

    fran: Sidfraga
    till: Sidfraga
    underlag: tuple[Underlag, Underlag]
    rader: tuple[Uppdelningsrad, ...]

    @property
    def totalt(self) -> Delar:
        """Return the parts of the whole difference: the sums of the rows'."""
        summa = Delar()
        for rad in self.rader:
            summa = summa.plus(rad.delar)
        return summa

    def helheten(self, sida: Callable[[Uppdelningsrad], Sida]) -> Sida:
        """Return the whole of a side, at its mean price."""
        alla = [sida(rad) for rad in self.rader]
        volym = sum((s.volym for s in alla), _NOLL)
        varde = sum((s.volym * (s.pris or 0) for s in alla), _NOLL)
        return Sida(volym, varde / volym if volym else None, sum((s.belopp for s in alla), _NOLL))


class Kostnadsdelare:
    """Splits cost differences."""

    def __init__(self, fragor: Fragor) -> None:
        """Ask measures through the ordinary questions."""
        self._fragor = fragor

    def dela(self, fran: Sidfraga, till: Sidfraga) -> Kostnadsuppdelning:
        """Return how the second side differs from the first.

        Raises:
            FraganGarInte: there is no such side, or it cannot be asked about the period or rows.
        """
        rader = [self._sida(sida) for sida in (fran, till)]
        alla = sorted(rader[0].keys() | rader[1].keys(), key=lambda rad: [(v is None, _ordning(v)) for v in rad])
        par = [(rader[0].get(rad, Sida()), rader[1].get(rad, Sida())) for rad in alla]
        delade = zip(alla, par, dela_upp(par), strict=True)
        underlag = [self._fragor.underlag(sida.ram.tidssnitt, sida.ram.regel) for sida in (fran, till)]
        underlag = [
            replace(u, organisation_den=s.ram.organisationsdag) for u, s in zip(underlag, (fran, till), strict=True)
        ]
        return Kostnadsuppdelning(
            fran, till, (underlag[0], underlag[1]), tuple(Uppdelningsrad(rad, *p, delar) for rad, p, delar in delade)
        )

    def _sida(self, sida: Sidfraga) -> dict[Rad, Sida]:
        sort = SIDOR.get(sida.namn)
        if sort is None:
            mening = f"{sida.namn} kan inte delas upp i volym, mix och pris. Tillåtna: {', '.join(SIDOR)}."
            raise FraganGarInte("mot", mening)
        if any(namn in tuple(Tidsdimension) for namn in sida.ram.gruppera):
            raise FraganGarInte(
                "gruppera", "Volym, mix och pris delas upp för en period i taget: ta bort manad och ar."
            )
        volymer = self._planens(sort, sida.ram) if isinstance(sort, Plan) else self._vardens(sida.ram)
        belopp = self._svar(sort.belopp, sida.ram)
        return {
            rad: Sida(*volymer.get(rad, (_NOLL, None)), belopp.get(rad, _NOLL))
            for rad in volymer.keys() | belopp.keys()
        }

    def _planens(self, plan: Plan, ram: Fraga) -> dict[Rad, tuple[Fraction, Fraction | None]]:
        """Return the days and the price per day that a plan states."""
        aret = kalenderar(ram.period.fran.year)
        if ram.period.till > aret.till:
            raise FraganGarInte(
                "till", f"Perioden {ram.period} ligger i flera år; budget och prognos gäller ett i taget."
            )
        per_prissort = replace(ram, period=aret, gruppera=(*ram.gruppera, "prissort"))
        personer = self._svar(plan.personer, per_prissort, PRISSATT)
        priser = self._svar(plan.pris, per_prissort, PRISSATT)
        volymer: dict[Rad, Fraction] = {}
        varden: dict[Rad, Fraction] = {}
        for (*rad, prissort), antal in personer.items():
            dagar = antal * ram.period.dagar
            pris = priser.get((*rad, prissort), _NOLL) * _per_dag(prissort, ram.period)
            volymer[tuple(rad)] = volymer.get(tuple(rad), _NOLL) + dagar
            varden[tuple(rad)] = varden.get(tuple(rad), _NOLL) + dagar * pris
        return {rad: (v, varden[rad] / v if v else None) for rad, v in volymer.items()}

    def _vardens(self, ram: Fraga) -> dict[Rad, tuple[Fraction, Fraction | None]]:
        """Return the days with a known price, and what each cost."""
        dagar, kostnad = self._svar("vardygn", ram, PRISSATT), self._svar("kostnad", ram)
        return {rad: (antal, kostnad.get(rad, _NOLL) / antal if antal else None) for rad, antal in dagar.items()}

    def _svar(self, namn: str, ram: Fraga, urval: Urval | None = None) -> Mapping[Rad, Fraction]:
        matt = hamta_matt(namn)
        tillatna = filterdimensioner(matt)
        eget = {n: v for n, v in ram.urval.items() if n in tillatna} | dict(urval or {})
        return self._fragor.svara(replace(ram, matt=matt, urval=eget)).varden


def _per_dag(prissort: str, period: Period) -> Fraction:
    """Return what a price is multiplied by to be per day."""
    return Fraction(1) if prissort == Prissort.DYGN else manader(period) / period.dagar


def _ordning(varde: Any) -> Any:
    return (0, varde, "") if isinstance(varde, int) else (1, 0, str(varde))
