"""Generations of the fact tables: a new one is built beside the one that answers, and takes over its names.

The tables that answer always have the same names, so no question, and no writer, asks which generation it meets. The
tables of a generation under way, and of one that was replaced, carry its number (``fakta_punkt_g7``); the register
``generationer`` says which number answers and which is being built. Everything a builder does is done in short write
transactions, each of which first sees that the register still names the builder: whoever began last has taken over,
and what an interrupted builder left behind is nobody's and is dropped by the next one. See ADR 0015.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Index, MetaData, Row, Table, delete, func, insert, inspect, select, update
from sqlalchemy.sql import quoted_name

from application.ports import OsakerDatabas
from application.replay import Faktarad, OmbyggnadenOvertagen
from domain.fakta import Fakta
from infrastructure.facts import Dragregister, Faktaskrivare, Fardiga
from infrastructure.recorder import Recorder
from infrastructure.tables import BYGGS, FORM, GALLANDE, GALLER, Faktatabeller, generationer

OKAND_FORM = ""
"""The form of fact tables that nobody wrote down: those of a ledger older than the register."""
_NUMRERAD = re.compile(r"(?:fakta|drag)_[a-z]+_g[0-9]+")
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


def inratta(forbindelse: Connection, form: str = FORM) -> None:
    """Write down that the tables that answer are the first generation."""
    forbindelse.execute(insert(generationer).values(nummer=1, lage=GALLER, form=form, position=None))


def kontrollera(forbindelse: Connection) -> None:
    """See that the facts that answer are what this program derives from the whole log.

    Raises:
        OsakerDatabas: they were derived by another version of the program, or lack the last events.
    """
    rad = None
    if inspect(forbindelse).has_table(generationer.name):
        rad = forbindelse.execute(select(generationer).where(_GALLER)).first()
    if rad is None or rad.form != FORM:
        varde = "härledda av en annan version av programmet"
        raise OsakerDatabas("fakta", varde, "härledda av den här; kör liggare bygg-om")
    if rad.position is not None:
        varde = f"härledda bara ur händelserna till och med position {rad.position}"
        raise OsakerDatabas("fakta", varde, "härledda ur alla; kör liggare bygg-om")


class Bygge:
    """One generation being built, by one builder; facts of the log up to ``position`` are in it."""

    def __init__(self, recorder: Recorder) -> None:
        """Register a new generation and take over from any other builder; drop what such ones have left."""
        self._recorder = recorder
        self._drag = Dragregister()
        with recorder.transaktion() as forbindelse:
            galler, senast = self._ta_over(forbindelse)
            rester = _rester(forbindelse)
            self.nummer = max(senast, *(_nummer(namn) for namn in rester)) + 1 if rester else senast + 1
            self.tabeller, self._index = numrerade(self.nummer)
            for tabell in self.tabeller.alla:
                tabell.create(forbindelse)
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

    @contextmanager
    def skrivning(self) -> Iterator[Connection]:
        """Open a short write transaction.

        Raises:
            OmbyggnadenOvertagen: somebody has begun another rebuild since.
        """
        with self._recorder.transaktion() as forbindelse:
            villkor = [_BYGGS, generationer.c.nummer == self.nummer]
            if forbindelse.execute(select(generationer.c.nummer).where(*villkor)).first() is None:
                raise OmbyggnadenOvertagen
            yield forbindelse

    # Filling

    def infoga(self, form: type[Fakta], rader: Sequence[Faktarad]) -> None:
        """Insert rows in a transaction of their own, so that no writer waits longer than for them."""
        if rader:
            with self.skrivning() as forbindelse:
                self._skrivare(forbindelse).infoga(form, rader)

    def infoga_fardiga(self, fardiga: Iterable[Fardiga]) -> None:
        """Insert rows that somebody else made, in one transaction."""
        with self.skrivning() as forbindelse:
            skrivare = self._skrivare(forbindelse)
            for ett in fardiga:
                skrivare.infoga_fardiga(ett)

    def indexera(self) -> None:
        """Build the indexes, one at a time: a sorted pass each instead of a search per row."""
        for index in self._index:
            with self.skrivning() as forbindelse:
                index.create(forbindelse)
        with self.skrivning() as forbindelse:
            if forbindelse.dialect.name != "sqlite":  # which has no statistics of its own making
                for tabell in self.tabeller.alla:
                    forbindelse.exec_driver_sql(f"ANALYZE {tabell.name}")

    def ersatt(
        self, forbindelse: Connection, strommar: Sequence[UUID], rader: Iterable[Faktarad], position: int
    ) -> None:
        """Put all facts of streams in the place of those they had, and note how far the generation has come.

        Both are one transaction: whatever is interrupted, no event is left out and none counted twice.
        """
        for tabell in self.tabeller.fakta.values():
            for start in range(0, len(strommar), _STROMMAR_PER_SATS):
                del_ = [strom.hex for strom in strommar[start : start + _STROMMAR_PER_SATS]]
                forbindelse.execute(delete(tabell).where(tabell.c.strom.in_(del_)))
        skrivare = self._skrivare(forbindelse)
        efter_form: dict[type[Fakta], list[Faktarad]] = {}
        for rad in rader:
            efter_form.setdefault(type(rad[-1]), []).append(rad)
        for form, egna in efter_form.items():
            skrivare.infoga(form, egna)
        forbindelse.execute(update(generationer).where(generationer.c.nummer == self.nummer).values(position=position))
        self.position = position

    def _skrivare(self, forbindelse: Connection) -> Faktaskrivare:
        return Faktaskrivare(forbindelse, self._drag, self.tabeller)

    # Ending

    def byt(self, forbindelse: Connection) -> None:
        """Let the generation answer from the moment the transaction commits."""
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
        self._slapp(rester)

    def ge_upp(self, forbindelse: Connection) -> None:
        """Leave the old generation answering; the new one's tables are nobody's from now on."""
        forbindelse.execute(delete(generationer).where(generationer.c.nummer == self.nummer))

    def _slapp(self, tabeller: Iterable[str]) -> None:
        for namn in tabeller:
            with self._recorder.transaktion() as forbindelse:
                forbindelse.exec_driver_sql(f"DROP TABLE IF EXISTS {namn}")


_STROMMAR_PER_SATS = 500


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
