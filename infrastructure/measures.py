"""The measure compiler: one calculation becomes one SQL statement, alike in every database.

An answer as known at a position is a filter (``kand_fran ≤ position < kand_till``), never a replay. Days are integers,
so care days are subtractions; money is whole öre, and a monthly fee keeps its divisor (days of the month) as a column
of the answer, so that the sum is exact until it is printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    column,
    func,
    literal,
    or_,
    select,
    union_all,
    values,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from domain.fakta import FAKTAFORMER, FRANVARO, PROGNOS, VISTELSE, Belopp, Fakta, Intervall
from domain.matt.modell import DIMENSIONER, Aggregat, Berakning, Bokforingsperiod, Urval
from domain.tid import Period, dagar_i_manaden
from infrastructure.kalla import Kalla, Korsning
from infrastructure.organisation import PlaceradKalla, parametrar
from infrastructure.recorder import Recorder


class minst(GenericFunction[int]):  # noqa: N801 - the name of a SQL function
    """The smaller of two values: ``least`` in standard SQL, ``min`` in SQLite."""

    type = BigInteger()
    inherit_cache = True


class storst(GenericFunction[int]):  # noqa: N801 - the name of a SQL function
    """The larger of two values: ``greatest`` in standard SQL, ``max`` in SQLite."""

    type = BigInteger()
    inherit_cache = True


@compiles(minst)
def _least(element: Any, compiler: Any, **kw: Any) -> str:
    return f"least({compiler.process(element.clauses, **kw)})"


@compiles(storst)
def _greatest(element: Any, compiler: Any, **kw: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **kw)})"


@compiles(minst, "sqlite")
def _min(element: Any, compiler: Any, **kw: Any) -> str:
    return f"min({compiler.process(element.clauses, **kw)})"


@compiles(storst, "sqlite")
def _max(element: Any, compiler: Any, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"


_KALLOR: Mapping[type[Fakta], Kalla] = {form: Kalla(form) for form in FAKTAFORMER}


class _Del(NamedTuple):
    """Some days of a counted period, and what a price in them is divided by."""

    nr: int
    fran: int
    till: int
    delare: int = 1


class Matverk:
    """Answers calculations from the fact tables."""

    def __init__(self, recorder: Recorder) -> None:
        """Read through the recorder's connections, so that a writer sees its own rows."""
        self._recorder = recorder

    def rakna(self, berakning: Berakning, position: int) -> Mapping[tuple[Any, ...], Fraction]:
        """Return the value per group (period number, row number if rows are given, then the dimensions)."""
        svar: defaultdict[tuple[Any, ...], Fraction] = defaultdict(Fraction)
        fraga = kompilera(berakning, position)
        if fraga is None:
            return svar
        b, organisation = berakning, None
        if b.beror_av_organisationen:
            organisation = parametrar(position, b.galler_den, b.organisation_den or b.galler_den)
        with self._recorder.lasning() as forbindelse:
            for *grupp, delare, summa in forbindelse.execute(fraga, organisation):
                svar[tuple(grupp)] += Fraction(int(summa), int(delare))
        return svar


def kompilera(b: Berakning, position: int) -> Select[Any] | Any | None:
    """Return a calculation as SQL, or None when nothing of its periods had passed.

    Columns: period number, row number if rows are given, the dimensions, divisor, sum.
    """
    t = (_placerade() if b.beror_av_organisationen else _KALLOR)[b.form]
    slut = b.galler_den + timedelta(days=1)
    perioder = [_dela(nr, p, slut) for nr, p in enumerate(b.perioder)]
    passerade = [p for p in perioder if p.fran < p.till]
    if b.form is Intervall:
        if b.aggregat is not Aggregat.KOSTNAD:
            return _intervall(t, b, position, passerade) if passerade else None
        manader = [_dela(p.nr, m, slut, dagar_i_manaden(m.fran)) for p in perioder for m in b.perioder[p.nr].manader()]
        manader = [m for m in manader if m.fran < m.till]
        if not passerade:
            return None
        return union_all(
            _intervall(t, b, position, passerade, "dygn"),
            _intervall(t, b, position, manader, "manad"),
        )
    hela = [_Del(nr, p.fran.toordinal(), p.till.toordinal()) for nr, p in enumerate(b.perioder)]
    return _belopp(t, b, position, hela) if b.form is Belopp else _punkter(t, b, position, passerade)


