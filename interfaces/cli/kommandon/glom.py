"""``liggare glom``: forget persons."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import click

from interfaces.cli import val


@click.command()
@click.argument("personer", nargs=-1, type=click.UUID, metavar="[PERSONID]...")
@click.option("--akt", "akter", multiple=True, type=click.UUID, metavar="ID", help="En ström vars person inte är känd.")
@click.option("--beslut", metavar="TEXT", help="Var gallringsbeslutet finns; aldrig vem det gäller.")
@click.option("--ja", is_flag=True, help="Fråga inte först.")
@val.databas
def glom(personer: tuple[UUID, ...], akter: tuple[UUID, ...], beslut: str | None, ja: bool, databas: str) -> None:
    """Glöm personer: förstör för alltid det som säger vilka de är och vad som skrivits om dem.

    Händelserna står kvar med sina dagar, ord och belopp, och ingen siffra ändras. Personens id, fritexter,
    källsystemets id och nycklarna till dem förstörs och går inte att få tillbaka. När någon ska glömmas avgörs inte
    här.

    Utan personer görs det klart som en avbruten gallring lämnade.
    """
    with val.oppen(databas) as tjanster:
        if not personer and not akter:
            gjort = tjanster.gallring.stada()
            click.echo("Databasens filer är omskrivna." if gjort else "Inget att göra: ingen gallring är avbruten.")
            return
        if not ja:
            antal = [_antal(personer, "person", "personer"), _antal(akter, "ström", "strömmar")]
            val.bekrafta(f"Det som förstörs kan aldrig återskapas. Glöm {' och '.join(filter(None, antal))}?")
        gallrat = tjanster.gallring.glom(personer, akter, beslut)
    click.echo(
        f"Glömda personer och familjer: {gallrat.personer}. Akter: {gallrat.akter}, med {gallrat.handelser} händelser."
    )


def _antal(alla: Sequence[UUID], en: str, flera: str) -> str:
    return f"{len(alla)} {en if len(alla) == 1 else flera}" if alla else ""
