"""A ledger of an older version becomes one of today's: the same events, leaves and answers, and nothing else."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, select, text

from application.ports import OsakerDatabas
from application.replay import HARLEDNINGSVERSION
from infrastructure import migrering
from infrastructure.database import oppna
from infrastructure.migrering import STEG, Steg
from infrastructure.tables import SCHEMAVERSION, handelser, schema, tysta
from interfaces.bootstrap import Tjanster, koppla, uppgradera
from interfaces.cli.main import huvud
from tests.frysta.databaser.__main__ import AVTRYCK, MAPP, TABELL, avtryck

VERSIONER = sorted(int(fil.name.removeprefix("version").partition(".")[0]) for fil in MAPP.glob("version*.db.gz"))


def inget(*_: Any) -> None:
    """Take progress and do nothing."""


def fryst(version: int, plats: Path) -> Path:
    """Unpack the frozen ledger of a version."""
    fil = plats / f"version{version}.db"
    fil.write_bytes(gzip.decompress((MAPP / f"version{version}.db.gz").read_bytes()))
    return fil


def klocka() -> datetime:
    return datetime(2024, 6, 1, tzinfo=UTC)


def nyimporterad(version: int, plats: Path) -> Tjanster:
    """Import the same history into a ledger of today."""
    tjanster = koppla(str(plats / "ny.db"), klocka=klocka)
    historia = gzip.decompress((MAPP / f"version{version}.jsonl.gz").read_bytes())
    tjanster.importor().importera(historia.splitlines())
    return tjanster


def tabellen(databas: Path) -> dict[str, Any]:
    """Print the demo's table from a ledger."""
    svar = CliRunner().invoke(huvud, ["tabell", *TABELL, "--databas", str(databas)], catch_exceptions=False)
    tabell: dict[str, Any] = json.loads(svar.stdout)
    return tabell


def loggen(tjanster: Tjanster) -> list[tuple[Any, ...]]:
    """Return what the log says, less the leaf and the time of the import."""
    return [
        (k.position, k.originator_id, k.originator_version, k.registrerad, k.forslag)
        for k in tjanster.huvudbok.las_logg(0, 10_000)
    ]


