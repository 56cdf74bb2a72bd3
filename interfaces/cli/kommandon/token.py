"""``liggare token``: a development token, to try the HTTP interface with."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from application.behorighet.behorig import UppgiftenDugerInte
from application.behorighet.matris import SYFTEN
from application.behorighet.ord import Roll, Syfte
from interfaces.cli import val

_VALEN = {"sub": "subjekt"}
"""What a claim is called at the command line, where it has another name."""


@click.command()
@click.option("--roll", required=True, type=click.Choice([roll.lagrat for roll in Roll]), help="Rollen.")
@click.option("--enhet", multiple=True, metavar="NAMN", help="Enheten, för en registrerare; får upprepas.")
@click.option("--syfte", type=click.Choice([s.lagrat for s in Syfte]), help="Syftet. [standard: rollens första]")
@click.option("--subjekt", default="utvecklare", show_default=True, metavar="PSEUDONYM", help="Vem token gäller.")
@val.databas
def token(roll: str, enhet: tuple[str, ...], syfte: str | None, subjekt: str, databas: str) -> None:
    """Skriv en token att prova HTTP-gränssnittet med.

    Den gäller i åtta timmar och bara mot en server som startats med --utveckling för samma databas.

    \b
    Exempel:
      curl -H "Authorization: Bearer $(liggare token --roll revisor)" localhost:8000/v1/matt/vardygn
    """
    from interfaces.http.behorighet.utgivare import utge_token, utvecklingsfil

    valt = syfte or next(s.lagrat for s in Syfte if s in SYFTEN[Roll(roll)])
    try:
        nu = datetime.now(UTC)
        text = utge_token(utvecklingsfil(databas), nu, subjekt=subjekt, roll=roll, syfte=valt, enheter=enhet)
    except UppgiftenDugerInte as fel:
        raise click.BadParameter(str(fel), param_hint=f"--{_VALEN.get(fel.falt, fel.falt)}") from None
    click.echo(text)
