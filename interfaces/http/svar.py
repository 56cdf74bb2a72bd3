"""How answers are written: JSON, instants in UTC, validators for caches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import Request, Response


def json_svar(innehall: Any, status: int = 200, huvuden: Mapping[str, str] | None = None) -> Response:
    """Return an answer that is true now; no cache keeps it."""
    return kropp_svar(orjson.dumps(innehall), status, {"Cache-Control": "no-store", **(huvuden or {})})


def kropp_svar(kropp: bytes, status: int, huvuden: Mapping[str, str]) -> Response:
    """Return an answer that is written already."""
    return Response(kropp, status, {"X-Content-Type-Options": "nosniff", **huvuden}, "application/json")


def oforandrat(request: Request, etagg: str, huvuden: Mapping[str, str]) -> Response | None:
    """Return the answer 304 if the client has what it asks for; otherwise None."""
    kanda = [t.strip() for rad in request.headers.getlist("if-none-match") for t in rad.split(",")]
    har = any(t == "*" or t.removeprefix("W/") == etagg for t in kanda)
    return Response(None, 304, dict(huvuden)) if har else None
