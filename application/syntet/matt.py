"""What printed labels mean: the figures that events can meet, as data, and the words that name a form of care.

A new wording is a new line here. A label that matches nothing is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from application.tryckta_rader import sammanfattar, utan_varav
from domain.begrepp import Insatsform, Kon, Lagrum, Malgrupp, Regi


class Matt(Enum):
    """A figure that a history meets; what it counts is said in Swedish, for notes."""

    INVANARE = "invånare"
    INKOMNA = "aktualiseringar under perioden"
    UTREDDA = "personer med pågående utredning någon dag under perioden"
    STARTADE = "utredningar påbörjade under perioden"
    AVSLUTADE = "utredningar avslutade under perioden"
    PAGAENDE = "utredningar pågående sista dagen"
    INOM_120 = "andel avslutade utredningar (0–20 år) inom 120 dagar"
    INOM_14 = "andel förhandsbedömningar (0–17 år) inom 14 dagar"
    VALD = "ärenden om våld i nära relation som aktualiserats under perioden"
    SPEL = "ärenden om spelmissbruk som aktualiserats under perioden"
    ENSAMKOMMANDE = "ensamkommande sista dagen"
    KONTAKT = "kontaktpersoner och kontaktfamiljer sista dagen"
    KONTRAKT = "sociala kontrakt sista dagen"
    LAGRUM = "placerade personer per lagrum"
    OPLANERADE = "andel oplanerade omplaceringar av avslutade externa placeringar"
    VARDYGN = "vårddygn"
    ALLA_VARDYGN = "vårddygn, all vård i formen"
    UNIKA = "placerade personer, all vård i formen"
    SERVICEDYGN = "dygn utan biståndsbeslut"
    PLANERAT = "andel placeringar avslutade planerat"
    MAL_NADDA = "andel avslutade placeringar med målen uppnådda i stor utsträckning"
    ARBETADE = "andel avslutade placeringar där utföraren arbetat med problematiken"


ANDELAR = frozenset({
    Matt.INOM_120, Matt.INOM_14, Matt.OPLANERADE, Matt.PLANERAT, Matt.MAL_NADDA, Matt.ARBETADE,
})  # fmt: skip
"""Figures in per cent; all others are numbers of something."""

PER_DEL_AV_AR = frozenset({
    Matt.INOM_120, Matt.INOM_14, Matt.OPLANERADE, Matt.LAGRUM, Matt.ENSAMKOMMANDE, Matt.KONTAKT, Matt.KONTRAKT,
    Matt.SERVICEDYGN,
})  # fmt: skip
"""Figures that are met of any days; the others only of whole years."""

PER_KON = frozenset({Matt.INVANARE, Matt.INKOMNA, Matt.UNIKA, Matt.LAGRUM})
"""Figures of which a part may be met."""


@dataclass(frozen=True)
class Vardord:
    """Words that name a form of care: the label matches, and the care is of these forms and groups."""

    monster: str
    former: tuple[Insatsform, ...]
    malgrupper: tuple[Malgrupp, ...] = ()
    regi: Regi = Regi.EXTERN


_F = Insatsform
_BARN_OCH_UNGA = (Malgrupp.BARN, Malgrupp.UNGA)

FORMORD: tuple[Vardord, ...] = (
    Vardord(r"konsulentst", (_F.FAMILJEHEM_KONSULENT,), _BARN_OCH_UNGA),
    Vardord(r"familjehem", (_F.FAMILJEHEM_EGET,), _BARN_OCH_UNGA, Regi.EGEN),
    Vardord(r"jourhem", (_F.JOURHEM,), _BARN_OCH_UNGA, Regi.EGEN),
    Vardord(r"skyddat boende", (_F.SKYDDAT_BOENDE,), (Malgrupp.VUXNA,)),
    Vardord(r"(institution|hvb).*vuxna", (_F.INSTITUTION_MISSBRUK,), (Malgrupp.VUXNA,)),
    Vardord(r"stödboende/hvb|hvb/stödboende", (_F.HVB, _F.STODBOENDE), _BARN_OCH_UNGA),
    Vardord(r"stödboende", (_F.STODBOENDE,), (Malgrupp.UNGA,)),
    Vardord(r"institution|hvb", (_F.HVB,), _BARN_OCH_UNGA),
    Vardord(r"öppenvård", (_F.OPPENVARD_DYGN,), _BARN_OCH_UNGA),
)
"""Which form a label names; the first match holds."""

GRUPPORD: tuple[tuple[str, tuple[Malgrupp, ...]], ...] = (
    (r"(?<!exkl )(?<!exkl\. )ensamkommande", (Malgrupp.ENSAMKOMMANDE,)),
    (r"barn och unga", _BARN_OCH_UNGA),
    (r"\bbarn\b", (Malgrupp.BARN,)),
    (r"\bunga\b", (Malgrupp.UNGA,)),
    (r"vuxna", (Malgrupp.VUXNA,)),
)
"""Which target groups a label names; else those usual for the form."""

MATTORD: tuple[tuple[str, Matt], ...] = (
    (r"invånare totalt", Matt.INVANARE),
    (r"antal aktualiserade ärenden|antal inkomna aktualiseringar", Matt.INKOMNA),
    (r"antal unika personer som utretts", Matt.UTREDDA),
    (r"antal startade utredningar", Matt.STARTADE),
    (r"antal avslutade utredningar", Matt.AVSLUTADE),
    (r"antal pågående utredningar", Matt.PAGAENDE),
    (r"andel utredningar.*inom 120 dagar", Matt.INOM_120),
    (r"förhandsbedömningar.*inom 14 dagar", Matt.INOM_14),
    (r"antal kvinnofridsärenden", Matt.VALD),
    (r"antal ärenden spelmissbruk", Matt.SPEL),
    (r"antal ensamkommande barn och unga|asylsökande|kommunplacerade", Matt.ENSAMKOMMANDE),
    (r"kontaktfamiljer/kontaktpersoner|kontaktpersoner/kontaktfamiljer", Matt.KONTAKT),
    (r"sociala kontrakt", Matt.KONTRAKT),
    (r"^(lvu|lvm)$", Matt.LAGRUM),
    (r"andel oplanerade omplacering", Matt.OPLANERADE),
    (r"vårdd?r?ygn .*öppet intag", Matt.SERVICEDYGN),
    (r"antal utnyttjade vård|antal betalda dygn|totalt antal vård ?dygn", Matt.VARDYGN),
    (r"vård ?dygn, (institution|familjehem)", Matt.ALLA_VARDYGN),
    (r"(institutionsvård|familjehemsvård) antal unika", Matt.UNIKA),
    (r"andel insatser .*avslutats planerat", Matt.PLANERAT),
    (r"andel avslutade insatser .*målen", Matt.MAL_NADDA),
    (r"andel avslutade insatser .*problematik", Matt.ARBETADE),
)
"""What a label means: the pattern matches its beginning, or any place where it begins with a group."""

LAGRUMSORD = {"lvu": Lagrum.LVU, "lvm": Lagrum.LVM}

KONSORD: dict[str, Kon] = {
    **dict.fromkeys(("flickor", "kvinnor", "flicka", "kvinna", "k", "f"), Kon.KVINNA),
    **dict.fromkeys(("pojkar", "män", "pojke", "man", "m"), Kon.MAN),
}
"""Which sex the part of a label names; of several words, all name the same."""

_ANDELSORD = re.compile(r"^(andel(en)?|procent(andel)?|%)(?= )|(, ?| ?\()?(procent|%)\)?$")


@dataclass(frozen=True)
class Del:
    """The part of a figure that a row prints: all of it, or one sex; ``andel`` if it is that part's per cent of it."""

    kon: Kon | None = None
    andel: bool = False


