"""``liggare atkomster``: who has read what about persons."""

from __future__ import annotations

import click

from application.atkomst import Antecknad
from application.atkomstfraga import antecknade, som_data
from domain.tid import SVENSK_TID
from interfaces.cli import val
from interfaces.cli.utskrift import skriv_json, skriv_tabell

_KOLUMNER = [
    ("Nr", True), ("Tid", False), ("Vem", False), ("Roll", False), ("Syfte", False), ("Vad", False), ("Mål", False),
    ("Nekad", False),
]  # fmt: skip


@click.command()
@click.option("--fran", metavar="ÅÅÅÅ-MM-DD", help="Första dagen. [standard: loggens första]")
@click.option("--till", metavar="ÅÅÅÅ-MM-DD", help="Sista dagen, inräknad. [standard: idag]")
@click.option("--aktor", metavar="PSEUDONYM", help="Bara den aktörens läsningar.")
@click.option("--mal", metavar="ADRESS", help="Bara läsningar av detta, till exempel /v1/arenden/ID.")
@click.option("--efter", type=click.IntRange(min=0), default=0, metavar="NR", help="Bara anteckningar efter den här.")
@click.option(
    "--hogst", type=click.IntRange(min=1), default=100, show_default=True, metavar="ANTAL", help="Högsta antal."
)
@click.option("--format", "utformat", type=click.Choice(("tabell", "json")), default="tabell", show_default=True,
              help="Hur svaret skrivs.")  # fmt: skip
@val.databas
def atkomster(
    fran: str | None,
    till: str | None,
    aktor: str | None,
    mal: str | None,
    efter: int,
    hogst: int,
    utformat: str,
    databas: str,
) -> None:
    """Visa vem som har läst vad om personer över HTTP, när och för vilket syfte, också det som nekades.

    \b
    Exempel:
      liggare atkomster --fran 2026-10-01 --till 2026-10-31
      liggare atkomster --mal /v1/arenden/019a0000-0000-7000-8000-000000000001
    """
    with val.oppen(databas) as tjanster:
        alla = tjanster.atkomstlogg.las(
            **antecknade(("fran", fran), ("till", till)),
            aktor=aktor,
            mal=mal,
            efter=efter,
            hogst=hogst,
        )
    if utformat == "json":
        skriv_json([som_data(ett) for ett in alla])
        return
    skriv_tabell("Åtkomster", _KOLUMNER, [_rad(ett) for ett in alla])
    if len(alla) == hogst:
        click.echo(f"Det kan finnas fler: liggare atkomster --efter {alla[-1].nr}")


def _rad(ett: Antecknad) -> list[str]:
    atkomst = ett.atkomst
    tid = f"{ett.tidpunkt.astimezone(SVENSK_TID):%Y-%m-%d %H:%M:%S}"
    mal = atkomst.mal or ", ".join(f"{namn}={varde}" for namn, varde in atkomst.fraga.items())
    vem = f"{atkomst.aktor} ({atkomst.enhet})" if atkomst.enhet else atkomst.aktor
    return [str(ett.nr), tid, vem, atkomst.roll, atkomst.syfte, atkomst.vad, mal, "" if atkomst.beviljad else "nekad"]
