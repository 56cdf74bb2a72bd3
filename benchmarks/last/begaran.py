"""What the clients send: events of a whole nation, and questions to one municipality that has a past."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any
from uuid import UUID

ENHET = "Norr"
"""The unit of whoever records."""

_FORSTA_KOMMUN, _KOMMUNER = 3000, 290
"""Codes that no municipality has: what is recorded during a run is not what the measure is asked about."""

_MATT = "/v1/matt/vardygn?fran={ar}-01-01&till={ar}-12-31&gruppera=manad,malgrupp&gallerDen={ar}-12-31&kommun={kommun}"

Sandning = Callable[[], bytes]
"""Returns the next request of a client."""


class Vistelser:
    """Stays that begin and end, each begun in one of many municipalities by the next of a row of invented numbers."""

    def __init__(self, fro: int) -> None:
        """Begin a row of its own."""
        self._slump = Random(fro)
        self._pagaende: UUID | None = None

    def nasta(self) -> tuple[UUID, int, dict[str, Any]]:
        """Return the stream, the version it has, and the event that is recorded upon it: a beginning or an end."""
        strom, self._pagaende = self._pagaende, None
        if strom is not None:
            slut = {"typ": "placering.avslutad", "datum": "2019-03-01", "planerat": True, "orsak": "enligtPlan"}
            return strom, 1, {**slut, "handelseId": self._id()}
        self._pagaende = strom = UUID(int=self._slump.getrandbits(128), version=4)
        return strom, 0, {
            "typ": "placering.paborjad", "handelseId": self._id(), "datum": "2019-01-01",
            "kommun": str(_FORSTA_KOMMUN + self._slump.randrange(_KOMMUNER)), "enhet": ENHET,
            "arendeId": self._id(), "personId": self._id(), "malgrupp": "unga", "kon": "kvinna", "fodelsear": 2004,
            "insatsform": "hvb", "regi": "extern", "lagrum": "SoL", "avtalsform": "ramavtal",
            "pris": {"sort": "dygn", "belopp": "1000.00"},
        }  # fmt: skip

    def _id(self) -> str:
        return str(UUID(int=self._slump.getrandbits(128), version=4))


def registreringar(token: str, fro: int) -> Sandning:
    """Return a client that records one event after another."""
    vistelser = Vistelser(fro)

    def nasta() -> bytes:
        strom, version, handelse = vistelser.nasta()
        kropp = json.dumps(handelse).encode()
        villkor = f'If-Match: "{version}"' if version else "If-None-Match: *"
        return _huvud("POST", f"/v1/placeringar/{strom}/handelser", token, villkor, len(kropp)) + kropp

    return nasta


def mattfragor(token: str, kommun: str, ar: int) -> Sandning:
    """Return a client that asks for care days of a year, by month and target group."""
    begaran = _huvud("GET", _MATT.format(kommun=kommun, ar=ar), token)
    return lambda: begaran


def lasningar(token: str, strommar: list[UUID], fro: int) -> Sandning:
    """Return a client that reads one stay after another; each reading is noted in the access log."""
    slump = Random(fro)
    return lambda: _huvud("GET", f"/v1/placeringar/{slump.choice(strommar)}", token)


def _huvud(metod: str, adress: str, token: str, villkor: str = "", langd: int | None = None) -> bytes:
    rader = [f"{metod} {adress} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {token}"]
    rader += [villkor] if villkor else []
    rader += ["Content-Type: application/json", f"Content-Length: {langd}"] if langd is not None else []
    return ("\r\n".join(rader) + "\r\n\r\n").encode()
