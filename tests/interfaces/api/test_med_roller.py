"""The API behind the real guard: described answers in every role, and a new case handed in whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from schemathesis.specs.openapi.schemas import OpenApiSchema

from application.behorighet.matris import SYFTEN
from application.behorighet.ord import Roll, Syfte
from tests.behorighet.varlden import NORR, SODER, Varld, varlden
from tests.interfaces.api.test_allt_som_beskrivs import kor_i_foljd, prova
from tests.interfaces.http_klient import paborjad

LATT, TUNGT = 3, 20_000
ROLLER = [(roll, syfte) for roll in Roll for syfte in Syfte if syfte in SYFTEN[roll]]


@pytest.fixture
def varld(tmp_path: Path) -> Iterator[Varld]:
    with varlden(tmp_path) as ny:
        yield ny


def schemat(varld: Varld) -> OpenApiSchema:
    return schemathesis.openapi.from_asgi("/v1/openapi", varld.http.app)


def som(varld: Varld, roll: Roll, syfte: Syfte) -> dict[str, str]:
    return {"Authorization": f"Bearer {varld.token(roll.value, syfte.value)}"}


@pytest.mark.parametrize(("roll", "syfte"), ROLLER)
def test_i_varje_roll_svaras_som_det_beskrivs(varld: Varld, roll: Roll, syfte: Syfte) -> None:
    svaren = prova(schemat(varld), LATT, som(varld, roll, syfte))
    assert any(200 in statusar for statusar in svaren.values())
    assert not any(401 in statusar for statusar in svaren.values())


@pytest.mark.tung
@pytest.mark.parametrize(("roll", "syfte"), ROLLER)
def test_tjugotusen_anrop_av_alla_roller_tillsammans(varld: Varld, roll: Roll, syfte: Syfte) -> None:
    """Each of them sends its share: to every operation by itself, and along the links from one answer to the next."""
    andel, schema, huvuden = TUNGT // len(ROLLER) + 1, schemat(varld), som(varld, roll, syfte)
    sanda = kor_i_foljd(schema, 60, huvuden)
    while sanda < andel:
        sanda += sum(statusar.total() for statusar in prova(schema, 60, huvuden).values())


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
