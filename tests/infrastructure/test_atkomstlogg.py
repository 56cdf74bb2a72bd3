"""The access log: what is noted is there, as it was, for as long as the ledger is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import exc

from application.atkomst import Atkomst
from infrastructure.tables import atkomster
from interfaces.bootstrap import Tjanster, koppla
from tests.databaser import andra

BORJAN = datetime(2026, 11, 26, 9, tzinfo=UTC)
LASNING = Atkomst("revisor-7", "revisor", "revision", None, "las-strom", "placeringar/0190", {"kantDen": "2026-10-31"})
NEKAD = Atkomst("handlaggare-3", "registrerare", "handlaggning", "Norr", "las-strom", "arenden/0191", beviljad=False)


class Klocka:
    """Goes one minute per look."""

    def __init__(self) -> None:
        self.nu = BORJAN

    def __call__(self) -> datetime:
        self.nu += timedelta(minutes=1)
        return self.nu


@pytest.fixture
def tjanster(databas: str) -> Iterator[Tjanster]:
    oppnade = koppla(databas, klocka=Klocka())
    yield oppnade
    oppnade.stang()


def test_det_som_antecknats_lases_som_det_skrevs_i_ordning(tjanster: Tjanster) -> None:
    for atkomst in (LASNING, NEKAD, LASNING):
        tjanster.atkomstlogg.skriv(atkomst)
    antecknat = tjanster.atkomstlogg.las()
    assert [ett.atkomst for ett in antecknat] == [LASNING, NEKAD, LASNING]
    assert [ett.tidpunkt for ett in antecknat] == [BORJAN + timedelta(minutes=nr) for nr in (1, 2, 3)]
    assert [ett.nr for ett in antecknat] == sorted({ett.nr for ett in antecknat})
    assert {ett.position for ett in antecknat} == {0}


def test_anteckningar_soks_pa_vem_vad_och_nar_och_lases_sida_for_sida(tjanster: Tjanster) -> None:
    for atkomst in (LASNING, NEKAD, LASNING, NEKAD):
        tjanster.atkomstlogg.skriv(atkomst)
    las = tjanster.atkomstlogg.las
    assert [ett.atkomst for ett in las(aktor=NEKAD.aktor)] == [NEKAD, NEKAD]
    assert [ett.atkomst for ett in las(mal=LASNING.mal)] == [LASNING, LASNING]
    i_mitten = las(fran=BORJAN + timedelta(minutes=2), till=BORJAN + timedelta(minutes=4))
    assert [ett.atkomst for ett in i_mitten] == [NEKAD, LASNING]
    forsta = las(hogst=3)
    assert len(forsta) == 3 and [ett.atkomst for ett in las(efter=forsta[-1].nr)] == [NEKAD]


def test_en_anteckning_kan_varken_andras_eller_tas_bort(databas: str, tjanster: Tjanster) -> None:
    tjanster.atkomstlogg.skriv(LASNING)
    for sats in ("UPDATE atkomster SET aktor = 'en annan'", "DELETE FROM atkomster"):
        with pytest.raises(exc.DatabaseError, match="läggs bara till"):
            andra(databas, sats)
    assert [ett.atkomst for ett in tjanster.atkomstlogg.las()] == [LASNING]


def test_verifieringen_hittar_en_anteckning_som_andrats(databas: str, tjanster: Tjanster) -> None:
    tjanster.atkomstlogg.skriv(LASNING)
    assert tjanster.verifierare.verifiera().hel
    pa = "" if databas.endswith(".db") else " ON atkomster"
    andra(databas, f"DROP TRIGGER atkomster_andras{pa}", "UPDATE atkomster SET beviljad = 0")
    (brist,) = [b for b in tjanster.verifierare.verifiera().brister if b.var == atkomster.name]
    assert brist.mening.endswith("stämmer inte med sin radsumma")


def test_en_lasning_antecknas_medan_nagon_annan_skriver_i_postgresql(postgresdatabas: str) -> None:
    skrivare, lasare = koppla(postgresdatabas), koppla(postgresdatabas)
    with skrivare.huvudbok.skrivning():
        lasare.atkomstlogg.skriv(LASNING)
    assert [ett.atkomst for ett in lasare.atkomstlogg.las()] == [LASNING]
    for tjanster in (skrivare, lasare):
        tjanster.stang()
