"""SQLite, embedded and the default: safe by settings per connection, set at every connect and read back at start."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import StaticPool

from application.framsteg import Skede
from application.ports import LiggarenUpptagen, OsakerDatabas
from infrastructure.dberrors import UTVIDGNING
from infrastructure.rows import utfor
from infrastructure.writelock import ta_skrivlaset

SORT = "SQLite"

PRAGMAN: Mapping[str, str] = MappingProxyType(
    {
        # Readers never wait for the writer, nor the writer for them.
        "journal_mode": "wal",
        # FULL: a commit is on disk when it returns; in WAL mode NORMAL would lose acknowledged events at a power cut
        # (measured).
        "synchronous": "2",
        "foreign_keys": "1",
        # A file made by somebody else cannot have its schema call functions with side effects.
        "trusted_schema": "0",
        # A damaged page is noticed where it is read and not answered from.
        "cell_size_check": "1",
        # INSERT OR REPLACE counts as a deletion, so the guard of the log sees it.
        "recursive_triggers": "1",
        # What is deleted is overwritten with zeroes: what a gallring destroys lies in no free page.
        "secure_delete": "1",
        # Whoever waits for a writer that does not let go is told so within three seconds; eight that write all they
        # can do not come near it (measured).
        "busy_timeout": "3000",
    }
)
"""The settings every connection has, as SQLite tells them."""

_I_MINNET = {"journal_mode": "memory"}
_CACHE, _STOR_CACHE = "-65536", "-262144"
"""Pages kept in memory (minus: KiB); event ids are random, so each insert touches pages all over their indexes.

Only speed hangs on it, so it is not read back as the safety settings are."""


def i_minnet(url: URL) -> bool:
    """Return whether an address means a database that lives in this process only."""
    return url.database in (None, "", ":memory:")


def motor(url: URL) -> Engine:
    """Return an engine whose connections have the settings and whose transactions are begun as readers or writers."""
    ny = create_engine(url, poolclass=StaticPool if i_minnet(url) else None)

    @event.listens_for(ny, "connect")
    def _satt_pragman(dbapi: Any, _: Any) -> None:
        dbapi.isolation_level = None  # transactions are begun below, not guessed by the driver
        for namn, varde in PRAGMAN.items():
            dbapi.execute(f"PRAGMA {namn} = {varde}")
        dbapi.execute(f"PRAGMA cache_size = {_CACHE}")

    @event.listens_for(ny, "begin")
    def _borja(forbindelse: Connection) -> None:
        # A writer takes the lock before it reads the last position; otherwise two writers can both read it and one
        # of them fails with a false conflict.
        if forbindelse.get_execution_options().get("liggare_skriv", False):
            ta_skrivlaset(forbindelse, int(PRAGMAN["busy_timeout"]))
        else:
            # Through the driver's cursor: it is done for every question and takes SQLAlchemy ten times as long.
            utfor(forbindelse, "BEGIN")

    return ny


def kontrollera(forbindelse: Connection) -> None:
    """Read the settings back.

    Raises:
        OsakerDatabas: a setting is not what it must be.
    """
    for namn, kravt in {**PRAGMAN, **(_I_MINNET if i_minnet(forbindelse.engine.url) else {})}.items():
        faktiskt = str(forbindelse.exec_driver_sql(f"PRAGMA {namn}").scalar()).lower()
        if faktiskt != kravt:
            raise OsakerDatabas(namn, faktiskt, kravt)


def utan_overskrivning(forbindelse: Connection) -> AbstractContextManager[None]:
    """Let tables that are dropped within this block lie in free pages as they are; other databases never overwrite.

    For facts of this program's form only, which a gallring leaves as they are: such a generation says nothing that the
    one that answers does not say. To write zeroes over every page of it took ten times as long as to drop it, with all
    writers waiting.
    """
    return _en_stund(forbindelse, "secure_delete", "FAST", PRAGMAN["secure_delete"])


def mycket_i_minnet(forbindelse: Connection) -> AbstractContextManager[None]:
    """Keep four times as many pages in memory within this block, which writes much: fewer are written out twice."""
    return _en_stund(forbindelse, "cache_size", _STOR_CACHE, _CACHE)


@contextmanager
def _en_stund(forbindelse: Connection, pragma: str, varde: str, annars: str) -> Iterator[None]:
    """Give a setting another value within a block; other databases have no such setting."""
    if forbindelse.dialect.name != "sqlite":
        yield
        return
    forbindelse.exec_driver_sql(f"PRAGMA {pragma} = {varde}")
    try:
        yield
    finally:
        if not forbindelse.invalidated:  # an interruption closes it: the next one has the settings of every connection
            forbindelse.exec_driver_sql(f"PRAGMA {pragma} = {annars}")


@contextmanager
def sokindex_sist(forbindelse: Connection, tabeller: Iterable[str], skede: Skede) -> Iterator[None]:
    """Do without the indexes of some tables that only serve questions, and build them when this block has ended.

    A sorted pass for each takes a third of the time of a search per row. It is all within the transaction, so nobody
    else is ever without them. For tables that hold little beside what the block writes; other databases keep theirs.
    ``skede`` is told when they are built.
    """
    if forbindelse.dialect.name != "sqlite":
        yield
        return
    namn = ", ".join(f"'{tabell}'" for tabell in tabeller)
    # What upholds a rule (UNIQUE, PRIMARY KEY) is made without words of its own, and stays.
    fraga = f"SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({namn})"
    sokindex = utfor(forbindelse, fraga).fetchall()
    for ett, _ in sokindex:
        utfor(forbindelse, f"DROP INDEX {ett}")
    yield
    if sokindex:
        skede("Bygger index")
    for _, skapa in sokindex:
        utfor(forbindelse, skapa)


def ta_bort(fil: Path) -> None:
    """Remove a database for good, unless somebody has it open: who had would go on writing in what is no more.

    Raises:
        LiggarenUpptagen: somebody has.
    """
    try:
        with closing(sqlite3.connect(fil, timeout=0, isolation_level=None)) as databas:
            # Whoever has a database in WAL mode open shares a lock that this one has to itself.
            databas.execute("PRAGMA locking_mode = EXCLUSIVE")
            databas.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as fel:
        raise LiggarenUpptagen(str(fel)) from fel
    except sqlite3.DatabaseError as fel:
        # A file that is no database, or a damaged one, is to be removed like any other.
        if fel.sqlite_errorcode & UTVIDGNING not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise
    for slut in ("", "-wal", "-shm"):
        Path(f"{fil}{slut}").unlink(missing_ok=True)


def skriv_om(motor: Engine, _: Iterable[str]) -> bool:
    """Write the file anew without its free pages and empty the write-ahead log; return whether no reader kept it.

    Raises:
        sqlite3.OperationalError: it could not be done; somebody else reads or writes, or there is no room.
    """
    forbindelse = motor.raw_connection()
    try:
        markor = forbindelse.cursor()
        markor.execute("VACUUM")
        if i_minnet(motor.url):
            return True
        stoppades, _, _ = markor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not stoppades
    finally:
        forbindelse.close()
