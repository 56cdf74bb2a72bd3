"""Tables of care: volumes, days, persons, occupancy, prices."""

from __future__ import annotations

from application.rapporter.modell import (
    HITTILLS,
    MANADEN,
    Manadskolumner,
    Mattkolumn,
    Prissortskolumn,
    Summering,
    Tabell,
    Textkolumn,
    Tid,
    Uttryckskolumn,
)
from application.rapporter.prognoskolumner import DELARSPROGNOSER, avvikelse_vid, budget_vid, prognos_vid
from application.rapporter.uttryck import Andel, Kol, Skillnad
from domain.begrepp import Prognosslag
from domain.budgetperiod.begrepp import Riktning

_SNITT = "personer-per-dygn"

EXTERNA_INSATSER = Tabell(
    "externa-insatser",
    "Externa vård- och behandlingskostnader",
    "Tabell över externa insatser i socialnämnders delårsrapporter (MATT.md V13, E15, E16, P02)",
    ("malgrupp", "insatsform", "radtyp"),
    (
        Mattkolumn("snitt_utfall_{ar_2}", "Utfall {ar_2}", _SNITT, tid=Tid(-2), bara_volymrader=True),
        Mattkolumn("snitt_utfall_{ar_1}", "Utfall {ar_1}", _SNITT, tid=Tid(-1), bara_volymrader=True),
        Mattkolumn("snitt_budget_{ar}", "Budget {ar}", "budgeterade-personer", bara_volymrader=True),
        Mattkolumn("snitt_prognos_{ar}", "Prognos {ar}", "prognostiserade-personer", bara_volymrader=True),
        Prissortskolumn("kostnadsenhet", "Enhet"),
        Mattkolumn(
            "kostnad_budget_{ar}", "Kr budget {ar}", "budgeterat-pris", Summering.OVAGT_MEDEL, bara_volymrader=True
        ),
        Mattkolumn(
            "kostnad_prognos_{ar}", "Kr prognos {ar}", "prognostiserat-pris", Summering.OVAGT_MEDEL,
            bara_volymrader=True,
        ),
        Mattkolumn("budget_{ar}_mnkr", "Budget {ar} mnkr", "budget", decimaler=1, per=1_000_000),
        *(hamta(slag) for slag in DELARSPROGNOSER for hamta in (budget_vid, prognos_vid)),
        Uttryckskolumn(
            "budgetavvikelse_delar1_mnkr", "Avvikelse delår 1 mnkr", avvikelse_vid(Prognosslag.DELAR1), decimaler=1
        ),
        Uttryckskolumn(
            "budgetavvikelse_delar2_mnkr", "Avvikelse delår 2 mnkr", avvikelse_vid(Prognosslag.DELAR2), decimaler=1
        ),
    ),
    helhet=_SNITT,
)  # fmt: skip

_AR_BAKAT = (4, 3, 2, 1)

FEM_AR = Tabell(
    "fem-ar",
    "Fem år i sammandrag",
    "Tabell i socialnämnders delårsrapporter (MATT.md V05, V12, V17–V19, D01–D04, E16, P07)",
    ("grupp", "matt", "delvarde"),
    (
        *(Mattkolumn(f"utfall_{{ar_{n}}}", f"Utfall {{ar_{n}}}", tid=Tid(-n)) for n in _AR_BAKAT),
        Mattkolumn("prognos_{ar}", "Prognos {ar}"),
        Textkolumn(
            "prognos_{ar}_riktning", "Riktning {ar}", dimension="utfall", ordlista=Riktning,
            ord={Riktning.NIVA.value: "Nivå"},
        ),
    ),
)  # fmt: skip

LVU_LVM = Tabell(
    "lvu-lvm",
    "Placeringar enligt LVU och LVM",
    "Tabell i socialnämnders delårsrapporter (MATT.md V16)",
    ("lagrum", "kon"),
    (
        *(
            Mattkolumn(f"jan_{{man}}_{{ar_{n}}}", f"Jan–{{man}} {{ar_{n}}}", "unika-lvu-lvm", tid=Tid(-n, till=None))
            for n in _AR_BAKAT
        ),
        Mattkolumn("jan_{man}_{ar}", "Jan–{man} {ar}", "unika-lvu-lvm", tid=HITTILLS),
    ),
)

BELAGGNING = Tabell(
    "belaggning",
    "Beläggning i egna boenden",
    "Tabell i socialnämnders delårsrapporter (MATT.md B01–B03)",
    ("boende",),
    (
        Manadskolumner(Mattkolumn("{manad}", "{manad}", "belaggning", decimaler=2, per=100)),
        Mattkolumn(
            "ack_{man}", "Ack {man}", "belaggning", tid=HITTILLS, val={"medelvarde": "manader"}, decimaler=2, per=100
        ),
    ),
)