HELA = Del()

DELORD = "totalt, flickor, kvinnor, pojkar eller män, med varav eller andel före"
"""What is allowed as a part, for sentences that refuse one."""


def del_av(text: str) -> Del | None:
    """Return the part of a label that words name, or None where they are not known."""
    ord_ = " ".join(utan_varav(text).casefold().split())
    if not ord_ or sammanfattar(ord_):
        return HELA
    utan = _ANDELSORD.sub("", ord_).strip()
    kon = {KONSORD.get(namn.strip()) for namn in re.split(r"/|,| och ", utan)}
    if len(kon) != 1 or None in kon:
        return None
    return Del(kon.pop(), andel=utan != ord_)


ORSAKSORD: tuple[tuple[str, str], ...] = (
    (r"ramavtal.*saknas", "ramavtalSaknas"),
    (r"platsbrist", "platsbrist"),
    (r".", "ovrigt"),
)
"""Which reason for a direct procurement a label names."""


def matt_av(etikett: str) -> Matt | None:
    """Return what a label means, or None."""
    text = etikett.lower()
    return next((matt for monster, matt in MATTORD if re.search(monster, text)), None)


def vard_av(etikett: str) -> Vardord | None:
    """Return the form and the groups that a label names, or None."""
    text = etikett.lower()
    form = next((ord_ for ord_ in FORMORD if re.search(ord_.monster, text)), None)
    if form is None:
        return None
    grupper = next((grupper for monster, grupper in GRUPPORD if re.search(monster, text)), form.malgrupper)
    return Vardord(form.monster, form.former, grupper, form.regi)
