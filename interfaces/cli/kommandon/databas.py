"""``liggare databas``: the care of the database itself."""

from __future__ import annotations

import click

from interfaces.bootstrap import uppgradera as uppgradera_liggaren
from interfaces.cli import val
from interfaces.cli.kommandon.roll import roll
from interfaces.cli.utskrift import framsteg


@click.group()
def databas() -> None:
    """Sköt om databasen."""


databas.add_command(roll)


@databas.command()
@val.databas
def uppgradera(databas: str) -> None:
    """Gör en liggare från en äldre version av programmet till en av den här.

    Händelserna ändras inte; fakta byggs om ur dem när det behövs. Ta en kopia av databasen först, och förstör
    den när uppgraderingen är klar: i äldre versioner ligger personuppgifterna i klartext. En avbruten uppgradering
    fortsätter där den var när kommandot körs igen.
    """
    with framsteg("Uppgraderar", None) as visning:
        uppgift = visning.task_ids[0]
        resultat = uppgradera_liggaren(
            databas,
            lambda klart, totalt: visning.update(uppgift, completed=klart, total=totalt),
            lambda skede: visning.update(uppgift, description=skede),
            val.nyckelfil(),
        )
    val.visa_ny_nyckelfil(resultat.ny_nyckelfil)
    if not resultat.steg and resultat.ombyggnad is None:
        click.echo("Liggaren är redan av den här versionen; ingenting ändrades.")
    else:
        click.echo(f"Liggaren är av den här versionen: {resultat.steg} steg i schemat.")
    if resultat.ombyggnad is not None:
        rader = ", ".join(f"{antal} i {tabell}" for tabell, antal in resultat.ombyggnad.rader.items())
        click.echo(f"Fakta ombyggda ur {resultat.ombyggnad.handelser} händelser: {rader}.")
