"""The closed vocabularies of cases; see ``domain.begrepp`` for what a vocabulary is."""

from __future__ import annotations

from domain.begrepp import Begrepp


class Arendetyp(Begrepp):
    """What a case is about, as the reports count cases."""

    BARN_OCH_UNGA = "barnOchUnga", "Barn och unga"
    VUXEN_MISSBRUK = "vuxenMissbruk", "Vuxna, missbruk"
    SPELMISSBRUK = "spelmissbruk", "Spelmissbruk"
    VALD_I_NARA_RELATION = "valdINaraRelation", "Våld i nära relation"
    EKONOMISKT_BISTAND = "ekonomisktBistand", "Ekonomiskt bistånd"
    ENSAMKOMMANDE = "ensamkommande", "Ensamkommande"
    FAMILJERATT = "familjeratt", "Familjerätt"
    SERVERINGSTILLSTAND = "serveringstillstand", "Serveringstillstånd"
    BOSTADSSOCIALT = "bostadssocialt", "Bostadssocialt"
    ANNAT = "annat", "Annat"


class Aktualiseringssatt(Begrepp):
    """How a matter came to the board."""

    ANMALAN = "anmalan", "Anmälan"
    ANSOKAN = "ansokan", "Ansökan"
    ATERANSOKAN = "ateransokan", "Återansökan"
    YTTRANDE = "yttrande", "Begäran om yttrande"
    EGET_INITIATIV = "egetInitiativ", "Eget initiativ"
    KONSULTATION = "konsultation", "Konsultation"
    ANNAT = "annat", "Annat"


class Avsandare(Begrepp):
    """Who brought a matter to the board: a kind of sender, never a name."""

    POLIS = "polis", "Polis"
    SKOLA = "skola", "Skola"
    FORSKOLA = "forskola", "Förskola"
    HALSO_OCH_SJUKVARD = "halsoOchSjukvard", "Hälso- och sjukvård"
    RATTSVASENDE = "rattsvasende", "Åklagare, domstol, kriminalvård"
    SOCIALJOUR = "socialjour", "Socialjour"
    EGEN_VERKSAMHET = "egenVerksamhet", "Egen verksamhet"
    ANNAN_KOMMUN = "annanKommun", "Annan kommun"
    MIGRATIONSVERKET = "migrationsverket", "Migrationsverket"
    ANNAN_MYNDIGHET = "annanMyndighet", "Annan myndighet"
    DEN_ENSKILDE = "denEnskilde", "Den enskilde"
    ANHORIG = "anhorig", "Anhörig"
    PRIVATPERSON = "privatperson", "Privatperson"
    ANONYM = "anonym", "Anonym"
    ANNAN = "annan", "Annan"


class Forhandsutfall(Begrepp):
    """What a preliminary assessment led to."""

    INLEDS = "inleds", "Utredning inleds"
    INLEDS_INTE = "inledsInte", "Utredning inleds inte"


class Utredningslagrum(Begrepp):
    """The act an investigation rests on; wider than that of a placement."""

    SOL = "SoL", "SoL"
    LVU = "LVU", "LVU"
    LVM = "LVM", "LVM"
    FORALDRABALKEN = "FB", "Föräldrabalken"
    ALKOHOLLAGEN = "alkohollagen", "Alkohollagen"


class Utredningstyp(Begrepp):
    """What an investigation is to find out."""

    BARN_OCH_UNGA = "barnOchUnga", "Barn och unga"
    VUXEN = "vuxen", "Vuxna"
    MISSBRUK = "missbruk", "Missbruk"
    LVM = "lvm", "LVM-utredning"
    SKYDD = "skydd", "Skyddsutredning"
    VALD_I_NARA_RELATION = "valdINaraRelation", "Våld i nära relation"
    EKONOMISKT_BISTAND = "ekonomisktBistand", "Ekonomiskt bistånd"
    FAMILJERATT = "familjeratt", "Familjerätt"
    FAMILJEHEM = "familjehem", "Familjehem"
    BOSTAD = "bostad", "Bostad"
    SERVERINGSTILLSTAND = "serveringstillstand", "Serveringstillstånd"
    ANNAN = "annan", "Annan"


