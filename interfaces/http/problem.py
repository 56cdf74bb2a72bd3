"""Everything that goes wrong, as problem details (RFC 9457) in Swedish.

One error class of our own (``Problem``), one table from the other layers' errors to it, and a guard around the whole
application: what nobody foresaw becomes a reference number for the client and a place in the code for the log, never
a stack trace in the answer and never a value from the data in the log.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote
from uuid import uuid4

import orjson
from eventsourcing.persistence import OperationalError
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from application.commands import HandelseIdUpptaget, StrommenHarEnAnnanVersion, StrommenHorTillEnAnnanSamling
from application.faltfel import HELHETEN, Faltfel, OgiltigHandelse, faltfel_av
from application.ports import (
    DatabasenSkadad,
    DiskenFull,
    Diskfel,
    LiggarenUpptagen,
    OsakerDatabas,
    RattSaknas,
    TidenGarBaklanges,
)
from application.queries import FraganGarInte
from application.rapporter.radmappning import RadmappningGarInte
from application.registreringsko import RedanPaVag
from domain.fel import Regelbrott

MEDIETYP = "application/problem+json"

KROCKAR: Mapping[type[Regelbrott], int] = {
    HandelseIdUpptaget: 422,
    StrommenHorTillEnAnnanSamling: 409,
    StrommenHarEnAnnanVersion: 412,
}
"""Refusals where the event meets something else in the ledger, not a rule about what may happen; with their status."""

TITLAR: Mapping[str, str] = {
    "atkomst-ej-antecknad": "Åtkomsten gick inte att anteckna",
    "databasfel": "Databasen går inte att läsa eller skriva",
    "disken-full": "Disken är full",
    "for-stort-huvud": "Begärans huvud är för stort",
    "for-stort-innehall": "Innehållet är för stort",
    "fel-innehallstyp": "Innehållet har fel typ",
    "internt-fel": "Ett oväntat fel inträffade",
    "ingen-radmappning": "Tabellens rader är inte bestämda",
    "inte-redo": "Liggaren är inte redo",
    "nycklar-saknas": "Nycklarna för inloggning går inte att läsa",
    "ogiltig-begaran": "Begäran går inte att läsa",
    "nyckel-saknas": "Händelsen saknar id",
    "nycklarna-skiljer-sig": "Händelsen har två olika id",
    "ogiltig-fraga": "Frågan går inte att besvara",
    "ogiltig-handelse": "Händelsen går inte att läsa",
    "ogiltig-json": "Innehållet är inte giltig JSON",
    "ogiltig-nyckel": "Händelsens id går inte att läsa",
    "ogiltigt-villkor": "Villkoret går inte att läsa",
    "ogiltig-token": "Token tas inte emot",
    "okand-adress": "Adressen finns inte",
    "okand-handelsetyp": "Händelsetypen finns inte",
    "okand-parameter": "Parametern finns inte",
    "okand-tabell": "Tabellen finns inte",
    "okand-strom": "Strömmen finns inte",
    "okant-matt": "Måttet finns inte",
    "otillaten-metod": "Metoden är inte tillåten",
    "redan-pa-vag": "Händelsen håller på att registreras",
    "saknar-ratt": "Rätten räcker inte",
    "saknar-token": "Token saknas",
    "upptagen": "Liggaren är upptagen",
    "villkor-saknas": "Det sägs inte vilken version av strömmen händelsen bygger på",
}
"""The title of every kind of problem that is not a refusal by a rule of the domain."""

BARA_HUVUD = "liggare.bara_huvud"
"""In the scope of a request for the heading alone, which is answered as one for the whole."""

_LANGSTA_KEDJA = 10

_logg = logging.getLogger("liggare.http")


class Problem(Exception):
    """The request cannot be fulfilled."""

    def __init__(
        self,
        status: int,
        kod: str,
        detalj: str,
        *,
        titel: str | None = None,
        fel: Iterable[Mapping[str, str]] = (),
        huvuden: Mapping[str, str] | None = None,
        **ovrigt: str | int,
    ) -> None:
        """Say what is wrong; ``kod`` names the kind for ever, ``titel`` only where the table has none."""
        super().__init__(detalj)
        self.status = status
        self.huvuden = dict(huvuden or {})
        self.innehall: dict[str, Any] = {
            "type": f"/problem/{kod}", "title": titel or TITLAR[kod], "status": status, "detail": detalj,
            **ovrigt, "errors": list(fel),
        }  # fmt: skip

    def innehallet(self, adress: str) -> dict[str, Any]:
        """Return the document that answers a request for an address."""
        return {**self.innehall, "instance": quote(adress)}

    def svar(self, adress: str) -> Response:
        """Return the answer to a request for an address."""
        innehall = self.innehallet(adress)
        huvuden = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **self.huvuden}
        return Response(orjson.dumps(innehall), self.status, huvuden, MEDIETYP)


def parameterfel(kod: str, namn: str, detalj: str) -> Problem:
    """Return the problem of one query parameter."""
    return Problem(400, kod, detalj, fel=[{"parameter": namn, "falt": namn, "kod": kod, "detail": detalj}])


def pekare(falt: str) -> str:
    """Return a field of an event, written with dots, as a JSON pointer; the event itself is the empty pointer."""
    if falt == HELHETEN:
        return ""
    return "".join("/" + steg.replace("~", "~0").replace("/", "~1") for steg in falt.split("."))


def som_problem(fel: Exception) -> Problem:
    """Return another layer's error as a problem."""
    match fel:
        case Problem():
            return fel
        case OgiltigHandelse():
            return Problem(422, "ogiltig-handelse", str(fel), fel=map(_faltpost, fel.fel))
        case Regelbrott():
            return _regelbrottet(fel)
        case RedanPaVag():
            huvuden = {"Retry-After": "1"}
            return Problem(409, "redan-pa-vag", f"{fel} Sänd den igen för att få kvittot.", huvuden=huvuden)
        case RadmappningGarInte():
            return Problem(422, "ingen-radmappning", str(fel))
        case FraganGarInte() if fel.falt == "matt":
            return Problem(404, "okant-matt", str(fel))
        case FraganGarInte():
            return parameterfel("ogiltig-fraga", fel.falt, str(fel))
        case TidenGarBaklanges():
            return Problem(422, "ogiltig-handelse", str(fel), fel=[_faltpost(faltfel_av(fel))])
        case OsakerDatabas() | OperationalError():
            return _databasfelet(fel)
        case _:
            return Problem(400, "ogiltig-begaran", "Begäran följer inte beskrivningen av gränssnittet.")


