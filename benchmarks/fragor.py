"""Questions with both times to a large ledger, beside SQL written by hand that gives the same figures."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from application.queries import Fraga, Underlag, hamta_matt
from application.queries import Svar as Svaret
from benchmarks.matning import INGET_KRAV, OMGANGAR, Krav, Rad, millisekunder, turvis
from benchmarks.stor_liggare import FORSTA_AR, PER_KOMMUN, SISTA_AR, kommunkod, position_den, stor_liggare
from domain.regler.vardygn import IN_EJ_UT
from domain.tid import Period, Tidssnitt, kalenderar
from interfaces.bootstrap import Tjanster, koppla

_NU = date(SISTA_AR + 1, 1, 1)
_TJUGO_AR = Period(kalenderar(FORSTA_AR).fran, kalenderar(SISTA_AR).till)
_FALL = (
    ("sista året, som känt nu", kalenderar(SISTA_AR), _NU),
    ("andra året, som känt nu", kalenderar(FORSTA_AR + 1), _NU),
    ("andra året, som känt i mars därpå", kalenderar(FORSTA_AR + 1), date(FORSTA_AR + 2, 3, 31)),
    ("tionde året, som känt i mars därpå", kalenderar(FORSTA_AR + 9), date(FORSTA_AR + 10, 3, 31)),
    ("alla tjugo åren, som känt nu", _TJUGO_AR, _NU),
)
Handsvar = dict[tuple[str, str, str], int]
Svar = Callable[[str, tuple[Any, ...]], Iterable[tuple[Any, ...]]]
"""Answers a statement with values for its parameters."""


class Skrivning(NamedTuple):
    """How a database writes a parameter, the lesser and the greater of two, and a join in the order given."""

    plats: str
    minst: str
    storst: str
    korsa: str


def fragor_mot_sql(mapp: Path, kommuner: int, manga: int) -> Iterator[Rad]:
    """Time a question about one municipality among others and among many more: recent and old years, known when."""
    fil = stor_liggare(mapp, kommuner)
    tjanster, databas = koppla(fil), sqlite3.connect(fil)
    databas.execute("PRAGMA cache_size = -65536")
    yield from jamforda_fragor(tjanster, databas.execute, Skrivning("?", "min", "max", "CROSS JOIN"), kommuner)
    databas.close()
    if manga:
        stor = koppla(stor_liggare(mapp, manga))
        yield from bland_flera(stor, manga, tjanster, kommuner)
        stor.stang()
    tjanster.stang()


def jamforda_fragor(
    tjanster: Tjanster, svara: Svar, skrivning: Skrivning, kommuner: int, var: str = ""
) -> Iterator[Rad]:
    """Time the questions to a ledger, beside SQL written by hand that is asked of the same database."""
    for namn, period, kant in _FALL:
        for_hand = partial(_handskriven, svara, skrivning, period, position_den(kant))
        var_fraga = _stalld(tjanster, period, kant)
        assert {nyckel: int(varde) for nyckel, varde in var_fraga().varden.items()} == for_hand()
        vi, sql = turvis(var_fraga, for_hand, omgangar=OMGANGAR * 5)
        # What is asked of all the years at once is more than what the requirement speaks of.
        krav = INGET_KRAV if period == _TJUGO_AR else Krav(hogst=0.025, kvot=1.2)
        vad = f"{var}{_vad(kommuner)}: {namn}"
        yield Rad(vad, vi, millisekunder, "handskriven SQL, en summa per månad", sql, krav)


def bland_flera(stor: Tjanster, manga: int, liten: Tjanster, kommuner: int, var: str = "") -> Iterator[Rad]:
    """Time the questions to a ledger of many more municipalities, beside the same ones to the smaller."""
    for namn, period, kant in _FALL:
        i_stor, i_liten = _stalld(stor, period, kant), _stalld(liten, period, kant)
        assert i_stor().varden == i_liten().varden
        vi, dess = turvis(i_stor, i_liten, omgangar=OMGANGAR * 5)
        bland = f"av {_antal(kommuner * PER_KOMMUN)}"
        yield Rad(f"{var}{_vad(manga)}: {namn}", vi, millisekunder, bland, dess, Krav(kvot=3.0))


def _stalld(tjanster: Tjanster, period: Period, kant: date) -> Callable[[], Svaret]:
    """Return a question to be asked; its position is given, since looking it up takes half a millisecond."""
    fraga = _fraga(period)
    kand = datetime(kant.year, kant.month, 1, tzinfo=UTC)
    underlag = Underlag(position_den(kant), fraga.tidssnitt.galler_den, kand, IN_EJ_UT)
    return partial(tjanster.fragor.svara, fraga, underlag)


def _fraga(period: Period) -> Fraga:
    delning = ("manad", "malgrupp", "insatsform")
    return Fraga(hamta_matt("vardygn"), period, Tidssnitt(period.sista_dag), delning, {"kommun": (kommunkod(0),)})


def _handskriven(fraga: Svar, skrivning: Skrivning, period: Period, position: int) -> Handsvar:
    """Return the figures the quickest way we know: a sum per month and group of facts, a year at a time."""
    plats, minst, storst, korsa = skrivning
    svar: Handsvar = {}
    for ar in range(period.fran.year, period.till.year):
        manader = [(m.fran.toordinal(), m.till.toordinal(), f"{m.fran:%Y-%m}") for m in kalenderar(ar).manader()]
        summor = ", ".join(
            f"sum(CASE WHEN f.till > {fran} AND f.fran < {till} THEN {minst}(f.till, {till}) - "
            f"{storst}(f.fran, {fran}) END)"
            for fran, till, _ in manader
        )
        rader = fraga(
            f"""SELECT d.malgrupp, d.insatsform, {summor}
            FROM drag_intervall d {korsa} fakta_intervall f ON f.drag = d.id
            WHERE d.slag = 'vistelse' AND d.kommun = {plats} AND f.kand_fran <= {plats} AND f.kand_till > {plats}
            AND f.till > {plats} AND f.fran < {plats}
            GROUP BY d.malgrupp, d.insatsform""",
            (kommunkod(0), position, position, manader[0][0], manader[-1][1]),
        )
        for malgrupp, insatsform, *dygn in rader:
            for (_, _, manad), antal in zip(manader, dygn, strict=True):
                if antal is not None:
                    svar[manad, malgrupp, insatsform] = antal
    return svar


def _vad(kommuner: int) -> str:
    fakta, alla = _antal(PER_KOMMUN), _antal(kommuner * PER_KOMMUN)
    return f"Vårddygn per månad × målgrupp × insatsform i en kommun med {fakta} fakta av {alla}"


def _antal(antal: int) -> str:
    return f"{antal:,}".replace(",", " ")
