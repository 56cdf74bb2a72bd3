"""``liggare starta``: the HTTP interface."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interfaces.cli import val

if TYPE_CHECKING:
    from interfaces.http.behorighet.inloggning import Inloggning
    from interfaces.installningar import Installningar


@click.command()
@click.option("--adress", help="Nätverksadress att lyssna på. [standard: LIGGARE_ADRESS, annars 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port att lyssna på. [standard: LIGGARE_PORT, annars 8000]")
@click.option("--kommun", metavar="KOD", help="Kommunkod för händelser som har fältet kommun men inte anger det.")
@click.option("--utgivare", metavar="URL", help="Vem som ger ut token (iss). [standard: LIGGARE_UTGIVARE]")
@click.option("--resurs", metavar="URL", help="Tjänstens egen adress (aud). [standard: LIGGARE_RESURS]")
@click.option(
    "--nycklar",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FIL",
    help="Utgivarens publika nycklar, en JWK-mängd; läses om när filen ändras. [standard: LIGGARE_NYCKLAR]",
)
@click.option(
    "--utveckling",
    is_flag=True,
    default=None,
    help="Ta emot token från liggare token i stället. Bara på den egna datorn: den som kan läsa nyckeln kan vara vem "
    "som helst.",
)
@val.databas
def starta(databas: str, **sagda: Any) -> None:
    """Starta HTTP-gränssnittet: registrera händelser, läs strömmar, fråga mått.

    Varje anrop behöver en token. Ange vem som ger ut dem (--utgivare, --resurs, --nycklar), eller --utveckling för att
    prova med token från liggare token. Avsluta med Ctrl+C; pågående anrop görs klart. Alla inställningar (LIGGARE_…)
    står i docs/drift.md.
    """
    from interfaces.http.server import kor
    from interfaces.installningar import OgiltigInstallning, las_installningar

    try:
        installningar = las_installningar(databas=databas, **sagda)
    except OgiltigInstallning as fel:
        raise click.ClickException(str(fel)) from None
    adress, port = installningar.adress, installningar.port
    _prova_adressen(adress, port)
    inloggning = _inloggning(installningar)
    with val.oppen(databas, skapa=True) as tjanster:
        vakt = inloggning.vakt(tjanster)
        click.echo(f"Liggare lyssnar på http://{_vard(adress)}:{port} (beskrivning på /v1/openapi).", err=True)
        for svaghet in tjanster.svagheter():
            click.secho(f"OBS: {svaghet}", fg="red", err=True)
        kor(
            tjanster,
            vakt,
            adress=adress,
            port=port,
            kommun=installningar.kommun,
            publik_adress=installningar.publik_adress,
            loggniva=installningar.loggniva.value,
            avslut=installningar.avslut,
        )


def _inloggning(val_: Installningar) -> Inloggning:
    """Return how sign-in is set up; without an issuer, only what has been called development."""
    from interfaces.http.behorighet.inloggning import Inloggning

    if val_.utveckling:
        if val_.utgivare or val_.resurs or val_.nycklar:
            raise click.UsageError("--utveckling kan inte förenas med --utgivare, --resurs eller --nycklar.")
        if not _ar_lokal(val_.adress):
            raise click.UsageError("--utveckling går bara på den egna datorn; ange --adress 127.0.0.1.")
        return _utvecklingens(val_.databas)
    if val_.utgivare is None or val_.resurs is None or val_.nycklar is None:
        raise click.UsageError(
            "Utan utgivare kan ingen släppas in. Ange --utgivare, --resurs och --nycklar, eller --utveckling för att "
            "prova på den egna datorn."
        )
    return Inloggning.hos(val_.utgivare, val_.resurs, val_.nycklar)


def _utvecklingens(databas: str) -> Inloggning:
    """Return the set-up of the development issuer; its key is made where there is none."""
    from interfaces.http.behorighet.inloggning import Inloggning
    from interfaces.http.behorighet.utgivare import se_till_att_nyckeln_finns, utvecklingsfil

    fil = utvecklingsfil(databas)
    ny = " (ny)" if se_till_att_nyckeln_finns(fil) else ""
    text = f"UTVECKLING: den som kan läsa {fil}{ny} kan vara vem som helst. Token: liggare token --roll revisor"
    click.secho(text, fg="red", err=True)
    return Inloggning.for_utveckling(fil)


def _prova_adressen(adress: str, port: int) -> None:
    """Bind and release the address, so that a busy one is told in a sentence before anything is opened."""
    familj = socket.AF_INET6 if ":" in adress else socket.AF_INET
    with socket.socket(familj, socket.SOCK_STREAM) as prov:
        prov.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prov.bind((adress, port))
        except socket.gaierror:
            raise click.UsageError(f"{adress} är ingen nätverksadress som den här datorn känner.") from None
        except OSError as fel:
            raise OSError(fel.errno, fel.strerror, f"{_vard(adress)}:{port}") from fel


def _vard(adress: str) -> str:
    """Return an address as it stands before a port."""
    return f"[{adress}]" if ":" in adress else adress


def _ar_lokal(adress: str) -> bool:
    try:
        return ip_address(adress).is_loopback
    except ValueError:
        return adress == "localhost"
