"""A ledger for faults to happen to, on each database, and the protocol that the table in the documents is made from."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest

from tests.databaser import kopiera
from tests.faults.konto import NYCKEL, skapa_basen
from tests.postgres import Postgresserver

PROTOKOLL = "LIGGARE_FELPROTOKOLL"
"""Names the file that the outcome of every fault is appended to (`make fel`)."""


@pytest.fixture(scope="package")
def nyckelfil(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return where the one key ring is kept of all ledgers that faults happen to: out of harm's way."""
    return str(tmp_path_factory.mktemp("nyckel") / "liggare.nyckel")


@pytest.fixture(autouse=True)
def nyckelring(nyckelfil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the environment say so, that writers in other processes see too, for one test at a time."""
    monkeypatch.setenv(NYCKEL, nyckelfil)


@contextmanager
def _med_nyckelringen(nyckelfil: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as miljo:
        miljo.setenv(NYCKEL, nyckelfil)
        yield


@pytest.fixture(scope="package")
def bas(tmp_path_factory: pytest.TempPathFactory, nyckelfil: str) -> Path:
    """Return a ledger file with some history; tests copy it."""
    fil = tmp_path_factory.mktemp("bas") / "liggare.db"
    with _med_nyckelringen(nyckelfil):
        skapa_basen(str(fil))
    return fil


@pytest.fixture(scope="package")
def bas_i_postgres(postgresserver: Postgresserver, nyckelfil: str) -> str:
    """Return the name of a database in PostgreSQL with the same history; others are made like it."""
    postgresserver.skapa_databas("bas", "mall")
    with _med_nyckelringen(nyckelfil):
        skapa_basen(postgresserver.adress("bas"))
    return "bas"


@pytest.fixture(params=["sqlite", "postgresql"])
def ny_liggare(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Return how a new ledger with that history is made on each database; it gives the ledger's address."""
    nummer = count(1)
    if request.param == "sqlite":
        bas: Path = request.getfixturevalue("bas")
        return lambda: str(kopiera(bas, tmp_path / f"liggare{next(nummer)}.db"))
    mall: str = request.getfixturevalue("bas_i_postgres")
    server: Postgresserver = request.getfixturevalue("postgresserver")

    def ny() -> str:
        namn = f"fel_{uuid4().hex}"
        server.skapa_databas(namn, mall)
        return server.adress(namn)

    return ny


@pytest.fixture
def databas(ny_liggare: Callable[[], str]) -> str:
    """Return the address of a ledger of the test's own, on each database."""
    return ny_liggare()


@pytest.fixture
def sqlitefil(bas: Path, tmp_path: Path) -> str:
    """Return a ledger of the test's own, where the fault is one of SQLite's files."""
    return str(kopiera(bas, tmp_path / "liggare.db"))


@pytest.fixture
def protokoll() -> Callable[..., None]:
    """Return where to write down what was done, how many times, and what came of it."""

    def skriv(fel: str, antal: int, utfall: str, adress: str = "") -> None:
        if fil := os.environ.get(PROTOKOLL):
            databas = "PostgreSQL" if adress.startswith("postgresql") else "SQLite"
            with Path(fil).open("a", encoding="utf-8") as oppen:
                oppen.write(json.dumps({"fel": fel, "databas": databas, "antal": antal, "utfall": utfall}) + "\n")

    return skriv
