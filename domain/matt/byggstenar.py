"""What the families of measures share: units, calculations by kind of fact, and restrictions with a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from domain.begrepp import Insatsform, Malgrupp, Prissort, Regi
from domain.fakta import FRANVARO, INVANARGRUPP, UTREDNING, VISTELSE, Belopp, Intervall, Punkt
from domain.matt.deklaration import Mattenhet, Variant, Variantval
from domain.matt.modell import Raknesatt, Senaste, Urval
from domain.matt.uttryck import Grund, Kvot, Periodval, Skillnad, Under, Uttryck

DYGN = Mattenhet("dygn", 0)
PERSONER = Mattenhet("personer", 0)
PERSONER_PER_DYGN = Mattenhet("personer per dygn", 2)
ANTAL = Mattenhet("antal", 0)
ANTAL_PER_MANAD = Mattenhet("antal per månad", 0)
ARENDEN = Mattenhet("ärenden", 0)
INSATSER = Mattenhet("insatser", 0)
PLATSER = Mattenhet("platser", 0)
MANADER = Mattenhet("månader", 1)
DAGAR = Mattenhet("dagar", 1)
TIMMAR = Mattenhet("timmar", 1)
PROCENT = Mattenhet("procent", 0)
PROCENT_EN_DECIMAL = Mattenhet("procent", 1)
PER_TUSEN = Mattenhet("per 1 000 invånare", 0)
BETYG = Mattenhet("betyg", 1)
TAL = Mattenhet("registrerad enhet", 3)
KRONOR = Mattenhet("kr", 2)
KRONOR_PER_DYGN = Mattenhet("kr per dygn", 2)
KRONOR_PER_MANAD = Mattenhet("kr per månad", 2)
KRONOR_PER_INVANARE = Mattenhet("kr per invånare", 0)

NETTO = "Belopp är nettokostnad: kostnad positiv, intäkt negativ."
ALDERN = "Ålder är den som personen fyller det år det hände."
PERSONENS_ALDER = "Ålder är den som personen fyller det år perioden slutar."
BOKFORDA_MANADER = "Hela månader som gått räknas, till och med den senaste som har någon bokning."

# Calculations --------------------------------------------------------------------------------------------------------


def intervall(slag: str, raknesatt: Raknesatt = Raknesatt.DYGN, **falt: Any) -> Grund:
    """Return a calculation over intervals of a kind."""
    return Grund(Intervall, (slag,), raknesatt, **falt)


def punkter(*slag: str, raknesatt: Raknesatt = Raknesatt.ANTAL, **falt: Any) -> Grund:
    """Return a calculation over points of some kinds: how many, unless another is said."""
    return Grund(Punkt, slag, raknesatt, **falt)


def belopp(slag: str, raknesatt: Raknesatt = Raknesatt.BELOPP, **falt: Any) -> Grund:
    """Return a calculation over amounts of a kind: their kronor, unless another is said."""
    return Grund(Belopp, (slag,), raknesatt, **falt)


VARDYGN = Grund(Intervall, (VISTELSE, FRANVARO), Raknesatt.DYGN)
"""Days of care by the care-day rule."""
PLACERADE = replace(VARDYGN, raknesatt=Raknesatt.UNIKA_PERSONER)
"""Different persons with at least one day of care."""
UTREDDA = intervall(UTREDNING, Raknesatt.UNIKA_PERSONER)
"""Different persons who are investigated."""
PRISSATT: Urval = MappingProxyType({"prissort": tuple(sort.value for sort in Prissort)})
KOSTNAD = Grund(Intervall, (VISTELSE, FRANVARO), Raknesatt.KOSTNAD, PRISSATT)
"""Care days × price."""

OVAGT_PRIS: Mapping[str, Any] = MappingProxyType(
    {"ovagt_over": ("malgrupp", "insatsform"), "ovagt_urval": {"prissort": (Prissort.DYGN.value,)}}
)
"""How reports print a mean price: of what is priced per day, each target group and form weighing the same."""

PROGNOSEN = Senaste(("kommun", "namnd", "manad"), bland="prognos")
"""Of forecasts of a board's year only the one that speaks of the latest day holds, volumes and amounts together."""

INVANARGRUPPER = Grund(Punkt, (INVANARGRUPP,), Raknesatt.VOLYM, senaste=Senaste(("strom", "underslag"), "dag"))
"""Inhabitants by age and sex: of a year's numbers for some ages, the last."""

