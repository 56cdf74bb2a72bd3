"""Decided changes and what came of them (A01–A13). An effect is kronor saved; methods are never added together."""

from __future__ import annotations

from dataclasses import replace

from domain.atgard.begrepp import Effektmetod
from domain.atgard.handelser import FardiggradSatt
from domain.budgetperiod.mal import AtagandeAvslutat, AtagandeStartat
from domain.fakta import (
    ALTERNATIVKOSTNAD,
    ATAGANDE,
    ATGARDSFAS,
    BEDOMT_ARENDE,
    BUDGETERAD_EFFEKT,
    FORVANTAD_EFFEKT,
    FORVANTAD_TOTALEFFEKT,
    OMBUDSTIMMAR,
    UPPNADD_EFFEKT,
)
from domain.matt.byggstenar import (
    ANTAL,
    ARENDEN,
    DYGN,
    KRONOR,
    PROCENT,
    TIMMAR,
    belopp,
    intervall,
    punkter,
    stallning,
)
from domain.matt.deklaration import Familj, Matt, Tecken, Variant, Variantval
from domain.matt.modell import Raknesatt, Senaste
from domain.matt.uttryck import Kvot, Skillnad

_A, _EFFEKT = Familj.ATGARDER, Tecken.EFFEKT

_ARETS = Senaste(("atgard", "manad"))
_BUDGETERAD = belopp(BUDGETERAD_EFFEKT, senaste=_ARETS)
_VANTAD = belopp(FORVANTAD_EFFEKT, senaste=_ARETS)
_FALLETS = ("namnd", "atgard", "arende", "insatsform", "underslag", "utfall")
_BEDOMDA = belopp(BEDOMT_ARENDE, Raknesatt.ANTAL, dimensioner=_FALLETS)
_NETTO = belopp(BEDOMT_ARENDE, dimensioner=_FALLETS)
_BRUTTO = belopp(BEDOMT_ARENDE, Raknesatt.VOLYMVARDE, dimensioner=_FALLETS)
_UPPNADD = belopp(UPPNADD_EFFEKT)
_FARDIGGRAD = punkter(FardiggradSatt.typ, raknesatt=Raknesatt.VOLYM, senaste=Senaste(("strom",), "dag"))

_METOD = Variant(
    "metod",
    "Metod som effekten räknats med",
    tuple(
        Variantval(m.value, m.etikett.lower(), {"underslag": (m.value,)})
        for m in (Effektmetod.BOKFORD, Effektmetod.BERAKNAD, Effektmetod.HYPOTETISK)
    ),
)

