"""The closed vocabularies of a budget year; see ``domain.begrepp`` for what a vocabulary is."""

from __future__ import annotations

from decimal import Decimal

from domain.begrepp import Begrepp, Kontogrupp

INTAKTER = frozenset((Kontogrupp.AVGIFTER, Kontogrupp.BIDRAG, Kontogrupp.FORSALJNING, Kontogrupp.OVRIGA_INTAKTER))
"""The account groups that are income."""


class KallansTecken(Begrepp):
    """Which sign costs and income had in the source that amounts were taken from.

    What is stored is always net cost (a cost positive, an income negative); this is how the source printed it.
    """

    KOSTNAD_POSITIV = "kostnadPositiv", "Kostnad positiv, intäkt negativ"
    KOSTNAD_NEGATIV = "kostnadNegativ", "Kostnad negativ, intäkt positiv"
    BADA_POSITIVA = "badaPositiva", "Kostnad och intäkt båda positiva"

    def tryckt(self, belopp: Decimal, kontogrupp: Kontogrupp) -> Decimal:
        """Return a stored net cost in kronor with the sign the source printed it with."""
        vand = kontogrupp in INTAKTER if self is KallansTecken.BADA_POSITIVA else self is KallansTecken.KOSTNAD_NEGATIV
        return -belopp if vand else belopp


class Post(Begrepp):
    """What kind of line an amount is; without a word it is ordinary operation (*verksamhet*)."""

    VERKSAMHET = "verksamhet", "Verksamhet"
    BALANSPOST = "balanspost", "Balanspost"
    EFFEKTIVISERING = "effektivisering", "Effektivisering"
    INVESTERING = "investering", "Investering"
    ENGANGSPOST = "engangspost", "Engångspost"


class Underlag(Begrepp):
    """What a posting rests on."""

    LEVERANTORSFAKTURA = "leverantorsfaktura", "Leverantörsfaktura"
    KREDITNOTA = "kreditnota", "Kreditnota från leverantör"
    MANUELL = "manuell", "Manuell verifikation"
    PERIODISERING = "periodisering", "Periodisering"
    RATTELSE = "rattelse", "Rättelse"


class Periodiseringsprincip(Begrepp):
    """In which month an amount is booked: that of the invoice, or that of the care."""

    FAKTURAMANAD = "fakturamanad", "Fakturamånad"
    VARDMANAD = "vardmanad", "Vårdmånad"


class Principomfattning(Begrepp):
    """Which amounts an accrual principle is about."""

    KOSTNADER = "kostnader", "Kostnader"
    INTAKTER = "intakter", "Intäkter"
    ALLA = "alla", "Kostnader och intäkter"


class Ersattningsslag(Begrepp):
    """Grants and reimbursements that a board applies for."""

    STATSBIDRAG_SCHABLON = "statsbidragSchablon", "Statsbidrag, schablon"
    STATSBIDRAG_PROJEKT = "statsbidragProjekt", "Statsbidrag, projekt"
    PRESTATIONSERSATTNING = "prestationsersattning", "Prestationsersättning"
    MIGRATIONSVERKET = "migrationsverket", "Återsökning hos Migrationsverket"
    MOMS_PA_KOPT_VARD = "momsPaKoptVard", "Återsökt moms på köpt vård"
    AFA = "afa", "AFA-medel"
    KOMMUNBIDRAG = "kommunbidrag", "Kommunbidrag"
    EGENAVGIFT = "egenavgift", "Egenavgift"
    ANNAT = "annat", "Annat"


class Riktning(Begrepp):
    """Which way an indicator should go."""

    OKA = "oka", "Öka"
    MINSKA = "minska", "Minska"
    NIVA = "niva", "Behålla nivån"


class Malbedomning(Begrepp):
    """How far a goal is judged to be reached; the words of several reports' scales, each used as printed."""

    UPPFYLLS = "uppfylls", "Uppfylls"
    HELT = "helt", "Helt"
    I_HOG_UTSTRACKNING = "iHogUtstrackning", "I hög utsträckning"
    DELVIS = "delvis", "Delvis"
    I_LAG_UTSTRACKNING = "iLagUtstrackning", "I låg utsträckning"
    INTE = "inte", "Inte"
    KAN_INTE_BEDOMAS = "kanInteBedomas", "Kan inte bedömas"


class Trend(Begrepp):
    """Which way it is going, as the arrows of a report say."""

    UPPAT = "uppat", "Uppåt"
    OFORANDRAD = "oforandrad", "Oförändrad"
    NEDAT = "nedat", "Nedåt"


class Ataganderesultat(Begrepp):
    """How a commitment ended."""

    KLART = "klart", "Klart"
    DELVIS = "delvis", "Delvis genomfört"
    AVBRUTET = "avbrutet", "Avbrutet"


class Uppgiftsmetod(Begrepp):
    """How a figure that the ledger cannot count came about."""

    RAKNAD = "raknad", "Räknad"
    UPPSKATTAD = "uppskattad", "Uppskattad"
    MANUELL = "manuell", "Manuell"


class Register(Begrepp):
    """External registers that are read in as dated facts."""

    BEFOLKNING = "befolkning", "Befolkning"
    KOLADA = "kolada", "Kolada"
    KPB = "kpb", "Kostnad per brukare"
    RIKSNORM = "riksnorm", "Riksnorm"
    ANNAT = "annat", "Annat"


class Rapportslag(Begrepp):
    """Which report was adopted."""

    MANADSRAPPORT = "manadsrapport", "Månadsrapport"
    DELAR1 = "delar1", "Delårsrapport 1"
    DELAR2 = "delar2", "Delårsrapport 2"
    ARSREDOVISNING = "arsredovisning", "Årsredovisning"
    VERKSAMHETSPLAN = "verksamhetsplan", "Verksamhetsplan"
    ANNAN = "annan", "Annan"


class Tryckfelsklass(Begrepp):
    """In which way a printed report is at odds with itself or with the truth."""

    TECKEN = "tecken", "Teckenfel"
    SUMMA = "summa", "Delarna ger inte summan"
    TABELL = "tabell", "Tabell mot tabell"
    PROSA = "prosa", "Löptext mot tabell"
    RAPPORT = "rapport", "Rapport mot rapport"
    ENHET = "enhet", "Fel enhet"
    DEFINITION = "definition", "Odeklarerad definition"
    RIMLIGHET = "rimlighet", "Orimligt"


class Kontrollslutsats(Begrepp):
    """What an internal control concluded."""

    UTAN_ANMARKNING = "utanAnmarkning", "Utan anmärkning"
    MINDRE_BRIST = "mindreBrist", "Mindre brist"
    ALLVARLIG_BRIST = "allvarligBrist", "Allvarlig brist"
