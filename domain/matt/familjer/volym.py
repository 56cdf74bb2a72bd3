"""Volumes of cases and investigations (V01–V12)."""

from __future__ import annotations

from dataclasses import replace

from domain.arende.begrepp import Aktualiseringssatt, Arendetyp
from domain.arende.handelser import (
    AktualiseringInkommen,
    ArendeAktualiserat,
    UtredningAvslutad,
    UtredningPaborjad,
)
from domain.fakta import (
    UTREDNING,
)
from domain.matt.byggstenar import (
    ALDERN,
    ANTAL,
    ANTAL_PER_MANAD,
    ARENDEN,
    PERSONER,
    PROCENT,
    UNGA_AR,
    UTREDDA,
    VUXNA,
    hela_aret,
    i_fjol,
    intervall,
    okning_procent,
    punkter,
    stallning,
)
from domain.matt.deklaration import Matt, Tecken, Variant, Variantval
from domain.matt.uttryck import Kvot, Periodval, PerManad, Skillnad, Under, begransa

_BARN_0_12, _UNGA_13_20 = (0, 12), (13, 20)

AKTUALISERING = punkter(ArendeAktualiserat.typ, AktualiseringInkommen.typ)
_SATT = {"utfall": tuple(s.value for s in Aktualiseringssatt if s is not Aktualiseringssatt.KONSULTATION)}
_SOCIALKONTOR = {
    "underslag": tuple(
        t.value for t in Arendetyp if t not in (Arendetyp.EKONOMISKT_BISTAND, Arendetyp.SERVERINGSTILLSTAND)
    )
}
_KONSULTATIONER = Variant(
    "konsultationer",
    "Konsultationer",
    (Variantval("utan", "räknas inte", _SATT), Variantval("med", "räknas med")),
)
_ARENDETYPER = Variant(
    "arendetyper",
    "Ärendetyper",
    (
        Variantval("socialkontor", "socialkontor: inte ekonomiskt bistånd eller serveringstillstånd", _SOCIALKONTOR),
        Variantval("alla", "alla enheter"),
    ),
)
_ALLA_ENHETER = replace(_ARENDETYPER, val=_ARENDETYPER.val[::-1])

PABORJADE = punkter(UtredningPaborjad.typ)
AVSLUTADE = punkter(UtredningAvslutad.typ)
_ANMALDA = replace(AKTUALISERING, urval={"utfall": (Aktualiseringssatt.ANMALAN.value,)}, alder=UNGA_AR)
_PER_MANAD = PerManad(PABORJADE)
_HELA_FJOL = i_fjol(hela_aret(_PER_MANAD))
_LVM = {"lagrum": ("LVM",)}

_ANMALNINGSALDER = Variant(
    "alder",
    "Ålder",
    (
        Variantval("0-20", "0–20 år"),
        Variantval("0-12", "0–12 år", uttryck=replace(_ANMALDA, alder=_BARN_0_12)),
        Variantval("13-20", "13–20 år", uttryck=replace(_ANMALDA, alder=_UNGA_13_20)),
    ),
)

