"""How a placement's known facts go on when what happens next in time is recorded next.

Nearly every entry of a stay is of that kind: a new price, a review, the end. The open part of the stay says all that is
needed, so nothing is derived anew; ``domain.harledning.placering.alla`` stays the definition that this agrees with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.begrepp import Avslutsorsak
from domain.fakta import ANNAN_BETALAR, VISTELSE, Fakta, Intervall
from domain.faktaspar import Fortsattning
from domain.handelse import Handelse, Notering
from domain.harledning.placering import ANDRINGAR, NOTERINGAR, andrad, fram_till, oppen_vistelse, punkter
from domain.placering.handelser import PlaceringAvslutad, PlaceringPaborjad, PlaneratSlutAndrat
from domain.tid import OANDLIG_DAG


def fortsatt(kanda: Sequence[Fakta], ny: Notering) -> Fortsattning | None:
    """Return how the known facts go on when an entry is added whose day is later than all before it.

    None where that takes more to tell: the stay has ended, is interrupted by an absence, or is paid for by somebody
    else (what it costs when the board pays again does not show in the open part).
    """
    if not kanda and type(ny.handelse) is PlaceringPaborjad:
        vistelse = oppen_vistelse(ny)
        return Fortsattning(None, (*punkter(vistelse, ny), vistelse))
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


def _avsluta(plats: int, oppen: Intervall, ny: Notering) -> Fortsattning:
    h, dag = ny.handelse, ny.handelse.datum.toordinal()
    assert type(h) is PlaceringAvslutad
    utskrivning = 0 if h.orsak is Avslutsorsak.OMPLACERING else 1
    return Fortsattning(plats, (*punkter(oppen, ny), fram_till(oppen, dag, utskrivning, ny.position)))


def _andra(plats: int, oppen: Intervall, ny: Notering) -> Fortsattning | None:
    if oppen.prissort == ANNAN_BETALAR:
        return None
    ny_del = andrad(oppen, ny)
    return Fortsattning(plats, (*punkter(ny_del, ny), fram_till(oppen, ny_del.fran, 0, ny.position), ny_del))


def _notera(_: int, oppen: Intervall, ny: Notering) -> Fortsattning:
    return Fortsattning(None, punkter(oppen, ny))


def _ror_inga_fakta(_: int, __: Intervall, ___: Notering) -> Fortsattning:
    return Fortsattning(None, ())


_FORTSATTER: Mapping[type[Handelse], Callable[[int, Intervall, Notering], Fortsattning | None]] = {
    **dict.fromkeys(ANDRINGAR, _andra),
    PlaceringAvslutad: _avsluta,
    PlaneratSlutAndrat: _ror_inga_fakta,
    **dict.fromkeys(NOTERINGAR, _notera),
}
