"""``liggare importera``: events from files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import click

from application.commands import Utfall
from application.importera import ImportenAvbruten, Importor, Importresultat
from application.importrader import Avvisad
from interfaces.cli import val
from interfaces.cli.packat import SKADAD, oppna_rader
from interfaces.cli.utfil import kontrollera_utfil
from interfaces.cli.utskrift import framsteg


@click.command()
@click.argument("filer", nargs=-1, required=True, metavar="FIL…")
@click.option(
    "--avvisade",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FIL",
    help="Registrera de rader som går och skriv varje felaktig rad hit, med radnummer, fält och skäl (JSON Lines).",
)
@val.ifylld_kommun
@click.option(
    "--processer",
    type=click.IntRange(1, 2),
    help="Om en process till ska pröva raderna medan den här skriver. [standard: två om filen är lång, annars en]",
)
@val.databas
def importera(
    filer: tuple[str, ...], avvisade: Path | None, kommun: str | None, processer: int | None, databas: str
) -> None:
    """Läs in händelser från JSON Lines-filer.

    En händelse per rad; filen får vara packad med gzip eller zstd. Bindestreck (-) läser standard in. Varje fil
    registreras i sin helhet eller inte alls, om inte --avvisade anges. Att läsa in samma fil igen ändrar ingenting.

    \b
    Exempel:
      liggare importera 2019.jsonl.gz
      zcat *.gz | liggare importera - --avvisade fel.jsonl
    """
    _kontrollera_filer(filer, avvisade)
    with val.oppen(databas, skapa=True) as tjanster, ExitStack() as oppna:
        importor = tjanster.importor(kommun, processer)
        avvisa = _avvisare(oppna, avvisade) if avvisade is not None else None
        antal_avvisade = sum(_importera_fil(importor, fil, avvisa) for fil in filer)
    if avvisade is not None and not antal_avvisade and avvisade.is_file():
        avvisade.write_bytes(b"")  # those of an import before are not this one's
    if antal_avvisade:
        click.echo(f"Avvisade rader, med skäl: {avvisade}", err=True)
        sys.exit(1)


def _kontrollera_filer(filer: tuple[str, ...], avvisade: Path | None) -> None:
    """Refuse before anything is opened or created: a file is missing, or rejects would overwrite what may not be."""
    if avvisade is not None:
        kontrollera_utfil(avvisade, "--avvisade", filer)
    for fil in filer:
        if fil != "-":
            with Path(fil).open("rb"):
                pass


def _avvisare(oppna: ExitStack, fil: Path) -> Callable[[Avvisad], None]:
    """Return where to put a reject: the file is opened at the first one, so a clean import leaves none."""
    lista: list[IO[bytes]] = []

    def avvisa(avvisad: Avvisad) -> None:
        if not lista:
            lista.append(oppna.enter_context(fil.open("wb")))
        lista[0].write(avvisad.som_json())

    return avvisa


def _importera_fil(importor: Importor, fil: str, avvisa: Callable[[Avvisad], None] | None) -> int:
    namn = "standard in" if fil == "-" else fil
    try:
        with oppna_rader(fil) as (rader, storlek), framsteg(f"Läser {namn}", storlek) as visning:
            uppgift = visning.task_ids[0]
            resultat = importor.importera(
                rader,
                avvisa=avvisa,
                framsteg=lambda antal: visning.advance(uppgift, antal),
                skede=lambda skede: visning.update(uppgift, description=skede),
            )
    except ImportenAvbruten as fel:
        raise click.ClickException(_beskriv_avbrott(namn, fel)) from fel
    except SKADAD as fel:
        raise click.ClickException(
            f"{namn}: den packade filen är skadad eller avhuggen. Ingenting registrerades."
        ) from fel
    click.echo(f"{namn}: {beskriv(resultat)}")
    return resultat.avvisade


def beskriv(resultat: Importresultat) -> str:
    """Return the outcome of an import as a sentence."""
    if not resultat.rader:
        return "filen innehåller inga händelser."
    redan = resultat.antal[Utfall.REDAN_REGISTRERAD] + resultat.antal[Utfall.OFORANDRAT]
    if redan == resultat.rader:
        alla = "händelsen" if redan == 1 else f"alla {_tusental(redan)} händelser"
        return f"{alla} fanns redan; ingenting ändrades."
    delar = [f"{_tusental(resultat.nya)} {'händelse registrerad' if resultat.nya == 1 else 'händelser registrerade'}"]
    if redan:
        delar.append(f"{_tusental(redan)} fanns redan")
    if resultat.avvisade:
        delar.append(f"{_tusental(resultat.avvisade)} {'avvisad' if resultat.avvisade == 1 else 'avvisade'}")
    return ", ".join(delar) + "."


def _tusental(tal: int) -> str:
    return f"{tal:,}".replace(",", " ")


def _beskriv_avbrott(namn: str, fel: ImportenAvbruten) -> str:
    rader = [f"{namn}: {fel}"]
    rader += [f"  rad {a.rad}, {f.falt}: {f.mening}" for a in fel.exempel for f in a.fel]
    if fel.resultat.avvisade > len(fel.exempel):
        rader.append(f"  … och {fel.resultat.avvisade - len(fel.exempel)} rader till.")
    rader.append("Ange --avvisade FIL för att registrera de rader som går.")
    return "\n".join(rader)
