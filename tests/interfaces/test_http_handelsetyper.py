"""The event catalogue over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from application.handelsekatalog.schema import radschema
from domain.handelse import HANDELSETYPER
from tests.interfaces.http_klient import Klient, klient, problem


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    with klient(tmp_path) as ny:
        yield ny


def test_listan_namner_varje_handelse_med_versioner_och_samling(k: Klient) -> None:
    lista = {h["typ"]: h for h in k.las("/v1/handelsetyper")["handelsetyper"]}
    assert set(lista) == set(HANDELSETYPER)
    assert lista["franvaro.registrerad"]["versioner"] == [1, 2]
    assert lista["pris.andrat"]["samlingar"] == ["placeringar"]
    assert lista["pris.andrat"]["rubrik"] == "Priset ändrades"


def test_en_handelses_schema_ar_det_som_skrivs_i_filen(k: Klient) -> None:
    svar = k.http.get("/v1/handelsetyper/pris.andrat")
    assert svar.headers["content-type"] == "application/schema+json"
    assert svar.json() == radschema(HANDELSETYPER["pris.andrat"])


def test_en_okand_handelse_finns_inte(k: Klient) -> None:
    problem(k.http.get("/v1/handelsetyper/pris.andrad"), 404, "okand-handelsetyp")
