"""When a month is closed: what is known of the books decides, and never a month that has not come."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from application.prognos.fragan import tolka_prognosfraga
from domain.prognos.bokfort import Beloppsrader, bokfort_till
from domain.strom import budgetperiodens_id
from interfaces.bootstrap import koppla
from tests.prognos.liggare import KOMMUN, NAMND, Rad, id_av, las_in, rad, rader

JUNI = date(2019, 6, 30).toordinal()


def utfall(*manader: str) -> Beloppsrader:
    """Return a krona booked in each of some months."""
    forsta = np.array([date.fromisoformat(f"{m}-01").toordinal() for m in manader], dtype=np.int64)
    noll = np.zeros(len(forsta), dtype=np.int64)
    return Beloppsrader(noll, noll, noll, noll, noll, forsta, forsta, noll + 100, noll, noll, noll)


@pytest.mark.parametrize(
    ("bokforda", "oppen"),
    [
        (["2019-04", "2019-05"], "2019-05"),
        (["2019-05", "2019-06"], "2019-06"),
        (["2019-05", "2019-06", "2019-12"], "2019-06"),
        (["2019-05", "2020-01"], "2019-05"),
    ],
)
def test_en_senare_bokford_manad_stanger_men_ingen_kommande(bokforda: list[str], oppen: str) -> None:
    assert date.fromordinal(bokfort_till(utfall(*bokforda), JUNI)) == date.fromisoformat(f"{oppen}-01")


@pytest.mark.parametrize("bokforda", [[], ["2019-12"]])
def test_utan_bokforda_manader_ar_ingen_stangd(bokforda: list[str]) -> None:
    assert bokfort_till(utfall(*bokforda), JUNI) == 1


NU = datetime(2020, 4, 1, tzinfo=UTC)
PERIOD = str(budgetperiodens_id(KOMMUN, NAMND, 2019))
BOKFORT = sum(100_000 + 1000 * manad for manad in range(1, 13)) + 400_000


def _decembers_extra() -> Rad:
    egen = {"verksamhet": "Vård", "kontogrupp": "kopAvVerksamhet", "malgrupp": "barn", "insatsform": "kontaktperson"}
    return rad(
        "budgetperioder", PERIOD, "utfall.bokfort", date(2020, 1, 8), datetime(2020, 1, 8, 12, tzinfo=UTC),
        manad="2019-12", rader=[{**egen, "belopp": "400000.00"}],
    )  # fmt: skip


def _stangd(typ: str, dag: date, kand: datetime, **data: object) -> Rad:
    return rad("budgetperioder", PERIOD, typ, dag, kand, **data)


STANGD = _stangd("manad.stangd", date(2020, 1, 15), datetime(2020, 1, 20, 12, tzinfo=UTC), manad="2019-12")
BOKSLUT = _stangd("bokslut.faststallt", date(2020, 1, 15), datetime(2020, 1, 20, 12, tzinfo=UTC))
MAKULERAD = _stangd(
    "handelse.makulerad", date(2020, 1, 25), datetime(2020, 1, 25, 12, tzinfo=UTC),
    rattar=id_av(PERIOD, "manad.stangd", date(2020, 1, 15)), orsak="fel månad",
)  # fmt: skip
NOVEMBER = _stangd("manad.stangd", date(2020, 1, 15), datetime(2020, 1, 20, 12, tzinfo=UTC), manad="2019-11")


@pytest.mark.parametrize(
    ("egna", "galler", "kant", "stangt"),
    [
        ([STANGD], "2020-01-31", "2020-01-31", True),
        ([BOKSLUT], "2020-01-31", "2020-01-31", True),
        ([], "2020-01-31", "2020-01-31", False),
        ([NOVEMBER], "2020-01-31", "2020-01-31", False),
        # Before it was known, before the day that it took effect, and when it was annulled.
        ([BOKSLUT], "2020-01-31", "2020-01-19", False),
        ([BOKSLUT], "2020-01-14", "2020-01-31", False),
        ([STANGD, MAKULERAD], "2020-01-24", "2020-01-24", True),
        ([STANGD, MAKULERAD], "2020-01-31", "2020-01-31", False),
    ],
)  # fmt: skip
def test_det_namnden_stangt_gissas_inte(egna: list[Rad], galler: str, kant: str, stangt: bool) -> None:
    tjanster = koppla(":memory:", klocka=lambda: NU)
    las_in(tjanster, sorted([*rader(), _decembers_extra(), *egna], key=lambda r: (r["registrerad"], r["handelseId"])))
    fraga = tolka_prognosfraga(kommun=KOMMUN, nu=NU, ar=2019, galler_den=galler, kant_den=kant, vagar=100, metod="takt")
    svar = tjanster.prognostiserare.svara(fraga)
    tjanster.stang()
    kontakt = next(r for r in svar.rader if r.rad.nyckel == "Barn / Kontaktperson-/familj")
    assert (kontakt.metod == "stangt") is stangt
    assert (kontakt.kostnad.intervall[0.95] == (BOKFORT, BOKFORT)) is stangt
