"""The measures: every one a declaration.

Sources name the catalogue of measures in published reports (V13, E16 …) and the convention it was decided by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from domain.begrepp import Prissort
from domain.fakta import (
    BUDGET,
    BUDGETVOLYM,
    FRANVARO,
    PROGNOS,
    PROGNOSVOLYM,
    UTFALL,
    VISTELSE,
    Belopp,
    Intervall,
)
from domain.matt.modell import Aggregat, Enhet, Grund, Kvot, Matt, PerDag, Skillnad

DYGN = Enhet("dygn", 0)
PERSONER = Enhet("personer", 0)
PERSONER_PER_DYGN = Enhet("personer per dygn", 2)
KRONOR = Enhet("kr", 2)
KRONOR_PER_DYGN = Enhet("kr per dygn", 2)

_VARDYGN = Grund(Intervall, (VISTELSE, FRANVARO), Aggregat.DYGN)
_KOSTNAD = Grund(Intervall, (VISTELSE, FRANVARO), Aggregat.KOSTNAD)
_BUDGET = Grund(Belopp, (BUDGET,), Aggregat.BELOPP)
_UTFALL = Grund(Belopp, (UTFALL,), Aggregat.BELOPP)
_BUDGETVOLYM = Grund(Belopp, (BUDGETVOLYM,), Aggregat.VOLYM)
_PROGNOSVOLYM = Grund(Belopp, (PROGNOSVOLYM,), Aggregat.VOLYM, bara_senaste=True)
_PRISSATT = {"prissort": tuple(sort.value for sort in Prissort)}

_NETTO = "Belopp är nettokostnad: kostnad positiv, intäkt negativ."

_MATT = (
    Matt(
        "vardygn",
        "Vårddygn",
        DYGN,
        "Antal dygn i vård under perioden, räknade enligt vald vårddygnsregel. En vistelse som pågår räknas till "
        "och med dagen som frågan gäller.",
        "MATT.md D01–D07; konventionen i domain/regler/vardygn.py",
        _VARDYGN,
    ),
    Matt(
        "personer-per-dygn",
        "Personer i snitt per dygn",
        PERSONER_PER_DYGN,
        "Vårddygn delat med antalet dagar som gått av perioden.",
        "MATT.md V13, V14",
        PerDag(_VARDYGN),
    ),
    Matt(
        "unika-personer",
        "Unika personer",
        PERSONER,
        "Antal olika personer med minst ett vårddygn i perioden. Delarna summerar inte: en person kan räknas i flera.",
        "MATT.md V16–V18",
        Grund(Intervall, (VISTELSE, FRANVARO), Aggregat.UNIKA_PERSONER),
        additivt=False,
    ),
    Matt(
        "kostnad",
        "Kostnad för vårddygn",
        KRONOR,
        "Vårddygn gånger det pris som gällde varje dygn. Månadspris fördelas på månadens dagar; obetald frånvaro "
        "kostar inget. Vistelser utan känt pris bidrar inte (se vardygn-utan-pris).",
        "MATT.md E15, E17 (vårdperiod, ur placeringar – inte bokfört)",
        _KOSTNAD,
    ),
    Matt(
        "vardygn-utan-pris",
        "Vårddygn utan känt pris",
        DYGN,
        "Vårddygn i vistelser där priset inte är registrerat; de saknas i måttet kostnad.",
        "Fullständighetskontroll till E15",
        Grund(Intervall, (VISTELSE, FRANVARO), Aggregat.DYGN, {"prissort": (None,)}),
    ),
    Matt(
        "kostnad-per-dygn",
        "Kostnad per dygn",
        KRONOR_PER_DYGN,
        "Vägd: kostnad delad med de vårddygn som har ett känt pris. Ovägd: medelvärdet av kostnaden per dygn i varje "
        "målgrupp och insatsform med dygnspris, alla lika tunga; det är det som delårsrapporter trycker.",
        "MATT.md E15 (vägd), E16 (ovägd)",
        Kvot(_KOSTNAD, replace(_VARDYGN, urval={"prissort": tuple(sort.value for sort in Prissort)})),
        ovagt_over=("malgrupp", "insatsform"),
        ovagt_urval={"prissort": (Prissort.DYGN.value,)},
        additivt=False,
    ),
    Matt(
        "budget",
        "Budget",
        KRONOR,
        f"Fastställd budget med justeringar, fördelad på månader. {_NETTO}",
        "MATT.md E01–E03",
        _BUDGET,
        hela_manader=True,
    ),
    Matt(
        "utfall",
        "Utfall",
        KRONOR,
        "Bokfört i perioden, efter bokföringsmånad eller efter den månad vården avser. " + _NETTO,
        "MATT.md E04, E05, E27",
        _UTFALL,
        hela_manader=True,
    ),
    Matt(
        "avvikelse",
        "Avvikelse",
        KRONOR,
        "Budget minus utfall; minus betyder att det kostat mer än budgeterat (underskott).",
        "MATT.md E06",
        Skillnad(_BUDGET, _UTFALL),
        hela_manader=True,
    ),
    Matt(
        "prognos",
        "Fastställd prognos",
        KRONOR,
        f"Helårsbelopp i den fastställda prognos som gäller den senaste avläsningsdagen; räknas aldrig om. {_NETTO}",
        "MATT.md P01",
        Grund(Belopp, (PROGNOS,), Aggregat.BELOPP, bara_senaste=True),
        hela_ar=True,
    ),
    Matt(
        "budgeterade-personer",
        "Budgeterade personer per dygn",
        PERSONER_PER_DYGN,
        "Antal personer i snitt per dygn som budgeten bygger på.",
        "MATT.md V13 (budget)",
        _BUDGETVOLYM,
        hela_ar=True,
    ),
    Matt(
        "prognostiserade-personer",
        "Prognostiserade personer per dygn",
        PERSONER_PER_DYGN,
        "Antal personer i snitt per dygn enligt den fastställda prognos som gäller den senaste avläsningsdagen.",
        "MATT.md V13, P03",
        _PROGNOSVOLYM,
        hela_ar=True,
    ),
    Matt(
        "budgeterat-pris",
        "Budgeterat pris",
        KRONOR,
        "Pris per dygn eller månad som budgeten bygger på, vägt med antalet personer; rader utan pris räknas inte.",
        "MATT.md E15 (budget)",
        Kvot(Grund(Belopp, (BUDGETVOLYM,), Aggregat.VOLYMVARDE, _PRISSATT), replace(_BUDGETVOLYM, urval=_PRISSATT)),
        additivt=False,
        hela_ar=True,
    ),
    Matt(
        "prognostiserat-pris",
        "Prognostiserat pris",
        KRONOR,
        "Pris per dygn eller månad enligt den senast fastställda prognosen, vägt med antalet personer; rader utan "
        "pris räknas inte.",
        "MATT.md E15, P03",
        Kvot(
            Grund(Belopp, (PROGNOSVOLYM,), Aggregat.VOLYMVARDE, _PRISSATT, bara_senaste=True),
            replace(_PROGNOSVOLYM, urval=_PRISSATT),
        ),
        additivt=False,
        hela_ar=True,
    ),
)

PROGNOSDAG = Matt(
    "prognosdag",
    "Prognosens avläsningsdag",
    Enhet("dagnummer", 0),
    "Den dag som den senaste fastställda prognosen gäller, som dagnummer. Används av tabellerna.",
    "MATT.md P01",
    Grund(Belopp, (PROGNOS,), Aggregat.SENASTE_DAG),
    additivt=False,
    hela_ar=True,
)
"""The day an adopted forecast speaks of: asked by the tables, not a figure of its own."""

MATT: Mapping[str, Matt] = MappingProxyType({matt.namn: matt for matt in _MATT})
"""Every measure by name."""
