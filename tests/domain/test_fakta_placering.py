"""From what changes in a stay to its facts: the new dimensions, who pays, and what is done in it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.begrepp import Samling
from domain.fakta import (
    ANNAN_BETALAR,
    DIREKTUPPHANDLING,
    FRANVARO,
    VISTELSE,
    Fakta,
    Intervall,
    Punkt,
    handelse_av,
    identitet,
)
from domain.handelse import Handelse
from domain.harledning import fakta
from domain.historik import gallande
from domain.tid import OANDLIG_DAG
from tests.domain.exempel import (
    ARENDE,
    PERSON,
    UTFORARE_ID,
    en_franvaro,
    en_makulering,
    en_ny_malgrupp,
    en_placering,
    ett_avslut,
    ett_nytt_pris,
    ett_overvagande,
    ett_pris,
)
from tests.domain.exempel_placering import (
    en_halsoundersokning,
    en_hemtagning,
    en_ny_avtalsform,
    en_vardplan,
    ett_nytt_placeringsslag,
    ett_overlamnat_ansvar,
    ett_overtaget_ansvar,
)
from tests.domain.stegvis import sista_steget
from tests.givet import Rattelse, noteringar, rattelse

STROM = UUID(int=99)
PERSONEN, ARENDET, UTFORAREN = (identitet(UUID(text)) for text in (PERSON, ARENDE, UTFORARE_ID))
OPPEN = str(date.fromordinal(OANDLIG_DAG))


def alla(*historia: Handelse | Rattelse) -> list[Fakta]:
    return fakta(Samling.PLACERINGAR, STROM, gallande(noteringar(*historia)))


def intervall(*historia: Handelse | Rattelse, slag: str = VISTELSE) -> list[Intervall]:
    return [rad for rad in alla(*historia) if isinstance(rad, Intervall) and rad.slag == slag]


def punkter(*historia: Handelse | Rattelse) -> list[Punkt]:
    return [rad for rad in alla(*historia) if isinstance(rad, Punkt)]


def dag(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def avsnitt(*historia: Handelse | Rattelse) -> list[tuple[str, int | None]]:
    """Return each part's first day and price."""
    return [(str(date.fromordinal(rad.fran)), rad.pris) for rad in intervall(*historia)]


# The dimensions of stays, absences and points

BORJAN = en_placering("2019-01-10", placeringsslag="akut", enhet="Mottagningen")


def test_en_vistelse_har_alla_sina_dimensioner() -> None:
    assert intervall(BORJAN, ett_avslut("2019-06-30")) == [
        Intervall(
            "1 2", "vistelse", "1880", dag("2019-01-10"), dag("2019-06-30"), 1, 1,
            person=PERSONEN, malgrupp="unga", kon="kvinna", insatsform="hvb", regi="extern", lagrum="SoL",
            avtalsform="ramavtal", utforare=UTFORAREN, prissort="dygn", pris=195_300, betald=1, antal=1000,
            fodelsear=2004, arende=ARENDET, enhet="Mottagningen", underslag="akut", utfall=None, planerat=None,
        )
    ]  # fmt: skip


def test_en_franvaro_har_samma_dimensioner_som_vistelsen() -> None:
    (rad,) = intervall(BORJAN, en_franvaro("2019-04-01", "2019-04-08", betald=False), slag=FRANVARO)
    (vistelse,) = intervall(BORJAN)
    assert rad == vistelse._replace(
        handelser="1 2", slag="franvaro", fran=dag("2019-04-01"), till=dag("2019-04-08"), inskrivning=0, betald=0
    )


def test_en_punkt_har_alla_sina_dimensioner() -> None:
    assert punkter(BORJAN, ett_overvagande("2019-05-06"))[-1] == Punkt(
        "2", "overvagande.gjort", "1880", dag("2019-05-06"),
        person=PERSONEN, malgrupp="unga", kon="kvinna", insatsform="hvb", regi="extern", lagrum="SoL",
        avtalsform="ramavtal", utforare=UTFORAREN, utfall=None, planerat=None,
        fodelsear=2004, arende=ARENDET, enhet="Mottagningen", underslag="akut", avsandare=None, antal=1000,
        belopp=None,
    )  # fmt: skip


def test_det_som_inte_anges_om_borjan_saknas_i_fakta() -> None:
    (rad,) = intervall(en_placering())
    assert (rad.enhet, rad.underslag) == (None, None)


