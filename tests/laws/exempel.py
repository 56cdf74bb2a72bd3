"""Small histories told by hand: for the oracle's own figures, the mistakes once found, and the teeth of the laws."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from application.envelope import Forslag
from domain.begrepp import (
    Avslutsorsak,
    Avtalsform,
    Insatsform,
    Kon,
    Kontogrupp,
    Lagrum,
    Malgrupp,
    Prissort,
    Prognosslag,
    Regi,
    Samling,
)
from domain.budgetperiod.handelser import BudgetFaststalld, PrognosFaststalld, Protokoll, Rad, Volymrad
from domain.gemensamt import Pris
from domain.handelse import Handelse, HandelseMakulerad
from domain.placering.handelser import FranvaroRegistrerad, PlaceringAvslutad, PlaceringPaborjad, PrisAndrat
from domain.strom import budgetperiodens_id
from domain.tid import SVENSK_TID
from tests.laws.provliggare import Steg

NAMND = "Socialnämnden"


def dag(text: str) -> date:
    """Return a day of 2024 written ``MM-DD``, or any day written in full."""
    return date.fromisoformat(text if len(text) > 5 else f"2024-{text}")


def klockan(text: str) -> datetime:
    """Return noon of a day."""
    return datetime.combine(dag(text), time(12), SVENSK_TID)


class Berattelse:
    """A history told event by event; ``nar`` is the day an event reaches the ledger, never before the last told."""

    def __init__(self) -> None:
        self.steg: list[Steg] = []

    def hander(
        self, strom: tuple[Samling, UUID], handelse: Handelse, nar: str = "", rattar: UUID | None = None
    ) -> UUID:
        """Tell an event; return its id."""
        handelse_id = UUID(int=len(self.steg) + 1)
        tid = klockan(nar or handelse.datum.isoformat())
        if self.steg:
            tid = max(tid, self.steg[-1].nar + timedelta(seconds=1))
        self.steg.append(Steg(tid, Forslag(strom[0], strom[1], handelse, handelse_id, rattar)))
        return handelse_id

    def makuleras(self, strom: tuple[Samling, UUID], rattar: UUID, nar: str) -> UUID:
        """Tell that an event never happened."""
        return self.hander(strom, HandelseMakulerad(datum=dag(nar), orsak="Felaktig uppgift"), nar, rattar)


def placering(nr: int) -> tuple[Samling, UUID]:
    """Return the stream of a placement."""
    return Samling.PLACERINGAR, UUID(int=1000 + nr)


def budgetar(ar: int = 2024) -> tuple[Samling, UUID]:
    """Return the stream of the board's year."""
    return Samling.BUDGETPERIODER, budgetperiodens_id("0180", NAMND, ar)


def dygnspris(belopp: str) -> Pris:
    """Return a price per day."""
    return Pris(sort=Prissort.DYGN, belopp=Decimal(belopp))


def manadspris(belopp: str) -> Pris:
    """Return a price per month."""
    return Pris(sort=Prissort.MANAD, belopp=Decimal(belopp))


def borjar(nar: str, person: int = 1, **annat: Any) -> PlaceringPaborjad:
    """Return the beginning of a stay."""
    falt: dict[str, Any] = {
        "kommun": "0180",
        "arende_id": UUID(int=1),
        "malgrupp": Malgrupp.BARN,
        "kon": Kon.KVINNA,
        "fodelsear": 2014,
        "insatsform": Insatsform.HVB,
        "regi": Regi.EXTERN,
        "lagrum": Lagrum.SOL,
        "avtalsform": Avtalsform.RAMAVTAL,
    }
    return PlaceringPaborjad(datum=dag(nar), person_id=UUID(int=100 + person), **falt | annat)


def slutar(nar: str, orsak: Avslutsorsak = Avslutsorsak.ENLIGT_PLAN) -> PlaceringAvslutad:
    """Return the end of a stay."""
    return PlaceringAvslutad(datum=dag(nar), planerat=True, orsak=orsak)


def borta(fran: str, till: str, *, betald: bool = True) -> FranvaroRegistrerad:
    """Return an absence, back on the day ``till``."""
    return FranvaroRegistrerad(datum=dag(fran), till=dag(till), betald=betald)


def nytt_pris(nar: str, pris: Pris) -> PrisAndrat:
    """Return a change of price."""
    return PrisAndrat(datum=dag(nar), pris=pris)


def rad(belopp: str, **annat: Any) -> Rad:
    """Return a line of amounts."""
    falt = {"verksamhet": "Barn och unga", "kontogrupp": Kontogrupp.KOP_AV_VERKSAMHET}
    return Rad(belopp=Decimal(belopp), **falt | annat)


def volym(personer: str, pris: Pris | None = None, **annat: Any) -> Volymrad:
    """Return a line of volume."""
    return Volymrad(personer_per_dygn=Decimal(personer), pris=pris, **{"insatsform": Insatsform.HVB} | annat)


def budget(nar: str, *rader: Rad, **annat: Any) -> BudgetFaststalld:
    """Return the adopted budget."""
    falt: dict[str, Any] = {"kommun": "0180", "namnd": NAMND, "ar": 2024} | annat
    return BudgetFaststalld(datum=dag(nar), rader=rader or (rad("1200.00"),), **falt)


def prognos(nar: str, *rader: Rad, slag: Prognosslag = Prognosslag.DELAR1, **annat: Any) -> PrognosFaststalld:
    """Return an adopted forecast."""
    return PrognosFaststalld(
        datum=dag(nar),
        galler=dag(nar),
        slag=slag,
        kand=klockan(nar),
        beslut=Protokoll(organ=NAMND, datum=dag(nar)),
        rader=rader or (rad("1.00"),),
        **annat,
    )
