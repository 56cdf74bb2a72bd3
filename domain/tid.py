"""Days, periods and the two times of every question.

Valid time is a Swedish calendar **day** (``date``); inside the code a day is often its proleptic ordinal number, since
whole numbers subtract alike in every database. Transaction time is an **instant** (aware ``datetime`` in UTC).
Periods are half open, ``[fran, till)``; an inclusive "till och med" exists only where a person reads or writes it.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SVENSK_TID = ZoneInfo("Europe/Stockholm")

FORSTA_AR, SISTA_AR = 1900, 2200
"""The years that the ledger speaks of."""

OANDLIG_DAG = date.max.toordinal()
"""The day number that stands for "not ended"."""

FORSTA_DAG, SISTA_DAG = date(FORSTA_AR, 1, 1), date(SISTA_AR, 12, 31)
"""The days a question may be about, and so an event."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``fran`` up to but not including ``till``."""

    fran: date
    till: date

    def __post_init__(self) -> None:
        """Refuse a reversed period; an empty one is allowed."""
        if self.till < self.fran:
            msg = f"Perioden slutar ({self.till}) före sin början ({self.fran})."
            raise ValueError(msg)

    @property
    def dagar(self) -> int:
        """Return the number of days in the period."""
        return (self.till - self.fran).days

    @property
    def sista_dag(self) -> date:
        """Return the last day of a period that is not empty, as a person writes it."""
        return self.till - timedelta(days=1)

    @property
    def hela_manader(self) -> bool:
        """Return whether the period begins and ends at a turn of a month."""
        return self.fran.day == 1 and self.till.day == 1

    @property
    def hela_ar(self) -> bool:
        """Return whether the period begins and ends at a turn of a year."""
        return self.hela_manader and self.fran.month == self.till.month == 1

    def manader(self) -> Iterator[Period]:
        """Yield the parts of the period that lie in each calendar month, in order."""
        fran = self.fran
        while fran < self.till:
            nasta = manad_efter(fran)
            yield Period(fran, min(nasta, self.till))
            fran = nasta

    def aren(self) -> Iterator[Period]:
        """Yield the parts of the period that lie in each calendar year, in order."""
        fran = self.fran
        while fran < self.till:
            nasta = date(fran.year + 1, 1, 1)
            yield Period(fran, min(nasta, self.till))
            fran = nasta

    def __str__(self) -> str:
        """Print the period as a person does, both days included."""
        return f"{self.fran}–{self.sista_dag}" if self.dagar else f"tom period vid {self.fran}"


def kalenderar(ar: int) -> Period:
    """Return the days of a calendar year."""
    return Period(date(ar, 1, 1), date(ar + 1, 1, 1))


def kalendermanad(manad: str) -> Period:
    """Return the days of a month written ``YYYY-MM``."""
    fran = date.fromisoformat(f"{manad}-01")
    return Period(fran, manad_efter(fran))


def manad_efter(dag: date) -> date:
    """Return the first day of the month after the one ``dag`` lies in."""
    return date(dag.year + dag.month // 12, dag.month % 12 + 1, 1)


def dagar_i_manaden(dag: date) -> int:
    """Return how many days the month of ``dag`` has."""
    return calendar.monthrange(dag.year, dag.month)[1]


def svensk_dag(ogonblick: datetime) -> date:
    """Return the calendar day in Sweden at an instant."""
    return ogonblick.astimezone(SVENSK_TID).date()


def dagens_slut(dag: date) -> datetime:
    """Return the last microsecond of a Swedish day, in UTC.

    A bare date given as *känt den* means everything the ledger learnt up to and including that day.
    """
    nasta_midnatt = datetime.combine(dag + timedelta(days=1), time.min, SVENSK_TID)
    return nasta_midnatt.astimezone(UTC) - timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Tidssnitt:
    """What a question is asked as of: day ``galler_den`` (included), as known at instant ``kant_den`` (included).

    Without ``kant_den`` the question is about everything known, and the answer says up to which registration that was.
    With ``position`` too, ``kant_den`` has been resolved to that position of the log: what was registered at the same
    instant and lies after it is not known.
    """

    galler_den: date
    kant_den: datetime | None = None
    position: int | None = None

    def __post_init__(self) -> None:
        """Refuse a naive instant, which names no moment without a zone, and a position without one."""
        if self.kant_den is not None and self.kant_den.tzinfo is None:
            msg = "kant_den saknar tidszon."
            raise ValueError(msg)
        if self.position is not None and self.kant_den is None:
            msg = "position saknar kant_den."
            raise ValueError(msg)


def som_rfc3339(ogonblick: datetime) -> str:
    """Return an instant in UTC with every microsecond, so that what is printed can be asked for again."""
    return ogonblick.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def mikrosekunder(ogonblick: datetime) -> int:
    """Return an instant as whole microseconds since 1970 in UTC: exact, sortable and alike in every database."""
    skillnad = ogonblick - _EPOK
    return (skillnad.days * 86_400 + skillnad.seconds) * 1_000_000 + skillnad.microseconds


def ogonblick_av(mikrosekunder: int) -> datetime:
    """Return the instant of a number of microseconds since 1970."""
    return _EPOK + timedelta(microseconds=mikrosekunder)


_EPOK = datetime(1970, 1, 1, tzinfo=UTC)
