"""How far each reader of the log has come."""

from __future__ import annotations

from eventsourcing.persistence import IntegrityError, Tracking
from sqlalchemy import Connection, insert, select, update

from infrastructure.tables import lasposition


def lasarens_position(forbindelse: Connection, namn: str) -> int | None:
    """Return the last position that a reader has taken in, or None if it has not begun."""
    return forbindelse.execute(select(lasposition.c.position).where(lasposition.c.tillampning == namn)).scalar()


def flytta_lasare(forbindelse: Connection, tracking: Tracking) -> None:
    """Record how far a reader has come; the caller holds the write lock.

    Raises:
        IntegrityError: it has come that far already.
    """
    namn, position = tracking.application_name, tracking.notification_id
    tidigare = lasarens_position(forbindelse, namn)
    if tidigare is None:
        forbindelse.execute(insert(lasposition).values(tillampning=namn, position=position))
        return
    if tidigare >= position:
        msg = f"Läsaren {namn} står redan på {tidigare} och kan inte flyttas till {position}."
        raise IntegrityError(msg)
    forbindelse.execute(update(lasposition).where(lasposition.c.tillampning == namn).values(position=position))
