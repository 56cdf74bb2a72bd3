"""An event stored before its type got an optional field is still read, and as saying nothing of that field.

An optional new field keeps an event's version. The payload as it was stored until then is kept in ``fore_tillagg/``
(a second addition to one type takes a number: ``<name>.v<version>.2.json``), and is never changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.handelse import HANDELSETYPER
from domain.katalog import AGGREGAT
from tests.frysta.test_handelser import som_text

FILER = sorted((Path(__file__).parent / "fore_tillagg").glob("*.json"))
alla_filer = pytest.mark.parametrize("fil", FILER, ids=lambda fil: fil.stem)


def test_det_finns_tidigare_former() -> None:
    assert AGGREGAT
    assert FILER


@alla_filer
def test_en_tidigare_form_lases_utan_de_nya_uppgifterna(fil: Path) -> None:
    klass = HANDELSETYPER[fil.name.partition(".v")[0]]
    handelse = klass.model_validate_json(fil.read_bytes())
    lagrade = set(handelse.model_fields_set)
    assert lagrade < set(klass.model_fields)
    assert {namn for namn in klass.model_fields if getattr(handelse, namn) is not None} == lagrade


@alla_filer
def test_en_tidigare_form_skrivs_som_den_lastes(fil: Path) -> None:
    klass = HANDELSETYPER[fil.name.partition(".v")[0]]
    assert som_text(klass.model_validate_json(fil.read_bytes())) == fil.read_text(encoding="utf-8")
