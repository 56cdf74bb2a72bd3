"""Åtgärd: what its decisions need to know, and how an event changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from domain.atgard.begrepp import Atgardsfas
from domain.atgard.handelser import (
    AlternativkostnadBeraknad,
    ArendeBedomt,
    AtgardAvbruten,
    AtgardBeslutad,
    AtgardIdentifierad,
    AtgardPaborjad,
    AtgardPermanentad,
    AtgardSlutford,
    DeluppdragAvslutat,
    DeluppdragLagtTill,
    EffektBeraknad,
    EffektBudgeterad,
    EffektUppnadd,
    SlutdatumHypotetiskt,
)
from domain.handelse import Handelse

H = TypeVar("H", bound=Handelse)

# State ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Atgard:
    """What is known of an åtgärd. Nothing asked of it depends on the order of events between days.

    Attributes:
        identifierad: the event that began it.
        paborjad: when the work began, if it has.
        permanentad: when it became an ordinary way of working, if it has.
        slut: how it ended, if it has.
        beslut: the decisions.
        budgeterade: effects the budgets reckon with.
        beraknade: expected effects, every statement.
        hypotetiska: hypothetical ends, every statement.
        bedomda: the judged cases.
        uppnadda: achieved effects.
        alternativ: alternative costs.
        deluppdrag: parts of the work, added and done.
        ovriga: degrees of completion and comments.
    """

    identifierad: AtgardIdentifierad | None = None
    paborjad: AtgardPaborjad | None = None
    permanentad: AtgardPermanentad | None = None
    slut: AtgardSlutford | AtgardAvbruten | None = None
    beslut: tuple[AtgardBeslutad, ...] = ()
    budgeterade: tuple[EffektBudgeterad, ...] = ()
    beraknade: tuple[EffektBeraknad, ...] = ()
    hypotetiska: tuple[SlutdatumHypotetiskt, ...] = ()
    bedomda: tuple[ArendeBedomt, ...] = ()
    uppnadda: tuple[EffektUppnadd, ...] = ()
    alternativ: tuple[AlternativkostnadBeraknad, ...] = ()
    deluppdrag: tuple[DeluppdragLagtTill | DeluppdragAvslutat, ...] = ()
    ovriga: tuple[Handelse, ...] = ()

    @property
    def senare(self) -> tuple[Handelse, ...]:
        """Return every event but the first, kind by kind."""
        enstaka = [h for h in (self.paborjad, self.permanentad, self.slut) if h is not None]
        return (
            *enstaka, *self.beslut, *self.budgeterade, *self.beraknade, *self.hypotetiska, *self.bedomda,
            *self.uppnadda, *self.alternativ, *self.deluppdrag, *self.ovriga,
        )  # fmt: skip

    @property
    def fas(self) -> Atgardsfas | None:
        """Return how far it has come; None before it is identified."""
        if self.slut is not None:
            return Atgardsfas.AVBRUTEN if type(self.slut) is AtgardAvbruten else Atgardsfas.SLUTFORD
        if self.permanentad is not None:
            return Atgardsfas.PERMANENT
        if self.paborjad is not None:
            return Atgardsfas.PAGAENDE
        if self.beslut:
            return Atgardsfas.BESLUTAD
        return Atgardsfas.IDENTIFIERAD if self.identifierad is not None else None


def senast(handelser: Iterable[H]) -> H | None:
    """Return the event that rules among several statements of one thing: the latest by day, the last of that day."""
    return max(reversed(list(handelser)), key=lambda h: h.datum, default=None)


# Evolve --------------------------------------------------------------------------------------------------------------

_EN: Mapping[type[Handelse], str] = MappingProxyType(
    {
        AtgardIdentifierad: "identifierad",
        AtgardPaborjad: "paborjad",
        AtgardPermanentad: "permanentad",
        AtgardSlutford: "slut",
        AtgardAvbruten: "slut",
    }
)
_FLERA: Mapping[type[Handelse], str] = MappingProxyType(
    {
        AtgardBeslutad: "beslut",
        EffektBudgeterad: "budgeterade",
        EffektBeraknad: "beraknade",
        SlutdatumHypotetiskt: "hypotetiska",
        ArendeBedomt: "bedomda",
        EffektUppnadd: "uppnadda",
        AlternativkostnadBeraknad: "alternativ",
        DeluppdragLagtTill: "deluppdrag",
        DeluppdragAvslutat: "deluppdrag",
    }
)
"""Where an event is kept: in a place of its own, or last among those of its kind."""


def utveckla(a: Atgard, h: Handelse) -> Atgard:
    """Return the state after an event; never refuses."""
    typ = type(h)
    varde: Any = h
    falt = _EN.get(typ)
    if falt is None:
        falt = _FLERA.get(typ, "ovriga")
        varde = (*getattr(a, falt), h)
    andring: dict[str, Any] = {falt: varde}
    return replace(a, **andring)
