"""What the facts of a budget year have in common: whose year it is, and what its events rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.budgetperiod.ersattning import ErsattningSokt
from domain.budgetperiod.handelser import BudgetFaststalld, InvanareFaststallda, PrognosFaststalld
from domain.budgetperiod.mal import AtagandeAvslutat, AtagandeStartat, MalBedomt, MalFaststallt
from domain.budgetperiod.rapport import RiktlinjeBeslutad
from domain.budgetperiod.uppgift import RegisterInlast
from domain.fakta import Belopp, Fakta, Punkt
from domain.handelse import Handelse, Notering
from domain.sak import Harledning, Sak

_NAMNDA: Mapping[type[Handelse], Callable[[Any], UUID]] = {
    ErsattningSokt: lambda h: h.ersattning_id,
    MalFaststallt: lambda h: h.mal_id,
    AtagandeStartat: lambda h: h.atagande_id,
}
"""The events that others name by id, and where their id stands."""


class Aret(Harledning):
    """A year whose facts are worked out.

    Attributes:
        budget: the event the year begins with.
        forsta_manad: the day number of 1 January of the year.
        namnda: the entries that others name by id.
        avslutade: what ended each commitment that has ended, by its id.
        riktlinjer: the guidelines that were decided.
        ordning: rank of each forecast by position: the day it speaks of, then the day it was decided.
    """

    __slots__ = ("_prognoser", "_samma_dag", "avslutade", "budget", "forsta_manad", "namnda", "ordning", "riktlinjer")

    borjan = BudgetFaststalld

    def __init__(self, _: UUID, borjan: Notering) -> None:
        """Begin with whose year it is."""
        h = borjan.handelse
        assert type(h) is BudgetFaststalld
        self.saker: list[Sak] = []
        self.budget = h
        self.forsta_manad = date(h.ar, 1, 1).toordinal()
        self.namnda: dict[UUID, Notering] = {}
        self.avslutade: dict[UUID, Notering] = {}
        self.riktlinjer: list[Notering] = []
        self.ordning: dict[int, int] = {}
        self._prognoser: list[Any] = []
        self._samma_dag: dict[tuple[type[Handelse], date], list[Notering]] = {}

    def belopp(self, n: Notering, slag: str = "") -> Belopp:
        """Return an amount of an entry with nothing in it but whose it is, in force from the day of the event."""
        b = self.budget
        dag = n.handelse.datum.toordinal()
        return Belopp(str(n.position), slag, b.kommun, b.namnd, dag, self.forsta_manad)

    def punkt(self, n: Notering, slag: str | None = None, **drag: Any) -> Punkt:
        """Return a point on the day of an event, of the kind that the event is called unless another is given."""
        h = n.handelse
        return Punkt(str(n.position), slag or h.typ, self.budget.kommun, h.datum.toordinal(), **drag)

    def senare_samma_dag(self, n: Notering) -> list[Any]:
        """Return the events of an entry's kind that come after it on its day: of one thing the last word rules."""
        alla = self._samma_dag[type(n.handelse), n.handelse.datum]
        return [annan.handelse for annan in alla[1 + next(nr for nr, ett in enumerate(alla) if ett is n) :]]

    def ror(self, ny: Notering) -> list[Sak]:
        """Take in what an entry means for others; return the things of earlier entries whose facts it may change."""
        typ = type(ny.handelse)
        if typ in _NAMNDA:
            self.namnda[_NAMNDA[typ](ny.handelse)] = ny
        return _ROR[typ](self, ny) if typ in _ROR else []

    def _avsluta(self, ny: Notering) -> list[Sak]:
        h: Any = ny.handelse
        self.avslutade[h.atagande_id] = ny
        startat = self.namnda.get(h.atagande_id)
        return self.enskilda(lambda n: n is startat)

    def _ersatt_riktlinje(self, ny: Notering) -> list[Sak]:
        h: Any = ny.handelse
        self.riktlinjer.append(ny)
        return self.enskilda(lambda n: type(n.handelse) is RiktlinjeBeslutad and n.handelse.namn == h.ersatter)

    def _sags_igen(self, ny: Notering) -> list[Sak]:
        alla = self._samma_dag.setdefault((type(ny.handelse), ny.handelse.datum), [])
        alla.append(ny)
        return self.enskilda(lambda n: any(n is ett for ett in alla)) if len(alla) > 1 else []

    def _ordna_prognoser(self, ny: Notering) -> list[Sak]:
        self._prognoser.append(ny)
        i_ordning = sorted(self._prognoser, key=lambda n: (n.handelse.galler, n.handelse.beslut.datum))
        forut, self.ordning = self.ordning, {n.position: nr for nr, n in enumerate(i_ordning, start=1)}
        return self.enskilda(lambda n: n.position in forut and forut[n.position] != self.ordning[n.position])


_ROR: Mapping[type[Handelse], Callable[[Aret, Notering], list[Sak]]] = {
    AtagandeAvslutat: Aret._avsluta,
    RiktlinjeBeslutad: Aret._ersatt_riktlinje,
    PrognosFaststalld: Aret._ordna_prognoser,
    **dict.fromkeys((InvanareFaststallda, MalBedomt, RegisterInlast), Aret._sags_igen),
}
"""The events that may change facts of earlier entries, and how they tell of which."""

ROR_ANDRA: frozenset[type[Handelse]] = frozenset(_ROR)
"""The events that say something of other entries' facts than their own."""

Harledd = Callable[[Aret, Notering], Iterator[Fakta]]
"""The facts that an entry of a year gives."""
