"""Care days (D01–D12), and the persons and costs that follow from them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from domain.arende.begrepp import Ensamkommandestatus
from domain.begrepp import Malgrupp
from domain.fakta import AVTALSVOLYM, BEDOMT_ARENDE, ENSAMKOMMANDE, SERVICEDYGN
from domain.matt.byggstenar import (
    BARN_OCH_UNGA,
    DYGN,
    EGEN,
    ENSAMKOMMANDE_MED,
    FAMILJEHEM,
    FAMILJEHEM_OCH_JOURHEM,
    HELDYGNSVARD_OCH_STODBOENDE,
    INSTITUTION,
    INSTITUTION_ALLA,
    JOURHEM_MED,
    KONSULENTSTOTT,
    MANADER,
    PERSONER,
    PERSONER_PER_DYGN,
    PLACERADE,
    PROCENT,
    VARDYGN,
    andel,
    belopp,
    intervall,
    punkter,
    rakna,
)
from domain.matt.deklaration import Familj, Matt, Tecken
from domain.matt.modell import Raknesatt
from domain.matt.uttryck import Ganger, Kvot, PerDag, Periodval, Under, begransa

_UTAN_EKB = tuple(m.value for m in Malgrupp if m is not Malgrupp.ENSAMKOMMANDE)
_VISTELSER = replace(VARDYGN, raknesatt=Raknesatt.UNIKA_VISTELSER)

_D = Familj.VARDYGN

VARDYGNSMATT = (
    Matt(
        "vardygn",
        "Vårddygn",
        DYGN,
        "Antal dygn i vård under perioden, räknade enligt vald vårddygnsregel. En vistelse som pågår räknas till "
        "och med dagen som frågan gäller.",
        "MATT.md D01–D07; konventionen i domain/regler/vardygn.py",
        VARDYGN,
        _D,
        ("D05",),
        varianter=(ENSAMKOMMANDE_MED, JOURHEM_MED),
    ),
    Matt(
        "vardygn-institution",
        "Vårddygn, institutionsvård och HVB",
        DYGN,
        "Vårddygn på HVB och särskilda ungdomshem (SiS), egen och extern regi.",
        "MATT.md D01: nivån kan bara nås med båda regierna och med ensamkommande",
        begransa(VARDYGN, INSTITUTION),
        _D,
        ("D01",),
        varianter=(ENSAMKOMMANDE_MED,),
    ),
    Matt(
        "vardygn-familjehem",
        "Vårddygn, familjehemsvård",
        DYGN,
        "Vårddygn i egna och konsulentstödda familjehem, alla lagrum. Jourhem räknas inte.",
        "MATT.md D02",
        begransa(VARDYGN, FAMILJEHEM),
        _D,
        ("D02",),
        varianter=(ENSAMKOMMANDE_MED,),
    ),
    Matt(
        "dygn-konsulentstodda-familjehem",
        "Betalda dygn i konsulentstödda familjehem",
        DYGN,
        "Vårddygn i konsulentstödda familjehem, exklusive ensamkommande. Delat med årets dagar är det antalet "
        "personer i familjehem externt.",
        "MATT.md D03, D04 (samma mått under två namn)",
        begransa(VARDYGN, {**KONSULENTSTOTT, "malgrupp": _UTAN_EKB}),
        _D,
        ("D03", "D04"),
    ),
    Matt(
        "dygn-utan-beslut",
        "Dygn utan biståndsbeslut hos utförare",
        DYGN,
        "Dygn som en utförare redovisat för personer i öppet intag, utan biståndsbeslut och utan identitet.",
        "MATT.md D06",
        punkter(SERVICEDYGN, raknesatt=Raknesatt.VOLYM),
        _D,
        ("D06",),
    ),
    Matt(
        "andel-avtalade-dygn",
        "Andel av avtalade dygn som utnyttjats",
        PROCENT,
        "Dygn utan biståndsbeslut som utföraren redovisat i perioden, i procent av de dygn per år som är avtalade på "
        "periodens sista dag.",
        "MATT.md D06 (avtalade dygn fyllda i juli)",
        andel(
            replace(punkter(SERVICEDYGN, raknesatt=Raknesatt.VOLYM), dimensioner=("utforare", "enhet", "avdelning")),
            Under(intervall(AVTALSVOLYM, Raknesatt.PLATSDYGN), Periodval.SISTA_DAGEN),
        ),
        _D,
        ("D06",),
    ),
    Matt(
        "andel-dygn-egen-regi",
        "Andel dygn i heldygnsvård och stödboende i egen regi",
        PROCENT,
        "Vårddygn i egen regi i procent av alla vårddygn, på HVB, särskilda ungdomshem och stödboende.",
        "MATT.md D08",
        andel(
            begransa(VARDYGN, {**HELDYGNSVARD_OCH_STODBOENDE, **EGEN}),
            begransa(VARDYGN, HELDYGNSVARD_OCH_STODBOENDE),
        ),
        _D,
        ("D08",),
        varianter=(ENSAMKOMMANDE_MED,),
    ),
    Matt(
        "andel-extern-familjehemsvard",
        "Andel barn och unga i extern familjehemsvård",
        PROCENT,
        "Vårddygn för barn och unga i konsulentstödda familjehem i procent av deras vårddygn i alla familjehem: "
        "detsamma som kvoten mellan personer i snitt per dygn.",
        "MATT.md D09",
        andel(
            begransa(VARDYGN, {**KONSULENTSTOTT, **BARN_OCH_UNGA}), begransa(VARDYGN, {**FAMILJEHEM, **BARN_OCH_UNGA})
        ),
        _D,
        ("D09",),
    ),
    Matt(
        "andel-i-jour-och-familjehem",
        "Andel placerade barn och unga i jour- eller familjehem",
        PROCENT,
        "Personer som varit i jour- eller familjehem i procent av alla som varit placerade i perioden. Den som varit "
        "i båda räknas i båda leden.",
        "MATT.md D10 (73 procent av personerna, 77–81 procent av dygnen)",
        andel(begransa(PLACERADE, {**FAMILJEHEM_OCH_JOURHEM, **BARN_OCH_UNGA}), begransa(PLACERADE, BARN_OCH_UNGA)),
        _D,
        ("D10",),
        varianter=(
            rakna(
                "Vad som räknas",
                ("personer", "olika personer", None),
                (
                    "dygn",
                    "vårddygn",
                    andel(
                        begransa(VARDYGN, {**FAMILJEHEM_OCH_JOURHEM, **BARN_OCH_UNGA}),
                        begransa(VARDYGN, BARN_OCH_UNGA),
                    ),
                ),
            ),
        ),
    ),
    Matt(
        "placeringstid",
        "Genomsnittlig placeringstid i perioden",
        MANADER,
        "Vårddygn delat med antalet vistelser, i månader om 365/12 dygn. Bara tiden inom perioden räknas.",
        "MATT.md D11 (personer × 182,5 dygn är sex månader)",
        Ganger(Kvot(VARDYGN, _VISTELSER), Fraction(12, 365)),
        _D,
        ("D11",),
    ),
    Matt(
        "kortad-placeringstid",
        "Kortad placeringstid",
        MANADER,
        "Dygn som bedömda ärenden förkortats med, i månader om 365/12 dygn: hypotetiskt slutdatum minus verkligt.",
        "MATT.md D12; domain/atgard/effekt.py",
        Ganger(belopp(BEDOMT_ARENDE, Raknesatt.VOLYM), Fraction(12, 365)),
        _D,
        ("D12",),
        tecken=Tecken.EFFEKT,
    ),
    Matt(
        "personer-per-dygn",
        "Personer i snitt per dygn",
        PERSONER_PER_DYGN,
        "Vårddygn delat med antalet dagar som gått av perioden.",
        "MATT.md V13, V14",
        PerDag(VARDYGN),
        Familj.VOLYM,
        ("V13", "V14"),
        varianter=(ENSAMKOMMANDE_MED, JOURHEM_MED),
    ),
    Matt(
        "unika-personer",
        "Unika personer",
        PERSONER,
        "Antal olika personer med minst ett vårddygn i perioden. Delarna summerar inte: en person kan räknas i flera.",
        "MATT.md V16–V18",
        PLACERADE,
        Familj.VOLYM,
        varianter=(
            ENSAMKOMMANDE_MED,
            rakna("Vad som räknas", ("personer", "olika personer", None), ("insatser", "vistelser", _VISTELSER)),
        ),
    ),
    Matt(
        "unika-lvu-lvm",
        "Unika personer placerade enligt LVU och LVM",
        PERSONER,
        "Antal olika personer med minst ett vårddygn enligt LVU eller LVM. Lagrummet är det som gäller varje dygn; den "
        "som haft båda räknas i båda.",
        "MATT.md V16",
        begransa(PLACERADE, {"lagrum": ("LVU", "LVM")}),
        Familj.VOLYM,
        ("V16",),
    ),
    Matt(
        "unika-institution",
        "Unika personer i institutionsvård",
        PERSONER,
        "Antal olika personer med minst ett vårddygn på HVB eller särskilt ungdomshem, egen och extern regi.",
        "MATT.md V17: namnet säger placeringar, enheten är personer",
        begransa(PLACERADE, INSTITUTION),
        Familj.VOLYM,
        ("V17",),
        varianter=(
            ENSAMKOMMANDE_MED,
            rakna(
                "Vad som räknas",
                ("personer", "olika personer", None),
                ("insatser", "vistelser", begransa(_VISTELSER, INSTITUTION)),
            ),
        ),
    ),
    Matt(
        "unika-familjehem",
        "Unika personer i familjehemsvård",
        PERSONER,
        "Antal olika personer med minst ett vårddygn i eget eller konsulentstött familjehem.",
        "MATT.md V18",
        begransa(PLACERADE, FAMILJEHEM),
        Familj.VOLYM,
        ("V18",),
        varianter=(ENSAMKOMMANDE_MED,),
    ),
    Matt(
        "vardygn-utan-pris",
        "Vårddygn utan känt pris",
        DYGN,
        "Vårddygn i vistelser där priset inte är registrerat; de saknas i måttet kostnad.",
        "Fullständighetskontroll till E15",
        begransa(VARDYGN, {"prissort": (None,)}),
        _D,
    ),
    Matt(
        "vardygn-institution-alla",
        "Vårddygn på institution, barn, unga och vuxna",
        DYGN,
        "Vårddygn på HVB, särskilda ungdomshem och institution för missbruksvård.",
        "MATT.md D07 (två framtagningar ur olika system gav 7 600 och 6 000)",
        begransa(VARDYGN, INSTITUTION_ALLA),
        _D,
        ("D07",),
        varianter=(ENSAMKOMMANDE_MED,),
    ),
    Matt(
        "dygn-utan-ersattningsratt",
        "Dygn utan rätt till statlig ersättning",
        DYGN,
        "Dygn i ärenden om ensamkommande som blivit svenska medborgare: ansvaret är kvar, ersättningen har upphört.",
        "MATT.md E25",
        intervall(ENSAMKOMMANDE, urval={"underslag": (Ensamkommandestatus.MEDBORGARE.value,)}),
        _D,
        ("E25",),
    ),
)
"""The measures of this family."""
