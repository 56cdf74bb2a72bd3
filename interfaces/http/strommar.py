"""Streams over HTTP: record one event, read the entries, read what was in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Response

from application.commands import Kvitto, Utfall
from application.envelope import Kuvert
from application.faltfel import visa
from application.fragetolkning import tolka_kant_den, tolka_tidssnitt
from application.strombild import gallande_den, handelseobjekt
from domain.historik import rattade
from domain.katalog import AGGREGAT
from domain.tid import som_rfc3339
from interfaces.bootstrap import Tjanster
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.exempel import exempel
from interfaces.http.kropp import Stromadress, med_adressen, tolka_json
from interfaces.http.modeller import Handelselista, Kvittosvar, Tillstand
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import Problem, parameterfel
from interfaces.http.svar import ar_forflutet, json_svar, lasbart_svar

_FLEST_SIFFROR = 18

_INNEHALL = {
    "type": "object",
    "required": ["typ", "handelseId", "datum"],
    "properties": {
        "typ": {
            "type": "string",
            "description": "Händelsetyp. Vilka fält som följer beror på den.",
            "enum": sorted({typ.typ for aggregat in AGGREGAT.values() for typ in aggregat.typer}),
        },
        "handelseId": {
            "type": "string",
            "format": "uuid",
            "description": "Avsändarens id. Samma händelse sänd igen ändrar ingenting.",
        },
        "datum": {"type": "string", "format": "date", "description": "Dagen då händelsen fick verkan."},
        "version": {"type": "integer", "minimum": 1, "description": "Händelsetypens schemaversion. Utelämnad: 1."},
        "rattar": {
            "type": "string",
            "format": "uuid",
            "description": "handelseId för den händelse som den här ersätter eller makulerar.",
        },
        "kalla": {"type": "string", "description": "Källsystem."},
        "externId": {"type": "string", "description": "Källsystemets id för uppgiften."},
        "samling": {"type": "string", "description": "Behövs inte; måste i så fall stämma med adressen."},
        "id": {"type": "string", "format": "uuid", "description": "Behövs inte; måste i så fall stämma med adressen."},
    },
    "additionalProperties": True,
}
_KROPP = {
    "required": True,
    "description": 'En händelse, som ett platt JSON-objekt. Belopp är text i kronor, till exempel "1953.00".',
    "content": {"application/json": {"schema": _INNEHALL, "examples": exempel()}},
}

_OM_REGISTRERING = (
    "Registrerar en händelse i en ström; strömmen skapas av sin första händelse. Att sända samma händelse igen (samma "
    "handelseId) ger samma kvitto och ändrar ingenting. registrerad och aktor sätts av liggaren. En händelse som "
    "bryter mot en regel vägras med 422 och regelns namn; ett handelseId som redan används för något annat vägras "
    "med 409."
)
_OM_HANDELSER = (
    "Alla händelser som var kända, i registreringsordning, även de rättade. rattad säger om händelsen var rättad "
    "enligt vad som var känt."
)
_OM_TILLSTAND = (
    "De gällande händelserna till och med gallerDen, enligt vad som var känt vid kantDen, i den ordning de fick "
    "verkan. Rättade och makulerade händelser är borta."
)


def registrera(anrop: Anrop) -> Response:
    """Record the event of the body."""
    las_parametrar(anrop.request, ())
    adress = Stromadress(anrop.samling, anrop.strommen)
    data = med_adressen(tolka_json(anrop.kropp), adress)
    forslag = anrop.forslag(data)
    kvitto = anrop.tjanster.registrator.registrera(forslag)
    ny = kvitto.utfall is Utfall.REGISTRERAD
    huvuden = {}
    if ny:
        huvuden["Location"] = f"{adress}/handelser?position={kvitto.position}"
    if kvitto.utfall is not Utfall.REDAN_REGISTRERAD:  # then the stream may have grown since
        huvuden["ETag"] = f'"{kvitto.version}"'
    return json_svar(_kvittopost(kvitto, forslag.handelse_id), 201 if ny else 200, huvuden)


def handelser(anrop: Anrop) -> Response:
    """Read the entries of a stream that were known."""
    parametrar = las_parametrar(anrop.request, HANDELSER.parametrar)
    nu = anrop.tjanster.klocka()
    position, kant_den = _kant(anrop.tjanster, parametrar, nu)
    kuvert = _las(anrop, position)
    rattelser = rattade([ett.notering() for ett in kuvert])
    innehall = {
        "samling": anrop.samling.value,
        "id": str(anrop.strommen),
        "version": len(kuvert),
        "underlag": {"position": position, "kantDen": som_rfc3339(kant_den)},
        "handelser": [handelseobjekt(ett, rattelser) for ett in kuvert],
    }
    return lasbart_svar(
        anrop.request, innehall, fast="position" in parametrar or ("kantDen" in parametrar and kant_den < nu)
    )


def tillstand(anrop: Anrop) -> Response:
    """Read the effective events of a stream as of a day and a moment of knowledge."""
    parametrar = las_parametrar(anrop.request, TILLSTAND.parametrar)
    nu = anrop.tjanster.klocka()
    snitt = tolka_tidssnitt(parametrar.get("gallerDen"), parametrar.get("kantDen"), nu)
    kunskap = anrop.tjanster.huvudbok.kunskap(snitt.kant_den)
    kuvert = _las(anrop, kunskap.position)
    innehall = {
        "samling": anrop.samling.value,
        "id": str(anrop.strommen),
        "version": len(kuvert),
        "underlag": {
            "position": kunskap.position,
            "gallerDen": snitt.galler_den.isoformat(),
            "kantDen": som_rfc3339(kunskap.kant_den),
        },
        "handelser": [handelseobjekt(ett, {}) for ett in gallande_den(kuvert, snitt.galler_den)],
    }
    return lasbart_svar(anrop.request, innehall, fast=ar_forflutet(snitt.kant_den, nu))


def _kant(tjanster: Tjanster, parametrar: Mapping[str, str], nu: datetime) -> tuple[int, datetime]:
    """Return what was known, as a position and an instant."""
    text = parametrar.get("position")
    if text is None:
        kunskap = tjanster.huvudbok.kunskap(tolka_kant_den(parametrar.get("kantDen"), nu))
        return kunskap.position, kunskap.kant_den
    if "kantDen" in parametrar:
        raise parameterfel("ogiltig-fraga", "position", "Ange antingen kantDen eller position, inte båda.")
    sista = tjanster.huvudbok.antal()
    position = int(text) if text.isascii() and text.isdecimal() and len(text) <= _FLEST_SIFFROR else 0
    if not 1 <= position <= sista:
        mening = f"position ska vara ett heltal mellan 1 och {sista} (liggarens sista), inte {visa(text)}."
        raise parameterfel("ogiltig-fraga", "position", mening)
    registrerad = tjanster.huvudbok.las_logg(position - 1, 1)[0].registrerad
    return position, registrerad or nu


def _las(anrop: Anrop, position: int) -> list[Kuvert]:
    """Return the entries of a stream up to a position.

    Raises:
        Problem: nothing of the stream was known then.
    """
    kuvert = anrop.tjanster.huvudbok.las_strom(anrop.strommen, position)
    if not kuvert or kuvert[0].forslag.samling is not anrop.samling:
        detalj = f"Ingenting var känt om {anrop.strommen} i {anrop.samling.value} vid position {position}."
        raise Problem(404, "okand-strom", detalj)
    return kuvert


def _kvittopost(kvitto: Kvitto, handelse_id: UUID) -> dict[str, Any]:
    return {
        "utfall": kvitto.utfall.value,
        "handelseId": str(handelse_id),
        "strom": str(kvitto.strom),
        "version": kvitto.version,
        "position": kvitto.position,
        "registrerad": som_rfc3339(kvitto.registrerad) if kvitto.registrerad else None,
        "lov": kvitto.lov.hex() or None,
    }


REGISTRERA = Operation(
    registrera,
    "Registrera en händelse",
    _OM_REGISTRERING,
    "Händelser",
    {
        201: Svarsslag("Händelsen är registrerad.", Kvittosvar),
        200: Svarsslag("Inget nytt: redan registrerad, eller redan känt.", Kvittosvar),
    },
    kropp=_KROPP,
)
HANDELSER = Operation(
    handelser,
    "Läs en ströms händelser",
    _OM_HANDELSER,
    "Händelser",
    {200: Svarsslag("Händelserna.", Handelselista)},
    parametrar=("kantDen", "position"),
)
TILLSTAND = Operation(
    tillstand,
    "Läs vad som gällde i en ström",
    _OM_TILLSTAND,
    "Händelser",
    {200: Svarsslag("De gällande händelserna.", Tillstand)},
    parametrar=("gallerDen", "kantDen"),
)
