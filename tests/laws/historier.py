"""Histories for the laws: proposals over three kinds of stream, in any order they could reach the ledger.

A history is a list of ``Steg``. It is *likely* legal, not surely: the ledger decides, and what it refuses is dropped.
Dates crowd on the edges (first day, last day, turn of a month) since that is where counting goes wrong. Registration
comes on time, late or, for plans, ahead; corrections name earlier proposals, corrections among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from application.envelope import Forslag
from domain.begrepp import (
    Avslutsorsak,
    Avtalsform,
    Insatsform,
    Justeringsslag,
    Kon,
    Kontogrupp,
    Lagrum,
    Malgrupp,
    Maluppfyllelse,
    Prissort,
    Prognosslag,
    Regi,
    Samling,
    Utforarslag,
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
from domain.gemensamt import MalgruppAndrad, Pris
from domain.handelse import Begreppsdata, Handelse, HandelseMakulerad
from domain.placering.begrepp import Betalare, Placeringsslag
from domain.placering.handelser import (
    AvtalsformAndrad,
    BetalningsansvarOverlamnat,
    BetalningsansvarOvertaget,
    FranvaroRegistrerad,
    InsatsUtvarderad,
    LagrumAndrat,
    OvervagandeGjort,
    PlaceringAvslutad,
    PlaceringPaborjad,
    PlaceringsslagAndrat,
    PlaneratSlutAndrat,
    PrisAndrat,
)
from domain.strom import budgetperiodens_id
from domain.utforare.handelser import (
    AbonnemangTecknat,
    OrganisationAndrad,
    PlatserAndrade,
    RamavtalTecknat,
    RamavtalUpphort,
    TillstandKontrollerat,
    UppfoljningGjord,
    UtforareRegistrerad,
)
from tests.laws.orakel import Orakelfraga, Post, Varde
from tests.laws.provliggare import SLUTET, Steg

ANTAL_EXEMPEL, ANTAL_TUNGT = 20, 500
"""Examples per law in the daily run, and in the heavy one."""

LAGAR = settings(
    max_examples=ANTAL_EXEMPEL,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

KOMMUNER = ("0180", "1880")
NAMND = "Socialnämnden"
NYAR = date(2024, 1, 1)
PERSONER = [UUID(int=100 + nr) for nr in range(3)]
UTFORARE = [UUID(int=200 + nr) for nr in range(2)]

Strom = tuple[Samling, UUID]


@dataclass(frozen=True)
class Inslag:
    """An event of a history, before it is decided when it reaches the ledger."""

    strom: Strom
    handelse: Handelse
    handelse_id: UUID


Historia = list[Inslag]
"""Events of several streams; those of a stream in the order somebody would tell them."""


def plus(dag: date, dagar: int) -> date:
    """Return a day so many days later."""
    return dag + timedelta(days=dagar)


T = TypeVar("T", bound=Begreppsdata)


def bygg(klass: type[T], **falt: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Build values of the event language from their fields (``st.builds`` would also guess at the aliases)."""
    return st.fixed_dictionaries(falt).map(lambda varden: klass(**varden))


# Values ---------------------------------------------------------------------------------------------------------

ibland = st.integers(0, 2).map(lambda nr: nr == 2)
sallan = st.integers(0, 4).map(lambda nr: nr == 4)
belopp = st.integers(-3, 400).map(lambda hundra: Decimal(hundra) * 100 + Decimal("0.07"))
priser = bygg(
    Pris,
    sort=st.sampled_from(Prissort),
    belopp=st.sampled_from(["0.00", "1.01", "777.77", "1000.00", "1953.00"]).map(Decimal),
)
manader = st.integers(1, 12).map(lambda nr: f"2024-{nr:02}")
vardmanader = st.sampled_from(["2023-11", "2023-12", *(f"2024-{nr:02}" for nr in range(1, 13)), "2025-01"])
malgrupper = st.sampled_from([Malgrupp.BARN, Malgrupp.UNGA])
avtalsformer = st.sampled_from([Avtalsform.RAMAVTAL, Avtalsform.UPPDRAGSAVTAL])
former = st.sampled_from([Insatsform.HVB, Insatsform.FAMILJEHEM_EGET])
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


# Placements -----------------------------------------------------------------------------------------------------


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
    )


