"""``liggare bygg-om``: the facts anew from the log."""

from __future__ import annotations

from time import perf_counter

import click

from application.replay import jamfor
from interfaces.cli import val
from interfaces.cli.utskrift import framsteg


@click.command(name="bygg-om")
@val.databas
def bygg_om(databas: str) -> None:
    """Bygg om alla fakta ur händelserna.

    Fakta är en ren följd av händelserna och kan alltid byggas om; svaren blir desamma. Läsare ser de gamla raderna
    tills ombyggnaden är klar.
    """
    with val.oppen(databas) as tjanster:
        start = perf_counter()
        fore = tjanster.ombyggare.avtryck()
        with framsteg("Bygger om", None) as visning:
            resultat = tjanster.ombyggare.bygg_om(
                lambda klart, totalt: visning.update(visning.task_ids[0], completed=klart, total=totalt)
            )
        skilda = jamfor(fore, tjanster.ombyggare.avtryck())
    rader = ", ".join(f"{antal} i {tabell}" for tabell, antal in resultat.rader.items())
    click.echo(f"{resultat.handelser} händelser lästa på {perf_counter() - start:.1f} s; fakta: {rader}.")
    if skilda:
        click.echo(f"Innehållet ändrades i {', '.join(skilda)}: de tidigare raderna var inte en följd av händelserna.")
    else:
        click.echo("Innehållet är detsamma som före ombyggnaden.")
