"""Wakes those who wait for something new in the ledger."""

from __future__ import annotations

import asyncio


class Vackare:
    """Wakes the waiting readers of one event loop, from any thread."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._vantar: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self.stannar = False

    def vack(self) -> None:
        """Wake everybody."""
        for handelse, slinga in list(self._vantar.items()):
            try:
                slinga.call_soon_threadsafe(handelse.set)
            except RuntimeError:  # the loop has closed meanwhile, and nobody waits in it
                self._vantar.pop(handelse, None)

    def stanna(self) -> None:
        """Wake everybody for the last time."""
        self.stannar = True
        self.vack()

    async def vanta(self, hogst: float) -> None:
        """Wait until woken, or for so many seconds: what another process writes wakes nobody here."""
        handelse = asyncio.Event()
        self._vantar[handelse] = asyncio.get_running_loop()
        try:
            if not self.stannar:
                await asyncio.wait_for(handelse.wait(), hogst)
        except TimeoutError:
            pass
        finally:
            self._vantar.pop(handelse, None)