@st.composite
def inre_handelse(draw: st.DrawFn, fran: date, slut: date | None, amne: str = "ppplmfffouab") -> Handelse:
    """Draw something that happens in a stay, of the kinds given; often on its first or last day."""
    langd = (slut - fran).days if slut is not None else 40
    dag = plus(fran, draw(st.sampled_from([0, langd, langd // 2]) | st.integers(0, langd)))
    match draw(st.sampled_from(amne)):
        case "p":
            return PrisAndrat(datum=dag, pris=draw(priser))
        case "l":
            return LagrumAndrat(datum=dag, lagrum=draw(st.sampled_from(Lagrum)))
        case "m":
            return MalgruppAndrad(datum=dag, malgrupp=draw(malgrupper))
        case "f":
            till = plus(dag, draw(st.integers(1, 12)))
            return FranvaroRegistrerad(datum=dag, till=till, betald=draw(st.booleans()))
        case "a":
            avtal = AvtalsformAndrad(datum=dag, avtalsform=draw(avtalsformer))
            return draw(st.sampled_from([avtal, PlaceringsslagAndrat(datum=dag, placeringsslag=Placeringsslag.JOUR)]))
        case "b":
            overlamnat = BetalningsansvarOverlamnat(datum=dag, betalare=draw(st.sampled_from(Betalare)))
            return draw(st.sampled_from([overlamnat, BetalningsansvarOvertaget(datum=dag)]))
        case "o":
            return draw(st.sampled_from([OvervagandeGjort(datum=dag), PlaneratSlutAndrat(datum=dag)]))
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
        amne = draw(st.sampled_from(["ppplmfffouab", "p", "f", "lmp", "bp"]))
        for _ in range(draw(st.sampled_from([0, 1, 2, 3]))):
            resultat.append((strom, draw(inre_handelse(dag, slut, amne))))
            if draw(ibland):
                forra = resultat[-1][1]
                resultat.append((strom, _pa_dagen(draw(variant(forra)), forra.datum)))
        if slut is not None:
            orsak = draw(st.sampled_from([Avslutsorsak.ENLIGT_PLAN, Avslutsorsak.SAMMANBROTT]))
            orsak = orsak if sista else Avslutsorsak.OMPLACERING
            resultat.append((strom, PlaceringAvslutad(datum=slut, planerat=True, orsak=orsak)))
            dag = slut
        foregaende = strom[1]
    return resultat


# Budget periods -------------------------------------------------------------------------------------------------


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


# Providers ------------------------------------------------------------------------------------------------------


@st.composite
def hos_utforaren(draw: st.DrawFn) -> Handelse:
    """Draw something that is recorded of a provider."""
    dag = plus(NYAR, draw(st.integers(-20, 100)))
    till = draw(st.none() | st.integers(1, 60).map(lambda dagar: plus(dag, dagar)))
    match draw(st.sampled_from("prrxatuo")):
        case "p":
            return PlatserAndrade(datum=dag, platser=draw(st.integers(0, 9)), malgrupp=draw(st.none() | malgrupper))
        case "r":
            return RamavtalTecknat(datum=dag, omrade=draw(former), till=till)
        case "x":
            return RamavtalUpphort(datum=dag, omrade=draw(former))
        case "a":
            return AbonnemangTecknat(datum=dag, platser=2, arskostnad=Decimal("100000.00"), till=till)
        case "o":
            return OrganisationAndrad(datum=dag, overordnad=draw(st.sampled_from(["Resurs", "Vård och stöd"])))
        case "t":
            return TillstandKontrollerat(datum=dag, giltigt=draw(st.booleans()))
        case _:
            return UppfoljningGjord(datum=dag, omraden={"Dokumentation": draw(st.integers(1, 5)), "Lokaler": 3})


@st.composite
def utforare(draw: st.DrawFn, strom: UUID) -> list[tuple[Strom, Handelse]]:
    """Draw a provider."""
    nyckel = Samling.UTFORARE, strom
    start = UtforareRegistrerad(
        datum=plus(NYAR, -20), kommun=KOMMUNER[0], namn="Utföraren", regi=Regi.EXTERN, slag=Utforarslag.HVB
    )
    return [(nyckel, start), *((nyckel, draw(hos_utforaren())) for _ in range(draw(st.integers(1, 4))))]


# Histories ------------------------------------------------------------------------------------------------------


@st.composite
def historier(draw: st.DrawFn, samlingar: Sequence[Samling] = ()) -> Historia:
    """Draw what happened in a few streams, without corrections."""
    # Seldom all at once: short histories say as much and are sooner told.
    p, b, u = Samling.PLACERINGAR, Samling.BUDGETPERIODER, Samling.UTFORARE
    valda = samlingar or draw(st.sampled_from([(p,), (p, u), (b,), (p, b), (p, b, u)]))
    par: list[tuple[Strom, Handelse]] = []
    if Samling.PLACERINGAR in valda:
        for nr in range(draw(st.integers(1, 2))):
            par += draw(vardkedja(1000 + 10 * nr))
    if Samling.BUDGETPERIODER in valda:
        for kommun in KOMMUNER[: draw(st.sampled_from([1, 1, 2]))]:
            par += draw(budgetar(kommun))
    if Samling.UTFORARE in valda:
        par += draw(utforare(UTFORARE[0]))
    return [Inslag(strom, handelse, UUID(int=5000 + nr)) for nr, (strom, handelse) in enumerate(par)]


def ankomst(dag: date, dagar: int) -> datetime:
    """Return the instant an event of a day reaches the ledger so many days later, at noon."""
    return datetime.combine(plus(dag, dagar), time(12), UTC)


def forslaget(inslag: Inslag, rattar: UUID | None = None) -> Forslag:
    """Return an event as a proposal."""
    return Forslag(inslag.strom[0], inslag.strom[1], inslag.handelse, inslag.handelse_id, rattar)


def i_tid(historia: Historia) -> list[Steg]:
    """Return a history told on time: every event on its day, a stream's beginning first."""
    return med_drojsmal(historia, [0] * len(historia))


def med_drojsmal(historia: Historia, drojsmal: Sequence[int]) -> list[Steg]:
    """Return a history told late, each event by so many days.

    What must come in order still does: a stream's beginning before the rest, events of one stream and day as they
    were told, and what forbids later events (closings, ends of agreements) after the rest.
    """
    borjan: dict[Strom, datetime] = {}
    senast: dict[tuple[Strom, date], datetime] = {}
    sist: dict[Strom, datetime] = {}
    tider: list[tuple[datetime, int]] = []
    sparrar = (ManadStangd, BokslutFaststallt, RamavtalUpphort)
    ordning = sorted(range(len(historia)), key=lambda nr: (isinstance(historia[nr].handelse, sparrar), nr))
    for nr in ordning:
        strom, h = historia[nr].strom, historia[nr].handelse
        nar = ankomst(h.datum, drojsmal[nr])
        nar = max(nar, borjan.setdefault(strom, nar), senast.get((strom, h.datum), nar))
        if isinstance(h, sparrar):
            nar = max(nar, sist[strom])
        sist[strom] = max(nar, sist.get(strom, nar))
        senast[strom, h.datum] = nar
        tider.append((nar, nr))
    plats = {nr: k for k, nr in enumerate(ordning)}
    return [Steg(nar, forslaget(historia[nr])) for nar, nr in sorted(tider, key=lambda par: (par[0], plats[par[1]]))]


def variant(h: Handelse) -> st.SearchStrategy[Handelse]:
    """Return wrong (or better) versions of an event: another day, another content."""
    dagar = st.sampled_from([-30, -2, -1, 1, 2, 30])
    flyttad = dagar.map(lambda antal: _pa_dagen(h, plus(h.datum, antal)))
    andrat: Mapping[type[Handelse], Mapping[str, st.SearchStrategy[Any]]] = {
        PlaceringPaborjad: {"pris": st.none() | priser, "malgrupp": malgrupper, "kon": st.sampled_from(Kon)},
        PrisAndrat: {"pris": priser},
        LagrumAndrat: {"lagrum": st.sampled_from(Lagrum)},
        MalgruppAndrad: {"malgrupp": malgrupper},
        AvtalsformAndrad: {"avtalsform": avtalsformer},
        FranvaroRegistrerad: {"till": st.integers(1, 20).map(partial(plus, h.datum)), "betald": st.booleans()},
        PlaceringAvslutad: {"orsak": st.sampled_from(Avslutsorsak)},
        BudgetFaststalld: {"rader": rader, "volymrader": volymrader, "periodisering": periodiseringar},
        BudgetJusterad: {"rader": rader},
        UtfallBokfort: {"rader": rader, "manad": manader, "avser_manad": st.none() | vardmanader},
        PrognosFaststalld: {"rader": rader, "volymrader": volymrader, "slag": st.sampled_from(Prognosslag)},
        PlatserAndrade: {"platser": st.integers(0, 9)},
    }
    falt = andrat.get(type(h))
    if falt is None:
        return flyttad
    andrad = st.fixed_dictionaries(dict(falt)).map(lambda nytt: _med(h, **nytt))
    return st.sampled_from([andrad, andrad, flyttad]).flatmap(lambda strategi: strategi)


def _pa_dagen(h: Handelse, dag: date) -> Handelse:
    match h:
        case FranvaroRegistrerad():
            return _med(h, datum=dag, till=max(h.till, plus(dag, 1)))
        case PrognosFaststalld():
            return _med(h, datum=dag, galler=dag)
        case _:
            return _med(h, datum=dag)


def _med(h: Handelse, **nytt: Any) -> Handelse:
    return type(h)(**{**dict(h), **nytt})


BORJAN = (PlaceringPaborjad, BudgetFaststalld, UtforareRegistrerad)


@st.composite
def rattelser(draw: st.DrawFn, steg: list[Steg], hogst: int = 4) -> list[Steg]:
    """Draw corrections of earlier steps, other corrections among them, and put them in their place."""
    alla = list(steg)
    for nr in range(draw(st.sampled_from([0, *range(1, hogst + 1)]))):
        # Beginnings can seldom be corrected; corrections of corrections are what is hard to get right.
        svara = [s for s in alla if s.forslag.rattar is not None]
        vanliga = [s for s in alla if not isinstance(s.forslag.handelse, BORJAN)]
        mal = draw(st.sampled_from(draw(st.sampled_from([vanliga, svara, alla])) or alla))
        nar = max(mal.nar, mal.nar + timedelta(days=draw(st.sampled_from([0, 1, 40]) | st.integers(0, 100))))
        handelse: Handelse
        if isinstance(mal.forslag.handelse, HandelseMakulerad) or draw(ibland):
            orsak = draw(st.sampled_from(["Fel person", "Felaktig uppgift"]))
            handelse = HandelseMakulerad(datum=min(nar.date(), plus(mal.forslag.handelse.datum, 3)), orsak=orsak)
        else:
            handelse = draw(variant(mal.forslag.handelse))
        ratt = mal.forslag._replace(handelse=handelse, handelse_id=UUID(int=9000 + nr), rattar=mal.forslag.handelse_id)
        alla.append(Steg(nar, ratt))
    return sorted(alla, key=lambda s: s.nar)


@st.composite
def forlopp(draw: st.DrawFn, samlingar: Sequence[Samling] = ()) -> list[Steg]:
    """Draw a history as it reaches the ledger: late or on time, corrected, some of it sent twice."""
    historia = draw(historier(samlingar))
    drojsmal = [draw(st.sampled_from([0, 0, 1, 35]) | st.integers(0, 120)) for _ in historia]
    steg = draw(rattelser(med_drojsmal(historia, drojsmal)))
    for _ in range(draw(st.integers(0, 2))):
        igen = draw(st.sampled_from(steg))
        steg.append(replace(igen, nar=igen.nar + timedelta(days=draw(st.integers(0, 60)))))
    return sorted(steg, key=lambda s: s.nar)


# Questions ------------------------------------------------------------------------------------------------------

DAGSMATT = ("vardygn", "personer-per-dygn", "unika-personer", "kostnad", "vardygn-utan-pris", "kostnad-per-dygn")
MANADSMATT = ("budget", "utfall", "avvikelse")
ARSMATT = (
    "prognos",
    "budgeterade-personer",
    "prognostiserade-personer",
    "budgeterat-pris",
    "prognostiserat-pris",
)
ALLA_MATT = (*DAGSMATT, *MANADSMATT, *ARSMATT)
ADDITIVA = ("vardygn", "kostnad", "vardygn-utan-pris", *MANADSMATT)
"""Measures whose adjacent periods add up."""

_UR_HANDELSEN: Mapping[str, type[Handelse]] = {
    **dict.fromkeys(DAGSMATT, PlaceringPaborjad),
    **dict.fromkeys(("budget", "budgeterade-personer", "budgeterat-pris"), BudgetFaststalld),
    **dict.fromkeys(("utfall", "avvikelse"), UtfallBokfort),
    **dict.fromkeys(("prognos", "prognostiserade-personer", "prognostiserat-pris"), PrognosFaststalld),
}
"""Without an event of the type, a measure has next to nothing to say."""

_VISTELSEDRAG: Mapping[str, tuple[Varde, ...]] = {
    "malgrupp": ("barn", "unga"),
    "kon": ("kvinna", "man", "okand"),
    "insatsform": ("hvb", "familjehemEget"),
    "regi": ("egen", "extern"),
    "lagrum": ("SoL", "LVU", "LVM"),
    "avtalsform": ("egenRegi", "ramavtal", "uppdragsavtal"),
    "utforare": (*UTFORARE, None),
    "prissort": ("dygn", "manad", "annanBetalar", None),
}
_BELOPPSDRAG: Mapping[str, tuple[Varde, ...]] = {
    "namnd": (NAMND, "Vård- och omsorgsnämnden"),
    "verksamhet": ("Barn och unga", "Vuxna"),
    "kontogrupp": ("personal", "kopAvVerksamhet"),
    "konto": ("4530", None),
    "malgrupp": ("barn", "unga", None),
    "insatsform": ("hvb", "familjehemEget", None),
    "regi": ("egen", "extern", None),
    "prissort": ("dygn", "manad", None),
    "underslag": ("delar1", "delar2", "faststalld", "tillaggsanslag", "A1"),
}

dagar = st.sampled_from([-32, -1, 0, 30, 31, 59, 90, 120, 121, 243, 365, 430]) | st.integers(-60, 440)


def dragen(matt: str) -> Mapping[str, tuple[Varde, ...]]:
    """Return the dimensions a measure can be split and filtered by, with values worth asking for."""
    return _VISTELSEDRAG if matt in DAGSMATT else _BELOPPSDRAG


@st.composite
def perioder(draw: st.DrawFn, matt: str) -> tuple[date, date]:
    """Draw a period that the measure can speak of; every other time the whole year."""
    if draw(st.booleans()):
        return NYAR, date(2025, 1, 1)
    if matt in ARSMATT:
        ar = draw(st.sampled_from([2023, 2024]))
        return date(ar, 1, 1), date(ar + draw(st.integers(1, 2)), 1, 1)
    if matt in MANADSMATT:
        nr = draw(st.integers(-2, 12))
        till = nr + draw(st.sampled_from([1, 3, 12]))
        return manadsstart(nr), manadsstart(till)
    fran = plus(NYAR, draw(st.sampled_from([-31, 0, 31]) | st.integers(-60, 120)))
    return fran, plus(fran, draw(st.sampled_from([1, 31, 182, 366]) | st.integers(1, 200)))


def manadsstart(nr: int) -> date:
    """Return the first day of the month so many months after January 2024."""
    return date(2024 + nr // 12, nr % 12 + 1, 1)


def besvarade_av(poster: Sequence[Post]) -> tuple[str, ...]:
    """Return the measures that a log has anything to say of."""
    typer = {type(post.handelse) for post in poster}
    matten = [matt for matt, typ in _UR_HANDELSEN.items() if typ in typer]
    return tuple(matten) or ALLA_MATT


@st.composite
def fragor(
    draw: st.DrawFn, matt: str, poster: Sequence[Post] = (), *, grupperad: bool = True, nu: datetime = SLUTET
) -> Orakelfraga:
    """Draw a question to a measure; given a log, as known at any of its positions or instants."""
    fran, till = draw(perioder(matt))
    drag = dragen(matt)
    urval = {}
    if draw(sallan):
        namn = draw(st.sampled_from(sorted(drag)))
        urval[namn] = tuple(draw(st.lists(st.sampled_from(drag[namn]), min_size=1, max_size=2, unique=True)))
    if draw(sallan):
        urval["kommun"] = (draw(st.sampled_from(KOMMUNER)),)
    tid: tuple[str, ...] = ("ar",) if matt in ARSMATT else ("ar", "manad")
    delar = st.lists(st.sampled_from([*sorted(drag), *tid]), max_size=2, unique=True)
    kant: datetime | int = nu
    if draw(ibland) and poster:
        ogonblick: list[datetime | int] = [0]
        for post in poster:
            ogonblick += [post.position, post.registrerad]
        kant = draw(st.sampled_from(ogonblick))
    return Orakelfraga(
        matt,
        fran,
        till,
        galler_den=plus(NYAR, draw(dagar if draw(ibland) else st.just(440))),
        kant=kant,
        regel=draw(st.sampled_from(["inEjUt", "inOchUt", "ejInUt"])),
        franvaro_raknas=draw(st.booleans()),
        gruppera=tuple(draw(delar)) if grupperad else (),
        urval=urval,
        ovagd=matt == "kostnad-per-dygn" and draw(st.booleans()),
        efter_vardmanad=matt in MANADSMATT and draw(st.booleans()),
    )


@st.composite
def frageblad(draw: st.DrawFn) -> list[Orakelfraga]:
    """Draw a question to a measure of stays and to one of amounts."""
    valda = draw(st.sampled_from(DAGSMATT)), draw(st.sampled_from((*MANADSMATT, *ARSMATT)))
    # Few shapes of question, since each new shape costs a compilation; the law of the oracle asks in every shape.
    enkla = st.sampled_from([(), ("malgrupp",), ("ar",)])
    return [replace(draw(fragor(matt, grupperad=False)), gruppera=draw(enkla), urval={}) for matt in valda]
