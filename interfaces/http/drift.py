"""Whether the process lives and whether the ledger can be read."""

from __future__ import annotations

from fastapi import Response

from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.modeller import Levande, Redo
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import Problem, logga_fel
from interfaces.http.svar import json_svar


async def livez(anrop: Anrop) -> Response:
    """Answer."""
    las_parametrar(anrop.request, ())
    return json_svar({"status": "lever"})


def readyz(anrop: Anrop) -> Response:
    """Read the last position."""
    las_parametrar(anrop.request, ())
    try:
        position = anrop.tjanster.huvudbok.antal()
    except Exception as fel:
        referens = logga_fel(fel)
        detalj = f"Databasen går inte att läsa. Felet är loggat med referensen {referens}."
        raise Problem(503, "inte-redo", detalj, referens=referens) from fel
    return json_svar({"status": "redo", "databas": "ok", "position": position})


LIVEZ = Operation(
    livez,
    "Lever processen?",
    "Svarar så länge processen lever.",
    "Drift",
    {200: Svarsslag("Processen lever.", Levande)},
)
READYZ = Operation(
    readyz,
    "Är liggaren redo?",
    "Läser ur databasen och svarar med liggarens sista position.",
    "Drift",
    {200: Svarsslag("Liggaren är redo.", Redo)},
)
