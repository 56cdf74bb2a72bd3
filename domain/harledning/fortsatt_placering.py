"""How a placement's known facts go on when what happens next in time is recorded next.

Nearly every entry of a stay is of that kind: a new price, a review, the end. The open part of the stay says all that is
needed, so nothing is derived anew; ``domain.harledning.placering.alla`` stays the definition that this agrees with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from domain.begrepp import Avslutsorsak
from domain.fakta import VISTELSE, Fakta, Intervall, Punkt
from domain.faktaspar import Fortsattning
from domain.handelse import Handelse, Notering
from domain.harledning.placering import PUNKTER
from domain.pengar import ore
from domain.placering.handelser import (
    InsatsUtvarderad,
    LagrumAndrat,
    MalgruppAndrad,
    OmprovningGjord,
    OvervagandeGjort,
    PlaceringAvslutad,
    PlaneratSlutAndrat,
    PrisAndrat,
)
from domain.tid import OANDLIG_DAG


def fortsatt(kanda: Sequence[Fakta], ny: Notering) -> Fortsattning | None:
    """Return how the known facts go on when an entry that is the last in time is added.

    None where that takes more to tell: the stay begins, has ended, is interrupted by an absence, or changes twice on a
    day.
    """
    gor = _FORTSATTER.get(type(ny.handelse))
    if gor is None:
        return None
    plats = len(kanda) - 1
    while plats >= 0 and type(kanda[plats]) is not Intervall:
        plats -= 1
    oppen = kanda[plats] if plats >= 0 else None
    if type(oppen) is not Intervall or oppen.slag != VISTELSE or oppen.till != OANDLIG_DAG:
        return None
    return gor(plats, oppen, ny)


def _avsluta(plats: int, oppen: Intervall, ny: Notering) -> Fortsattning | None:
    dag = ny.handelse.datum.toordinal()
    if dag == oppen.fran:
        return None
    utskrivning = 0 if ny.handelse.orsak is Avslutsorsak.OMPLACERING else 1  # type: ignore[attr-defined]
    return Fortsattning(plats, (_punkt(oppen, ny), _fram_till(oppen, dag, utskrivning, _spar(oppen, ny))))


def _andra(plats: int, oppen: Intervall, ny: Notering) -> Fortsattning | None:
    dag = ny.handelse.datum.toordinal()
    if dag == oppen.fran:
        return None
    handelser = _spar(oppen, ny)
    nasta = oppen._replace(handelser=handelser, fran=dag, inskrivning=0, **_NYTT[type(ny.handelse)](ny.handelse))
    return Fortsattning(plats, (_fram_till(oppen, dag, 0, handelser), nasta))


def _notera(_: int, oppen: Intervall, ny: Notering) -> Fortsattning:
    return Fortsattning(None, (_punkt(oppen, ny),))


def _ror_inga_fakta(_: int, __: Intervall, ___: Notering) -> Fortsattning:
    return Fortsattning(None, ())


_FORTSATTER: Mapping[type[Handelse], Callable[[int, Intervall, Notering], Fortsattning | None]] = {
    PrisAndrat: _andra,
    LagrumAndrat: _andra,
    MalgruppAndrad: _andra,
    PlaceringAvslutad: _avsluta,
    PlaneratSlutAndrat: _ror_inga_fakta,
    InsatsUtvarderad: _notera,
    OmprovningGjord: _notera,
    OvervagandeGjort: _notera,
}

_NYTT: Mapping[type[Handelse], Callable[[Any], dict[str, Any]]] = {
    PrisAndrat: lambda h: {"prissort": h.pris.sort.lagrat, "pris": ore(h.pris.belopp)},
    LagrumAndrat: lambda h: {"lagrum": h.lagrum.lagrat},
    MalgruppAndrad: lambda h: {"malgrupp": h.malgrupp.lagrat},
}


def _spar(oppen: Intervall, ny: Notering) -> str:
    return f"{oppen.handelser} {ny.position}"


def _fram_till(oppen: Intervall, till: int, utskrivning: int, handelser: str) -> Intervall:
    # By place, since _replace costs four times as much and this is done for every entry of an import.
    _, slag, kommun, fran, _, inskrivning, _, *ovrigt = oppen
    return Intervall._make((handelser, slag, kommun, fran, till, inskrivning, utskrivning, *ovrigt))


def _punkt(v: Intervall, n: Notering) -> Punkt:
    utfall, planerat = PUNKTER[type(n.handelse)](n.handelse)
    return Punkt(
        str(n.position), n.handelse.typ, v.kommun, n.handelse.datum.toordinal(), v.person, v.malgrupp, v.kon,
        v.insatsform, v.regi, v.lagrum, v.avtalsform, v.utforare, utfall, planerat,
    )  # fmt: skip
