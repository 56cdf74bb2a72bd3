"""Many rows at once, past the work that SQLAlchemy does per row but with its statements and its types.

``Connection.execute`` with a list builds a dictionary of parameters per row and processes every value in it: 45 µs for
a row of the log, of which SQLite itself takes 10; this way 18. A statement is compiled once per dialect, and the values
go to the driver as they are, except those of the type that needs a hand (UUIDs: text in SQLite).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Update, Uuid

Omvandlare = Callable[[Any], Any]


class Flerradssats:
    """An insert or update that is executed once per row; a row is its parameters in the order of ``parametrar``."""

    def __init__(self, sats: Insert | Update, parametrar: Iterable[str]) -> None:
        """Use a statement and the names of its parameters, in the order the statement has them."""
        self._sats = sats
        self._parametrar = tuple(parametrar)
        self._for = lru_cache(maxsize=8)(self._kompilera)

    def kor(self, forbindelse: Connection, rader: Sequence[tuple[Any, ...]]) -> None:
        """Execute the statement for every row."""
        if not rader:
            return
        text, omvandlare, efter_namn = self._for(forbindelse.dialect)
        fardiga = _omvandla(rader, omvandlare) if omvandlare else rader
        if efter_namn:
            forbindelse.exec_driver_sql(text, [dict(zip(self._parametrar, rad, strict=True)) for rad in fardiga])
        else:
            forbindelse.exec_driver_sql(text, list(fardiga))

    def _kompilera(self, dialekt: Dialect) -> tuple[str, list[tuple[int, Omvandlare]], bool]:
        """Return the statement as text, which parameters need a hand, and whether they go by name."""
        kompilerad: Any = self._sats.compile(dialect=dialekt)
        if kompilerad.positional and tuple(kompilerad.positiontup) != self._parametrar:
            msg = f"Satsen har parametrarna {kompilerad.positiontup}, inte {self._parametrar}."
            raise ValueError(msg)
        omvandlare: list[tuple[int, Omvandlare]] = []
        for nr, namn in enumerate(self._parametrar):
            typ = kompilerad.binds[namn].type
            process = (
                typ.dialect_impl(dialekt).bind_processor(dialekt) if isinstance(typ, Uuid) and typ.as_uuid else None
            )
            if process is not None:
                omvandlare.append((nr, process))
        return str(kompilerad), omvandlare, not kompilerad.positional


def _omvandla(rader: Sequence[tuple[Any, ...]], omvandlare: list[tuple[int, Omvandlare]]) -> list[tuple[Any, ...]]:
    """Return rows as the driver takes them.

    By column and not by row: turning the rows on their side and back is done in C, and each column that needs a hand
    is one loop (half the time of a list and a tuple per row).
    """
    kolumner: list[Sequence[Any]] = list(zip(*rader, strict=True))
    for nr, process in omvandlare:
        kolumner[nr] = [None if varde is None else process(varde) for varde in kolumner[nr]]
    return list(zip(*kolumner, strict=True))
