"""The measure compiler: one calculation becomes one SQL statement, alike in every database.

An answer as known at a position is a filter (``kand_fran ≤ position < kand_till``), never a replay. Days are integers,
so care days are subtractions; money is whole öre, and a monthly fee keeps its divisor (days of the month) as a column
of the answer, so that the sum is exact until it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from domain.fakta import FAKTAFORMER, FRANVARO, PROGNOS, VISTELSE, Belopp, Fakta, Intervall, Punkt
from domain.matt.modell import DIMENSIONER, Aggregat, Berakning, Bokforingsperiod
from domain.regler.vardygn import Vardygnsregel
from domain.tid import dagar_i_manaden
from infrastructure.kalla import Kalla
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


_Villkor = tuple[tuple[str, tuple[Any, ...]], ...]
"""A restriction (``Urval``) that can be a key."""

_DELAR_PER_SATS = 24
"""How many parts of a period one statement counts: every row it reads is held against each of them."""

_POSITION, _GALLER_DEN, _BORJAN, _SLUTET = (
    bindparam(namn, type_=BigInteger()) for namn in ("position", "galler_den", "borjan", "slutet")
)


class _Del(NamedTuple):
    """Some days of a counted period, the kind of price that is counted in them (any), and what a sum is divided by."""

    nr: int
    fran: int
    till: int
    delare: int = 1
    prissort: str | None = None


class _Mall(NamedTuple):
    """What of a calculation shapes its statement: everything but the days and the position.

    ``delar`` has the kind of price of each part.
    """

    form: type[Fakta]
    slag: tuple[str, ...]
    aggregat: Aggregat
    urval: _Villkor
    gruppera: tuple[str, ...]
    rader: tuple[_Villkor, ...]
    regel: Vardygnsregel
    period_efter: Bokforingsperiod
    bara_senaste: bool
    beror_av_organisationen: bool
    delar: tuple[str | None, ...]


class Fragesats(NamedTuple):
    """A statement, what it is executed with, and the parts that its first columns are the sums of."""

    sats: Select[Any]
    parametrar: dict[str, int]
    delar: tuple[_Del, ...]


class Matverk:
    """Answers calculations from the fact tables."""

    def __init__(self, recorder: Recorder) -> None:
        """Read through the recorder's connections, so that a writer sees its own rows."""
        self._recorder = recorder

    def rakna(self, berakning: Berakning, position: int) -> Mapping[tuple[Any, ...], Fraction]:
        """Return the value per group (period number, row number if rows are given, then the dimensions)."""
        svar: dict[tuple[Any, ...], Fraction] = {}
        with self._recorder.lasning() as forbindelse:
            for sats, varden, delar in kompilera(berakning, position):
                for rad in forbindelse.execute(sats, varden):
                    grupp = rad[len(delar) :]
                    for ett, summa in zip(delar, rad, strict=False):
                        if summa is not None:
                            nyckel, varde = (ett.nr, *grupp), Fraction(int(summa), ett.delare)
                            svar[nyckel] = svar[nyckel] + varde if nyckel in svar else varde
        return svar


def kompilera(b: Berakning, position: int) -> Iterator[Fragesats]:
    """Yield a calculation as SQL, so many parts of its periods at a time; nothing for those that had not begun.

    Columns: the sum of each part (NULL where no fact has a share in it), row number if rows are given, the dimensions.
    A fact is read once per statement, however many the parts are.
    """
    gemensamt = {_POSITION.key: position, _GALLER_DEN.key: b.galler_den.toordinal()}
    if b.beror_av_organisationen:
        gemensamt |= parametrar(position, b.galler_den, b.organisation_den or b.galler_den)
    alla = _delar(b)
    for forsta in range(0, len(alla), _DELAR_PER_SATS):
        delar = tuple(alla[forsta : forsta + _DELAR_PER_SATS])
        varden = {_BORJAN.key: min(d.fran for d in delar), _SLUTET.key: max(d.till for d in delar), **gemensamt}
        for nr, d in enumerate(delar):
            varden[f"fran_{nr}"], varden[f"till_{nr}"] = d.fran, d.till
        yield Fragesats(_sats(_mall(b, delar)), varden, delar)


def _delar(b: Berakning) -> list[_Del]:
    """Return the parts of a calculation's periods that are summed one by one, in order."""
    perioder = [(nr, period.fran.toordinal(), period.till.toordinal()) for nr, period in enumerate(b.perioder)]
    if b.form is Belopp:
        return [_Del(*period, _DELARE.get(b.aggregat, 100)) for period in perioder]
    delar = [_Del(*period) for period in perioder]
    if b.aggregat is Aggregat.KOSTNAD:
        delar = [d._replace(delare=100, prissort="dygn") for d in delar]
        delar += [
            _Del(nr, m.fran.toordinal(), m.till.toordinal(), 100 * dagar_i_manaden(m.fran), "manad")
            for nr, period in enumerate(b.perioder)
            for m in period.manader()
        ]
    slut = b.galler_den.toordinal() + 1
    passerade = (d._replace(till=min(d.till, slut)) for d in delar)
    return sorted((d for d in passerade if d.fran < d.till), key=lambda d: d.fran)


