"""Clients, each with a connection that it keeps, and what they met."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import NamedTuple

import psutil

from benchmarks.last.begaran import Sandning


class Sort(NamedTuple):
    """Clients that do the same.

    Attributes:
        klienter: what each of them sends.
        takt: requests per second of all of them together; None: each sends as soon as it has its answer.
    """

    klienter: Sequence[Sandning]
    takt: float | None = None


class Matning(NamedTuple):
    """What clients met: answers per second, and times to answer in milliseconds.

    ``cpu`` is the server's own time per answer, in milliseconds: on a machine that others use too, only that says
    something about the server. Where several kinds of request are sent at once it is for all of them.
    """

    takt: float
    median: float
    p95: float
    p99: float
    fel: int
    cpu: float = 0.0

    @classmethod
    def medianen(cls, omgangar: Sequence[Matning]) -> Matning:
        """Return the median of each figure over some rounds, and all errors."""
        takt, mitten, p95, p99, fel, cpu = zip(*omgangar, strict=True)
        return cls(median(takt), median(mitten), median(p95), median(p99), sum(fel), median(cpu))


class Klient:
    """A connection that is kept, with as little work per request as can be."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self._uttag = socket.create_connection(("127.0.0.1", port))
        self._uttag.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def fraga(self, begaran: bytes) -> int:
        """Send a request, read its whole answer and return the status."""
        self._uttag.sendall(begaran)
        svar = b""
        while b"\r\n\r\n" not in svar:
            svar += self._uttag.recv(65536)
        huvud, _, kropp = svar.partition(b"\r\n\r\n")
        kvar = int(huvud.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]) - len(kropp)
        while kvar > 0:
            kvar -= len(self._uttag.recv(65536))
        return int(huvud[9:12])

    def stang(self) -> None:
        """Close the connection."""
        self._uttag.close()


def belasta(port: int, process: psutil.Process, sorter: Sequence[Sort], sekunder: float) -> list[Matning]:
    """Let clients go on for a time, and return what each sort of them met.

    Where requests have a rate, the time to an answer is counted from when the request was due, so that a server that
    falls behind is not asked more seldom for it.
    """
    tider: list[list[float]] = [[] for _ in sorter]
    fel = [0] * len(sorter)
    borjan = perf_counter() + 0.1
    slut = borjan + sekunder

    def en(nr: int, plats: int) -> None:
        sort, klient, antal = sorter[nr], Klient(port), 0
        paus = None if sort.takt is None else len(sort.klienter) / sort.takt
        nasta = borjan if paus is None else borjan + paus * plats / len(sort.klienter)
        while True:
            da = max(nasta, perf_counter()) if paus is None else nasta + antal * paus
            if da >= slut:
                break
            sand = sort.klienter[plats]()
            sleep(max(0.0, da - perf_counter()))
            start = perf_counter() if paus is None else da
            status = klient.fraga(sand)
            tider[nr].append(perf_counter() - start)
            fel[nr] += status not in (200, 201)
            antal += 1
        klient.stang()

    tradar = [
        threading.Thread(target=en, args=(nr, plats))
        for nr, sort in enumerate(sorter)
        for plats in range(len(sort.klienter))
    ]
    fore = _cpu(process)
    with _taltmodigt():
        for trad in tradar:
            trad.start()
        for trad in tradar:
            trad.join()
    per_svar = (_cpu(process) - fore) * 1000 / max(1, sum(map(len, tider)))
    tog = perf_counter() - borjan
    return [_sammanfatta(ett, antal_fel, tog, per_svar) for ett, antal_fel in zip(tider, fel, strict=True)]


def minne(process: psutil.Process) -> int:
    """Return how much memory a server holds, in bytes."""
    return int(process.memory_info().rss)


@contextmanager
def _taltmodigt() -> Iterator[None]:
    """Let the threads of the clients take turns often: one that has got its answer is not to wait for another's."""
    vanligt = sys.getswitchinterval()
    sys.setswitchinterval(0.000_2)
    try:
        yield
    finally:
        sys.setswitchinterval(vanligt)


def _cpu(process: psutil.Process) -> float:
    tider = process.cpu_times()
    return float(tider.user + tider.system)


def _sammanfatta(tider: list[float], fel: int, sekunder: float, cpu: float) -> Matning:
    hundradelar = quantiles(tider, n=100) if len(tider) > 1 else [0.0] * 99
    mitten, p95, p99 = (hundradelar[nr - 1] * 1000 for nr in (50, 95, 99))
    return Matning(len(tider) / sekunder, mitten, p95, p99, fel, cpu)
