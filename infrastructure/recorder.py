"""The recorder: how events reach the log and are read back, on SQLAlchemy Core.

It keeps the promises of the library's ``ProcessRecorder`` (and passes its conformance tests) and adds the ledger's own:
``registrerad`` set under the write lock and never decreasing, positions without gaps, ``handelse_id`` unique in the
same transaction, an evidence leaf per row, and the facts written together with the events they follow from.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import (
    ListenNotifySubscription,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
)
from sqlalchemy import Connection, Engine, Select, bindparam, func, insert, select, update

from application.ports import Inskriven, Klocka, OsakerDatabas, TidenGarBaklanges
from domain.fakta import Identitet
from domain.faktaspar import Faktaandring
from domain.tid import mikrosekunder, ogonblick_av
from infrastructure.aktskap import Aktskap, Fack
from infrastructure.dberrors import som_liggarens
from infrastructure.evidence import SALTLANGD
from infrastructure.facts import Dragregister, Faktaskrivare
from infrastructure.faktaform import FORM
from infrastructure.keyring import Nyckelring
from infrastructure.loggrad import loggrad
from infrastructure.mapper import LASTA, LagradHandelse
from infrastructure.personregister import Personregister, slumpat_pseudonym
from infrastructure.radutkast import Radutkast
from infrastructure.readers import flytta_lasare, lasarens_position
from infrastructure.rows import Flerradssats, Fragesats, i_ett_svep
from infrastructure.tables import GALLER, generationer, handelser
from infrastructure.writer import Skrivplats

_INFOGA = Flerradssats(insert(handelser), handelser.c.keys())

# Made once: building a statement takes longer than executing it.
_SISTA = select(func.max(handelser.c.position)).scalar_subquery()
_SLUTET = Fragesats(select(handelser.c.position, handelser.c.registrerad).where(handelser.c.position == _SISTA), ())
_MELLAN = Fragesats(
    LASTA.where(handelser.c.strom == bindparam("strom"))
    .where(handelser.c.stromversion > bindparam("gt"), handelser.c.stromversion <= bindparam("lte"))
    .order_by(handelser.c.stromversion),
    ("strom", "gt", "lte"),
)
_FORE_FORSTA, _EFTER_SISTA = -1, 2**31 - 1
_SLUTET_OCH_GENERATION = Fragesats(
    select(generationer.c.nummer, generationer.c.form, handelser.c.position, handelser.c.registrerad)
    .select_from(generationer.outerjoin(handelser, handelser.c.position == _SISTA))
    .where(generationer.c.lage == bindparam("lage")),
    ("lage",),
)


def utc_nu() -> datetime:
    """Return the instant now, in UTC."""
    return datetime.now(UTC)


class Recorder(ProcessRecorder):
    """Reads and appends the log of one database."""

    def __init__(
        self,
        motor: Engine,
        klocka: Klocka = utc_nu,
        ring: Nyckelring | None = None,
        nytt_pseudonym: Callable[[UUID], UUID] = slumpat_pseudonym,
    ) -> None:
        """Use an open, checked engine (``infrastructure.database.oppna``) and its key ring (default: a new one)."""
        self._motor = motor
        self._skrivplats = Skrivplats(motor)
        self._sidomotor = motor.execution_options(liggare_vid_sidan=True)
        self._bildmotor = motor.execution_options(liggare_bild=True)
        self._klocka = klocka
        self.ring = ring or Nyckelring.ny()
        self._nytt_pseudonym = nytt_pseudonym
        self._lokal = threading.local()
        self._drag = Dragregister()
        self._generation = 0
        self._lyssnare: list[_Prenumeration] = []

    # Transactions

    @contextmanager
    def transaktion(self) -> Iterator[Connection]:
        """Open the one write transaction, or join the one this thread has open; readers are not stopped by it."""
        pagaende: Connection | None = getattr(self._lokal, "forbindelse", None)
        if pagaende is not None:
            yield pagaende
            return
        with som_liggarens(), self._skrivplats.transaktion() as forbindelse:
            self._lokal.forbindelse, self._lokal.drag = forbindelse, Dragregister(self._drag)
            self._lokal.aktskap = Aktskap(forbindelse, self.ring)
            self._lokal.personregister = Personregister(forbindelse, self.ring, self._nytt_pseudonym)
            self._lokal.slut = None
            try:
                yield forbindelse
            finally:
                self._lokal.forbindelse = None
        self._drag.ta_over(self._lokal.drag)
        for lyssnare in self._lyssnare:
            lyssnare.vak()

    @contextmanager
    def sidotransaktion(self) -> Iterator[Connection]:
        """Open a transaction that writes nothing that the log or its writers meet, and so need not hold them up.

        SQLite has one writer whatever is written; there it is the one write transaction.
        """
        if self._motor.dialect.name == "sqlite":
            with self.transaktion() as forbindelse:
                yield forbindelse
            return
        with som_liggarens(), self._sidomotor.begin() as forbindelse:
            yield forbindelse

    def faktaskrivare(self) -> Faktaskrivare:
        """Return the writer of facts of the transaction this thread has open."""
        return Faktaskrivare(self._lokal.forbindelse, self._lokal.drag)

    def personregister(self) -> Personregister:
        """Return the register of persons as the transaction this thread has open sees it."""
        register: Personregister = self._lokal.personregister
        return register

    def lasning(self) -> AbstractContextManager[Connection]:
        """Open a read transaction, or join this thread's write transaction so that it sees its own rows."""
        return self._lasning(self._motor)

    def ogonblicksbild(self) -> AbstractContextManager[Connection]:
        """Open a read transaction in which all questions meet the same log and the same facts.

        Only several questions that belong together need it. One alone is better without: it meets what is committed
        when it is answered, also when it had to wait for the facts to change generation.
        """
        return self._lasning(self._bildmotor)

    @contextmanager
    def _lasning(self, motor: Engine) -> Iterator[Connection]:
        pagaende: Connection | None = getattr(self._lokal, "forbindelse", None)
        if pagaende is not None:
            yield pagaende
            return
        with som_liggarens(), motor.begin() as forbindelse:
            yield forbindelse

    # Writing

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Append events, with the facts and the reading position that belong to them, in one transaction.

        Args:
            stored_events: the events, in order.
            **kwargs: ``andringar`` – one ``Faktaandring`` per event; ``tracking`` – a reading position to record.

        Raises:
            IntegrityError: a stream version or an event id is already taken.
            TidenGarBaklanges: a stated registration time lies before the last one.
        """
        return [rad.position for rad in self.skriv([_utkast(handelse) for handelse in stored_events], **kwargs)]

    def skriv(
        self,
        utkast: Sequence[Radutkast],
        *,
        andringar: Sequence[Faktaandring] | None = None,
        tracking: Tracking | None = None,
        nu: datetime | None = None,
    ) -> list[Inskriven]:
        """Do what ``insert_events`` says with rows to write, and return what the log gave each event.

        ``nu`` is the time they were decided on; not stated, the clock is asked.
        """
        with self.transaktion() as forbindelse:
            rader, inskrivna = self._rader_att_skriva(utkast, mikrosekunder(nu or self._klocka()))
            _INFOGA.kor(forbindelse, rader)
            if inskrivna:
                self._lokal.slut = inskrivna[-1].position, inskrivna[-1].registrerad
            if andringar is not None:
                self.faktaskrivare().andra(
                    (Identitet(ett.strom.hex), inskriven.position, andring)
                    for ett, inskriven, andring in zip(utkast, inskrivna, andringar, strict=True)
                )
            elif inskrivna:
                _lamna_efter(forbindelse, inskrivna[0].position - 1)
            if tracking is not None:
                flytta_lasare(forbindelse, tracking)
        return inskrivna

    def _rader_att_skriva(self, utkast: Sequence[Radutkast], nu: int) -> tuple[list[tuple[Any, ...]], list[Inskriven]]:
        """Give each event its position, time and leaf; the caller holds the write lock."""
        position, senast = self.slutet()
        self._folj_generationen()
        slump = os.urandom(2 * SALTLANGD * len(utkast))
        forseglade = iter(self._lokal.aktskap.forsegla(_hemliga_delar(utkast)))
        rader, inskrivna = [], []
        for nr, ett in enumerate(utkast):
            position += 1
            if ett.registrerad is None:
                senast, infort = max(nu, senast), None
            elif ett.registrerad < senast:
                raise TidenGarBaklanges(ogonblick_av(ett.registrerad), ogonblick_av(senast))
            else:
                senast, infort = ett.registrerad, nu
            salter = slump[2 * SALTLANGD * nr : 2 * SALTLANGD * (nr + 1)]
            hemligt = next(forseglade) if ett.hemligt is not None else None
            rad, lovet = loggrad(ett, position, senast, infort, salter, hemligt)
            rader.append(rad)
            inskrivna.append(Inskriven(position, senast, infort, lovet))
        return rader, inskrivna

    def _folj_generationen(self) -> None:
        """Forget which traits are stored when the facts have changed generation since this recorder last wrote.

        Raises:
            OsakerDatabas: another version of the program has built the facts anew since this one opened the ledger.
        """
        nummer, form = self._lokal.generation
        if form != FORM:
            raise OsakerDatabas("fakta", "ombyggda av en annan version av programmet", "härledda av den här; starta om")
        if nummer != self._generation:
            # Tables of traits that this recorder has written nothing to yet.
            self._generation, self._drag, self._lokal.drag = nummer, Dragregister(), Dragregister()

    # Reading

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[LagradHandelse]:
        """Return the events of a stream, by version."""
        if not desc and limit is None:
            fran = _FORE_FORSTA if gt is None else gt
            return self.rader(_MELLAN, UUID(str(originator_id)).hex, fran, _EFTER_SISTA if lte is None else lte)
        version = handelser.c.stromversion
        fraga = LASTA.where(handelser.c.strom == originator_id)
        fraga = fraga.where(version > gt) if gt is not None else fraga
        fraga = fraga.where(version <= lte) if lte is not None else fraga
        return self._rader(fraga.order_by(version.desc() if desc else version).limit(limit))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Return events of the whole log, by position."""
        position = handelser.c.position
        fraga = LASTA.order_by(position).limit(limit)
        if start is not None:
            fraga = fraga.where(position >= start if inclusive_of_start else position > start)
        fraga = fraga.where(position <= stop) if stop is not None else fraga
        fraga = fraga.where(handelser.c.typ.in_(topics)) if topics else fraga
        return [
            Notification(rad.originator_id, rad.originator_version, rad.topic, rad.state, rad.position)
            for rad in self._rader(fraga)
        ]

    def max_notification_id(self) -> int | None:
        """Return the last position, or None if the log is empty."""
        with self.lasning() as forbindelse:
            return forbindelse.execute(select(func.max(handelser.c.position))).scalar()

    def slutet(self) -> tuple[int, int]:
        """Return the last position and the last registration time, in microseconds (0, 0 if the log is empty)."""
        pagaende: Connection | None = getattr(self._lokal, "forbindelse", None)
        if pagaende is None:
            with self.lasning() as forbindelse:
                return _slutet(forbindelse)
        # Whoever holds the write lock asks once: nobody else moves the end meanwhile.
        if self._lokal.slut is None:
            self.samtidigt()
        slut: tuple[int, int] = self._lokal.slut
        return slut

    def samtidigt(self, *fragor: tuple[Fragesats, tuple[Any, ...]]) -> list[list[tuple[Any, ...]]]:
        """Answer questions, with their values, of the transaction this thread has open; and learn where the log ends.

        They are sent together, since somebody waits for the event that they are asked for.
        """
        slutet = [] if self._lokal.slut else [(_SLUTET_OCH_GENERATION, (GALLER,))]
        svar = Fragesats.samtidigt(self._lokal.forbindelse, (*fragor, *slutet))
        if slutet:
            ((nummer, form, position, registrerad),) = svar.pop()
            self._lokal.slut, self._lokal.generation = (position or 0, registrerad or 0), (nummer, form)
        return svar

    def i_ett_svep(self, antal: int) -> AbstractContextManager[None]:
        """Let what the transaction this thread has open writes of so many events be sent together.

        Many are better copied, table by table.
        """
        return i_ett_svep(self._lokal.forbindelse) if antal == 1 else nullcontext()

    def las(self, fraga: Select[Any], **parametrar: Any) -> list[LagradHandelse]:
        """Return the rows of the log that a query on ``mapper.LASTA`` selects."""
        return self._rader(fraga, parametrar)

    def rader(self, fraga: Fragesats, *varden: Any) -> list[LagradHandelse]:
        """Return the rows of the log that a question asked often selects."""
        with self.lasning() as forbindelse:
            return self.lagrade(fraga.rader(forbindelse, *varden))

    def lagrade(self, rader: Iterable[Sequence[Any]]) -> list[LagradHandelse]:
        """Return rows that ``mapper.LASTA`` selected as what they store."""
        return [LagradHandelse.av_rad(rad, self.ring) for rad in rader]

    def _rader(self, fraga: Select[Any], parametrar: Mapping[str, Any] | None = None) -> list[LagradHandelse]:
        with self.lasning() as forbindelse:
            return self.lagrade(forbindelse.execute(fraga, parametrar))

    # Reading positions and subscriptions

    def insert_tracking(self, tracking: Tracking) -> None:
        """Record how far a reader has come; positions must increase."""
        with self.transaktion() as forbindelse:
            flytta_lasare(forbindelse, tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        """Return how far a reader has come, or None if it has not begun."""
        with self.lasning() as forbindelse:
            return lasarens_position(forbindelse, application_name)

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[Recorder]:
        """Return an iterator over events after a position that waits for new ones written by this process."""
        prenumeration = _Prenumeration(self, gt, topics)
        self._lyssnare.append(prenumeration)
        return prenumeration


class _Prenumeration(ListenNotifySubscription[Recorder]):
    """Wakes when the recorder of this process has committed."""

    def vak(self) -> None:
        self._has_been_notified.set()

    def stop(self) -> None:
        super().stop()
        if self in self._recorder._lyssnare:
            self._recorder._lyssnare.remove(self)


def _slutet(forbindelse: Connection) -> tuple[int, int]:
    for position, registrerad in _SLUTET.rader(forbindelse):
        return position, registrerad
    return 0, 0


def _lamna_efter(forbindelse: Connection, position: int) -> None:
    """Note that events after a position were written without their facts, unless there were such already."""
    kvar = [generationer.c.lage == GALLER, generationer.c.position.is_(None)]
    forbindelse.execute(update(generationer).where(*kvar).values(position=position))


def _utkast(handelse: StoredEvent) -> Radutkast:
    return (handelse if isinstance(handelse, LagradHandelse) else _utan_kuvert(handelse)).utkast()


def _utan_kuvert(handelse: StoredEvent) -> LagradHandelse:
    """Return an event that came without an envelope (the library's own tests) with neutral columns."""
    return LagradHandelse(
        handelse.originator_id, handelse.originator_version, handelse.topic, handelse.state, samling="", datum=0,
        schemaversion=1, handelse_id=uuid4(), rattar=None, aktor="", roll="", kalla=None, registrerad=None,
    )  # fmt: skip


def _hemliga_delar(utkast: Sequence[Radutkast]) -> Iterator[tuple[Fack, bytes]]:
    for ett in utkast:
        if ett.hemligt is not None:
            yield Fack(ett.akt or ett.strom, ett.handelse_id, ett.strom), ett.hemligt
