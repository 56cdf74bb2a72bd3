"""Comparison with others and cost per user (J01–J06, A11): figures of registers that were read in."""

from __future__ import annotations

from dataclasses import replace

from domain.budgetperiod.begrepp import Register
from domain.fakta import ARENDE, REGISTER
from domain.matt.byggstenar import INVANARGRUPPER, KRONOR, PERSONER, TAL, VUXNA, belopp, hela_aret, i_fjol, intervall
from domain.matt.deklaration import Familj, Matt, Mattenhet, Tecken, Variant, Variantval
from domain.matt.familjer.ekonomi import INVANARNA, UTFALLET
from domain.matt.modell import Raknesatt, Senaste, Urval
from domain.matt.uttryck import Grund, Kvot, Skillnad, Uttryck, begransa

_J = Familj.JAMFORELSE

_OMRADE, _MATT = "$omrade", "$matt"
_SENAST_INLAST = Senaste(("kommun", "namnd", "underslag", "verksamhet", "enhet", "utfall", "manad"), "dag")


def _register(raknesatt: Raknesatt, urval: Urval, *dimensioner: str) -> Grund:
    return belopp(REGISTER, raknesatt, urval=urval, senaste=_SENAST_INLAST, dimensioner=dimensioner or None)


def _varde(urval: Urval, *dimensioner: str) -> Kvot:
    """Return what a register says: of several rows together, their unweighted mean."""
    volym = _register(Raknesatt.VOLYM, urval, *dimensioner)
    return Kvot(volym, replace(volym, raknesatt=Raknesatt.ANTAL))


def _skillnad(slag: Register) -> Skillnad:
    urval: Urval = {"underslag": (slag.value,)}
    delas = ("verksamhet", "utfall")
    return Skillnad(_varde({**urval, "enhet": (_OMRADE,)}, *delas), _varde({**urval, "enhet": ("$jamfors",)}, *delas))


def _fritt(namn: str, etikett: str, exempel: str) -> Variant:
    return Variant(namn, etikett, (Variantval(exempel, exempel),), fri=True)


_KPB: Urval = {"underslag": (Register.KPB.value,)}
_KPB_VARDE = _varde(_KPB)
_VUXNA = begransa(UTFALLET, VUXNA)
_BRUKARE = intervall(ARENDE, Raknesatt.UNIKA_PERSONER, dimensioner=("malgrupp",))


def _mot_nivan(kostnad: Grund) -> Uttryck:
    """Return the cost per inhabitant less what a register says of another municipality."""
    return Skillnad(
        Kvot(replace(kostnad, dimensioner=("namnd",)), INVANARNA),
        _varde({"underslag": (Register.KOLADA.value,), "enhet": (_OMRADE,), "verksamhet": (_MATT,)}, "namnd"),
    )


JAMFORELSEMATT = (
    Matt(
        "registervarde", "Värde ur externt register", TAL,
        "Det senast inlästa värdet; underslag är registret, verksamhet måttet, enhet området, utfall gruppen. Flera "
        "rader tillsammans blir ett ovägt medelvärde.",
        "MATT.md J01, J03: Kolada, KPB; liknande kommuner är ett ovägt medel av tre",
        _varde({}), _J, ("J01",), Tecken.SOM_REGISTRERAT, hela_ar=True,
    ),
    Matt(
        "skillnad-mot-jamforelsekommun", "Skillnad mot jämförbara kommuner", TAL,
        "Registervärdet för ett område minus det för ett annat, eller minus flera andras ovägda medelvärde; dela på "
        "verksamhet. Minus är lägre.",
        "MATT.md J02 (Örebro − liknande)",
        _skillnad(Register.KOLADA), _J, ("J02",), Tecken.VOLYMAVVIKELSE,
        varianter=(_fritt("omrade", "Område", "Egen kommun"), _fritt("jamfors", "Jämförs med", "Liknande")),
        hela_ar=True,
    ),
    Matt(
        "kostnad-per-brukare", "Kostnad per brukare (KPB), ur registret", TAL,
        "Det senast inlästa värdet ur KPB; verksamhet är måttet, utfall åldersgruppen.",
        "MATT.md J03",
        _KPB_VARDE, _J, ("J03",), Tecken.SOM_REGISTRERAT, hela_ar=True,
    ),
    Matt(
        "brukare", "Brukare", PERSONER,
        "Antal olika personer med ett öppet ärende i perioden.",
        "MATT.md J03 (antal brukare)",
        intervall(ARENDE, Raknesatt.UNIKA_PERSONER), _J, ("J03",),
        varianter=(
            Variant("alder", "Ålder det år perioden slutar", (
                Variantval("alla", "alla"),
                *(
                    Variantval(f"{fran}-{till}", f"{fran}–{till} år", uttryck=intervall(
                        ARENDE, Raknesatt.UNIKA_PERSONER, alder=(fran, till)))
                    for fran, till in ((0, 12), (13, 20), (0, 20), (21, 64), (65, 120), (21, 120))
                ),
            )),
        ),
    ),
    Matt(
        "utfall-per-brukare", "Utfall per brukare", Mattenhet("kr per brukare", 0),
        "Bokfört på en målgrupp delat med antalet olika personer med öppet ärende i den.",
        "MATT.md J03 (räknat ur liggaren i stället för ur registret)",
        Kvot(replace(UTFALLET, dimensioner=("malgrupp",)), _BRUKARE), _J, ("J03",), Tecken.NETTOKOSTNAD,
        hela_manader=True,
    ),
    Matt(
        "forandring-kostnad-per-brukare", "Förändring av KPB mot föregående år", TAL,
        "Registervärdet ur KPB minus föregående års; verksamhet är måttet, utfall åldersgruppen.",
        "MATT.md J04",
        Skillnad(_KPB_VARDE, i_fjol(_KPB_VARDE)), _J, ("J04",), Tecken.FORANDRING, hela_ar=True,
    ),
    Matt(
        "kostnad-mot-jamforelsekommun", "Nettokostnad per invånare mot en annan kommuns nivå", KRONOR,
        "Utfall per invånare minus registervärdet för en annan kommun; bara vuxna, eller hela nämnden.",
        "MATT.md J06, A11 (målkostnaden är jämförelsekommunens nivå)",
        _mot_nivan(_VUXNA), _J, ("J06", "A11"), Tecken.VOLYMAVVIKELSE,
        varianter=(
            Variant("av", "Kostnad", (
                Variantval("vuxna", "målgruppen vuxna"), Variantval("allt", "allt", uttryck=_mot_nivan(UTFALLET)),
            )),
            _fritt("omrade", "Kommun att jämföra med", "Liknande"),
            _fritt("matt", "Registrets mått", "Kostnad vuxenvård"),
        ),
        hela_ar=True,
    ),
    Matt(
        "invanare", "Invånare", PERSONER,
        "Kommunens invånare den sista i året, ur det register som lästs in.",
        "MATT.md V19 (befolkning), fem år i sammandrag",
        INVANARNA, _J, hela_ar=True,
    ),
    Matt(
        "invanare-i-grupp", "Invånare i en grupp", PERSONER,
        "Invånare av ett kön eller i en ålder den sista i året; underslag är åldrarna.",
        "MATT.md V19 (befolkning), fem år i sammandrag",
        hela_aret(INVANARGRUPPER), _J,
    ),
)  # fmt: skip
"""The measures of this family."""
