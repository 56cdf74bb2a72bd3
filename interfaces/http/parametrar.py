"""Query parameters: one table of what they mean, from which both the check and the description are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from fastapi import Request

from application.faltfel import visa
from application.fragetolkning import ORDLISTOR, SAKNAS, Franvaro
from application.queries import Vagning, filterdimensioner_i_nagot_val
from domain.matt.katalog import MATT
from domain.matt.modell import Bokforingsperiod
from domain.prognos.stegar import STEGAR
from domain.regler.vardygn import VARDYGNSREGLER
from domain.tid import FORSTA_AR, SISTA_AR
from interfaces.http.granser import HOGSTA_ANTAL, LANGSTA_PARAMETER, VANLIGT_ANTAL
from interfaces.http.problem import parameterfel

DIMENSIONER: tuple[str, ...] = tuple(
    dict.fromkeys(d for matt in MATT.values() for d in filterdimensioner_i_nagot_val(matt))
)
"""Every dimension that some measure can be filtered by."""

PARAMETRAR: Mapping[str, str] = MappingProxyType({
    "gallerDen": "Dagen som frågan gäller (ÅÅÅÅ-MM-DD, dagen ingår). Utelämnad: idag.",
    "kantDen": "Vad som var känt: ett datum (till och med dagens slut i Sverige) eller en tidpunkt enligt RFC 3339 "
    "med tidszon, inte i framtiden. Utelämnad: Accept-Datetime, annars allt som är känt.",
    "position": "Vad som var känt, som position i liggaren (0: ingenting). Med kantDen också gäller positionen, som då "
    "inte får vara registrerad senare.",
    "jamfor": "En tidigare position: svaret säger också vad som skiljer från vad som var känt då.",
    "ar": "Rapportens år. Utelämnat: samma år som gallerDen.",
    "namnd": "Vilken nämnd, om kommunen har flera i liggaren.",
    "tillManad": "Månaden rapporten gäller till och med, 1–12. Utelämnad: den som gallerDen ligger i.",
    "sedanDen": "Dagen att jämföra med i tabeller över ändringar. Utelämnad: årets början.",
    "radmappningDen": "Rader enligt den indelning som gäller då. Utelämnad: gallerDen, senast årets sista dag.",
    "metod": "Prognosmetoden: " + ", ".join(STEGAR) + ". Utelämnad: den som har träffat bäst på liggarens historia.",
    "rad": "Raden, med nummer eller etikett.",
    "kolumn": "Kolumnen, med namn eller rubrik.",
    "cell": "Cellen, som dimension=värde med komma emellan. Utelämnad: helheten.",
    "motGallerDen": "Dagen det jämförs med. Utelämnad: samma dag.",
    "motVardygnsregel": "Vårddygnsregeln det jämförs med. Utelämnad: samma regel.",
    "motFranvaro": "Frånvaron det jämförs med, som franvaro. Utelämnad: densamma.",
    "motOrganisationDen": "Organisationen det jämförs med. Utelämnad: densamma.",
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

HUVUDEN: Mapping[str, tuple[str, str]] = MappingProxyType({
    "Idempotency-Key": (
        "Händelsens id, ett UUID, i stället för handelseId i innehållet. Står båda ska de vara lika. Gäller alltid.",
        '"019a0000-0000-7000-8000-0000000000a1"',
    ),
    "If-Match": (
        'Strömmens version, till exempel "3": händelsen registreras bara om strömmen har den. * betyder vilken som '
        "helst. Krävs för en ström som har börjat.",
        '"3"',
    ),
    "If-None-Match": (
        "När något registreras bara *: händelsen registreras om strömmen inte har börjat. När något läses ETag från "
        "ett tidigare svar: är svaret detsamma blir det 304.",
        "*",
    ),
    "Last-Event-ID": ("Positionen att fortsätta efter, när flödet läses som text/event-stream.", "7"),
    "Accept-Datetime": (
        "Vad som var känt, som tidpunkt enligt RFC 7089; gäller när kantDen och position utelämnas.",
        "Thu, 19 Sep 2019 12:00:00 GMT",
    ),
})  # fmt: skip
"""What each heading of a request means, for a client, with an example."""

SCHEMAN: Mapping[str, Mapping[str, Any]] = MappingProxyType({
    **{namn: {"type": "string", "format": "date"} for namn in (
        "gallerDen", "fran", "till", "antecknadFran", "antecknadTill", "organisationDen", "sedanDen",
        "radmappningDen", "motGallerDen", "motOrganisationDen",
    )},
    "limit": {"type": "integer", "minimum": 1, "maximum": HOGSTA_ANTAL, "default": VANLIGT_ANTAL},
    "offset": {"type": "integer", "minimum": 0, "default": 0},
    "position": {"type": "integer", "minimum": 0},
    "jamfor": {"type": "integer", "minimum": 0},
    "ar": {"type": "integer", "minimum": FORSTA_AR, "maximum": SISTA_AR},
    "tillManad": {"type": "integer", "minimum": 1, "maximum": 12},
})  # fmt: skip
"""The values of parameters that are not any text."""

_FLEST_SIFFROR = 18
"""More than any number has that is asked for, and no more than is read at once."""

_EXEMPEL: Mapping[str, str] = MappingProxyType({
    "gallerDen": "2019-08-31", "kantDen": "2019-09-19T12:00:00Z", "position": "7", "jamfor": "3", "fran": "2019-01-01",
    "till": "2019-08-31", "gruppera": "malgrupp,manad", "vardygnsregel": "inEjUt", "franvaro": "raknas",
    "vagning": "vagd", "periodEfter": "bokforing", "organisationDen": "2019-08-31", "variant": "jourhem=med",
    "kommun": "0000", "limit": "20", "offset": "0", "samling": "placeringar", "typ": "placering.paborjad",
    "ar": "2019", "namnd": "socialnamnden", "tillManad": "8", "sedanDen": "2018-12-31", "radmappningDen": "2019-08-31",
    "metod": next(iter(STEGAR)), "rad": "1", "kolumn": "kostnad_prognos_2019", "cell": "malgrupp=unga",
    "motGallerDen": "2019-04-30",
    "motVardygnsregel": "inOchUt", "motFranvaro": "raknasInte", "motOrganisationDen": "2019-04-30",
    "id": "019a0000-0000-7000-8000-000000000001", "antecknadFran": "2026-10-01", "antecknadTill": "2026-10-31",
    "aktor": "p-17", "mal": "/v1/placeringar/019a0000-0000-7000-8000-000000000001",
})  # fmt: skip


def exempel_pa(namn: str, vag: str) -> str:
    """Return an example of a parameter at a path."""
    if namn == "namn":
        return "externa-insatser" if "tabeller" in vag else "vardygn"
    if namn in ORDLISTOR:
        return next(iter(ORDLISTOR[namn])).value
    return _EXEMPEL.get(namn, SAKNAS)


VAGDELAR: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "id": {"description": "Strömmens id.", "schema": {"type": "string", "format": "uuid"}},
        "namn": {
            "description": "Måttets eller tabellens namn; se /v1/matt och /v1/tabeller.",
            "schema": {"type": "string"},
        },
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
        Problem: one is unknown, given twice, longer than is noted of it, or has a character that no text has.
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
        if len(varde) > LANGSTA_PARAMETER:
            mening = f"{namn} har {len(varde)} tecken: {visa(varde)}. Högst {LANGSTA_PARAMETER} tas emot."
            raise parameterfel("ogiltig-fraga", namn, mening)
        if "\0" in varde:
            raise parameterfel("ogiltig-fraga", namn, f"{namn} innehåller tecknet U+0000, som ingen text får ha.")
        resultat[namn] = varde
    return resultat


def las_heltal(namn: str, text: str, minst: int, hogst: int, vad: str = "ett heltal mellan {minst} och {hogst}") -> int:
    """Return a whole number between two.

    Args:
        namn: the parameter or heading that says it.
        vad: what it is to be, in words.

    Raises:
        Problem: it is none.
    """
    tal = int(text) if text.isascii() and text.isdecimal() and len(text) <= _FLEST_SIFFROR else minst - 1
    if not minst <= tal <= hogst:
        mening = f"{namn} ska vara {vad.format(minst=minst, hogst=hogst)}, inte {visa(text)}."
        raise parameterfel("ogiltig-fraga", namn, mening)
    return tal
