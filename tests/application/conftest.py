"""Ledgers to import to, and what their files say."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from interfaces.bootstrap import Tjanster, koppla
from tests.application.importen import FAKTATABELLER, LOGGEN, NU, Tabeller, importera_i_forvag
from tests.pseudonym import som_den_heter


@pytest.fixture
def oppna(tmp_path: Path) -> Iterator[Callable[[str], Tjanster]]:
    oppnade: list[Tjanster] = []

    def en_liggare(namn: str = "liggare") -> Tjanster:
        oppnade.append(koppla(str(tmp_path / f"{namn}.db"), klocka=lambda: NU, nytt_pseudonym=som_den_heter))
        return oppnade[-1]

    yield en_liggare
    for tjanster in oppnade:
        tjanster.stang()


@pytest.fixture
def tjanster(oppna: Callable[..., Tjanster]) -> Tjanster:
    return oppna()


@pytest.fixture
def innehallet(tmp_path: Path) -> Callable[..., Tabeller]:
    """Read a ledger's log and facts straight from its file."""

    def las(namn: str = "liggare") -> Tabeller:
        with closing(sqlite3.connect(tmp_path / f"{namn}.db")) as db:
            fragor = {"handelser": f"{LOGGEN} ORDER BY position"}
            fragor |= {tabell: f"SELECT * FROM {tabell} ORDER BY strom, radnr" for tabell in FAKTATABELLER}
            return {namn: db.execute(fraga).fetchall() for namn, fraga in fragor.items()}

    return las


@pytest.fixture(params=["i tur och ordning", "i förväg"])
def i_bada_ordningar(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let imports be decided on as one process does it, and as two do."""
    if request.param == "i förväg":
        importera_i_forvag(monkeypatch)
