"""Where in the log the entries of some types stand, found without reading the rest of it.

The log has an index by collection, type and position. Within one type the next entries lie side by side in it, so each
type is asked for its own, and those that come first of all are the answer. A single question for several types would
have the database either read the whole log after a position or sort all that is left of them.
"""

from __future__ import annotations

from heapq import merge
from itertools import islice

from sqlalchemy import Connection, bindparam, select

from application.ports import Loggurval
from domain.begrepp import Samling
from domain.katalog import AGGREGAT
from infrastructure.rows import Fragesats, de_forsta
from infrastructure.tables import handelser

_SIST = 2**62
_K = handelser.c
_NASTA = Fragesats(
    de_forsta(
        select(_K.position)
        .where(
            _K.samling == bindparam("samling"), _K.typ == bindparam("typ"),
            _K.position > bindparam("efter"), _K.position <= bindparam("till"),
        )
        .order_by(_K.position),
        bindparam("antal"),
    ),
    ("samling", "typ", "efter", "till", "antal"),
)  # fmt: skip


def positioner(forbindelse: Connection, efter: int, antal: int, urval: Loggurval) -> list[int]:
    """Return the positions of the first entries after a position that are of some collections and types."""
    till = _SIST if urval.till is None else urval.till
    fragor = [(_NASTA, (samling.value, typ, efter, till, antal)) for samling, typ in _sorter(urval)]
    funna = ([position for (position,) in rader] for rader in Fragesats.samtidigt(forbindelse, fragor))
    return list(islice(merge(*funna), antal))


def _sorter(urval: Loggurval) -> list[tuple[Samling, str]]:
    """Return every collection that is read with every type in it that is."""
    return [
        (samling, klass.typ)
        for samling, aggregat in AGGREGAT.items()
        if not urval.samlingar or samling in urval.samlingar
        for klass in aggregat.typer
        if not urval.typer or klass.typ in urval.typer
    ]
