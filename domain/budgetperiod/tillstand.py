"""Budgetperiod: what its decisions need to know, and how an event changes it.

Every event makes a new state in (amortised) logarithmic time, and no question the decisions ask of it takes longer:
what grows with the year is kept in persistent maps, and what would have to be looked for is kept as it becomes known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from domain.budgetperiod.ersattning import ErsattningAterbetald, ErsattningAvslagen, ErsattningBeviljad, ErsattningSokt
from domain.budgetperiod.handelser import (
    BokslutFaststallt,
    BudgetFaststalld,
    BudgetJusterad,
    ManadStangd,
    UtfallBokfort,
)
from domain.budgetperiod.mal import AtagandeAvslutat, AtagandeStartat, MalBedomt, MalFaststallt
from domain.budgetperiod.rapport import AvvikelseRedovisad
from domain.budgetperiod.uppgift import UppgiftLamnad
from domain.handelse import Handelse
from domain.persistent import PersistentMap

# State ---------------------------------------------------------------------------------------------------------------

Nyckel = tuple[type[Handelse], UUID]
"""What is followed: the kind of event it begins with, and its id."""

_TOM: PersistentMap[Any, Any] = PersistentMap()


class Foljd(NamedTuple):
    """What is known of a thing that is followed by its id: a grant, a goal, a commitment, a deviation.

    Attributes:
        borjan: the event that began it (applied, set, started, reported), if it is known.
        senare: the earliest of the events that rest on it.
        avslut: the event that ended it.
        beviljat: kronor granted.
        avslaget: kronor refused.
        aterbetalt: kronor paid back.
        utover: whether a decision gave more than was applied for, and says so.
    """

    borjan: Handelse | None = None
    senare: Handelse | None = None
    avslut: AtagandeAvslutat | None = None
    beviljat: Decimal = Decimal(0)
    avslaget: Decimal = Decimal(0)
    aterbetalt: Decimal = Decimal(0)
    utover: bool = False

    @property
    def sokt(self) -> Decimal:
        """Return kronor applied for."""
        return self.borjan.belopp if type(self.borjan) is ErsattningSokt else Decimal(0)

    @property
    def haller(self) -> bool:
        """Whether nothing rests on what is not there, comes before it or exceeds it."""
        if self.borjan is None or (self.senare is not None and self.senare.datum < self.borjan.datum):
            return False
        ryms = self.utover or self.beviljat + self.avslaget <= self.sokt
        return ryms and self.aterbetalt <= self.beviljat


@dataclass(frozen=True, slots=True)
class Budgetperiod:
    """What the decisions need to know of a year.

    Attributes:
        faststalld: the adopted budget.
        stangda: closed months.
        bokslut: the event that closed the year.
        antal: number of events besides the budget.
        forsta_justering: the day of the earliest adjustment.
        verifikationer: postings by voucher number.
        kanda: all other events that are known, each as itself.
        foljda: what is followed by its id.
        brustna: those of them that do not hold; a state in which there is one is refused.
        uppgifter: figures from outside, by what they are about.
    """

    faststalld: BudgetFaststalld | None = None
    stangda: frozenset[str] = frozenset()
    bokslut: BokslutFaststallt | None = None
    antal: int = 0
    forsta_justering: date | None = None
    verifikationer: PersistentMap[str, UtfallBokfort] = _TOM
    kanda: PersistentMap[Handelse, Handelse] = _TOM
    foljda: PersistentMap[Nyckel, Foljd] = _TOM
    brustna: frozenset[Nyckel] = frozenset()
    uppgifter: PersistentMap[tuple[object, ...], UppgiftLamnad] = _TOM

    def foljd(self, typ: type[Handelse], id_: UUID) -> Foljd:
        """Return what is known of a thing by its id; an empty answer if nothing is."""
        return self.foljda.get((typ, id_)) or Foljd()


def uppgiftens_nyckel(h: UppgiftLamnad) -> tuple[object, ...]:
    """Return what a figure is about: two figures about the same thing contradict each other unless they are equal.

    The method belongs to it: an estimate may stand beside a count.
    """
    delar = tuple(sorted((d.namn, d.varde) for d in h.dimensioner))
    return (h.namn, h.fran, h.sista_dag, h.metod, h.malgrupp, h.kon, h.insatsform, h.regi, h.enhet, delar)


# Evolve --------------------------------------------------------------------------------------------------------------


def utveckla(b: Budgetperiod, h: Handelse) -> Budgetperiod:
    """Return the state after an event; never refuses."""
    # Postings first, and told by type: there are thousands of them.
    if type(h) is UtfallBokfort:
        return _bokfort(b, h)
    if type(h) is BudgetFaststalld:
        return replace(b, faststalld=h)
    typ = type(h)
    b = replace(b, antal=b.antal + 1)
    hur = _SARSKILDA.get(typ)
    if hur is not None:
        b = hur(b, h)
    return b if typ in _ENDAST_SARSKILDA else replace(b, kanda=b.kanda.plus(h, h))


def _bokfort(b: Budgetperiod, h: UtfallBokfort) -> Budgetperiod:
    if h.verifikation is None:
        return replace(b, antal=b.antal + 1)
    return replace(b, antal=b.antal + 1, verifikationer=b.verifikationer.plus(h.verifikation, h))


def _justerad(b: Budgetperiod, h: BudgetJusterad) -> Budgetperiod:
    return replace(b, forsta_justering=min(b.forsta_justering or h.datum, h.datum))


def _med_foljd(b: Budgetperiod, nyckel: Nyckel, foljd: Foljd) -> Budgetperiod:
    brustna = b.brustna - {nyckel} if foljd.haller else b.brustna | {nyckel}
    return replace(b, foljda=b.foljda.plus(nyckel, foljd), brustna=brustna)


def _borjar(id_: Callable[[Any], UUID]) -> Callable[[Budgetperiod, Any], Budgetperiod]:
    """Return how the state changes with an event that begins what is followed."""

    def borja(b: Budgetperiod, h: Handelse) -> Budgetperiod:
        nyckel = (type(h), id_(h))
        return _med_foljd(b, nyckel, b.foljd(*nyckel)._replace(borjan=h))

    return borja


def _foljer(
    borjan: type[Handelse], id_: Callable[[Any], UUID], hur: Callable[[Foljd, Any], Foljd] = lambda foljd, _: foljd
) -> Callable[[Budgetperiod, Any], Budgetperiod]:
    """Return how the state changes with an event that rests on what is followed."""

    def folj(b: Budgetperiod, h: Handelse) -> Budgetperiod:
        nyckel = (borjan, id_(h))
        foljd = hur(b.foljd(*nyckel), h)
        senare = foljd.senare if foljd.senare is not None and foljd.senare.datum <= h.datum else h
        return _med_foljd(b, nyckel, foljd._replace(senare=senare))

    return folj


def _beviljad(foljd: Foljd, h: ErsattningBeviljad) -> Foljd:
    return foljd._replace(beviljat=foljd.beviljat + h.belopp, utover=foljd.utover or bool(h.utover_ansokan))


_SARSKILDA: Mapping[type[Handelse], Callable[[Budgetperiod, Any], Budgetperiod]] = {
    ManadStangd: lambda b, h: replace(b, stangda=b.stangda | {h.manad}),
    BokslutFaststallt: lambda b, h: replace(b, bokslut=h),
    BudgetJusterad: _justerad,
    UppgiftLamnad: lambda b, h: replace(b, uppgifter=b.uppgifter.plus(uppgiftens_nyckel(h), h)),
    ErsattningSokt: _borjar(lambda h: h.ersattning_id),
    ErsattningBeviljad: _foljer(ErsattningSokt, lambda h: h.ersattning_id, _beviljad),
    ErsattningAvslagen: _foljer(
        ErsattningSokt, lambda h: h.ersattning_id, lambda foljd, h: foljd._replace(avslaget=foljd.avslaget + h.belopp)
    ),
    ErsattningAterbetald: _foljer(
        ErsattningSokt,
        lambda h: h.ersattning_id,
        lambda foljd, h: foljd._replace(aterbetalt=foljd.aterbetalt + h.belopp),
    ),
    MalFaststallt: _borjar(lambda h: h.mal_id),
    MalBedomt: _foljer(MalFaststallt, lambda h: h.mal_id),
    AtagandeStartat: _borjar(lambda h: h.atagande_id),
    AtagandeAvslutat: _foljer(AtagandeStartat, lambda h: h.atagande_id, lambda foljd, h: foljd._replace(avslut=h)),
    AvvikelseRedovisad: _borjar(lambda h: h.avvikelse_id),
}
"""How the state changes with the events that it says more of than that they are known."""

_ENDAST_SARSKILDA = frozenset(
    (
        ManadStangd,
        BokslutFaststallt,
        UppgiftLamnad,
        ErsattningSokt,
        MalFaststallt,
        AtagandeStartat,
        AvvikelseRedovisad,
    )
)
"""Those of them that need not be known as themselves: what they say is found in another way."""
