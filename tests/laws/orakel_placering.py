"""The oracle of stays: every day of care looked at by itself."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from domain.begrepp import Avslutsorsak, Avtalsform, Lagrum, Malgrupp, Prissort, Samling
from domain.gemensamt import MalgruppAndrad, Pris
from domain.handelse import Handelse
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
    PrisAndrat,
    VardplanUpprattad,
)
from tests.laws.loggen import (
    Drag,
    Grupp,
    Orakelfraga,
    Post,
    Tabell,
    gallande_strommar,
    gruppen,
    kvot,
    passerade_dagar,
    slapps_igenom,
    summera,
)
from tests.laws.orakel_fakta import Drag as Fakta
from tests.laws.orakel_fakta import Strommen, hexat, ordet, ore


@dataclass(frozen=True)
class Dygn:
    """A day of a stay that the rule for its ends counts.

    ``vard`` tells whether it is a care day (it is not where the person is away and absence is not counted);
    ``kostnad`` is None where the price is not known, and where somebody else pays.
    """

    dag: date
    person: UUID
    drag: Drag
    vard: bool
    kostnad: Fraction | None


def dygnet_raknas(dag: date, borjan: PlaceringPaborjad, slut: PlaceringAvslutad | None, regel: str) -> bool:
    """Return whether a day lies in a stay and counts, absence aside."""
    if dag < borjan.datum or (slut is not None and dag > slut.datum):
        return False
    mottagen = borjan.foregaende_placering_id is not None
    flyttad = slut is not None and slut.orsak is Avslutsorsak.OMPLACERING
    if slut is not None and slut.datum == borjan.datum:
        return not flyttad
    if dag == borjan.datum:
        return mottagen or regel in ("inEjUt", "inOchUt")
    if slut is not None and dag == slut.datum:
        return not flyttad and regel in ("inOchUt", "ejInUt")
    return True


def franvaro_den(
    dag: date, borjan: PlaceringPaborjad, slut: PlaceringAvslutad | None, handelser: Sequence[Handelse]
) -> FranvaroRegistrerad | None:
    """Return the absence of a day, if any; an absence ends when the stay does, on the day of discharge."""
    if slut is not None and dag == slut.datum and slut.datum != borjan.datum:
        return None
    for h in handelser:
        if isinstance(h, FranvaroRegistrerad) and h.datum <= dag < h.till:
            return h
    return None


def dagspris(pris: Pris | None, dag: date) -> Fraction | None:
    """Return what a day costs; a monthly fee is spread over the days of the month."""
    if pris is None:
        return None
    if pris.sort is Prissort.MANAD:
        return Fraction(pris.belopp) / calendar.monthrange(dag.year, dag.month)[1]
    return Fraction(pris.belopp)


@dataclass
class Lage:
    """What holds in a stay on a day."""

    malgrupp: Malgrupp
    lagrum: Lagrum
    pris: Pris | None
    avtalsform: Avtalsform
    namnden_betalar: bool = True

    @property
    def prissort(self) -> str | None:
        """Return what the board's price is per; a day another pays for is of a kind of its own."""
        if not self.namnden_betalar:
            return "annanBetalar"
        return self.pris.sort.value if self.pris is not None else None


def laget(dag: date, borjan: PlaceringPaborjad, handelser: Sequence[Handelse]) -> Lage:
    """Return what holds on a day, after every event up to and including it."""
    lage = Lage(borjan.malgrupp, borjan.lagrum, borjan.pris, borjan.avtalsform)
    for h in handelser:
        if h.datum > dag:
            continue
        if isinstance(h, MalgruppAndrad):
            lage.malgrupp = h.malgrupp
        elif isinstance(h, LagrumAndrat):
            lage.lagrum = h.lagrum
        elif isinstance(h, PrisAndrat):
            lage.pris = h.pris
        elif isinstance(h, AvtalsformAndrad):
            lage.avtalsform = h.avtalsform
        elif isinstance(h, BetalningsansvarOverlamnat | BetalningsansvarOvertaget):
            lage.namnden_betalar = isinstance(h, BetalningsansvarOvertaget)
    return lage


