"""Files that a command writes: never over what is read, and never over a ledger or its keys."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from interfaces.cli import val

_SQLITE = b"SQLite format 3\0"
_VID_SIDAN = ("-wal", "-shm", "-journal")
_NYCKELFIL = ".nyckel"


def kontrollera_utfil(fil: Path, flagga: str, lases: Iterable[str] = ()) -> None:
    """Refuse to write a file before anything is opened or created.

    Args:
        fil: where something is to be written.
        flagga: the option that says so.
        lases: files that are read meanwhile; ``-`` is standard input.

    Raises:
        click.BadParameter: its folder is missing, it is read, or it is a database or a key file.
    """
    if not fil.parent.is_dir():
        raise click.BadParameter(f"mappen {fil.parent} finns inte.", param_hint=flagga)
    if any(_ar_samma(fil, annan) for annan in lases):
        raise click.BadParameter(f"{fil} ska läsas in och får inte skrivas över.", param_hint=flagga)
    if (vad := _omistligt(fil)) is not None:
        raise click.BadParameter(f"{fil} är {vad} och får inte skrivas över.", param_hint=flagga)


def _ar_samma(fil: Path, annan: str) -> bool:
    # A pipe, or what stands for standard input in a test, has no file.
    with suppress(OSError, ValueError):
        mot = os.fstat(sys.stdin.fileno()) if annan == "-" else Path(annan).stat()
        return os.path.samestat(fil.stat(), mot)
    return False


def _omistligt(fil: Path) -> str | None:
    """Return what a file is that cannot be made again, if it is such a one."""
    nyckelfil = val.nyckelfil()
    if fil.suffix == _NYCKELFIL or (nyckelfil is not None and _ar_samma(fil, str(nyckelfil))):
        return "en nyckelfil"
    for slut in _VID_SIDAN:
        if fil.name.endswith(slut) and _ar_databas(fil.with_name(fil.name.removesuffix(slut))):
            return "en del av en databas"
    return "en databas" if _ar_databas(fil) else None


def _ar_databas(fil: Path) -> bool:
    with suppress(OSError), fil.open("rb") as oppen:
        return oppen.read(len(_SQLITE)) == _SQLITE
    return False
