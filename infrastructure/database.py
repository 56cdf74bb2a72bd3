"""Opening the database, safely or not at all.

SQLite is embedded and the default. Its safety is a matter of settings per connection, so they are set at every
connect and read back at start: a ledger that might lose an acknowledged event refuses to open and says which setting.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import StaticPool

from application.ports import OsakerDatabas
from infrastructure import faktaform, migrering
from infrastructure.tables import SCHEMAVERSION, metadata, schema

# journal_mode WAL: readers never wait for the writer. synchronous FULL: a commit is on disk when it returns; in WAL
# mode NORMAL would lose acknowledged events at a power cut (measured).
_PRAGMAN = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000"}
_I_MINNET = {"journal_mode": "memory"}
_CACHE = "-65536"
"""Pages kept in memory (minus: KiB); event ids are random, so each insert touches pages all over their indexes.

Only speed hangs on it, so it is not read back as the safety settings are."""


def adress(databas: str) -> URL:
    """Return a database address from a setting: a file path, ``:memory:`` or a full URL."""
    if "://" in databas:
        return make_url(databas)
    return URL.create("sqlite", database=databas)


def oppna(databas: str, *, skapa: bool = True, krav_pa_version: bool = True, krav_pa_fakta: bool = True) -> Engine:
    """Open a ledger's database, creating its tables if they are missing.

    Args:
        databas: file path or database address.
        skapa: whether a new ledger may be made.
        krav_pa_version: whether the schema must be of this program's version; only whoever is to upgrade it does
            without.
        krav_pa_fakta: whether the facts must be those that this program derives from the whole log; only whoever is to
            build them anew does without.

    Raises:
        OsakerDatabas: a setting is unsafe, the schema is of another version, or the file is no ledger.
    """
    url = adress(databas)
    if url.get_backend_name() != "sqlite":
        raise OsakerDatabas("databas", databas, "en SQLite-fil; stöd för PostgreSQL ingår inte ännu")
    if url.database and url.database != ":memory:" and not skapa and not Path(url.database).exists():
        raise OsakerDatabas("databas", databas, "en liggare som finns; importera händelser först")
    motor = _motor(url)
    try:
        with motor.connect() as forbindelse:
            _kontrollera_pragman(forbindelse, i_minnet=_ar_i_minnet(url))
            version = _version(forbindelse)
            ar_liggare = version is not None
            if version is not None and krav_pa_version:
                migrering.kontrollera(version)
            if ar_liggare and krav_pa_fakta:
                faktaform.kontrollera(forbindelse)
        if not ar_liggare:
            # Only now is the write lock taken: whoever just asks never waits for a long import.
            if not skapa:
                raise OsakerDatabas("databas", databas, "en liggare; filen saknar liggarens tabeller")
            with motor.execution_options(liggare_skriv=True).begin() as forbindelse:
                _skapa_schema(forbindelse)
    except OsakerDatabas:
        raise
    except Exception as fel:
        raise OsakerDatabas("databas", databas, f"en läsbar och skrivbar SQLite-fil ({fel.__cause__ or fel})") from fel
    return motor


def _ar_i_minnet(url: URL) -> bool:
    return url.database in (None, "", ":memory:")


def _motor(url: URL) -> Engine:
    motor = create_engine(url, poolclass=StaticPool if _ar_i_minnet(url) else None)

    @event.listens_for(motor, "connect")
    def _satt_pragman(dbapi: Any, _: Any) -> None:
        dbapi.isolation_level = None  # transactions are begun below, not guessed by the driver
        for namn, varde in _PRAGMAN.items():
            dbapi.execute(f"PRAGMA {namn} = {varde}")
        dbapi.execute(f"PRAGMA cache_size = {_CACHE}")

    @event.listens_for(motor, "begin")
    def _borja(forbindelse: Connection) -> None:
        # A writer takes the lock before it reads the last position; otherwise two writers can both read it and one
        # of them fails with a false conflict.
        skriver = forbindelse.get_execution_options().get("liggare_skriv", False)
        forbindelse.exec_driver_sql("BEGIN IMMEDIATE" if skriver else "BEGIN")

    return motor


def _kontrollera_pragman(forbindelse: Connection, *, i_minnet: bool) -> None:
    for namn, kravt in (_PRAGMAN | (_I_MINNET if i_minnet else {})).items():
        faktiskt = str(forbindelse.exec_driver_sql(f"PRAGMA {namn}").scalar()).lower()
        if faktiskt != kravt:
            raise OsakerDatabas(namn, faktiskt, kravt)


def _version(forbindelse: Connection) -> int | None:
    """Return the schema version of a ledger, or None where there is nothing yet; refuse what is something else."""
    tabeller = inspect(forbindelse).get_table_names()
    if schema.name in tabeller:
        return forbindelse.execute(select(schema.c.version)).scalar()
    if tabeller:
        raise OsakerDatabas("databas", f"en databas med tabellen {tabeller[0]}", "en liggare eller en tom fil")
    return None


def _skapa_schema(forbindelse: Connection) -> None:
    """Create the tables, unless somebody else just did while we waited for the lock."""
    if _version(forbindelse) is None:
        metadata.create_all(forbindelse)
        forbindelse.execute(insert(schema).values(version=SCHEMAVERSION))
        faktaform.inratta(forbindelse)
