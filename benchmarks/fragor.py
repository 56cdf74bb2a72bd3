"""Questions with both times to a large ledger, beside SQL written by hand that gives the same figures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from application.queries import Fraga, Underlag, hamta_matt
from benchmarks.matning import OMGANGAR, Rad, millisekunder, turvis
from benchmarks.stor_liggare import FORSTA_AR, PER_KOMMUN, SISTA_AR, kommunkod, position_den, stor_liggare
from domain.regler.vardygn import IN_EJ_UT
from domain.tid import Period, Tidssnitt, kalenderar
from interfaces.bootstrap import koppla

_NU = date(SISTA_AR + 1, 1, 1)
_TJUGO_AR = Period(kalenderar(FORSTA_AR).fran, kalenderar(SISTA_AR).till)
_FALL = (
    ("sista året, som känt nu", kalenderar(SISTA_AR), _NU),
    ("andra året, som känt nu", kalenderar(FORSTA_AR + 1), _NU),
    ("andra året, som känt i mars därpå", kalenderar(FORSTA_AR + 1), date(FORSTA_AR + 2, 3, 31)),
    ("tionde året, som känt i mars därpå", kalenderar(FORSTA_AR + 9), date(FORSTA_AR + 10, 3, 31)),
    ("alla tjugo åren, som känt nu", _TJUGO_AR, _NU),
)
_VAD = "Vårddygn per månad × målgrupp × insatsform i en kommun med {fakta} fakta av {alla}"

Handsvar = dict[tuple[str, str, str], int]


def fragor_mot_sql(mapp: Path, kommuner: int) -> Iterator[Rad]:
    """Time a question about one municipality among many: recent and old years, as known now and long ago.

    The position is given, since the ledger has no log to look it up in (that takes half a millisecond).
    """
    fil = stor_liggare(mapp, kommuner)
    tjanster, databas = koppla(fil), sqlite3.connect(fil)
    databas.execute("PRAGMA cache_size = -65536")
    vad = _VAD.format(fakta=_antal(PER_KOMMUN), alla=_antal(kommuner * PER_KOMMUN))
    for namn, period, kant in _FALL:
        fraga = _fraga(period)
        position = position_den(kant)
        underlag = Underlag(
            position, fraga.tidssnitt.galler_den, datetime(kant.year, kant.month, 1, tzinfo=UTC), IN_EJ_UT
        )
        svar = tjanster.fragor.svara(fraga, underlag)
        assert {nyckel: int(varde) for nyckel, varde in svar.varden.items()} == _handskriven(databas, period, position)
        vi, sql = turvis(
            lambda fraga=fraga, underlag=underlag: tjanster.fragor.svara(fraga, underlag),  # type: ignore[misc]
            lambda period=period, position=position: _handskriven(databas, period, position),  # type: ignore[misc]
            omgangar=OMGANGAR * 5,
        )
        yield Rad(f"{vad}: {namn}", vi, millisekunder, "handskriven SQL, en summa per månad", sql)
    databas.close()
    tjanster.stang()


def _fraga(period: Period) -> Fraga:
    delning = ("manad", "malgrupp", "insatsform")
    return Fraga(hamta_matt("vardygn"), period, Tidssnitt(period.sista_dag), delning, {"kommun": (kommunkod(0),)})


def _handskriven(databas: sqlite3.Connection, period: Period, position: int) -> Handsvar:
    """Return the figures the quickest way we know: a sum per month and group of facts, a year at a time."""
    svar: Handsvar = {}
    for ar in range(period.fran.year, period.till.year):
        manader = [(m.fran.toordinal(), m.till.toordinal(), f"{m.fran:%Y-%m}") for m in kalenderar(ar).manader()]
        summor = ", ".join(
            f"sum(CASE WHEN f.till > {fran} AND f.fran < {till} THEN min(f.till, {till}) - max(f.fran, {fran}) END)"
            for fran, till, _ in manader
        )
        rader = databas.execute(
            f"""SELECT d.malgrupp, d.insatsform, {summor}
            FROM drag_intervall d CROSS JOIN fakta_intervall f ON f.drag = d.id
            WHERE d.slag = 'vistelse' AND d.kommun = ? AND f.kand_fran <= ? AND f.kand_till > ?
            AND f.till > ? AND f.fran < ?
            GROUP BY d.malgrupp, d.insatsform""",
            (kommunkod(0), position, position, manader[0][0], manader[-1][1]),
        )
        for malgrupp, insatsform, *dygn in rader:
            for (_, _, manad), antal in zip(manader, dygn, strict=True):
                if antal is not None:
                    svar[manad, malgrupp, insatsform] = antal
    return svar


def _antal(antal: int) -> str:
    return f"{antal:,}".replace(",", " ")
