"""Events whose payloads are kept ready, since they are few: of budget years, åtgärder and providers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from application.syntet.tider import uuid7
from domain.begrepp import Samling


@dataclass(frozen=True)
class Fardig:
    """A finished event.

    Attributes:
        ar: the year, of a budget year's event.
        tid: registration (ms).
        typ: stored name.
        datum: day number.
        innehall: payload.
        samling: the kind of stream.
        nummer: which åtgärd or provider.
        namnd: the board of a budget year's event, where it is another than the order's.
    """

    ar: int
    tid: int
    typ: str
    datum: int
    innehall: dict[str, Any]
    samling: Samling = Samling.BUDGETPERIODER
    nummer: int = 0
    namnd: str = ""


def identitet(tid: int, fro: int, sort: int, nummer: int) -> str:
    """Return the identity of one thing."""
    return uuid7(np.array([tid], dtype=np.int64), fro, sort, np.array([nummer]))[0]
