"""Where units belong, told plainly: the slow reference that questions about the organisation are judged by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from domain.begrepp import Samling
from domain.handelse import HandelseMakulerad
from domain.placering.handelser import PlaceringPaborjad
from domain.utforare.handelser import OrganisationAndrad, UtforareAndrad, UtforareAvslutad, UtforareRegistrerad
from tests.laws.loggen import Orakelfraga, Post, ar_gallande, gallande_strommar, kanda, plats
from tests.laws.orakel_placering import vistelsens_dygn

Plats = tuple[str | None, str | None, str | None]
"""The unit's name, the area over it and the department."""


@dataclass(frozen=True)
class Enhet:
    """A unit: its names and places, each from a day on, and the day it closed."""

    strom: UUID
    kommun: str
    namn: Sequence[tuple[date, str]]
    hemvist: Sequence[tuple[date, OrganisationAndrad]]
    slut: date | None

    def den(self, dag: date) -> Plats:
        """Return what it is called and where it belongs on a day."""
        namn = [namn for fran, namn in self.namn if fran <= dag] or [self.namn[0][1]]
        hemvist = [h for fran, h in self.hemvist if fran <= dag]
        if not hemvist or (self.slut is not None and self.slut <= dag):
            return namn[-1], None, None
        return namn[-1], hemvist[-1].overordnad, hemvist[-1].avdelning


def enheterna(poster: Sequence[Post], kant: datetime | int) -> list[Enhet]:
    """Return every unit that is known."""
    strommar: dict[UUID, list[Post]] = defaultdict(list)
    for post in kanda(poster, kant):
        if post.samling is Samling.UTFORARE:
            strommar[post.strom].append(post)
    return [enhet for strom, rader in strommar.items() if (enhet := _enhet(strom, rader)) is not None]


def _enhet(strom: UUID, rader: list[Post]) -> Enhet | None:
    kvar = [p for p in rader if ar_gallande(p, rader) and not isinstance(p.handelse, HandelseMakulerad)]
    handelser = [p.handelse for p in sorted(kvar, key=lambda p: (p.handelse.datum, plats(p, rader)))]
    start = next((h for h in handelser if isinstance(h, UtforareRegistrerad)), None)
    slut = next((h.datum for h in handelser if isinstance(h, UtforareAvslutad)), None)
    if start is None or slut == start.datum:
        return None
    namn = {start.datum: start.namn}
    for h in handelser:
        if isinstance(h, UtforareAndrad) and h.namn is not None and (slut is None or h.datum < slut):
            namn[h.datum] = h.namn
    tagna: list[tuple[date, str]] = []
    for dag, ett in namn.items():
        if not tagna or tagna[-1][1] != ett:
            tagna.append((dag, ett))
    return Enhet(
        strom, start.kommun, tagna, [(h.datum, h) for h in handelser if isinstance(h, OrganisationAndrad)], slut
    )


def plats_for(
    enheter: Sequence[Enhet], kommun: str, kallad: str | UUID | None, namngiven: date, seende: date, dag: date
) -> Plats:
    """Return the name and place on a day of the unit that something names so.

    Args:
        namngiven: the day the name was first said.
        seende: the last day that is seen.
    """
    egna = [enhet for enhet in enheter if enhet.kommun == kommun and enhet.namn[0][0] <= seende]
    med_identitet = [enhet for enhet in egna if str(enhet.strom) == str(kallad)]
    if med_identitet:
        return med_identitet[0].den(dag)
    tar = sorted(
        (fran, enhet.strom.hex, enhet)
        for enhet in egna
        for fran, namn in enhet.namn
        if namn == kallad and fran <= seende
    )
    if not tar:
        return (kallad if isinstance(kallad, str) else None), None, None
    *_, vald = [t for t in tar if t[0] <= namngiven] or tar[:1]
    return vald[2].den(dag)


def vardygn(poster: Sequence[Post], fraga: Orakelfraga, dag: date) -> dict[tuple[Plats, str], Fraction]:
    """Return the care days per place on a day and month."""
    enheter, resultat = enheterna(poster, fraga.kant), defaultdict[tuple[Plats, str], Fraction](Fraction)
    for handelser in gallande_strommar(poster, fraga.kant, Samling.PLACERINGAR):
        borjan = next((h for h in handelser if isinstance(h, PlaceringPaborjad)), None)
        if borjan is None:
            continue
        seende = max(fraga.galler_den, dag)
        kallad = borjan.enhet or borjan.utforare_id
        plats = plats_for(enheter, borjan.kommun, kallad, borjan.datum, seende, dag)
        for dygn in vistelsens_dygn(handelser, fraga):
            resultat[plats, f"{dygn.dag:%Y-%m}"] += dygn.vard
    return resultat
