"""``liggare syntet``: an invented history whose volumes meet published tables."""

from __future__ import annotations

import gzip
import sys
from datetime import date
from pathlib import Path
from typing import IO, Any

import click

from application.rapporter.jamforelse import las_forklaringar, rattad
from application.rapporter.katalog import EXTERNA_INSATSER
from application.rapporter.radmappning import las_radmappningar, valj_radmappning
from application.syntet import Amne, Syntetplan, Syntetuppdrag
from application.tryckt import las_trycktabell
from interfaces.cli import val
from interfaces.cli.utfil import kontrollera_utfil
from interfaces.cli.utskrift import framsteg


@click.command()
@click.argument("tabeller", nargs=-1, required=True, type=val.FIL, metavar="TABELL.csv…")
@val.kravd_kommun
@click.option("--ar", required=True, type=val.AR, metavar="ÅÅÅÅ", help="Rapportens år.")
@click.option("--namnd", default="socialnamnden", show_default=True, help="Nämndens ord i budgetperiodens namn.")
@click.option("--fro", default=1, show_default=True, help="Frö: samma frö och tabeller ger samma historia.")
@click.option("--skala", default=1, show_default=True, help="Multiplicerar volymer och belopp.")
@click.option(
    "--till",
    "sista_dag",
    callback=val.som_dag,
    metavar="ÅÅÅÅ-MM-DD",
    help="Historiens sista dag. [standard: 31 augusti, eller 31 december om tabellerna har årets utfall]",
)
@click.option(
    "--beslutad",
    callback=val.som_dag,
    metavar="ÅÅÅÅ-MM-DD",
    help="Dagen delår 2 beslutas. [standard: ur tabellens huvud]",
)
@click.option(
    "--radmappning",
    type=val.FIL,
    metavar="FIL",
    help="Egna rader för de tabeller som filen har, i stället för medföljande.",
)
@click.option(
    "--utan", multiple=True, type=click.Choice([amne.value for amne in Amne]),
    help="Utelämna: ovriga-arenden = ärenden för andra än de placerade. Kan anges flera gånger.",
)  # fmt: skip
@click.option("--ut", type=click.Path(dir_okay=False, path_type=Path), metavar="FIL", help="Skriv hit (.gz packas).")
def syntet(tabeller: tuple[Path, ...], ut: Path | None, **val: Any) -> None:
    """Skapa en påhittad händelsehistoria ur tryckta tabeller.

    Tabellerna känns igen på sina kolumner: externa insatser, volymmått, beläggning, avtal, uppföljningar, åtgärder
    och fler. Det som trycks möts exakt efter avrundning; det som inte kan mötas sägs i klartext. Kända fel i trycket,
    i TABELL.avvikelser.csv bredvid tabellen, möts som de borde ha varit. Allt annat – personer, vistelser, priser,
    dröjsmål, rättelser – är påhittat och slumpat med fröet. Skriver JSON Lines i registreringsordning.

    \b
    Exempel:
      liggare syntet externa-insatser.csv --kommun 1880 --ar 2019 --ut historia.jsonl.gz
      liggare syntet externa-insatser.csv --kommun 1880 --ar 2019 | liggare importera -
    """
    if ut is not None:
        kontrollera_utfil(ut, "--ut", map(str, tabeller))
    plan = Syntetplan(uppdrag(tabeller, **val))
    s = plan.sammanfattning
    click.echo(
        f"PÅHITTADE PERSONER: {s.personer} personer, {s.placeringar} placeringar och {s.utforare} utförare som inte "
        f"finns; {s.handelser} händelser, varav {s.rattelser} rättelser.",
        err=True,
    )
    for not_ in plan.noter:
        click.echo(f"Obs: {not_}", err=True)
    if ut is None:
        _skriv(plan, sys.stdout.buffer)
        return
    with gzip.open(ut, "wb") if ut.suffix == ".gz" else ut.open("wb") as fil:
        _skriv(plan, fil)
    click.echo(f"Skrivet till {ut}. Läs in med: liggare importera {ut}", err=True)


def uppdrag(
    tabeller: tuple[Path, ...],
    *,
    kommun: str,
    ar: int,
    radmappning: Path | None = None,
    sista_dag: date | None = None,
    beslutad: date | None = None,
    utan: tuple[str, ...] = (),
    **val: Any,
) -> Syntetuppdrag:
    """Return the order that the options make: the rows of all tables, and known errors in print beside the tables."""
    mappningar = las_radmappningar() | (las_radmappningar(radmappning) if radmappning else {})
    vald = valj_radmappning(mappningar[EXTERNA_INSATSER.namn], kommun, sista_dag or date(ar, 8, 31))
    return Syntetuppdrag(
        kommun=kommun,
        ar=ar,
        tabeller=tuple(rattad(las_trycktabell(fil), las_forklaringar(fil)) for fil in tabeller),
        radmappning=vald.poster,
        mappningar=mappningar,
        till=sista_dag,
        beslutad=beslutad,
        utan=frozenset(Amne(amne) for amne in utan),
        **val,
    )


def _skriv(plan: Syntetplan, fil: IO[bytes] | gzip.GzipFile) -> None:
    with framsteg("Skriver händelser", plan.sammanfattning.handelser) as visning:
        for rad in plan.rader(lambda klart, _: visning.update(visning.task_ids[0], completed=klart)):
            fil.write(rad)
