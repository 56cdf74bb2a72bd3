"""What the database's own errors mean: busy, out of space, unable to read or write, damaged.

The numbers are SQLite's primary result codes (sqlite.org/rescode.html).
"""

from __future__ import annotations

import sqlite3

from eventsourcing.persistence import OperationalError
from sqlalchemy import exc

from application.ports import DatabasenSkadad, DiskenFull, Diskfel, LiggarenUpptagen

_KLASSER: dict[int, type[OperationalError]] = {
    sqlite3.SQLITE_BUSY: LiggarenUpptagen,
    sqlite3.SQLITE_LOCKED: LiggarenUpptagen,
    sqlite3.SQLITE_FULL: DiskenFull,
    sqlite3.SQLITE_IOERR: Diskfel,
    sqlite3.SQLITE_CANTOPEN: Diskfel,
    sqlite3.SQLITE_READONLY: Diskfel,
    sqlite3.SQLITE_CORRUPT: DatabasenSkadad,
}
UTVIDGNING = 0xFF
"""An extended result code keeps the primary one in its lowest byte."""


def namngivet(fel: exc.DBAPIError) -> OperationalError | None:
    """Return the error of the ledger that a database error is, or None if it is of no kind that we know."""
    kod = getattr(fel.orig, "sqlite_errorcode", None)
    klass = _KLASSER.get(kod & UTVIDGNING) if kod is not None else None
    return None if klass is None else klass(str(fel.orig))
