"""``liggare databas roll``: a role in PostgreSQL that may add events and not change them."""

from __future__ import annotations

import click

from interfaces.bootstrap import ge_rattigheter
from interfaces.cli import val


@click.command()
@click.argument("roll", metavar="ROLL")
@val.databas
def roll(roll: str, databas: str) -> None:
    """Låt en roll i PostgreSQL driva liggaren och inte mer.

    Rollen får lägga till händelser men varken ändra eller ta bort dem, glömma någon eller byta nyckel. Den äger
    tabellerna med fakta, som går att bygga om ur händelserna. Kör som den roll som äger liggaren; efter en uppgradering
    en gång till.

    \b
    Exempel:
      psql liggare -c 'CREATE ROLE liggare_drift LOGIN'
      liggare databas roll liggare_drift --databas postgresql://liggare@/liggare
    """
    ge_rattigheter(databas, roll)
    click.echo(f"Rollen {roll} får lägga till händelser i loggen men varken ändra eller ta bort dem.")
