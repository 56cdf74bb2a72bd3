"""Where units belong on a day, joined to the facts that a calculation counts (ADR 0010).

A fact names its unit by its identity or by a name. A name means the unit that bore it when the stay or the case was
first said to be at it: the last unit to take the name by that day, or else the first to take it at all. So a unit may
be renamed, moved or closed, and its name taken by another, and no fact changes unit. What the unit is called and where
it belongs are then looked up on the day whose organisation is asked for.

Every fact meets at most one row of ``enheter`` and is counted once, however the whole is split. One that meets none
keeps the name it has and has no place.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import reduce
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import union_all as tillsammans

from domain.fakta import ORGANISATION, UTFORARE, Belopp, Fakta, Intervall
from domain.tid import OANDLIG_DAG
from infrastructure.identitet import siffror
from infrastructure.kalla import Kalla


class PlaceradKalla(Kalla):
    """The facts of a shape with the place of their unit: its name, the area over it and the department.

    Building it is more work than answering, so there is one for all questions; ``parametrar`` says which one is asked.
    """

    def __init__(self, form: type[Fakta]) -> None:
        """Join the units to the facts of a shape."""
        super().__init__(form)
        enhet = _enheter()
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


def parametrar(position: int, galler_den: date, organisation_den: date) -> dict[str, int]:
    """Return what a question to placed facts is executed with: units as known at a position, placed on a day."""
    # A name that a unit first takes after both days is not seen.
    sista_dag = max(galler_den, organisation_den)
    return {
        _POSITION.key: position,
        _SISTA_DAG.key: sista_dag.toordinal(),
        _DEN.key: organisation_den.toordinal(),
    }


_BORJAN, _SLUTET = literal(0, BigInteger()), literal(OANDLIG_DAG, BigInteger())
_POSITION, _SISTA_DAG, _DEN = (
    bindparam(namn, type_=BigInteger()) for namn in ("kand_position", "sista_dag", "organisation_den")
)


def _enheter() -> CTE:
    """Return every way to name a unit of a municipality on days ``[fran, till)``, with its name and place on the day.

    A name that is first taken after the last day seen is not there.
    """
    profiler = _profiler()
    kallas, hemvist = _kallas(profiler), _hemvister()
    namn = tillsammans(_efter_namn(profiler), *_efter_identitet(kallas)).cte("namn")
    return (
        select(
            *(namn.c[kolumn] for kolumn in ("kommun", "namn", "fran", "till")),
            kallas.c.enhet,
            hemvist.c.overordnad,
            hemvist.c.avdelning,
        )
        .select_from(namn)
        .join(kallas, kallas.c.utforare == namn.c.utforare)
        .outerjoin(hemvist, hemvist.c.utforare == namn.c.utforare)
        .cte("enheter")
    )


def _profiler() -> CTE:
    """Return what every unit is called from a day on."""
    t = Kalla(Intervall, "profil")
    villkor = [t["slag"] == UTFORARE, *t.kand(_POSITION), t["fran"] <= _SISTA_DAG]
    kolumner = (t[kolumn] for kolumn in ("utforare", "kommun", "enhet", "fran"))
    return select(*kolumner).select_from(t.tabeller).where(*villkor).cte("profiler")


def _hemvister() -> CTE:
    """Return where every unit belongs on the day, if anywhere."""
    t = Kalla(Intervall, "hemvist")
    villkor = [t["slag"] == ORGANISATION, *t.kand(_POSITION), t["fran"] <= _DEN, t["till"] > _DEN]
    kolumner = t["utforare"], t["underslag"].label("overordnad"), t["utfall"].label("avdelning")
    return select(*kolumner).select_from(t.tabeller).where(*villkor).cte("hemvister")


def _kallas(profiler: CTE) -> CTE:
    """Return what every unit is called on the day: the name it has or last had by then, or else its first."""
    p = profiler.c
    narmast = func.row_number().over(partition_by=p.utforare, order_by=[case((p.fran <= _DEN, -p.fran), else_=p.fran)])
    rader = select(p.utforare, p.kommun, p.enhet, narmast.label("nr")).subquery()
    return select(rader.c.utforare, rader.c.kommun, rader.c.enhet).where(rader.c.nr == 1).cte("kallas")


def _efter_namn(profiler: CTE) -> Select[Any]:
    """Return which unit bears each name from the day it takes it until another does; the first bears it since ever."""
    p = profiler.c
    forra = func.lag(p.enhet).over(partition_by=p.utforare, order_by=p.fran)
    r = select(p.utforare, p.kommun, p.enhet.label("namn"), p.fran, forra.label("forra")).subquery()
    # A unit that changes in another way does not take its name anew.
    t = select(r).where(or_(r.c.forra.is_(None), r.c.forra != r.c.namn)).subquery().c
    samma_namn, ordning = [t.kommun, t.namn], [t.fran, t.utforare]
    nummer = func.row_number().over(partition_by=samma_namn, order_by=ordning)
    nasta = func.lead(t.fran).over(partition_by=samma_namn, order_by=ordning)
    fran, till = case((nummer == 1, _BORJAN), else_=t.fran), func.coalesce(nasta, _SLUTET)
    return select(t.kommun, t.namn, fran.label("fran"), till.label("till"), t.utforare)


def _efter_identitet(kallas: CTE) -> Iterator[Select[Any]]:
    """Yield the identity of every unit as a name that is its own for ever, in the two ways it is written."""
    k = kallas.c
    text = siffror(k.utforare)
    delar: list[ColumnElement[Any]] = [
        func.substr(text, fran, antal) for fran, antal in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    ]
    for namn in (text, reduce(lambda fore, efter: fore.concat("-").concat(efter), delar)):
        yield select(k.kommun, namn, _BORJAN, _SLUTET, k.utforare)


def _namngiven(t: Kalla) -> ColumnElement[Any]:
    """Return the day a fact's stream was first at the unit that the fact names: what the name meant is told then."""
    forsta = Kalla(Intervall, "forsta")
    villkor = [forsta["strom"] == t["strom"], forsta["enhet"] == t["enhet"], *forsta.kand(_POSITION)]
    dag = t["fran"] if "fran" in t else t["dag"]
    fraga = select(func.min(forsta["fran"])).select_from(forsta.tabeller).where(*villkor)
    return func.coalesce(fraga.correlate(*t.egna).scalar_subquery(), dag)
