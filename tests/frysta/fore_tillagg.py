"""Freezing an event: the first time, and when it has got an optional field. The rule is in ``test_handelser``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from domain.handelse import Handelse
from tests.domain.exempel import FULLA
from tests.frysta import test_handelser

MAPP = Path(__file__).parent / "fore_tillagg"


def vagar(innehall: Any, vag: str = "") -> frozenset[str]:
    """Return the path of every field of a payload; the elements of a list share theirs."""
    if isinstance(innehall, list):
        return frozenset[str]().union(*(vagar(inre, vag) for inre in innehall))
    if not isinstance(innehall, dict):
        return frozenset()
    egna = {f"{vag}{namn}" for namn in innehall}
    return frozenset(egna).union(*(vagar(inre, f"{vag}{namn}/") for namn, inre in innehall.items()))


def frys(klass: type[Handelse]) -> Path | None:
    """Write the frozen file of an event that has none, or has got a field; return it if anything was written.

    Raises:
        ValueError: the file that stands there has something that the event no longer has.
    """
    fil = test_handelser.MAPP / f"{klass.typ}.v{klass.schemaversion}.json"
    if fil.exists():
        fanns = vagar(orjson.loads(fil.read_bytes()))
        finns = vagar(orjson.loads(test_handelser.som_text(FULLA[klass]())))
        if borta := sorted(fanns - finns):
            raise ValueError(f"{fil.name}: {', '.join(borta)} är borta. Gör en ny version (ADR 0009).")
        if fanns == finns:
            return None
        fil.rename(_ledig(fil))
    return test_handelser.skriv(klass)


def _ledig(fil: Path) -> Path:
    """Return the first name not taken in ``fore_tillagg`` for a payload of the same event."""
    tagna = len(list(MAPP.glob(f"{fil.stem}.*")))
    return MAPP / (fil.name if not tagna else f"{fil.stem}.{tagna + 1}.json")
