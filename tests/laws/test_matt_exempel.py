"""Answers that were once wrong, each with the fewest facts that show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from application.queries import Fraga, FraganGarInte, Fragor, Underlag, hamta_matt
from domain.fakta import INVANARE, INVANARGRUPP, REGISTER, UTFORARE, Belopp, Fakta, Identitet, Intervall, Punkt
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


def fragor_till(fakta: Sequence[Fakta], *, en_strom: bool = False) -> Fragor:
    """Return what answers from some facts, each of a stream of its own if nothing is said, known since ever."""
    tjanster = koppla(":memory:")
    recorder = tjanster.liggaren.recorder
    assert isinstance(recorder, Recorder)
    strommar = [Identitet(UUID(int=0 if en_strom else nr).hex) for nr in range(len(fakta))]
    skriv(recorder, [(type(f), (strommar[nr], nr, 1, ALLTJAMT, f)) for nr, f in enumerate(fakta)])
    return tjanster.fragor


def svar(
    fakta: Sequence[Fakta], matt: str, rader: tuple[Urval, ...] = (), *, en_strom: bool = False, **annat: Any
) -> dict[Any, Fraction]:
    """Return a measure's values for 2024."""
    fraga = Fraga(hamta_matt(matt), kalenderar(2024), Tidssnitt(SLUTET, NU), rader=rader, **annat)
    return dict(fragor_till(fakta, en_strom=en_strom).svara(fraga, Underlag(1, SLUTET, NU, IN_EJ_UT)).varden)


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


def test_invanare_som_faststallts_tva_ganger_ett_ar_ar_de_som_senast_faststallts() -> None:
    """Given a preliminary number and the year's, then they are not added."""
    dagar = [date(2024, 8, 31).toordinal(), date(2024, 12, 31).toordinal()]
    aret = date(2024, 1, 1).toordinal()
    totalt = [
        Belopp("1", INVANARE, KOMMUN, "Socialnämnden", dag, aret, antal=antal * 1000)
        for dag, antal in zip(dagar, (900, 1000), strict=True)
    ]
    assert svar(totalt, "invanare") == {(): 1000}
    grupper = [
        Punkt("1", INVANARGRUPP, KOMMUN, dagar[0], underslag="0-20", antal=300_000),
        *(
            Punkt("1", INVANARGRUPP, KOMMUN, dagar[1], underslag="0-20", kon=k, antal=160_000)
            for k in ("kvinna", "man")
        ),
    ]
    assert svar(grupper, "invanare-i-grupp", en_strom=True) == {(): 320}


@pytest.mark.parametrize(
    ("matt", "val", "dimension"),
    [("kostnadsfordelning", {"av": "utfall"}, "kon"), ("skyddat-boende", {"rakna": "pagaende"}, "utfall")],
)
def test_ett_val_som_raknar_andra_fakta_nekas_det_som_de_inte_har(
    matt: str, val: dict[str, str], dimension: str
) -> None:
    ((namn, varde),) = val.items()
    with pytest.raises(FraganGarInte, match=f"{matt} med {namn}={varde} har inte dimensionen {dimension}"):
        svar([], matt, gruppera=(dimension,), varianter=val)


def test_ett_val_som_raknar_andra_fakta_delas_pa_det_som_de_har() -> None:
    utfall = Belopp(
        "1", "utfall", KOMMUN, "Socialnämnden", date(2024, 2, 1).toordinal(), date(2024, 2, 1).toordinal(), 500_00,
        verksamhet="Barn", regi="extern", malgrupp="barn", insatsform="hvb",
    )  # fmt: skip
    assert svar([utfall], "kostnadsfordelning", gruppera=("verksamhet",), varianter={"av": "utfall"}) == {
        ("Barn",): 100
    }
