"""Facts: what the events of a stream mean, in three shapes that everything is counted from.

The field names below are the columns of the fact tables (one declaration); ``domain.harledning`` says which
facts follow from which events.
Days are day numbers (``date.toordinal``), money is whole öre, average persons are thousandths; all are exact integers.
Identities are text.

Every fact follows from events whose ``datum`` is not after the first day it speaks of. A question at a day
``galler_den`` therefore only clips intervals and leaves out later points and amounts; no fact has to be refolded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, NewType
from uuid import UUID

Identitet = NewType("Identitet", str)
"""An identity as 32 hexadecimal digits: compared, hashed and stored many times faster than a UUID, and with no hand.

A stream's facts share a few of them, so each is written out once per stream and not once per row."""


class Intervall(NamedTuple):
    """Something that held from ``fran`` up to but not including ``till``.

    ``underslag`` says more closely what kind it is (type of case or investigation), ``utfall`` how it ended, if it did.
    ``inskrivning`` and ``utskrivning`` are 1 where the interval begins with an admission or ends with a discharge that
    a care-day rule may count differently (never at a move, see ``domain.regler.vardygn``).
    """

    handelser: str
    slag: str
    kommun: str
    fran: int
    till: int
    inskrivning: int = 0
    utskrivning: int = 0
    person: Identitet | None = None
    malgrupp: str | None = None
    kon: str | None = None
    insatsform: str | None = None
    regi: str | None = None
    lagrum: str | None = None
    avtalsform: str | None = None
    utforare: Identitet | None = None
    prissort: str | None = None
    pris: int | None = None
    betald: int = 1
    antal: int = 1000
    fodelsear: int | None = None
    arende: Identitet | None = None
    enhet: str | None = None
    underslag: str | None = None
    utfall: str | None = None
    planerat: int | None = None


class Punkt(NamedTuple):
    """Something that happened on a day.

    ``underslag`` says more closely what kind it is, ``utfall`` what came of it, ``avsandare`` who brought it about.
    ``antal`` is how many it was, in thousandths as everywhere.
    """

    handelser: str
    slag: str
    kommun: str
    dag: int
    person: Identitet | None = None
    malgrupp: str | None = None
    kon: str | None = None
    insatsform: str | None = None
    regi: str | None = None
    lagrum: str | None = None
    avtalsform: str | None = None
    utforare: Identitet | None = None
    utfall: str | None = None
    planerat: int | None = None
    fodelsear: int | None = None
    arende: Identitet | None = None
    enhet: str | None = None
    underslag: str | None = None
    avsandare: str | None = None
    antal: int = 1000
    belopp: int | None = None


class Belopp(NamedTuple):
    """An amount for a month or a year (``manad`` is its first day), in force from ``dag``.

    ``avser_manad`` is the month it concerns, where that can be another; without it, it concerns ``manad``.
    ``ordning`` numbers the forecasts of a year in the order they took effect, since several may speak of one day.
    """

    handelser: str
    slag: str
    kommun: str
    namnd: str
    dag: int
    manad: int
    belopp: int = 0
    avser_manad: int | None = None
    verksamhet: str | None = None
    kontogrupp: str | None = None
    konto: str | None = None
    malgrupp: str | None = None
    insatsform: str | None = None
    regi: str | None = None
    underslag: str | None = None
    antal: int | None = None
    prissort: str | None = None
    pris: int | None = None
    ordning: int | None = None
    arende: Identitet | None = None
    atgard: Identitet | None = None
    enhet: str | None = None
    projekt: str | None = None
    utfall: str | None = None


Fakta = Intervall | Punkt | Belopp

FAKTAFORMER: tuple[type[Fakta], ...] = (Intervall, Punkt, Belopp)

VISTELSE = "vistelse"
FRANVARO = "franvaro"
PLATS = "plats"
RAMAVTAL = "ramavtal"
ABONNEMANG = "abonnemang"
ARENDE = "arende"
FORHANDSBEDOMNING = "forhandsbedomning"
UTREDNING = "utredning"
BESLUT_EJ_VERKSTALLT = "beslutEjVerkstallt"
INSATS = "insats"
SERVICEINSATS = "serviceinsats"
PROBLEMATIK = "problematik"
ENSAMKOMMANDE = "ensamkommande"
OMBUDSTIMMAR = "ombudstimmar"
BUDGET = "budget"
UTFALL = "utfall"
PROGNOS = "prognos"
BUDGETVOLYM = "budgetvolym"
PROGNOSVOLYM = "prognosvolym"
INVANARE = "invanare"
INVESTERINGSBUDGET = "investeringsbudget"
INVESTERINGSUTFALL = "investeringsutfall"
INVESTERINGSPROGNOS = "investeringsprognos"
ERSATTNING_SOKT = "ersattning.sokt"
ERSATTNING_BEVILJAD = "ersattning.beviljad"
ERSATTNING_AVSLAGEN = "ersattning.avslagen"
ERSATTNING_ATERBETALD = "ersattning.aterbetald"
MALVARDE = "malvarde"
MALUTFALL = "malutfall"
REGISTER = "register"
ATAGANDE = "atagande"
ATAGANDE_FORSENAT = "atagandeForsenat"
RIKTLINJE = "riktlinje"
INVANARGRUPP = "invanargrupp"
UPPGIFT = "uppgift"
UPPGIFT_EJ_REDOVISBAR = "uppgiftEjRedovisbar"
INTERNKONTROLLRISK = "internkontrollrisk"
ATGARDSFAS = "atgardsfas"
ATGARDSFORSENING = "atgardsforsening"
DELUPPDRAG = "deluppdrag"
BUDGETERAD_EFFEKT = "budgeteradEffekt"
FORVANTAD_EFFEKT = "forvantadEffekt"
FORVANTAD_TOTALEFFEKT = "forvantadTotaleffekt"
UPPNADD_EFFEKT = "uppnaddEffekt"
BEDOMT_ARENDE = "bedomtArende"
ALTERNATIVKOSTNAD = "alternativkostnad"
DIREKTUPPHANDLING = "direktupphandling"
KO = "ko"
UTFORARE = "utforare"
ORGANISATION = "organisation"
AVTALSVOLYM = "avtalsvolym"
AVTALSUPPFOLJNING = "avtalsuppfoljning"
SERVICEDYGN = "servicedygn"
SERVICEPERSONER = "servicepersoner"

ANNAN_BETALAR = "annanBetalar"
"""The ``prissort`` of days of care that somebody else pays for: they have no price, but not because it is unknown."""


def identitet(uuid: UUID | None) -> Identitet | None:
    """Return an identity as facts have it."""
    return None if uuid is None else Identitet(uuid.hex)


def spar(positioner: Sequence[int]) -> str:
    """Return the log positions of the events behind a fact, as stored."""
    return " ".join(map(str, positioner))


def handelse_av(fakta: Fakta) -> list[int]:
    """Return the log positions of the events a fact follows from."""
    return [int(position) for position in fakta.handelser.split()]
