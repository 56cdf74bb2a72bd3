"""``liggare prognos``: what the year comes to, how sure that is, and how good such forecasts have been."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from application.prognos.bakattest import Bakattestare, Provfraga
from application.prognos.fragan import FRO, VAGAR, tolka_manader, tolka_prognosfraga
from domain.prognos.stegar import STEGAR
from interfaces.cli import val
from interfaces.cli.prognosutskrift import skriv_prognos
from interfaces.cli.provutskrift import skriv_prov
from interfaces.cli.utskrift import framsteg

_FIL = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--kommun", required=True, metavar="KOD", help="Kommunkod, fyra siffror.")
@click.option(
    "--ar",
    type=click.IntRange(1900, 2200),
    metavar="ÅÅÅÅ",
    help="Året som prognosen gäller. [standard: det som dagen ligger i]",
)
@click.option("--namnd", metavar="NÄMND", help="Vilken nämnd, om kommunen har flera i liggaren.")
@val.tider
@click.option(
    "--metod",
    type=click.Choice(list(STEGAR)),
    help="Metod. [standard: den som träffat bäst på liggarens egen historia]",
)
@click.option("--radmappning", type=_FIL, metavar="FIL", help="Egen radindelning i stället för den som följer med.")
@click.option(
    "--vagar", type=click.IntRange(100, 100_000), default=VAGAR, show_default=True, help="Antal simulerade förlopp."
)
@click.option(
    "--fro", type=click.IntRange(min=0), default=FRO, show_default=True, help="Frö: samma frö ger samma svar."
)
@click.option(
    "--prova",
    metavar="ÅÅÅÅ-MM..ÅÅÅÅ-MM",
    help="Pröva metoderna på egna historien: en prognos vid varje månadsslut, mot vad det blev.",
)
@click.option(
    "--kant-efter",
    type=click.IntRange(0, 180),
    default=0,
    show_default=True,
    metavar="DAGAR",
    help="Vid --prova: hur många dagar efter månadsslutet som får vara kända.",
)
@val.utformat
@val.databas
def prognos(prova: str | None, kant_efter: int, utformat: str, databas: str, **fraga: Any) -> None:
    """Räkna fram en prognos för året, så som den hade kunnat göras en viss dag.

    Räknas bara på det som var känt --kant-den. Median och intervall för varje rad, grupp och totalt; det som väntas
    bli registrerat i efterhand visas för sig.

    \b
    Exempel:
      liggare prognos --kommun 1880 --ar 2019 --galler-den 2019-08-31 --kant-den 2019-09-19
      liggare prognos --kommun 1880 --galler-den 2019-04-30 --metod flodesmodell --format json
      liggare prognos --kommun 1880 --prova 2018-01..2019-08
    """
    with val.oppen(databas) as tjanster:
        tolkad = tolka_prognosfraga(nu=tjanster.klocka(), **fraga)
        if prova is not None:
            provfraga = Provfraga(tolkad, *tolka_manader(prova), kant_efter)
            with framsteg("Prövar", len(provfraga.dagar)) as visning:
                provat = Bakattestare(tjanster.prognostiserare).prova(
                    provfraga, lambda klara: visning.update(visning.task_ids[0], completed=klara)
                )
            skriv_prov(provat, utformat)
            return
        svar = tjanster.prognostiserare.svara(tolkad)
    skriv_prognos(svar, utformat)
