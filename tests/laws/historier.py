"""Histories for the laws: proposals over every kind of stream, in any order they could reach the ledger.

A history is a list of ``Steg``. It is *likely* legal, not surely: the ledger decides, and what it refuses is dropped.
Dates crowd on the edges (first day, last day, turn of a month) since that is where counting goes wrong. Registration
comes on time, late or, for plans, ahead; corrections name earlier proposals, corrections among them. What happens in
the streams of a kind is in a file of its own (``historier_arende`` and so on).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import strategies as st

from application.envelope import Forslag
from domain.arende.handelser import (
    AktualiseringInkommen,
    AnsvarOverlamnat,
    AnsvarOvertaget,
    ArendeAktualiserat,
    ArendeAteroppnat,
    ArendeAvslutat,
    ForhandsbedomningAvslutad,
    UtredningAvslutad,
    UtredningPaborjad,
)
from domain.atgard.handelser import AtgardBeslutad, AtgardIdentifierad, AtgardPaborjad
from domain.begrepp import Samling
from domain.budgetperiod.handelser import BokslutFaststallt, BudgetFaststalld, ManadStangd
from domain.handelse import Handelse, HandelseMakulerad
from domain.placering.handelser import PlaceringPaborjad
from domain.utforare.handelser import AbonnemangUpphort, RamavtalUpphort, UtforareAndrad, UtforareRegistrerad
from tests.laws import (
    historier_arende,
    historier_atgard,
    historier_budgetperiod,
    historier_pengar,
    historier_placering,
    historier_utforare,
)
from tests.laws.grund import (
    ARENDEN,
    ATGARDER,
    KOMMUNER,
    NYAR,
    PERSONER,
    UTFORARE,
    Strom,
    Variationer,
    ibland,
    plus,
    variera,
)
from tests.laws.historier_arende import borjan_av_arende, nasta_i_arende
from tests.laws.historier_atgard import borjan_av_atgard, nasta_i_atgard
from tests.laws.historier_budgetperiod import nasta_i_aret
from tests.laws.historier_pengar import budgetar
from tests.laws.historier_placering import vardkedja
from tests.laws.historier_utforare import borjan_av_utforare, nasta_hos_utforaren
from tests.laws.provliggare import Steg

ALLA_VARIATIONER = (
    historier_arende.VARIATIONER, historier_atgard.VARIATIONER, historier_budgetperiod.VARIATIONER,
    historier_pengar.VARIATIONER, historier_placering.VARIATIONER, historier_utforare.VARIATIONER,
)  # fmt: skip

VARIATIONER = Variationer(
    falt={typ: falt for v in ALLA_VARIATIONER for typ, falt in v.falt.items()},
    flytt={typ: flytt for v in ALLA_VARIATIONER for typ, flytt in v.flytt.items()},
)

BORJAN = (ArendeAktualiserat, AtgardIdentifierad, BudgetFaststalld, PlaceringPaborjad, UtforareRegistrerad)
"""What a stream begins with."""

SPARRAR = (ManadStangd, BokslutFaststallt, RamavtalUpphort, AbonnemangUpphort)
"""What forbids later events (closings, ends of agreements): it comes after the rest, however late that is."""

GRUNDER = (AtgardBeslutad, AtgardPaborjad, ArendeAteroppnat)
"""What later days rest on: nothing of them comes before it."""

I_FOLJD: Mapping[type[Handelse], str] = {
    **dict.fromkeys((ArendeAktualiserat, AktualiseringInkommen, ForhandsbedomningAvslutad), "förhandsbedömning"),
    **dict.fromkeys((UtredningPaborjad, UtredningAvslutad, ArendeAvslutat, ArendeAteroppnat), "ärendets gång"),
    **dict.fromkeys((AnsvarOvertaget, AnsvarOverlamnat), "ansvar"),
    UtforareAndrad: "ålder",
}
"""Events that are decided on by what came before of the same kind, so that they must come in order."""

NYCKLAR = (
    "aktualisering_id", "utredning_id", "beslut_id", "overklagande_id", "insats_id", "placering_id", "arende_id",
    "deluppdrag_id", "ko_id", "ersattning_id", "mal_id", "atagande_id",
)  # fmt: skip
"""Fields that name a thing in a stream: what happens in one thing comes in order."""


# What happened --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Inslag:
    """An event of a history, before it is decided when it reaches the ledger."""

    strom: Strom
    handelse: Handelse
    handelse_id: UUID


Historia = list[Inslag]
"""Events of several streams; those of a stream in the order somebody would tell them."""

Par = tuple[Strom, Handelse]
Nasta = Callable[[Sequence[Handelse], str], st.SearchStrategy[Handelse]]
"""What happens in a stream in which so much has happened, of the kinds given."""


@st.composite
def kedja(draw: st.DrawFn, strom: Strom, borjan: Handelse, nasta: Nasta, amnen: Sequence[str]) -> list[Par]:
    """Draw a stream: its beginning, and then one thing after another."""
    hittills = [borjan]
    # Events of one kind disturb each other the most.
    amne = draw(st.sampled_from(amnen))
    for _ in range(draw(st.integers(1, 8))):
        hittills.append(draw(nasta(hittills, amne)))
    return [(strom, h) for h in hittills]


@st.composite
def arenden(draw: st.DrawFn) -> list[Par]:
    """Draw a case."""
    borjan = draw(borjan_av_arende(plus(NYAR, draw(st.integers(-40, 60))), draw(st.sampled_from(PERSONER))))
    amnen = (historier_arende.AMNEN, historier_arende.AMNEN, "s", "bs", "b", "i", "uia", "ha", "hsa")
    return draw(kedja((Samling.ARENDEN, ARENDEN[0]), borjan, nasta_i_arende, amnen))


@st.composite
def atgarder(draw: st.DrawFn) -> list[Par]:
    """Draw an åtgärd."""
    borjan = draw(borjan_av_atgard(plus(NYAR, draw(st.integers(-40, 30)))))
    amnen = (historier_atgard.AMNEN, historier_atgard.AMNEN, "bplx", "sj", "ua", "e", "dfb")
    return draw(kedja((Samling.ATGARDER, ATGARDER[0]), borjan, nasta_i_atgard, amnen))


@st.composite
def utforare(draw: st.DrawFn) -> list[Par]:
    """Draw a provider."""
    borjan = draw(borjan_av_utforare(plus(NYAR, -20)))
    amnen = (historier_utforare.AMNEN, historier_utforare.AMNEN, "p", "uo", "rx", "az", "v", "k", "pon")
    return draw(kedja((Samling.UTFORARE, UTFORARE[0]), borjan, nasta_hos_utforaren, amnen))


@st.composite
def budgetaret(draw: st.DrawFn, kommun: str) -> list[Par]:
    """Draw a board's year: its money, and as often what is beside it."""
    resultat = draw(budgetar(kommun))
    strom, borjan = resultat[0]
    if draw(st.booleans()):
        amnen = (historier_budgetperiod.AMNEN, historier_budgetperiod.AMNEN, "e", "m", "a", "r", "u")
        resultat += draw(kedja(strom, borjan, nasta_i_aret, amnen))[1:]
    return resultat


