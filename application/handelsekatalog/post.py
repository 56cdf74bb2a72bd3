"""What is written by hand of an event: its meaning in Swedish, and examples. One file per event in ``poster``.

A file says only what differs. A step of a history is the name of an event, which stands for its accepted example, or
an object that names it in ``typ`` and gives the fields that differ from that example; a refused example gives the
fields that differ from the accepted one. ``null`` takes a field away, and ``"rattar": 1`` names the first step.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.begrepp import Samling
from domain.handelse import HANDELSETYPER, Handelse
from domain.katalog import AGGREGAT, lasbara_versioner

MAPP = Path(__file__).parent / "poster"

_GEMENSAMMA = "gemensamma_falt.json"

Steg = str | Mapping[str, Any]
"""An event of a history: a name, or an object with ``typ`` and the fields that differ from its example."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fall(_Data):
    """A further example: when it is so, what came before, and the fields that differ from the accepted example."""

    nar: str
    historia: tuple[Steg, ...] | None = None
    handelse: Mapping[str, Any]


class Post(_Data):
    """What is said of an event.

    Attributes:
        rubrik: what happened, in a few words.
        beskrivning: what it means, in a sentence or two.
        falt: what fields mean, where the name does not speak for itself; a nested field by its own name.
        historia: what must be recorded before the example.
        exempel: the fields of the accepted example; None where nobody has written one.
        fler: further accepted examples, such as a correction.
        nekas: examples that are refused.
    """

    rubrik: str
    beskrivning: str = ""
    falt: Mapping[str, str] = {}
    historia: tuple[Steg, ...] = ()
    exempel: Mapping[str, Any] | None = None
    fler: tuple[Fall, ...] = ()
    nekas: tuple[Fall, ...] = ()


@cache
def poster() -> Mapping[str, Post]:
    """Return every post that is written, by the stored name of its event."""
    filer = (fil for fil in sorted(MAPP.glob("*.json")) if fil.name != _GEMENSAMMA)
    return {fil.stem: Post.model_validate_json(fil.read_bytes()) for fil in filer}


def post(typ: str) -> Post:
    """Return the post of an event; one without a post is called by its stored name."""
    return poster().get(typ) or Post(rubrik=typ)


@cache
def gemensamma_falt() -> Mapping[str, str]:
    """Return what fields mean that belong to the envelope or mean the same in every event."""
    innehall: dict[str, str] = json.loads((MAPP / _GEMENSAMMA).read_bytes())
    return innehall


def betydelse(typ: str, falt: str, agare: str = "") -> str:
    """Return what a field of an event means; empty where the name speaks for itself.

    A field of a value within the event is looked for first with the name of the value's class (``agare``).
    """
    egna, gemensamma = post(typ).falt, gemensamma_falt()
    return gemensamma.get(f"{agare}.{falt}") or egna.get(falt) or gemensamma.get(falt, "")


def handelsetyper() -> list[type[Handelse]]:
    """Return the events that can be sent, collection by collection in the order they are declared; annulment last."""
    typer = {typ: None for aggregat in AGGREGAT.values() for typ in aggregat.beslut}
    return [*typer, *(typ for typ in HANDELSETYPER.values() if typ not in typer and samlingar(typ))]


def samlingar(klass: type[Handelse]) -> list[Samling]:
    """Return the collections whose streams can hold an event."""
    return [samling for samling, aggregat in AGGREGAT.items() if klass in aggregat.hor_hit]


def huvud(klass: type[Handelse]) -> dict[str, Any]:
    """Return what a list of the events says of one, for a program."""
    p = post(klass.typ)
    return {
        "typ": klass.typ,
        "version": klass.schemaversion,
        "versioner": lasbara_versioner(klass.typ),
        "samlingar": [samling.value for samling in samlingar(klass)],
        "rubrik": p.rubrik,
        "beskrivning": p.beskrivning,
    }
