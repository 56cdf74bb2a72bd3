"""The same work in PostgreSQL, on a server of our own that is thrown away; its files are on disk and it is durable."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from sqlalchemy import Table

from application.envelope import Forslag
from benchmarks.bibliotek import I_PROJEKTIONEN, kor_projektion, sparare
from benchmarks.data import Plats
from benchmarks.enskilda import Arbete, nagra_strommar, sparade_en_och_en
from benchmarks.fragor import Skrivning, bland_flera, jamforda_fragor
from benchmarks.katalogen import fragade, katalogens_liggare
from benchmarks.matning import OMGANGAR, Krav, Rad, per_sekund, turvis
from benchmarks.matningar import IMPORT, LOGG_OCH_FAKTA
from benchmarks.stor_liggare import stor_liggare
from infrastructure.tables import GALLANDE, handelser
from interfaces.bootstrap import Tjanster, koppla
from tests.postgres import Postgresserver, egen_server

_VAR = "PostgreSQL: "


def i_postgresql(plats: Plats, mapp: Path, kommuner: int, manga: int) -> Iterator[Rad]:
    """Measure import, rebuild, single events and questions."""
    with egen_server(Path(tempfile.gettempdir())) as server:
        databaser = _Databaser(server)
        yield from _import(plats, databaser)
        yield from _enskilda(plats, databaser)
        yield from _fragor(mapp, kommuner, manga, databaser)
        yield from _katalogen(mapp, databaser)


class _Databaser:
    """New databases of a server, each with an empty ledger."""

    def __init__(self, server: Postgresserver) -> None:
        self._server = server
        self._antal = 0

    def ny(self) -> str:
        """Return the address of one more."""
        self._antal += 1
        namn = f"matt_{self._antal}"
        self._server.skapa_databas(namn, "mall")
        return self._server.adress(namn)

    @property
    def nyckelfil(self) -> Path:
        """Return their key ring."""
        return self._server.nyckelfil

    def koppla(self, adress: str) -> Tjanster:
        """Open a ledger."""
        return koppla(adress, nyckelfil=self.nyckelfil)

    def bibliotekets_recorder(self) -> Callable[[bytes], object]:
        """Return a function that appends one event through the library's own recorder."""
        self._server.skapa_databas("biblioteket")
        lager = PostgresDatastore("biblioteket", str(self._server.mapp), 5432, "liggare", "utan")
        recorder = PostgresApplicationRecorder(lager)
        recorder.create_table()
        return sparare(recorder)


def _import(plats: Plats, databaser: _Databaser) -> Iterator[Rad]:
    """Time import beside ``COPY`` of the same rows to equal tables, and rebuild beside the library's runner."""
    forlaga, antal = databaser.ny(), len(plats.rader)
    tjanster = databaser.koppla(forlaga)
    tjanster.importor().importera(plats.rader)
    with psycopg.connect(forlaga) as kalla:
        rader = {tabell: kalla.execute(f"SELECT * FROM {tabell}").fetchall() for tabell in LOGG_OCH_FAKTA}
    nya = [databaser.ny() for _ in range(2 * OMGANGAR)]

    def importera() -> None:
        egna = databaser.koppla(nya.pop())
        assert egna.importor().importera(plats.rader).nya == antal
        egna.stang()

    vi, raa = turvis(importera, lambda: _kopiera(rader, nya.pop()))
    skriv = per_sekund("händelser")
    vad = f"{_VAR}import med validering, beslut, bevis och fakta"
    yield Rad(vad, vi / antal, skriv, "COPY av loggens och faktas rader", raa / antal, IMPORT)
    vyer = [databaser.ny() for _ in range(OMGANGAR)]
    vi, biblioteket = turvis(
        partial(tjanster.ombyggare.bygg_om, processer=1),
        lambda: kor_projektion(forlaga, vyer.pop(), I_PROJEKTIONEN, databaser.nyckelfil),
    )
    tjanster.stang()
    yield Rad(
        f"{_VAR}ombyggnad av alla fakta, en process", vi / antal, skriv, "bibliotekets ProjectionRunner",
        biblioteket / I_PROJEKTIONEN, Krav(hogst=1 / 45_000, kvot=1 / 20),
    )  # fmt: skip


