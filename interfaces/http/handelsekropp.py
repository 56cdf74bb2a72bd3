"""Bodies of events, as the description of the API has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from domain.begrepp import Samling
from domain.katalog import AGGREGAT
from interfaces.http.exempel import exempel, exempelrad

_OM_TYP = "Händelsetyp. Vilka fält som följer beror på den; se /v1/handelsetyper."
_FALT: Mapping[str, Mapping[str, Any]] = {
    "handelseId": {
        "type": "string",
        "format": "uuid",
        "description": "Avsändarens id. Samma händelse sänd igen ändrar ingenting. Kan stå i Idempotency-Key.",
    },
    "datum": {"type": "string", "format": "date", "description": "Dagen då händelsen fick verkan."},
    "version": {"type": "integer", "minimum": 1, "description": "Händelsetypens schemaversion. Utelämnad: 1."},
    "rattar": {
        "type": "string",
        "format": "uuid",
        "description": "handelseId för den händelse som den här ersätter eller makulerar.",
    },
    "kalla": {"type": "string", "description": "Källsystem."},
    "externId": {"type": "string", "description": "Källsystemets id för uppgiften."},
    "samling": {"type": "string", "description": "Behövs inte; måste i så fall stämma med adressen."},
    "id": {"type": "string", "format": "uuid", "description": "Behövs inte; måste i så fall stämma med adressen."},
}


def en_handelse(samling: Samling) -> dict[str, Any]:
    """Return the body of one event in a collection."""
    typer = sorted(klass.typ for klass in AGGREGAT[samling].typer)
    schema = {
        "type": "object",
        "required": ["typ", "datum"],
        "properties": {"typ": {"type": "string", "description": _OM_TYP, "enum": typer}, **_FALT},
        "additionalProperties": True,
    }
    return {
        "required": True,
        "description": 'En händelse, som ett platt JSON-objekt. Belopp är text i kronor, till exempel "1953.00".',
        "content": {"application/json": {"schema": schema, "examples": exempel(samling)}},
    }


def manga_handelser() -> dict[str, Any]:
    """Return the body of many events."""
    rader = b"".join(orjson.dumps(rad, option=orjson.OPT_APPEND_NEWLINE) for rad in exempelrad("placering.avslutad"))
    innehall = {"schema": {"type": "string"}, "examples": {"tva-rader": {"value": rader.decode()}}}
    return {
        "required": True,
        "description": "En händelse per rad, som JSON (NDJSON). Högst 1000 rader och 8 MiB.",
        "content": {"application/x-ndjson": innehall, "application/jsonl": innehall},
    }
