"""``liggare importera``: files as they come – wrong lines, packed, cut off, without a municipality."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from tests.interfaces.kommandorad import csvrader, handelse, i_egen_process, liggare, skriv


def test_en_felaktig_rad_stoppar_hela_filen(tmp_path: Path) -> None:
    fil, databas = tmp_path / "in.jsonl", tmp_path / "l.db"
    fil.write_bytes(handelse(1) + handelse(2, malgrupp="vuxen") + b"{trasig\n")
    svar = liggare("importera", fil, "--databas", databas)
    assert svar.exit_code == 1
    assert "2 av 3 rader avvisades; ingenting registrerades" in svar.stderr
    assert "rad 2, malgrupp: ”vuxen” är inte ett tillåtet värde" in svar.stderr
    assert "rad 3, raden: Raden är inte giltig JSON" in svar.stderr
    assert csvrader(liggare("matt", "vardygn", "--format", "csv", "--databas", databas).stdout) == [{"vardygn": "0"}]


def test_avvisade_rader_skrivs_med_rad_falt_och_skal(tmp_path: Path) -> None:
    fil, avvisade, databas = tmp_path / "in.jsonl", tmp_path / "fel.jsonl", tmp_path / "l.db"
    fil.write_bytes(
        handelse(1) + handelse(2, pris={"sort": "dygn", "belopp": 4100.0}) + handelse(3, datum="2099-01-01")
    )
    svar = liggare("importera", fil, "--avvisade", avvisade, "--databas", databas)
    assert svar.exit_code == 1
    assert "1 händelse registrerad, 2 avvisade." in svar.stdout
    pris, framtid = [json.loads(rad) for rad in avvisade.read_text(encoding="utf-8").splitlines()]
    assert (pris["rad"], pris["fel"][0]["falt"]) == (2, "pris.belopp")
    assert "decimaltal som text" in pris["fel"][0]["skal"]
    assert (framtid["rad"], framtid["fel"][0]["kod"]) == (3, "framtida-datum")
    assert json.loads(framtid["innehall"])["datum"] == "2099-01-01"


def test_en_fil_utan_fel_lamnar_ingen_fil_med_avvisade(tmp_path: Path) -> None:
    fil = tmp_path / "in.jsonl"
    fil.write_bytes(handelse(1))
    svar = liggare("importera", fil, "--avvisade", tmp_path / "fel.jsonl", "--databas", tmp_path / "l.db")
    assert svar.exit_code == 0
    assert not (tmp_path / "fel.jsonl").exists()


_STROMMANDE = zstandard.ZstdCompressor(write_checksum=True, write_content_size=False)
PACKA = {
    "gz": gzip.compress,
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress,
    # A program that packs as it goes states no length, and two packed files after one another are one.
    "zst i delar": lambda rader: b"".join(map(_STROMMANDE.compress, rader.splitlines(keepends=True))),
}
"""Ways to pack lines."""


@pytest.mark.parametrize("packa", PACKA.values(), ids=PACKA)
def test_standard_in_kan_vara_packad(tmp_path: Path, packa: Callable[[bytes], bytes]) -> None:
    packad = packa(handelse(1) + handelse(2))
    svar = i_egen_process("importera", "-", "--databas", str(tmp_path / "l.db"), stdin=packad)
    assert svar.returncode == 0, svar.stderr
    assert "standard in: 2 händelser registrerade." in svar.stdout.decode()


@pytest.mark.parametrize("packa", PACKA.values(), ids=PACKA)
@pytest.mark.parametrize("skada", [lambda b: b[:-12], lambda b: b[:-9] + b"\xff" + b[-8:], lambda b: b + b[:9]])
def test_en_skadad_packad_fil_registrerar_ingenting(
    tmp_path: Path, packa: Callable[[bytes], bytes], skada: Callable[[bytes], bytes]
) -> None:
    fil, databas = tmp_path / "in.jsonl", tmp_path / "l.db"
    fil.write_bytes(skada(packa(handelse(1) + handelse(2))))
    svar = liggare("importera", fil, "--databas", databas)
    assert svar.exit_code == 1
    assert "skadad eller avhuggen" in svar.stderr


def test_kommun_fylls_i_fran_kommandoraden(tmp_path: Path) -> None:
    fil, databas = tmp_path / "in.jsonl", tmp_path / "l.db"
    fil.write_bytes(handelse(1, kommun=...))
    utan = liggare("importera", fil, "--databas", databas)
    assert "Fältet kommun saknas." in utan.stderr
    assert liggare("importera", fil, "--kommun", "0483", "--databas", databas).exit_code == 0


def test_avvisade_far_inte_skrivas_over_filen_som_lases(tmp_path: Path) -> None:
    fil = skriv(tmp_path / "in.jsonl", handelse(1) + b"{trasig\n")
    svar = liggare("importera", fil, "--avvisade", fil, "--databas", tmp_path / "l.db")
    assert svar.exit_code == 2
    assert "får inte skrivas över" in svar.stderr
    assert fil.read_bytes() == handelse(1) + b"{trasig\n"
