"""``liggare granska``: do tables hold together, each by itself and with each other?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from application.granskning.granska import Granskning
from application.granskning.granska import granska as granska_tabeller
from application.granskning.inlasning import av_svar, las_tabeller, med_skilda_namn
from application.granskning.kanda import KOLUMNER, dela_pa_kanda, fynd_som_ord, las_kanda
from application.granskning.modell import Fynd, Fyndslag
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.katalog import TABELLER
from application.tryckt import Trycktabell
from interfaces.cli import val
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_tabell

_LANGST = 40
"""The most characters of a cell that could not be read that are shown."""


@click.command()
@click.argument("filer", nargs=-1, metavar="[FIL]…", type=val.FIL)
@click.option(
    "--tabell",
    "tabeller",
    multiple=True,
    metavar="NAMN",
    type=click.Choice(list(TABELLER)),
    help="En av liggarens egna tabeller; får upprepas.",
)
@val.kommun("Kommunkod, fyra siffror, för --tabell.")
@click.option("--ar", type=val.AR, metavar="ÅÅÅÅ", help="Rapportens år, för --tabell.")
@click.option(
    "--till-manad", type=click.IntRange(1, 12), metavar="MÅNAD", help="Månaden rapporten gäller till och med."
)
@click.option("--kanda", type=val.FIL, metavar="FIL.csv", help="Kända fynd, i den form som --format csv skriver dem.")
@val.tidsval
@val.utformat
@val.databas
def granska(
    filer: tuple[Path, ...], tabeller: tuple[str, ...], kanda: Path | None, utformat: str, databas: str, **fraga: Any
) -> None:
    """Granska om tabeller går ihop, var för sig och med varandra.

    FIL är en tryckt tabell avskriven till CSV, eller en av liggarens egna från liggare tabell --format csv eller json.
    Summor, tecken, enheter, definitioner och brott i serier prövas i varje tabell; tal som flera tabeller har prövas
    mot varandra. Varje cell är avrundad för sig: tal stämmer om de kan ha stämt före avrundningen. Slutar med felkod 1
    om något nytt fynd finns. En cell som inte går att läsa som ett tal, till exempel * eller 300 tkr, är inte noll:
    det den är en del av prövas inte, och cellen skrivs ut.

    \b
    Slag: SUMMA   delar ger inte det hela
          TECKEN  tecken eller teckenkonvention som resten av tabellen motsäger
          TABELL  två tabeller säger olika
          ENHET   enheten kan inte vara den som står
          DEF     en definition som inte sägs
          SERIE   en nivå som ändras på en gång

    \b
    Exempel:
      liggare granska tryckt/*.csv
      liggare granska tryckt/*.csv --format csv > kanda.csv
      liggare granska tryckt/*.csv --kanda kanda.csv
      liggare granska --tabell externa-insatser --tabell enheternas-resultat --kommun 1880 --ar 2019
    """
    if not filer and not tabeller:
        raise click.UsageError("Ange minst en fil eller --tabell NAMN.")
    lasta = las_tabeller(filer)
    if tabeller:
        lasta = med_skilda_namn([*lasta, *_egna(tabeller, databas, **fraga)])
    granskning = granska_tabeller(lasta)
    nya, gamla = dela_pa_kanda(granskning.fynd, las_kanda(kanda) if kanda else frozenset())
    {"tabell": _som_tabell, "csv": _som_csv, "json": _som_json}[utformat](lasta, granskning, nya, gamla)
    if nya:
        sys.exit(1)


def _egna(namn: tuple[str, ...], databas: str, kommun: str | None, ar: int | None, **fraga: Any) -> list[Trycktabell]:
    if kommun is None or ar is None:
        raise click.UsageError("--tabell behöver --kommun och --ar.")
    with val.oppen(databas) as tjanster:
        nu = tjanster.klocka()
        fragor = [tolka_tabellfraga(ett, kommun=kommun, ar=ar, nu=nu, **fraga) for ett in namn]
        return [av_svar(tjanster.redovisning.tabell(f)) for f in fragor]


def _som_tabell(lasta: list[Trycktabell], granskning: Granskning, nya: list[Fynd], gamla: list[Fynd]) -> None:
    for tabell in lasta:
        egna = [fynd_som_ord(fynd) for fynd in nya if fynd.tabell == tabell.namn]
        if egna:
            rubriker = ("Slag", "Rad", "Kolumn", "Tryckt", "Väntat", "Säkerhet", "Förklaring")
            kolumner = [(rubrik, rubrik in ("Tryckt", "Väntat")) for rubrik in rubriker]
            visade = ("slag", "rad", "kolumn", "tryckt", "vantat", "sakerhet", "forklaring")
            skriv_tabell(tabell.namn, kolumner, [[ord_[k] for k in visade] for ord_ in egna], lang="Förklaring")
    for text in _avslutning(lasta, granskning, nya, gamla):
        click.echo(text)


def _avslutning(lasta: list[Trycktabell], granskning: Granskning, nya: list[Fynd], gamla: list[Fynd]) -> Iterator[str]:
    yield _sammanfattning(lasta, nya, gamla)
    if len(lasta) > 1:
        n = granskning.samband
        yield f"Samband mellan tabellerna: {f'{n} tal prövade' if n else 'inget kunde prövas'}."
    yield from _ej_last(granskning)


def _sammanfattning(lasta: list[Trycktabell], nya: list[Fynd], gamla: list[Fynd]) -> str:
    tabeller = "1 tabell granskad" if len(lasta) == 1 else f"{len(lasta)} tabeller granskade"
    antal = {slag: sum(fynd.slag is slag for fynd in nya) for slag in Fyndslag}
    per_slag = ", ".join(f"{slag.value} {n}" for slag, n in antal.items() if n)
    fynd = f"{len(nya)} fynd ({per_slag})" if nya else "inga nya fynd" if gamla else "inga fynd"
    return f"{tabeller}: {fynd}{f', {len(gamla)} kända' if gamla else ''}."


def _ej_last(granskning: Granskning) -> Iterator[str]:
    """Yield what could not be read: a summary, and each column and cell."""
    antal = (
        (len(granskning.utan_tal), "tabell utan tal", "tabeller utan tal"),
        (len(granskning.olasliga), "kolumn utan läsbara tal", "kolumner utan läsbara tal"),
        (len(granskning.olasta), "cell ej läst", "celler ej lästa"),
    )
    delar = [f"{n} {en if n == 1 else flera}" for n, en, flera in antal if n]
    if delar:
        yield f"Ej prövat: {'; '.join(delar)}."
    yield from (f"  {_kort(tabell)}: inga tal" for tabell in granskning.utan_tal)
    for tabell, kolumn in granskning.olasliga:
        yield f"  {_kort(tabell)}, kolumnen {_kort(kolumn)}: inga läsbara tal"
    for plats in granskning.olasta:
        tabell, rad, kolumn, tryckt = map(_kort, plats)
        yield f"  {tabell}, raden {rad}, kolumnen {kolumn}: ”{tryckt}”"


def _kort(text: str) -> str:
    """Return a printed text for a line: no longer than a cell, and nothing that a terminal obeys."""
    synlig = "".join(tecken if tecken.isprintable() else " " for tecken in text)
    return synlig if len(synlig) <= _LANGST else f"{synlig[:_LANGST]}…"


def _som_csv(lasta: list[Trycktabell], granskning: Granskning, nya: list[Fynd], gamla: list[Fynd]) -> None:
    huvud = list(_avslutning(lasta, granskning, nya, gamla))
    skriv_csv(KOLUMNER, [fynd_som_ord(fynd) for fynd in nya], huvud)


def _som_json(lasta: list[Trycktabell], granskning: Granskning, nya: list[Fynd], gamla: list[Fynd]) -> None:
    skriv_json({
        "tabeller": [tabell.namn for tabell in lasta],
        "fynd": [fynd_som_ord(fynd) for fynd in nya],
        "kanda": [fynd_som_ord(fynd) for fynd in gamla],
        "samband": granskning.samband,
        "utan_tal": list(granskning.utan_tal),
        "olasta": [cell._asdict() for cell in granskning.olasta],
        "olasliga": [{"tabell": tabell, "kolumn": kolumn} for tabell, kolumn in granskning.olasliga],
    })  # fmt: skip