# Expressions ---------------------------------------------------------------------------------------------------------


def stallning(uttryck: Uttryck) -> Under:
    """Return an expression as it stood on the last day that had passed of the period."""
    return Under(uttryck, Periodval.SISTA_DAGEN)


def i_fjol(uttryck: Uttryck) -> Under:
    """Return an expression over the same period a year before."""
    return Under(uttryck, Periodval.I_FJOL)


def bokfort(uttryck: Uttryck) -> Under:
    """Return an expression over the months that the books have come to."""
    return Under(uttryck, Periodval.BOKFORT)


def hela_aret(uttryck: Uttryck) -> Under:
    """Return an expression over the calendar years that the period lies in."""
    return Under(uttryck, Periodval.HELA_ARET)


def andel(del_: Uttryck, hela: Uttryck) -> Kvot:
    """Return how many per cent one thing is of another."""
    return Kvot(del_, hela, 100)


def okning(uttryck: Uttryck) -> Skillnad:
    """Return the change since the same period a year before."""
    return Skillnad(uttryck, i_fjol(uttryck))


def okning_procent(uttryck: Uttryck) -> Kvot:
    """Return the same in per cent of what it was, with the sign of the change."""
    return Kvot(okning(uttryck), i_fjol(uttryck), 100, absolut=True)


# Restrictions --------------------------------------------------------------------------------------------------------

UNGA_AR = (0, 20)
"""The ages of those who are counted as young."""

EGEN: Urval = MappingProxyType({"regi": (Regi.EGEN.value,)})
EXTERN: Urval = MappingProxyType({"regi": (Regi.EXTERN.value,)})
BARN_OCH_UNGA: Urval = MappingProxyType({"malgrupp": (Malgrupp.BARN.value, Malgrupp.UNGA.value)})
VUXNA: Urval = MappingProxyType({"malgrupp": (Malgrupp.VUXNA.value,)})
EKB: Urval = MappingProxyType({"malgrupp": (Malgrupp.ENSAMKOMMANDE.value,)})


def former(*insatsformer: Insatsform) -> Urval:
    """Return the restriction to some forms of care."""
    return {"insatsform": tuple(form.value for form in insatsformer)}


VARDFORMER = former(*(form for form in Insatsform if form.har_vardygn))
INSTITUTION = former(Insatsform.HVB, Insatsform.SIS)
INSTITUTION_ALLA = former(Insatsform.HVB, Insatsform.SIS, Insatsform.INSTITUTION_MISSBRUK)
FAMILJEHEM = former(Insatsform.FAMILJEHEM_EGET, Insatsform.FAMILJEHEM_KONSULENT)
FAMILJEHEM_OCH_JOURHEM = former(Insatsform.FAMILJEHEM_EGET, Insatsform.FAMILJEHEM_KONSULENT, Insatsform.JOURHEM)
HELDYGNSVARD_OCH_STODBOENDE = former(Insatsform.HVB, Insatsform.SIS, Insatsform.STODBOENDE)
KONSULENTSTOTT = former(Insatsform.FAMILJEHEM_KONSULENT)

# Choices -------------------------------------------------------------------------------------------------------------

ENSAMKOMMANDE_MED = Variant(
    "ensamkommande",
    "Ensamkommande barn och unga",
    (
        Variantval("med", "räknas med"),
        Variantval(
            "utan", "räknas inte", {"malgrupp": tuple(m.value for m in Malgrupp if m is not Malgrupp.ENSAMKOMMANDE)}
        ),
    ),
)
ENSAMKOMMANDE_UTAN = replace(ENSAMKOMMANDE_MED, val=ENSAMKOMMANDE_MED.val[::-1])

JOURHEM_MED = Variant(
    "jourhem",
    "Jourhem",
    (
        Variantval("med", "räknas med"),
        Variantval("utan", "räknas inte", former(*(
            f for f in Insatsform if f.har_vardygn and f is not Insatsform.JOURHEM
        ))),
    ),
)  # fmt: skip


def rakna(etikett_: str, *val: tuple[str, str, Uttryck | None]) -> Variant:
    """Return the choice of what is counted: name, what is printed, and the expression if not the measure's own."""
    return Variant(
        "rakna", etikett_, tuple(Variantval(namn, etikett, uttryck=uttryck) for namn, etikett, uttryck in val)
    )
