"""The account: what writers were told is recorded, kept outside them, and held against the ledger afterwards."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from application.fragetolkning import tolka_fraga
from application.tolkning import tolka
from domain.tid import mikrosekunder
from interfaces.bootstrap import Tjanster, koppla
from tests.faults.skrivare import (
    Bekraftad,
    Bekraftad_bunt,
    Data,
    Nekad,
    Uppdrag,
    buntar,
    historia,
    importera,
    registrera,
    skriv,
)
from tests.infrastructure.test_ombyggnad import klocka

_SAMMANHANG = multiprocessing.get_context("forkserver")
# A process that is forked from one that has imported everything starts in some milliseconds.
_SAMMANHANG.set_forkserver_preload(["tests.faults.skrivare", "pytest"])

BASEN = Uppdrag("", fro=1, antal=120)
"""The history that is in the ledger before all faults, recorded at one instant long ago."""

NYCKEL = "LIGGARE_NYCKEL"
"""Names the key ring of all ledgers here (``conftest.nyckelring``)."""

Gor = Callable[[Uppdrag, Connection], None]

TALAMOD = 60.0
"""Seconds to wait for a process before the test fails."""


@dataclass
class Konto:
    """What one writer was told, in order."""

    uppdrag: Uppdrag
    bekraftade: list[Bekraftad] = field(default_factory=list)
    buntar: list[Bekraftad_bunt] = field(default_factory=list)
    nekade: list[Nekad] = field(default_factory=list)

    def skriv_in(self, post: Any) -> None:
        """Take down one thing that the writer told; that it is ready is not for the account."""
        match post:
            case Bekraftad():
                self.bekraftade.append(post)
            case Bekraftad_bunt():
                self.buntar.append(post)
            case Nekad():
                self.nekade.append(post)

    def nu(self) -> Konto:
        """Return the account as it is now; what is acknowledged later does not belong to it."""
        return replace(self, bekraftade=[*self.bekraftade], buntar=[*self.buntar], nekade=[*self.nekade])

    @property
    def poster(self) -> int:
        return len(self.bekraftade) + len(self.buntar) + len(self.nekade)


def _borja(gor: Gor, uppdrag: Uppdrag, ror: Connection, nyckelfil: str | None) -> None:
    """Begin in a process whose environment is that of the process it was forked from, not of the one that asked."""
    os.environ.pop(NYCKEL, None)
    if nyckelfil is not None:
        os.environ[NYCKEL] = nyckelfil
    gor(uppdrag, ror)


class Skrivarprocess:
    """A writer in a process of its own, and its account."""

    def __init__(self, uppdrag: Uppdrag, gor: Gor = skriv) -> None:
        self.konto = Konto(uppdrag)
        self._ror, dess_ror = _SAMMANHANG.Pipe(duplex=False)
        self._process = _SAMMANHANG.Process(
            target=_borja, args=(gor, uppdrag, dess_ror, os.environ.get(NYCKEL)), daemon=True
        )
        self._process.start()
        dess_ror.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, typ: type[BaseException] | None, fel: BaseException | None, spar: TracebackType | None) -> None:
        if self._process.is_alive():
            self.doda()
        self._process.join()
        self._ror.close()
        self._process.close()

    def vanta_tills_redo(self) -> None:
        """Wait for the first thing the writer says."""
        assert self._ror.poll(TALAMOD), "skrivaren kom aldrig igång"
        self.konto.skriv_in(self._ror.recv())

    def bokfor(self, sekunder: float) -> None:
        """Take down what the writer tells for so long."""
        slut = time.monotonic() + sekunder
        while (kvar := slut - time.monotonic()) > 0 and self._ror.poll(kvar):
            if not self._en_post():
                return

    def bokfor_minst(self, poster: int) -> None:
        """Take down until the account has so many entries, or the writer has no more to tell."""
        slut = time.monotonic() + TALAMOD
        while self.konto.poster < poster:
            assert self._ror.poll(max(slut - time.monotonic(), 0)), "skrivaren har tystnat"
            if not self._en_post():
                return

    def bokfor_allt(self) -> Konto:
        """Take down until the writer is done, which it must be by itself and without an error."""
        self._bokfor_till_slutet()
        self._process.join()
        assert self._process.exitcode == 0
        return self.konto

    def _bokfor_till_slutet(self) -> None:
        while self._ror.poll(TALAMOD):
            if not self._en_post():
                return
        msg = "skrivaren har tystnat"
        raise AssertionError(msg)

    def _en_post(self) -> bool:
        try:
            self.konto.skriv_in(self._ror.recv())
        except (EOFError, OSError):  # it died, perhaps in the middle of a sentence
            return False
        return True

    def signal(self, vilken: int) -> None:
        """Send the process a signal."""
        pid = self._process.pid
        assert pid is not None
        os.kill(pid, vilken)

    def doda(self) -> Konto:
        """End the process with SIGKILL, and take down what it had told."""
        with suppress(ProcessLookupError):  # it was done before
            self.signal(signal.SIGKILL)
        self._process.join()
        self._bokfor_till_slutet()
        return self.konto


@dataclass
class Utslag:
    """What the account came to against the ledger; all but the first two must be zero."""

    bekraftade: int = 0
    i_loggen: int = 0
    forlorade: int = 0
    dubbla: int = 0
    pahittade: int = 0
    andrade: int = 0

    def lagg_till(self, annat: Utslag) -> None:
        for namn in ("bekraftade", "forlorade", "dubbla", "pahittade", "andrade"):
            setattr(self, namn, getattr(self, namn) + getattr(annat, namn))
        self.i_loggen = annat.i_loggen

    def som_text(self) -> str:
        return (
            f"{self.bekraftade} bekräftade händelser sökta: {self.forlorade} förlorade, {self.dubbla} dubbla, "
            f"{self.pahittade} påhittade, {self.andrade} ändrade"
        )

    def kontrollera(self) -> None:
        assert (self.forlorade, self.dubbla, self.pahittade, self.andrade) == (0, 0, 0, 0), self


def granska(databas: str, konton: Iterable[Konto]) -> Utslag:
    """Open the ledger as after a restart, verify it whole, and hold every account against it."""
    tjanster = koppla(databas, skapa=False)
    try:
        svar = tjanster.verifierare.verifiera()
        assert svar.hel, svar.brister
        assert bastabell(tjanster) == svaret_fore()
        return hall_mot(tjanster, list(konton))
    finally:
        tjanster.stang()


def skapa_basen(databas: str) -> Any:
    """Make the ledger that faults happen to, and return what its table says."""
    tjanster = koppla(databas, klocka=klocka)
    for data in historia(BASEN):
        registrera(tjanster, data)
    svar = bastabell(tjanster)
    tjanster.stang()
    return svar


@cache
def svaret_fore() -> Any:
    """Return what the table says of a ledger that nothing has happened to."""
    return skapa_basen(":memory:")


def hall_mot(tjanster: Tjanster, konton: list[Konto]) -> Utslag:
    """Hold accounts against the log; what was sent is known, since the histories can be made again."""
    logg = tjanster.huvudbok.las_logg(0, 10_000_000)
    antal = Counter(str(kuvert.forslag.handelse_id) for kuvert in logg)
    finns = {str(k.forslag.handelse_id): k for k in logg}
    utslag = Utslag(i_loggen=len(logg), dubbla=sum(n - 1 for n in antal.values()))
    assert [kuvert.position for kuvert in logg] == list(range(1, len(logg) + 1))
    sanda: dict[str, Data] = {data["handelseId"]: data for data in historia(BASEN)}
    for konto in konton:
        sanda |= {data["handelseId"]: data for data in historia(konto.uppdrag)}
        for post in konto.bekraftade:
            if post.position is None:
                continue
            utslag.bekraftade += 1
            kuvert = finns.get(post.handelse_id)
            if kuvert is None:
                utslag.forlorade += 1
            elif (kuvert.position, kuvert.lov, _tid(kuvert.registrerad)) != (post.position, post.lov, post.registrerad):
                utslag.andrade += 1
        for bunt, data in zip(konto.buntar, buntar(konto.uppdrag), strict=False):
            utslag.bekraftade += bunt.nya
            utslag.forlorade += bunt.nya + bunt.fanns - sum(ett["handelseId"] in finns for ett in data)
    for handelse_id, kuvert in finns.items():
        if handelse_id not in sanda:
            utslag.pahittade += 1
        elif kuvert.forslag.handelse != tolka(sanda[handelse_id]).handelse:
            utslag.andrade += 1
    return utslag


def sand_igen(databas: str, konto: Konto) -> None:
    """Send the first batch without an answer again, as a client would: all of it is there, or nothing."""
    resten = list(buntar(konto.uppdrag))[len(konto.buntar) :]
    if not resten:
        return
    tjanster = koppla(databas, skapa=False)
    svar = importera(tjanster, len(konto.buntar), resten[0])
    tjanster.stang()
    assert 0 in (svar.nya, svar.fanns), f"halva bunten fanns: {svar}"
    konto.buntar.append(svar)


def bastabell(tjanster: Tjanster) -> Any:
    """Return the table that every restart must answer unchanged: care days as they were known before all faults."""
    fraga = tolka_fraga(
        "vardygn",
        fran="2019-01-01",
        till="2019-12-31",
        galler_den="2019-12-31",
        kant_den="2020-01-01",
        gruppera="malgrupp,manad",
        nu=tjanster.klocka(),
    )
    svar = tjanster.fragor.svara(fraga)
    assert svar.totalt
    return svar.totalt, dict(svar.varden)


def _tid(tid: Any) -> int | None:
    return mikrosekunder(tid) if tid is not None else None
