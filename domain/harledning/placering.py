"""Facts of a placement: the stay in parts in which nothing changed, its absences and its points.

``underslag`` is the kind of stay (``Placeringsslag``). Days that somebody else pays for are care days as before, but
their ``prissort`` is ``ANNAN_BETALAR`` and they have no price: they cost the board nothing, do not lower the cost per
day, and are not among the days whose price is unknown. Who pays stands in the point *betalningsansvar.overlamnat*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from domain.begrepp import Avslutsorsak, Begrepp
from domain.fakta import ANNAN_BETALAR, DIREKTUPPHANDLING, FRANVARO, VISTELSE, Intervall, Punkt, identitet
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
    PrisAndrat,
    VardplanUpprattad,
)
from domain.sak import Enskild, Harledning, Sak
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

_ANSVAR: frozenset[type[Handelse]] = frozenset((BetalningsansvarOverlamnat, BetalningsansvarOvertaget))
"""The events that begin a new part of a stay in which another pays, or the board again at the price that holds."""

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

# The parts of a stay that has not ended, each open until the next begins --------------------------------------------
# They are made by place: ``_replace`` costs four times as much, and this is done for every entry of an import.

_PLATS = {namn: plats for plats, namn in enumerate(Intervall._fields)}


def _oppen_vistelse(n: Notering) -> Intervall:
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


def _andrad(v: Intervall, n: Notering) -> Intervall:
    """Return the part of a stay that follows on another when an entry changes it."""
    handelser, slag, kommun, fran, till, inskrivning, *ovrigt = v
    dag = n.handelse.datum.toordinal()
    del_ = [f"{handelser} {n.position}", slag, kommun, dag, till, inskrivning if dag == fran else 0, *ovrigt]
    if type(n.handelse) not in _ANSVAR:
        for namn, nytt in ANDRINGAR[type(n.handelse)](n.handelse).items():
            del_[_PLATS[namn]] = nytt
    return Intervall._make(del_)


def _fram_till(v: Intervall, till: int, utskrivning: int, position: object) -> Intervall:
    """Return a part that ends on a day, because of the event at a position."""
    handelser, slag, kommun, fran, _, inskrivning, _, *ovrigt = v
    return Intervall._make((f"{handelser} {position}", slag, kommun, fran, till, inskrivning, utskrivning, *ovrigt))


def _punkter(f: Placeringsfakta, sak: Enskild) -> list[Punkt]:
    """Return the points that an entry is, in the part of the stay where its day lies."""
    n = sak.notering
    h = n.handelse
    v = f.den(h.datum.toordinal())
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


# The stay as it was, with its end and its absences ------------------------------------------------------------------


class _Del(Sak):
    """A part of the stay in which nothing changes, with the absences in it.

    Attributes:
        oppen: the part as long as nothing ends it.
        nr: its number among the parts, from 0.
    """

    __slots__ = ("nr", "oppen")

    def __init__(self, nr: int, oppen: Intervall) -> None:
        super().__init__(_vistelsen)
        self.nr = nr
        self.oppen = oppen


def _vistelsen(f: Placeringsfakta, del_: _Del) -> list[Intervall]:
    """Return a part up to where the next begins or the stay ends, and the absences in it."""
    v, till, utskrivning, position = del_.oppen, OANDLIG_DAG, 0, 0
    if f.slut is not None:
        till, position, flyttar = f.slut
        utskrivning = 0 if flyttar else 1
        if till == f.delar[0].oppen.fran and not flyttar:
            till, utskrivning = till + 1, 0
            v = v._replace(inskrivning=0)
    if v.fran >= till + utskrivning:
        return []
    # What changes on a day of discharge holds that day: it is then a part of its own, counted by some rules.
    if del_.nr + 1 < len(f.delar) and (nasta := f.delar[del_.nr + 1].oppen).fran < till + utskrivning:
        # The last event of the next part is what made this one end where it does.
        v = _fram_till(v, nasta.fran, 0, nasta.handelser.rpartition(" ")[2])
    elif position:
        v = _fram_till(v, till, utskrivning, position)
    return [v, *_borta(v, f.franvaro)] if f.franvaro else [v]


def _borta(v: Intervall, franvaro: Sequence[tuple[int, int, int, int]]) -> list[Intervall]:
    """Return the absences that lie in a part."""
    delar = []
    for fran, till, betald, position in franvaro:
        borta_fran, borta_till = max(v.fran, fran), min(v.till, till)
        if borta_fran < borta_till:
            delar.append(
                v._replace(
                    handelser=f"{v.handelser} {position}", slag=FRANVARO, fran=borta_fran, till=borta_till,
                    inskrivning=v.inskrivning if borta_fran == v.fran else 0, utskrivning=0, betald=betald,
                )
            )  # fmt: skip
    return delar


class Placeringsfakta(Harledning):
    """The derivation of a placement's facts: its parts, and what every entry is by itself.

    Attributes:
        delar: the parts, in order.
        franvaro: absences as (from, to, paid, position), in order and never overlapping: the first recorded day rules.
        slut: the day the stay ended, the position of what says so, and whether the person moved on; None while it goes
            on.
    """

    __slots__ = ("_annan_betalar", "_nu", "_senast", "delar", "franvaro", "slut")

    borjan = PlaceringPaborjad
    kraver_ordning: ClassVar[frozenset[type[Handelse]]] = frozenset(
        (*ANDRINGAR, *_ANSVAR, PlaceringAvslutad, FranvaroRegistrerad)
    )

    def __init__(self, _: UUID, borjan: Notering) -> None:
        """Begin with the stay as its beginning says it is."""
        # The part that goes on, as it is when the board itself pays.
        self._nu = _oppen_vistelse(borjan)
        self._annan_betalar = False
        self._senast = 0
        self.delar = [_Del(0, self._nu)]
        self.saker: list[Sak] = [*self.delar]
        self.franvaro: list[tuple[int, int, int, int]] = []
        self.slut: tuple[int, int, bool] | None = None

    def den(self, dag: int) -> Intervall:
        """Return the part that a day lies in, or what it would be if the stay went on."""
        nr = len(self.delar) - 1
        while self.delar[nr].oppen.fran > dag:
            nr -= 1
        return self.delar[nr].oppen

    def ta_in(self, ny: Notering) -> Sequence[Sak]:
        """Take in an entry; what is said of a day that something was already said of may change all that was."""
        h = ny.handelse
        typ, dag = type(h), h.datum.toordinal()
        ror = _ROR.get(typ)
        berorda = [] if ror is None else ror(self, ny, dag)
        if typ in PUNKTER or (typ in MED_ORSAK and MED_ORSAK[typ][1](h) is not None):
            berorda.append(self.en(_punkter, ny))
        if dag > self._senast:
            self._senast = dag
        elif dag == self._senast and ror is not None:
            return self.saker
        return berorda

    def _borjar(self, _: Notering, __: int) -> list[Sak]:
        return [self.delar[-1]]

    def _andras(self, ny: Notering, dag: int) -> list[Sak]:
        """Let a part begin; what is said last of the day it begins on rules."""
        self._nu = v = _andrad(self._nu, ny)
        if type(ny.handelse) in _ANSVAR:
            self._annan_betalar = type(ny.handelse) is BetalningsansvarOverlamnat
        if self._annan_betalar:
            v = v._replace(prissort=ANNAN_BETALAR, pris=None)
        sista = self.delar[-1]
        if sista.oppen.fran == dag:
            sista.oppen = v
            return [self.delar[-1]]
        del_ = _Del(len(self.delar), v)
        self.delar.append(del_)
        self.saker.append(del_)
        return [sista, del_]

    def _slutar(self, ny: Notering, dag: int) -> list[Sak]:
        h = ny.handelse
        assert type(h) is PlaceringAvslutad
        self.slut = dag, ny.position, h.orsak is Avslutsorsak.OMPLACERING
        return [self.delar[-1]]

    def _borta(self, ny: Notering, dag: int) -> list[Sak]:
        h = ny.handelse
        assert type(h) is FranvaroRegistrerad
        fran, till = max(dag, self.franvaro[-1][1] if self.franvaro else 0), h.till.toordinal()
        if fran < till:
            self.franvaro.append((fran, till, int(h.betald), ny.position))
        return [self.delar[-1]]


_ROR: Mapping[type[Handelse], Callable[[Placeringsfakta, Notering, int], list[Sak]]] = {
    PlaceringPaborjad: Placeringsfakta._borjar,
    **dict.fromkeys((*ANDRINGAR, *_ANSVAR), Placeringsfakta._andras),
    PlaceringAvslutad: Placeringsfakta._slutar,
    FranvaroRegistrerad: Placeringsfakta._borta,
}
"""The events that change the stay; each returns the parts it changes, when nothing else was said of its day."""
