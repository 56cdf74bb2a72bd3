"""The ledger verifies itself: whatever is changed in a row, in its place or in what follows from it is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from click.testing import CliRunner

from application.tolkning import tolka
from application.verification import Verifiering
from infrastructure.evidence import Lovhuvud
from infrastructure.logcheck import LASTA_KOLUMNER
from infrastructure.rowsum import UTANFOR_LOVET, radsumma
from infrastructure.tables import DRAGTABELLER, FAKTATABELLER, handelser, lasposition, tysta
from interfaces.bootstrap import koppla
from interfaces.cli.main import huvud
from tests.databaser import kopiera
from tests.facit.test_externa_insatser import sen_placering
from tests.gallring.personer import NU, Historia
from tests.infrastructure.test_ombyggnad import forslag, klocka

ANDRAD = 7
"""The position of the row that is tampered with."""


@pytest.fixture(scope="module")
def hel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger in which nothing is wrong; tests copy it."""
    fil = tmp_path_factory.mktemp("hel") / "liggare.db"
    tjanster = koppla(str(fil), klocka=klocka)
    tjanster.importor().importera([orjson.dumps(data) for data in forslag(1, antal=150)], avvisa=lambda _: None)
    upprepad = tolka({**sen_placering(), "handelseId": str(UUID(int=4711)), "id": str(UUID(int=4712))})
    tjanster.registrator.registrera(upprepad)
    lagrum = {"typ": "lagrum.andrat", "datum": str(upprepad.handelse.datum), "lagrum": "SoL"}
    tjanster.registrator.registrera(
        tolka({**lagrum, "samling": "placeringar", "id": str(UUID(int=4712)), "handelseId": str(UUID(int=4713))})
    )
    tjanster.stang()
    return fil


@pytest.fixture
def fil(hel: Path, tmp_path: Path) -> Path:
    return kopiera(hel, tmp_path / "liggare.db")


def verifiera(fil: Path) -> Verifiering:
    tjanster = koppla(str(fil), skapa=False)
    try:
        return tjanster.verifierare.verifiera()
    finally:
        tjanster.stang()


def andra(fil: Path, sats: str, *varden: Any) -> None:
    with closing(sqlite3.connect(fil)) as databas:
        # Whoever can write in the file can take the guard away, and put it back.
        vakten = databas.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for namn, _ in vakten:
            databas.execute(f"DROP TRIGGER {namn}")
        assert databas.execute(sats, varden).rowcount
        for _, igen in vakten:
            databas.execute(igen)
        databas.commit()


def test_en_liggare_som_ingen_rort_ar_hel(fil: Path) -> None:
    svar = verifiera(fil)
    assert svar.hel and svar.brister == () and svar.fakta_provades
    with closing(sqlite3.connect(fil)) as databas:
        ((antal, lov),) = databas.execute("SELECT position, lov FROM handelser ORDER BY position DESC LIMIT 1")
        rader = sum(databas.execute(f"SELECT count(*) FROM {t.name}").fetchone()[0] for t in FAKTATABELLER.values())
        assert databas.execute("SELECT count(*) FROM tysta").fetchone()[0] > 0
    assert (svar.handelser, svar.fakta, svar.lov) == (antal, rader, lov)


def test_en_tom_liggare_ar_hel(tmp_path: Path) -> None:
    koppla(str(tmp_path / "tom.db")).stang()
    svar = verifiera(tmp_path / "tom.db")
    assert svar.hel and (svar.handelser, svar.fakta, svar.lov) == (0, 0, b"")


def test_en_liggare_ar_hel_efter_en_ombyggnad(fil: Path) -> None:
    tjanster = koppla(str(fil), skapa=False)
    tjanster.ombyggare.bygg_om()
    tjanster.stang()
    assert verifiera(fil).brister == ()


