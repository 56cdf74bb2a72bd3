"""Options that several commands share, declared once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from application.fragetolkning import Franvaro, tolka_dag, tolka_kommun
from application.queries import FraganGarInte, Vagning
from domain.matt.modell import Bokforingsperiod
from domain.regler.vardygn import IN_EJ_UT, VARDYGNSREGLER
from domain.tid import FORSTA_AR, SISTA_AR
from interfaces.bootstrap import Tjanster, koppla

F = TypeVar("F", bound=Callable[..., Any])

FRANVARO = click.Choice([ett.value for ett in Franvaro])
"""Whether days of absence are counted."""

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
        type=FRANVARO,
        default=Franvaro.RAKNAS.value,
        show_default=True,
        help="Om dygn med frånvaro räknas som vårddygn.",
    ),
)

_PERIODEN = (
    click.option("--fran", metavar="ÅÅÅÅ-MM-DD", help="Periodens första dag. [standard: årets första]"),
    click.option("--till", metavar="ÅÅÅÅ-MM-DD", help="Periodens sista dag, inräknad. [standard: årets sista]"),
)

_MATTFRAGAN = (
    click.option("--gruppera", metavar="DIMENSION,…", help="Dela upp på dimensioner, till exempel malgrupp,manad."),
    click.option("--kommun", metavar="KOD", help="Bara en kommun."),
    click.option("--urval", multiple=True, metavar="DIM=VÄRDE,…", help="Räkna bara dessa värden; får upprepas."),
    click.option(
        "--vagning", type=click.Choice([v.value for v in Vagning]), help="Vägt eller ovägt medelvärde. [standard: vagd]"
    ),
    click.option(
        "--period-efter",
        type=click.Choice([p.value for p in Bokforingsperiod]),
        help="Belopp efter bokföringsmånad eller efter månaden vården avser. [standard: bokforing]",
    ),
    click.option(
        "--variant", multiple=True, metavar="NAMN=VAL", help="Måttets egna val (se matt --forklara); får upprepas."
    ),
)

utformat = click.option(
    "--format", "utformat", type=click.Choice(FORMAT), default=FORMAT[0], show_default=True, help="Hur svaret skrivs."
)

AR = click.IntRange(FORSTA_AR, SISTA_AR)
"""A year that may be asked about."""

FIL = click.Path(exists=True, dir_okay=False, path_type=Path)
"""A file that is to be read."""


def som_dag(_: click.Context, val: click.Parameter, text: str | None) -> date | None:
    """Read the day of an option that need not be given; its name is the option's."""
    return tolka_dag(val.opts[0].removeprefix("--"), text)


def kommun(hjalp: str, *, kravs: bool = False) -> Callable[[F], F]:
    """Return the option of one municipality, checked before the ledger is opened."""
    return click.option(
        "--kommun",
        required=kravs,
        metavar="KOD",
        callback=lambda _, __, text: None if text is None else tolka_kommun(text),
        help=hjalp,
    )


kravd_kommun = kommun("Kommunkod, fyra siffror.", kravs=True)

ifylld_kommun = kommun("Kommunkod för händelser som har fältet kommun men inte anger det.")

namnd = click.option("--namnd", metavar="NÄMND", help="Vilken nämnd, om kommunen har flera i liggaren.")

radmappning = click.option(
    "--radmappning", type=FIL, metavar="FIL", help="Egen radindelning i stället för den som följer med."
)

hogst = click.option(
    "--hogst",
    type=click.IntRange(min=0),
    default=50,
    show_default=True,
    metavar="ANTAL",
    help="Hur många fakta som visas; 0 visar alla.",
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


def mattfraga(kommando: F) -> F:
    """Add the options that ask a measure: period, times and rules, grouping, restrictions and choices."""
    return _med(kommando, (*_PERIODEN, *_TIDERNA, *_VARDYGNEN, *_MATTFRAGAN))


def tolka_urval(urval: Sequence[str], kommun: str | None = None) -> dict[str, str]:
    """Return the restrictions; one dimension given several times allows all the values.

    Raises:
        FraganGarInte: one of them is not written ``dimension=värde``.
    """
    resultat: dict[str, str] = {}
    for ett in (*urval, *([f"kommun={kommun}"] if kommun is not None else [])):
        dimension, likhet, varden = ett.partition("=")
        if not likhet:
            raise FraganGarInte("urval", f"--urval {ett} ska ha formen dimension=värde, till exempel malgrupp=barn.")
        resultat[dimension] = f"{resultat[dimension]},{varden}" if dimension in resultat else varden
    return resultat


def _med(kommando: F, tillagg: Sequence[Callable[[F], F]]) -> F:
    for val in reversed(tillagg):
        kommando = val(kommando)
    return kommando


def nyckelfil() -> Path | None:
    """Return the key ring that the command was told of."""
    fil: Path | None = click.get_current_context().meta.get(_NYCKELFIL)
    return fil


def visa_ny_nyckelfil(fil: Path | None) -> None:
    """Tell of a key ring that was made now, since nothing can make it again."""
    if fil is not None:
        click.echo(
            f"Ny nyckelfil: {fil}. Utan den kan personuppgifterna i liggaren aldrig läsas. Förvara och "
            "säkerhetskopiera den åtskild från databasen.",
            err=True,
        )


def bekrafta(fraga: str) -> None:
    """Ask before what cannot be undone, and stop unless the answer is yes."""
    # click.confirm takes only the English words for yes.
    svar: str = click.prompt(f"{fraga} [ja/nej]", default="nej", show_default=False, err=True)
    if svar.strip().lower() not in ("j", "ja"):
        raise click.Abort


@contextmanager
def oppen(databas: str, *, skapa: bool = False, krav_pa_fakta: bool = True) -> Iterator[Tjanster]:
    """Open the ledger for a command and close it after; only importing commands may create it."""
    if not databas.strip() or databas == ":memory:":
        raise click.BadParameter("ange en fil; händelser i minnet går förlorade.", param_hint="--databas")
    tjanster = koppla(databas, skapa=skapa, krav_pa_fakta=krav_pa_fakta, nyckelfil=nyckelfil())
    visa_ny_nyckelfil(tjanster.ny_nyckelfil)
    try:
        yield tjanster
    finally:
        tjanster.stang()
