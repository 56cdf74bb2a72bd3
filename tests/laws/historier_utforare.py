"""Histories of providers and units: what they are, places, agreements, queue, and what is reported of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

from hypothesis import strategies as st

from domain.begrepp import Direktupphandlingsorsak, Insatsform, Regi, Utforarslag
from domain.handelse import Handelse
from domain.utforare.begrepp import (
    Konsinriktning,
    Koslut,
    Omfattning,
    Platsavbojande,
    Upphandlingsforfarande,
    Utforarslut,
)
from domain.utforare.handelser import (
    AbonnemangTecknat,
    AbonnemangUpphort,
    AvtalsvolymAvtalad,
    BelaggningRedovisad,
    EkonomiKontrollerad,
    KoStalld,
    KoUpphord,
    OrganisationAndrad,
    PlatserAndrade,
    PlatsforfraganAvbojd,
    RamavtalTecknat,
    RamavtalUpphort,
    ServiceinsatsRedovisad,
    TillstandKontrollerat,
    UppfoljningGjord,
    UpphandlingGenomford,
    UtforareAndrad,
    UtforareAvslutad,
    UtforareRegistrerad,
)
from tests.laws.grund import KOMMUNER, PERSONER, Variationer, dag_efter, malgrupper, plus

AMNEN = "pppprrxaavvuuueookkkkktmbsszn"
"""The kinds of event at a provider, each as often as it should be drawn."""

omraden = st.sampled_from([Insatsform.HVB, Insatsform.FAMILJEHEM_EGET])
aldrar = st.sampled_from([None, 13, 16, 20])

VARIATIONER = Variationer(
    falt={
        PlatserAndrade: lambda _: {"platser": st.integers(0, 9), "malgrupp": st.none() | malgrupper},
        UtforareAndrad: lambda _: {"namn": st.sampled_from(["Eken", "Linden"]), "alder_fran": aldrar},
        OrganisationAndrad: lambda _: {"overordnad": st.sampled_from(["Resurs", "Vård och stöd"])},
        RamavtalTecknat: lambda h: {"omrade": omraden, "till": _till(h.datum)},
        AbonnemangTecknat: lambda h: {"platser": st.integers(1, 9), "till": _till(h.datum)},
        AvtalsvolymAvtalad: lambda h: {"dygn": st.integers(0, 900), "till": _till(h.datum)},
        TillstandKontrollerat: lambda _: {"giltigt": st.booleans()},
        KoStalld: lambda _: {"familj": st.booleans(), "malgrupp": st.none() | malgrupper},
        KoUpphord: lambda _: {"orsak": st.sampled_from(Koslut)},
        UtforareAvslutad: lambda _: {"orsak": st.sampled_from(Utforarslut)},
        BelaggningRedovisad: lambda _: {"dygn": st.integers(0, 300)},
        ServiceinsatsRedovisad: lambda _: {"dygn": st.integers(0, 300)},
    },
    flytt={
        RamavtalTecknat: lambda h, dag: {"till": max(h.till, plus(dag, 1)) if h.till else None},
        AbonnemangTecknat: lambda h, dag: {"till": max(h.till, plus(dag, 1)) if h.till else None},
        AvtalsvolymAvtalad: lambda h, dag: {"till": max(h.till, plus(dag, 1)) if h.till else None},
        ServiceinsatsRedovisad: lambda h, dag: {"till": max(h.till, plus(dag, 1))},
        BelaggningRedovisad: lambda _, dag: {"manad": f"{dag:%Y-%m}"},
    },
)
"""How the events of a provider may be told otherwise."""


def _till(dag: date) -> st.SearchStrategy[date | None]:
    return st.none() | st.integers(1, 60).map(partial(plus, dag))


@st.composite
def borjan_av_utforare(draw: st.DrawFn, dag: date) -> UtforareRegistrerad:
    """Draw how a provider became known."""
    return UtforareRegistrerad(
        datum=dag,
        kommun=KOMMUNER[0],
        namn=draw(st.sampled_from(["Utföraren", "Eken"])),
        regi=draw(st.sampled_from(Regi)),
        slag=Utforarslag.HVB,
    )


@st.composite
def nasta_hos_utforaren(draw: st.DrawFn, hittills: Sequence[Handelse], amne: str = AMNEN) -> Handelse:
    """Draw what happens at a provider where so much has happened, of the kinds given."""
    dag = draw(dag_efter(hittills[0].datum, hittills))
    hander = draw(st.sampled_from(amne))
    match hander:
        case "p":
            return PlatserAndrade(datum=dag, platser=draw(st.integers(0, 9)), malgrupp=draw(st.none() | malgrupper))
        case "u":
            return draw(_andring(dag))
        case "o":
            overordnad = draw(st.sampled_from(["Resurs", "Vård och stöd"]))
            return OrganisationAndrad(datum=dag, overordnad=overordnad, avdelning=draw(st.sampled_from([None, "Ung"])))
        case "k":
            return draw(_ko(hittills, dag))
        case "r" | "x" | "a" | "v" | "z":
            return draw(_avtal(hittills, dag, hander))
        case "b" | "s":
            return draw(_redovisat(dag, hander))
        case "n":
            sist = max(h.datum for h in hittills)
            return UtforareAvslutad(datum=sist, orsak=draw(st.sampled_from(Utforarslut)))
        case _:
            return draw(_kontroll(dag, hander))


@st.composite
def _andring(draw: st.DrawFn, dag: date) -> Handelse:
    namn, malgrupp, fran = draw(st.sampled_from(["Eken", "Linden"])), draw(st.none() | malgrupper), draw(aldrar)
    kon = draw(st.sampled_from([None, Konsinriktning.BLANDAT, Konsinriktning.KVINNA]))
    slag = draw(st.sampled_from([None, Utforarslag.STODBOENDE]))
    return draw(
        st.sampled_from(
            [
                UtforareAndrad(datum=dag, namn=namn, malgrupp=malgrupp),
                UtforareAndrad(datum=dag, namn=namn, slag=slag, kon=kon),
                UtforareAndrad(datum=dag, alder_fran=fran, alder_till=20),
                UtforareAndrad(datum=dag, alder_till=18),
            ]
        )
    )


@st.composite
def _ko(draw: st.DrawFn, hittills: Sequence[Handelse], dag: date) -> Handelse:
    stallda = [h for h in hittills if type(h) is KoStalld]
    if draw(st.booleans()) and stallda:
        plats = draw(st.sampled_from(stallda))
        dag = draw(dag_efter(plats.datum, hittills))
        return KoUpphord(datum=dag, ko_id=plats.ko_id, orsak=draw(st.sampled_from(Koslut)))
    return KoStalld(
        datum=dag,
        ko_id=UUID(int=500 + len(stallda)),
        familj=draw(st.booleans()),
        person_id=draw(st.sampled_from([None, *PERSONER])),
        enhet=draw(st.sampled_from([None, "Resurs"])),
        malgrupp=draw(st.none() | malgrupper),
    )


@st.composite
def _avtal(draw: st.DrawFn, hittills: Sequence[Handelse], dag: date, hander: str) -> Handelse:
    till = draw(_till(dag))
    tecknade = [h for h in hittills if type(h) is AbonnemangTecknat]
    match hander:
        case "r":
            return RamavtalTecknat(datum=dag, omrade=draw(omraden), till=till)
        case "x":
            return RamavtalUpphort(datum=dag, omrade=draw(omraden))
        case "v":
            return AvtalsvolymAvtalad(datum=dag, dygn=draw(st.integers(0, 900)), till=till)
        case "z" if tecknade:
            abonnemang = draw(st.sampled_from(tecknade))
            dag = plus(abonnemang.datum, draw(st.sampled_from([1, 10])))
            return AbonnemangUpphort(datum=dag, abonnemang_id=abonnemang.abonnemang_id)
        case _:
            nyckel = draw(st.sampled_from([None, UUID(int=510 + len(tecknade))]))
            kostnad = draw(st.sampled_from([Decimal("0.00"), Decimal("100000.01")]))
            return AbonnemangTecknat(datum=dag, platser=2, arskostnad=kostnad, till=till, abonnemang_id=nyckel)


@st.composite
def _redovisat(draw: st.DrawFn, dag: date, hander: str) -> Handelse:
    dygn = draw(st.integers(0, 300))
    if hander == "b":
        return BelaggningRedovisad(datum=dag, manad=f"{dag:%Y-%m}", dygn=dygn, malgrupp=draw(st.none() | malgrupper))
    return ServiceinsatsRedovisad(
        datum=dag,
        till=plus(dag, draw(st.sampled_from([1, 31]))),
        insatsform=draw(st.none() | omraden),
        omrade=draw(st.sampled_from([None, "Öppet intag"])),
        antal_personer=draw(st.none() | st.integers(0, 40)),
        dygn=dygn,
    )


@st.composite
def _kontroll(draw: st.DrawFn, dag: date, hander: str) -> Handelse:
    match hander:
        case "t":
            return TillstandKontrollerat(datum=dag, giltigt=draw(st.booleans()))
        case "e":
            rating = draw(st.none() | st.integers(1, 5))
            return EkonomiKontrollerad(datum=dag, skatteskuld=draw(st.booleans()), rating=rating)
        case _:
            uppfoljning = UppfoljningGjord(
                datum=dag,
                omraden={"Dokumentation": draw(st.integers(1, 5)), "Lokaler": 3},
                omfattning=draw(st.none() | st.sampled_from(Omfattning)),
                avtalsomrade=draw(st.none() | omraden),
            )
            avbojd = PlatsforfraganAvbojd(datum=dag, orsak=draw(st.sampled_from(Platsavbojande)))
            return draw(st.sampled_from([uppfoljning, avbojd, draw(_upphandling(dag))]))


@st.composite
def _upphandling(draw: st.DrawFn, dag: date) -> Handelse:
    direkt = draw(st.booleans())
    return UpphandlingGenomford(
        datum=dag,
        omrade=draw(omraden),
        forfarande=Upphandlingsforfarande.DIREKTUPPHANDLING if direkt else Upphandlingsforfarande.OPPET,
        orsak=draw(st.sampled_from(Direktupphandlingsorsak)) if direkt else None,
        varde=draw(st.sampled_from([None, Decimal("1234.50")])),
    )
