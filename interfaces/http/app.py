"""The HTTP application of a ledger: every declared route, behind one guard.

The library underneath is synchronous, so what reads the ledger is run in threads. Nothing is fetched from elsewhere:
there is no interactive documentation page and no telemetry, only the description at ``/v1/openapi``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from inspect import iscoroutinefunction
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

from application.registreringsko import Registreringsko
from interfaces.bootstrap import Tjanster
from interfaces.http.adress import Adress, Anrop, Rum, Vakt
from interfaces.http.adresser import ADRESSER
from interfaces.http.kropp import las_kropp, las_strom
from interfaces.http.matare import ADRESS, Matare, Matvarden
from interfaces.http.openapi import beskrivning
from interfaces.http.problem import lagg_till_felhantering
from interfaces.http.vackare import Vackare


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

    vackare = Vackare()
    ko = Registreringsko(tjanster.huvudbok, tjanster.registrator, vackare.vack)
    rum = Rum(tjanster, tjanster.under_skydd(), ko, vackare, Matvarden(), kommun, publik_adress)

    @asynccontextmanager
    async def livstid(_: FastAPI) -> AsyncIterator[None]:
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
    lagg_till_felhantering(app)
    app.add_middleware(Matare, varden=rum.matvarden)  # added last: outermost
    for adress in ADRESSER:
        svara = _svarare(adress, rum, vakt)
        app.add_route(adress.vag, svara, [adress.metod], name=adress.namn)
    return app


def _svarare(adress: Adress, rum: Rum, vakt: Vakt) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers at a route: let in, read, answer, let out – in that order at every one of them."""
    hanterare = adress.operation.hanterare
    vantas_pa = iscoroutinefunction(hanterare)

    async def svara(request: Request) -> Response:
        request.scope[ADRESS].append(adress.namn)
        behorig = await vakt.slapp_in(request, adress)
        strom = las_strom(request.path_params["id"]) if "id" in request.path_params else None
        kropp = await las_kropp(request, adress.operation.intag) if adress.operation.kropp is not None else b""
        anrop = Anrop(request, adress, rum, vakt, behorig, strom, kropp)
        if vantas_pa:
            svar = await cast(Awaitable[Response], hanterare(anrop))
        else:
            svar = await run_in_threadpool(cast(Callable[[Anrop], Response], hanterare), anrop)
        return vakt.slapp_ut(anrop, svar)

    return svara
