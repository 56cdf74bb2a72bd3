"""The API behind the real guard: described answers in every role, and a new case handed in whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import given
from schemathesis.core.result import Ok

from application.behorighet.matris import SYFTEN
from application.behorighet.ord import Roll, Syfte
from tests.behorighet.varlden import NORR, SODER, Varld, varlden
from tests.interfaces.api.test_allt_som_beskrivs import GODTAS_INTE, installningar
from tests.interfaces.http_klient import paborjad

LATT, TUNGT = 3, 100


@pytest.fixture
def varld(tmp_path: Path) -> Iterator[Varld]:
    with varlden(tmp_path) as ny:
        yield ny


def prova_som(varld: Varld, roll: Roll, antal: int) -> set[int]:
    """Send so many requests to every operation in a role; return the statuses that were met."""
    syfte = next(syfte for syfte in Syfte if syfte in SYFTEN[roll])
    huvuden = {"Authorization": f"Bearer {varld.token(roll.value, syfte.value)}"}
    statusar: set[int] = set()
    for resultat in schemathesis.openapi.from_asgi("/v1/openapi", varld.http.app).get_all_operations():
        assert isinstance(resultat, Ok)

        @installningar(antal)
        @given(case=resultat.ok().as_strategy())
        def sand(case: Any) -> None:
            svar = case.call(headers=huvuden)
            assert svar.status_code < 500, svar.text
            statusar.add(svar.status_code)
            case.validate_response(svar, excluded_checks=GODTAS_INTE)

        sand()
    return statusar


@pytest.mark.parametrize("roll", list(Roll))
def test_i_varje_roll_svaras_som_det_beskrivs(varld: Varld, roll: Roll) -> None:
    assert 200 in prova_som(varld, roll, LATT)


@pytest.mark.tung
@pytest.mark.parametrize("roll", list(Roll))
def test_i_varje_roll_manga_ganger(varld: Varld, roll: Roll) -> None:
    prova_som(varld, roll, TUNGT)


def test_ett_nytt_arende_lamnas_in_med_det_som_foljer(varld: Varld) -> None:
    """Whose a case is follows from its first event, which is in the same body."""
    egen, annans = str(uuid4()), str(uuid4())

    def rader(arende: str, enhet: str) -> list[dict[str, Any]]:
        aktualiserat = {
            "typ": "arende.aktualiserat", "datum": "2025-07-07", "kommun": "0000", "arendetyp": "barnOchUnga",
            "enhet": enhet, "malgrupp": "unga", "kon": "kvinna", "fodelsear": 2011, "satt": "anmalan",
            "avsandare": "halsoOchSjukvard", "personId": str(uuid4()),
        }  # fmt: skip
        bedomd = {"typ": "forhandsbedomning.avslutad", "datum": "2025-07-16", "utfall": "inleds"}
        i_arendet = [{**ett, "samling": "arenden", "id": arende} for ett in (aktualiserat, bedomd)]
        placering = {**paborjad(datum="2025-08-01", arendeId=arende), "samling": "placeringar", "id": str(uuid4())}
        return [{"handelseId": str(uuid4()), **ett} for ett in (*i_arendet, placering)]

    kropp = "\n".join(json.dumps(ett) for ett in (*rader(egen, NORR), *rader(annans, SODER)))
    svar = varld.sand(
        "POST", "/v1/handelser", varld.token(), content=kropp, headers={"Content-Type": "application/x-ndjson"}
    )
    assert [rad["status"] for rad in svar.json()["resultat"]] == [201, 201, 201, 404, 404, 404]
