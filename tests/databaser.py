"""A ledger's database beside the ledger: what is in it, and what somebody else does to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect

from infrastructure.database import oppnad
from infrastructure.facts import hela_fakta
from infrastructure.tables import FAKTATABELLER


@contextmanager
def vid_sidan_av(databas: str, *, skriver: bool = False) -> Iterator[Connection]:
    """Yield a transaction of somebody else's, committed at the end; the ledger may be of any version."""
    with (
        oppnad(databas, skapa=False, krav_pa_version=False, krav_pa_fakta=False) as motor,
        motor.execution_options(liggare_skriv=skriver).begin() as forbindelse,
    ):
        yield forbindelse


def alla_rader(databas: str) -> dict[str, list[tuple[Any, ...]]]:
    """Read every fact with its traits and its life in the ledger, as the database has them."""
    with vid_sidan_av(databas) as forbindelse:
        return {
            tabell.name: [
                tuple(rad)
                for rad in forbindelse.exec_driver_sql(str(hela_fakta(form).compile(dialect=forbindelse.dialect)))
            ]
            for form, tabell in FAKTATABELLER.items()
        }


def index_i(databas: str) -> set[tuple[str, tuple[str | None, ...]]]:
    """Return the table and the columns of each index; what it is called differs between generations."""
    with vid_sidan_av(databas) as forbindelse:
        inspektor = inspect(forbindelse)
        return {
            (tabell, tuple(index["column_names"]))
            for tabell in inspektor.get_table_names()
            for index in inspektor.get_indexes(tabell)
        }


def andra(databas: str, *satser: str) -> None:
    """Change the database behind the ledger's back."""
    with vid_sidan_av(databas, skriver=True) as forbindelse:
        for sats in satser:
            forbindelse.exec_driver_sql(sats)


def kopiera(fil: Path, till: Path) -> Path:
    """Copy a ledger in SQLite with its key ring."""
    with suppress(FileNotFoundError):  # the environment may name it
        shutil.copy(f"{fil}.nyckel", f"{till}.nyckel")
    return Path(shutil.copy(fil, till))
