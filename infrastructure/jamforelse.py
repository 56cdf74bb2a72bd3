"""Two generations of fact tables compared inside the database, row against row.

Nothing is read out: to hash both generations took a fourth of a rebuild, and a hash tells no more. Rows have the same
keys in both, so each is looked up where its twin must lie.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, select

from domain.fakta import Fakta
from infrastructure.tables import Faktatabeller

Urval = Callable[[Table], Sequence[ColumnElement[bool]]]


def skiljer(
    forbindelse: Connection,
    form: type[Fakta],
    ena: Faktatabeller,
    andra: Faktatabeller,
    urval: Urval,
) -> bool:
    """Return whether two generations hold different facts of a shape, or different traits behind them.

    Args:
        forbindelse: a connection that sees both as they are at one moment.
        form: the shape.
        ena: a generation.
        andra: the other.
        urval: the conditions that leave some streams out, for a table of facts.
    """
    fakta, andra_fakta = ena.fakta[form], andra.fakta[form]
    drag, andra_drag = ena.drag[form], andra.drag[form]
    utan_like = select(fakta.c.strom).where(*urval(fakta), ~exists().where(_lika(fakta, andra_fakta)))
    anvanda = select(fakta.c.drag).where(*urval(fakta)).distinct().subquery()
    lika_drag = exists().where(drag.c.id == anvanda.c.drag, _lika(drag, andra_drag))
    antal = [select(func.count()).select_from(tabell).where(*urval(tabell)) for tabell in (fakta, andra_fakta)]
    return (
        forbindelse.scalar(antal[0]) != forbindelse.scalar(antal[1])
        or forbindelse.execute(utan_like.limit(1)).first() is not None
        or forbindelse.execute(select(anvanda.c.drag).where(~lika_drag).limit(1)).first() is not None
    )


def _lika(ena: Table, andra: Table) -> ColumnElement[bool]:
    """Return the condition that two rows say the same: found by their key, and equal where they say nothing too."""
    nyckel = [kolumn == andra.c[kolumn.name] for kolumn in ena.primary_key]
    ovriga = [kolumn.is_not_distinct_from(andra.c[kolumn.name]) for kolumn in ena.c if not kolumn.primary_key]
    return and_(*nyckel, *ovriga)
