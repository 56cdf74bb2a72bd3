"""Answers that were once wrong, each with the fewest facts that show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from application.queries import Fraga, Fragor, Underlag, hamta_matt
from domain.fakta import REGISTER, UTFORARE, Belopp, Fakta, Identitet, Intervall
from domain.faktaspar import ALLTJAMT
from domain.matt.modell import Urval
from domain.regler.vardygn import IN_EJ_UT
from domain.tid import OANDLIG_DAG, Tidssnitt, kalenderar
from infrastructure.recorder import Recorder
from interfaces.bootstrap import koppla
from tests.laws.slumpfakta import skriv

KOMMUN = "1880"
SLUTET = date(2024, 12, 31)
NU = datetime(2025, 1, 1, tzinfo=UTC)


def fragor_till(fakta: Sequence[Fakta]) -> Fragor:
    """Return what answers from some facts, each of a stream of its own, known since ever."""
    tjanster = koppla(":memory:")
    recorder = tjanster.liggaren.recorder
    assert isinstance(recorder, Recorder)
    skriv(recorder, [(type(f), (Identitet(UUID(int=nr).hex), 0, 1, ALLTJAMT, f)) for nr, f in enumerate(fakta)])
    return tjanster.fragor


def svar(fakta: Sequence[Fakta], matt: str, rader: tuple[Urval, ...] = (), **annat: Any) -> dict[Any, Fraction]:
    """Return a measure's values for 2024."""
    fraga = Fraga(hamta_matt(matt), kalenderar(2024), Tidssnitt(SLUTET, NU), rader=rader, **annat)
    return dict(fragor_till(fakta).svara(fraga, Underlag(1, SLUTET, NU, IN_EJ_UT)).varden)


def inlast(enhet: str, varde: int, dag: date = date(2024, 2, 1)) -> Belopp:
    """Return a figure of a register."""
    return Belopp(
        "1", REGISTER, KOMMUN, "Socialnämnden", dag.toordinal(), date(2024, 1, 1).toordinal(), antal=varde * 1000,
        verksamhet="Kostnad", enhet=enhet, underslag="kolada",
    )  # fmt: skip


def enhet(namn: str, nr: int) -> Intervall:
    """Return a unit."""
    dag = date(2020, 1, 1).toordinal()
    return Intervall("1", UTFORARE, KOMMUN, dag, OANDLIG_DAG, utforare=Identitet(UUID(int=nr).hex), enhet=namn)


@pytest.mark.parametrize("enheter", [[], [enhet("Älven", 101), enhet("Berget", 102)]])
def test_registerrader_begransade_till_ett_omrade_kravs_inte_ha_nagon_enhet(enheter: list[Fakta]) -> None:
    """Given figures of other municipalities, which are no units, then each is found by its name."""
    fakta = [inlast("Västerås", 2), inlast("Västerås", 3, date(2024, 3, 1)), inlast("Norrköping", 5), *enheter]
    rader = tuple({"enhet": (namn,)} for namn in ("Västerås", "Norrköping"))
    assert svar(fakta, "registervarde", rader) == {(0,): 3, (1,): 5}
    assert svar(fakta, "registervarde", gruppera=("enhet",)) == {("Västerås",): 3, ("Norrköping",): 5}
