"""How answers are written: JSON, instants in UTC, validators for caches."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from fastapi import Request, Response


def ar_forflutet(kant_den: datetime | None, nu: datetime) -> bool:
    """Return whether a question is about a moment of knowledge that has passed, so that its answer never changes."""
    return kant_den is not None and kant_den < nu


def json_svar(innehall: Any, status: int = 200, huvuden: Mapping[str, str] | None = None) -> Response:
    """Return an answer that is true now; no cache keeps it."""
    return _svar(orjson.dumps(innehall), status, {"Cache-Control": "no-store", **(huvuden or {})})


def lasbart_svar(request: Request, innehall: Any, *, fast: bool) -> Response:
    """Return an answer to a question; with a fixed basis it has a strong validator, and 304 if the client has it."""
    if not fast:
        return json_svar(innehall)
    kropp = orjson.dumps(innehall)
    etagg = f'"{hashlib.sha256(kropp).hexdigest()[:32]}"'
    huvuden = {"Cache-Control": "private, no-cache", "ETag": etagg}
    if _har_redan(request, etagg):
        return Response(None, 304, huvuden)
    return _svar(kropp, 200, huvuden)


def _har_redan(request: Request, etagg: str) -> bool:
    kanda = [t.strip() for rad in request.headers.getlist("if-none-match") for t in rad.split(",")]
    return any(t == "*" or t.removeprefix("W/") == etagg for t in kanda)


def _svar(kropp: bytes, status: int, huvuden: Mapping[str, str]) -> Response:
    return Response(kropp, status, {"X-Content-Type-Options": "nosniff", **huvuden}, "application/json")
