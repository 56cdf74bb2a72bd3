"""What a route is: where it lies, what it is called, what its answers can tell, and what answers.

All routes are declared in ``interfaces.http.adresser``. A route that is not declared there does not exist, and none can
be declared without saying what it reveals, so whoever guards them can guard all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Request, Response
from pydantic import BaseModel

from application.behorighet.behorig import Behorig
from application.behorighet.ord import Rojer
from application.commands import Obehorig, Provning, Versionsvillkor
from application.envelope import Forslag
from application.registreringsko import Onskan, Registreringsko
from application.tolkning import tolka
from domain.begrepp import Samling
from interfaces.bootstrap import Tjanster
from interfaces.http.matare import Matvarden
from interfaces.http.problem import Problem
from interfaces.http.vackare import Vackare

_SKRIVTRADAR = 4
"""Bodies of many events that are read at once, and refusals that are noted."""

Svaret = TypeVar("Svaret")


@dataclass(frozen=True)
class Rum:
    """What an application holds for all its requests.

    Attributes:
        ko: where events are handed in to be recorded.
        skyddade: the services of those who may not see small figures.
        kommun: municipality code to fill in where an event has the field and lacks it.
        publik_adress: where the API is reached from outside, without the version.
    """

    tjanster: Tjanster
    skyddade: Tjanster
    ko: Registreringsko
    vackare: Vackare
    matvarden: Matvarden
    kommun: str | None = None
    publik_adress: str | None = None
    _skrivtradar: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_SKRIVTRADAR))

    @cached_property
    def _forled(self) -> str:
        return urlsplit(self.publik_adress or "").path.rstrip("/")

    def utifran(self, vag: str) -> str:
        """Return a path as whoever asks has it: a proxy may have put the API under another.

        Every path in an answer that is to be followed, or compared with one that was, goes through here.
        """
        return self._forled + vag

    async def i_skrivtrad(self, arbete: Callable[..., Svaret], *argument: Any) -> Svaret:
        """Do what recording takes long for in one of the threads that are kept for it: no question fills them."""
        return await run_sync(arbete, *argument, limiter=self._skrivtradar)


@dataclass(frozen=True)
class Anrop:
    """One request to a declared route.

    Attributes:
        behorig: who asks; None where the route is open to all.
        strom: the stream that the path names, where it names one.
        kropp: the body, where the route takes one.
    """

    request: Request
    adress: Adress
    rum: Rum
    vakt: Vakt
    behorig: Behorig | None = None
    strom: UUID | None = None
    kropp: bytes = b""

    @property
    def tjanster(self) -> Tjanster:
        """Return the ledger's services, as far as whoever asks may use them."""
        return self.rum.tjanster if self.behorig is None or self.behorig.far_se_sma_tal else self.rum.skyddade

    @property
    def vag(self) -> str:
        """Return the path of the request, as whoever asks has it."""
        return self.rum.utifran(self.request.url.path)

    @property
    def samling(self) -> Samling:
        """Return the collection that the route is about."""
        assert self.adress.samling is not None
        return self.adress.samling

    @property
    def strommen(self) -> UUID:
        """Return the stream that the path names."""
        assert self.strom is not None
        return self.strom

    def onskan(self, data: Any, villkor: Versionsvillkor | None) -> Onskan:
        """Return what a JSON object wants recorded, in the name of whoever sends it and within its rights.

        Raises:
            OgiltigHandelse: a field is missing, unknown, not allowed, or the ledger's to set.
        """
        assert self.behorig is not None
        forslag = tolka(
            data,
            kommun=self.rum.kommun,
            aktor=self.behorig.aktor,
            far_ange_registrerad=self.behorig.far_ange_registrerad,
        )
        return Onskan(forslag, villkor, self.vakt.provning(self.behorig))


Hanterare = Callable[[Anrop], Response] | Callable[[Anrop], Awaitable[Response]]
"""Answers a request: a plain function where it reads the ledger (it is run in a thread), else a coroutine."""


