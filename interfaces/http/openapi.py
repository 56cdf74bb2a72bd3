"""The description of the API (OpenAPI 3.1), made from the declared routes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from fastapi import Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from interfaces.http.adress import Adress, Anrop, Operation, Svarsslag
from interfaces.http.modeller import Fel, Problemsvar
from interfaces.http.parametrar import HUVUDEN, PARAMETRAR, VAGDELAR, las_parametrar
from interfaces.http.problem import MEDIETYP
from interfaces.http.svar import json_svar

_BESKRIVNING = """Liggare är socialnämndens händelseliggare: uppgifter läggs till och ändras aldrig.

Varje fråga har två tider: **gallerDen** är dagen som frågan gäller, **kantDen** är vad som var känt. Samma fråga med
samma kantDen ger alltid samma svar. Ett fel rättas med en ny händelse som anger vilken den rättar.

Datum skrivs ÅÅÅÅ-MM-DD, tidpunkter i UTC enligt RFC 3339 och belopp som text i kronor. Fel svaras enligt RFC 9457."""

_REFERENS = "#/components/schemas/{model}"
_FELSVAR = {
    "4XX": "Begäran går inte att uppfylla. Svaret säger varför och vad som är tillåtet.",
    "5XX": "Liggaren kunde inte svara.",
}


@cache
def beskrivning() -> dict[str, Any]:
    """Return the description of the API; made once."""
    from interfaces.http.adresser import ADRESSER  # noqa: PLC0415 - the description is one of the routes

    vagar: dict[str, dict[str, Any]] = {}
    for adress in ADRESSER:
        vagar.setdefault(adress.vag, {})[adress.metod.lower()] = _operation(adress)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Liggare", "summary": "Socialnämndens händelseliggare", "description": _BESKRIVNING,
            "version": "1",
        },
        "paths": vagar,
        "components": {"schemas": _scheman(ADRESSER)},
    }  # fmt: skip


def _operation(adress: Adress) -> dict[str, Any]:
    operation = adress.operation
    delar = ({"name": n, "in": "path", "required": True, **VAGDELAR[n]} for n in re.findall(r"{(\w+)}", adress.vag))
    fragor = (
        {"name": n, "in": "query", "required": False, "description": PARAMETRAR[n], "schema": {"type": "string"}}
        for n in operation.parametrar
    )
    tidsfraga = ("Accept-Datetime", "If-None-Match") if "kantDen" in operation.parametrar else ()
    huvuden = (
        {"name": n, "in": "header", "required": False, "description": HUVUDEN[n], "schema": {"type": "string"}}
        for n in (*operation.huvuden, *tidsfraga)
    )
    svar = {str(status): _svar(slag) for status, slag in operation.svar.items()}
    problem = {"schema": {"$ref": _REFERENS.format(model=Problemsvar.__name__)}}
    fel = {s: {"description": text, "content": {MEDIETYP: problem}} for s, text in _FELSVAR.items()}
    return {
        "operationId": adress.namn,
        "summary": operation.sammanfattning,
        "description": operation.beskrivning,
        "tags": [operation.tagg],
        "parameters": [*delar, *fragor, *huvuden],
        **({"requestBody": operation.kropp} if operation.kropp is not None else {}),
        "responses": {**svar, **fel},
    }


def _svar(slag: Svarsslag) -> dict[str, Any]:
    schema = slag.schema if slag.modell is None else {"$ref": _REFERENS.format(model=slag.modell.__name__)}
    innehall = {"content": {slag.medietyp: {"schema": schema}}} if schema is not None else {}
    return {"description": slag.text, **innehall}


def _scheman(adresser: Iterable[Adress]) -> dict[str, Any]:
    modeller: set[type[BaseModel]] = {Problemsvar, Fel}
    modeller |= {slag.modell for a in adresser for slag in a.operation.svar.values() if slag.modell is not None}
    alla = sorted(modeller, key=lambda modell: modell.__name__)
    _, scheman = models_json_schema([(modell, "serialization") for modell in alla], ref_template=_REFERENS)
    definitioner: dict[str, Any] = scheman["$defs"]
    return definitioner


async def las(anrop: Anrop) -> Response:
    """Answer with the description."""
    las_parametrar(anrop.request, ())
    return json_svar(beskrivning())


LAS = Operation(
    las,
    "Läs beskrivningen av gränssnittet",
    "Den här beskrivningen, enligt OpenAPI 3.1.",
    "Om gränssnittet",
    {200: Svarsslag("Beskrivningen.", schema={"type": "object"})},
)
