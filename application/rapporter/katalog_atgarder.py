"""Tables of åtgärder: what they were expected to save, what came of them, and the cases they were judged by.

An effect is kronor saved: a saving is positive. How an achieved effect is grounded – booked, reckoned, hypothetical –
is a column each, since the methods may tell of the same saving and are never added.
"""

from __future__ import annotations

from application.rapporter.modell import (
    HELA_TIDEN,
    HELAR,
    Atgardskolumn,
    Atgardsuppgift,
    Mattkolumn,
    Summering,
    Tabell,
    Textkolumn,
    Tid,
    Uttryckskolumn,
)
from application.rapporter.prognoskolumner import MNKR
from application.rapporter.uttryck import Andel, Kol
from domain.atgard.begrepp import Effektklass, Effektmetod
from domain.begrepp import Insatsform

TKR = 1_000


def _effekt(nyckel: str, rubrik: str, matt: str, tid: Tid = HELAR, **val: str) -> Mattkolumn:
    return Mattkolumn(nyckel, rubrik, matt, tid=tid, val=val, per=MNKR, decimaler=1)


_BUDGETERAD = _effekt("budgeterad_effekt_helar", "Budgeterad effekt helår", "budgeterad-effekt")

EFFEKTIVISERINGAR = Tabell(
    "effektiviseringar",
    "Planerade effektiviseringar, åtgärder",
    "Tabell i socialnämnders delårsrapporter (MATT.md A01, A09)",
    ("atgard",),
    (_BUDGETERAD, _effekt("prognos_effekt", "Prognos effekt", "vantad-effekt")),
)

BESLUTADE_ATGARDER = Tabell(
    "beslutade-atgarder",
    "Beslutade åtgärder och deras effekt",
    "Tabell i socialnämnders delårsrapporter (MATT.md A01, A02)",
    ("atgard",),
    (
        Atgardskolumn("beslutsdatum", "Beslutad", Atgardsuppgift.BESLUTSDATUM),
        Atgardskolumn("diarienummer", "Diarienummer", Atgardsuppgift.DIARIENUMMER),
        Atgardskolumn("fas", "Fas", Atgardsuppgift.FAS),
        Atgardskolumn("ansvarig", "Ansvarig", Atgardsuppgift.ANSVARIG),
        Atgardskolumn("planerat_slut", "Planerat slut", Atgardsuppgift.PLANERAT_SLUT),
        _BUDGETERAD,
        _effekt("prognos_effekt_under_aret", "Prognos effekt under året", "vantad-effekt"),
        _effekt(
            "beraknad_total_effekt", "Beräknad total effekt", "vantad-total-effekt", Tid(fler_ar=HELA_TIDEN.fler_ar)
        ),
        *(
            _effekt(
                f"uppnadd_{metod.value}", f"Uppnått hittills, {metod.etikett.lower()}", "uppnadd-effekt", HELA_TIDEN,
                metod=metod.value,
            )
            for metod in (Effektmetod.BOKFORD, Effektmetod.BERAKNAD, Effektmetod.HYPOTETISK)
        ),
    ),
)  # fmt: skip

EFFEKTUPPFOLJNING = Tabell(
    "effektuppfoljning",
    "Effektuppföljning, ärende för ärende",
    "Uppföljning av en åtgärd i socialnämnders delårsrapporter (MATT.md A03, A04, A06)",
    ("arende",),
    (
        Textkolumn("atgard", "Åtgärd", "bedomda-arenden", "atgard", HELA_TIDEN),
        Textkolumn("insatsform", "Insatsform", "bedomda-arenden", "insatsform", HELA_TIDEN, Insatsform),
        Textkolumn("primar_orsak", "Primär orsak", "bedomda-arenden", "underslag", HELA_TIDEN),
        Textkolumn("effektklass", "Effektklass", "bedomda-arenden", "utfall", HELA_TIDEN, Effektklass),
        Mattkolumn("antal", "Ärenden", "bedomda-arenden", tid=HELA_TIDEN),
        Mattkolumn("forkortade_dygn", "Förkortade dygn", "forkortade-dygn", tid=HELA_TIDEN),
        Mattkolumn("minskad_kostnad", "Minskad kostnad, tkr", "minskad-placeringskostnad", tid=HELA_TIDEN, per=TKR),
        Mattkolumn("brutto", "", "minskad-placeringskostnad", tid=HELA_TIDEN, dold=True),
        Uttryckskolumn("dygnskostnad", "Dygnskostnad, kr", Andel(Kol("brutto"), Kol("forkortade_dygn"))),
        Mattkolumn(
            "insatskostnad", "Åtgärdens kostnad, tkr", "minskad-placeringskostnad", tid=HELA_TIDEN, per=TKR,
            val={"rakna": "kostnad"},
        ),
        Mattkolumn(
            "nettoeffekt", "Nettoeffekt, tkr", "minskad-placeringskostnad", tid=HELA_TIDEN, per=TKR,
            val={"rakna": "netto"},
        ),
        Mattkolumn(
            "netto_per_arende", "Netto per ärende, tkr", "nettoeffekt-per-arende", Summering.INGEN, tid=HELA_TIDEN,
            per=TKR,
        ),
    ),
)  # fmt: skip

TABELLER: tuple[Tabell, ...] = (EFFEKTIVISERINGAR, BESLUTADE_ATGARDER, EFFEKTUPPFOLJNING)
