"""``liggare nyckel``: the care of the key that protects what is personal."""

from __future__ import annotations

import click

from interfaces.bootstrap import byt_nyckel, forstor_aldre_nycklar
from interfaces.cli import val
from interfaces.cli.utskrift import framsteg


@click.group()
def nyckel() -> None:
    """Byt nyckeln som skyddar personuppgifterna."""


@nyckel.command()
@val.databas
def byt(databas: str) -> None:
    """Byt nyckel: en ny läggs i nyckelfilen och allt som den gamla skyddar får den nya.

    Inget av det som står i händelserna skrivs om. Den gamla nyckeln blir kvar i filen tills den förstörs med liggare
    nyckel forstor-aldre. Starta om de program som har liggaren öppen: de vägrar att läsa och registrera det som är
    personligt tills de har läst in den nya nyckeln. Ett avbrutet byte fortsätter när kommandot körs igen.
    """
    with framsteg("Byter nyckel", None) as visning:
        uppgift = visning.task_ids[0]
        antal = byt_nyckel(
            databas, val.nyckelfil(), lambda klart, totalt: visning.update(uppgift, completed=klart, total=totalt)
        )
    click.echo(
        f"Nyckeln är bytt: {antal} hemligheter skyddas av den nya. Ta en kopia av nyckelfilen och "
        "starta om de program som har liggaren öppen."
    )


@nyckel.command("forstor-aldre")
@click.option("--ja", is_flag=True, help="Fråga inte först.")
@val.databas
def forstor_aldre(ja: bool, databas: str) -> None:
    """Förstör de nycklar som har bytts ut, så att äldre kopior av liggaren blir oläsliga.

    Det är så en glömd person försvinner också ur säkerhetskopior: de behåller personens nyckel, skyddad av en
    nyckel som inte längre finns.
    """
    if not ja:
        val.bekrafta("Personuppgifterna i äldre kopior kan aldrig läsas igen. Förstör?")
    antal = forstor_aldre_nycklar(databas, val.nyckelfil())
    click.echo(f"Förstörda nycklar: {antal}." if antal else "Inget att göra: nyckelfilen har bara en nyckel.")