@lru_cache(maxsize=1)
def _placerade() -> Mapping[type[Fakta], Kalla]:
    """Return the facts with the place of their unit, for the questions that depend on it."""
    return {form: PlaceradKalla(form) for form in FAKTAFORMER}


def _dela(nr: int, period: Period, slut: Any, delare: int = 1) -> _Del:
    till = min(period.till, slut)
    return _Del(nr, period.fran.toordinal(), max(till, period.fran).toordinal(), delare)


def _delar(delar: Sequence[_Del], namn: str = "delar") -> tuple[FromClause | None, Any]:
    """Return the parts as a table to join, or as literals when there is one."""
    if len(delar) == 1:
        return None, _Bokstavlig({k: literal(v, BigInteger()) for k, v in delar[0]._asdict().items()})
    tabell = values(*(column(k, BigInteger()) for k in _Del._fields), name=namn).data(list(delar)).cte(namn)
    return tabell, tabell.c


class _Bokstavlig:
    """Literals that are named like the columns of a table of parts."""

    def __init__(self, varden: Mapping[str, ColumnElement[Any]]) -> None:
        self.__dict__.update(varden)


def _kant(t: Kalla, b: Berakning, position: int) -> list[ColumnElement[bool]]:
    """Return the conditions every calculation has: kind, known at the position, and the asked-for restriction."""
    slag = b.slag
    if b.aggregat in (Aggregat.DYGN, Aggregat.UNIKA_PERSONER) and b.regel.raknar_franvaro:
        slag = tuple(s for s in slag if s != FRANVARO)
    return [t["slag"].in_(slag), *t.kand(position), *_urval(t, b.urval)]


def _urval(t: Kalla, urval: Urval) -> list[ColumnElement[bool]]:
    return [_ett_av(t, namn, varden) for namn, varden in urval.items() if namn in t]


def _ett_av(t: Kalla, namn: str, varden: tuple[Any, ...]) -> ColumnElement[bool]:
    kolumn = t[namn]
    kanda = [v for v in varden if v is not None]
    return or_(kolumn.in_(kanda), kolumn.is_(None)) if None in varden else kolumn.in_(kanda)


def _grupper(t: Kalla, b: Berakning) -> list[ColumnElement[Any]]:
    grupper: list[ColumnElement[Any]] = []
    if b.rader:
        grupper.append(_radnummer(t, tuple(tuple(rad.items()) for rad in b.rader)))
    okanda = [namn for namn in b.gruppera if namn not in DIMENSIONER[b.form]]
    if okanda:
        msg = f"Dimensionen {okanda[0]} finns inte för {b.form.__name__}."
        raise ValueError(msg)
    return [*grupper, *(t[namn] for namn in b.gruppera)]


@lru_cache(maxsize=256)
def _radnummer(t: Kalla, rader: tuple[tuple[tuple[str, tuple[Any, ...]], ...], ...]) -> ColumnElement[int]:
    """Return the number of the first row that counts a fact, or -1.

    Kept, because the columns of a table ask with the same rows and building this is half the work of a question.
    """
    return case(*((and_(True, *_urval(t, dict(rad))), nr) for nr, rad in enumerate(rader)), else_=-1)


def _fraga(
    t: Kalla, b: Berakning, nr: Any, delare: Any, matt: ColumnElement[Any], villkor: list[Any], tabell: Any
) -> Select[Any]:
    grupper = [nr.label("nr"), *(g.label(f"g{i}") for i, g in enumerate(_grupper(t, b)))]
    if b.rader:
        villkor = [*villkor, grupper[1] >= 0]
    fran = t.tabeller if tabell is None else Korsning(t.tabeller, tabell)
    return (
        select(*grupper, delare.label("delare"), matt.label("summa"))
        .select_from(fran)
        .where(*villkor)
        .group_by(*(g.element for g in grupper), delare)
    )