def _mall(b: Berakning, delar: tuple[_Del, ...]) -> _Mall:
    return _Mall(
        b.form, b.slag, b.aggregat, tuple(b.urval.items()), b.gruppera, tuple(tuple(rad.items()) for rad in b.rader),
        b.regel, b.period_efter, b.bara_senaste, b.beror_av_organisationen, tuple(d.prissort for d in delar),
    )  # fmt: skip


@lru_cache(maxsize=512)
def _sats(b: _Mall) -> Select[Any]:
    """Return the statement of a calculation. It is kept: building it takes as long as a small answer."""
    t = (_placerade() if b.beror_av_organisationen else _KALLOR)[b.form]
    return {Intervall: _intervall, Punkt: _punkter, Belopp: _belopp}[b.form](t, b)


@lru_cache(maxsize=1)
def _placerade() -> Mapping[type[Fakta], Kalla]:
    """Return the facts with the place of their unit, for the questions that depend on it."""
    return {form: PlaceradKalla(form) for form in FAKTAFORMER}


def _kant(t: Kalla, b: _Mall) -> list[ColumnElement[bool]]:
    """Return the conditions every calculation has: kind, known at the position, and the asked-for restriction."""
    slag = b.slag
    if b.aggregat in (Aggregat.DYGN, Aggregat.UNIKA_PERSONER) and b.regel.raknar_franvaro:
        slag = tuple(s for s in slag if s != FRANVARO)
    return [_ett_av(t, "slag", slag), *t.kand(_POSITION), *_urval(t, b.urval)]


def _urval(t: Kalla, urval: _Villkor) -> list[ColumnElement[bool]]:
    return [_ett_av(t, namn, varden) for namn, varden in urval if namn in t]


def _ett_av(t: Kalla, namn: str, varden: tuple[Any, ...]) -> ColumnElement[bool]:
    kolumn = t[namn]
    kanda = [v for v in varden if v is not None]
    # Of a list the statement's text is made anew at every execution.
    nagon = kolumn == kanda[0] if len(kanda) == 1 else kolumn.in_(kanda)
    return or_(nagon, kolumn.is_(None)) if None in varden else nagon


def _grupper(t: Kalla, b: _Mall) -> list[ColumnElement[Any]]:
    okanda = [namn for namn in b.gruppera if namn not in DIMENSIONER[b.form]]
    if okanda:
        msg = f"Dimensionen {okanda[0]} finns inte för {b.form.__name__}."
        raise ValueError(msg)
    return [*([_radnummer(t, b.rader)] if b.rader else []), *(t[namn] for namn in b.gruppera)]


@lru_cache(maxsize=256)
def _radnummer(t: Kalla, rader: tuple[_Villkor, ...]) -> ColumnElement[int]:
    """Return the number of the first row that counts a fact, or -1.

    Kept, because the columns of a table ask with the same rows and building this is half the work of a question.
    """
    return case(*((and_(True, *_urval(t, rad)), nr) for nr, rad in enumerate(rader)), else_=-1)


def _fraga(t: Kalla, b: _Mall, summor: Iterable[ColumnElement[Any]], villkor: list[Any]) -> Select[Any]:
    grupper = [g.label(f"g{i}") for i, g in enumerate(_grupper(t, b))]
    if b.rader:
        villkor = [*villkor, grupper[0] >= 0]
    kolumner = (summa.label(f"s{i}") for i, summa in enumerate(summor))
    return select(*kolumner, *grupper).select_from(t.tabeller).where(*villkor).group_by(*(g.element for g in grupper))


def _om(villkor: ColumnElement[bool], varde: Any) -> ColumnElement[Any]:
    """Return a value where a condition holds, and nothing elsewhere."""
    return case((villkor, varde))


def _granser(b: _Mall) -> list[tuple[ColumnElement[int], ColumnElement[int]]]:
    """Return the first day of each part and the day after its last."""
    dag = BigInteger()
    return [(bindparam(f"fran_{nr}", type_=dag), bindparam(f"till_{nr}", type_=dag)) for nr in range(len(b.delar))]


