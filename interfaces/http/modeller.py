"""The shapes of the answers, as the API description tells them. Field names are the API's."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Modell(BaseModel):
    """Base of the shapes: nothing but the fields named."""

    model_config = ConfigDict(extra="forbid")


class Fel(Modell):
    """Ett fel: vilket fält eller vilken parameter, och vad som är tillåtet."""

    pointer: str | None = Field(None, description="JSON-pekare till fältet i det som sändes.")
    parameter: str | None = Field(None, description="Parametern i adressen.")
    falt: str = Field(description="Fältets namn.")
    kod: str = Field(description="Felets stabila namn.")
    detail: str = Field(description="Vad som är fel och vad som är tillåtet, i klartext.")


class Problemsvar(Modell):
    """Ett fel enligt RFC 9457."""

    type: str = Field(description="Felets slag: en stabil relativ adress, /problem/ följt av en kod.")
    title: str = Field(description="Felets slag i klartext.")
    status: int = Field(description="HTTP-status.")
    detail: str = Field(description="Vad som är fel i just den här begäran.")
    instance: str = Field(description="Adressen som begäran gällde.")
    errors: list[Fel] = Field(description="Varje fel för sig.")
    referens: str | None = Field(None, description="Referens till loggen, vid oväntade fel.")
    version: int | None = Field(None, description="Strömmens version, när den är en annan än den som angavs.")


class Kvittosvar(Modell):
    """Kvitto på en händelse."""

    utfall: Literal["registrerad", "redanRegistrerad", "oforandrat"] = Field(
        description="Registrerad nu, redan registrerad med samma handelseId, eller redan känt och därför oförändrat."
    )
    handelseId: str = Field(description="Avsändarens id för händelsen.")
    strom: str = Field(description="Strömmens id.")
    version: int = Field(description="Antal händelser i strömmen när den här är med.")
    position: int | None = Field(description="Plats i liggaren; saknas när inget registrerades.")
    registrerad: str | None = Field(description="När liggaren fick veta det, i UTC.")
    lov: str | None = Field(description="Händelsens bevis (löv), hexadecimalt.")


class Stromunderlag(Modell):
    """Vad svaret bygger på."""

    position: int = Field(description="Sista kända position i liggaren.")
    kantDen: str = Field(description="Vad som var känt, som tidpunkt i UTC.")


class Tillstandsunderlag(Stromunderlag):
    """Vad svaret bygger på."""

    gallerDen: str = Field(description="Dagen som svaret gäller.")


class Aktorsvar(Modell):
    """Vem som registrerade."""

    id: str = Field(description="Pseudonym.")
    roll: str = Field(description="Rollen den hade.")


class Handelsesvar(BaseModel):
    """En händelse i en ström; händelsetypens egna fält ligger vid sidan av de här."""

    model_config = ConfigDict(extra="allow")

    samling: str
    id: str = Field(description="Strömmens id.")
    typ: str = Field(description="Händelsens lagrade namn.")
    version: int = Field(description="Händelsetypens schemaversion.")
    datum: str = Field(description="Dagen då den fick verkan.")
    handelseId: str
    aktor: Aktorsvar
    registrerad: str = Field(description="När liggaren fick veta det, i UTC.")
    position: int = Field(description="Plats i liggaren.")
    stromversion: int = Field(description="Plats i strömmen.")
    lov: str = Field(description="Händelsens bevis (löv), hexadecimalt.")
    rattad: bool | None = Field(None, description="Om den var rättad enligt vad som var känt.")
    rattadAv: str | None = Field(None, description="Händelsen som rättar den.")
    rattar: str | None = Field(None, description="Händelsen som den rättar.")
    kalla: str | None = Field(None, description="Källsystem.")
    externId: str | None = Field(None, description="Källsystemets id.")
    gallrad: bool | None = Field(None, description="Om personuppgifter i den är gallrade.")
    infort: str | None = Field(None, description="När en migrerad händelse infördes, i UTC.")


class Lankar(Modell):
    """Var den här sidan finns för alltid, och nästa."""

    denna: str = Field(description="Adressen till just det här svaret; den svarar likadant för alltid.")
    nasta: str | None = Field(description="Nästa sida, enligt samma position; null när det inte finns någon.")


class Strompost(Modell):
    """En ström och händelsen som började den."""

    id: str = Field(description="Strömmens id.")
    adress: str = Field(description="Var den läses.")
    typ: str = Field(description="Den första händelsens lagrade namn.")
    registrerad: str = Field(description="När liggaren fick veta det, i UTC.")
    position: int = Field(description="Den första händelsens plats i liggaren.")


class Stromlista(Modell):
    """En sida av samlingens strömmar, i den ordning de började."""

    samling: str
    underlag: Stromunderlag
    strommar: list[Strompost]
    lankar: Lankar


class Handelselista(Modell):
    """En ström, händelse för händelse, i den ordning de registrerades."""

    samling: str
    id: str
    version: int = Field(description="Antal kända händelser i strömmen.")
    underlag: Stromunderlag
    handelser: list[Handelsesvar]
    lankar: Lankar


class Stromjamforelse(Modell):
    """Vad som skiljer från vad som var känt vid en tidigare position."""

    underlag: Stromunderlag
    tillkomna: list[Handelsesvar] = Field(description="Det som gäller nu och inte gällde enligt vad som var känt då.")
    borttagna: list[Handelsesvar] = Field(description="Det som gällde enligt vad som var känt då, och inte nu.")


class Tillstand(Modell):
    """Vad som gällde i en ström: de gällande händelserna i den ordning de fick verkan."""

    samling: str
    id: str
    version: int = Field(description="Antal kända händelser i strömmen.")
    underlag: Tillstandsunderlag
    handelser: list[Handelsesvar]
    jamforelse: Stromjamforelse | None = Field(description="Null när inget jämförs.")


class Cloudevent(Modell):
    """En händelse i flödet, enligt CloudEvents 1.0."""

    specversion: Literal["1.0"]
    id: str = Field(description="Händelsens id (handelseId).")
    source: str = Field(description="Flödet den kommer ur.")
    type: str = Field(description="Händelsens lagrade namn.")
    subject: str = Field(description="Samling och ström.")
    time: str = Field(description="När liggaren fick veta det, i UTC.")
    datacontenttype: Literal["application/json"]
    dataschema: str = Field(description="Händelsens JSON Schema.")
    position: int = Field(description="Plats i liggaren.")
    streamversion: int = Field(description="Plats i strömmen.")
    commitment: str = Field(description="Händelsens bevis (löv), hexadecimalt.")
    data: Handelsesvar


class Flodessida(Modell):
    """En sida av flödet."""

    underlag: Stromunderlag
    handelser: list[Cloudevent]
    fortsattEfter: int = Field(description="Positionen att ange som offset nästa gång.")
    lankar: Lankar


class Radsvar(Modell):
    """Vad det blev av en rad: ett kvitto eller ett problem."""

    rad: int = Field(description="Radens nummer, från 1.")
    status: int = Field(description="Den HTTP-status som raden ensam hade fått.")
    kvitto: Kvittosvar | None = None
    problem: Problemsvar | None = None


class Inlamningssvar(Modell):
    """Vad det blev av varje rad, i radernas ordning; tomma rader räknas inte."""

    rader: int
    mottagna: int = Field(description="Rader med kvitto.")
    nekade: int = Field(description="Rader med problem.")
    resultat: list[Radsvar]


class Mattval(Modell):
    """Ett sätt att räkna."""

    namn: str
    etikett: str


class Mattvariant(Modell):
    """Ett val där rapporter räknar olika."""

    namn: str
    etikett: str
    fri: bool = Field(description="Om valet är ett fritt ord; de som listas är då bara exempel.")
    val: list[Mattval] = Field(description="Sätten att räkna; det första gäller när inget sägs.")


class Mattbeskrivning(Modell):
    """Ett mått."""

    namn: str = Field(description="Ordet som måttet frågas med.")
    id: list[str] = Field(description="Numren i förteckningen över tryckta mått; måttet kan frågas med dem också.")
    familj: str
    etikett: str
    enhet: str
    decimaler: int = Field(description="Antal decimaler i svaret.")
    definition: str
    kalla: str = Field(description="Var definitionen kommer ifrån.")
    dimensioner: list[str] = Field(description="Vad måttet kan delas upp på.")
    tecken: str = Field(description="Vad talets tecken betyder.")
    gallerFran: str | None = Field(description="Första dagen måttet kan tala om; null när det inte finns någon.")
    varianter: list[Mattvariant]
    summerbart: bool = Field(description="Om delarna summerar till helheten.")
    summerbartITid: bool = Field(description="Om perioder efter varandra summerar.")
    fakta: list[str] = Field(description="De slags fakta måttet räknas på.")
    handelser: list[str] = Field(description="Händelserna bakom dem.")
    helaManader: bool = Field(description="Om perioden måste vara hela kalendermånader.")
    helaAr: bool = Field(description="Om perioden måste vara hela kalenderår.")


class Mattlista(Modell):
    """Alla mått."""

    matt: list[Mattbeskrivning]


class Regellydelse(Modell):
    """En regel som den löd den dag frågan gäller."""

    namn: str
    etikett: str
    kalla: str = Field(description="Lagrum, eller varifrån regeln kommer när den inte står i lag.")
    gallerFran: str | None = Field(description="Sedan när den lyder så, om det är känt.")


class Mattunderlag(Tillstandsunderlag):
    """Allt som behövs för att ställa samma fråga igen och få samma svar."""

    fran: str = Field(description="Periodens första dag.")
    till: str = Field(description="Periodens sista dag, som ingår.")
    vardygnsregel: str
    franvaro: str
    vagning: str
    periodEfter: str
    varianter: dict[str, str] = Field(description="Måttets egna val, också de som inte nämndes i frågan.")
    organisationDen: str | None = Field(
        description="Dagen vars organisation svaret avser; null när frågan inte talar om någon."
    )
    urval: dict[str, list[str]] = Field(description="Begränsningar per dimension.")
    raknadeFakta: int | None = Field(description="Hur många fakta som räknades, i var och en av svarets beräkningar.")
    regler: list[Regellydelse] = Field(description="Reglerna svaret är räknat med, som de löd den dag frågan gäller.")
    definition: str
    kalla: str


class Mattjamforelse(Modell):
    """Måttet enligt vad som var känt vid en tidigare position."""

    underlag: Stromunderlag
    grupper: list[dict[str, Any]] = Field(
        description="En post per grupp: dimensionernas värden, varde då (null där gruppen inte fanns) och skillnad, nu "
        "minus då. En grupp som är utelämnad nu eller då är utelämnad."
    )
    totalt: str | None
    skillnad: str | None = Field(description="Helheten nu minus då; null där den inte visas.")


class Sekretess(Modell):
    """Svaret är skyddat så att små tal inte röjer någon."""

    helhetenDold: bool = Field(description="Om helheten inte visas.")
    grupperUtelamnade: bool = Field(
        description="Om grupper är utelämnade för att få ligger bakom dem, eller för att sådana annars går att räkna "
        "fram."
    )
    not_: str = Field(alias="not", description="Vad som inte visas, i klartext.")


class Mattsvar(Modell):
    """Svaret på en fråga till ett mått."""

    matt: str
    etikett: str
    enhet: str
    underlag: Mattunderlag
    grupper: list[dict[str, Any]] = Field(
        description="En post per grupp: dimensionernas värden (null där uppgiften saknas) och varde, ett tal som text. "
        "Tom utan gruppera. En grupp vars tal inte visas är utelämnad (sekretess)."
    )
    totalt: str | None = Field(description="Helheten, ett tal som text; null där den inte går att räkna eller visas.")
    sekretess: Sekretess | None = Field(None, description="Finns när små tal är skyddade i svaret.")
    jamforelse: Mattjamforelse | None = Field(description="Null när inget jämförs.")


class Handelsetypbeskrivning(Modell):
    """En händelse som tas emot."""

    typ: str = Field(description="Händelsens lagrade namn.")
    version: int = Field(description="Senaste schemaversionen.")
    versioner: list[int] = Field(description="Schemaversioner som tas emot, äldst först.")
    samlingar: list[str] = Field(description="Samlingarna som den hör till.")
    rubrik: str = Field(description="Vad som hände, i få ord.")
    beskrivning: str = Field(description="Vad den betyder.")


class Handelsetyplista(Modell):
    """Alla händelser som tas emot."""

    handelsetyper: list[Handelsetypbeskrivning]


class Levande(Modell):
    """Processen svarar."""

    status: Literal["lever"]


class Omgranssnittet(Modell):
    """Vad gränssnittet är, med den nationella profilens fältnamn."""

    apiName: str = Field(description="Gränssnittets namn.")
    apiVersion: str = Field(description="Huvudversionen, som också står i adressen.")
    apiReleased: str = Field(description="Dagen då versionen gavs ut.")
    apiDocumentation: str = Field(description="Var beskrivningen finns.")
    apiStatus: Literal["active", "deprecated"] = Field(description="Om versionen används eller är på väg ut.")


class Redo(Modell):
    """Liggaren kan läsas."""

    status: Literal["redo"]
    databas: Literal["ok"]
    registrering: Literal["ok"]
    position: int = Field(description="Liggarens sista position.")


class SkyddadResurs(Modell):
    """Hur man får en token (RFC 9728)."""

    resource: str = Field(description="Tjänsten som en token ska vara avsedd för (aud).")
    authorization_servers: list[str] = Field(description="Vem som ger ut token (iss).")
    bearer_methods_supported: list[str] = Field(description="Hur en token sänds.")
    resource_name: str = Field(description="Tjänstens namn.")


class Atkomstsvar(Modell):
    """En läsning, eller ett försök som nekades."""

    nr: int = Field(description="Anteckningens nummer.")
    tidpunkt: str = Field(description="När den antecknades, i UTC.")
    position: int = Field(description="Liggarens sista position då: med den kan svaret räknas fram på nytt.")
    aktor: Aktorsvar
    syfte: str
    enhet: str | None = Field(description="Enheterna i läsarens token.")
    vad: str = Field(description="Operationens namn.")
    mal: str | None = Field(description="Vad som lästes; null där det är en hel samling.")
    fraga: dict[str, str] = Field(description="Frågans parametrar.")
    beviljad: bool


class Atkomstlista(Modell):
    """Anteckningar ur åtkomstloggen."""

    atkomster: list[Atkomstsvar]
    nasta: int | None = Field(description="offset för nästa sida; null när det inte finns fler.")
