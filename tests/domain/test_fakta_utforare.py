"""From what happens to a unit to its facts: what it is, where it belongs, its places, agreements and queue."""

from __future__ import annotations

import pytest

from domain.begrepp import Samling
from domain.fakta import (
    ABONNEMANG,
    AVTALSVOLYM,
    KO,
    ORGANISATION,
    PLATS,
    RAMAVTAL,
    UTFORARE,
    Fakta,
    Intervall,
    handelse_av,
)
from domain.handelse import Handelse
from domain.harledning import fakta
from domain.historik import gallande
from domain.tid import OANDLIG_DAG
from tests.domain.exempel import (
    en_makulering,
    en_uppfoljning,
    en_utforare,
    ett_abonnemang,
    ett_platsantal,
    ett_ramavtal,
    ett_upphort_ramavtal,
)
from tests.domain.exempel_utforare import (
    ABONNEMANG_ID,
    ANNAN_KOPLATS,
    KOANDE,
    en_andrad_utforare,
    en_avbojd_forfragan,
    en_avtalsvolym,
    en_belaggning,
    en_ekonomisk_kontroll,
    en_hemvist,
    en_koplats,
    en_serviceinsats,
    en_upphandling,
    en_upphord_koplats,
    ett_upphort_abonnemang,
    ett_utforarslut,
)
from tests.domain.fakta_om_utforaren import (
    ENHETEN,
    OPPEN,
    PERSONEN,
    STROM,
    alla,
    dag,
    dagar,
    intervall,
    punkter,
)
from tests.domain.stegvis import Steg, stegvis
from tests.givet import Rattelse, noteringar, rattelse

# What it is


def test_en_utforare_finns_fran_sin_registrering() -> None:
    assert intervall(slag=UTFORARE) == [
        Intervall(
            "1", "utforare", "1880", dag("2018-01-01"), OANDLIG_DAG, regi="extern", utforare=ENHETEN,
            enhet="HVB Eken", underslag="hvb",
        )
    ]  # fmt: skip


def test_varje_andring_av_utforaren_galler_fran_sin_dag_och_ror_bara_det_den_sager() -> None:
    historia = (
        en_andrad_utforare("2018-03-01", alder_fran=13, malgrupp="unga"),
        en_andrad_utforare("2018-05-01", slag="stodboende", namn="Ekens stödboende", kon="blandat"),
        en_andrad_utforare("2018-05-01", alder_till=20),
        en_andrad_utforare("2019-01-01", alder_fran=0),
        ett_utforarslut("2019-12-31"),
    )
    rader = intervall(*historia, slag=UTFORARE)
    assert [(dagar(rad), rad.enhet, rad.underslag, rad.utfall, rad.malgrupp, rad.kon) for rad in rader] == [
        (("2018-01-01", "2018-03-01"), "HVB Eken", "hvb", None, None, None),
        (("2018-03-01", "2018-05-01"), "HVB Eken", "hvb", "13–", "unga", None),
        (("2018-05-01", "2019-01-01"), "Ekens stödboende", "stodboende", "13–20", "unga", "blandat"),
        (("2019-01-01", "2019-12-31"), "Ekens stödboende", "stodboende", "0–20", "unga", "blandat"),
    ]
    assert [handelse_av(rad) for rad in rader] == [[1, 2], [1, 2, 4], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6]]


def test_bara_en_hogsta_alder() -> None:
    rader = intervall(en_andrad_utforare("2018-03-01", alder_till=12), slag=UTFORARE)
    assert [rad.utfall for rad in rader] == [None, "–12"]


def test_en_andring_som_upptacks_sent_ger_samma_fakta_som_en_i_tid() -> None:
    tidig, sen = en_andrad_utforare("2018-03-01", alder_fran=13), en_andrad_utforare("2018-09-01", slag="boende")

    def utan_sparet(*historia: Handelse) -> list[Fakta]:
        return [rad._replace(handelser="") for rad in alla(*historia)]

    assert utan_sparet(sen, tidig) == utan_sparet(tidig, sen)


# Where it belongs


def test_enheten_hor_till_ett_omrade_tills_den_flyttas() -> None:
    historia = (
        en_hemvist("2018-02-01", "Resurs", avdelning="Boenden", verksamhet="Barn och unga"),
        en_hemvist("2019-10-01", "Vård och stöd"),
    )
    assert intervall(*historia, slag=ORGANISATION) == [
        Intervall(
            "1 2 3", "organisation", "1880", dag("2018-02-01"), dag("2019-10-01"), regi="extern", utforare=ENHETEN,
            enhet="HVB Eken", underslag="Resurs", utfall="Boenden",
        ),
        Intervall(
            "1 3", "organisation", "1880", dag("2019-10-01"), OANDLIG_DAG, regi="extern", utforare=ENHETEN,
            enhet="HVB Eken", underslag="Vård och stöd",
        ),
    ]  # fmt: skip


