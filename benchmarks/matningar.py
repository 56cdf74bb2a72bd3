"""What is measured: each piece of work beside the barest way to the same result."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime

from application.queries import Fraga, hamta_matt
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.tabell import Tabellverk
from benchmarks.bibliotek import kor_projektion
from benchmarks.data import AR, KOMMUN, Plats, Radskrivning
from benchmarks.matning import OMGANGAR, Rad, millisekunder, per_sekund, turvis
from domain.tid import Tidssnitt, kalenderar
from infrastructure.tables import DRAGTABELLER, FAKTATABELLER
from interfaces.bootstrap import Tjanster, koppla

_I_PROJEKTIONEN = 1_000
_FRAGEAR = AR - 1
_FAKTA = tuple(tabell.name for tabell in (*FAKTATABELLER.values(), *DRAGTABELLER.values()))
_GALLER, _KANT = date(_FRAGEAR, 12, 31), datetime(AR, 6, 1, tzinfo=UTC)


def import_mot_executemany(plats: Plats, fil: str) -> Iterator[Rad]:
    """Time an import with everything it does, beside putting the same rows in equal tables."""
    antal = len(plats.rader)

    def importera() -> None:
        tjanster = koppla(plats.ny_fil())
        assert tjanster.importor().importera(plats.rader).nya == antal
        tjanster.stang()

    loggen, allt = Radskrivning(fil, plats, ("handelser",)), Radskrivning(fil, plats, ("handelser", *_FAKTA))
    vi, bara_loggen, med_fakta = turvis(importera, loggen.skriv, allt.skriv)
    skriv = per_sekund("händelser")
    arbete = "Import med validering, beslut, bevis och fakta"
    yield Rad(arbete, vi / antal, skriv, "executemany av loggens rader", bara_loggen / antal)
    yield Rad(arbete, vi / antal, skriv, "executemany av loggens och faktas rader", med_fakta / antal)


def utan_arenden(plats: Plats) -> Iterator[Rad]:
    """Time import and rebuild of placements, budget and providers alone: a case takes longer per event than they do."""
    utan = Plats(plats.mapp / "utan", [rad for rad in plats.rader if b'"samling":"arenden"' not in rad[:40]])
    utan.mapp.mkdir()
    fil, antal = utan.ny_fil(), len(utan.rader)
    tjanster = koppla(fil)
    tjanster.importor().importera(utan.rader)
    allt = Radskrivning(fil, utan, ("handelser", *_FAKTA))

    def importera() -> None:
        nya = koppla(utan.ny_fil())
        assert nya.importor().importera(utan.rader).nya == antal
        nya.stang()

    importen, raa, ombyggnaden = turvis(importera, allt.skriv, tjanster.ombyggare.bygg_om)
    tjanster.stang()
    skriv = per_sekund("händelser")
    yield Rad(
        f"Import utan ärenden ({antal} händelser)", importen / antal, skriv, "executemany av samma rader", raa / antal
    )
    yield Rad("Ombyggnad utan ärenden", ombyggnaden / antal, skriv)


def ombyggnad_mot_biblioteket(plats: Plats, fil: str, tjanster: Tjanster) -> Iterator[Rad]:
    """Time a rebuild of all facts, beside the library's runner doing the same work for the first events."""
    antal = len(plats.rader)
    vi, biblioteket = turvis(
        tjanster.ombyggare.bygg_om,
        lambda: kor_projektion(fil, plats.ny_fil(), _I_PROJEKTIONEN),
    )
    skriv = per_sekund("händelser")
    yield Rad(
        "Ombyggnad av alla fakta", vi / antal, skriv, "bibliotekets ProjectionRunner", biblioteket / _I_PROJEKTIONEN
    )


def fraga_mot_sql(fil: str, tjanster: Tjanster) -> Iterator[Rad]:
    """Time a question with both times, beside SQL written by hand that gives the same figures."""
    tidssnitt = Tidssnitt(_GALLER, _KANT)
    fraga = Fraga(
        hamta_matt("vardygn"), kalenderar(_FRAGEAR), tidssnitt, ("manad", "malgrupp", "insatsform"),
        {"kommun": (KOMMUN,)},
    )  # fmt: skip
    databas = sqlite3.connect(fil)
    svar = tjanster.fragor.svara(fraga)
    position = svar.underlag.position
    assert {nyckel: int(varde) for nyckel, varde in svar.varden.items()} == _handskriven(databas, position)
    vi, sql = turvis(
        lambda: tjanster.fragor.svara(fraga), lambda: _handskriven(databas, position), omgangar=OMGANGAR * 5
    )
    (fakta,) = databas.execute("SELECT count(*) FROM fakta_intervall").fetchone()
    yield Rad(
        f"Vårddygn per månad × målgrupp × insatsform och år, som känt då ({fakta} fakta)", vi, millisekunder,
        "handskriven SQL med samma svar", sql,
    )  # fmt: skip


def _handskriven(databas: sqlite3.Connection, position: int) -> dict[tuple[str, str, str], int]:
    manader = [(p.fran.toordinal(), p.till.toordinal(), f"{p.fran:%Y-%m}") for p in kalenderar(_FRAGEAR).manader()]
    varden = ", ".join(f"({fran}, {till}, '{namn}')" for fran, till, namn in manader)
    rader = databas.execute(
        f"""WITH manad(fran, till, namn) AS (VALUES {varden})
        SELECT manad.namn, d.malgrupp, d.insatsform, sum(min(f.till, manad.till) - max(f.fran, manad.fran))
        FROM drag_intervall d CROSS JOIN fakta_intervall f ON f.drag = d.id CROSS JOIN manad
        WHERE d.slag = 'vistelse' AND d.kommun = ? AND f.kand_fran <= ? AND f.kand_till > ?
        AND f.till > ? AND f.till > manad.fran AND f.fran < manad.till
        GROUP BY manad.namn, d.malgrupp, d.insatsform""",
        (KOMMUN, position, position, manader[0][0]),
    )
    return {(manad, malgrupp, form): dygn for manad, malgrupp, form, dygn in rader}


def tabell(tjanster: Tjanster) -> Iterator[Rad]:
    """Time the whole printed table of external care, all its measures and columns."""
    fraga = tolka_tabellfraga(
        "externa-insatser", kommun=KOMMUN, ar=AR, nu=_KANT, galler_den=f"{AR}-08-31", kant_den=f"{AR}-09-19"
    )
    verk = Tabellverk(tjanster.fragor)
    celler = sum(len(rad) for rad in verk.svara(fraga).rader)
    (tid,) = turvis(lambda: verk.svara(fraga))
    yield Rad(f"Tabellen externa-insatser, {celler} celler", tid, millisekunder)
