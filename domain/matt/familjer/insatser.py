"""Volumes of persons and services (V19–V34)."""

from __future__ import annotations

from dataclasses import replace

from domain.arende.begrepp import Arendetyp, Insatsslut, Problematik, Samverkansslag
from domain.arende.handelser import (
    AnsvarOverlamnat,
    ArendeAktualiserat,
    BeslutFattat,
    InsatsAvslutad,
    InsatsPaborjad,
    SamverkanGenomford,
)
from domain.begrepp import Insatsform, Utforarslag
from domain.fakta import (
    ARENDE,
    ENSAMKOMMANDE,
    INSATS,
    KO,
    PROBLEMATIK,
    SERVICEINSATS,
    UTFORARE,
    Intervall,
)
from domain.matt.byggstenar import (
    ANTAL,
    ARENDEN,
    EKB,
    ENSAMKOMMANDE_MED,
    ENSAMKOMMANDE_UTAN,
    INSATSER,
    INVANARGRUPPER,
    PER_TUSEN,
    PERSONENS_ALDER,
    PERSONER,
    PLACERADE,
    PROCENT,
    UNGA_AR,
    UTREDDA,
    VUXNA,
    andel,
    former,
    intervall,
    okning_procent,
    punkter,
    rakna,
    stallning,
)
from domain.matt.deklaration import Matt, Tecken, Variant, Variantval
from domain.matt.modell import ORGANISATIONSDIMENSIONER, Raknesatt
from domain.matt.uttryck import Grund, Kvot, Manadsmedel, Periodval, Under, begransa
from domain.placering.handelser import PlaceringAvslutad

_EKB = intervall(ENSAMKOMMANDE, Raknesatt.UNIKA_PERSONER)
_INSATS_PAGAR = stallning(intervall(INSATS))
_KONTAKT = former(Insatsform.KONTAKTPERSON, Insatsform.KONTAKTFAMILJ)
_KONTRAKT = former(Insatsform.SOCIALT_KONTRAKT)
_SKYDDAT = former(Insatsform.SKYDDAT_BOENDE)
_OPPENVARD = former(Insatsform.OPPENVARD_OVRIG, Insatsform.KONTAKTPERSON, Insatsform.KONTAKTFAMILJ)
_MOTESSLAG = (Samverkansslag.SIP, Samverkansslag.SAMPLANERING, Samverkansslag.GEMENSAM_MOTTAGNING)
_UTAN_FORM = ("kon", *ORGANISATIONSDIMENSIONER)
_EKB_I_HVB = {**EKB, **former(Insatsform.HVB)}
_KVINNOFRID_OCH_SPEL = (Arendetyp.VALD_I_NARA_RELATION.value, Arendetyp.SPELMISSBRUK.value)
_PROBLEM = (Problematik.VALD_I_NARA_RELATION.value, Problematik.SPELMISSBRUK.value)
_OPPNA_INSATSER = Grund(Intervall, (INSATS, SERVICEINSATS), Raknesatt.DYGN)
_INSKRIVNA = stallning(_OPPNA_INSATSER)
_INVANARE_0_20 = Under(
    replace(INVANARGRUPPER, urval={"underslag": ("0-20",)}, dimensioner=("kon",)),
    Periodval.HELA_ARET,
)


def _per_tusen(unika: Grund) -> Kvot:
    return Kvot(replace(unika, alder=UNGA_AR), _INVANARE_0_20, 1000)


