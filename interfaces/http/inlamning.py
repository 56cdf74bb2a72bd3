"""Handing in many events over HTTP, each recorded by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response

from application.commands import Kvitto, Versionsvillkor
from application.faltfel import HELHETEN, OgiltigHandelse, ogiltig, visa
from application.registreringsko import Onskan
from interfaces.http.adress import MANGA_HANDELSER, Anrop, Operation, Svarsslag
from interfaces.http.handelsekropp import manga_handelser
from interfaces.http.kropp import tolka_json, vagra_liggarens
from interfaces.http.modeller import Inlamningssvar
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import Problem, som_problem
from interfaces.http.registrering import kvittopost, kvittostatus, nekandet
from interfaces.http.svar import json_svar

HOGST_RADER = 1000
"""Lines handed in at once."""

Radsvar = dict[int, dict[str, Any]]


async def lamna_in(anrop: Anrop) -> Response:
    """Record each line of the body by itself."""
    las_parametrar(anrop.request, ())
    rader = [(nr, rad) for nr, rad in enumerate(anrop.kropp.split(b"\n"), start=1) if rad.strip()]
    if len(rader) > HOGST_RADER:
        raise Problem(413, "for-stort-innehall", f"Högst {HOGST_RADER} rader tas emot åt gången, inte {len(rader)}.")
    svar: Radsvar = {}
    onskningar = await anrop.rum.i_skrivtrad(_las, anrop, rader, svar)
    if onskningar:
        await _registrera(anrop, onskningar, svar)
    resultat = [svar[nr] for nr, _ in rader]
    nekade = sum("problem" in ett for ett in resultat)
    return json_svar({"rader": len(rader), "mottagna": len(rader) - nekade, "nekade": nekade, "resultat": resultat})


def _las(anrop: Anrop, rader: Sequence[tuple[int, bytes]], svar: Radsvar) -> dict[int, Onskan]:
    """Return what the lines want recorded, by their numbers; those that cannot be read have their answers."""
    onskningar: dict[int, Onskan] = {}
    sedda: set[str] = set()
    for nr, rad in rader:
        try:
            data, villkor = _en_rad(rad)
            handelse_id = str(data.get("handelseId")).lower()
            if "handelseId" in data and handelse_id in sedda:
                raise ogiltig("handelseId", "dubbel", f"handelseId {handelse_id} står på en tidigare rad.")
            onskningar[nr] = anrop.onskan(data, villkor)
            # Only now: a line that could not be read takes its id from no other.
            sedda.add(handelse_id)
        except (Problem, OgiltigHandelse) as fel:
            svar[nr] = _nekad(nr, som_problem(fel), anrop)
    return onskningar


def _en_rad(rad: bytes) -> tuple[dict[str, Any], Versionsvillkor | None]:
    """Return the event of a line, and the line's own If-Match."""
    data = tolka_json(rad)
    if not isinstance(data, dict):
        raise ogiltig(HELHETEN, "inget-objekt", f"En rad ska vara ett JSON-objekt, inte {visa(data)}.")
    vagra_liggarens(data)
    version = data.pop("stromversion", None)
    if version is not None and (type(version) is not int or version < 0):
        mening = f"stromversion ska vara strömmens antal händelser, ett heltal från 0, inte {visa(version)}."
        raise ogiltig("stromversion", "int-type", mening)
    return data, None if version is None else Versionsvillkor(frozenset({version}))


async def _registrera(anrop: Anrop, onskningar: Mapping[int, Onskan], svar: Radsvar) -> None:
    """Record, and give each line its answer."""
    utslag = await asyncio.wrap_future(anrop.rum.ko.lamna(list(onskningar.values())))
    for (nr, onskan), ett in zip(onskningar.items(), utslag, strict=True):
        if isinstance(ett, Kvitto):
            svar[nr] = {"rad": nr, "status": kvittostatus(ett), "kvitto": kvittopost(ett, onskan.forslag)}
        else:
            svar[nr] = _nekad(nr, await nekandet(anrop, onskan, ett), anrop)


def _nekad(nr: int, problem: Problem, anrop: Anrop) -> dict[str, Any]:
    return {"rad": nr, "status": problem.status, "problem": problem.innehallet(anrop.vag)}


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
