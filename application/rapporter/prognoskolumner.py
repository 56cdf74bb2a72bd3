"""Columns of what the interim reports forecast, against the budget in force on the day each forecast speaks of."""

from __future__ import annotations

from application.rapporter.modell import Mattkolumn
from application.rapporter.uttryck import Kol, Skillnad
from domain.begrepp import Prognosslag

MNKR = 1_000_000
DELARSPROGNOSER = (Prognosslag.DELAR1, Prognosslag.DELAR2)


def budget_vid(slag: Prognosslag, *, per: int = MNKR, noll: bool | None = None) -> Mattkolumn:
    """Return the budget in force on the day that a forecast speaks of, for a deviation that stands still."""
    return Mattkolumn(_budgetnyckel(slag), "", "budget", vid=slag, per=per, noll=noll, dold=True)


def prognos_vid(slag: Prognosslag, *, per: int = MNKR, noll: bool | None = None) -> Mattkolumn:
    """Return the adopted forecast of a kind."""
    urval = {"underslag": (slag.value,)}
    return Mattkolumn(_prognosnyckel(slag), "", "prognos", vid=slag, urval=urval, per=per, noll=noll, dold=True)


def avvikelse_vid(slag: Prognosslag) -> Skillnad:
    """Return budget less an adopted forecast: minus means that it costs more than budgeted."""
    return Skillnad(Kol(_budgetnyckel(slag)), Kol(_prognosnyckel(slag)))


def _budgetnyckel(slag: Prognosslag) -> str:
    return f"budget_vid_{slag.value}"


def _prognosnyckel(slag: Prognosslag) -> str:
    return f"prognos_vid_{slag.value}"
