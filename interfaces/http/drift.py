"""How the server is: whether the process lives, whether it can do its work, and its figures; and what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from application.registreringsko import HOGST_I_KO
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.modeller import Levande, Omgranssnittet, Redo
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import Problem, logga_fel
from interfaces.http.svar import json_svar

VERSION = "1"
UTGIVEN = "2026-11-26"
"""The day that this version of the API was published."""

_TAGG = "Drift"


async def livez(anrop: Anrop) -> Response:
    """Answer."""
    las_parametrar(anrop.request, ())
    return json_svar({"status": "lever"})


def readyz(anrop: Anrop) -> Response:
    """Answer whether everything that work needs is there, and if not, what is wrong."""
    las_parametrar(anrop.request, ())
    brister = {namn: brist for namn, prov in _PROV.items() if (brist := prov(anrop)) is not None}
    if brister:
        raise Problem(
            503,
            "inte-redo",
            " ".join(brister.values()),
            fel=[{"falt": namn, "kod": "inte-redo", "detail": brist} for namn, brist in brister.items()],
            huvuden={"Retry-After": "5"},
        )
    position = anrop.tjanster.huvudbok.antal()
    return json_svar({"status": "redo", **dict.fromkeys(_PROV, "ok"), "position": position})


def _databasen(anrop: Anrop) -> str | None:
    try:
        anrop.tjanster.huvudbok.antal()
    except Exception as fel:
        return f"Databasen går inte att läsa. Felet är loggat med referensen {logga_fel(fel)}."
    return None


def _kon(anrop: Anrop) -> str | None:
    if anrop.rum.vackare.stannar:
        return "Servern håller på att stanna."
    if anrop.rum.ko.vantande >= HOGST_I_KO:
        return "Fler händelser väntar på att registreras än servern tar emot."
    return None


_PROV: Mapping[str, Callable[[Anrop], str | None]] = {"databas": _databasen, "registrering": _kon}
"""What is tried; each tells what is wrong, or nothing."""


def metrics(anrop: Anrop) -> Response:
    """Answer with the figures, as Prometheus reads them."""
    las_parametrar(anrop.request, ())
    varden = anrop.rum.matvarden
    varden.vantande.set(anrop.rum.ko.vantande)
    varden.position.set(anrop.tjanster.huvudbok.antal())
    huvuden = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(generate_latest(varden.register), 200, huvuden)


async def api_info(anrop: Anrop) -> Response:
    """Answer with what this API is."""
    las_parametrar(anrop.request, ())
    return json_svar({
        "apiName": "Liggare",
        "apiVersion": VERSION,
        "apiReleased": UTGIVEN,
        "apiDocumentation": anrop.rum.utifran("/v1/openapi"),
        "apiStatus": "active",
    })  # fmt: skip


LIVEZ = Operation(
    livez,
    "Lever processen?",
    "Svarar så länge processen lever.",
    _TAGG,
    {200: Svarsslag("Processen lever.", Levande)},
)
READYZ = Operation(
    readyz,
    "Är liggaren redo?",
    "Läser ur databasen och prövar att händelser kan tas emot. Svarar med liggarens sista position, eller med vad som "
    "brister.",
    _TAGG,
    {200: Svarsslag("Liggaren är redo.", Redo)},
)
METRICS = Operation(
    metrics,
    "Läs serverns mätvärden",
    "Antal svar och svarstider per operation, köns längd, sista positionen och processens minne, för Prometheus.",
    _TAGG,
    {200: Svarsslag("Mätvärdena.", medietyp="text/plain", schema={"type": "string"})},
)
API_INFO = Operation(
    api_info,
    "Läs om gränssnittet",
    "Gränssnittets namn, version och status, enligt den nationella REST API-profilen.",
    "Om gränssnittet",
    {200: Svarsslag("Om gränssnittet.", Omgranssnittet)},
)
