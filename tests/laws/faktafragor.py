"""Questions to the facts of every kind of stream, answered from the fact tables and by the oracle.

A question is about one kind of fact and a period of days (a standing is a period of one day), as of a day and a
position. Facts are clipped at the day, as a measure does: an interval is seen from its first day, and how it ended
when it has. The oracle's side is in ``orakel_arende`` and so on; what is here counts rows, whosever they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.arende.handelser import EnhetAndrad
from domain.atgard.handelser import AtgardIdentifierad
from domain.begrepp import Samling
from domain.fakta import Belopp, Fakta, Intervall, Punkt
from domain.gemensamt import MalgruppAndrad
from domain.katalog import AGGREGAT
from domain.placering.handelser import FranvaroRegistrerad, LagrumAndrat, PlaneratSlutAndrat
from domain.tid import OANDLIG_DAG
from tests.laws import (
    orakel_arende,
    orakel_arendepunkter,
    orakel_atgard,
    orakel_budgetperiod,
    orakel_placering,
    orakel_utforare,
)
from tests.laws.grund import NYAR, plus, sallan
from tests.laws.loggen import Grupp, Post, gallande_per_strom
from tests.laws.orakel_arendepunkter import OM_INSATS
from tests.laws.orakel_atgard import FASER
from tests.laws.orakel_fakta import Strommen

Rad = tuple[dict[str, Any], int]
"""Columns, and how many days (of an interval) or times (of the others) they held in the period."""


@dataclass(frozen=True)
class Faktafraga:
    """A question: a kind of fact in ``[fran, till)``, as of a day, as known at an instant or a position.

    Attributes:
        rakna: what is added up: rows (``antal_rader``; of intervals, days), a column, or streams (``strommar``).
        gruppera: the columns that the answer is split by.
        senaste: of statements of one thing, only the one that took effect last.
    """

    slag: str
    fran: date
    till: date
    galler_den: date
    kant: datetime | int
    rakna: str = "antal_rader"
    gruppera: tuple[str, ...] = ()
    senaste: bool = False


@dataclass(frozen=True)
class Bildfraga:
    """The question of everything: all facts, clipped at a day, as known at an instant or a position."""

    galler_den: date
    kant: datetime | int


@dataclass(frozen=True)
class Faktaslag:
    """A kind of fact: whose it is, its shape, and which columns say how it ended."""

    samling: Samling
    form: type[Fakta]
    slutdrag: tuple[str, ...] = ()


_EJ_JAMFORDA = frozenset(("handelser", "slag", "fran", "till", "inskrivning", "utskrivning", "ordning"))
"""Columns that tell where a fact comes from, when it held, or how it is counted at its ends: asked of in other ways."""

DRAG = {form: tuple(namn for namn in form._fields if namn not in _EJ_JAMFORDA) for form in (Intervall, Punkt, Belopp)}
"""The columns of each shape that answers are split by."""

RAKNAS: Mapping[type[Fakta], tuple[str, ...]] = {
    Intervall: ("antal_rader", "strommar", "antal"),
    Punkt: ("antal_rader", "strommar", "antal"),
    Belopp: ("antal_rader", "belopp", "antal"),
}
"""What is added up of each shape."""

RAKNAS_HOPVIS = ("antal_rader", "belopp", "antal")
"""What adds up over periods and groups; a stream may be in several."""


def raknas(fraga: Faktafraga) -> tuple[str, ...]:
    """Return what may be added up in a question."""
    return RAKNAS[FAKTASLAG[fraga.slag].form]


_INTERVALL: Mapping[Samling, Mapping[str, tuple[str, ...]]] = {
    Samling.ARENDEN: dict.fromkeys(
        ("arende", "problematik", "ensamkommande", "insats", "serviceinsats", "forhandsbedomning", "utredning",
         "beslutEjVerkstallt"),
        ("utfall", "planerat"),
    ),
    Samling.PLACERINGAR: {"vistelse": (), "franvaro": ()},
    Samling.ATGARDER: {"atgardsfas": ("utfall",), "atgardsforsening": (), "deluppdrag": ()},
    Samling.BUDGETPERIODER: {"atagande": (), "atagandeForsenat": (), "riktlinje": ()},
    Samling.UTFORARE: dict.fromkeys(
        ("utforare", "organisation", "plats", "avtalsvolym", "ramavtal", "abonnemang", "ko"), ()
    ),
}  # fmt: skip
_PUNKTER: Mapping[Samling, tuple[str, ...]] = {
    Samling.ARENDEN: (
        *(typ.typ for typ in AGGREGAT[Samling.ARENDEN].beslut if typ not in (MalgruppAndrad, EnhetAndrad)),
        "ombudstimmar", *(f"service{typ.typ}" for typ in OM_INSATS),
    ),
    Samling.PLACERINGAR: (
        *(typ.typ for typ in AGGREGAT[Samling.PLACERINGAR].beslut
          if typ not in (LagrumAndrat, PlaneratSlutAndrat, FranvaroRegistrerad)),
        "direktupphandling",
    ),
    Samling.ATGARDER: (*(typ.typ for typ in FASER if typ is not AtgardIdentifierad), "fardiggrad.satt"),
    Samling.BUDGETPERIODER: (
        "mal.faststallt", "mal.bedomt", "atagande.startat", "atagande.avslutat", "riktlinje.beslutad", "invanargrupp",
        "uppgift", "uppgiftEjRedovisbar", "internkontroll.genomford", "internkontrollrisk", "rapport.faststalld",
        "periodiseringsprincip.andrad", "tryckfel.upptackt", "definition.andrad", "avvikelse.redovisad",
    ),
    Samling.UTFORARE: (
        "utforare.avslutad", "upphandling.genomford", "tillstand.kontrollerat", "uppfoljning.gjord",
        "avtalsuppfoljning", "ekonomi.kontrollerad", "platsforfragan.avbojd", "servicedygn", "servicepersoner",
        "belaggning.redovisad", "ko.stalld", "ko.upphord",
    ),
}  # fmt: skip
_BELOPP: Mapping[Samling, tuple[str, ...]] = {
    Samling.ATGARDER: (
        "budgeteradEffekt", "forvantadEffekt", "forvantadTotaleffekt", "uppnaddEffekt", "alternativkostnad",
        "bedomtArende",
    ),
    Samling.BUDGETPERIODER: (
        "budget", "utfall", "prognos", "investeringsbudget", "investeringsutfall", "investeringsprognos", "invanare",
        "ersattning.sokt", "ersattning.beviljad", "ersattning.avslagen", "ersattning.aterbetald", "malvarde",
        "malutfall", "register",
    ),
}  # fmt: skip

FAKTASLAG: Mapping[str, Faktaslag] = {
    **{slag: Faktaslag(s, Intervall, slut) for s, slagen in _INTERVALL.items() for slag, slut in slagen.items()},
    **{slag: Faktaslag(s, Punkt) for s, slagen in _PUNKTER.items() for slag in slagen},
    **{slag: Faktaslag(s, Belopp) for s, slagen in _BELOPP.items() for slag in slagen},
}
"""Every kind of fact that is asked about. (Volumes of budget and forecast, with their ranks, the measures answer.)"""

SENASTE: Mapping[str, tuple[str, ...]] = {
    "budgeteradEffekt": ("strom", "manad"),
    "forvantadEffekt": ("strom", "manad"),
    "forvantadTotaleffekt": ("strom",),
}
"""Kinds that are statements, of which the latest rules: what is one thing to state."""


# From the fact tables -----------------------------------------------------------------------------------------------


def kanda_fakta(form: type[Fakta], rader: Iterable[Sequence[Any]], position: int) -> Iterator[tuple[str, Any]]:
    """Yield stream and fact of the rows known at a position."""
    for strom, _, kand_fran, kand_till, *falt in rader:
        if kand_fran <= position < kand_till:
            yield strom, form._make(falt)


def klippt(f: Any, galler_den: date) -> Any:
    """Return a fact as it is seen on a day, without its origin; None where it is not yet seen.

    An interval that goes on past the day is open, and nothing is known of how it ends.
    """
    dag = galler_den.toordinal()
    if isinstance(f, Intervall):
        if f.till > dag:
            slut: dict[str, Any] = dict.fromkeys(FAKTASLAG[f.slag].slutdrag) if f.slag in FAKTASLAG else {}
            f = f._replace(till=OANDLIG_DAG, utskrivning=0, **slut)
        return f._replace(handelser="") if f.fran <= dag else None
    return f._replace(handelser="") if f.dag <= dag else None


def bilden(fakta: Iterable[tuple[str, Any]], galler_den: date) -> Counter[tuple[Any, ...]]:
    """Return everything seen on a day; what held no day is not seen."""
    sedda = ((strom, klippt(f, galler_den)) for strom, f in fakta)
    return Counter(
        (type(f).__name__, strom, *f)
        for strom, f in sedda
        if f is not None and not (isinstance(f, Intervall) and f.fran >= f.till)
    )


def ur_fakta(fakta: Iterable[tuple[str, Any]], fraga: Faktafraga) -> Iterator[Rad]:
    """Yield the facts that a question lets through."""
    rader = [
        (strom, k) for strom, f in fakta if f.slag == fraga.slag and (k := klippt(f, fraga.galler_den)) is not None
    ]
    if fraga.senaste:
        rader.sort(key=lambda rad: rad[1].ordning)
    svar = []
    for strom, f in rader:
        drag = {namn: getattr(f, namn) for namn in DRAG[type(f)]} | {"strom": strom}
        for namn in ("dag", "manad", "avser_manad"):
            if drag.get(namn) is not None:
                drag[namn] = date.fromordinal(drag[namn])
        svar.append((drag, _ganger(f, fraga)))
    yield from (rad for rad in _senaste(svar, fraga) if rad[1])


def _ganger(f: Any, fraga: Faktafraga) -> int:
    if isinstance(f, Intervall):
        till = min(fraga.till, fraga.galler_den + timedelta(days=1)).toordinal()
        return max(0, min(f.till, till) - max(f.fran, fraga.fran.toordinal()))
    dag = date.fromordinal(f.manad if isinstance(f, Belopp) else f.dag)
    return int(fraga.fran <= dag < fraga.till)


def _senaste(rader: Sequence[Rad], fraga: Faktafraga) -> Sequence[Rad]:
    """Return the last statement of each thing, if only that is asked about; the rows come in the order of effect."""
    if not fraga.senaste:
        return rader
    return list({tuple(drag[namn] for namn in SENASTE[fraga.slag]): (drag, n) for drag, n in rader}.values())


# From the oracle ----------------------------------------------------------------------------------------------------

ORAKEL: Mapping[Samling, Any] = {
    Samling.ARENDEN: orakel_arende,
    Samling.PLACERINGAR: orakel_placering,
    Samling.ATGARDER: orakel_atgard,
    Samling.BUDGETPERIODER: orakel_budgetperiod,
    Samling.UTFORARE: orakel_utforare,
}
_UTAN_VARDE = {
    Intervall: {"antal": 1000, "betald": 1},
    Punkt: {"antal": 1000},
    Belopp: {"belopp": 0},
}
"""What a column says where the oracle says nothing."""


def ur_oraklet(poster: Sequence[Post], fraga: Faktafraga) -> Iterator[Rad]:
    """Yield what the oracle says that a question lets through."""
    slag = FAKTASLAG[fraga.slag]
    rader: list[Rad] = []
    for nyckel, handelser in gallande_per_strom(poster, fraga.kant, slag.samling).items():
        s = Strommen(nyckel, handelser, fraga.galler_den)
        grund = {**dict.fromkeys(DRAG[slag.form]), **_UTAN_VARDE[slag.form], "strom": nyckel.hex}
        rader += [({**grund, **drag}, n) for drag, n in _strommens(s, fraga)]
    yield from (rad for rad in _senaste(rader, fraga) if rad[1])


def _strommens(s: Strommen, fraga: Faktafraga) -> Iterator[Rad]:
    slag = FAKTASLAG[fraga.slag]
    orakel = orakel_arendepunkter if slag.form is Punkt and slag.samling is Samling.ARENDEN else ORAKEL[slag.samling]
    if slag.form is Intervall:
        for nr in range((min(fraga.till, fraga.galler_den + timedelta(days=1)) - fraga.fran).days):
            staende = orakel.star(s, fraga.fran + timedelta(days=nr))
            yield from ((drag, 1) for namn, drag in staende if namn == fraga.slag)
    elif slag.form is Punkt:
        for namn, dag, drag in orakel.hande(s):
            if namn == fraga.slag and dag <= fraga.galler_den:
                yield {**drag, "dag": dag}, int(fraga.fran <= dag < fraga.till)
    else:
        for namn, drag in orakel.belopp(s):
            if namn == fraga.slag:
                yield drag, int(fraga.fran <= drag["manad"] < fraga.till)


# Answers ------------------------------------------------------------------------------------------------------------


def sammanstall(rader: Iterable[Rad], fraga: Faktafraga) -> tuple[dict[Grupp, int], int]:
    """Return the answer per group and in all; a group of nothing is left out."""
    rader = list(rader)
    grupper: dict[Grupp, list[Rad]] = defaultdict(list)
    for drag, ganger in rader:
        grupper[tuple(drag[namn] for namn in fraga.gruppera)].append((drag, ganger))
    per_grupp = {grupp: _raknat(delar, fraga.rakna) for grupp, delar in grupper.items()}
    return {grupp: antal for grupp, antal in per_grupp.items() if antal}, _raknat(rader, fraga.rakna)


def _raknat(rader: Sequence[Rad], rakna: str) -> int:
    if rakna == "strommar":
        return len({drag["strom"] for drag, _ in rader})
    if rakna == "antal_rader":
        return sum(ganger for _, ganger in rader)
    return sum(ganger * (drag[rakna] or 0) for drag, ganger in rader)


# Questions worth asking ---------------------------------------------------------------------------------------------


@st.composite
def faktafragor(
    draw: st.DrawFn, poster: Sequence[Post], *, kant: datetime | int, slagen: Sequence[str] = (), hela: bool = True
) -> Faktafraga:
    """Draw a question to the facts of a log, about days on which something happens in it; as a rule of every column."""
    samlingar = {post.samling for post in poster}
    slag = draw(st.sampled_from([*(slagen or FAKTASLAG)] if not samlingar else _om(samlingar, slagen)))
    form = FAKTASLAG[slag].form
    dagar = sorted({post.handelse.datum for post in poster}) or [NYAR]
    galler_den = plus(draw(st.sampled_from([*dagar, dagar[-1]])), draw(st.sampled_from([0, 0, -1, 1, 400])))
    fran, till = min(dagar[0], NYAR), plus(dagar[-1], 90)
    if form is Intervall:
        fran = plus(draw(st.sampled_from([*dagar, galler_den])), draw(st.sampled_from([0, 0, -1, 1])))
        till = plus(fran, draw(st.sampled_from([1, 1, 2, 40])))
    elif draw(sallan):
        fran = draw(st.sampled_from(dagar))
    if form is Belopp:
        fran, till = date(2022, 1, 1), max(date(2026, 1, 1), till)
    alla = (*DRAG[form], "strom")
    delar = alla if hela and draw(st.integers(0, 3)) else tuple(draw(st.sets(st.sampled_from(alla), max_size=2)))
    return Faktafraga(
        slag, fran, till, galler_den, kant,
        rakna=draw(st.sampled_from(RAKNAS[form])), gruppera=delar, senaste=slag in SENASTE and draw(st.booleans()),
    )  # fmt: skip


def _om(samlingar: Collection[Samling], slagen: Sequence[str]) -> list[str]:
    return [s for s, f in FAKTASLAG.items() if f.samling in samlingar and (not slagen or s in slagen)] or [*slagen]