def test_varje_kolumn_i_loggen_har_en_lank_som_svarar_for_den() -> None:
    i_lovet = set(Lovhuvud._fields)
    i_atagandet = {"salt", "innehall", "hemligt", "hemligt_salt"}
    lankarna = {"atagande", "hemligt_atagande", "lov", "radsumma"}
    assert i_lovet | i_atagandet | lankarna | set(UTANFOR_LOVET) == set(handelser.c.keys())
    assert set(LASTA_KOLUMNER) == set(handelser.c.keys())


@pytest.mark.parametrize("kolumn", sorted(set(handelser.c.keys()) - {"position"}))
def test_en_andring_i_vilken_kolumn_som_helst_hittas_pa_sin_position(fil: Path, kolumn: str) -> None:
    with closing(sqlite3.connect(fil)) as databas:
        (varde,) = databas.execute(f"SELECT {kolumn} FROM handelser WHERE position = ?", (ANDRAD,)).fetchone()
    nytt: Any
    match varde:
        case None:
            nytt = "0" * 32 if kolumn == "rattar" else 1
        case bytes():
            nytt = bytes([varde[0] ^ 1]) + varde[1:]
        case str():
            nytt = varde[:-1] + ("0" if varde[-1] != "0" else "1")
        case _:
            nytt = varde + 1000
    andra(fil, f"UPDATE handelser SET {kolumn} = ? WHERE position = ?", nytt, ANDRAD)
    svar = verifiera(fil)
    assert not svar.hel and not svar.fakta_provades
    assert svar.forsta_position == ANDRAD or (kolumn == "stromversion" and (svar.forsta_position or 0) <= ANDRAD)


def test_i_en_gallrad_akt_svarar_atagandet_anda_for_en_rad_utan_nagot_personligt(tmp_path: Path) -> None:
    fil = tmp_path / "liggare.db"
    tjanster = koppla(str(fil), klocka=lambda: NU)
    historia = Historia(1)
    rader = [orjson.loads(rad) for rad in historia.rader()]
    utan = [rad | {"externId": None} if rad["typ"] == "placering.avslutad" else rad for rad in rader]
    tjanster.importor().importera([orjson.dumps(rad) for rad in utan], avvisa=lambda _: None)
    tjanster.gallring.glom([historia.personer[0].id])
    tjanster.stang()
    assert verifiera(fil).hel
    # As if its commitment had been to something that has been erased.
    ett_annat = "salt = NULL, innehall = CAST(replace(CAST(innehall AS TEXT), 'true', 'false') AS BLOB)"
    andra(fil, f"UPDATE handelser SET {ett_annat} WHERE typ = 'placering.avslutad'")
    assert "innehållet stämmer inte med sitt åtagande" in [brist.mening for brist in verifiera(fil).brister]


def test_en_identitet_som_skrivits_pa_annat_satt_hittas(fil: Path) -> None:
    # The same number, but no question by identity finds it any more.
    andra(fil, "UPDATE handelser SET handelse_id = upper(handelse_id) WHERE position = ?", ANDRAD)
    assert verifiera(fil).forsta_position == ANDRAD


@pytest.mark.parametrize(
    ("sats", "position"),
    [
        ("DELETE FROM handelser WHERE position = 7", 7),
        ("DELETE FROM handelser WHERE position <= 2", 1),
        ("UPDATE handelser SET position = 100000 WHERE position = 7", 7),
        ("DELETE FROM handelser WHERE position > 50", 51),
    ],
)
def test_en_rad_som_saknas_hittas_dar_den_skulle_sta(fil: Path, sats: str, position: int) -> None:
    andra(fil, sats)
    assert verifiera(fil).forsta_position == position


def test_tva_rader_som_bytt_plats_hittas(fil: Path) -> None:
    for fran, till in ((7, -1), (8, 7), (-1, 8)):
        andra(fil, "UPDATE handelser SET position = ? WHERE position = ?", till, fran)
    assert verifiera(fil).forsta_position == 7


