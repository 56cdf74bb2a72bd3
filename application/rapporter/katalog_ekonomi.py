"""Tables of money: budget, outcome, forecast, effects and investments.

Costs are printed negative where the reports do (``tecken``); stored amounts are net cost.
"""

from __future__ import annotations

from typing import Any

from application.rapporter.modell import (
    HELAR,
    HITTILLS,
    Kolumn,
    Mattkolumn,
    Tabell,
    Textkolumn,
    Tid,
    Uttryckskolumn,
)
from application.rapporter.prognoskolumner import DELARSPROGNOSER, MNKR, avvikelse_vid, budget_vid, prognos_vid
from application.rapporter.uttryck import Andel, EfterRad, Kol, Skillnad, Summa
from domain.begrepp import Kontogrupp, Prognosslag

TKR = 1_000
_I_FJOL = Tid(-1)
_HITTILLS_I_FJOL = Tid(-1, till=None)
_UTAN_BIDRAG = {"kontogrupp": tuple(grupp.value for grupp in Kontogrupp if grupp is not Kontogrupp.BIDRAG)}


def belopp(nyckel: str, rubrik: str, matt: str, tid: Tid = HELAR, *, per: int = MNKR, **annat: Any) -> Mattkolumn:
    """Return a column of amounts where costs are negative and a row without facts is zero."""
    val: dict[str, Any] = {"tecken": -1, "noll": True, "decimaler": 1 if per == MNKR else 0, **annat}
    return Mattkolumn(nyckel, rubrik, matt, tid=tid, per=per, **val)


def avvikelser(forled: str, rubrik: str, per: int = MNKR) -> tuple[Kolumn, ...]:
    """Return the columns of budget less forecast at the two interim reports: plus is better than budgeted."""
    kolumner: list[Kolumn] = []
    for slag in DELARSPROGNOSER:
        kolumner += [
            budget_vid(slag, per=per, noll=True),
            prognos_vid(slag, per=per, noll=True),
            Uttryckskolumn(
                f"{forled}_{slag.value}", f"{rubrik} {slag.etikett.lower()}", avvikelse_vid(slag),
                1 if per == MNKR else 0,
            ),
        ]  # fmt: skip
    return tuple(kolumner)


ENHETERNAS_RESULTAT = Tabell(
    "enheternas-resultat",
    "Enheternas ekonomiska resultat",
    "Tabell i socialnämnders delårsrapporter (MATT.md E01, P01, P02, E23)",
    ("verksamhet",),
    (belopp("budget_{ar}", "Budget {ar}", "budget"), *avvikelser("prognos_avvikelse", "Prognos avvikelse")),
)

KONTOSLAG = Tabell(
    "overgripande-myndighet-eget",
    "Budget och avvikelse per kontoslag",
    "Tabell i socialnämnders delårsrapporter (MATT.md E10, P02)",
    ("kontoslag",),
    ENHETERNAS_RESULTAT.kolumner,
)

_KONTOGRUPPER: tuple[Kolumn, ...] = (
    belopp("bokslut_{ar_1}", "Bokslut {ar_1}", "utfall", _I_FJOL),
    belopp("budget_{ar}", "Budget {ar}", "budget"),
    belopp("ack_utfall_{man}_{ar_1}", "Ack utfall {man} {ar_1}", "utfall", _HITTILLS_I_FJOL),
    belopp("ack_utfall_{man}_{ar}", "Ack utfall {man} {ar}", "utfall", HITTILLS),
    belopp("prognos_{ar}", "Prognos {ar}", "prognos"),
    Uttryckskolumn(
        "avvikelse_budget_prognos_{ar}", "Avvikelse {ar}", Skillnad(Kol("prognos_{ar}"), Kol("budget_{ar}")), 1
    ),
    Uttryckskolumn(
        "forandring_{ar_1}_{ar}", "Förändring {ar_1}–{ar}",
        EfterRad(Skillnad(Kol("prognos_{ar}"), Kol("bokslut_{ar_1}"))), 1,
    ),
    Uttryckskolumn(
        "forandring_procent_{ar_1}_{ar}", "Förändring {ar_1}–{ar}, procent",
        Andel(Skillnad(Kol("prognos_{ar}"), Kol("bokslut_{ar_1}")), Kol("bokslut_{ar_1}"), 100, noll_av_noll=0),
    ),
)  # fmt: skip
"""A rise in cost is positive (the row's sign, ``teckenI``); the per cent is of last year's amount."""

