"""How the facts behind a counted part changed from one position of the log to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from application.ports import Faktaoppning
from domain.fakta import Belopp, Fakta, Intervall, Punkt
from domain.matt.bidrag import Faktarad
from domain.matt.modell import Berakning, Raknesatt
from domain.matt.orsaker import Faktabyte, Orsak, Orsakspost
from domain.matt.spartal import Blad
from domain.tid import Period

NOLL = Fraction(0)
_HOGST_EN_OCH_EN = 500
"""So many events are each asked for its effect on a cell that is no sum; of more, those of one cause in a row share."""


class Byte(NamedTuple):
    """A fact that became known, or ceased to be."""

    rad: Faktarad
    kom: bool


@dataclass(frozen=True)
class Forlopp:
    """The facts known from the beginning, and what each position changed."""

    fran_borjan: Sequence[Faktarad]
    byten: dict[int, list[Byte]]


def las_forlopp(fakta: Faktaoppning, berakning: Berakning, grupp: tuple[Any, ...], fran: int, till: int) -> Forlopp:
    """Return how the facts of a group of a calculation's answer changed from one position to a later one."""
    if berakning.senaste is None and not berakning.foljd:
        return _ur_livslangder(fakta.rader(berakning, grupp, till, fran), fran, till)
    # Whether a fact counts depends on what else is known, which its own row does not say.
    berorda = _ur_livslangder(fakta.rader(_allt_som_avgor(berakning, grupp[0]), (0,), till, fran), fran, till).byten
    forlopp = Forlopp(fakta.rader(berakning, grupp, fran), {})
    forra = forlopp.fran_borjan
    for position in sorted(berorda):
        nu = fakta.rader(berakning, grupp, position)
        byten = [Byte(rad, False) for rad in _utom(forra, nu)] + [Byte(rad, True) for rad in _utom(nu, forra)]
        if byten:
            forlopp.byten[position] = byten
        forra = nu
    return forlopp


_SER_VARJE_FAKTUM: Mapping[type[Fakta], Raknesatt] = {
    Intervall: Raknesatt.DYGN,
    Punkt: Raknesatt.ANTAL,
    Belopp: Raknesatt.SENASTE_DAG,
}
"""What every fact of a shape has a share in. Not ``ANTAL`` of amounts: it passes over those that state no number."""


def _allt_som_avgor(b: Berakning, period: int) -> Berakning:
    """Return a calculation of all facts that decide what counts: later statements, and what follows."""
    bland = (b.senaste.bland,) if b.senaste is not None and b.senaste.bland else ()
    fran, till = b.perioder[period].fran, b.perioder[period].till
    if b.foljd:
        till = max(till, b.galler_den + timedelta(days=1))
    return Berakning(
        b.form,
        tuple(dict.fromkeys((*b.slag, *bland, *b.foljd))),
        _SER_VARJE_FAKTUM[b.form],
        (Period(fran, till),),
        b.galler_den,
        {namn: varden for namn, varden in b.urval.items() if namn == "kommun"},
        regel=b.regel,
        period_efter=b.period_efter,
    )


def _ur_livslangder(rader: Iterable[Faktarad], fran: int, till: int) -> Forlopp:
    forlopp = Forlopp([rad for rad in rader if rad.kand(fran)], {})
    for rad in rader:
        for position, kom in ((rad.kand_fran, True), (rad.kand_till, False)):
            if fran < position <= till:
                forlopp.byten.setdefault(position, []).append(Byte(rad, kom))
    return forlopp


def _utom(rader: Iterable[Faktarad], andra: Iterable[Faktarad]) -> list[Faktarad]:
    kanda = {rad.nyckel for rad in andra}
    return [rad for rad in rader if rad.nyckel not in kanda]


def byten_vid(forlopp: Mapping[Blad, Forlopp], positioner: Iterable[int]) -> list[tuple[Blad, Byte]]:
    """Return what some positions changed, in all parts of a cell."""
    return [(blad, byte) for p in positioner for blad, f in forlopp.items() for byte in f.byten.get(p, ())]


def summans_poster(
    forlopp: Mapping[Blad, Forlopp], faktorer: Mapping[Blad, Fraction | None], orsaker: Mapping[int, Orsak]
) -> Iterator[Orsakspost]:
    """Yield what each event does to a cell that is a sum of facts."""
    for position, orsak in orsaker.items():
        byten = [(byte, byte.rad.varde * (faktorer[b] or 0)) for b, byte in byten_vid(forlopp, (position,))]
        fakta = (Faktabyte(byte.rad, *((NOLL, varde) if byte.kom else (varde, NOLL))) for byte, varde in byten)
        effekt = sum((varde if byte.kom else -varde for byte, varde in byten), NOLL)
        yield Orsakspost(orsak, position, effekt, tuple(fakta))


def i_rad(orsaker: Mapping[int, Orsak]) -> list[list[int]]:
    """Return positions one by one; if they are many, those of one cause that follow on each other together."""
    if len(orsaker) <= _HOGST_EN_OCH_EN:
        return [[position] for position in orsaker]
    grupper: list[list[int]] = []
    for position, orsak in orsaker.items():
        if grupper and orsaker[grupper[-1][-1]] is orsak:
            grupper[-1].append(position)
        else:
            grupper.append([position])
    return grupper
