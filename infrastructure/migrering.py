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
from uuid import UUID

from sqlalchemy import Engine, select, update

from application.ports import OsakerDatabas
from application.replay import Framsteg, Skede
from infrastructure import appendonly
from infrastructure.keyring import Nyckelring
from infrastructure.personregister import slumpat_pseudonym
from infrastructure.steg import till_2, till_3
from infrastructure.steg.verktyg import Verktyg
from infrastructure.tables import SCHEMAVERSION, schema


class Steg(NamedTuple):
    """One step to a schema version from the one before it."""

    till: int
    vad: str
    """What it does, in Swedish, to show while it is done."""
    utfor: Callable[[Verktyg], None]


STEG: Sequence[Steg] = (
    Steg(2, "Fakta får tabeller för sina drag", till_2.utfor),
    Steg(3, "Förseglar personuppgifter", till_3.utfor),
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


def uppgradera(
    motor: Engine,
    ring: Nyckelring,
    framsteg: Framsteg,
    skede: Skede,
    *,
    nytt_pseudonym: Callable[[UUID], UUID] = slumpat_pseudonym,
    steg: Sequence[Steg] = STEG,
) -> int:
    """Take every step that a ledger lacks, each in a transaction of its own; return how many there were.

    Raises:
        OsakerDatabas: the ledger is of a newer version than the last step.
    """
    tagna = 0
    for ett in steg:
        with motor.execution_options(liggare_skriv=True).begin() as forbindelse:
            version = forbindelse.execute(select(schema.c.version)).scalar_one()
            if version > steg[-1].till:
                kontrollera(version)
            if version == ett.till - 1:
                skede(ett.vad)
                appendonly.slapp(forbindelse)
                ett.utfor(Verktyg(forbindelse, ring, nytt_pseudonym, framsteg))
                forbindelse.execute(update(schema).values(version=ett.till))
                if ett is STEG[-1]:
                    appendonly.skydda(forbindelse)
                tagna += 1
    return tagna
