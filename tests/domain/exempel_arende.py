"""One small factory per event of a case: an ordinary example, in which a test changes only what it is about.

The examples are one case: a report in January 2019 about a girl of fourteen, an investigation, a contact family.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

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
from domain.handelse import Handelse
from tests.domain.gor import gor

FLICKA = "22222222-2222-4222-8222-222222222222"
FAMILJ = "55555555-5555-4555-8555-555555555555"
FORSTA_ANMALAN = "a0000000-0000-4000-8000-000000000001"
ANDRA_ANMALAN = "a0000000-0000-4000-8000-000000000002"
UTREDNING = "b0000000-0000-4000-8000-000000000001"
ANNAN_UTREDNING = "b0000000-0000-4000-8000-000000000002"
BESLUT = "c0000000-0000-4000-8000-000000000001"
ANNAT_BESLUT = "c0000000-0000-4000-8000-000000000002"
INSATS = "d0000000-0000-4000-8000-000000000001"
ANNAN_INSATS = "d0000000-0000-4000-8000-000000000002"
OVERKLAGANDE = "e0000000-0000-4000-8000-000000000001"
ANNAT_OVERKLAGANDE = "e0000000-0000-4000-8000-000000000002"
AVVIKELSE = "f0000000-0000-4000-8000-000000000001"
UTFORAREN = "44444444-4444-4444-8444-444444444444"


def ett_arende(datum: str = "2019-01-07", **andra: Any) -> ArendeAktualiserat:
    return gor(
        ArendeAktualiserat, andra, datum=datum, kommun="1880", person_id=FLICKA, arendetyp="barnOchUnga",
        enhet="Mottagningen", malgrupp="unga", kon="kvinna", fodelsear=2005, satt="anmalan", avsandare="skola",
    )  # fmt: skip


def en_ny_anmalan(datum: str = "2019-01-10", **andra: Any) -> AktualiseringInkommen:
    return gor(
        AktualiseringInkommen, andra, datum=datum, aktualisering_id=ANDRA_ANMALAN, satt="anmalan", avsandare="polis"
    )


def en_skyddsbedomning(datum: str = "2019-01-08", **andra: Any) -> SkyddsbedomningGjord:
    return gor(SkyddsbedomningGjord, andra, datum=datum, behov_av_skydd=False)


def en_forhandsbedomning(datum: str = "2019-01-18", **andra: Any) -> ForhandsbedomningAvslutad:
    return gor(ForhandsbedomningAvslutad, andra, datum=datum, utfall="inleds")


def en_utredning(datum: str = "2019-01-18", **andra: Any) -> UtredningPaborjad:
    vanligt = {"utredning_id": UTREDNING, "lagrum": "SoL", "utredningstyp": "barnOchUnga"}
    return gor(UtredningPaborjad, andra, datum=datum, **vanligt)


def en_forlangning(datum: str = "2019-05-15", **andra: Any) -> UtredningForlangd:
    return gor(UtredningForlangd, andra, datum=datum, utredning_id=UTREDNING, till="2019-06-30")


def ett_nytt_utredningslagrum(datum: str = "2019-03-01", **andra: Any) -> UtredningslagrumAndrat:
    return gor(UtredningslagrumAndrat, andra, datum=datum, utredning_id=UTREDNING, lagrum="LVU")


def en_avslutad_utredning(datum: str = "2019-05-17", **andra: Any) -> UtredningAvslutad:
    return gor(UtredningAvslutad, andra, datum=datum, utredning_id=UTREDNING, utfall="insats")


def ett_beslut(datum: str = "2019-05-20", **andra: Any) -> BeslutFattat:
    return gor(
        BeslutFattat, andra, datum=datum, beslut_id=BESLUT, insatsform="kontaktfamilj", lagrum="SoL", bifall=True,
        beslutsniva="delegation", beslutsfattare="Enhetschef",
    )  # fmt: skip


def ett_andrat_beslut(datum: str = "2019-06-01", **andra: Any) -> BeslutAndrat:
    return gor(
        BeslutAndrat, andra, datum=datum, beslut_id=BESLUT, insatsform="kontaktperson", lagrum="SoL",
        beslutsniva="delegation", beslutsfattare="Enhetschef",
    )  # fmt: skip


def ett_verkstallt_beslut(datum: str = "2019-06-10", **andra: Any) -> BeslutVerkstallt:
    return gor(BeslutVerkstallt, andra, datum=datum, beslut_id=BESLUT)


def ett_avbrott(datum: str = "2019-08-01", **andra: Any) -> VerkstallighetAvbruten:
    return gor(VerkstallighetAvbruten, andra, datum=datum, beslut_id=BESLUT)


def ett_upphort_beslut(datum: str = "2019-11-30", **andra: Any) -> BeslutUpphort:
    return gor(BeslutUpphort, andra, datum=datum, beslut_id=BESLUT, orsak="behovetUpphort")


def ett_nej_tack(datum: str = "2019-06-03", **andra: Any) -> ErbjudandeAvbojt:
    return gor(ErbjudandeAvbojt, andra, datum=datum, beslut_id=BESLUT)


def en_avbojd_forfragan(datum: str = "2019-05-28", **andra: Any) -> ForfraganAvbojd:
    return gor(ForfraganAvbojd, andra, datum=datum, beslut_id=BESLUT, orsak="platsbrist")


def ett_overklagande(datum: str = "2019-06-05", **andra: Any) -> BeslutOverklagat:
    vanligt = {"overklagande_id": OVERKLAGANDE, "beslut_id": BESLUT, "instans": "forvaltningsratten"}
    return gor(BeslutOverklagat, andra, datum=datum, foretradare="intern", **vanligt)


def ett_avgorande(datum: str = "2019-09-16", **andra: Any) -> OverklagandeAvgjort:
    return gor(OverklagandeAvgjort, andra, datum=datum, overklagande_id=OVERKLAGANDE, utfall="avslag")


def en_insats(datum: str = "2019-06-10", **andra: Any) -> InsatsPaborjad:
    return gor(
        InsatsPaborjad, andra, datum=datum, insats_id=INSATS, insatsform="kontaktfamilj", behovsprovad=True, regi="egen"
    )


def en_paus(datum: str = "2019-07-01", **andra: Any) -> InsatsPausad:
    return gor(InsatsPausad, andra, datum=datum, insats_id=INSATS)


def en_aterupptagning(datum: str = "2019-08-15", **andra: Any) -> InsatsAterupptagen:
    return gor(InsatsAterupptagen, andra, datum=datum, insats_id=INSATS)


def en_avslutad_insats(datum: str = "2019-11-30", **andra: Any) -> InsatsAvslutad:
    return gor(InsatsAvslutad, andra, datum=datum, insats_id=INSATS, planerat=True, orsak="malUppnatt")


def en_insatsuppfoljning(datum: str = "2019-12-05", **andra: Any) -> InsatsuppfoljningGjord:
    vanligt = {"insats_id": INSATS, "mal_uppnadda": "delvis", "arbetade_med_problematiken": True}
    return gor(InsatsuppfoljningGjord, andra, datum=datum, **vanligt)


def en_ny_enhet(datum: str = "2019-02-01", **andra: Any) -> EnhetAndrad:
    return gor(EnhetAndrad, andra, datum=datum, enhet="Utredning unga")


def en_problematik(datum: str = "2019-02-15", *koder: str) -> ProblematikAngiven:
    return gor(ProblematikAngiven, {}, datum=datum, koder=koder or ("valdINaraRelation",))


def en_status(datum: str = "2019-01-08", **andra: Any) -> StatusAndrad:
    return gor(StatusAndrad, andra, datum=datum, status="asylsokande")


def ett_overtagande(datum: str = "2019-01-08", **andra: Any) -> AnsvarOvertaget:
    return gor(AnsvarOvertaget, andra, datum=datum, fran="ankomstkommun")


def ett_overlamnande(datum: str = "2019-10-01", **andra: Any) -> AnsvarOverlamnat:
    return gor(AnsvarOverlamnat, andra, datum=datum, orsak="fyllde18")


def en_samverkan(datum: str = "2019-02-20", **andra: Any) -> SamverkanGenomford:
    return gor(SamverkanGenomford, andra, datum=datum, slag="sip")


def en_avvikelse(datum: str = "2019-04-04", **andra: Any) -> AvvikelseRapporterad:
    return gor(AvvikelseRapporterad, andra, datum=datum, avvikelse_id=AVVIKELSE, slag="lexSarah", omrade="sekretess")


def ett_avslutat_arende(datum: str = "2019-12-15", **andra: Any) -> ArendeAvslutat:
    return gor(ArendeAvslutat, andra, datum=datum, orsak="insatsenAvslutad")


def ett_ateroppnat_arende(datum: str = "2020-01-20", **andra: Any) -> ArendeAteroppnat:
    return gor(ArendeAteroppnat, andra, datum=datum)


VANLIGA_I_ARENDEN: Mapping[type[Handelse], Callable[..., Handelse]] = {
    ArendeAktualiserat: ett_arende,
    AktualiseringInkommen: en_ny_anmalan,
    SkyddsbedomningGjord: en_skyddsbedomning,
    ForhandsbedomningAvslutad: en_forhandsbedomning,
    UtredningPaborjad: en_utredning,
    UtredningForlangd: en_forlangning,
    UtredningslagrumAndrat: ett_nytt_utredningslagrum,
    UtredningAvslutad: en_avslutad_utredning,
    BeslutFattat: ett_beslut,
    BeslutAndrat: ett_andrat_beslut,
    BeslutVerkstallt: ett_verkstallt_beslut,
    VerkstallighetAvbruten: ett_avbrott,
    BeslutUpphort: ett_upphort_beslut,
    ErbjudandeAvbojt: ett_nej_tack,
    ForfraganAvbojd: en_avbojd_forfragan,
    BeslutOverklagat: ett_overklagande,
    OverklagandeAvgjort: ett_avgorande,
    InsatsPaborjad: en_insats,
    InsatsPausad: en_paus,
    InsatsAterupptagen: en_aterupptagning,
    InsatsAvslutad: en_avslutad_insats,
    InsatsuppfoljningGjord: en_insatsuppfoljning,
    EnhetAndrad: en_ny_enhet,
    ProblematikAngiven: en_problematik,
    StatusAndrad: en_status,
    AnsvarOvertaget: ett_overtagande,
    AnsvarOverlamnat: ett_overlamnande,
    SamverkanGenomford: en_samverkan,
    AvvikelseRapporterad: en_avvikelse,
    ArendeAvslutat: ett_avslutat_arende,
    ArendeAteroppnat: ett_ateroppnat_arende,
}
"""The ordinary example of every event type of a case."""

FULLA_I_ARENDEN: Mapping[type[Handelse], Callable[[], Handelse]] = {
    ArendeAktualiserat: lambda: ett_arende(aktualisering_id=FORSTA_ANMALAN, familj_id=FAMILJ),
    SkyddsbedomningGjord: lambda: en_skyddsbedomning(aktualisering_id=FORSTA_ANMALAN),
    ForhandsbedomningAvslutad: lambda: en_forhandsbedomning(aktualisering_id=FORSTA_ANMALAN),
    BeslutFattat: lambda: ett_beslut(galler_fran="2019-06-01", galler_till="2019-11-30"),
    BeslutAndrat: lambda: ett_andrat_beslut(galler_fran="2019-06-01", galler_till="2019-12-31"),
    ErbjudandeAvbojt: lambda: ett_nej_tack(utforare_id=UTFORAREN),
    ForfraganAvbojd: lambda: en_avbojd_forfragan(utforare_id=UTFORAREN),
    OverklagandeAvgjort: lambda: ett_avgorande(timmar="12.50"),
    InsatsPaborjad: lambda: en_insats(
        beslut_id=BESLUT, enhet="Öppenvården", utforare_id=UTFORAREN, inriktning="Familjestöd"
    ),
    AnsvarOverlamnat: lambda: ett_overlamnande(till="annanKommun"),
}
"""The examples that have more fields than the ordinary ones, with a value in each."""

FORUTSATTER_I_ARENDEN: Mapping[type[Handelse], Sequence[Callable[..., Handelse]]] = {
    SkyddsbedomningGjord: [lambda: en_ny_anmalan("2019-01-07", aktualisering_id=FORSTA_ANMALAN)],
    ForhandsbedomningAvslutad: [lambda: en_ny_anmalan("2019-01-07", aktualisering_id=FORSTA_ANMALAN)],
    UtredningForlangd: [en_utredning],
    UtredningslagrumAndrat: [en_utredning],
    UtredningAvslutad: [en_utredning],
    BeslutAndrat: [ett_beslut],
    BeslutVerkstallt: [ett_beslut],
    VerkstallighetAvbruten: [ett_beslut, ett_verkstallt_beslut],
    BeslutUpphort: [ett_beslut],
    ErbjudandeAvbojt: [ett_beslut],
    ForfraganAvbojd: [ett_beslut],
    BeslutOverklagat: [ett_beslut],
    OverklagandeAvgjort: [ett_beslut, ett_overklagande],
    InsatsPaborjad: [ett_beslut],
    InsatsPausad: [en_insats],
    InsatsAterupptagen: [en_insats, en_paus],
    InsatsAvslutad: [en_insats],
    InsatsuppfoljningGjord: [en_insats],
    ArendeAteroppnat: [ett_avslutat_arende],
}
"""What must have happened in a case, after its beginning, before an event of a type can."""
