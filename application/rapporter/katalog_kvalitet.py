"""Tables of quality: time limits, contracts and providers, goals and commitments."""

from __future__ import annotations

from application.rapporter.modell import HITTILLS, Mattkolumn, Summering, Tabell, Textkolumn, Tid, Uttryckskolumn
from application.rapporter.uttryck import Andel, Kol, Summa
from domain.budgetperiod.begrepp import Malbedomning, Riktning

STYRKORT = Tabell(
    "styrkort",
    "Styrkort",
    "Tabell i socialnämnders delårsrapporter (MATT.md I01–I03, V26, E21)",
    ("perspektiv", "matt"),
    (
        Mattkolumn("utfall_jan_{man}_{ar_1}", "Utfall jan–{man} {ar_1}", tid=Tid(-1, till=None)),
        Mattkolumn("utfall_jan_{man}_{ar}", "Utfall jan–{man} {ar}", tid=HITTILLS),
        Mattkolumn("mal_{ar}", "Mål {ar}"),
        Textkolumn("mal_text", "Mål", dimension="utfall", ordlista=Riktning),
    ),
)

INDIKATORER_EKONOMI = Tabell(
    "indikatorer-ekonomi",
    "Långsiktig och hållbar ekonomi, indikatorer",
    "Tabell i socialnämnders delårsrapporter (MATT.md E14, E19, E20, B07, D08, J02, P07)",
    ("niva", "indikator", "delvarde"),
    (
        Mattkolumn("utfall_{ar_2}", "Utfall {ar_2}", tid=Tid(-2)),
        Mattkolumn("utfall_{ar_1}", "Utfall {ar_1}", tid=Tid(-1)),
        Mattkolumn("prognos_{ar}", "Prognos {ar}"),
        Mattkolumn("malvarde_{ar}", "Målvärde {ar}"),
        Textkolumn("malvarde_text", "Mål", dimension="utfall", ordlista=Riktning),
    ),
)

INDIKATORER_IFO = Tabell(
    "indikatorer-ifo",
    "Individ- och familjeomsorg, indikatorer",
    "Tabell i socialnämnders delårsrapporter (MATT.md I05, I06)",
    ("niva", "indikator", "delvarde"),
    (
        *INDIKATORER_EKONOMI.kolumner[:4],
        Textkolumn("prognos_text", "Prognos"),
        INDIKATORER_EKONOMI.kolumner[4],
    ),
)

EXTERNA_UTFORARE = Tabell(
    "externa-utforare-ramavtal",
    "Insatser som verkställs av externa vårdgivare",
    "Tabell i socialnämnders delårsrapporter (MATT.md T01)",
    ("vardform",),
    (
        Mattkolumn(
            "inom_ramavtal_antal", "Inom ramavtal", "externa-insatser", tid=HITTILLS,
            urval={"avtalsform": ("ramavtal",)},
        ),
        Uttryckskolumn(
            "inom_ramavtal_procent", "Inom ramavtal, procent",
            Andel(
                Kol("inom_ramavtal_antal"), Summa((Kol("inom_ramavtal_antal"), Kol("direktupphandling_antal"))), 100
            ),
        ),
        Mattkolumn(
            "direktupphandling_antal", "Direktupphandling", "externa-insatser", tid=HITTILLS,
            urval={"avtalsform": ("direktupphandling",)},
        ),
        Uttryckskolumn(
            "direktupphandling_procent", "Direktupphandling, procent",
            Andel(
                Kol("direktupphandling_antal"), Summa((Kol("inom_ramavtal_antal"), Kol("direktupphandling_antal"))), 100
            ),
        ),
        Textkolumn("anledning", "Anledning"),
    ),
)  # fmt: skip

DIREKTUPPHANDLING = Tabell(
    "direktupphandling-anledning",
    "Direktupphandlade insatser efter anledning",
    "Tabell i socialnämnders delårsrapporter (MATT.md T02)",
    ("anledning",),
    (
        Mattkolumn("antal", "Antal", "direktupphandlingar", tid=HITTILLS),
        Mattkolumn("procent", "Procent", "andel-direktupphandlingar", tid=HITTILLS, decimaler=1),
    ),
)

AVTALSUPPFOLJNINGAR = Tabell(
    "avtalsuppfoljningar",
    "Genomförda avtalsuppföljningar per ramavtal",
    "Tabell i socialnämnders delårsrapporter (MATT.md T04)",
    ("ramavtal",),
    (
        Mattkolumn("genomforda_uppfoljningar", "Genomförda uppföljningar", "avtalsuppfoljningar", tid=HITTILLS),
        Mattkolumn("antal_uppraknade_i_tabell_2", "Uppföljda utförare", "uppfoljda-utforare", tid=HITTILLS),
        Textkolumn("notering", "Notering"),
    ),
)

BETYG = Tabell(
    "rating",
    "Betyg i avtalsuppföljningar",
    "Tabell i socialnämnders delårsrapporter (MATT.md T05)",
    ("omrade",),
    (
        Mattkolumn("medelbetyg", "Medelbetyg", "medelbetyg", Summering.INGEN, tid=HITTILLS, decimaler=1),
        Mattkolumn("andel_betyg_4_och_5", "Andel 4 och 5", "andel-hoga-betyg", Summering.INGEN, tid=HITTILLS),
    ),
)

UPPFOLJDA_UTFORARE = Tabell(
    "utforare-uppfoljda",
    "Utförare som följts upp",
    "Tabell i socialnämnders delårsrapporter (MATT.md T04): namnlista",
    ("ramavtal", "utforare"),
    (Mattkolumn("uppfoljningar", "", "avtalsuppfoljningar", tid=HITTILLS, dold=True),),
)

ATAGANDEN = Tabell(
    "status-ataganden",
    "Status åtaganden",
    "Tabell i socialnämnders delårsrapporter (MATT.md A13)",
    ("enhet",),
    (
        Textkolumn("ej_paborjad", "Ej påbörjad"),
        Mattkolumn("pagar", "Pågår", "ataganden", tid=HITTILLS, val={"rakna": "pagar"}),
        Mattkolumn("klart_avslutat", "Klart", "ataganden", tid=HITTILLS, val={"rakna": "avslutade"}),
        Textkolumn("forsenat", "Försenat"),
        Uttryckskolumn("total_summa", "Totalt", Summa((Kol("pagar"), Kol("klart_avslutat")))),
    ),
)

MALBEDOMNING = Tabell(
    "malbedomning",
    "Bedömning av mål",
    "Tabell i socialnämnders delårsrapporter (MATT.md P08)",
    ("mal",),
    (
        Textkolumn("bedomning_kap3", "Bedömning", "malbedomningar", "utfall", HITTILLS, Malbedomning),
        Textkolumn("bedomning_kap4", "Bedömning", "malbedomningar", "utfall", HITTILLS, Malbedomning),
    ),
)

TABELLER: tuple[Tabell, ...] = (
    STYRKORT, INDIKATORER_EKONOMI, INDIKATORER_IFO, EXTERNA_UTFORARE, DIREKTUPPHANDLING, AVTALSUPPFOLJNINGAR, BETYG,
    UPPFOLJDA_UTFORARE, ATAGANDEN, MALBEDOMNING,
)  # fmt: skip