def vistelsens_dygn(handelser: Sequence[Handelse], fraga: Orakelfraga) -> Iterator[Dygn]:
    """Yield the counted days of one stay in the period."""
    sedda = [h for h in handelser if h.datum <= fraga.galler_den]
    borjan = next((h for h in sedda if isinstance(h, PlaceringPaborjad)), None)
    if borjan is None:
        return
    slut = next((h for h in sedda if isinstance(h, PlaceringAvslutad)), None)
    for dag in fraga.dagar:
        if dag > fraga.galler_den or not dygnet_raknas(dag, borjan, slut, fraga.regel):
            continue
        lage = laget(dag, borjan, sedda)
        borta = franvaro_den(dag, borjan, slut, sedda)
        kostnad = dagspris(lage.pris, dag) if lage.namnden_betalar else None
        if borta is not None and not borta.betald and kostnad is not None:
            kostnad = Fraction(0)
        yield Dygn(
            dag,
            borjan.person_id,
            {
                "kommun": borjan.kommun,
                "malgrupp": lage.malgrupp.value,
                "kon": borjan.kon.value,
                "insatsform": borjan.insatsform.value,
                "regi": borjan.regi.value,
                "lagrum": lage.lagrum.value,
                "avtalsform": lage.avtalsform.value,
                "utforare": borjan.utforare_id,
                "prissort": lage.prissort,
            },
            vard=borta is None or fraga.franvaro_raknas,
            kostnad=kostnad,
        )


def alla_dygn(poster: Sequence[Post], fraga: Orakelfraga) -> list[Dygn]:
    """Return the counted days of every stay that the question's filters let through."""
    return [
        dygn
        for handelser in gallande_strommar(poster, fraga.kant, Samling.PLACERINGAR)
        for dygn in vistelsens_dygn(handelser, fraga)
        if slapps_igenom(dygn.drag, fraga.urval)
    ]


# Answers --------------------------------------------------------------------------------------------------------


