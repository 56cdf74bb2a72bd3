"""Facts of a case, asked for in a test: those of a kind that follow from a history."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.begrepp import Samling
from domain.fakta import (
    Fakta,
    Intervall,
    Punkt,
)
from domain.handelse import Handelse
from domain.harledning import fakta
from domain.historik import gallande
from domain.tid import OANDLIG_DAG
from tests.givet import Rattelse, noteringar

STROM = UUID(int=99)
OPPEN = str(date.fromordinal(OANDLIG_DAG))


def alla(*historia: Handelse | Rattelse) -> list[Fakta]:
    return fakta(Samling.ARENDEN, STROM, gallande(noteringar(*historia)))


def intervall(*historia: Handelse | Rattelse, slag: str) -> list[Intervall]:
    return [rad for rad in alla(*historia) if isinstance(rad, Intervall) and rad.slag == slag]


def punkter(*historia: Handelse | Rattelse, slag: str) -> list[Punkt]:
    return [rad for rad in alla(*historia) if isinstance(rad, Punkt) and rad.slag == slag]


def dagar(rad: Intervall) -> tuple[str, str]:
    return str(date.fromordinal(rad.fran)), str(date.fromordinal(rad.till))


def dag(text: str) -> int:
    return date.fromisoformat(text).toordinal()
