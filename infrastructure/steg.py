"""The steps between schema versions (``infrastructure.migrering``), written in the tables of their own time.

What they need they spell out themselves: ``infrastructure.tables`` says what the tables are today, not what a step is
to make of them. Before version 3 every ledger was in SQLite, with identities as digits. SQLite cannot add a column that
is never absent to a table that has rows, so a table that changes is made anew and its rows are put over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from application.replay import Framsteg
from infrastructure.keyring import Nyckelring
from infrastructure.steg_personuppgifter import Delning

_RADER_AT_GANGEN = 5_000

_HANDELSER_3 = """
CREATE TABLE handelser (
    position INTEGER NOT NULL, strom CHAR(32) NOT NULL, stromversion INTEGER NOT NULL, samling VARCHAR(20) NOT NULL,
    typ VARCHAR(60) NOT NULL, schemaversion SMALLINT NOT NULL, datum INTEGER NOT NULL, registrerad BIGINT NOT NULL,
    infort BIGINT, handelse_id CHAR(32) NOT NULL, rattar CHAR(32), aktor VARCHAR(100) NOT NULL,
    roll VARCHAR(40) NOT NULL, kalla VARCHAR(100), innehall BLOB NOT NULL, salt BLOB, atagande BLOB NOT NULL,
    akt CHAR(32), hemligt BLOB, hemligt_salt BLOB, hemligt_atagande BLOB, lov BLOB NOT NULL, radsumma BLOB NOT NULL,
    PRIMARY KEY (position),
    CONSTRAINT uq_handelser_strom UNIQUE (strom, stromversion),
    CONSTRAINT uq_handelser_handelse_id UNIQUE (handelse_id)
)"""
_REGISTRERAD_3 = "CREATE INDEX ix_handelser_registrerad ON handelser (registrerad)"
_AKT_3 = "CREATE INDEX ix_handelser_akt ON handelser (akt) WHERE akt IS NOT NULL"
_TYSTA_3 = """
CREATE TABLE tysta (
    handelse_id CHAR(32) NOT NULL, strom CHAR(32) NOT NULL, version INTEGER NOT NULL, avtryck BLOB NOT NULL,
    akt CHAR(32) NOT NULL, radsumma BLOB NOT NULL,
    PRIMARY KEY (handelse_id)
)"""


def bara_fakta(_forbindelse: Connection, _framsteg: Framsteg, _ring: Nyckelring) -> None:
    """Change nothing (version 2): only fact tables differ, and they are built anew."""


def personuppgifter(forbindelse: Connection, framsteg: Framsteg, ring: Nyckelring) -> None:
    """Seal what is personal in every row, and give every row its row sum (version 3).

    The sum vouches for what the row says when it is made; what had been changed before nobody can tell.
    """
    delning = Delning(forbindelse, ring)
    _gor_om(forbindelse, "handelser", (_HANDELSER_3, _REGISTRERAD_3, _AKT_3), delning.handelse, framsteg)
    _gor_om(forbindelse, "tysta", (_TYSTA_3,), delning.tyst, framsteg)


def _gor_om(
    forbindelse: Connection,
    tabell: str,
    satser: Sequence[str],
    ny: Callable[[dict[str, Any]], dict[str, Any]],
    framsteg: Framsteg,
) -> None:
    """Make a table anew and put its rows over, in the order of its key; ``ny`` gives a row of the new table."""
    gammal = f"{tabell}_gammal"
    forbindelse.exec_driver_sql(f"ALTER TABLE {tabell} RENAME TO {gammal}")
    skapa, *index = satser
    forbindelse.exec_driver_sql(skapa)
    totalt = forbindelse.exec_driver_sql(f"SELECT count(*) FROM {gammal}").scalar_one()
    klara = 0
    svar = forbindelse.exec_driver_sql(f"SELECT * FROM {gammal} ORDER BY 1")
    for del_ in svar.mappings().partitions(_RADER_AT_GANGEN):
        nya = [ny(dict(rad)) for rad in del_]
        kolumner = ", ".join(nya[0])
        varden = ", ".join("?" for _ in nya[0])
        forbindelse.exec_driver_sql(
            f"INSERT INTO {tabell} ({kolumner}) VALUES ({varden})", [tuple(rad.values()) for rad in nya]
        )
        klara += len(nya)
        framsteg(klara, totalt)
    forbindelse.exec_driver_sql(f"DROP TABLE {gammal}")
    for sats in index:
        forbindelse.exec_driver_sql(sats)
