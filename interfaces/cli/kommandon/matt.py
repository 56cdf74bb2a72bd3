"""``liggare matt``: ask a measure."""

from __future__ import annotations

from typing import Any

import click

from application.celltolkning import tolka_cell
from application.dimensionsord import etikett_av, rubrik_av
from application.fragetolkning import SAKNAS, tolka_fraga
from application.queries import Svar, sok_matt
from domain.matt.deklaration import Matt
from domain.pengar import Tal, skriv_tal
from interfaces.cli import val
from interfaces.cli.basis import basis_som_text, regler_som_text
from interfaces.cli.mattbeskrivning import skriv_forklaring, skriv_lista
from interfaces.cli.oppning import skriv_oppning
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell
from interfaces.somdata.matt import grupp_som_data, mattunderlag_som_data, tal_som_data


@click.command()
@click.argument("namn", required=False, metavar="[NAMN]")
@click.option("--lista", is_flag=True, help="Visa alla mått.")
@click.option("--forklara", is_flag=True, help="Visa allt om måttet: definition, varianter, lagrum, vad det räknas på.")
@val.mattfraga
@click.option("--oppna", is_flag=True, help="Visa fakta och händelser bakom talet, med vad varje faktum bidrar med.")
@click.option("--cell", metavar="DIM=VÄRDE,…", help="Vilken cell som öppnas. [standard: det hela]")
@val.hogst
@val.utformat
@val.databas
def matt(
    namn: str | None, lista: bool, forklara: bool, databas: str, utformat: str, oppna: bool, hogst: int, **fraga: Any
) -> None:  # fmt: skip
    """Fråga ett mått: hur många, hur länge, vad det kostade.

    NAMN är måttets namn eller dess nummer i förteckningen över tryckta mått.

    \b
    Exempel:
      liggare matt vardygn --fran 2019-01-01 --till 2019-08-31 --gruppera malgrupp,manad
      liggare matt V13 --forklara
      liggare matt belaggning --gruppera enhet,manad --variant medelvarde=manader
      liggare matt kostnad-per-dygn --vagning ovagd --galler-den 2019-08-31 --kant-den 2019-09-19
      liggare matt vardygn --fran 2019-01-01 --till 2019-08-31 --oppna --cell malgrupp=barn,manad=2019-03
    """
    if lista or namn is None:
        skriv_lista(utformat)
        return
    if forklara:
        skriv_forklaring(sok_matt(namn), utformat)
        return
    with val.oppen(databas) as tjanster:
        cell, urval = fraga.pop("cell"), val.tolka_urval(fraga.pop("urval"), fraga.pop("kommun"))
        tolkad = tolka_fraga(namn, urval=urval, nu=tjanster.klocka(), **fraga)
        if oppna or cell is not None:
            oppning = tjanster.oppnare.oppna_matt(*tolka_cell(tolkad, cell))
            rubrik = f"{tolkad.matt.etikett} ({tolkad.matt.enhet.namn}) {tolkad.period}"
            skriv_oppning(tjanster.oppnare, oppning, rubrik, utformat, hogst)
            return
        svar = tjanster.redovisning.matt(tolkad)
    {"tabell": _som_tabell, "csv": _som_csv, "json": _som_json}[utformat](svar)


def _som_tabell(svar: Svar) -> None:
    m, dimensioner = svar.fraga.matt, svar.fraga.gruppera
    grupper = svar.varden if dimensioner else ()
    etiketter = [[etikett_av(*par, saknas="–") for par in zip(dimensioner, g, strict=True)] for g in grupper]
    rader = [[*etikett, _tal(varde, m)] for etikett, varde in zip(etiketter, svar.varden.values(), strict=False)]
    totalt = ["Totalt", *[""] * (len(dimensioner) - 1), _tal(svar.totalt, m)]
    kolumner = [(rubrik_av(d), False) for d in dimensioner or ("",)]
    kolumner.append((f"{m.etikett} ({m.enhet.namn})", True))
    skriv_tabell(f"{m.etikett} {svar.fraga.period}", kolumner, [*rader, totalt], fet=frozenset({len(rader)}))
    skriv_noter(_underlag(svar))


def _underlag(svar: Svar) -> list[str]:
    """Return everything the figure rests on, a line each: times and rule, variant, restriction."""
    fraga = svar.fraga
    rader = [basis_som_text(svar.underlag), *regler_som_text(svar.underlag)]
    if fraga.matt.ovagt_over:
        rader.append(f"Medelvärde: {fraga.vagning.value}")
    if fraga.matt.raknar_belopp:
        rader.append(f"Period efter: {fraga.period_efter.value}")
    if fraga.matt.varianter:
        rader.append(f"Val: {' · '.join(f'{namn}={val}' for namn, val in fraga.gjorda_val.items())}")
    if fraga.urval:
        urval = (f"{namn}={','.join(SAKNAS if v is None else str(v) for v in v_)}" for namn, v_ in fraga.urval.items())
        rader.append(f"Urval: {' '.join(urval)}")
    return rader


def _tal(varde: Tal | None, m: Matt) -> str:
    return "–" if varde is None else skriv_tal(varde, m.enhet.decimaler)


def _som_csv(svar: Svar) -> None:
    m, kolumner = svar.fraga.matt, [*svar.fraga.gruppera, svar.fraga.matt.namn]
    hela = {} if svar.totalt is None else {(): svar.totalt}
    rader = [
        dict(zip(kolumner, [*("" if v is None else str(v) for v in grupp), tal_som_data(varde, m) or ""], strict=True))
        for grupp, varde in (svar.varden if svar.fraga.gruppera else hela).items()
    ]
    skriv_csv(kolumner, rader, [f"matt: {m.etikett}, {m.enhet.namn}, {svar.fraga.period}", *_underlag(svar)])


def _som_json(svar: Svar) -> None:
    m, fraga = svar.fraga.matt, svar.fraga
    skriv_json({
        "matt": m.namn,
        "enhet": m.enhet.namn,
        "period": {"fran": str(fraga.period.fran), "till": str(fraga.period.sista_dag)},
        "underlag": mattunderlag_som_data(svar),
        "grupper": [grupp_som_data(svar, grupp) for grupp in svar.varden],
        "totalt": tal_som_data(svar.totalt, m),
    })  # fmt: skip
