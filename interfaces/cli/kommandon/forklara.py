"""``liggare forklara``: why a figure has changed, and what a cost difference is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import click

from application.dimensionsord import etikett_av
from application.fragetolkning import SAKNAS, tolka_fraga
from application.kostnadsuppdelning import SIDOR, Kostnadsdelare, Sidfraga
from application.queries import Fraga, FraganGarInte
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.katalog import TABELLER
from application.rapporter.radmappning import Rad, Radslag
from domain.regler.vardygn import VARDYGNSREGLER
from interfaces.bootstrap import Tjanster
from interfaces.cli import val
from interfaces.cli.forklaring import skriv_orsaker, skriv_uppdelning
from interfaces.somdata.forklaring import storst_forst

F = TypeVar("F", bound=Callable[..., Any])

_RADER = "malgrupp,insatsform"
_MOT = (
    click.option("--mot", metavar="MÅTT", help=f"Dela upp kostnaden mot en annan: {', '.join(SIDOR)}."),
    click.option("--mot-fran", metavar="ÅÅÅÅ-MM-DD", help="Den andra periodens första dag."),
    click.option("--mot-till", metavar="ÅÅÅÅ-MM-DD", help="Den andra periodens sista dag, inräknad."),
    click.option("--mot-galler-den", metavar="ÅÅÅÅ-MM-DD", help="Dagen det jämförs med."),
    click.option(
        "--mot-kant-den",
        metavar="TID",
        help="Vad som var känt då det jämförs. [standard: allt känt, om inget annat skiljer]",
    ),
    click.option("--mot-organisation-den", metavar="ÅÅÅÅ-MM-DD", help="Organisationen det jämförs med."),
    click.option("--mot-vardygnsregel", type=click.Choice(list(VARDYGNSREGLER)), help="Regeln det jämförs med."),
    click.option("--mot-franvaro", type=val.FRANVARO, help="Frånvaron det jämförs med."),
    click.option("--mot-variant", multiple=True, metavar="NAMN=VAL", help="Val det jämförs med; får upprepas."),
)


def _mot(kommando: F) -> F:
    """Add the options that say what is compared with; what is not said is as for the first."""
    for tillval in reversed(_MOT):
        kommando = tillval(kommando)
    return kommando


@click.command()
@click.argument("namn")
@val.mattfraga
@_mot
@click.option(
    "--rader", type=click.Choice(list(TABELLER)), help="Dela upp kostnaden på en tabells rader; kräver --kommun."
)
@click.option("--oppna", is_flag=True, help="Visa händelser och fakta bakom varje del.")
@val.hogst
@val.utformat
@val.databas
def forklara(
    namn: str, databas: str, utformat: str, oppna: bool, hogst: int, kommun: str | None, urval: tuple[str, ...],
    mot: str | None, **fraga: Any,
) -> None:  # fmt: skip
    """Förklara varför ett mått har ändrats, eller vad en kostnadsskillnad består av.

    Med en annan --mot-kant-den eller --mot-galler-den delas skillnaden upp på sent registrerat, rättelser, nya
    händelser och ändrad definition eller regel. Med --mot, eller en annan period, delas kostnaden upp på volym, mix,
    pris och övrigt. Delarna summerar exakt till skillnaden.

    \b
    Exempel:
      liggare forklara vardygn --fran 2019-01-01 --till 2019-08-31 --kant-den 2019-09-19 --mot-kant-den 2020-02-01
      liggare forklara vardygn --galler-den 2019-04-30 --mot-galler-den 2019-08-31 --gruppera malgrupp
      liggare forklara budget --mot utfall --fran 2019-01-01 --till 2019-08-31 --kommun 1880
      liggare forklara budget --mot prognos --rader externa-insatser --kommun 1880 --galler-den 2019-08-31
      liggare forklara prognos --mot prognos --galler-den 2019-04-30 --mot-galler-den 2019-08-31
      liggare forklara kostnad --fran 2018-01-01 --till 2018-12-31 --mot-fran 2019-01-01 --mot-till 2019-12-31
    """
    andra = {n.removeprefix("mot_"): fraga.pop(n) for n in [n for n in fraga if n.startswith("mot_")]}
    period = andra.pop("fran"), andra.pop("till")
    skilda = {n: v for n, v in andra.items() if v not in (None, ())}
    rader = fraga.pop("rader")
    valt = val.tolka_urval(urval, kommun)
    with val.oppen(databas) as tjanster:
        if mot is not None or any(period):
            andra_period = {"fran": period[0], "till": period[1]} if any(period) else {}
            indelning = fraga | {"rader": rader, "kommun": kommun}
            _dela_upp(tjanster, (namn, mot or namn), valt, indelning, {**skilda, **andra_period}, utformat)
            return
        if rader is not None:
            raise FraganGarInte("rader", "--rader delar upp en kostnad: säg också --mot eller en annan period.")
        if not skilda and fraga["kant_den"] is None:
            raise FraganGarInte(
                "mot", "Säg vad det ska jämföras med, till exempel --mot-kant-den eller --mot-galler-den."
            )
        skilda = skilda or {"kant_den": None}
        fran, till = (tolka_fraga(namn, urval=valt, nu=tjanster.klocka(), **f) for f in (fraga, {**fraga, **skilda}))
        till = replace(till, period=fran.period)
        forklaring = tjanster.forklarare.forklara(fran, till)
        poster = [p for cell in (*forklaring.celler, forklaring.totalt) for p in storst_forst(cell, hogst)]
        huvuden = tjanster.forklarare.handelser(poster)
    skriv_orsaker(forklaring, huvuden, utformat, spar=oppna, hogst=hogst)


def _dela_upp(
    tjanster: Tjanster, sidor: tuple[str, str], urval: dict[str, str], fraga: dict[str, Any], skilda: dict[str, Any],
    utformat: str,
) -> None:  # fmt: skip
    for sida in sidor:
        if sida not in SIDOR:
            mening = f"{sida} kan inte delas upp i volym, mix och pris. Tillåtna: {', '.join(SIDOR)}."
            raise FraganGarInte("mot", mening)
    if fraga["variant"] or skilda.get("variant"):
        raise FraganGarInte("variant", "Volym, mix och pris delas upp utan varianter.")
    tabell, kommun = fraga.pop("rader"), fraga.pop("kommun")
    if tabell is None:
        fraga["gruppera"] = fraga["gruppera"] or _RADER
    elif kommun is None or fraga["gruppera"]:
        raise FraganGarInte("rader", "--rader kräver --kommun, och går inte ihop med --gruppera.")
    nu = tjanster.klocka()
    fran, till = (
        tolka_fraga(sida, urval=urval, nu=nu, **f) for sida, f in zip(sidor, (fraga, fraga | skilda), strict=True)
    )
    rader = () if tabell is None else _tabellens_rader(tabell, kommun, till, nu)
    urvalen = tuple(rad.urval.som_filter() for rad in rader)
    uppdelning = Kostnadsdelare(tjanster.fragor).dela(
        *(Sidfraga(sida, replace(ram, rader=urvalen)) for sida, ram in zip(sidor, (fran, till), strict=True))
    )
    if tabell is None:
        namn = [_radens_namn(fran.gruppera, rad.rad, utformat) for rad in uppdelning.rader]
    else:
        namn = [" / ".join(rader[nr].etiketter) for nr, *_ in (rad.rad for rad in uppdelning.rader)]
    skriv_uppdelning(uppdelning, namn, utformat)


def _radens_namn(dimensioner: Sequence[str], ord_: Sequence[object], utformat: str) -> str:
    """Return what a row is called: to a person by labels, to a program by the stored words."""
    if utformat == "tabell":
        return " / ".join(map(etikett_av, dimensioner, ord_))
    return " / ".join(SAKNAS if varde is None else str(varde) for varde in ord_)


def _tabellens_rader(tabell: str, kommun: str, fraga: Fraga, nu: datetime) -> tuple[Rad, ...]:
    """Return the rows of a table that count facts, as they are mapped on the day of the question."""
    ar, den = fraga.period.fran.year, fraga.tidssnitt.galler_den.isoformat()
    mappning = tolka_tabellfraga(tabell, kommun=kommun, ar=ar, nu=nu, galler_den=den).radmappning
    return tuple(rad for rad in mappning.rader if rad.slag is Radslag.POST)
