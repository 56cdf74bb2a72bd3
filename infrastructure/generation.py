"""Generations of the fact tables: a new one is built beside the one that answers, and takes over its names.

The tables that answer always have the same names, so no question, and no writer, asks which generation it meets. The
tables of a generation under way, and of one that was replaced, carry its number (``fakta_punkt_g7``); the register
``generationer`` says which number answers and which is being built. Everything a builder does is done in short write
transactions, each of which first sees that the register still names the builder: whoever began last has taken over,
and what an interrupted builder left behind is nobody's and is dropped by the next one. See ADR 0015.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from time import sleep
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Index, MetaData, Row, Select, Table, delete, func, insert, inspect, select, update
from sqlalchemy.sql import quoted_name

from application.ombyggnad import Faktarad, OmbyggnadenOvertagen
from application.ports import LiggarenUpptagen, RattSaknas
from domain.fakta import Fakta
from infrastructure.facts import Dragregister, Faktaskrivare, Fardiga
from infrastructure.faktaform import FORM, OKAND_FORM, inratta
from infrastructure.postgres import samla_statistik
from infrastructure.recorder import Recorder
from infrastructure.rights import ge_faktas_agare
from infrastructure.sqlite import utan_overskrivning
from infrastructure.tables import BYGGS, GALLANDE, GALLER, Faktatabeller, generationer

T = TypeVar("T")
_NUMRERAD = re.compile(r"(?:fakta|drag)_[a-z]+_g[0-9]+")
_STROMMAR_PER_SATS = 500
_FORSOK, _PAUS = 600, 0.5
"""How many times, and with how many seconds between, a builder asks for its turn to write."""
_LASTID = 100
"""Milliseconds; less than the second after which PostgreSQL takes a wait for a deadlock."""
_BYGGS = generationer.c.lage == BYGGS
_GALLER = generationer.c.lage == GALLER


def numrerade(nummer: int) -> tuple[Faktatabeller, list[Index]]:
    """Return the fact tables of a generation as they are called while they do not answer, without indexes.

    The indexes come beside, to be made when the tables are filled. Their names are the database's and not the table's,
    so they bear the number for ever.
    """
    egna, sokindex = MetaData(), list[Index]()

    def kopia(tabell: Table) -> Table:
        ny = tabell.to_metadata(egna, name=_numrerat(tabell.name, nummer))
        for ett in sorted(ny.indexes, key=lambda index: str(index.name)):
            ett.name = quoted_name(_numrerat(str(ett.name), nummer), quote=None)
            sokindex.append(ett)
        ny.indexes.clear()
        return ny

    fakta = {form: kopia(tabell) for form, tabell in GALLANDE.fakta.items()}
    return Faktatabeller(fakta, {form: kopia(tabell) for form, tabell in GALLANDE.drag.items()}), sokindex


def _numrerat(namn: str, nummer: int) -> str:
    return f"{namn}_g{nummer}"


class Bygge:
    """One generation being built, by one builder; facts of the log up to ``position`` are in it."""

    def __init__(self, recorder: Recorder) -> None:
        """Register a new generation and take over from any other builder; drop what such ones have left."""
        self._recorder = recorder
        self._drag = Dragregister()
        with recorder.transaktion() as forbindelse:
            galler, senast = self._ta_over(forbindelse)
            rester = _rester(forbindelse)
            self.nummer = max([senast, *map(_nummer, rester)]) + 1
            self.tabeller, self._index = numrerade(self.nummer)
            for tabell in self.tabeller.alla:
                tabell.create(forbindelse)
            ge_faktas_agare(forbindelse, self.tabeller.alla)
            self.position, _ = recorder.slutet()
            self.gammal: int = galler.nummer
            self.ersatter_samma_form: bool = galler.form == FORM
            self.gammal_position: int | None = galler.position
            forbindelse.execute(
                insert(generationer).values(nummer=self.nummer, lage=BYGGS, form=FORM, position=self.position)
            )
        self._slapp(rester)

    @staticmethod
    def _ta_over(forbindelse: Connection) -> tuple[Row[Any], int]:
        """Strike out any other builder; return the generation that answers and the last number given.

        A ledger older than the register gets one.
        """
        generationer.create(forbindelse, checkfirst=True)
        if forbindelse.execute(select(generationer.c.nummer).where(_GALLER)).first() is None:
            inratta(forbindelse, OKAND_FORM)
        senast: int = forbindelse.execute(select(func.max(generationer.c.nummer))).scalar_one()
        forbindelse.execute(delete(generationer).where(_BYGGS))
        return forbindelse.execute(select(generationer)).one(), senast

    def utfor(self, arbete: Callable[[Connection, Faktaskrivare], T], *, ensam: bool = False) -> T:
        """Do a piece of work in a transaction, patiently: it is done again if others were writing for too long.

        Args:
            arbete: what to do, with the connection and a writer to the tables of this generation.
            ensam: hold the write lock, so that the log stands still meanwhile. SQLite knows no other way to write.

        Raises:
            OmbyggnadenOvertagen: somebody has begun another rebuild since.
        """

        def en_gang() -> T:
            drag = Dragregister(self._drag)
            transaktion = self._recorder.transaktion() if ensam else self._recorder.sidotransaktion()
            with transaktion as forbindelse:
                if forbindelse.execute(self._min_rad()).first() is None:
                    raise OmbyggnadenOvertagen
                svar = arbete(forbindelse, Faktaskrivare(forbindelse, drag, self.tabeller))
            self._drag.ta_over(drag)
            return svar

        return _med_talamod(en_gang)

    def _min_rad(self) -> Select[tuple[int]]:
        """Return the question whether this builder is still the one; the answer stands until the transaction ends."""
        villkor = [_BYGGS, generationer.c.nummer == self.nummer]
        return select(generationer.c.nummer).where(*villkor).with_for_update()

    # Filling

    def infoga(self, form: type[Fakta], rader: Sequence[Faktarad]) -> None:
        """Insert rows in a transaction of their own, so that no writer waits longer than for them."""
        if rader:
            self.utfor(lambda _, skrivare: skrivare.infoga(form, rader))

    def infoga_fardiga(self, fardiga: Sequence[Fardiga]) -> None:
        """Insert rows that somebody else made, in one transaction."""

        def infoga(_: Connection, skrivare: Faktaskrivare) -> None:
            for ett in fardiga:
                skrivare.infoga_fardiga(ett)

        self.utfor(infoga)

    def samla_statistik(self) -> None:
        """Let the database see what the tables hold before it is asked."""
        self.utfor(lambda forbindelse, _: samla_statistik(forbindelse, self.tabeller.alla))

    def indexera(self) -> None:
        """Build the indexes, one at a time: a sorted pass each instead of a search per row."""
        for index in self._index:
            self.utfor(lambda forbindelse, _, index=index: index.create(forbindelse))  # type: ignore[misc]

    def ersatt(self, strommar: Sequence[UUID], rader: Iterable[Faktarad], position: int) -> None:
        """Put all facts of streams in the place of those they had, and note how far the generation has come.

        Both are one transaction: whatever is interrupted, no event is left out and none counted twice.
        """
        self.utfor(lambda forbindelse, skrivare: self.ersatt_i(forbindelse, skrivare, strommar, rader, position))
        self.position = position

    def ersatt_i(
        self,
        forbindelse: Connection,
        skrivare: Faktaskrivare,
        strommar: Sequence[UUID],
        rader: Iterable[Faktarad],
        position: int,
    ) -> None:
        """Do what ``ersatt`` does as a part of a transaction."""
        for tabell in self.tabeller.fakta.values():
            for start in range(0, len(strommar), _STROMMAR_PER_SATS):
                del_ = [strom.hex for strom in strommar[start : start + _STROMMAR_PER_SATS]]
                forbindelse.execute(delete(tabell).where(tabell.c.strom.in_(del_)))
        efter_form: dict[type[Fakta], list[Faktarad]] = {}
        for rad in rader:
            efter_form.setdefault(type(rad[-1]), []).append(rad)
        for form, egna in efter_form.items():
            skrivare.infoga(form, egna)
        forbindelse.execute(update(generationer).where(generationer.c.nummer == self.nummer).values(position=position))

    # Ending

    def byt(self, forbindelse: Connection) -> None:
        """Let the generation answer from the moment the transaction commits."""
        _las_ut_fragor(forbindelse)
        finns = set(inspect(forbindelse).get_table_names())
        for galler, ny in zip(GALLANDE.alla, self.tabeller.alla, strict=True):
            if galler.name in finns:
                _dop_om(forbindelse, galler.name, _numrerat(galler.name, self.gammal))
            _dop_om(forbindelse, ny.name, galler.name)
        forbindelse.execute(delete(generationer).where(_GALLER))
        forbindelse.execute(
            update(generationer).where(generationer.c.nummer == self.nummer).values(lage=GALLER, position=None)
        )

    def stada(self) -> None:
        """Drop every table that neither answers nor is being built, one at a time."""
        with self._recorder.lasning() as forbindelse:
            rester = _rester(forbindelse)
        self._slapp(rester, skriv_over=not self.ersatter_samma_form)

    def ge_upp(self, forbindelse: Connection) -> None:
        """Leave the old generation answering; the new one's tables are nobody's from now on."""
        forbindelse.execute(delete(generationer).where(generationer.c.nummer == self.nummer))

    def _slapp(self, tabeller: Iterable[str], *, skriv_over: bool = True) -> None:
        """Drop tables; those that may name persons, as facts did before there were pseudonyms, are overwritten."""

        def slapp(namn: str) -> None:
            with (
                self._recorder.sidotransaktion() as forbindelse,
                nullcontext() if skriv_over else utan_overskrivning(forbindelse),
            ):
                forbindelse.exec_driver_sql(f"DROP TABLE IF EXISTS {namn}")

        for ett in tabeller:
            with suppress(RattSaknas):  # what another role has left is for it to drop
                _med_talamod(partial(slapp, ett))


def _med_talamod(arbete: Callable[[], T]) -> T:
    for _ in range(_FORSOK):
        try:
            return arbete()
        except LiggarenUpptagen:
            sleep(_PAUS)
    return arbete()


def _las_ut_fragor(forbindelse: Connection) -> None:
    """Wait for the questions under way and keep new ones waiting; a reader of SQLite keeps to the tables it began with.

    The tables are locked in the order that questions name them, and the wait is short: a question that waits for us
    while we wait for it is let through, and the whole transaction is done again.
    """
    if forbindelse.dialect.name != "sqlite":
        tabeller = ", ".join(tabell.name for tabell in (*GALLANDE.drag.values(), *GALLANDE.fakta.values()))
        forbindelse.exec_driver_sql(f"SET LOCAL lock_timeout = {_LASTID}")
        forbindelse.exec_driver_sql(f"LOCK TABLE {tabeller} IN ACCESS EXCLUSIVE MODE")


def _rester(forbindelse: Connection) -> list[str]:
    """Return the numbered tables that no builder is at work on."""
    byggs = forbindelse.scalars(select(generationer.c.nummer).where(_BYGGS)).all()
    egna = tuple(f"_g{nummer}" for nummer in byggs)
    namn = inspect(forbindelse).get_table_names()
    return [ett for ett in namn if _NUMRERAD.fullmatch(ett) and not ett.endswith(egna)]


def _nummer(tabell: str) -> int:
    return int(tabell.rpartition("_g")[2])


def _dop_om(forbindelse: Connection, fran: str, till: str) -> None:
    forbindelse.exec_driver_sql(f"ALTER TABLE {fran} RENAME TO {till}")
