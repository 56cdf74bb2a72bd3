"""Phases: what held from a day on until something else did, and the events that made it so.

A stream's changes become phases (``skeden``); phases that hold at the same time are cut against each other
(``snitt``), which splits an interval wherever one of its properties changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from domain.fakta import spar
from domain.tid import OANDLIG_DAG

Varde = tuple[str, ...]


class Andring(NamedTuple):
    """From ``dag`` this value holds, or nothing does (None), because of the event at ``position``."""

    dag: int
    varde: Varde | None
    position: int


class Skede(NamedTuple):
    """The days ``[fran, till)`` on which a value held.

    ``grund`` are the positions of the events that made it hold, ``slut`` of the one that ended it, if it has ended.
    """

    fran: int
    till: int
    varde: Varde
    grund: tuple[int, ...]
    slut: tuple[int, ...] = ()

    @property
    def handelser(self) -> str:
        """Return the positions of the events behind the phase, as facts store them."""
        return spar(sorted({*self.grund, *self.slut}))


def skeden(andringar: Iterable[Andring]) -> list[Skede]:
    """Return the phases that changes in order of day make.

    The last change of a day holds the day. A change to what already holds is none. What began and ended on one day
    held that day, as a stay does.
    """
    rader = list(andringar)
    if len(rader) == 1:
        # Far the most: a case that was never moved, a service that goes on.
        return [Skede(a.dag, OANDLIG_DAG, a.varde, (a.position,)) for a in rader if a.varde]
    resultat: list[Skede] = []
    nu: tuple[int, Varde, int] | None = None
    for dag, grupp in groupby(rader, key=lambda andring: andring.dag):
        dagens = list(grupp)
        _, varde, position = dagens[-1]
        if nu is not None:
            if varde == nu[1]:
                continue
            resultat.append(Skede(nu[0], dag, nu[1], (nu[2],), (position,)))
        elif varde is None:
            resultat += [Skede(dag, dag + 1, a.varde, (a.position,), (position,)) for a in dagens if a.varde][-1:]
        nu = None if varde is None else (dag, varde, position)
    if nu is not None:
        resultat.append(Skede(nu[0], OANDLIG_DAG, nu[1], (nu[2],)))
    return resultat


def snitt(ena: Iterable[Skede], *andra: Sequence[Skede]) -> list[Skede]:
    """Return the days on which phases of every kind held, with the values of all of them in the order given."""
    delar = list(ena)
    for skedena in andra:
        delar = [
            Skede(
                max(a.fran, b.fran), min(a.till, b.till), (*a.varde, *b.varde), (*a.grund, *b.grund),
                a.slut if a.till <= b.till else b.slut,
            )
            for a in delar
            for b in skedena
            if a.fran < b.till and b.fran < a.till
        ]  # fmt: skip
    return delar
