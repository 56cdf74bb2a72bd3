"""kill -9 of PostgreSQL itself – the process that serves a writer, and the one that rules them all – during writes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest

from tests.faults.konto import Skrivarprocess, Utslag, granska, skapa_basen
from tests.faults.skrivare import Uppdrag
from tests.postgres import PostgresSaknas, Postgresserver, egen_server

AVBROTT_PER_LIGGARE = 10
SKRIVAREN = Uppdrag("", fro=0, antal=2_000)


@pytest.fixture
def server() -> Iterator[Postgresserver]:
    try:
        with egen_server() as egen:
            egen.skapa_databas("bas", "mall")
            skapa_basen(egen.adress("bas"))
            yield egen
    except PostgresSaknas as fel:
        if "CI" in os.environ:
            raise
        pytest.skip(str(fel))


def doda_skrivarens(server: Postgresserver) -> None:
    """Kill the process that serves a writer; the server then ends all others and recovers by itself."""
    with forbindelse_nar_det_gar(server) as forbindelse:
        (pid,) = forbindelse.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'liggare' AND backend_type = 'client backend'"
        ).fetchone() or (None,)
    if pid is not None:
        os.kill(pid, signal.SIGKILL)


def doda_servern(server: Postgresserver) -> None:
    """Kill the server's first process and start the server anew on what it left."""
    server.stoppa(signal.SIGKILL)
    slut = monotonic() + 30
    while True:
        try:  # the orphans of the old one must first have noticed
            return server.starta()
        except RuntimeError:
            assert monotonic() < slut
            sleep(0.1)


def forbindelse_nar_det_gar(server: Postgresserver) -> psycopg.Connection[Any]:
    """Return a connection as soon as the server has recovered."""
    slut = monotonic() + 60
    while True:
        try:
            return server.forbindelse()
        except psycopg.OperationalError:
            assert monotonic() < slut
            sleep(0.05)


@pytest.mark.parametrize("antal", [2, pytest.param(25, marks=pytest.mark.tung)])
@pytest.mark.parametrize("doda", [doda_skrivarens, doda_servern])
def test_kill_9_av_servern_under_skrivning(
    server: Postgresserver, antal: int, doda: Callable[[Postgresserver], None], protokoll: Callable[..., None]
) -> None:
    slump, summa = Random(antal), Utslag()
    for nr in range(0, antal, AVBROTT_PER_LIGGARE):
        server.skapa_databas(f"fel{nr}", "bas")
        databas = server.adress(f"fel{nr}")
        with Skrivarprocess(replace(SKRIVAREN, databas=databas, fro=500 + nr)) as process:
            for _ in range(min(AVBROTT_PER_LIGGARE, antal - nr)):
                process.bokfor_minst(process.konto.poster + 1)
                process.bokfor(slump.random() * 0.2)
                doda(server)
                forbindelse_nar_det_gar(server).close()
            konto = process.doda()
        forbindelse_nar_det_gar(server).close()
        assert konto.bekraftade
        utslag = granska(databas, [konto])
        utslag.kontrollera()
        summa.lagg_till(utslag)
    vad = "servern (postmaster)" if doda is doda_servern else "den serverprocess som skriver"
    protokoll(f"kill -9 av {vad} under skrivning", antal, summa.som_text(), databas)
