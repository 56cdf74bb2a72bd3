"""``liggare strom``: what a stream says on a day, or everything that was ever recorded in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import click

from application.envelope import Kuvert
from application.fragetolkning import tolka_tidssnitt
from application.strombild import Strombild, handelseobjekt, innehallet, las_strombild
from domain.begrepp import Samling
from domain.handelse import Notering
from domain.historik import rattade
from interfaces.cli import val
from interfaces.cli.basis import tider_som_text
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell
from interfaces.somdata.underlag import tider_som_data

_KOLUMNER = (
    ("position", "Position", True),
    ("datum", "Datum", False),
    ("registrerad", "Registrerad", False),
    ("typ", "Händelse", False),
    ("innehall", "Innehåll", False),
    ("rattelse", "Rättelse", False),
    ("aktor", "Av", False),
)


@click.command()
@click.argument("samling", type=click.Choice([s.value for s in Samling]))
@click.argument("strom_id", type=click.UUID, metavar="ID")
@val.tider
@click.option("--historik", is_flag=True, help="Allt som var känt, även rättade händelser, i den ordning det lärdes.")
@val.utformat
@val.databas
def strom(
    samling: Samling, strom_id: UUID, galler_den: str | None, kant_den: str | None, historik: bool, utformat: str,
    databas: str,
) -> None:  # fmt: skip
    """Läs en ström: vad som gällde en dag, så som det var känt vid en tidpunkt.

    \b
    Exempel:
      liggare strom placeringar 019a0000-0000-7000-8000-000000000001 --galler-den 2019-02-28
      liggare strom arenden 019a0000-0000-7000-8000-000000000002 --historik
    """
    with val.oppen(databas) as tjanster:
        tidssnitt = tolka_tidssnitt(galler_den, kant_den, tjanster.klocka())
        bild = las_strombild(tjanster.huvudbok, Samling(samling), strom_id, tidssnitt)
    kuvert = bild.kuvert if historik else bild.galler
    rattelser = rattade([ett.notering() for ett in bild.kuvert]) if historik else {}
    {"tabell": _som_tabell, "csv": _som_csv, "json": _som_json}[utformat](bild, kuvert, rattelser)


def _rad(kuvert: Kuvert, rattelser: Mapping[UUID, Notering]) -> dict[str, str]:
    forslag, av = kuvert.forslag, rattelser.get(kuvert.forslag.handelse_id)
    falt = {namn: varde for namn, varde in innehallet(kuvert).items() if namn != "datum"}
    gallrad = ["(personuppgifter gallrade)"] if kuvert.gallrad else []
    rattelse = [f"rättar {forslag.rattar}"] if forslag.rattar else []
    rattelse += [f"rättad av position {av.position}"] if av else []
    return {
        "position": str(kuvert.position),
        "datum": str(forslag.handelse.datum),
        "registrerad": f"{kuvert.registrerad:%Y-%m-%d %H:%M} UTC" if kuvert.registrerad else "",
        "typ": forslag.handelse.typ,
        "innehall": ", ".join([f"{namn} {_kort(varde)}" for namn, varde in falt.items()] + gallrad),
        "rattelse": ", ".join(rattelse),
        "aktor": f"{forslag.aktor.id} ({forslag.aktor.roll})",
    }


def _kort(varde: Any) -> str:
    if isinstance(varde, dict):
        return "(" + ", ".join(f"{namn} {_kort(v)}" for namn, v in varde.items()) + ")"
    if isinstance(varde, list):
        return f"[{len(varde)} st]" if varde and isinstance(varde[0], dict) else ", ".join(map(_kort, varde))
    return {True: "ja", False: "nej"}[varde] if isinstance(varde, bool) else str(varde)


def _rubrik(bild: Strombild) -> str:
    return f"{bild.samling.etikett} {bild.strom}"


def _som_tabell(bild: Strombild, kuvert: Sequence[Kuvert], rattelser: Mapping[UUID, Notering]) -> None:
    kolumner = [(rubrik, ar_tal) for _, rubrik, ar_tal in _KOLUMNER]
    rader = [list(_rad(ett, rattelser).values()) for ett in kuvert]
    skriv_tabell(_rubrik(bild), kolumner, rader, lang="Innehåll")
    skriv_noter([tider_som_text(bild.galler_den, bild.kant_den, bild.position)])


def _som_csv(bild: Strombild, kuvert: Sequence[Kuvert], rattelser: Mapping[UUID, Notering]) -> None:
    huvud = [_rubrik(bild), tider_som_text(bild.galler_den, bild.kant_den, bild.position)]
    skriv_csv([namn for namn, _, _ in _KOLUMNER], [_rad(ett, rattelser) for ett in kuvert], huvud)


def _som_json(bild: Strombild, kuvert: Sequence[Kuvert], rattelser: Mapping[UUID, Notering]) -> None:
    skriv_json(
        {
            "samling": bild.samling.value,
            "id": str(bild.strom),
            "underlag": tider_som_data(bild.galler_den, bild.kant_den, bild.position),
            "handelser": [handelseobjekt(ett, rattelser) for ett in kuvert],
        }
    )
