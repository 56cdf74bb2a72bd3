"""The core of the laws in PostgreSQL: what depends on how the database stores, orders, counts and compares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import given, settings

from tests.laws import test_organisationen
from tests.laws.grund import ANTAL_TUNGT, LAGAR
from tests.laws.provliggare import Provliggare
from tests.laws.test_lagarna import LAGARNA
from tests.postgres import Postgresserver

EXEMPEL = 4
KARNAN = (
    "test_lagen_om_oraklet_varje_svar_ar_det_langsamma_svaret",
    "test_lagen_om_oraklet_fakta_ar_vad_handelserna_sager",
    "test_lagen_om_upprepbarhet_samma_fraga_ger_samma_svar_for_alltid",
    "test_lagen_om_omsandning_samma_handelse_igen_andrar_ingenting",
    "test_lagen_om_ateruppbyggnad_en_fil_blir_som_en_i_taget",
    "test_lagen_om_loggen_tiden_gar_aldrig_bakat_aven_om_klockan_gor_det",
)
ORGANISATIONEN = [prov for namn, prov in vars(test_organisationen).items() if namn.startswith("test_")]


@pytest.fixture(scope="module", autouse=True)
def _i_postgres(postgresserver: Postgresserver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    def nya(oppna: ExitStack) -> Iterator[str]:
        while True:
            yield postgresserver.adress(oppna.enter_context(postgresserver.ny_databas()))

    nyckelfil = tmp_path_factory.mktemp("postgres") / "liggare.nyckel"
    with ExitStack() as oppna, pytest.MonkeyPatch.context() as mp, Provliggare.i_databaser(nya(oppna)):
        mp.setenv("LIGGARE_NYCKEL", str(nyckelfil))
        yield


def haller(namn: str, exempel: int) -> None:
    """Try a law on so many examples."""
    funktion, strategier = LAGARNA[namn]
    settings(LAGAR, max_examples=exempel)(given(*strategier)(funktion))()


@pytest.mark.parametrize("namn", KARNAN)
def test_lagen_haller_i_postgres(namn: str) -> None:
    haller(namn, EXEMPEL)


@pytest.mark.parametrize("prov", ORGANISATIONEN)
def test_organisationen_i_postgres(prov: Callable[[], None]) -> None:
    prov()


@pytest.mark.tung
@pytest.mark.parametrize("namn", LAGARNA)
def test_varje_lag_haller_i_postgres_for_manga_historier(namn: str) -> None:
    haller(namn, ANTAL_TUNGT // 5)
