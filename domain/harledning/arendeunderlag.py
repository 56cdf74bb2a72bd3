"""What every fact of a case draws on: its entries by type and by id, and what held in it on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from domain.fakta import Intervall, Punkt
from domain.gemensamt import MalgruppAndrad
from domain.handelse import Handelse, Notering
from domain.harledning.skeden import Andring, Skede, skeden


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
        noteringar: its effective entries, in the order they took effect.
        malgrupper: the target groups in force, as phases; likewise ``enheter`` the units.
        punkt: a point with what all points of the case share; likewise ``intervall``.
    """

    borjan: ArendeAktualiserat
    position: int
    noteringar: Sequence[Notering]
    malgrupper: Sequence[Skede]
    enheter: Sequence[Skede]
    punkt: Punkt
    intervall: Intervall

    def av(self, *typer: type[Handelse]) -> list[tuple[Any, int, int]]:
        """Return (event, day number, position) of the entries of some types, in the order they took effect."""
        return [
            (n.handelse, n.handelse.datum.toordinal(), n.position)
            for n in self.noteringar
            if type(n.handelse) in typer
        ]  # fmt: skip

    def borjade(self, typ: type[Handelse], falt: str, nyckel: UUID) -> tuple[Any, int, int]:
        """Return (event, day number, position) of what began the thing with an id."""
        return next(rad for rad in self.av(typ) if getattr(rad[0], falt) == nyckel)

    def beslut(self, nyckel: UUID, dag: int) -> BeslutFattat | BeslutAndrat:
        """Return what a decision says on a day."""
        rader = [h for h, d, _ in self.av(BeslutFattat, BeslutAndrat) if h.beslut_id == nyckel and d <= dag]
        svar: BeslutFattat | BeslutAndrat = rader[-1]
        return svar

    def utredningslagrum(self, nyckel: UUID, dag: int) -> str:
        """Return the act an investigation rests on on a day."""
        rader = self.av(UtredningPaborjad, UtredningslagrumAndrat)
        return [str(h.lagrum.value) for h, d, _ in rader if h.utredning_id == nyckel and d <= dag][-1]

    def inkomna(self) -> list[Inkommen]:
        """Return the intakes in the order they came in."""
        rader = self.av(ArendeAktualiserat, AktualiseringInkommen)
        return [Inkommen(dag, h.aktualisering_id, h.satt.value, position) for h, dag, position in rader]

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
    for n in noteringar:
        if type(n.handelse) is ArendeAktualiserat:
            b = n.handelse
            malgrupper = skeden(_lagen(noteringar, {ArendeAktualiserat: "malgrupp", MalgruppAndrad: "malgrupp"}))
            enheter = skeden(_lagen(noteringar, {ArendeAktualiserat: "enhet", EnhetAndrad: "enhet"}))
            gemensamt: dict[str, Any] = {
                "person": b.person_id, "kon": b.kon.value, "fodelsear": b.fodelsear, "arende": strom,
            }  # fmt: skip
            return Underlag(
                b, n.position, noteringar, malgrupper, enheter,
                Punkt("", "", b.kommun, 0, **gemensamt), Intervall("", "", b.kommun, 0, 0, **gemensamt),
            )  # fmt: skip
    return None


def _lagen(noteringar: Sequence[Notering], falt: dict[type[Handelse], str]) -> Iterable[Andring]:
    for n in noteringar:
        namn = falt.get(type(n.handelse))
        if namn is not None:
            yield Andring(n.handelse.datum.toordinal(), (str(getattr(n.handelse, namn)),), n.position)


def _vid(lagen: Sequence[Skede], dag: int) -> str:
    return next(s.varde[0] for s in lagen if s.fran <= dag < s.till)
