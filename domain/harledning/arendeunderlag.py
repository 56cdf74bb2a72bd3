"""What every fact of a case draws on: its entries by type and by id, and what held in it on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from domain.arende.handelser import (
    AktualiseringInkommen,
    ArendeAktualiserat,
    BeslutAndrat,
    BeslutFattat,
    EnhetAndrad,
    ForhandsbedomningAvslutad,
    UtredningPaborjad,
    UtredningslagrumAndrat,
)
from domain.fakta import Intervall, Punkt, identitet
from domain.gemensamt import MalgruppAndrad
from domain.handelse import Handelse, Notering
from domain.harledning.skeden import Andring, Skede, skeden

Rad = tuple[Any, int, int]
"""An entry as (event, day number, position in the log)."""


class Inkommen(NamedTuple):
    """An intake: the day it came in, its id if it has one, how it came, and where that is said."""

    dag: int
    id: UUID | None
    satt: str
    position: int


class Underlag(NamedTuple):
    """A case as the facts need it.

    Attributes:
        borjan: the event that began it.
        efter_typ: its effective entries by event type, each type in the order they took effect.
        platser: the place of every entry in that order, by position in the log.
        malgrupper: the target groups in force, as phases; likewise ``enheter`` the units.
        punkt: a point with what all points of the case share; likewise ``intervall``.
    """

    borjan: ArendeAktualiserat
    efter_typ: Mapping[type[Handelse], list[Rad]]
    platser: Mapping[int, int]
    malgrupper: Sequence[Skede]
    enheter: Sequence[Skede]
    punkt: Punkt
    intervall: Intervall

    def av(self, *typer: type[Handelse]) -> list[Rad]:
        """Return the entries of some types in the order they took effect."""
        grupper = [self.efter_typ[typ] for typ in typer if typ in self.efter_typ]
        if len(grupper) == 1:
            return grupper[0]
        return sorted(chain.from_iterable(grupper), key=lambda rad: self.platser[rad[2]])

    def borjade(self, typ: type[Handelse], falt: str, nyckel: UUID) -> Rad:
        """Return what began the thing with an id."""
        return next(rad for rad in self.av(typ) if getattr(rad[0], falt) == nyckel)

    def beslut(self, nyckel: UUID, dag: int) -> BeslutFattat | BeslutAndrat:
        """Return what a decision says on a day."""
        rader = [h for h, d, _ in self.av(BeslutFattat, BeslutAndrat) if h.beslut_id == nyckel and d <= dag]
        svar: BeslutFattat | BeslutAndrat = rader[-1]
        return svar

    def utredningslagrum(self, nyckel: UUID, dag: int) -> str:
        """Return the act an investigation rests on on a day."""
        rader = self.av(UtredningPaborjad, UtredningslagrumAndrat)
        return [str(h.lagrum.lagrat) for h, d, _ in rader if h.utredning_id == nyckel and d <= dag][-1]

    def inkomna(self) -> list[Inkommen]:
        """Return the intakes in the order they came in."""
        rader = self.av(ArendeAktualiserat, AktualiseringInkommen)
        return [Inkommen(dag, h.aktualisering_id, h.satt.lagrat, position) for h, dag, position in rader]

    def bedomningar(self) -> list[tuple[ForhandsbedomningAvslutad, int, int, list[Inkommen]]]:
        """Return the ended preliminary assessments, each with the intakes whose assessment it ended."""
        kvar, svar = self.inkomna(), []
        for h, dag, position in self.av(ForhandsbedomningAvslutad):
            bedomda = [i for i in kvar if i.dag <= dag and h.aktualisering_id in (None, i.id)]
            kvar = [i for i in kvar if i not in bedomda]
            svar.append((h, dag, position, bedomda))
        return svar

    def vid(self, dag: int) -> tuple[str, str]:
        """Return target group and unit on a day."""
        return _vid(self.malgrupper, dag), _vid(self.enheter, dag)


def underlag(strom: UUID, noteringar: Sequence[Notering]) -> Underlag | None:
    """Return what the facts of a case draw on, or None if nothing began it."""
    efter_typ: dict[type[Handelse], list[Rad]] = {}
    for n in noteringar:
        efter_typ.setdefault(type(n.handelse), []).append((n.handelse, n.handelse.datum.toordinal(), n.position))
    if ArendeAktualiserat not in efter_typ:
        return None
    b: ArendeAktualiserat
    b, dag, position = efter_typ[ArendeAktualiserat][0]
    malgrupper = skeden(_lagen(dag, b.malgrupp, position, efter_typ.get(MalgruppAndrad, ()), "malgrupp"))
    enheter = skeden(_lagen(dag, b.enhet, position, efter_typ.get(EnhetAndrad, ()), "enhet"))
    gemensamt: dict[str, Any] = {
        "person": identitet(b.person_id), "kon": b.kon.lagrat, "fodelsear": b.fodelsear, "arende": identitet(strom),
    }  # fmt: skip
    return Underlag(
        b, efter_typ, {n.position: plats for plats, n in enumerate(noteringar)}, malgrupper, enheter,
        Punkt("", "", b.kommun, 0, **gemensamt), Intervall("", "", b.kommun, 0, 0, **gemensamt),
    )  # fmt: skip


def _lagen(dag: int, varde: str, position: int, andringar: Sequence[Rad], falt: str) -> Iterator[Andring]:
    yield Andring(dag, (str(varde),), position)
    for h, andrad, plats in andringar:
        yield Andring(andrad, (str(getattr(h, falt)),), plats)


def _vid(lagen: Sequence[Skede], dag: int) -> str:
    if len(lagen) == 1:
        return lagen[0].varde[0]
    return next(s.varde[0] for s in lagen if s.fran <= dag < s.till)
