"""Adopted forecasts and what they say beside budget and outcome (P01–P09, V15). They are recorded, never worked out."""

from __future__ import annotations

from dataclasses import replace

from domain.begrepp import Prognosslag
from domain.budgetperiod.mal import MalBedomt, MalFaststallt
from domain.fakta import BUDGETVOLYM, MALUTFALL, MALVARDE, PROGNOS, PROGNOSVOLYM
from domain.matt.byggstenar import (
    ANTAL,
    BOKFORDA_MANADER,
    KRONOR,
    NETTO,
    OVAGT_PRIS,
    PERSONER_PER_DYGN,
    PRISSATT,
    PROCENT,
    PROGNOSEN,
    TAL,
    VARDYGN,
    belopp,
    bokfort,
    hela_aret,
    i_fjol,
    punkter,
)
from domain.matt.deklaration import Familj, Matt, Mattenhet, Tecken, Variant, Variantval
from domain.matt.familjer.ekonomi import BUDGETEN, PROGNOSEN_BELOPP, UTFALLET
from domain.matt.modell import Raknesatt, Senaste, Urval
from domain.matt.uttryck import Grund, Kvot, PerDag, PerManad, Skillnad

_P = Familj.PROGNOS
_N, _A, _V = Tecken.NETTOKOSTNAD, Tecken.AVVIKELSE, Tecken.VOLYMAVVIKELSE

_VOLYM = belopp(PROGNOSVOLYM, Raknesatt.VOLYM, senaste=PROGNOSEN)
_BUDGETVOLYM = belopp(BUDGETVOLYM, Raknesatt.VOLYM)


def _pris(volym: Grund) -> Kvot:
    return Kvot(replace(volym, raknesatt=Raknesatt.VOLYMVARDE, urval=PRISSATT), replace(volym, urval=PRISSATT))


def _vid(grund: Grund, slag: Prognosslag) -> Grund:
    """Return a forecast of one kind; the kind is then no dimension."""
    urval: Urval = {"underslag": (slag.value,)}
    return replace(grund, urval=urval)


def _andring(grund: Grund) -> Skillnad:
    return Skillnad(_vid(grund, Prognosslag.DELAR2), _vid(grund, Prognosslag.DELAR1))


_UTAN_UNDERSLAG = ("namnd", "malgrupp", "insatsform", "regi", "enhet", "overordnad", "avdelning")
_AKTUELL_TAKT = bokfort(PerManad(UTFALLET))
_TAKT_RESTEN = PerManad(Skillnad(PROGNOSEN_BELOPP, bokfort(UTFALLET)), kvar=True)
_SENASTE_OM_MALET = Senaste(("kommun", "namnd", "verksamhet", "underslag", "manad"), "dag")
_MALUTFALL = belopp(MALUTFALL, Raknesatt.VOLYM, senaste=_SENASTE_OM_MALET)
_MALVARDE = belopp(MALVARDE, Raknesatt.VOLYM, senaste=_SENASTE_OM_MALET)


def _medel(volym: Grund) -> Kvot:
    """Return the mean of what was stated, which of one statement is the statement."""
    return Kvot(volym, replace(volym, raknesatt=Raknesatt.ANTAL))


