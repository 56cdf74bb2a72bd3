"""The shapes of the answers about tables, opened figures and explanations."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from interfaces.http.modeller import Modell, Regellydelse, Stromunderlag, Tillstandsunderlag


class Tabellbeskrivning(Modell):
    """En rapporttabell."""

    namn: str = Field(description="Ordet som tabellen frågas med.")
    rubrik: str
    kalla: str = Field(description="Vilka tryckta tabeller den följer.")
    etiketter: list[str] = Field(description="Kolumnerna som namnger en rad.")


class Tabellista(Modell):
    """Alla tabeller."""

    tabeller: list[Tabellbeskrivning]


class Kolumnbeskrivning(Modell):
    """En kolumn."""

    namn: str
    rubrik: str
    decimaler: int | None = Field(description="Antal decimaler; null för text.")


class Regelunderlag(Tillstandsunderlag):
    """Vad svaret bygger på, med reglerna det är räknat med."""

    vardygnsregel: str
    franvaro: str
    organisationDen: str | None = Field(description="Dagen vars organisation svaret avser.")
    raknadeFakta: int | None
    regler: list[Regellydelse]


class DoldCell(Modell):
    """En cell vars tal inte visas."""

    rad: int = Field(description="Radens nummer, från 1.")
    kolumn: str


class Tabellsekretess(Modell):
    """Tabellen är skyddad så att små tal inte röjer någon."""

    dolda: list[DoldCell] = Field(description="Cellerna som har ett tal som inte visas.")
    raderUtelamnade: bool = Field(
        description="Om rader är utelämnade: de som står för ett värde i uppgifterna och bara har tal som inte visas."
    )
    not_: str = Field(alias="not", description="Vad som inte visas, i klartext.")


class Tabelljamforelse(Modell):
    """Tabellens rader enligt vad som var känt vid en tidigare position."""

    underlag: Stromunderlag
    rader: list[dict[str, str | None]]
    sekretess: Tabellsekretess | None = Field(None, description="Finns när små tal är skyddade i svaret.")


class Tabellsvarsmodell(Modell):
    """En tabell, cell för cell."""

    tabell: str
    rubrik: str
    kommun: str
    ar: int
    underlag: Regelunderlag
    kolumner: list[Kolumnbeskrivning]
    rader: list[dict[str, str | None]] = Field(
        description="Raderna: kolumnens namn och cellen som text, null där det inte finns något att säga."
    )
    noter: list[str] = Field(description="Vad en läsare behöver veta.")
    sekretess: Tabellsekretess | None = Field(None, description="Finns när små tal är skyddade i svaret.")
    jamforelse: Tabelljamforelse | None = Field(description="Null när inget jämförs.")


class Handelserad(Modell):
    """En händelse bakom ett faktum."""

    position: int
    typ: str
    datum: str
    registrerad: str
    handelseId: str
    aktor: str
    roll: str
    rattar: str | None


class Faktarad(Modell):
    """Ett faktum bakom en siffra."""

    nummer: int = Field(alias="del", description="Delen det räknas i, från 1.")
    slag: str
    strom: str = Field(description="Strömmen det kommer ur.")
    radnr: int
    person: str | None = Field(description="Pseudonym.")
    fran: str
    till: str | None
    eget: str = Field(description="Vad det bidrar med till sin del.")
    bidrag: str = Field(description="Vad det bidrar med till siffran.")
    handelser: list[Handelserad]


class Siffersdel(Modell):
    """En räknad del av en siffra."""

    aggregat: str
    slag: list[str]
    fran: str
    till: str
    faktor: str | None = Field(description="Vad delen gångras med; null när siffran delas med den.")
    varde: str


class Oppningssvar(Modell):
    """En öppnad siffra."""

    cell: dict[str, str | None]
    varde: str | None
    konstant: str = Field(description="Det i siffran som inte följer av något faktum.")
    underlag: Regelunderlag
    delar: list[Siffersdel]
    fakta: list[Faktarad]
    visade: int
    antal: int = Field(description="Alla fakta bakom siffran.")


class Cellforklaringssvar(Modell):
    """Varför en cell har ändrats."""

    cell: dict[str, str | None]
    fran: str | None
    mot: str | None
    skillnad: str
    delar: dict[str, str] = Field(description="Skillnaden per orsak; summerar till skillnaden.")
    spar: list[dict[str, Any]] = Field(description="Händelserna och vad de ändrade.")
    antal: int


class Forklaringssvar(Modell):
    """Varför ett mått har ändrats."""

    matt: str
    enhet: str
    fran: Regelunderlag
    mot: Regelunderlag
    text: list[str] = Field(description="Förklaringen i ord.")
    celler: list[Cellforklaringssvar]
    totalt: Cellforklaringssvar


class Prognosrad(Modell):
    """En rad i en prognos; fördelningar har median, väntat värde och intervall (i80, i95)."""

    rad: str
    slag: str
    dygn: dict[str, Any] | None
    personerPerDygn: float | None
    pris: float | None
    prissort: str | None
    registreradeDygn: float | None
    tillkommandeDygn: float | None
    registreradKostnad: float | None = Field(description="Det som är registrerat, i kronor.")
    tillkommandeKostnad: float | None = Field(description="Det som väntas bli registrerat i efterhand, i kronor.")
    kostnad: dict[str, Any] | None = Field(description="Årets kostnad, i kronor.")
    budget: float
    avvikelse: dict[str, Any] | None = Field(description="Budget minus kostnad, i kronor; minus är över budget.")
    hopp: dict[str, float] | None
    motPlan: dict[str, float] | None
    metod: str | None
    dolda: list[str] | None = Field(
        None, description="Vilka av radens tal som inte visas (de är null): hittills, prognos eller båda."
    )


class Prognossekretess(Modell):
    """Prognosen är skyddad så att små tal inte röjer någon."""

    not_: str = Field(alias="not", description="Vad som inte visas, i klartext.")


class Prognossvarsmodell(Modell):
    """En prognos."""

    kommun: str
    ar: int
    underlag: Regelunderlag
    metod: dict[str, Any] = Field(description="Hur den är gjord, och hur bra metoden har träffat.")
    rader: list[Prognosrad]
    drivkrafter: list[str] = Field(description="Vad som driver avvikelsen, i ord.")
    noter: list[str] = Field(description="Vad en läsare behöver veta.")
    sekretess: Prognossekretess | None = Field(None, description="Finns när små tal är skyddade i svaret.")