class Utredningsutfall(Begrepp):
    """What an investigation led to."""

    INSATS = "insats", "Insats"
    INGEN_INSATS = "ingenInsats", "Ingen insats"
    ANSOKAN_OM_VARD = "ansokanOmVard", "Ansökan om vård utan samtycke"
    ATERKALLAD = "aterkallad", "Ansökan återkallad"
    OVERFLYTTAD = "overflyttad", "Överflyttad till annan kommun"
    AVSKRIVEN = "avskriven", "Avskriven"
    ANNAT = "annat", "Annat"


class Beslutsniva(Begrepp):
    """At which level a decision was taken."""

    NAMND = "namnd", "Nämnd"
    UTSKOTT = "utskott", "Utskott"
    ORDFORANDE = "ordforande", "Ordförande"
    DELEGATION = "delegation", "Tjänsteperson på delegation"
    DOMSTOL = "domstol", "Domstol"


class Upphorandeorsak(Begrepp):
    """Why a decision ceased to be in force."""

    ATERKALLAT = "aterkallat", "Återkallat"
    ERSATT = "ersatt", "Ersatt av nytt beslut"
    BEHOVET_UPPHORT = "behovetUpphort", "Behovet har upphört"
    TIDEN_UTE = "tidenUte", "Tiden har gått ut"
    EGEN_BEGARAN = "egenBegaran", "På den enskildes begäran"
    UPPHAVT = "upphavt", "Upphävt av domstol"
    ALDERSGRANS = "aldersgrans", "Åldersgräns"
    FLYTT = "flytt", "Flytt till annan kommun"
    AVLIDEN = "avliden", "Avliden"
    ANNAN = "annan", "Annan orsak"


class Avbojandeorsak(Begrepp):
    """Why a provider turned a request down."""

    PLATSBRIST = "platsbrist", "Platsbrist"
    FEL_MALGRUPP = "felMalgrupp", "Utanför målgruppen"
    KOMPETENS = "kompetens", "Saknar kompetens"
    ANNAN = "annan", "Annan orsak"


class Instans(Begrepp):
    """The court that tries an appeal."""

    FORVALTNINGSRATTEN = "forvaltningsratten", "Förvaltningsrätten"
    KAMMARRATTEN = "kammarratten", "Kammarrätten"
    HOGSTA_FORVALTNINGSDOMSTOLEN = "hogstaForvaltningsdomstolen", "Högsta förvaltningsdomstolen"


class Foretradare(Begrepp):
    """Whether the board speaks for itself in court or buys somebody who does."""

    INTERN = "intern", "Intern företrädare"
    EXTERN = "extern", "Extern företrädare"


class Domslut(Begrepp):
    """What the court answered the one who appealed."""

    BIFALL = "bifall", "Bifall"
    DELVIS_BIFALL = "delvisBifall", "Delvis bifall"
    AVSLAG = "avslag", "Avslag"
    ATERFORVISAT = "aterforvisat", "Återförvisat"
    AVVISAT = "avvisat", "Avvisat"
    AVSKRIVET = "avskrivet", "Avskrivet"


class Insatsslut(Begrepp):
    """Why a service without care days ended."""

    ENLIGT_PLAN = "enligtPlan", "Enligt plan"
    MAL_UPPNATT = "malUppnatt", "Målet uppnått"
    EGET_AVBROTT = "egetAvbrott", "Avbruten av den enskilde"
    EGET_KONTRAKT = "egetKontrakt", "Eget kontrakt"
    UPPSAGD = "uppsagd", "Uppsagd av kommunen"
    SAMMANBROTT = "sammanbrott", "Sammanbrott"
    BYTE_AV_INSATS = "byteAvInsats", "Byte till annan insats"
    PLACERING = "placering", "Övergång till placering"
    ALDERSGRANS = "aldersgrans", "Åldersgräns"
    FLYTT = "flytt", "Flytt till annan kommun"
    AVLIDEN = "avliden", "Avliden"
    ANNAN = "annan", "Annan orsak"


