"""An import on two cores: a process beside this one reads and decides, and this one derives, seals and writes.

The two are each at their own batch. What the next batch asks for is asked before the one before is decided on, so that
neither waits for the other as long as it has something to do. The process is begun anew and not forked, as those of a
rebuild: it opens no database, and whatever it needs to know it asks for.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import chain, islice, repeat
from multiprocessing.process import BaseProcess
from queue import Empty
from threading import current_thread, main_thread
from typing import Any
from uuid import UUID

from application.importbeslut import Beslutare, Beslutat, Forberedd, Fraga, Lage, Omgang, Svar
from application.replay import DelprocessenForsvann
from application.skrapinsamling import utan_skrapinsamling
from infrastructure.nedskrift import packa, packa_upp

_OMGANGAR_I_FORVAG = 4
"""Batches of lines handed over before the first is written: one that is decided on, one that is read, two that wait."""

_LIVSTECKEN = 1.0
"""Seconds between the times one process looks whether the other is still there."""

_VAR = 3
"""One stream of so many is derived where it is decided on: then the two have as much to do (measured)."""

_SPAWN = multiprocessing.get_context("spawn")

Packat = tuple[Beslutat, bytes]
"""What was decided on a batch, and its entries written down."""


def i_annan_process(
    lage: Lage, kommun: str | None, omgangar: Iterator[Omgang], svara: Callable[[Fraga], Svar]
) -> Generator[Beslutat, None, None]:
    """Decide in another process; see ``application.importbeslut.Beslutsgang``.

    Raises:
        DelprocessenForsvann: the machine ended the process.
    """
    koer = rader, svar, beslut = _SPAWN.Queue(), _SPAWN.Queue(), _SPAWN.Queue()
    process = _SPAWN.Process(target=_arbeta, args=(lage, kommun, *koer), daemon=True)
    with _utan_avbrott():
        process.start()
    aterstar = chain(omgangar, repeat(None))
    try:
        for omgang in islice(aterstar, _OMGANGAR_I_FORVAG):
            rader.put(omgang)
        while (ett := _nasta(beslut, process)) is not None:
            if isinstance(ett, Fraga):
                svar.put(svara(ett))
            elif isinstance(ett, BaseException):
                raise ett
            else:
                yield uppackat(ett)
                rader.put(next(aterstar))
    finally:
        process.kill()
        process.join()
        for ko in koer:
            ko.cancel_join_thread()
            ko.close()


def stegvis(
    lage: Lage, kommun: str | None, omgangar: Iterable[Omgang], svar: Callable[[], Svar]
) -> Iterator[Fraga | Packat]:
    """Yield what each batch asks for, and then what was decided on the one before: its answer is had by then."""
    beslutare = Beslutare(lage, kommun, _harleds_dar_det_beslutas)
    vantar: Forberedd | None = None
    for omgang in chain(omgangar, (None,)):
        nasta = beslutare.forbered(omgang) if omgang is not None else None
        if nasta is not None:
            yield nasta.fraga
        if vantar is not None:
            beslutat = beslutare.besluta(vantar, svar())
            yield replace(beslutat, kuvert=(), andringar=()), packa(beslutat.kuvert, beslutat.andringar)
        vantar = nasta


def uppackat(packat: Packat) -> Beslutat:
    """Return what was decided, with its entries."""
    beslutat, nedskrifter = packat
    kuvert, andringar = packa_upp(nedskrifter)
    return replace(beslutat, kuvert=kuvert, andringar=andringar)


def _harleds_dar_det_beslutas(strom: UUID) -> bool:
    return strom.int % _VAR == 0


def _arbeta(lage: Lage, kommun: str | None, rader: Any, svar: Any, beslut: Any) -> None:
    """Read and decide until there are no more lines, in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    foralder = multiprocessing.parent_process()
    assert foralder is not None
    omgangar = iter(lambda: _nasta(rader, foralder), None)
    with utan_skrapinsamling():
        try:
            for ett in stegvis(lage, kommun, omgangar, lambda: _nasta(svar, foralder)):
                beslut.put(ett)
        except DelprocessenForsvann:
            return
        except Exception as fel:
            beslut.put(fel)
        else:
            beslut.put(None)


def _nasta(ko: Any, fran: BaseProcess) -> Any:
    """Return the next thing in a queue.

    Raises:
        DelprocessenForsvann: the process that was to put it there is no more.
    """
    while True:
        lever = fran.is_alive()
        with suppress(Empty):
            return ko.get(timeout=_LIVSTECKEN)
        if not lever:
            raise DelprocessenForsvann("importens", "importera")


@contextmanager
def _utan_avbrott() -> Iterator[None]:
    """Let a process that is begun here not hear Ctrl-C, which is its parent's to answer."""
    if current_thread() is not main_thread():
        yield
        return
    forut = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, forut)
