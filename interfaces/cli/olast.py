"""A command that is loaded when it is used: to load them all takes longer than to run most of them."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import click

from interfaces.cli import kommandon
from interfaces.cli.sprak import forsvenska


class Olast(click.Command):
    """Stands for a command until it is used, and can say in short what it does.

    The command ``bygg-om`` is the function ``bygg_om`` of ``interfaces.cli.kommandon.bygg_om``.
    """

    def __init__(self, namn: str) -> None:
        """Stand for the command of that name."""
        super().__init__(namn)
        self._funktion = namn.replace("-", "_")

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what a list of commands says of it: the beginning of its docstring, which is read and not run."""
        fil = Path(kommandon.__file__).with_name(f"{self._funktion}.py")
        for nod in ast.parse(fil.read_bytes()).body:
            if isinstance(nod, ast.FunctionDef) and nod.name == self._funktion:
                self.help = ast.get_docstring(nod)
        return super().get_short_help_str(limit)

    def ladda(self) -> click.Command:
        """Return the command itself, from its module."""
        kommando: click.Command = getattr(import_module(f"{kommandon.__name__}.{self._funktion}"), self._funktion)
        forsvenska(kommando)
        return kommando
