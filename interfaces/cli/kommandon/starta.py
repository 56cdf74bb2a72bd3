"""``liggare starta``: the HTTP interface."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import click

from interfaces.cli import val


@click.command()
@click.option("--adress", help="Nätverksadress att lyssna på. [standard: LIGGARE_ADRESS, annars 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port att lyssna på. [standard: LIGGARE_PORT, annars 8000]")
@click.option("--kommun", metavar="KOD", help="Kommunkod för händelser som har fältet kommun men inte anger det.")
@val.databas
def starta(adress: str | None, port: int | None, kommun: str | None, databas: str) -> None:
    """Starta HTTP-gränssnittet: registrera händelser, läs strömmar, fråga mått.

    Avsluta med Ctrl+C; pågående anrop görs klart. Gränssnittet har ännu ingen behörighetskontroll och ska bara nås
    från den egna datorn. Alla inställningar (LIGGARE_…) står i docs/drift.md.
    """
    from interfaces.http.server import kor
    from interfaces.installningar import OgiltigInstallning, las_installningar

    try:
        val_ = las_installningar(databas=databas, adress=adress, port=port, kommun=kommun)
    except OgiltigInstallning as fel:
        raise click.ClickException(str(fel)) from None
    adress, port = val_.adress, val_.port
    _prova_adressen(adress, port)
    with val.oppen(databas, skapa=True) as tjanster:
        click.echo(f"Liggare lyssnar på http://{adress}:{port} (beskrivning på /v1/openapi).", err=True)
        if not _ar_lokal(adress):
            click.secho("OBS: adressen nås utifrån och gränssnittet har ingen behörighetskontroll.", fg="red", err=True)
        for svaghet in tjanster.svagheter():
            click.secho(f"OBS: {svaghet}", fg="red", err=True)
        kor(tjanster, adress=adress, port=port, kommun=val_.kommun, loggniva=val_.loggniva.value, avslut=val_.avslut)


def _prova_adressen(adress: str, port: int) -> None:
    """Bind and release the address, so that a busy one is told in a sentence before anything is opened."""
    familj = socket.AF_INET6 if ":" in adress else socket.AF_INET
    with socket.socket(familj, socket.SOCK_STREAM) as prov:
        prov.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prov.bind((adress, port))
        except OSError as fel:
            raise OSError(fel.errno, fel.strerror, f"{adress}:{port}") from fel


def _ar_lokal(adress: str) -> bool:
    try:
        return ip_address(adress).is_loopback
    except ValueError:
        return adress == "localhost"
