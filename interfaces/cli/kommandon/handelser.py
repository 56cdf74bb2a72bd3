"""``liggare handelser``: what can be said to the ledger, and examples ready to import."""

from __future__ import annotations

import click

from application.handelsekatalog.dokument import skillnad, som_rad
from application.handelsekatalog.exempel import godtaget, godtagna, nekade
from application.handelsekatalog.falt import Falt, falt
from application.handelsekatalog.post import handelsetyper, huvud, post, samlingar
from application.handelsekatalog.schema import bunt, radschema
from domain.handelse import HANDELSETYPER, Handelse
from interfaces.cli.utskrift import skriv_json, skriv_tabell

_FORMAT = ("tabell", "json", "schema", "exempel")


@click.command()
@click.argument("typ", required=False, metavar="[TYP]", type=click.Choice([klass.typ for klass in handelsetyper()]))
@click.option(
    "--format",
    "utformat",
    type=click.Choice(_FORMAT),
    default=_FORMAT[0],
    show_default=True,
    help="Hur svaret skrivs: för läsning, som JSON, som JSON Schema, eller som rader att läsa in.",
)
def handelser(typ: str | None, utformat: str) -> None:
    """Visa vilka händelser som finns, eller vad en av dem säger och vad som nekas.

    \b
    Exempel:
      liggare handelser
      liggare handelser pris.andrat
      liggare handelser pris.andrat --format exempel | liggare importera -
      liggare handelser --format schema > handelser.schema.json
    """
    if typ is None:
        {"tabell": _lista, "json": _lista_json, "schema": _bunt, "exempel": _exempel_pa_vad}[utformat]()
    else:
        klass = HANDELSETYPER[typ]
        {"tabell": _en, "json": _en_json, "schema": _schema, "exempel": _exempel}[utformat](klass)


def _i(klass: type[Handelse]) -> str:
    return ", ".join(samling.value for samling in samlingar(klass))


def _lista() -> None:
    kolumner = [("Händelse", False), ("Version", True), ("Samling", False), ("Vad den säger", False)]
    rader = [[k.typ, str(k.schemaversion), _i(k), post(k.typ).rubrik] for k in handelsetyper()]
    skriv_tabell("Händelser", kolumner, rader)


def _lista_json() -> None:
    skriv_json([huvud(klass) for klass in handelsetyper()])


def _bunt() -> None:
    skriv_json(bunt())


def _schema(klass: type[Handelse]) -> None:
    skriv_json(radschema(klass))


def _exempel(klass: type[Handelse]) -> None:
    exempel = godtaget(klass.typ)
    for rad in exempel.rader if exempel else ():
        click.echo(som_rad(rad))


def _exempel_pa_vad() -> None:
    raise click.UsageError("Ange TYP: exempel skrivs för en händelse i taget.")


def _en(klass: type[Handelse]) -> None:
    p, falten = post(klass.typ), falt(klass)
    click.echo(f"{p.rubrik} ({klass.typ}, version {klass.schemaversion}, {_i(klass)})")
    if p.beskrivning:
        click.echo(f"\n{p.beskrivning}")
    click.echo()
    kolumner = [("Fält", False), ("Typ", False), ("Krävs", False), ("Betydelse", False)]
    skriv_tabell("Fält", kolumner, [_faltrad(f) for f in falten])
    listor = {f.lista: f for f in falten if f.lista}
    if listor:
        rader = [[f.lista, ord_, etikett] for f in listor.values() for ord_, etikett in f.ord]
        skriv_tabell("Tillåtna ord", [("Lista", False), ("Ord", False), ("Betyder", False)], rader)
    _visa_exempel(klass.typ)


def _visa_exempel(typ: str) -> None:
    """Print the accepted examples as lines, and the refused ones as what differs and what is answered."""
    for exempel in godtagna(typ):
        fore = ", ".join(f"{rad['typ']} {rad['datum']}" for rad in exempel.rader[:-1])
        click.echo(f"Exempel: {exempel.nar}{f', efter {fore}' if fore else ''}\n  {som_rad(exempel.rader[-1])}\n")
    vanligt = godtaget(typ)
    if vanligt is None:
        return
    click.echo("Nekas:")
    for exempel in nekade(typ):
        falt = ", ".join(skillnad(vanligt.rader[-1], exempel.rader[-1]))
        click.echo(f"  {exempel.nar}{f' ({falt})' if falt else ''}")
        for fel in exempel.fel:
            click.echo(f"  → {fel.falt}: {fel.mening}")
    click.echo(f"\nRader att läsa in, med det som ska ha hänt före: liggare handelser {typ} --format exempel")


def _faltrad(f: Falt) -> list[str]:
    return [f.namn, f.typ.replace("ord", f.lista) if f.lista else f.typ, "ja" if f.kravs else "", f.betydelse]


def _en_json(klass: type[Handelse]) -> None:
    skriv_json({
        **huvud(klass),
        "falt": [
            {
                "namn": f.namn, "typ": f.typ, "kravs": f.kravs, "betydelse": f.betydelse,
                "ord": [{"ord": ord_, "etikett": etikett} for ord_, etikett in f.ord],
            }
            for f in falt(klass)
        ],
        "exempel": [{"nar": e.nar, "rader": list(e.rader)} for e in godtagna(klass.typ)],
        "nekas": [
            {
                "nar": e.nar, "rader": list(e.rader),
                "fel": [{"falt": f.falt, "kod": f.kod, "skal": f.mening} for f in e.fel],
            }
            for e in nekade(klass.typ)
        ],
    })  # fmt: skip
