"""The HTTP application of a ledger.

The library underneath is synchronous, so the endpoints are plain functions that the framework runs in threads; only
the reading of a body is asynchronous. Nothing is fetched from elsewhere: there is no interactive documentation page
and no telemetry, only the description at ``/v1/openapi.json``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from interfaces.bootstrap import Tjanster
from interfaces.http.handelsetyper import Handelsetyper
from interfaces.http.matt import Mattadresser
from interfaces.http.modeller import Fel, Levande, Problemsvar, Redo
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import MEDIETYP, Problem, lagg_till_felhantering, logga_fel
from interfaces.http.strommar import Strommar
from interfaces.http.svar import json_svar

OPENAPI_ADRESS = "/v1/openapi.json"

_BESKRIVNING = """Liggare är socialnämndens händelseliggare: uppgifter läggs till och ändras aldrig.

Varje fråga har två tider: **gallerDen** är dagen som frågan gäller, **kantDen** är vad som var känt. Samma fråga med
samma kantDen ger alltid samma svar. Ett fel rättas med en ny händelse som anger vilken den rättar.

Datum skrivs ÅÅÅÅ-MM-DD, tidpunkter i UTC enligt RFC 3339 och belopp som text i kronor. Fel svaras enligt RFC 9457."""

_FELSVAR: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "Begäran går inte att uppfylla. Svaret säger varför och vad som är tillåtet.",
        "content": {MEDIETYP: {"schema": {"$ref": "#/components/schemas/Problemsvar"}}},
    },
    "5XX": {
        "description": "Liggaren kunde inte svara.",
        "content": {MEDIETYP: {"schema": {"$ref": "#/components/schemas/Problemsvar"}}},
    },
}


def skapa_app(tjanster: Tjanster, *, kommun: str | None = None) -> FastAPI:
    """Return the application of an open ledger; it closes the ledger when it stops.

    Args:
        tjanster: the ledger's services.
        kommun: municipality code to fill in where a recorded event has the field and lacks it.
    """

    @asynccontextmanager
    async def livstid(_: FastAPI) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(tjanster.stang)

    app = FastAPI(
        title="Liggare",
        summary="Socialnämndens händelseliggare",
        description=_BESKRIVNING,
        version="1",
        lifespan=livstid,
        openapi_url=OPENAPI_ADRESS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=_FELSVAR,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    lagg_till_felhantering(app)
    _Halsa(tjanster).lagg_till(app)
    Mattadresser(tjanster).lagg_till(app)
    Handelsetyper().lagg_till(app)
    Strommar(tjanster, kommun).lagg_till(app)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


class _Halsa:
    """Whether the process lives and whether the ledger can be read."""

    def __init__(self, tjanster: Tjanster) -> None:
        self._tjanster = tjanster

    def lagg_till(self, app: FastAPI) -> None:
        app.add_api_route(
            "/v1/livez", self.livez, methods=["GET"], response_model=Levande, tags=["Drift"],
            summary="Lever processen?", description="Svarar så länge processen lever.",
            response_description="Processen lever.",
        )  # fmt: skip
        app.add_api_route(
            "/v1/readyz", self.readyz, methods=["GET"], response_model=Redo, tags=["Drift"],
            summary="Är liggaren redo?", description="Läser ur databasen och svarar med liggarens sista position.",
            response_description="Liggaren är redo.",
        )  # fmt: skip

    def livez(self, request: Request) -> Response:
        """Answer."""
        las_parametrar(request, ())
        return json_svar({"status": "lever"})

    def readyz(self, request: Request) -> Response:
        """Read the last position."""
        las_parametrar(request, ())
        try:
            position = self._tjanster.huvudbok.antal()
        except Exception as fel:
            referens = logga_fel(fel)
            detalj = f"Databasen går inte att läsa. Felet är loggat med referensen {referens}."
            raise Problem(503, "inte-redo", detalj, referens=referens) from fel
        return json_svar({"status": "redo", "databas": "ok", "position": position})


def _openapi(app: FastAPI) -> dict[str, Any]:
    """Return the description of the API; made once."""
    if app.openapi_schema is None:
        dokument = get_openapi(
            title=app.title, summary=app.summary, description=app.description, version=app.version, routes=app.routes
        )
        _, problem = models_json_schema(
            [(Problemsvar, "serialization"), (Fel, "serialization")], ref_template="#/components/schemas/{model}"
        )
        dokument["components"]["schemas"].update(problem["$defs"])
        app.openapi_schema = dokument
    return app.openapi_schema
