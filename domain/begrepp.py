"""The closed vocabularies everything is said in.

Each vocabulary is an enumeration whose value is the stored word (ASCII camelCase, part of the storage format) and
whose ``etikett`` is what a person reads. An unknown word is refused with the allowed ones named; see
``application.faltfel``. Words are added freely; a word that has landed is never renamed or given another meaning.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Begrepp(StrEnum):
    """A word of a closed list, with the label that reports and pages print.

    ``lagrat`` is the stored word as plain text, which facts are made of: ``value`` is a Python call each time.
    """

    etikett: str
    lagrat: str

    def __new__(cls, varde: str, etikett: str = "") -> Self:
        """Make the member; the stored word is the string value, the label rides along."""
        medlem = str.__new__(cls, varde)
        medlem._value_ = varde
        medlem.etikett = etikett or varde
        medlem.lagrat = varde
        return medlem


class Samling(Begrepp):
    """The five kinds of stream; also the path segment of the HTTP API."""

    ARENDEN = "arenden", "Ärenden"
    PLACERINGAR = "placeringar", "Placeringar"
    ATGARDER = "atgarder", "Åtgärder"
    BUDGETPERIODER = "budgetperioder", "Budgetperioder"
    UTFORARE = "utforare", "Utförare"


class Malgrupp(Begrepp):
    """Target group. Age limits (0–12, 13–20, 21–) are parameters of the reports, not of the word."""

    BARN = "barn", "Barn"
    UNGA = "unga", "Unga"
    VUXNA = "vuxna", "Vuxna"
    ENSAMKOMMANDE = "ensamkommande", "Ensamkommande"


class Malgruppsorsak(Begrepp):
    """Why somebody is counted in another target group."""

    ALDER = "alder", "Ålder"
    MEDBORGARSKAP = "medborgarskap", "Svenskt medborgarskap"
    ANNAT = "annat", "Annan orsak"


class Kon(Begrepp):
    """Legal sex as reports print it; *okand* exists because printed parts do not always reach the total (K19-14)."""

    KVINNA = "kvinna", "Flickor/kvinnor"
    MAN = "man", "Pojkar/män"
    OKAND = "okand", "Okänt"


class Regi(Begrepp):
    """Whether the municipality itself or somebody else gives the care."""

    EGEN = "egen", "Egen regi"
    EXTERN = "extern", "Extern regi"


class Lagrum(Begrepp):
    """The act a decision rests on."""

    SOL = "SoL", "SoL"
    LVU = "LVU", "LVU"
    LVM = "LVM", "LVM"


class Insatsform(Begrepp):
    """Form of care. Forms with care days can be stays; the others are services without care days."""

    HVB = "hvb", "HVB"
    SIS = "sis", "SiS"
    FAMILJEHEM_EGET = "familjehemEget", "Familjehem, eget"
    FAMILJEHEM_KONSULENT = "familjehemKonsulent", "Familjehem, konsulentstött"
    JOURHEM = "jourhem", "Jourhem"
    STODBOENDE = "stodboende", "Stödboende"
    SKYDDAT_BOENDE = "skyddatBoende", "Skyddat boende"
    BOENDE_MISSBRUK = "boendeMissbruk", "Boende missbruk"
    VARD_ICKE_MISSBRUK = "vardIckeMissbruk", "Vård icke missbruk"
    INSTITUTION_MISSBRUK = "institutionMissbruk", "Institutionsvård missbruk"
    OPPENVARD_MISSBRUK = "oppenvardMissbruk", "Öppenvård missbruk"
    OPPENVARD_DYGN = "oppenvardDygn", "Öppenvård med dygnspris"
    KONTAKTPERSON = "kontaktperson", "Kontaktperson"
    KONTAKTFAMILJ = "kontaktfamilj", "Kontaktfamilj"
    OPPENVARD_OVRIG = "oppenvardOvrig", "Öppenvård, övrig"
    SOCIALT_KONTRAKT = "socialtKontrakt", "Socialt kontrakt"
    SARSKILT_KVALIFICERAD_KONTAKTPERSON = "sarskiltKvalificeradKontaktperson", "Särskilt kvalificerad kontaktperson"

    @property
    def har_vardygn(self) -> bool:
        """Whether a stay in this form is counted in care days."""
        return self not in _UTAN_VARDYGN


_UTAN_VARDYGN = frozenset(
    {
        Insatsform.KONTAKTPERSON,
        Insatsform.KONTAKTFAMILJ,
        Insatsform.OPPENVARD_OVRIG,
        Insatsform.SOCIALT_KONTRAKT,
        Insatsform.SARSKILT_KVALIFICERAD_KONTAKTPERSON,
    }
)


class Avtalsform(Begrepp):
    """How a stay was bought."""

    RAMAVTAL = "ramavtal", "Ramavtal"
    DIREKTUPPHANDLING = "direktupphandling", "Direktupphandling"
    EGEN_REGI = "egenRegi", "Egen regi"
    UPPDRAGSAVTAL = "uppdragsavtal", "Uppdragsavtal"


class Direktupphandlingsorsak(Begrepp):
    """Why a stay was bought outside the framework agreements (Eskilstuna 2023 prints exactly these)."""

    RAMAVTAL_SAKNAS = "ramavtalSaknas", "Ramavtal saknas"
    PLATSBRIST = "platsbrist", "Platsbrist"
    OVRIGT = "ovrigt", "Övrigt"


class Prissort(Begrepp):
    """What a price is per. Monthly fees are spread over the days of each month."""

    DYGN = "dygn", "kr per dygn"
    MANAD = "manad", "kr per månad"


class Omplacering(Begrepp):
    """Whether a move between placements was planned."""

    PLANERAD = "planerad", "Planerad"
    OPLANERAD = "oplanerad", "Oplanerad"


class Avslutsorsak(Begrepp):
    """Why a placement ended."""

    ENLIGT_PLAN = "enligtPlan", "Enligt plan"
    MAL_UPPNATT = "malUppnatt", "Målet uppnått"
    SAMMANBROTT = "sammanbrott", "Sammanbrott"
    OMPLACERING = "omplacering", "Omplacering"
    EGET_AVBROTT = "egetAvbrott", "Avbruten av den enskilde"
    ALDERSGRANS = "aldersgrans", "Åldersgräns"
    FLYTT = "flytt", "Flytt till annan kommun"
    VARDNADSOVERFLYTTNING = "vardnadsoverflyttning", "Vårdnadsöverflyttning"
    AVLIDEN = "avliden", "Avliden"
    ANNAN = "annan", "Annan orsak"


class Maluppfyllelse(Begrepp):
    """Whether the goals of the plan were reached when a service ended."""

    I_STOR_UTSTRACKNING = "iStorUtstrackning", "I stor utsträckning"
    DELVIS = "delvis", "Delvis"
    INTE = "inte", "Inte"


class Kontogrupp(Begrepp):
    """Account groups as boards print them. Income groups carry negative amounts (net cost is positive)."""

    AVGIFTER = "avgifter", "Avgifter"
    BIDRAG = "bidrag", "Bidrag"
    FORSALJNING = "forsaljning", "Försäljning av verksamhet"
    OVRIGA_INTAKTER = "ovrigaIntakter", "Övriga intäkter"
    PERSONAL = "personal", "Personalkostnader"
    LOKALER = "lokaler", "Lokalkostnader"
    KOP_AV_VERKSAMHET = "kopAvVerksamhet", "Köp av verksamhet"
    BEMANNINGSFORETAG = "bemanningsforetag", "Köp från bemanningsföretag"
    KAPITAL = "kapital", "Kapitalkostnader"
    OVRIGA_KOSTNADER = "ovrigaKostnader", "Övriga kostnader"
    OFORDELAT = "ofordelat", "Ej fördelat på kontogrupp"


class Justeringsslag(Begrepp):
    """What kind of change to an adopted budget."""

    TILLAGGSANSLAG = "tillaggsanslag", "Tilläggsanslag"
    OMBUDGETERING = "ombudgetering", "Ombudgetering"
    RATTELSE = "rattelse", "Rättelse"
    INDEXUPPRAKNING = "indexupprakning", "Indexuppräkning"
    OMFORDELNING = "omfordelning", "Omfördelning"
    RESULTATOVERFORING = "resultatoverforing", "Resultatöverföring"
    VERKSAMHETSFLYTT = "verksamhetsflytt", "Verksamhetsflytt"
    EFFEKTIVISERINGSKRAV = "effektiviseringskrav", "Effektiviseringskrav"
    BALANSPOST_FORDELAD = "balanspostFordelad", "Balanspost fördelad"


class Prognosslag(Begrepp):
    """At which occasion a forecast was adopted."""

    DELAR1 = "delar1", "Delår 1"
    DELAR2 = "delar2", "Delår 2"
    MANAD = "manad", "Månadsprognos"


class Utforarslag(Begrepp):
    """What a provider is."""

    HVB = "hvb", "HVB"
    STODBOENDE = "stodboende", "Stödboende"
    SKYDDAT_BOENDE = "skyddatBoende", "Skyddat boende"
    FAMILJEHEM = "familjehem", "Familjehem"
    KONSULENTFORETAG = "konsulentforetag", "Konsulentföretag"
    JOURHEM = "jourhem", "Jourhem"
    OPPENVARD = "oppenvard", "Öppenvård"
    SIS = "sis", "Statens institutionsstyrelse"
    BOENDE = "boende", "Boende"
    KONTAKTFAMILJ = "kontaktfamilj", "Kontaktfamilj"
    MENTORSFAMILJ = "mentorsfamilj", "Mentorsfamilj"
    LANKFAMILJ = "lankfamilj", "Länkfamilj"
    ANNAT = "annat", "Annat"


class Avvikelseslag(Begrepp):
    """What kind of shortcoming was reported (lex Sarah: SoL 2025:400 27:2, until 2025-06-30 SoL 2001:453 14:3)."""

    LEX_SARAH = "lexSarah", "Lex Sarah-rapport"
    KLAGOMAL = "klagomal", "Klagomål"
    AVVIKELSE = "avvikelse", "Avvikelse"
