"""Rights in PostgreSQL: a role that runs the ledger may add events, and neither change nor remove them.

The log stays with the role that made it, and so do the registers of persons and keys: to forget somebody, and to change
the key, is done as that role. The fact tables are given to the role that runs the ledger, since a rebuild makes,
renames and drops them; they are derived and can always be made again. In SQLite a file has no roles.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table

from application.ports import OsakerDatabas
from infrastructure.tables import (
    GALLANDE,
    akter,
    atkomster,
    gallringar,
    generationer,
    handelser,
    lasposition,
    nyckelprov,
    personakter,
    personer,
    schema,
    tysta,
)

_BARA_LASES = (schema, gallringar)
_LAGGS_TILL = (handelser, tysta, atkomster, akter, personer, personakter, nyckelprov)
_SKOTS = (generationer, lasposition)
"""Every table but those of facts, by what the role that runs the ledger does with its rows."""

_EN_AV_FAKTA = GALLANDE.alla[0]
_ANDRA = ("UPDATE", "DELETE", "TRUNCATE")


def ge_rattigheter(forbindelse: Connection, roll: str) -> None:
    """Give a role what it needs to run the ledger and take all else from it; the caller owns the tables.

    Raises:
        OsakerDatabas: the database has no roles, not this one, or the role is one that rights do not hold back.
    """
    if forbindelse.dialect.name != "postgresql":
        raise OsakerDatabas("databas", forbindelse.dialect.name, "postgresql://…; en SQLite-fil har inga roller")
    finns = forbindelse.exec_driver_sql("SELECT rolsuper FROM pg_roles WHERE rolname = %s", (roll,)).first()
    if finns is None:
        raise OsakerDatabas("rollen", roll, f"en roll som finns; skapa den med CREATE ROLE {roll} LOGIN")
    if finns[0] or roll == forbindelse.exec_driver_sql("SELECT current_user").scalar_one():
        raise OsakerDatabas("rollen", roll, "en annan än ägaren och ingen superuser; dem hindrar inga rättigheter")
    for sats in _satser(forbindelse, forbindelse.dialect.identifier_preparer.quote(roll)):
        forbindelse.exec_driver_sql(sats)


def ge_om(forbindelse: Connection) -> None:
    """Give the roles that run the ledger what they need of tables that an upgrade has made."""
    if forbindelse.dialect.name != "postgresql":
        return
    fraga = (
        "SELECT DISTINCT grantee FROM information_schema.role_table_grants WHERE table_schema = current_schema() "
        f"AND table_name = '{handelser.name}' AND privilege_type = 'INSERT' AND grantee <> current_user"
    )
    for roll in forbindelse.exec_driver_sql(fraga).scalars().all():
        ge_rattigheter(forbindelse, roll)


def svagheter(forbindelse: Connection) -> tuple[str, ...]:
    """Return what the role of a connection may do that it need not, as sentences; an owner and a superuser may all."""
    if forbindelse.dialect.name != "postgresql":
        return ()
    fraga = "SELECT current_user, " + ", ".join(
        " OR ".join(f"has_table_privilege('{tabell.name}', '{ratt}')" for tabell in (*_BARA_LASES, *_LAGGS_TILL))
        for ratt in _ANDRA
    )
    roll, *far = forbindelse.exec_driver_sql(fraga).one()
    ratter = [ratt for ratt, har in zip(_ANDRA, far, strict=True) if har]
    if not ratter:
        return ()
    return (
        f"Rollen {roll} får ändra i loggen eller i registren över personer och nycklar ({', '.join(ratter)}). "
        "Kör liggaren som en roll som bara får lägga till; se liggare databas roll.",
    )


def _satser(forbindelse: Connection, roll: str) -> list[str]:
    (schemat,) = forbindelse.exec_driver_sql("SELECT quote_ident(current_schema())").one()
    return [
        f"REVOKE ALL ON {_namn((*_BARA_LASES, *_LAGGS_TILL, *_SKOTS))} FROM {roll}",
        f"GRANT USAGE, CREATE ON SCHEMA {schemat} TO {roll}",
        f"GRANT SELECT ON {_namn(_BARA_LASES)} TO {roll}",
        f"GRANT SELECT, INSERT ON {_namn(_LAGGS_TILL)} TO {roll}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_namn(_SKOTS)} TO {roll}",
        *(f"ALTER TABLE {tabell.name} OWNER TO {roll}" for tabell in GALLANDE.alla),
        # An owner can have lost its own rights.
        f"GRANT ALL ON {_namn(GALLANDE.alla)} TO {roll}",
    ]


def ge_faktas_agare(forbindelse: Connection, tabeller: Iterable[Table]) -> None:
    """Give new fact tables to the role that has those that answer, whoever makes them.

    Raises:
        sqlalchemy.exc.DBAPIError: whoever makes them is not a member of that role.
    """
    if forbindelse.dialect.name != "postgresql":
        return
    fraga = (
        f"SELECT tableowner FROM pg_tables WHERE schemaname = current_schema() AND tablename = '{_EN_AV_FAKTA.name}'"
    )
    agare = forbindelse.exec_driver_sql(f"{fraga} AND tableowner <> current_user").scalar()
    if agare is not None:
        roll = forbindelse.dialect.identifier_preparer.quote(agare)
        for tabell in tabeller:
            forbindelse.exec_driver_sql(f"ALTER TABLE {tabell.name} OWNER TO {roll}")


def _namn(tabeller: Iterable[Table]) -> str:
    return ", ".join(tabell.name for tabell in tabeller)
