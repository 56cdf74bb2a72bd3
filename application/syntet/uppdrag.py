"""What to invent: the order for an invented history, and the error when it cannot be met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from application.fel import VantatFel
from application.rapporter.radmappning import Rad, Radmappning, valj_radmappning
from application.syntet.tabellslag import slag_av
from application.tryckt import Trycktabell

_STANDARDBESLUT = (9, 19)  # delår 2 is adopted about three weeks after its cut-off day, when none is printed
_STANDARDSLUT = (8, 31)


class Amne(StrEnum):
    """What an order may leave out, though tables print it."""

    OVRIGA_ARENDEN = "ovriga-arenden"


class SyntetGarInte(VantatFel, ValueError):
    """The order cannot be met; the text is a Swedish sentence that names the table, row, column or sum."""


@dataclass(frozen=True)
class Syntetuppdrag:
    """An order for an invented history.

    Attributes:
        kommun: municipality code.
        tabeller: the printed tables to meet, with what their known errors ought to have been; recognised by their
            columns, never by name.
        radmappning: what each printed row counts.
        ar: the report year; the year that the budget and forecast columns are about.
        namnd: the board's word; part of the identity of its budget years.
        fro: seed; the same seed and tables give the same bytes.
        skala: multiplies volumes and amounts.
        till: last day of the history; if not given that of the printed outcome, else 31 August of the report year.
        verksamhet: the unit that the external care table specifies.
        beslutad: the day the second interim report is adopted; else as printed, else 19 September.
        organ: the deciding body as written in decisions.
        utan: what is left out.
        mappningar: the rows of other tables of amounts, by the table's name.
    """

    kommun: str
    tabeller: tuple[Trycktabell, ...]
    radmappning: tuple[Rad, ...]
    ar: int
    namnd: str = "socialnamnden"
    fro: int = 1
    skala: int = 1
    till: date | None = None
    verksamhet: str = "Externa vård- och behandlingskostnader"
    beslutad: date | None = None
    organ: str = "Socialnämnden"
    utan: frozenset[Amne] = frozenset()
    mappningar: Mapping[str, tuple[Radmappning, ...]] = field(default_factory=dict)

    def mappning(self, tabell: str) -> Radmappning | None:
        """Return the rows of a table at the end of the report's year; None where it has none in the municipality."""
        dag = date(self.ar, 12, 31)
        egna = self.mappningar.get(tabell, ())
        har = any(m.galler(self.kommun, dag) for m in egna)
        return valj_radmappning(tuple(egna), self.kommun, dag) if har else None

    def __post_init__(self) -> None:
        """Refuse an order that no history can meet.

        Raises:
            SyntetGarInte: scale below one, negative seed, or days that lie outside the report year.
        """
        if self.skala < 1:
            raise SyntetGarInte(f"Skalan måste vara minst 1, inte {self.skala}.")
        if self.fro < 0:
            raise SyntetGarInte(f"Fröet får inte vara negativt ({self.fro}).")
        if self.slutdag.year != self.ar:
            raise SyntetGarInte(f"Historiken måste sluta under rapportåret {self.ar}, inte {self.slutdag}.")
        if not date(self.ar, 3, 1) <= self.beslutsdag < date(self.ar + 1, 3, 1):
            raise SyntetGarInte(f"Beslutsdagen {self.beslutsdag} hör inte till rapportåret {self.ar}.")

    @property
    def helar(self) -> bool:
        """Whether a table prints the outcome of the whole report year; the history then ends with the year."""
        return any(slag.helar for tabell in self.tabeller if (slag := slag_av(tabell)) is not None)

    @property
    def slutdag(self) -> date:
        """The last day on which anything happens in care."""
        if self.till is not None:
            return self.till
        return date(self.ar, 12, 31) if self.helar else date(self.ar, *_STANDARDSLUT)

    @property
    def beslutsdag(self) -> date:
        """The day the second interim report is adopted."""
        if self.beslutad is not None:
            return self.beslutad
        tryckta = (tabell.beslutad for tabell in self.tabeller)
        standard = date(self.ar + 1, 2, 20) if self.helar else date(self.ar, *_STANDARDBESLUT)
        return next((dag for dag in tryckta if dag is not None), standard)
