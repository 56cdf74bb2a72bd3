"""The months and years that a board has closed, read from the log: they are events but no facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from application.envelope import Kuvert
from application.ports import Faktahistorik, Huvudbok, Loggurval
from domain.begrepp import Samling
from domain.budgetperiod.handelser import BokslutFaststallt, ManadStangd
from domain.fakta import BUDGET, Belopp
from domain.handelse import Handelse, HandelseMakulerad
from domain.matt.modell import Urval
from domain.prognos.bokfort import Stangningar
from domain.tid import kalenderar, kalendermanad

_TYPER = frozenset(typ.typ for typ in (ManadStangd, BokslutFaststallt, HandelseMakulerad))
_ANTAL = 1000
"""So many entries are read at a time."""


def las_stangningar(historik: Faktahistorik, huvudbok: Huvudbok, urval: Urval, position: int) -> Stangningar:
    """Return what closes months and years of some boards' books, as far as it had become known at a position."""
    budget = historik.kolumner(Belopp, ("strom", "manad"), {**urval, "slag": (BUDGET,)}, position)
    aret = {UUID(strom): date.fromordinal(manad).year for strom, manad in budget}
    noteringar, stanger, egna = [], {}, set()
    for kuvert in _i_loggen(huvudbok, position):
        forslag = kuvert.forslag
        # A correction is of the same type as what it corrects, or annuls it: of other events nothing is needed.
        if forslag.strom in aret and (forslag.rattar is None or forslag.rattar in egna):
            egna.add(forslag.handelse_id)
            noteringar.append(kuvert.notering())
            stanger[kuvert.position] = _stanger_till(forslag.handelse, aret[forslag.strom])
    return Stangningar(noteringar, stanger)


def _i_loggen(huvudbok: Huvudbok, position: int) -> Iterator[Kuvert]:
    urval, efter = Loggurval(frozenset({Samling.BUDGETPERIODER}), _TYPER, position), 0
    while lasta := huvudbok.las_logg(efter, _ANTAL, urval):
        yield from lasta
        efter = lasta[-1].position


def _stanger_till(handelse: Handelse, ar: int) -> int:
    """Return the first day after what an event closes."""
    match handelse:
        case ManadStangd():
            return kalendermanad(handelse.manad).till.toordinal()
        case BokslutFaststallt():
            return kalenderar(ar).till.toordinal()
        case _:
            return 1
