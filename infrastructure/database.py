"""Opening the database, safely or not at all: a ledger that might lose an acknowledged event refuses to open.

What safe means is said per database (``infrastructure.sqlite``, ``infrastructure.postgres``); the schema is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from sqlalchemy import Connection, Engine, exc, insert, inspect, select
from sqlalchemy.engine import URL, make_url

from application.ports import DatabasenSkadad, DiskenFull, LiggarenUpptagen, OsakerDatabas
from infrastructure import faktaform, migrering, postgres, sqlite
from infrastructure.appendonly import skydda
from infrastructure.dberrors import namngivet
from infrastructure.tables import SCHEMAVERSION, metadata, schema

_SORTER = {"sqlite": sqlite, "postgresql": postgres, "postgres": postgres}

_SKAL = {
    "SQLITE_CANTOPEN": "filen går inte att öppna eller skapa",
    "SQLITE_NOTADB": "filen är ingen databas",
    "SQLITE_READONLY": "filen eller mappen är skrivskyddad",
    "SQLITE_READONLY_DIRECTORY": "mappen är skrivskyddad",
    "SQLITE_READONLY_DBMOVED": "filen har flyttats eller tagits bort",
}
"""What is usually wrong with a file, in other words than the driver's."""


def adress(databas: str) -> URL:
    """Return a database address from a setting: a file path, ``:memory:`` or a full URL.

    Raises:
        OsakerDatabas: it names a database of another sort.
    """
    if "://" not in databas:
        return URL.create("sqlite", database=databas)
    try:
        url = make_url(databas)
    except (exc.ArgumentError, ValueError):
        url = None
    if url is None or _sort(url) is None:
        # What cannot be read may hold a password, so only its beginning is told.
        raise OsakerDatabas("databas", f"{databas.partition('://')[0]}://…", "en fil, sqlite:///… eller postgresql://…")
    return url


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
        OsakerDatabas: a setting is unsafe, the schema is of another version, or the database is no ledger.
        LiggarenUpptagen: the tables are to be made and somebody else is writing.
    """
    url = adress(databas)
    sort, namn = _sort(url), url.render_as_string(hide_password=True) if "://" in databas else databas
    assert sort is not None
    if sort is sqlite and not sqlite.i_minnet(url):
        _kontrollera_fil(Path(str(url.database)), namn, skapa)
    motor: Engine = sort.motor(url)
    try:
        with motor.begin() as forbindelse:
            sort.kontrollera(forbindelse)
            version = _version(forbindelse)
            ar_liggare = version is not None
            if version is not None and krav_pa_version:
                migrering.kontrollera(version)
            if ar_liggare and krav_pa_fakta:
                faktaform.kontrollera(forbindelse)
        if not ar_liggare:
            # Only now is the write lock taken: whoever just asks never waits for a long import.
            if not skapa:
                raise OsakerDatabas("databas", namn, "en liggare; den saknar liggarens tabeller")
            with motor.execution_options(liggare_skriv=True).begin() as forbindelse:
                _skapa_schema(forbindelse)
    except Exception as fel:
        motor.dispose()
        if isinstance(fel, OsakerDatabas):
            raise
        namngivna = namngivet(fel)
        if isinstance(namngivna, (LiggarenUpptagen, DiskenFull, DatabasenSkadad)):
            raise namngivna from fel
        raise OsakerDatabas("databas", namn, f"en läsbar och skrivbar {sort.SORT}-databas ({_orsak(fel)})") from fel
    return motor


@contextmanager
def oppnad(
    databas: str, *, skapa: bool = True, krav_pa_version: bool = True, krav_pa_fakta: bool = True
) -> Iterator[Engine]:
    """Yield a ledger's database, opened as ``oppna`` does, for what is done at once; it is closed afterwards."""
    motor = oppna(databas, skapa=skapa, krav_pa_version=krav_pa_version, krav_pa_fakta=krav_pa_fakta)
    try:
        yield motor
    finally:
        motor.dispose()


def _kontrollera_fil(fil: Path, namn: str, skapa: bool) -> None:
    if not skapa and not fil.exists():
        raise OsakerDatabas("databas", namn, "en liggare som finns; importera händelser först")
    if not fil.parent.is_dir():
        raise OsakerDatabas("databas", namn, f"en fil i en mapp som finns; {fil.parent} finns inte")


def _sort(url: URL) -> ModuleType | None:
    return _SORTER.get(url.drivername.partition("+")[0])


def _orsak(fel: Exception) -> str:
    """Return what was wrong with the file, or else what the driver said, on one line."""
    if skal := _SKAL.get(getattr(fel.__cause__, "sqlite_errorname", "")):
        return skal
    if getattr(fel.__cause__, "sqlstate", "") is None:
        return "servern går inte att nå, eller tar inte emot den som frågar"
    return " ".join(str(fel.__cause__ or fel).split())


def _version(forbindelse: Connection) -> int | None:
    """Return the schema version of a ledger, or None where there is nothing yet; refuse what is something else."""
    tabeller = inspect(forbindelse).get_table_names()
    if schema.name in tabeller:
        return forbindelse.execute(select(schema.c.version)).scalar()
    if tabeller:
        raise OsakerDatabas("databas", f"en databas med tabellen {tabeller[0]}", "en liggare eller en tom databas")
    return None


def _skapa_schema(forbindelse: Connection) -> None:
    """Create the tables, unless somebody else just did while we waited for the lock."""
    if _version(forbindelse) is None:
        metadata.create_all(forbindelse)
        skydda(forbindelse)
        forbindelse.execute(insert(schema).values(version=SCHEMAVERSION))
        faktaform.inratta(forbindelse)
