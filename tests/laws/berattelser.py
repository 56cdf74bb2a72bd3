"""One history told by hand for each kind of stream: late, corrected and with everything that its facts depend on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.arende.begrepp import (
    Aktualiseringssatt,
    Arendeslut,
    Arendetyp,
    Avsandare,
    Beslutsniva,
    Ensamkommandestatus,
    Forhandsutfall,
    Insatsslut,
    Overlamningsorsak,
    Problematik,
    Utredningslagrum,
    Utredningstyp,
    Utredningsutfall,
)
from domain.arende.handelser import (
    AktualiseringInkommen,
    AnsvarOverlamnat,
    ArendeAktualiserat,
    ArendeAteroppnat,
    ArendeAvslutat,
    BeslutFattat,
    ForhandsbedomningAvslutad,
    InsatsAterupptagen,
    InsatsAvslutad,
    InsatsPaborjad,
    InsatsPausad,
    ProblematikAngiven,
    SkyddsbedomningGjord,
    StatusAndrad,
    UtredningAvslutad,
    UtredningPaborjad,
    UtredningslagrumAndrat,
    VerkstallighetAvbruten,
)
from domain.atgard.begrepp import Effektklass, Effektmetod
from domain.atgard.handelser import (
    AlternativkostnadBeraknad,
    ArendeBedomt,
    AtgardAvbruten,
    AtgardBeslutad,
    AtgardIdentifierad,
    AtgardPaborjad,
    DeluppdragAvslutat,
    DeluppdragLagtTill,
    EffektBeraknad,
    EffektUppnadd,
    FardiggradSatt,
    SlutdatumHypotetiskt,
)
from domain.begrepp import Insatsform, Kon, Lagrum, Malgrupp, Regi, Samling, Utforarslag
from domain.budgetperiod.begrepp import Ataganderesultat, Ersattningsslag, Malbedomning, Riktning, Trend, Uppgiftsmetod
from domain.budgetperiod.begrepp import Post as Radpost
from domain.budgetperiod.ersattning import ErsattningAvslagen, ErsattningBeviljad, ErsattningSokt
from domain.budgetperiod.handelser import InvanareFaststallda, Invanargrupp
from domain.budgetperiod.mal import AtagandeAvslutat, AtagandeStartat, MalBedomt, MalFaststallt
from domain.budgetperiod.rapport import RiktlinjeBeslutad
from domain.budgetperiod.uppgift import UppgiftLamnad
from domain.gemensamt import MalgruppAndrad
from domain.handelse import Handelse
from domain.utforare.begrepp import Koslut, Utforarslut
from domain.utforare.handelser import (
    AbonnemangTecknat,
    AvtalsvolymAvtalad,
    BelaggningRedovisad,
    KoStalld,
    KoUpphord,
    OrganisationAndrad,
    PlatserAndrade,
    RamavtalTecknat,
    RamavtalUpphort,
    ServiceinsatsRedovisad,
    UppfoljningGjord,
    UtforareAndrad,
    UtforareAvslutad,
    UtforareRegistrerad,
)
from tests.laws.exempel import NAMND, Berattelse, budget, budgetar, dag, rad

ARENDET = Samling.ARENDEN, UUID(int=300)
ATGARDEN = Samling.ATGARDER, UUID(int=400)
ENHETEN = Samling.UTFORARE, UUID(int=200)
FALLET = UUID(int=410)


def ett_arende() -> Berattelse:
    """A child's case: two reports, an investigation, two decisions, a service with a pause told late, and a closing."""
    b = Berattelse()
    utredning, beslut, insats = UUID(int=310), UUID(int=320), UUID(int=340)

    def sker(typ: type[Handelse], datum: str, nar: str = "", rattar: UUID | None = None, **falt: Any) -> UUID:
        return b.hander(ARENDET, typ(datum=dag(datum), **falt), nar, rattar)

    sker(
        ArendeAktualiserat, "01-10", kommun="0180", arendetyp=Arendetyp.ENSAMKOMMANDE, enhet="Mottagningen",
        malgrupp=Malgrupp.BARN, kon=Kon.KVINNA, satt=Aktualiseringssatt.ANMALAN, avsandare=Avsandare.SKOLA,
        person_id=UUID(int=100), fodelsear=2012,
    )  # fmt: skip
    sker(StatusAndrad, "01-10", status=Ensamkommandestatus.ASYLSOKANDE)
    sker(AktualiseringInkommen, "01-15", aktualisering_id=UUID(int=302), satt=Aktualiseringssatt.ANMALAN)
    sker(SkyddsbedomningGjord, "01-16", behov_av_skydd=False)
    sker(ForhandsbedomningAvslutad, "01-18", utfall=Forhandsutfall.INLEDS, aktualisering_id=UUID(int=302))
    sker(ForhandsbedomningAvslutad, "01-20", utfall=Forhandsutfall.INLEDS)
    grund: dict[str, Any] = {"lagrum": Utredningslagrum.SOL, "utredningstyp": Utredningstyp.BARN_OCH_UNGA}
    sker(UtredningPaborjad, "01-20", utredning_id=utredning, **grund)
    sker(ProblematikAngiven, "02-01", koder=(Problematik.ALKOHOL,))
    sker(UtredningslagrumAndrat, "02-10", utredning_id=utredning, lagrum=Utredningslagrum.LVU)
    sker(ProblematikAngiven, "03-01", koder=(Problematik.ALKOHOL, Problematik.SPELMISSBRUK))
    vad: dict[str, Any] = {"lagrum": Lagrum.SOL, "beslutsniva": Beslutsniva.DELEGATION, "beslutsfattare": "Chef"}
    form: dict[str, Any] = {"insatsform": Insatsform.KONTAKTPERSON, **vad}
    sker(BeslutFattat, "03-10", beslut_id=beslut, bifall=True, **form)
    sker(BeslutFattat, "03-11", beslut_id=UUID(int=321), bifall=True, galler_till=dag("05-31"), **form)
    sker(UtredningAvslutad, "03-12", utredning_id=utredning, utfall=Utredningsutfall.INSATS)
    gavs: dict[str, Any] = {
        "insatsform": Insatsform.KONTAKTPERSON,
        "behovsprovad": True,
        "regi": Regi.EGEN,
        "beslut_id": beslut,
    }
    sker(InsatsPaborjad, "03-20", insats_id=insats, **gavs)
    sker(MalgruppAndrad, "04-05", malgrupp=Malgrupp.UNGA)
    sker(InsatsPausad, "04-10", "05-20", insats_id=insats)
    sker(InsatsAterupptagen, "04-20", "05-21", insats_id=insats)
    sker(AnsvarOverlamnat, "06-01", orsak=Overlamningsorsak.ANNAT)
    fel = sker(InsatsAvslutad, "06-10", insats_id=insats, planerat=True, orsak=Insatsslut.ENLIGT_PLAN)
    sker(ArendeAvslutat, "06-15", orsak=Arendeslut.INSATSEN_AVSLUTAD)
    sker(InsatsAvslutad, "06-05", "06-20", fel, insats_id=insats, planerat=False, orsak=Insatsslut.SAMMANBROTT)
    sker(ArendeAteroppnat, "07-01")
    sker(VerkstallighetAvbruten, "05-01", "07-05", beslut_id=beslut)
    return b


