"""Schema versions: how a ledger of an older version becomes one of today's, step by step.

Only what is kept has steps: the log and what lies beside it. Fact tables are derived and are never migrated; a ledger
that has come through its steps builds them anew, in whatever form they had (``infrastructure.generation``). A step
is a function of the connection and of what to tell, written in the tables of its own time: it must not use today's
declarations of what is kept, which will change under it. It has one transaction, in which the ledger also gets its
new version, so that an interrupted upgrade stands between two steps and goes on when it is run again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select, update

from application.framsteg import Framsteg, Skede
from application.ports import OsakerDatabas
from infrastructure import rights, steg
from infrastructure.appendonly import skydda, slapp
from infrastructure.keyring import Nyckelring
from infrastructure.postgres import utan_tidsgrans
from infrastructure.tables import SCHEMAVERSION, schema


class Steg(NamedTuple):
    """One step to a schema version from the one before it."""

    till: int
    vad: str
    """What it does, in Swedish, to show while it is done."""
    utfor: Callable[[Connection, Framsteg, Nyckelring], None]


STEG: Sequence[Steg] = (
    Steg(2, "Fakta får tabeller för sina drag", steg.bara_fakta),
    Steg(3, "Förseglar personuppgifter", steg.personuppgifter),
    Steg(4, "Inrättar åtkomstloggen", steg.atkomstlogg),
    Steg(5, "Ordnar händelserna efter typ", steg.typindex),
    Steg(6, "Ordnar åtkomsterna efter vem och vad", steg.atkomstindex),
)


def kontrollera(version: int) -> None:
    """See that a ledger is of the version that this program writes.

    Raises:
        OsakerDatabas: it is older or newer; what to do is said.
    """
    if version > SCHEMAVERSION:
        kravs = f"högst {SCHEMAVERSION}; den är skriven av ett nyare program, använd det"
        raise OsakerDatabas("schemaversion", str(version), kravs)
    if version < SCHEMAVERSION:
        kravs = f"{SCHEMAVERSION}; ta en kopia av databasen och kör liggare databas uppgradera"
        raise OsakerDatabas("schemaversion", str(version), kravs)


def uppgradera(motor: Engine, framsteg: Framsteg, skede: Skede, ring: Nyckelring, alla: Sequence[Steg] = STEG) -> int:
    """Take every step that a ledger lacks, each in a transaction of its own; return how many there were.

    Raises:
        OsakerDatabas: the ledger is of a newer version than the last step.
    """
    tagna = 0
    for ett in alla:
        with motor.execution_options(liggare_skriv=True).begin() as forbindelse:
            utan_tidsgrans(forbindelse)
            version = forbindelse.execute(select(schema.c.version)).scalar_one()
            if version > alla[-1].till:
                kontrollera(version)
            if version == ett.till - 1:
                skede(ett.vad)
                ett.utfor(forbindelse, framsteg, ring)
                forbindelse.execute(update(schema).values(version=ett.till))
                if ett is alla[-1]:
                    # In the form of today's tables, which a ledger has only now.
                    slapp(forbindelse)
                    skydda(forbindelse)
                    rights.ge_om(forbindelse)
                tagna += 1
    return tagna
