"""Histories of a budget year's money: budget, adjustments, postings, forecasts, closings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from hypothesis import strategies as st

from domain.begrepp import (
    Justeringsslag,
    Kontogrupp,
    Prognosslag,
    Regi,
    Samling,
)
from domain.budgetperiod.begrepp import Post as Radpost
from domain.budgetperiod.handelser import (
    BokslutFaststallt,
    BudgetFaststalld,
    BudgetJusterad,
    InvanareFaststallda,
    ManadStangd,
    PrognosFaststalld,
    Protokoll,
    Rad,
    UtfallBokfort,
    Volymrad,
)
from domain.handelse import Handelse
from domain.strom import budgetperiodens_id
from tests.laws.grund import (
    NAMND,
    NYAR,
    Strom,
    Variationer,
    belopp,
    bygg,
    former,
    malgrupper,
    plus,
    priser,
)

manader = st.integers(1, 12).map(lambda nr: f"2024-{nr:02}")
vardmanader = st.sampled_from(["2023-11", "2023-12", *(f"2024-{nr:02}" for nr in range(1, 13)), "2025-01"])
rader = st.lists(
    bygg(
        Rad,
        verksamhet=st.sampled_from(["Barn och unga", "Vuxna"]),
        kontogrupp=st.sampled_from([Kontogrupp.PERSONAL, Kontogrupp.KOP_AV_VERKSAMHET]),
        malgrupp=st.none() | malgrupper,
        insatsform=st.none() | former,
        regi=st.none() | st.sampled_from(Regi),
        konto=st.none() | st.just("4530"),
        belopp=belopp,
        post=st.sampled_from([None, None, None, Radpost.BALANSPOST, Radpost.INVESTERING]),
        projekt=st.just("P 1"),
    ),
    min_size=1,
    max_size=3,
).flatmap(lambda lista: st.sampled_from([tuple(lista), (*lista, lista[0])]))
volymrader = st.lists(
    bygg(
        Volymrad,
        malgrupp=st.none() | malgrupper,
        insatsform=former,
        regi=st.none() | st.sampled_from(Regi),
        personer_per_dygn=st.sampled_from([Decimal("0"), Decimal("0.5"), Decimal("12.345"), Decimal("3")]),
        pris=st.none() | priser,
    ),
    min_size=1,
    max_size=2,
).map(tuple) | st.just(())
periodiseringar = st.none() | st.lists(st.integers(0, 3), min_size=12, max_size=12).filter(any).map(tuple)

VARIATIONER = Variationer(
    falt={
        BudgetFaststalld: lambda _: {"rader": rader, "volymrader": volymrader, "periodisering": periodiseringar},
        BudgetJusterad: lambda _: {"rader": rader},
        UtfallBokfort: lambda _: {"rader": rader, "manad": manader, "avser_manad": st.none() | vardmanader},
        PrognosFaststalld: lambda _: {
            "rader": rader, "volymrader": volymrader, "slag": st.sampled_from(Prognosslag)
        },
    },
    flytt={PrognosFaststalld: lambda _, dag: {"galler": dag}},
)  # fmt: skip
"""How the events of a year's money may be told otherwise."""


@st.composite
def budget(draw: st.DrawFn, kommun: str) -> BudgetFaststalld:
    """Draw an adopted budget for 2024."""
    return BudgetFaststalld(
        datum=plus(NYAR, draw(st.sampled_from([-40, -1, 0, 20]))),
        kommun=kommun,
        namnd=NAMND,
        ar=2024,
        rader=draw(rader),
        volymrader=draw(volymrader),
        periodisering=draw(periodiseringar),
    )


@st.composite
def prognos(draw: st.DrawFn) -> PrognosFaststalld:
    """Draw an adopted forecast; few days, so that two may speak of the same."""
    dag = date(2024, draw(st.sampled_from([4, 8])), 30)
    return PrognosFaststalld(
        datum=dag,
        slag=draw(st.sampled_from(Prognosslag)),
        galler=dag,
        kand=datetime.combine(dag, time(12), UTC),
        beslut=Protokoll(organ=NAMND, datum=plus(dag, draw(st.sampled_from([20, 20, 25])))),
        rader=draw(rader),
        volymrader=draw(volymrader),
    )


@st.composite
def i_budgetaret(draw: st.DrawFn, amne: str = "uuuujjpppsbi") -> Handelse:
    """Draw something that happens in a budget year, of the kinds given."""
    dag = plus(NYAR, draw(st.integers(-50, 400)))
    match draw(st.sampled_from(amne)):
        case "u":
            return UtfallBokfort(
                datum=dag,
                manad=draw(manader),
                rader=draw(rader),
                avser_manad=draw(st.none() | vardmanader),
                verifikation=draw(st.none() | st.sampled_from(["A1", "A2", "A3"])),
            )
        case "j":
            return BudgetJusterad(
                datum=dag,
                slag=draw(st.sampled_from(Justeringsslag)),
                benamning="Ändring",
                rader=draw(rader),
                motpart="Kommunstyrelsen",
            )
        case "p":
            return draw(prognos())
        case "s":
            return ManadStangd(datum=dag, manad=draw(manader))
        case "b":
            return BokslutFaststallt(datum=plus(NYAR, 400))
        case _:
            return InvanareFaststallda(datum=dag, antal=draw(st.integers(0, 9)), kallregister="Registret")


@st.composite
def budgetar(draw: st.DrawFn, kommun: str) -> list[tuple[Strom, Handelse]]:
    """Draw a board's year."""
    strom = Samling.BUDGETPERIODER, budgetperiodens_id(kommun, NAMND, 2024)
    resultat: list[tuple[Strom, Handelse]] = [(strom, draw(budget(kommun)))]
    amne = draw(st.sampled_from(["uuuujjpppsbi", "u", "p", "j"]))
    resultat += [(strom, draw(i_budgetaret(amne))) for _ in range(draw(st.integers(1, 6)))]
    return resultat
