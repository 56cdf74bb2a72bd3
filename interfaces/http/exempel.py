"""Events as a client sends them: the examples of the API description, from the event catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from application.handelsekatalog.exempel import Rad, godtagna
from application.handelsekatalog.post import handelsetyper
from domain.begrepp import Samling

_I_ADRESSEN = ("samling", "id")


def som_kropp(rad: Rad) -> Rad:
    """Return a line as a body: the stream is in the path."""
    return {namn: varde for namn, varde in rad.items() if namn not in _I_ADRESSEN}


def exempel(samling: Samling) -> Mapping[str, Mapping[str, Any]]:
    """Return an example per event of a collection, and further ones numbered from two."""
    return {
        klass.typ + (f"-{nr}" if nr > 1 else ""): {"summary": ett.nar, "value": som_kropp(ett.rader[-1])}
        for klass in handelsetyper()
        for nr, ett in enumerate(godtagna(klass.typ), start=1)
        if ett.rader[-1]["samling"] == samling.value
    }


def exempelrad(typ: str) -> Sequence[Rad]:
    """Return the ordinary example of an event, and what came before it, as lines."""
    return godtagna(typ)[0].rader
