"""SQLite's own check of a database file, and whether its tables are still those of the ledger.

``integrity_check`` reads every page and holds every index against its table. It does not know what a value should be –
of random flipped bits it finds one in five – but a damaged index would answer questions wrongly from whole tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Inspector, create_engine, inspect

from application.verification import Brist
from infrastructure.appendonly import skydda
from infrastructure.tables import metadata

_MEST = 20
_AV_GENERATIONEN = re.compile(r"_g[0-9]+$")
"""What ends the name of an index since a rebuild: the generation it was built for."""


def egna_brister(forbindelse: Connection) -> Iterator[Brist]:
    """Yield what SQLite finds in the file; of another database nothing, since it checks its pages as it reads them."""
    if forbindelse.dialect.name != "sqlite":
        return
    for (mening,) in forbindelse.exec_driver_sql(f"PRAGMA integrity_check({_MEST})"):
        if mening != "ok":
            yield Brist("databasen", None, str(mening).replace("\n", "; "))
    finns, ska_finnas = _form(inspect(forbindelse)), _liggarens_form()
    andra = [tabell for tabell in ska_finnas if finns.get(tabell) != ska_finnas[tabell]]
    for tabell in andra:
        yield Brist("databasen", None, f"tabellen {tabell} har inte de kolumner och index som liggaren skapar")
    for sort, namn, tabell in sorted(_liggarens_register() - _registret(forbindelse)):
        if tabell not in andra:
            yield Brist("databasen", None, f"{sort} {namn} för {tabell} heter något annat än det som liggaren skapar")
    if _vakten(forbindelse) != _liggarens_vakt():
        yield Brist("databasen", None, "det som hindrar att loggen ändras är inte det som liggaren skapar")


@lru_cache(maxsize=1)
def _liggarens_form() -> dict[str, Any]:
    with _ny_liggare() as forbindelse:
        return _form(inspect(forbindelse))


@lru_cache(maxsize=1)
def _liggarens_register() -> frozenset[tuple[str, str, str]]:
    with _ny_liggare() as forbindelse:
        return _registret(forbindelse)


@lru_cache(maxsize=1)
def _liggarens_vakt() -> dict[str, str]:
    with _ny_liggare() as forbindelse:
        return _vakten(forbindelse)


@contextmanager
def _ny_liggare() -> Iterator[Connection]:
    motor = create_engine("sqlite://")
    with motor.begin() as forbindelse:
        metadata.create_all(forbindelse)
        skydda(forbindelse)
        yield forbindelse
    motor.dispose()


def _registret(forbindelse: Connection) -> frozenset[tuple[str, str, str]]:
    """Return what there is, as SQLite's own register calls it: what is parsed may be called otherwise."""
    fraga = "SELECT type, name, tbl_name FROM sqlite_master WHERE type <> 'trigger'"
    return frozenset((sort, _AV_GENERATIONEN.sub("", namn), t) for sort, namn, t in forbindelse.exec_driver_sql(fraga))


def _vakten(forbindelse: Connection) -> dict[str, str]:
    fraga = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    return {str(rad[0]): str(rad[1]) for rad in forbindelse.exec_driver_sql(fraga)}


def _form(inspektor: Inspector) -> dict[str, Any]:
    """Return the tables of the ledger as they are: columns, keys and indexes, in no order."""
    finns = set(inspektor.get_table_names())
    return {
        tabell.name: _tabellens_form(inspektor, tabell.name)
        for tabell in metadata.sorted_tables
        if tabell.name in finns
    }


def _tabellens_form(inspektor: Inspector, tabell: str) -> Any:
    kolumner = {(k["name"], str(k["type"]), k["nullable"]) for k in inspektor.get_columns(tabell)}
    index = {
        (_AV_GENERATIONEN.sub("", str(i["name"])), tuple(i["column_names"]), bool(i["unique"]), _villkor(i))
        for i in inspektor.get_indexes(tabell)
    }
    unika = {tuple(u["column_names"]) for u in inspektor.get_unique_constraints(tabell)}
    return kolumner, tuple(inspektor.get_pk_constraint(tabell)["constrained_columns"]), index, unika


def _villkor(index: Mapping[str, Any]) -> str | None:
    """Return which rows an index is of, as it is written; None: all of them."""
    villkor = index.get("dialect_options", {}).get("sqlite_where")
    return None if villkor is None else str(villkor)
