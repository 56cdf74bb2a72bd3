"""The one connection that writes: whose turn it is, what it remembers, and what is left when it is done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from eventsourcing.persistence import IntegrityError
from sqlalchemy import insert, select

from application.ports import LiggarenUpptagen
from infrastructure import writer
from infrastructure.database import oppna
from infrastructure.recorder import Recorder
from infrastructure.rows import Flerradssats
from infrastructure.sqlite import mycket_i_minnet
from infrastructure.tables import handelser, lasposition
from interfaces.bootstrap import Tjanster, koppla
from tests.infrastructure.test_recorder import placering


@pytest.fixture
def fil(tmp_path: Path) -> str:
    return str(tmp_path / "l.db")


@pytest.fixture
def tjanster(fil: str) -> Iterator[Tjanster]:
    oppnade = koppla(fil)
    yield oppnade
    oppnade.stang()


def test_den_som_vantat_for_lange_far_veta_det_och_kommer_sedan_fram(
    tjanster: Tjanster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_LANGSTA_VANTAN", 0.01)
    skriver, klar = threading.Event(), threading.Event()

    def lang_skrivning() -> None:
        with tjanster.huvudbok.skrivning():
            skriver.set()
            klar.wait()

    trad = threading.Thread(target=lang_skrivning)
    trad.start()
    skriver.wait()
    with pytest.raises(LiggarenUpptagen):
        tjanster.registrator.registrera(placering(1))
    klar.set()
    trad.join()
    assert tjanster.registrator.registrera(placering(1)).position == 1


def test_loggens_slut_minns_inte_fran_en_skrivning_till_nasta(fil: str, tjanster: Tjanster) -> None:
    annan = koppla(fil)
    positioner = [(tjanster, annan)[nr % 2].registrator.registrera(placering(nr)).position for nr in range(6)]
    assert positioner == [1, 2, 3, 4, 5, 6]
    assert (tjanster.huvudbok.antal(), annan.huvudbok.antal()) == (6, 6)
    annan.stang()


def test_drag_som_rullats_tillbaka_skrivs_nasta_gang(fil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tjanster = koppla(fil)
    bok: Any = tjanster.huvudbok
    riktig = bok.skriv

    def skriv_och_dra_ur_sladden(*args: Any) -> None:
        riktig(*args)
        raise RuntimeError

    monkeypatch.setattr(bok, "skriv", skriv_och_dra_ur_sladden)
    with pytest.raises(RuntimeError):
        tjanster.registrator.registrera(placering(1))
    monkeypatch.setattr(bok, "skriv", riktig)
    tjanster.registrator.registrera(placering(1))
    fore = tjanster.ombyggare.avtryck()
    tjanster.ombyggare.bygg_om()
    assert tjanster.ombyggare.avtryck() == fore
    tjanster.stang()


def test_nar_liggaren_stangts_ar_databasen_en_enda_fil(fil: str, tjanster: Tjanster) -> None:
    tjanster.registrator.registrera(placering(1))
    tjanster.stang()
    assert not list(Path(fil).parent.glob("l.db-*"))


def test_ett_fel_i_databasen_sager_inte_vad_som_skulle_skrivas(fil: str) -> None:
    motor = oppna(fil)
    sats = Flerradssats(insert(lasposition), lasposition.c.keys())
    with pytest.raises(IntegrityError) as fel, Recorder(motor).transaktion() as forbindelse:
        sats.kor(forbindelse, [("Kalle Anka", 1), ("Kalle Anka", 1)])
    hela = f"{fel.value} {fel.value.__cause__}"
    assert "lasposition.tillampning" in hela
    assert "Kalle Anka" not in hela
    motor.dispose()


def test_en_rad_lases_lika_ratt_pa_som_forbi_sqlalchemy(fil: str, tjanster: Tjanster) -> None:
    forslag = placering(1, rattar=None, kalla="Treserva", externId="7")
    tjanster.registrator.registrera(forslag)
    (forbi,) = tjanster.huvudbok.las_strom(forslag.strom)
    (via,) = tjanster.huvudbok.las_logg(0, 10)
    assert forbi == via
    motor = oppna(fil)
    with motor.connect() as forbindelse:
        rad = forbindelse.execute(select(handelser)).one()
    assert (forbi.originator_id, forbi.forslag.handelse_id, forbi.lov) == (rad.strom, rad.handelse_id, rad.lov)
    motor.dispose()


def test_det_som_sands_i_ett_svep_vagras_och_skrivs_som_annars(databas: str) -> None:
    motor = oppna(databas)
    recorder, sats = Recorder(motor), Flerradssats(insert(lasposition), lasposition.c.keys())
    with pytest.raises(IntegrityError), recorder.transaktion() as forbindelse, recorder.i_ett_svep(1):
        sats.kor(forbindelse, [("ekonomi", 1)])
        sats.kor(forbindelse, [("ekonomi", 2)])
    with recorder.transaktion() as forbindelse, recorder.i_ett_svep(1):
        sats.kor(forbindelse, [("ekonomi", 3)])
        sats.kor(forbindelse, [("avtal", 4), ("bemanning", 5)])
    assert [recorder.max_tracking_id(namn) for namn in ("ekonomi", "avtal", "bemanning")] == [3, 4, 5]
    motor.dispose()


def test_ett_avbrott_mitt_i_mycket_skrivande_ar_ett_avbrott(fil: str, tjanster: Tjanster) -> None:
    """Given that the interruption closed the connection, then nothing else is said of it."""
    motor = oppna(fil)
    with pytest.raises(KeyboardInterrupt), motor.begin() as forbindelse, mycket_i_minnet(forbindelse):
        forbindelse.invalidate()
        raise KeyboardInterrupt
    motor.dispose()