@st.composite
def historier(draw: st.DrawFn, samlingar: Sequence[Samling] = ()) -> Historia:
    """Draw what happened in a few streams, without corrections."""
    # Seldom all at once: short histories say as much and are sooner told.
    e, g, p, b, u = Samling.ARENDEN, Samling.ATGARDER, Samling.PLACERINGAR, Samling.BUDGETPERIODER, Samling.UTFORARE
    valda = samlingar or draw(st.sampled_from([(p,), (p, u), (b,), (p, b), (e,), (e,), (g,), (e, g), (b, u), (u,)]))
    par: list[Par] = []
    if Samling.ARENDEN in valda:
        par += draw(arenden())
    if Samling.PLACERINGAR in valda:
        for nr in range(draw(st.integers(1, 2))):
            par += draw(vardkedja(1000 + 10 * nr))
    if Samling.ATGARDER in valda:
        par += draw(atgarder())
    if Samling.BUDGETPERIODER in valda:
        for kommun in KOMMUNER[: draw(st.sampled_from([1, 1, 2]))]:
            par += draw(budgetaret(kommun))
    if Samling.UTFORARE in valda:
        par += draw(utforare())
    return [Inslag(strom, handelse, UUID(int=5000 + nr)) for nr, (strom, handelse) in enumerate(par)]


# How it reached the ledger --------------------------------------------------------------------------------------


def ankomst(dag: date, dagar: int) -> datetime:
    """Return the instant an event of a day reaches the ledger so many days later, at noon."""
    return datetime.combine(plus(dag, dagar), time(12), UTC)


def forslaget(inslag: Inslag, rattar: UUID | None = None) -> Forslag:
    """Return an event as a proposal."""
    return Forslag(inslag.strom[0], inslag.strom[1], inslag.handelse, inslag.handelse_id, rattar)


def i_tid(historia: Historia) -> list[Steg]:
    """Return a history told on time: every event on its day, a stream's beginning first."""
    return med_drojsmal(historia, [0] * len(historia))


def _foljer_pa(h: Handelse) -> set[object]:
    """Return what an event comes in order with."""
    nycklar: set[object] = {h.datum, I_FOLJD.get(type(h), h.datum)}
    return nycklar | {nyckel for falt in NYCKLAR if (nyckel := getattr(h, falt, None)) is not None}


def med_drojsmal(historia: Historia, drojsmal: Sequence[int]) -> list[Steg]:
    """Return a history told late, each event by so many days.

    What must come in order still does: a stream's beginning before the rest, events of one stream and day as they
    were told, what happens in one thing as it happened, and what forbids later events after the rest.
    """

    def turordning(nr: int) -> tuple[bool, bool, date, int]:
        h = historia[nr].handelse
        return not isinstance(h, BORJAN), isinstance(h, SPARRAR), h.datum, nr

    tidigast: dict[Strom, datetime] = {}
    senast: dict[tuple[Strom, object], datetime] = {}
    sist: dict[Strom, datetime] = {}
    tider: list[tuple[datetime, int]] = []
    ordning = sorted(range(len(historia)), key=turordning)
    for nr in ordning:
        strom, h = historia[nr].strom, historia[nr].handelse
        nar = ankomst(h.datum, drojsmal[nr])
        nar = max([nar, tidigast.setdefault(strom, nar), *(senast.get((strom, n), nar) for n in _foljer_pa(h))])
        if isinstance(h, SPARRAR):
            nar = max(nar, sist[strom])
        if isinstance(h, GRUNDER):
            tidigast[strom] = nar
        sist[strom] = max(nar, sist.get(strom, nar))
        senast |= {(strom, n): nar for n in _foljer_pa(h)}
        tider.append((nar, nr))
    plats = {nr: k for k, nr in enumerate(ordning)}
    return [Steg(nar, forslaget(historia[nr])) for nar, nr in sorted(tider, key=lambda par: (par[0], plats[par[1]]))]


def variant(h: Handelse) -> st.SearchStrategy[Handelse]:
    """Return wrong (or better) versions of an event: another day, another content."""
    return variera(h, VARIATIONER)


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
