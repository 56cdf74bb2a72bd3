"""``liggare tabell``: a report table, and a printed one beside it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from application.celltolkning import tolka_tabellcell
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.jamforelse import Cellpar, Utslag, jamfor, las_forklaringar, tryckt_manad
from application.rapporter.katalog import TABELLER
from application.rapporter.radmappning import Radmappning
from application.rapporter.tabellfraga import KOSTNADSENHET, Kolumnsvar, Svarsrad, Tabellsvar
from application.tryckt import Trycktabell, las_trycktabell
from application.tryckta_tal import som_tal
from domain.pengar import skriv_tal
from interfaces.cli import val
from interfaces.cli.basis import basis_som_text, regler_som_text
from interfaces.cli.oppning import skriv_oppning
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell
from interfaces.somdata.underlag import underlag_som_data


@click.command()
@click.argument("namn", metavar="NAMN", type=click.Choice(list(TABELLER)))
@val.kravd_kommun
@click.option("--ar", required=True, type=val.AR, metavar="ÅÅÅÅ", help="Rapportens år.")
@val.namnd
@val.tidsval
@val.radmappning
@click.option(
    "--radmappning-den",
    metavar="ÅÅÅÅ-MM-DD",
    help="Rader enligt den indelning som gäller då. [standard: dagen frågan gäller, senast rapportårets sista]",
)
@click.option(
    "--till-manad",
    type=click.IntRange(1, 12),
    metavar="MÅNAD",
    help="Månaden rapporten gäller till och med. [standard: den tryckta tabellens, annars den som dagen ligger i]",
)
@click.option(
    "--sedan-den",
    metavar="ÅÅÅÅ-MM-DD",
    help="Dagen att jämföra med i tabeller över ändringar. [standard: årets början]",
)
@click.option("--atgard", type=click.UUID, metavar="ID", help="Bara en åtgärd, i tabeller över åtgärder.")
@click.option("--jamfor", type=val.FIL, metavar="FIL.csv", help="Jämför cell för cell med en tryckt tabell.")
@click.option(
    "--avvikelser",
    type=val.FIL,
    metavar="FIL.csv",
    help="Kända fel i den tryckta tabellen. [standard: FIL.avvikelser.csv bredvid den]",
)
@click.option("--alla", is_flag=True, help="Visa alla celler i jämförelsen, även de som är lika.")
@click.option(
    "--oppna", metavar="RAD,KOLUMN", help="Visa fakta och händelser bakom en cell, till exempel 3,budget_2019_mnkr."
)
@val.hogst
@val.utformat
@val.databas
def tabell(
    namn: str, jamfor: Path | None, avvikelser: Path | None, alla: bool, oppna: str | None, hogst: int,
    utformat: str, databas: str, **fraga: Any,
) -> None:  # fmt: skip
    """Skriv en tabell som den såg ut en viss dag, eller jämför den med en tryckt.

    Med --jamfor visas tryckt, räknat och skillnad för varje cell. Slutar med felkod 1 om någon skillnad saknar
    förklaring.

    \b
    Exempel:
      liggare tabell externa-insatser --kommun 1880 --ar 2019 --galler-den 2019-08-31 --kant-den 2019-09-19
      liggare tabell externa-insatser --kommun 1880 --ar 2019 --jamfor tryckt.csv
      liggare tabell externa-insatser --kommun 1880 --ar 2019 --oppna 3,snitt_utfall_2018
    """
    if jamfor is not None and fraga["till_manad"] is None:
        fraga["till_manad"] = tryckt_manad(TABELLER[namn], fraga["ar"], las_trycktabell(jamfor))
    with val.oppen(databas) as tjanster:
        tolkad = tolka_tabellfraga(namn, nu=tjanster.klocka(), **fraga)
        if oppna is not None:
            oppning = tjanster.oppnare.oppna_tabell(tolkad, *tolka_tabellcell(oppna))
            rubrik = f"{tolkad.tabell.rubrik} {tolkad.ar}, kommun {tolkad.kommun}"
            skriv_oppning(tjanster.oppnare, oppning, rubrik, utformat, hogst)
            return
        svar = tjanster.redovisning.tabell(tolkad)
    if jamfor is None:
        {"tabell": skriv_tabellsvar, "csv": _som_csv, "json": _som_json}[utformat](svar)
        return
    par = jamfor_med(svar, jamfor, avvikelser)
    {"tabell": skriv_jamforelse, "csv": _jamforelse_som_csv, "json": _jamforelse_som_json}[utformat](svar, par, alla)
    if any(p.utslag is Utslag.OFORKLARAD for p in par):
        sys.exit(1)


def jamfor_med(svar: Tabellsvar, tryckt: Path, avvikelser: Path | None = None) -> list[Cellpar]:
    """Return a table's cells beside those of a printed one."""
    return jamfor(svar, las_trycktabell(tryckt), las_forklaringar(tryckt, avvikelser))


def skriv_tabellsvar(svar: Tabellsvar) -> None:
    """Print a table to a person."""
    synliga = [k for k in svar.kolumner if k.nyckel != _RADTYP]
    rader = [[_for_person(svar, rad, k) for k in synliga] for rad in svar.rader]
    fet = frozenset(nr for nr, rad in enumerate(svar.rader) if rad.sammansatt)
    rubrik = f"{svar.fraga.tabell.rubrik} {svar.fraga.ar}, kommun {svar.fraga.kommun}"
    skriv_tabell(rubrik, [(k.rubrik, k.decimaler is not None) for k in synliga], rader, fet=fet)
    skriv_noter([*svar.noter, basis_som_text(svar.underlag), *regler_som_text(svar.underlag)])


