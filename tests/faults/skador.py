"""Damage to a database file – flipped bits, cut and swapped pages – and what a file says, read past the ledger."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

SIDA = 4096

Skada = Callable[[bytearray, Random], bytearray]
Innehall = dict[str, Any]


def vand_en_bit(data: bytearray, slump: Random) -> bytearray:
    plats = slump.randrange(len(data))
    data[plats] ^= 1 << slump.randrange(8)
    return data


def hugg_av(data: bytearray, slump: Random) -> bytearray:
    return data[: slump.randrange(len(data))]


def byt_tva_sidor(data: bytearray, slump: Random) -> bytearray:
    en, annan = (SIDA * nr for nr in slump.sample(range(len(data) // SIDA), 2))
    data[en : en + SIDA], data[annan : annan + SIDA] = data[annan : annan + SIDA], data[en : en + SIDA]
    return data


def skriv_en_sida_over_en_annan(data: bytearray, slump: Random) -> bytearray:
    en, annan = (SIDA * nr for nr in slump.sample(range(len(data) // SIDA), 2))
    data[en : en + SIDA] = data[annan : annan + SIDA]
    return data


def skriv_en_halv_sida(data: bytearray, slump: Random) -> bytearray:
    """Half of a page was written and the rest is as before – here: empty, since the page is new."""
    plats = SIDA * slump.randrange(len(data) // SIDA)
    halva = 512 * slump.randrange(1, 8)
    data[plats + halva : plats + SIDA] = bytes(SIDA - halva)
    return data


def innehall(fil: Path, mapp: Path) -> Innehall | None:
    """Return what a file says: every row, by every way to it; None if it cannot be read through."""
    kopia = Path(shutil.copy(fil, mapp / "kopia.db"))
    for slut in ("-wal", "-shm"):
        kopia.with_name(kopia.name + slut).unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(kopia)) as databas:
            return {**_rader(databas), **_efter_index(databas)}
    except (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError):
        return None


def _rader(databas: sqlite3.Connection) -> Innehall:
    tabeller = [namn for (namn,) in databas.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rader = {tabell: databas.execute(f'SELECT * FROM "{tabell}"').fetchall() for tabell in sorted(tabeller)}
    if "generationer" in rader:  # which number the generation that answers has means nothing
        rader["generationer"] = [rad[1:] for rad in rader["generationer"]]
    rader["vakten"] = databas.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    return rader


def _efter_index(databas: sqlite3.Connection) -> Innehall:
    svar: Innehall = {}
    satser = dict(databas.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'").fetchall())
    tabeller = databas.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    # By what SQLite takes a table's indexes to be: which table an index says that it is of, it does not go by.
    index = [(rad[1], tabell) for (tabell,) in tabeller for rad in databas.execute(f'PRAGMA index_list("{tabell}")')]
    for namn, tabell in index:
        sats = satser.get(namn)
        kolumner = ", ".join(rad[2] for rad in databas.execute(f'PRAGMA index_info("{namn}")'))
        if kolumner and not _ar_tabellen(databas, tabell, namn):
            villkor = "".join(re.findall(r"\bWHERE\b.*", sats or "", re.IGNORECASE | re.DOTALL))  # of some of the rows
            fraga = f'SELECT {kolumner} FROM "{tabell}" INDEXED BY "{namn}" {villkor} ORDER BY {kolumner}'
            svar[namn] = databas.execute(fraga).fetchall()
    return svar


def _ar_tabellen(databas: sqlite3.Connection, tabell: str, index: str) -> bool:
    """Return whether the index is the table itself (WITHOUT ROWID)."""
    utan_rowid = {rad[1]: rad[4] for rad in databas.execute("PRAGMA table_list")}
    nyckel = {rad[1] for rad in databas.execute(f'PRAGMA index_list("{tabell}")') if rad[3] == "pk"}
    return bool(utan_rowid.get(tabell)) and index in nyckel


def forsta_andrade_position(fore: Innehall, efter: Innehall) -> int | None:
    """Return the first position at which the log is not as it was, or None if all of it is."""
    if fore["handelser"] == efter.get("handelser"):
        return None
    andrade = zip(fore["handelser"], efter.get("handelser", []), strict=False)
    antal = len(efter.get("handelser", []))
    return next((en[0] for en, annan in andrade if en != annan), antal + 1)
