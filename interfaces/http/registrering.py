"""Recording one event over HTTP."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

from fastapi import Response

from application.commands import Kvitto, Obehorig, Utfall
from application.envelope import Forslag
from application.registreringsko import Nekande, Onskan
from domain.begrepp import Samling
from domain.tid import som_rfc3339
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.handelsekropp import en_handelse
from interfaces.http.kropp import Stromadress, med_adressen, tolka_json
from interfaces.http.modeller import Kvittosvar
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import Problem, som_problem
from interfaces.http.svar import json_svar
from interfaces.http.villkor import NYCKELHUVUD, las_versionsvillkor, med_nyckeln


async def registrera(anrop: Anrop) -> Response:
    """Record the event of the body."""
    las_parametrar(anrop.request, ())
    villkor = las_versionsvillkor(anrop.request)
    adress = Stromadress(anrop.samling, anrop.strommen)
    data = med_nyckeln(anrop.request, med_adressen(tolka_json(anrop.kropp), adress))
    onskan = anrop.onskan(data, villkor)
    (utslag,) = await asyncio.wrap_future(anrop.rum.ko.lamna([onskan]))
    if not isinstance(utslag, Kvitto):
        raise await nekandet(anrop, onskan, utslag)
    return json_svar(kvittopost(utslag, onskan.forslag), kvittostatus(utslag), _huvuden(anrop, utslag))


async def nekandet(anrop: Anrop, onskan: Onskan, nekande: Nekande) -> Problem:
    """Return why something was refused as it is answered.

    Raises:
        Problem: the refusal could not be noted.
    """
    if isinstance(nekande, Obehorig):
        return await anrop.rum.i_skrivtrad(anrop.vakt.nekat, anrop, onskan.forslag, nekande)
    return som_problem(nekande)


def kvittostatus(kvitto: Kvitto) -> int:
    """Return the status of a receipt."""
    return HTTPStatus.CREATED if kvitto.utfall is Utfall.REGISTRERAD else HTTPStatus.OK


def _huvuden(anrop: Anrop, kvitto: Kvitto) -> dict[str, str]:
    huvuden = {}
    if kvitto.position is not None:
        huvuden["Location"] = f"{anrop.vag}?offset={kvitto.version - 1}&limit=1&position={kvitto.position}"
    if kvitto.utfall is not Utfall.REDAN_REGISTRERAD:  # then the stream may have grown since
        huvuden["ETag"] = f'"{kvitto.version}"'
    return huvuden


def kvittopost(kvitto: Kvitto, forslag: Forslag) -> dict[str, Any]:
    """Return a receipt as it is answered."""
    return {
        "utfall": kvitto.utfall.value,
        "handelseId": str(forslag.handelse_id),
        "strom": str(kvitto.strom),
        "version": kvitto.version,
        "position": kvitto.position,
        "registrerad": som_rfc3339(kvitto.registrerad) if kvitto.registrerad else None,
        "lov": kvitto.lov.hex() or None,
    }


def registrera_i(samling: Samling) -> Operation:
    """Return the recording of one event in a stream of a collection."""
    return Operation(
        registrera,
        "Registrera en händelse",
        "Registrerar en händelse i en ström; strömmen skapas av sin första händelse. Händelsens id (handelseId eller "
        "Idempotency-Key) är avsändarens: samma händelse sänd igen ger samma kvitto och ändrar ingenting, hur länge "
        "efteråt det än är. If-Match säger vilken version av strömmen händelsen bygger på. registrerad och aktor sätts "
        "av liggaren. En händelse som bryter mot en regel nekas med regelns namn, och då registreras ingenting.",
        "Händelser",
        {
            201: Svarsslag("Händelsen är registrerad.", Kvittosvar),
            200: Svarsslag("Inget nytt: redan registrerad, eller redan känt.", Kvittosvar),
        },
        kropp=en_handelse(samling),
        huvuden=(NYCKELHUVUD, "If-Match", "If-None-Match"),
    )