INSATSMATT = (
    Matt(
        "utredda-per-1000",
        "Invånare 0–20 år utredda, per 1 000 invånare",
        PER_TUSEN,
        f"Olika personer 0–20 år med pågående utredning i perioden, per 1 000 invånare 0–20 år. {PERSONENS_ALDER} "
        "Invånarna är gruppen 0-20 i årets fastställda befolkning.",
        "MATT.md V19",
        _per_tusen(UTREDDA),
        id=("V19",),
        varianter=(ENSAMKOMMANDE_MED,),
    ),
    Matt(
        "oppenvard-per-1000",
        "Invånare 0–20 år i biståndsbeslutad öppenvård, per 1 000 invånare",
        PER_TUSEN,
        f"Olika personer 0–20 år med biståndsbeslutad insats utan dygn, per 1 000 invånare 0–20 år. {PERSONENS_ALDER}",
        "MATT.md V19",
        _per_tusen(intervall(INSATS, Raknesatt.UNIKA_PERSONER, urval=_OPPENVARD)),
        id=("V19",),
        varianter=(ENSAMKOMMANDE_MED,),
    ),
    Matt(
        "placerade-per-1000",
        "Invånare 0–20 år placerade, per 1 000 invånare",
        PER_TUSEN,
        f"Olika personer 0–20 år med minst ett vårddygn, per 1 000 invånare 0–20 år. {PERSONENS_ALDER}",
        "MATT.md V19 (serien bryts 11 → 3 när definitionen ändras)",
        _per_tusen(PLACERADE),
        id=("V19",),
        varianter=(ENSAMKOMMANDE_UTAN,),
    ),
    Matt(
        "ensamkommande",
        "Ensamkommande barn och unga",
        PERSONER,
        "Antal personer som nämnden ansvarar för som ensamkommande på periodens sista dag; underslag är status.",
        "MATT.md V20, V23",
        stallning(_EKB),
        id=("V20", "V23"),
    ),
    Matt(
        "nya-ensamkommande",
        "Nya ensamkommande",
        PERSONER,
        "Antal ärenden om ensamkommande som aktualiserats i perioden.",
        "MATT.md V21",
        punkter(ArendeAktualiserat.typ, urval={"underslag": (Arendetyp.ENSAMKOMMANDE.value,)}),
        id=("V21",),
    ),
    Matt(
        "upphorda-ensamkommande",
        "Ensamkommande vars ansvar upphört",
        PERSONER,
        "Antal gånger nämndens ansvar för en ensamkommande lämnats över i perioden; utfall är orsaken.",
        "MATT.md V21 (130 + 11 − 29 = 112 stämmer)",
        punkter(AnsvarOverlamnat.typ, urval=EKB),
        id=("V21",),
    ),
    Matt(
        "andel-ensamkommande-i-hvb",
        "Andel ensamkommande placerade i HVB",
        PROCENT,
        "Ensamkommande som är på HVB i procent av alla ensamkommande, på periodens sista dag.",
        "MATT.md V22 (5/112 ≈ 4)",
        andel(
            stallning(replace(PLACERADE, urval=_EKB_I_HVB, dimensioner=_UTAN_FORM)),
            stallning(replace(_EKB, dimensioner=_UTAN_FORM)),
        ),
        id=("V22",),
    ),
    Matt(
        "pagaende-insatser",
        "Pågående insatser, kontaktfamiljer och kontaktpersoner",
        INSATSER,
        "Antal insatser kontaktfamilj eller kontaktperson som pågår på periodens sista dag.",
        "MATT.md V24",
        begransa(_INSATS_PAGAR, _KONTAKT),
        id=("V24",),
    ),
    Matt(
        "arenden-med-problematik",
        "Ärenden efter problematik",
        ARENDEN,
        "Antal olika ärenden i perioden med våld i nära relation eller spelmissbruk: efter ärendetyp, eller efter "
        "angiven problematik; underslag är vilken.",
        "MATT.md V25 (kvinnofridsärenden, spelmissbruk)",
        intervall(ARENDE, Raknesatt.UNIKA_ARENDEN, urval={"underslag": _KVINNOFRID_OCH_SPEL}),
        id=("V25",),
        varianter=(
            Variant(
                "efter",
                "Ärendets slag efter",
                (
                    Variantval("arendetyp", "ärendetyp"),
                    Variantval(
                        "problematik",
                        "angiven problematik",
                        uttryck=intervall(PROBLEMATIK, Raknesatt.UNIKA_ARENDEN, urval={"underslag": _PROBLEM}),
                    ),
                ),
            ),
        ),
    ),
    Matt(
        "sociala-kontrakt",
        "Sociala kontrakt",
        ANTAL,
        "Antal bostadssociala kontrakt som gäller på periodens sista dag.",
        "MATT.md V26",
        begransa(_INSATS_PAGAR, _KONTRAKT),
        id=("V26",),
    ),
    Matt(
        "forandring-sociala-kontrakt",
        "Förändring av antalet sociala kontrakt",
        PROCENT,
        "Sociala kontrakt på periodens sista dag mot samma dag året före, i procent.",
        "MATT.md V26 ((236 − 300)/300)",
        okning_procent(begransa(_INSATS_PAGAR, _KONTRAKT)),
        id=("V26",),
        tecken=Tecken.FORANDRING,
    ),
    Matt(
        "skyddat-boende",
        "Skyddat boende",
        PERSONER,
        "Vuxna som beviljats skyddat boende i perioden (beslut), vars placering avslutats, eller som är där på "
        "periodens sista dag.",
        "MATT.md V27",
        punkter(BeslutFattat.typ, urval={**_SKYDDAT, **VUXNA, "utfall": ("bifall",)}),
        id=("V27",),
        varianter=(
            rakna(
                "Vad som räknas",
                ("beviljade", "beviljade", None),
                ("avslutade", "avslutade placeringar", punkter(PlaceringAvslutad.typ, urval={**_SKYDDAT, **VUXNA})),
                ("pagaende", "på periodens sista dag", stallning(begransa(PLACERADE, {**_SKYDDAT, **VUXNA}))),
            ),
        ),
    ),
    Matt(
        "ko",
        "I kö",
        ANTAL,
        "Antal platser i kö på periodens sista dag; underslag skiljer personer från familjer.",
        "MATT.md V28",
        stallning(intervall(KO)),
        id=("V28",),
    ),
    Matt(
        "inskrivna",
        "Inskrivna i öppna insatser",
        PERSONER,
        "Antal som är inskrivna i en insats utan dygn: medelvärdet av månadernas sista dagar, eller de som varit "
        "inskrivna i perioden, eller de som börjat.",
        "MATT.md V29",
        Manadsmedel(_INSKRIVNA),
        id=("V29",),
        varianter=(
            rakna(
                "Vad som räknas",
                ("manadsmedel", "medel av månadernas sista dagar", None),
                (
                    "unika",
                    "olika personer i perioden",
                    replace(_OPPNA_INSATSER, raknesatt=Raknesatt.UNIKA_PERSONER),
                ),
                ("paborjade", "påbörjade insatser", punkter(InsatsPaborjad.typ, f"service{InsatsPaborjad.typ}")),
            ),
        ),
    ),
    Matt(
        "samrad-barnahus",
        "Samråd i Barnahus",
        ANTAL,
        "Antal samråd i Barnahus om kommunens barn.",
        "MATT.md V31 (andelen av alla samråd kräver de andra kommunernas antal; de lämnas som uppgift)",
        punkter(SamverkanGenomford.typ, urval={"underslag": (Samverkansslag.SAMRAD_BARNAHUS.value,)}),
        id=("V31",),
    ),
    Matt(
        "samverkan",
        "SIP, samplanering och gemensam mottagning",
        ANTAL,
        "Antal samordnade individuella planer, möten i forum för samplanering och gemensamma mottagningar; underslag "
        "är vilket.",
        "MATT.md V32",
        punkter(SamverkanGenomford.typ, urval={"underslag": tuple(s.value for s in _MOTESSLAG)}),
        id=("V32",),
    ),
    Matt(
        "mentorsfamiljer",
        "Mentorsfamiljer och länkfamiljer",
        ANTAL,
        "Antal uppdragstagare med rollen mentorsfamilj eller länkfamilj på periodens sista dag; underslag är rollen.",
        "MATT.md V33",
        stallning(
            intervall(UTFORARE, urval={"underslag": (Utforarslag.MENTORSFAMILJ.value, Utforarslag.LANKFAMILJ.value)})
        ),
        id=("V33",),
    ),
    Matt(
        "andel-till-eget-kontrakt",
        "Andel som går över till eget kontrakt",
        PROCENT,
        "Sociala kontrakt som avslutats för att den enskilde fått eget kontrakt, i procent av alla avslutade.",
        "MATT.md V34",
        andel(
            punkter(InsatsAvslutad.typ, urval={**_KONTRAKT, "utfall": (Insatsslut.EGET_KONTRAKT.value,)}),
            punkter(InsatsAvslutad.typ, urval=_KONTRAKT),
        ),
        id=("V34",),
    ),
)
"""The measures of this family."""
