"""Shared by all tests: the databases. Other fixtures live in the conftest.py nearest to the tests that use them.

``databas`` is asked for where the database matters: the test is then run on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from interfaces.bootstrap import ge_rattigheter
from tests.postgres import PostgresSaknas, Postgresserver, egen_server

DRIFT = "liggare_drift"
"""The role that runs ledgers in PostgreSQL."""

_PROVAR_DOMANEN = {"domain", "laws", "prognos"}
"""The folders whose tests try the domain itself."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count only what the domain's own tests reach as covered: what others pass through they do not try.

    Measuring doubles the time that a test takes.
    """
    for test in items:
        if test.path.relative_to(Path(__file__).parent).parts[0] not in _PROVAR_DOMANEN:
            test.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def postgresserver() -> Iterator[Postgresserver]:
    """Give the PostgreSQL server of this run."""
    try:
        with egen_server() as server:
            yield server
    except PostgresSaknas as fel:
        if "CI" in os.environ:
            raise
        pytest.skip(str(fel))


@pytest.fixture
def nyckelfilen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the environment say where a key ring is kept; a new ledger makes it there."""
    fil = tmp_path / "postgres.nyckel"
    monkeypatch.setenv("LIGGARE_NYCKEL", str(fil))
    return fil


@pytest.fixture
def postgresdatabas(postgresserver: Postgresserver, nyckelfilen: Path) -> Iterator[str]:
    """Give the address of an empty ledger in PostgreSQL."""
    with postgresserver.ny_databas() as namn:
        yield postgresserver.adress(namn)


@pytest.fixture
def driftrollen(postgresserver: Postgresserver) -> Iterator[str]:
    """Give a role that may be let to run a ledger."""
    with postgresserver.forbindelse() as forbindelse:
        forbindelse.execute(f"CREATE ROLE {DRIFT} LOGIN")
        forbindelse.execute(f"GRANT {DRIFT} TO liggare")
    yield DRIFT
    with postgresserver.forbindelse() as forbindelse:
        forbindelse.execute(f"DROP ROLE {DRIFT}")


@pytest.fixture
def drift(postgresserver: Postgresserver, driftrollen: str, nyckelfilen: Path) -> Iterator[str]:
    """Give the name of a database that the role may run, and do no more in."""
    with postgresserver.ny_databas() as namn:
        ge_rattigheter(postgresserver.adress(namn), driftrollen)
        yield namn


@pytest.fixture(params=["sqlite", "postgresql"])
def databas(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty ledger of each sort."""
    if request.param == "sqlite":
        return str(tmp_path / "liggare.db")
    adress: str = request.getfixturevalue("postgresdatabas")
    return adress
