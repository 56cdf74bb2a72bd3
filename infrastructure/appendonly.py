"""The guard of the logs in the database itself: rows are added, and no row is changed or removed.

One change is let through: that the personal part of an event is erased. Its commitments and its leaf stay. In the
access log none is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection

from infrastructure.tables import atkomster, handelser

# The salt goes only where it is that of a personal part: in a row written before there was one apart (ADR 0014).
_FAR_BORT = ("hemligt", "hemligt_salt", "salt")
_BESTAR = [kolumn.name for kolumn in handelser.columns if kolumn.name not in _FAR_BORT]
_NEKAS = "Loggen får inte ändras: rader läggs bara till."
_FUNKTION = "handelser_skyddas"
_VAKTER = ("andras", "tas_bort", "toms")


def skydda(forbindelse: Connection) -> None:
    """Put the guard in place; the tables have just been made or changed."""
    for sats in (_sqlite if forbindelse.dialect.name == "sqlite" else _postgres)():
        forbindelse.exec_driver_sql(sats)


def _gallras(lika: str) -> str:
    """Return the condition under which a changed row is one whose personal part has been erased."""
    bestar = " AND ".join(f"NEW.{namn} {lika} OLD.{namn}" for namn in _BESTAR)
    salt = f"(NEW.salt {lika} OLD.salt OR (NEW.salt IS NULL AND OLD.hemligt_atagande IS NULL))"
    return f"NEW.hemligt IS NULL AND NEW.hemligt_salt IS NULL AND {salt} AND {bestar}"


_ANDRAS: Mapping[str, Callable[[str], str]] = {
    handelser.name: lambda lika: f"WHEN (NOT ({_gallras(lika)}))",
    atkomster.name: lambda _: "",
}
"""The guarded tables, each with when a change is refused."""


def _sqlite() -> Iterator[str]:
    nekas = f"BEGIN SELECT RAISE(ABORT, '{_NEKAS}'); END"
    for tabell, nar in _ANDRAS.items():
        yield f"CREATE TRIGGER {tabell}_andras BEFORE UPDATE ON {tabell} {nar('IS')} {nekas}"
        yield f"CREATE TRIGGER {tabell}_tas_bort BEFORE DELETE ON {tabell} {nekas}"


def _postgres() -> Iterator[str]:
    yield (
        f"CREATE FUNCTION {_FUNKTION}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_NEKAS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for tabell, nar in _ANDRAS.items():
        vakten = f"EXECUTE FUNCTION {_FUNKTION}()"
        villkor = nar("IS NOT DISTINCT FROM")
        yield f"CREATE TRIGGER {tabell}_andras BEFORE UPDATE ON {tabell} FOR EACH ROW {villkor} {vakten}"
        for namn, vad in (("tas_bort", "DELETE"), ("toms", "TRUNCATE")):
            yield f"CREATE TRIGGER {tabell}_{namn} BEFORE {vad} ON {tabell} FOR EACH STATEMENT {vakten}"
        for namn in _VAKTER:
            # Also for a session that takes itself for a replica's, where triggers rest otherwise.
            yield f"ALTER TABLE {tabell} ENABLE ALWAYS TRIGGER {tabell}_{namn}"


def slapp(forbindelse: Connection) -> None:
    """Take the guard away: for a migration, which puts it back when it is done, in the same transaction."""
    sqlite = forbindelse.dialect.name == "sqlite"
    for tabell in _ANDRAS:
        for namn in _VAKTER[:2] if sqlite else _VAKTER:
            pa = "" if sqlite else f" ON {tabell}"
            forbindelse.exec_driver_sql(f"DROP TRIGGER IF EXISTS {tabell}_{namn}{pa}")
    if not sqlite:
        forbindelse.exec_driver_sql(f"DROP FUNCTION IF EXISTS {_FUNKTION}")
