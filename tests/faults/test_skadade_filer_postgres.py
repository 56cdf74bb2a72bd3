"""Damaged files under PostgreSQL: what changes what a table says is found.

The server itself checks every page it reads – but takes a page of nothing but zeros for a new, empty one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import psycopg
import pytest

from application.atkomst import Atkomst
from application.ports import Databasfel, OsakerDatabas
from infrastructure.keyring import skapa_nyckelfil
from interfaces.bootstrap import koppla
from tests.faults.konto import skapa_basen
from tests.faults.skador import Skada, vand_en_bit
from tests.gallring.personer import Historia
from tests.postgres import Postgresserver, egen_server

SIDA = 8192
OTALDA = ["tysta", "atkomster"]
"""Tables whose rows nothing else counts."""
ATERSTALLS = ["nyckelprov", "lasposition"]
"""Tables that hold nothing that is not made again: the proof of the key ring, and how far readers have come."""

Innehall = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def server(postgresserver: Postgresserver) -> Iterator[Postgresserver]:
    """Give a server of the test's own; that of the whole run says whether there can be one."""
    assert postgresserver.process
    with egen_server() as egen:
        egen.skapa_databas("bas", "mall")
        skapa_basen(egen.adress("bas"))
        yield egen


def nolla_en_sida(data: bytearray, slump: Random) -> bytearray:
    plats = slump.randrange(len(data) // SIDA) * SIDA
    data[plats : plats + SIDA] = bytes(SIDA)
    return data


def tabellfiler(server: Postgresserver, skada: Skada) -> tuple[Path, list[Path]]:
    """Return the folder of the ledger's database, and the files of its tables and indexes.

    Nothing but PostgreSQL's own files tells how many rows some tables had, so a lost page of them is not found
    (ADR 0016).
    """
    utom = [*OTALDA, *ATERSTALLS] if skada is nolla_en_sida else []
    with server.forbindelse("bas") as forbindelse:
        (mapp,) = forbindelse.execute(
            "SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()"
        ).fetchone() or ("",)
        namn = forbindelse.execute(
            "SELECT pg_relation_filepath(oid) FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0 AND relname <> ALL(%s)",
            (utom,),
        ).fetchall()
    return server.data / mapp, [server.data / fil for (fil,) in namn]


def aterstall(mapp: Path, hel: Path) -> None:
    """Put the whole database back: whoever reads a damaged table marks entries of its indexes as dead."""
    for fil in mapp.iterdir():  # the files stay the server's own
        if (hel / fil.name).exists():
            shutil.copyfile(hel / fil.name, fil)
        else:
            fil.unlink()


def innehall(server: Postgresserver) -> Innehall | None:
    """Return what every table says, read past the ledger; None if one cannot be read through."""
    with suppress(psycopg.Error), server.forbindelse("bas") as forbindelse:
        forbindelse.execute("SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off")
        tabeller = forbindelse.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return {namn: forbindelse.execute(f'SELECT * FROM "{namn}"').fetchall() for (namn,) in tabeller.fetchall()}
    return None


def ar_hel(server: Postgresserver) -> bool:
    try:
        tjanster = koppla(server.adress("bas"), skapa=False)
    except (OsakerDatabas, Databasfel):
        return False
    try:
        return tjanster.verifierare.verifiera().hel
    except Databasfel:
        return False
    finally:
        tjanster.stang()


@pytest.mark.parametrize("antal", [2, pytest.param(100, marks=pytest.mark.tung)])
@pytest.mark.parametrize("skada", [vand_en_bit, nolla_en_sida])
def test_varje_skada_som_andrar_innehallet_hittas(
    server: Postgresserver, antal: int, skada: Skada, protokoll: Callable[..., None]
) -> None:
    slump, andrade, hittade = Random(antal), 0, 0
    fore, adress = innehall(server), server.adress("bas")
    mapp, filer = tabellfiler(server, skada)
    assert fore and ar_hel(server)
    server.stoppa()
    hel = shutil.copytree(mapp, server.mapp / "hel")
    for _ in range(antal):
        fil = slump.choice(filer)
        fil.write_bytes(skada(bytearray(fil.read_bytes()), slump))
        server.starta()
        efter, hittad = innehall(server), not ar_hel(server)
        server.stoppa()
        assert hittad or efter == fore, fil
        andrade, hittade = andrade + (efter != fore), hittade + hittad
        aterstall(mapp, hel)
    vad = "vända bitar" if skada is vand_en_bit else "nollade sidor"
    text = f"{andrade} ändrade innehållet, alla {andrade} hittades"
    protokoll(f"skadade filer: {vad}", antal, text, adress)


@pytest.fixture
def med_allt(server: Postgresserver) -> Innehall:
    """Give the ledger something in every table: somebody is forgotten, and a reading is noted."""
    tjanster = koppla(server.adress("bas"), skapa=False)
    historia = Historia(3)
    historia.las_in(tjanster)
    tjanster.gallring.glom([historia.personer[0].id], beslut="SN 2020/17")
    tjanster.atkomstlogg.skriv(Atkomst("revisor-7", "revisor", "revision", None, "las-strom"))
    tjanster.stang()
    fore = innehall(server)
    assert fore is not None
    return fore


def test_en_nollad_sida_av_varje_tabell_som_inte_kan_goras_om_hittas(
    server: Postgresserver, med_allt: Innehall
) -> None:
    tomma = {namn for namn, rader in med_allt.items() if not rader}
    assert tomma <= {"lasposition"}
    assert set(OTALDA) < set(med_allt)
    with server.forbindelse("bas") as forbindelse:
        filer = {
            namn: server.data / str(fil)
            for namn, fil in forbindelse.execute(
                "SELECT tablename, pg_relation_filepath(tablename::regclass) FROM pg_tables WHERE schemaname = 'public'"
            )
        }
    server.stoppa()
    mapp = filer["handelser"].parent
    hel, inte_hittade = shutil.copytree(mapp, server.mapp / "hel"), set()
    for namn in sorted(filer.keys() - tomma):
        filer[namn].write_bytes(bytes(SIDA) + filer[namn].read_bytes()[SIDA:])
        server.starta()
        if ar_hel(server):
            inte_hittade.add(namn)
        server.stoppa()
        aterstall(mapp, hel)
    assert inte_hittade == {*OTALDA, *ATERSTALLS} - tomma


def test_en_liggare_som_forlorat_sitt_nyckelprov_tar_inte_vilken_nyckelring_som_helst(
    server: Postgresserver, tmp_path: Path
) -> None:
    with server.forbindelse("bas") as forbindelse:
        forbindelse.execute("DELETE FROM nyckelprov")
    skapa_nyckelfil(tmp_path / "annan.nyckel")
    with pytest.raises(OsakerDatabas, match="nyckelfil"):
        koppla(server.adress("bas"), skapa=False, nyckelfil=tmp_path / "annan.nyckel")
    assert ar_hel(server)
