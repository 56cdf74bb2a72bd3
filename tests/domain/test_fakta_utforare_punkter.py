"""From what happens to a unit to its points: inspections, refusals, follow-ups and what it reports for a period."""

from __future__ import annotations

from domain.fakta import AVTALSUPPFOLJNING, Punkt
from tests.domain.exempel import en_uppfoljning
from tests.domain.exempel_utforare import (
    ARENDE_I_KO,
    en_avbojd_forfragan,
    en_belaggning,
    en_ekonomisk_kontroll,
    en_serviceinsats,
    en_upphandling,
    ett_utforarslut,
)
from tests.domain.fakta_om_utforaren import ARENDET, ENHETEN, dag, punkter


def test_kontroller_avbojanden_och_upphandlingar_ar_punkter() -> None:
    rader = punkter(
        en_upphandling("2018-02-04", forfarande="direktupphandling", orsak="platsbrist", varde="450000.50"),
        en_upphandling("2018-02-05", omrade="jourhem"),
        en_ekonomisk_kontroll("2018-05-02", rating=4),
        en_ekonomisk_kontroll("2018-06-02", skatteskuld=True),
        en_avbojd_forfragan("2018-06-03", arende_id=ARENDE_I_KO, orsak="matchning"),
        ett_utforarslut("2019-12-31"),
    )
    tom = Punkt("", "", "1880", 0, regi="extern", utforare=ENHETEN)
    assert rader == [
        tom._replace(
            handelser="2", slag="upphandling.genomford", dag=dag("2018-02-04"), insatsform="hvb",
            underslag="direktupphandling", utfall="platsbrist", belopp=45_000_050,
        ),
        tom._replace(
            handelser="3", slag="upphandling.genomford", dag=dag("2018-02-05"), insatsform="jourhem", underslag="oppet"
        ),
        tom._replace(
            handelser="4", slag="ekonomi.kontrollerad", dag=dag("2018-05-02"), utfall="ingenSkatteskuld", planerat=4
        ),
        tom._replace(handelser="5", slag="ekonomi.kontrollerad", dag=dag("2018-06-02"), utfall="skatteskuld"),
        tom._replace(
            handelser="6", slag="platsforfragan.avbojd", dag=dag("2018-06-03"), arende=ARENDET, utfall="matchning"
        ),
        tom._replace(handelser="7", slag="utforare.avslutad", dag=dag("2019-12-31"), utfall="nedlagd"),
    ]  # fmt: skip


def test_en_uppfoljning_ar_en_punkt_for_sig_och_en_per_betygsatt_omrade() -> None:
    rader = punkter(en_uppfoljning(omraden={"Bemanning": 4, "Lokaler": 5}, omfattning="begransad", avtalsomrade="hvb"))
    assert [(rad.slag, rad.underslag, rad.insatsform, rad.utfall, rad.planerat) for rad in rader] == [
        (AVTALSUPPFOLJNING, "begransad", "hvb", None, None),
        ("uppfoljning.gjord", "begransad", "hvb", "Bemanning", 4),
        ("uppfoljning.gjord", "begransad", "hvb", "Lokaler", 5),
    ]


def test_en_serviceinsats_raknas_pa_periodens_sista_dag_utan_personer() -> None:
    rader = punkter(
        en_serviceinsats("2018-06-01", till="2018-07-01", omrade="Öppet intag", insatsform="institutionMissbruk"),
        en_serviceinsats("2018-07-01", till="2018-08-01", dygn=None, antal_personer=14),
    )
    assert [(rad.slag, rad.dag, rad.antal, rad.underslag, rad.insatsform, rad.person) for rad in rader] == [
        ("servicedygn", dag("2018-06-30"), 120_000, "Öppet intag", "institutionMissbruk", None),
        ("servicepersoner", dag("2018-07-31"), 14_000, None, None, None),
    ]


def test_belaggningen_i_en_manad_ar_en_punkt_med_sina_dygn() -> None:
    rader = punkter(en_belaggning("2018-06-30", malgrupp="barn"), en_belaggning("2018-07-31", dygn=0))
    assert [(rad.slag, rad.dag, rad.antal, rad.malgrupp) for rad in rader] == [
        ("belaggning.redovisad", dag("2018-06-30"), 210_000, "barn"),
        ("belaggning.redovisad", dag("2018-07-31"), 0, None),
    ]
