"""Kinds of printed table, told by their columns: what each is read as, or why a history cannot meet it.

The first kind whose columns a table has is the one it is. A kind says what its columns mean; nothing here is about a
particular municipality, year or figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from application.tryckt import Trycktabell


class Lasning(Enum):
    """How a table is read."""

    EXTERN = "external care: persons per day, price and amount per row"
    ENHETER = "budget and forecast per unit"
    TAL = "figures per label and period"
    BELAGGNING = "occupancy per unit and month"
    AVTAL = "stays begun per form, by contract"
    ORSAKER = "why stays were bought outside contracts"
    UPPFOLJNINGAR = "follow-ups per contract"
    UPPFOLJDA = "names of the providers followed up"
    BETYG = "grades per area"
    ATAGANDEN = "commitments per state"
    ATGARDER = "budgeted and forecast effect per åtgärd"
    BRUKARE = "persons per age group"
    EKONOMI = "amounts per account group or unit"
    PASTAENDEN = "figures in running text"
    INGET = "nothing that a history can meet"


@dataclass(frozen=True)
class Tabellslag:
    """One kind of table.

    Attributes:
        namn: what it is called, Swedish, as notes print it.
        kolumner: patterns; a table of this kind has a column that matches each.
        lasning: how it is read.
        etikett: the column with the row's label.
        del_: the column that divides a label (sex, say), if any.
        skal: why nothing in it is met, Swedish.
        helar: whether its outcome of the report year is that of the whole year.
    """

    namn: str
    kolumner: tuple[str, ...]
    lasning: Lasning
    etikett: str = ""
    del_: str = ""
    skal: str = ""
    helar: bool = False

    def ar(self, tabell: Trycktabell) -> bool:
        """Return whether a table is of this kind."""
        return all(any(re.fullmatch(monster, namn) for namn in tabell.kolumner) for monster in self.kolumner)


_AR = r"_\d{4}"

TABELLSLAG: tuple[Tabellslag, ...] = (
    Tabellslag("externa insatser", (rf"snitt_(utfall|budget|prognos){_AR}",), Lasning.EXTERN),
    Tabellslag("enheternas resultat", ("verksamhet",), Lasning.ENHETER, "verksamhet"),
    Tabellslag("flera år i sammandrag", ("grupp", "matt", "delvarde"), Lasning.TAL, "matt", "delvarde"),
    Tabellslag("volymmått", ("volymmatt", rf"utfall{_AR}"), Lasning.TAL, "volymmatt", helar=True),
    Tabellslag("placerade per lagrum", ("lagrum", "kon"), Lasning.TAL, "lagrum", "kon"),
    Tabellslag("ensamkommande per status", ("status", rf"[a-z]{{3}}{_AR}"), Lasning.TAL, "status"),
    Tabellslag("styrkort", ("perspektiv", "matt"), Lasning.TAL, "matt"),
    Tabellslag("beläggning", ("boende", r"ack_\w+"), Lasning.BELAGGNING, "boende"),
    Tabellslag("externa utförare", ("vardform", "inom_ramavtal_antal", "direktupphandling_antal"), Lasning.AVTAL),
    Tabellslag("direktupphandling per anledning", ("anledning", "antal"), Lasning.ORSAKER, "anledning"),
    Tabellslag("avtalsuppföljningar", ("ramavtal", "genomforda_uppfoljningar"), Lasning.UPPFOLJNINGAR, "ramavtal"),
    Tabellslag("uppföljda utförare", ("ramavtal", "utforare"), Lasning.UPPFOLJDA, "ramavtal"),
    Tabellslag("betyg per område", ("omrade", "medelbetyg"), Lasning.BETYG, "omrade"),
    Tabellslag("åtaganden", ("pagar", "klart_avslutat"), Lasning.ATAGANDEN, "enhet"),
    Tabellslag("åtgärder", ("atgard", "budgeterad_effekt_helar", "prognos_effekt"), Lasning.ATGARDER, "atgard"),
    Tabellslag("kostnad per brukare", ("aldersgrupp", "antal_brukare"), Lasning.BRUKARE, "aldersgrupp"),
    Tabellslag("resultaträkning", ("konto", "arsprognos", "avvikelse_arsprognos"), Lasning.EKONOMI, "konto"),
    Tabellslag(
        "driftsredovisning", ("post", rf"utfall{_AR}", rf"budget{_AR}"), Lasning.EKONOMI, "post", helar=True
    ),
    Tabellslag("påståenden i löptext", ("nyckel", "varde", "citat"), Lasning.PASTAENDEN, "citat"),
    Tabellslag("indikatorer", ("indikator",), Lasning.TAL, "indikator"),
    Tabellslag(
        "underliggande enheter", ("enhet", rf"budgetavvikelse_[a-z]+{_AR}"), Lasning.INGET,
        skal="beloppen är desamma som resultaträkningens, fördelade på enheter; historien följer kontona",
    ),
    Tabellslag(
        "kontogrupper", ("kontogrupp",), Lasning.INGET,
        skal="beloppen är desamma som enheternas, fördelade på kontogrupper; historien följer enheterna",
    ),
    Tabellslag(
        "kontoslag", ("kontoslag",), Lasning.INGET,
        skal="beloppen är desamma som enheternas, fördelade på kontoslag; historien följer enheterna",
    ),
    Tabellslag(
        "ensamkommandes ekonomi", ("grupp", "post", "budgetavvikelse"), Lasning.INGET,
        skal="beloppen ingår i enheternas resultat, och posterna har ett annat avläsningsdatum",
    ),
    Tabellslag("jämförelse med andra kommuner", ("matt", "kommun"), Lasning.INGET, skal="talen är andra kommuners"),
    Tabellslag("personal", ("nyckeltal",), Lasning.INGET, skal="den handlar om nämndens personal"),
    Tabellslag("sjukfrånvaro", ("matt", rf"kvinnor{_AR}"), Lasning.INGET, skal="den handlar om nämndens personal"),
    Tabellslag("mål", ("mal", "bedomning_.*"), Lasning.INGET, skal="den har omdömen men inga volymer"),
    Tabellslag("huvudprocesser", ("process", "trend"), Lasning.INGET, skal="den har omdömen men inga volymer"),
    Tabellslag("investeringar", ("objekt|projekt|projektbenamning",), Lasning.INGET, skal="investeringar är inte vård"),
)  # fmt: skip
"""Every kind, the narrower before the wider."""


def slag_av(tabell: Trycktabell) -> Tabellslag | None:
    """Return the kind of a table, or None if it is of no known kind."""
    return next((slag for slag in TABELLSLAG if slag.ar(tabell)), None)
