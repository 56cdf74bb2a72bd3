"""The same history is the same ledger in both databases: log, facts, their hash, every answer and the printed table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Uuid, select

from application.queries import Fraga
from domain.matt.deklaration import Matt
from domain.matt.katalog import MATT
from domain.tid import Period, Tidssnitt
from infrastructure.identitet import siffror
from infrastructure.recorder import Recorder
from infrastructure.tables import handelser
from interfaces.bootstrap import Tjanster, koppla
from tests.facit.conftest import FACIT, tabell
from tests.facit.historia import bygg_historia
from tests.postgres import Postgresserver
from tests.pseudonym import som_den_heter

ARET = Period(date(2019, 1, 1), date(2020, 1, 1))
EGET_FOR_VARJE_LIGGARE = {
    "salt", "atagande", "lov", "radsumma", "hemligt", "hemligt_salt", "hemligt_atagande", "infort",
}  # fmt: skip
"""The columns that a random salt or key makes different in every ledger, and when it was imported."""


@pytest.fixture(scope="module")
def i_postgres(postgresserver: Postgresserver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tjanster]:
    """Give a ledger in PostgreSQL with the history that ``historia`` has in SQLite."""
    with postgresserver.ny_databas() as namn:
        nyckelfil = tmp_path_factory.mktemp("postgres") / "liggare.nyckel"
        tjanster = koppla(postgresserver.adress(namn), nyckelfil=nyckelfil, nytt_pseudonym=som_den_heter)
        tjanster.importor().importera(bygg_historia(FACIT, "1880", 2019))
        yield tjanster
        tjanster.stang()


def logg(tjanster: Tjanster) -> list[tuple[Any, ...]]:
    kolumner = [
        siffror(k) if isinstance(k.type, Uuid) else k for k in handelser.c if k.name not in EGET_FOR_VARJE_LIGGARE
    ]
    recorder = tjanster.liggaren.recorder
    assert isinstance(recorder, Recorder)
    with recorder.lasning() as forbindelse:
        return [tuple(rad) for rad in forbindelse.execute(select(*kolumner).order_by(handelser.c.position))]


def test_loggen_ar_densamma(historia: Tjanster, i_postgres: Tjanster) -> None:
    assert logg(i_postgres) == logg(historia)


def test_fakta_har_samma_avtryck_ocksa_efter_en_ombyggnad(historia: Tjanster, i_postgres: Tjanster) -> None:
    avtryck = historia.ombyggare.avtryck()
    assert all(ett.rader for ett in avtryck.values())
    assert i_postgres.ombyggare.avtryck() == avtryck
    assert i_postgres.ombyggare.bygg_om().handelser == historia.huvudbok.antal()
    assert i_postgres.ombyggare.avtryck() == avtryck


def svarar_detsamma(en: Tjanster, annan: Tjanster, matt: Matt, gruppera: tuple[str, ...]) -> None:
    fraga = Fraga(matt, ARET, Tidssnitt(date(2020, 1, 31), None), gruppera)
    ett, annat = (tjanster.fragor.svara(fraga) for tjanster in (en, annan))
    assert (annat.varden, annat.totalt) == (ett.varden, ett.totalt), gruppera


@pytest.mark.parametrize("namn", MATT)
def test_varje_matt_svarar_detsamma(historia: Tjanster, i_postgres: Tjanster, namn: str) -> None:
    """Asked as a whole and split by one dimension of the measure's: by another one for the next measure."""
    matt, nr = MATT[namn], list(MATT).index(namn)
    for gruppera in ((), *([(matt.dimensioner[nr % len(matt.dimensioner)],)] if matt.dimensioner else [])):
        svarar_detsamma(historia, i_postgres, matt, gruppera)


@pytest.mark.tung  # each of two thousand questions is compiled for both databases: a minute and a half
@pytest.mark.parametrize("namn", MATT)
def test_varje_matt_svarar_detsamma_delat_pa_varje_dimension(
    historia: Tjanster, i_postgres: Tjanster, namn: str
) -> None:
    for dimension in MATT[namn].dimensioner:
        svarar_detsamma(historia, i_postgres, MATT[namn], (dimension,))


@pytest.mark.parametrize("kant_den", ["2019-06-15", "2019-09-19"])
def test_namndens_tabell_ar_densamma(historia: Tjanster, i_postgres: Tjanster, kant_den: str) -> None:
    assert tabell(i_postgres, kant_den).rader == tabell(historia, kant_den).rader