def test_placeringsslaget_andras_under_placeringen() -> None:
    historia = (BORJAN, ett_nytt_placeringsslag("2019-02-01", placeringsslag="utredning"), ett_overvagande())
    assert [(rad.underslag, handelse_av(rad)) for rad in intervall(*historia)] == [
        ("akut", [1, 2]),
        ("utredning", [1, 2]),
    ]
    assert [(rad.slag, rad.underslag) for rad in punkter(*historia)] == [
        ("placering.paborjad", "akut"),
        ("placeringsslag.andrat", "utredning"),
        ("overvagande.gjort", "utredning"),
    ]


# How it is bought


def test_ett_avtal_som_tecknas_senare_galler_fran_sin_dag() -> None:
    borjan = en_placering("2019-01-10", avtalsform="direktupphandling", direktupphandlingsorsak="ramavtalSaknas")
    rader = intervall(borjan, en_ny_avtalsform("2019-03-01", avtalsform="ramavtal"), ett_avslut("2019-06-30"))
    assert [(str(date.fromordinal(rad.fran)), rad.avtalsform, rad.utskrivning) for rad in rader] == [
        ("2019-01-10", "direktupphandling", 0),
        ("2019-03-01", "ramavtal", 1),
    ]


def test_varje_direktupphandling_ar_en_punkt_med_sin_orsak() -> None:
    borjan = en_placering("2019-01-10", avtalsform="direktupphandling", direktupphandlingsorsak="ramavtalSaknas")
    avtal = en_ny_avtalsform("2019-03-01", avtalsform="ramavtal")
    igen = en_ny_avtalsform("2019-05-01", avtalsform="direktupphandling", direktupphandlingsorsak="platsbrist")
    rader = [rad for rad in punkter(borjan, avtal, igen) if rad.slag == DIREKTUPPHANDLING]
    assert [(str(date.fromordinal(rad.dag)), rad.utfall, rad.avtalsform, rad.handelser) for rad in rader] == [
        ("2019-01-10", "ramavtalSaknas", "direktupphandling", "1"),
        ("2019-05-01", "platsbrist", "direktupphandling", "3"),
    ]


# Who pays


def test_dygn_som_nagon_annan_betalar_ar_vardygn_utan_pris_men_inte_med_okant_pris() -> None:
    historia = (
        en_placering("2019-01-10"),
        ett_overlamnat_ansvar("2019-03-01"),
        ett_nytt_pris("2019-04-01", "2100.00"),
        ett_overtaget_ansvar("2019-05-01"),
        ett_avslut("2019-06-30"),
    )
    assert [(str(date.fromordinal(rad.fran)), rad.prissort, rad.pris) for rad in intervall(*historia)] == [
        ("2019-01-10", "dygn", 195_300),
        ("2019-03-01", ANNAN_BETALAR, None),
        ("2019-04-01", ANNAN_BETALAR, None),
        ("2019-05-01", "dygn", 210_000),
    ]
    assert [(rad.slag, rad.utfall) for rad in punkter(*historia)][1:3] == [
        ("betalningsansvar.overlamnat", "migrationsverket"),
        ("betalningsansvar.overtaget", None),
    ]


def test_en_franvaro_som_nagon_annan_betalar_kostar_inte_heller_namnden_nagot() -> None:
    historia = (en_placering(), ett_overlamnat_ansvar("2019-03-01"), en_franvaro("2019-04-01", betald=False))
    assert [(rad.prissort, rad.pris) for rad in intervall(*historia, slag=FRANVARO)] == [(ANNAN_BETALAR, None)]


def test_ansvaret_kan_vara_nagon_annans_fran_forsta_dagen() -> None:
    (rad,) = intervall(en_placering("2019-01-10"), ett_overlamnat_ansvar("2019-01-10"))
    assert (rad.prissort, rad.inskrivning) == (ANNAN_BETALAR, 1)


# What is done in it


def test_det_som_gors_i_placeringen_ar_punkter() -> None:
    rader = punkter(
        en_placering(),
        en_halsoundersokning("2019-02-01"),
        en_halsoundersokning("2019-02-01", slag="tand"),
        en_vardplan("2019-02-02"),
        en_vardplan("2019-05-01", reviderad=True),
        en_hemtagning("2019-05-02"),
    )
    assert [(rad.slag, rad.utfall, rad.planerat) for rad in rader[1:]] == [
        ("halsoundersokning.gjord", "halsa", None),
        ("halsoundersokning.gjord", "tand", None),
        ("vardplan.upprattad", "upprattad", None),
        ("vardplan.upprattad", "reviderad", None),
        ("hemtagning.paborjad", None, None),
    ]


