"""The event catalogue over HTTP: which events there are, and the JSON Schema of one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import FastAPI, Path, Request, Response

from application.faltfel import visa
from application.handelsekatalog.post import handelsetyper, post, samlingar
from application.handelsekatalog.schema import radschema
from domain.handelse import HANDELSETYPER, Handelse
from domain.katalog import lasbara_versioner
from interfaces.http.modeller import Handelsetyplista
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import Problem
from interfaces.http.svar import json_svar

_SCHEMATYP = "application/schema+json"


class Handelsetyper:
    """The endpoints on the event catalogue."""

    def lagg_till(self, app: FastAPI) -> None:
        """Add the routes to an application; they come before those of streams, whose paths would take them."""
        app.add_api_route(
            "/v1/handelsetyper",
            self.lista,
            methods=["GET"],
            response_model=Handelsetyplista,
            summary="Lista händelserna",
            description="Alla händelser som tas emot, med samling, version och vad de säger.",
            response_description="Händelserna.",
            tags=["Händelser"],
        )
        app.add_api_route(
            "/v1/handelsetyper/{typ}",
            self.schema,
            methods=["GET"],
            summary="Läs en händelses JSON Schema",
            description="Schemat för en rad i en importfil med händelsen i sin senaste version. Över HTTP står samling "
            "och id i adressen.",
            response_class=Response,
            response_description="Schemat, enligt JSON Schema 2020-12.",
            responses={200: {"content": {_SCHEMATYP: {"schema": {"type": "object"}}}}},
            tags=["Händelser"],
        )

    def lista(self, request: Request) -> Response:
        """List the events."""
        las_parametrar(request, ())
        return json_svar({"handelsetyper": [_beskrivning(klass) for klass in handelsetyper()]})

    def schema(self, request: Request, typ: Annotated[str, Path(description="Händelsens lagrade namn.")]) -> Response:
        """Answer with the schema of an event."""
        las_parametrar(request, ())
        klass = HANDELSETYPER.get(typ)
        if klass is None or not samlingar(klass):
            raise Problem(404, "okand-handelsetyp", f"{visa(typ)} är ingen händelsetyp; se /v1/handelsetyper.")
        return json_svar(radschema(klass), huvuden={"Content-Type": _SCHEMATYP})


def _beskrivning(klass: type[Handelse]) -> dict[str, Any]:
    p = post(klass.typ)
    return {
        "typ": klass.typ,
        "version": klass.schemaversion,
        "versioner": lasbara_versioner(klass.typ),
        "samlingar": [samling.value for samling in samlingar(klass)],
        "rubrik": p.rubrik,
        "beskrivning": p.beskrivning,
    }
