"""The follow-up of an åtgärd is one question to the fact tables, and the log gives the same rows again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.dialects import sqlite

from application.envelope import Forslag
from domain.atgard.handelser import SlutdatumHypotetiskt
from domain.begrepp import Samling
from domain.fakta import Belopp
from domain.faktaspar import ALLTJAMT
from domain.handelse import Handelse
from infrastructure.facts import hela_fakta
from interfaces.bootstrap import Tjanster, koppla
from tests.domain.exempel_atgard import en_beraknad_effekt, ett_bedomt_arende, ett_foljt_hemtagningspaket

ATGARD = UUID(int=0xA7)

UPPFOLJNING = """
    select utfall, count(*), sum(antal) / 1000, sum(antal * pris) / 1000, sum(antal * pris) / 1000 - sum(belopp),
           sum(belopp)
    from fakta_belopp join drag_belopp on drag_belopp.id = drag
    where slag = 'bedomtArende' and atgard = :atgard and dag <= :galler_den
      and kand_fran <= :position and kand_till > :position
    group by utfall order by utfall
"""
"""Per effect class: cases, shortened days, gross, cost of the åtgärd and net, money in öre."""

VANTAT = """
    select belopp from fakta_belopp join drag_belopp on drag_belopp.id = drag
    where slag = 'forvantadEffekt' and atgard = :atgard and dag <= :galler_den
      and kand_fran <= :position and kand_till > :position
    order by ordning desc limit 1
"""


@pytest.fixture
def fil(tmp_path: Path) -> Path:
    return tmp_path / "liggare.db"


@pytest.fixture
def tjanster(fil: Path) -> Iterator[Tjanster]:
    oppnade = koppla(str(fil), klocka=lambda: datetime(2020, 1, 15, 8, tzinfo=UTC))
    yield oppnade
    oppnade.stang()


def registrera(tjanster: Tjanster, *historia: Handelse) -> None:
    fran = tjanster.huvudbok.antal() + 1
    for nummer, handelse in enumerate(historia, start=fran):
        tjanster.registrator.registrera(Forslag(Samling.ATGARDER, ATGARD, handelse, UUID(int=nummer)))


def fraga(fil: Path, sats: str, galler_den: str = "2019-12-31", position: int = ALLTJAMT - 1) -> list[tuple[Any, ...]]:
    dag = date.fromisoformat(galler_den).toordinal()
    with closing(sqlite3.connect(fil)) as forbindelse:
        return forbindelse.execute(sats, {"atgard": ATGARD.hex, "galler_den": dag, "position": position}).fetchall()


def test_uppfoljningen_fall_for_fall_ar_en_enda_fraga(tjanster: Tjanster, fil: Path) -> None:
    registrera(tjanster, *ett_foljt_hemtagningspaket())
    rader = fraga(fil, UPPFOLJNING)
    assert rader == [
        ("ingen", 15, 0, 0, 5_750_000, -5_750_000),
        ("liten", 7, 147, 28_665_000, 2_683_333, 25_981_667),
        ("stor", 14, 1222, 379_517_600, 5_366_667, 374_150_933),
    ]
    antal, dygn, brutto, kostnad, netto = (sum(varden) for varden in zip(*(rad[1:] for rad in rader), strict=True))
    assert (antal, dygn) == (36, 1369)
    assert (brutto, kostnad, netto) == (408_182_600, 13_800_000, 394_382_600)


def test_samma_fraga_som_den_besvarades_for_en_tidigare_dag_och_kunskap(tjanster: Tjanster, fil: Path) -> None:
    historia = ett_foljt_hemtagningspaket()
    registrera(tjanster, *historia)
    kant = tjanster.huvudbok.antal()
    registrera(tjanster, ett_bedomt_arende("2019-06-20", effektklass="liten", forkortade_dygn=1))
    assert [rad[:2] for rad in fraga(fil, UPPFOLJNING, "2019-06-30")] == [("ingen", 15), ("liten", 2)]
    assert [rad[:2] for rad in fraga(fil, UPPFOLJNING, "2019-06-30", kant)] == [("ingen", 15), ("liten", 1)]


def test_den_senaste_vantade_effekten_ar_den_med_hogst_ordning(tjanster: Tjanster, fil: Path) -> None:
    registrera(tjanster, *ett_foljt_hemtagningspaket(), en_beraknad_effekt("2019-08-31", prognos_under_aret="5.00"))
    kant = tjanster.huvudbok.antal()
    registrera(tjanster, en_beraknad_effekt("2019-04-30", prognos_under_aret="8.00"))
    assert fraga(fil, VANTAT) == [(500,)]
    assert fraga(fil, VANTAT, "2019-08-30") == [(800,)]
    assert fraga(fil, VANTAT, "2019-08-30", kant) == []


def test_fakta_som_byggs_om_ur_loggen_ar_desamma(tjanster: Tjanster, fil: Path) -> None:
    borjan, arenden = ett_foljt_hemtagningspaket()[:3], ett_foljt_hemtagningspaket()[3:]
    # A new statement of a hypothetical end the same day closes the row of the case it changes.
    nytt_slut = next(h for h in arenden if type(h) is SlutdatumHypotetiskt)
    registrera(tjanster, *borjan, *arenden, nytt_slut.model_copy(update={"hypotetiskt_slut": date(2019, 12, 31)}))
    alla = str(hela_fakta(Belopp).compile(dialect=sqlite.dialect()))
    fore = fraga(fil, alla)
    assert len(fore) == 37
    tjanster.ombyggare.bygg_om()
    assert fraga(fil, alla) == fore
