"""The entry point of ``liggare``: the group of commands, and the one place where errors are caught."""

from __future__ import annotations

import logging
import sys

import click

from interfaces.cli.kommandon import KOMMANDON
from interfaces.cli.olast import Olast
from interfaces.cli.sprak import forsvenska


class _Grupp(click.Group):
    """Loads a command when it is used, and turns errors into one Swedish sentence, with a trace where unexpected."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        olast = self.commands.get(args[0])
        if isinstance(olast, Olast):
            self.commands[args[0]] = olast.ladda()
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            # The reader of our output (head, less) has had enough.
            sys.stderr.close()
            ctx.exit(0)
        except Exception as fel:
            from interfaces.cli.felmening import som_mening  # only now, so that what goes well does not wait for it

            kommando = self.commands.get(ctx.invoked_subcommand or "", self)
            raise click.ClickException(som_mening(fel, kommando)) from fel


@click.group(
    cls=_Grupp,
    commands=[Olast(namn) for namn in KOMMANDON],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
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


forsvenska(huvud)

if __name__ == "__main__":
    huvud()
