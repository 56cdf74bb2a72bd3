"""The ledger opens safely or not at all."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from application.ports import OsakerDatabas
from infrastructure import sqlite
from infrastructure.database import oppna
from infrastructure.tables import SCHEMAVERSION


def test_sakra_installningar_galler_varje_forbindelse(tmp_path: Path) -> None:
    motor = oppna(str(tmp_path / "l.db"))
    with motor.connect() as en, motor.connect() as annan:
        for forbindelse in (en, annan):
            assert forbindelse.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert forbindelse.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert forbindelse.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    motor.dispose()


@pytest.mark.parametrize(
    ("pragma", "osakert"),
    [
        ("synchronous", "1"), ("synchronous", "0"), ("journal_mode", "delete"), ("foreign_keys", "0"),
        ("trusted_schema", "1"), ("cell_size_check", "0"), ("recursive_triggers", "0"),
    ],
)  # fmt: skip
def test_en_osaker_installning_vagras_vid_namn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pragma: str, osakert: str
) -> None:
    # The connections get the unsafe setting; the check still holds the safe ones against them.
    kravda, kontroll = sqlite.PRAGMAN, sqlite.kontrollera
    monkeypatch.setattr(sqlite, "PRAGMAN", {**kravda, pragma: osakert})

    def kontrollera(forbindelse: Connection) -> None:
        monkeypatch.setattr(sqlite, "PRAGMAN", kravda)
        kontroll(forbindelse)

    monkeypatch.setattr(sqlite, "kontrollera", kontrollera)
    with pytest.raises(OsakerDatabas, match=pragma):
        oppna(str(tmp_path / "l.db"))


def test_en_annan_schemaversion_vagras(tmp_path: Path) -> None:
    fil = tmp_path / "l.db"
    oppna(str(fil)).dispose()
    with sqlite3.connect(fil) as ra:
        ra.execute("UPDATE schema_version SET version = 99")
    ra.close()
    with pytest.raises(OsakerDatabas, match=rf"schemaversion är 99, men ska vara högst {SCHEMAVERSION}"):
        oppna(str(fil))


def test_en_fil_som_inte_ar_en_databas_vagras_och_lamnas_ifred(tmp_path: Path) -> None:
    fil = tmp_path / "brev.txt"
    fil.write_bytes(b"Hej! " * 1000)
    with pytest.raises(OsakerDatabas, match="brev"):
        oppna(str(fil))
    assert fil.read_bytes() == b"Hej! " * 1000


@pytest.mark.parametrize(
    "adress", ["mysql://bo:hemligt@localhost/liggare", "postgresql://bo:hemligt@localhost:femton/liggare"]
)
def test_en_adress_som_inte_gar_namnges_utan_sitt_losenord(adress: str) -> None:
    with pytest.raises(OsakerDatabas, match=r"databas är (mysql|postgresql)://…, men ska vara .*postgresql://") as fel:
        oppna(adress)
    assert "hemligt" not in str(fel.value)


def test_en_server_som_inte_svarar_namnges_utan_sitt_losenord(tmp_path: Path) -> None:
    with pytest.raises(OsakerDatabas, match="PostgreSQL-databas") as fel:
        oppna(f"postgresql://bo:hemligt@/liggare?host={tmp_path}")
    assert "hemligt" not in str(fel.value)


def test_fragor_skapar_ingen_databas(tmp_path: Path) -> None:
    with pytest.raises(OsakerDatabas, match="finns"):
        oppna(str(tmp_path / "saknas.db"), skapa=False)
    assert list(tmp_path.iterdir()) == []


def test_en_lasare_stoppas_inte_av_en_skrivare(tmp_path: Path) -> None:
    motor = oppna(str(tmp_path / "l.db"))
    with motor.execution_options(liggare_skriv=True).begin() as skrivare:
        skrivare.execute(text("INSERT INTO lasposition VALUES ('x', 1)"))
        with motor.begin() as lasare:
            assert lasare.execute(text("SELECT count(*) FROM lasposition")).scalar() == 0
    with motor.begin() as lasare:
        assert lasare.execute(text("SELECT count(*) FROM lasposition")).scalar() == 1
    motor.dispose()


def test_den_som_bara_fragar_vantar_inte_pa_en_pagaende_import(tmp_path: Path) -> None:
    fil = str(tmp_path / "l.db")
    motor = oppna(fil)
    with motor.execution_options(liggare_skriv=True).begin():
        oppna(fil, skapa=False).dispose()
    motor.dispose()


def test_en_frammande_databas_vagras_och_far_inga_tabeller(tmp_path: Path) -> None:
    fil = tmp_path / "annan.db"
    with sqlite3.connect(fil) as ra:
        ra.execute("CREATE TABLE kunder (id INTEGER)")
    ra.close()
    with pytest.raises(OsakerDatabas, match="kunder"):
        oppna(str(fil))
    with sqlite3.connect(fil) as ra:
        assert ra.execute("SELECT name FROM sqlite_master").fetchall() == [("kunder",)]
    ra.close()
