"""The description of the API (OpenAPI 3.1), made from the declared routes.

Swedish is the language of ``summary`` and ``description``; beside each stands the same in English (``x-summary-en``,
``x-description-en``), from the one table in ``interfaces.http.engelska``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from fastapi import Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from application.behorighet.ord import Rojer
from domain.begrepp import Samling
from interfaces.http import problemexempel
from interfaces.http.adress import Adress, Anrop, Operation, Svarsslag
from interfaces.http.engelska import tvasprakig
from interfaces.http.exempelsvar import exempelsvar
from interfaces.http.modeller import Fel, Problemsvar
from interfaces.http.ominfo import INFO, SERVER
from interfaces.http.parametrar import HUVUDEN, PARAMETRAR, SCHEMAN, VAGDELAR, exempel_pa, las_parametrar
from interfaces.http.svar import json_svar

BAS = "/v1"

_REFERENS = "#/components/schemas/{model}"
_SVARSHUVUDEN = {
    "ETag": "Svarets fingeravtryck, att ange i If-None-Match. För en ström börjar det med strömmens version och går "
    "att ange i If-Match.",
    "Link": "Adressen som svarar likadant för alltid (rel=memento), och den som svarar enligt vad som nu är känt.",
    "Memento-Datetime": "Vad som var känt, enligt RFC 7089.",
    "Location": "Var händelsen läses.",
    "Retry-After": "Sekunder att vänta innan begäran sänds igen.",
}


@cache
def beskrivning(publik_adress: str | None = None) -> dict[str, Any]:
    """Return the description of the API as it is reached at an address; made once."""
    from interfaces.http.adresser import ADRESSER  # noqa: PLC0415 - the description is one of the routes

    vagar: dict[str, dict[str, Any]] = {}
    beskrivna = [adress for adress in ADRESSER if adress.vag.startswith(BAS)]
    for adress in beskrivna:
        vagar.setdefault(adress.vag.removeprefix(BAS), {})[adress.metod.lower()] = _operation(adress)
    server = {**SERVER, "url": f"{(publik_adress or '').rstrip('/')}{BAS}"}
    dokument: dict[str, Any] = tvasprakig({
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [server],
        "tags": [{"name": tagg} for tagg in dict.fromkeys(adress.operation.tagg for adress in beskrivna)],
        "paths": vagar,
        "components": {"schemas": _scheman(beskrivna), "headers": _huvuden(), "responses": problemexempel.svaren()},
    })  # fmt: skip
    return dokument


def _operation(adress: Adress) -> dict[str, Any]:
    operation = adress.operation
    svar = {str(status): _svar(adress, status, slag) for status, slag in operation.svar.items()}
    problem = {str(s): {"$ref": f"#/components/responses/Problem{s}"} for s in problemexempel.statusar(adress)}
    return {
        "operationId": adress.namn,
        "summary": operation.sammanfattning,
        "description": operation.beskrivning,
        "tags": [operation.tagg],
        "parameters": list(_parametrar(adress)),
        **({"requestBody": operation.kropp} if operation.kropp is not None else {}),
        "responses": {**svar, **problem},
    }


def _parametrar(adress: Adress) -> Iterable[dict[str, Any]]:
    operation = adress.operation
    for namn in re.findall(r"{(\w+)}", adress.vag):
        yield {"name": namn, "in": "path", "required": True, **VAGDELAR[namn], "example": exempel_pa(namn, adress.vag)}
    for namn in operation.parametrar:
        schema = SCHEMAN.get(namn, {"type": "string"})
        yield {
            "name": namn, "in": "query", "required": False, "description": PARAMETRAR[namn], "schema": schema,
            "example": exempel_pa(namn, adress.vag),
        }  # fmt: skip
    for namn in operation.alla_huvuden:
        text, exemplet = HUVUDEN[namn]
        yield {
            "name": namn, "in": "header", "required": False, "description": text, "schema": {"type": "string"},
            "example": exemplet,
        }  # fmt: skip


def _svar(adress: Adress, status: int, slag: Svarsslag) -> dict[str, Any]:
    schema = slag.schema if slag.modell is None else {"$ref": _REFERENS.format(model=slag.modell.__name__)}
    svar: dict[str, Any] = {"description": slag.text}
    if schema is not None:
        exempel = exempelsvar(adress.namn, status)
        svar["content"] = {slag.medietyp: {"schema": schema, "examples": {"exempel": {"value": exempel}}}}
        for medietyp, text in slag.andra.items():
            svar["content"][medietyp] = {"schema": {"type": "string"}, "examples": {"exempel": {"value": text}}}
    namn: tuple[str, ...] = ()
    if "kantDen" in adress.operation.parametrar:
        namn = ("ETag", "Link", "Memento-Datetime")
    elif "If-Match" in adress.operation.huvuden:
        namn = ("ETag", "Location")
    if adress.rojer is Rojer.SKRIVNING and adress.samling is not None:
        svar["links"] = _lankar(adress.samling)
    if namn:
        svar["headers"] = {n: {"$ref": f"#/components/headers/{n}"} for n in namn}
    return svar


def _lankar(samling: Samling) -> dict[str, Any]:
    """Return what can be asked of a stream that something was recorded in."""
    strom = {"id": "$request.path.id"}
    return {
        namn: {"operationId": f"{operation}{samling.value}", "parameters": strom, "description": text}
        for namn, operation, text in (
            ("tillstand", "las-", "Läs vad som gäller i strömmen."),
            ("handelser", "las-handelser-i-", "Läs strömmens händelser."),
            ("nasta", "registrera-i-", "Registrera en händelse till."),
        )
    }


def _huvuden() -> Mapping[str, Any]:
    return {namn: {"description": text, "schema": {"type": "string"}} for namn, text in _SVARSHUVUDEN.items()}


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
    return json_svar(beskrivning(anrop.rum.publik_adress))


LAS = Operation(
    las,
    "Läs beskrivningen av gränssnittet",
    "Den här beskrivningen, enligt OpenAPI 3.1, på svenska och engelska (x-description-en).",
    "Om gränssnittet",
    {200: Svarsslag("Beskrivningen.", schema={"type": "object"})},
)
