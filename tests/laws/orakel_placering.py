"""The oracle of stays: every day of care looked at by itself."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from domain.begrepp import Avslutsorsak, Avtalsform, Lagrum, Malgrupp, Prissort, Samling
from domain.gemensamt import MalgruppAndrad, Pris
from domain.handelse import Handelse
from domain.placering.handelser import (
    AvtalsformAndrad,
    BetalningsansvarOverlamnat,
    BetalningsansvarOvertaget,
    FranvaroRegistrerad,
    LagrumAndrat,
    PlaceringAvslutad,
    PlaceringPaborjad,
    PrisAndrat,
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
