"""Payloads stored before an optional field was added: read as ever, and written back with nothing added.

A file ``tidigare/<name>.v<version>.json`` is an event's frozen form as it was then. It is never changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.handelse import HANDELSETYPER
from tests.frysta.test_handelser import namn_och_version, som_text

FILER = sorted((Path(__file__).parent / "tidigare").glob("*.json"))


@pytest.mark.parametrize("fil", FILER, ids=lambda fil: fil.stem)
def test_en_aldre_form_lases_och_skrivs_som_den_star(fil: Path) -> None:
    namn, version = namn_och_version(fil)
    assert version == HANDELSETYPER[namn].schemaversion
    handelse = HANDELSETYPER[namn].model_validate_json(fil.read_bytes())
    assert som_text(handelse) == fil.read_text(encoding="utf-8")


def test_det_finns_aldre_former() -> None:
    assert FILER
