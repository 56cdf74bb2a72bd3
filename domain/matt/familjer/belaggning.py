"""Occupancy (B01–B08): days of care against days of places, in the units that have places."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from domain.begrepp import Utforarslag
from domain.fakta import ABONNEMANG, INSATS, PLATS, SERVICEINSATS, UTFORARE, Intervall
from domain.matt.byggstenar import (
    ENSAMKOMMANDE_MED,
    ENSAMKOMMANDE_UTAN,
    PLATSER,
    PROCENT,
    VARDYGN,
    andel,
    intervall,
    punkter,
    stallning,
)
from domain.matt.deklaration import Familj, Matt, Mattenhet, Tecken, Variant, Variantval
from domain.matt.modell import Raknesatt
from domain.matt.uttryck import Dar, Ganger, Grund, Kvot, Manadsmedel, Skillnad, Uttryck
from domain.utforare.handelser import BelaggningRedovisad, UtforareAvslutad

_B = Familj.BELAGGNING
_ENHET = ("utforare",)
_DIMENSIONER = ("utforare", "enhet", "overordnad", "avdelning")

_PLATSDYGN = intervall(PLATS, Raknesatt.PLATSDYGN, dimensioner=_DIMENSIONER)
_VISTELSER = replace(VARDYGN, dimensioner=(*_DIMENSIONER, "malgrupp"))
_INSKRIVNA = Grund(Intervall, (INSATS, SERVICEINSATS), Raknesatt.DYGN, dimensioner=_DIMENSIONER)
_ABONNERADE = intervall(ABONNEMANG, Raknesatt.PLATSDYGN, dimensioner=_DIMENSIONER)


def _belagda(vistelser: Uttryck) -> Skillnad:
    """Return the days of stays, and with them those that units report whose stays are not recorded as placements."""
    redovisade = punkter(BelaggningRedovisad.typ, raknesatt=Raknesatt.VOLYM, dimensioner=(*_DIMENSIONER, "malgrupp"))
    return Skillnad(vistelser, Ganger(redovisade, Fraction(-1)))


def _grad(belagda: Uttryck, platser: Grund) -> Kvot:
    """Return the occupancy of the units that have places: days elsewhere have none to fill."""
    return andel(Dar(belagda, platser, _ENHET), platser)


def _medelvarde(grad: Uttryck) -> Variant:
    return Variant(
        "medelvarde",
        "Flera månader",
        (
            Variantval("dygn", "belagda dygn delat med platsdygn"),
            Variantval("manader", "medel av månaderna", uttryck=Manadsmedel(grad)),
        ),
    )


_BELAGDA = _belagda(_VISTELSER)
_BELAGGNING = _grad(_BELAGDA, _PLATSDYGN)
_INSKRIVNING = _grad(_INSKRIVNA, _PLATSDYGN)
_ABONNEMANGENS = _grad(_BELAGDA, _ABONNERADE)

BELAGGNINGSMATT = (
    Matt(
        "belaggning",
        "Beläggningsgrad",
        PROCENT,
        "Belagda platsdygn i procent av tillgängliga, i de enheter som har platser; kan överstiga 100. Belagda är "
        "vistelsernas dygn och de dygn som redovisats av enheter vars vistelser inte registreras. Vägd: alla dygn mot "
        "alla platsdygn. Ovägd: medelvärdet av enheternas grader, alla lika tunga.",
        "MATT.md B01–B03",
        _BELAGGNING,
        _B,
        ("B01", "B02", "B03"),
        varianter=(_medelvarde(_BELAGGNING), ENSAMKOMMANDE_MED),
        ovagt_over=_ENHET,
    ),
    Matt(
        "belaggning-exkl-ensamkommande",
        "Beläggningsgrad i egna boenden, exklusive ensamkommande",
        PROCENT,
        "Som beläggningsgrad, med bara dygn för andra än ensamkommande. Enheter för ensamkommande väljs bort med "
        "urval.",
        "MATT.md B07",
        _BELAGGNING,
        _B,
        ("B07",),
        varianter=(ENSAMKOMMANDE_UTAN, _medelvarde(_BELAGGNING)),
        ovagt_over=_ENHET,
    ),
    Matt(
        "belaggning-behandling",
        "Beläggning i behandlingsenheter",
        PROCENT,
        "Dygn som inskriven i en insats utan vårddygn, i procent av enhetens platsdygn.",
        "MATT.md B04 (ack 94 stämmer inte i källan)",
        _INSKRIVNING,
        _B,
        ("B04",),
        varianter=(_medelvarde(_INSKRIVNING),),
        ovagt_over=_ENHET,
    ),
    Matt(
        "belaggning-abonnemang",
        "Beläggning på abonnerade platser",
        PROCENT,
        "Belagda dygn hos utförare med abonnerade platser i procent av de abonnerade platsdygnen.",
        "MATT.md B05",
        _ABONNEMANGENS,
        _B,
        ("B05",),
        varianter=(_medelvarde(_ABONNEMANGENS),),
        ovagt_over=_ENHET,
    ),
    Matt(
        "obelagda-platser",
        "Obelagda platser",
        Mattenhet("platser i snitt", 1),
        "Tillgängliga platsdygn minus belagda på periodens sista dag, i de enheter som har platser. Redovisade dygn är "
        "en månads och räknas inte på en dag.",
        "MATT.md B06 (platser × (1 − beläggning))",
        stallning(Skillnad(_PLATSDYGN, Dar(_VISTELSER, _PLATSDYGN, _ENHET))),
        _B,
        ("B06",),
        tecken=Tecken.VOLYMAVVIKELSE,
    ),
    Matt(
        "platser",
        "Platser",
        PLATSER,
        "Antal platser i egna enheter och boenden på periodens sista dag.",
        "MATT.md B06, B08",
        stallning(intervall(PLATS, Raknesatt.PLATSDYGN)),
        _B,
        ("B08",),
    ),
    Matt(
        "nedlagda-enheter",
        "Nedlagda enheter",
        Mattenhet("enheter", 0),
        "Antal enheter och utförare som stängt i perioden; utfall är orsaken.",
        "MATT.md B08 (nedlagda platser är ändringen av måttet platser)",
        punkter(UtforareAvslutad.typ),
        _B,
        ("B08",),
    ),
    Matt(
        "boenden",
        "Boenden i drift",
        Mattenhet("enheter", 0),
        "Antal boenden (HVB, stödboende, skyddat boende, boende) i drift på periodens sista dag; underslag är slaget.",
        "MATT.md B06, B08",
        stallning(
            intervall(
                UTFORARE,
                urval={
                    "underslag": tuple(
                        s.value
                        for s in (
                            Utforarslag.HVB, Utforarslag.STODBOENDE, Utforarslag.SKYDDAT_BOENDE, Utforarslag.BOENDE
                        )
                    )
                },
            )
        ),
        _B,
        ("B06",),
    ),
)  # fmt: skip
"""The measures of this family."""