@dataclass(frozen=True)
class Svarsslag:
    """One way that an operation answers, as the description tells it.

    Attributes:
        andra: examples of the same answer in other media types.
    """

    text: str
    modell: type[BaseModel] | None = None
    medietyp: str = "application/json"
    schema: Mapping[str, Any] | None = None
    andra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Intag:
    """What kind of body is taken, and how large.

    Attributes:
        hogst: bytes.
    """

    medietyper: tuple[str, ...]
    hogst: int


EN_HANDELSE = Intag(("application/json",), 1024 * 1024)
MANGA_HANDELSER = Intag(("application/x-ndjson", "application/jsonl"), 8 * 1024 * 1024)


@dataclass(frozen=True)
class Operation:
    """What is done at a route, and how the description tells of it.

    Attributes:
        parametrar: the query parameters that it takes, by their names in ``interfaces.http.parametrar``.
        svar: how it answers, by status; problems not counted.
        kropp: what it takes, as the description has it; None: no body.
        intag: how a body is read, where it takes one.
        problem: statuses of problems that its kind of route does not have anyway.
        huvuden: the headings that it takes, by their names in ``interfaces.http.parametrar``.
        skiljer_ut: of figures, the dimension that a request asks for single cases by; None: it does not.
    """

    hanterare: Hanterare
    sammanfattning: str
    beskrivning: str
    tagg: str
    svar: Mapping[int, Svarsslag]
    parametrar: tuple[str, ...] = ()
    kropp: Mapping[str, Any] | None = None
    intag: Intag = EN_HANDELSE
    huvuden: tuple[str, ...] = ()
    problem: tuple[int, ...] = ()
    skiljer_ut: Callable[[Request], str | None] = lambda _: None

    @property
    def alla_huvuden(self) -> tuple[str, ...]:
        """Return the headings that it takes, those of every question that is asked as of a moment included."""
        return (*self.huvuden, *(("Accept-Datetime", "If-None-Match") if "kantDen" in self.parametrar else ()))


@dataclass(frozen=True)
class Adress:
    """A route.

    Attributes:
        namn: the operation's name for ever (``operationId``): a–z and hyphen.
        rojer: what its answers tell; figures that are asked for case by case tell of the cases (``rojer_i``).
        samling: the collection it is about, where it is about one.
    """

    metod: str
    vag: str
    namn: str
    rojer: Rojer
    operation: Operation = field(repr=False)
    samling: Samling | None = None

    def rojer_i(self, request: Request) -> Rojer:
        """Return what the answer to a request tells."""
        return self.rojer if self.operation.skiljer_ut(request) is None else Rojer.PERSONUPPGIFT


class Vakt(Protocol):
    """Stands at every declared route."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Return what a client must know to get a token (RFC 9728)."""

    def legitimera(self, request: Request, adress: Adress) -> Behorig | None:
        """Return who asks, by the heading alone and at once; None where all may.

        Raises:
            Problem: it is not said, or not proved.
        """

    def fragar_liggaren(self, adress: Adress, behorig: Behorig) -> bool:
        """Return whether letting somebody in takes a look in the ledger or a note in it, and so a thread."""

    def slapp_in(self, request: Request, adress: Adress, behorig: Behorig, strom: UUID | None) -> None:
        """Let in who may, before anything that is asked for is read.

        Raises:
            Problem: whoever asks may not, or it could not be noted.
        """

    def anteckna_sida(self, anrop: Anrop, efter: int, till: int) -> None:
        """Note what an answer that goes on is about to tell: the events after a position, up to another.

        Raises:
            Problem: it could not be noted.
        """

    def provning(self, behorig: Behorig) -> Provning | None:
        """Return what tries each event that somebody records, in the transaction that records it."""

    def nekat(self, anrop: Anrop, forslag: Forslag, nekande: Obehorig) -> Problem:
        """Return what a proposal that it refused is answered; called in a thread, before anything is.

        Raises:
            Problem: the refusal could not be noted.
        """

    def slapp_ut(self, anrop: Anrop, svar: Response) -> Response:
        """Return the answer that may be given; called before anything of it is sent."""
