"""The key is changed: the new one opens everything, the old one nothing, and an interrupted change goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from application.ports import OsakerDatabas
from infrastructure import nyckelbyte
from infrastructure.database import oppna
from infrastructure.keyring import Nyckelring, behall_nyaste, lagg_till_nyckel, las_nyckelfil
from interfaces.bootstrap import koppla
from interfaces.cli.main import huvud
from tests.databaser import vid_sidan_av
from tests.gallring.personer import NU, Historia


@pytest.fixture
def ringen(databas: str, nyckelfilen: Path) -> Path:
    """Give the key file of a ledger with persons in it."""
    tjanster = koppla(databas, klocka=lambda: NU, nyckelfil=nyckelfilen)
    Historia(6).las_in(tjanster)
    tjanster.stang()
    return nyckelfilen


@pytest.fixture
def motor(databas: str, ringen: Path) -> Iterator[Engine]:
    oppnad = oppna(databas)
    yield oppnad
    oppnad.dispose()


def inget(*_: Any) -> None:
    """Take progress and do nothing."""


def texterna(databas: str, ringen: Path) -> list[Any]:
    """Read everything in the ledger with what is personal."""
    tjanster = koppla(databas, klocka=lambda: NU, nyckelfil=ringen)
    try:
        assert tjanster.verifierare.verifiera().brister == ()
        return [(k.handelse, k.forslag.extern_id) for k in tjanster.huvudbok.las_logg(0, 1_000)]
    finally:
        tjanster.stang()


def test_med_den_nya_nyckeln_lases_allt_och_med_den_gamla_inget(databas: str, ringen: Path, motor: Engine) -> None:
    fore, gammal = texterna(databas, ringen), ringen.read_bytes()
    framsteg: list[tuple[int, int]] = []
    antal = nyckelbyte.byt(motor, ringen, lambda *hur_langt: framsteg.append(hur_langt))
    assert antal > 0 and framsteg[-1] == (antal, antal)
    assert texterna(databas, ringen) == fore
    assert nyckelbyte.forstor_aldre(motor, ringen) == 1
    assert las_nyckelfil(ringen).antal_nycklar == 1
    assert texterna(databas, ringen) == fore
    ringen.write_bytes(gammal)
    with pytest.raises(OsakerDatabas, match="den nyckelfil som liggaren skrevs med"):
        koppla(databas, nyckelfil=ringen)


def test_ett_avbrutet_byte_fortsatter_med_samma_nyckel(
    databas: str, ringen: Path, motor: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fore = texterna(databas, ringen)
    monkeypatch.setattr(nyckelbyte, "_PER_BUNT", 4)

    def avbryt(*_: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        nyckelbyte.byt(motor, ringen, avbryt)
    assert texterna(databas, ringen) == fore
    with pytest.raises(OsakerDatabas, match=r"nyckelbytet är inte klart: \d+ hemligheter kvar"):
        nyckelbyte.forstor_aldre(motor, ringen)
    halvvags = las_nyckelfil(ringen)
    kvar = nyckelbyte.aldre(motor, halvvags)
    assert nyckelbyte.byt(motor, ringen, inget) == kvar > 0
    assert las_nyckelfil(ringen).antal_nycklar == halvvags.antal_nycklar == 2
    assert nyckelbyte.aldre(motor, halvvags) == 0
    assert texterna(databas, ringen) == fore


def test_nyckelfilen_skrivs_bara_av_den_som_har_skrivlaset(
    databas: str, ringen: Path, motor: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise two that change the key at the same time each put one of their own in the file."""

    def nar_ingen_annan_skriver(skriv: Callable[[Path], Nyckelring]) -> Callable[[Path], Nyckelring]:
        def skrivning(fil: Path) -> Nyckelring:
            with pytest.raises(DBAPIError), vid_sidan_av(databas, skriver=True):
                pass
            return skriv(fil)

        return skrivning

    monkeypatch.setattr(nyckelbyte, "lagg_till_nyckel", nar_ingen_annan_skriver(lagg_till_nyckel))
    monkeypatch.setattr(nyckelbyte, "behall_nyaste", nar_ingen_annan_skriver(behall_nyaste))
    assert nyckelbyte.byt(motor, ringen, inget) > 0
    assert nyckelbyte.forstor_aldre(motor, ringen) == 1


def test_ett_byte_som_bara_natt_nyckelfilen_hindrar_ingen_och_fortsatter(
    databas: str, ringen: Path, motor: Engine
) -> None:
    lagg_till_nyckel(ringen)  # and then the power went
    omstartat = koppla(databas, klocka=lambda: NU, nyckelfil=ringen)
    Historia(2).las_in(omstartat)
    omstartat.stang()
    fore = texterna(databas, ringen)
    assert nyckelbyte.byt(motor, ringen, inget) > 0
    assert nyckelbyte.forstor_aldre(motor, ringen) == 1
    assert texterna(databas, ringen) == fore


def test_den_nyckel_som_liggaren_kanner_sin_ring_pa_forstors_inte(databas: str, nyckelfilen: Path) -> None:
    """Given a ledger in which nothing else is wrapped, and a change of keys that never came to it."""
    koppla(databas, nyckelfil=nyckelfilen).stang()
    lagg_till_nyckel(nyckelfilen)
    motor = oppna(databas)
    with pytest.raises(OsakerDatabas, match="nyckelbytet är inte klart: 1 hemligheter kvar"):
        nyckelbyte.forstor_aldre(motor, nyckelfilen)
    assert nyckelbyte.byt(motor, nyckelfilen, inget) == 0
    assert nyckelbyte.forstor_aldre(motor, nyckelfilen) == 1
    motor.dispose()
    koppla(databas, nyckelfil=nyckelfilen).stang()


def test_ett_program_med_den_gamla_ringen_lindar_inget_nytt(databas: str, ringen: Path, motor: Engine) -> None:
    gammalt = koppla(databas, klocka=lambda: NU, nyckelfil=ringen)
    nyckelbyte.byt(motor, ringen, inget)
    antal = gammalt.huvudbok.antal()
    with pytest.raises(OsakerDatabas, match="nyckeln har bytts, men ska vara liggarens; starta om"):
        Historia(2).las_in(gammalt)
    assert gammalt.huvudbok.antal() == antal
    with pytest.raises(OsakerDatabas, match="nyckeln har bytts, men ska vara liggarens; starta om"):
        gammalt.huvudbok.las_logg(0, antal)
    gammalt.stang()
    omstartat = koppla(databas, klocka=lambda: NU, nyckelfil=ringen)
    Historia(2).las_in(omstartat)
    omstartat.stang()
    assert nyckelbyte.forstor_aldre(motor, ringen) == 1
    assert texterna(databas, ringen)


def test_kommandona_sager_vad_som_gjordes(databas: str, ringen: Path) -> None:
    def kor(*argument: str) -> str:
        valen = ["--databas", databas, "--nyckelfil", str(ringen)]
        svar = CliRunner().invoke(huvud, ["nyckel", *argument, *valen], catch_exceptions=False)
        assert svar.exit_code == 0
        return svar.stdout

    assert "Inget att göra" in kor("forstor-aldre", "--ja")
    assert kor("byt").startswith("Nyckeln är bytt: ")
    assert kor("forstor-aldre", "--ja") == "Förstörda nycklar: 1.\n"
