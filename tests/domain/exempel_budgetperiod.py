"""One small factory per event of a budget year that is not in ``exempel``, and what each presupposes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from domain.budgetperiod.ersattning import ErsattningAterbetald, ErsattningAvslagen, ErsattningBeviljad, ErsattningSokt
from domain.budgetperiod.handelser import PeriodiseringsprincipAndrad
from domain.budgetperiod.mal import AtagandeAvslutat, AtagandeStartat, MalBedomt, MalFaststallt
from domain.budgetperiod.rapport import (
    AvvikelseRedovisad,
    DefinitionAndrad,
    InternkontrollGenomford,
    RapportFaststalld,
    RiktlinjeBeslutad,
    TryckfelUpptackt,
)
from domain.budgetperiod.uppgift import RegisterInlast, UppgiftLamnad
from domain.handelse import Handelse
from tests.domain.gor import gor

H = TypeVar("H", bound=Handelse)

ERSATTNING = "55555555-5555-4555-8555-555555555501"
MAL = "55555555-5555-4555-8555-555555555502"
ATAGANDE_ID = "55555555-5555-4555-8555-555555555503"
AVVIKELSE = "55555555-5555-4555-8555-555555555504"
ANNAT_ID = "55555555-5555-4555-8555-555555555599"
BESLUT = {"organ": "Kommunfullmäktige", "datum": "2018-12-12", "paragraf": "§ 120"}
HELA_RADEN = {
    "verksamhet": "Placeringar unga",
    "kontogrupp": "kopAvVerksamhet",
    "malgrupp": "unga",
    "insatsform": "hvb",
    "regi": "extern",
    "konto": "4610",
    "belopp": "100.50",
    "post": "engangspost",
    "projekt": "P 17",
    "enhet": "Myndighet unga",
    "placeringId": "33333333-3333-4333-8333-333333333333",
}
"""A line in which every field has a value."""


def en_princip(datum: str = "2019-01-01", **andra: Any) -> PeriodiseringsprincipAndrad:
    return gor(
        PeriodiseringsprincipAndrad, andra, datum=datum, princip="vardmanad", galler="kostnader",
        motivering="Kostnaden ska bokföras den månad vården ges",
    )  # fmt: skip


def en_ansokan(datum: str = "2019-03-15", **andra: Any) -> ErsattningSokt:
    return gor(
        ErsattningSokt, andra, datum=datum, ersattning_id=ERSATTNING, slag="migrationsverket", belopp="900000.00",
        avser_ar=2018, motpart="Migrationsverket",
    )  # fmt: skip


def ett_bifall(datum: str = "2019-06-10", belopp: str = "200000.00", **andra: Any) -> ErsattningBeviljad:
    return gor(ErsattningBeviljad, andra, datum=datum, ersattning_id=ERSATTNING, belopp=belopp)


def ett_avslag(datum: str = "2019-06-11", belopp: str = "700000.00", **andra: Any) -> ErsattningAvslagen:
    return gor(ErsattningAvslagen, andra, datum=datum, ersattning_id=ERSATTNING, belopp=belopp, orsak="För sent sökt")


def en_aterbetalning(datum: str = "2019-11-01", belopp: str = "50000.00", **andra: Any) -> ErsattningAterbetald:
    return gor(ErsattningAterbetald, andra, datum=datum, ersattning_id=ERSATTNING, belopp=belopp)


def ett_mal(datum: str = "2018-12-12", **andra: Any) -> MalFaststallt:
    return gor(MalFaststallt, andra, datum=datum, mal_id=MAL, namn="Långsiktig och hållbar ekonomi", riktning="niva")


def en_bedomning(datum: str = "2019-08-31", **andra: Any) -> MalBedomt:
    return gor(MalBedomt, andra, datum=datum, mal_id=MAL, galler=datum, bedomning="delvis")


def ett_atagande(datum: str = "2019-02-01", **andra: Any) -> AtagandeStartat:
    return gor(AtagandeStartat, andra, datum=datum, atagande_id=ATAGANDE_ID, namn="Fler egna familjehem")


def ett_avslutat_atagande(datum: str = "2019-10-15", **andra: Any) -> AtagandeAvslutat:
    return gor(AtagandeAvslutat, andra, datum=datum, atagande_id=ATAGANDE_ID, resultat="klart")


def en_uppgift(datum: str = "2019-12-31", **andra: Any) -> UppgiftLamnad:
    return gor(
        UppgiftLamnad, andra, datum=datum, namn="Vårddygn på institution, barn och unga", fran="2019-01-01",
        sista_dag=datum, metod="uppskattad", mattenhet="vårddygn", varde="6000",
    )  # fmt: skip


def en_registerrad(**andra: Any) -> dict[str, Any]:
    return {"omrade": "Västerås", "matt": "Total kostnad vård kr/inv", "ar": 2018, "varde": "4643", **andra}


def ett_register(datum: str = "2019-09-01", **andra: Any) -> RegisterInlast:
    return gor(RegisterInlast, andra, datum=datum, slag="kolada", kallversion="juni 2019", rader=[en_registerrad()])


def en_rapport(datum: str = "2019-09-19", **andra: Any) -> RapportFaststalld:
    return gor(
        RapportFaststalld, andra, datum=datum, slag="delar2", galler="2019-08-31",
        beslut={"organ": "Socialnämnden", "datum": datum, "paragraf": "§ 72"},
    )  # fmt: skip


def ett_tryckfel(datum: str = "2019-10-01", **andra: Any) -> TryckfelUpptackt:
    return gor(
        TryckfelUpptackt, andra, datum=datum, rapport="Delårsrapport 2 2019", plats="5.3.4 Totalt, kostnad per dygn",
        tryckt="2 465", ratt="2 468", klass="definition",
    )  # fmt: skip


def en_definition(datum: str = "2019-01-01", **andra: Any) -> DefinitionAndrad:
    return gor(DefinitionAndrad, andra, datum=datum, matt="Personer per dygn", beskrivning="Jourhem räknas med")


def en_avvikelse(datum: str = "2019-05-05", **andra: Any) -> AvvikelseRedovisad:
    return gor(AvvikelseRedovisad, andra, datum=datum, avvikelse_id=AVVIKELSE, slag="lexSarah")


def en_internkontroll(datum: str = "2019-10-20", **andra: Any) -> InternkontrollGenomford:
    return gor(
        InternkontrollGenomford, andra, datum=datum, omrade="Delegationsordning", perspektiv="Processkvalitet",
        slutsats="mindreBrist",
    )  # fmt: skip


def en_riktlinje(datum: str = "2019-05-22", **andra: Any) -> RiktlinjeBeslutad:
    return gor(RiktlinjeBeslutad, andra, datum=datum, namn="Riktlinje för placeringar 2019", galler_fran="2019-07-01")


VANLIGA: Mapping[type[Handelse], Callable[..., Handelse]] = {
    PeriodiseringsprincipAndrad: en_princip,
    ErsattningSokt: en_ansokan,
    ErsattningBeviljad: ett_bifall,
    ErsattningAvslagen: ett_avslag,
    ErsattningAterbetald: en_aterbetalning,
    MalFaststallt: ett_mal,
    MalBedomt: en_bedomning,
    AtagandeStartat: ett_atagande,
    AtagandeAvslutat: ett_avslutat_atagande,
    UppgiftLamnad: en_uppgift,
    RegisterInlast: ett_register,
    RapportFaststalld: en_rapport,
    TryckfelUpptackt: ett_tryckfel,
    DefinitionAndrad: en_definition,
    AvvikelseRedovisad: en_avvikelse,
    InternkontrollGenomford: en_internkontroll,
    RiktlinjeBeslutad: en_riktlinje,
}
"""The ordinary example of every event type here."""

FULLA: Mapping[type[Handelse], Callable[[], Handelse]] = {
    **VANLIGA,
    ErsattningSokt: lambda: en_ansokan(avser_manad="2018-11", verksamhet="Boende för ensamkommande"),
    ErsattningBeviljad: lambda: ett_bifall(utover_ansokan=True, beteckning="MV 17"),
    ErsattningAvslagen: lambda: ett_avslag(beteckning="MV 18"),
    ErsattningAterbetald: lambda: en_aterbetalning(orsak="Personen hade fyllt 21", beteckning="MV 19"),
    MalFaststallt: lambda: ett_mal(indikator="Ekonomisk ramavvikelse, mnkr", malvarde="0"),
    MalBedomt: lambda: en_bedomning(varde="-39.8", trend="nedat"),
    AtagandeStartat: lambda: ett_atagande(mal_id=MAL, planerat_slut="2019-08-31"),
    UppgiftLamnad: lambda: en_uppgift(
        orsak="Rapportmallarna ger fel tal", avrundning=100, malgrupp="unga", kon="kvinna", insatsform="hvb",
        regi="extern", enhet="Vårnäs", dimensioner=[{"namn": "öppet intag", "varde": "nej"}],
    ),
    RegisterInlast: lambda: ett_register(
        publicerat="2019-06-15", rader=[en_registerrad(grupp="13-17 år", kon="kvinna"), en_registerrad(varde=None)]
    ),
    DefinitionAndrad: lambda: en_definition(tidigare="Jourhem räknas inte"),
    AvvikelseRedovisad: lambda: en_avvikelse(kategori="Sekretess", enhet="Myndighet unga"),
    InternkontrollGenomford: lambda: en_internkontroll(risk="Beslut utan delegation", iakttagelse="Två av trettio"),
    RiktlinjeBeslutad: lambda: en_riktlinje(ersatter="Riktlinje för placeringar 2016"),
}  # fmt: skip
"""An example of every event type here in which every optional field has a value."""

FORUTSATTER: Mapping[type[Handelse], Sequence[Callable[[], Handelse]]] = {
    ErsattningBeviljad: [en_ansokan],
    ErsattningAvslagen: [en_ansokan],
    ErsattningAterbetald: [en_ansokan, ett_bifall],
    MalBedomt: [ett_mal],
    AtagandeAvslutat: [ett_atagande],
}
"""What must have happened before an example, besides the beginning of the stream."""
