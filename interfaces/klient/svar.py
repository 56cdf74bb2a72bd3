"""What the server answers, as a client sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID


class Kvitto(NamedTuple):
    """The receipt of an event: ``utfall`` is registrerad, redanRegistrerad or oforandrat.

    Attributes:
        version: number of entries of the stream with this one in it, to build the next event upon.
        position: place in the ledger; None where nothing new was recorded.
        lov: the evidence leaf, hexadecimal.
    """

    utfall: str
    handelse_id: UUID
    strom: UUID
    version: int
    position: int | None
    registrerad: str | None
    lov: str | None

    @classmethod
    def av(cls, data: Mapping[str, Any]) -> Kvitto:
        """Return the receipt of an answer."""
        return cls(
            data["utfall"], UUID(data["handelseId"]), UUID(data["strom"]), data["version"], data["position"],
            data["registrerad"], data["lov"],
        )  # fmt: skip


class Sida(NamedTuple):
    """A page of the feed: CloudEvents, and the position to go on after."""

    handelser: list[dict[str, Any]]
    fortsatt_efter: int
