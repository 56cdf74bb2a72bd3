"""The parts of a calculation's periods: days that are summed by themselves, and what each sum is divided by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from domain.fakta import Belopp
from domain.matt.modell import UNIKA, Berakning, Raknesatt
from domain.tid import Period, dagar_i_manaden


class Del(NamedTuple):
    """Some days of a counted period, the kind of price that is counted in them (any), and what a sum is divided by."""

    nr: int
    fran: int
    till: int
    delare: int = 1
    prissort: str | None = None


_DELARE: Mapping[Raknesatt, int] = MappingProxyType(
    {
        Raknesatt.BELOPP: 100,
        Raknesatt.VOLYM: 1000,
        Raknesatt.VOLYMVARDE: 100_000,
        Raknesatt.PLATSDYGN: 1000,
    }
)
"""What a sum is divided by: kronor are whole öre inside, numbers are thousandths."""

_EN_GANG = UNIKA.keys() | {Raknesatt.MEDIAN}
"""What is not a sum: whoever is counted once has one age, that of the period's last day."""


def delarna(b: Berakning) -> list[Del]:
    """Return the parts of a calculation's periods that are summed one by one, in order."""
    delare = _DELARE.get(b.raknesatt, 1)
    delar = [Del(nr, p.fran.toordinal(), p.till.toordinal(), delare) for nr, p in enumerate(b.perioder)]
    if b.form is Belopp:
        return delar
    if b.raknesatt is Raknesatt.PERSONMANADER:
        delar = [
            Del(nr, m.fran.toordinal(), m.till.toordinal(), dagar_i_manaden(m.fran))
            for nr, period in enumerate(b.perioder)
            for m in period.manader()
        ]
    if b.raknesatt is Raknesatt.KOSTNAD:
        delar = [d._replace(delare=100, prissort="dygn") for d in delar]
        delar += [
            Del(nr, m.fran.toordinal(), m.till.toordinal(), 100 * dagar_i_manaden(m.fran), "manad")
            for nr, period in enumerate(b.perioder)
            for m in period.manader()
        ]
        delar = [d for d in delar if d.prissort in b.urval.get("prissort", (d.prissort,))]
    if b.alder is not None and b.raknesatt not in _EN_GANG:
        delar = [del_ for d in delar for del_ in _per_ar(d)]
    slut = b.galler_den.toordinal() + 1
    passerade = (d._replace(till=min(d.till, slut)) for d in delar)
    return sorted((d for d in passerade if d.fran < d.till), key=lambda d: d.fran)


def _per_ar(d: Del) -> Iterator[Del]:
    """Yield what of a part lies in each calendar year: with the year a person grows a year older."""
    for ar in Period(date.fromordinal(d.fran), date.fromordinal(d.till)).aren():
        yield d._replace(fran=ar.fran.toordinal(), till=ar.till.toordinal())
