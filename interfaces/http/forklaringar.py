"""Why a figure has changed, over HTTP: the same measure at two moments of knowledge, two days, or by two rules."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Response

from application.fragetolkning import tolka_datum, tolka_regel
from application.queries import granska_fraga
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.matt import las_mattfraga
from interfaces.http.modeller_tabeller import Forklaringssvar
from interfaces.http.parametrar import DIMENSIONER, MATTFRAGA
from interfaces.http.problem import parameterfel
from interfaces.http.strommar import OFORANDRAT
from interfaces.http.tider import las_jamforelse, svar_med_tider
from interfaces.somdata.forklaring import forklaring_som_data

_MOT = ("motGallerDen", "motVardygnsregel", "motFranvaro", "motOrganisationDen")


def forklara(anrop: Anrop) -> Response:
    """Explain a measure."""
    p, tider, till = las_mattfraga(anrop, MATTFRAGA, _MOT)
    if not {"jamfor", *_MOT} & p.keys():
        mening = f"Säg vad måttet ska jämföras med: jamfor eller något av {', '.join(_MOT)}."
        raise parameterfel("ogiltig-fraga", "jamfor", mening)
    da = las_jamforelse(anrop, p, tider) or tider
    dag = tider.snitt.galler_den if "motGallerDen" not in p else tolka_datum("motGallerDen", p["motGallerDen"])
    fran = replace(till, tidssnitt=replace(da.snitt, galler_den=dag))
    if "motVardygnsregel" in p or "motFranvaro" in p:
        regel = p.get("motVardygnsregel", p.get("vardygnsregel"))
        fran = replace(fran, regel=tolka_regel(regel, p.get("motFranvaro", p.get("franvaro"))))
    if "motOrganisationDen" in p:
        fran = replace(fran, organisation_den=tolka_datum("motOrganisationDen", p["motOrganisationDen"]))
    granska_fraga(fran)
    forklaring = anrop.tjanster.forklarare.forklara(fran, till)
    poster = [post for cell in (*forklaring.celler, forklaring.totalt) for post in cell.poster]
    huvuden = anrop.tjanster.forklarare.handelser(poster)
    return svar_med_tider(anrop, tider, forklaring_som_data(forklaring, huvuden, 0))


FORKLARA = Operation(
    forklara,
    "Förklara varför ett mått har ändrats",
    "Delar upp skillnaden mellan vad måttet är och vad det var – enligt vad som var känt vid en tidigare position "
    "(jamfor), en tidigare dag, eller en annan regel – på sent registrerat, rättelser, nya händelser och ändrad "
    "definition eller regel. Delarna summerar exakt till skillnaden, och spåret säger vilka händelser de följer av.",
    "Mått",
    {200: Svarsslag("Förklaringen.", Forklaringssvar), 304: OFORANDRAT},
    parametrar=(*MATTFRAGA, *_MOT, *DIMENSIONER),
)
