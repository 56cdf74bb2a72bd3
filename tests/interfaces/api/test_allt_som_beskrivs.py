"""Whatever the description allows is sent, and every answer is one that the description has; nothing is a 5xx.

Requests that the schemas allow and the ledger refuses (an unknown position, a text that is no date) are answers too, so
only the check that asks for acceptance is left out.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.schemas import OpenApiSchema

from application.handelsekatalog.exempel import godtagna
from interfaces.bootstrap import koppla
from interfaces.http.adresser import ADRESSER
from interfaces.http.app import skapa_app
from interfaces.http.openapi import BAS
from tests.interfaces.exempelsvar import FORSTA, START
from tests.interfaces.http_klient import Klocka, OppenVakt

LATT = 12
GODTAS_INTE = [CHECKS.get_one("positive_data_acceptance")]


@schemathesis.serializer("application/x-ndjson", "application/jsonl")
def _som_rader(_sammanhang: Any, varde: Any) -> bytes:
    return varde if isinstance(varde, bytes) else str(varde).encode("utf-8", "surrogatepass")


@pytest.fixture
def schema(tmp_path: Path) -> Iterator[OpenApiSchema]:
    """A ledger with a stream in every collection."""
    tjanster = koppla(str(tmp_path / "liggare.db"), klocka=Klocka(START))
    rader = [json.dumps(rad).encode() for typ in FORSTA.values() for rad in godtagna(typ)[0].rader]
    tjanster.importor().importera(rader)
    app = skapa_app(tjanster, OppenVakt(), kommun="0000")
    yield schemathesis.openapi.from_asgi("/v1/openapi", app)
    app.state.rum.ko.stang()
    tjanster.stang()


def installningar(antal: int) -> settings:
    return settings(
        max_examples=antal, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip


def prova(schema: OpenApiSchema, antal: int, huvuden: Mapping[str, str] | None = None) -> Mapping[str, Counter[int]]:
    """Send so many requests to every operation; return how many were answered with each status, by operation."""
    sanda: dict[str, Counter[int]] = defaultdict(Counter)

    for resultat in schema.get_all_operations():
        assert isinstance(resultat, Ok)
        operation = resultat.ok()

        @installningar(antal)
        @given(case=operation.as_strategy())
        def sand(case: Any) -> None:
            svar = case.call(headers=huvuden)
            sanda[case.operation.definition.raw["operationId"]][svar.status_code] += 1
            assert svar.status_code < 500, svar.text
            case.validate_response(svar, excluded_checks=GODTAS_INTE)

        sand()
    return sanda


def test_varje_operation_svarar_som_den_beskrivs(schema: OpenApiSchema) -> None:
    # The description itself is where the requests come from, and is not among them.
    beskrivna = {adress.namn for adress in ADRESSER if adress.vag.startswith(f"{BAS}/")}
    assert prova(schema, LATT).keys() == beskrivna - {"las-beskrivningen"}


def test_det_som_registreras_lases_i_foljd(schema: OpenApiSchema) -> None:
    assert kor_i_foljd(schema, LATT) >= LATT


def kor_i_foljd(schema: OpenApiSchema, antal: int, huvuden: Mapping[str, str] | None = None) -> int:
    """Let requests follow on each other along the links of the description; return how many were sent."""
    sanda = 0

    class Foljd(schema.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": dict(huvuden)} if huvuden else {}

        def validate_response(self, response: Any, case: Any, additional_checks: Any = (), **ovrigt: Any) -> None:
            nonlocal sanda
            sanda += 1
            assert response.status_code < 500, response.text
            case.validate_response(response, excluded_checks=GODTAS_INTE)

    Foljd.run(settings=settings(installningar(antal), stateful_step_count=8, phases=[Phase.generate]))
    return sanda
