"""The entry point of ``liggare``: the group of commands, and the one place where errors become sentences."""

from __future__ import annotations

import errno
import logging
import re
import sys
from pathlib import Path

import click
from eventsourcing.persistence import OperationalError
from pydantic.alias_generators import to_camel

from application.behorighet.behorig import NycklarnaGarInte
from application.delprocess import DelprocessenForsvann
from application.gallring import GallringenGarInte, StadningenVantar
from application.ports import Databasfel, OsakerDatabas, TidenGarBaklanges
from application.prognos.scenario import ScenarioGarInte
from application.queries import FraganGarInte
from application.rapporter.jamforelse import TryckfilenGarInte
from application.rapporter.radmappning import RadmappningGarInte
from application.replay import FaktaSkiljer, OmbyggnadenOvertagen
from application.syntet import SyntetGarInte
from application.tryckt import TrycktabellGarInteAttLasa
from interfaces.cli.kommandon.atgard import atgard
from interfaces.cli.kommandon.atkomster import atkomster
from interfaces.cli.kommandon.avstam import avstam
from interfaces.cli.kommandon.bygg_om import bygg_om
from interfaces.cli.kommandon.databas import databas
from interfaces.cli.kommandon.demo import demo
from interfaces.cli.kommandon.forklara import forklara
from interfaces.cli.kommandon.glom import glom
from interfaces.cli.kommandon.granska import granska
from interfaces.cli.kommandon.handelser import handelser
from interfaces.cli.kommandon.importera import importera
from interfaces.cli.kommandon.matt import matt
from interfaces.cli.kommandon.nyckel import nyckel
from interfaces.cli.kommandon.prognos import prognos
from interfaces.cli.kommandon.roll import roll
from interfaces.cli.kommandon.starta import starta
from interfaces.cli.kommandon.strom import strom
from interfaces.cli.kommandon.syntet import syntet
from interfaces.cli.kommandon.tabell import tabell
from interfaces.cli.kommandon.token import token
from interfaces.cli.kommandon.verifiera import verifiera
from interfaces.cli.sprak import forsvenska

_VANTADE = (
    Databasfel,
    OsakerDatabas,
    TidenGarBaklanges,
    GallringenGarInte,
    StadningenVantar,
    DelprocessenForsvann,
    FaktaSkiljer,
    OmbyggnadenOvertagen,
    TryckfilenGarInte,
    RadmappningGarInte,
    ScenarioGarInte,
    SyntetGarInte,
    NycklarnaGarInte,
    TrycktabellGarInteAttLasa,
)


logger = logging.getLogger(__name__)

_SKAL = {
    errno.ENOENT: "finns inte",
    errno.EACCES: "åtkomst nekad",
    errno.EISDIR: "är en mapp, inte en fil",
    errno.ENOTDIR: "en del av sökvägen är ingen mapp",
    errno.EADDRINUSE: "adressen är upptagen av ett annat program",
    errno.EADDRNOTAVAIL: "adressen finns inte på den här datorn",
    errno.ENOSPC: "disken är full",
    errno.EROFS: "disken är skrivskyddad",
}


def _skal(fel: OSError) -> str:
    """Return why the system refused; a file to be written is missing only where its folder is."""
    if fel.errno == errno.ENOENT and isinstance(fel.filename, str) and not Path(fel.filename).parent.is_dir():
        return f"mappen {Path(fel.filename).parent} finns inte"
    return _SKAL.get(fel.errno or 0, str(fel.strerror or fel))


def _med_flaggor(mening: str, kommando: click.Command) -> str:
    """Return a sentence that names parameters as the HTTP interface does (``kantDen``) with a command's options."""
    flaggor = {to_camel(val.name): val.opts[0] for val in kommando.params if "_" in (val.name or "")}
    return re.sub(r"\b[a-z]+[A-Z]\w*\b", lambda ord_: flaggor.get(ord_[0], ord_[0]), mening)


class _Grupp(click.Group):
    """Turns expected errors into one Swedish sentence, unexpected ones into a sentence with a trace in the log."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except FraganGarInte as fel:
            raise click.ClickException(_med_flaggor(str(fel), self.commands[ctx.invoked_subcommand or ""])) from fel
        except _VANTADE as fel:
            raise click.ClickException(str(fel)) from fel
        except BrokenPipeError:
            # The reader of our output (head, less) has had enough.
            sys.stderr.close()
            ctx.exit(0)
        except OperationalError as fel:
            logger.debug("fel från databasen", exc_info=True)
            mening = "Databasen går inte att läsa eller skriva: den kan vara skrivskyddad, upptagen eller skadad."
            raise click.ClickException(mening) from fel
        except OSError as fel:
            logger.debug("fel från operativsystemet", exc_info=True)
            raise click.ClickException(f"{fel.filename or 'Filen'}: {_skal(fel)}.") from fel
        except Exception as fel:
            if isinstance(fel, (click.ClickException, click.exceptions.Exit, click.Abort)):
                raise
            logger.debug("oväntat fel", exc_info=True)
            mening = f"Oväntat fel ({type(fel).__name__}: {fel}). Kör igen med liggare --spar … för ett spår."
            raise click.ClickException(mening) from fel


@click.group(cls=_Grupp, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="liggare", prog_name="liggare", message="%(prog)s %(version)s")
@click.option("--spar", is_flag=True, help="Skriv felsökningsspår på standard error.")
def huvud(spar: bool) -> None:
    """Liggare – socialnämndens minne: en liggare där det bara läggs till.

    Läs in händelser, fråga vad som gällde en dag så som det var känt vid en tidpunkt, och skriv ut nämndens tabeller.

    \b
    Börja här:
      liggare demo                      hela vägen på påhittade personer och publicerade tal
      liggare importera händelser.jsonl läs in händelser
      liggare handelser                 vilka händelser som finns
      liggare matt --lista              vilka mått som finns
      liggare tabell externa-insatser --kommun 1880 --ar 2019
      liggare granska tabeller/*.csv    går tabellerna ihop?
      liggare avstam --kommun 1880 --ar 2019   bokfört mot vårddygn gånger pris
      liggare prognos --kommun 1880 --ar 2019  vad året kommer att kosta
      liggare atgard                    vad det blev av åtgärderna
    """
    logging.basicConfig(level=logging.DEBUG if spar else logging.WARNING, stream=sys.stderr)


for _kommando in (
    importera, handelser, matt, tabell, forklara, granska, avstam, prognos, atgard, strom, syntet, demo,
    bygg_om, verifiera, glom, nyckel, databas, starta, token, atkomster,
):  # fmt: skip
    huvud.add_command(_kommando)
databas.add_command(roll)

forsvenska(huvud)

if __name__ == "__main__":
    huvud()
