"""The access log in the database: rows are added, each with its sum, and none is changed or removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, insert, select

from application.atkomst import Antecknad, Atkomst
from application.ports import Klocka
from application.verification import Brist
from domain.tid import mikrosekunder, ogonblick_av
from infrastructure.recorder import Recorder
from infrastructure.rowsum import radsumma
from infrastructure.tables import atkomster

_a = atkomster.c
_KOLUMNER = (
    _a.tidpunkt, _a.position, _a.aktor, _a.roll, _a.syfte, _a.enhet, _a.vad, _a.mal, _a.fraga, _a.beviljad,
)  # fmt: skip
"""The columns that the sum vouches for, in the order they go into it."""


class Atkomstbok:
    """Implements ``application.atkomst.Atkomstlogg`` on a recorder.

    The notes do not stand in the way of the log's writers, nor they of the notes: in PostgreSQL a note has a
    transaction of its own. SQLite has one writer, whatever is written.
    """

    def __init__(self, recorder: Recorder, klocka: Klocka) -> None:
        """Write beside the recorder's one write transaction."""
        self._recorder = recorder
        self._klocka = klocka

    def skriv(self, atkomst: Atkomst) -> None:
        """Note a reading; it is committed when this returns."""
        position, _ = self._recorder.slutet()
        rad = (
            mikrosekunder(self._klocka()), position, atkomst.aktor, atkomst.roll, atkomst.syfte, atkomst.enhet,
            atkomst.vad, atkomst.mal, orjson.dumps(dict(atkomst.fraga), option=orjson.OPT_SORT_KEYS).decode(),
            int(atkomst.beviljad),
        )  # fmt: skip
        namn = (kolumn.name for kolumn in _KOLUMNER)
        with self._recorder.sidotransaktion() as forbindelse:
            forbindelse.execute(
                insert(atkomster).inline(), {**dict(zip(namn, rad, strict=True)), "radsumma": radsumma(b"", *rad)}
            )

    def las(
        self,
        *,
        fran: datetime | None = None,
        till: datetime | None = None,
        aktor: str | None = None,
        mal: str | None = None,
        efter: int = 0,
        hogst: int = 1000,
    ) -> Sequence[Antecknad]:
        """Return the notes that are asked for, by number."""
        fraga = select(_a.nr, *_KOLUMNER).where(_a.nr > efter).order_by(_a.nr).limit(hogst)
        fraga = fraga.where(_a.tidpunkt >= mikrosekunder(fran)) if fran is not None else fraga
        fraga = fraga.where(_a.tidpunkt < mikrosekunder(till)) if till is not None else fraga
        fraga = fraga.where(_a.aktor == aktor) if aktor is not None else fraga
        fraga = fraga.where(_a.mal == mal) if mal is not None else fraga
        with self._recorder.lasning() as forbindelse:
            return [_antecknad(*rad) for rad in forbindelse.execute(fraga)]


def _antecknad(nr: int, tidpunkt: int, position: int, *ovriga: Any) -> Antecknad:
    aktor, roll, syfte, enhet, vad, mal, fraga, beviljad = ovriga
    atkomst = Atkomst(aktor, roll, syfte, enhet, vad, mal, orjson.loads(fraga), bool(beviljad))
    return Antecknad(nr, ogonblick_av(tidpunkt), position, atkomst)


def atkomstbrister(forbindelse: Connection) -> Iterator[Brist]:
    """Yield every note that is not as it was written."""
    fraga = select(_a.nr, *_KOLUMNER, _a.radsumma).order_by(_a.nr)
    for nr, *varden, summa in forbindelse.execute(fraga, execution_options={"yield_per": 5_000}):
        if radsumma(b"", *varden) != summa:
            yield Brist(atkomster.name, None, f"anteckning {nr} stämmer inte med sin radsumma")