KONTOGRUPPER = tuple(
    Tabell(
        f"kontogrupper-{vilka}",
        f"Intäkts- och kostnadsutveckling, {rubrik}",
        "Tabell i socialnämnders delårsrapporter (MATT.md E04, E05, E09, E12)",
        ("kontogrupp",),
        _KONTOGRUPPER,
    )
    for vilka, rubrik in (("hela-forvaltningen", "hela förvaltningen"), ("egen-verksamhet", "egen verksamhet"))
)

RESULTATRAKNING = Tabell(
    "resultatrakning",
    "Resultaträkning",
    "Tabell i socialnämnders delårsrapporter (MATT.md E03, E04, E06, P01)",
    ("konto",),
    (
        belopp("utfall_{man}_{ar_1}", "Utfall {man} {ar_1}", "utfall", _HITTILLS_I_FJOL),
        belopp("utfall_{man}_{ar}", "Utfall {man} {ar}", "utfall", HITTILLS),
        belopp("budget_{man}_{ar}", "Budget {man} {ar}", "budget", HITTILLS),
        Uttryckskolumn(
            "budgetavvikelse_{man}_{ar}", "Budgetavvikelse {man} {ar}",
            Skillnad(Kol("utfall_{man}_{ar}"), Kol("budget_{man}_{ar}")), 1,
        ),
        belopp("arsprognos", "Årsprognos", "prognos"),
        belopp("arsbudget", "", "budget", dold=True),
        Uttryckskolumn(
            "avvikelse_arsprognos", "Avvikelse årsprognos", Skillnad(Kol("arsprognos"), Kol("arsbudget")), 1
        ),
    ),
)  # fmt: skip

UNDERLIGGANDE_ENHETER = Tabell(
    "underliggande-enheter",
    "Driftredovisning, underliggande enheter",
    "Tabell i socialnämnders delårsrapporter (MATT.md E06, E22); budgeten är utan kommunersättning",
    ("enhet",),
    (
        belopp("budget_ack_{ar_1}", "", "budget", _HITTILLS_I_FJOL, dold=True),
        belopp("utfall_ack_{ar_1}", "", "utfall", _HITTILLS_I_FJOL, dold=True),
        belopp("budget_ack_{ar}", "", "budget", HITTILLS, dold=True),
        belopp("utfall_ack_{ar}", "", "utfall", HITTILLS, dold=True),
        belopp("budget_med_bidrag", "", "budget", dold=True),
        belopp("prognos", "", "prognos", dold=True),
        Uttryckskolumn(
            "budgetavvikelse_{man}_{ar_1}", "Budgetavvikelse {man} {ar_1}",
            Skillnad(Kol("utfall_ack_{ar_1}"), Kol("budget_ack_{ar_1}")), 1,
        ),
        Uttryckskolumn(
            "budgetavvikelse_{man}_{ar}", "Budgetavvikelse {man} {ar}",
            Skillnad(Kol("utfall_ack_{ar}"), Kol("budget_ack_{ar}")), 1,
        ),
        belopp("budget_{ar}", "Budget {ar}", "budget", urval=_UTAN_BIDRAG),
        Uttryckskolumn(
            "avvikelse_arsprognos", "Avvikelse årsprognos", Skillnad(Kol("prognos"), Kol("budget_med_bidrag")), 1
        ),
    ),
)  # fmt: skip

DRIFTSREDOVISNING = Tabell(
    "driftsredovisning",
    "Ekonomiskt utfall enligt driftsredovisningen",
    "Tabell i socialnämnders årsredovisningar (MATT.md E05, E06, E28)",
    ("post",),
    (
        belopp("utfall_{ar}", "Utfall {ar}", "utfall", per=TKR),
        belopp("budget_{ar}", "Budget {ar}", "budget", per=TKR),
        Mattkolumn("beslutad_avvikelse", "", dold=True, syns_som="avvikelse"),
        Uttryckskolumn(
            "avvikelse", "Avvikelse",
            Summa((Skillnad(Kol("utfall_{ar}"), Kol("budget_{ar}")), Kol("beslutad_avvikelse"))),
        ),
    ),
)  # fmt: skip

ENSAMKOMMANDE_EKONOMI = Tabell(
    "ensamkommande-ekonomi",
    "Ekonomisk prognos, ensamkommande barn och unga",
    "Tabell i socialnämnders delårsrapporter (MATT.md E24); intäkter och kostnader skrivs båda positivt",
    ("grupp", "post"),
    (
        belopp("budget", "Budget", "budget", tecken=1),
        belopp(
            "prognos", "Prognos", "prognos", tecken=1, vid=Prognosslag.MANAD,
            urval={"underslag": (Prognosslag.MANAD.value,)},
        ),
        Uttryckskolumn("budgetavvikelse", "Budgetavvikelse", EfterRad(Skillnad(Kol("prognos"), Kol("budget"))), 1),
    ),
)  # fmt: skip

