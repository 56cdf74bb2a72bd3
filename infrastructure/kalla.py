"""What a calculation reads: the facts of a shape beside their traits, and the order tables are gone through in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Join, Label, true
from sqlalchemy.ext.compiler import compiles

from domain.fakta import Fakta
from infrastructure.tables import DRAGTABELLER, FAKTATABELLER

PLATS = ("strom", "radnr", "kand_fran", "kand_till")
"""Where a fact is in the ledger: its stream, its number there, and between which positions it was known."""


class Korsning(Join):
    """Tables that are gone through in the order they are written, the last one innermost.

    SQLite would go through the facts once per part of the period; it never turns a ``CROSS JOIN`` round (halves the
    time of a year by month). Other databases see an ordinary join and choose for themselves.
    """

    inherit_cache = True

    def __init__(self, yttre: FromClause, inre: FromClause, villkor: ColumnElement[bool] | None = None) -> None:
        """Join on a condition, or on none: the question's own then say what belongs together."""
        super().__init__(yttre, inre, true() if villkor is None else villkor)


@compiles(Korsning, "sqlite")
def _cross_join(element: Any, compiler: Any, **kw: Any) -> str:
    kw["asfrom"] = True
    tabeller = f"{compiler.process(element.left, **kw)} CROSS JOIN {compiler.process(element.right, **kw)}"
    kw["asfrom"] = False
    return tabeller if element.onclause == true() else f"{tabeller} ON {compiler.process(element.onclause, **kw)}"


class Kalla:
    """The facts of a shape beside their traits, with the columns of both by name.

    Traits come first: a question's conditions leave some of their combinations, and the facts of each lie together.
    """

    def __init__(self, form: type[Fakta], namn: str | None = None) -> None:
        """Take the tables of a shape, under another name where they stand twice in a question."""
        self.form = form
        fakta: FromClause = FAKTATABELLER[form]
        drag: FromClause = DRAGTABELLER[form]
        if namn is not None:
            fakta, drag = fakta.alias(f"{namn}_fakta"), drag.alias(f"{namn}_drag")
        self.egna = drag, fakta
        self.tabeller: Join = Korsning(drag, fakta, drag.c.id == fakta.c.drag)
        self.kolumner: Mapping[str, ColumnElement[Any]] = {**dict(drag.c.items()), **dict(fakta.c.items())}

    def __getitem__(self, namn: str) -> ColumnElement[Any]:
        """Return a column."""
        return self.kolumner[namn]

    def __contains__(self, namn: object) -> bool:
        """Return whether there is a column of a name."""
        return namn in self.kolumner

    def kand(
        self, position: int | ColumnElement[int], sedan: int | ColumnElement[int] | None = None
    ) -> list[ColumnElement[bool]]:
        """Return the conditions that a fact was the known truth at a position, or some time since an earlier one."""
        return [self["kand_fran"] <= position, self["kand_till"] > (position if sedan is None else sedan)]

    def faktum(self) -> list[Label[Any]]:
        """Return the columns that tell a fact from all others, when it was known, and its fields."""
        drag, fakta = (tabell.c for tabell in self.egna)
        egna = (fakta[namn] if namn in fakta else drag[namn] for namn in (*PLATS, *self.form._fields))
        return [kolumn.label(f"faktum_{kolumn.name}") for kolumn in egna]

    def nycklar(self) -> list[ColumnElement[Any]]:
        """Return the keys of a fact and its traits: whatever else a fact has depends on them."""
        drag, fakta = (tabell.c for tabell in self.egna)
        return [fakta.strom, fakta.radnr, drag.id]
