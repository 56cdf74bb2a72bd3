"""``liggare prognos``: what the year comes to, how sure that is, and how good such forecasts have been."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from application.prognos.bakattest import Bakattestare, Provfraga
from application.prognos.faststall import Beslut, effekthandelse, prognoshandelse, uppnaddhandelse
from application.prognos.fragan import FRO, VAGAR, Prognosfraga, tolka_manader, tolka_prognosfraga
from application.prognos.scenario import las_scenario
from application.prognos.tankom import tank_om
from domain.begrepp import Prognosslag
from domain.prognos.stegar import STEGAR
from domain.tid import Tidssnitt, svensk_dag
from interfaces.bootstrap import Tjanster
from interfaces.cli import val
from interfaces.cli.prognosutskrift import skriv_prognos
from interfaces.cli.provutskrift import skriv_prov
from interfaces.cli.tankutskrift import skriv_tankom
from interfaces.cli.utskrift import framsteg


@click.command()
@val.kravd_kommun
@click.option(
    "--ar",
    type=val.AR,
    metavar="ÅÅÅÅ",
    help="Året som prognosen gäller. [standard: det som dagen ligger i]",
)
@val.namnd
@val.tider
@click.option(
    "--metod",
    type=click.Choice(list(STEGAR)),
    help="Metod. [standard: den som träffat bäst på liggarens egen historia]",
)
@val.radmappning
@click.option(
    "--vagar", type=click.IntRange(100, 100_000), default=VAGAR, show_default=True, help="Antal simulerade förlopp."
)
@click.option(
    "--fro", type=click.IntRange(min=0), default=FRO, show_default=True, help="Frö: samma frö ger samma svar."
)
@click.option(
    "--prova",
    metavar="ÅÅÅÅ-MM..ÅÅÅÅ-MM",
    help="Pröva metoderna på liggarens historia: en prognos vid varje månadsslut, mot vad det blev.",
)
@click.option(
    "--kant-efter",
    type=click.IntRange(0, 180),
    default=0,
    show_default=True,
    metavar="DAGAR",
    help="Vid --prova: hur många dagar efter månadsslutet som får vara kända.",
)
@click.option("--scenario", type=val.FIL, multiple=True, metavar="FIL", help="Tänk om: en JSON-fil; får upprepas.")
@click.option(
    "--mot-utfall",
    is_flag=True,
    help="Vid --scenario: ställ scenarierna mot vad året blev, som det är känt nu.",
)
@click.option(
    "--som-handelse",
    type=click.Choice([slag.value for slag in Prognosslag]),
    help="Skriv händelsen som fastställer prognosen, att läsa in med importera.",
)
@click.option("--organ", default="Socialnämnden", show_default=True, help="Vid --som-handelse: vem som beslutar.")
@click.option(
    "--beslutad",
    callback=val.som_dag,
    metavar="ÅÅÅÅ-MM-DD",
    help="Vid --som-handelse: beslutsdag. [standard: dagen liggaren frågas som känd]",
)
@click.option("--paragraf", help="Vid --som-handelse: paragraf i protokollet.")
@click.option(
    "--atgard",
    type=click.UUID,
    metavar="ID",
    help="Skriv scenariots effekt som händelsen om åtgärdens väntade effekt; med --mot-utfall den uppnådda.",
)
@val.utformat
@val.databas
def prognos(  # noqa: PLR0913 - one argument per option
    *,
    prova: str | None,
    kant_efter: int,
    scenario: tuple[Path, ...],
    mot_utfall: bool,
    som_handelse: str | None,
    organ: str,
    beslutad: date | None,
    paragraf: str | None,
    atgard: UUID | None,
    utformat: str,
    databas: str,
    **fraga: Any,
) -> None:
    """Räkna fram en prognos för året, så som den hade kunnat göras en viss dag.

    Räknas bara på det som var känt --kant-den. Median och intervall för varje rad, grupp och totalt; det som väntas
    bli registrerat i efterhand visas för sig. Med --scenario visas vad en ändring skulle betyda, med --prova hur bra
    metoderna har träffat.

    \b
    Exempel:
      liggare prognos --kommun 1880 --ar 2019 --galler-den 2019-08-31 --kant-den 2019-09-19
      liggare prognos --kommun 1880 --galler-den 2019-04-30 --metod flodesmodell --format json
      liggare prognos --kommun 1880 --prova 2018-01..2019-08
      liggare prognos --kommun 1880 --galler-den 2019-08-31 --scenario kortare-hvb.json
      liggare prognos --kommun 1880 --galler-den 2018-04-30 --scenario kortare-hvb.json --mot-utfall
      liggare prognos --kommun 1880 --galler-den 2019-08-31 --som-handelse delar2 | liggare importera -
    """
    with val.oppen(databas) as tjanster:
        tolkad = tolka_prognosfraga(nu=tjanster.klocka(), **fraga)
        if prova is not None:
            _prova(tjanster, Provfraga(tolkad, *tolka_manader(prova), kant_efter), utformat)
        elif scenario or atgard or mot_utfall:
            _tank_om(tjanster, tolkad, scenario, atgard, utformat, mot_utfall=mot_utfall)
        else:
            svar = tjanster.prognostiserare.svara(tolkad)
            if som_handelse is None:
                skriv_prognos(svar, utformat)
                return
            dag = beslutad or max(svar.underlag.galler_den, svensk_dag(svar.underlag.kant_den))
            beslut = Beslut(Prognosslag(som_handelse), organ, dag, paragraf)
            _skriv_handelse(prognoshandelse(tjanster.huvudbok, svar, beslut))


def _prova(tjanster: Tjanster, fraga: Provfraga, utformat: str) -> None:
    with framsteg("Prövar", len(fraga.dagar)) as visning:
        svar = Bakattestare(tjanster.prognostiserare).prova(
            fraga, lambda klara: visning.update(visning.task_ids[0], completed=klara)
        )
    skriv_prov(svar, utformat)


def _tank_om(
    tjanster: Tjanster,
    fraga: Prognosfraga,
    filer: tuple[Path, ...],
    atgard: UUID | None,
    utformat: str,
    *,
    mot_utfall: bool,
) -> None:
    nu = Tidssnitt(svensk_dag(tjanster.klocka())) if mot_utfall else None
    svar = tank_om(tjanster.prognostiserare, fraga, [las_scenario(fil) for fil in filer], nu)
    if atgard is None:
        skriv_tankom(svar, utformat)
    elif nu is None:
        _skriv_handelse(effekthandelse(svar, atgard))
    else:
        _skriv_handelse(uppnaddhandelse(svar, atgard, nu.galler_den))


def _skriv_handelse(handelse: dict[str, Any]) -> None:
    click.echo(json.dumps(handelse, ensure_ascii=False, separators=(",", ":")))