BOENDEN = Tabell(
    "boenden",
    "Egna boenden, platser och beläggning",
    "Tabell i socialnämnders delårsrapporter (MATT.md B02, B03, B08), boenden grupperade efter slag; beläggningen i en "
    "grupp är ett ovägt medel",
    ("grupp", "boende"),
    (
        Mattkolumn("platser", "Platser", "platser", tid=MANADEN),
        Manadskolumner(Mattkolumn("{manad}", "{manad}", "belaggning", Summering.MEDEL)),
        Mattkolumn("ack_{man}", "Ack {man}", "belaggning", Summering.MEDEL, tid=HITTILLS),
        Mattkolumn("ack_{man}_{ar_1}", "Ack {man} {ar_1}", "belaggning", Summering.MEDEL, tid=Tid(-1, till=None)),
    ),
)

ENSAMKOMMANDE_AKTUELLA = Tabell(
    "ensamkommande-aktuella",
    "Ensamkommande barn och unga, aktuella ärenden",
    "Tabell i socialnämnders delårsrapporter (MATT.md V20, V23): ställning den sista i månaden",
    ("status",),
    (
        *(
            Mattkolumn(f"dec_{{ar_{n}}}", f"Dec {{ar_{n}}}", "ensamkommande", tid=Tid(-n, 12, 12))
            for n in (5, *_AR_BAKAT)
        ),
        Mattkolumn("{man}_{ar}", "{man} {ar}", "ensamkommande", tid=MANADEN),
    ),
)

VOLYMMATT = Tabell(
    "volymmatt",
    "Volymmått",
    "Tabell i socialnämnders årsredovisningar (MATT.md V06, V11, V23–V26, D05, D06)",
    ("volymmatt",),
    (
        Mattkolumn("utfall_{ar_1}", "Utfall {ar_1}", tid=Tid(-1)),
        Mattkolumn("utfall_{ar}", "Utfall {ar}"),
        Textkolumn("anmarkning", "Anmärkning"),
    ),
)

PABORJADE_UTREDNINGAR = Tabell(
    "paborjade-utredningar",
    "Påbörjade utredningar, genomsnitt per månad",
    "Tabell i socialnämnders delårsrapporter (MATT.md V01–V03), med trend över tolv månader",
    ("malgrupp",),
    (
        Mattkolumn("helar_{ar_1}", "Helår {ar_1}", "paborjade-utredningar-per-manad", tid=Tid(-1)),
        Mattkolumn(
            "jan_{man}_{ar_1}", "Jan–{man} {ar_1}", "paborjade-utredningar-per-manad", tid=Tid(-1, till=None)
        ),
        Mattkolumn("jan_{man}_{ar}", "Jan–{man} {ar}", "paborjade-utredningar-per-manad", tid=HITTILLS),
        Uttryckskolumn(
            "okning_procent", "Ökning, procent",
            Andel(Skillnad(Kol("jan_{man}_{ar}"), Kol("jan_{man}_{ar_1}")), Kol("jan_{man}_{ar_1}"), 100),
        ),
        Manadskolumner(Mattkolumn("trend_{manad}", "Trend {manad}", "paborjade-utredningar-rullande-tolv")),
    ),
)  # fmt: skip

EXTERN_VARD_FLERA_AR = Tabell(
    "externa-insatser-flera-ar",
    "Extern vård, flera år",
    "Tabell i socialnämnders delårsrapporter (MATT.md V14, E16, E17, P04): personer, ovägd dygnskostnad, kostnad",
    ("matt", "grupp"),
    (
        *(Mattkolumn(f"utfall_{{ar_{n}}}", f"Utfall {{ar_{n}}}", tid=Tid(-n)) for n in (6, 5, *_AR_BAKAT)),
        Mattkolumn("utfall_{man}_{ar}", "Utfall {man} {ar}", tid=HITTILLS),
        Mattkolumn("budget_{ar}", "Budget {ar}"),
        Mattkolumn("prognos_{ar}", "Prognos {ar}"),
        Uttryckskolumn("avvikelse", "Avvikelse prognos–budget", Skillnad(Kol("prognos_{ar}"), Kol("budget_{ar}"))),
    ),
)

TABELLER: tuple[Tabell, ...] = (
    EXTERNA_INSATSER, FEM_AR, LVU_LVM, BELAGGNING, BOENDEN, ENSAMKOMMANDE_AKTUELLA, VOLYMMATT, PABORJADE_UTREDNINGAR,
    EXTERN_VARD_FLERA_AR,
)  # fmt: skip