ATGARDSMATT = (
    Matt(
        "budgeterad-effekt", "Budgeterad effekt av åtgärder", KRONOR,
        "Den effekt som senast budgeterats för året, per åtgärd.",
        "MATT.md A01, A10 (mål)",
        _BUDGETERAD, _A, ("A01", "A10"), _EFFEKT, hela_ar=True,
    ),
    Matt(
        "vantad-effekt", "Prognos för effekten under året", KRONOR,
        "Den effekt under året som senast beräknats, per åtgärd.",
        "MATT.md A01, A02",
        _VANTAD, _A, ("A01", "A02"), _EFFEKT, hela_ar=True,
    ),
    Matt(
        "vantad-total-effekt", "Beräknad total effekt", KRONOR,
        "Den effekt över alla år som senast beräknats, per åtgärd; räknas i det år den senast angavs för.",
        "MATT.md A02",
        belopp(FORVANTAD_TOTALEFFEKT, senaste=Senaste(("atgard",))), _A, ("A02",), _EFFEKT, hela_ar=True,
    ),
    Matt(
        "uppnadd-effekt", "Uppnådd effekt", KRONOR,
        "Den effekt som uppnåtts i perioden, fördelad på månader. Metoderna – bokförd, beräknad, hypotetisk – läggs "
        "aldrig samman.",
        "MATT.md A02, A10 (utfall); docs/adr/0012",
        _UPPNADD, _A, ("A02", "A10"), _EFFEKT, varianter=(_METOD,), hela_manader=True,
    ),
    Matt(
        "effektavvikelse", "Prognos för effekten mot budgeterad", KRONOR,
        "Effekten under året enligt senaste beräkning minus den budgeterade; plus är mer än väntat.",
        "MATT.md A09",
        Skillnad(_VANTAD, _BUDGETERAD), _A, ("A09",), _EFFEKT, hela_ar=True,
    ),
    Matt(
        "bedomda-arenden", "Bedömda ärenden i åtgärder", ARENDEN,
        "Antal bedömda ärenden i perioden; arende är det bedömda fallet, insatsform placeringsformen, underslag den "
        "primära orsaken, utfall effektklassen.",
        "MATT.md A03",
        _BEDOMDA, _A, ("A03",), hela_manader=True,
    ),
    Matt(
        "forkortade-dygn", "Förkortade dygn i bedömda ärenden", DYGN,
        "Hypotetiska dygn minus verkliga i de bedömda ärendena.",
        "MATT.md A04; domain/atgard/effekt.py",
        belopp(BEDOMT_ARENDE, Raknesatt.VOLYM, dimensioner=_FALLETS), _A, tecken=_EFFEKT, hela_manader=True,
    ),
    Matt(
        "minskad-placeringskostnad", "Minskad placeringskostnad i bedömda ärenden", KRONOR,
        "Förkortade dygn gånger dygnskostnaden, åtgärdens egen kostnad inte avdragen; eller kostnaden; eller netto.",
        "MATT.md A04 (4,1 mnkr brutto, 138 tkr kostnad, 3,9 mnkr netto)",
        _BRUTTO, _A, ("A04",), _EFFEKT,
        varianter=(
            Variant("rakna", "Vad som räknas", (
                Variantval("brutto", "minskad placeringskostnad"),
                Variantval("kostnad", "åtgärdens kostnad", uttryck=Skillnad(_BRUTTO, _NETTO)),
                Variantval("netto", "nettoeffekt", uttryck=_NETTO),
            )),
        ),
        hela_manader=True,
    ),
    Matt(
        "nettoeffekt-per-arende", "Nettoeffekt per bedömt ärende", KRONOR,
        "Nettoeffekten i bedömda ärenden delad med antalet ärenden.",
        "MATT.md A04 (550 tkr per individ), A06 (1,3 mnkr per ungdom)",
        Kvot(_NETTO, _BEDOMDA), _A, ("A06",), _EFFEKT, hela_manader=True,
    ),
    Matt(
        "alternativkostnad", "Effekt mot alternativkostnad", KRONOR,
        "Belagda dygn gånger externt dygnspris minus enhetens kostnad, per enhet.",
        "MATT.md A05 (6,9 − 4,9 = 2 mnkr)",
        belopp(ALTERNATIVKOSTNAD), _A, ("A05",), _EFFEKT,
        varianter=(
            Variant("rakna", "Vad som räknas", (
                Variantval("netto", "alternativkostnad minus enhetens kostnad"),
                Variantval("alternativ", "belagda dygn gånger externt dygnspris",
                           uttryck=belopp(ALTERNATIVKOSTNAD, Raknesatt.VOLYMVARDE)),
            )),
        ),
        hela_manader=True,
    ),
    Matt(
        "ombudstimmar", "Företrädare i domstol", TIMMAR,
        "Timmar i överklaganden som avgjorts i perioden; regi skiljer egen företrädare från köpt. Timpriset lämnas som "
        "uppgift.",
        "MATT.md A08",
        punkter(OMBUDSTIMMAR, raknesatt=Raknesatt.VOLYM), _A, ("A08",),
    ),
    Matt(
        "atgarder", "Åtgärder efter fas", ANTAL,
        "Antal åtgärder på periodens sista dag; underslag är fasen.",
        "MATT.md A13 (18 pågår, 1 klar, 19 i allt)",
        stallning(intervall(ATGARDSFAS)), _A, ("A13",),
    ),
    Matt(
        "ataganden", "Åtaganden", ANTAL,
        "Antal åtaganden som pågår på periodens sista dag, eller startats, eller avslutats i perioden.",
        "MATT.md A13",
        stallning(intervall(ATAGANDE)), _A, ("A13",),
        varianter=(
            Variant("rakna", "Vad som räknas", (
                Variantval("pagar", "pågår"),
                Variantval("startade", "startade", uttryck=punkter(AtagandeStartat.typ)),
                Variantval("avslutade", "klara eller avslutade", uttryck=punkter(AtagandeAvslutat.typ)),
            )),
        ),
    ),
    Matt(
        "fardiggrad", "Färdiggrad", PROCENT,
        "Medelvärdet av den färdiggrad som senast satts för varje åtgärd.",
        "MATT.md A13",
        Kvot(_FARDIGGRAD, replace(_FARDIGGRAD, raknesatt=Raknesatt.ANTAL)), _A, ("A13",),
    ),
)  # fmt: skip
"""The measures of this family."""
