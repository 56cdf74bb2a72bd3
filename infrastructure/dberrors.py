"""What the database's own errors mean: busy, out of space, unable to read or write, not allowed to, damaged.

The numbers are SQLite's primary result codes (sqlite.org/rescode.html), the five characters PostgreSQL's SQLSTATE
(appendix A of its manual).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from eventsourcing.persistence import IntegrityError, OperationalError
from sqlalchemy import exc

from application.ports import DatabasenSkadad, Databasfel, DiskenFull, Diskfel, LiggarenUpptagen, RattSaknas

_KLASSER: dict[int | str, type[Databasfel]] = {
    sqlite3.SQLITE_BUSY: LiggarenUpptagen,
    sqlite3.SQLITE_LOCKED: LiggarenUpptagen,
    sqlite3.SQLITE_FULL: DiskenFull,
    sqlite3.SQLITE_IOERR: Diskfel,
    sqlite3.SQLITE_CANTOPEN: Diskfel,
    sqlite3.SQLITE_READONLY: Diskfel,
    sqlite3.SQLITE_CORRUPT: DatabasenSkadad,
    "55P03": LiggarenUpptagen,  # lock_not_available
    "53300": LiggarenUpptagen,  # too_many_connections
    "53100": DiskenFull,  # disk_full
    "58030": Diskfel,  # io_error
    "25006": Diskfel,  # read_only_sql_transaction
    "42501": RattSaknas,  # insufficient_privilege
    "XX001": DatabasenSkadad,  # data_corrupted
    "XX002": DatabasenSkadad,  # index_corrupted
}
UTVIDGNING = 0xFF
"""An extended result code of SQLite keeps the primary one in its lowest byte."""


def namngivet(fel: Exception) -> Databasfel | None:
    """Return the error of the ledger that a database's or its driver's is, or None if it is of no kind that we know."""
    if isinstance(fel, exc.TimeoutError):  # every connection was at work
        return LiggarenUpptagen(str(fel))
    drivrutinens = fel.orig if isinstance(fel, exc.DBAPIError) else fel
    sqlites, postgres = (getattr(drivrutinens, namn, None) for namn in ("sqlite_errorcode", "sqlstate"))
    klass = _KLASSER.get(sqlites & UTVIDGNING if sqlites is not None else postgres or "")
    return None if klass is None else klass(str(drivrutinens))


@contextmanager
def som_liggarens() -> Iterator[None]:
    """Raise what the database refuses or fails in as errors of the ledger or of the library."""
    try:
        yield
    except exc.IntegrityError as fel:
        raise IntegrityError(str(fel.orig)) from fel
    except (exc.DBAPIError, exc.TimeoutError) as fel:
        namngivna = namngivet(fel)
        if namngivna is not None:
            raise namngivna from fel
        if isinstance(fel, exc.OperationalError):
            raise OperationalError(str(fel.orig)) from fel
        raise
