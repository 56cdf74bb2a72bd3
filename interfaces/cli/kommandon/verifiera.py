"""``liggare verifiera``: whether the ledger still says what it recorded."""

from __future__ import annotations

import re
from time import perf_counter

import click

from application.verification import Brist, Loggkvitto, Verifiering
from interfaces.cli import val
from interfaces.cli.utskrift import framsteg


@click.command()
@click.option(
    "--kvitto",
    "kvitton",
    multiple=True,
    metavar="POSITION:LÖV",
    help="Ett kvitto som sparats utanför liggaren; händelsen ska finnas där än. Får anges flera gånger.",
)
@val.databas
def verifiera(kvitton: tuple[str, ...], databas: str) -> None:
    """Pröva att liggaren är hel: varje händelse, varje löv och alla fakta.

    Läser hela liggaren utan att hindra någon som skriver. Prövar att databasen är hel, att positioner och
    strömversioner är luckfria, att registrerad aldrig minskar, att varje rad stämmer med sitt löv och att fakta är de
    som följer av händelserna. Är något fel nämns den första felaktiga positionen, och kommandot slutar med felkod 1.

    En liggare som är hel men kortare än den var, som en äldre säkerhetskopia, avslöjas av ett kvitto: spara det som
    skrivs ut utanför liggaren och ange det nästa gång.
    """
    givna = [_kvitto(text) for text in kvitton]
    with val.oppen(databas) as tjanster, framsteg("Prövar databasen", None) as visning:
        start = perf_counter()
        svar = tjanster.verifierare.verifiera(
            lambda vad, klart, totalt: visning.update(
                visning.task_ids[0], description=f"Prövar {vad}", completed=klart, total=totalt
            ),
            givna,
        )
        tid = perf_counter() - start
    if svar.hel:
        click.echo(f"Liggaren är hel: {svar.handelser} händelser och {svar.fakta} fakta prövade på {tid:.1f} s.")
        if svar.lov:
            click.echo(f"Kvitto: {svar.handelser}:{svar.lov.hex()}")
        return
    for brist in svar.brister:
        click.echo(_som_text(brist))
    raise click.ClickException(_sammanfatta(svar))


def _kvitto(text: str) -> Loggkvitto:
    form = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", text.strip())
    if form is None:
        skal = f"”{text}” är inte ett kvitto; skriv positionen, kolon och lövet som 64 hexadecimala tecken."
        raise click.BadParameter(skal, param_hint="--kvitto")
    return Loggkvitto(int(form[1]), bytes.fromhex(form[2]))


def _som_text(brist: Brist) -> str:
    plats = "" if brist.position is None else f", position {brist.position}"
    return f"{brist.var}{plats}: {brist.mening}."


def _sammanfatta(svar: Verifiering) -> str:
    forsta = svar.forsta_position
    plats = "" if forsta is None else f" Första felaktiga position: {forsta}."
    inte = "" if svar.fakta_provades else " Fakta prövades inte, eftersom loggen inte är hel."
    return f"Liggaren är inte hel.{plats}{inte} Skriv inget mer i den; återställ en säkerhetskopia."