def _intervall(t: Kalla, b: Berakning, position: int, delar: list[_Del], prissort: str | None = None) -> Select[Any]:
    tabell, d = _delar(delar, f"delar_{prissort or 'alla'}")
    fran = t["fran"] if b.regel.raknar_inskrivningsdag else t["fran"] + t["inskrivning"]
    till = t["till"] + t["utskrivning"] if b.regel.raknar_utskrivningsdag else t["till"]
    villkor = _kant(t, b, position)
    # The closed end is what the index is ordered by; the limits of all parts together keep the scan short.
    villkor += [t["till"] >= min(p.fran for p in delar), t["fran"] < max(p.till for p in delar)]
    villkor += [till > d.fran, fran < d.till]
    dygn = minst(till, d.till) - storst(fran, d.fran)
    dygn = case((t["slag"] == FRANVARO, -dygn), else_=dygn)
    # A stay can be empty under a rule that leaves out its first day.
    villkor.append(fran < till)
    match b.aggregat:
        case Aggregat.UNIKA_PERSONER:
            if b.regel.raknar_franvaro:
                return _fraga(t, b, d.nr, literal(1), func.count(t["person"].distinct()), villkor, tabell)
            return _antal_personer(t, b, d.nr, func.sum(dygn), villkor, tabell)
        case Aggregat.KOSTNAD:
            villkor += [t["prissort"] == prissort, or_(t["slag"] == VISTELSE, t["betald"] == 0)]
            return _fraga(t, b, d.nr, d.delare * 100, func.sum(dygn * t["pris"]), villkor, tabell)
        case _:
            return _fraga(t, b, d.nr, literal(1), func.sum(dygn), villkor, tabell)


def _antal_personer(
    t: Kalla, b: Berakning, nr: Any, dygn: ColumnElement[Any], villkor: list[Any], tabell: Any
) -> Select[Any]:
    """Return how many persons have care days left when days of absence are taken away."""
    fraga = _fraga(t, b, nr, literal(1), dygn, villkor, tabell).group_by(t["person"])
    per_person = fraga.having(dygn > 0).subquery("per_person")
    grupper = [kolumn for kolumn in per_person.c if kolumn.name not in ("delare", "summa")]
    return select(*grupper, literal(1).label("delare"), func.count().label("summa")).group_by(*grupper)


def _belopp(t: Kalla, b: Berakning, position: int, delar: list[_Del]) -> Select[Any]:
    tabell, d = _delar(delar)
    manad = t["avser_manad"] if b.period_efter is Bokforingsperiod.VARD else t["manad"]
    dag = b.galler_den.toordinal()
    villkor = [*_kant(t, b, position), t["dag"] <= dag, manad >= d.fran, manad < d.till]
    if b.bara_senaste:
        senare = Kalla(Belopp, "senare")
        alla = {namn: varden for namn, varden in b.urval.items() if namn in ("kommun", "namnd", "underslag")}
        # A forecast without volumes has none; it does not leave the former's in force.
        samma = [senare["slag"] == PROGNOS, senare["dag"] <= dag, *senare.kand(position), *_urval(senare, alla)]
        samma += [senare["kommun"] == t["kommun"], senare["namnd"] == t["namnd"], senare["manad"] == t["manad"]]
        villkor.append(t["ordning"] == _storsta_ordning(senare, samma, t))
    matt: ColumnElement[Any]
    match b.aggregat:
        case Aggregat.VOLYM:
            matt, delare = func.sum(t["antal"]), 1000
        case Aggregat.SENASTE_DAG:
            matt, delare = func.max(t["dag"]), 1
        case Aggregat.VOLYMVARDE:
            matt, delare = func.sum(t["antal"] * t["pris"]), 100_000
        case _:
            matt, delare = func.sum(t["belopp"]), 100
    return _fraga(t, b, d.nr, literal(delare), matt, villkor, tabell)


def _storsta_ordning(senare: Kalla, villkor: list[ColumnElement[bool]], t: Kalla) -> ColumnElement[int]:
    fraga = select(func.max(senare["ordning"])).select_from(senare.tabeller).where(*villkor)
    return fraga.correlate(*t.egna).scalar_subquery()


def _punkter(t: Kalla, b: Berakning, position: int, delar: list[_Del]) -> Select[Any] | None:
    if not delar:
        return None
    tabell, d = _delar(delar)
    villkor = [*_kant(t, b, position), t["dag"] >= d.fran, t["dag"] < d.till]
    return _fraga(t, b, d.nr, literal(1), func.count(), villkor, tabell)
