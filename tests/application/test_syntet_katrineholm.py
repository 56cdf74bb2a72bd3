"""A year's report with volumes: cases, investigations, care days per form, services, and the year's outcome."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.application.test_syntet_hjalp import Json, vistelser
from tests.application.test_syntet_tabeller_hjalp import (
    av_typ,
    dygn,
    i_perioden,
    kommunens,
    skapa,
    stallning,
    strommar,
    tabell,
)

AR = (2018, 2019)


@pytest.fixture(scope="module")
def historia() -> tuple[list[Json], tuple[str, ...]]:
    return skapa(kommunens("katrineholm"))


@pytest.fixture(scope="module")
def alla(historia: tuple[list[Json], tuple[str, ...]]) -> list[Json]:
    return historia[0]


def tryckt(etikett: str, ar: int) -> int:
    (rad,) = (r for r in tabell("katrineholm-2019-volymmatt").rader if r["volymmatt"].startswith(etikett))
    return int(rad[f"utfall_{ar}"])


@pytest.mark.parametrize("ar", AR)
@pytest.mark.parametrize(
    ("etikett", "typer"),
    [
        ("Antal inkomna aktualiseringar", ("arende.aktualiserat", "aktualisering.inkommen")),
        ("Antal startade utredningar", ("utredning.paborjad",)),
        ("Antal avslutade utredningar", ("utredning.avslutad",)),
    ],
)
def test_floden_ar_de_tryckta(alla: list[Json], etikett: str, typer: tuple[str, ...], ar: int) -> None:
    assert len(i_perioden(av_typ(alla, *typer), f"{ar}-01-01", f"{ar}-12-31")) == tryckt(etikett, ar)


def test_pagaende_utredningar_foljer_flodet_och_noten_sager_det(
    historia: tuple[list[Json], tuple[str, ...]],
) -> None:
    alla, noter = historia
    pagar = [stallning(alla, "utredning.paborjad", "utredning.avslutad", "utredningId", f"{ar}-12-31") for ar in AR]
    assert pagar == [449, 443]
    assert any("405 är tryckt, men de påbörjade och avslutade ger 443" in n for n in noter)


VARD = [
    ("Antal utnyttjade vårdrygn i familjehem, ensamkommande", ("ensamkommande",), ("familjehemEget",)),
    ("Antal utnyttjade vårdrygn i stödboende/HVB, ensamkommande", ("ensamkommande",), ("hvb", "stodboende")),
    ("Antal utnyttjade vårdrygn i familjehem, barn och unga exkl", ("barn", "unga"), ("familjehemEget",)),
    ("Antal utnyttjade vårdrygn på institution, barn och unga exkl", ("barn", "unga"), ("hvb",)),
    ("Antal utnyttjade vårdrygn på institution, vuxna", ("vuxna",), ("institutionMissbruk",)),
]


@pytest.mark.parametrize("ar", AR)
@pytest.mark.parametrize(("etikett", "grupper", "former"), VARD)
def test_vardygnen_ar_de_tryckta(
    alla: list[Json], etikett: str, grupper: tuple[str, ...], former: tuple[str, ...], ar: int
) -> None:
    egna = [v for v in vistelser(alla).values() if v.borjan["malgrupp"] in grupper and v.borjan["insatsform"] in former]
    slut = [v.slut["datum"] if v.slut else None for v in egna]
    ramar = date(ar, 1, 1), date(ar + 1, 1, 1)
    assert sum(dygn(v.borjan["datum"], s, *ramar) for v, s in zip(egna, slut, strict=True)) == tryckt(etikett, ar)


def test_den_andra_tabellens_vardygn_foljs_inte_och_det_sags(historia: tuple[list[Json], tuple[str, ...]]) -> None:
    assert any("6000" in n and "7600" in n and "6000 följs" in n for n in historia[1])


@pytest.mark.parametrize("ar", AR)
@pytest.mark.parametrize(
    ("etikett", "former"),
    [
        ("Antal pågående insatser", ("kontaktperson", "kontaktfamilj")),
        ("Antal sociala kontrakt", ("socialtKontrakt",)),
    ],
)
def test_insatser_utan_vardygn_ar_de_tryckta(alla: list[Json], etikett: str, former: tuple[str, ...], ar: int) -> None:
    pagar = stallning(alla, "insats.paborjad", "insats.avslutad", "insatsId", f"{ar}-12-31", insatsform=former)
    assert pagar == tryckt(etikett, ar)


@pytest.mark.parametrize("ar", AR)
def test_ensamkommande_ar_de_tryckta(alla: list[Json], ar: int) -> None:
    pagar = stallning(alla, "status.andrad", "ansvar.overlamnat", "id", f"{ar}-12-31")
    assert pagar == tryckt("Antal ensamkommande", ar)
    oppna = stallning(alla, "arende.aktualiserat", "arende.avslutat", "id", f"{ar}-12-31", arendetyp=("ensamkommande",))
    assert oppna == pagar


@pytest.mark.parametrize(
    ("etikett", "arendetyp", "ar"),
    [
        ("Antal kvinnofridsärenden", "valdINaraRelation", 2018),
        ("Antal kvinnofridsärenden", "valdINaraRelation", 2019),
        ("Antal ärenden spelmissbruk", "spelmissbruk", 2019),
    ],
)
def test_arenden_av_ett_slag_borjar_och_slutar_i_aret(alla: list[Json], etikett: str, arendetyp: str, ar: int) -> None:
    arets = {
        h["id"] for h in i_perioden(av_typ(alla, "arende.aktualiserat"), f"{ar}-01-01", f"{ar}-12-31")
        if h["arendetyp"] == arendetyp
    }  # fmt: skip
    assert len(arets) == tryckt(etikett, ar)
    avslutade = i_perioden(av_typ(alla, "arende.avslutat"), f"{ar}-01-01", f"{ar}-12-31")
    assert arets <= {h["id"] for h in avslutade}


def test_dygn_utan_beslut_redovisas(alla: list[Json]) -> None:
    redovisade = {h["datum"][:4]: h["dygn"] for h in av_typ(alla, "serviceinsats.redovisad")}
    assert redovisade == {str(ar): tryckt("Antal utnyttjade vårdrygn på Vårnäs", ar) for ar in AR}


def test_arets_utfall_och_budget_ar_de_tryckta(alla: list[Json]) -> None:
    tryckta = {
        r["post"].removeprefix("varav "): (Decimal(r["utfall_2019"]), Decimal(r["budget_2019"]))
        for r in tabell("katrineholm-2019-driftsredovisning").rader
        if r["post"].startswith("varav") or r["post"] == "Verksamhetens intäkter"
    }
    bokfort: dict[str, Decimal] = dict.fromkeys(tryckta, Decimal(0))
    for h in av_typ(alla, "utfall.bokfort"):
        for rad in h["rader"]:
            bokfort[rad["verksamhet"]] += Decimal(rad["belopp"])
    (budget,) = av_typ(alla, "budget.faststalld")
    budgeterat = {rad["verksamhet"]: Decimal(rad["belopp"]) for rad in budget["rader"]}
    assert bokfort == {namn: -1000 * utfall for namn, (utfall, _) in tryckta.items()}
    assert budgeterat == {namn: -1000 * belopp for namn, (_, belopp) in tryckta.items()}


def test_historien_slutar_med_aret(alla: list[Json]) -> None:
    assert max(h["datum"] for h in alla if h["samling"] == "arenden") == "2019-12-31"
    assert strommar(alla, "placeringar")
