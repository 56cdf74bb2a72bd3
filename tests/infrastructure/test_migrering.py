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

from application.ombyggnad import HARLEDNINGSVERSION
from application.ports import OsakerDatabas
from domain.placering.handelser import PlaceringPaborjad
from infrastructure import migrering, steg_personuppgifter
from infrastructure.database import oppna
from infrastructure.keyring import Nyckelring
from infrastructure.migrering import STEG, Steg
from infrastructure.tables import SCHEMAVERSION, schema
from interfaces.bootstrap import Tjanster, koppla, uppgradera
from interfaces.cli.main import huvud
from tests.frysta.databaser.__main__ import AVTRYCK, MAPP, TABELL, avtryck
from tests.pseudonym import som_den_heter

VERSIONER = sorted(int(fil.name.removeprefix("version").partition(".")[0]) for fil in MAPP.glob("version*.db.gz"))


RING = Nyckelring.ny()


def inget(*_: Any) -> None:
    """Take progress and do nothing."""


def fryst(version: int, plats: Path) -> Path:
    """Unpack the frozen ledger of a version."""
    fil = plats / f"version{version}.db"
    fil.write_bytes(gzip.decompress((MAPP / f"version{version}.db.gz").read_bytes()))
    lagg_nyckeln(version, Path(f"{fil}.nyckel"))
    return fil


def lagg_nyckeln(version: int, plats: Path) -> None:
    """Put the key ring of a frozen ledger where it is looked for; before version 3 there was none."""
    nyckelfil = MAPP / f"version{version}.nyckel"
    if nyckelfil.exists():
        plats.write_bytes(nyckelfil.read_bytes())
        plats.chmod(0o600)


def klocka() -> datetime:
    return datetime(2024, 6, 1, tzinfo=UTC)


def nyimporterad(version: int, plats: Path) -> Tjanster:
    """Import the same history into a ledger of today."""
    tjanster = koppla(str(plats / "ny.db"), klocka=klocka, nytt_pseudonym=som_den_heter)
    tjanster.importor().importera(historien(version))
    return tjanster


def historien(version: int) -> list[bytes]:
    return gzip.decompress((MAPP / f"version{version}.jsonl.gz").read_bytes()).splitlines()


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


def rader(fil: Path, fraga: str) -> list[tuple[Any, ...]]:
    """Ask the file itself."""
    with closing(sqlite3.connect(fil)) as databas:
        return databas.execute(fraga).fetchall()


@pytest.mark.parametrize("version", VERSIONER)
def test_en_fryst_liggare_sager_och_svarar_som_forut(
    version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steg_personuppgifter, "slumpat_pseudonym", som_den_heter)
    fil = fryst(version, tmp_path)
    loven, tysta = (
        "SELECT position, lov FROM handelser",
        "SELECT handelse_id, strom, version FROM tysta ORDER BY 1",
    )
    fore = dict(rader(fil, loven)), rader(fil, tysta)
    assert len(fore[0]) > 600 and len(rader(fil, "SELECT DISTINCT typ FROM handelser")) > 20
    uppgradera(str(fil), inget, inget)

    gammal, ny = koppla(str(fil), skapa=False), nyimporterad(version, tmp_path)
    assert ({k.position: k.lov for k in gammal.huvudbok.las_logg(0, 10_000)}, rader(fil, tysta)) == fore
    assert loggen(gammal) == loggen(ny)
    assert gammal.verifierare.verifiera().hel
    assert gammal.ombyggare.avtryck() == ny.ombyggare.avtryck()
    frystes = json.loads((MAPP / f"version{version}.tabell.json").read_text())
    assert tabellen(fil)["rader"] == tabellen(tmp_path / "ny.db")["rader"] == frystes["rader"]
    igen = gammal.importor().importera(historien(version))
    assert igen.nya == igen.avvisade == 0
    for tjanster in (gammal, ny):
        tjanster.stang()


@pytest.mark.parametrize("version", [v for v in VERSIONER if v < 3])
def test_en_uppgraderad_liggare_bar_ingen_person_i_klartext_och_kan_glomma_den(version: int, tmp_path: Path) -> None:
    fil = fryst(version, tmp_path)
    nagon = next(rad for rad in map(json.loads, historien(version)) if rad["typ"] == "placering.paborjad")
    person, strom = UUID(nagon["personId"]), UUID(nagon["id"])
    former = (str(person).encode(), person.hex.encode(), person.bytes)
    assert any(form in fil.read_bytes() for form in former)
    uppgradera(str(fil), inget, inget)
    assert not any(form in fil.read_bytes() for form in former)

    tjanster = koppla(str(fil), skapa=False)
    borjan = tjanster.huvudbok.las_strom(strom)[0].handelse
    assert isinstance(borjan, PlaceringPaborjad) and borjan.person_id == person
    fore = tjanster.ombyggare.avtryck()
    tjanster.gallring.glom([person])
    assert tjanster.huvudbok.las_strom(strom)[0].gallrad
    assert tjanster.verifierare.verifiera().brister == ()
    tjanster.ombyggare.bygg_om()
    assert tjanster.ombyggare.avtryck() == fore
    tjanster.stang()


