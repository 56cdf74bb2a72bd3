"""Deadlines: how long something may take, since when, and by which statute on which day.

A deadline belongs to the day on which what it limits began. Four months are not 120 days: a number of months ends on
the day of the month it began (the last of the month where there is none, lag 1930:173 § 1), which is 120 to 123 days.
§ 2 of that act moves a last day that falls on a holiday to the next weekday; whether it governs a board's own handling
is disputed, so measures count without it, and with it by a choice (``till_nasta_vardag``).
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from domain.regler.helgdagar import LANGSTA_HELG, nasta_vardag


@dataclass(frozen=True, slots=True)
class Lydelse:
    """A statute that states a deadline, from a day on."""

    galler_fran: date
    lagrum: str


@dataclass(frozen=True)
class Frist:
    """How long something may take.

    Attributes:
        namn: stored word.
        etikett: what is printed.
        kalla: where it comes from when it is no statute, or how it is read.
        dagar: calendar days, counted from the day after the first; or
        manader: calendar months.
        lydelser: the statutes that have stated it, the oldest first; none where it is no law.
        flyttas: whether a last day that is no weekday is moved to the next.
    """

    namn: str
    etikett: str
    kalla: str
    dagar: int = 0
    manader: int = 0
    lydelser: tuple[Lydelse, ...] = ()
    flyttas: bool = False

    def till_nasta_vardag(self) -> Frist:
        """Return the same deadline with a last day that is no weekday moved to the next (lag 1930:173 § 2)."""
        etikett = f"{self.etikett}, en helg flyttad till nästa vardag (lag 1930:173 2 §)"
        return replace(self, namn=f"{self.namn}TillVardag", etikett=etikett, flyttas=True)

    def sista_dag(self, borjan: date) -> date:
        """Return the last day that is in time for what began on a day."""
        manad = borjan.month - 1 + self.manader
        ar, manad = borjan.year + manad // 12, manad % 12 + 1
        dag = date(ar, manad, min(borjan.day, calendar.monthrange(ar, manad)[1]))
        dag += timedelta(days=self.dagar)
        return nasta_vardag(dag) if self.flyttas else dag

    def forsta_som_haller(self, dag: date) -> date:
        """Return the earliest beginning that is still in time on a day; what began before it is late."""
        langst = 31 * self.manader + self.dagar + (LANGSTA_HELG if self.flyttas else 0)
        borjan = dag - timedelta(days=langst)
        while self.sista_dag(borjan) < dag:
            borjan += timedelta(days=1)
        return borjan

    def lydelse(self, dag: date) -> Lydelse | None:
        """Return what stated it on a day, if it was law then."""
        return next((ett for ett in reversed(self.lydelser) if ett.galler_fran <= dag), None)

    def lagrum(self, dag: date) -> str | None:
        """Return the statute in force on a day, if it was law then."""
        lydelse = self.lydelse(dag)
        return None if lydelse is None else lydelse.lagrum

    @property
    def galler_fran(self) -> date | None:
        """Return the first day it was law."""
        return self.lydelser[0].galler_fran if self.lydelser else None


NYA_SOL = date(2025, 7, 1)

UTREDNING_FYRA_MANADER = Frist(
    "fyraManader",
    "fyra månader",
    "Lagkravet för barnutredningar; förlängningar räknas inte in",
    manader=4,
    lydelser=(
        Lydelse(date(2002, 1, 1), "SoL (2001:453) 11 kap. 2 §"),
        Lydelse(NYA_SOL, "SoL (2025:400) 20 kap. 3 §"),
    ),
)
UTREDNING_120_DAGAR = Frist(
    "120dagar", "120 dagar", "Styrkort och jämförelser räknar i dagar (MATT.md I01); inget lagkrav", dagar=120
)
FORHANDSBEDOMNING_14_DAGAR = Frist(
    "14dagar",
    "14 dagar",
    "Dagen anmälan kom in är dag 0",
    dagar=14,
    lydelser=(
        Lydelse(date(2013, 1, 1), "SoL (2001:453) 11 kap. 1 a §"),
        Lydelse(NYA_SOL, "SoL (2025:400) 20 kap. 2 §"),
    ),
)
EJ_VERKSTALLT_TRE_MANADER = Frist(
    "treManader",
    "tre månader",
    "Rapporteras till IVO och kommunens revisorer varje kvartal",
    manader=3,
    lydelser=(
        Lydelse(date(2006, 7, 1), "SoL (2001:453) 16 kap. 6 f §"),
        Lydelse(NYA_SOL, "SoL (2025:400) 34 kap. 1 §"),
    ),
)
EJ_VERKSTALLT_SEX_MANADER = Frist(
    "sexManader", "sex månader", "Rapporterna skiljer ut de som väntat längst (MATT.md I04); inget lagkrav", manader=6
)
ATERAKTUALISERING_ETT_AR = Frist(
    "365dagar", "365 dagar", "Nationella jämförelser: ej återaktualiserad ett år efter avslut (MATT.md I08)", dagar=365
)

FRISTER: Mapping[str, Frist] = MappingProxyType(
    {
        frist.namn: frist
        for frist in (
            UTREDNING_FYRA_MANADER,
            UTREDNING_120_DAGAR,
            FORHANDSBEDOMNING_14_DAGAR,
            EJ_VERKSTALLT_TRE_MANADER,
            EJ_VERKSTALLT_SEX_MANADER,
            ATERAKTUALISERING_ETT_AR,
        )
    }
)
"""Every deadline by its stored word."""
