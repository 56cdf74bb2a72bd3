"""How a client gets a token for this server (RFC 9728)."""

from __future__ import annotations

from fastapi import Response

from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.modeller import SkyddadResurs
from interfaces.http.parametrar import las_parametrar
from interfaces.http.svar import json_svar


async def las(anrop: Anrop) -> Response:
    """Answer with what the guard says of itself."""
    las_parametrar(anrop.request, ())
    return json_svar(dict(anrop.vakt.metadata))


LAS = Operation(
    las,
    "Läs hur man får en token",
    "Vilken tjänst en token ska vara avsedd för och vem som ger ut den, enligt RFC 9728.",
    "Om gränssnittet",
    {200: Svarsslag("Uppgifterna.", SkyddadResurs)},
)
