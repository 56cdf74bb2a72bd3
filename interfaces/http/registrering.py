"""Recording over HTTP: one event in a stream, or many at once, each by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Response
from fastapi.concurrency import run_in_threadpool

from application.commands import Kvitto, Utfall, Versionsvillkor
from application.envelope import Forslag
from application.faltfel import OgiltigHandelse, ogiltig, visa
from application.registreringsko import Onskan, Utslag
from domain.begrepp import Samling
from domain.tid import som_rfc3339
from interfaces.http.adress import MANGA_HANDELSER, Anrop, Operation, Svarsslag
from interfaces.http.handelsekropp import en_handelse, manga_handelser
from interfaces.http.kropp import Stromadress, med_adressen, tolka_json, vagra_liggarens
from interfaces.http.modeller import Inlamningssvar, Kvittosvar
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import Problem, som_problem
from interfaces.http.svar import json_svar
from interfaces.http.villkor import NYCKELHUVUD, las_versionsvillkor, med_nyckeln

HOGST_RADER = 1000
"""Lines handed in at once."""


async def registrera(anrop: Anrop) -> Response:
    """Record the event of the body."""
    las_parametrar(anrop.request, ())
    villkor = las_versionsvillkor(anrop.request)
    adress = Stromadress(anrop.samling, anrop.strommen)
    data = med_nyckeln(anrop.request, med_adressen(tolka_json(anrop.kropp), adress))
    forslag = await run_in_threadpool(anrop.forslag, data)
    (utslag,) = await asyncio.wrap_future(anrop.rum.ko.lamna([Onskan(forslag, villkor)]))
    if not isinstance(utslag, Kvitto):
        raise utslag
    return json_svar(_kvittopost(utslag, forslag), _status(utslag), _huvuden(utslag, adress))


def _status(kvitto: Kvitto) -> int:
    return HTTPStatus.CREATED if kvitto.utfall is Utfall.REGISTRERAD else HTTPStatus.OK


def _huvuden(kvitto: Kvitto, adress: Stromadress) -> dict[str, str]:
    huvuden = {}
    if kvitto.position is not None:
        huvuden["Location"] = f"{adress}/handelser?offset={kvitto.version - 1}&limit=1&position={kvitto.position}"
    if kvitto.utfall is not Utfall.REDAN_REGISTRERAD:  # then the stream may have grown since
        huvuden["ETag"] = f'"{kvitto.version}"'
    return huvuden


def _kvittopost(kvitto: Kvitto, forslag: Forslag) -> dict[str, Any]:
    return {
        "utfall": kvitto.utfall.value,
        "handelseId": str(forslag.handelse_id),
        "strom": str(kvitto.strom),
        "version": kvitto.version,
        "position": kvitto.position,
        "registrerad": som_rfc3339(kvitto.registrerad) if kvitto.registrerad else None,
        "lov": kvitto.lov.hex() or None,
    }


async def lamna_in(anrop: Anrop) -> Response:
    """Record each line of the body by itself."""
    las_parametrar(anrop.request, ())
    rader = [(nr, rad) for nr, rad in enumerate(anrop.kropp.split(b"\n"), start=1) if rad.strip()]
    if len(rader) > HOGST_RADER:
        raise Problem(413, "for-stort-innehall", f"Högst {HOGST_RADER} rader tas emot åt gången, inte {len(rader)}.")
    onskningar: dict[int, Onskan] = {}
    svar: dict[int, dict[str, Any]] = {}
    sedda: set[UUID] = set()
    for nr, rad in rader:
        try:
            onskan = await run_in_threadpool(_radens, anrop, rad)
            if onskan.forslag.handelse_id in sedda:
                raise ogiltig(
                    "handelseId", "dubbel", f"handelseId {onskan.forslag.handelse_id} står på en tidigare rad."
                )
        except (Problem, OgiltigHandelse) as fel:
            svar[nr] = _nekad(nr, som_problem(fel), anrop)
        else:
            sedda.add(onskan.forslag.handelse_id)
            onskningar[nr] = onskan
    utslag = await _utslag(anrop, list(onskningar.values()))
    for (nr, onskan), ett in zip(onskningar.items(), utslag, strict=True):
        svar[nr] = _mottagen(nr, ett, onskan) if isinstance(ett, Kvitto) else _nekad(nr, som_problem(ett), anrop)
    resultat = [svar[nr] for nr, _ in rader]
    nekade = sum("problem" in ett for ett in resultat)
    return json_svar({"rader": len(rader), "mottagna": len(rader) - nekade, "nekade": nekade, "resultat": resultat})


async def _utslag(anrop: Anrop, onskningar: Sequence[Onskan]) -> list[Utslag]:
    if not onskningar:
        return []
    vantar: Future[list[Utslag]] = anrop.rum.ko.lamna(onskningar)
    return await asyncio.wrap_future(vantar)


def _radens(anrop: Anrop, rad: bytes) -> Onskan:
    """Return what a line wants recorded; ``stromversion`` is the line's own If-Match."""
    data = tolka_json(rad)
    if not isinstance(data, dict):
        raise ogiltig("händelsen", "inget-objekt", f"En rad ska vara ett JSON-objekt, inte {visa(data)}.")
    vagra_liggarens(data)
    version = data.pop("stromversion", None)
    if version is not None and (type(version) is not int or version < 0):
        mening = f"stromversion ska vara strömmens antal händelser, ett heltal från 0, inte {visa(version)}."
        raise ogiltig("stromversion", "int-type", mening)
    villkor = None if version is None else Versionsvillkor(frozenset({version}))
    return Onskan(anrop.forslag(data), villkor)


def _mottagen(nr: int, kvitto: Kvitto, onskan: Onskan) -> dict[str, Any]:
    return {"rad": nr, "status": _status(kvitto), "kvitto": _kvittopost(kvitto, onskan.forslag)}


def _nekad(nr: int, problem: Problem, anrop: Anrop) -> dict[str, Any]:
    return {"rad": nr, "status": problem.status, "problem": problem.innehallet(anrop.request.url.path)}


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


LAMNA_IN = Operation(
    lamna_in,
    "Lämna in många händelser",
    "Registrerar varje rad för sig, som om den sänts ensam: en rad som nekas hindrar inte de andra, och svaret säger "
    "rad för rad vad det blev. En rad är en händelse med samling, id och handelseId; stromversion motsvarar If-Match "
    "och får utelämnas. Sänd hela innehållet igen om svaret uteblir: det som är registrerat registreras inte igen.",
    "Händelser",
    {200: Svarsslag("Vad det blev av varje rad.", Inlamningssvar)},
    kropp=manga_handelser(),
    intag=MANGA_HANDELSER,
)
