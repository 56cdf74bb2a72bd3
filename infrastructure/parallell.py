"""The bulk pass of a rebuild on several cores: processes derive sections of the log, and this one writes their rows.

Deriving is two thirds of the work and needs nothing but the log below a position, which never changes. Only whole
sections of streams are handed out, so the rows are the same as one process would have made. To begin a process takes a
second, so it pays for a long log only (``HANDELSER_FOR_FLERA``).
"""

from __future__ import annotations

import gc
import marshal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice

from sqlalchemy.engine import URL

from application.delprocess import DelprocessenForsvann
from application.ombyggnad import Faktarad, spela_om
from domain.fakta import FAKTAFORMER, Fakta
from infrastructure.database import oppna
from infrastructure.delprocess import SPAWN, antal_karnor, begynnelse
from infrastructure.facts import Fardiga, fardigstall
from infrastructure.loggavsnitt import Avsnitt, Logglasare
from infrastructure.recorder import Recorder
from infrastructure.sqlite import i_minnet

HANDELSER_FOR_FLERA = 200_000
"""With fewer events than this one process is done before others have begun."""

HANDELSER_PER_AVSNITT = 20_000
"""Handed out at a time; their rows are in memory together, in as many sections as there are processes and one more."""

Avsnittsrader = tuple[int, list[Fardiga]]
"""The number of events of a section, and the rows that follow from them."""


FLEST_PROCESSER = 8
"""More than so many derive faster than one process writes."""


def antal_processer(databas: URL, handelser: int, onskat: int | None) -> int:
    """Return how many processes derive: as many as wished, or as serve a log of so many events.

    A database in memory is seen by its own process only.
    """
    if databas.get_backend_name() == "sqlite" and i_minnet(databas):
        return 1
    lagom = min(antal_karnor(), FLEST_PROCESSER) if handelser >= HANDELSER_FOR_FLERA else 1
    return onskat or lagom


def harled(databas: URL, position: int, avsnitt: Iterable[Avsnitt], processer: int) -> Iterator[Avsnittsrader]:
    """Yield the rows of every section, in order.

    Raises:
        DelprocessenForsvann: the machine ended one of the processes.
    """
    aterstar = iter(avsnitt)
    adress = databas.render_as_string(hide_password=False)
    # The collector would walk through every section that is done, and nothing of it is in a cycle.
    with ProcessPoolExecutor(processer, SPAWN, initializer=gc.disable) as pool:

        def lamna_ut(antal: int) -> list[Future[bytes]]:
            nasta = list(islice(aterstar, antal))
            with begynnelse():  # a process is begun when there is something for it to do
                return [pool.submit(_harled, adress, position, ett) for ett in nasta]

        vantar = deque(lamna_ut(processer + 1))
        try:
            while vantar:
                svar = vantar.popleft().result()
                vantar.extend(lamna_ut(1))
                lasta, delar = marshal.loads(svar)
                yield lasta, [Fardiga(FAKTAFORMER[nr], rader, drag) for nr, rader, drag in delar]
        except BrokenProcessPool as fel:
            raise DelprocessenForsvann("ombyggnadens", "bygg-om") from fel
        finally:
            for ett in vantar:
                ett.cancel()


@cache
def _recorder(databas: str) -> Recorder:
    """Return what a process reads through, opened with its first section."""
    return Recorder(oppna(databas, skapa=False, krav_pa_fakta=False))


def _harled(databas: str, position: int, avsnitt: Avsnitt) -> bytes:
    """Derive a section, in a process of its own; the rows travel as plain values."""
    lasare = Logglasare(_recorder(databas), position)
    efter_form: dict[type[Fakta], list[Faktarad]] = {form: [] for form in FAKTAFORMER}
    for rad in spela_om(lasare.alla(avsnitt)):
        efter_form[type(rad[-1])].append(rad)
    delar = [(nr, *fardigstall(form, efter_form[form])[1:]) for nr, form in enumerate(FAKTAFORMER)]
    return marshal.dumps((lasare.lasta, delar))