VOLYMMATT = (
    Matt(
        "paborjade-utredningar-per-manad",
        "Påbörjade utredningar, genomsnitt per månad",
        ANTAL_PER_MANAD,
        "Antal utredningar med startdatum i perioden delat med antalet månader som gått av den.",
        "MATT.md V01; avrundas per målgrupp och för sig i totalen",
        _PER_MANAD,
        id=("V01",),
    ),
    Matt(
        "paborjade-utredningar-rullande-tolv",
        "Trendlinje påbörjade utredningar",
        ANTAL_PER_MANAD,
        "Medelvärdet av antalet påbörjade utredningar de tolv månader som slutar med perioden.",
        "MATT.md V02; design 02 (rullande tolv)",
        Under(_PER_MANAD, Periodval.TOLV_MANADER),
        id=("V02",),
        hela_manader=True,
    ),
    Matt(
        "okning-paborjade-utredningar",
        "Ökning av påbörjade utredningar mot samma period i fjol",
        PROCENT,
        "Påbörjade utredningar per månad mot samma period året före, i procent av den perioden.",
        "MATT.md V03 (330/296 = 11 procent)",
        okning_procent(_PER_MANAD),
        id=("V03",),
        tecken=Tecken.FORANDRING,
        varianter=(
            Variant(
                "mot",
                "Jämförs med",
                (
                    Variantval("sammaPeriod", "samma period i fjol"),
                    Variantval(
                        "helar", "hela fjolåret", uttryck=Kvot(Skillnad(_PER_MANAD, _HELA_FJOL), _HELA_FJOL, 100)
                    ),
                ),
            ),
        ),
    ),
    Matt(
        "paborjade-lvm-utredningar-per-manad",
        "Inledda LVM-utredningar per månad",
        ANTAL_PER_MANAD,
        "Antal utredningar enligt LVM med startdatum i perioden delat med antalet månader som gått av den.",
        "MATT.md V04 (per halvår)",
        PerManad(begransa(PABORJADE, _LVM)),
        id=("V04",),
    ),
    Matt(
        "aktualiseringar",
        "Aktualiserade ärenden",
        ARENDEN,
        "Antal aktualiseringar i perioden: ärenden som inletts och nya aktualiseringar i pågående ärenden, inte "
        "personer.",
        "MATT.md V05",
        AKTUALISERING,
        id=("V05",),
        varianter=(_ARENDETYPER, _KONSULTATIONER),
    ),
    Matt(
        "andel-aktualiseringar",
        "Andel av aktualiserade ärenden",
        PROCENT,
        "Gruppens aktualiseringar i procent av alla, till exempel per kön.",
        "MATT.md V05 (andel flickor/kvinnor, pojkar/män)",
        Kvot(AKTUALISERING, AKTUALISERING, 100, hel=True),
        id=("V05",),
        varianter=(_ARENDETYPER, _KONSULTATIONER),
    ),
    Matt(
        "inkomna-aktualiseringar",
        "Inkomna aktualiseringar, alla enheter",
        ARENDEN,
        "Antal aktualiseringar i perioden, ekonomiskt bistånd medräknat.",
        "MATT.md V06",
        AKTUALISERING,
        id=("V06",),
        varianter=(_ALLA_ENHETER, _KONSULTATIONER),
    ),
    Matt(
        "aktualiserade-barn-och-unga",
        "Aktualiserade barn och unga",
        ARENDEN,
        f"Antal aktualiseringar för personer 0–20 år. {ALDERN}",
        "MATT.md V07",
        replace(AKTUALISERING, alder=UNGA_AR),
        id=("V07",),
        varianter=(_KONSULTATIONER,),
    ),
    Matt(
        "inledda-utredningar-barn-och-unga",
        "Inledda utredningar barn och unga",
        ANTAL,
        f"Antal utredningar med startdatum i perioden för personer 0–20 år. {ALDERN}",
        "MATT.md V07",
        replace(PABORJADE, alder=UNGA_AR),
        id=("V07",),
    ),
    Matt(
        "anmalningar-barn-och-unga",
        "Anmälningar barn och unga",
        ANTAL,
        f"Antal aktualiseringar genom anmälan för personer 0–20 år; avsandare är vem som anmält. {ALDERN}",
        "MATT.md V08",
        _ANMALDA,
        id=("V08",),
        varianter=(_ANMALNINGSALDER,),
    ),
    Matt(
        "okning-aktualiserade-vuxna",
        "Ökning av aktualiserade vuxna",
        PROCENT,
        "Aktualiseringar i målgruppen vuxna mot samma period året före, i procent.",
        "MATT.md V09",
        okning_procent(begransa(AKTUALISERING, VUXNA)),
        id=("V09",),
        tecken=Tecken.FORANDRING,
        varianter=(_KONSULTATIONER,),
    ),
    Matt(
        "aktualiseringar-per-manad",
        "Nya aktualiseringar per månad",
        ANTAL_PER_MANAD,
        "Antal aktualiseringar i perioden delat med antalet månader som gått av den; per enhet.",
        "MATT.md V10",
        PerManad(AKTUALISERING),
        id=("V10",),
        varianter=(_ALLA_ENHETER, _KONSULTATIONER),
    ),
    Matt(
        "startade-utredningar",
        "Startade utredningar",
        ANTAL,
        "Antal utredningar med startdatum i perioden.",
        "MATT.md V11",
        PABORJADE,
        id=("V11",),
    ),
    Matt(
        "avslutade-utredningar",
        "Avslutade utredningar",
        ANTAL,
        "Antal utredningar med slutdatum i perioden.",
        "MATT.md V11",
        AVSLUTADE,
        id=("V11",),
    ),
    Matt(
        "pagaende-utredningar",
        "Pågående utredningar",
        ANTAL,
        "Antal utredningar som startat men inte avslutats på periodens sista dag.",
        "MATT.md V11 (flödet går inte ihop i källan: 443 mot tryckta 405)",
        stallning(intervall(UTREDNING)),
        id=("V11",),
    ),
    Matt(
        "unika-utredda",
        "Unika personer som utretts",
        PERSONER,
        "Antal olika personer med en utredning som pågått någon dag i perioden.",
        "MATT.md V12",
        UTREDDA,
        id=("V12",),
    ),
)
"""The measures of this family that are about cases and investigations."""