def _regelbrottet(fel: Regelbrott) -> Problem:
    krock = KROCKAR.get(type(fel))
    titel = "Händelsen bryter mot en regel" if krock is None else "Händelsen krockar med en tidigare"
    if isinstance(fel, StrommenHarEnAnnanVersion):
        # Nothing in the event is wrong: what it was to be recorded upon is another by now.
        version = fel.varden["version"]
        huvuden = {"ETag": f'"{version}"'} if version else {}
        return Problem(412, fel.kod, fel.mening, titel=titel, huvuden=huvuden, version=version)
    return Problem(krock or 422, fel.kod, fel.mening, titel=titel, fel=[_faltpost(faltfel_av(fel))])


def _databasfelet(fel: OsakerDatabas | OperationalError) -> Problem:
    match fel:
        case LiggarenUpptagen():
            return Problem(503, "upptagen", fel.mening, huvuden={"Retry-After": "1"})
        case DiskenFull():
            return Problem(507, "disken-full", fel.mening, huvuden={"Retry-After": "60"})
        case Diskfel() | DatabasenSkadad() | RattSaknas() | OsakerDatabas():
            return Problem(503, "databasfel", str(fel))
        case _:
            # The connection may have been lost after the database had taken the event in.
            detalj = "Databasen svarade inte. Sänd händelsen igen: samma handelseId registreras aldrig två gånger."
            return Problem(503, "upptagen", detalj, huvuden={"Retry-After": "1"})


