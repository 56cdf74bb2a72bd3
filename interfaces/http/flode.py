"""The whole log as a feed: pages as of a position, and the same as a stream that goes on (server-sent events).

Positions have no gaps and become visible in order, so a reader that remembers the last position it has dealt with
misses nothing and meets nothing twice, whatever happens to it, to its connection or to the server. A reader that is
slow is waited for by its own coroutine only: it holds one page in memory and no lock.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from time import monotonic
from typing import Any

import orjson
from fastapi import Response
from fastapi.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from application.envelope import Kuvert
from application.faltfel import visa
from application.ports import Loggurval
from application.strombild import handelseobjekt
from domain.begrepp import Samling
from domain.handelse import HANDELSETYPER
from domain.katalog import AGGREGAT
from interfaces.http.adress import Anrop, Operation, Rum, Svarsslag
from interfaces.http.modeller import Flodessida
from interfaces.http.parametrar import las_heltal, las_parametrar
from interfaces.http.problem import BARA_HUVUD, Problem, parameterfel
from interfaces.http.sidor import SIDA, Sida, lankar, las_sida
from interfaces.http.strommar import OFORANDRAT
from interfaces.http.tider import KUNSKAP, las_tider, svar_med_tider

KALLA = "/v1/handelser"
STROM = "text/event-stream"

_VIKT = re.compile(r"q=(0(\.[0-9]*)?|1(\.0*)?)")
_PER_SANDNING = 100
_LANGSTA_TYSTNAD = 15.0
"""Seconds without an event after which a reader is told that the connection lives, and how far it has come."""
_PROVAR_TOKEN = 1.0
"""Seconds between two looks at whether the reader's token still holds."""
_PROVA_IGEN = 2000
"""Milliseconds that a reader waits before it connects again."""


async def las(anrop: Anrop) -> Response:
    """Answer with a page, or with a stream where the client asks for one."""
    parametrar = las_parametrar(anrop.request, FLODE.parametrar)
    urval, sida = _urval(parametrar), las_sida(parametrar)
    if _vill_folja(anrop.request.headers.getlist("accept")):
        for namn in (*KUNSKAP, "limit"):
            if namn in parametrar:
                raise parameterfel("ogiltig-fraga", namn, f"{namn} går inte ihop med {STROM}, som inte tar slut.")
        efter = _efter(anrop, sida)
        bara_huvud = BARA_HUVUD in anrop.request.scope
        innehall = iter(list[bytes]()) if bara_huvud else _strommen(anrop, urval, efter)
        huvuden = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "X-Content-Type-Options": "nosniff"}
        return StreamingResponse(innehall, 200, huvuden, STROM)
    return await run_in_threadpool(_sidan, anrop, parametrar, urval, sida)


def _sidan(anrop: Anrop, parametrar: Mapping[str, str], urval: Loggurval, sida: Sida) -> Response:
    tider = las_tider(anrop, parametrar)
    kuvert = anrop.tjanster.huvudbok.las_logg(sida.efter, sida.antal, urval._replace(till=tider.position))
    full = len(kuvert) == sida.antal
    sist = kuvert[-1].position if full else max(tider.position, sida.efter)
    innehall = {
        "underlag": tider.kunskapen(),
        "handelser": [som_cloudevent(anrop.rum, ett) for ett in kuvert],
        "fortsattEfter": sist,
        "lankar": lankar(anrop, tider, sist if full and sist < tider.position else None),
    }
    return svar_med_tider(anrop, tider, innehall)


def som_cloudevent(rum: Rum, kuvert: Kuvert) -> dict[str, Any]:
    """Return an entry as a CloudEvent (1.0): the event as it was sent, in the log's envelope."""
    data = handelseobjekt(kuvert, None)
    typ = kuvert.handelse.typ
    return {
        "specversion": "1.0",
        "id": data["handelseId"],
        "source": rum.utifran(KALLA),
        "type": typ,
        "subject": f"{data['samling']}/{data['id']}",
        "time": data["registrerad"],
        "datacontenttype": "application/json",
        "dataschema": rum.utifran(f"/v1/handelsetyper/{typ}"),
        "position": kuvert.position,
        "streamversion": kuvert.originator_version,
        "commitment": data["lov"],
        "data": data,
    }


