"""Money (E01–E36): budget, outcome, deviation, cost of care, grants, investments."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from domain.arende.begrepp import Ensamkommandestatus
from domain.begrepp import Justeringsslag, Kontogrupp, Malgrupp, Prissort
from domain.budgetperiod.begrepp import Ersattningsslag, Post
from domain.fakta import (
    BUDGET,
    BUDGETVOLYM,
    ENSAMKOMMANDE,
    ERSATTNING_ATERBETALD,
    ERSATTNING_AVSLAGEN,
    ERSATTNING_BEVILJAD,
    ERSATTNING_SOKT,
    INVANARE,
    INVESTERINGSBUDGET,
    INVESTERINGSPROGNOS,
    INVESTERINGSUTFALL,
    PLATS,
    PROGNOS,
    UTFALL,
    VISTELSE,
)
from domain.matt.byggstenar import (
    BOKFORDA_MANADER,
    EGEN,
    ENSAMKOMMANDE_MED,
    ENSAMKOMMANDE_UTAN,
    KOSTNAD,
    KRONOR,
    KRONOR_PER_DYGN,
    KRONOR_PER_INVANARE,
    KRONOR_PER_MANAD,
    NETTO,
    OVAGT_PRIS,
    PERSONER_PER_DYGN,
    PRISSATT,
    PROCENT,
    PROCENT_EN_DECIMAL,
    PROGNOSEN,
    VARDFORMER,
    VARDYGN,
    andel,
    belopp,
    bokfort,
    hela_aret,
    i_fjol,
    intervall,
    okning,
    okning_procent,
)
from domain.matt.deklaration import Familj, Matt, Tecken, Variant, Variantval
from domain.matt.modell import Raknesatt, Senaste, Urval
from domain.matt.uttryck import AndelCeller, Dar, Ganger, Kvot, PerAr, Skillnad, begransa

_E = Familj.EKONOMI
_N, _A = Tecken.NETTOKOSTNAD, Tecken.AVVIKELSE

BUDGETEN = belopp(BUDGET)
UTFALLET = belopp(UTFALL)
PROGNOSEN_BELOPP = belopp(PROGNOS, senaste=PROGNOSEN)
AVVIKELSEN = Skillnad(BUDGETEN, UTFALLET)
_SENAST_FASTSTALLDA = Senaste(("kommun", "namnd", "manad"), "dag")
INVANARNA = hela_aret(belopp(INVANARE, Raknesatt.VOLYM, dimensioner=("namnd",), senaste=_SENAST_FASTSTALLDA))
_BUDGETVOLYM = belopp(BUDGETVOLYM, Raknesatt.VOLYM)
_HELA_FJOLARETS = i_fjol(hela_aret(UTFALLET))
_OKNING_ENLIGT_PROGNOSEN = Skillnad(hela_aret(PROGNOSEN_BELOPP), _HELA_FJOLARETS)
_VARD_UTFALL = begransa(UTFALLET, VARDFORMER)
_EXTERN_VARD: Urval = {**VARDFORMER, "malgrupp": tuple(m.value for m in Malgrupp)}
_ATERSOKT_MOMS = belopp(ERSATTNING_BEVILJAD, urval={"underslag": (Ersattningsslag.MOMS_PA_KOPT_VARD.value,)})
_MANADSPRIS: Urval = {"prissort": (Prissort.MANAD.value,)}
_BEVILJAT = belopp(ERSATTNING_BEVILJAD)
_EKB_UTFALL = begransa(UTFALLET, {"malgrupp": (Malgrupp.ENSAMKOMMANDE.value,)})
_UTAN_RATT = intervall(ENSAMKOMMANDE, urval={"underslag": (Ensamkommandestatus.MEDBORGARE.value,)})

SCHABLON_PER_DYGN = 750
"""Kronor a day for an unaccompanied child placed in a home, Örebro 2019 (MATT.md E25): 750 × 365 is 274 tkr a year."""
SCHABLON_UNDER_18 = 493_000
SCHABLON_18_TILL_20 = 274_000
"""Kronor a year for those under 18 and those aged 18 to 20, as the same report reckons (MATT.md E25)."""

_EGNA_DYGN = begransa(VARDYGN, EGEN)
_PLATSDYGN = intervall(PLATS, Raknesatt.PLATSDYGN)


def _vid_belaggning(procent: int) -> Kvot:
    """Return what a day costs in a unit's places if so many of them in a hundred are taken."""
    return Kvot(Dar(UTFALLET, _PLATSDYGN, ("enhet",)), Ganger(_PLATSDYGN, Fraction(procent, 100)))


