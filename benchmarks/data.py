"""The history that is measured on: the repository's own invented one, the same bytes every time."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from application.rapporter.radmappning import las_radmappningar, valj_radmappning
from application.syntet import Amne, Syntetuppdrag, generera
from application.tryckt import las_trycktabell
from benchmarks.matning import OMGANGAR

KOMMUN, AR = "1880", 2019
_TABELLER = Path(__file__).resolve().parents[1] / "tests" / "facit"
_NAMN = ("orebro-2019-externa-insatser", "orebro-2019-enheternas-resultat", "orebro-2019-fem-ar")


@dataclass
class Plats:
    """A folder for the databases of a run, and the lines of its history."""

    mapp: Path
    rader: list[bytes]
    _antal: int = field(default=0)

    def ny_fil(self) -> str:
        """Return a path that no database has yet."""
        self._antal += 1
        return str(self.mapp / f"{self._antal}.db")


def historia(skala: int) -> list[bytes]:
    """Return the history as JSON lines."""
    mappning = valj_radmappning(las_radmappningar()["externa-insatser"], KOMMUN, date(AR, 8, 31))
    tabeller = tuple(las_trycktabell(_TABELLER / f"{namn}.csv") for namn in _NAMN)
    utan = frozenset({Amne.OVRIGA_ARENDEN})
    return list(generera(Syntetuppdrag(KOMMUN, tabeller, mappning.poster, AR, skala=skala, utan=utan)))


def ra_databas(fil: str) -> sqlite3.Connection:
    """Open SQLite with the same settings for safety as the ledger has, and nothing else between."""
    databas = sqlite3.connect(fil, isolation_level=None)
    databas.execute("PRAGMA journal_mode = wal")
    databas.execute("PRAGMA synchronous = 2")
    return databas


def lika_databas(fran: str, fil: str, tabeller: tuple[str, ...]) -> sqlite3.Connection:
    """Open a new database with some of a ledger's tables, keys and indexes included, without their rows."""
    with sqlite3.connect(fran) as kalla:
        schema = [ddl for ddl, tabell in kalla.execute(_SCHEMA) if tabell in tabeller]
    databas = ra_databas(fil)
    for ddl in schema:
        databas.execute(ddl)
    return databas


def infoga(tabell: str, rad: tuple[object, ...]) -> str:
    """Return the statement that inserts a row like this."""
    return f"INSERT INTO {tabell} VALUES ({', '.join('?' * len(rad))})"


class Radskrivning:
    """Puts the rows of some tables of a ledger in equal tables of a new database each time, in one transaction."""

    def __init__(self, fran: str, plats: Plats, tabeller: tuple[str, ...]) -> None:
        """Read the rows, and make ready so many databases that none has to be made while time is taken."""
        with sqlite3.connect(fran) as kalla:
            self._rader = {namn: kalla.execute(f"SELECT * FROM {namn}").fetchall() for namn in tabeller}
        self._databaser = [lika_databas(fran, plats.ny_fil(), tabeller) for _ in range(OMGANGAR)]

    def skriv(self) -> None:
        """Insert all rows."""
        databas = self._databaser.pop()
        databas.execute("BEGIN")
        for namn, rader in self._rader.items():
            databas.executemany(infoga(namn, rader[0]), rader)
        databas.execute("COMMIT")


# A table before its indexes; what guards the log against changes is no part of what is compared with.
_SCHEMA = (
    "SELECT sql, tbl_name FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index') "
    "ORDER BY type = 'index'"
)
