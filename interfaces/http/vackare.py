"""Tells those who wait for something new how far the ledger has come: one asks it for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from fastapi.concurrency import run_in_threadpool

_SER_EFTER = 0.5
"""Seconds between two looks for what another process may have recorded: that wakes nobody here."""


class Vackare:
    """Wakes waiting readers, from any thread; the ledger is asked while somebody waits, however many they are."""

    def __init__(self, las_slutet: Callable[[], int]) -> None:
        """Begin with nobody waiting; ``las_slutet`` returns the ledger's last position."""
        self._las_slutet = las_slutet
        self._slutet = 0
        self._vantar: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self._nytt: tuple[asyncio.Event, asyncio.AbstractEventLoop] | None = None
        self._bevakning: asyncio.Task[None] | None = None
        self.stannar = False

    def vack(self) -> None:
        """Look at once: something has been recorded here."""
        if self._nytt is not None:
            _satt(*self._nytt)

    def stanna(self) -> None:
        """Let nobody wait any more."""
        self.stannar = True
        self.vack()
        self._vack_alla()

    async def slutet_efter(self, position: int, hogst: float) -> int:
        """Return the last position that is known, as soon as it is after one, or after so many seconds.

        Raises:
            eventsourcing.persistence.PersistenceError: the ledger could not be asked.
        """
        if self._slutet > position or self.stannar:
            return self._slutet
        handelse = asyncio.Event()
        self._vantar[handelse] = asyncio.get_running_loop()
        if self._bevakning is None or self._bevakning.done():
            self._bevakning = asyncio.create_task(self._bevaka())
        bevakning = self._bevakning
        try:
            await asyncio.wait_for(handelse.wait(), hogst)
        except TimeoutError:
            pass
        finally:
            self._vantar.pop(handelse, None)
        if bevakning.done() and not bevakning.cancelled() and (fel := bevakning.exception()) is not None:
            raise fel
        return self._slutet

    async def _bevaka(self) -> None:
        nytt = asyncio.Event()
        self._nytt = nytt, asyncio.get_running_loop()
        try:
            while self._vantar and not self.stannar:
                nytt.clear()
                slutet = await run_in_threadpool(self._las_slutet)
                if slutet > self._slutet:
                    self._slutet = slutet
                    self._vack_alla()
                try:
                    await asyncio.wait_for(nytt.wait(), _SER_EFTER)
                except TimeoutError:
                    continue
        finally:
            self._nytt = None
            self._vack_alla()

    def _vack_alla(self) -> None:
        for handelse, slinga in list(self._vantar.items()):
            if not _satt(handelse, slinga):
                self._vantar.pop(handelse, None)


def _satt(handelse: asyncio.Event, slinga: asyncio.AbstractEventLoop) -> bool:
    """Set an event in its loop, from any thread; return whether the loop is still there."""
    try:
        slinga.call_soon_threadsafe(handelse.set)
    except RuntimeError:
        return False
    return True
