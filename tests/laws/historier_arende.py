"""Histories of cases: an intake, and then one thing after another in the case or in something it holds.

What begins and ends in a case (an intake, an investigation, a decision, a service, an appeal) is one of few, so that
events meet: what comes next goes on with something begun, or begins another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from domain.arende.begrepp import (
    Aktualiseringssatt,
    Ansvarspart,
    Arendeslut,
    Arendetyp,
    Avbojandeorsak,
    Avsandare,
    Avvikelseomrade,
    Beslutsniva,
    Domslut,
    Ensamkommandestatus,
    Foretradare,
    Forhandsutfall,
    Insatsslut,
    Instans,
    Overlamningsorsak,
    Problematik,
    Samverkansslag,
    Upphorandeorsak,
    Utredningslagrum,
    Utredningstyp,
    Utredningsutfall,
)
from domain.arende.handelser import (
    AktualiseringInkommen,
    AnsvarOverlamnat,
    AnsvarOvertaget,
    ArendeAktualiserat,
    ArendeAteroppnat,
    ArendeAvslutat,
    AvvikelseRapporterad,
    BeslutAndrat,
    BeslutFattat,
    BeslutOverklagat,
    BeslutUpphort,
    BeslutVerkstallt,
    EnhetAndrad,
    ErbjudandeAvbojt,
    ForfraganAvbojd,
    ForhandsbedomningAvslutad,
    InsatsAterupptagen,
    InsatsAvslutad,
    InsatsPaborjad,
    InsatsPausad,
    InsatsuppfoljningGjord,
    OverklagandeAvgjort,
    ProblematikAngiven,
    SamverkanGenomford,
    SkyddsbedomningGjord,
    StatusAndrad,
    UtredningAvslutad,
    UtredningForlangd,
    UtredningPaborjad,
    UtredningslagrumAndrat,
    VerkstallighetAvbruten,
)
from domain.begrepp import Avvikelseslag, Insatsform, Kon, Lagrum, Maluppfyllelse, Regi
from domain.gemensamt import MalgruppAndrad
from domain.handelse import Handelse
from tests.laws.grund import KOMMUNER, UTFORARE, Variationer, dag_efter, malgrupper, plus, sallan

SATT = [Aktualiseringssatt.ANMALAN, Aktualiseringssatt.ANMALAN, Aktualiseringssatt.ANSOKAN]
AVSANDARE = [None, Avsandare.POLIS, Avsandare.SKOLA]
ENHETER = ["Mottagningen", "Ungdom"]
UTAN_VARDYGN = [Insatsform.KONTAKTPERSON, Insatsform.OPPENVARD_OVRIG]
MED_ELLER_UTAN = [Insatsform.HVB, Insatsform.KONTAKTPERSON]
PROBLEM = [Problematik.ALKOHOL, Problematik.SPELMISSBRUK]
AMNEN = "iiuuubbbbssssshhha"
"""The kinds of event in a case, each as often as it should be drawn."""

_VERKSTALLIGHET = (BeslutVerkstallt, VerkstallighetAvbruten, InsatsPaborjad)

problem = st.lists(st.sampled_from(PROBLEM), unique=True, max_size=2).map(tuple)

VARIATIONER = Variationer(
    falt={
        ArendeAktualiserat: lambda _: {
            "malgrupp": malgrupper, "enhet": st.sampled_from(ENHETER), "satt": st.sampled_from(SATT),
            "arendetyp": st.sampled_from([Arendetyp.BARN_OCH_UNGA, Arendetyp.ENSAMKOMMANDE]),
        },
        AktualiseringInkommen: lambda _: {"satt": st.sampled_from(SATT), "avsandare": st.sampled_from(AVSANDARE)},
        SkyddsbedomningGjord: lambda _: {"behov_av_skydd": st.booleans()},
        ForhandsbedomningAvslutad: lambda _: {"utfall": st.sampled_from(Forhandsutfall)},
        UtredningPaborjad: lambda _: {
            "lagrum": st.sampled_from([Utredningslagrum.SOL, Utredningslagrum.LVU]),
            "utredningstyp": st.sampled_from([Utredningstyp.BARN_OCH_UNGA, Utredningstyp.SKYDD]),
        },
        UtredningslagrumAndrat: lambda _: {"lagrum": st.sampled_from(Utredningslagrum)},
        UtredningAvslutad: lambda _: {"utfall": st.sampled_from(Utredningsutfall)},
        BeslutFattat: lambda h: {
            "bifall": st.booleans(), "insatsform": st.sampled_from(MED_ELLER_UTAN),
            "lagrum": st.sampled_from(Lagrum), "galler_till": _slutdagar(h.datum),
        },
        BeslutAndrat: lambda h: {"galler_till": _slutdagar(h.datum), "lagrum": st.sampled_from(Lagrum)},
        BeslutUpphort: lambda _: {"orsak": st.sampled_from(Upphorandeorsak)},
        InsatsPaborjad: lambda _: {"insatsform": st.sampled_from(UTAN_VARDYGN), "regi": st.sampled_from(Regi)},
        InsatsAvslutad: lambda _: {"planerat": st.booleans(), "orsak": st.sampled_from(Insatsslut)},
        MalgruppAndrad: lambda _: {"malgrupp": malgrupper},
        EnhetAndrad: lambda _: {"enhet": st.sampled_from(ENHETER)},
        ProblematikAngiven: lambda _: {"koder": problem},
        StatusAndrad: lambda _: {"status": st.sampled_from(Ensamkommandestatus)},
        ArendeAvslutat: lambda _: {"orsak": st.sampled_from(Arendeslut)},
    },
    flytt={
        UtredningForlangd: lambda h, dag: {"till": max(h.till, dag)},
        BeslutFattat: lambda h, dag: {"galler_till": max(h.galler_till, dag) if h.galler_till else None},
        BeslutAndrat: lambda h, dag: {"galler_till": max(h.galler_till, dag) if h.galler_till else None},
    },
)  # fmt: skip
"""How the events of a case may be told otherwise."""


def _slutdagar(dag: date) -> st.SearchStrategy[date | None]:
    return st.none() | st.sampled_from([0, 1, 30]).map(partial(plus, dag))


@st.composite
def borjan_av_arende(draw: st.DrawFn, dag: date, person: UUID) -> ArendeAktualiserat:
    """Draw an intake that becomes a case."""
    return ArendeAktualiserat(
        datum=dag,
        kommun=draw(st.sampled_from(KOMMUNER)),
        arendetyp=draw(st.sampled_from([Arendetyp.BARN_OCH_UNGA, Arendetyp.ENSAMKOMMANDE])),
        enhet=draw(st.sampled_from(ENHETER)),
        malgrupp=draw(malgrupper),
        kon=draw(st.sampled_from(Kon)),
        satt=draw(st.sampled_from(SATT)),
        person_id=draw(st.sampled_from([person, person, None])),
        fodelsear=draw(st.sampled_from([2010, None])),
        avsandare=draw(st.sampled_from(AVSANDARE)),
        aktualisering_id=draw(st.sampled_from([None, UUID(int=301)])),
    )


@st.composite
def nasta_i_arende(draw: st.DrawFn, hittills: Sequence[Handelse], amne: str = AMNEN) -> Handelse:
    """Draw what happens in a case in which so much has happened, of the kinds given."""
    match draw(st.sampled_from(amne)):
        case "i":
            return draw(_intag(hittills))
        case "u":
            return draw(_utredning(hittills))
        case "b":
            return draw(_beslut(hittills))
        case "s":
            return draw(_insats(hittills))
        case "h":
            return draw(_som_galler(hittills))
        case _:
            return draw(_avslut(hittills))


def _borjade(hittills: Sequence[Handelse], *typer: type[Handelse]) -> list[Any]:
    return [h for h in hittills if type(h) in typer]


@st.composite
def _inom(draw: st.DrawFn, hittills: Sequence[Handelse], falt: str, nyckel: UUID) -> date:
    """Draw a day for what goes on in a thing: as a rule after the last that happened in it."""
    egna = [h.datum for h in hittills if getattr(h, falt, None) == nyckel]
    fran = draw(st.sampled_from([max(egna), max(egna), min(egna)]))
    return draw(dag_efter(fran, hittills))


@st.composite
def _intag(draw: st.DrawFn, hittills: Sequence[Handelse]) -> Handelse:
    dag = draw(dag_efter(hittills[0].datum, hittills))
    inkomna = _borjade(hittills, ArendeAktualiserat, AktualiseringInkommen)
    nyckel = draw(st.sampled_from([None, *(h.aktualisering_id for h in inkomna)]))
    match draw(st.sampled_from("nsbb")):
        case "n":
            return AktualiseringInkommen(
                datum=dag,
                aktualisering_id=UUID(int=301 + len(inkomna)),
                satt=draw(st.sampled_from(SATT)),
                avsandare=draw(st.sampled_from(AVSANDARE)),
            )
        case "s":
            return SkyddsbedomningGjord(datum=dag, behov_av_skydd=draw(st.booleans()), aktualisering_id=nyckel)
        case _:
            utfall = draw(st.sampled_from(Forhandsutfall))
            return ForhandsbedomningAvslutad(datum=dag, utfall=utfall, aktualisering_id=nyckel)


@st.composite
def _utredning(draw: st.DrawFn, hittills: Sequence[Handelse]) -> Handelse:
    borjade = _borjade(hittills, UtredningPaborjad)
    if not borjade or draw(sallan):
        return UtredningPaborjad(
            datum=draw(dag_efter(hittills[0].datum, hittills)),
            utredning_id=UUID(int=310 + len(borjade)),
            lagrum=draw(st.sampled_from([Utredningslagrum.SOL, Utredningslagrum.LVU])),
            utredningstyp=draw(st.sampled_from([Utredningstyp.BARN_OCH_UNGA, Utredningstyp.SKYDD])),
        )
    nyckel = draw(st.sampled_from(borjade)).utredning_id
    dag = draw(_inom(hittills, "utredning_id", nyckel))
    match draw(st.sampled_from("flaa")):
        case "f":
            till = plus(dag, draw(st.sampled_from([0, 30, 60])))
            return UtredningForlangd(datum=dag, utredning_id=nyckel, till=till)
        case "l":
            lagrum = draw(st.sampled_from(Utredningslagrum))
            return UtredningslagrumAndrat(datum=dag, utredning_id=nyckel, lagrum=lagrum)
        case _:
            return UtredningAvslutad(datum=dag, utredning_id=nyckel, utfall=draw(st.sampled_from(Utredningsutfall)))


@st.composite
def _beslut(draw: st.DrawFn, hittills: Sequence[Handelse]) -> Handelse:
    borjade = _borjade(hittills, BeslutFattat)
    if not borjade or draw(sallan):
        dag = draw(dag_efter(hittills[0].datum, hittills))
        return BeslutFattat(
            datum=dag,
            beslut_id=UUID(int=320 + len(borjade)),
            insatsform=draw(st.sampled_from(MED_ELLER_UTAN)),
            lagrum=draw(st.sampled_from(Lagrum)),
            bifall=draw(st.sampled_from([True, True, False])),
            beslutsniva=draw(st.sampled_from(Beslutsniva)),
            beslutsfattare="Enhetschef",
            galler_till=draw(_slutdagar(dag)),
        )
    nyckel = draw(st.sampled_from(borjade)).beslut_id
    dag = draw(_inom(hittills, "beslut_id", nyckel))
    givet = [h for h in hittills if type(h) in _VERKSTALLIGHET and getattr(h, "beslut_id", None) == nyckel]
    avbryts = givet and type(givet[-1]) is not VerkstallighetAvbruten
    hander = draw(st.sampled_from("bbbauejöd" if avbryts else "vvvvauejöd"))
    return draw(_om_beslut(hittills, nyckel, dag, hander))


@st.composite
def _om_beslut(draw: st.DrawFn, hittills: Sequence[Handelse], nyckel: UUID, dag: date, hander: str) -> Handelse:
    overklaganden = _borjade(hittills, BeslutOverklagat)
    match hander:
        case "a":
            return BeslutAndrat(
                datum=dag,
                beslut_id=nyckel,
                insatsform=draw(st.sampled_from(MED_ELLER_UTAN)),
                lagrum=draw(st.sampled_from(Lagrum)),
                beslutsniva=Beslutsniva.UTSKOTT,
                beslutsfattare="Utskottet",
                galler_till=draw(_slutdagar(dag)),
            )
        case "v":
            return BeslutVerkstallt(datum=dag, beslut_id=nyckel)
        case "b":
            return VerkstallighetAvbruten(datum=dag, beslut_id=nyckel)
        case "u":
            return BeslutUpphort(datum=dag, beslut_id=nyckel, orsak=draw(st.sampled_from(Upphorandeorsak)))
        case "e":
            return ErbjudandeAvbojt(datum=dag, beslut_id=nyckel, utforare_id=draw(st.sampled_from([None, *UTFORARE])))
        case "j":
            return ForfraganAvbojd(datum=dag, beslut_id=nyckel, orsak=draw(st.sampled_from(Avbojandeorsak)))
        case "ö" if overklaganden:
            overklagat = draw(st.sampled_from(overklaganden))
            return OverklagandeAvgjort(
                datum=draw(dag_efter(overklagat.datum, hittills)),
                overklagande_id=overklagat.overklagande_id,
                utfall=draw(st.sampled_from(Domslut)),
                timmar=draw(st.sampled_from([None, Decimal("7.25")])),
            )
        case _:
            return BeslutOverklagat(
                datum=dag,
                overklagande_id=UUID(int=330 + len(overklaganden)),
                beslut_id=nyckel,
                instans=Instans.FORVALTNINGSRATTEN,
                foretradare=draw(st.sampled_from(Foretradare)),
            )


@st.composite
def _insats(draw: st.DrawFn, hittills: Sequence[Handelse]) -> Handelse:
    borjade = _borjade(hittills, InsatsPaborjad)
    if not borjade or draw(sallan):
        behovsprovad = draw(st.sampled_from([True, True, False]))
        beslut = [None, *(h.beslut_id for h in _borjade(hittills, BeslutFattat) if h.bifall and behovsprovad)]
        return InsatsPaborjad(
            datum=draw(dag_efter(hittills[0].datum, hittills)),
            insats_id=UUID(int=340 + len(borjade)),
            insatsform=draw(st.sampled_from(UTAN_VARDYGN)),
            behovsprovad=behovsprovad,
            regi=draw(st.sampled_from(Regi)),
            beslut_id=draw(st.sampled_from(beslut[-2:])),
            enhet=draw(st.sampled_from([None, "Öppenvården"])),
            inriktning=draw(st.sampled_from([None, "Funktionell familjeterapi"])),
        )
    nyckel = draw(st.sampled_from(borjade)).insats_id
    dag = draw(_inom(hittills, "insats_id", nyckel))
    match draw(st.sampled_from("ppttau")):
        case "p":
            return InsatsPausad(datum=dag, insats_id=nyckel)
        case "t":
            return InsatsAterupptagen(datum=dag, insats_id=nyckel)
        case "a":
            slut = draw(st.sampled_from(Insatsslut))
            return InsatsAvslutad(datum=dag, insats_id=nyckel, planerat=draw(st.booleans()), orsak=slut)
        case _:
            return InsatsuppfoljningGjord(
                datum=dag, insats_id=nyckel, mal_uppnadda=Maluppfyllelse.DELVIS, arbetade_med_problematiken=True
            )


@st.composite
def _som_galler(draw: st.DrawFn, hittills: Sequence[Handelse]) -> Handelse:
    dag = draw(dag_efter(hittills[0].datum, hittills))
    match draw(st.sampled_from("mmeppssöövx")):
        case "m":
            return MalgruppAndrad(datum=dag, malgrupp=draw(malgrupper))
        case "e":
            return EnhetAndrad(datum=dag, enhet=draw(st.sampled_from(ENHETER)))
        case "p":
            return ProblematikAngiven(datum=dag, koder=draw(problem))
        case "s":
            return StatusAndrad(datum=dag, status=draw(st.sampled_from(Ensamkommandestatus)))
        case "ö":
            overlamnat = AnsvarOverlamnat(datum=dag, orsak=draw(st.sampled_from(Overlamningsorsak)))
            overtaget = AnsvarOvertaget(datum=dag, fran=draw(st.sampled_from(Ansvarspart)))
            return draw(st.sampled_from([overlamnat, overtaget]))
        case "v":
            return SamverkanGenomford(datum=dag, slag=draw(st.sampled_from(Samverkansslag)))
        case _:
            return AvvikelseRapporterad(
                datum=dag,
                avvikelse_id=UUID(int=350 + len(hittills)),
                slag=draw(st.sampled_from(Avvikelseslag)),
                omrade=draw(st.sampled_from(Avvikelseomrade)),
            )


@st.composite
def _avslut(draw: st.DrawFn, hittills: Sequence[Handelse]) -> Handelse:
    vandningar = _borjade(hittills, ArendeAvslutat, ArendeAteroppnat)
    if vandningar and type(vandningar[-1]) is ArendeAvslutat:
        return ArendeAteroppnat(datum=draw(dag_efter(vandningar[-1].datum, hittills)))
    sist = max(h.datum for h in hittills)
    return ArendeAvslutat(datum=draw(dag_efter(sist, hittills)), orsak=draw(st.sampled_from(Arendeslut)))
