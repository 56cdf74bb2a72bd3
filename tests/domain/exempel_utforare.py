"""Examples of what a unit is, who waits for it, what was agreed with it and what it reports of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from domain.handelse import Handelse
from domain.utforare.handelser import (
    AbonnemangTecknat,
    AbonnemangUpphort,
    AvtalsvolymAvtalad,
    BelaggningRedovisad,
    EkonomiKontrollerad,
    KoStalld,
    KoUpphord,
    OrganisationAndrad,
    PlatsforfraganAvbojd,
    RamavtalTecknat,
    RamavtalUpphort,
    ServiceinsatsRedovisad,
    UpphandlingGenomford,
    UtforareAndrad,
    UtforareAvslutad,
)
from tests.domain.gor import gor

KOPLATS = "55555555-5555-4555-8555-555555555555"
ANNAN_KOPLATS = "66666666-6666-4666-8666-666666666666"
ABONNEMANG_ID = "77777777-7777-4777-8777-777777777777"
KOANDE = "88888888-8888-4888-8888-888888888888"
ARENDE_I_KO = "99999999-9999-4999-8999-999999999999"


def en_andrad_utforare(datum: str = "2018-06-15", **andra: Any) -> UtforareAndrad:
    """Make a dated change; a converted home unless the test says what else changed."""
    return gor(UtforareAndrad, {}, datum=datum, **(andra or {"slag": "stodboende"}))


def ett_utforarslut(datum: str = "2019-12-31", **andra: Any) -> UtforareAvslutad:
    return gor(UtforareAvslutad, andra, datum=datum, orsak="nedlagd")


def en_hemvist(datum: str = "2018-02-02", overordnad: str = "Resurs", **andra: Any) -> OrganisationAndrad:
    return gor(OrganisationAndrad, andra, datum=datum, overordnad=overordnad)


def ett_upphort_abonnemang(datum: str = "2019-10-02", **andra: Any) -> AbonnemangUpphort:
    return gor(AbonnemangUpphort, andra, datum=datum)


def en_avtalsvolym(datum: str = "2018-02-03", dygn: int = 900, **andra: Any) -> AvtalsvolymAvtalad:
    return gor(AvtalsvolymAvtalad, andra, datum=datum, dygn=dygn)


def en_upphandling(datum: str = "2018-02-04", **andra: Any) -> UpphandlingGenomford:
    return gor(UpphandlingGenomford, andra, datum=datum, omrade="hvb", forfarande="oppet")


def en_ekonomisk_kontroll(datum: str = "2018-05-02", **andra: Any) -> EkonomiKontrollerad:
    return gor(EkonomiKontrollerad, andra, datum=datum, skatteskuld=False)


def en_koplats(datum: str = "2018-06-02", **andra: Any) -> KoStalld:
    return gor(KoStalld, andra, datum=datum, ko_id=KOPLATS, familj=False)


def en_upphord_koplats(datum: str = "2018-09-01", **andra: Any) -> KoUpphord:
    return gor(KoUpphord, andra, datum=datum, ko_id=KOPLATS, orsak="fickPlats")


def en_avbojd_forfragan(datum: str = "2018-06-03", **andra: Any) -> PlatsforfraganAvbojd:
    return gor(PlatsforfraganAvbojd, andra, datum=datum, orsak="platsbrist")


def en_serviceinsats(datum: str = "2018-06-01", **andra: Any) -> ServiceinsatsRedovisad:
    """Make a report of thirty days."""
    till = str(date.fromisoformat(datum) + timedelta(days=30))
    return gor(ServiceinsatsRedovisad, andra, datum=datum, till=till, dygn=120)


def en_belaggning(datum: str = "2018-06-30", **andra: Any) -> BelaggningRedovisad:
    return gor(BelaggningRedovisad, andra, datum=datum, manad=datum[:7], dygn=210)


VANLIGA: Mapping[type[Handelse], Callable[..., Handelse]] = {
    UtforareAndrad: en_andrad_utforare,
    UtforareAvslutad: ett_utforarslut,
    OrganisationAndrad: en_hemvist,
    AbonnemangUpphort: ett_upphort_abonnemang,
    AvtalsvolymAvtalad: en_avtalsvolym,
    UpphandlingGenomford: en_upphandling,
    EkonomiKontrollerad: en_ekonomisk_kontroll,
    KoStalld: en_koplats,
    KoUpphord: en_upphord_koplats,
    PlatsforfraganAvbojd: en_avbojd_forfragan,
    ServiceinsatsRedovisad: en_serviceinsats,
    BelaggningRedovisad: en_belaggning,
}

FULLA: Mapping[type[Handelse], Callable[[], Handelse]] = {
    UtforareAndrad: lambda: en_andrad_utforare(
        namn="Stödboende Eken", slag="stodboende", malgrupp="unga", alder_fran=16, alder_till=20, kon="blandat"
    ),
    OrganisationAndrad: lambda: en_hemvist(avdelning="Boenden", verksamhet="Stöd och behandling"),
    AbonnemangUpphort: lambda: ett_upphort_abonnemang(abonnemang_id=ABONNEMANG_ID),
    AvtalsvolymAvtalad: lambda: en_avtalsvolym(till="2019-01-01"),
    UpphandlingGenomford: lambda: en_upphandling(
        forfarande="direktupphandling", orsak="ramavtalSaknas", varde="450000.00"
    ),
    EkonomiKontrollerad: lambda: en_ekonomisk_kontroll(rating=4),
    KoStalld: lambda: en_koplats(person_id=KOANDE, enhet="Gruppen Vändpunkten", malgrupp="vuxna"),
    PlatsforfraganAvbojd: lambda: en_avbojd_forfragan(arende_id=ARENDE_I_KO, placering_id=KOANDE),
    ServiceinsatsRedovisad: lambda: en_serviceinsats(
        insatsform="institutionMissbruk", omrade="Öppet intag", antal_personer=14
    ),
    BelaggningRedovisad: lambda: en_belaggning(malgrupp="vuxna"),
}

FORUTSATTER: Mapping[type[Handelse], Sequence[Callable[[], Handelse]]] = {
    RamavtalUpphort: [lambda: gor(RamavtalTecknat, {}, datum="2018-03-01", omrade="hvb")],
    AbonnemangUpphort: [lambda: _ett_abonnemang(None), lambda: _ett_abonnemang(ABONNEMANG_ID)],
    KoUpphord: [en_koplats],
}
"""What must have happened at the provider before an event can."""


def _ett_abonnemang(abonnemang_id: str | None) -> AbonnemangTecknat:
    return gor(
        AbonnemangTecknat, {}, datum="2018-04-01", platser=2, arskostnad="1450000.00", abonnemang_id=abonnemang_id
    )