def _intervall(t: Kalla, b: _Mall) -> Select[Any]:
    fran = t["fran"] if b.regel.raknar_inskrivningsdag else t["fran"] + t["inskrivning"]
    till = t["till"] + t["utskrivning"] if b.regel.raknar_utskrivningsdag else t["till"]
    # The closed end is what the index is ordered by; the limits of all parts together keep the scan short. A stay can
    # be empty under a rule that leaves out its first day.
    villkor = [*_kant(t, b), t["till"] >= _BORJAN, t["fran"] < _SLUTET, fran < till]
    if b.aggregat is Aggregat.KOSTNAD:
        villkor += [t["prissort"].in_(dict.fromkeys(b.delar)), or_(t["slag"] == VISTELSE, t["betald"] == 0)]
    inom = [and_(till > borjan, fran < slutet) for borjan, slutet in _granser(b)]
    dygn = [minst(till, slutet) - storst(fran, borjan) for borjan, slutet in _granser(b)]
    if b.aggregat is Aggregat.UNIKA_PERSONER and b.regel.raknar_franvaro:
        # How many, also where it is none because nobody is known; nothing where there is no stay at all.
        antal = (_om(func.count(_om(d, 1)) > 0, func.count(_om(d, t["person"]).distinct())) for d in inom)
        return _fraga(t, b, antal, villkor)
    if not b.regel.raknar_franvaro or b.aggregat is Aggregat.KOSTNAD:
        dygn = [case((t["slag"] == FRANVARO, -d), else_=d) for d in dygn]
    if b.aggregat is Aggregat.KOSTNAD:
        inom = [and_(t["prissort"] == prissort, d) for prissort, d in zip(b.delar, inom, strict=True)]
        dygn = [d * t["pris"] for d in dygn]
    fraga = _fraga(t, b, (func.sum(_om(*par)) for par in zip(inom, dygn, strict=True)), villkor)
    return _antal_personer(t, b, fraga) if b.aggregat is Aggregat.UNIKA_PERSONER else fraga


def _antal_personer(t: Kalla, b: _Mall, dygn: Select[Any]) -> Select[Any]:
    """Return how many persons have care days left when days of absence are taken away."""
    kolumner = dygn.group_by(t["person"]).subquery("per_person").c
    dagar, grupper = kolumner[: len(b.delar)], kolumner[len(b.delar) :]
    return select(*(func.sum(_om(dag > 0, 1)) for dag in dagar), *grupper).group_by(*grupper)


_DELARE = {Aggregat.VOLYM: 1000, Aggregat.SENASTE_DAG: 1, Aggregat.VOLYMVARDE: 100_000}
"""What a sum of amounts is divided by, where it is not öre."""


def _belopp(t: Kalla, b: _Mall) -> Select[Any]:
    manad = t["avser_manad"] if b.period_efter is Bokforingsperiod.VARD else t["manad"]
    villkor = [*_kant(t, b), t["dag"] <= _GALLER_DEN, manad >= _BORJAN, manad < _SLUTET]
    if b.bara_senaste:
        senare = Kalla(Belopp, "senare")
        alla = tuple(par for par in b.urval if par[0] in ("kommun", "namnd", "underslag"))
        # A forecast without volumes has none; it does not leave the former's in force.
        samma = [senare["slag"] == PROGNOS, senare["dag"] <= _GALLER_DEN, *senare.kand(_POSITION)]
        samma += [*_urval(senare, alla), *(senare[namn] == t[namn] for namn in ("kommun", "namnd", "manad"))]
        villkor.append(t["ordning"] == _storsta_ordning(senare, samma, t))
    match b.aggregat:
        case Aggregat.SENASTE_DAG:
            return _fraga(t, b, (func.max(_om(inom, t["dag"])) for inom in _inom(manad, b)), villkor)
        case Aggregat.VOLYM:
            matt = t["antal"]
        case Aggregat.VOLYMVARDE:
            matt = t["antal"] * t["pris"]
        case _:
            matt = t["belopp"]
    return _fraga(t, b, (func.sum(_om(inom, matt)) for inom in _inom(manad, b)), villkor)


def _storsta_ordning(senare: Kalla, villkor: list[ColumnElement[bool]], t: Kalla) -> ColumnElement[int]:
    fraga = select(func.max(senare["ordning"])).select_from(senare.tabeller).where(*villkor)
    return fraga.correlate(*t.egna).scalar_subquery()


def _punkter(t: Kalla, b: _Mall) -> Select[Any]:
    villkor = [*_kant(t, b), t["dag"] >= _BORJAN, t["dag"] < _SLUTET]
    return _fraga(t, b, (func.sum(_om(inom, 1)) for inom in _inom(t["dag"], b)), villkor)


def _inom(dag: ColumnElement[Any], b: _Mall) -> Iterator[ColumnElement[bool]]:
    """Yield the condition that a day lies in each part."""
    return (and_(dag >= fran, dag < till) for fran, till in _granser(b))
