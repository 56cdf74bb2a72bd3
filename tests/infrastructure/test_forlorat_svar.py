"""The answer to a commit can be lost: whoever sends the same again hears that it is recorded, never a conflict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from eventsourcing.persistence import OperationalError

from application.commands import Utfall
from interfaces.bootstrap import Tjanster, koppla
from tests.facit.test_externa_insatser import sen_placering
from tests.infrastructure.test_recorder import placering
from tests.ombud import Forlust, Ombud, ombud
from tests.postgres import Postgresserver

GANGER, MANGA = 20, 200


@pytest.fixture
def vag(postgresserver: Postgresserver, tmp_path: Path) -> Iterator[Ombud]:
    with ombud(postgresserver, tmp_path) as ett:
        yield ett


@pytest.fixture
def tjanster(vag: Ombud, postgresdatabas: str) -> Iterator[Tjanster]:
    oppnade = koppla(vag.adress(postgresdatabas))
    yield oppnade
    oppnade.stang()


def sand_tills_det_gar(tjanster: Tjanster, vag: Ombud, ganger: int, vad: Forlust) -> list[Utfall]:
    """Record so many events whose first commit is lost, and return what sending each again came to."""
    utfall = []
    for nr in range(ganger):
        vag.nasta = vad
        with pytest.raises(OperationalError):
            tjanster.registrator.registrera(placering(nr))
        utfall.append(tjanster.registrator.registrera(placering(nr)).utfall)
    assert vag.forlorade == ganger
    assert tjanster.huvudbok.antal() == ganger
    assert [k.position for k in tjanster.huvudbok.las_logg(0, ganger + 1)] == list(range(1, ganger + 1))
    return utfall


def test_ett_forlorat_svar_pa_commit_slutar_i_redan_registrerad(tjanster: Tjanster, vag: Ombud) -> None:
    assert set(sand_tills_det_gar(tjanster, vag, GANGER, Forlust.SVARET)) == {Utfall.REDAN_REGISTRERAD}


def test_en_forlorad_commit_slutar_i_registrerad(tjanster: Tjanster, vag: Ombud) -> None:
    assert set(sand_tills_det_gar(tjanster, vag, GANGER, Forlust.BEGARAN)) == {Utfall.REGISTRERAD}


@pytest.mark.tung
def test_manga_forlorade_svar(tjanster: Tjanster, vag: Ombud) -> None:
    assert set(sand_tills_det_gar(tjanster, vag, MANGA, Forlust.SVARET)) == {Utfall.REDAN_REGISTRERAD}


def test_en_importerad_fil_vars_svar_gick_forlorat_finns_redan(tjanster: Tjanster, vag: Ombud) -> None:
    rader = [
        orjson.dumps({**sen_placering(), "id": str(UUID(int=1000 + nr)), "handelseId": str(UUID(int=2000 + nr))})
        for nr in range(50)
    ]
    vag.nasta = Forlust.SVARET
    with pytest.raises(OperationalError):
        tjanster.importor().importera(rader)
    resultat = tjanster.importor().importera(rader)
    assert resultat.antal[Utfall.REDAN_REGISTRERAD] == len(rader)
    assert tjanster.huvudbok.antal() == len(rader)
