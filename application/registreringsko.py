"""Many senders, one writer: what queues up while a commit is on its way is decided on and committed together.

A commit costs as much as some events do, and it is the same for one event as for many. Each proposal is still decided
on by itself, in the order it came, and answered when the transaction it was part of is committed: an answer is never a
promise. A proposal that is refused takes nothing with it: it is refused before anything of it is written, or the others
are recorded anew without it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from queue import Empty, Full, Queue
from typing import NamedTuple
from uuid import UUID

from eventsourcing.persistence import OperationalError

from application.commands import Kvitto, Obehorig, Provning, Registrator, Versionsvillkor
from application.envelope import Forslag
from application.ports import Huvudbok, LiggarenUpptagen, TidenGarBaklanges
from domain.fel import AktenArGallrad, Regelbrott

HOGST_I_KO = 512
"""Tasks that wait; whoever comes then is asked to come again."""

HOGST_TILLSAMMANS = 64
"""Tasks that are committed together: so many are decided on in a tenth of what anybody accepts to wait."""


class Onskan(NamedTuple):
    """What somebody wants recorded, upon which versions of its stream, and what tries whether it may be."""

    forslag: Forslag
    villkor: Versionsvillkor | None = None
    provning: Provning | None = None

    @property
    def vems(self) -> tuple[UUID, Provning | None]:
        """Return what it is known by while it is on its way: nobody hears of what somebody else is sending."""
        return self.forslag.handelse_id, self.provning


class RedanPaVag(Exception):
    """The same event id is being recorded at this moment; ask again for its receipt."""

    def __init__(self, handelse_id: UUID) -> None:
        """Name the event."""
        super().__init__(f"Händelsen {handelse_id} håller på att registreras.")
        self.handelse_id = handelse_id


Nekande = Obehorig | Regelbrott | TidenGarBaklanges | RedanPaVag
"""Why something was refused."""
_NEKANDEN = (Obehorig, Regelbrott, TidenGarBaklanges)

Utslag = Kvitto | Nekande
"""What became of one: its receipt, or why it was refused."""


class _Uppgift(NamedTuple):
    """What was handed in together and is not on its way already; what is, by its place among all of it."""

    onskningar: Sequence[Onskan]
    svar: Future[list[Utslag]]
    pa_vag: Mapping[int, RedanPaVag]

    def besvara(self, utslag: Sequence[Utslag]) -> None:
        """Answer, each in its place."""
        kvar, antal = iter(utslag), len(utslag) + len(self.pa_vag)
        self.svar.set_result([self.pa_vag[nr] if nr in self.pa_vag else next(kvar) for nr in range(antal)])


class Registreringsko:
    """Takes what is to be recorded from any thread, and records it in one of its own."""

    def __init__(self, huvudbok: Huvudbok, registrator: Registrator, efter: Callable[[], None] = lambda: None) -> None:
        """Use a log and what decides; ``efter`` is called when something has been committed."""
        self._huvudbok, self._registrator, self._efter = huvudbok, registrator, efter
        self._ko: Queue[_Uppgift | None] = Queue(HOGST_I_KO)
        self._pa_vag: set[tuple[UUID, Provning | None]] = set()
        self._las = threading.Lock()
        self._stangd = False
        self._trad = threading.Thread(target=self._arbeta, name="registreringsko", daemon=True)
        self._trad.start()

    @property
    def vantande(self) -> int:
        """Return about how many tasks wait."""
        return self._ko.qsize()

    def lamna(self, onskningar: Sequence[Onskan]) -> Future[list[Utslag]]:
        """Hand in what belongs together; it is committed together, each by itself, and answered one by one.

        What is on its way already from the same sender is answered so (``RedanPaVag``), and stops nothing else.

        Raises:
            LiggarenUpptagen: too many wait.
        """
        with self._las:
            if self._stangd:
                msg = "the ledger is being closed"
                raise LiggarenUpptagen(msg)
            upptagna = {nr for nr, ett in enumerate(onskningar) if ett.vems in self._pa_vag}
            pa_vag = {nr: RedanPaVag(onskningar[nr].forslag.handelse_id) for nr in upptagna}
            nya = [ett for nr, ett in enumerate(onskningar) if nr not in upptagna]
            uppgift = _Uppgift(nya, Future(), pa_vag)
            # What has been handed in is recorded, also if nobody waits for the answer any more.
            uppgift.svar.set_running_or_notify_cancel()
            if not nya:
                uppgift.besvara([])
                return uppgift.svar
            try:
                self._ko.put_nowait(uppgift)
            except Full:
                msg = f"{HOGST_I_KO} tasks are waiting"
                raise LiggarenUpptagen(msg) from None
            self._pa_vag |= {ett.vems for ett in nya}
        return uppgift.svar

    def stang(self) -> None:
        """Record what has been handed in and take no more."""
        with self._las:
            if self._stangd:
                return
            self._stangd = True
        self._ko.put(None)
        self._trad.join()

    def _arbeta(self) -> None:
        while (forsta := self._ko.get()) is not None:
            omgang, slut = [forsta], False
            while len(omgang) < HOGST_TILLSAMMANS:
                try:
                    nasta = self._ko.get_nowait()
                except Empty:
                    break
                if nasta is None:
                    slut = True
                    break
                omgang.append(nasta)
            self._svara_pa(omgang)
            if slut:
                return

    def _svara_pa(self, omgang: Sequence[_Uppgift]) -> None:
        """Record some tasks and answer them."""
        try:
            utslag = self._tillsammans(omgang) if sum(len(u.onskningar) for u in omgang) > 1 else None
        except OperationalError as fel:
            self._lamna_svar([(uppgift, fel) for uppgift in omgang])
            return
        except Exception:
            # Whose fault it is cannot be told from outside, and nobody shall answer for somebody else's.
            utslag = None
        self._lamna_svar(
            [(uppgift, self._var_for_sig(uppgift)) for uppgift in omgang]
            if utslag is None
            else list(zip(omgang, utslag, strict=True))
        )

    def _lamna_svar(self, svaren: Sequence[tuple[_Uppgift, list[Utslag] | Exception]]) -> None:
        with self._las:  # From now on the ledger knows what became of them, and they can be handed in again.
            self._pa_vag -= {ett.vems for uppgift, _ in svaren for ett in uppgift.onskningar}
        for uppgift, svar in svaren:
            if isinstance(svar, Exception):
                uppgift.svar.set_exception(svar)
            else:
                uppgift.besvara(svar)
        self._efter()

    def _tillsammans(self, omgang: Sequence[_Uppgift]) -> list[list[Utslag]]:
        with self._huvudbok.skrivning():
            return [[self._en(onskan) for onskan in uppgift.onskningar] for uppgift in omgang]

    def _en(self, onskan: Onskan) -> Utslag:
        try:
            return self._registrator.registrera(*onskan)
        except AktenArGallrad:
            raise  # the one refusal that may come when something is written: it must be undone
        except _NEKANDEN as fel:
            return fel

    def _var_for_sig(self, uppgift: _Uppgift) -> list[Utslag] | Exception:
        """Record each of a task in a transaction of its own, which a refusal undoes."""
        utslag: list[Utslag] = []
        for onskan in uppgift.onskningar:
            try:
                with self._huvudbok.skrivning():
                    utslag.append(self._registrator.registrera(*onskan))
            except _NEKANDEN as fel:
                utslag.append(fel)
            except Exception as fel:
                return fel
        return utslag
