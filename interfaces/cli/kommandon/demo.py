"""``liggare demo``: the whole way, on invented persons and published figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from shutil import which
from time import perf_counter
from uuid import UUID, uuid5

import click

from application.commands import Kvitto
from application.fragetolkning import tolka_fraga
from application.ports import LiggarenUpptagen
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.jamforelse import Utslag
from application.rapporter.tabell import Tabellverk
from application.rapporter.tabellfraga import Tabellsvar
from application.syntet import Amne, Syntetplan
from application.tolkning import tolka
from application.tryckt import las_trycktabell
from domain.pengar import skriv_tal
from interfaces.bootstrap import Tjanster, ta_bort
from interfaces.cli import demodata, val
from interfaces.cli.kommandon.importera import beskriv
from interfaces.cli.kommandon.syntet import uppdrag
from interfaces.cli.kommandon.tabell import jamfor_med, skriv_jamforelse, skriv_tabellsvar, skriv_trycktabell
from interfaces.cli.utskrift import framsteg

_KOMMUN, _AR = "1880", 2019
_GALLER, _BESLUT, _FORE = "2019-08-31", "2019-09-19", "2019-06-15"
_FORSENAD_DAG = date(2019, 3, 1)
_MARKE = "DEMO.txt"
_NAMNRYMD = UUID("6f1c0f4e-5d0b-5a1c-9a55-0c1f7f1f2d11")


@click.command()
@click.option(
    "--mapp",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Mapp för demons databas; en tidigare demo i den skrivs över.",
)
def demo(mapp: Path) -> None:
    """Visa hela vägen: påhittade personer, publicerade tal, en tabell som en nämnd verkligen beslutade om.

    Skapar en påhittad historia ur de tabeller Örebros socialnämnd beslutade den 19 september 2019, läser in den och
    skriver ut tabellen bredvid den tryckta. Visar sedan vad som var känt tidigare och vad en sen registrering ändrar.
    """
    mapp.mkdir(parents=True, exist_ok=True)
    databas = _plats(mapp)
    with resources.as_file(resources.files(demodata)) as data, val.oppen(str(databas), skapa=True) as tjanster:
        tryckt = data / "orebro-2019-externa-insatser.csv"
        _las_in(tjanster, sorted(fil for fil in data.glob("*.csv") if "avvikelser" not in fil.name))
        svar = _visa_tabellen(tjanster, tryckt)
        _visa_vad_som_var_kant(tjanster)
        _visa_en_sen_registrering(tjanster, svar)
    _visa_fortsattning(databas)


def _plats(mapp: Path) -> Path:
    """Return where the demo's ledger is to be, with no earlier demo there; any other ledger is left as it is."""
    databas, marke = mapp / "liggare.db", mapp / _MARKE
    if databas.exists():
        if not marke.exists():
            raise click.ClickException(f"{databas} finns redan och är ingen demo. Ange en annan mapp med --mapp.")
        try:
            ta_bort(databas)
        except LiggarenUpptagen:
            raise click.ClickException(f"Demon i {mapp} används av ett annat program. Avsluta det först.") from None
    marke.write_text("Liggaren i den här mappen är en demo: liggare demo skriver över den.\n", encoding="utf-8")
    return databas


def _rubrik(nr: int, text: str) -> None:
    click.secho(f"\n{nr}. {text}", bold=True)


def _las_in(tjanster: Tjanster, tabeller: list[Path]) -> None:
    _rubrik(1, "En påhittad historia ur tryckta tabeller")
    plan = Syntetplan(uppdrag(tuple(tabeller), kommun=_KOMMUN, ar=_AR, utan=(Amne.OVRIGA_ARENDEN,)))
    s = plan.sammanfattning
    click.echo(
        f"INGEN PERSON I DEMON FINNS. {s.personer} påhittade personer i {s.placeringar} placeringar från {s.fran} till "
        f"{s.till}; {s.handelser} händelser, varav {s.rattelser} rättelser."
    )
    start = perf_counter()
    with framsteg("Läser in", None) as visning:
        rader: Iterator[bytes] = plan.rader()
        resultat = tjanster.importor().importera(
            rader, framsteg=lambda antal: visning.advance(visning.task_ids[0], antal)
        )
    takt = resultat.rader / (perf_counter() - start)
    click.echo(f"{beskriv(resultat).capitalize()} {takt:,.0f} händelser per sekund.".replace(",", " "))


def _tabell(tjanster: Tjanster, kant_den: str) -> Tabellsvar:
    fraga = tolka_tabellfraga(
        "externa-insatser", kommun=_KOMMUN, ar=_AR, nu=tjanster.klocka(), galler_den=_GALLER, kant_den=kant_den
    )
    return Tabellverk(tjanster.fragor).svara(fraga)


