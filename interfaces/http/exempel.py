"""Events as a client sends them: the examples of the API description. A test sends every one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PABORJAD = "0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d01"

EXEMPEL: Mapping[str, Mapping[str, Any]] = {
    "placering-paborjad": {
        "summary": "En placering påbörjas",
        "value": {
            "typ": "placering.paborjad",
            "handelseId": _PABORJAD,
            "datum": "2024-03-01",
            "kommun": "0000",
            "arendeId": "0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d11",
            "personId": "0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d12",
            "malgrupp": "unga",
            "kon": "kvinna",
            "fodelsear": 2008,
            "insatsform": "hvb",
            "regi": "extern",
            "lagrum": "SoL",
            "avtalsform": "ramavtal",
            "pris": {"sort": "dygn", "belopp": "4850.00"},
            "kalla": "verksamhetssystemet",
            "externId": "2024-117",
        },
    },
    "pris-andrat": {
        "summary": "Priset ändras",
        "value": {
            "typ": "pris.andrat",
            "handelseId": "0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d02",
            "datum": "2024-04-01",
            "pris": {"sort": "dygn", "belopp": "4990.00"},
        },
    },
    "placering-avslutad": {
        "summary": "Placeringen avslutas",
        "value": {
            "typ": "placering.avslutad",
            "handelseId": "0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d03",
            "datum": "2024-05-31",
            "planerat": True,
            "orsak": "enligtPlan",
        },
    },
    "rattelse": {
        "summary": "Slutdagen rättas: samma händelse igen, med rattar",
        "value": {
            "typ": "placering.avslutad",
            "handelseId": "0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d04",
            "rattar": "0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d03",
            "datum": "2024-05-15",
            "planerat": True,
            "orsak": "enligtPlan",
        },
    },
    "makulering": {
        "summary": "En händelse makuleras",
        "value": {
            "typ": "handelse.makulerad",
            "handelseId": "0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d05",
            "rattar": "0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d02",
            "datum": "2024-06-03",
            "orsak": "Registrerad på fel placering.",
        },
    },
}
"""In this order they are one placement's history."""