def test_en_enhet_som_byter_namn_hor_till_samma_omrade_under_sitt_nya_namn() -> None:
    historia = (
        en_andrad_utforare("2018-01-15", namn="Eken"),
        en_hemvist("2018-02-01"),
        en_andrad_utforare("2018-06-01", namn="Granen"),
        en_hemvist("2019-10-01", "Vård och stöd"),
        ett_utforarslut("2019-12-31"),
    )
    rader = intervall(*historia, slag=ORGANISATION)
    assert [(dagar(rad), rad.enhet, rad.underslag, handelse_av(rad)) for rad in rader] == [
        (("2018-02-01", "2018-06-01"), "Eken", "Resurs", [1, 2, 3, 4]),
        (("2018-06-01", "2019-10-01"), "Granen", "Resurs", [1, 2, 3, 4, 5]),
        (("2019-10-01", "2019-12-31"), "Granen", "Vård och stöd", [1, 2, 4, 5, 6]),
    ]


def test_en_omorganisation_som_rattas_tva_ganger() -> None:
    historia = (
        en_hemvist("2018-02-01"),
        en_hemvist("2019-10-01", "Vård"),
        rattelse(3, en_hemvist("2019-11-01", "Vård")),
    )
    andrad = rattelse(4, en_hemvist("2019-11-01", "Vård och stöd"))
    rader = intervall(*historia, andrad, slag=ORGANISATION)
    assert [(dagar(rad), rad.underslag) for rad in rader] == [
        (("2018-02-01", "2019-11-01"), "Resurs"),
        (("2019-11-01", OPPEN), "Vård och stöd"),
    ]
    assert [rad.underslag for rad in intervall(*historia, rattelse(4, en_makulering()), slag=ORGANISATION)] == [
        "Resurs",
        "Vård",
    ]


# Places per target group


