"""An import on two cores: a process beside this one reads and decides, and this one derives, seals and writes.

The two are each at their own batch. What the next batch asks for is asked before the one before is decided on, so that
neither waits for the other as long as it has something to do. The other process opens no database: whatever it needs to
know it asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, islice, repeat
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID

from application.delprocess import DelprocessenForsvann
from application.importbeslut import Batchfraga, Batchsvar, Beslutare, Beslutat, Forberedd, Omgang, Utgangslage
from application.skrapinsamling import utan_skrapinsamling
from infrastructure.delprocess import SPAWN, Avsandare, begynnelse
from infrastructure.nedskrift import packa, packa_upp

_OMGANGAR_I_FORVAG = 4
"""Batches of lines handed over at once: one that is decided on, one that is read, two that wait."""

_DAR, _AV = 2, 5
"""So many streams of so many are derived where they are decided on: then the two have as much to do (measured)."""

Packat = tuple[Beslutat, bytes]
"""What was decided on a batch, and its entries written down."""


def i_annan_process(
    lage: Utgangslage, kommun: str | None, omgangar: Iterator[Omgang], svara: Callable[[Batchfraga], Batchsvar]
) -> Generator[Beslutat, None, None]:
    """Decide in another process; see ``application.importbeslut.Beslutsgang``.

    Raises:
        DelprocessenForsvann: the machine ended the process.
    """
    (till_rader, rader), (till_svar, svar), (till_beslut, beslut) = (SPAWN.Pipe(duplex=False)[::-1] for _ in range(3))
    process = SPAWN.Process(target=_arbeta, args=(kommun, rader, svar, till_beslut), daemon=True)
    with begynnelse():
        process.start()
    for barnets in (rader, svar, till_beslut):
        barnets.close()
    sand_rader, sand_svar = Avsandare(till_rader), Avsandare(till_svar)
    aterstar = chain(omgangar, repeat(None))
    try:
        # The other process takes about as long to begin as the first batch takes here.
        har = Beslutare(lage, kommun, lambda _: False)
        for forst in islice(omgangar, 1):
            yield har.genast(forst, svara)
        sand_rader.sand(har.lage)
        for omgang in islice(aterstar, _OMGANGAR_I_FORVAG):
            sand_rader.sand(omgang)
        while (ett := _nasta(beslut)) is not None:
            if isinstance(ett, Batchfraga):
                sand_svar.sand(svara(ett))
            elif isinstance(ett, BaseException):
                raise ett
            else:
                yield uppackat(ett)
                sand_rader.sand(next(aterstar))
    finally:
        process.kill()
        process.join()
        sand_rader.avsluta()
        sand_svar.avsluta()
        beslut.close()


def stegvis(
    lage: Utgangslage, kommun: str | None, omgangar: Iterable[Omgang], svar: Callable[[], Batchsvar]
) -> Iterator[Batchfraga | Packat]:
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
    return strom.int % _AV < _DAR


def _arbeta(kommun: str | None, rader: Connection, svar: Connection, beslut: Connection) -> None:
    """Read and decide until there are no more lines, in a process of its own."""
    avsandare = Avsandare(beslut)
    omgangar = iter(partial(_nasta, rader), None)
    with utan_skrapinsamling():
        try:
            for ett in stegvis(_nasta(rader), kommun, omgangar, partial(_nasta, svar)):
                avsandare.sand(ett)
            avsandare.sand(None)
        except DelprocessenForsvann:  # nobody is there to be told anything
            return
        except Exception as fel:
            avsandare.sand(fel)
    avsandare.avsluta()


def _nasta(ror: Connection) -> Any:
    """Return the next thing that comes through a pipe.

    Raises:
        DelprocessenForsvann: nothing will, since the process at the other end is no more.
    """
    try:
        return ror.recv()
    except (EOFError, OSError) as fel:  # the end of file, between two things or within one
        raise DelprocessenForsvann("importens", "importera") from fel
