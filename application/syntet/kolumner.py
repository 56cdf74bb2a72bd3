"""Events as columns: some thirty bytes each instead of an object each, so that a million fit in little memory."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from application.syntet.profiler import I8, I32, I64


class Typ(IntEnum):
    """Kinds of event; what ``ref``, ``v1``, ``v2`` and ``kod`` hold is said per kind.

    ``ref`` is the number of the placement, provider or finished payload; of a case, that of its person.
    A beginning's ``kod`` is 0, or 1 + index of
    a target group, or 20 + index of a form, that is recorded instead of the right one.
    """

    PABORJAD = 0  # v1 price in öre, v2 planned end, kod what is wrong
    PRIS = 1  # v1 price in öre
    PLANERAT_SLUT = 2  # v2 planned end
    LAGRUM = 3  # kod index in LAGRUM
    FRANVARO = 4  # v2 first day back, kod 1 if paid
    OVERVAGANDE = 5
    OMPROVNING = 6
    AVSLUTAD = 7  # kod 2 * index in ORSAKER + planned
    UTVARDERAD = 8  # kod 2 * index in Maluppfyllelse + worked with the problems
    MAKULERAD = 9
    UTFORARE = 10
    PLATSER = 11
    RAMAVTAL = 12
    FARDIG = 13  # the payload is kept ready (budgets, outcomes, forecasts)
    AKTUALISERAT = 20  # kod index in AVSANDARE
    STATUS = 21
    SKYDD = 22
    BEDOMD = 23
    UTREDNING = 24  # kod index in UTREDNINGSTYPER, v1 index in UTREDNINGSLAGRUM
    MER_INKOMMET = 25  # kod index in AVSANDARE, v1 its number
    FORLANGD = 26  # v2 last day
    UTREDD = 27  # kod index in UTFALL
    BESLUT = 28  # v1 the placement it is about, or UTAN_PLACERING
    VERKSTALLT = 29  # v1 as for BESLUT
    UPPHORT = 30  # v1 as for BESLUT, kod index in UPPHORANDE
    INSATS = 31
    INSATS_SLUT = 32
    INSATS_FOLJD = 33  # kod 2 * index in Maluppfyllelse + worked with the problems
    OVERLAMNAT = 34
    AVSLUTAT = 35
    ARENDE_MAKULERAD = 36


FEL_FORM = 20

UTAN_PLACERING = -1
"""The decision is about a service without care days."""


@dataclass
class Handelser:
    """Parallel columns, one entry per event; ``tid`` is registration in ms, ``rattar`` the corrected entry or -1."""

    typ: I8
    ref: I32
    datum: I32
    tid: I64
    v1: I32
    v2: I32
    kod: I8
    rattar: I32

    def __len__(self) -> int:
        """Return how many events there are."""
        return len(self.typ)


def handelser(
    typ: Typ,
    ref: I32,
    datum: I32,
    tid: I64,
    *,
    v1: I32 | None = None,
    v2: I32 | None = None,
    kod: I8 | None = None,
    rattar: I32 | None = None,
) -> Handelser:
    """Return events of one kind."""
    antal = len(ref)
    noll = np.zeros(antal, dtype=np.int32)
    return Handelser(
        typ=np.full(antal, typ, dtype=np.int8),
        ref=ref.astype(np.int32),
        datum=datum.astype(np.int32),
        tid=tid.astype(np.int64),
        v1=noll if v1 is None else v1.astype(np.int32),
        v2=noll if v2 is None else v2.astype(np.int32),
        kod=np.zeros(antal, dtype=np.int8) if kod is None else kod.astype(np.int8),
        rattar=np.full(antal, -1, dtype=np.int32) if rattar is None else rattar.astype(np.int32),
    )


def samla(delar: list[Handelser]) -> Handelser:
    """Return all events in the order given; the list is emptied column by column to spare memory."""
    kolumner = {}
    for falt in fields(Handelser):
        kolumner[falt.name] = np.concatenate([getattr(del_, falt.name) for del_ in delar])
        for del_ in delar:
            setattr(del_, falt.name, np.empty(0, dtype=kolumner[falt.name].dtype))
    return Handelser(**kolumner)