def test_en_upprepning_som_andrats_hittas(fil: Path) -> None:
    for kolumn in ("strom", "version", "avtryck"):
        andra(fil, f"UPDATE tysta SET {kolumn} = substr({kolumn}, 2) || '0'")
        assert {brist.var for brist in verifiera(fil).brister} == {tysta.name}


def test_en_lasare_som_star_efter_loggens_slut_hittas(fil: Path) -> None:
    andra(fil, "INSERT INTO lasposition VALUES ('uppfoljning', 1000000)")
    assert [brist.var for brist in verifiera(fil).brister] == [lasposition.name]


@pytest.mark.parametrize("tabell", [t.name for t in (*FAKTATABELLER.values(), *DRAGTABELLER.values())])
def test_ett_faktum_som_inte_foljer_av_handelserna_hittas(hel: Path, tmp_path: Path, tabell: str) -> None:
    with closing(sqlite3.connect(hel)) as databas:
        kolumner = [rad[1] for rad in databas.execute(f"PRAGMA table_info({tabell})")]
    fakta = tabell.replace("drag", "fakta")
    (nyckel, vald) = ("(strom, radnr)", "strom, radnr") if tabell == fakta else ("id", "drag")
    villkor = f"{nyckel} IN (SELECT {vald} FROM {fakta} ORDER BY strom DESC, radnr DESC LIMIT 1)"
    for kolumn in kolumner:
        fil = kopiera(hel, tmp_path / f"{kolumn}.db")
        nytt = f"CASE WHEN typeof({kolumn}) = 'integer' THEN {kolumn} + 1 ELSE coalesce({kolumn}, '') || 'x' END"
        andra(fil, f"UPDATE {tabell} SET {kolumn} = {nytt} WHERE {villkor}")
        assert fakta in {brist.var for brist in verifiera(fil).brister}, kolumn


@pytest.mark.parametrize("tabell", [t.name for t in FAKTATABELLER.values()])
def test_ett_faktum_for_mycket_eller_for_litet_hittas(hel: Path, tmp_path: Path, tabell: str) -> None:
    sist = f"(SELECT max(strom) FROM {tabell})"
    with closing(sqlite3.connect(hel)) as databas:
        kolumner = [rad[1] for rad in databas.execute(f"PRAGMA table_info({tabell})")]
    varden = ", ".join("radnr + 1000" if kolumn == "radnr" else kolumn for kolumn in kolumner)
    for nr, sats in enumerate((
        f"DELETE FROM {tabell} WHERE strom = {sist}",
        f"INSERT INTO {tabell} SELECT {varden} FROM {tabell} WHERE strom = {sist}",
    )):  # fmt: skip
        fil = kopiera(hel, tmp_path / f"{nr}.db")
        andra(fil, sats)
        assert tabell in {brist.var for brist in verifiera(fil).brister}


def test_ett_index_som_inte_ar_det_liggaren_skapar_hittas(fil: Path) -> None:
    with closing(sqlite3.connect(fil)) as databas:
        databas.execute("DROP INDEX ix_fakta_punkt")
    assert [brist.var for brist in verifiera(fil).brister] == ["databasen"]


@pytest.mark.parametrize(
    "andra",
    [
        "sql = replace(sql, 'akt IS NOT NULL', 'akt') WHERE name = 'ix_handelser_akt'",
        "name = 'ix_handelser_tYp' WHERE name = 'ix_handelser_typ'",
    ],
)
def test_ett_index_som_skrivits_om_i_registret_hittas(fil: Path, andra: str) -> None:
    """One flipped bit can do it, and no row need be wrong."""
    with closing(sqlite3.connect(fil)) as databas:
        databas.execute("PRAGMA writable_schema = ON")
        assert databas.execute(f"UPDATE sqlite_master SET {andra}").rowcount == 1
        databas.commit()
    assert [brist.var for brist in verifiera(fil).brister] == ["databasen"]


