"""The access log over HTTP: who has read what about persons. Reading it is itself noted in it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Response

from application.atkomstfraga import antecknad_fran, antecknad_till, som_data
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.modeller import Atkomstlista
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import parameterfel
from interfaces.http.svar import json_svar

_FLEST = 1000
_FLEST_SIFFROR = 18


def las(anrop: Anrop) -> Response:
    """Answer with the notes that are asked for, oldest first."""
    p = las_parametrar(anrop.request, LAS.parametrar)
    hogst = _heltal(p, "limit", 100, 1, _FLEST)
    atkomster = anrop.tjanster.atkomstlogg.las(
        fran=antecknad_fran("antecknadFran", p.get("antecknadFran")),
        till=antecknad_till("antecknadTill", p.get("antecknadTill")),
        aktor=p.get("aktor"),
        mal=p.get("mal"),
        efter=_heltal(p, "offset", 0, 0, 10**_FLEST_SIFFROR),
        hogst=hogst,
    )
    nasta = atkomster[-1].nr if len(atkomster) == hogst else None
    return json_svar({"atkomster": [som_data(ett) for ett in atkomster], "nasta": nasta})


def _heltal(parametrar: Mapping[str, str], namn: str, utelamnad: int, minst: int, hogst: int) -> int:
    text = parametrar.get(namn, str(utelamnad))
    tal = int(text) if text.isascii() and text.isdecimal() and len(text) <= _FLEST_SIFFROR else minst - 1
    if not minst <= tal <= hogst:
        raise parameterfel("ogiltig-fraga", namn, f"{namn} ska vara ett heltal mellan {minst} och {hogst}.")
    return tal


LAS = Operation(
    las,
    "Läs åtkomstloggen",
    "Vem som har läst vad om personer, i vilken roll och för vilket syfte, också de försök som nekades. Vad svaret "
    "sade står aldrig där. Läsningen av loggen antecknas i den.",
    "Kontroll",
    {200: Svarsslag("Anteckningarna, äldst först.", Atkomstlista)},
    parametrar=("antecknadFran", "antecknadTill", "aktor", "mal", "offset", "limit"),
)
