"""Which units there are by every name, what they are called and where they belong on a day (ADR 0010).

A fact names its unit by its identity or by a name. A name means the unit that bore it when the stay or the case was
first said to be at it: the last unit to take the name by that day, or else the first to take it at all. So a unit may
be renamed, moved or closed, and its name taken by another, and no fact changes unit. What the unit is called and where
it belongs are then looked up on the day whose organisation is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import BigInteger, ColumnElement, Connection, Select, bindparam, select

from domain.fakta import ORGANISATION, UTFORARE, Intervall
from domain.matt.modell import Berakning
from domain.tid import OANDLIG_DAG
from infrastructure.identitet import siffror
from infrastructure.kalla import Kalla

KOLUMNER = ("namn", "fran", "till", "enhet", "overordnad", "avdelning")
"""What is told of a unit: a way to name it on days ``[fran, till)``, then its name and its place on the day."""


class Enhetsfraga(NamedTuple):
    """The units of some municipalities (none: of all) as known at a position.

    Attributes:
        sista_dag: a name that is first taken after it is not seen.
        den: the day whose names and places are told.
        kallade: the names that matter, by what units are called on the day (none: all).
    """

    position: int
    sista_dag: int
    den: int
    kommuner: tuple[Any, ...] | None
    kallade: frozenset[Any] | None


def enhetsfraga(b: Berakning, position: int) -> Enhetsfraga:
    """Return which units a calculation needs."""
    kand = position if b.organisation_kand is None else b.organisation_kand
    den = b.organisation_den or b.galler_den
    sista_dag, kommuner = max(b.galler_den, den).toordinal(), b.urval.get("kommun")
    kallade = [urval["enhet"] for urval in (b.urval, *b.rader) if "enhet" in urval]
    alla = "enhet" not in b.urval and len(kallade) < max(1, len(b.rader))
    return Enhetsfraga(kand, sista_dag, den.toordinal(), kommuner, None if alla else frozenset(chain(*kallade)))


def enheterna(forbindelse: Connection, fraga: Enhetsfraga) -> str:
    """Return the units as JSON: rows of ``KOLUMNER`` per municipality."""
    profiler, hemvister = (
        tuple(map(tuple, forbindelse.execute(sats(fraga.kommuner), fraga._asdict())))
        for sats in (_profiler, _hemvister)
    )
    return _som_json(profiler, hemvister, fraga.den, fraga.kallade)


class _Namn(NamedTuple):
    """A unit's name from a day on."""

    fran: int
    utforare: str
    kommun: str
    namn: str | None


@lru_cache(maxsize=32)
def _som_json(
    profiler: tuple[tuple[Any, ...], ...],
    hemvister: tuple[tuple[Any, ...], ...],
    den: int,
    kallade: frozenset[Any] | None,
) -> str:
    """Return what follows from names and places; the questions of a report ask for the same again and again.

    Where only some names matter, a unit is left out that neither is called nor was named any of them: its facts are not
    counted whether they meet it or not. To read all units takes longer than to count the facts of a few.
    """
    per_kommun: dict[str, list[tuple[Any, ...]]] = {}
    for kommun, namn, fran, till, enhet, *plats in _alla(profiler, {utforare: p for utforare, *p in hemvister}, den):
        if kallade is None or namn in kallade or enhet in kallade:
            per_kommun.setdefault(kommun, []).append((namn, fran, till, enhet, *plats))
    return orjson.dumps(per_kommun).decode()


def _alla(
    profiler: Iterable[tuple[Any, ...]], hemvister: Mapping[str, Sequence[str | None]], den: int
) -> Iterator[tuple[Any, ...]]:
    """Yield every way to name each unit, its municipality first."""
    namnen: dict[str, list[_Namn]] = {}
    for rad in profiler:
        namn = _Namn(*rad)
        namnen.setdefault(namn.utforare, []).append(namn)
    platser = {u: (_kallas(egna, den), *hemvister.get(u, (None, None))) for u, egna in namnen.items()}
    for n, till in _bars(namnen):
        yield n.kommun, n.namn, n.fran, till, *platser[n.utforare]
    for utforare, egna in namnen.items():
        # An identity is a name that is the unit's own for ever, in the two ways it is written.
        for skrivet in (utforare, str(UUID(utforare))):
            yield egna[0].kommun, skrivet, 0, OANDLIG_DAG, *platser[utforare]


def _kallas(namnen: list[_Namn], den: int) -> str | None:
    """Return what a unit is called on a day: the name it has or last had by then, or else its first."""
    return ([n for n in namnen if n.fran <= den] or namnen[:1])[-1].namn


def _bars(namnen: Mapping[str, list[_Namn]]) -> Iterator[tuple[_Namn, int]]:
    """Yield who bears each name from the day it is taken until another takes it; the first bears it since ever."""
    tagna: dict[tuple[str, str], list[_Namn]] = defaultdict(list)
    for egna in namnen.values():
        forra = None
        for n in egna:
            # A unit that changes in another way does not take its name anew.
            if n.namn is not None and n.namn != forra:
                tagna[n.kommun, n.namn].append(n)
            forra = n.namn
    for samma in tagna.values():
        forsta, *senare = sorted(samma)
        i_tur = [forsta._replace(fran=0), *senare]
        yield from ((n, nasta.fran) for n, nasta in pairwise(i_tur))
        yield i_tur[-1], OANDLIG_DAG


_POSITION, _SISTA_DAG, _DEN = (bindparam(namn, type_=BigInteger()) for namn in ("position", "sista_dag", "den"))


@lru_cache(maxsize=16)
def _profiler(kommuner: tuple[Any, ...] | None) -> Select[Any]:
    """Return what every unit is called from a day on."""
    t = Kalla(Intervall, "profil")
    kolumner = t["fran"], siffror(t["utforare"]).label("utforare"), t["kommun"], t["enhet"]
    villkor = [t["slag"] == UTFORARE, t["utforare"].is_not(None), *t.kand(_POSITION), *_i(t, kommuner)]
    villkor += [t["fran"] <= _SISTA_DAG]
    return select(*kolumner).select_from(t.tabeller).where(*villkor).order_by(t["fran"])


@lru_cache(maxsize=16)
def _hemvister(kommuner: tuple[Any, ...] | None) -> Select[Any]:
    """Return where every unit belongs on the day, if anywhere."""
    t = Kalla(Intervall, "hemvist")
    kolumner = siffror(t["utforare"]).label("utforare"), t["underslag"], t["utfall"]
    villkor = [t["slag"] == ORGANISATION, *t.kand(_POSITION), t["fran"] <= _DEN, t["till"] > _DEN, *_i(t, kommuner)]
    return select(*kolumner).select_from(t.tabeller).where(*villkor)


def _i(t: Kalla, kommuner: tuple[Any, ...] | None) -> list[ColumnElement[bool]]:
    return [] if kommuner is None else [t["kommun"].in_(kommuner)]