def lagg_till_felhantering(app: FastAPI, utifran: Callable[[str], str]) -> None:
    """Make every error of an application a problem document, the framework's own included.

    Args:
        app: the application.
        utifran: returns a path as whoever asks has it.
    """

    async def svara(request: Request, fel: Exception) -> Response:
        return som_problem(fel).svar(utifran(request.url.path))

    async def ramverkets(request: Request, fel: Exception) -> Response:
        return _ramverkets(app, request, cast(HTTPException, fel)).svar(utifran(request.url.path))

    egna = (
        Problem,
        OgiltigHandelse,
        Regelbrott,
        RedanPaVag,
        FraganGarInte,
        RadmappningGarInte,
        TidenGarBaklanges,
        OsakerDatabas,
        OperationalError,
    )
    for klass in (*egna, RequestValidationError):
        app.add_exception_handler(klass, svara)
    app.add_exception_handler(HTTPException, ramverkets)
    app.add_middleware(Felvakt, utifran=utifran)


def _ramverkets(app: FastAPI, request: Request, fel: HTTPException) -> Problem:
    adress, metod = request.url.path, request.method
    if fel.status_code == HTTPStatus.NOT_FOUND:
        vagar = (str(getattr(route, "path", "")) for route in app.routes)
        finns = sorted({vag.removeprefix("/v1/").split("/")[0] for vag in vagar if vag.startswith("/v1/")})
        detalj = f"Adressen {adress} finns inte. Under /v1 finns: {', '.join(finns)}."
        return Problem(404, "okand-adress", detalj)
    if fel.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # The framework names only the methods of the first route with this address.
        tillatna = sorted({
            namn
            for route in app.routes
            if route.matches(request.scope)[0] is not Match.NONE
            for namn in getattr(route, "methods", None) or ()
        })  # fmt: skip
        lista = ", ".join(tillatna)
        detalj = f"{metod} är inte tillåten för {adress}. Tillåtna: {lista}."
        return Problem(405, "otillaten-metod", detalj, huvuden={"Allow": lista})
    return Problem(fel.status_code, "ogiltig-begaran", "Begäran går inte att läsa.")


def _faltpost(fel: Faltfel) -> dict[str, str]:
    return {"pointer": pekare(fel.falt), "falt": fel.falt, "kod": fel.kod, "detail": fel.mening}


def logga_fel(fel: BaseException) -> str:
    """Log where an unforeseen error arose and return its reference.

    Only kinds and places are logged: an error's text may carry values from the data.
    """
    referens = str(uuid4())
    delar: list[str] = []
    orsak: BaseException | None = fel
    while orsak is not None and len(delar) < _LANGSTA_KEDJA:
        delar.append(f"{type(orsak).__qualname__}\n{''.join(traceback.format_tb(orsak.__traceback__))}")
        orsak = orsak.__cause__ or orsak.__context__
    _logg.error("Oväntat fel %s: %s", referens, "orsakat av ".join(delar))
    return referens


class Felvakt:
    """Outermost: answers an unforeseen error with a reference, and HEAD as GET without content."""

    def __init__(self, app: ASGIApp, utifran: Callable[[str], str]) -> None:
        """Guard an application."""
        self._app, self._utifran = app, utifran

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        borjat, bara_huvud = False, scope["method"] == "HEAD"

        async def sand(message: Message) -> None:
            nonlocal borjat
            borjat = borjat or message["type"] == "http.response.start"
            if bara_huvud and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app({**scope, "method": "GET", BARA_HUVUD: True} if bara_huvud else scope, receive, sand)
        except ClientDisconnect:
            return
        except Exception as fel:
            referens = logga_fel(fel)
            if borjat:
                raise
            detalj = f"Felet är loggat. Uppge referensen {referens} till den som sköter liggaren."
            problem = Problem(500, "internt-fel", detalj, referens=referens)
            await problem.svar(self._utifran(scope["path"]))(scope, receive, sand)
