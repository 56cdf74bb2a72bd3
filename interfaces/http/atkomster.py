"""The access log over HTTP: who has read what about persons. Reading it is itself noted in it."""

from __future__ import annotations

from fastapi import Response

from application.atkomstfraga import antecknade, som_data
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.modeller import Atkomstlista
from interfaces.http.parametrar import las_parametrar
from interfaces.http.sidor import SIDA, las_sida
from interfaces.http.svar import json_svar


def las(anrop: Anrop) -> Response:
    """Answer with the notes that are asked for, oldest first."""
    p = las_parametrar(anrop.request, LAS.parametrar)
    sida = las_sida(p)
    atkomster = anrop.tjanster.atkomstlogg.las(
        **antecknade(("antecknadFran", p.get("antecknadFran")), ("antecknadTill", p.get("antecknadTill"))),
        aktor=p.get("aktor"),
        mal=p.get("mal"),
        efter=sida.efter,
        hogst=sida.antal,
    )
    nasta = atkomster[-1].nr if len(atkomster) == sida.antal else None
    return json_svar({"atkomster": [som_data(ett) for ett in atkomster], "nasta": nasta})


LAS = Operation(
    las,
    "Läs åtkomstloggen",
    "Vem som har läst vad om personer, i vilken roll och för vilket syfte, också de försök som nekades. Vad svaret "
    "sade står aldrig där. Läsningen av loggen antecknas i den.",
    "Kontroll",
    {200: Svarsslag("Anteckningarna, äldst först.", Atkomstlista)},
    parametrar=("antecknadFran", "antecknadTill", "aktor", "mal", *SIDA),
)
