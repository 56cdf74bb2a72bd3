"""Measures every request, logs it, and gives every answer the headings of safety.

Outermost, so that answers to what nobody foresaw are counted too.
"""

from __future__ import annotations

import logging
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interfaces.http.logg import BEGARAN

ADRESS = "liggare.adress"
"""Where in a request's scope the name of its operation is left, in a list that middlewares share."""

INGEN = "ingen"
"""The operation of a request to an address that does not exist."""

_HINKAR = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_ALLTID = (
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Matvarden:
    """What is measured, in a registry of its own."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.register = CollectorRegistry()
        ProcessCollector(registry=self.register)
        GCCollector(registry=self.register)
        etiketter = ("operation", "status")
        self.svar = Counter("liggare_http_svar", "Svar.", etiketter, registry=self.register)
        self.sekunder = Histogram(
            "liggare_http_sekunder", "Tid till svar.", ("operation",), buckets=_HINKAR, registry=self.register
        )
        self.pagaende = Gauge("liggare_http_pagaende", "Begäranden som besvaras.", registry=self.register)
        self.vantande = Gauge("liggare_ko_vantande", "Händelser som väntar på att skrivas.", registry=self.register)
        self.position = Gauge("liggare_position", "Liggarens sista position.", registry=self.register)


class Matare:
    """Measures an application."""

    def __init__(self, app: ASGIApp, varden: Matvarden) -> None:
        """Measure an application with these."""
        self._app, self._varden = app, varden

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        namn: list[str] = []
        borjan, status = perf_counter(), 0

        async def sand(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), *_ALLTID]}
            await send(message)

        self._varden.pagaende.inc()
        try:
            await self._app({**scope, ADRESS: namn}, receive, sand)
        finally:
            self._varden.pagaende.dec()
            self._anteckna(namn[0] if namn else INGEN, scope["method"], status, perf_counter() - borjan)

    def _anteckna(self, operation: str, metod: str, status: int, tid: float) -> None:
        self._varden.svar.labels(operation, status or "avbruten").inc()
        self._varden.sekunder.labels(operation).observe(tid)
        if BEGARAN.isEnabledFor(logging.INFO):
            falt = {
                "operation": operation,
                "metod": metod,
                "status": status,
                "ms": round(tid * 1000, 1),
            }
            BEGARAN.info("besvarad" if status else "avbruten", extra={"falt": falt})