def rader(fil: Path, tabell: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a table that is kept, by the columns it had when it was frozen."""
    with closing(sqlite3.connect(fil)) as databas:
        return databas.execute(str(select(text("*")).select_from(tabell).order_by(text("1")))).fetchall()


@pytest.mark.parametrize("version", VERSIONER)
def test_en_fryst_liggare_sager_och_svarar_som_forut(version: int, tmp_path: Path) -> None:
    fil = fryst(version, tmp_path)
    fore, tysta_fore = rader(fil, handelser), rader(fil, tysta)
    uppgradera(str(fil), inget, inget)

    gammal, ny = koppla(str(fil), skapa=False), nyimporterad(version, tmp_path)
    lov = {rad[0]: rad[-1] for rad in fore}
    assert {k.position: k.lov for k in gammal.huvudbok.las_logg(0, 10_000)} == lov
    assert len(lov) > 600 and len({typ for *_, typ in (rad[:5] for rad in fore)}) > 20
    assert loggen(gammal) == loggen(ny)
    assert gammal.ombyggare.avtryck() == ny.ombyggare.avtryck()
    frystes = json.loads((MAPP / f"version{version}.tabell.json").read_text())
    assert tabellen(fil)["rader"] == tabellen(tmp_path / "ny.db")["rader"] == frystes["rader"]
    for tjanster in (gammal, ny):
        tjanster.stang()
    assert rader(fil, tysta) == tysta_fore


@pytest.mark.parametrize("version", VERSIONER)
def test_samma_fakta_hor_till_samma_harledningsversion(version: int) -> None:
    # When this fails the derivations have changed: raise HARLEDNINGSVERSION, so that ledgers with older facts say so,
    # delete avtryck.json and run python -m tests.frysta.databaser.
    fryst = json.loads(AVTRYCK.read_text())
    assert avtryck(version) == fryst["avtryck"][str(version)]
    assert fryst["harledningsversion"] == HARLEDNINGSVERSION


def test_varje_version_har_en_fryst_liggare_och_ett_steg_fran_den_fore() -> None:
    assert [1, *(steg.till for steg in STEG)] == list(range(1, SCHEMAVERSION + 1))
    assert [1, *(steg.till for steg in STEG)] == VERSIONER


@pytest.mark.parametrize("version", [v for v in VERSIONER if v < SCHEMAVERSION])
def test_en_aldre_liggare_sager_hur_den_uppgraderas_och_lamnas_ifred(version: int, tmp_path: Path) -> None:
    fil = fryst(version, tmp_path)
    fore = fil.read_bytes()
    with pytest.raises(OsakerDatabas, match=f"schemaversion är {version}, .* kör liggare databas uppgradera"):
        koppla(str(fil))
    svar = CliRunner().invoke(huvud, ["matt", "vardygn", "--databas", str(fil)])
    assert svar.exit_code == 1 and "liggare databas uppgradera" in svar.stderr
    with closing(sqlite3.connect(fil)) as databas:
        assert databas.execute("SELECT version FROM schema_version").fetchall() == [(version,)]
    assert fil.stat().st_size == len(fore)


def test_en_nyare_liggare_uppgraderas_inte(tmp_path: Path) -> None:
    fil = tmp_path / "l.db"
    oppna(str(fil)).dispose()
    satt_version(fil, SCHEMAVERSION + 1)
    with pytest.raises(OsakerDatabas, match="skriven av ett nyare program"):
        uppgradera(str(fil), inget, inget)


def satt_version(fil: Path, version: int) -> None:
    with closing(sqlite3.connect(fil)) as databas:
        databas.execute("UPDATE schema_version SET version = ?", [version])
        databas.commit()


def steg(till: int, utfor: Callable[[Connection], None]) -> Steg:
    return Steg(till, f"Till {till}", lambda forbindelse, _: utfor(forbindelse))


def test_en_avbruten_uppgradering_star_mellan_tva_steg_och_fortsatter_dar(tmp_path: Path) -> None:
    fil = tmp_path / "l.db"
    motor = oppna(str(fil))
    satt_version(fil, 1)
    gjort: list[str] = []

    def skriv(namn: str) -> Callable[[Connection], None]:
        return lambda f: f.execute(text(f"INSERT INTO lasposition VALUES ('{namn}', 1)")).close()

    def avbryt(forbindelse: Connection) -> None:
        skriv("halvt")(forbindelse)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrering.uppgradera(motor, inget, gjort.append, [steg(2, skriv("ett")), steg(3, avbryt)])
    with motor.begin() as forbindelse:
        assert forbindelse.execute(select(schema.c.version)).scalar() == 2
        assert forbindelse.scalars(text("SELECT tillampning FROM lasposition")).all() == ["ett"]
    assert migrering.uppgradera(motor, inget, gjort.append, [steg(2, avbryt), steg(3, skriv("tva"))]) == 1
    assert migrering.uppgradera(motor, inget, gjort.append, [steg(2, avbryt), steg(3, avbryt)]) == 0
    with motor.begin() as forbindelse:
        assert forbindelse.scalars(text("SELECT tillampning FROM lasposition ORDER BY 1")).all() == ["ett", "tva"]
    assert gjort == ["Till 2", "Till 3", "Till 3"]
    motor.dispose()


def test_kommandot_sager_vad_som_gjordes(tmp_path: Path) -> None:
    fil = fryst(1, tmp_path)
    forst, sedan = (CliRunner().invoke(huvud, ["databas", "uppgradera", "--databas", str(fil)]) for _ in range(2))
    assert forst.exit_code == sedan.exit_code == 0
    assert f"{SCHEMAVERSION - 1} steg i schemat" in forst.stdout and "Fakta ombyggda ur 684 händelser" in forst.stdout
    assert sedan.stdout == "Liggaren är redan av den här versionen; ingenting ändrades.\n"


def test_en_uppgraderad_liggare_tar_emot_nya_handelser(tmp_path: Path) -> None:
    fil = fryst(1, tmp_path)
    uppgradera(str(fil), inget, inget)
    tjanster = koppla(str(fil))
    antal = tjanster.huvudbok.antal()
    rad = {"samling": "utforare", "id": str(UUID(int=7)), "handelseId": str(UUID(int=8)), "typ": "utforare.registrerad",
           "datum": "2020-01-01", "kommun": "1880", "namn": "Nya hemmet", "regi": "extern", "slag": "hvb"}  # fmt: skip
    tjanster.importor().importera([json.dumps(rad).encode()])
    assert tjanster.huvudbok.antal() == antal + 1
    fore = tjanster.ombyggare.avtryck()
    tjanster.ombyggare.bygg_om()
    assert tjanster.ombyggare.avtryck() == fore
    tjanster.stang()
