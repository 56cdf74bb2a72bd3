"""``liggare verifiera``: whether the ledger still says what it recorded."""

from __future__ import annotations

from time import perf_counter

import click

from application.verification import Brist, Verifiering
from interfaces.cli import val
from interfaces.cli.utskrift import framsteg


@click.command()
@val.databas
def verifiera(databas: str) -> None:
    """Pröva att liggaren är hel: varje händelse, varje löv och alla fakta.

    Läser hela liggaren utan att hindra någon som skriver. Prövar att databasen är hel, att positioner och
    strömversioner är luckfria, att registrerad aldrig minskar, att varje rad stämmer med sitt löv och att fakta är de
    som följer av händelserna. Är något fel nämns den första felaktiga positionen, och kommandot slutar med felkod 1.
    """
    with val.oppen(databas) as tjanster, framsteg("Prövar databasen", None) as visning:
        start = perf_counter()
        svar = tjanster.verifierare.verifiera(
            lambda vad, klart, totalt: visning.update(
                visning.task_ids[0], description=f"Prövar {vad}", completed=klart, total=totalt
            )
        )
        tid = perf_counter() - start
    if svar.hel:
        sist = f" Sista lövet: {svar.lov.hex()}." if svar.lov else ""
        click.echo(f"Liggaren är hel: {svar.handelser} händelser och {svar.fakta} fakta prövade på {tid:.1f} s.{sist}")
        return
    for brist in svar.brister:
        click.echo(_som_text(brist))
    raise click.ClickException(_sammanfatta(svar))


def _som_text(brist: Brist) -> str:
    plats = "" if brist.position is None else f", position {brist.position}"
    return f"{brist.var}{plats}: {brist.mening}."


def _sammanfatta(svar: Verifiering) -> str:
    forsta = svar.forsta_position
    plats = "" if forsta is None else f" Första felaktiga position: {forsta}."
    inte = "" if svar.fakta_provades else " Fakta prövades inte, eftersom loggen inte är hel."
    return f"Liggaren är inte hel.{plats}{inte} Skriv inget mer i den; återställ en säkerhetskopia."
