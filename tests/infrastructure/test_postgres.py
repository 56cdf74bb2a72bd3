"""What the ledger demands of a PostgreSQL server, and what it does when others are at work in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from click.testing import CliRunner
from eventsourcing.persistence import OperationalError
from sqlalchemy import Connection

from application.commands import Utfall
from application.ports import LiggarenUpptagen, OsakerDatabas, RattSaknas
from infrastructure import ombyggnad, postgres
from infrastructure.database import oppna
from infrastructure.jamforelse import skiljer
from infrastructure.tables import GALLANDE, metadata
from interfaces.bootstrap import Tjanster, ge_rattigheter, koppla
from interfaces.cli.main import huvud
from tests.conftest import DRIFT
from tests.databaser import vid_sidan_av
from tests.infrastructure.test_recorder import placering
from tests.postgres import Postgresserver, egen_server

NEKAS = [
    "UPDATE handelser SET aktor = 'x'", "DELETE FROM handelser", "TRUNCATE handelser", "DROP TABLE handelser",
    "UPDATE tysta SET version = 2", "DELETE FROM tysta", "TRUNCATE tysta", "UPDATE schema_version SET version = 1",
    "ALTER TABLE handelser DISABLE TRIGGER ALL", "SET session_replication_role = replica",
    "UPDATE atkomster SET aktor = 'x'", "DELETE FROM atkomster", "TRUNCATE atkomster",
    "UPDATE akter SET nyckel = NULL", "DELETE FROM akter", "UPDATE personer SET lank = NULL", "DELETE FROM personer",
    "DELETE FROM personakter", "DELETE FROM nyckelprov", "DELETE FROM gallringar", "TRUNCATE akter",
]  # fmt: skip


def med_val(adress: str, **val: str) -> str:
    """Return an address whose connections have settings of their own."""
    return f"{adress}&options={quote(' '.join(f'-c {namn}={varde}' for namn, varde in val.items()))}"


@pytest.fixture
def namn(postgresserver: Postgresserver, nyckelfilen: Path) -> Iterator[str]:
    with postgresserver.ny_databas() as namn:
        yield namn


# Unsafe settings ------------------------------------------------------------------------------------------------


def test_ett_commit_som_inte_vantar_pa_disken_vagras_vid_namn(postgresdatabas: str) -> None:
    with pytest.raises(OsakerDatabas, match="synchronous_commit är off, men ska vara on"):
        oppna(med_val(postgresdatabas, synchronous_commit="off"))


@pytest.mark.parametrize("starkare", ["local", "remote_write", "remote_apply"])
def test_ett_commit_som_vantar_pa_mer_duger(postgresdatabas: str, starkare: str) -> None:
    oppna(med_val(postgresdatabas, synchronous_commit=starkare)).dispose()


@pytest.mark.parametrize("installning", ["fsync", "full_page_writes"])
def test_en_server_som_kan_forlora_det_bekraftade_vagras_vid_namn(
    postgresserver: Postgresserver, postgresdatabas: str, installning: str
) -> None:
    try:
        with postgresserver.forbindelse() as forbindelse:
            forbindelse.execute(f"ALTER SYSTEM SET {installning} = off")
            forbindelse.execute("SELECT pg_reload_conf()")
        with pytest.raises(OsakerDatabas, match=f"{installning} är off, men ska vara on"):
            for _ in range(200):  # it takes the server a moment to hear of it
                oppna(postgresdatabas).dispose()
    finally:
        with postgresserver.forbindelse() as forbindelse:
            forbindelse.execute(f"ALTER SYSTEM RESET {installning}")
            forbindelse.execute("SELECT pg_reload_conf()")


def test_en_server_utan_kontrollsummor_vagras_och_databasen_finns_kvar_efter_en_omstart(nyckelfilen: Path) -> None:
    with egen_server() as server:
        tjanster = koppla(server.adress("mall"))
        tjanster.registrator.registrera(placering(1))
        server.stoppa()
        with pytest.raises(OperationalError):
            tjanster.huvudbok.antal()
        server.kor("pg_checksums", "--disable", "-D", str(server.data))
        server.starta()
        # The connections from before are gone; nobody has to start the ledger again.
        assert tjanster.registrator.registrera(placering(1)).utfall is Utfall.REDAN_REGISTRERAD
        tjanster.stang()
        with pytest.raises(OsakerDatabas, match="data_checksums är off, men ska vara on"):
            oppna(server.adress("mall"))


def test_varje_vantan_ar_begransad(postgresdatabas: str) -> None:
    with vid_sidan_av(postgresdatabas) as forbindelse:
        finns = {rad[0]: rad[1] for rad in forbindelse.exec_driver_sql("SELECT name, setting FROM pg_settings")}
    assert {namn: finns[namn] for namn in postgres.GRANSER} == postgres.GRANSER
    assert 0 < int(postgres.GRANSER["lock_timeout"]) <= 3_000


def test_den_jamforelse_som_gar_igenom_allt_far_ta_den_tid_den_tar(
    postgresdatabas: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tjanster = koppla(med_val(postgresdatabas, statement_timeout="2000"))
    tjanster.registrator.registrera(placering(1))

    def langsamt(forbindelse: Connection, *annat: Any) -> bool:
        monkeypatch.setattr(ombyggnad, "skiljer", skiljer)
        forbindelse.exec_driver_sql("SELECT pg_sleep(2.5)")
        return skiljer(forbindelse, *annat)

    monkeypatch.setattr(ombyggnad, "skiljer", langsamt)
    assert tjanster.ombyggare.bygg_om().handelser == 1
    tjanster.stang()


# Busy -----------------------------------------------------------------------------------------------------------


def test_en_skrivare_som_inte_slapper_laset_gor_liggaren_upptagen(postgresserver: Postgresserver, namn: str) -> None:
    adress = postgresserver.adress(namn)
    tjanster = koppla(med_val(adress, lock_timeout="100"))
    with vid_sidan_av(adress, skriver=True):
        with pytest.raises(LiggarenUpptagen, match="upptagen"):
            tjanster.registrator.registrera(placering(1))
        assert tjanster.huvudbok.antal() == 0  # whoever reads is not held up
    assert tjanster.registrator.registrera(placering(1)).utfall is Utfall.REGISTRERAD
    tjanster.stang()


def test_den_som_laser_medan_andra_skriver_hoppar_inte_over_nagot(postgresdatabas: str) -> None:
    tjanster, andra = koppla(postgresdatabas), koppla(postgresdatabas)

    def skriv(t: Tjanster, forsta: int) -> None:
        for nr in range(forsta, forsta + 20):
            while True:
                with suppress(LiggarenUpptagen):  # the disk of a busy machine stands still for seconds
                    t.registrator.registrera(placering(nr))
                    break

    skrivare = [
        threading.Thread(target=skriv, args=(t, nr * 50)) for nr, t in enumerate([tjanster, andra, tjanster, andra])
    ]
    for trad in skrivare:
        trad.start()
    sedda: list[int] = []
    pagar = True
    while pagar:
        pagar = any(trad.is_alive() for trad in skrivare)
        while nya := [k.position for k in andra.huvudbok.las_logg(sedda[-1] if sedda else 0, 7)]:
            sedda += nya
    for trad in skrivare:
        trad.join()
    assert sedda == list(range(1, 81))
    tider = [k.registrerad for k in andra.huvudbok.las_logg(0, 100)]
    assert tider == sorted(tider, key=lambda tid: tid.timestamp() if tid else 0)
    tjanster.stang()
    andra.stang()


# Rights ---------------------------------------------------------------------------------------------------------


def driver(server: Postgresserver, namn: str) -> Tjanster:
    return koppla(server.adress(namn, DRIFT), skapa=False)


def test_driftrollen_kan_gora_allt_som_liggaren_gor(postgresserver: Postgresserver, drift: str) -> None:
    tjanster = driver(postgresserver, drift)
    assert tjanster.registrator.registrera(placering(1)).utfall is Utfall.REGISTRERAD
    assert tjanster.registrator.registrera(placering(1)).utfall is Utfall.REDAN_REGISTRERAD
    fore = tjanster.ombyggare.avtryck()
    assert tjanster.ombyggare.bygg_om().handelser == 1
    assert tjanster.ombyggare.avtryck() == fore
    assert tjanster.registrator.registrera(placering(2)).utfall is Utfall.REGISTRERAD
    assert tjanster.verifierare.verifiera().hel
    assert tjanster.svagheter() == ()
    tjanster.stang()


@pytest.mark.parametrize("agaren_gor", ["roll", "bygg-om"])
def test_driftrollen_kan_driva_liggaren_efter_vad_agaren_gjort(
    postgresserver: Postgresserver, drift: str, agaren_gor: str
) -> None:
    agare = koppla(postgresserver.adress(drift))
    tjanster = driver(postgresserver, drift)
    tjanster.registrator.registrera(placering(1))
    if agaren_gor == "roll":
        ge_rattigheter(postgresserver.adress(drift), DRIFT)
    else:
        agare.ombyggare.bygg_om()
    assert tjanster.registrator.registrera(placering(2)).utfall is Utfall.REGISTRERAD
    assert tjanster.verifierare.verifiera().hel
    assert tjanster.ombyggare.bygg_om().handelser == 2
    assert tjanster.svagheter() == ()
    tjanster.stang()
    agare.stang()


def test_vad_agarens_avbrutna_ombyggnad_lamnat_hindrar_ingen_annan(postgresserver: Postgresserver, drift: str) -> None:
    with postgresserver.forbindelse(drift) as forbindelse:
        forbindelse.execute("CREATE TABLE drag_punkt_g7 (id bigint)")
    tjanster = driver(postgresserver, drift)
    tjanster.registrator.registrera(placering(1))
    assert tjanster.ombyggare.bygg_om().handelser == 1
    assert tjanster.verifierare.verifiera().hel
    tjanster.stang()


@pytest.mark.parametrize("sats", NEKAS)
def test_driftrollen_kan_inte_andra_loggen(postgresserver: Postgresserver, drift: str, sats: str) -> None:
    tjanster = driver(postgresserver, drift)
    tjanster.registrator.registrera(placering(1))
    with postgresserver.forbindelse(drift, DRIFT) as forbindelse, pytest.raises(psycopg.errors.InsufficientPrivilege):
        forbindelse.execute(sats)
    assert tjanster.huvudbok.antal() == 1
    tjanster.stang()


@pytest.mark.parametrize("kommando", [["glom", "--ja"], ["nyckel", "byt"]], ids=" ".join)
def test_det_som_bara_agaren_far_nekas_driftrollen_med_en_mening(
    postgresserver: Postgresserver, drift: str, kommando: list[str]
) -> None:
    tjanster = driver(postgresserver, drift)
    tjanster.registrator.registrera(placering(1))
    vem = [str(placering(1).handelse.person_id)] if kommando[0] == "glom" else []  # type: ignore[attr-defined]
    svar = CliRunner().invoke(huvud, [*kommando, *vem, "--databas", postgresserver.adress(drift, DRIFT)])
    assert (svar.exit_code, svar.output) == (1, f"Fel: {RattSaknas.mening}\n")
    assert tjanster.huvudbok.las_logg(0, 9)[0].forslag == placering(1)
    tjanster.stang()


def test_varje_tabell_har_sina_rattigheter(postgresserver: Postgresserver, drift: str) -> None:
    lases, laggs_till, skots = {"SELECT"}, {"SELECT", "INSERT"}, {"SELECT", "INSERT", "UPDATE", "DELETE"}
    faktas = {tabell.name: {*skots, "TRUNCATE"} for tabell in GALLANDE.alla}
    vantat = {
        "schema_version": lases, "gallringar": lases, "handelser": laggs_till, "tysta": laggs_till,
        "atkomster": laggs_till, "akter": laggs_till, "personer": laggs_till, "personakter": laggs_till,
        "nyckelprov": laggs_till, "generationer": skots, "lasposition": skots, **faktas,
    }  # fmt: skip
    ratter = sorted({*skots, "TRUNCATE"})
    fraga = f"SELECT {', '.join(f'has_table_privilege(%(tabell)s, {ratt!r})' for ratt in ratter)}"
    with postgresserver.forbindelse(drift, DRIFT) as forbindelse:
        svar = {tabell: forbindelse.execute(fraga, {"tabell": tabell}).fetchall()[0] for tabell in metadata.tables}
    har = {tabell: {ratt for ratt, far in zip(ratter, ett, strict=True) if far} for tabell, ett in svar.items()}
    assert har == vantat


@pytest.mark.parametrize("sats", NEKAS[:3])
def test_inte_ens_en_superuser_andrar_loggen_av_misstag(postgresserver: Postgresserver, drift: str, sats: str) -> None:
    tjanster = driver(postgresserver, drift)
    tjanster.registrator.registrera(placering(1))
    with postgresserver.forbindelse(drift) as forbindelse:
        forbindelse.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="läggs bara till"):
            forbindelse.execute(sats)
    assert tjanster.huvudbok.antal() == 1
    tjanster.stang()


def test_den_som_ager_loggen_far_veta_att_den_far_andra_i_den(postgresdatabas: str) -> None:
    tjanster = koppla(postgresdatabas)
    (svaghet,) = tjanster.svagheter()
    assert svaghet.startswith(
        "Rollen liggare får ändra i loggen eller i registren över personer och nycklar (UPDATE, DELETE, TRUNCATE)."
    )
    tjanster.stang()


@pytest.mark.parametrize(
    ("roll", "mening"),
    [
        ("ingen", "rollen är ingen, men ska vara en roll som finns"),
        ("liggare", "rollen är liggare, men ska vara en annan än ägaren"),
        ("postgres", "rollen är postgres, men ska vara en annan än ägaren och ingen superuser"),
    ],
)
def test_en_roll_som_rattigheter_inte_hindrar_vagras(postgresdatabas: str, roll: str, mening: str) -> None:
    svar = CliRunner().invoke(huvud, ["databas", "roll", roll, "--databas", postgresdatabas])
    assert svar.exit_code == 1
    assert mening in svar.output


def test_kommandot_ger_rattigheterna(postgresserver: Postgresserver, namn: str, driftrollen: str) -> None:
    svar = CliRunner().invoke(huvud, ["databas", "roll", driftrollen, "--databas", postgresserver.adress(namn)])
    assert (svar.exit_code, svar.output) == (
        0,
        "Rollen liggare_drift får lägga till händelser i loggen men varken ändra eller ta bort dem.\n",
    )
    tjanster = driver(postgresserver, namn)
    assert tjanster.svagheter() == ()
    tjanster.stang()
    with postgresserver.forbindelse(namn) as forbindelse:
        forbindelse.execute(f"DROP OWNED BY {driftrollen} CASCADE")


def test_en_fil_har_inga_roller(tmp_path: Path) -> None:
    with pytest.raises(OsakerDatabas, match="en SQLite-fil har inga roller"):
        ge_rattigheter(str(tmp_path / "l.db"), "nagon")
