"""From the effects of an åtgärd to amounts, to the öre."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.fakta import (
    ALTERNATIVKOSTNAD,
    BEDOMT_ARENDE,
    BUDGETERAD_EFFEKT,
    FORVANTAD_EFFEKT,
    FORVANTAD_TOTALEFFEKT,
    UPPNADD_EFFEKT,
    Belopp,
    identitet,
)
from tests.domain.exempel_atgard import (
    EN_PLACERING,
    ETT_ARENDE,
    en_alternativkostnad,
    en_beraknad_effekt,
    en_beslutad_atgard,
    en_budgeterad_effekt,
    en_identifierad_atgard,
    en_paborjad_atgard,
    en_uppnadd_effekt,
    ett_bedomt_arende,
    ett_hypotetiskt_slut,
)
from tests.domain.test_fakta_atgard import STROM, belopp, dag
from tests.givet import rattelse

# Expected effect


def vantat(slag: str, handelser: str, datum: str, ar: int, ore: int, ordning: int) -> Belopp:
    return Belopp(
        handelser,
        slag,
        "1880",
        "Socialnämnden",
        dag(datum),
        dag(f"{ar}-01-01"),
        ore,
        ordning=ordning,
        atgard=identitet(STROM),
    )


def test_varje_uppgift_om_vantad_effekt_ar_en_rad_och_den_senaste_har_hogst_ordning() -> None:
    historia = (
        en_identifierad_atgard(),
        en_beraknad_effekt("2019-08-31", prognos_under_aret="500000.00", beraknad_total="2400000.00"),
        en_beraknad_effekt("2019-04-30", prognos_under_aret="800000.50"),
    )
    assert belopp(*historia, slag=FORVANTAD_EFFEKT) == [
        vantat(FORVANTAD_EFFEKT, "3", "2019-04-30", 2019, 80_000_050, 1),
        vantat(FORVANTAD_EFFEKT, "2", "2019-08-31", 2019, 50_000_000, 2),
    ]
    assert belopp(*historia, slag=FORVANTAD_TOTALEFFEKT) == [
        vantat(FORVANTAD_TOTALEFFEKT, "2", "2019-08-31", 2019, 240_000_000, 2)
    ]


def test_en_uppgift_om_bara_totalen_sager_inget_om_aret() -> None:
    historia = (en_identifierad_atgard(), en_beraknad_effekt(prognos_under_aret=None, beraknad_total="-1.00"))
    assert belopp(*historia, slag=FORVANTAD_EFFEKT) == []
    assert [rad.belopp for rad in belopp(*historia, slag=FORVANTAD_TOTALEFFEKT)] == [-100]


def test_den_budgeterade_effekten_ordnas_for_sig() -> None:
    historia = (
        en_identifierad_atgard(),
        en_beraknad_effekt("2019-01-17"),
        en_budgeterad_effekt("2019-01-17", belopp="1000000.00"),
        en_budgeterad_effekt("2019-06-19", ar=2020, belopp="1500000.00"),
    )
    assert belopp(*historia, slag=BUDGETERAD_EFFEKT) == [
        vantat(BUDGETERAD_EFFEKT, "3", "2019-01-17", 2019, 100_000_000, 1),
        vantat(BUDGETERAD_EFFEKT, "4", "2019-06-19", 2020, 150_000_000, 2),
    ]


# Achieved effect and alternative cost


def test_en_uppnadd_effekt_fordelas_pa_periodens_manader_efter_dagar_till_oret() -> None:
    historia = (
        en_identifierad_atgard(),
        en_beslutad_atgard(),
        en_uppnadd_effekt("2019-05-10", fran="2019-02-15", till="2019-05-01", belopp="100.00", metod="beraknad"),
    )
    rader = belopp(*historia, slag=UPPNADD_EFFEKT)
    # 14, 31 and 30 of 75 days.
    assert [(str(date.fromordinal(rad.manad)), rad.belopp) for rad in rader] == [
        ("2019-02-01", 1867),
        ("2019-03-01", 4133),
        ("2019-04-01", 4000),
    ]
    assert rader[0] == Belopp(
        "3", UPPNADD_EFFEKT, "1880", "Socialnämnden", dag("2019-05-10"), dag("2019-02-01"), 1867,
        avser_manad=dag("2019-02-01"), underslag="beraknad", atgard=identitet(STROM),
    )  # fmt: skip


def test_en_negativ_effekt_fordelas_ocksa_till_oret() -> None:
    effekt = en_uppnadd_effekt("2019-05-10", fran="2019-02-01", till="2019-05-01", belopp="-0.01")
    rader = belopp(en_identifierad_atgard(), en_beslutad_atgard(), effekt, slag=UPPNADD_EFFEKT)
    assert [rad.belopp for rad in rader] == [0, -1, 0]


def test_alternativkostnaden_ar_vad_belagda_dygn_skulle_ha_kostat_mindre_vad_de_kostade() -> None:
    historia = (
        en_identifierad_atgard(),
        en_beslutad_atgard(),
        en_alternativkostnad(
            "2019-12-31", fran="2019-05-01", till="2019-07-01", belagda_dygn=100, externt_dygnspris="3000.00",
            egen_kostnad="200000.00",
        ),
    )  # fmt: skip
    rader = belopp(*historia, slag=ALTERNATIVKOSTNAD)
    bas = Belopp(
        "3", ALTERNATIVKOSTNAD, "1880", "Socialnämnden", dag("2019-12-31"), dag("2019-05-01"), 5_081_967,
        avser_manad=dag("2019-05-01"), antal=50_820, prissort="dygn", pris=300_000, atgard=identitet(STROM),
        enhet="Akutplatserna",
    )  # fmt: skip
    juni = dag("2019-06-01")
    assert rader == [bas, bas._replace(manad=juni, avser_manad=juni, belopp=4_918_033, antal=49_180)]
    assert sum(rad.belopp for rad in rader) == 100 * 300_000 - 20_000_000


# Judged cases


def test_ett_bedomt_arende_ar_en_rad_med_nettoeffekt_dygn_pris_och_klass() -> None:
    historia = (
        en_identifierad_atgard(),
        en_paborjad_atgard(),
        ett_bedomt_arende(
            arende_id=ETT_ARENDE, insatsform="hvb", primar_orsak="Kriminalitet", forkortade_dygn=30,
            dygnskostnad="2000.00", insatskostnad="6000.50",
        ),
    )  # fmt: skip
    assert belopp(*historia, slag=BEDOMT_ARENDE) == [
        Belopp(
            "3", BEDOMT_ARENDE, "1880", "Socialnämnden", dag("2019-06-14"), dag("2019-06-01"), 5_399_950,
            insatsform="hvb", underslag="Kriminalitet", antal=30_000, prissort="dygn", pris=200_000,
            arende=identitet(UUID(EN_PLACERING)), atgard=identitet(STROM), utfall="stor",
        )
    ]  # fmt: skip


def test_utan_angivna_dygn_raknas_de_fran_det_verkliga_slutet_till_det_hypotetiska() -> None:
    borjan = (en_identifierad_atgard(), en_paborjad_atgard())
    fall = ett_bedomt_arende("2019-06-14", faktiskt_slut="2019-06-01")
    (rad,) = belopp(*borjan, ett_hypotetiskt_slut(slut="2019-12-31"), fall, slag=BEDOMT_ARENDE)
    assert (rad.antal, rad.belopp, rad.handelser) == (213_000, 213 * 200_000 - 600_050, "3 4")
    (rad,) = belopp(*borjan, ett_hypotetiskt_slut(slut="2019-05-30"), fall, slag=BEDOMT_ARENDE)
    assert (rad.antal, rad.belopp) == (-2_000, -2 * 200_000 - 600_050)


def test_det_senaste_hypotetiska_slutet_kant_den_dagen_galler() -> None:
    historia = (
        en_identifierad_atgard(),
        en_paborjad_atgard(),
        ett_hypotetiskt_slut("2019-06-15", slut="2019-06-03"),
        ett_hypotetiskt_slut("2019-06-14", slut="2019-09-01"),
        ett_hypotetiskt_slut("2019-06-14", slut="2019-08-01"),
        ett_hypotetiskt_slut("2019-03-01", slut="2019-12-31"),
        ett_bedomt_arende("2019-06-14", faktiskt_slut="2019-06-01"),
    )
    (rad,) = belopp(*historia, slag=BEDOMT_ARENDE)
    assert (rad.antal, rad.handelser) == (61_000, "5 7")


def test_ett_arende_utan_placering_ar_sitt_eget_fall() -> None:
    fall = ett_bedomt_arende(placering_id=None, arende_id=ETT_ARENDE, forkortade_dygn=0, faktiskt_slut=None)
    (rad,) = belopp(en_identifierad_atgard(), en_paborjad_atgard(), fall, slag=BEDOMT_ARENDE)
    assert (rad.arende, rad.antal, rad.belopp, rad.insatsform) == (identitet(UUID(ETT_ARENDE)), 0, -600_050, None)


def test_en_rattad_bedomning_ersatter_den_felaktiga() -> None:
    fel = ett_bedomt_arende(forkortade_dygn=30, effektklass="stor")
    ratt = ett_bedomt_arende(forkortade_dygn=3, effektklass="liten")
    (rad,) = belopp(en_identifierad_atgard(), en_paborjad_atgard(), fel, rattelse(3, ratt), slag=BEDOMT_ARENDE)
    assert (rad.antal, rad.utfall, rad.handelser) == (3_000, "liten", "4")
