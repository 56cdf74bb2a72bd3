"""What every aggregate is made of, and the one way an event is decided on.

An aggregate is a package, read in this order: its concepts (``begrepp``), its events (``handelser``; ``tidigare`` has
what they once were), its state and how that evolves (``tillstand``), its decisions (``beslut``), which end with an
``Aggregat`` that ties them together. ``besluta`` is the only door: it answers with the events to record, with nothing
(the event says what is already known), or with a refusal by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain.begrepp import Samling
from domain.fel import (
    FramtidaDatum,
    HandelsenArRedanRattad,
    MakuleringUtanMal,
    RattelsenByterTyp,
    RattelsenGerEnDubblett,
    RattelsenHarIngetMal,
    StrommenHarRedanBorjat,
    StrommenSaknarBorjan,
    TypenHorInteHit,
)
from domain.handelse import Handelse, HandelseMakulerad, Notering
from domain.historik import gallande, handelser, rattade

S = TypeVar("S")

Beslut = Callable[[S, Any], bool]
"""A decision: state and the proposed event -> whether it says anything new; refuses by raising a ``Regelbrott``."""


@dataclass(frozen=True)
class Aggregat(Generic[S]):
    """One kind of stream.

    Attributes:
        samling: the collection its streams belong to.
        borjan: the event type that begins a stream.
        tom: state before anything has happened.
        utveckla: (state, event) -> state; never refuses what was once recorded.
        beslut: decision per event type; every type of the aggregate is a key.
        granska: refuses a state that breaks an invariant; asked of the state every event would lead to, so that a
            late event and a correction meet the same rules as one recorded in time.
        granska_ny: the same refusals of one new event, asked of the state before it, in which nothing is refused, so
            that only what the event speaks of is looked at. Absent, ``granska`` is asked of the state after it.
        bara_nya: refusals per event type that a new event meets but a correction does not (a closed month takes no
            new postings, but a posting in it can be corrected: what was closed is still answered by ``kantDen``).
        flyttar: refusals per event type of what moves something: (state, what was in force, what is in its place).
    """

    samling: Samling
    borjan: type[Handelse]
    tom: S
    utveckla: Callable[[S, Handelse], S]
    beslut: Mapping[type[Handelse], Beslut[S]]
    granska: Callable[[S], None]
    granska_ny: Callable[[S, Any], None] | None = None
    bara_nya: Mapping[type[Handelse], Callable[[S, Any], None]] = field(default_factory=dict)
    flyttar: Mapping[type[Handelse], Callable[[S, Any, Any], None]] = field(default_factory=dict)

    @property
    def typer(self) -> list[type[Handelse]]:
        """Return the event types a stream of this kind can hold, annulment included."""
        return [*self.beslut, HandelseMakulerad]

    @cached_property
    def hor_hit(self) -> frozenset[type[Handelse]]:
        """Return the same types as a set: it is asked once per event."""
        return frozenset(self.typer)

    def vik(self, handelser: Iterable[Handelse]) -> S:
        """Return the state after effective events in order."""
        return reduce(self.utveckla, handelser, self.tom)


def besluta(
    aggregat: Aggregat[S],
    noteringar: Sequence[Notering],
    forslag: Handelse,
    *,
    idag: date,
    rattar: UUID | None = None,
    tillstand: S | None = None,
) -> tuple[Handelse, ...]:
    """Decide whether a proposed event is recorded.

    Args:
        aggregat: the kind of stream.
        noteringar: all known entries of the stream, in log order.
        forslag: what somebody says happened.
        idag: the day of registration in Sweden.
        rattar: the event that the proposal replaces or annuls.
        tillstand: the fold of all effective entries, when the caller already has it.

    Returns:
        The event to record, or nothing when the stream already says exactly that.

    Raises:
        Regelbrott: a rule refuses the event.
    """
    _hor_hit(aggregat, forslag, idag)
    if rattar is not None:
        return _besluta_rattelse(aggregat, noteringar, forslag, rattar)
    # Event types are never derived from each other, and isinstance goes through Python's abstract-class machinery.
    typ = type(forslag)
    if typ is HandelseMakulerad:
        raise MakuleringUtanMal
    if tillstand is None:
        tillstand = aggregat.vik(handelser(gallande(noteringar)))
    if not _borjar_en_gang(aggregat, noteringar, forslag, har_borjat=tillstand is not aggregat.tom):
        return ()
    if not aggregat.beslut[typ](tillstand, forslag):
        return ()
    if typ in aggregat.bara_nya:
        aggregat.bara_nya[typ](tillstand, forslag)
    if aggregat.granska_ny is not None:
        aggregat.granska_ny(tillstand, forslag)
    else:
        aggregat.granska(aggregat.utveckla(tillstand, forslag))
    return (forslag,)


def ar_nytt_for_dagen(h: Handelse, om_detsamma: Iterable[Handelse]) -> bool:
    """Return whether an event says something else than the last one of its day, of those about the same thing."""
    samma_dag = [tidigare for tidigare in om_detsamma if tidigare.datum == h.datum]
    return not samma_dag or samma_dag[-1] != h


def _hor_hit(aggregat: Aggregat[Any], forslag: Handelse, idag: date) -> None:
    if type(forslag) not in aggregat.hor_hit:
        tillatna = ", ".join(typ.typ for typ in aggregat.typer)
        raise TypenHorInteHit(typ=forslag.typ, samling=aggregat.samling.value, tillatna=tillatna)
    if forslag.datum > idag and not forslag.ar_plan:
        raise FramtidaDatum(datum=forslag.datum, idag=idag)


def _borjar_en_gang(
    aggregat: Aggregat[Any], noteringar: Sequence[Notering], forslag: Handelse, *, har_borjat: bool
) -> bool:
    """Refuse a second beginning and anything before the first; False if the beginning is repeated."""
    ar_borjan = type(forslag) is aggregat.borjan
    if not ar_borjan and not har_borjat:
        raise StrommenSaknarBorjan(typ=forslag.typ, forsta=aggregat.borjan.typ)
    if not ar_borjan or not har_borjat:
        return True
    if any(n.handelse == forslag for n in gallande(noteringar)):
        return False
    raise StrommenHarRedanBorjat(typ=forslag.typ)


def _besluta_rattelse(
    aggregat: Aggregat[S], noteringar: Sequence[Notering], forslag: Handelse, rattar: UUID
) -> tuple[Handelse, ...]:
    mal = next((n for n in noteringar if n.handelse_id == rattar), None)
    if mal is None:
        raise RattelsenHarIngetMal(rattar=rattar)
    makulering = isinstance(forslag, HandelseMakulerad)
    if not makulering and type(forslag) is not type(mal.handelse):
        raise RattelsenByterTyp(rattar=rattar, typ=mal.handelse.typ)
    tidigare = rattade(noteringar).get(rattar)
    if tidigare is not None:
        redan_makulerad = makulering and isinstance(tidigare.handelse, HandelseMakulerad)
        if redan_makulerad or tidigare.handelse == forslag:
            return ()
        raise HandelsenArRedanRattad(rattar=rattar, av=tidigare.handelse_id)
    if not makulering and mal.handelse == forslag:
        return ()
    _granska_rattad(aggregat, noteringar, _som_notering(noteringar, forslag, rattar))
    return (forslag,)


def _granska_rattad(aggregat: Aggregat[S], noteringar: Sequence[Notering], rattelse: Notering) -> None:
    """Refuse a correction unless all it brings into effect would be accepted beside the rest.

    That is the replacement, or what comes back when a correction is annulled: the stream may have moved on since.
    """
    efter = [*noteringar, rattelse]
    borta = rattade(efter)
    for n in efter:
        if n.rattar is not None and n.handelse_id not in borta and borta[n.rattar] is not n:
            raise HandelsenArRedanRattad(rattar=n.rattar, av=n.handelse_id)
    gallde, galler = gallande(noteringar), gallande(efter)
    fanns, kvar = {n.handelse_id for n in gallde}, {n.handelse_id for n in galler}
    bort = next((n.handelse for n in gallde if n.handelse_id not in kvar), None)
    for ny in galler:
        if ny.handelse_id in fanns:
            continue
        h, ovriga = ny.handelse, [n.handelse for n in galler if n is not ny]
        if type(h) in aggregat.flyttar and type(bort) is type(h):
            aggregat.flyttar[type(h)](aggregat.vik(handelser(gallde)), bort, h)
        if isinstance(h, aggregat.borjan) and any(isinstance(annan, aggregat.borjan) for annan in ovriga):
            raise StrommenHarRedanBorjat(typ=h.typ)
        if not aggregat.beslut[type(h)](aggregat.vik(ovriga), h):
            raise RattelsenGerEnDubblett(typ=h.typ, datum=h.datum)
    aggregat.granska(aggregat.vik(handelser(galler)))


def _som_notering(noteringar: Sequence[Notering], forslag: Handelse, rattar: UUID) -> Notering:
    """Return a proposal as the entry it would be, under an id that no entry has."""
    tagna = {n.handelse_id for n in noteringar}
    ledigt = next(UUID(int=nr) for nr in range(len(tagna) + 1) if UUID(int=nr) not in tagna)
    return Notering(noteringar[-1].position + 1, ledigt, forslag, rattar)
