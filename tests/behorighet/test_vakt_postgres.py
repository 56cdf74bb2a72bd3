"""The guard on PostgreSQL, run by the role that may only add: the whole matrix, and no answer without a note of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest

from application.behorighet.ord import Lage
from domain.begrepp import Samling
from tests.behorighet.varlden import Varld, avvikelser, varlden
from tests.conftest import DRIFT
from tests.interfaces.http_klient import problem
from tests.postgres import Postgresserver


@pytest.fixture
def v(postgresserver: Postgresserver, drift: str, tmp_path: Path) -> Iterator[Varld]:
    with varlden(tmp_path, databas=postgresserver.adress(drift, DRIFT)) as varld:
        yield varld


def test_varje_cell_galler_och_antecknas_av_den_som_bara_far_lagga_till(v: Varld) -> None:
    assert v.tjanster.svagheter() == ()
    assert avvikelser(v) == []
    antecknat = [(rad.aktor, rad.vad, rad.mal, rad.beviljad) for rad in v.logg.rader]
    svar = v.las("/v1/atkomster?limit=1000", roll="internkontroll", syfte="loggkontroll")
    lasta = [(rad["aktor"]["id"], rad["vad"], rad["mal"], rad["beviljad"]) for rad in svar.json()["atkomster"]]
    assert lasta[:-1] == antecknat[:999]
    assert len(antecknat) > 100


@contextmanager
def utan_ratt(server: Postgresserver, databas: str) -> Iterator[None]:
    """Take the right to note away."""
    with server.forbindelse(databas) as forbindelse:
        forbindelse.execute(f"REVOKE INSERT ON atkomster FROM {DRIFT}")
        yield


@contextmanager
def last(server: Postgresserver, databas: str) -> Iterator[None]:
    """Hold the log for so long that nobody else gets it."""
    with psycopg.connect(server.adress(databas, "postgres")) as forbindelse:
        forbindelse.execute("LOCK TABLE atkomster IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def borta(server: Postgresserver, databas: str) -> Iterator[None]:
    """Let there be no log."""
    with server.forbindelse(databas) as forbindelse:
        forbindelse.execute("ALTER TABLE atkomster RENAME TO undan")
        yield


@pytest.mark.parametrize("hinder", [utan_ratt, last, borta])
def test_utan_anteckning_inget_svar(
    hinder: Callable[[Postgresserver, str], AbstractContextManager[None]],
    v: Varld,
    postgresserver: Postgresserver,
    drift: str,
) -> None:
    egen = v.i(Samling.ARENDEN, Lage.EGEN).id
    assert v.las(f"/v1/arenden/{egen}").status_code == 200
    fore = len(v.logg.rader)
    with hinder(postgresserver, drift):
        for svar in (
            v.las(f"/v1/arenden/{egen}"),
            v.las("/v1/handelser", roll="revisor", syfte="revision"),
        ):
            problem(svar, 503, "atkomst-ej-antecknad")
            assert str(egen) not in svar.json()["detail"]
            assert "personId" not in svar.text
        # What tells of nobody is answered all the same.
        assert v.las("/v1/matt/vardygn", roll="revisor", syfte="revision").status_code == 200
    assert len(v.logg.rader) == fore
