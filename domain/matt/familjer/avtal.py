"""How care was bought, and providers followed up (T01–T09)."""

from __future__ import annotations

from dataclasses import replace

from domain.begrepp import Avtalsform
from domain.fakta import ABONNEMANG, AVTALSUPPFOLJNING, AVTALSVOLYM, DIREKTUPPHANDLING, RAMAVTAL
from domain.matt.byggstenar import (
    ANTAL,
    BETYG,
    DYGN,
    EXTERN,
    INSATSER,
    PLATSER,
    PROCENT,
    PROCENT_EN_DECIMAL,
    andel,
    intervall,
    punkter,
    rakna,
    stallning,
)
from domain.matt.deklaration import Familj, Matt, Mattenhet, Variant, Variantval
from domain.matt.modell import Raknesatt
from domain.matt.uttryck import Kvot, begransa
from domain.placering.handelser import PlaceringPaborjad
from domain.utforare.handelser import EkonomiKontrollerad, TillstandKontrollerat, UppfoljningGjord

_T = Familj.AVTAL

_BORJADE = begransa(punkter(PlaceringPaborjad.typ), EXTERN)
_AVROPADE = begransa(_BORJADE, {"avtalsform": (Avtalsform.RAMAVTAL.value, Avtalsform.DIREKTUPPHANDLING.value)})
_DIREKT = punkter(DIREKTUPPHANDLING)
_BETYGEN = punkter(UppfoljningGjord.typ)
_RAMAVTAL = intervall(RAMAVTAL)
_SORT = Variant(
    "sort",
    "Uppföljningens sort",
    (
        Variantval("alla", "fullständiga och begränsade"),
        Variantval("full", "fullständiga", {"underslag": ("full",)}),
        Variantval("begransad", "begränsade", {"underslag": ("begransad",)}),
    ),
)

AVTALSMATT = (
    Matt(
        "externa-insatser", "Insatser verkställda av externa vårdgivare", INSATSER,
        "Antal externa placeringar som börjat i perioden genom ramavtal eller direktupphandling; dela på avtalsform "
        "och insatsform.",
        "MATT.md T01 (387 = 332 + 55)",
        _AVROPADE, _T, ("T01",),
        varianter=(
            Variant("avtalsformer", "Avtalsformer", (
                Variantval("avropade", "ramavtal och direktupphandling"),
                Variantval("alla", "alla avtalsformer", uttryck=_BORJADE),
            )),
        ),
    ),
    Matt(
        "andel-inom-ramavtal", "Andel insatser inom ramavtal", PROCENT,
        "Externa placeringar som börjat i perioden inom ramavtal, i procent av dem som börjat genom ramavtal eller "
        "direktupphandling.",
        "MATT.md T01",
        andel(begransa(_BORJADE, {"avtalsform": (Avtalsform.RAMAVTAL.value,)}), _AVROPADE), _T, ("T01",),
    ),
    Matt(
        "direktupphandlingar", "Direktupphandlade insatser efter anledning", INSATSER,
        "Antal placeringar som direktupphandlats i perioden; utfall är anledningen.",
        "MATT.md T02",
        _DIREKT, _T, ("T02",),
    ),
    Matt(
        "andel-direktupphandlingar", "Andel av direktupphandlade insatser", PROCENT_EN_DECIMAL,
        "Gruppens direktupphandlingar i procent av alla; dela på utfall för anledningen.",
        "MATT.md T02 (÷ 55)",
        Kvot(_DIREKT, _DIREKT, 100, hel=True), _T, ("T02",),
    ),
    Matt(
        "avtalsuppfoljningar", "Genomförda avtalsuppföljningar", ANTAL,
        "Antal uppföljningar av utförare i perioden; insatsform är ramavtalet, underslag sorten.",
        "MATT.md T04",
        punkter(AVTALSUPPFOLJNING), _T, ("T04",), varianter=(_SORT,),
    ),
    Matt(
        "medelbetyg", "Medelbetyg i avtalsuppföljningar", BETYG,
        "Medelvärdet av betygen 1–5 i perioden; utfall är området.",
        "MATT.md T05",
        Kvot(replace(_BETYGEN, raknesatt=Raknesatt.BETYG), _BETYGEN), _T, ("T05",), varianter=(_SORT,),
    ),
    Matt(
        "andel-hoga-betyg", "Andel betyg 4 och 5", PROCENT,
        "Betyg 4 eller 5 i procent av alla betyg i perioden; utfall är området.",
        "MATT.md T05 (n = 14)",
        andel(begransa(_BETYGEN, {"planerat": (4, 5)}), _BETYGEN), _T, ("T05",), varianter=(_SORT,),
    ),
    Matt(
        "ekonomiska-kontroller", "Ekonomiska kontroller av utförare", ANTAL,
        "Antal kontroller av utförares ekonomi i perioden; utfall är skatteskuld eller inte.",
        "MATT.md T06",
        punkter(EkonomiKontrollerad.typ), _T, ("T06",),
    ),
    Matt(
        "tillstandskontroller", "Kontroller av tillståndsbevis", ANTAL,
        "Antal kontroller av utförares tillstånd i perioden, alla eller bara dem där tillståndet gällde.",
        "MATT.md T06",
        punkter(TillstandKontrollerat.typ), _T, ("T06",),
        varianter=(
            rakna(
                "Vad som räknas",
                ("alla", "alla kontroller", None),
                ("giltiga", "giltigt tillstånd", punkter(TillstandKontrollerat.typ, urval={"planerat": (1,)})),
                ("ogiltiga", "tillstånd saknas", punkter(TillstandKontrollerat.typ, urval={"planerat": (0,)})),
            ),
        ),
    ),
    Matt(
        "utforare-med-ramavtal", "Utförare med ramavtal", Mattenhet("utförare", 0),
        "Antal olika utförare med ramavtal i kraft på periodens sista dag; insatsform är avtalsområdet. En utförare "
        "kan ha flera avtal.",
        "MATT.md T07 (90)",
        stallning(replace(_RAMAVTAL, raknesatt=Raknesatt.UNIKA_UTFORARE)), _T, ("T07",),
        varianter=(
            rakna("Vad som räknas", ("utforare", "olika utförare", None), ("avtal", "avtal", stallning(_RAMAVTAL))),
        ),
    ),
    Matt(
        "abonnerade-platser", "Abonnerade platser", PLATSER,
        "Antal platser som köps på abonnemang, på periodens sista dag.",
        "MATT.md T09",
        stallning(intervall(ABONNEMANG, Raknesatt.PLATSDYGN)), _T, ("T09",),
    ),
    Matt(
        "avtalade-dygn", "Avtalade dygn per år", DYGN,
        "Antal vårddygn per år som är avtalade med fast volym, på periodens sista dag.",
        "MATT.md T09, D06",
        stallning(intervall(AVTALSVOLYM, Raknesatt.PLATSDYGN)), _T, ("T09",),
    ),
    Matt(
        "uppfoljda-utforare", "Uppföljda utförare", Mattenhet("utförare", 0),
        "Antal olika utförare som följts upp i perioden; insatsform är ramavtalets område.",
        "MATT.md T04 (E23-05: antalet uppföljningar och antalet namn är två mått)",
        punkter(AVTALSUPPFOLJNING, raknesatt=Raknesatt.UNIKA_UTFORARE), _T,
    ),
)  # fmt: skip
"""The measures of this family."""