PROGNOSMATT = (
    Matt(
        "prognos", "Fastställd prognos", KRONOR,
        f"Helårsbelopp i den fastställda prognos som gäller den senaste avläsningsdagen; räknas aldrig om. {NETTO}",
        "MATT.md P01",
        PROGNOSEN_BELOPP, _P, ("P01",), _N, hela_ar=True,
    ),
    Matt(
        "prognosavvikelse", "Budget minus fastställd prognos", KRONOR,
        "Budget minus den fastställda prognos som gäller den senaste avläsningsdagen; minus betyder underskott. Delår "
        "1 och delår 2 är samma mått på olika dagar (gallerDen).",
        "MATT.md P02, E06",
        Skillnad(BUDGETEN, PROGNOSEN_BELOPP), _P, ("P02",), _A, hela_ar=True,
    ),
    Matt(
        "prognostiserade-personer", "Prognostiserade personer per dygn", PERSONER_PER_DYGN,
        "Antal personer i snitt per dygn enligt den fastställda prognos som gäller den senaste avläsningsdagen.",
        "MATT.md V13, P03",
        _VOLYM, _P, ("P03",), hela_ar=True,
    ),
    Matt(
        "prognostiserat-pris", "Prognostiserat pris", KRONOR,
        "Pris per dygn eller månad enligt den senast fastställda prognosen; rader utan pris räknas inte. Vägd: med "
        "antalet personer. Ovägd: medelvärdet av dygnspriserna i varje målgrupp och insatsform, alla lika tunga.",
        "MATT.md E15, P03",
        _pris(_VOLYM), _P, ("P03",), hela_ar=True, **OVAGT_PRIS,
    ),
    Matt(
        "personavvikelse", "Prognostiserade personer mot budget", PERSONER_PER_DYGN,
        "Prognostiserade personer per dygn minus budgeterade, eller minus utfallet i fjol.",
        "MATT.md V15, P04",
        Skillnad(_VOLYM, _BUDGETVOLYM), _P, ("V15", "P04"), _V,
        varianter=(
            Variant("mot", "Jämförs med", (
                Variantval("budget", "budgeten"),
                Variantval("utfallIFjol", "utfallet i fjol", uttryck=Skillnad(
                    replace(_VOLYM, dimensioner=_UTAN_UNDERSLAG),
                    i_fjol(hela_aret(PerDag(replace(VARDYGN, dimensioner=_UTAN_UNDERSLAG[1:])))))),
            )),
        ),
        hela_ar=True,
    ),
    Matt(
        "prisavvikelse", "Prognostiserat pris mot budget", KRONOR,
        "Prognostiserat pris per dygn eller månad minus det budgeterade; enheten är prisets, dela på prissort.",
        "MATT.md P04 (enheten måste sparas)",
        Skillnad(_pris(_VOLYM), _pris(_BUDGETVOLYM)), _P, ("P04",), _V, hela_ar=True,
    ),
    Matt(
        "prognosforbattring", "Utfallet mot den senaste prognosen", KRONOR,
        "Fastställd prognos minus utfall för hela året; plus betyder att det kostade mindre än väntat.",
        "MATT.md P05",
        Skillnad(PROGNOSEN_BELOPP, UTFALLET), _P, ("P05",), _A, hela_ar=True,
    ),
    Matt(
        "prognosandring", "Prognosens ändring mellan delår 1 och delår 2", KRONOR,
        "Den fastställda prognosen vid delår 2 minus den vid delår 1, i kronor eller personer per dygn.",
        "MATT.md P06",
        _andring(PROGNOSEN_BELOPP), _P, ("P06",), _N, hela_ar=True,
    ),
    Matt(
        "prognosandring-personer", "Prognosens ändring i personer mellan delår 1 och delår 2", PERSONER_PER_DYGN,
        "Prognostiserade personer per dygn vid delår 2 minus vid delår 1.",
        "MATT.md P06 (fyra fler personer)",
        _andring(_VOLYM), _P, ("P06",), _V, hela_ar=True,
    ),
    Matt(
        "malutfall", "Indikatorns utfall", TAL,
        "Det värde en indikator senast bedömts ha, i den enhet indikatorn mäts i; verksamhet är målet, underslag "
        "indikatorn. Flera indikatorer tillsammans blir ett medelvärde: dela på underslag.",
        "MATT.md P07",
        _medel(_MALUTFALL), _P, ("P07",), Tecken.SOM_REGISTRERAT, hela_ar=True,
    ),
    Matt(
        "malvarde", "Indikatorns målvärde", TAL,
        "Det värde en indikator ska nå; verksamhet är målet, underslag indikatorn, utfall riktningen. Flera "
        "indikatorer tillsammans blir ett medelvärde: dela på underslag.",
        "MATT.md P07, B09 (önskad beläggning är ett målvärde)",
        _medel(_MALVARDE), _P, ("P07", "B09"), Tecken.SOM_REGISTRERAT, hela_ar=True,
    ),
    Matt(
        "malbedomningar", "Bedömningar av mål", ANTAL,
        "Antal bedömningar av nämndens mål i perioden; underslag är målet, utfall bedömningen.",
        "MATT.md P08",
        punkter(MalBedomt.typ), _P, ("P08",),
    ),
    Matt(
        "mal-faststallda", "Fastställda mål", ANTAL,
        "Antal mål som fastställts i perioden; underslag är målet, utfall riktningen.",
        "MATT.md P07 (riktning Öka, Minska, Nivå)",
        punkter(MalFaststallt.typ), _P,
    ),
    Matt(
        "prognosens-rimlighet", "Prognosens takt mot årets takt", PROCENT,
        "Så mycket kostnaden per återstående månad måste ändras för att prognosen ska hålla, i procent av kostnaden "
        f"per månad hittills. {BOKFORDA_MANADER}",
        "MATT.md P09 (Örebro 2023: −28 procent)",
        Kvot(Skillnad(_TAKT_RESTEN, _AKTUELL_TAKT), _AKTUELL_TAKT, 100, absolut=True), _P, ("P09",), Tecken.FORANDRING,
        hela_ar=True,
    ),
)  # fmt: skip
"""The measures of this family."""

PROGNOSDAG = Matt(
    "prognosdag",
    "Prognosens avläsningsdag",
    Mattenhet("dagnummer", 0),
    "Den dag som den senaste fastställda prognosen gäller, som dagnummer. Används av tabellerna.",
    "MATT.md P01",
    belopp(PROGNOS, Raknesatt.SENASTE_DAG),
    hela_ar=True,
)
"""The day an adopted forecast speaks of: asked by the tables, not a figure of its own."""
