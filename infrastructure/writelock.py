"""Taking SQLite's write lock, so that whoever waits gets it in the end.

SQLite itself waits longer and longer between its tries, up to a tenth of a second. A lock that eight busy writers let
go for a moment at a time is then almost never free when one who has waited long looks again: within three seconds some
gave up (measured). Short waits of random length give all the same chance.
"""

from __future__ import annotations

import sqlite3
from random import uniform
from time import monotonic, sleep

from sqlalchemy import Connection

from infrastructure.dberrors import UTVIDGNING

_KORTAST, _LANGST = 0.000_5, 0.005
"""Seconds between two tries."""


def ta_skrivlaset(forbindelse: Connection, hogst: int) -> None:
    """Begin a transaction that holds the write lock.

    Args:
        forbindelse: a connection to SQLite outside a transaction.
        hogst: milliseconds to wait for another writer.

    Raises:
        sqlalchemy.exc.OperationalError: another writer held the lock all the time, or the file cannot be written.
    """
    # Straight to the driver: this is in the way of every single event.
    ra = forbindelse.connection.driver_connection
    assert isinstance(ra, sqlite3.Connection)
    slut = monotonic() + hogst / 1000
    ra.execute("PRAGMA busy_timeout = 0")
    try:
        while monotonic() < slut:
            try:
                ra.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as fel:
                if fel.sqlite_errorcode & UTVIDGNING != sqlite3.SQLITE_BUSY:
                    break
                sleep(uniform(_KORTAST, _LANGST))
            else:
                return
        forbindelse.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        ra.execute(f"PRAGMA busy_timeout = {hogst}")
