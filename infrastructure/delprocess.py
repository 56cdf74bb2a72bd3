"""Processes that do a part of the work: begun anew, with nothing of their parent's but what they are given.

They are not forked: a fork would share open connections with its parent.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread, current_thread, main_thread
from types import ModuleType
from typing import Any

SPAWN = multiprocessing.get_context("spawn")


def antal_karnor() -> int:
    """Return how many of the machine's cores this process may use; a container is often given fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Avsandare:
    """Sends through a pipe without waiting for the other end to receive: two that wait for each other wait for ever.

    ``multiprocessing.Queue`` would do the same, but both ends of it are open in both processes: whoever waits for one
    that was killed while it sent is never told.
    """

    def __init__(self, ror: Connection) -> None:
        """Use the writing end of a pipe, and close it in the end."""
        self._ror = ror
        self._ko: SimpleQueue[tuple[Any] | None] = SimpleQueue()
        self._trad = Thread(target=self._sand_alla, daemon=True)
        self._trad.start()

    def sand(self, vad: object) -> None:
        """Send something, in its turn."""
        self._ko.put((vad,))

    def avsluta(self) -> None:
        """Wait until all is sent, or nobody is there to receive it."""
        self._ko.put(None)
        self._trad.join()

    def _sand_alla(self) -> None:
        with self._ror, suppress(OSError):  # nobody receives
            while (ett := self._ko.get()) is not None:
                self._ror.send(*ett)


@contextmanager
def begynnelse() -> Iterator[None]:
    """Begin processes within this block.

    A process begun by ``multiprocessing`` first runs the program's main module again: the command line with all its
    commands, a second's work, or a script that does not expect it. What such a process does here is in modules of its
    own, so it is shown none. Nor does it hear Ctrl-C, which is its parent's to answer.
    """
    huvudmodul = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        with _utan_avbrott():
            yield
    finally:
        sys.modules["__main__"] = huvudmodul


@contextmanager
def _utan_avbrott() -> Iterator[None]:
    if current_thread() is not main_thread():  # only the main thread may choose, and only it hears
        yield
        return
    forut = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, forut)