@pytest.mark.parametrize("version", VERSIONER)
def test_samma_fakta_hor_till_samma_harledningsversion(version: int) -> None:
    # When this fails the derivations have changed: raise HARLEDNINGSVERSION, so that ledgers with older facts say so,
    # delete avtryck.json and run python -m tests.frysta.databaser.
    fryst = json.loads(AVTRYCK.read_text())
    assert avtryck(version) == fryst["avtryck"][str(version)]
    assert fryst["harledningsversion"] == HARLEDNINGSVERSION


def test_varje_tidigare_version_har_en_fryst_liggare_och_ett_steg_vidare() -> None:
    assert [1, *(steg.till for steg in STEG)] == list(range(1, SCHEMAVERSION + 1))
    assert set(VERSIONER) >= set(range(1, SCHEMAVERSION))


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
    return Steg(till, f"Till {till}", lambda forbindelse, _, __: utfor(forbindelse))


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
        migrering.uppgradera(motor, inget, gjort.append, RING, [steg(2, skriv("ett")), steg(3, avbryt)])
    with motor.begin() as forbindelse:
        assert forbindelse.execute(select(schema.c.version)).scalar() == 2
        assert forbindelse.scalars(text("SELECT tillampning FROM lasposition")).all() == ["ett"]
    assert migrering.uppgradera(motor, inget, gjort.append, RING, [steg(2, avbryt), steg(3, skriv("tva"))]) == 1
    assert migrering.uppgradera(motor, inget, gjort.append, RING, [steg(2, avbryt), steg(3, avbryt)]) == 0
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


def test_det_personliga_i_en_aldre_liggare_forseglas_och_kan_glommas(tmp_path: Path) -> None:
    fil = fryst(2, tmp_path)
    (person, orsak), *_ = rader(
        fil,
        "SELECT p.innehall ->> '$.personId', m.innehall ->> '$.orsak' FROM handelser p JOIN handelser m "
        "ON m.strom = p.strom AND m.typ = 'handelse.makulerad' WHERE p.typ = 'placering.paborjad'",
    )
    assert person.encode() in fil.read_bytes() and orsak.encode() in fil.read_bytes()
    uppgradera(str(fil), inget, inget)
    tjanster = koppla(str(fil), klocka=klocka)
    fore, siffror = loggen(tjanster), tjanster.ombyggare.avtryck()
    historia = gzip.decompress((MAPP / "version2.jsonl.gz").read_bytes()).splitlines()
    assert tjanster.importor().importera(historia).nya == 0
    tjanster.gallring.glom([UUID(person)])
    innehall = fil.read_bytes()
    assert not [form for form in (person.encode(), UUID(person).hex.encode(), UUID(person).bytes) if form in innehall]
    assert tjanster.verifierare.verifiera().hel
    assert tjanster.ombyggare.avtryck() == siffror
    glomda = [en for en, annan in zip(fore, loggen(tjanster), strict=True) if en != annan]
    assert 0 < len(glomda) < len(fore) / 4
    assert tjanster.importor().importera(historia).nya == 0
    tjanster.stang()


@pytest.mark.parametrize("version", VERSIONER)
def test_en_uppgraderad_liggare_har_tabellerna_som_en_ny_har(version: int, tmp_path: Path) -> None:
    gammal, ny = fryst(version, tmp_path), tmp_path / "ny.db"
    uppgradera(str(gammal), inget, inget)
    koppla(str(ny)).stang()
    assert tabeller_i(gammal) == tabeller_i(ny)


def tabeller_i(databas: Path) -> dict[str, tuple[bool, list[tuple[Any, ...]]]]:
    """Return per table whether it is kept by its key, and its columns: name, type, whether required, place in key."""
    with closing(sqlite3.connect(databas)) as oppen:
        namn = [rad[0] for rad in oppen.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            tabell: (
                "WITHOUT ROWID"
                in oppen.execute("SELECT sql FROM sqlite_master WHERE name = ?", (tabell,)).fetchone()[0],
                sorted((k[1], k[2], k[3], k[5]) for k in oppen.execute(f"PRAGMA table_info({tabell})")),
            )
            for tabell in namn
            if not tabell.startswith("sqlite_")
        }