def en_atgard() -> Berattelse:
    """An åtgärd: decided with a plan, judged on a hypothesis told late, with effects over several months, given up."""
    b = Berattelse()

    def sker(typ: type[Handelse], datum: str, nar: str = "", rattar: UUID | None = None, **falt: Any) -> UUID:
        return b.hander(ATGARDEN, typ(datum=dag(datum), **falt), nar, rattar)

    om: dict[str, Any] = {
        "kommun": "0180",
        "namnd": NAMND,
        "namn": "Kortare vård",
        "beskrivning": "Text",
        "ansvarig": "Chef",
    }
    sker(AtgardIdentifierad, "01-05", **om)
    sker(AtgardBeslutad, "01-20", planerat_slut=dag("03-31"))
    sker(EffektBeraknad, "01-20", ar=2024, prognos_under_aret=Decimal("1000.00"), beraknad_total=Decimal("3000.00"))
    sker(AtgardPaborjad, "02-01")
    sker(DeluppdragLagtTill, "02-01", deluppdrag_id=UUID(int=420), namn="Rekrytera")
    sker(SlutdatumHypotetiskt, "02-10", placering_id=FALLET, hypotetiskt_slut=dag("06-30"), underlag="Plan")
    sker(
        ArendeBedomt, "04-10", placering_id=FALLET, effektklass=Effektklass.STOR, faktiskt_slut=dag("04-01"),
        dygnskostnad=Decimal("4100.00"), insatskostnad=Decimal("1000.00"),
    )  # fmt: skip
    sker(SlutdatumHypotetiskt, "05-10", placering_id=FALLET, hypotetiskt_slut=dag("12-31"), underlag="Plan")
    sker(FardiggradSatt, "04-15", procent=50)
    sker(FardiggradSatt, "04-15", procent=60)
    varde: dict[str, Any] = {"fran": dag("02-15"), "till": dag("04-11"), "underlag": "Uppföljning"}
    fel = sker(EffektUppnadd, "04-11", belopp=Decimal("999.99"), metod=Effektmetod.BERAKNAD, **varde)
    annars: dict[str, Any] = {
        "externt_dygnspris": Decimal("10.01"),
        "egen_kostnad": Decimal("5.00"),
        "enhet": "Pionjären",
    }
    sker(AlternativkostnadBeraknad, "04-11", fran=dag("02-20"), till=dag("04-11"), belagda_dygn=70, **annars)
    sker(EffektBeraknad, "03-01", "05-15", ar=2024, prognos_under_aret=Decimal("2000.00"))
    sker(SlutdatumHypotetiskt, "03-10", "05-20", placering_id=FALLET, hypotetiskt_slut=dag("07-31"), underlag="Plan")
    sker(EffektUppnadd, "04-11", "06-20", fel, belopp=Decimal("500.01"), metod=Effektmetod.BERAKNAD, **varde)
    sker(DeluppdragAvslutat, "05-31", "06-21", deluppdrag_id=UUID(int=420))
    sker(AtgardAvbruten, "07-01", orsak="Gav inget")
    return b