BUDGETUPPFOLJNING = Tabell(
    "budgetuppfoljning",
    "Budget, utfall och prognos",
    "Tabell per verksamhetskod, enhet eller kontogrupp (MATT.md E01, E03, E04, E06, E07, E11, P01)",
    ("rad",),
    (
        belopp("budget_{ar}", "Budget {ar}", "budget", per=TKR),
        belopp("periodens_budget", "Periodens budget", "budget", HITTILLS, per=TKR),
        belopp("periodens_utfall", "Periodens utfall", "utfall", HITTILLS, per=TKR),
        Uttryckskolumn(
            "periodens_avvikelse", "Periodens avvikelse", Skillnad(Kol("periodens_utfall"), Kol("periodens_budget"))
        ),
        Uttryckskolumn(
            "forbrukning_procent", "Förbrukning, procent", Andel(Kol("periodens_utfall"), Kol("budget_{ar}"), 100), 1
        ),
        belopp("prognos_{ar}", "Prognos {ar}", "prognos", per=TKR),
        Uttryckskolumn("prognosavvikelse", "Prognosavvikelse", Skillnad(Kol("prognos_{ar}"), Kol("budget_{ar}"))),
    ),
)  # fmt: skip

DRIFTNAMNDER = Tabell(
    "driftnamnder",
    "Nämnder inom ett programområde",
    "Tabell i programområdens årsberättelser (MATT.md E06, E07, P02): flera nämnder med delår 1 och delår 2",
    ("namnd",),
    (
        belopp("budget_{ar}", "Budget {ar}", "budget", per=TKR),
        belopp("utfall_{ar}", "Utfall {ar}", "utfall", HITTILLS, per=TKR),
        Uttryckskolumn("avvikelse_{ar}", "Avvikelse {ar}", Skillnad(Kol("utfall_{ar}"), Kol("budget_{ar}"))),
        *avvikelser("prognos_avvikelse", "Prognos avvikelse", TKR),
        Uttryckskolumn(
            "forbrukning_procent", "Förbrukning, procent", Andel(Kol("utfall_{ar}"), Kol("budget_{ar}"), 100), 1
        ),
    ),
    flera_namnder=True,
)

BUDGETFORANDRINGAR = Tabell(
    "budgetforandringar",
    "Budgetramens förändringar från en dag till en annan",
    "Tabell i socialnämnders delårsrapporter (MATT.md E02): ram, ändringar per slag, ny ram",
    ("slag",),
    (
        belopp("ram_sedan", "Ram vid jämförelsedagen", "budget", per=TKR, tecken=1, sedan=True),
        belopp("ram", "Ram", "budget", per=TKR, tecken=1),
        Uttryckskolumn("forandring", "Förändring", Skillnad(Kol("ram"), Kol("ram_sedan"))),
    ),
)

# Investments ---------------------------------------------------------------------------------------------------------

INVESTERINGAR = Tabell(
    "investeringar",
    "Investeringar",
    "Tabell i socialnämnders delårsrapporter (MATT.md E30)",
    ("objekt",),
    (
        belopp("budget", "Budget", "investeringsbudget"),
        belopp("utfall_{man}", "Utfall {man}", "investeringsutfall", HITTILLS),
        belopp("prognos", "Prognos", "investeringsprognos"),
    ),
)

INVESTERINGSPROJEKT = Tabell(
    "investeringsprojekt",
    "Investeringsredovisning per projekt",
    "Tabell i socialnämnders delårsrapporter (MATT.md E30)",
    ("projekt",),
    (
        belopp("utfall_ack_totalt", "Utfall ack totalt", "investeringsutfall", HITTILLS),
        Textkolumn("total_projektbudget", "Total projektbudget"),
        Textkolumn("prognosavvikelse", "Prognosavvikelse"),
        belopp("budget_helar_{ar}", "Budget {ar}", "investeringsbudget"),
        belopp("utfall_ack_{man}_{ar}", "Utfall ack {man} {ar}", "investeringsutfall", HITTILLS),
        belopp("prognos", "", "investeringsprognos", dold=True),
        Uttryckskolumn(
            "avvikelse_prognos_helar_{ar}", "Avvikelse prognos {ar}",
            Skillnad(Kol("prognos"), Kol("budget_helar_{ar}")), 1,
        ),
    ),
)  # fmt: skip

