"""A rebuild from beginning to end: fill a new generation of fact tables, catch up, compare, let it take over.

Only one step holds the write lock for long enough to be noticed: the last, in which the few events since the latest
round are taken in and the tables change names. Everything before it happens beside the tables that answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from sqlalchemy import URL, ColumnElement, Connection, Select, Table, select

from application.framsteg import Framsteg, Skede
from application.ombyggnad import Avtryck, Faktarad, FaktaSkiljer, Ombyggnad, spela_om
from application.skrapinsamling import utan_skrapinsamling
from domain.fakta import Fakta
from infrastructure.facts import Faktaskrivare
from infrastructure.generation import Bygge
from infrastructure.jamforelse import skiljer
from infrastructure.loggavsnitt import Logglasare, avtryck, skriv
from infrastructure.parallell import HANDELSER_PER_AVSNITT, antal_processer, harled
from infrastructure.postgres import utan_tidsgrans
from infrastructure.recorder import Recorder
from infrastructure.tables import FAKTATABELLER, GALLANDE, handelser

HANDELSER_PER_OMGANG = 5_000
"""Events taken in at a time when a rebuild catches up; the rows of their streams are in memory together."""

FA_NOG = 200
"""So few events may be left when the write lock is taken for good."""


class Faktabyggare:
    """Implements ``application.ombyggnad.Ombyggare`` on a recorder."""

    def __init__(self, recorder: Recorder, databas: URL) -> None:
        """Read and write through the recorder, in many short transactions; other processes open the database anew."""
        self._recorder = recorder
        self._databas = databas

    def bygg_om(
        self,
        framsteg: Framsteg | None = None,
        skede: Skede | None = None,
        *,
        byt_anda: bool = False,
        processer: int | None = None,
    ) -> Ombyggnad:
        """Work out all facts anew; see ``application.ombyggnad.Ombyggare``."""
        saga = skede or (lambda _: None)
        with utan_skrapinsamling():
            saga("Härleder fakta")
            bygge = Bygge(self._recorder)
            antal = antal_processer(self._databas, bygge.position, processer)
            lasta, skrivna = self._fyll(bygge, framsteg, antal)
            bygge.samla_statistik()
            saga("Hinner ikapp")
            slut = _Slutspel(self._recorder, bygge)
            slut.hinn_ikapp()
            skilda = slut.indexera_och_jamfor(saga, samtidigt=antal > 1)
            saga("Byter")
            slut.hinn_ikapp()
            skilda = slut.byt(skilda, byt_anda=byt_anda)
        if skilda and not byt_anda:
            raise FaktaSkiljer(skilda)
        return Ombyggnad(lasta, {FAKTATABELLER[form].name: antal for form, antal in skrivna.items()}, skilda)

    def _fyll(self, bygge: Bygge, framsteg: Framsteg | None, processer: int) -> tuple[int, dict[type[Fakta], int]]:
        """Write all facts of the log so far; return the number of events, and of rows in each table."""
        lasare = Logglasare(self._recorder, bygge.position, framsteg)
        if processer == 1:
            skrivna = skriv(bygge, spela_om(lasare.alla()))
            return lasare.lasta, skrivna
        lasta, skrivna = 0, dict.fromkeys(FAKTATABELLER, 0)
        avsnitt = lasare.avsnitt(HANDELSER_PER_AVSNITT)
        for antal, fardiga in harled(self._databas, bygge.position, avsnitt, processer):
            bygge.infoga_fardiga(fardiga)
            lasta += antal
            for ett in fardiga:
                skrivna[ett.form] += len(ett.rader)
            if framsteg is not None:
                framsteg(lasta, bygge.position)
        return lasta, skrivna

    def avtryck(self) -> Mapping[str, Avtryck]:
        """Return what each fact table holds, in short; the rows are hashed as the database has them."""
        with self._recorder.ogonblicksbild() as forbindelse:
            return {tabell.name: avtryck(forbindelse, form) for form, tabell in FAKTATABELLER.items()}


class _Slutspel:
    """What remains when the bulk of a generation is written: the events since, the comparison, the change."""

    def __init__(self, recorder: Recorder, bygge: Bygge) -> None:
        self._recorder = recorder
        self._bygge = bygge
        self._jamfort_till = 0

    def hinn_ikapp(self) -> None:
        """Take in the events recorded meanwhile until few are left; writers are held up by the writing only."""
        while (slut := self._recorder.slutet()[0]) - self._bygge.position > FA_NOG:
            till = min(slut, self._bygge.position + HANDELSER_PER_OMGANG)
            self._bygge.ersatt(*self._harled(till), till)

    def indexera_och_jamfor(self, saga: Skede, *, samtidigt: bool) -> tuple[str, ...]:
        """Build the indexes, and return the tables that differ from those that answer.

        The comparison finds rows by their keys and so needs no index. What fails beside it is raised when it is done.

        Args:
            saga: told which of the two is waited for.
            samtidigt: compare while the indexes are built; a database in memory has one connection for both.
        """
        with ThreadPoolExecutor(1) as vid_sidan:
            saga("Bygger index")
            jamforelse = vid_sidan.submit(self._jamfor) if samtidigt else None
            self._bygge.indexera()
            saga("Jämför")
            return jamforelse.result() if jamforelse else self._jamfor()

    def _jamfor(self) -> tuple[str, ...]:
        """Return the tables that differ in the streams that stand still meanwhile."""
        self._jamfort_till = self._bygge.position
        with self._recorder.ogonblicksbild() as forbindelse:
            utan_tidsgrans(forbindelse)
            return self._skilda(forbindelse, andrade=False)

    def byt(self, skilda: Sequence[str], *, byt_anda: bool) -> tuple[str, ...]:
        """Take in the last events and compare their streams too; change generation unless something differs.

        Returns the tables that differ.
        """

        def sist(forbindelse: Connection, skrivare: Faktaskrivare) -> tuple[str, ...]:
            slut, _ = self._recorder.slutet()
            self._bygge.ersatt_i(forbindelse, skrivare, *self._harled(slut), slut)
            alla = tuple(sorted({*skilda, *self._skilda(forbindelse, andrade=True)}))
            if not alla or byt_anda:
                self._bygge.byt(forbindelse)
            else:
                self._bygge.ge_upp(forbindelse)
            return alla

        alla = self._bygge.utfor(sist, ensam=True)
        self._bygge.stada()
        return alla

    def _harled(self, till: int) -> tuple[list[UUID], list[Faktarad]]:
        """Return the streams with events since the generation's position, and all their facts."""
        position = handelser.c.position
        fraga = select(handelser.c.strom).where(position > self._bygge.position, position <= till).distinct()
        with self._recorder.lasning() as forbindelse:
            strommar = list(forbindelse.scalars(fraga))
        return strommar, list(spela_om(Logglasare(self._recorder, till).nagra(strommar)))

    def _skilda(self, forbindelse: Connection, *, andrade: bool) -> tuple[str, ...]:
        """Return the tables that differ in the streams with, or without, events since the comparison began.

        What the old generation lacks or has derived in another way cannot be compared with.
        """
        if not self._bygge.ersatter_samma_form:
            return ()

        def urval(tabell: Table) -> list[ColumnElement[bool]]:
            sedan = _andrade_efter(self._jamfort_till)
            strom = tabell.c.strom
            villkor: list[ColumnElement[bool]] = [strom.in_(sedan) if andrade else strom.not_in(sedan)]
            if self._bygge.gammal_position is not None:
                villkor.append(strom.not_in(_andrade_efter(self._bygge.gammal_position)))
            return villkor

        return tuple(
            tabell.name
            for form, tabell in FAKTATABELLER.items()
            if skiljer(forbindelse, form, GALLANDE, self._bygge.tabeller, urval)
        )


def _andrade_efter(position: int) -> Select[tuple[UUID]]:
    """Return the query for the streams with events after a position."""
    return select(handelser.c.strom).where(handelser.c.position > position)
