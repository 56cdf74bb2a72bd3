"""The guard of the log in the database itself: rows are added, and no row is changed or removed.

One change is let through: that the personal part of an event is erased. Its commitments and its leaf stay.
"""

from __future__ import annotations

from sqlalchemy import Connection

from infrastructure.tables import handelser

# The salt goes only where it is that of a personal part: in a row written before there was one apart (ADR 0014).
_FAR_BORT = ("hemligt", "hemligt_salt", "salt")
_BESTAR = [kolumn.name for kolumn in handelser.columns if kolumn.name not in _FAR_BORT]
_NEKAS = "Loggen får inte ändras: händelser läggs bara till."


def skydda(forbindelse: Connection) -> None:
    """Put the guard in place; the tables have just been made or changed."""
    for sats in (_sqlite if forbindelse.dialect.name == "sqlite" else _postgres)():
        forbindelse.exec_driver_sql(sats)


def _gallras(lika: str) -> str:
    """Return the condition under which a changed row is one whose personal part has been erased."""
    bestar = " AND ".join(f"NEW.{namn} {lika} OLD.{namn}" for namn in _BESTAR)
    salt = f"(NEW.salt {lika} OLD.salt OR (NEW.salt IS NULL AND OLD.hemligt_atagande IS NULL))"
    return f"NEW.hemligt IS NULL AND NEW.hemligt_salt IS NULL AND {salt} AND {bestar}"


def _sqlite() -> tuple[str, ...]:
    nekas = f"BEGIN SELECT RAISE(ABORT, '{_NEKAS}'); END"
    return (
        f"CREATE TRIGGER handelser_andras BEFORE UPDATE ON handelser WHEN NOT ({_gallras('IS')}) {nekas}",
        f"CREATE TRIGGER handelser_tas_bort BEFORE DELETE ON handelser {nekas}",
    )


def _postgres() -> tuple[str, ...]:
    return (
        "CREATE FUNCTION handelser_skyddas() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_NEKAS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER handelser_andras BEFORE UPDATE ON handelser FOR EACH ROW "
        f"WHEN (NOT ({_gallras('IS NOT DISTINCT FROM')})) EXECUTE FUNCTION handelser_skyddas()",
        "CREATE TRIGGER handelser_tas_bort BEFORE DELETE ON handelser "
        "FOR EACH STATEMENT EXECUTE FUNCTION handelser_skyddas()",
        "CREATE TRIGGER handelser_toms BEFORE TRUNCATE ON handelser "
        "FOR EACH STATEMENT EXECUTE FUNCTION handelser_skyddas()",
        # Also for a session that takes itself for a replica's, where triggers rest otherwise.
        *(f"ALTER TABLE handelser ENABLE ALWAYS TRIGGER handelser_{namn}" for namn in ("andras", "tas_bort", "toms")),
    )


def slapp(forbindelse: Connection) -> None:
    """Take the guard away: for a migration, which puts it back when it is done, in the same transaction."""
    for namn in ("andras", "tas_bort", *(() if forbindelse.dialect.name == "sqlite" else ("toms",))):
        pa = "" if forbindelse.dialect.name == "sqlite" else " ON handelser"
        forbindelse.exec_driver_sql(f"DROP TRIGGER IF EXISTS handelser_{namn}{pa}")
    if forbindelse.dialect.name != "sqlite":
        forbindelse.exec_driver_sql("DROP FUNCTION IF EXISTS handelser_skyddas")
