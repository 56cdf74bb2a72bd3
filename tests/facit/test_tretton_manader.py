"""Katrineholm 2019: thirteen months of placement cost in one year, explained by events that have both their months.

The board went back to booking cost in the month of care, so December 2018 was booked in 2019 beside all of its own
twelve months (K19-01): 46 246 tkr over budget as booked, 38 874 tkr for the care of the year.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from application.fragetolkning import tolka_fraga
from domain.begrepp import Kontogrupp
from domain.budgetperiod.begrepp import KallansTecken
from domain.pengar import fordela, kronor
from domain.strom import budgetperiodens_id
from interfaces.bootstrap import Tjanster, koppla

TRYCKT = Path(__file__).parent / "katrineholm-2019-driftsredovisning.csv"
KOMMUN, NAMND, AR = "0483", "Socialnämnden", 2019

KONTOGRUPPER = {
    "Verksamhetens intäkter": "ovrigaIntakter",
    "varav ekonomiskt bistånd": "ovrigaKostnader",
    "varav köpt huvudverksamhet (placeringar)": "kopAvVerksamhet",
    "varav personalkostnader inkl ers familjehem": "personal",
    "varav utredningskonsulter": "bemanningsforetag",
    "varav övriga kostnader": "ovrigaKostnader",
}
PLACERINGAR, KONSULTER = "varav köpt huvudverksamhet (placeringar)", "varav utredningskonsulter"
AVRUNDNING = "Tryckta summans avrundning"
AVSER_2018 = {PLACERINGAR: 6_441, KONSULTER: 931}
"""Tkr of the year's cost that was for care in December 2018, according to the report's own text."""


def tryckta_rader() -> dict[str, dict[str, int]]:
    """Return the printed table in tkr, as printed: income positive, cost negative."""
    with TRYCKT.open(encoding="utf-8") as fil:
        rader = csv.DictReader(rad for rad in fil if not rad.startswith("#"))
        return {
            rad["post"]: {kolumn: int(rad[kolumn]) for kolumn in ("utfall_2019", "budget_2019") if rad[kolumn]}
            for rad in rader
        }


def nettokostnader(kolumn: str) -> dict[str, int]:
    """Return net cost in tkr per line; what the printed total differs from its parts is a line of its own."""
    rader = tryckta_rader()
    kostnader = {post: -rader[post][kolumn] for post in KONTOGRUPPER}
    return {**kostnader, AVRUNDNING: -rader["Summa"][kolumn] - sum(kostnader.values())}


def en_rad(post: str, belopp: Decimal) -> dict[str, Any]:
    kontogrupp = KONTOGRUPPER.get(post, Kontogrupp.OFORDELAT.value)
    return {"verksamhet": post, "kontogrupp": kontogrupp, "belopp": str(belopp)}


def arets_handelser() -> Iterator[dict[str, Any]]:
    yield {
        "typ": "budget.faststalld", "datum": "2018-11-28", "kommun": KOMMUN, "namnd": NAMND, "ar": AR,
        "rader": [en_rad(post, Decimal(1000 * tkr)) for post, tkr in nettokostnader("budget_2019").items()],
        "kallansTecken": "kostnadNegativ",
    }  # fmt: skip
    yield {
        "typ": "periodiseringsprincip.andrad", "datum": "2019-01-01", "princip": "vardmanad", "galler": "kostnader",
        "motivering": "Kostnader ska åter bokföras den månad vården ges, som före 2016",
    }  # fmt: skip
    for post, tkr in nettokostnader("utfall_2019").items():
        egna = fordela(100_000 * (tkr - AVSER_2018.get(post, 0)), [1] * 12)
        for nr, antal_ore in enumerate(egna, start=1):
            yield bokning(f"2019-{nr:02}", post, kronor(antal_ore))
    for post, tkr in AVSER_2018.items():
        yield {**bokning("2019-01", post, Decimal(1000 * tkr)), "avserManad": "2018-12", "fakturadatum": "2019-01-10"}


def bokning(manad: str, post: str, belopp: Decimal) -> dict[str, Any]:
    return {
        "typ": "utfall.bokfort", "datum": f"{manad}-28", "manad": manad, "rader": [en_rad(post, belopp)],
        "kallansTecken": "kostnadNegativ",
    }  # fmt: skip


@pytest.fixture(scope="module")
def katrineholm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tjanster]:
    strom = str(budgetperiodens_id(KOMMUN, NAMND, AR))
    tjanster = koppla(str(tmp_path_factory.mktemp("katrineholm") / "liggare.db"))
    rader = (
        orjson.dumps({"samling": "budgetperioder", "id": strom, "handelseId": str(UUID(int=nr)), **h})
        for nr, h in enumerate(arets_handelser(), start=1)
    )
    tjanster.importor().importera(rader)
    yield tjanster
    tjanster.stang()


def tkr(tjanster: Tjanster, matt: str, period_efter: str, **fragan: str) -> dict[tuple[Any, ...], Decimal]:
    """Return a measure in tkr; the whole is under the empty group."""
    period = {"fran": "2019-01-01", "till": "2019-12-31", **fragan}
    fraga = tolka_fraga(
        matt,
        nu=tjanster.klocka(),
        galler_den="2019-12-31",
        urval={"kommun": KOMMUN},
        period_efter=period_efter,
        **period,
    )
    svar = tjanster.fragor.svara(fraga)
    tal = {**svar.varden, (): svar.totalt}
    return {grupp: Decimal(v.numerator) / v.denominator / 1000 for grupp, v in tal.items() if v is not None}


def test_katrineholms_tretton_manader_forklaras(katrineholm: Tjanster) -> None:
    (bokfort,) = tkr(katrineholm, "avvikelse", "bokforing").values()
    (vardens,) = tkr(katrineholm, "avvikelse", "vard").values()
    assert bokfort == -46_246
    assert vardens == -38_874
    assert vardens - bokfort == 7_372


def test_skillnaden_ar_december_2018_for_placeringar_och_konsulter(katrineholm: Tjanster) -> None:
    december = {"fran": "2018-12-01", "till": "2018-12-31", "gruppera": "verksamhet"}
    assert tkr(katrineholm, "utfall", "vard", **december) == {(PLACERINGAR,): 6_441, (KONSULTER,): 931, (): 7_372}


def test_placeringarna_minskade_bara_raknade_pa_tolv_manader(katrineholm: Tjanster) -> None:
    """K19-17: 65 921 tkr the year before; booked it rose, by month of care it fell."""
    bokfort = tkr(katrineholm, "utfall", "bokforing", gruppera="verksamhet")[PLACERINGAR,]
    vardens = tkr(katrineholm, "utfall", "vard", gruppera="verksamhet")[PLACERINGAR,]
    assert bokfort == 68_597
    assert vardens == 62_156
    assert vardens < 65_921 < bokfort


@pytest.mark.parametrize(("matt", "kolumn"), [("utfall", "utfall_2019"), ("budget", "budget_2019")])
def test_den_tryckta_tabellen_ges_ater_med_sina_egna_tecken(katrineholm: Tjanster, matt: str, kolumn: str) -> None:
    netto = tkr(katrineholm, matt, "bokforing", gruppera="verksamhet")
    tryckt = tryckta_rader()
    for post, kontogrupp in KONTOGRUPPER.items():
        belopp = netto.get((post,), Decimal(0))
        assert KallansTecken.KOSTNAD_NEGATIV.tryckt(belopp, Kontogrupp(kontogrupp)) == tryckt[post][kolumn], post
    assert KallansTecken.KOSTNAD_NEGATIV.tryckt(netto[()], Kontogrupp.OFORDELAT) == tryckt["Summa"][kolumn]
