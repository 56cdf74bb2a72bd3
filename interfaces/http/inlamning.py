"""Handing in many events over HTTP, each recorded by itself.

Who may record in a stream depends on what is in it, so a line about a stream that an earlier line begins is not judged
until that one is recorded: the lines go in waves, and most bodies are one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from fastapi import Response

from application.commands import Kvitto, Versionsvillkor
from application.faltfel import OgiltigHandelse, ogiltig, visa
from application.registreringsko import Onskan
from interfaces.http.adress import MANGA_HANDELSER, Anrop, Operation, Svarsslag
from interfaces.http.handelsekropp import manga_handelser
from interfaces.http.kropp import tolka_json, vagra_liggarens
from interfaces.http.modeller import Inlamningssvar
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import Problem, som_problem
from interfaces.http.registrering import kvittopost, kvittostatus
from interfaces.http.svar import json_svar

HOGST_RADER = 1000
"""Lines handed in at once."""

_PEKAR_UT = ("id", "arendeId")
"""The fields that name a stream whose units decide who may record the line."""


class Rad(NamedTuple):
    """A line that can be read: its number, its event, and its own If-Match."""

    nr: int
    data: dict[str, Any]
    villkor: Versionsvillkor | None

    @property
    def strommar(self) -> set[str]:
        """Return the streams that it depends on, as they are written."""
        return {varde.lower() for namn in _PEKAR_UT if isinstance(varde := self.data.get(namn), str)}


Radsvar = dict[int, dict[str, Any]]


async def lamna_in(anrop: Anrop) -> Response:
    """Record each line of the body by itself."""
    las_parametrar(anrop.request, ())
    rader = [(nr, rad) for nr, rad in enumerate(anrop.kropp.split(b"\n"), start=1) if rad.strip()]
    if len(rader) > HOGST_RADER:
        raise Problem(413, "for-stort-innehall", f"Högst {HOGST_RADER} rader tas emot åt gången, inte {len(rader)}.")
    svar: Radsvar = {}
    lasta = await anrop.rum.i_skrivtrad(_las, anrop, rader, svar)
    for vag in i_vagor(lasta):
        await _registrera(anrop, vag, svar)
    resultat = [svar[nr] for nr, _ in rader]
    nekade = sum("problem" in ett for ett in resultat)
    return json_svar({"rader": len(rader), "mottagna": len(rader) - nekade, "nekade": nekade, "resultat": resultat})


def i_vagor(rader: Iterable[Rad]) -> Iterator[list[Rad]]:
    """Yield lines that can be judged together, in order: none depends on a stream that one before it may begin."""
    vag: list[Rad] = []
    i_vagen: set[str] = set()
    klara: set[str] = set()
    for rad in rader:
        if rad.strommar & (i_vagen - klara):
            yield vag
            klara |= i_vagen
            vag, i_vagen = [], set()
        vag.append(rad)
        i_vagen |= {str(rad.data.get("id")).lower()}
    if vag:
        yield vag


def _las(anrop: Anrop, rader: Sequence[tuple[int, bytes]], svar: Radsvar) -> list[Rad]:
    """Return the lines that can be read; the others have their answers."""
    lasta: list[Rad] = []
    sedda: set[str] = set()
    for nr, rad in rader:
        try:
            ett = _en_rad(nr, rad)
            handelse_id = str(ett.data.get("handelseId")).lower()
            if "handelseId" in ett.data and handelse_id in sedda:
                raise ogiltig("handelseId", "dubbel", f"handelseId {handelse_id} står på en tidigare rad.")
        except (Problem, OgiltigHandelse) as fel:
            svar[nr] = _nekad(nr, som_problem(fel), anrop)
        else:
            sedda.add(handelse_id)
            lasta.append(ett)
    return lasta


def _en_rad(nr: int, rad: bytes) -> Rad:
    data = tolka_json(rad)
    if not isinstance(data, dict):
        raise ogiltig("händelsen", "inget-objekt", f"En rad ska vara ett JSON-objekt, inte {visa(data)}.")
    vagra_liggarens(data)
    version = data.pop("stromversion", None)
    if version is not None and (type(version) is not int or version < 0):
        mening = f"stromversion ska vara strömmens antal händelser, ett heltal från 0, inte {visa(version)}."
        raise ogiltig("stromversion", "int-type", mening)
    return Rad(nr, data, None if version is None else Versionsvillkor(frozenset({version})))


async def _registrera(anrop: Anrop, vag: Sequence[Rad], svar: Radsvar) -> None:
    """Judge and record a wave, and give each of its lines its answer."""
    onskningar = await anrop.rum.i_skrivtrad(_bedom, anrop, vag, svar)
    if not onskningar:
        return
    utslag = await asyncio.wrap_future(anrop.rum.ko.lamna(list(onskningar.values())))
    for (nr, onskan), ett in zip(onskningar.items(), utslag, strict=True):
        if isinstance(ett, Kvitto):
            svar[nr] = {"rad": nr, "status": kvittostatus(ett), "kvitto": kvittopost(ett, onskan.forslag)}
        else:
            svar[nr] = _nekad(nr, som_problem(ett), anrop)


def _bedom(anrop: Anrop, vag: Sequence[Rad], svar: Radsvar) -> dict[int, Onskan]:
    """Return what whoever asks may have recorded; the other lines have their answers."""
    onskningar: dict[int, Onskan] = {}
    for rad in vag:
        try:
            onskningar[rad.nr] = Onskan(anrop.forslag(rad.data), rad.villkor)
        except (Problem, OgiltigHandelse) as fel:
            svar[rad.nr] = _nekad(rad.nr, som_problem(fel), anrop)
    return onskningar


def _nekad(nr: int, problem: Problem, anrop: Anrop) -> dict[str, Any]:
    return {"rad": nr, "status": problem.status, "problem": problem.innehallet(anrop.request.url.path)}


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