def _visa_tabellen(tjanster: Tjanster, tryckt: Path) -> Tabellsvar:
    _rubrik(2, f"Tabellen som nämnden beslutade om den {_BESLUT}")
    svar = _tabell(tjanster, _BESLUT)
    skriv_tabellsvar(svar)
    skriv_trycktabell(svar, las_trycktabell(tryckt))
    par = jamfor_med(svar, tryckt)
    skriv_jamforelse(svar, par, alla=False)
    if any(p.utslag is Utslag.OFORKLARAD for p in par):
        raise click.ClickException("Tabellen skiljer sig från den tryckta utan förklaring.")
    return svar


def _vardygn(tjanster: Tjanster, kant_den: str | None) -> int:
    fraga = tolka_fraga(
        "vardygn",
        fran="2019-01-01",
        till="2019-05-31",
        galler_den=_GALLER,
        kant_den=kant_den,
        urval={"kommun": _KOMMUN},
        nu=tjanster.klocka(),
    )
    return int(tjanster.fragor.svara(fraga).totalt or 0)


def _visa_vad_som_var_kant(tjanster: Tjanster) -> None:
    _rubrik(3, f"Vad var känt den {_FORE}?")
    da, sedan = _vardygn(tjanster, _FORE), _vardygn(tjanster, _BESLUT)
    click.echo(f"Vårddygn januari–maj 2019: {skriv_tal(da)} kända den {_FORE}, {skriv_tal(sedan)} kända den {_BESLUT}.")
    click.echo(
        f"Skillnaden, {skriv_tal(sedan - da)} dygn: avslut som ännu inte hade registrerats (vistelsen räknades som "
        "pågående), sena inskrivningar och rättelser."
    )
    click.echo(f"{_tabell(tjanster, _FORE).noter[0]} Delår 2 fanns ännu inte.")


def _visa_en_sen_registrering(tjanster: Tjanster, fore: Tabellsvar) -> None:
    _rubrik(4, f"En placering från {_FORSENAD_DAG} registreras först nu")
    innan = _vardygn(tjanster, None)
    kvitto = _registrera_forsenad(tjanster)
    nu = _vardygn(tjanster, None)
    click.echo(
        f"Kvitto: position {kvitto.position}, registrerad {kvitto.registrerad:%Y-%m-%d %H:%M} UTC, "
        f"löv {kvitto.lov.hex()[:16]}…"
    )
    click.echo(f"Vårddygn januari–maj 2019 som känt nu: {skriv_tal(innan)} → {skriv_tal(nu)}.")
    lika = _tabell(tjanster, _BESLUT).rader == fore.rader
    click.echo(f"Tabellen som känd den {_BESLUT} är {'oförändrad' if lika else 'ÄNDRAD'}.")
    if not lika or nu == innan:
        raise click.ClickException("En sen registrering ändrade ett svar om det förflutna.")


def _registrera_forsenad(tjanster: Tjanster) -> Kvitto:
    return tjanster.registrator.registrera(
        tolka({
            "samling": "placeringar", "id": str(uuid5(_NAMNRYMD, "placering")), "typ": "placering.paborjad",
            "datum": str(_FORSENAD_DAG), "handelseId": str(uuid5(_NAMNRYMD, "handelse")), "kommun": _KOMMUN,
            "arendeId": str(uuid5(_NAMNRYMD, "arende")), "personId": str(uuid5(_NAMNRYMD, "person")),
            "malgrupp": "unga", "kon": "kvinna", "fodelsear": 2004, "insatsform": "hvb", "regi": "extern",
            "lagrum": "SoL", "avtalsform": "ramavtal", "pris": {"sort": "dygn", "belopp": "4324.00"},
        })
    )  # fmt: skip


def _visa_fortsattning(databas: Path) -> None:
    _rubrik(5, "Prova själv")
    tid = f"--galler-den {_GALLER} --kant-den {_BESLUT}"
    for rad in (
        *(() if which("liggare") else ("alias liggare=.venv/bin/liggare",)),
        f"export LIGGARE_DATABAS={databas}",
        f"liggare tabell externa-insatser --kommun {_KOMMUN} --ar {_AR} {tid}",
        f"liggare tabell externa-insatser --kommun {_KOMMUN} --ar {_AR} --galler-den {_GALLER} --kant-den {_FORE}",
        f"liggare matt vardygn --fran 2019-01-01 --till 2019-08-31 --gruppera malgrupp,manad {tid}",
        f"liggare matt kostnad-per-dygn --fran 2018-01-01 --till 2018-12-31 --vagning ovagd {tid}",
        "liggare matt --lista",
        "liggare starta --utveckling",
    ):
        click.echo(f"  {rad}")
