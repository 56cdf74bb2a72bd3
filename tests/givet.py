"""Given – when – then: a specification of a decision, readable by somebody who knows the work and not the code.

``givet(PLACERING, en_placering()).nar(ett_avslut()).sker()``: given these events, when this is proposed, then it is
recorded; or ``.nekas(Felet, falt="datum")``, or ``.ar_tyst()``. Events are counted from one: ``rattar=1`` is the first
given event. A given correction is written ``rattelse(1, handelse)``. The given history is itself decided on, so a
specification cannot start from something that could never have been recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregat import Aggregat, besluta
from domain.fel import Regelbrott
from domain.handelse import Handelse, Notering

IDAG = date(2030, 1, 1)


@dataclass(frozen=True)
class Rattelse:
    """A given correction of the event with that number."""

    rattar: int
    handelse: Handelse


def rattelse(rattar: int, handelse: Handelse) -> Rattelse:
    return Rattelse(rattar, handelse)


def id_for(nummer: int) -> UUID:
    """Return the id of the n:th given event, counted from one."""
    return UUID(int=nummer)


def noteringar(*givna: Handelse | Rattelse) -> list[Notering]:
    """Return given events as entries of a log, at positions and with ids that follow from their order."""
    rader = []
    for nummer, given in enumerate(givna, start=1):
        if isinstance(given, Rattelse):
            rader.append(Notering(nummer, id_for(nummer), given.handelse, id_for(given.rattar)))
        else:
            rader.append(Notering(nummer, id_for(nummer), given))
    return rader


@dataclass(frozen=True)
class Given:
    aggregat: Aggregat[Any]
    rader: list[Notering]

    def nar(self, forslag: Handelse, *, idag: date = IDAG, rattar: int | None = None) -> Nar:
        return Nar(self, forslag, idag, id_for(rattar) if rattar is not None else None)


@dataclass(frozen=True)
class Nar:
    given: Given
    forslag: Handelse
    idag: date
    rattar: UUID | None

    def svar(self) -> tuple[Handelse, ...]:
        return besluta(self.given.aggregat, self.given.rader, self.forslag, idag=self.idag, rattar=self.rattar)

    def sker(self) -> None:
        """Expect that just the proposal is recorded."""
        assert self.svar() == (self.forslag,)

    def ar_tyst(self) -> None:
        """Expect that nothing is recorded, since nothing new was said."""
        assert self.svar() == ()

    def nekas(self, felklass: type[Regelbrott], *, falt: str | None, sager: str = "") -> None:
        """Expect a refusal by just this name, about this field, whose sentence holds every value it speaks of."""
        with pytest.raises(Regelbrott) as fangat:
            self.svar()
        fel = fangat.value
        assert type(fel) is felklass, f"{type(fel).__name__}: {fel.mening}"
        assert fel.falt == falt
        assert None not in fel.varden.values()
        assert [v for v in fel.varden.values() if str(v) not in fel.mening] == []
        assert sager in fel.mening
        assert "{" not in fel.mening


def givet(aggregat: Aggregat[Any], *givna: Handelse | Rattelse) -> Given:
    """Return a history to propose something to; each given event must itself be accepted."""
    rader = noteringar(*givna)
    for nummer, rad in enumerate(rader):
        svar = besluta(aggregat, rader[:nummer], rad.handelse, idag=IDAG, rattar=rad.rattar)
        assert svar == (rad.handelse,), f"den givna historien håller inte: {rad}"
    return Given(aggregat, rader)
