"""Facts of a placement: the stay in parts in which nothing changed, its absences and its points.

``underslag`` is the kind of stay (``Placeringsslag``). Days that somebody else pays for are care days as before, but
their ``prissort`` is ``ANNAN_BETALAR`` and they have no price: they cost the board nothing, do not lower the cost per
day, and are not among the days whose price is unknown. Who pays stands in the point *betalningsansvar.overlamnat*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID

from domain.begrepp import Avslutsorsak, Begrepp
from domain.fakta import ANNAN_BETALAR, DIREKTUPPHANDLING, FRANVARO, VISTELSE, Fakta, Intervall, Punkt, identitet
from domain.gemensamt import MalgruppAndrad
from domain.handelse import Handelse, Notering
from domain.pengar import ore
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
from domain.tid import OANDLIG_DAG

# Event types are looked up, never tried one after the other with isinstance, which costs most of the time here
# (pydantic's classes answer it with Python's abstract-class machinery); they are never derived from each other.
ANDRINGAR: Mapping[type[Handelse], Callable[[Any], dict[str, Any]]] = {
    PrisAndrat: lambda h: {"prissort": h.pris.sort.lagrat, "pris": ore(h.pris.belopp)},
    LagrumAndrat: lambda h: {"lagrum": h.lagrum.lagrat},
    MalgruppAndrad: lambda h: {"malgrupp": h.malgrupp.lagrat},
    AvtalsformAndrad: lambda h: {"avtalsform": h.avtalsform.lagrat},
    PlaceringsslagAndrat: lambda h: {"underslag": h.placeringsslag.lagrat},
}
"""The events that begin a new part of a stay, with what is new in it."""

_ANSVAR = frozenset((BetalningsansvarOverlamnat, BetalningsansvarOvertaget))
"""The events that begin a new part of a stay in which another pays, or the board again at the price that holds."""

NOTERINGAR = (
    InsatsUtvarderad,
    OmprovningGjord,
    OvervagandeGjort,
    HalsoundersokningGjord,
    VardplanUpprattad,
    HemtagningPaborjad,
)
"""The events that are a point and change nothing in the stay."""

PUNKTER: Mapping[type[Handelse], Callable[[Any], tuple[str | None, int | None]]] = {
    PlaceringPaborjad: lambda h: (h.omplacering.lagrat if h.omplacering else None, None),
    PlaceringAvslutad: lambda h: (h.orsak.lagrat, int(h.planerat)),
    InsatsUtvarderad: lambda h: (h.mal_uppnadda.lagrat, int(h.arbetade_med_problematiken)),
    BetalningsansvarOverlamnat: lambda h: (h.betalare.lagrat, None),
    HalsoundersokningGjord: lambda h: (h.slag.lagrat, None),
    VardplanUpprattad: lambda h: ("reviderad" if h.reviderad else "upprattad", None),
    **dict.fromkeys(
        (
            OvervagandeGjort,
            OmprovningGjord,
            HemtagningPaborjad,
            BetalningsansvarOvertaget,
            AvtalsformAndrad,
            PlaceringsslagAndrat,
        ),
        lambda _: (None, None),
    ),
}
"""The events that are points, with the outcome each states and whether it was planned (or, if so, worked on)."""

MED_ORSAK: Mapping[type[Handelse], tuple[str, Callable[[Any], Begrepp | None]]] = {
    PrisAndrat: (PrisAndrat.typ, lambda h: h.orsak),
    MalgruppAndrad: (MalgruppAndrad.typ, lambda h: h.orsak),
    PlaceringPaborjad: (DIREKTUPPHANDLING, lambda h: h.direktupphandlingsorsak),
    AvtalsformAndrad: (DIREKTUPPHANDLING, lambda h: h.direktupphandlingsorsak),
}
"""The events that are a point, or one more, only where they state a reason: which kind of point, and the reason."""

_ROR_INGEN_VISTELSE = frozenset((*NOTERINGAR, PlaneratSlutAndrat))


def alla(_: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    """Return all facts of the effective entries; points first, since they seldom change when a stay does."""
    delar = _delar(noteringar)
    if not delar:
        return
    for n in noteringar:
        if type(n.handelse) in PUNKTER or type(n.handelse) in MED_ORSAK:
            yield from punkter(_del_den(delar, n.handelse.datum.toordinal()), n)
    yield from _intervall(delar, noteringar)


def tillagg(_: UUID, noteringar: Sequence[Notering], ny: Notering) -> list[Fakta] | None:
    """Return what an entry adds; None if it is one that may change a stay."""
    if type(ny.handelse) not in _ROR_INGEN_VISTELSE:
        return None
    delar = _delar(noteringar)
    if not delar or type(ny.handelse) not in PUNKTER:
        return []
    return [*punkter(_del_den(delar, ny.handelse.datum.toordinal()), ny)]


# The parts of a stay that has not ended, each open until the next begins --------------------------------------------
# They are made by place: ``_replace`` costs four times as much, and this is done for every entry of an import.

_PLATS = {namn: plats for plats, namn in enumerate(Intervall._fields)}


def oppen_vistelse(n: Notering) -> Intervall:
    """Return the stay that an entry begins, as long as nothing else is known of it."""
    b = n.handelse
    assert type(b) is PlaceringPaborjad
    return Intervall(
        str(n.position), VISTELSE, b.kommun, b.datum.toordinal(), OANDLIG_DAG,
        0 if b.foregaende_placering_id else 1, 0,
        identitet(b.person_id), b.malgrupp.lagrat, b.kon.lagrat, b.insatsform.lagrat, b.regi.lagrat, b.lagrum.lagrat,
        b.avtalsform.lagrat, identitet(b.utforare_id),
        b.pris.sort.lagrat if b.pris else None, ore(b.pris.belopp) if b.pris else None, 1, 1000,
        b.fodelsear, identitet(b.arende_id), b.enhet, b.placeringsslag.lagrat if b.placeringsslag else None,
    )  # fmt: skip


def andrad(v: Intervall, n: Notering) -> Intervall:
    """Return the part of a stay that follows on another when an entry changes it."""
    handelser, slag, kommun, fran, till, inskrivning, *ovrigt = v
    dag = n.handelse.datum.toordinal()
    del_ = [f"{handelser} {n.position}", slag, kommun, dag, till, inskrivning if dag == fran else 0, *ovrigt]
    if type(n.handelse) not in _ANSVAR:
        for namn, nytt in ANDRINGAR[type(n.handelse)](n.handelse).items():
            del_[_PLATS[namn]] = nytt
    return Intervall._make(del_)


def fram_till(v: Intervall, till: int, utskrivning: int, position: object) -> Intervall:
    """Return a part that ends on a day, because of the event at a position."""
    handelser, slag, kommun, fran, _, inskrivning, _, *ovrigt = v
    return Intervall._make((f"{handelser} {position}", slag, kommun, fran, till, inskrivning, utskrivning, *ovrigt))


def punkter(v: Intervall, n: Notering) -> list[Punkt]:
    """Return the points that an entry is, in the part of the stay where its day lies."""
    h = n.handelse
    typ = type(h)
    rader = []
    if typ in PUNKTER:
        rader.append(_punkt(v, n, h.typ, *PUNKTER[typ](h)))
    if typ in MED_ORSAK:
        slag, orsaken = MED_ORSAK[typ]
        orsak = orsaken(h)
        if orsak is not None:
            rader.append(_punkt(v, n, slag, orsak.lagrat))
    return rader


def _punkt(v: Intervall, n: Notering, slag: str, utfall: str | None, planerat: int | None = None) -> Punkt:
    return Punkt(
        str(n.position), slag, v.kommun, n.handelse.datum.toordinal(), v.person, v.malgrupp, v.kon,
        v.insatsform, v.regi, v.lagrum, v.avtalsform, v.utforare, utfall, planerat,
        v.fodelsear, v.arende, v.enhet, v.underslag,
    )  # fmt: skip


def _delar(noteringar: Sequence[Notering]) -> dict[int, Intervall]:
    """Return the parts by the day number they begin on, in order; none before the stay has begun."""
    borjan = next((n for n in noteringar if type(n.handelse) is PlaceringPaborjad), None)
    if borjan is None:
        return {}
    v = oppen_vistelse(borjan)
    delar = {v.fran: v}
    annan_betalar = False
    for n in noteringar:
        typ = type(n.handelse)
        if typ in ANDRINGAR or typ in _ANSVAR:
            v = andrad(v, n)
            if typ in _ANSVAR:
                annan_betalar = typ is BetalningsansvarOverlamnat
            delar[v.fran] = v._replace(prissort=ANNAN_BETALAR, pris=None) if annan_betalar else v
    return delar


def _del_den(delar: Mapping[int, Intervall], dag: int) -> Intervall:
    return next(delar[fran] for fran in reversed([*delar]) if fran <= dag)


# The stay as it was, with its end and its absences ------------------------------------------------------------------


def _intervall(delar: Mapping[int, Intervall], noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    slut = next((n for n in noteringar if type(n.handelse) is PlaceringAvslutad), None)
    franvaro = _franvaro(noteringar)
    for v in _med_slut(delar, slut):
        yield v
        for fran, till, betald, position in franvaro:
            borta_fran, borta_till = max(v.fran, fran), min(v.till, till)
            if borta_fran < borta_till:
                yield v._replace(
                    handelser=f"{v.handelser} {position}", slag=FRANVARO, fran=borta_fran, till=borta_till,
                    inskrivning=v.inskrivning if borta_fran == v.fran else 0, utskrivning=0, betald=betald,
                )  # fmt: skip


def _med_slut(delar: Mapping[int, Intervall], slut: Notering | None) -> Iterator[Intervall]:
    forsta = next(iter(delar.values()))
    till, utskrivning = OANDLIG_DAG, 0
    if slut is not None:
        assert type(slut.handelse) is PlaceringAvslutad
        flyttar = slut.handelse.orsak is Avslutsorsak.OMPLACERING
        till, utskrivning = slut.handelse.datum.toordinal(), 0 if flyttar else 1
        if till == forsta.fran and not flyttar:
            till, utskrivning = till + 1, 0
            delar = {fran: v._replace(inskrivning=0) for fran, v in delar.items()}
    # What changes on a day of discharge holds that day: it is then a part of its own, counted by some rules.
    kvar = [v for v in delar.values() if v.fran < till + utskrivning]
    for v, nasta in pairwise(kvar):
        # The last event of the next part is what made this one end where it does.
        yield fram_till(v, nasta.fran, 0, nasta.handelser.rpartition(" ")[2])
    for v in kvar[-1:]:
        yield v if slut is None else fram_till(v, till, utskrivning, slut.position)


def _franvaro(noteringar: Sequence[Notering]) -> list[tuple[int, int, int, int]]:
    """Return absences as (from, to, paid, position), in order and never overlapping: the first recorded day rules."""
    resultat: list[tuple[int, int, int, int]] = []
    senast = 0
    for n in noteringar:
        if type(n.handelse) is FranvaroRegistrerad:
            fran, till = max(n.handelse.datum.toordinal(), senast), n.handelse.till.toordinal()
            if fran < till:
                resultat.append((fran, till, int(n.handelse.betald), n.position))
                senast = till
    return resultat
