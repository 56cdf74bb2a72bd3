"""The follow-up of an åtgärd: what was expected of it, what came of it, and on what ground.

Pure and exact: money is ``Decimal`` kronor with whole öre (a saving is positive), days are whole, and what is divided
is a ``Fraction``; nothing is rounded until it is printed. As of a day: fold the events up to that day and ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from domain.atgard.begrepp import Atgardsfas, Effektklass, Effektmetod
from domain.atgard.effekt import (
    Hypoteser,
    alternativ_effekt,
    ar_bara_hypotetisk,
    dygn_enligt_slutdagarna,
    effektgrund,
    forkortade_dygn,
    netto,
)
from domain.atgard.handelser import ArendeBedomt
from domain.atgard.tillstand import Atgard, senast
from domain.begrepp import Insatsform
from domain.handelse import Handelse
from domain.pengar import kronor, ore

N = TypeVar("N")

DAGAR_PER_MANAD = Fraction(365, 12)
"""Days in the average month by which shortened days are told in months; shortened care lies in no particular month."""


@dataclass(frozen=True, slots=True)
class Arendesumma:
    """Some judged cases together.

    Attributes:
        antal: cases.
        forkortade_dygn: days of care fewer than without the åtgärd; negative if more.
        brutto: kronor that the care became cheaper by: shortened days × cost per day.
        insatskostnad: kronor that the åtgärd cost in the cases.
    """

    antal: int
    forkortade_dygn: int
    brutto: Decimal
    insatskostnad: Decimal

    @property
    def netto(self) -> Decimal:
        """Return the net effect in kronor: gross less what the åtgärd cost."""
        return self.brutto - self.insatskostnad

    @property
    def forkortade_manader(self) -> Fraction:
        """Return the shortened days in months of 365/12 days."""
        return self.forkortade_dygn / DAGAR_PER_MANAD

    @property
    def netto_per_arende(self) -> Fraction | None:
        """Return the net effect in kronor per case; None without cases."""
        return Fraction(self.netto) / self.antal if self.antal else None


@dataclass(frozen=True, slots=True)
class Uppfoljning:
    """What is known of an åtgärd's effect. Kronor saved are positive.

    Attributes:
        fas: how far it has come; None before it is identified.
        arenden: all judged cases.
        per_effektklass: cases by effect class, every class present.
        per_insatsform: cases by form of care; None where the form is not stated.
        per_orsak: cases by primary reason; None where it is not stated.
        avvikande: cases whose stated number of days differs from the real and the hypothetical end.
        uppnatt: achieved effect in kronor by method, every method present. Methods are not added: they may tell of
            the same saving in several ways.
        alternativkostnad: kronor that occupied days would have cost elsewhere, less their own cost.
        budgeterat: kronor the budget of each year reckons with, by the latest statement.
        vantat: kronor expected of each year, by the latest statement.
        vantat_totalt: kronor expected in all, by the latest statement; None if nobody has said.
        grund: the firmest ground of any achieved effect; None when none is claimed.
        bara_hypotetisk: whether an effect is claimed and rests on hypotheses only; it is then shown as such.
    """

    fas: Atgardsfas | None
    arenden: Arendesumma
    per_effektklass: Mapping[Effektklass, Arendesumma]
    per_insatsform: Mapping[Insatsform | None, Arendesumma]
    per_orsak: Mapping[str | None, Arendesumma]
    avvikande: tuple[UUID, ...]
    uppnatt: Mapping[Effektmetod, Decimal]
    alternativkostnad: Decimal
    budgeterat: Mapping[int, Decimal]
    vantat: Mapping[int, Decimal]
    vantat_totalt: Decimal | None
    grund: Effektmetod | None
    bara_hypotetisk: bool


def folj_upp(a: Atgard) -> Uppfoljning:
    """Return the follow-up of an åtgärd from what is known of it."""
    hypoteser = Hypoteser(a.hypotetiska)
    fall = [(h, forkortade_dygn(h, hypoteser.slut(h))) for h in a.bedomda]
    total = senast(h for h in a.beraknade if h.beraknad_total is not None)
    return Uppfoljning(
        fas=a.fas,
        arenden=_summa(fall),
        per_effektklass=MappingProxyType(
            {klass: _summa(par for par in fall if par[0].effektklass is klass) for klass in Effektklass}
        ),
        per_insatsform=_grupperade(fall, lambda h: h.insatsform),
        per_orsak=_grupperade(fall, lambda h: h.primar_orsak),
        avvikande=tuple(
            h.fall for h, dygn in fall if dygn_enligt_slutdagarna(h, hypoteser.slut(h)) not in (None, dygn)
        ),
        uppnatt=MappingProxyType(
            {m: sum((h.belopp for h in a.uppnadda if h.metod is m), Decimal("0.00")) for m in Effektmetod}
        ),
        alternativkostnad=kronor(sum(map(alternativ_effekt, a.alternativ))),
        budgeterat=_senast_per_ar((h.ar, h.belopp, h) for h in a.budgeterade),
        vantat=_senast_per_ar((h.ar, h.prognos_under_aret, h) for h in a.beraknade),
        vantat_totalt=total.beraknad_total if total else None,
        grund=effektgrund(a),
        bara_hypotetisk=ar_bara_hypotetisk(a),
    )


def _summa(fall: Iterable[tuple[ArendeBedomt, int]]) -> Arendesumma:
    fall = list(fall)
    kostnad = sum(ore(h.insatskostnad) for h, _ in fall)
    return Arendesumma(
        antal=len(fall),
        forkortade_dygn=sum(dygn for _, dygn in fall),
        brutto=kronor(sum(netto(h, dygn) for h, dygn in fall) + kostnad),
        insatskostnad=kronor(kostnad),
    )


def _grupperade(
    fall: Iterable[tuple[ArendeBedomt, int]], nyckel: Callable[[ArendeBedomt], N]
) -> Mapping[N, Arendesumma]:
    grupper: dict[N, list[tuple[ArendeBedomt, int]]] = {}
    for par in fall:
        grupper.setdefault(nyckel(par[0]), []).append(par)
    return MappingProxyType({namn: _summa(delar) for namn, delar in grupper.items()})


def _senast_per_ar(uppgifter: Iterable[tuple[int, Decimal | None, Handelse]]) -> Mapping[int, Decimal]:
    """Return by year the amount that was stated last; a statement without an amount says nothing of it."""
    rader = [(ar, belopp, h) for ar, belopp, h in uppgifter if belopp is not None]
    rader.sort(key=lambda rad: (rad[0], rad[2].datum))
    return MappingProxyType({ar: belopp for ar, belopp, _ in rader})
