"""Options that several commands share, declared once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from domain.regler.vardygn import IN_EJ_UT, VARDYGNSREGLER
from interfaces.bootstrap import Tjanster, koppla

F = TypeVar("F", bound=Callable[..., Any])

FORMAT = ("tabell", "csv", "json")

_databas = click.option(
    "--databas",
    envvar="LIGGARE_DATABAS",
    default="liggare.db",
    show_default=True,
    show_envvar=True,
    metavar="FIL",
    help="Liggarens databas.",
)

_NYCKELFIL = f"{__name__}.nyckelfil"

_nyckelfil = click.option(
    "--nyckelfil",
    envvar="LIGGARE_NYCKEL",
    show_envvar=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FIL",
    expose_value=False,
    callback=lambda ctx, _, fil: ctx.meta.update({_NYCKELFIL: fil}),
    help="Liggarens nyckelfil. [standard: databasens namn med .nyckel efter]",
)

_TIDERNA = (
    click.option(
        "--galler-den", metavar="ÅÅÅÅ-MM-DD", help="Dagen frågan gäller, den dagen inräknad. [standard: idag]"
    ),
    click.option(
        "--kant-den",
        metavar="TID",
        help="Så som det var känt då: ett datum (dagens slut i Sverige) eller en tidpunkt. [standard: allt känt]",
    ),
)

_VARDYGNEN = (
    click.option(
        "--organisation-den",
        metavar="ÅÅÅÅ-MM-DD",
        help="Vilken dags organisation enhet, overordnad och avdelning avser. [standard: dagen frågan gäller]",
    ),
    click.option(
        "--vardygnsregel",
        type=click.Choice(list(VARDYGNSREGLER)),
        default=IN_EJ_UT.namn,
        show_default=True,
        help="Hur in- och utskrivningsdag räknas.",
    ),
    click.option(
        "--franvaro",
        type=click.Choice(["raknas", "raknasInte"]),
        default="raknas",
        show_default=True,
        help="Om dygn med frånvaro räknas som vårddygn.",
    ),
)

utformat = click.option(
    "--format", "utformat", type=click.Choice(FORMAT), default=FORMAT[0], show_default=True, help="Hur svaret skrivs."
)


def databas(kommando: F) -> F:
    """Add the options that say which ledger, and where its key ring is."""
    return _med(kommando, (_databas, _nyckelfil))


def tider(kommando: F) -> F:
    """Add the options that say as of when."""
    return _med(kommando, _TIDERNA)


def tidsval(kommando: F) -> F:
    """Add the options that say as of when, and by which care-day rule."""
    return _med(kommando, (*_TIDERNA, *_VARDYGNEN))


def _med(kommando: F, tillagg: Sequence[Callable[[F], F]]) -> F:
    for val in reversed(tillagg):
        kommando = val(kommando)
    return kommando


@contextmanager
def oppen(databas: str, *, skapa: bool = False, krav_pa_fakta: bool = True) -> Iterator[Tjanster]:
    """Open the ledger for a command and close it after; only importing commands may create it."""
    if not databas.strip() or databas == ":memory:":
        raise click.BadParameter("ange en fil; händelser i minnet går förlorade.", param_hint="--databas")
    nyckelfil = click.get_current_context().meta.get(_NYCKELFIL)
    tjanster = koppla(databas, skapa=skapa, krav_pa_fakta=krav_pa_fakta, nyckelfil=nyckelfil)
    if tjanster.ny_nyckelfil is not None:
        click.echo(
            f"Ny nyckelfil: {tjanster.ny_nyckelfil}. Utan den kan personuppgifterna i liggaren aldrig läsas. Förvara "
            "och säkerhetskopiera den åtskild från databasen.",
            err=True,
        )
    try:
        yield tjanster
    finally:
        tjanster.stang()
