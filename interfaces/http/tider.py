"""As of when: every reading of what is recorded is asked as of a day and a moment of knowledge, and says which.

The moment of knowledge is said in one of three ways – ``kantDen``, ``position`` or the heading ``Accept-Datetime`` (RFC
7089) – and is resolved to a position before anything is read. The address of an answer as of that position is sent
with it, and what that address answers is the same bytes for ever (until something personal in it is erased).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import Request, Response

from application.behorighet.ord import Rojer
from application.faltfel import visa
from application.fragetolkning import ogonblick_i_liggaren, tolka_ogonblick, tolka_tidssnitt
from application.queries import FraganGarInte
from domain.tid import Tidssnitt, dagens_slut, som_rfc3339, svensk_dag
from interfaces.http.adress import Anrop
from interfaces.http.parametrar import las_heltal
from interfaces.http.problem import parameterfel
from interfaces.http.svar import kropp_svar, oforandrat

TIDER = ("gallerDen", "kantDen", "position")
KUNSKAP = ("kantDen", "position")
"""The parameters of what tells of the log itself, where no day is asked about."""

_HUVUD = "Accept-Datetime"


@dataclass(frozen=True, slots=True)
class Tider:
    """What an answer is as of.

    Attributes:
        kant_sagd: whether the question said an instant; then the answer repeats it.
    """

    snitt: Tidssnitt
    position: int
    kant_den: datetime
    kant_sagd: bool

    def underlag(self) -> dict[str, Any]:
        """Return the times as an answer tells them."""
        return {
            "position": self.position,
            "gallerDen": self.snitt.galler_den.isoformat(),
            "kantDen": som_rfc3339(self.kant_den),
        }

    def kunskapen(self) -> dict[str, Any]:
        """Return what was known, as an answer about the log itself tells it."""
        return {"position": self.position, "kantDen": som_rfc3339(self.kant_den)}


def las_tider(anrop: Anrop, parametrar: Mapping[str, str]) -> Tider:
    """Return what a request is asked as of.

    Raises:
        FraganGarInte: a time cannot be read, or lies in the future.
        Problem: a position does not exist, a time disagrees with it, or ``Accept-Datetime`` cannot be read.
    """
    nu = anrop.tjanster.klocka()
    sagd = parametrar.get("kantDen")
    kant_den = None if sagd is None else _forfluten(sagd, nu)
    if "position" in parametrar:
        position, registrerad = _vid_position(anrop, "position", parametrar["position"])
        if position and kant_den is not None and kant_den < registrerad:
            mening = f"Position {position} registrerades {som_rfc3339(registrerad)}, efter kantDen."
            raise parameterfel("ogiltig-fraga", "position", mening)
        kant = kant_den or registrerad
    else:
        kant_den = kant_den or _accept_datetime(anrop.request, nu)
        kunskap = anrop.tjanster.huvudbok.kunskap(kant_den)
        position, kant = kunskap.position, kunskap.kant_den
    galler_den = tolka_tidssnitt(parametrar.get("gallerDen"), None, nu).galler_den
    return Tider(Tidssnitt(galler_den, kant, position), position, kant, kant_den is not None)


def las_jamforelse(anrop: Anrop, parametrar: Mapping[str, str], tider: Tider) -> Tider | None:
    """Return the earlier knowledge that an answer is to be compared with, where one is asked for.

    Raises:
        Problem: it is no position, or lies after the answer's own.
    """
    if "jamfor" not in parametrar:
        return None
    position, registrerad = _vid_position(anrop, "jamfor", parametrar["jamfor"])
    if position > tider.position:
        mening = f"jamfor ({position}) ska inte ligga efter svarets position ({tider.position})."
        raise parameterfel("ogiltig-fraga", "jamfor", mening)
    return Tider(Tidssnitt(tider.snitt.galler_den, registrerad, position), position, registrerad, False)


def _forfluten(text: str, nu: datetime) -> datetime:
    """Return a moment of knowledge that is not to come; a day that is not over means up to now."""
    kant_den = tolka_ogonblick(text)
    if kant_den > nu and kant_den != dagens_slut(svensk_dag(nu)):
        mening = f"kantDen {visa(text)} ligger i framtiden; klockan är {som_rfc3339(nu)}. Vad som då är känt vet ingen."
        raise FraganGarInte("kantDen", mening)
    return min(kant_den, nu)


def _vid_position(anrop: Anrop, namn: str, text: str) -> tuple[int, datetime]:
    """Return a position of the log and when its event was registered."""
    sista = anrop.tjanster.huvudbok.antal()
    position = las_heltal(namn, text, 0, sista, "ett heltal mellan {minst} och {hogst} (liggarens sista)")
    if not position:
        return 0, datetime.fromtimestamp(0, UTC)
    return position, anrop.tjanster.huvudbok.registrerad(position)


def _accept_datetime(request: Request, nu: datetime) -> datetime | None:
    """Return the moment of knowledge that the heading asks for; a later one than now means now (RFC 7089, 4.5.3)."""
    sagda = request.headers.getlist(_HUVUD)
    if not sagda:
        return None
    try:
        sagd = parsedate_to_datetime(sagda[0])
    except (ValueError, OverflowError):
        sagd = None
    # Without a zone it would be read in the server's.
    if len(sagda) > 1 or sagd is None or sagd.tzinfo is None:
        mening = f"{_HUVUD} ska skrivas som Thu, 19 Sep 2019 12:00:00 GMT, en gång, inte {visa(', '.join(sagda))}."
        raise parameterfel("ogiltig-fraga", _HUVUD, mening)
    return ogonblick_i_liggaren(_HUVUD, sagda[0], min(sagd, nu))


def svar_med_tider(anrop: Anrop, tider: Tider, innehall: Any, version: int | None = None) -> Response:
    """Return an answer as of some times: with a strong validator, its moment of knowledge, and its lasting address.

    Args:
        version: number of entries of the stream that the answer is about; it then begins the validator, so that the
            validator of what was read says which version an event is recorded upon (``If-Match``).
    """
    kropp = orjson.dumps(innehall)
    forst = "" if version is None else f"{version}."
    etagg = f'"{forst}{hashlib.sha256(kropp).hexdigest()[:32]}"'
    personligt = anrop.adress.rojer_i(anrop.request) is Rojer.PERSONUPPGIFT
    huvuden = {
        "Cache-Control": "no-store" if personligt else "private, no-cache",
        "ETag": etagg,
        "Vary": "Accept, Accept-Datetime",
        "Memento-Datetime": format_datetime(tider.kant_den.replace(microsecond=0), usegmt=True),
        "Link": f'<{permalank(anrop, tider)}>; rel="memento bookmark", <{anrop.vag}>; rel="original timegate"',
    }
    return oforandrat(anrop.request, etagg, huvuden) or kropp_svar(kropp, 200, huvuden)


def permalank(anrop: Anrop, tider: Tider, **andra: str) -> str:
    """Return the address that answers the same for ever: the question with every time said, and these changes in it."""
    utom = {*TIDER, *andra}
    ovriga = [par for par in anrop.request.query_params.multi_items() if par[0] not in utom]
    om_dag = "gallerDen" in anrop.adress.operation.parametrar
    tiderna = [("gallerDen", tider.snitt.galler_den.isoformat())] if om_dag else []
    tiderna += [("kantDen", som_rfc3339(tider.kant_den))] if tider.kant_sagd else []
    fraga = urlencode([*ovriga, *andra.items(), *tiderna, ("position", str(tider.position))], safe=":,")
    return f"{anrop.vag}?{fraga}"
