"""Forecasts over HTTP: what the year comes to as it could have been said on a day, by what was known then."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Response

from application.prognos.fragan import tolka_prognosfraga
from domain.rojande import NOT
from domain.tid import som_rfc3339
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.modeller_tabeller import Prognossvarsmodell
from interfaces.http.parametrar import las_parametrar
from interfaces.http.strommar import OFORANDRAT
from interfaces.http.tabeller import las_ar, las_kommun
from interfaces.http.tider import TIDER, las_tider, svar_med_tider
from interfaces.somdata.prognos import prognos_som_data

HOGST_FRAM_I_EN_BEGARAN = 2
"""Years: every further one takes longer to draw, while a thread of the server is held and somebody waits."""


def svara(anrop: Anrop) -> Response:
    """Answer with a forecast."""
    p = las_parametrar(anrop.request, PROGNOS.parametrar)
    tider = las_tider(anrop, p)
    fragan = tolka_prognosfraga(
        kommun=las_kommun(anrop, p),
        nu=anrop.tjanster.klocka(),
        ar=las_ar(p),
        galler_den=tider.snitt.galler_den.isoformat(),
        kant_den=som_rfc3339(tider.kant_den),
        namnd=p.get("namnd"),
        metod=p.get("metod"),
        hogst_fram=HOGST_FRAM_I_EN_BEGARAN,
    )
    svar = anrop.tjanster.prognostiserare.svara(replace(fragan, tidssnitt=tider.snitt))
    innehall = prognos_som_data(svar)
    return svar_med_tider(anrop, tider, innehall | {"sekretess": {"not": NOT}} if svar.skyddat else innehall)


PROGNOS = Operation(
    svara,
    "Gör en prognos för året",
    "Vad året kostar per rad, grupp och totalt, med intervall, så som det hade kunnat sägas en dag enligt vad som då "
    "var känt. Samma fråga ger samma svar: förloppen dras med ett fast frö.",
    "Prognoser",
    {200: Svarsslag("Prognosen.", Prognossvarsmodell), 304: OFORANDRAT},
    parametrar=("kommun", "ar", "namnd", "metod", *TIDER),
    problem=(422,),
)