def en_enhet() -> Berattelse:
    """A unit: places of the whole and of groups, changes of what it is, agreements, a queue left late, a closing."""
    b = Berattelse()

    def sker(typ: type[Handelse], datum: str, nar: str = "", rattar: UUID | None = None, **falt: Any) -> UUID:
        return b.hander(ENHETEN, typ(datum=dag(datum), **falt), nar, rattar)

    sker(UtforareRegistrerad, "01-01", kommun="0180", namn="Eken", regi=Regi.EGEN, slag=Utforarslag.HVB)
    sker(OrganisationAndrad, "01-01", overordnad="Resurs")
    fel = sker(PlatserAndrade, "02-01", platser=16)
    sker(PlatserAndrade, "03-01", platser=7, malgrupp=Malgrupp.BARN)
    sker(PlatserAndrade, "03-01", platser=5, malgrupp=Malgrupp.UNGA)
    sker(UtforareAndrad, "03-10", namn="Linden", alder_fran=13)
    sker(UtforareAndrad, "04-10", alder_till=20)
    sker(AvtalsvolymAvtalad, "01-01", dygn=900, till=dag("06-30"))
    sker(RamavtalTecknat, "02-01", omrade=Insatsform.HVB)
    sker(AbonnemangTecknat, "02-01", platser=2, arskostnad=Decimal("1000.00"), till=dag("06-01"))
    sker(KoStalld, "02-01", ko_id=UUID(int=500), familj=True)
    sker(KoStalld, "02-15", ko_id=UUID(int=501), familj=False, malgrupp=Malgrupp.BARN)
    sker(UppfoljningGjord, "04-01", omraden={"Lokaler": 3, "Dokumentation": 4})
    sker(BelaggningRedovisad, "03-31", manad="2024-03", dygn=300)
    sker(ServiceinsatsRedovisad, "03-01", "04-02", till=dag("04-01"), dygn=40, antal_personer=7)
    sker(KoUpphord, "03-01", "05-20", ko_id=UUID(int=500), orsak=Koslut.FICK_PLATS)
    sker(RamavtalUpphort, "05-31", omrade=Insatsform.HVB)
    sker(PlatserAndrade, "02-10", "06-20", fel, platser=12)
    sker(UtforareAvslutad, "07-01", orsak=Utforarslut.NEDLAGD)
    return b


