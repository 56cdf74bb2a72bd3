"""Query parameters: one table of what they mean, from which both the check and the description are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from fastapi import Request

from application.faltfel import visa
from application.fragetolkning import ORDLISTOR, SAKNAS, Franvaro
from application.queries import Vagning, filterdimensioner
from domain.matt.katalog import MATT
from domain.matt.modell import Bokforingsperiod
from domain.regler.vardygn import VARDYGNSREGLER
from interfaces.http.problem import parameterfel

DIMENSIONER: tuple[str, ...] = tuple(dict.fromkeys(d for matt in MATT.values() for d in filterdimensioner(matt)))
"""Every dimension that some measure can be filtered by."""

PARAMETRAR: Mapping[str, str] = MappingProxyType({
    "gallerDen": "Dagen som frågan gäller (ÅÅÅÅ-MM-DD, dagen ingår). Utelämnad: idag.",
    "kantDen": "Vad som var känt: ett datum (till och med dagens slut i Sverige) eller en tidpunkt enligt RFC 3339 "
    "med tidszon, inte i framtiden. Utelämnad: Accept-Datetime, annars allt som är känt.",
    "position": "Vad som var känt, som position i liggaren (0: ingenting). Med kantDen också gäller positionen, som då "
    "inte får vara registrerad senare.",
    "jamfor": "En tidigare position: svaret säger också vad som skiljer från vad som var känt då.",
    "limit": "Hur många som högst visas på en sida, 1–1000. Utelämnad: 20.",
    "offset": "Platsen efter vilken sidan börjar. Utelämnad: 0, från början.",
    "samling": "Bara händelser i dessa samlingar, med komma emellan.",
    "typ": "Bara händelser av dessa typer, med komma emellan; se /v1/handelsetyper.",
    "fran": "Periodens första dag. Utelämnad: 1 januari samma år som till, annars samma år som gallerDen.",
    "till": "Periodens sista dag, som ingår (till och med). Utelämnad: 31 december samma år som fran.",
    "gruppera": "Dimensioner att dela upp på, med komma emellan. Måttets dimensioner står i /v1/matt.",
    "vardygnsregel": "Hur vårddygn räknas: " + "; ".join(f"{r.namn} ({r.etikett})" for r in VARDYGNSREGLER.values())
    + ". Utelämnad: inEjUt.",
    "franvaro": "Om frånvarodygn räknas: " + " eller ".join(Franvaro) + ". Utelämnad: raknas.",
    "vagning": "Medelvärden: " + " eller ".join(Vagning) + ". Utelämnad: vagd.",
    "periodEfter": "Månad som belopp räknas till: " + " eller ".join(Bokforingsperiod) + ". Utelämnad: bokforing.",
    "organisationDen": "Dagen vars organisation enhet, overordnad och avdelning avser (ÅÅÅÅ-MM-DD). Utelämnad: "
    "gallerDen.",
    "variant": "Måttets egna val, skrivna namn=val med komma emellan; de står i /v1/matt. Utelämnad: det första av "
    "varje.",
    "antecknadFran": "Första dagen som läsningen antecknades (ÅÅÅÅ-MM-DD). Utelämnad: loggens första.",
    "antecknadTill": "Sista dagen, som ingår (ÅÅÅÅ-MM-DD). Utelämnad: idag.",
    "aktor": "Bara läsningar av den här aktören, med pseudonymen i dess token.",
    "mal": "Bara läsningar av detta, skrivet som adress: /v1/arenden/{id}.",
    "kommun": "Bara dessa kommuner (kommunkod med fyra siffror), med komma emellan.",
    **{
        d: f"Bara dessa värden, med komma emellan; {SAKNAS} betyder uppgifter utan värde."
        + (f" Tillåtna: {', '.join(ORDLISTOR[d])}." if d in ORDLISTOR else "")
        for d in DIMENSIONER if d != "kommun"
    },
})  # fmt: skip
"""What each parameter means, for a client."""

HUVUDEN: Mapping[str, str] = MappingProxyType({
    "Idempotency-Key": "Händelsens id, ett UUID, i stället för handelseId i innehållet. Står båda ska de vara lika. "
    "Gäller för alltid.",
    "If-Match": 'Strömmens version, till exempel "3": händelsen registreras bara om strömmen har den. * betyder vilken '
    "som helst. Krävs för en ström som har börjat.",
    "If-None-Match": "Här bara *: händelsen registreras bara om strömmen inte har börjat.",
    "Last-Event-ID": "Positionen att fortsätta efter, när flödet läses som text/event-stream.",
    "Accept-Datetime": "Vad som var känt, som tidpunkt enligt RFC 7089; gäller när kantDen och position utelämnas.",
})  # fmt: skip
"""What each heading of a request means, for a client."""

VAGDELAR: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "id": {"description": "Strömmens id.", "schema": {"type": "string", "format": "uuid"}},
        "namn": {"description": "Måttets namn; se /v1/matt.", "schema": {"type": "string"}},
        "typ": {"description": "Händelsens lagrade namn.", "schema": {"type": "string"}},
    }
)
"""What stands in a path, as the description has it."""

MATTFRAGA = (
    "fran", "till", "gallerDen", "kantDen", "gruppera", "vardygnsregel", "franvaro", "vagning", "periodEfter",
    "organisationDen", "variant", "position", "jamfor",
)  # fmt: skip
"""The parameters of a question to a measure, dimensions not counted."""


def las_parametrar(request: Request, tillatna: Iterable[str]) -> dict[str, str]:
    """Return the query's parameters.

    Raises:
        Problem: one is unknown or given twice.
    """
    tillatna = tuple(tillatna)
    resultat: dict[str, str] = {}
    for namn, varde in request.query_params.multi_items():
        if namn not in tillatna:
            lista = f"Tillåtna: {', '.join(tillatna)}." if tillatna else "Adressen har inga parametrar."
            raise parameterfel("okand-parameter", namn, f"Parametern {visa(namn)} finns inte. {lista}")
        if namn in resultat:
            raise parameterfel(
                "ogiltig-fraga", namn, f"Parametern {namn} är angiven två gånger. Skriv flera värden med komma emellan."
            )
        resultat[namn] = varde
    return resultat
