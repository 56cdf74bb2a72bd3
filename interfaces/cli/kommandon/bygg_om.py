"""``liggare bygg-om``: the facts anew from the log."""

from __future__ import annotations

from time import perf_counter

import click

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
        with framsteg("Bygger om", tjanster.huvudbok.antal()) as visning:
            antal = tjanster.bygg_om(lambda klart: visning.update(visning.task_ids[0], completed=klart))
        takt = antal / max(perf_counter() - start, 1e-9)
    click.echo(f"{antal} händelser lästa, fakta ombyggda ({takt:.0f} händelser per sekund).")
