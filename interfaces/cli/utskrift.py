"""Printing rows to a person (a table), a spreadsheet (CSV) or a program (JSON)."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

_BREDD_UTAN_TERMINAL = 200
_BRED = 150
"""From this width on, labels are kept on one line."""


class _Konsol(Console):
    def on_broken_pipe(self) -> None:
        """Tell the entry point, as any other print does: that a reader (head, less) has had enough is no fault."""
        raise BrokenPipeError


def konsol(*, fel: bool = False) -> Console:
    """Return where to print; a pipe gets wide lines and no colours."""
    strom = sys.stderr if fel else sys.stdout
    bredd = None if strom.isatty() else _BREDD_UTAN_TERMINAL
    return _Konsol(file=strom, width=bredd, highlight=False, soft_wrap=False)


def skriv_tabell(
    rubrik: str,
    kolumner: Sequence[tuple[str, bool]],
    rader: Sequence[Sequence[str]],
    *,
    fet: frozenset[int] = frozenset(),
    lang: str | None = None,
) -> None:
    """Print a table to a person.

    Args:
        rubrik: heading.
        kolumner: heading of each column and whether it holds numbers.
        rader: the cells, already as text.
        fet: numbers of the rows that sum up others.
        lang: heading of a column with long text, which is broken over lines so that the others need not be.
    """
    ut = konsol()
    tabell = Table(title=rubrik, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for nr, (namn, ar_tal) in enumerate(kolumner):
        langst = max((len(text) for rad in rader for text in rad[nr].splitlines()), default=0)
        # A label that takes a third of the line leaves the other columns no room.
        hel_rad = not ar_tal and ut.width >= _BRED and namn != lang and langst <= ut.width // 3
        tabell.add_column(namn, justify="right" if ar_tal else "left", overflow="fold", no_wrap=hel_rad)
    for nr, rad in enumerate(rader):
        tabell.add_row(*rad, style="bold" if nr in fet else None)
    ut.print(tabell)


def skriv_csv(kolumner: Sequence[str], rader: Sequence[Mapping[str, str]], huvud: Sequence[str] = ()) -> None:
    """Print rows as CSV, with the basis as comment lines first."""
    buffert = io.StringIO()
    for rad in huvud:
        buffert.write(f"# {rad}\n")
    skrivare = csv.DictWriter(buffert, kolumner, lineterminator="\n")
    skrivare.writeheader()
    skrivare.writerows(rader)
    click.echo(buffert.getvalue(), nl=False)


def skriv_json(data: Any) -> None:
    """Print JSON with å, ä and ö as they are."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def skriv_noter(noter: Sequence[str]) -> None:
    """Print remarks under a table."""
    for not_ in noter:
        konsol().print(not_, style="dim")


@contextmanager
def framsteg(vad: str, totalt: float | None) -> Iterator[Progress]:
    """Show how far long work has come, on standard error and only to a person."""
    kolumner = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*kolumner, console=konsol(fel=True), transient=True, disable=not sys.stderr.isatty()) as visning:
        visning.add_task(vad, total=totalt)
        yield visning
