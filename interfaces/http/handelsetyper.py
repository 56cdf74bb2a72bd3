"""The event catalogue over HTTP: which events there are, and the JSON Schema of one."""

from __future__ import annotations

from fastapi import Response

from application.faltfel import visa
from application.handelsekatalog.post import handelsetyper, huvud, samlingar
from application.handelsekatalog.schema import radschema
from domain.handelse import HANDELSETYPER
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.modeller import Handelsetyplista
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import Problem
from interfaces.http.svar import json_svar

_SCHEMATYP = "application/schema+json"


def lista(anrop: Anrop) -> Response:
    """List the events."""
    las_parametrar(anrop.request, ())
    return json_svar({"handelsetyper": [huvud(klass) for klass in handelsetyper()]})


def schema(anrop: Anrop) -> Response:
    """Answer with the schema of an event."""
    las_parametrar(anrop.request, ())
    typ = anrop.request.path_params["typ"]
    klass = HANDELSETYPER.get(typ)
    if klass is None or not samlingar(klass):
        raise Problem(404, "okand-handelsetyp", f"{visa(typ)} är ingen händelsetyp; se /v1/handelsetyper.")
    return json_svar(radschema(klass), huvuden={"Content-Type": _SCHEMATYP})


LISTA = Operation(
    lista,
    "Lista händelserna",
    "Alla händelser som tas emot, med samling, version och vad de säger.",
    "Händelser",
    {200: Svarsslag("Händelserna.", Handelsetyplista)},
)
SCHEMA = Operation(
    schema,
    "Läs en händelses JSON Schema",
    "Schemat för en rad i en importfil med händelsen i sin senaste version. Över HTTP står samling och id i adressen.",
    "Händelser",
    {200: Svarsslag("Schemat, enligt JSON Schema 2020-12.", medietyp=_SCHEMATYP, schema={"type": "object"})},
)
