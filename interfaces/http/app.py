"""The HTTP application of a ledger: every declared route, behind one guard.

The library underneath is synchronous, so what reads the ledger is run in threads. Nothing is fetched from elsewhere:
there is no interactive documentation page and no telemetry, only the description at ``/v1/openapi``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from inspect import iscoroutinefunction
from typing import cast
from uuid import UUID

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

from application.behorighet.behorig import Behorig
from application.registreringsko import Registreringsko
from domain.katalog import fullborda
from interfaces.bootstrap import Tjanster
from interfaces.http.adress import Adress, Anrop, Rum, Vakt
from interfaces.http.adresser import ADRESSER
from interfaces.http.kropp import las_kropp, las_strom
from interfaces.http.matare import ADRESS, Matare, Matvarden
from interfaces.http.openapi import beskrivning
from interfaces.http.problem import lagg_till_felhantering
from interfaces.http.vackare import Vackare

LASER_SAMTIDIGT = 8
"""Threads that answer at once; further requests wait for one. There are connections to the database for as many, and
more would only stand in each other's way."""


def skapa_app(
    tjanster: Tjanster, vakt: Vakt, *, kommun: str | None = None, publik_adress: str | None = None
) -> FastAPI:
    """Return the application of an open ledger; it closes the ledger when it stops.

    Args:
        tjanster: the ledger's services.
        vakt: decides who may do what.
        kommun: municipality code to fill in where a recorded event has the field and lacks it.
        publik_adress: where the API is reached from outside, without the version.
    """

    fullborda()  # before there are threads
    vackare = Vackare(tjanster.huvudbok.antal)
    ko = Registreringsko(tjanster.huvudbok, tjanster.registrator, vackare.vack)
    rum = Rum(tjanster, tjanster.under_skydd(), ko, vackare, Matvarden(), kommun, publik_adress)

    @asynccontextmanager
    async def livstid(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = LASER_SAMTIDIGT
        yield
        vackare.stanna()
        await run_in_threadpool(ko.stang)
        await run_in_threadpool(tjanster.stang)

    app = FastAPI(
        lifespan=livstid,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.rum = rum
    app.openapi = beskrivning  # type: ignore[method-assign]
    lagg_till_felhantering(app, rum.utifran)
    app.add_middleware(Matare, varden=rum.matvarden)  # added last: outermost
    for adress in ADRESSER:
        svara = _svarare(adress, rum, vakt)
        app.add_route(adress.vag, svara, [adress.metod], name=adress.namn)
    return app


def _svarare(adress: Adress, rum: Rum, vakt: Vakt) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers at a route: let in, read, answer, let out – in that order at every one of them."""
    hanterare = adress.operation.hanterare
    vantas_pa = iscoroutinefunction(hanterare)
    assert vantas_pa or adress.operation.kropp is None, "a thread is not kept while a body comes in"

    async def svara(request: Request) -> Response:
        request.scope[ADRESS].append(adress.namn)
        behorig = vakt.legitimera(request, adress)
        strom = las_strom(request.path_params["id"]) if "id" in request.path_params else None
        slapp_in = partial(_slapp_in, vakt, request, adress, behorig, strom)
        anrop = Anrop(request, adress, rum, vakt, behorig, strom)
        if vantas_pa:
            if behorig is not None and vakt.fragar_liggaren(adress, behorig):
                await run_in_threadpool(slapp_in)
            if adress.operation.kropp is not None:
                anrop = replace(anrop, kropp=await las_kropp(request, adress.operation.intag))
            svar = await cast(Awaitable[Response], hanterare(anrop))
        else:
            svar = await run_in_threadpool(_lasning, slapp_in, cast(Callable[[Anrop], Response], hanterare), anrop)
        return vakt.slapp_ut(anrop, svar)

    return svara


def _slapp_in(vakt: Vakt, request: Request, adress: Adress, behorig: Behorig | None, strom: UUID | None) -> None:
    if behorig is not None:
        vakt.slapp_in(request, adress, behorig, strom)


def _lasning(slapp_in: Callable[[], None], hanterare: Callable[[Anrop], Response], anrop: Anrop) -> Response:
    """Let in and answer in one thread: every change of threads waits for its turn."""
    slapp_in()
    return hanterare(anrop)