def _vardygn(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    return summera((gruppen(d.dag, d.drag, fraga.gruppera), Fraction(1)) for d in dygn if d.vard)


def _personer_per_dygn(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    return summera(
        (gruppen(d.dag, d.drag, fraga.gruppera), Fraction(1, passerade_dagar(d.dag, fraga))) for d in dygn if d.vard
    )


def _unika_personer(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    par = {(gruppen(d.dag, d.drag, fraga.gruppera), d.person) for d in dygn if d.vard}
    return summera((grupp, Fraction(1)) for grupp, _ in par)


def _kostnad(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    return summera((gruppen(d.dag, d.drag, fraga.gruppera), d.kostnad) for d in dygn if d.kostnad is not None)


def _vardygn_utan_pris(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    return _vardygn([d for d in dygn if d.drag["prissort"] is None], fraga)


def _kostnad_per_dygn(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    if not fraga.ovagd:
        prissatta = [d for d in dygn if d.kostnad is not None]
        return kvot(_kostnad(prissatta, fraga), _vardygn(prissatta, fraga))
    celler: dict[Grupp, dict[Grupp, list[Dygn]]] = defaultdict(lambda: defaultdict(list))
    for d in dygn:
        if d.drag["prissort"] == "dygn":
            cell = gruppen(d.dag, d.drag, ("malgrupp", "insatsform"))
            celler[gruppen(d.dag, d.drag, fraga.gruppera)][cell].append(d)
    resultat: Tabell = {}
    for grupp, delar in celler.items():
        varden = []
        for innehall in delar.values():
            antal = sum(d.vard for d in innehall)
            if antal:
                varden.append(sum((d.kostnad or Fraction(0) for d in innehall), Fraction(0)) / antal)
        if varden:
            resultat[grupp] = sum(varden, Fraction(0)) / len(varden)
    return resultat


UR_VISTELSER: Mapping[str, Callable[[Sequence[Dygn], Orakelfraga], Tabell]] = {
    "vardygn": _vardygn,
    "personer-per-dygn": _personer_per_dygn,
    "unika-personer": _unika_personer,
    "kostnad": _kostnad,
    "vardygn-utan-pris": _vardygn_utan_pris,
    "kostnad-per-dygn": _kostnad_per_dygn,
}

# Facts ----------------------------------------------------------------------------------------------------------


def star(s: Strommen, dag: date) -> Iterator[tuple[str, Fakta]]:
    """Yield the stay of a day, whatever rule says which of its ends is counted, and the absence from it."""
    borjan = next(iter(s.av(PlaceringPaborjad)), None)
    slut = next(iter(s.av(PlaceringAvslutad)), None)
    if borjan is None or dag < borjan.datum:
        return
    samma_dag = slut is not None and slut.datum == borjan.datum and slut.orsak is not Avslutsorsak.OMPLACERING
    if slut is not None and dag >= slut.datum and not (samma_dag and dag == slut.datum):
        return
    yield "vistelse", platsens_drag(s, borjan, dag)
    borta = franvaro_den(dag, borjan, slut, s.handelser)
    if borta is not None:
        yield "franvaro", {**platsens_drag(s, borjan, dag), "betald": int(borta.betald)}


def platsens_drag(s: Strommen, borjan: PlaceringPaborjad, dag: date) -> Fakta:
    """Return what a stay was on a day."""
    lage = laget(dag, borjan, s.handelser)
    slag = [h.placeringsslag for h in (borjan, *s.av(PlaceringsslagAndrat)) if h.datum <= dag]
    betalt = lage.pris if lage.namnden_betalar else None
    return {
        "kommun": borjan.kommun, "person": borjan.person_id.hex, "malgrupp": ordet(lage.malgrupp),
        "kon": ordet(borjan.kon), "insatsform": ordet(borjan.insatsform), "regi": ordet(borjan.regi),
        "lagrum": ordet(lage.lagrum), "avtalsform": ordet(lage.avtalsform), "utforare": hexat(borjan.utforare_id),
        "prissort": lage.prissort, "pris": ore(betalt.belopp) if betalt is not None else None,
        "fodelsear": borjan.fodelsear, "arende": borjan.arende_id.hex, "enhet": borjan.enhet,
        "underslag": ordet(slag[-1]) if slag else None,
    }  # fmt: skip


def hande(s: Strommen) -> Iterator[tuple[str, date, Fakta]]:
    """Yield what happened in a stay, with what held in it on the day."""
    borjan = next(iter(s.av(PlaceringPaborjad)), None)
    for h in s.handelser if borjan is not None else ():
        assert borjan is not None
        drag = platsens_drag(s, borjan, max(h.datum, borjan.datum))
        for slag, annat in _punkter(h):
            yield slag, h.datum, {k: v for k, v in drag.items() if k not in ("prissort", "pris")} | annat


def _punkter(h: Any) -> Iterator[tuple[str, Fakta]]:
    if isinstance(h, PlaceringPaborjad):
        yield h.typ, {"utfall": ordet(h.omplacering)}
    elif type(h) in _PUNKTER:
        yield h.typ, _PUNKTER[type(h)](h)
    elif isinstance(h, PrisAndrat | MalgruppAndrad) and h.orsak is not None:
        yield h.typ, {"utfall": ordet(h.orsak)}
    if isinstance(h, PlaceringPaborjad | AvtalsformAndrad) and h.direktupphandlingsorsak is not None:
        yield "direktupphandling", {"utfall": ordet(h.direktupphandlingsorsak)}


_PUNKTER: Mapping[type[Handelse], Callable[[Any], Fakta]] = {
    PlaceringAvslutad: lambda h: {"utfall": ordet(h.orsak), "planerat": int(h.planerat)},
    InsatsUtvarderad: lambda h: {
        "utfall": ordet(h.mal_uppnadda), "planerat": int(h.arbetade_med_problematiken),
    },
    BetalningsansvarOverlamnat: lambda h: {"utfall": ordet(h.betalare)},
    HalsoundersokningGjord: lambda h: {"utfall": ordet(h.slag)},
    VardplanUpprattad: lambda h: {"utfall": "reviderad" if h.reviderad else "upprattad"},
    **dict.fromkeys(
        (OvervagandeGjort, OmprovningGjord, HemtagningPaborjad, BetalningsansvarOvertaget, AvtalsformAndrad,
         PlaceringsslagAndrat),
        lambda _: {},
    ),
}  # fmt: skip