class Problematik(Begrepp):
    """What troubles a person, in so far as cases are counted by it."""

    VALD_I_NARA_RELATION = "valdINaraRelation", "Våld i nära relation"
    HEDERSRELATERAT = "hedersrelaterat", "Hedersrelaterat våld och förtryck"
    SPELMISSBRUK = "spelmissbruk", "Spelmissbruk"
    ALKOHOL = "alkohol", "Alkohol"
    NARKOTIKA = "narkotika", "Narkotika"
    LAKEMEDEL = "lakemedel", "Läkemedel"
    PSYKISK_OHALSA = "psykiskOhalsa", "Psykisk ohälsa"
    BROTTSLIGHET = "brottslighet", "Brottslighet"
    OMSORGSSVIKT = "omsorgssvikt", "Omsorgssvikt"
    SKOLFRANVARO = "skolfranvaro", "Skolfrånvaro"
    HEMLOSHET = "hemloshet", "Hemlöshet"
    ANNAN = "annan", "Annan"


class Ensamkommandestatus(Begrepp):
    """On what ground an unaccompanied child is the board's responsibility."""

    ASYLSOKANDE = "asylsokande", "Asylsökande"
    KOMMUNPLACERAD = "kommunplacerad", "Kommunplacerad"
    MASSFLYKT = "massflykt", "Massflykt"
    MEDBORGARE = "medborgare", "Svensk medborgare"


class Ansvarspart(Begrepp):
    """Who had, or gets, the responsibility for a person."""

    MIGRATIONSVERKET = "migrationsverket", "Migrationsverket"
    ANKOMSTKOMMUN = "ankomstkommun", "Ankomstkommun"
    ANNAN_KOMMUN = "annanKommun", "Annan kommun"
    VARDNADSHAVARE = "vardnadshavare", "Vårdnadshavare"
    ANNAN = "annan", "Annan"


class Overlamningsorsak(Begrepp):
    """Why the board's responsibility for a person passed."""

    FYLLDE_18 = "fyllde18", "Fyllde 18 år"
    FYLLDE_20 = "fyllde20", "Fyllde 20 år"
    FYLLDE_21 = "fyllde21", "Fyllde 21 år"
    UPPSKRIVEN_ALDER = "uppskrivenAlder", "Uppskriven ålder"
    ATERFORENING = "aterforening", "Återförening med familjen"
    MEDBORGARSKAP = "medborgarskap", "Svenskt medborgarskap"
    MIGRATIONSVERKET = "migrationsverket", "Övertaget av Migrationsverket"
    FLYTT_TILL_ANNAN_KOMMUN = "flyttTillAnnanKommun", "Flytt till annan kommun"
    VARDNADSOVERFLYTTNING = "vardnadsoverflyttning", "Vårdnadsöverflyttning"
    ANNAT = "annat", "Annat"


class Samverkansslag(Begrepp):
    """How the board met others about a person."""

    SIP = "sip", "Samordnad individuell plan"
    SAMPLANERING = "samplanering", "Forum för samplanering"
    GEMENSAM_MOTTAGNING = "gemensamMottagning", "Gemensam mottagning"
    SAMRAD_BARNAHUS = "samradBarnahus", "Samråd i Barnahus"
    BARNKONSEKVENSANALYS = "barnkonsekvensanalys", "Barnkonsekvensanalys"


class Avvikelseomrade(Begrepp):
    """What it was that went wrong."""

    SEKRETESS = "sekretess", "Sekretess"
    HANDLAGGNING = "handlaggning", "Handläggning och frister"
    UTFORANDE = "utforande", "Utförande av insats"
    BEMOTANDE = "bemotande", "Bemötande"
    OVERGREPP = "overgrepp", "Övergrepp eller våld"
    ANNAT = "annat", "Annat"


class Arendeslut(Begrepp):
    """Why a case was closed."""

    UTREDNING_INLEDS_INTE = "utredningInledsInte", "Utredning inleds inte"
    INGEN_INSATS = "ingenInsats", "Utredning utan insats"
    INSATSEN_AVSLUTAD = "insatsenAvslutad", "Insatsen avslutad"
    ATERKALLAD = "aterkallad", "Ansökan återkallad"
    ANSVARET_OVERLAMNAT = "ansvaretOverlamnat", "Ansvaret överlämnat"
    FLYTT = "flytt", "Flytt till annan kommun"
    AVLIDEN = "avliden", "Avliden"
    ANNAN = "annan", "Annan orsak"
