"""``liggare matt``: ask a measure."""

from __future__ import annotations

from typing import Any

import click

from application.fragetolkning import SAKNAS, tolka_fraga
from application.queries import FraganGarInte, Svar, Vagning, sok_matt
from domain.matt.deklaration import Matt
from domain.matt.modell import Bokforingsperiod
from domain.pengar import Tal, avrunda, skriv_tal
from interfaces.cli import val
from interfaces.cli.basis import basis_som_json, basis_som_text
from interfaces.cli.mattbeskrivning import skriv_forklaring, skriv_lista
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell


@click.command()
@click.argument("namn", required=False, metavar="[NAMN]")
@click.option("--lista", is_flag=True, help="Visa alla mått.")
@click.option("--forklara", is_flag=True, help="Visa allt om måttet: definition, varianter, lagrum, vad det räknas på.")
@click.option("--fran", metavar="ÅÅÅÅ-MM-DD", help="Periodens första dag. [standard: årets första]")
@click.option("--till", metavar="ÅÅÅÅ-MM-DD", help="Periodens sista dag, inräknad. [standard: årets sista]")
@val.tidsval
@click.option("--gruppera", metavar="DIMENSION,…", help="Dela upp på dimensioner, till exempel malgrupp,manad.")
@click.option("--kommun", metavar="KOD", help="Bara en kommun.")
@click.option("--urval", multiple=True, metavar="DIM=VÄRDE,…", help="Räkna bara dessa värden; får upprepas.")
@click.option(
    "--vagning", type=click.Choice([v.value for v in Vagning]), help="Vägt eller ovägt medelvärde. [standard: vagd]"
)
@click.option(
    "--period-efter",
    type=click.Choice([p.value for p in Bokforingsperiod]),
    help="Belopp efter bokföringsmånad eller efter månaden vården avser. [standard: bokforing]",
)
@click.option("--variant", multiple=True, metavar="NAMN=VAL", help="Måttets egna val (se --forklara); får upprepas.")
@val.utformat
@val.databas
def matt(
    namn: str | None, lista: bool, forklara: bool, databas: str, utformat: str, kommun: str | None,
    urval: tuple[str, ...], **fraga: Any,
) -> None:  # fmt: skip
    """Fråga ett mått: hur många, hur länge, vad det kostade.

    NAMN är måttets namn eller dess nummer i förteckningen över tryckta mått.

    \b
    Exempel:
      liggare matt vardygn --fran 2019-01-01 --till 2019-08-31 --gruppera malgrupp,manad
      liggare matt V13 --forklara
      liggare matt belaggning --gruppera enhet,manad --variant medelvarde=manader
      liggare matt kostnad-per-dygn --vagning ovagd --galler-den 2019-08-31 --kant-den 2019-09-19
    """
    if lista or namn is None:
        skriv_lista(utformat)
        return
    if forklara:
        skriv_forklaring(sok_matt(namn), utformat)
        return
    with val.oppen(databas) as tjanster:
        valt = _tolka_urval((*urval, f"kommun={kommun}") if kommun is not None else urval)
        svar = tjanster.fragor.svara(tolka_fraga(namn, urval=valt, nu=tjanster.klocka(), **fraga))
    {"tabell": _som_tabell, "csv": _som_csv, "json": _som_json}[utformat](svar)


def _tolka_urval(urval: tuple[str, ...]) -> dict[str, str]:
    """Return the restrictions; one dimension given several times allows all the values."""
    resultat: dict[str, str] = {}
    for ett in urval:
        dimension, likhet, varden = ett.partition("=")
        if not likhet or not varden:
            raise FraganGarInte("urval", f"--urval {ett} ska ha formen dimension=värde, till exempel malgrupp=barn.")
        resultat[dimension] = f"{resultat[dimension]},{varden}" if dimension in resultat else varden
    return resultat


def _som_tabell(svar: Svar) -> None:
    m, dimensioner = svar.fraga.matt, svar.fraga.gruppera
    etiketter = [["–" if v is None else str(v) for v in grupp] for grupp in svar.varden] if dimensioner else []
    rader = [[*etikett, _tal(varde, m)] for etikett, varde in zip(etiketter, svar.varden.values(), strict=False)]
    totalt = ["Totalt", *[""] * (len(dimensioner) - 1), _tal(svar.totalt, m)]
    kolumner = [(d.capitalize(), False) for d in dimensioner or ("",)]
    kolumner.append((f"{m.etikett} ({m.enhet.namn})", True))
    skriv_tabell(f"{m.etikett} {svar.fraga.period}", kolumner, [*rader, totalt], fet=frozenset({len(rader)}))
    skriv_noter(_underlag(svar))


def _underlag(svar: Svar) -> list[str]:
    """Return everything the figure rests on, a line each: times and rule, variant, restriction."""
    fraga = svar.fraga
    rader = [basis_som_text(svar.underlag)]
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


def _tryckt(varde: Tal, m: Matt) -> str:
    avrundat = avrunda(varde, m.enhet.decimaler)
    return str(abs(avrundat) if avrundat == 0 else avrundat)


def _som_csv(svar: Svar) -> None:
    m, kolumner = svar.fraga.matt, [*svar.fraga.gruppera, svar.fraga.matt.namn]
    hela = {} if svar.totalt is None else {(): svar.totalt}
    rader = [
        dict(zip(kolumner, [*("" if v is None else str(v) for v in grupp), _tryckt(varde, m)], strict=True))
        for grupp, varde in (svar.varden if svar.fraga.gruppera else hela).items()
    ]
    skriv_csv(kolumner, rader, [f"matt: {m.etikett}, {m.enhet.namn}, {svar.fraga.period}", *_underlag(svar)])


def _som_json(svar: Svar) -> None:
    m, fraga = svar.fraga.matt, svar.fraga
    skriv_json({
        "matt": m.namn,
        "enhet": m.enhet.namn,
        "period": {"fran": str(fraga.period.fran), "till": str(fraga.period.sista_dag)},
        "underlag": basis_som_json(svar.underlag)
        | {
            "vagning": fraga.vagning.value,
            "periodEfter": fraga.period_efter.value,
            "varianter": fraga.gjorda_val,
            "urval": {namn: [SAKNAS if v is None else str(v) for v in varden] for namn, varden in fraga.urval.items()},
        },
        "grupper": [
            dict(zip(fraga.gruppera, (None if v is None else str(v) for v in grupp), strict=True))
            | {"varde": _tryckt(varde, m)}
            for grupp, varde in svar.varden.items()
        ],
        "totalt": None if svar.totalt is None else _tryckt(svar.totalt, m),
    })  # fmt: skip
