"""Histories of placements: chains of stays, and what happens in them."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from hypothesis import strategies as st

from domain.begrepp import (
    Avslutsorsak,
    Avtalsform,
    Direktupphandlingsorsak,
    Kon,
    Lagrum,
    Malgruppsorsak,
    Maluppfyllelse,
    Omplacering,
    Regi,
    Samling,
)
from domain.gemensamt import MalgruppAndrad
from domain.handelse import Handelse
from domain.placering.begrepp import Betalare, Placeringsslag, Prisorsak, Undersokning
from domain.placering.handelser import (
    AvtalsformAndrad,
    BetalningsansvarOverlamnat,
    BetalningsansvarOvertaget,
    FranvaroRegistrerad,
    HalsoundersokningGjord,
    HemtagningPaborjad,
    InsatsUtvarderad,
    LagrumAndrat,
    OmprovningGjord,
    OvervagandeGjort,
    PlaceringAvslutad,
    PlaceringPaborjad,
    PlaceringsslagAndrat,
    PlaneratSlutAndrat,
    PrisAndrat,
    VardplanUpprattad,
)
from tests.laws.grund import (
    KOMMUNER,
    NYAR,
    PERSONER,
    UTFORARE,
    Strom,
    Variationer,
    avtalsformer,
    former,
    ibland,
    malgrupper,
    pa_dagen,
    plus,
    priser,
    variera,
)

AMNEN = "ppplmfffouabn"
"""The kinds of event in a stay, each as often as it should be drawn."""

AVTALSFORMER = (
    (Avtalsform.RAMAVTAL, None),
    (Avtalsform.UPPDRAGSAVTAL, None),
    (Avtalsform.DIREKTUPPHANDLING, Direktupphandlingsorsak.PLATSBRIST),
)

VARIATIONER = Variationer(
    falt={
        PlaceringPaborjad: lambda _: {
            "pris": st.none() | priser, "malgrupp": malgrupper, "kon": st.sampled_from(Kon)
        },
        PrisAndrat: lambda _: {"pris": priser},
        LagrumAndrat: lambda _: {"lagrum": st.sampled_from(Lagrum)},
        MalgruppAndrad: lambda _: {"malgrupp": malgrupper},
        AvtalsformAndrad: lambda _: {"avtalsform": avtalsformer},
        PlaceringsslagAndrat: lambda _: {"placeringsslag": st.sampled_from(Placeringsslag)},
        FranvaroRegistrerad: lambda h: {
            "till": st.integers(1, 20).map(partial(plus, h.datum)), "betald": st.booleans()
        },
        PlaceringAvslutad: lambda _: {"orsak": st.sampled_from(Avslutsorsak)},
        HalsoundersokningGjord: lambda _: {"slag": st.sampled_from(Undersokning)},
        VardplanUpprattad: lambda _: {"reviderad": st.booleans()},
    },
    flytt={FranvaroRegistrerad: lambda h, dag: {"till": max(h.till, plus(dag, 1))}},
)  # fmt: skip
"""How the events of a placement may be told otherwise."""


@st.composite
def borjan_av_placering(draw: st.DrawFn, dag: date, person: UUID, foregaende: UUID | None) -> PlaceringPaborjad:
    """Draw the beginning of a stay."""
    regi = draw(st.sampled_from(Regi))
    return PlaceringPaborjad(
        datum=dag,
        kommun=draw(st.sampled_from(KOMMUNER)),
        arende_id=UUID(int=1),
        person_id=person,
        malgrupp=draw(malgrupper),
        kon=draw(st.sampled_from(Kon)),
        fodelsear=2010,
        insatsform=draw(former),
        regi=regi,
        lagrum=draw(st.sampled_from(Lagrum)),
        avtalsform=Avtalsform.EGEN_REGI if regi is Regi.EGEN else Avtalsform.RAMAVTAL,
        utforare_id=draw(st.none() | st.sampled_from(UTFORARE)),
        pris=draw(st.none() | priser),
        foregaende_placering_id=foregaende,
        omplacering=Omplacering.PLANERAD if foregaende is not None else None,
        placeringsslag=draw(st.sampled_from([None, Placeringsslag.AKUT])),
        enhet=draw(st.sampled_from([None, "Resurs"])),
    )


@st.composite
def inre_handelse(draw: st.DrawFn, fran: date, slut: date | None, amne: str = AMNEN) -> Handelse:
    """Draw something that happens in a stay, of the kinds given; often on its first or last day."""
    langd = (slut - fran).days if slut is not None else 40
    dag = plus(fran, draw(st.sampled_from([0, langd, langd // 2]) | st.integers(0, langd)))
    match draw(st.sampled_from(amne)):
        case "p":
            return PrisAndrat(datum=dag, pris=draw(priser), orsak=draw(st.sampled_from([None, *Prisorsak])))
        case "l":
            return LagrumAndrat(datum=dag, lagrum=draw(st.sampled_from(Lagrum)))
        case "m":
            orsak = draw(st.sampled_from([None, *Malgruppsorsak]))
            return MalgruppAndrad(datum=dag, malgrupp=draw(malgrupper), orsak=orsak)
        case "f":
            till = plus(dag, draw(st.integers(1, 12)))
            return FranvaroRegistrerad(datum=dag, till=till, betald=draw(st.booleans()))
        case "a":
            form, skal = draw(st.sampled_from(AVTALSFORMER))
            avtal = AvtalsformAndrad(datum=dag, avtalsform=form, direktupphandlingsorsak=skal)
            slag = draw(st.sampled_from([Placeringsslag.JOUR, Placeringsslag.AKUT]))
            return draw(st.sampled_from([avtal, PlaceringsslagAndrat(datum=dag, placeringsslag=slag)]))
        case "b":
            overlamnat = BetalningsansvarOverlamnat(datum=dag, betalare=draw(st.sampled_from(Betalare)))
            return draw(st.sampled_from([overlamnat, BetalningsansvarOvertaget(datum=dag)]))
        case "o":
            typ = st.sampled_from([OvervagandeGjort, OmprovningGjord, PlaneratSlutAndrat, HemtagningPaborjad])
            return draw(typ)(datum=dag)
        case "n":
            undersokning = HalsoundersokningGjord(datum=dag, slag=draw(st.sampled_from(Undersokning)))
            return draw(st.sampled_from([undersokning, VardplanUpprattad(datum=dag, reviderad=draw(st.booleans()))]))
        case _:
            return InsatsUtvarderad(
                datum=dag, mal_uppnadda=Maluppfyllelse.DELVIS, arbetade_med_problematiken=draw(st.booleans())
            )


@st.composite
def vardkedja(draw: st.DrawFn, forsta_id: int) -> list[tuple[Strom, Handelse]]:
    """Draw a person's chain of one to three stays, each but the last ended by a move to the next."""
    person = draw(st.sampled_from(PERSONER))
    dag = plus(NYAR, draw(st.sampled_from([-31, -1, 0, 30, 59]) | st.integers(-40, 100)))
    resultat: list[tuple[Strom, Handelse]] = []
    foregaende: UUID | None = None
    antal = draw(st.sampled_from([1, 1, 1, 2, 3]))
    for nr in range(antal):
        strom = Samling.PLACERINGAR, UUID(int=forsta_id + nr)
        sista = nr == antal - 1
        langd = draw(st.sampled_from([0, 1, 2, 31]) | st.integers(0, 70))
        oppen = sista and draw(st.booleans())
        slut = None if oppen else plus(dag, langd)
        resultat.append((strom, draw(borjan_av_placering(dag, person, foregaende))))
        # Events of one kind disturb each other the most.
        amne = draw(st.sampled_from([AMNEN, "p", "f", "lmp", "bp", "no"]))
        for _ in range(draw(st.sampled_from([0, 1, 2, 3]))):
            resultat.append((strom, draw(inre_handelse(dag, slut, amne))))
            if draw(ibland):
                forra = resultat[-1][1]
                annan = draw(variera(forra, VARIATIONER))
                resultat.append((strom, pa_dagen(annan, forra.datum, VARIATIONER)))
        if slut is not None:
            orsak = draw(st.sampled_from([Avslutsorsak.ENLIGT_PLAN, Avslutsorsak.SAMMANBROTT]))
            orsak = orsak if sista else Avslutsorsak.OMPLACERING
            resultat.append((strom, PlaceringAvslutad(datum=slut, planerat=True, orsak=orsak)))
            dag = slut
        foregaende = strom[1]
    return resultat
