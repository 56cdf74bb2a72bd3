"""What a request that records must say in its heading: which event it is, and which version of the stream it is upon.

| heading | means |
| --- | --- |
| ``If-Match: "3"`` | the stream has three entries; a validator from an answer (``"3.5f…"``) says it too |
| ``If-Match: "3", "4"`` | it has three or four; several headings are one list |
| ``If-Match: *`` | it has begun |
| ``If-None-Match: *`` | it has not begun |
| ``If-Match: W/"3"`` | never so: a weak validator does not compare (RFC 9110, 13.1.1), so 412 |
| none of them | 428 |
| both, ``If-None-Match`` with anything else, or what is no validator | 400 |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import Request

from application.commands import Versionsvillkor
from application.faltfel import visa
from application.fragetolkning import UUID_FORM
from interfaces.http.problem import Problem, parameterfel

NYCKELHUVUD = "Idempotency-Key"

_ETAGG = re.compile(r'(?P<svag>W/)?"(?P<innehall>[\x21\x23-\x7e\x80-\xff]*)"')
_VERSION = re.compile(r"(?P<version>[0-9]{1,9})(\.[0-9a-f]*)?")


def las_versionsvillkor(request: Request) -> Versionsvillkor:
    """Return which versions of its stream an event may be recorded upon.

    Raises:
        Problem: nothing is said about it, or something that means nothing.
    """
    finns, finns_inte = _lista(request, "if-match"), _lista(request, "if-none-match")
    if finns and finns_inte:
        raise _ogiltigt("If-None-Match", "Ange antingen If-Match eller If-None-Match, inte båda.")
    if finns_inte:
        if finns_inte != ["*"]:
            raise _ogiltigt("If-None-Match", f"If-None-Match ska här vara *, inte {visa(', '.join(finns_inte))}.")
        return Versionsvillkor(frozenset({0}))
    if not finns:
        detalj = (
            'Säg vilken version av strömmen händelsen bygger på: If-Match: "3" för en ström med tre händelser, '
            "If-None-Match: * för en ström som ska börja."
        )
        raise Problem(428, "villkor-saknas", detalj)
    if finns == ["*"]:
        return Versionsvillkor()
    return Versionsvillkor(frozenset(version for etagg in finns for version in _versionen(etagg)))


def _lista(request: Request, huvud: str) -> list[str]:
    """Return the elements of a heading; several of the same name are one list."""
    return [del_ for rad in request.headers.getlist(huvud) for d in rad.split(",") if (del_ := d.strip())]


def _versionen(etagg: str) -> frozenset[int]:
    """Return the version that a validator is of; none for one that is weak, or of something else."""
    delar = _ETAGG.fullmatch(etagg)
    if delar is None:
        raise _ogiltigt("If-Match", f'If-Match ska vara ett värde inom citattecken, som "3", inte {visa(etagg)}.')
    version = _VERSION.fullmatch(delar["innehall"])
    return frozenset() if delar["svag"] or version is None else frozenset({int(version["version"])})


def _ogiltigt(huvud: str, detalj: str) -> Problem:
    return parameterfel("ogiltigt-villkor", huvud, detalj)


def med_nyckeln(request: Request, data: Any) -> Any:
    """Return an event with the id that the heading or the object itself gives it.

    Raises:
        Problem: neither does, they disagree, or the heading is no UUID.
    """
    if not isinstance(data, dict):
        return data
    nyckel = _nyckeln(request)
    if nyckel is None:
        if "handelseId" not in data:
            detalj = f"Händelsen saknar id: ange handelseId i innehållet eller {NYCKELHUVUD} i huvudet, ett UUID."
            raise Problem(400, "nyckel-saknas", detalj, fel=[_pekar_ut(detalj)])
        return data
    angivet = data.get("handelseId", nyckel)
    if not isinstance(angivet, str) or angivet.lower() != nyckel:
        detalj = f"handelseId {visa(angivet)} är inte {NYCKELHUVUD} ({nyckel}). Ange ett av dem, eller samma."
        raise Problem(400, "nycklarna-skiljer-sig", detalj, fel=[_pekar_ut(detalj)])
    return {**data, "handelseId": nyckel}


def _nyckeln(request: Request) -> str | None:
    """Return the key of the heading; within quotation marks as the draft standard has it, or bare."""
    sagda = request.headers.getlist(NYCKELHUVUD)
    if not sagda:
        return None
    nyckel = sagda[0].strip()
    if len(nyckel) > 1 and nyckel[0] == nyckel[-1] == '"':
        nyckel = nyckel[1:-1]
    if len(sagda) > 1 or not UUID_FORM.fullmatch(nyckel):
        mening = f"{NYCKELHUVUD} ska vara ett UUID, en gång, inte {visa(', '.join(sagda))}."
        raise parameterfel("ogiltig-nyckel", NYCKELHUVUD, mening)
    return str(UUID(nyckel))


def _pekar_ut(detalj: str) -> Mapping[str, str]:
    return {"pointer": "/handelseId", "falt": "handelseId", "kod": "nyckel", "detail": detalj}
