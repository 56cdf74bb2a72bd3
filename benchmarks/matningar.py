"""What is measured: each piece of work beside the barest way to the same result."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import median
from uuid import UUID, uuid4

import orjson

from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.tabell import Tabellverk
from application.tolkning import tolka
from benchmarks.bibliotek import bibliotekets_recorder, kor_projektion
from benchmarks.data import AR, KOMMUN, Plats, Radskrivning, ra_databas
from benchmarks.matning import Rad, millisekunder, per_sekund, ta_tid, turvis
from infrastructure.tables import DRAGTABELLER, FAKTATABELLER
from interfaces.bootstrap import Tjanster, koppla

_I_PROJEKTIONEN = 1_000
_ENSTAKA = 300
_OPPNINGAR = 300
_FAKTA = tuple(tabell.name for tabell in (*FAKTATABELLER.values(), *DRAGTABELLER.values()))
_KANT = datetime(AR, 6, 1, tzinfo=UTC)


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


def enstaka_mot_insert(plats: Plats) -> Iterator[Rad]:
    """Time one durable event at a time, beside a bare insert and the library's recorder."""
    paborjade = [data for data in map(orjson.loads, plats.rader) if data["typ"] == "placering.paborjad"]
    forslag = [
        tolka({k: v for k, v in data.items() if k != "registrerad"}) for data in paborjade if "rattar" not in data
    ]
    tjanster = koppla(plats.ny_fil())
    databas = ra_databas(plats.ny_fil())
    databas.execute("CREATE TABLE handelser (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, innehall BLOB)")
    biblioteket = bibliotekets_recorder(plats.ny_fil())
    tider: dict[str, list[float]] = {"vi": [], "insert": [], "biblioteket": []}
    for ett in forslag[:_ENSTAKA]:
        innehall = ett.handelse.model_dump_json(by_alias=True).encode()
        rad = (uuid4().hex, innehall)
        arbeten: dict[str, Callable[[], object]] = {
            "vi": lambda ett=ett: tjanster.registrator.registrera(ett),  # type: ignore[misc]
            "insert": lambda rad=rad: databas.execute("INSERT INTO handelser (id, innehall) VALUES (?, ?)", rad),  # type: ignore[misc]
            "biblioteket": lambda innehall=innehall: biblioteket(innehall),  # type: ignore[misc]
        }
        for namn, arbete in arbeten.items():
            tider[namn].append(ta_tid(arbete))
    tjanster.stang()
    vi, insert, lib = (median(t) for t in tider.values())
    vad = "En händelse: beslut, logg, bevis och fakta, varaktigt sparad"
    yield Rad(vad, vi, millisekunder, "INSERT och COMMIT", insert)
    yield Rad(vad, vi, millisekunder, "bibliotekets SQLite-recorder, utan beslut", lib)


def oppna_strom(fil: str, tjanster: Tjanster) -> Iterator[Rad]:
    """Time opening one stream of about twenty events, beside reading and decoding its rows."""
    databas = sqlite3.connect(fil)
    strom, antal = databas.execute(
        "SELECT strom, count(*) FROM handelser WHERE samling = 'placeringar' "
        "GROUP BY strom ORDER BY abs(count(*) - 20) LIMIT 1"
    ).fetchone()
    kuvert = tjanster.huvudbok.las_strom(UUID(strom))
    assert len(kuvert) == antal

    def rader() -> None:
        for (innehall,) in databas.execute("SELECT innehall FROM handelser WHERE strom = ?", (strom,)):
            orjson.loads(innehall)

    vi, raa = turvis(lambda: tjanster.liggaren.strom(kuvert[0].originator_id), rader, omgangar=_OPPNINGAR)
    yield Rad(f"Öppna en ström med {antal} händelser", vi, millisekunder, "SELECT och orjson.loads", raa)


def tabell(tjanster: Tjanster) -> Iterator[Rad]:
    """Time the whole printed table of external care, all its measures and columns."""
    fraga = tolka_tabellfraga(
        "externa-insatser", kommun=KOMMUN, ar=AR, nu=_KANT, galler_den=f"{AR}-08-31", kant_den=f"{AR}-09-19"
    )
    verk = Tabellverk(tjanster.fragor)
    celler = sum(len(rad) for rad in verk.svara(fraga).rader)
    (tid,) = turvis(lambda: verk.svara(fraga))
    yield Rad(f"Tabellen externa-insatser, {celler} celler", tid, millisekunder)
