"""``liggare token`` and ``liggare atkomster``: a token to try with, and who has read what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from application.atkomst import Atkomst
from interfaces.bootstrap import koppla
from interfaces.http.behorighet.nycklar import Nyckelfil
from interfaces.http.behorighet.token import Tokenlasare
from interfaces.http.behorighet.utgivare import RESURS, UTGIVARE, se_till_att_nyckeln_finns, utvecklingsfil
from tests.interfaces.kommandorad import liggare


def test_en_token_ar_en_som_servern_tar_emot(tmp_path: Path) -> None:
    databas = tmp_path / "l.db"
    fil = utvecklingsfil(str(databas))
    se_till_att_nyckeln_finns(fil)
    svar = liggare("token", "--roll", "registrerare", "--enhet", "Norr", "--enhet", "Söder", "--databas", databas)
    assert svar.exit_code == 0, svar.output
    tjanster = koppla(":memory:")
    lasare = Tokenlasare(UTGIVARE, RESURS, Nyckelfil(fil, utveckling=True), tjanster.klocka)
    vem = lasare.las(svar.output.strip())
    assert (vem.roll.value, vem.syfte.value, vem.enheter) == ("registrerare", "handlaggning", ("Norr", "Söder"))
    tjanster.stang()


@pytest.mark.parametrize(("argument", "mening"), [
    (["--roll", "registrerare"], "enhet saknas"),
    (["--roll", "revisor", "--enhet", "Norr"], "har ingen enhet"),
    (["--roll", "revisor", "--syfte", "migrering"], "används inte för syftet"),
    (["--roll", "revisor", "--subjekt", "19121212-1212"], "personnummer"),
    (["--roll", "revisor"], "liggare starta --utveckling"),
])  # fmt: skip
def test_en_token_som_ingen_tar_emot_skrivs_inte(argument: list[str], mening: str, tmp_path: Path) -> None:
    svar = liggare("token", *argument, "--databas", tmp_path / "l.db")
    assert svar.exit_code != 0
    assert mening in svar.output.replace("\n", " ")


@pytest.mark.parametrize(("argument", "mening"), [
    ([], "Utan utgivare kan ingen släppas in"),
    (["--utgivare", "https://a.example", "--resurs", "https://b.example"], "Utan utgivare kan ingen släppas in"),
    (["--utveckling", "--adress", "0.0.0.0"], "bara på den egna datorn"),
    (["--utveckling", "--utgivare", "https://a.example"], "kan inte förenas"),
    (["--utgivare", "http://a.example"], "LIGGARE_UTGIVARE"),
])  # fmt: skip
def test_servern_startar_inte_utan_inloggning(argument: list[str], mening: str, tmp_path: Path) -> None:
    svar = liggare("starta", *argument, "--databas", tmp_path / "l.db")
    assert svar.exit_code != 0
    assert mening in svar.output.replace("\n", " ")
    assert not (tmp_path / "l.db").exists()


def test_servern_startar_inte_i_produktion_med_en_utvecklingsnyckel(tmp_path: Path) -> None:
    fil = utvecklingsfil(str(tmp_path / "l.db"))
    se_till_att_nyckeln_finns(fil)
    egna: list[str | Path] = ["--utgivare", "https://a.example", "--resurs", "https://b.example", "--nycklar", fil]
    svar = liggare("starta", *egna, "--port", "0", "--databas", tmp_path / "l.db")
    assert svar.exit_code == 1
    assert "är en utvecklingsnyckel" in svar.output


def test_atkomsterna_visas(tmp_path: Path) -> None:
    databas = tmp_path / "l.db"
    tjanster = koppla(str(databas))
    tjanster.atkomstlogg.skriv(Atkomst("p-17", "registrerare", "handlaggning", "Norr", "las-arenden", "/v1/arenden/a"))
    tjanster.atkomstlogg.skriv(
        Atkomst("p-18", "revisor", "revision", None, "folj-handelser", None, {"samling": "arenden"}, beviljad=False)
    )
    tjanster.stang()
    tabell = liggare("atkomster", "--databas", databas).output
    assert "p-17 (Norr)" in tabell
    assert "samling=arenden" in tabell
    assert tabell.count("nekad") == 1
    rader = json.loads(liggare("atkomster", "--aktor", "p-18", "--format", "json", "--databas", databas).output)
    assert [(rad["aktor"]["id"], rad["beviljad"]) for rad in rader] == [("p-18", False)]
    assert "--efter 1" in liggare("atkomster", "--hogst", "1", "--databas", databas).output
    assert liggare("atkomster", "--till", "2019-01-01", "--format", "json", "--databas", databas).output.strip() == "[]"
