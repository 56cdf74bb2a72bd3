"""Time limits, quality and internal control (I01–I16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.arende.begrepp import Utredningstyp
from domain.arende.handelser import (
    AktualiseringInkommen,
    ArendeAktualiserat,
    AvvikelseRapporterad,
    BeslutFattat,
    ErbjudandeAvbojt,
    ForhandsbedomningAvslutad,
    InsatsAvslutad,
    SkyddsbedomningGjord,
    UtredningAvslutad,
)
from domain.begrepp import Avslutsorsak, Avvikelseslag, Insatsform, Lagrum, Maluppfyllelse
from domain.budgetperiod.rapport import AvvikelseRedovisad, InternkontrollGenomford
from domain.fakta import BESLUT_EJ_VERKSTALLT, INTERNKONTROLLRISK, UPPGIFT, UPPGIFT_EJ_REDOVISBAR
from domain.matt.byggstenar import (
    ALDERN,
    ANTAL,
    DAGAR,
    EXTERN,
    PERSONENS_ALDER,
    PROCENT,
    TAL,
    andel,
    former,
    i_fjol,
    intervall,
    punkter,
    stallning,
)
from domain.matt.deklaration import Familj, Matt, Tecken, Variant, Variantval
from domain.matt.modell import Raknesatt
from domain.matt.uttryck import Grund, Kvot, Uttryck, begransa
from domain.placering.handelser import HalsoundersokningGjord, InsatsUtvarderad, PlaceringAvslutad, PlaceringPaborjad
from domain.regler.frister import (
    ATERAKTUALISERING_ETT_AR,
    EJ_VERKSTALLT_SEX_MANADER,
    EJ_VERKSTALLT_TRE_MANADER,
    FORHANDSBEDOMNING_14_DAGAR,
    UTREDNING_120_DAGAR,
    UTREDNING_FYRA_MANADER,
    Frist,
)

_K = Familj.KVALITET

_UTREDNINGAR = punkter(UtredningAvslutad.typ, alder=(0, 20))
_BARNUTREDNINGAR = punkter(
    UtredningAvslutad.typ, alder=(0, 17), urval={"underslag": (Utredningstyp.BARN_OCH_UNGA.value,)}
)
_BEDOMNINGAR = punkter(ForhandsbedomningAvslutad.typ, alder=(0, 17))
_SKYDDSBEDOMNING_LAG, _HALSOUNDERSOKNING_LAG = date(2013, 1, 1), date(2017, 4, 15)
_AVSLUTADE = punkter(PlaceringAvslutad.typ)
_UTVARDERADE = punkter(InsatsUtvarderad.typ)
_INTAG = (ArendeAktualiserat.typ, AktualiseringInkommen.typ)
_MISSBRUKSUTREDNING = (Utredningstyp.MISSBRUK.value, Utredningstyp.LVM.value)
_AVVIKELSER = punkter(AvvikelseRapporterad.typ, AvvikelseRedovisad.typ)
_LEX_SARAH = begransa(_AVVIKELSER, {"underslag": (Avvikelseslag.LEX_SARAH.value,)})
_MISSBRUK = former(Insatsform.OPPENVARD_MISSBRUK, Insatsform.OPPENVARD_OVRIG)
_SLUTFORDA = (Avslutsorsak.ENLIGT_PLAN.value, Avslutsorsak.MAL_UPPNATT.value)


def _inom(grund: Grund, frist: Frist) -> Uttryck:
    return andel(replace(grund, raknesatt=Raknesatt.INOM_FRIST, frist=frist), grund)


def _ej_ater(slag: str, **falt: Any) -> Uttryck:
    """Return the share of what ended a year before that no intake followed within a year."""
    avslutade = punkter(slag, **falt)
    utan = replace(avslutade, raknesatt=Raknesatt.UTAN_FOLJD, frist=ATERAKTUALISERING_ETT_AR, foljd=_INTAG)
    return i_fjol(andel(utan, avslutade))


def _oplanerade(*orsaker: Avslutsorsak) -> Uttryck:
    """Return the share of ended external stays that ended unplanned for some reasons."""
    externa = begransa(_AVSLUTADE, EXTERN)
    return andel(begransa(externa, {"planerat": (0,), "utfall": tuple(o.value for o in orsaker)}), externa)


def _ej_verkstallda(frist: Frist) -> Uttryck:
    # The duty to report is the Social Services Act's, and is about decisions by it.
    return stallning(intervall(BESLUT_EJ_VERKSTALLT, frist=frist, urval={"lagrum": (Lagrum.SOL.value,)}))


def _helgregel(grund: Grund, frist: Frist) -> Variant:
    """Return the choice whether a last day that falls on a holiday is moved; which is right is disputed."""
    flyttad = frist.till_nasta_vardag()
    return Variant("helgregel", "Sista dag på en helg", (
        Variantval("utan", "står kvar"),
        Variantval("med", "flyttas till nästa vardag, lag 1930:173 2 §", uttryck=_inom(grund, flyttad)),
    ))  # fmt: skip


def _frist(standard: Frist, *andra: tuple[Frist, Uttryck]) -> Variant:
    val = [Variantval(standard.namn, standard.etikett), *(Variantval(f.namn, f.etikett, uttryck=u) for f, u in andra)]
    return Variant("frist", "Frist", tuple(val))


KVALITETSMATT = (
    Matt(
        "andel-utredningar-inom-120-dagar", "Andel utredningar inom 120 dagar", PROCENT,
        f"Utredningar för personer 0–20 år som avslutats i perioden och då pågått högst 120 dagar, i procent av alla "
        f"avslutade. {ALDERN} Inte lagens fyra månader.",
        "MATT.md I01; domain/regler/frister.py",
        _inom(_UTREDNINGAR, UTREDNING_120_DAGAR), _K, ("I01",),
        varianter=(
            _frist(UTREDNING_120_DAGAR, (UTREDNING_FYRA_MANADER, _inom(_UTREDNINGAR, UTREDNING_FYRA_MANADER))),
        ),
    ),
    Matt(
        "andel-utredningar-inom-fyra-manader", "Andel utredningar inom fyra månader", PROCENT,
        "Utredningar av barns behov (barn och unga, 0–17 år) som avslutats i perioden inom fyra månader från att de "
        f"inleddes, i procent av alla avslutade. {ALDERN} Fyra månader är inte 120 dagar; förlängningar räknas inte "
        "in.",
        "SoL (2001:453) 11 kap. 2 §, SoL (2025:400) 20 kap. 3 §; lag 1930:173",
        _inom(_BARNUTREDNINGAR, UTREDNING_FYRA_MANADER), _K, galler_fran=UTREDNING_FYRA_MANADER.galler_fran,
        varianter=(_helgregel(_BARNUTREDNINGAR, UTREDNING_FYRA_MANADER),),
    ),
    Matt(
        "andel-forhandsbedomningar-inom-14-dagar", "Andel förhandsbedömningar inom 14 dagar", PROCENT,
        "Förhandsbedömningar för personer 0–17 år som avslutats i perioden högst 14 dagar efter det tidigaste de "
        "bedömer, i procent av alla avslutade; också det som kom in på annat sätt än genom anmälan, och medan en "
        f"utredning pågick, räknas. {ALDERN}",
        "MATT.md I02; SoL (2001:453) 11 kap. 1 a §, SoL (2025:400) 20 kap. 2 §",
        _inom(_BEDOMNINGAR, FORHANDSBEDOMNING_14_DAGAR), _K, ("I02",),
        galler_fran=FORHANDSBEDOMNING_14_DAGAR.galler_fran,
        varianter=(_helgregel(_BEDOMNINGAR, FORHANDSBEDOMNING_14_DAGAR),),
    ),
    Matt(
        "utredningstid", "Utredningstid", DAGAR,
        "Dagar från att en utredning inleddes till att den avslutades, för dem som avslutats i perioden: medelvärde "
        "eller median.",
        "Underlag till I01",
        Kvot(punkter(UtredningAvslutad.typ, raknesatt=Raknesatt.VOLYM), punkter(UtredningAvslutad.typ)), _K,
        varianter=(
            Variant("medelvarde", "Mitten", (
                Variantval("medel", "medelvärde"),
                Variantval("median", "median",
                           uttryck=punkter(UtredningAvslutad.typ, raknesatt=Raknesatt.MEDIAN)),
            )),
        ),
    ),
    Matt(
        "skyddsbedomningar", "Skyddsbedömningar", ANTAL,
        "Antal omedelbara skyddsbedömningar i perioden; utfall är om skydd behövdes.",
        "SoL (2001:453) 11 kap. 1 a §, SoL (2025:400) 20 kap. 1 §",
        punkter(SkyddsbedomningGjord.typ), _K, galler_fran=_SKYDDSBEDOMNING_LAG,
    ),
    Matt(
        "andel-oplanerade-omplaceringar", "Andel oplanerade omplaceringar av avslutade externa placeringar", PROCENT,
        "Externa placeringar som avslutats i perioden genom en omplacering som inte var planerad, i procent av alla "
        "externa placeringar som avslutats.",
        "MATT.md I03",
        _oplanerade(Avslutsorsak.OMPLACERING), _K, ("I03",),
        varianter=(
            Variant("sammanbrott", "Sammanbrott utan ny placering", (
                Variantval("utan", "räknas inte"),
                Variantval("med", "räknas med",
                           uttryck=_oplanerade(Avslutsorsak.OMPLACERING, Avslutsorsak.SAMMANBROTT)),
            )),
        ),
    ),
    Matt(
        "ej-verkstallda-beslut", "Ej verkställda beslut", ANTAL,
        "Antal gynnande beslut enligt socialtjänstlagen som på periodens sista dag väntat längre än fristen på att "
        "verkställas, eller vars verkställighet avbrutits så länge; underslag skiljer dem.",
        "MATT.md I04; SoL (2001:453) 16 kap. 6 f §, SoL (2025:400) 34 kap. 1 §",
        _ej_verkstallda(EJ_VERKSTALLT_TRE_MANADER), _K, ("I04",),
        galler_fran=EJ_VERKSTALLT_TRE_MANADER.galler_fran,
        varianter=(
            _frist(
                EJ_VERKSTALLT_TRE_MANADER, (EJ_VERKSTALLT_SEX_MANADER, _ej_verkstallda(EJ_VERKSTALLT_SEX_MANADER))
            ),
        ),
    ),
    Matt(
        "avbojda-erbjudanden", "Erbjudanden som den enskilde tackat nej till", ANTAL,
        "Antal erbjudanden om beviljad insats som tackats nej till i perioden.",
        "MATT.md I04 (tackat nej)",
        punkter(ErbjudandeAvbojt.typ), _K, ("I04",),
    ),
    Matt(
        "andel-planerat-avslutade", "Andel placeringar som avslutats planerat", PROCENT,
        "Placeringar som avslutats planerat i perioden, i procent av alla avslutade.",
        "MATT.md I05",
        andel(begransa(_AVSLUTADE, {"planerat": (1,)}), _AVSLUTADE), _K, ("I05",),
    ),
    Matt(
        "andel-malet-uppnatt", "Andel utvärderade insatser där målen uppnåtts", PROCENT,
        "Placeringar vars utvärdering säger att genomförandeplanens mål uppnåtts i stor utsträckning, i procent av "
        "dem som utvärderats i perioden; eller där utföraren arbetat med den huvudsakliga problematiken.",
        "MATT.md I06",
        andel(begransa(_UTVARDERADE, {"utfall": (Maluppfyllelse.I_STOR_UTSTRACKNING.value,)}), _UTVARDERADE),
        _K, ("I06",),
        varianter=(
            Variant("fraga", "Utvärderingens fråga", (
                Variantval("mal", "målen i stor utsträckning uppnådda"),
                Variantval("problematik", "utföraren arbetade med huvudsaklig problematik",
                           uttryck=andel(begransa(_UTVARDERADE, {"planerat": (1,)}), _UTVARDERADE)),
            )),
        ),
    ),
    Matt(
        "andel-slutford-missbruksbehandling", "Andel som slutför öppen missbruksbehandling", PROCENT,
        "Öppna missbruksinsatser som avslutats enligt plan eller med målet uppnått, i procent av alla avslutade.",
        "MATT.md I07",
        andel(begransa(punkter(InsatsAvslutad.typ, PlaceringAvslutad.typ), {**_MISSBRUK, "utfall": _SLUTFORDA}),
              begransa(punkter(InsatsAvslutad.typ, PlaceringAvslutad.typ), _MISSBRUK)), _K, ("I07",),
    ),
    Matt(
        "andel-ej-ateraktualiserade", "Andel ej återaktualiserade ett år efter avslutad utredning", PROCENT,
        "Utredningar som avslutats samma period året före och där personen inte aktualiserats på nytt inom 365 dagar, "
        f"i procent av alla som avslutats då. Okända personer räknas som ej återaktualiserade. {ALDERN}",
        "MATT.md I08 (Kolada: ej återaktualiserade ett år efter avslut)",
        _ej_ater(UtredningAvslutad.typ, alder=(0, 12)), _K, ("I08",),
        varianter=(
            Variant("grupp", "Grupp", (
                Variantval("0-12", "utredningar, 0–12 år"),
                Variantval("13-20", "utredningar, 13–20 år",
                           uttryck=_ej_ater(UtredningAvslutad.typ, alder=(13, 20))),
                Variantval("missbruk", "utredningar om missbruk, vuxna", uttryck=_ej_ater(
                    UtredningAvslutad.typ, alder=(21, 120), urval={"underslag": _MISSBRUKSUTREDNING})),
                Variantval("insatser", "avslutade insatser utan dygn", uttryck=_ej_ater(InsatsAvslutad.typ)),
            )),
        ),
    ),
    Matt(
        "andel-halsoundersokta", "Andel placerade barn som hälsoundersökts", PROCENT,
        "Personer 0–20 år med hälso- eller tandvårdsundersökning i perioden, i procent av dem som börjat en placering "
        f"i perioden; dela på underslag för att skilja undersökningarna. {PERSONENS_ALDER}",
        "MATT.md I09; SoL (2001:453) 11 kap. 3 a §, SoL (2025:400) 22 kap. 7 §",
        andel(
            punkter(HalsoundersokningGjord.typ, raknesatt=Raknesatt.UNIKA_PERSONER, alder=(0, 20)),
            punkter(PlaceringPaborjad.typ, raknesatt=Raknesatt.UNIKA_PERSONER, alder=(0, 20)),
        ), _K, ("I09",), galler_fran=_HALSOUNDERSOKNING_LAG,
    ),
    Matt(
        "internkontroller", "Genomförda interna kontroller", ANTAL,
        "Antal kontroller i perioden, eller de som funnit en risk; underslag är perspektivet, utfall slutsatsen.",
        "MATT.md I10",
        punkter(InternkontrollGenomford.typ), _K, ("I10",),
        varianter=(
            Variant("rakna", "Vad som räknas", (
                Variantval("kontroller", "genomförda kontroller"),
                Variantval("risker", "kontroller med en angiven risk", uttryck=punkter(INTERNKONTROLLRISK)),
            )),
        ),
    ),
    Matt(
        "beslut", "Fattade beslut", ANTAL,
        "Antal beslut om bistånd i perioden; underslag är beslutsnivån, avsandare den roll som beslutat, utfall bifall "
        "eller avslag: det som delegationsordning och riktlinjer prövas mot.",
        "MATT.md I11",
        punkter(BeslutFattat.typ), _K, ("I11",),
    ),
    Matt(
        "avvikelser", "Lex Sarah-rapporter, klagomål och avvikelser", ANTAL,
        "Antal avvikelser i ärenden i perioden; underslag är slaget, utfall området.",
        "MATT.md I12",
        _AVVIKELSER, _K, ("I12",),
    ),
    Matt(
        "andel-lex-sarah", "Andel av lex Sarah-rapporterna", PROCENT,
        "Gruppens lex Sarah-rapporter i procent av alla; dela på utfall för att se sekretess.",
        "MATT.md I12; lex Sarah gäller socialtjänsten från 2011-07-01 (2010:429)",
        Kvot(_LEX_SARAH, _LEX_SARAH, 100, hel=True), _K, ("I12",),
    ),
    Matt(
        "uppgift", "Lämnad uppgift", TAL,
        "Tal som någon lämnat för att liggaren inte kan räkna dem; underslag är vilken uppgift, enheten är uppgiftens. "
        "Dela på underslag: olika uppgifter summeras inte meningsfullt.",
        "MATT.md I14, I16, V30, V31, E29, A08: bedömningar och tal ur andra system",
        punkter(UPPGIFT, raknesatt=Raknesatt.VOLYM), _K, ("I14", "I16", "V30", "E29", "A08"), Tecken.SOM_REGISTRERAT,
    ),
    Matt(
        "uppgifter-som-inte-kan-redovisas", "Uppgifter som inte kan redovisas", ANTAL,
        "Antal uppgifter som lämnats som ej redovisningsbara: det är inte noll.",
        "MATT.md §11 nr 40",
        punkter(UPPGIFT_EJ_REDOVISBAR), _K,
    ),
)  # fmt: skip
"""The measures of this family."""
