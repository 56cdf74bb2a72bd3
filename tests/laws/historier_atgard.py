"""Histories of åtgärder: seen, decided, begun, judged and ended, with what they were thought to give and gave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

from hypothesis import strategies as st

from domain.atgard.begrepp import Effektklass, Effektmetod
from domain.atgard.handelser import (
    AlternativkostnadBeraknad,
    ArendeBedomt,
    AtgardAvbruten,
    AtgardBeslutad,
    AtgardIdentifierad,
    AtgardKommenterad,
    AtgardPaborjad,
    AtgardPermanentad,
    AtgardSlutford,
    DeluppdragAvslutat,
    DeluppdragLagtTill,
    EffektBeraknad,
    EffektBudgeterad,
    EffektUppnadd,
    FardiggradSatt,
    SlutdatumHypotetiskt,
)
from domain.handelse import Handelse
from tests.laws.grund import KOMMUNER, NAMND, Variationer, dag_efter, former, ibland, plus

AMNEN = "bbpppfdddeeeesssjjjuuuuaaklx"
"""The kinds of event in an åtgärd, each as often as it should be drawn."""

FALL = [UUID(int=400 + nr) for nr in range(3)]
dygnspris = st.sampled_from(["0.01", "777.77", "4100.00"]).map(Decimal)
kostnad = st.sampled_from(["0.00", "1000.50"]).map(Decimal)
effekt = st.integers(-3, 40).map(lambda tusen: Decimal(tusen) * 1000 + Decimal("0.01"))

VARIATIONER = Variationer(
    falt={
        AtgardBeslutad: lambda h: {"planerat_slut": _slutdagar(h.datum)},
        EffektBudgeterad: lambda _: {"belopp": effekt, "ar": st.sampled_from([2024, 2025])},
        EffektBeraknad: lambda _: {"prognos_under_aret": effekt, "ar": st.sampled_from([2024, 2025])},
        FardiggradSatt: lambda _: {"procent": st.integers(0, 100)},
        SlutdatumHypotetiskt: lambda h: {"hypotetiskt_slut": st.integers(0, 90).map(partial(plus, h.datum))},
        ArendeBedomt: lambda _: {
            "effektklass": st.sampled_from(Effektklass), "dygnskostnad": dygnspris, "insatskostnad": kostnad,
        },
        EffektUppnadd: lambda _: {"belopp": effekt, "metod": st.sampled_from(Effektmetod)},
        AlternativkostnadBeraknad: lambda _: {"belagda_dygn": st.integers(0, 900), "egen_kostnad": kostnad},
    },
    flytt={AtgardBeslutad: lambda h, dag: {"beslutsdatum": (dag,) if h.beslutsdatum else ()}},
)  # fmt: skip
"""How the events of an åtgärd may be told otherwise."""


def _slutdagar(dag: date) -> st.SearchStrategy[date | None]:
    return st.none() | st.sampled_from([-1, 0, 1, 30]).map(partial(plus, dag))


@st.composite
def borjan_av_atgard(draw: st.DrawFn, dag: date) -> AtgardIdentifierad:
    """Draw how an åtgärd was first seen."""
    return AtgardIdentifierad(
        datum=dag,
        kommun=draw(st.sampled_from(KOMMUNER)),
        namnd=NAMND,
        namn="Kortare placeringar",
        beskrivning="Mer öppenvård",
        ansvarig="Verksamhetschef",
    )


@st.composite
def nasta_i_atgard(draw: st.DrawFn, hittills: Sequence[Handelse], amne: str = AMNEN) -> Handelse:
    """Draw what happens in an åtgärd in which so much has happened, of the kinds given."""
    # What the rest rests on comes first, as a rule.
    for typ in (AtgardBeslutad, AtgardPaborjad):
        if not any(type(h) is typ for h in hittills) and draw(st.sampled_from([True, True, False])):
            return draw(_steget(hittills, typ))
    hander = draw(st.sampled_from(amne))
    match hander:
        case "b":
            return draw(_steget(hittills, AtgardBeslutad))
        case "p" | "l" | "x":
            typer: dict[str, list[type[Handelse]]] = {
                "p": [AtgardPaborjad, AtgardPermanentad],
                "l": [AtgardSlutford],
                "x": [AtgardAvbruten],
            }
            return draw(_steget(hittills, draw(st.sampled_from(typer[hander]))))
        case "f" | "k" | "d":
            return draw(_arbete(hittills, hander))
        case "e":
            return draw(_vantad(hittills))
        case "s" | "j":
            return draw(_om_ett_fall(hittills, hander))
        case _:
            return draw(_effekt(hittills, hander))


@st.composite
def _steget(draw: st.DrawFn, hittills: Sequence[Handelse], typ: type[Handelse]) -> Handelse:
    dag = draw(dag_efter(hittills[0].datum, hittills))
    if typ is AtgardBeslutad:
        beslutsdatum = draw(st.sampled_from([(), (dag,)]))
        return AtgardBeslutad(
            datum=dag,
            diarienummer=draw(st.sampled_from([(), ("SN 1/2024",)])),
            beslutsdatum=beslutsdatum,
            planerat_slut=draw(_slutdagar(dag)),
        )
    if typ is AtgardAvbruten:
        return AtgardAvbruten(datum=max(h.datum for h in hittills), orsak="Gav inget")
    if typ is AtgardSlutford:
        return AtgardSlutford(datum=max(dag, draw(st.sampled_from(hittills)).datum))
    return typ(datum=dag)


@st.composite
def _arbete(draw: st.DrawFn, hittills: Sequence[Handelse], hander: str) -> Handelse:
    dag = draw(dag_efter(hittills[0].datum, hittills))
    if hander == "f":
        return FardiggradSatt(datum=dag, procent=draw(st.integers(0, 100)))
    if hander == "k":
        return AtgardKommenterad(datum=dag, text=draw(st.sampled_from(["Går bra", "Går trögt"])))
    tillagda = [h for h in hittills if type(h) is DeluppdragLagtTill]
    if draw(st.booleans()) and tillagda:
        deluppdrag = draw(st.sampled_from(tillagda))
        dag = draw(dag_efter(deluppdrag.datum, hittills))
        return DeluppdragAvslutat(datum=dag, deluppdrag_id=deluppdrag.deluppdrag_id)
    return DeluppdragLagtTill(datum=dag, deluppdrag_id=UUID(int=410 + len(tillagda)), namn="Rekrytera")


@st.composite
def _vantad(draw: st.DrawFn, hittills: Sequence[Handelse]) -> Handelse:
    dag = draw(dag_efter(hittills[0].datum, hittills))
    ar = draw(st.sampled_from([2024, 2024, 2025]))
    if draw(ibland):
        return EffektBudgeterad(datum=dag, ar=ar, belopp=draw(effekt))
    under_aret, total = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
    return EffektBeraknad(
        datum=dag,
        ar=ar,
        prognos_under_aret=draw(effekt) if under_aret else None,
        beraknad_total=draw(effekt) if total else None,
    )


@st.composite
def _om_ett_fall(draw: st.DrawFn, hittills: Sequence[Handelse], hander: str) -> Handelse:
    placering, arende = draw(st.sampled_from([(True, False), (True, True), (False, True)]))
    fallet = draw(st.sampled_from(FALL))
    fall = {
        "placering_id": fallet if placering else None,
        "arende_id": UUID(int=fallet.int + 20) if arende else None,
    }
    borjor = [h.datum for h in hittills if type(h) is AtgardPaborjad] or [hittills[0].datum]
    dag = draw(dag_efter(borjor[0], hittills))
    if hander == "s":
        slut = plus(dag, draw(st.integers(-10, 90)))
        return SlutdatumHypotetiskt(datum=dag, hypotetiskt_slut=slut, underlag="Handläggaren", **fall)
    antagna = [h for h in hittills if type(h) is SlutdatumHypotetiskt]
    if draw(st.booleans()) and antagna:
        om = draw(st.sampled_from(antagna))
        fall = {"placering_id": om.placering_id, "arende_id": om.arende_id}
    return ArendeBedomt(
        datum=dag,
        insatsform=draw(st.none() | former),
        primar_orsak=draw(st.sampled_from([None, "Kortare vård"])),
        effektklass=draw(st.sampled_from(Effektklass)),
        forkortade_dygn=None if antagna else draw(st.integers(-20, 200)),
        faktiskt_slut=plus(dag, -3),
        dygnskostnad=draw(dygnspris),
        insatskostnad=draw(kostnad),
        **fall,
    )


@st.composite
def _effekt(draw: st.DrawFn, hittills: Sequence[Handelse], hander: str) -> Handelse:
    beslut = [h.datum for h in hittills if type(h) is AtgardBeslutad] or [hittills[0].datum]
    fran = draw(dag_efter(beslut[0], hittills))
    till = plus(fran, draw(st.sampled_from([1, 10, 31, 75])))
    dag = plus(till, draw(st.sampled_from([-1, 0, 20])))
    if hander == "a":
        return AlternativkostnadBeraknad(
            datum=dag,
            fran=fran,
            till=till,
            enhet=draw(st.sampled_from(["Pionjären", "Åbacke"])),
            belagda_dygn=draw(st.integers(0, 900)),
            externt_dygnspris=draw(dygnspris),
            egen_kostnad=draw(kostnad),
        )
    return EffektUppnadd(
        datum=dag,
        fran=fran,
        till=till,
        belopp=draw(effekt),
        metod=draw(st.sampled_from(Effektmetod)),
        underlag="Uppföljningen",
    )
