"""Report tables over HTTP: which there are, and one as of a day and a moment of knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import Request, Response

from application import enskilda
from application.faltfel import visa
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.katalog import TABELLER
from application.rapporter.tabellfraga import Tabellfraga, Tabellsvar
from domain.handelse import KOMMUNKOD
from domain.rojande import NOT
from domain.tid import FORSTA_AR, SISTA_AR
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.modeller_tabeller import Tabellista, Tabellsvarsmodell
from interfaces.http.parametrar import las_heltal, las_parametrar
from interfaces.http.problem import Problem, parameterfel
from interfaces.http.strommar import OFORANDRAT
from interfaces.http.svar import json_svar
from interfaces.http.tider import TIDER, Tider, las_jamforelse, las_tider, svar_med_tider
from interfaces.somdata.underlag import underlag_som_data

TABELLFRAGA = (
    "kommun", "ar", "namnd", "tillManad", "sedanDen", "vardygnsregel", "franvaro", "organisationDen", "radmappningDen",
    *TIDER,
)  # fmt: skip
"""The parameters of a question to a table."""

_MANADER = 12


def _skiljer_ut(request: Request) -> str | None:
    """Return the dimension that the table singles cases out by."""
    return enskilda.i_tabellen(request.path_params["namn"])


def lista(anrop: Anrop) -> Response:
    """List the tables."""
    las_parametrar(anrop.request, ())
    return json_svar({
        "tabeller": [
            {"namn": t.namn, "rubrik": t.rubrik, "kalla": t.kalla, "etiketter": list(t.etikettkolumner)}
            for t in TABELLER.values()
        ]
    })  # fmt: skip


def fraga(anrop: Anrop) -> Response:
    """Answer a table."""
    p = las_parametrar(anrop.request, FRAGA.parametrar)
    tider = las_tider(anrop, p)
    da = las_jamforelse(anrop, p, tider)
    fragan = las_tabellfraga(anrop, p, tider)
    svar = anrop.tjanster.redovisning.tabell(fragan)
    innehall = {
        "tabell": fragan.tabell.namn,
        "rubrik": fragan.tabell.rubrik,
        "kommun": fragan.kommun,
        "ar": fragan.ar,
        "underlag": underlag_som_data(svar.underlag),
        "kolumner": [{"namn": k.nyckel, "rubrik": k.rubrik, "decimaler": k.decimaler} for k in svar.kolumner],
        "rader": _rader(svar),
        "noter": list(svar.noter),
        **_sekretess(svar),
        "jamforelse": None,
    }
    if da is not None:
        forr = anrop.tjanster.redovisning.tabell(replace(fragan, tidssnitt=da.snitt))
        innehall["jamforelse"] = {"underlag": da.kunskapen(), "rader": _rader(forr), **_sekretess(forr)}
    return svar_med_tider(anrop, tider, innehall)


def _sekretess(svar: Tabellsvar) -> dict[str, Any]:
    """Return which cells have a figure that is not shown, where the answer is under disclosure control."""
    if not svar.skyddat:
        return {}
    dolda = [{"rad": nr + 1, "kolumn": kolumn} for nr, kolumn in sorted(svar.dolda)]
    return {"sekretess": {"dolda": dolda, "raderUtelamnade": svar.rader_utelamnade, "not": NOT}}


def las_tabellfraga(anrop: Anrop, p: Mapping[str, str], tider: Tider) -> Tabellfraga:
    """Return the question to the table that the path names.

    Raises:
        Problem: there is no such table, or a parameter has a value that is not allowed.
        FraganGarInte: likewise.
    """
    namn = anrop.request.path_params["namn"]
    if namn not in TABELLER:
        raise Problem(404, "okand-tabell", f"Tabellen {visa(namn)} finns inte. Tillåtna: {', '.join(TABELLER)}.")
    fragan = tolka_tabellfraga(
        namn,
        kommun=las_kommun(anrop, p),
        ar=las_ar(p) or tider.snitt.galler_den.year,
        nu=anrop.tjanster.klocka(),
        galler_den=tider.snitt.galler_den.isoformat(),
        vardygnsregel=p.get("vardygnsregel"),
        franvaro=p.get("franvaro"),
        namnd=p.get("namnd"),
        organisation_den=p.get("organisationDen"),
        radmappning_den=p.get("radmappningDen"),
        till_manad=las_heltal("tillManad", p["tillManad"], 1, _MANADER) if "tillManad" in p else None,
        sedan_den=p.get("sedanDen"),
    )
    return replace(fragan, tidssnitt=tider.snitt)


def las_kommun(anrop: Anrop, p: Mapping[str, str]) -> str:
    """Return the municipality that is asked about, or the server's own.

    Raises:
        Problem: there is neither.
    """
    kommun = p.get("kommun", anrop.rum.kommun)
    if kommun is None:
        raise parameterfel("ogiltig-fraga", "kommun", f"kommun ska anges: {KOMMUNKOD.ord}.")
    return kommun


def las_ar(p: Mapping[str, str]) -> int | None:
    """Return the year that is asked about, if one is said.

    Raises:
        Problem: it is none.
    """
    return las_heltal("ar", p["ar"], FORSTA_AR, SISTA_AR) if "ar" in p else None


def _rader(svar: Tabellsvar) -> list[dict[str, Any]]:
    """Return every cell as it is printed; None where there is nothing to say."""
    return [{k.nyckel: svar.tryckt(rad, k) or None for k in svar.kolumner} for rad in svar.rader]


LISTA = Operation(
    lista,
    "Lista tabellerna",
    "Alla rapporttabeller, med varifrån de kommer.",
    "Tabeller",
    {200: Svarsslag("Tabellerna.", Tabellista)},
)
FRAGA = Operation(
    fraga,
    "Läs en tabell",
    "Tabellen för en kommun och ett år, som den såg ut en dag och enligt vad som var känt. Cellerna är text, som de "
    "trycks. Med jamfor följer raderna också som de var enligt vad som var känt vid en tidigare position. En "
    "tabell med en rad per ärende lämnas bara till den som får läsa enskilda ärenden.",
    "Tabeller",
    {200: Svarsslag("Tabellen.", Tabellsvarsmodell), 304: OFORANDRAT},
    parametrar=(*TABELLFRAGA, "jamfor"),
    problem=(422,),
    skiljer_ut=_skiljer_ut,
)
