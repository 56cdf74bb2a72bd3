"""Every status that a problem can have, with an example: which of them a route can answer, and how they look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from application.behorighet.ord import OPPNA, Rojer
from interfaces.http.adress import Adress
from interfaces.http.problem import MEDIETYP, Problem, parameterfel

_STROM = "0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d99"
_VAG = f"/v1/placeringar/{_STROM}"
_REFERENS = "3f0f3a52-6c1c-4d6c-9d0b-0a4f7b1e2c11"


def _faltfel(falt: str, kod: str, detalj: str) -> list[Mapping[str, str]]:
    return [{"pointer": f"/{falt}", "falt": falt, "kod": kod, "detail": detalj}]


_SLUTAR_FORE = "Placeringen kan inte avslutas 2018-12-31: den påbörjades 2019-01-01."
_ANNAN_VERSION = f"Strömmen {_STROM} har version 3, inte den som anges (2). Läs den igen och pröva på nytt."
_ANNAN_SAMLING = f"Strömmen {_STROM} hör till samlingen utforare."

_EXEMPEL: Mapping[int, tuple[str, Problem]] = {
    400: (
        "Begäran går inte att läsa: en parameter, ett huvud eller innehållets JSON har fel form, eller id saknas.",
        parameterfel("okand-parameter", "kantden", "Parametern ”kantden” finns inte. Tillåtna: kantDen, position."),
    ),
    401: (
        "Token saknas eller tas inte emot. Huvudet WWW-Authenticate säger var man får en.",
        Problem(401, "ogiltig-token", "Token har gått ut (exp)."),
    ),
    403: (
        "Rollen eller syftet i token räcker inte.",
        Problem(403, "saknar-ratt", "Controllern räknar och läser inga enskilda ärenden."),
    ),
    404: (
        "Det som adressen anger finns inte, eller var inte känt då.",
        Problem(404, "okand-strom", f"Ingenting var känt om {_STROM} i placeringar vid position 7."),
    ),
    409: (
        "Händelsen håller på att registreras, eller strömmen hör till en annan samling.",
        Problem(
            409, "strommen-hor-till-en-annan-samling", _ANNAN_SAMLING, titel="Händelsen krockar med en tidigare",
            fel=_faltfel("samling", "strommen-hor-till-en-annan-samling", _ANNAN_SAMLING),
        ),
    ),
    412: (
        "Strömmen har en annan version än den som anges i If-Match. Svaret säger vilken den har.",
        Problem(
            412, "strommen-har-en-annan-version", _ANNAN_VERSION, titel="Händelsen krockar med en tidigare", version=3,
        ),
    ),
    413: (
        "Innehållet är för stort.",
        Problem(413, "for-stort-innehall", "Innehållet får vara högst 1048576 byte (1 MiB)."),
    ),
    415: (
        "Innehållet har fel typ.",
        Problem(415, "fel-innehallstyp", "Content-Type ska vara application/json i UTF-8, inte ”text/plain”."),
    ),
    422: (
        "Händelsen har ett fält som inte går att läsa, bryter mot en regel, eller har ett id som redan är använt för "
        "en annan; eller frågan går inte att besvara med det som finns.",
        Problem(
            422, "placeringen-slutar-fore-sin-borjan", _SLUTAR_FORE, titel="Händelsen bryter mot en regel",
            fel=_faltfel("datum", "placeringen-slutar-fore-sin-borjan", _SLUTAR_FORE),
        ),
    ),
    428: (
        "Det sägs inte vilken version av strömmen händelsen bygger på.",
        Problem(428, "villkor-saknas", 'Ange If-Match: "3", eller If-None-Match: * för en ström som ska börja.'),
    ),
    500: (
        "Ett oväntat fel, loggat under referensen.",
        Problem(500, "internt-fel", f"Felet är loggat. Uppge referensen {_REFERENS}.", referens=_REFERENS),
    ),
    503: (
        "Liggaren är upptagen eller kan inte nå sin databas. Sänd begäran igen.",
        Problem(503, "upptagen", "Liggaren är upptagen: någon annan skriver i den. Ingenting registrerades."),
    ),
    507: (
        "Disken är full. Det som är registrerat går att läsa.",
        Problem(507, "disken-full", "Disken är full. Ingenting registrerades; det som är registrerat går att läsa."),
    ),
}  # fmt: skip


def statusar(adress: Adress) -> tuple[int, ...]:
    """Return the statuses of the problems that a route can answer with."""
    kan = {400, 500, 503, *adress.operation.problem}
    if adress.rojer not in OPPNA:
        kan |= {401, 403}
    if "{" in adress.vag:
        kan.add(404)
    if adress.operation.kropp is not None:
        kan |= {413, 415}
    if adress.rojer is Rojer.SKRIVNING:
        kan |= {409, 507}
        kan |= {412, 422, 428} if adress.samling is not None else set()
    return tuple(status for status in _EXEMPEL if status in kan)


def svaren() -> dict[str, Any]:
    """Return the answers, as the description refers to them."""
    return {
        f"Problem{status}": {
            "description": text,
            "content": {
                MEDIETYP: {
                    "schema": {"$ref": "#/components/schemas/Problemsvar"},
                    "examples": {"exempel": {"value": problem.innehallet(_VAG)}},
                }
            },
        }
        for status, (text, problem) in _EXEMPEL.items()
    }
