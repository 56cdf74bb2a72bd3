"""What a figure is made of, over HTTP: the facts behind a cell, what each contributes, and the events behind it."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from application.celltolkning import tolka_cell
from application.oppna import Oppning
from application.queries import FraganGarInte
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.granser import HOGSTA_ANTAL
from interfaces.http.matt import las_mattfraga
from interfaces.http.modeller_tabeller import Oppningssvar
from interfaces.http.parametrar import DIMENSIONER, MATTFRAGA, las_parametrar
from interfaces.http.problem import parameterfel
from interfaces.http.sidor import las_sida
from interfaces.http.strommar import OFORANDRAT
from interfaces.http.tabeller import TABELLFRAGA, las_tabellfraga
from interfaces.http.tider import Tider, las_tider, svar_med_tider
from interfaces.somdata.oppning import oppning_som_data

_UTAN_UPPDELNING = tuple(namn for namn in MATTFRAGA if namn not in ("gruppera", "jamfor"))


def matt(anrop: Anrop) -> Response:
    """Open a cell of a measure."""
    p, tider, fragan = las_mattfraga(anrop, _UTAN_UPPDELNING, ("cell", "limit"))
    fragan, cell = tolka_cell(fragan, p.get("cell"))
    return _svaret(anrop, tider, p, anrop.tjanster.oppnare.oppna_matt(fragan, cell))


def tabell(anrop: Anrop) -> Response:
    """Open a cell of a table."""
    p = las_parametrar(anrop.request, TABELL.parametrar)
    tider = las_tider(anrop, p)
    fragan = las_tabellfraga(anrop, p, tider)
    for namn in ("rad", "kolumn"):
        if namn not in p:
            mening = f"{namn} ska anges: vilken cell i tabellen som ska öppnas."
            raise parameterfel("ogiltig-fraga", namn, mening)
    try:
        oppning = anrop.tjanster.oppnare.oppna_tabell(fragan, p["rad"], p["kolumn"])
    except FraganGarInte as fel:
        falt = "rad" if fel.falt == "oppna" else fel.falt
        raise FraganGarInte(falt, str(fel)) from None
    return _svaret(anrop, tider, p, oppning)


def _svaret(anrop: Anrop, tider: Tider, p: dict[str, str], oppning: Oppning) -> Response:
    visad = oppning.forsta(las_sida(p).antal)
    innehall: dict[str, Any] = oppning_som_data(visad, anrop.tjanster.oppnare.handelser(visad), oppning.antal)
    return svar_med_tider(anrop, tider, innehall)


_OM = (
    "Varje faktum bakom en siffra, vad det bidrar med och händelserna det följer av. Bidragen summerar exakt till "
    f"siffran. Tal är exakt text. limit säger hur många fakta som visas (högst {HOGSTA_ANTAL}); antal är alla."
)
MATT = Operation(
    matt,
    "Öppna ett mått",
    _OM + " cell är dimension=värde med komma emellan; utan cell öppnas helheten.",
    "Mått",
    {200: Svarsslag("Det som siffran består av.", Oppningssvar), 304: OFORANDRAT},
    parametrar=("cell", "limit", *_UTAN_UPPDELNING, *DIMENSIONER),
)
TABELL = Operation(
    tabell,
    "Öppna en cell i en tabell",
    _OM + " rad är radens nummer eller etikett, kolumn kolumnens namn eller rubrik.",
    "Tabeller",
    {200: Svarsslag("Det som siffran består av.", Oppningssvar), 304: OFORANDRAT},
    parametrar=("rad", "kolumn", "limit", *TABELLFRAGA),
    problem=(422,),
)
