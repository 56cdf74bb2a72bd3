"""Facts of a placement: the stay in parts in which nothing changed, its absences and its points.

``underslag`` is the kind of stay (``Placeringsslag``). Days that somebody else pays for are care days as before, but
their ``prissort`` is ``ANNAN_BETALAR`` and they have no price: they cost the board nothing, do not lower the cost per
day, and are not among the days whose price is unknown. Who pays stands in the point *ansvar.overlamnat*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from domain.begrepp import Avslutsorsak
from domain.fakta import ANNAN_BETALAR, DIREKTUPPHANDLING, FRANVARO, VISTELSE, Fakta, Intervall, Punkt, spar
from domain.handelse import Handelse, Notering
from domain.pengar import ore
from domain.placering.handelser import (
    AnsvarOverlamnat,
    AnsvarOvertaget,
    AvtalsformAndrad,
    FranvaroRegistrerad,
    HalsoundersokningGjord,
    HemtagningPaborjad,
    InsatsUtvarderad,
    LagrumAndrat,
    MalgruppAndrad,
    OmprovningGjord,
    OvervagandeGjort,
    PlaceringAvslutad,
    PlaceringPaborjad,
    PlaceringsslagAndrat,
    PlaneratSlutAndrat,
    Pris,
    PrisAndrat,
    VardplanUpprattad,
)
from domain.tid import OANDLIG_DAG

# Event types are looked up, never tried one after the other with isinstance, which costs most of the time here
# (pydantic's classes answer it with Python's abstract-class machinery); they are never derived from each other.
_ANDRINGAR = frozenset(
    (
        PrisAndrat,
        LagrumAndrat,
        MalgruppAndrad,
        AvtalsformAndrad,
        PlaceringsslagAndrat,
        AnsvarOverlamnat,
        AnsvarOvertaget,
    )
)
_NOTERINGAR = frozenset(
    (OvervagandeGjort, OmprovningGjord, HalsoundersokningGjord, VardplanUpprattad, HemtagningPaborjad)
)
_ROR_INGEN_VISTELSE = frozenset((InsatsUtvarderad, PlaneratSlutAndrat)) | _NOTERINGAR

_PUNKTER: Mapping[type[Handelse], Callable[[Any], tuple[str | None, int | None]]] = {
    PlaceringPaborjad: lambda h: (h.omplacering.value if h.omplacering else None, None),
    PlaceringAvslutad: lambda h: (h.orsak.value, int(h.planerat)),
    InsatsUtvarderad: lambda h: (h.mal_uppnadda.value, int(h.arbetade_med_problematiken)),
    AnsvarOverlamnat: lambda h: (h.betalare.value, None),
    HalsoundersokningGjord: lambda h: (h.slag.value, None),
    VardplanUpprattad: lambda h: ("reviderad" if h.reviderad else "upprattad", None),
    **dict.fromkeys(
        (
            OvervagandeGjort,
            OmprovningGjord,
            HemtagningPaborjad,
            AnsvarOvertaget,
            AvtalsformAndrad,
            PlaceringsslagAndrat,
        ),
        lambda _: (None, None),
    ),
}
"""The events that are points, with the outcome each states and whether it was planned (or, if so, worked on)."""

_MED_ORSAK: Mapping[type[Handelse], tuple[str, Callable[[Any], str | None]]] = {
    PrisAndrat: (PrisAndrat.typ, lambda h: h.orsak),
    MalgruppAndrad: (MalgruppAndrad.typ, lambda h: h.orsak),
    PlaceringPaborjad: (DIREKTUPPHANDLING, lambda h: h.direktupphandlingsorsak),
    AvtalsformAndrad: (DIREKTUPPHANDLING, lambda h: h.direktupphandlingsorsak),
}
"""The events that are a point, or one more, only where they state a reason: which kind of point, and the reason."""


class _Lage(NamedTuple):
    """What holds in a stay from a day on, and which events say so."""

    malgrupp: str
    lagrum: str
    pris: Pris | None
    avtalsform: str
    underslag: str | None
    annan_betalar: bool
    handelser: tuple[int, ...]

    def efter(self, n: Notering) -> _Lage:
        h = n.handelse
        malgrupp, lagrum, pris, avtalsform, underslag, annan_betalar, handelser = self
        if type(h) is PrisAndrat:
            pris = h.pris
        elif type(h) is LagrumAndrat:
            lagrum = h.lagrum.value
        elif type(h) is MalgruppAndrad:
            malgrupp = h.malgrupp.value
        elif type(h) is AvtalsformAndrad:
            avtalsform = h.avtalsform.value
        elif type(h) is PlaceringsslagAndrat:
            underslag = h.placeringsslag.value
        else:
            annan_betalar = type(h) is AnsvarOverlamnat
        return _Lage(malgrupp, lagrum, pris, avtalsform, underslag, annan_betalar, (*handelser, n.position))

    def prissatt(self) -> tuple[str | None, int | None]:
        """Return what the price is per, and the price in öre."""
        if self.annan_betalar:
            return ANNAN_BETALAR, None
        return (self.pris.sort.value, ore(self.pris.belopp)) if self.pris else (None, None)


class _Vistelse(NamedTuple):
    """What every fact of a stay shares, and what changed in it by day number, in order."""

    borjan: PlaceringPaborjad
    lagen: dict[int, _Lage]
    kon: str
    insatsform: str
    regi: str


def alla(_: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    """Return all facts of the effective entries; points first, since they seldom change when a stay does."""
    v = _vistelse(noteringar)
    if v is None:
        return
    for n in noteringar:
        typ = type(n.handelse)
        if typ in _PUNKTER:
            yield _punkt(v, n)
        if typ in _MED_ORSAK:
            slag, orsak = _MED_ORSAK[typ]
            if orsak(n.handelse) is not None:
                yield _punkt(v, n, slag, orsak(n.handelse))
    yield from _intervall(v, noteringar)


def tillagg(_: UUID, noteringar: Sequence[Notering], ny: Notering) -> list[Fakta] | None:
    """Return what an entry adds; None if it is one that may change a stay."""
    if type(ny.handelse) not in _ROR_INGEN_VISTELSE:
        return None
    v = _vistelse(noteringar)
    if v is None or type(ny.handelse) not in _PUNKTER:
        return []
    return [_punkt(v, ny)]


def _vistelse(noteringar: Sequence[Notering]) -> _Vistelse | None:
    for n in noteringar:
        if type(n.handelse) is PlaceringPaborjad:
            b = n.handelse
            return _Vistelse(
                b,
                _lagen(b, n.position, noteringar),
                b.kon.value,
                b.insatsform.value,
                b.regi.value,
            )
    return None


def _lagen(b: PlaceringPaborjad, position: int, noteringar: Sequence[Notering]) -> dict[int, _Lage]:
    slag = b.placeringsslag.value if b.placeringsslag else None
    lage = _Lage(b.malgrupp.value, b.lagrum.value, b.pris, b.avtalsform.value, slag, False, (position,))
    lagen = {b.datum.toordinal(): lage}
    for n in noteringar:
        if type(n.handelse) in _ANDRINGAR:
            lage = lage.efter(n)
            lagen[n.handelse.datum.toordinal()] = lage
    return lagen


def _intervall(v: _Vistelse, noteringar: Sequence[Notering]) -> Iterator[Intervall]:
    b, lagen = v.borjan, v.lagen
    fran, till, utskrivning = b.datum.toordinal(), OANDLIG_DAG, 0
    inskrivning = 0 if b.foregaende_placering_id else 1
    slutposition: tuple[int, ...] = ()
    slut = [(n.handelse, n.position) for n in noteringar if type(n.handelse) is PlaceringAvslutad]
    if slut:
        till, slutposition = slut[0][0].datum.toordinal(), (slut[0][1],)
        flyttar = slut[0][0].orsak is Avslutsorsak.OMPLACERING
        utskrivning = 0 if flyttar else 1
        if till == fran and not flyttar:
            till, inskrivning, utskrivning = fran + 1, 0, 0
    franvaro = _franvaro(noteringar)
    # What changes on a day of discharge holds that day: it is then a part of its own, counted by some rules.
    dagar = [dag for dag in lagen if dag < till + utskrivning]
    for fran_dag, till_dag in pairwise([*dagar, till]):
        lage, sista = lagen[fran_dag], fran_dag == dagar[-1]
        # The last event of the next part is what made this one end where it does.
        handelser = (*lage.handelser, *(slutposition if sista else lagen[till_dag].handelser[-1:]))
        vistelse = Intervall(
            spar(handelser), VISTELSE, b.kommun, fran_dag, till_dag,
            inskrivning if fran_dag == fran else 0, utskrivning if sista else 0,
            b.person_id, lage.malgrupp, v.kon, v.insatsform, v.regi, lage.lagrum, lage.avtalsform, b.utforare_id,
            *lage.prissatt(), 1, 1000, b.fodelsear, b.arende_id, b.enhet, lage.underslag,
        )  # fmt: skip
        yield vistelse
        for borta_fran, borta_till, betald, position in franvaro:
            overlapp = max(fran_dag, borta_fran), min(till_dag, borta_till)
            if overlapp[0] < overlapp[1]:
                yield vistelse._replace(
                    handelser=spar((*handelser, position)), slag=FRANVARO, fran=overlapp[0], till=overlapp[1],
                    inskrivning=vistelse.inskrivning if overlapp[0] == fran_dag else 0, utskrivning=0, betald=betald,
                )  # fmt: skip


def _franvaro(noteringar: Sequence[Notering]) -> list[tuple[int, int, int, int]]:
    """Return absences as (from, to, paid, position), in order and never overlapping: the first recorded day rules."""
    resultat: list[tuple[int, int, int, int]] = []
    senast = 0
    for n in noteringar:
        if type(n.handelse) is FranvaroRegistrerad:
            fran, till = max(n.handelse.fran.toordinal(), senast), n.handelse.till.toordinal()
            if fran < till:
                resultat.append((fran, till, int(n.handelse.betald), n.position))
                senast = till
    return resultat


def _punkt(v: _Vistelse, n: Notering, slag: str = "", orsak: str | None = None) -> Punkt:
    """Return the point of an event; with ``slag``, one of that kind whose outcome is a reason."""
    b, h, lagen = v.borjan, n.handelse, v.lagen
    utfall, planerat = (str(orsak), None) if slag else _PUNKTER[type(h)](h)
    dag = h.datum.toordinal()
    lage = next((lagen[fran] for fran in reversed(lagen) if fran <= dag), lagen[b.datum.toordinal()])
    return Punkt(
        str(n.position), slag or h.typ, b.kommun, dag, b.person_id, lage.malgrupp, v.kon, v.insatsform,
        v.regi, lage.lagrum, lage.avtalsform, b.utforare_id, utfall, planerat,
        b.fodelsear, b.arende_id, b.enhet, lage.underslag,
    )  # fmt: skip