INVESTERINGSREDOVISNING = Tabell(
    "investeringsredovisning",
    "Ekonomiskt utfall enligt investeringsredovisningen",
    "Tabell i socialnämnders årsredovisningar (MATT.md E30)",
    ("objekt",),
    (
        belopp("utfall_{ar}", "Utfall {ar}", "investeringsutfall", per=TKR),
        belopp("budget_{ar}", "Budget {ar}", "investeringsbudget", per=TKR),
        Uttryckskolumn("avvikelse", "Avvikelse", Skillnad(Kol("utfall_{ar}"), Kol("budget_{ar}"))),
    ),
)

OMBUDGETERING = tuple(
    Tabell(
        f"ombudgetering-{vad}",
        f"{rubrik} om ombudgetering av investeringsmedel",
        "Bilaga till socialnämnders årsredovisningar (MATT.md E30)",
        ("nr", "projektbenamning"),
        (
            belopp("investeringsbudget_{ar}", "Investeringsbudget {ar}", "investeringsbudget", per=TKR),
            belopp("anvanda_investeringsmedel_{ar}", "Använda medel {ar}", "investeringsutfall", per=TKR),
            Uttryckskolumn(
                "avvikelse", "Avvikelse",
                Skillnad(Kol("anvanda_investeringsmedel_{ar}"), Kol("investeringsbudget_{ar}")),
            ),
            belopp(
                "ombudgetering_till_{ar__1}", "Ombudgetering till {ar__1}", "investeringsbudget", Tid(1), per=TKR,
                tecken=1, urval={"underslag": ("ombudgetering",)},
            ),
            Textkolumn("kommentar", "Kommentar"),
        ),
    )
    for vad, rubrik in (("begaran", "Begäran"), ("information", "Information"))
)  # fmt: skip

JAMFORELSEKOMMUNER = Tabell(
    "jamforelsekommuner",
    "Kostnad per invånare i jämförbara kommuner",
    "Tabell i socialnämnders delårsrapporter (MATT.md J01), ur register",
    ("matt", "kommun"),
    tuple(Mattkolumn(f"ar_{{ar_{n}}}", f"{{ar_{n}}}", "registervarde", tid=Tid(-n)) for n in range(12, 0, -1)),
)


def _kpb(nyckel: str, matt: str, *, dold: bool = False) -> Mattkolumn:
    """Return a column of what the register says of last year."""
    return Mattkolumn(nyckel, matt, "registervarde", tid=_I_FJOL, urval={"verksamhet": (matt,)}, dold=dold)


KPB = Tabell(
    "kpb",
    "Kostnad per brukare",
    "Tabell i socialnämnders delårsrapporter (MATT.md J03), ur register; KPB är utan kostnader som ingen brukare har",
    ("ar", "aldersgrupp"),
    (
        _kpb("kostnader", "Kostnader"),
        _kpb("antal_invanare", "Antal invånare"),
        _kpb("antal_brukare", "Antal brukare"),
        _kpb("fordelade_brukare", "Antal brukare", dold=True),
        Mattkolumn("ej_brukarkopplat", "", tid=_I_FJOL, tecken=-1, dold=True),
        Mattkolumn("kpb_ur_registret", "", tid=_I_FJOL, dold=True, syns_som="kpb"),
        Uttryckskolumn("kr_per_invanare", "Kr/inv", Andel(Kol("kostnader"), Kol("antal_invanare"))),
        Uttryckskolumn(
            "kpb", "KPB",
            Summa((
                Andel(Summa((Kol("kostnader"), Kol("ej_brukarkopplat"))), Kol("fordelade_brukare")),
                Kol("kpb_ur_registret"),
            )),
        ),
        Uttryckskolumn(
            "procent_brukare", "Procent brukare", Andel(Kol("antal_brukare"), Kol("antal_invanare"), 100), 1
        ),
    ),
)  # fmt: skip

TABELLER: tuple[Tabell, ...] = (
    ENHETERNAS_RESULTAT, KONTOSLAG, *KONTOGRUPPER, RESULTATRAKNING, UNDERLIGGANDE_ENHETER, DRIFTSREDOVISNING,
    ENSAMKOMMANDE_EKONOMI, BUDGETUPPFOLJNING, DRIFTNAMNDER, BUDGETFORANDRINGAR, INVESTERINGAR, INVESTERINGSPROJEKT,
    INVESTERINGSREDOVISNING, *OMBUDGETERING, JAMFORELSEKOMMUNER, KPB,
)  # fmt: skip
