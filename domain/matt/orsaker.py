"""Why the same cell has another value: the causes a difference is split into, and the trail of each part.

Between two moments of knowledge the value is followed from one position of the log to the next. Every value on the way
was the known one at some time, so what each event did to the figure is no model, and the parts add up by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.matt.bidrag import Faktarad

_NOLL = Fraction(0)


class Orsak(StrEnum):
    """What made a figure another."""

    SENT = "sent registrerat"
    """Events that had taken effect by the earlier moment of knowledge, and were registered after it."""
    RATTELSE = "rättelser"
    """Events that annul or replace earlier ones."""
    NYTT = "nya händelser"
    """Events, or facts, that took effect after the earlier moment of knowledge, or the earlier day."""
    PAGAENDE = "pågående"
    """What had begun by the earlier day and went on, or ended, after it."""
    TID = "längre tid"
    """The same facts, divided by more days or looked at over another period, because the day is a later one."""
    REGEL = "ändrad definition eller regel"
    """Another care-day rule, variant, organisation or way to count of the same facts."""


def handelsens_orsak(*, ar_rattelse: bool, datum: int, kand_dag: int) -> Orsak:
    """Return why an event that was registered after the earlier moment of knowledge changed a figure.

    Args:
        ar_rattelse: whether it annuls or replaces another event.
        datum: day number it took effect.
        kand_dag: day number of the earlier moment of knowledge.
    """
    if ar_rattelse:
        return Orsak.RATTELSE
    return Orsak.SENT if datum <= kand_dag else Orsak.NYTT


@dataclass(frozen=True, slots=True)
class Faktabyte:
    """A fact that came to count, went, or came to count differently.

    Attributes:
        fore: what it contributed to its calculation before; ``efter`` what it contributes after.
    """

    rad: Faktarad
    fore: Fraction
    efter: Fraction


@dataclass(frozen=True, slots=True)
class Orsakspost:
    """One trail of a part: the event that made the change, if one did, and the facts it changed.

    ``effekt`` is what it did to the cell; None where only the facts of the part together can say that.
    """

    orsak: Orsak
    position: int | None
    effekt: Fraction | None
    fakta: tuple[Faktabyte, ...]


@dataclass(frozen=True, slots=True)
class Cellforklaring:
    """Why a cell has another value; a cell with nothing to say counts as zero."""

    cell: Mapping[str, str | None]
    fran: Fraction | None
    till: Fraction | None
    delar: Mapping[Orsak, Fraction]
    poster: Sequence[Orsakspost]

    @property
    def skillnad(self) -> Fraction:
        """Return the later value less the earlier."""
        return (self.till or _NOLL) - (self.fran or _NOLL)
