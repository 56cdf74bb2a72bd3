"""What a client sends: which stream, and JSON, read strictly and within limits.

JSON is refused where readers disagree about what it says: the same key twice, NaN and infinity, half a surrogate pair,
text that is not UTF-8, nesting without end.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from fastapi import Request

from application.faltfel import ogiltig, visa
from application.fragetolkning import UUID_FORM
from application.nolltecken import vagra_nolltecken
from domain.begrepp import Samling
from interfaces.http.adress import Intag
from interfaces.http.problem import Problem

STORSTA_LASTA = 16 * 1024 * 1024
"""Bytes of a too large body that are read and thrown away: a client that is cut off while it sends sees no answer."""

STORSTA_DJUP = 32
"""Levels of objects and lists; an event has three."""


@dataclass(frozen=True, slots=True)
class Stromadress:
    """The stream that the path names."""

    samling: Samling
    id: UUID


def las_strom(text: str) -> UUID:
    """Return the stream that a path names.

    Raises:
        Problem: there can be no such stream.
    """
    if not UUID_FORM.fullmatch(text):
        raise Problem(404, "okand-strom", f"Strömmens id ska vara ett UUID, inte {visa(text)}.")
    return UUID(text)


async def las_kropp(request: Request, intag: Intag) -> bytes:
    """Return the body of a request, if it is of the right kind and small enough.

    Raises:
        Problem: wrong content type, or too large.
    """
    typ, _, parametrar = request.headers.get("content-type", "").partition(";")
    teckenkod = parametrar.strip().lower().replace('"', "")
    if typ.strip().lower() not in intag.medietyper or teckenkod not in ("", "charset=utf-8"):
        angivet, ska = visa(request.headers.get("content-type", "")), " eller ".join(intag.medietyper)
        detalj = f"Content-Type ska vara {ska} i UTF-8, inte {angivet}."
        raise Problem(415, "fel-innehallstyp", detalj, huvuden={"Accept": ", ".join(intag.medietyper)})
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        detalj = "Innehållet får inte vara komprimerat (Content-Encoding)."
        raise Problem(415, "fel-innehallstyp", detalj, huvuden={"Accept-Encoding": "identity"})
    kropp, antal = bytearray(), 0
    async for bit in request.stream():
        antal += len(bit)
        if antal <= intag.hogst:
            kropp += bit
        elif antal > STORSTA_LASTA:
            break
    if antal > intag.hogst:
        detalj = f"Innehållet får vara högst {intag.hogst} byte ({intag.hogst // 1024**2} MiB)."
        raise Problem(413, "for-stort-innehall", detalj, huvuden={"Connection": "close"})
    return bytes(kropp)


def tolka_json(kropp: bytes) -> Any:
    """Return the parsed JSON.

    Raises:
        Problem: it is not JSON, or JSON that readers understand differently.
        OgiltigHandelse: it holds a text that cannot be stored.
    """
    try:
        data = orjson.loads(kropp)
    except orjson.JSONDecodeError as fel:
        if not kropp.strip():
            raise Problem(400, "ogiltig-json", "Innehållet är tomt; det ska vara ett JSON-objekt.") from None
        rad = f"rad {fel.lineno}, " if b"\n" in kropp else ""  # of lines handed in, each is told by its own number
        mening = f"Innehållet är inte giltig JSON i UTF-8 ({rad}tecken {fel.colno})."
        raise Problem(400, "ogiltig-json", mening) from None
    if _djup(data) > STORSTA_DJUP:
        raise Problem(400, "ogiltig-json", f"Innehållet har fler än {STORSTA_DJUP} nivåer av objekt och listor.")
    # Numbers are judged above; here only the keys matter.
    json.loads(kropp, object_pairs_hook=_utan_dubbletter, parse_int=len, parse_float=len)
    vagra_nolltecken(kropp, data)
    return data


def _utan_dubbletter(par: list[tuple[str, Any]]) -> None:
    sedda: set[str] = set()
    for namn, _ in par:
        if namn in sedda:
            raise Problem(400, "ogiltig-json", f"Nyckeln {visa(namn)} förekommer två gånger i samma objekt.")
        sedda.add(namn)


def _djup(data: Any) -> int:
    niva, djup = [data], 0
    while niva := [varde for varde in niva if isinstance(varde, dict | list)]:
        djup += 1
        niva = [barn for ett in niva for barn in (ett.values() if isinstance(ett, dict) else ett)]
    return djup


def med_adressen(data: Any, adress: Stromadress) -> Any:
    """Return an event with the stream that the path names; an object that names another is refused.

    Raises:
        OgiltigHandelse: the object disagrees with the path, or says what only the ledger may say.
    """
    if not isinstance(data, dict):
        return data
    if data.get("samling", adress.samling.value) != adress.samling.value:
        mening = f"samling {visa(data['samling'])} stämmer inte med adressen ({adress.samling.value})."
        raise ogiltig("samling", "motsager-adressen", mening)
    angivet = data.get("id", str(adress.id))
    if not isinstance(angivet, str) or angivet.lower() != str(adress.id):
        raise ogiltig("id", "motsager-adressen", f"id {visa(angivet)} stämmer inte med adressen ({adress.id}).")
    vagra_liggarens(data)
    return {**data, "samling": adress.samling.value, "id": str(adress.id)}


def vagra_liggarens(data: dict[str, Any]) -> None:
    """Refuse an event that says who recorded it; when is refused to all but a migration (``tolka``).

    Raises:
        OgiltigHandelse: it does.
    """
    if "aktor" in data:
        raise ogiltig("aktor", "saknar-ratt", "aktor sätts av liggaren ur avsändarens token och kan inte anges.")
