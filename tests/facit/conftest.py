"""A ledger with an invented history that meets the printed tables beside this file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.tabell import Tabellverk
from application.rapporter.tabellfraga import Tabellsvar
from interfaces.bootstrap import Tjanster, koppla
from tests.facit.historia import bygg_historia
from tests.pseudonym import som_den_heter

FACIT = Path(__file__).parent


@pytest.fixture(scope="session")
def historia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tjanster]:
    """Return an open ledger with the history of municipality 1880; tests must not write to it."""
    tjanster = koppla(str(tmp_path_factory.mktemp("historia") / "liggare.db"), nytt_pseudonym=som_den_heter)
    tjanster.importor().importera(bygg_historia(FACIT, "1880", 2019))
    yield tjanster
    tjanster.stang()


@pytest.fixture(scope="session")
def beslutad(historia: Tjanster) -> Tabellsvar:
    """Return the table as of 31 August, as known on the day of the decision."""
    return tabell(historia, "2019-09-19")


def tabell(tjanster: Tjanster, kant_den: str, galler_den: str = "2019-08-31", namnd: str | None = None) -> Tabellsvar:
    """Return the table of external care for 2019."""
    fraga = tolka_tabellfraga(
        "externa-insatser",
        kommun="1880",
        ar=2019,
        nu=tjanster.klocka(),
        galler_den=galler_den,
        kant_den=kant_den,
        namnd=namnd,
    )
    return Tabellverk(tjanster.fragor).svara(fraga)
