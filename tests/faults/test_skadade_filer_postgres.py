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

from application.ports import Databasfel, OsakerDatabas
from interfaces.bootstrap import koppla
from tests.faults.konto import skapa_basen
from tests.faults.skador import Skada, vand_en_bit
from tests.postgres import Postgresserver, egen_server

SIDA = 8192
OTALDA = ["tysta", "personer", "personakter", "gallringar", "nyckelprov"]
"""Tables whose rows nothing else counts."""

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
    utom = OTALDA if skada is nolla_en_sida else []
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
    hel = shutil.copytree(mapp, server.mapp / "hel", copy_function=shutil.copy2)
    for _ in range(antal):
        fil = slump.choice(filer)
        fil.write_bytes(skada(bytearray(fil.read_bytes()), slump))
        server.starta()
        efter, hittad = innehall(server), not ar_hel(server)
        server.stoppa()
        assert hittad or efter == fore, fil
        andrade, hittade = andrade + (efter != fore), hittade + hittad
        shutil.copyfile(hel / fil.name, fil)
    vad = "vända bitar" if skada is vand_en_bit else "nollade sidor"
    text = f"{andrade} ändrade innehållet, alla {andrade} hittades"
    protokoll(f"skadade filer: {vad}", antal, text, adress)