def test_det_som_gors_i_placeringen_ror_ingen_vistelse() -> None:
    for ny in (en_halsoundersokning(), en_vardplan(), en_hemtagning()):
        andring = sista_steget(Samling.PLACERINGAR, en_placering(), ny)
        assert [(type(rad), rad.slag, rad.handelser) for _, rad in andring.nya] == [(Punkt, ny.typ, "2")]
        assert andring.stangda == []
    for nytt in (en_ny_avtalsform(), ett_overlamnat_ansvar(), ett_overtaget_ansvar(), ett_nytt_placeringsslag()):
        assert [form for form, _ in sista_steget(Samling.PLACERINGAR, en_placering(), nytt).stangda] == [Intervall]


def test_orsaken_till_ett_nytt_pris_eller_en_ny_malgrupp_ar_en_punkt_nar_den_anges() -> None:
    assert [rad.slag for rad in punkter(en_placering(), ett_nytt_pris(), en_ny_malgrupp())] == ["placering.paborjad"]
    rader = punkter(en_placering(), ett_nytt_pris(orsak="index"), en_ny_malgrupp(orsak="alder"))
    assert [(rad.slag, rad.utfall, rad.malgrupp) for rad in rader[1:]] == [
        ("pris.andrat", "index", "unga"),
        ("malgrupp.andrad", "alder", "vuxna"),
    ]


# Late events and corrections of corrections

ETT_AR = (
    en_placering("2018-01-10", pris=ett_pris("2000.00")),
    ett_nytt_pris("2018-03-01", "2050.00"),
    ett_nytt_pris("2018-09-01", "2200.00"),
    ett_avslut("2018-12-31"),
)


def test_ett_pris_som_upptacks_ett_ar_senare_galler_bara_till_det_som_redan_var_kant() -> None:
    assert avsnitt(*ETT_AR, ett_nytt_pris("2018-06-15", "2120.00")) == [
        ("2018-01-10", 200_000),
        ("2018-03-01", 205_000),
        ("2018-06-15", 212_000),
        ("2018-09-01", 220_000),
    ]


def test_ett_sent_pris_som_rattas_och_vars_rattelse_rattas_ar_som_om_det_varit_ratt_fran_borjan() -> None:
    ratt = avsnitt(*ETT_AR, ett_nytt_pris("2018-06-17", "2130.00"))
    sent = (*ETT_AR, ett_nytt_pris("2018-06-15", "2120.00"))
    rattad = (*sent, rattelse(5, ett_nytt_pris("2018-10-16", "2.00")))
    assert avsnitt(*rattad) == [
        ("2018-01-10", 200_000),
        ("2018-03-01", 205_000),
        ("2018-09-01", 220_000),
        ("2018-10-16", 200),
    ]
    assert avsnitt(*rattad, rattelse(6, ett_nytt_pris("2018-06-17", "2130.00"))) == ratt
    assert avsnitt(*rattad, rattelse(6, en_makulering())) == avsnitt(*sent)
    borta = (*rattad, rattelse(6, ett_nytt_pris("2018-06-17", "2130.00")), rattelse(7, en_makulering()))
    assert avsnitt(*borta) == avsnitt(*rattad)


def test_ett_overlamnat_ansvar_som_makuleras_och_aterkommer() -> None:
    historia = (*ETT_AR, ett_overlamnat_ansvar("2018-08-01"))
    overlamnat = [("2018-01-10", 200_000), ("2018-03-01", 205_000), ("2018-08-01", None), ("2018-09-01", None)]
    assert avsnitt(*historia) == overlamnat
    makulerat = (*historia, rattelse(5, en_makulering()))
    assert avsnitt(*makulerat) == avsnitt(*ETT_AR)
    assert avsnitt(*makulerat, rattelse(6, en_makulering())) == overlamnat
    tidigarelagt = (*makulerat, rattelse(6, en_makulering()), rattelse(5, ett_overlamnat_ansvar("2018-02-01")))
    assert avsnitt(*tidigarelagt)[1:3] == [("2018-02-01", None), ("2018-03-01", None)]


def test_tva_avtal_samma_dag_av_vilka_det_forsta_rattas_behaller_sin_ordning() -> None:
    forsta = en_ny_avtalsform("2019-03-01", avtalsform="direktupphandling", direktupphandlingsorsak="platsbrist")
    historia = (en_placering(), forsta, en_ny_avtalsform("2019-03-01", avtalsform="ramavtal"))
    rattad = rattelse(2, en_ny_avtalsform("2019-03-01", avtalsform="uppdragsavtal"))
    assert [rad.avtalsform for rad in intervall(*historia, rattad)] == ["ramavtal", "ramavtal"]
