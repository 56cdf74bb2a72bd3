"""``liggare bygg-om``: the facts anew from the log."""

from __future__ import annotations

from time import perf_counter

import click

from application.ombyggnad import Ombyggare, Ombyggnad
from interfaces.cli import val
from interfaces.cli.utskrift import framsteg


@click.command(name="bygg-om")
@click.option("--byt-anda", is_flag=True, help="Byt till de nya fakta även om innehållet skiljer sig.")
@click.option(
    "--processer",
    type=click.IntRange(1, 64),
    metavar="ANTAL",
    help="Hur många processer som härleder. [standard: en per kärna om liggaren är stor, annars en]",
)
@val.databas
def bygg_om(databas: str, byt_anda: bool, processer: int | None) -> None:
    """Bygg om alla fakta ur händelserna.

    Fakta är en ren följd av händelserna och kan alltid byggas om; svaren blir desamma. De nya byggs bredvid de gamla,
    hinner ikapp det som registreras under tiden, jämförs med dem och tar över i ett enda steg. Frågor besvaras och
    händelser registreras hela tiden. En avbruten ombyggnad ändrar ingenting; kör bara kommandot igen.

    Skiljer sig innehållet, fast fakta har härletts på samma sätt, är de gamla skadade: de får vara kvar och tabellen
    nämns.
    """
    with val.oppen(databas, krav_pa_fakta=False) as tjanster:
        start = perf_counter()
        resultat = kor(tjanster.ombyggare, byt_anda=byt_anda, processer=processer)
    rader = ", ".join(f"{antal} i {tabell}" for tabell, antal in resultat.rader.items())
    click.echo(f"{resultat.handelser} händelser lästa på {perf_counter() - start:.1f} s; fakta: {rader}.")
    if resultat.skilda:
        tabeller = ", ".join(resultat.skilda)
        click.echo(f"Innehållet ändrades i {tabeller}: de tidigare raderna var inte en följd av händelserna.")


def kor(ombyggare: Ombyggare, *, byt_anda: bool = False, processer: int | None = None) -> Ombyggnad:
    """Rebuild, and show a person how far it has come and how long it has left."""
    with framsteg("Bygger om", None) as visning:
        uppgift = visning.task_ids[0]
        return ombyggare.bygg_om(
            lambda klart, totalt: visning.update(uppgift, completed=klart, total=totalt),
            lambda skede: visning.update(uppgift, description=skede),
            byt_anda=byt_anda,
            processer=processer,
        )
