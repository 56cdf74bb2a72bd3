"""Budgetperiod: what its decisions need to know, and how an event changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.budgetperiod.handelser import BokslutFaststallt, BudgetFaststalld, ManadStangd, UtfallBokfort
from domain.handelse import Handelse

# State ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Budgetperiod:
    """What the decisions need to know of a year.

    Attributes:
        faststalld: the adopted budget.
        stangda: closed months.
        bokslut: the event that closed the year.
        bokforda: number of postings, with and without a voucher number.
        verifikationer: postings by voucher number.
        ovriga: adjustments, forecasts and registers, in the order they took effect.
    """

    faststalld: BudgetFaststalld | None = None
    stangda: frozenset[str] = frozenset()
    bokslut: BokslutFaststallt | None = None
    bokforda: int = 0
    verifikationer: Mapping[str, UtfallBokfort] = field(default_factory=dict)
    ovriga: tuple[Handelse, ...] = ()


# Evolve --------------------------------------------------------------------------------------------------------------


def utveckla(b: Budgetperiod, h: Handelse) -> Budgetperiod:
    """Return the state after an event; never refuses."""
    match h:
        case BudgetFaststalld():
            return replace(b, faststalld=h)
        case ManadStangd():
            return replace(b, stangda=b.stangda | {h.manad})
        case BokslutFaststallt():
            return replace(b, bokslut=h)
        case UtfallBokfort():
            ny = {h.verifikation: h} if h.verifikation is not None else {}
            return replace(b, bokforda=b.bokforda + 1, verifikationer={**b.verifikationer, **ny})
        case _:
            return replace(b, ovriga=(*b.ovriga, h))
