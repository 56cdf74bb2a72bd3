"""What in an event is about a person: declared once, on the field, and read by everything that protects it.

Three kinds. An identity of a person or of a family is replaced by a pseudonym before anything is decided or stored, so
that facts and measures never know who it was. A free text about somebody is kept encrypted apart from the event, and
is gone when its key is; nothing is derived from it. All else (dates, closed words, money, names of units and roles) is
the open part of an event and stays for ever.

Each event belongs to a file (``akt``) that is kept or erased as a whole. That is its stream – one case, one stay – but
an event in a shared stream may be about somebody's case: then it names the fields that say whose (``Handelse.om``).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Annotated, NamedTuple, get_args
from uuid import UUID

from pydantic.fields import FieldInfo

if TYPE_CHECKING:
    from domain.handelse import Handelse


class Personuppgift(Enum):
    """What a field says about a person."""

    PERSON = "person"
    FAMILJ = "familj"
    FRITEXT = "fritext"


Personidentitet = Annotated[UUID, Personuppgift.PERSON]
"""Who it is about, as the sender's system knows the person."""

Familjeidentitet = Annotated[UUID, Personuppgift.FAMILJ]
"""Which family it is about, as the sender's system knows it."""


KandIdentitet = tuple[Personuppgift, UUID]
"""An identity as the sender knows it, with what it is the identity of."""

BORTTAGEN_TEXT = "(uppgiften är borttagen)"
"""What a free text reads when it has been erased."""


class Personfalt(NamedTuple):
    """The personal fields of an event type, by name: identities with their kind, and free texts."""

    identiteter: tuple[tuple[str, Personuppgift], ...]
    fritexter: frozenset[str]


@cache
def personfalt(klass: type[Handelse]) -> Personfalt:
    """Return the personal fields of an event type."""
    markta = [(namn, slag) for namn, falt in klass.model_fields.items() for slag in _slag(falt)]
    return Personfalt(
        tuple(par for par in markta if par[1] is not Personuppgift.FRITEXT),
        frozenset(namn for namn, slag in markta if slag is Personuppgift.FRITEXT),
    )


def _slag(falt: FieldInfo) -> Iterator[Personuppgift]:
    """Yield the marks of a field: its own, and those inside a union."""
    inuti = (marke for del_ in get_args(falt.annotation) for marke in getattr(del_, "__metadata__", ()))
    yield from (marke for marke in (*falt.metadata, *inuti) if isinstance(marke, Personuppgift))


def akt(strom: UUID, handelse: Handelse) -> UUID:
    """Return the file that an event in a stream belongs to."""
    return next((varde for falt in type(handelse).om if (varde := getattr(handelse, falt)) is not None), strom)
