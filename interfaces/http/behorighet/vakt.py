"""The guard of every declared route: who asks, whether it may, and a note of it before anything is answered.

In this order: the token, the matrix, the note. What a role may not see of another unit is refused just as what is not
there, in the same words. A note that cannot be written lets nothing out.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from application.atkomst import Atkomst, Atkomstlogg
from application.behorighet.behorig import SKILJE, Behorig, NycklarnaGarInte
from application.behorighet.enheter import Enhetsbok
from application.behorighet.matris import Avgorande
from application.behorighet.ord import OPPNA, Lage, Rojer
from application.behorighet.skrivratt import Skrivratt
from application.commands import Obehorig, Provning
from application.envelope import Forslag
from domain.begrepp import Samling
from interfaces.http.adress import Adress, Anrop
from interfaces.http.behorighet.token import TokenDugerInte, Tokenlasare
from interfaces.http.granser import LANGSTA_PARAMETER
from interfaces.http.problem import Problem, logga_fel

METADATA = "/.well-known/oauth-protected-resource"
"""Where a client reads how to get a token (RFC 9728)."""

ANTECKNAS: frozenset[Rojer] = frozenset((Rojer.PERSONUPPGIFT, Rojer.ATKOMSTLOGG))
"""What every reading of is noted."""

_AVGOR_LASNINGEN = ("Accept-Datetime", "Last-Event-ID")
"""The headings that decide what is read, as parameters do."""
_LANGSTA_MAL = 200
_NAMN = re.compile(r"[a-z0-9-]{1,100}")
_BEARER = re.compile(r"bearer +(?P<token>[^ ]+) *", re.IGNORECASE)

_logg = logging.getLogger("liggare.behorighet")


@dataclass(frozen=True)
class Tokenvakt:
    """Lets in by bearer token."""

    tokenlasare: Tokenlasare
    enhetsbok: Enhetsbok
    atkomstlogg: Atkomstlogg

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Return what a client must know to get a token (RFC 9728)."""
        return MappingProxyType({
            "resource": self.tokenlasare.resurs,
            "authorization_servers": [self.tokenlasare.utgivare],
            "bearer_methods_supported": ["header"],
            "resource_name": "Liggare",
        })  # fmt: skip

    def legitimera(self, request: Request, adress: Adress) -> Behorig | None:
        """Return who asks; None where all may.

        Raises:
            Problem: there is no token that is accepted.
        """
        return None if adress.rojer in OPPNA else self._bararen(request)

    def fragar_liggaren(self, adress: Adress, behorig: Behorig) -> bool:
        """Return whether letting somebody in is more than a cell of the matrix that allows it."""
        skriver = adress.rojer is Rojer.SKRIVNING
        return not skriver or not behorig.avgor(adress.rojer, Lage.ALLA).beviljas

    def slapp_in(self, request: Request, adress: Adress, behorig: Behorig, strom: UUID | None) -> None:
        """Let in who may.

        Raises:
            Problem: what the token says is not enough, or it could not be noted.
        """
        # What is recorded is tried event by event, as it is recorded; a stream that is read, at once.
        lage, rojer = Lage.ALLA, adress.rojer_i(request)
        if strom is not None and adress.samling is not None and rojer is not Rojer.SKRIVNING:
            lage = self.enhetsbok.lage(behorig, adress.samling, strom)
        avgorande = behorig.avgor(rojer, lage)
        if rojer in ANTECKNAS or not avgorande.beviljas:
            self._anteckna(behorig, adress, _mal(request, adress.samling, strom), _fragan(request, adress), avgorande)
        if not avgorande.beviljas:
            raise self._nekande(avgorande, adress.samling, strom, adress.operation.skiljer_ut(request))

    def anteckna_sida(self, anrop: Anrop, efter: int, till: int) -> None:
        """Note what an answer that goes on is about to tell, as the question that would give just that.

        Raises:
            Problem: it could not be noted.
        """
        assert anrop.behorig is not None
        rojer = anrop.adress.rojer_i(anrop.request)
        fraga = _fragan(anrop.request, anrop.adress) | {"offset": str(efter), "position": str(till)}
        fraga.pop("Last-Event-ID", None)
        self._anteckna(anrop.behorig, anrop.adress, None, fraga, anrop.behorig.avgor(rojer, Lage.ALLA))

    def provning(self, behorig: Behorig) -> Provning:
        """Return what tries each event that somebody records."""
        return Skrivratt(self.enhetsbok, behorig)

    def nekat(self, anrop: Anrop, forslag: Forslag, nekande: Obehorig) -> Problem:
        """Note that a proposal was refused, and return what it is answered.

        Raises:
            Problem: it could not be noted.
        """
        assert anrop.behorig is not None
        mal = f"/v1/{forslag.samling.value}/{forslag.strom}"
        self._anteckna(anrop.behorig, anrop.adress, mal, {}, nekande.avgorande)
        return self._nekande(nekande.avgorande, forslag.samling, forslag.strom)

    def slapp_ut(self, anrop: Anrop, svar: Response) -> Response:
        """Return the answer, marked as one that depends on who asks."""
        if anrop.behorig is not None:
            svar.headers.add_vary_header("Authorization")
        return svar

    def _bararen(self, request: Request) -> Behorig:
        huvuden = request.headers.getlist("authorization")
        if len(huvuden) > 1:
            huvud = {"WWW-Authenticate": self._utmaning("invalid_request")}
            raise Problem(400, "ogiltig-begaran", "Huvudet Authorization ska finnas en gång.", huvuden=huvud)
        funnen = _BEARER.fullmatch(huvuden[0]) if huvuden else None
        if funnen is None:
            detalj = f"Ange en token: Authorization: Bearer …. Hur man får en står i {METADATA}."
            raise Problem(401, "saknar-token", detalj, huvuden={"WWW-Authenticate": self._utmaning()})
        try:
            return self.tokenlasare.las(funnen["token"])
        except TokenDugerInte as fel:
            _logg.warning("en token vägrades: %s", fel.kod)
            utmaning = self._utmaning("invalid_token", fel.kod)
            raise Problem(401, "ogiltig-token", str(fel), huvuden={"WWW-Authenticate": utmaning}) from None
        except NycklarnaGarInte as fel:
            _logg.error("%s", fel)
            detalj = "Servern saknar nycklar att pröva token med. Försök igen om en stund."
            raise Problem(503, "nycklar-saknas", detalj, huvuden={"Retry-After": "30"}) from None

    def _utmaning(self, fel: str | None = None, om: str | None = None) -> str:
        """Return what a client is to do (RFC 6750, 3; RFC 9728, 5.1)."""
        delar = [f'resource_metadata="{self.tokenlasare.resurs.rstrip("/")}{METADATA}"']
        delar += [f'error="{fel}"'] if fel else []
        delar += [f'error_description="{om}"'] if om else []
        return "Bearer " + ", ".join(['realm="liggare"', *delar])

    def _anteckna(
        self, behorig: Behorig, adress: Adress, mal: str | None, fraga: Mapping[str, str], avgorande: Avgorande
    ) -> None:
        atkomst = Atkomst(
            behorig.subjekt, behorig.roll.lagrat, behorig.syfte.lagrat, SKILJE.join(behorig.enheter) or None,
            adress.namn, mal, fraga, avgorande.beviljas,
        )  # fmt: skip
        try:
            self.atkomstlogg.skriv(atkomst)
        except Exception as fel:
            # Whatever it was: what cannot be noted is not told.
            referens = logga_fel(fel)
            detalj = "Åtkomsten gick inte att anteckna, så inget svar lämnas. Försök igen om en stund."
            raise Problem(503, "atkomst-ej-antecknad", detalj, huvuden={"Retry-After": "5"}, referens=referens) from fel

    def _nekande(
        self, avgorande: Avgorande, samling: Samling | None, strom: UUID | None, skiljer_ut: str | None = None
    ) -> Problem:
        if avgorande.dolt and samling is not None:
            detalj = (
                f"Ingenting är känt om {strom} i {samling.value} för tokenens enheter. En ny ström ska börja i en av "
                "dem: ett ärende med sin enhet, en placering i ett känt ärende eller med sin enhet."
            )
            return Problem(404, "okand-strom", detalj)
        utmaning = self._utmaning("insufficient_scope")
        varfor = f"Svaret skiljer ut enskilda ärenden ({skiljer_ut}). " if skiljer_ut else ""
        return Problem(403, "saknar-ratt", varfor + avgorande.skal, huvuden={"WWW-Authenticate": utmaning})


def _mal(request: Request, samling: Samling | None, strom: UUID | None) -> str | None:
    """Return what is read, in one way of writing it, so that it can be searched for."""
    if strom is not None and samling is not None:
        return f"/v1/{samling.value}/{strom}"
    namn = request.path_params.get("namn")
    return f"{request.url.path}"[:_LANGSTA_MAL] if isinstance(namn, str) and _NAMN.fullmatch(namn) else None


def _fragan(request: Request, adress: Adress) -> dict[str, str]:
    """Return the parameters and headings that decide what is read; what else was sent is refused later and not kept.

    What is longer than any that is answered (``las_parametrar``) is cut.
    """
    operation, huvuden = adress.operation, request.headers
    sagt = [(namn, varde) for namn, varde in request.query_params.multi_items() if namn in operation.parametrar]
    avgor = (namn for namn in _AVGOR_LASNINGEN if namn in operation.alla_huvuden and namn in huvuden)
    sagt += [(namn, ", ".join(huvuden.getlist(namn))) for namn in avgor]
    return {namn: varde[:LANGSTA_PARAMETER] for namn, varde in sagt}
