"""A ledger for faults to happen to, on each database, and the protocol that the table in the documents is made from."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.konto import skapa_basen

PROTOKOLL = "LIGGARE_FELPROTOKOLL"
"""Names the file that the outcome of every fault is appended to (`make fel`)."""


@pytest.fixture(scope="session")
def bas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger file with some history; tests copy it."""
    fil = tmp_path_factory.mktemp("bas") / "liggare.db"
    skapa_basen(str(fil))
    return fil


@pytest.fixture
def databas(bas: Path, tmp_path: Path) -> Iterator[str]:
    """Return the address of a ledger of the test's own."""
    yield str(shutil.copy(bas, tmp_path / "liggare.db"))


@pytest.fixture
def protokoll() -> Callable[..., None]:
    """Return where to write down what was done, how many times, and what came of it."""

    def skriv(fel: str, antal: int, utfall: str, databas: str = "SQLite") -> None:
        if fil := os.environ.get(PROTOKOLL):
            with Path(fil).open("a", encoding="utf-8") as oppen:
                oppen.write(json.dumps({"fel": fel, "databas": databas, "antal": antal, "utfall": utfall}) + "\n")

    return skriv