def ett_budgetar() -> Berattelse:
    """What stands beside a year's money: a grant, a goal, a commitment, figures and guidelines, some decided late."""
    b = Berattelse()

    def sker(typ: type[Handelse], datum: str, nar: str = "", rattar: UUID | None = None, **falt: Any) -> UUID:
        return b.hander(budgetar(), typ(datum=dag(datum), **falt), nar, rattar)

    b.hander(budgetar(), budget("01-01", rad("100.00", post=Radpost.INVESTERING, projekt="P 1"), rad("99.99")))
    ersattning, mal, atagande = UUID(int=600), UUID(int=620), UUID(int=640)
    sker(
        ErsattningSokt, "02-01", ersattning_id=ersattning, slag=Ersattningsslag.MIGRATIONSVERKET,
        belopp=Decimal("1000.00"), avser_ar=2023, avser_manad="2023-11", motpart="Migrationsverket",
    )  # fmt: skip
    sker(MalFaststallt, "01-02", mal_id=mal, namn="Trygga barn", malvarde=Decimal("12.345"), riktning=Riktning.OKA)
    halva: dict[str, Any] = {
        "mal_id": mal,
        "bedomning": Malbedomning.DELVIS,
        "varde": Decimal("7.5"),
        "trend": Trend.NEDAT,
    }
    sker(MalBedomt, "04-30", galler=dag("04-30"), **halva)
    sker(AtagandeStartat, "01-15", atagande_id=atagande, namn="Utbilda", planerat_slut=dag("03-31"))
    sker(RiktlinjeBeslutad, "01-10", namn="Riktlinje 2023", galler_fran=dag("01-10"))
    om: dict[str, Any] = {
        "fran": dag("03-01"),
        "sista_dag": dag("03-31"),
        "metod": Uppgiftsmetod.MANUELL,
        "mattenhet": "antal",
    }
    fel = sker(UppgiftLamnad, "03-31", "04-02", namn="Hushåll", varde=Decimal("12.5"), **om)
    sker(UppgiftLamnad, "03-31", "04-02", namn="Vårddygn", ej_redovisbar=True, orsak="Nytt system", **om)
    sker(
        InvanareFaststallda,
        "01-01",
        "04-03",
        antal=9,
        grupper=(Invanargrupp(alder_till=20, antal=3),),
        kallregister="R",
    )
    sker(RiktlinjeBeslutad, "04-10", namn="Riktlinje 2024", galler_fran=dag("05-01"), ersatter="Riktlinje 2023")
    sker(ErsattningBeviljad, "03-10", "05-20", ersattning_id=ersattning, belopp=Decimal("700.00"))
    sker(ErsattningAvslagen, "03-10", "05-20", ersattning_id=ersattning, belopp=Decimal("300.00"), orsak="För sent")
    sker(AtagandeAvslutat, "04-20", "05-21", atagande_id=atagande, resultat=Ataganderesultat.KLART)
    sker(UppgiftLamnad, "03-31", "06-20", fel, namn="Hushåll", varde=Decimal("13.5"), **om)
    return b