def _for_person(svar: Tabellsvar, rad: Svarsrad, kolumn: Kolumnsvar) -> str:
    varde = rad[kolumn.nyckel]
    if varde is None or isinstance(varde, str):
        return _ENHETER.get(varde or "", varde or "")
    return skriv_tal(varde, svar.decimaler(rad, kolumn))


_RADTYP = "radtyp"
"""The label column that is the row's kind; a person sees it in how the row is printed."""

_ENHETER = {ord_: sort.etikett for sort, ord_ in KOSTNADSENHET.items()}


def skriv_trycktabell(svar: Tabellsvar, tryckt: Trycktabell) -> None:
    """Print a printed table to a person, in the form of ours."""
    tal = {k.nyckel: k.decimaler for k in svar.kolumner}
    synliga = [namn for namn in tryckt.kolumner if namn != _RADTYP]
    rubriker = {k.nyckel: k.rubrik for k in svar.kolumner}
    rader = [[_tryckt_for_person(rad[namn], tal.get(namn)) for namn in synliga] for rad in tryckt.rader]
    sammansatta = {svar.etikett(rad) for rad in svar.rader if rad.sammansatt}
    nycklar = svar.fraga.tabell.etikettkolumner
    etiketter = [" / ".join(rad.get(namn, "") for namn in nycklar) for rad in tryckt.rader]
    fet = frozenset(nr for nr, etikett in enumerate(etiketter) if etikett in sammansatta)
    kolumner = [(rubriker.get(namn, namn), tal.get(namn) is not None) for namn in synliga]
    skriv_tabell(f"Tryckt: {tryckt.huvud.get('tabell', tryckt.namn)}", kolumner, rader, fet=fet)


def _tryckt_for_person(cell: str, decimaler: int | None) -> str:
    tal = som_tal(cell)
    return _ENHETER.get(cell, cell) if tal is None or decimaler is None else skriv_tal(tal, decimaler)


def _basis_som_rader(svar: Tabellsvar) -> list[str]:
    f = svar.fraga
    return [f"tabell: {f.tabell.rubrik} {f.ar}, kommun {f.kommun}", f"underlag: {basis_som_text(svar.underlag)}"]


def _som_csv(svar: Tabellsvar) -> None:
    rader = [{k.nyckel: svar.tryckt(rad, k) for k in svar.kolumner} for rad in svar.rader]
    skriv_csv([k.nyckel for k in svar.kolumner], rader, [*_basis_som_rader(svar), *(f"not: {n}" for n in svar.noter)])


def _som_json(svar: Tabellsvar) -> None:
    skriv_json({
        "tabell": svar.fraga.tabell.namn,
        "kommun": svar.fraga.kommun,
        "ar": svar.fraga.ar,
        "underlag": underlag_som_data(svar.underlag),
        "radmappning": _radmappning_som_json(svar.fraga.radmappning),
        "noter": list(svar.noter),
        "rader": [{k.nyckel: _json_cell(svar.tryckt(rad, k), k) for k in svar.kolumner} for rad in svar.rader],
    })  # fmt: skip


def _radmappning_som_json(mappning: Radmappning) -> dict[str, str | None]:
    return {
        "kommun": mappning.kommun,
        "gallerFran": str(mappning.galler_fran),
        "gallerTill": str(mappning.galler_till) if mappning.galler_till else None,
        "kalla": mappning.kalla,
    }


def _json_cell(tryckt: str, kolumn: Kolumnsvar) -> str | int | float | None:
    if not tryckt:
        return None
    if kolumn.decimaler is None:
        return tryckt
    # A row may be printed with more decimals than its column.
    return float(tryckt) if "." in tryckt else int(tryckt)


_JAMFORELSEKOLUMNER = ("rad", "kolumn", "tryckt", "raknat", "skillnad", "utslag", "forklaring")


def _jamforelse_som_dict(p: Cellpar) -> dict[str, str]:
    skillnad = "" if p.skillnad is None else str(p.skillnad)
    return dict(
        zip(
            _JAMFORELSEKOLUMNER,
            (p.rad, p.kolumn, p.tryckt, p.raknat, skillnad, p.utslag.value, p.forklaring),
            strict=True,
        )
    )


def skriv_jamforelse(svar: Tabellsvar, par: list[Cellpar], alla: bool) -> None:
    """Print a comparison to a person: the cells that differ (or all), and the count of each kind."""
    visade = [p for p in par if alla or p.utslag is not Utslag.LIKA]
    if visade:
        kolumner = [("Rad", False), ("Kolumn", False), ("Tryckt", True), ("Räknat", True), ("Skillnad", True)]
        kolumner += [("Utslag", False), ("Förklaring", False)]
        rader = [list(_jamforelse_som_dict(p).values()) for p in visade]
        skriv_tabell("Tryckt mot räknat", kolumner, rader)
    antal = {utslag: sum(p.utslag is utslag for p in par) for utslag in Utslag}
    click.echo(
        f"{len(par)} celler jämförda: {antal[Utslag.LIKA]} lika, {antal[Utslag.FORKLARAD]} förklarade, "
        f"{antal[Utslag.OFORKLARAD]} oförklarade."
    )
    skriv_noter([basis_som_text(svar.underlag)])


def _jamforelse_som_csv(svar: Tabellsvar, par: list[Cellpar], _: bool) -> None:
    skriv_csv(_JAMFORELSEKOLUMNER, [_jamforelse_som_dict(p) for p in par], _basis_som_rader(svar))


def _jamforelse_som_json(svar: Tabellsvar, par: list[Cellpar], _: bool) -> None:
    skriv_json({"underlag": underlag_som_data(svar.underlag), "celler": [_jamforelse_som_dict(p) for p in par]})
