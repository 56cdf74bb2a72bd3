"""Statements of SQLAlchemy, executed past the work that it does per execution and per row.

``Connection.execute`` with a list builds a dictionary of parameters per row and processes every value in it: 45 µs for
a row of the log, of which SQLite itself takes 10. Of a single question SQLite takes 6 µs and ``execute`` 45. So a
statement is compiled once per dialect, and values go to the driver and come from it as they are: whoever makes a row
gives identities as text (``UUID.hex``), which every database takes, and reads them with ``identitet_ur``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    exc,
    literal_column,
)
from sqlalchemy.engine.interfaces import DBAPICursor

Rad = tuple[Any, ...]
Varde = TypeVar("Varde")

_FATAL = 3
_PER_FRAGA = 5_000
"""How many values one statement names; SQLite allows 32 766."""


class _Sats:
    """A statement with the names of its parameters, in the order they are given."""

    def __init__(self, sats: Insert | Update | Select[Any], parametrar: Iterable[str]) -> None:
        """Use a statement and the names of its parameters, in the order the statement has them."""
        self._sats = sats
        self._parametrar = tuple(parametrar)
        self._for = lru_cache(maxsize=8)(self._kompilera)

    def _kompilera(self, dialekt: Dialect) -> tuple[str, bool]:
        """Return the statement as text, and whether its parameters go by name."""
        kompilerad: Any = self._sats.compile(dialect=dialekt)
        if kompilerad.positional and tuple(kompilerad.positiontup) != self._parametrar:
            msg = f"Satsen har parametrarna {kompilerad.positiontup}, inte {self._parametrar}."
            raise ValueError(msg)
        return str(kompilerad), not kompilerad.positional

    def _med_namn(self, varden: Rad) -> dict[str, Any]:
        return dict(zip(self._parametrar, varden, strict=True))


class Flerradssats(_Sats):
    """An insert or update that is executed once per row; a row is its parameters in the order of ``parametrar``.

    PostgreSQL takes the rows of a plain insert by ``COPY``: a fifth of the work in the driver already from the third
    row, and as much less in the server. As text, since the driver writes that faster than the binary form and since
    identities come as digits.
    """

    def kor(self, forbindelse: Connection, rader: Sequence[Rad]) -> None:
        """Execute the statement for every row."""
        if not rader:
            return
        text, efter_namn = self._for(forbindelse.dialect)
        if len(rader) == 1:
            utfor(forbindelse, text, self._med_namn(rader[0]) if efter_namn else rader[0])
        elif self._kan_kopieras(forbindelse):
            self._kopiera(forbindelse, rader)
        else:
            parametrar = [self._med_namn(rad) for rad in rader] if efter_namn else rader
            with _drivrutinens_fel(forbindelse, text):
                forbindelse.connection.cursor().executemany(text, parametrar)

    def _kan_kopieras(self, forbindelse: Connection) -> bool:
        vanlig = isinstance(self._sats, Insert) and self._sats.select is None
        return vanlig and forbindelse.dialect.name == "postgresql" and not _i_svep(forbindelse)

    def _kopiera(self, forbindelse: Connection, rader: Iterable[Rad]) -> None:
        sats = self._sats
        assert isinstance(sats, Insert)
        assert isinstance(sats.table, Table)
        namn = forbindelse.dialect.identifier_preparer
        kolumner = ", ".join(map(namn.quote, self._parametrar))
        text = f"COPY {namn.format_table(sats.table)} ({kolumner}) FROM STDIN"
        markor: Any = forbindelse.connection.cursor()
        with _drivrutinens_fel(forbindelse, text), markor.copy(text) as kopia:
            for rad in rader:
                kopia.write_row(rad)


class Fragesats(_Sats):
    """A question asked often; its rows are what the driver gives."""

    def rader(self, forbindelse: Connection, *varden: Any) -> list[Rad]:
        """Return all rows for values of the parameters, in the order of ``parametrar``."""
        return _alla(forbindelse, self._stall(forbindelse, varden))

    def _stall(self, forbindelse: Connection, varden: Rad) -> DBAPICursor:
        text, efter_namn = self._for(forbindelse.dialect)
        return utfor(forbindelse, text, self._med_namn(varden) if efter_namn else varden)

    @staticmethod
    def samtidigt(forbindelse: Connection, fragor: Iterable[tuple[Fragesats, Rad]]) -> list[list[Rad]]:
        """Return all rows for each of several questions with their values; a server gets all before it answers any."""
        with i_ett_svep(forbindelse):
            markorer = [fraga._stall(forbindelse, varden) for fraga, varden in fragor]
            return [_alla(forbindelse, markor) for markor in markorer]


def de_forsta(fraga: Select[Any], antal: ColumnElement[int]) -> Select[Any]:
    """Return a question for no more than so many rows.

    What is skipped is said in words: SQLAlchemy would give SQLite a parameter for it, one without a name.
    """
    return fraga.limit(antal).offset(literal_column("0"))


class Uppslag:
    """A question for the rows of some keys: a few are asked for one by one, many at a time."""

    def __init__(self, fraga: Select[Any], kolumn: Column[Any]) -> None:
        """Use a question without its condition, and the column that the keys are values of."""
        self._en = Fragesats(fraga.where(kolumn == bindparam("nyckel")), ("nyckel",))
        self._manga = fraga.where(kolumn.in_(bindparam("nycklar", expanding=True)))

    def rader(self, forbindelse: Connection, nycklar: Iterable[UUID | bytes]) -> Iterator[Sequence[Any]]:
        """Yield the rows of the keys; read identities in them with ``identitet_ur``."""
        alla = list(nycklar)
        if len(alla) <= _FATAL:
            for nyckel in alla:
                yield from self._en.rader(forbindelse, nyckel.hex if isinstance(nyckel, UUID) else nyckel)
            return
        for nagra in bitar(alla):
            yield from forbindelse.execute(self._manga, {"nycklar": nagra})


def bitar(varden: Iterable[Varde]) -> Iterator[list[Varde]]:
    """Yield values as many at a time as one statement names."""
    alla = list(varden)
    for start in range(0, len(alla), _PER_FRAGA):
        yield alla[start : start + _PER_FRAGA]


def utfor(forbindelse: Connection, text: str, parametrar: Any = (), **val: Any) -> DBAPICursor:
    """Execute a statement by the driver's own cursor, ``val`` being its own choices; errors are SQLAlchemy's."""
    markor: Any = forbindelse.connection.cursor()
    # No context manager: a dozen statements are executed for every event.
    try:
        markor.execute(text, parametrar, **val)
    except forbindelse.dialect.loaded_dbapi.Error as fel:
        raise _sqlalchemys(fel, forbindelse, text) from fel
    return cast(DBAPICursor, markor)


@contextmanager
def i_ett_svep(forbindelse: Connection) -> Iterator[None]:
    """Send a server what comes without waiting for each to be answered: to ask and wait a dozen times takes longer
    than to record an event. What fails is said when an answer is fetched, or at the end. SQLite is no server.
    """
    if forbindelse.dialect.name != "postgresql":
        yield
        return
    drivrutinens: Any = forbindelse.connection.driver_connection
    with _drivrutinens_fel(forbindelse, "a statement of several sent together"), drivrutinens.pipeline():
        yield


def _i_svep(forbindelse: Connection) -> bool:
    drivrutinens: Any = forbindelse.connection.driver_connection
    return bool(drivrutinens.pgconn.pipeline_status)


def _alla(forbindelse: Connection, markor: DBAPICursor) -> list[Rad]:
    try:
        return list(markor.fetchall())
    except forbindelse.dialect.loaded_dbapi.Error as fel:
        raise _sqlalchemys(fel, forbindelse, "a question") from fel


@contextmanager
def _drivrutinens_fel(forbindelse: Connection, text: str) -> Iterator[None]:
    try:
        yield
    except forbindelse.dialect.loaded_dbapi.Error as fel:
        raise _sqlalchemys(fel, forbindelse, text) from fel


def _sqlalchemys(fel: Exception, forbindelse: Connection, text: str) -> BaseException:
    """Return a driver's error as the rest of the program knows it; values are left out, since they may be personal."""
    dialekt = forbindelse.dialect
    bas: Any = dialekt.loaded_dbapi.Error
    bruten = dialekt.is_disconnect(cast(Any, fel), forbindelse.connection.dbapi_connection, None)
    if bruten:
        # SQLAlchemy finds the connection lost too: neither it nor those as old as it are used again.
        with suppress(exc.DBAPIError):
            forbindelse.exec_driver_sql("SELECT 1")
    return exc.DBAPIError.instance(
        text, None, fel, bas, hide_parameters=True, connection_invalidated=bruten, dialect=dialekt
    )
