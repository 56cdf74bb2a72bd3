"""The character U+0000, which JSON can say but which no text of a ledger may hold: PostgreSQL cannot store it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from application.faltfel import HELHETEN, ogiltig

_SKRIVET = b"\\u0000"
"""The one way to write it in JSON."""


def vagra_nolltecken(rad: bytes, data: Any) -> None:
    """Refuse an object that says the character, given the JSON it was read from.

    Raises:
        OgiltigHandelse: names the field.
    """
    if _SKRIVET not in rad:
        return
    for falt, text in _texter(data):
        if "\0" in text:
            namn = falt.replace("\0", "␀") or HELHETEN
            raise ogiltig(namn, "nolltecken", f"{namn} innehåller tecknet U+0000, som ingen text får ha.")


def _texter(data: Any) -> Iterator[tuple[str, str]]:
    """Yield every text of an object, keys among them, with the field it is in; however deep the object is."""
    kvar: list[tuple[str, Any]] = [("", data)]
    while kvar:
        plats, varde = kvar.pop()
        if isinstance(varde, str):
            yield plats, varde
        elif isinstance(varde, dict):
            yield from ((plats, namn) for namn in varde)
            kvar += [(f"{plats}.{namn}".lstrip("."), under) for namn, under in varde.items()]
        elif isinstance(varde, list):
            kvar += [(f"{plats}.{nr}".lstrip("."), under) for nr, under in enumerate(varde)]
