"""The lines of an import file: each read to a proposal, or refused with its number and the reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from application.envelope import Forslag
from application.faltfel import Faltfel, OgiltigHandelse
from application.nolltecken import vagra_nolltecken
from application.tolkning import tolka

LANGSTA_RAD = 1_000_000
"""A line longer than this (bytes) is refused unread."""


@dataclass(frozen=True, slots=True)
class Avvisad:
    """A line that was not recorded, and why."""

    rad: int
    innehall: bytes
    fel: tuple[Faltfel, ...]

    def som_json(self) -> bytes:
        """Return the reject as one JSON line: line number, faults, and the line as it was."""
        post = {
            "rad": self.rad,
            "fel": [{"falt": f.falt, "kod": f.kod, "skal": f.mening} for f in self.fel],
            "innehall": self.innehall.decode("utf-8", "replace").rstrip("\r\n"),
        }
        return orjson.dumps(post, option=orjson.OPT_APPEND_NEWLINE)


class Tolkad(NamedTuple):
    """A line that makes a proposal: its number, the line as it was, and what it proposes."""

    rad: int
    innehall: bytes
    forslag: Forslag


def tolka_rader(
    rader: Iterable[tuple[int, bytes]], kommun: str | None, avvisa: Callable[[Avvisad], None]
) -> Iterator[Tolkad]:
    """Yield what numbered lines propose; empty ones are passed over and bad ones handed over.

    Args:
        rader: lines with their numbers.
        kommun: fills in where an event lacks its municipality.
        avvisa: takes each line that makes no proposal.
    """
    for nr, rad in rader:
        if not rad.strip():
            continue
        try:
            yield Tolkad(nr, rad, tolka(_las_json(rad), kommun=kommun, far_ange_registrerad=True))
        except OgiltigHandelse as fel:
            avvisa(Avvisad(nr, rad, fel.fel))


def _las_json(rad: bytes) -> Any:
    if len(rad) > LANGSTA_RAD:
        raise OgiltigHandelse([Faltfel("raden", "for-lang", f"Raden är längre än {LANGSTA_RAD} byte.")])
    rad = rad.removeprefix(b"\xef\xbb\xbf")
    try:
        data = orjson.loads(rad)
    except orjson.JSONDecodeError as fel:
        raise OgiltigHandelse([Faltfel("raden", "ogiltig-json", _varfor_ingen_json(rad, fel))]) from None
    if not isinstance(data, dict):
        return data
    if b"\\u0022" in rad or rad.count(b'"') != _antal_citattecken(data):
        try:
            json.loads(rad, object_pairs_hook=_utan_dubbletter)
        except RecursionError:
            raise OgiltigHandelse([Faltfel("raden", "for-djup", "Raden har för många nivåer.")]) from None
    vagra_nolltecken(rad, data)
    return data


def _varfor_ingen_json(rad: bytes, fel: orjson.JSONDecodeError) -> str:
    try:
        rad.decode()
    except UnicodeDecodeError as kodningen:
        return f"Raden är inte kodad i UTF-8 (byte {kodningen.start + 1})."
    return f"Raden är inte giltig JSON (tecken {fel.colno})."


def _antal_citattecken(data: Any) -> int:
    """Return how many quotation marks the data takes as JSON; a line with more of them repeats a field."""
    try:
        return orjson.dumps(data).count(b'"')
    except orjson.JSONEncodeError:  # deeper than orjson writes: let the slow reader judge
        return -1


def _utan_dubbletter(par: list[tuple[str, Any]]) -> dict[str, Any]:
    objekt = dict(par)
    if len(objekt) < len(par):
        namn = next(namn for nr, (namn, _) in enumerate(par) if any(namn == annat for annat, _ in par[:nr]))
        raise OgiltigHandelse([Faltfel(namn, "dubbelt-falt", f"Fältet {namn} står flera gånger på raden.")])
    return objekt
