"""The language of the command line: Swedish, also where click itself does the writing.

The texts are in ``sv/LC_MESSAGES/messages.po``; ``make sprak`` compiles them.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import click
from click import types

_KATALOG = Path(__file__).resolve().parent
_DOMAN = "messages"  # the domain that click's texts belong to

# Names of types, which click shows without looking them up.
_TYPNAMN: dict[type[click.ParamType[object]], str] = {
    types.IntParamType: "heltal",
    types.IntRange: "heltal",
    types.FloatParamType: "tal",
    types.FloatRange: "tal",
    types.BoolParamType: "sanningsvärde",
    types.File: "fil",
}
# The same for the line of usage.
_ANVANDNING = {
    "[OPTIONS]": "[VAL]",
    "COMMAND [ARGS]...": "KOMMANDO [ARGUMENT]...",
    "[COMMAND] [ARGS]...": "[KOMMANDO] [ARGUMENT]...",
    "COMMAND1 [ARGS]... [COMMAND2 [ARGS]...]...": "KOMMANDO1 [ARGUMENT]... [KOMMANDO2 [ARGUMENT]...]...",
    "[COMMAND1] [ARGS]... [COMMAND2 [ARGS]...]...": "[KOMMANDO1] [ARGUMENT]... [KOMMANDO2 [ARGUMENT]...]...",
}


def svenska() -> None:
    """Make click write Swedish in this process, whatever language the environment asks for.

    Call this before the commands are declared: the help of ``--version``, the kind of a ``click.Path`` and the mark of
    an outdated option are looked up then, and all else as it is written. It does not matter whether click is imported
    already.

    Not reached this way: the ``[y/n]`` of ``click.confirm``, the ``(env var: ...)`` in an error about an option that
    shows its environment variable, and the system's own reason why a ``click.File`` could not be opened.
    """
    os.environ["LANGUAGE"] = "sv"  # goes before LC_ALL, LC_MESSAGES and LANG
    gettext.bindtextdomain(_DOMAN, _KATALOG)
    gettext.textdomain(_DOMAN)
    for typ, namn in _TYPNAMN.items():
        typ.name = namn


def forsvenska(kommando: click.Command) -> None:
    """Put Swedish words in the line of usage of a finished command and of its subcommands, where click has constants.

    What the author of a command has written there is left as it is.
    """
    if kommando.options_metavar:
        kommando.options_metavar = _ANVANDNING.get(kommando.options_metavar, kommando.options_metavar)
    if isinstance(kommando, click.Group):
        kommando.subcommand_metavar = _ANVANDNING.get(kommando.subcommand_metavar, kommando.subcommand_metavar)
        for under in kommando.commands.values():
            forsvenska(under)
