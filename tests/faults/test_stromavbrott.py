"""Power cuts: what was acknowledged before the cut is on the disk – and with an unsafe setting it is not.

The controls are what give the test its worth: a method that cannot make an unsafe database lose events proves nothing
about a safe one. Their writer pauses between events, since one that never rests is always waiting for some write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from eventsourcing.persistence import PersistenceError
from sqlalchemy import exc

from application.ports import OsakerDatabas
from interfaces.bootstrap import koppla
from tests.databaser import kopiera
from tests.faults.konto import Konto, Skrivarprocess, Utslag, granska, hall_mot
from tests.faults.skrivare import Uppdrag
from tests.faults.stromlos import Disk, disk_utan_reservkraft, kor

LANGSTA_TID = 0.3
AVBROTT_PER_LIGGARE = 20
SKRIVAREN = Uppdrag("", fro=17, antal=2_000, paus=0.003)


@pytest.fixture
def disk() -> Iterator[Disk]:
    with disk_utan_reservkraft() as en_disk:
        yield en_disk


def skrivare(disk: Disk, bas: Path, uppdrag: Uppdrag) -> Skrivarprocess:
    fil = kopiera(bas, disk.plats / "liggare.db")
    kor("sync", "--file-system", fil)  # the ledger was there long before
    return Skrivarprocess(replace(uppdrag, databas=str(fil)))


@pytest.mark.parametrize("antal", [2, pytest.param(50, marks=pytest.mark.tung)])
@pytest.mark.parametrize("per_bunt", [0, 25])
def test_inget_bekraftat_forloras_nar_strommen_gar(
    disk: Disk, bas: Path, antal: int, per_bunt: int, protokoll: Callable[..., None]
) -> None:
    slump, summa = Random(antal), Utslag()
    for nr in range(0, antal, AVBROTT_PER_LIGGARE):
        with skrivare(disk, bas, replace(SKRIVAREN, per_bunt=per_bunt, fro=nr + 17)) as process:
            process.bokfor_minst(2)
            for _ in range(min(AVBROTT_PER_LIGGARE, antal - nr)):
                process.bokfor(0.05 + slump.random() * LANGSTA_TID)
                konto = process.konto.nu()
                with disk.efter_stromavbrott() as plats:
                    utslag = granska(str(plats / "liggare.db"), [konto])
                utslag.kontrollera()
                summa.lagg_till(utslag)
        disk.tom()
    protokoll(f"strömavbrott, {'buntar om 25' if per_bunt else 'en händelse i taget'}", antal, summa.som_text())


@pytest.mark.parametrize("antal", [1, pytest.param(10, marks=pytest.mark.tung)])
@pytest.mark.parametrize(("installning", "synkront"), [("NORMAL", "1"), ("OFF", "0")])
def test_en_osaker_installning_forlorar_det_bekraftade(
    disk: Disk, bas: Path, antal: int, installning: str, synkront: str, protokoll: Callable[..., None]
) -> None:
    forlorade = []
    with skrivare(disk, bas, replace(SKRIVAREN, synkront=synkront)) as process:
        for _ in range(antal):
            process.bokfor_minst(process.konto.poster + 40)
            konto = process.konto.nu()
            with disk.efter_stromavbrott() as plats:
                forlorade.append(_forlorade(plats / "liggare.db", konto))
    # A cut may come just after the database wrote of its own accord what it had put off.
    ganger = sum(map(bool, forlorade))
    assert ganger * 2 > antal, "kontrollen förlorade för lite: metoden visar då ingenting om den säkra inställningen"
    utfall = f"bekräftade händelser förlorades vid {ganger} av {antal} avbrott, högst {max(forlorade)} vid ett"
    protokoll(f"kontroll: strömavbrott med synchronous={installning}", antal, utfall)


def _forlorade(fil: Path, konto: Konto) -> int:
    alla = sum(post.position is not None for post in konto.bekraftade)
    with suppress(OsakerDatabas, PersistenceError, exc.SQLAlchemyError):
        tjanster = koppla(str(fil), skapa=False)
        try:
            return hall_mot(tjanster, [konto]).forlorade
        finally:
            tjanster.stang()
    return alla
