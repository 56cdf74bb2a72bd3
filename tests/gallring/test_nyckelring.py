"""The key ring: what it seals nobody else opens, it is never lost by halves, and no ledger opens without its own."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from eventsourcing.persistence import MapperDeserialisationError

from application.ports import OsakerDatabas
from application.tolkning import tolka
from infrastructure.keyring import NyckelnPassarInte, Nyckelring, las_nyckelfil, skapa_nyckelfil
from interfaces.bootstrap import koppla
from interfaces.cli.main import huvud
from tests.facit.test_externa_insatser import sen_placering

AKT, PLATS = uuid4(), b"en plats"


def test_bara_samma_nyckel_pa_samma_plats_oppnar() -> None:
    ring = Nyckelring.ny()
    nyckel = ring.ny_nyckel(AKT)
    forseglad = nyckel.forsegla(b"hemligt", PLATS)
    assert ring.oppna_nyckel(nyckel.lindad, AKT).bryt(forseglad, PLATS) == b"hemligt"
    for bryt in (
        lambda: nyckel.bryt(forseglad, b"en annan"),
        lambda: nyckel.bryt(forseglad[:-1] + bytes([forseglad[-1] ^ 1]), PLATS),
        lambda: nyckel.bryt(b"", PLATS),
        lambda: ring.ny_nyckel(AKT).bryt(forseglad, PLATS),
        lambda: ring.oppna_nyckel(nyckel.lindad, uuid4()),
        lambda: ring.oppna_nyckel(b"", AKT),
        lambda: Nyckelring.ny().oppna_nyckel(nyckel.lindad, AKT),
    ):
        with pytest.raises(NyckelnPassarInte):
            bryt()


def test_ingen_nonce_anvands_tva_ganger() -> None:
    nyckel = Nyckelring.ny().ny_nyckel(AKT)
    assert len({nyckel.forsegla(b"samma text", PLATS)[:12] for _ in range(20_000)}) == 20_000


def test_en_ring_med_en_ny_nyckel_oppnar_aven_det_som_den_gamla_lindade() -> None:
    sok, gammal, ny = (os.urandom(32) for _ in range(3))
    lindad = Nyckelring(sok, [gammal]).ny_nyckel(AKT).lindad
    ring = Nyckelring(sok, [ny, gammal])
    assert ring.oppna_nyckel(lindad, AKT)
    assert not ring.ar_nyast(lindad)
    assert ring.ar_nyast(ring.ny_nyckel(AKT).lindad)
    with pytest.raises(NyckelnPassarInte):
        Nyckelring(sok, [ny]).oppna_nyckel(lindad, AKT)


def test_ett_sokvarde_sager_ingenting_utan_ringen_och_skiljer_person_fran_familj() -> None:
    en, annan = Nyckelring.ny(), Nyckelring.ny()
    assert en.sokvarde("person", AKT) == en.sokvarde("person", AKT)
    assert len({en.sokvarde("person", AKT), en.sokvarde("familj", AKT), annan.sokvarde("person", AKT)}) == 3


def test_en_nyckelfil_lases_bara_av_sin_agare_och_skrivs_aldrig_over(tmp_path: Path) -> None:
    fil = tmp_path / "l.nyckel"
    ring = skapa_nyckelfil(fil)
    assert fil.stat().st_mode & 0o777 == 0o600
    assert las_nyckelfil(fil).kanns_igen(ring.prov())
    fore = fil.read_bytes()
    with pytest.raises(FileExistsError):
        skapa_nyckelfil(fil)
    assert fil.read_bytes() == fore
    assert list(tmp_path.iterdir()) == [fil]
    fil.chmod(0o640)
    with pytest.raises(OsakerDatabas, match="chmod 600"):
        las_nyckelfil(fil)


@pytest.mark.parametrize(
    "innehall", [b"", b"{}", b"[]", b'{"sok": "AA==", "nycklar": []}', b'{"sok": 1, "nycklar": [2]}']
)
def test_en_fil_som_inte_ar_en_nyckelring_vagras(tmp_path: Path, innehall: bytes) -> None:
    fil = tmp_path / "l.nyckel"
    fil.write_bytes(innehall)
    fil.chmod(0o600)
    with pytest.raises(OsakerDatabas, match="nyckelfil"):
        las_nyckelfil(fil)


def test_en_liggare_oppnas_bara_med_sin_egen_nyckelring(tmp_path: Path) -> None:
    fil, nyckelfil = tmp_path / "l.db", tmp_path / "l.db.nyckel"
    koppla(str(fil)).stang()
    skapa_nyckelfil(tmp_path / "annan")
    with pytest.raises(OsakerDatabas, match="den nyckelfil som liggaren skrevs med"):
        koppla(str(fil), nyckelfil=tmp_path / "annan")
    nyckelfil.rename(tmp_path / "flyttad")
    with pytest.raises(OsakerDatabas, match="som inte finns"):
        koppla(str(fil))
    assert not nyckelfil.exists()
    koppla(str(fil), nyckelfil=tmp_path / "flyttad").stang()


def test_en_server_kraver_att_nyckelfilen_anges(postgresdatabas: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIGGARE_NYCKEL")
    with pytest.raises(OsakerDatabas, match="--nyckelfil eller LIGGARE_NYCKEL"):
        koppla(postgresdatabas)


def test_en_ny_nyckelfil_gor_sig_kand_en_gang(tmp_path: Path) -> None:
    rader = tmp_path / "r.jsonl"
    rader.write_text("")
    kommando = ["importera", str(rader), "--databas", str(tmp_path / "l.db"), "--nyckelfil", str(tmp_path / "ringen")]
    forst, sedan = (CliRunner().invoke(huvud, kommando) for _ in range(2))
    assert "Ny nyckelfil" in forst.stderr
    assert "Ny nyckelfil" not in sedan.stderr
    assert (tmp_path / "ringen").exists()


def test_en_personlig_del_kan_inte_flyttas_till_en_annan_handelse(tmp_path: Path) -> None:
    fil = tmp_path / "l.db"
    tjanster = koppla(str(fil))
    for nr in (1, 2):
        data = {**sen_placering(), "id": str(UUID(int=nr)), "handelseId": str(UUID(int=10 + nr)), "externId": f"P{nr}"}
        tjanster.registrator.registrera(tolka(data))
    with closing(sqlite3.connect(fil)) as databas:
        databas.executescript(
            "DROP TRIGGER handelser_andras;"
            "UPDATE handelser SET hemligt = (SELECT hemligt FROM handelser WHERE position = 1) WHERE position = 2;"
        )
    assert tjanster.huvudbok.las_strom(UUID(int=1))[0].forslag.extern_id == "P1"
    with pytest.raises(MapperDeserialisationError, match="position 2"):
        tjanster.huvudbok.las_strom(UUID(int=2))
    tjanster.stang()
