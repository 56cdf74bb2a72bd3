"""Opening the database, safely or not at all.

SQLite is embedded and the default. Its safety is a matter of settings per connection, so they are set at every
connect and read back at start: a ledger that might lose an acknowledged event refuses to open and says which setting.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import StaticPool

from application.ports import DatabasenSkadad, DiskenFull, LiggarenUpptagen, OsakerDatabas
from infrastructure.dberrors import namngivet
from infrastructure.tables import SCHEMAVERSION, metadata, schema
from infrastructure.writelock import ta_skrivlaset

# journal_mode WAL: readers never wait for the writer. synchronous FULL: a commit is on disk when it returns; in WAL
# mode NORMAL would lose acknowledged events at a power cut (measured). busy_timeout: whoever waits for a writer that
# does not let go is told so within three seconds; eight that write all they can do not come near it (measured).
_PRAGMAN = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "3000"}
_I_MINNET = {"journal_mode": "memory"}
_CACHE = "-65536"
"""Pages kept in memory (minus: KiB); event ids are random, so each insert touches pages all over their indexes.

Only speed hangs on it, so it is not read back as the safety settings are."""


def adress(databas: str) -> URL:
    """Return a database address from a setting: a file path, ``:memory:`` or a full URL."""
    if "://" in databas:
        return make_url(databas)
    return URL.create("sqlite", database=databas)


def oppna(databas: str, *, skapa: bool = True) -> Engine:
    """Open a ledger's database, creating its tables if they are missing.

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
            ar_liggare = _kontrollera_schema(forbindelse)
        if not ar_liggare:
            # Only now is the write lock taken: whoever just asks never waits for a long import.
            if not skapa:
                raise OsakerDatabas("databas", databas, "en liggare; filen saknar liggarens tabeller")
            with motor.execution_options(liggare_skriv=True).begin() as forbindelse:
                _skapa_schema(forbindelse)
    except OsakerDatabas:
        raise
    except exc.DBAPIError as fel:
        namngivna = namngivet(fel)
        if isinstance(namngivna, (LiggarenUpptagen, DiskenFull, DatabasenSkadad)):
            raise namngivna from fel
        raise _gar_inte_att_oppna(databas, fel) from fel
    except Exception as fel:
        raise _gar_inte_att_oppna(databas, fel) from fel
    return motor


def _gar_inte_att_oppna(databas: str, fel: Exception) -> OsakerDatabas:
    return OsakerDatabas("databas", databas, f"en läsbar och skrivbar SQLite-fil ({fel.__cause__ or fel})")


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
        if forbindelse.get_execution_options().get("liggare_skriv", False):
            ta_skrivlaset(forbindelse, int(_PRAGMAN["busy_timeout"]))
        else:
            forbindelse.exec_driver_sql("BEGIN")

    return motor


def _kontrollera_pragman(forbindelse: Connection, *, i_minnet: bool) -> None:
    for namn, kravt in (_PRAGMAN | (_I_MINNET if i_minnet else {})).items():
        faktiskt = str(forbindelse.exec_driver_sql(f"PRAGMA {namn}").scalar()).lower()
        if faktiskt != kravt:
            raise OsakerDatabas(namn, faktiskt, kravt)


def _kontrollera_schema(forbindelse: Connection) -> bool:
    """Return whether the database is a ledger of this version; refuse one of another version or of something else."""
    tabeller = inspect(forbindelse).get_table_names()
    if schema.name not in tabeller:
        if tabeller:
            raise OsakerDatabas("databas", f"en databas med tabellen {tabeller[0]}", "en liggare eller en tom fil")
        return False
    version = forbindelse.execute(select(schema.c.version)).scalar()
    if version != SCHEMAVERSION:
        raise OsakerDatabas("schemaversion", str(version), str(SCHEMAVERSION))
    return True


def _skapa_schema(forbindelse: Connection) -> None:
    """Create the tables, unless somebody else just did while we waited for the lock."""
    if not _kontrollera_schema(forbindelse):
        metadata.create_all(forbindelse)
        forbindelse.execute(insert(schema).values(version=SCHEMAVERSION))
