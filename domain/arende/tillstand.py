"""Ärende: what its decisions need to know, and how an event changes it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.arende.handelser import (
    AktualiseringInkommen,
    ArendeAktualiserat,
    ArendeAteroppnat,
    ArendeAvslutat,
    ForhandsbedomningAvslutad,
    UtredningAvslutad,
    UtredningPaborjad,
)
from domain.handelse import Handelse

AVSLUT_OCH_OPPNING: frozenset[type[Handelse]] = frozenset((ArendeAvslutat, ArendeAteroppnat))

# State ---------------------------------------------------------------------------------------------------------------


class Arende(NamedTuple):
    """What is known of a case: the event that began it, and everything that happened in it.

    Attributes:
        borjan: the event that began it.
        inre: all other effective events; those of one day in the order they took effect, the days in any order.
    """

    borjan: ArendeAktualiserat | None = None
    inre: tuple[Handelse, ...] = ()


# Evolve --------------------------------------------------------------------------------------------------------------


def utveckla(a: Arende, h: Handelse) -> Arende:
    """Return the state after an event; never refuses."""
    if type(h) is ArendeAktualiserat:
        return Arende(h, a.inre)
    return Arende(a.borjan, (*a.inre, h))


# What the decisions ask ----------------------------------------------------------------------------------------------


def senaste(
    a: Arende, typer: Collection[type[Handelse]], dag: date, falt: str = "", varde: UUID | None = None
) -> Handelse | None:
    """Return the last event of some types up to and including a day, of those whose field has the value."""
    funnen: Handelse | None = None
    for h in a.inre:
        if type(h) in typer and h.datum <= dag and (not falt or getattr(h, falt) == varde):
            funnen = h if funnen is None or h.datum >= funnen.datum else funnen
    return funnen


def inkomna(a: Arende, dag: date) -> list[tuple[date, UUID | None]]:
    """Return day and id of the intakes up to and including a day."""
    alla = [] if a.borjan is None else [(a.borjan.datum, a.borjan.aktualisering_id)]
    alla += [(h.datum, h.aktualisering_id) for h in a.inre if type(h) is AktualiseringInkommen]
    return [inkommen for inkommen in alla if inkommen[0] <= dag]


def bedomningen(a: Arende, inkom: date, nyckel: UUID | None, dag: date) -> ForhandsbedomningAvslutad | None:
    """Return what ended the preliminary assessment of an intake up to and including a day, if anything did."""
    for h in a.inre:
        if type(h) is ForhandsbedomningAvslutad and inkom <= h.datum <= dag and h.aktualisering_id in (None, nyckel):
            return h
    return None


def oppna_utredningar(a: Arende, dag: date) -> list[UtredningPaborjad]:
    """Return the investigations that have begun and not ended up to and including a day."""
    slut = {h.utredning_id for h in a.inre if type(h) is UtredningAvslutad and h.datum <= dag}
    return [h for h in a.inre if type(h) is UtredningPaborjad and h.datum <= dag and h.utredning_id not in slut]
