"""What form the facts in a ledger have: how their tables are declared, and by which derivations they were filled.

A ledger keeps the form of the facts that answer in ``generationer``. Facts of another form than this program derives
are not asked, and not written to: they are built anew first (``liggare bygg-om``).
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, insert, inspect, select

from application.ombyggnad import HARLEDNINGSVERSION
from application.ports import OsakerDatabas
from infrastructure.tables import GALLANDE, GALLER, generationer


def _form() -> str:
    delar = [str(HARLEDNINGSVERSION)]
    for tabell in GALLANDE.alla:
        delar += [f"{tabell.name}.{k.name} {k.type!r} {k.nullable} {k.primary_key}" for k in tabell.columns]
        delar += sorted(f"{tabell.name}({', '.join(index.columns.keys())})" for index in tabell.indexes)
    return hashlib.sha256("\n".join(delar).encode()).hexdigest()


FORM = _form()
"""What this program derives: a hash of the fact tables' declaration, indexes included, and the derivations' version."""

OKAND_FORM = ""
"""The form of fact tables that nobody wrote down: those of a ledger older than the register."""


def inratta(forbindelse: Connection, form: str = FORM) -> None:
    """Write down that the tables that answer are the first generation."""
    forbindelse.execute(insert(generationer).values(nummer=1, lage=GALLER, form=form, position=None))


def duger(forbindelse: Connection) -> bool:
    """Return whether the facts that answer can be asked."""
    try:
        kontrollera(forbindelse)
    except OsakerDatabas:
        return False
    return True


def kontrollera(forbindelse: Connection) -> None:
    """See that the facts that answer are what this program derives from the whole log.

    Raises:
        OsakerDatabas: they were derived by another version of the program, or lack the last events.
    """
    rad = None
    if inspect(forbindelse).has_table(generationer.name):
        rad = forbindelse.execute(select(generationer).where(generationer.c.lage == GALLER)).first()
    if rad is None or rad.form != FORM:
        varde = "härledda av en annan version av programmet"
        raise OsakerDatabas("fakta", varde, "härledda av den här; kör liggare bygg-om")
    if rad.position is not None:
        varde = f"härledda bara ur händelserna till och med position {rad.position}"
        raise OsakerDatabas("fakta", varde, "härledda ur alla; kör liggare bygg-om")