async def _strommen(anrop: Anrop, urval: Loggurval, efter: int) -> AsyncIterator[bytes]:
    """Yield the events after a position, and then each new one."""
    vackare = anrop.rum.vackare
    yield f"retry: {_PROVA_IGEN}\n\n".encode()
    senast = monotonic()
    while not vackare.stannar and _far_folja(anrop):
        till = await vackare.slutet_efter(efter, _PROVAR_TOKEN)
        kuvert = []
        if till > efter:
            try:
                kuvert = await run_in_threadpool(_nasta, anrop, urval, efter, till)
            except Problem:  # it is logged, and the reader is told of it when it connects again
                return
        for ett in kuvert:
            yield _ram(anrop.rum, ett)
        full = len(kuvert) == _PER_SANDNING
        efter = kuvert[-1].position if full else max(till, efter)
        if kuvert:
            senast = monotonic()
        elif monotonic() - senast > _LANGSTA_TYSTNAD:
            # An id without data moves the reader's Last-Event-ID past what its filter leaves out.
            yield f": lever\nid: {efter}\n\n".encode()
            senast = monotonic()


def _nasta(anrop: Anrop, urval: Loggurval, efter: int, till: int) -> list[Kuvert]:
    """Return what is to be sent next, noted: what was noted when the stream began was what there was then."""
    kuvert = anrop.tjanster.huvudbok.las_logg(efter, _PER_SANDNING, urval._replace(till=till))
    if kuvert:
        anrop.vakt.anteckna_sida(anrop, efter, kuvert[-1].position)
    return kuvert


def _far_folja(anrop: Anrop) -> bool:
    """Return whether the token still holds; whoever goes on reading shows a new one when it connects again."""
    till = None if anrop.behorig is None else anrop.behorig.galler_till
    return till is None or anrop.tjanster.klocka() < till


def _vill_folja(accept: Iterable[str]) -> bool:
    """Return whether a client asks for the stream by its name, and would not rather have a page (RFC 9110, 12.5.1)."""
    vikter: dict[str, float] = {}
    for del_ in ",".join(accept).split(","):
        typ, *parametrar = (text.strip().lower() for text in del_.split(";"))
        vikter[typ] = next((float(p[2:]) for p in parametrar if _VIKT.fullmatch(p)), 1.0)
    sidans = next((vikter[typ] for typ in ("application/json", "application/*", "*/*") if typ in vikter), 0.0)
    return vikter.get(STROM, 0.0) > 0 and vikter[STROM] >= sidans


def _ram(rum: Rum, kuvert: Kuvert) -> bytes:
    data = orjson.dumps(som_cloudevent(rum, kuvert))
    return b"id: %d\nevent: %b\ndata: %b\n\n" % (kuvert.position, kuvert.handelse.typ.encode(), data)


def _efter(anrop: Anrop, sida: Sida) -> int:
    """Return the position a stream goes on after; what the client has had goes before what its address says."""
    text = anrop.request.headers.get("last-event-id")
    if not text:
        return sida.efter
    sista = anrop.tjanster.huvudbok.antal()
    return las_heltal("Last-Event-ID", text, 0, sista, "en position mellan {minst} och {hogst}")


def _urval(parametrar: Mapping[str, str]) -> Loggurval:
    samlingar = _valda("samling", parametrar, tuple(samling.value for samling in AGGREGAT))
    typer = _valda("typ", parametrar, tuple(HANDELSETYPER))
    return Loggurval(frozenset(map(Samling, samlingar)), frozenset(typer))


def _valda(namn: str, parametrar: Mapping[str, str], tillatna: tuple[str, ...]) -> list[str]:
    if namn not in parametrar:
        return []
    valda = [del_.strip() for del_ in parametrar[namn].split(",")]
    for ett in valda:
        if ett not in tillatna:
            lista = ", ".join(tillatna) if namn == "samling" else "se /v1/handelsetyper"
            raise parameterfel(
                "ogiltig-fraga", namn, f"{visa(ett)} är inget tillåtet värde för {namn}. Tillåtna: {lista}."
            )
    return valda


FLODE = Operation(
    las,
    "Följ liggaren",
    "Alla händelser i den ordning de registrerades, som CloudEvents. offset är positionen att fortsätta efter: spara "
    "fortsattEfter och fråga igen med det. Med Accept: text/event-stream kommer händelserna i stället en och en, och "
    "nya så snart de är registrerade; Last-Event-ID är positionen att fortsätta efter. Ingen händelse hoppas över och "
    "ingen kommer två gånger.",
    "Händelser",
    {
        200: Svarsslag(
            "En sida av flödet, eller flödet självt.",
            Flodessida,
            andra={STROM: 'id: 7\nevent: placering.avslutad\ndata: {"specversion": "1.0", "position": 7, …}\n\n'},
        ),
        304: OFORANDRAT,
    },
    parametrar=(*SIDA, "samling", "typ", *KUNSKAP),
    huvuden=("Last-Event-ID",),
)
