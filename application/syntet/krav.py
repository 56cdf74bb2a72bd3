"""What the printed tables demand of a history, as figures, with notes on what is not met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from application.syntet.matt import HELA, Del, Matt, Vardord
from application.tryckt import Trycktabell
from domain.begrepp import Kon
from domain.tid import Period, kalenderar


@dataclass(frozen=True)
class Tal:
    """One printed figure: what it is, of which label and part of it, about which days, and in which table."""

    matt: Matt
    etikett: str
    del_: Del
    period: Period
    varde: Decimal
    tabell: str

    @property
    def kon(self) -> Kon | None:
        """The sex it is about, if it is about one."""
        return self.del_.kon


@dataclass(frozen=True)
class Boende:
    """A unit's printed occupancy: month number -> share of places."""

    namn: str
    manader: dict[int, Decimal]


@dataclass(frozen=True)
class Avtalsrad:
    """Stays begun in a form: how many under framework agreements and how many bought directly."""

    etikett: str
    vard: Vardord
    inom: int
    direkt: int


@dataclass(frozen=True)
class Uppfoljning:
    """Follow-ups of one contract: how many, how thorough, the names printed, and area -> (mean grade, share 4–5)."""

    avtal: str
    vard: Vardord
    antal: int
    begransad: bool
    namn: tuple[str, ...] = ()
    betyg: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True)
class Atgardsrad:
    """An åtgärd: its name and its budgeted and forecast effect in kronor."""

    namn: str
    budgeterad: Decimal
    prognos: Decimal


@dataclass(frozen=True)
class Koplats:
    """A queue as printed: whose, how many, and whether families are counted."""

    enhet: str
    antal: int
    familj: bool


@dataclass
class Krav:
    """All that the tables demand beside external care, units and population.

    ``lasta`` are the numbers of the rows that gave a figure, by table; ``noter`` are Swedish sentences.
    """

    tal: list[Tal] = field(default_factory=list)
    boenden: list[Boende] = field(default_factory=list)
    avtal: list[Avtalsrad] = field(default_factory=list)
    orsaker: dict[str, int] = field(default_factory=dict)
    uppfoljningar: list[Uppfoljning] = field(default_factory=list)
    atgarder: list[Atgardsrad] = field(default_factory=list)
    ataganden: dict[str, int] = field(default_factory=dict)
    brukare: dict[int, dict[tuple[int, int] | None, int]] = field(default_factory=dict)
    ekonomi: list[Trycktabell] = field(default_factory=list)
    koer: list[Koplats] = field(default_factory=list)
    lasta: dict[str, set[int]] = field(default_factory=dict)
    noter: list[str] = field(default_factory=list)

    def av(self, *matt: Matt, delar: bool = False) -> list[Tal]:
        """Return the figures of some kinds, in order of time; those of parts of a figure only if asked for."""
        return sorted((t for t in self.tal if t.matt in matt and (delar or t.del_ == HELA)), key=lambda t: t.period)

    def trycker_vard(self, ar: int) -> bool:
        """Return whether anything that happened in care or cases in a year is printed."""
        i_aret = (t for t in self.tal if t.matt is not Matt.INVANARE and t.period.fran.year == ar)
        return bool(self.boenden or self.avtal) or next(i_aret, None) is not None

    def per_ar(self, matt: Matt, kon: Kon | None = None) -> dict[int, int]:
        """Return a count per calendar year (of the whole, or of one sex)."""
        return {ar: int(t.varde) for ar, t in self._arstal(matt, Del(kon)).items()}

    def andel_per_ar(self, matt: Matt) -> dict[int, float]:
        """Return a share per calendar year; 1 is all."""
        return {ar: float(t.varde) / 100 for ar, t in self._arstal(matt, HELA).items()}

    def procent_kvinnor(self, matt: Matt) -> list[tuple[Tal, float]]:
        """Return what is printed of women in a figure, in per cent of it: as it stands, or their number of all."""
        hela = {(t.etikett, t.period, t.tabell): t.varde for t in self.av(matt)}
        resultat = []
        for t in self.av(matt, delar=True):
            alla = hela.get((t.etikett, t.period, t.tabell))
            if t.del_ == Del(Kon.KVINNA, andel=True):
                resultat.append((t, float(t.varde)))
            elif t.del_ == Del(Kon.KVINNA) and alla:
                resultat.append((t, 100 * float(t.varde) / float(alla)))
        return resultat

    def _arstal(self, matt: Matt, del_: Del) -> dict[int, Tal]:
        hela = [t for t in self.av(matt, delar=True) if t.period == kalenderar(t.period.fran.year) and t.del_ == del_]
        return {t.period.fran.year: t for t in hela}


def tryckta_ar(tal_: Iterable[Tal]) -> tuple[int, ...]:
    """Return the years that figures are about, in order."""
    return tuple(sorted({t.period.fran.year for t in tal_}))
