"""As ``test_migrering``, of ledgers in PostgreSQL: there have been such from schema version 3 on."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, inspect, select

from application.ports import OsakerDatabas
from infrastructure import migrering
from infrastructure.database import oppna
from infrastructure.migrering import Steg
from infrastructure.tables import SCHEMAVERSION, schema
from interfaces.bootstrap import koppla, uppgradera
from interfaces.cli.main import huvud
from tests.databaser import vid_sidan_av
from tests.frysta.databaser.__main__ import MAPP, TABELL
from tests.infrastructure.test_migrering import RING, inget, lagg_nyckeln, loggen, nyimporterad
from tests.postgres import Postgresserver

VERSIONER = sorted(int(f.name.removeprefix("version").partition(".")[0]) for f in MAPP.glob("*.postgres.sql.gz"))


@pytest.fixture(params=VERSIONER)
def version(request: pytest.FixtureRequest) -> int:
    nummer: int = request.param
    return nummer


@pytest.fixture
def namn(version: int, postgresserver: Postgresserver, nyckelfilen: Path) -> Iterator[str]:
    """Give the name of a database with the frozen ledger of a version."""
    fryst = f"fryst_{version}"
    postgresserver.skapa_databas(fryst)
    lagg_nyckeln(version, nyckelfilen)
    postgresserver.las_in(fryst, gzip.decompress((MAPP / f"version{version}.postgres.sql.gz").read_bytes()))
    yield fryst
    with postgresserver.forbindelse() as forbindelse:
        forbindelse.execute(f'DROP DATABASE "{fryst}" WITH (FORCE)')


@pytest.fixture
def fryst(namn: str, postgresserver: Postgresserver) -> str:
    return postgresserver.adress(namn)


def test_en_fryst_liggare_sager_och_svarar_som_forut(version: int, fryst: str, tmp_path: Path) -> None:
    with vid_sidan_av(fryst, skriver=True) as forbindelse:
        fore = forbindelse.exec_driver_sql("SELECT position, lov FROM handelser ORDER BY 1").all()
    assert len(fore) > 600
    assert uppgradera(fryst, inget, inget).steg == SCHEMAVERSION - version

    gammal, ny = koppla(fryst, skapa=False), nyimporterad(version, tmp_path)
    with vid_sidan_av(fryst) as forbindelse:
        assert forbindelse.exec_driver_sql("SELECT position, lov FROM handelser ORDER BY 1").all() == fore
    assert loggen(gammal) == loggen(ny)
    assert gammal.verifierare.verifiera().brister == ()
    assert gammal.ombyggare.avtryck() == ny.ombyggare.avtryck()
    svar = CliRunner().invoke(huvud, ["tabell", *TABELL, "--databas", fryst], catch_exceptions=False)
    frystes = json.loads((MAPP / f"version{version}.tabell.json").read_text())
    assert json.loads(svar.stdout)["rader"] == frystes["rader"]
    for tjanster in (gammal, ny):
        tjanster.stang()


def test_en_aldre_liggare_sager_hur_den_uppgraderas(version: int, fryst: str) -> None:
    with pytest.raises(OsakerDatabas, match=f"schemaversion är {version}, .* kör liggare databas uppgradera"):
        koppla(fryst)


def test_en_uppgraderad_liggare_har_tabellerna_och_vakterna_som_en_ny_har(fryst: str, postgresdatabas: str) -> None:
    uppgradera(fryst, inget, inget)
    koppla(postgresdatabas).stang()
    assert tabellerna(fryst) == tabellerna(postgresdatabas)


_FAKTATABELLER = "SELECT tablename FROM pg_tables WHERE tablename ~ '^(fakta|drag)_'"


def test_den_roll_som_kor_liggaren_far_kora_den_uppgraderade(
    namn: str, fryst: str, postgresserver: Postgresserver
) -> None:
    with postgresserver.forbindelse() as forbindelse:
        forbindelse.execute("CREATE ROLE skotare LOGIN")
        forbindelse.execute("GRANT skotare TO liggare")
    try:
        with vid_sidan_av(fryst, skriver=True) as forbindelse:
            # What the version that is frozen gave a role to run the ledger with.
            forbindelse.exec_driver_sql("GRANT USAGE, CREATE ON SCHEMA public TO skotare")
            forbindelse.exec_driver_sql("GRANT SELECT, INSERT ON handelser, tysta TO skotare")
            for (tabell,) in forbindelse.exec_driver_sql(_FAKTATABELLER).all():
                forbindelse.exec_driver_sql(f"ALTER TABLE {tabell} OWNER TO skotare")
        uppgradera(fryst, inget, inget)
        som_skotare = koppla(postgresserver.adress(namn, "skotare"), skapa=False)
        assert som_skotare.svagheter() == ()
        assert som_skotare.atkomstlogg.las() == []
        assert som_skotare.verifierare.verifiera().hel
        som_skotare.stang()
        with (
            psycopg.connect(postgresserver.adress(namn, "skotare"), autocommit=True) as skotaren,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            skotaren.execute("DELETE FROM atkomster")
    finally:
        with postgresserver.forbindelse(namn) as forbindelse:
            forbindelse.execute("REASSIGN OWNED BY skotare TO liggare")
            forbindelse.execute("DROP OWNED BY skotare")
            forbindelse.execute("DROP ROLE skotare")


def test_en_avbruten_uppgradering_star_mellan_tva_steg_och_fortsatter_dar(postgresdatabas: str) -> None:
    koppla(postgresdatabas).stang()
    motor = oppna(postgresdatabas)
    sista = SCHEMAVERSION

    def skriv(vem: str) -> Steg:
        sats = f"INSERT INTO lasposition VALUES ('{vem}', 1)"
        return Steg(sista + len(gjorda) + 1, vem, lambda f, _, __: f.exec_driver_sql(sats).close())

    def halvt(forbindelse: Connection, *_: Any) -> None:
        forbindelse.exec_driver_sql("CREATE TABLE halvgjord (nr INTEGER)")
        raise KeyboardInterrupt

    gjorda: list[str] = []
    ett, avbrutet = skriv("ett"), Steg(sista + 2, "avbrutet", halvt)
    with pytest.raises(KeyboardInterrupt):
        migrering.uppgradera(motor, inget, gjorda.append, RING, [ett, avbrutet])
    with motor.begin() as forbindelse:
        assert forbindelse.execute(select(schema.c.version)).scalar() == sista + 1
        assert not inspect(forbindelse).has_table("halvgjord")
    tva = Steg(sista + 2, "tva", lambda *_: None)
    assert migrering.uppgradera(motor, inget, gjorda.append, RING, [ett, tva]) == 1
    assert gjorda == ["ett", "avbrutet", "tva"]
    motor.dispose()


def tabellerna(databas: str) -> dict[str, Any]:
    """Return the columns, keys and indexes of each table, and the guards."""
    with vid_sidan_av(databas) as forbindelse:
        inspektor = inspect(forbindelse)
        vakter = "SELECT tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
        return {
            "vakter": forbindelse.exec_driver_sql(vakter).all(),
            **{
                tabell: (
                    sorted((k["name"], str(k["type"]), k["nullable"], str(k.get("identity"))) for k in kolumner),
                    inspektor.get_pk_constraint(tabell)["constrained_columns"],
                    sorted(tuple(index["column_names"]) for index in inspektor.get_indexes(tabell)),
                )
                for tabell in inspektor.get_table_names()
                for kolumner in (inspektor.get_columns(tabell),)
            },
        }