def _kopiera(rader: Mapping[str, Iterable[Sequence[Any]]], adress: str) -> None:
    """Copy rows to tables of an empty ledger, given with their columns if in another order, in one transaction."""
    with psycopg.connect(adress) as databas, databas.cursor() as markor:
        for tabell, egna in rader.items():
            with markor.copy(f"COPY {tabell} FROM STDIN") as kopia:
                for rad in egna:
                    kopia.write_row(rad)


def _enskilda(plats: Plats, databaser: _Databaser) -> Iterator[Rad]:
    """Time one durable event at a time, beside a bare insert of its row of the log and the library's recorder."""
    forslag, forlaga = nagra_strommar(plats), databaser.ny()
    tjanster = databaser.koppla(forlaga)
    for ett in forslag:
        tjanster.registrator.registrera(ett)
    tjanster.stang()
    with psycopg.connect(forlaga) as kalla:
        rader = kalla.execute("SELECT * FROM handelser ORDER BY position").fetchall()
    tjanster, recorder = databaser.koppla(databaser.ny()), databaser.bibliotekets_recorder()
    sats = f"INSERT INTO handelser VALUES ({', '.join(['%s'] * len(rader[0]))})"
    mot = (
        ("INSERT av samma rad i samma tabell och COMMIT", Krav(kvot=2.5)),
        ("bibliotekets PostgreSQL-recorder, utan beslut", Krav(kvot=0.7)),
    )
    with psycopg.connect(databaser.ny(), autocommit=True) as tabellen:

        def spara(ett: Forslag, rad: tuple[Any, ...]) -> Sequence[Arbete]:
            return (
                partial(tjanster.registrator.registrera, ett),
                partial(tabellen.execute, sats, rad),
                partial(recorder, ett.handelse.model_dump_json(by_alias=True).encode()),
            )

        yield from sparade_en_och_en(forslag, rader, spara, mot, _VAR)
    tjanster.stang()


def _fragor(mapp: Path, kommuner: int, manga: int, databaser: _Databaser) -> Iterator[Rad]:
    """Ask the large ledgers' facts, copied here, the same questions."""
    adress = _kopierad(stor_liggare(mapp, kommuner), GALLANDE.alla, databaser)
    tjanster = databaser.koppla(adress)
    with psycopg.connect(adress, autocommit=True) as databas:
        skrivning = Skrivning("%s", "least", "greatest", "JOIN")
        yield from jamforda_fragor(tjanster, databas.execute, skrivning, kommuner, _VAR)
    if manga:
        stor = databaser.koppla(_kopierad(stor_liggare(mapp, manga), GALLANDE.alla, databaser))
        yield from bland_flera(stor, manga, tjanster, kommuner, _VAR)
        stor.stang()
    tjanster.stang()


def _kopierad(fil: str, tabeller: Iterable[Table], databaser: _Databaser) -> str:
    """Return the address of a copy of some tables of a ledger in SQLite."""
    adress = databaser.ny()
    with closing(sqlite3.connect(fil)) as kalla:
        kolumner = {tabell.name: ", ".join(tabell.c.keys()) for tabell in tabeller}
        _kopiera({f"{namn} ({k})": kalla.execute(f"SELECT {k} FROM {namn}") for namn, k in kolumner.items()}, adress)
    with psycopg.connect(adress, autocommit=True) as databas:
        databas.execute("VACUUM ANALYZE")
    return adress


def _katalogen(mapp: Path, databaser: _Databaser) -> Iterator[Rad]:
    """Ask the catalogue and the tables of the ledger with facts of every kind, copied here with its log."""
    tjanster = databaser.koppla(_kopierad(katalogens_liggare(mapp), (handelser, *GALLANDE.alla), databaser))
    yield from fragade(tjanster, _VAR)
    tjanster.stang()
