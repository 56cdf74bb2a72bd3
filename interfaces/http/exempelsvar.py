"""Answers as examples: what the routes answered of a small ledger (``python -m tests.interfaces.exempelsvar``)."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

FIL = "exempelsvar.json"


@cache
def _alla() -> dict[str, dict[str, Any]]:
    svar: dict[str, dict[str, Any]] = json.loads(files("interfaces.http").joinpath(FIL).read_text(encoding="utf-8"))
    return svar


def exempelsvar(operation: str, status: int) -> Any:
    """Return what an operation has answered; nothing for one that has just been made."""
    return _alla().get(operation, {}).get(str(status))
