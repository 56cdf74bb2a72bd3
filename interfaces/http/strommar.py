"""Streams over HTTP: record one event, read the entries, read what was in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import FastAPI, Request, Response

from application.commands import Kvitto, Utfall
from application.envelope import OKAND_AKTOR, Kuvert
from application.faltfel import visa
from application.fragetolkning import tolka_kant_den, tolka_tidssnitt
from application.strombild import gallande_den, handelseobjekt
from application.tolkning import tolka
from domain.historik import rattade
from domain.katalog import AGGREGAT
from domain.tid import som_rfc3339
from interfaces.bootstrap import Tjanster
from interfaces.http.exempel import exempel
from interfaces.http.kropp import Adress, Kropp, Stromadress, med_adressen, tolka_json
from interfaces.http.modeller import Handelselista, Kvittosvar, Tillstand
from interfaces.http.parametrar import beskrivna, las_parametrar
from interfaces.http.problem import Problem, parameterfel
from interfaces.http.svar import ar_forflutet, json_svar, lasbart_svar

_LASER_HANDELSER = ("kantDen", "position")
_LASER_TILLSTAND = ("gallerDen", "kantDen")
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
    "requestBody": {
        "required": True,
        "description": 'En händelse, som ett platt JSON-objekt. Belopp är text i kronor, till exempel "1953.00".',
        "content": {"application/json": {"schema": _INNEHALL, "examples": exempel()}},
    }
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


@dataclass(frozen=True)
class Strommar:
    """The endpoints on streams; ``kommun`` fills in where an event has the field and the body lacks it."""

    tjanster: Tjanster
    kommun: str | None = None

    def lagg_till(self, app: FastAPI) -> None:
        """Add the routes to an application."""
        app.add_api_route(
            "/v1/{samling}/{id}/handelser",
            self.registrera,
            methods=["POST"],
            status_code=201,
            response_model=Kvittosvar,
            summary="Registrera en händelse",
            description=_OM_REGISTRERING,
            response_description="Händelsen är registrerad.",
            responses={200: {"model": Kvittosvar, "description": "Inget nytt: redan registrerad, eller redan känt."}},
            openapi_extra=_KROPP,
            tags=["Händelser"],
        )
        app.add_api_route(
            "/v1/{samling}/{id}/handelser",
            self.handelser,
            methods=["GET"],
            response_model=Handelselista,
            summary="Läs en ströms händelser",
            description=_OM_HANDELSER,
            response_description="Händelserna.",
            openapi_extra=beskrivna(_LASER_HANDELSER),
            tags=["Händelser"],
        )
        app.add_api_route(
            "/v1/{samling}/{id}",
            self.tillstand,
            methods=["GET"],
            response_model=Tillstand,
            summary="Läs vad som gällde i en ström",
            description=_OM_TILLSTAND,
            response_description="De gällande händelserna.",
            openapi_extra=beskrivna(_LASER_TILLSTAND),
            tags=["Händelser"],
        )

    def registrera(self, request: Request, adress: Adress, kropp: Kropp) -> Response:
        """Record the event of the body."""
        las_parametrar(request, ())
        data = med_adressen(tolka_json(kropp), adress)
        forslag = tolka(data, kommun=self.kommun, aktor=OKAND_AKTOR)
        kvitto = self.tjanster.registrator.registrera(forslag)
        ny = kvitto.utfall is Utfall.REGISTRERAD
        huvuden = {}
        if ny:
            huvuden["Location"] = f"{adress}/handelser?position={kvitto.position}"
        if kvitto.utfall is not Utfall.REDAN_REGISTRERAD:  # then the stream may have grown since
            huvuden["ETag"] = f'"{kvitto.version}"'
        return json_svar(_kvittopost(kvitto, forslag.handelse_id), 201 if ny else 200, huvuden)

    def handelser(self, request: Request, adress: Adress) -> Response:
        """Read the entries of a stream that were known."""
        parametrar = las_parametrar(request, _LASER_HANDELSER)
        nu = self.tjanster.klocka()
        position, kant_den = self._kant(parametrar, nu)
        kuvert = self._las(adress, position)
        rattelser = rattade([ett.notering() for ett in kuvert])
        innehall = {
            "samling": adress.samling.value,
            "id": str(adress.id),
            "version": len(kuvert),
            "underlag": {"position": position, "kantDen": som_rfc3339(kant_den)},
            "handelser": [handelseobjekt(ett, rattelser) for ett in kuvert],
        }
        return lasbart_svar(
            request, innehall, fast="position" in parametrar or ("kantDen" in parametrar and kant_den < nu)
        )

    def tillstand(self, request: Request, adress: Adress) -> Response:
        """Read the effective events of a stream as of a day and a moment of knowledge."""
        parametrar = las_parametrar(request, _LASER_TILLSTAND)
        nu = self.tjanster.klocka()
        snitt = tolka_tidssnitt(parametrar.get("gallerDen"), parametrar.get("kantDen"), nu)
        kunskap = self.tjanster.huvudbok.kunskap(snitt.kant_den)
        kuvert = self._las(adress, kunskap.position)
        innehall = {
            "samling": adress.samling.value,
            "id": str(adress.id),
            "version": len(kuvert),
            "underlag": {
                "position": kunskap.position,
                "gallerDen": snitt.galler_den.isoformat(),
                "kantDen": som_rfc3339(kunskap.kant_den),
            },
            "handelser": [handelseobjekt(ett, {}) for ett in gallande_den(kuvert, snitt.galler_den)],
        }
        return lasbart_svar(request, innehall, fast=ar_forflutet(snitt.kant_den, nu))

    def _kant(self, parametrar: Mapping[str, str], nu: datetime) -> tuple[int, datetime]:
        """Return what was known, as a position and an instant."""
        text = parametrar.get("position")
        if text is None:
            kunskap = self.tjanster.huvudbok.kunskap(tolka_kant_den(parametrar.get("kantDen"), nu))
            return kunskap.position, kunskap.kant_den
        if "kantDen" in parametrar:
            raise parameterfel("ogiltig-fraga", "position", "Ange antingen kantDen eller position, inte båda.")
        sista = self.tjanster.huvudbok.antal()
        position = int(text) if text.isascii() and text.isdecimal() and len(text) <= _FLEST_SIFFROR else 0
        if not 1 <= position <= sista:
            mening = f"position ska vara ett heltal mellan 1 och {sista} (liggarens sista), inte {visa(text)}."
            raise parameterfel("ogiltig-fraga", "position", mening)
        registrerad = self.tjanster.huvudbok.las_logg(position - 1, 1)[0].registrerad
        return position, registrerad or nu

    def _las(self, adress: Stromadress, position: int) -> list[Kuvert]:
        """Return the entries of a stream up to a position.

        Raises:
            Problem: nothing of the stream was known then.
        """
        kuvert = self.tjanster.huvudbok.las_strom(adress.id, position)
        if not kuvert or kuvert[0].forslag.samling is not adress.samling:
            detalj = f"Ingenting var känt om {adress.id} i {adress.samling.value} vid position {position}."
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
