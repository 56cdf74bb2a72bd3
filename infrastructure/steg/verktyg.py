"""What a step between schema versions works with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from application.replay import Framsteg
from infrastructure.keyring import Nyckelring

_RADER_AT_GANGEN = 5_000


class Verktyg(NamedTuple):
    """The open transaction of a step, the ledger's key ring, and whom to tell how far it has come."""

    forbindelse: Connection
    ring: Nyckelring
    nytt_pseudonym: Callable[[UUID], UUID]
    framsteg: Framsteg

    def gor(self, sats: str) -> None:
        """Execute a statement."""
        self.forbindelse.exec_driver_sql(sats)

    def lagg_till(self, tabell: str, rader: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that all have the same columns."""
        if rader:
            kolumner = list(rader[0])
            platser = ", ".join("?" for _ in kolumner)
            sats = f"INSERT INTO {tabell} ({', '.join(kolumner)}) VALUES ({platser})"
            self.forbindelse.exec_driver_sql(sats, [tuple(rad[namn] for namn in kolumner) for rad in rader])

    def gor_om(self, tabell: str, satser: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
        """Make a table anew and yield its old rows, some thousands at a time in the order of its key, to be put over.

        SQLite cannot add a column that is never absent, nor take one away that others stand on.
        """
        gammal = f"{tabell}_gammal"
        self.gor(f"ALTER TABLE {tabell} RENAME TO {gammal}")
        totalt = self.forbindelse.exec_driver_sql(f"SELECT count(*) FROM {gammal}").scalar_one()
        skapa, *index = satser
        self.gor(skapa)
        klara = 0
        svar = self.forbindelse.exec_driver_sql(f"SELECT * FROM {gammal} ORDER BY 1")
        for del_ in svar.mappings().partitions(_RADER_AT_GANGEN):
            yield [dict(rad) for rad in del_]
            klara += len(del_)
            self.framsteg(klara, totalt)
        self.gor(f"DROP TABLE {gammal}")
        for sats in index:
            self.gor(sats)
