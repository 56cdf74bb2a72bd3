"""The measure compiler: one calculation becomes one SQL statement, alike in every database.

An answer as known at a position is a filter (``kand_fran ≤ position < kand_till``), never a replay. Days are integers,
so care days are subtractions; money is whole öre, and a monthly fee keeps its divisor (days of the month) as a column
of the answer, so that the sum is exact until it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Label,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from domain.fakta import FAKTAFORMER, FRANVARO, VISTELSE, Belopp, Fakta, Intervall, Punkt
from domain.matt.modell import DIMENSIONER, UNIKA, Berakning, Bokforingsperiod, Raknesatt, Senaste
from domain.regler.vardygn import Vardygnsregel
from infrastructure.fordelning import FORDELADE
from infrastructure.kalla import Kalla
from infrastructure.matdelar import Del, delarna
from infrastructure.organisation import ENHETER, KAND, PlaceradKalla
from infrastructure.sqlfunktioner import minst, storst

_KALLOR: Mapping[type[Fakta], Kalla] = {form: Kalla(form) for form in FAKTAFORMER}


_Villkor = tuple[tuple[str, tuple[Any, ...]], ...]
"""A restriction (``Urval``) that can be a key."""

_DELAR_PER_SATS = 24
"""How many parts of a period one statement counts: every row it reads is held against each of them."""

_POSITION, _SEDAN, _GALLER_DEN, _BORJAN, _SLUTET = (
    bindparam(namn, type_=BigInteger()) for namn in ("position", "sedan", "galler_den", "borjan", "slutet")
)


class _Mall(NamedTuple):
    """What of a calculation shapes its statement: everything but the days and the position.

    ``delar`` has the kind of price of each part.
    """

    form: type[Fakta]
    slag: tuple[str, ...]
    raknesatt: Raknesatt
    urval: _Villkor
    gruppera: tuple[str, ...]
    rader: tuple[_Villkor, ...]
    regel: Vardygnsregel
    period_efter: Bokforingsperiod
    senaste: Senaste | None
    med_alder: bool
    over_frist: bool
    avser_tidigare: bool
    foljd: tuple[str, ...]
    inom_dagar: int
    beror_av_organisationen: bool
    delar: tuple[str | None, ...]
    per_faktum: bool


class Matsats(NamedTuple):
    """A statement, what it is executed with, and the parts that its first columns are the sums of."""

    sats: Select[Any]
    parametrar: dict[str, Any]
    delar: tuple[Del, ...]


def kompilera(
    b: Berakning, position: int, sedan: int | None = None, *, enheter: str | None = None, per_faktum: bool = False
) -> Iterator[Matsats]:
    """Yield a calculation as SQL, so many parts of its periods at a time; nothing for those that had not begun.

    Columns: the sum of each part (NULL where no fact has a share in it), row number if rows are given, the dimensions.
    A fact is read once per statement, however many the parts are. Given an earlier position, facts that were known at
    some time since then are read too. ``per_faktum`` splits the answer by fact too, with the columns of each last.
    ``enheter`` are the units, where the answer depends on where they belong.
    """
    gemensamt: dict[str, Any] = {_POSITION.key: position, _GALLER_DEN.key: b.galler_den.toordinal()}
    gemensamt[_SEDAN.key] = position if sedan is None else sedan
    if b.beror_av_organisationen:
        gemensamt |= {ENHETER: enheter, KAND: position if b.organisation_kand is None else b.organisation_kand}
    alla = delarna(b)
    for forsta in range(0, len(alla), _DELAR_PER_SATS):
        delar = tuple(alla[forsta : forsta + _DELAR_PER_SATS])
        varden = {_BORJAN.key: min(d.fran for d in delar), _SLUTET.key: max(d.till for d in delar), **gemensamt}
        for nr, d in enumerate(delar):
            varden[f"fran_{nr}"], varden[f"till_{nr}"] = d.fran, d.till
            if b.alder is not None:
                ar = date.fromordinal(d.till - 1).year
                varden[f"fodd_efter_{nr}"], varden[f"fodd_senast_{nr}"] = ar - b.alder[1] - 1, ar - b.alder[0]
            if b.frist is not None:
                varden[f"frist_{nr}"] = b.frist.forsta_som_haller(date.fromordinal(d.till - 1)).toordinal()
        yield Matsats(_sats(_mall(b, delar, per_faktum=per_faktum)), varden, delar)


def _mall(b: Berakning, delar: tuple[Del, ...], *, per_faktum: bool) -> _Mall:
    return _Mall(
        b.form, b.slag, b.raknesatt, tuple(b.urval.items()), b.gruppera, tuple(tuple(rad.items()) for rad in b.rader),
        b.regel, b.period_efter, b.senaste, b.alder is not None, b.frist is not None and b.form is Intervall,
        b.avser_tidigare, b.foljd, b.frist.dagar if b.foljd and b.frist else 0, b.beror_av_organisationen,
        tuple(d.prissort for d in delar), per_faktum,
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
    if b.raknesatt is not Raknesatt.KOSTNAD and b.regel.raknar_franvaro:
        slag = tuple(s for s in slag if s != FRANVARO)
    return [_ett_av(t, "slag", slag), *t.kand(_POSITION, _SEDAN), *_urval(t, b.urval)]


def _urval(t: Kalla, urval: _Villkor) -> list[ColumnElement[bool]]:
    return [_ett_av(t, namn, varden) for namn, varden in urval if namn in t]


def _ett_av(t: Kalla, namn: str, varden: tuple[Any, ...]) -> ColumnElement[bool]:
    kolumn = t[namn]
    kanda = [v for v in varden if v is not None]
    # Of a list the statement's text is made anew at every execution.
    nagon = kolumn == kanda[0] if len(kanda) == 1 else kolumn.in_(kanda)
    return or_(nagon, kolumn.is_(None)) if None in varden else nagon


def _grupper(t: Kalla, b: _Mall) -> list[Label[Any]]:
    okanda = [namn for namn in b.gruppera if namn not in DIMENSIONER[b.form]]
    if okanda:
        msg = f"Dimensionen {okanda[0]} finns inte för {b.form.__name__}."
        raise ValueError(msg)
    grupper = [*([_radnummer(t, b.rader)] if b.rader else []), *(t[namn] for namn in b.gruppera)]
    return [g.label(f"g{i}") for i, g in enumerate(grupper)]


@lru_cache(maxsize=256)
def _radnummer(t: Kalla, rader: tuple[_Villkor, ...]) -> ColumnElement[int]:
    """Return the number of the first row that counts a fact, or -1.

    Kept, because the columns of a table ask with the same rows and building this is half the work of a question.
    """
    if len(rader) == 1:
        return literal(0)
    return case(*((and_(True, *_urval(t, rad)), nr) for nr, rad in enumerate(rader)), else_=-1)


def _i_nagon_rad(t: Kalla, b: _Mall) -> list[ColumnElement[bool]]:
    """Return the condition that some row counts a fact."""
    if len(b.rader) == 1:
        return _urval(t, b.rader[0])
    return [_radnummer(t, b.rader) >= 0] if b.rader else []


def _delas(b: _Mall, grupper: Sequence[Label[Any]]) -> list[ColumnElement[Any]]:
    """Return what an answer is split by: not by a single row, for which all facts would be sorted."""
    return [g.element for g in grupper[len(b.rader) == 1 :]]


def _fraga(t: Kalla, b: _Mall, summor: Iterable[ColumnElement[Any]], villkor: list[Any]) -> Select[Any]:
    grupper, villkor = _grupper(t, b), [*villkor, *_i_nagon_rad(t, b)]
    if b.raknesatt in FORDELADE:
        grupper += [t[namn].label(f"f_{namn}") for namn in FORDELADE[b.raknesatt].kolumner]
    kolumner = [summa.label(f"s{i}") for i, summa in enumerate(summor)]
    fraga = select(*kolumner, *grupper).select_from(t.tabeller).where(*villkor)
    if b.per_faktum:
        return fraga.add_columns(*t.faktum()).group_by(*_delas(b, grupper), *t.nycklar())
    if not _ur_drag(t, b):
        return fraga.group_by(*_delas(b, grupper))
    per_drag = fraga.group_by(t.egna[0].c.id).subquery("per_drag").c
    ut = [per_drag[g.name] for g in grupper]
    return select(*(func.sum(per_drag[s.name]).label(s.name) for s in kolumner), *ut).group_by(*ut)


def _ur_drag(t: Kalla, b: _Mall) -> bool:
    """Return whether a sum may be taken per combination of traits first, which is the order that facts are read in.

    What it is split by are then traits, told once for all facts that have them and not sorted fact by fact.
    """
    if b.raknesatt in (*UNIKA, *FORDELADE, Raknesatt.SENASTE_DAG):
        return False
    drag = t.egna[0].c
    namn = (*b.gruppera, *(namn for rad in b.rader for namn, _ in rad if namn in t))
    return bool(namn) and all(t[ett] is drag.get(ett) for ett in namn)


def _om(villkor: ColumnElement[bool], varde: Any) -> ColumnElement[Any]:
    """Return a value where a condition holds, and nothing elsewhere."""
    return case((villkor, varde))


def _granser(b: _Mall) -> list[tuple[ColumnElement[int], ColumnElement[int]]]:
    """Return the first day of each part and the day after its last."""
    return [(_dag(f"fran_{nr}"), _dag(f"till_{nr}")) for nr in range(len(b.delar))]


def _dag(namn: str) -> ColumnElement[int]:
    return bindparam(namn, type_=BigInteger())


def _intervall(t: Kalla, b: _Mall) -> Select[Any]:
    fran = t["fran"] if b.regel.raknar_inskrivningsdag else t["fran"] + t["inskrivning"]
    till = t["till"] + t["utskrivning"] if b.regel.raknar_utskrivningsdag else t["till"]
    # The closed end is what the index is ordered by; the limits of all parts together keep the scan short. A stay can
    # be empty under a rule that leaves out its first day.
    villkor = [*_kant(t, b), t["till"] >= _BORJAN, t["fran"] < _SLUTET, fran < till]
    if b.raknesatt is Raknesatt.KOSTNAD:
        villkor += [t["prissort"].in_(dict.fromkeys(b.delar)), or_(t["slag"] == VISTELSE, t["betald"] == 0)]
    inom = [and_(till > borjan, fran < slutet) for borjan, slutet in _granser(b)]
    inom = [and_(d, *_personens(t, b, nr)) for nr, d in enumerate(inom)]
    if b.over_frist:
        inom = [and_(d, t["fran"] < _dag(f"frist_{nr}")) for nr, d in enumerate(inom)]
    dygn = [minst(till, slutet) - storst(fran, borjan) for borjan, slutet in _granser(b)]
    if b.raknesatt in UNIKA and (b.regel.raknar_franvaro or FRANVARO not in b.slag):
        return _fraga(t, b, _olika(t, b, inom), villkor)
    if b.raknesatt is Raknesatt.PLATSDYGN:
        dygn = [d * t["antal"] for d in dygn]
    if not b.regel.raknar_franvaro or b.raknesatt is Raknesatt.KOSTNAD:
        dygn = [case((t["slag"] == FRANVARO, -d), else_=d) for d in dygn]
    if b.raknesatt is Raknesatt.KOSTNAD:
        inom = [and_(t["prissort"] == prissort, d) for prissort, d in zip(b.delar, inom, strict=True)]
        dygn = [d * t["pris"] for d in dygn]
    fraga = _fraga(t, b, (func.sum(_om(*par)) for par in zip(inom, dygn, strict=True)), villkor)
    return _antal_olika(t, b, fraga) if b.raknesatt in UNIKA else fraga


def _olika(t: Kalla, b: _Mall, inom: Iterable[ColumnElement[bool]]) -> Iterator[ColumnElement[Any]]:
    """Yield how many different ones, also where it is none because none is known; nothing where there is no fact."""
    kolumn = t[UNIKA[b.raknesatt]]
    return (_om(func.count(_om(d, 1)) > 0, func.count(_om(d, kolumn).distinct())) for d in inom)


def _personens(t: Kalla, b: _Mall, nr: int) -> list[ColumnElement[bool]]:
    """Return the condition that the person is of the age asked for in a part."""
    if not b.med_alder:
        return []
    return [t["fodelsear"] > _dag(f"fodd_efter_{nr}"), t["fodelsear"] <= _dag(f"fodd_senast_{nr}")]


def _antal_olika(t: Kalla, b: _Mall, dygn: Select[Any]) -> Select[Any]:
    """Return how many known persons have care days left when days of absence are taken away."""
    nyckel = t[UNIKA[b.raknesatt]]
    kolumner = dygn.add_columns(nyckel.label("nyckel")).group_by(nyckel).subquery("per_person").c
    dagar, grupper = kolumner[: len(b.delar)], kolumner[len(b.delar) : -1]
    kand = case((kolumner.nyckel.is_not(None), 1), else_=0)
    return select(*(func.sum(_om(dag > 0, kand)) for dag in dagar), *grupper).group_by(*grupper)


def _matt(t: Kalla, b: _Mall) -> Any:
    """Return what of a point or an amount is added up."""
    match b.raknesatt:
        case Raknesatt.VOLYM:
            return t["antal"]
        case Raknesatt.BETYG:
            return t["planerat"]
        case Raknesatt.BELOPP:
            return t["belopp"]
        case Raknesatt.VOLYMVARDE:
            return t["antal"] * t["pris"]
        case Raknesatt.ANTAL if b.form is Belopp:
            # Of the numbers of a register some are not known: those are not there.
            return _om(t["antal"].is_not(None), 1)
        case _:
            return 1


def _belopp(t: Kalla, b: _Mall) -> Select[Any]:
    manad = t["manad"]
    if b.period_efter is Bokforingsperiod.VARD:
        manad = func.coalesce(t["avser_manad"], manad)  # a forecast, a volume or a number of inhabitants has no other
    villkor = [*_kant(t, b), t["dag"] <= _GALLER_DEN, manad >= _BORJAN, manad < _SLUTET, *_bara_senaste(t, b)]
    inom = list(_inom(manad, b))
    if b.avser_tidigare:
        inom = [and_(d, t["avser_manad"] < _dag(f"fran_{nr}")) for nr, d in enumerate(inom)]
    if b.raknesatt is Raknesatt.SENASTE_DAG:
        return _fraga(t, b, (func.max(_om(d, t["dag"])) for d in inom), villkor)
    return _fraga(t, b, (func.sum(_om(d, _matt(t, b))) for d in inom), villkor)


def _bara_senaste(t: Kalla, b: _Mall) -> list[ColumnElement[bool]]:
    """Return the condition that a statement is the latest of its thing among those the question lets through.

    All are ranked in one pass. Sought for each statement by itself, those that replace each other are read over and
    over: forty forecasts of a year forty times.
    """
    if b.senaste is None:
        return []
    alla = Kalla(b.form, "alla")
    ordning, galler = alla[b.senaste.ordning], (b.senaste.bland,) if b.senaste.bland else b.slag
    villkor = [_ett_av(alla, "slag", tuple(dict.fromkeys(b.slag + galler))), *alla.kand(_POSITION, _SEDAN)]
    villkor += [alla["dag"] <= _GALLER_DEN]
    villkor += _urval(alla, tuple(par for par in b.urval if par[0] in ("kommun", "namnd", "underslag")))
    if "manad" in b.senaste.om and b.period_efter is Bokforingsperiod.BOKFORING:
        villkor += [alla["manad"] >= _BORJAN, alla["manad"] < _SLUTET]
    kand = and_(_ett_av(alla, "slag", galler), *alla.kand(_POSITION))
    sist = func.max(_om(kand, ordning)).over(partition_by=[alla[namn] for namn in b.senaste.om])
    # What a statement is about is what it says itself: what a unit is called by now it was not told with.
    rader = select(alla["strom"], alla["radnr"], ordning.label("ordning"), sist.label("sist"))
    r = rader.select_from(alla.tabeller).where(*villkor).subquery("i_ordning").c
    return [tuple_(t["strom"], t["radnr"]).in_(select(r.strom, r.radnr).where(r.ordning == r.sist))]


def _punkter(t: Kalla, b: _Mall) -> Select[Any]:
    if b.raknesatt is Raknesatt.UTAN_FOLJD:
        return _utan_foljd(t, b)
    villkor = [*_kant(t, b), t["dag"] >= _BORJAN, t["dag"] < _SLUTET, *_bara_senaste(t, b)]
    inom = [and_(d, *_personens(t, b, nr)) for nr, d in enumerate(_inom(t["dag"], b))]
    if b.raknesatt in UNIKA:
        return _fraga(t, b, _olika(t, b, inom), villkor)
    return _fraga(t, b, (func.sum(_om(d, _matt(t, b))) for d in inom), villkor)


def _utan_foljd(t: Kalla, b: _Mall) -> Select[Any]:
    """Return how many points no point of the other kinds followed in time: both are read once, in order per person.

    What comes the same day follows nothing. One whose person is not known is never followed.
    """
    foljer = _ett_av(t, "slag", b.foljd)
    kommunens = _urval(t, tuple(par for par in b.urval if par[0] == "kommun"))
    villkor = [_ett_av(t, "slag", b.slag + b.foljd), *t.kand(_POSITION), *kommunens]
    villkor += [t["dag"] >= _BORJAN, t["dag"] <= _GALLER_DEN]
    nasta = func.min(_om(foljer, t["dag"])).over(
        partition_by=[t["kommun"], t["person"]], order_by=t["dag"], range_=(1, None)
    )
    egna = [_ett_av(t, "slag", b.slag), *_urval(t, b.urval), *_i_nagon_rad(t, b)]
    grupper = _grupper(t, b)
    inom = [_om(and_(d, *egna, *_personens(t, b, nr)), 1).label(f"i{nr}") for nr, d in enumerate(_inom(t["dag"], b))]
    faktum = t.faktum() if b.per_faktum else []
    alla = select(
        *inom, *grupper, *faktum, t["dag"].label("dag"), _om(t["person"].is_not(None), nasta).label("nasta")
    ).select_from(t.tabeller).where(*villkor).subquery("punkter").c  # fmt: skip
    ingen = or_(alla.nasta.is_(None), alla.nasta - alla.dag > b.inom_dagar)
    summor = (func.sum(_om(ingen, alla[f"i{nr}"])).label(f"s{nr}") for nr in range(len(b.delar)))
    ut = [alla[g.name] for g in (*grupper, *faktum)]
    return select(*summor, *ut).group_by(*ut)


def _inom(dag: ColumnElement[Any], b: _Mall) -> Iterator[ColumnElement[bool]]:
    """Yield the condition that a day lies in each part."""
    return (and_(dag >= fran, dag < till) for fran, till in _granser(b))
