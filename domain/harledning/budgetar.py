"""What the facts of a budget year have in common: whose year it is, and what its events rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.budgetperiod.ersattning import ErsattningSokt
from domain.budgetperiod.handelser import BudgetFaststalld, PrognosFaststalld
from domain.budgetperiod.mal import AtagandeStartat, MalFaststallt
from domain.fakta import Belopp, Fakta, Punkt
from domain.handelse import Handelse, Notering

_BORJOR: Mapping[type[Handelse], Callable[[Any], UUID]] = {
    ErsattningSokt: lambda h: h.ersattning_id,
    MalFaststallt: lambda h: h.mal_id,
    AtagandeStartat: lambda h: h.atagande_id,
}
"""The events that others name by id, and where their id stands."""


class Aret(NamedTuple):
    """A year whose facts are worked out.

    Attributes:
        budget: the event the year begins with.
        noteringar: its effective entries in order.
        borjor: the entries that others name by id.
        ordning: rank of each forecast by position.
    """

    budget: BudgetFaststalld
    noteringar: Sequence[Notering]
    borjor: Mapping[UUID, Notering]
    ordning: Mapping[int, int]

    @property
    def forsta_manad(self) -> int:
        """Return the day number of 1 January of the year."""
        return date(self.budget.ar, 1, 1).toordinal()

    def belopp(self, n: Notering, slag: str = "") -> Belopp:
        """Return an amount of an entry with nothing in it but whose it is, in force from the day of the event."""
        b = self.budget
        dag = n.handelse.datum.toordinal()
        return Belopp(str(n.position), slag, b.kommun, b.namnd, dag, self.forsta_manad)

    def punkt(self, n: Notering, slag: str | None = None, **drag: Any) -> Punkt:
        """Return a point on the day of an event, of the kind that the event is called unless another is given."""
        h = n.handelse
        return Punkt(str(n.position), slag or h.typ, self.budget.kommun, h.datum.toordinal(), **drag)


Harledd = Callable[[Aret, Notering], Iterator[Fakta]]
"""The facts that an entry of a year gives."""


def arets_borjan(noteringar: Sequence[Notering]) -> BudgetFaststalld | None:
    """Return the event that the year begins with, if it is in effect."""
    for n in noteringar:
        if type(n.handelse) is BudgetFaststalld:
            return n.handelse
    return None


def borjor(noteringar: Sequence[Notering]) -> dict[UUID, Notering]:
    """Return the entries that others name by id."""
    return {_BORJOR[type(n.handelse)](n.handelse): n for n in noteringar if type(n.handelse) in _BORJOR}


def prognosordning(noteringar: Sequence[Notering]) -> dict[int, int]:
    """Return the rank of each forecast, by position: the day it speaks of, then the day it was decided."""
    prognoser = [(n.handelse, n.position) for n in noteringar if type(n.handelse) is PrognosFaststalld]
    prognoser.sort(key=lambda par: (par[0].galler, par[0].beslut.datum))
    return {position: nr for nr, (_, position) in enumerate(prognoser, start=1)}
