"""The oracle's ground: the log and the law of time, written straight from design and ADR 0002.

It shares no code with what it judges (facts, their life in the ledger, the measure compiler, the questions). It knows
the events' names and fields, and nothing else of the product:

1. known: the entries registered at or before an instant (or up to a position),
2. effective: known, less what a known correction, itself not annulled, annuls or replaces,
3. state at a day: the effective events dated on or before it, in order of (date, place), where a replacement has the
   place of what it replaces,
4. the answer: every day of the period looked at by itself, every amount added by itself, as fractions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from domain.begrepp import Samling
from domain.handelse import Handelse, HandelseMakulerad

Varde = str | UUID | None
Grupp = tuple[Varde, ...]
Drag = Mapping[str, Varde]
"""What a day of care or an amount is split and filtered by."""


@dataclass(frozen=True)
class Post:
    """One entry of the log."""

    position: int
    registrerad: datetime
    handelse_id: UUID
    rattar: UUID | None
    samling: Samling
    strom: UUID
    handelse: Handelse


@dataclass(frozen=True)
class Orakelfraga:
    """A question: a measure over ``[fran, till)``, as of a day, as known at an instant or a position."""

    matt: str
    fran: date
    till: date
    galler_den: date
    kant: datetime | int
    regel: str = "inEjUt"
    franvaro_raknas: bool = True
    gruppera: tuple[str, ...] = ()
    urval: Mapping[str, tuple[Varde, ...]] = field(default_factory=dict)
    ovagd: bool = False
    efter_vardmanad: bool = False

    @property
    def dagar(self) -> list[date]:
        """Return every day of the period."""
        return [self.fran + timedelta(days=nr) for nr in range((self.till - self.fran).days)]


# From the log to what was true ----------------------------------------------------------------------------------


def kanda(poster: Sequence[Post], kant: datetime | int) -> list[Post]:
    """Return the entries known at an instant or up to a position."""
    if isinstance(kant, int):
        return [post for post in poster if post.position <= kant]
    return [post for post in poster if post.registrerad <= kant]


def haller(rattelse: Post, kanda_poster: Sequence[Post]) -> bool:
    """Return whether a correction holds: until it is annulled by an annulment that holds itself.

    A replacement that is itself replaced still keeps away what it replaced.
    """
    return not any(
        annan.rattar == rattelse.handelse_id
        and isinstance(annan.handelse, HandelseMakulerad)
        and haller(annan, kanda_poster)
        for annan in kanda_poster
    )


def ar_gallande(post: Post, kanda_poster: Sequence[Post]) -> bool:
    """Return whether no known correction that holds annuls or replaces the entry."""
    return not any(annan.rattar == post.handelse_id and haller(annan, kanda_poster) for annan in kanda_poster)


def plats(post: Post, kanda_poster: Sequence[Post]) -> int:
    """Return the place of an entry among events of the same day: that of what it once replaced."""
    if post.rattar is None:
        return post.position
    (mal,) = (annan for annan in kanda_poster if annan.handelse_id == post.rattar)
    return plats(mal, kanda_poster)


def gallande_per_strom(poster: Sequence[Post], kant: datetime | int, samling: Samling) -> dict[UUID, list[Handelse]]:
    """Return the effective events of every stream of a kind, in order of (date, place)."""
    strommar: dict[UUID, list[Post]] = defaultdict(list)
    for post in kanda(poster, kant):
        if post.samling is samling:
            strommar[post.strom].append(post)
    resultat = {}
    for nyckel, strom in strommar.items():
        kvar = [p for p in strom if ar_gallande(p, strom) and not isinstance(p.handelse, HandelseMakulerad)]
        kvar.sort(key=lambda p: (p.handelse.datum, plats(p, strom)))
        resultat[nyckel] = [p.handelse for p in kvar]
    return resultat


def gallande_strommar(poster: Sequence[Post], kant: datetime | int, samling: Samling) -> list[list[Handelse]]:
    """Return the same without telling which stream is which."""
    return list(gallande_per_strom(poster, kant, samling).values())


# Groups and sums ------------------------------------------------------------------------------------------------

Tabell = dict[Grupp, Fraction]


def slapps_igenom(drag: Drag, urval: Mapping[str, tuple[Varde, ...]]) -> bool:
    """Return whether every filter allows the value."""
    return all(drag[namn] in tillatna for namn, tillatna in urval.items())


def gruppen(dag: date, drag: Drag, gruppera: Sequence[str]) -> Grupp:
    """Return the group a day or an amount belongs to."""
    tid: dict[str, Varde] = {"manad": f"{dag.year:04}-{dag.month:02}", "ar": f"{dag.year:04}"}
    return tuple(tid[namn] if namn in tid else drag[namn] for namn in gruppera)


def summera(par: Iterable[tuple[Grupp, Fraction]]) -> Tabell:
    """Add up per group; a group of nothing is left out."""
    tabell: Tabell = defaultdict(Fraction)
    for grupp, varde in par:
        tabell[grupp] += varde
    return {grupp: varde for grupp, varde in tabell.items() if varde}


def kvot(taljare: Tabell, namnare: Tabell) -> Tabell:
    """Divide per group where there is something to divide by."""
    return {grupp: taljare.get(grupp, Fraction(0)) / varde for grupp, varde in namnare.items()}


def passerade_dagar(dag: date, fraga: Orakelfraga) -> int:
    """Return how many days had passed of the part of the period that a day lies in."""
    passerade = [d for d in fraga.dagar if d <= fraga.galler_den]
    if "manad" in fraga.gruppera:
        return sum((d.year, d.month) == (dag.year, dag.month) for d in passerade)
    if "ar" in fraga.gruppera:
        return sum(d.year == dag.year for d in passerade)
    return len(passerade)


def fordelat_helt(helt: Fraction | int, vikter: Sequence[int]) -> list[int]:
    """Spread a whole number over weights: the running total is rounded, half away from zero, never the parts."""
    hittills = []
    for nr in range(len(vikter)):
        exakt = Fraction(helt) * sum(vikter[: nr + 1]) / sum(vikter)
        heltal = int(abs(exakt) + Fraction(1, 2))
        hittills.append(-heltal if exakt < 0 else heltal)
    return [nu - fore for nu, fore in zip(hittills, [0, *hittills], strict=False)]
