"""The facts that a calculation counts, joined to where their units belong on a day (ADR 0010).

Which units there are, by every name, comes with the question (``infrastructure.enhetsregister``). Every fact meets at
most one of them and is counted once, however the whole is split. One that meets none keeps the name it has and has no
place.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, BigInteger, ColumnElement, String, Text, and_, bindparam, case, cast, func, literal, select
from sqlalchemy.types import TypeEngine

from domain.fakta import Belopp, Fakta, Intervall
from domain.tid import OANDLIG_DAG
from infrastructure.enhetsregister import KOLUMNER
from infrastructure.identitet import siffror
from infrastructure.kalla import Kalla, Korsning
from infrastructure.sqlfunktioner import jsonfalt, jsonpar, jsonrader

ENHETER = "enheter"
"""The parameter of a question to placed facts that takes the units, as JSON: rows of ``KOLUMNER`` per municipality."""
KAND = "kand_position"
"""The one that takes the position they are known at."""
_BORJAN, _SLUTET = literal(0, BigInteger()), literal(OANDLIG_DAG, BigInteger())


class PlaceradKalla(Kalla):
    """The facts of a shape with the place of their unit: its name, the area over it and the department.

    Sought anew in every statement the units took most of its time, and a planner that guessed wrong of them went
    through them all for each fact.
    """

    def __init__(self, form: type[Fakta]) -> None:
        """Join the units to the facts of a shape."""
        super().__init__(form)
        enhet = _medskickade()
        kallad = self["enhet"]
        if "utforare" in self:
            kallad = func.coalesce(kallad, siffror(self["utforare"]))
        namngiven = self["dag"] if form is Belopp else _namngiven(self)
        # The day is sought only for a name that several have borne.
        ensam = and_(enhet.c.fran == _BORJAN, enhet.c.till == _SLUTET)
        den_dagen = and_(enhet.c.fran <= namngiven, enhet.c.till > namngiven)
        self.tabeller = self.tabeller.outerjoin(
            enhet,
            and_(
                enhet.c.kommun == self["kommun"],
                enhet.c.namn == kallad,
                case((ensam, 1), (den_dagen, 1), else_=0) == 1,
            ),
        )
        self.kolumner = {
            **self.kolumner,
            "enhet": func.coalesce(enhet.c.enhet, self["enhet"]),
            "overordnad": enhet.c.overordnad,
            "avdelning": enhet.c.avdelning,
        }


def _medskickade() -> CTE:
    """Return the units that come with the question as a table."""
    kommun = jsonpar(bindparam(ENHETER, type_=String())).table_valued("key", "value", name="kommunerna")
    enhet = jsonrader(kommun.c.value).table_valued("value", name="enheterna", joins_implicitly=True)
    typer: dict[str, TypeEngine[Any]] = {"fran": BigInteger(), "till": BigInteger()}
    # Of a type that is said, or SQLite makes no index of them and goes through them all for each fact.
    falt = (cast(jsonfalt(enhet.c.value, nr), typer.get(namn, Text())).label(namn) for nr, namn in enumerate(KOLUMNER))
    alla = select(cast(kommun.c.key, Text()).label("kommun"), *falt).select_from(Korsning(kommun, enhet))
    return alla.cte("enheter").prefix_with("MATERIALIZED")


def _namngiven(t: Kalla) -> ColumnElement[Any]:
    """Return the day a fact's stream was first at the unit that the fact names: what the name meant is told then."""
    forsta = Kalla(Intervall, "forsta")
    villkor = [
        forsta["strom"] == t["strom"],
        forsta["enhet"] == t["enhet"],
        *forsta.kand(bindparam(KAND, type_=BigInteger())),
    ]
    dag = t["fran"] if "fran" in t else t["dag"]
    fraga = select(func.min(forsta["fran"])).select_from(forsta.tabeller).where(*villkor)
    return func.coalesce(fraga.correlate(*t.egna).scalar_subquery(), dag)
