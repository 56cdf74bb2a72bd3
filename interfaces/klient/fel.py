"""What can go wrong for a client: it was refused, or it never got an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Nekad(Exception):
    """The server answered with a problem (RFC 9457) that another try does not change."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        """Keep the problem; its sentence is the message."""
        super().__init__(str(problem.get("detail") or problem.get("title") or f"HTTP {status}"))
        self.status = status
        self.problem = problem

    @property
    def kod(self) -> str:
        """Return the stable name of the kind of problem."""
        return str(self.problem.get("type", "")).rpartition("/")[2]

    @property
    def falt(self) -> list[str]:
        """Return the JSON pointers of the fields at fault."""
        return [fel["pointer"] for fel in self.problem.get("errors", ()) if fel.get("pointer")]


class NaddesInte(Exception):
    """No answer came in all the tries; what was sent may have been recorded, and can be sent again."""