def platser(*historia: Handelse | Rattelse) -> list[tuple[tuple[str, str], str | None, int]]:
    rader = intervall(*historia, slag=PLATS)
    return sorted(((dagar(rad), rad.malgrupp, rad.antal // 1000) for rad in rader), key=str)


def test_platser_for_tva_malgrupper_samma_dag_ar_tva_serier() -> None:
    barn, unga = (ett_platsantal("2018-02-01", n, malgrupp=m) for n, m in ((4, "barn"), (6, "unga")))
    assert platser(barn, unga, ett_platsantal("2019-01-01", 5, malgrupp="barn")) == [
        (("2018-02-01", "2019-01-01"), "barn", 4),
        (("2018-02-01", OPPEN), "unga", 6),
        (("2019-01-01", OPPEN), "barn", 5),
    ]


def test_platser_for_det_hela_avloser_malgruppernas() -> None:
    barn, unga = (ett_platsantal("2018-02-01", n, malgrupp=m) for n, m in ((4, "barn"), (6, "unga")))
    assert platser(barn, unga, ett_platsantal("2019-01-01", 9)) == [
        (("2018-02-01", "2019-01-01"), "barn", 4),
        (("2018-02-01", "2019-01-01"), "unga", 6),
        (("2019-01-01", OPPEN), None, 9),
    ]


def test_platser_for_malgrupper_avloser_det_hela_samma_dag() -> None:
    hela = ett_platsantal("2018-02-01", 10)
    barn, unga = (ett_platsantal("2018-02-01", n, malgrupp=m) for n, m in ((4, "barn"), (6, "unga")))
    assert platser(hela, barn, unga) == [(("2018-02-01", OPPEN), "barn", 4), (("2018-02-01", OPPEN), "unga", 6)]


def test_en_plats_minns_vad_som_avloste_den() -> None:
    (forsta, andra) = intervall(ett_platsantal("2018-02-01", 8), ett_platsantal("2019-01-01", 6), slag=PLATS)
    assert [handelse_av(rad) for rad in (forsta, andra)] == [[2, 3], [3]]


def test_en_avslutad_utforare_har_inga_platser() -> None:
    historia = (ett_platsantal("2018-02-01", 4, malgrupp="barn"), ett_utforarslut("2019-12-31"))
    (rad,) = intervall(*historia, slag=PLATS)
    assert (dagar(rad), handelse_av(rad)) == (("2018-02-01", "2019-12-31"), [2, 3])
    assert intervall(ett_platsantal("2019-12-31"), ett_utforarslut("2019-12-31"), slag=PLATS) == []


# Agreements


def test_ett_abonnemang_galler_tills_det_upphor() -> None:
    med_id, utan_id = ett_abonnemang("2018-04-01", abonnemang_id=ABONNEMANG_ID), ett_abonnemang("2018-05-01")
    historia = (med_id, utan_id, ett_upphort_abonnemang("2019-10-02", abonnemang_id=ABONNEMANG_ID))
    rader = intervall(*historia, slag=ABONNEMANG)
    assert [(dagar(rad), rad.antal, rad.pris, rad.prissort, handelse_av(rad)) for rad in rader] == [
        (("2018-04-01", "2019-10-02"), 2_000, 145_000_000, "ar", [2, 4]),
        (("2018-05-01", OPPEN), 2_000, 145_000_000, "ar", [3]),
    ]


def test_avtal_och_abonnemang_slutar_inte_for_att_utforaren_avslutas() -> None:
    historia = (ett_ramavtal(), ett_abonnemang(), ett_utforarslut("2019-06-30"), ett_upphort_ramavtal("2019-10-01"))
    assert dagar(intervall(*historia, slag=RAMAVTAL)[0]) == ("2018-03-01", "2019-10-01")
    assert dagar(intervall(*historia, slag=ABONNEMANG)[0]) == ("2018-04-01", OPPEN)


def test_en_avtalsvolym_galler_tills_den_loper_ut_eller_avtalas_om() -> None:
    historia = (
        en_avtalsvolym("2018-02-01", 900, till="2019-01-01"),
        en_avtalsvolym("2019-03-01", 950, till="2020-01-01"),
        en_avtalsvolym("2019-07-01", 990),
        ett_utforarslut("2020-06-30"),
    )
    rader = intervall(*historia, slag=AVTALSVOLYM)
    assert [(dagar(rad), rad.antal, handelse_av(rad)) for rad in rader] == [
        (("2018-02-01", "2019-01-01"), 900_000, [2]),
        (("2019-03-01", "2019-07-01"), 950_000, [3, 4]),
        (("2019-07-01", "2020-06-30"), 990_000, [4, 5]),
    ]


# The queue


def test_en_koplats_varar_tills_den_upphor() -> None:
    historia = (
        en_koplats("2018-06-02", person_id=KOANDE, enhet="Vändpunkten", malgrupp="vuxna"),
        en_koplats("2018-06-03", ko_id=ANNAN_KOPLATS, familj=True),
        en_upphord_koplats("2018-09-01", orsak="avstod"),
    )
    assert intervall(*historia, slag=KO) == [
        Intervall(
            "2 4", "ko", "1880", dag("2018-06-02"), dag("2018-09-01"), regi="extern", utforare=ENHETEN,
            person=PERSONEN, enhet="Vändpunkten", malgrupp="vuxna", underslag="person",
        ),
        Intervall(
            "3", "ko", "1880", dag("2018-06-03"), OANDLIG_DAG, regi="extern", utforare=ENHETEN, underslag="familj"
        ),
    ]  # fmt: skip
    rader = punkter(*historia)
    assert [(rad.slag, rad.handelser, rad.dag, rad.person, rad.underslag, rad.utfall) for rad in rader] == [
        ("ko.stalld", "2", dag("2018-06-02"), PERSONEN, "person", None),
        ("ko.stalld", "3", dag("2018-06-03"), None, "familj", None),
        ("ko.upphord", "2 4", dag("2018-09-01"), PERSONEN, "person", "avstod"),
    ]


def test_en_koplats_som_upphor_samma_dag_har_ingen_tid_i_kon() -> None:
    historia = (en_koplats("2018-06-02"), en_upphord_koplats("2018-06-02"))
    assert intervall(*historia, slag=KO) == []
    assert [rad.slag for rad in punkter(*historia)] == ["ko.stalld", "ko.upphord"]


# What an entry adds


@pytest.mark.parametrize(
    "ny",
    [
        ett_ramavtal(),
        ett_abonnemang(),
        en_koplats(),
        en_upphandling(),
        en_uppfoljning(),
        en_ekonomisk_kontroll(),
        en_avbojd_forfragan(),
        en_serviceinsats(),
        en_belaggning(),
    ],
    ids=lambda h: h.typ,
)
def test_det_som_star_for_sig_laggs_bara_till(ny: Handelse) -> None:
    *_, sent = stegvis(Samling.UTFORARE, noteringar(en_utforare(), ett_platsantal("2030-01-01"), ny))
    assert sent.stangda == []
    assert {rad.handelser for _, rad in sent.nya} == {"3"}


@pytest.mark.parametrize(
    ("ny", "berors"),
    [
        (en_andrad_utforare(), ["utforare", "organisation"]),
        (en_hemvist("2019-06-01"), ["organisation"]),
        (ett_platsantal("2019-06-01"), ["plats"]),
        (en_avtalsvolym("2019-06-01"), ["avtalsvolym"]),
        (en_upphord_koplats(), ["ko"]),
        (ett_utforarslut(), ["utforare", "organisation", "plats", "avtalsvolym"]),
    ],
    ids=lambda varde: varde.typ if isinstance(varde, Handelse) else "",
)
def test_det_som_andrar_vad_som_gallt_ror_bara_det(ny: Handelse, berors: list[str]) -> None:
    steg = Steg(Samling.UTFORARE)
    fore = (
        en_utforare(), en_hemvist("2018-01-02"), ett_platsantal("2018-01-03"), en_avtalsvolym("2018-01-04"),
        en_koplats("2018-01-05"),
    )  # fmt: skip
    *forr, ny_notering = noteringar(*fore, ny)
    for rad in forr:
        steg.anteckna(rad)
    kanda = dict(steg.kanda)
    assert [kanda[radnr].slag for _, radnr in steg.anteckna(ny_notering).stangda] == berors


def test_utan_registrering_finns_inga_fakta() -> None:
    assert fakta(Samling.UTFORARE, STROM, gallande(noteringar(en_koplats()))) == []