EKONOMIMATT = (
    Matt(
        "budget", "Budget", KRONOR,
        f"Fastställd budget med justeringar, fördelad på månader; underslag är beslutets slag. {NETTO}",
        "MATT.md E01–E03; ramen en dag är budgeten som gällde den dagen (gallerDen)",
        BUDGETEN, _E, ("E01", "E02", "E03", "A12"), _N, hela_manader=True,
    ),
    Matt(
        "utfall", "Utfall", KRONOR,
        f"Bokfört i perioden, efter bokföringsmånad eller efter den månad vården avser. {NETTO}",
        "MATT.md E04, E05, E09–E11, E13",
        UTFALLET, _E, ("E04", "E05", "E09", "E10", "E11", "E13"), _N, hela_manader=True,
    ),
    Matt(
        "avvikelse", "Avvikelse", KRONOR,
        "Budget minus utfall; minus betyder att det kostat mer än budgeterat (underskott).",
        "MATT.md E06, E14, E22; E27 med period efter vårdmånad",
        AVVIKELSEN, _E, ("E06", "E14", "E22"), _A, hela_manader=True,
    ),
    Matt(
        "forbrukning", "Förbrukning av budgeten", PROCENT_EN_DECIMAL,
        "Utfall i perioden i procent av hela årets budget.",
        "MATT.md E07",
        andel(UTFALLET, hela_aret(BUDGETEN)), _E, ("E07",), Tecken.ANTAL, hela_manader=True,
    ),
    Matt(
        "budgetavvikelse-procent", "Prognosavvikelse i procent av budgeten", PROCENT_EN_DECIMAL,
        "Budget minus fastställd prognos, i procent av nettobudgeten. Plus är överskott.",
        "MATT.md E08: räknat på netto, fast texten säger kostnadsbudget",
        Kvot(Skillnad(BUDGETEN, PROGNOSEN_BELOPP), BUDGETEN, 100, absolut=True), _E, ("E08",), _A, hela_ar=True,
    ),
    Matt(
        "kostnadsforandring", "Förändring av utfallet mellan år", KRONOR,
        f"Utfall minus utfallet samma period i fjol; en kostnadsökning är positiv. {BOKFORDA_MANADER}",
        "MATT.md E12",
        bokfort(okning(UTFALLET)), _E, ("E12",), Tecken.FORANDRING,
        varianter=(
            Variant("av", "Jämförs", (
                Variantval("utfall", "utfallet"),
                Variantval("prognos", "fastställd prognos, hela år",
                           uttryck=_OKNING_ENLIGT_PROGNOSEN),
            )),
        ),
        hela_manader=True,
    ),
    Matt(
        "kostnadsforandring-procent", "Förändring av utfallet mellan år, procent", PROCENT_EN_DECIMAL,
        f"Utfall minus utfallet samma period i fjol, i procent av fjolårets absolutbelopp. {BOKFORDA_MANADER}",
        "MATT.md E12, E13 (nettokostnadsökning)",
        bokfort(okning_procent(UTFALLET)), _E, ("E12",), Tecken.FORANDRING,
        varianter=(
            Variant("av", "Jämförs", (
                Variantval("utfall", "utfallet"),
                Variantval(
                    "prognos", "fastställd prognos, hela år",
                    uttryck=Kvot(_OKNING_ENLIGT_PROGNOSEN, _HELA_FJOLARETS, 100, absolut=True),
                ),
            )),
        ),
        hela_manader=True,
    ),
    Matt(
        "kostnad", "Kostnad för vårddygn", KRONOR,
        "Vårddygn gånger det pris som gällde varje dygn. Månadspris fördelas på månadens dagar; obetald frånvaro "
        "kostar inget. Vistelser utan känt pris bidrar inte (se vardygn-utan-pris).",
        "MATT.md E15, E17 (vårdperiod, ur placeringar – inte bokfört)",
        KOSTNAD, _E,
        varianter=(ENSAMKOMMANDE_MED,),
    ),
    Matt(
        "kostnad-obetald-franvaro", "Kostnad för obetald frånvaro", KRONOR,
        "Frånvarodygn som ingen betalar gånger det pris som gällde varje dygn: det som måttet kostnad dragit av.",
        "Avstämning av huvudboken mot placeringarna",
        Skillnad(replace(KOSTNAD, slag=(VISTELSE,)), KOSTNAD), _E,
    ),
    Matt(
        "kostnad-per-dygn", "Kostnad per dygn", KRONOR_PER_DYGN,
        "Vägd: kostnad delad med de vårddygn som har ett känt pris. Ovägd: medelvärdet av kostnaden per dygn i varje "
        "målgrupp och insatsform med dygnspris, alla lika tunga; det är det som delårsrapporter trycker.",
        "MATT.md E15, E18 (vägd), E16 (ovägd)",
        Kvot(KOSTNAD, replace(VARDYGN, urval=PRISSATT)), _E, ("E15", "E16", "E18"),
        varianter=(ENSAMKOMMANDE_MED,),
        **OVAGT_PRIS,
    ),
    Matt(
        "kostnad-per-manad", "Kostnad per månad", KRONOR_PER_MANAD,
        "Kostnaden för vistelser med månadspris delad med deras månader; en del av en månad räknas som sin andel av "
        "dagarna.",
        "MATT.md E15 (familjehem internt och jourhem)",
        Kvot(
            begransa(KOSTNAD, _MANADSPRIS),
            begransa(replace(VARDYGN, raknesatt=Raknesatt.PERSONMANADER), _MANADSPRIS),
        ), _E, ("E15",),
    ),
    Matt(
        "kostnad-extern-vard", "Total kostnad för vård", KRONOR,
        "Bokfört på vårdens insatsformer, både köpt vård och arvoden till egna familjehem och jourhem.",
        "MATT.md E17, E28: avgränsning, ensamkommande och moms måste anges",
        begransa(UTFALLET, _EXTERN_VARD), _E, ("E17", "E28"), _N,
        varianter=(
            Variant("avgransning", "Avgränsning", (
                Variantval("vardformer", "rader med insatsform och målgrupp"),
                Variantval("kopAvVerksamhet", "kontogruppen köp av verksamhet",
                           uttryck=begransa(UTFALLET, {"kontogrupp": (Kontogrupp.KOP_AV_VERKSAMHET.value,)})),
            )),
            ENSAMKOMMANDE_UTAN,
        ),
        hela_manader=True,
    ),
    Matt(
        "kostnad-extern-vard-utan-moms", "Total kostnad för vård, återsökt moms avdragen", KRONOR,
        "Bokfört på vårdens insatsformer minus moms på köpt vård som beviljats tillbaka i perioden.",
        "MATT.md E17, E36 (82 − 72 är momsen)",
        Skillnad(replace(begransa(UTFALLET, _EXTERN_VARD), dimensioner=("namnd",)),
                 replace(_ATERSOKT_MOMS, dimensioner=("namnd",))), _E, ("E17",), _N,
        hela_manader=True,
    ),
    Matt(
        "intern-dygnskostnad", "Kostnad per belagt dygn i egen regi", KRONOR_PER_DYGN,
        "Det som bokförts på enheter med egna vårddygn delat med dygnen.",
        "MATT.md E19 (internt; externt är måttet kostnad-per-dygn med regi=extern)",
        Kvot(Dar(UTFALLET, _EGNA_DYGN, ("enhet",)), Dar(_EGNA_DYGN, _EGNA_DYGN, ("enhet",))), _E, ("E19",),
        hela_manader=True,
    ),
    Matt(
        "dygnskostnad-vid-belaggning", "Kostnad per dygn vid kalkylerad beläggning", KRONOR_PER_DYGN,
        "Det som bokförts på enheter med platser delat med så stor del av deras platsdygn.",
        "MATT.md A07, B09 (kalkylbeläggning 80 procent, önskad beläggning 95 procent)",
        _vid_belaggning(80), _E, ("A07", "B09"), _N,
        varianter=(
            Variant("belaggning", "Beläggning som antas", (
                Variantval("80", "80 procent"),
                Variantval("95", "95 procent", uttryck=_vid_belaggning(95)),
                Variantval("100", "100 procent", uttryck=_vid_belaggning(100)),
            )),
        ),
        hela_manader=True,
    ),
    Matt(
        "nettokostnad-per-invanare", "Nettokostnad per invånare", KRONOR_PER_INVANARE,
        "Utfall delat med antalet invånare enligt årets fastställda befolkning.",
        "MATT.md E20 (528,1/153 367 = 3 443; tryckt 3 444)",
        Kvot(replace(UTFALLET, dimensioner=("namnd",)), INVANARNA), _E, ("E20",), _N, hela_manader=True,
    ),
    Matt(
        "resultat-vard", "Resultat vård mot ackumulerad budget", KRONOR,
        "Budget minus utfall för vård i en målgrupp; dela på malgrupp.",
        "MATT.md E21",
        begransa(AVVIKELSEN, {"malgrupp": tuple(m.value for m in Malgrupp)}), _E, ("E21",), _A, hela_manader=True,
    ),
    Matt(
        "balansposter", "Balansposter i budgeten", KRONOR,
        f"Budget som är en balanspost: ofinansierat underskott och planerade effektiviseringar; utfall är vilken. "
        f"{NETTO}",
        "MATT.md E23: avvikelsen är posten med omvänt tecken när inget bokförs",
        begransa(BUDGETEN, {"utfall": (Post.BALANSPOST.value, Post.EFFEKTIVISERING.value)}), _E, ("E23",), _N,
        hela_manader=True,
    ),
    Matt(
        "nettokostnad-ensamkommande", "Nettokostnad för ensamkommande", KRONOR,
        f"Bokfört på målgruppen ensamkommande, intäkter avdragna. {NETTO}",
        "MATT.md E24: verksamhetens och redovisad nettokostnad skiljer sig med engångsposterna",
        begransa(_EKB_UTFALL, {"utfall": (None,)}), _E, ("E24",), _N,
        varianter=(
            Variant("engangsposter", "Engångsposter", (
                Variantval("utan", "räknas inte (verksamhetens nettokostnad)"),
                Variantval("med", "räknas med (redovisad nettokostnad)", uttryck=_EKB_UTFALL),
            )),
        ),
        hela_manader=True,
    ),
    Matt(
        "ersattning", "Statsbidrag och ersättningar", KRONOR,
        "Ersättningar som beviljats, sökts, avslagits eller betalats tillbaka, efter beslutets månad eller den tid de "
        "avser; underslag är slaget.",
        "MATT.md E24",
        _BEVILJAT, _E, ("E24",), Tecken.SOM_REGISTRERAT,
        varianter=(
            Variant("steg", "Vad som räknas", (
                Variantval("beviljat", "beviljat"),
                Variantval("sokt", "sökt", uttryck=belopp(ERSATTNING_SOKT)),
                Variantval("avslaget", "avslaget", uttryck=belopp(ERSATTNING_AVSLAGEN)),
                Variantval("aterbetalt", "återbetalt", uttryck=belopp(ERSATTNING_ATERBETALD)),
            )),
        ),
        hela_manader=True,
    ),
    Matt(
        "uteblivet-statsbidrag", "Uteblivet statsbidrag", KRONOR,
        "Dygn utan rätt till ersättning gånger en schablon; en schablon per år delas på årets dagar.",
        "MATT.md E25 (750 kr × 365 = 274 tkr; 493 tkr per år under 18 år, 274 tkr 18–20 år)",
        Ganger(_UTAN_RATT, Fraction(SCHABLON_PER_DYGN)), _E, ("E25",),
        varianter=(
            Variant("schablon", "Schablon", (
                Variantval("perDygn", "750 kr per dygn"),
                Variantval("under18", "493 tkr per år, under 18 år", uttryck=Ganger(
                    PerAr(replace(_UTAN_RATT, alder=(0, 17))), Fraction(SCHABLON_UNDER_18))),
                Variantval("18till20", "274 tkr per år, 18–20 år", uttryck=Ganger(
                    PerAr(replace(_UTAN_RATT, alder=(18, 20))), Fraction(SCHABLON_18_TILL_20))),
            )),
        ),
    ),
    Matt(
        "utfall-tidigare-period", "Utfall som avser tidigare perioder", KRONOR,
        f"Bokfört i perioden men avser en månad före den. {NETTO}",
        "MATT.md E27 (13 månaders placeringskostnad i ett år)",
        replace(UTFALLET, avser_tidigare=True), _E, ("E27",), _N, hela_manader=True,
    ),
    Matt(
        "avvikelse-tolv-manader", "Avvikelse utan kostnader för tidigare perioder", KRONOR,
        "Budget minus utfall, utan det som bokförts i perioden men avser en månad före den.",
        "MATT.md E27 (avvikelse baserad på tolv månader)",
        Skillnad(BUDGETEN, Skillnad(UTFALLET, replace(UTFALLET, avser_tidigare=True))), _E, ("E27",), _A,
        hela_manader=True,
    ),
    Matt(
        "konsultkostnad", "Kostnad för konsulter", KRONOR,
        f"Bokfört på kontogruppen köp från bemanningsföretag. {NETTO} Antalet konsulter finns i personalsystemet.",
        "MATT.md E29",
        begransa(UTFALLET, {"kontogrupp": (Kontogrupp.BEMANNINGSFORETAG.value,)}), _E, ("E29",), _N,
        hela_manader=True,
    ),
    Matt(
        "investeringsbudget", "Investeringsbudget", KRONOR,
        "Investeringsbudget med justeringar, per projekt; underslag skiljer ombudgeteringar från det fastställda.",
        "MATT.md E30",
        belopp(INVESTERINGSBUDGET), _E, ("E30",), _N, hela_manader=True,
    ),
    Matt(
        "investeringsutfall", "Investeringsutfall", KRONOR,
        "Bokförda investeringar, per projekt.",
        "MATT.md E30",
        belopp(INVESTERINGSUTFALL), _E, ("E30",), _N, hela_manader=True,
    ),
    Matt(
        "investeringsprognos", "Investeringsprognos", KRONOR,
        "Helårsbelopp för investeringar i den fastställda prognos som gäller den senaste avläsningsdagen.",
        "MATT.md E30",
        belopp(INVESTERINGSPROGNOS, senaste=replace(PROGNOSEN, bland=None)), _E, ("E30",), _N, hela_ar=True,
    ),
    Matt(
        "investeringsavvikelse", "Investeringsavvikelse", KRONOR,
        "Investeringsbudget minus bokförda investeringar.",
        "MATT.md E30",
        Skillnad(belopp(INVESTERINGSBUDGET), belopp(INVESTERINGSUTFALL)), _E, ("E30",), _A, hela_manader=True,
    ),
    Matt(
        "resultatoverforing", "Överfört resultat", KRONOR,
        "Budget som förts över från ett annat års resultat.",
        "MATT.md E31 (regeln för hur mycket beslutas utanför liggaren)",
        begransa(BUDGETEN, {"underslag": (Justeringsslag.RESULTATOVERFORING.value,)}), _E, ("E31",), _N,
        hela_manader=True,
    ),
    Matt(
        "andel-enheter-i-balans", "Andel enheter med ekonomi i balans", PROCENT,
        "Enheter vars budget minus utfall inte är negativt, i procent av alla enheter med budget eller utfall.",
        "MATT.md E34",
        AndelCeller(AVVIKELSEN, ("enhet",)), _E, ("E34",), hela_manader=True,
    ),
    Matt(
        "kostnadsfordelning", "Kostnadsfördelning", PROCENT,
        "Gruppens kostnad för vårddygn i procent av hela kostnaden; dela på malgrupp.",
        "MATT.md E35 (80/20)",
        Kvot(KOSTNAD, KOSTNAD, 100, hel=True), _E, ("E35",),
        varianter=(
            ENSAMKOMMANDE_MED,
            Variant("av", "Kostnad", (
                Variantval("vardygn", "vårddygn gånger pris"),
                Variantval("utfall", "bokfört på vårdens insatsformer",
                           uttryck=Kvot(_VARD_UTFALL, _VARD_UTFALL, 100, hel=True)),
            )),
        ),
    ),
    Matt(
        "atersokt-moms", "Återsökt moms på köpt vård", KRONOR,
        "Moms på köpt vård som beviljats tillbaka; bokförs utanför insatsraden.",
        "MATT.md E36 (skillnaden 82 − 72)",
        _ATERSOKT_MOMS, _E, ("E36",), Tecken.SOM_REGISTRERAT, hela_manader=True,
    ),
    Matt(
        "budgeterade-personer", "Budgeterade personer per dygn", PERSONER_PER_DYGN,
        "Antal personer i snitt per dygn som budgeten bygger på.",
        "MATT.md V13 (budget)",
        _BUDGETVOLYM, _E, hela_ar=True,
    ),
    Matt(
        "budgeterat-pris", "Budgeterat pris", KRONOR,
        "Pris per dygn eller månad som budgeten bygger på; rader utan pris räknas inte. Vägd: med antalet personer. "
        "Ovägd: medelvärdet av dygnspriserna i varje målgrupp och insatsform, alla lika tunga.",
        "MATT.md E15 (budget)",
        Kvot(
            belopp(BUDGETVOLYM, Raknesatt.VOLYMVARDE, urval=PRISSATT), replace(_BUDGETVOLYM, urval=PRISSATT)
        ), _E, hela_ar=True, **OVAGT_PRIS,
    ),
)  # fmt: skip
"""The measures of this family."""