def test_en_vakt_som_tagits_bort_hittas(fil: Path) -> None:
    with closing(sqlite3.connect(fil)) as databas:
        databas.execute("DROP TRIGGER handelser_andras")
    assert ["hindrar att loggen ändras" in brist.mening for brist in verifiera(fil).brister] == [True]


def test_radsumman_skiljer_pa_tal_text_och_ingenting() -> None:
    varden: list[tuple[Any, ...]] = [("1",), (1,), (None,), ("",), ("null",), ("1", None), (["1"],)]
    assert len({radsumma(b"", *varde) for varde in varden}) == len(varden)
    assert radsumma(b"a", "b") != radsumma(b"", "ab")
    # A golden value: the form is fixed, since every stored row has it.
    assert radsumma(bytes(32), "placeringar", 737000, None, "a", None, None).hex() == "b6db4fd01b9ea47092b8e578aba7e7f0"


def test_framsteget_gar_till_slutet_i_bada_delarna(fil: Path) -> None:
    steg: list[tuple[str, int, int]] = []
    tjanster = koppla(str(fil), skapa=False)
    svar = tjanster.verifierare.verifiera(lambda vad, klart, totalt: steg.append((vad, klart, totalt)))
    tjanster.stang()
    assert {vad: (klart, totalt) for vad, klart, totalt in steg} == dict.fromkeys(
        ("loggen", "fakta"), (svar.handelser, svar.handelser)
    )


def kor(fil: Path, *argument: str) -> tuple[int, str]:
    svar = CliRunner().invoke(huvud, ["verifiera", "--databas", str(fil), *argument])
    return svar.exit_code, svar.output


def test_kommandot_sager_att_liggaren_ar_hel(fil: Path) -> None:
    kod, text = kor(fil)
    assert kod == 0
    assert text.startswith("Liggaren är hel: ")
    svar = verifiera(fil)
    assert f"Kvitto: {svar.handelser}:{svar.lov.hex()}\n" in text


def test_ett_kvitto_avslojar_en_liggare_som_ar_hel_men_kortare_eller_en_annan(fil: Path, tmp_path: Path) -> None:
    _, text = kor(fil)
    kvitto = text.rpartition(" ")[2].strip()
    assert kor(fil, "--kvitto", kvitto)[0] == 0
    koppla(str(tmp_path / "tom.db")).stang()
    position = kvitto.partition(":")[0]
    kod, text = kor(tmp_path / "tom.db", "--kvitto", kvitto)
    assert kod == 1 and f"handelser, position {position}: händelsen finns inte, fast det finns ett kvitto." in text
    kod, text = kor(fil, "--kvitto", f"{position}:{'0' * 64}")
    assert kod == 1 and f"Första felaktiga position: {position}." in text


@pytest.mark.parametrize("kvitto", ["7", "sju:00", "7:xyz", ""])
def test_ett_kvitto_som_inte_gar_att_lasa_sags(fil: Path, kvitto: str) -> None:
    kod, text = kor(fil, "--kvitto", kvitto)
    assert kod == 2
    assert f"”{kvitto}” är inte ett kvitto" in text


def forstor(fil: Path) -> None:
    with fil.open("r+b") as oppen:
        oppen.truncate(fil.stat().st_size // 2)


@pytest.mark.parametrize(
    ("gor", "sager"),
    [
        (lambda fil: andra(fil, "UPDATE handelser SET aktor = 'x' WHERE position = 7"), "felaktiga position: 7."),
        (lambda fil: andra(fil, "DELETE FROM fakta_punkt"), "fakta_punkt, position "),
        (forstor, "Databasen är skadad"),
    ],
)
def test_kommandot_slutar_med_fel_och_sager_var(fil: Path, gor: Callable[[Path], None], sager: str) -> None:
    gor(fil)
    kod, text = kor(fil)
    assert kod == 1
    assert sager in text
