"""The facts of a provider of its own stream, and short ways to read them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.begrepp import Samling
from domain.fakta import Fakta, Intervall, Punkt, identitet
from domain.handelse import Handelse
from domain.harledning import fakta
from domain.historik import gallande
from domain.tid import OANDLIG_DAG
from tests.domain.exempel import en_utforare
from tests.domain.exempel_utforare import ARENDE_I_KO, KOANDE
from tests.givet import Rattelse, noteringar

STROM = UUID(int=99)
ENHETEN, PERSONEN, ARENDET = (identitet(uuid) for uuid in (STROM, UUID(KOANDE), UUID(ARENDE_I_KO)))
OPPEN = str(date.fromordinal(OANDLIG_DAG))


def alla(*historia: Handelse | Rattelse) -> list[Fakta]:
    return fakta(Samling.UTFORARE, STROM, gallande(noteringar(en_utforare("2018-01-01"), *historia)))


def intervall(*historia: Handelse | Rattelse, slag: str) -> list[Intervall]:
    return [rad for rad in alla(*historia) if isinstance(rad, Intervall) and rad.slag == slag]


def punkter(*historia: Handelse | Rattelse) -> list[Punkt]:
    return [rad for rad in alla(*historia) if isinstance(rad, Punkt)]


def dagar(rad: Intervall) -> tuple[str, str]:
    return str(date.fromordinal(rad.fran)), str(date.fromordinal(rad.till))


def dag(text: str) -> int:
    return date.fromisoformat(text).toordinal()
