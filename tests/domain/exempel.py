"""One small factory per event: an ordinary example, in which a test changes only what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from domain.budgetperiod.handelser import (
    BokslutFaststallt,
    BudgetFaststalld,
    BudgetJusterad,
    InvanareFaststallda,
    ManadStangd,
    PrognosFaststalld,
    UtfallBokfort,
)
from domain.gemensamt import MalgruppAndrad
from domain.handelse import Handelse, HandelseMakulerad
from domain.placering.handelser import (
    FranvaroRegistrerad,
    InsatsUtvarderad,
    LagrumAndrat,
    OmprovningGjord,
    OvervagandeGjort,
    PlaceringAvslutad,
    PlaceringPaborjad,
    PlaneratSlutAndrat,
    PrisAndrat,
)
from domain.utforare.handelser import (
    AbonnemangTecknat,
    PlatserAndrade,
    RamavtalTecknat,
    RamavtalUpphort,
    TillstandKontrollerat,
    UppfoljningGjord,
    UtforareRegistrerad,
)
from tests.domain import exempel_atgard, exempel_budgetperiod, exempel_placering, exempel_utforare
from tests.domain.exempel_arende import FORUTSATTER_I_ARENDEN, FULLA_I_ARENDEN, VANLIGA_I_ARENDEN
from tests.domain.exempel_budgetperiod import BESLUT, HELA_RADEN
from tests.domain.gor import gor

KOMMUN = "1880"
ARENDE = "11111111-1111-4111-8111-111111111111"
PERSON = "22222222-2222-4222-8222-222222222222"
ANNAN_PLACERING = "33333333-3333-4333-8333-333333333333"
UTFORARE_ID = "44444444-4444-4444-8444-444444444444"


def ett_pris(belopp: str = "1953.00", sort: str = "dygn") -> dict[str, str]:
    return {"sort": sort, "belopp": belopp}


def en_makulering(datum: str = "2019-09-01", **andra: Any) -> HandelseMakulerad:
    return gor(HandelseMakulerad, andra, datum=datum, orsak="Registrerad på fel person")


# Placements


def en_placering(datum: str = "2019-01-10", **andra: Any) -> PlaceringPaborjad:
    return gor(
        PlaceringPaborjad, andra, datum=datum, kommun=KOMMUN, arende_id=ARENDE, person_id=PERSON, malgrupp="unga",
        kon="kvinna", fodelsear=2004, insatsform="hvb", regi="extern", lagrum="SoL", avtalsform="ramavtal",
        utforare_id=UTFORARE_ID, pris=ett_pris(),
    )  # fmt: skip


def ett_nytt_pris(datum: str = "2019-03-01", belopp: str = "2100.00", **andra: Any) -> PrisAndrat:
    return gor(PrisAndrat, andra, datum=datum, pris=ett_pris(belopp))


def ett_nytt_planerat_slut(datum: str = "2019-03-02", **andra: Any) -> PlaneratSlutAndrat:
    return gor(PlaneratSlutAndrat, andra, datum=datum, planerat_slut="2019-08-31")


def ett_nytt_lagrum(datum: str = "2019-03-03", **andra: Any) -> LagrumAndrat:
    return gor(LagrumAndrat, andra, datum=datum, lagrum="LVU")


def en_ny_malgrupp(datum: str = "2019-03-04", **andra: Any) -> MalgruppAndrad:
    return gor(MalgruppAndrad, andra, datum=datum, malgrupp="vuxna")


def en_franvaro(fran: str = "2019-04-01", till: str = "2019-04-08", **andra: Any) -> FranvaroRegistrerad:
    return gor(FranvaroRegistrerad, andra, datum=fran, till=till, betald=True)


def ett_overvagande(datum: str = "2019-05-06", **andra: Any) -> OvervagandeGjort:
    return gor(OvervagandeGjort, andra, datum=datum)


def en_omprovning(datum: str = "2019-05-07", **andra: Any) -> OmprovningGjord:
    return gor(OmprovningGjord, andra, datum=datum)


def ett_avslut(datum: str = "2019-06-30", **andra: Any) -> PlaceringAvslutad:
    return gor(PlaceringAvslutad, andra, datum=datum, planerat=True, orsak="enligtPlan")


def en_utvardering(datum: str = "2019-07-10", **andra: Any) -> InsatsUtvarderad:
    return gor(InsatsUtvarderad, andra, datum=datum, mal_uppnadda="delvis", arbetade_med_problematiken=True)


# Budget periods


def en_rad(belopp: str = "1200.00", **andra: Any) -> dict[str, Any]:
    return {"verksamhet": "Placeringar unga", "kontogrupp": "kopAvVerksamhet", "belopp": belopp, **andra}


def en_volymrad(**andra: Any) -> dict[str, Any]:
    return {"malgrupp": "unga", "insatsform": "hvb", "personerPerDygn": "5.25", "pris": ett_pris(), **andra}


def ett_protokoll(**andra: Any) -> dict[str, Any]:
    return {"organ": "Socialnämnden", "datum": "2019-05-22", "paragraf": "§ 71", **andra}


def en_budget(datum: str = "2018-12-12", **andra: Any) -> BudgetFaststalld:
    return gor(BudgetFaststalld, andra, datum=datum, kommun=KOMMUN, namnd="Socialnämnden", ar=2019, rader=[en_rad()])


def en_justering(datum: str = "2019-04-10", **andra: Any) -> BudgetJusterad:
    return gor(
        BudgetJusterad, andra, datum=datum, slag="tillaggsanslag", benamning="Lönerevision", rader=[en_rad("90.00")]
    )


def en_bokning(datum: str = "2019-02-28", **andra: Any) -> UtfallBokfort:
    return gor(UtfallBokfort, andra, datum=datum, manad="2019-02", rader=[en_rad("100.50")], verifikation="V 17")


def en_prognos(datum: str = "2019-04-30", **andra: Any) -> PrognosFaststalld:
    return gor(
        PrognosFaststalld, andra, datum=datum, slag="delar1", galler=datum, kand="2019-05-06T21:59:59.999999Z",
        beslut=ett_protokoll(), rader=[en_rad("1300.00")], volymrader=[en_volymrad()],
    )  # fmt: skip


def en_stangd_manad(datum: str = "2019-03-08", manad: str = "2019-02", **andra: Any) -> ManadStangd:
    return gor(ManadStangd, andra, datum=datum, manad=manad)


def ett_bokslut(datum: str = "2020-02-20", **andra: Any) -> BokslutFaststallt:
    return gor(BokslutFaststallt, andra, datum=datum, beslut=ett_protokoll(datum="2020-02-20"))


def ett_invanarantal(datum: str = "2019-12-31", **andra: Any) -> InvanareFaststallda:
    return gor(InvanareFaststallda, andra, datum=datum, antal=155_696, kallregister="SCB, folkmängd 31 december")


# Providers


def en_utforare(datum: str = "2018-01-01", **andra: Any) -> UtforareRegistrerad:
    return gor(UtforareRegistrerad, andra, datum=datum, kommun=KOMMUN, namn="HVB Eken", regi="extern", slag="hvb")


def ett_platsantal(datum: str = "2018-02-01", platser: int = 8, **andra: Any) -> PlatserAndrade:
    return gor(PlatserAndrade, andra, datum=datum, platser=platser)


def ett_ramavtal(datum: str = "2018-03-01", **andra: Any) -> RamavtalTecknat:
    return gor(RamavtalTecknat, andra, datum=datum, omrade="hvb")


def ett_upphort_ramavtal(datum: str = "2019-10-01", **andra: Any) -> RamavtalUpphort:
    return gor(RamavtalUpphort, andra, datum=datum, omrade="hvb")


def ett_abonnemang(datum: str = "2018-04-01", **andra: Any) -> AbonnemangTecknat:
    return gor(AbonnemangTecknat, andra, datum=datum, platser=2, arskostnad="1450000.00")


def en_tillstandskontroll(datum: str = "2018-05-01", **andra: Any) -> TillstandKontrollerat:
    return gor(TillstandKontrollerat, andra, datum=datum, giltigt=True)


def en_uppfoljning(datum: str = "2018-06-01", **andra: Any) -> UppfoljningGjord:
    return gor(UppfoljningGjord, andra, datum=datum, omraden={"Bemanning": 4, "Dokumentation": 2})


VANLIGA: Mapping[type[Handelse], Callable[..., Handelse]] = {
    HandelseMakulerad: en_makulering,
    PlaceringPaborjad: en_placering,
    PrisAndrat: ett_nytt_pris,
    PlaneratSlutAndrat: ett_nytt_planerat_slut,
    LagrumAndrat: ett_nytt_lagrum,
    MalgruppAndrad: en_ny_malgrupp,
    FranvaroRegistrerad: en_franvaro,
    OvervagandeGjort: ett_overvagande,
    OmprovningGjord: en_omprovning,
    PlaceringAvslutad: ett_avslut,
    InsatsUtvarderad: en_utvardering,
    BudgetFaststalld: en_budget,
    BudgetJusterad: en_justering,
    UtfallBokfort: en_bokning,
    PrognosFaststalld: en_prognos,
    ManadStangd: en_stangd_manad,
    BokslutFaststallt: ett_bokslut,
    InvanareFaststallda: ett_invanarantal,
    UtforareRegistrerad: en_utforare,
    PlatserAndrade: ett_platsantal,
    RamavtalTecknat: ett_ramavtal,
    RamavtalUpphort: ett_upphort_ramavtal,
    AbonnemangTecknat: ett_abonnemang,
    TillstandKontrollerat: en_tillstandskontroll,
    UppfoljningGjord: en_uppfoljning,
    **exempel_budgetperiod.VANLIGA,
    **VANLIGA_I_ARENDEN,
    **exempel_atgard.VANLIGA,
    **exempel_placering.VANLIGA,
    **exempel_utforare.VANLIGA,
}
"""The ordinary example of every event type."""

FULLA: Mapping[type[Handelse], Callable[[], Handelse]] = {
    **VANLIGA,
    **exempel_budgetperiod.FULLA,
    PlaceringPaborjad: lambda: en_placering(
        avtalsform="direktupphandling", direktupphandlingsorsak="platsbrist", planerat_slut="2019-07-31",
        foregaende_placering_id=ANNAN_PLACERING, omplacering="planerad", placeringsslag="akut",
        beslut_id="12121212-1212-4212-8212-121212121212", enhet="Mottagningen",
    ),
    PrisAndrat: lambda: ett_nytt_pris(orsak="index"),
    MalgruppAndrad: lambda: en_ny_malgrupp(orsak="alder"),
    BudgetFaststalld: lambda: en_budget(
        rader=[en_rad(malgrupp="unga", insatsform="hvb", konto="4610"), en_rad("-35.00", kontogrupp="avgifter")],
        volymrader=[en_volymrad()], periodisering=[1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1],
        beslut=BESLUT, kallans_tecken="kostnadPositiv",
    ),
    BudgetJusterad: lambda: en_justering(
        beslut=BESLUT, motpart="Vård- och omsorgsnämnden", kallans_tecken="kostnadPositiv", rader=[HELA_RADEN]
    ),
    UtfallBokfort: lambda: en_bokning(
        avser_manad="2019-01", rader=[HELA_RADEN], fakturadatum="2019-02-11", underlag="leverantorsfaktura",
        kallans_tecken="kostnadNegativ",
    ),
    PrognosFaststalld: lambda: en_prognos(
        villkor="Räknar med kommunbidrag som kommunstyrelsen ännu inte beslutat", omraknad=True,
        kallans_tecken="badaPositiva",
    ),
    InvanareFaststallda: lambda: ett_invanarantal(
        grupper=[{"alderFran": 0, "alderTill": 12, "kon": "kvinna", "antal": 11_900}, {"antal": 155_696}]
    ),
    UtforareRegistrerad: lambda: en_utforare(organisationsnummer="556677-8899"),
    PlatserAndrade: lambda: ett_platsantal(malgrupp="unga"),
    RamavtalTecknat: lambda: ett_ramavtal(till="2021-03-01"),
    AbonnemangTecknat: lambda: ett_abonnemang(till="2020-04-01", abonnemang_id=exempel_utforare.ABONNEMANG_ID),
    UppfoljningGjord: lambda: en_uppfoljning(omfattning="full", avtalsomrade="hvb"),
    **exempel_placering.FULLA,
    **exempel_utforare.FULLA,
    **FULLA_I_ARENDEN,
    **exempel_atgard.FULLA,
}  # fmt: skip
"""An example of every event type in which every optional field has a value."""

FORUTSATTER: Mapping[type[Handelse], Sequence[Callable[..., Handelse]]] = {
    **exempel_utforare.FORUTSATTER,
    **exempel_budgetperiod.FORUTSATTER,
    **exempel_atgard.FORUTSATTER,
    **FORUTSATTER_I_ARENDEN,
}
"""What must have happened in a stream, after its beginning, before an event of a type can."""


def forutsatta(typ: type[Handelse]) -> list[Handelse]:
    """Return what must have happened in a stream, after its beginning, before an event of the type can."""
    return [exempel() for exempel in FORUTSATTER.get(typ, ())]
