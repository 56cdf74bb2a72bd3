"""Stored events are read for ever: one frozen JSON file per stored name and version.

A file ``handelser/<name>.v<version>.json`` holds a payload as it is stored, with a value in every field. A payload that
has been written down is never changed: if a test here fails, the code has changed the storage format, and it is the
code that is wrong.

* **A new event, or a new version of one,** gets its file from ``make frys`` (which asks ``tests/domain/exempel.py`` for
  an example with a value in every field). For a new version the old file stays, the old class moves to ``tidigare.py``
  (ADR 0009), and what it is read as is given in ``LAST_SOM``.
* **A new optional field,** of an event or of a value inside it, keeps the version. The payload as it was until then
  moves, unchanged, to ``fore_tillagg/`` under its name (at the second addition to a version as
  ``<name>.v<version>.2.json``, and so on), and one with a value in the new field too takes its place. ``make frys``
  does both. ``test_fore_tillagg`` proves that what was stored before is read as ever, and written back to the letter.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from application.envelope import Aktor, Forslag, Kuvert
from application.tolkning import tolka
from domain.begrepp import Samling
from domain.budgetperiod.handelser import BudgetFaststalld
from domain.handelse import HANDELSETYPER, Handelse, TidigareVersion
from domain.katalog import AGGREGAT, TIDIGARE
from domain.placering.handelser import FranvaroRegistrerad
from domain.strom import budgetperiodens_id
from infrastructure.mapper import Kuvertmappare, LagradHandelse
from tests.domain.exempel import FULLA

MAPP = Path(__file__).parent / "handelser"
STROM, HANDELSE_ID, RATTAR = UUID(int=1), UUID(int=2), UUID(int=3)

LAST_SOM: Mapping[tuple[str, int], Callable[[], Handelse]] = {
    ("franvaro.registrerad", 1): FULLA[FranvaroRegistrerad],
}
"""What a payload of an older version is read as; the current version is read as the full example."""

FILER = sorted(MAPP.glob("*.json"))
alla_filer = pytest.mark.parametrize("fil", FILER, ids=lambda fil: fil.stem)


def skriv(klass: type[Handelse]) -> Path:
    """Write the file of an event class that has none."""
    fil = MAPP / f"{klass.typ}.v{klass.schemaversion}.json"
    with fil.open("x", encoding="utf-8", newline="\n") as ut:
        ut.write(som_text(FULLA[klass]()))
    return fil


def som_text(handelse: Handelse | TidigareVersion) -> str:
    innehall = handelse.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json.dumps(innehall, ensure_ascii=False, indent=2) + "\n"


def namn_och_version(fil: Path) -> tuple[str, int]:
    namn, _, nummer = fil.stem.rpartition(".v")
    return namn, int(nummer.partition(".")[0])


def vantad(fil: Path) -> Handelse:
    namn, version = namn_och_version(fil)
    klass = HANDELSETYPER[namn]
    return FULLA[klass]() if version == klass.schemaversion else LAST_SOM[namn, version]()


def samling_for(handelse: Handelse) -> Samling:
    return next(samling for samling, aggregat in AGGREGAT.items() if type(handelse) in aggregat.typer)


def lagrad(fil: Path, innehall: bytes) -> LagradHandelse:
    namn, version = namn_och_version(fil)
    handelse = vantad(fil)
    return LagradHandelse(
        STROM, 1, namn, innehall, samling=samling_for(handelse).value, schemaversion=version,
        datum=handelse.datum.toordinal(), handelse_id=HANDELSE_ID, rattar=RATTAR, aktor="p-17", roll="handlaggare",
        kalla="Verksamhetssystemet", registrerad=1_556_704_800_000_001, position=7, hemligt=b'{"externId":"A-1"}',
    )  # fmt: skip


def test_varje_handelsetyp_har_sin_frysta_fil() -> None:
    assert {(klass.typ, klass.schemaversion) for klass in HANDELSETYPER.values()} <= set(map(namn_och_version, FILER))


def test_varje_fryst_fil_har_en_handelsetyp_som_laser_den() -> None:
    for fil in FILER:
        namn, version = namn_och_version(fil)
        assert namn in HANDELSETYPER, f"{fil.name}: händelsetypen finns inte längre"
        assert 1 <= version <= HANDELSETYPER[namn].schemaversion


def test_varje_version_upp_till_den_senaste_ar_fryst() -> None:
    alla = {(klass.typ, nr) for klass in HANDELSETYPER.values() for nr in range(1, klass.schemaversion + 1)}
    assert alla == set(map(namn_och_version, FILER))


@alla_filer
def test_en_lagrad_handelse_lases_som_den_alltid_lasts(fil: Path) -> None:
    kuvert = Kuvertmappare().to_domain_event(lagrad(fil, fil.read_bytes()))
    assert kuvert.handelse == vantad(fil)
    assert type(kuvert.handelse) is HANDELSETYPER[namn_och_version(fil)[0]]
    assert kuvert.position == 7
    assert kuvert.forslag.aktor == Aktor("p-17", "handlaggare")


@alla_filer
def test_en_lagrad_handelse_skrivs_med_samma_falt_i_samma_form(fil: Path) -> None:
    namn, version = namn_och_version(fil)
    klass = TIDIGARE.get((namn, version), HANDELSETYPER[namn])
    assert klass.schemaversion == version
    assert som_text(klass.model_validate_json(fil.read_bytes())) == fil.read_text(encoding="utf-8")


@alla_filer
def test_mapparen_skriver_den_frysta_formen(fil: Path) -> None:
    handelse = vantad(fil)
    forslag = Forslag(samling_for(handelse), STROM, handelse, HANDELSE_ID, RATTAR)
    rad = Kuvertmappare().to_stored_event(Kuvert(STROM, 1, forslag))
    assert (rad.topic, rad.schemaversion) == (handelse.typ, handelse.schemaversion)
    assert rad.datum == handelse.datum.toordinal()
    if namn_och_version(fil)[1] == handelse.schemaversion:
        assert {**orjson.loads(rad.state), **orjson.loads(rad.hemligt or b"{}")} == orjson.loads(fil.read_bytes())


@alla_filer
def test_samma_falt_pa_en_importrad_ger_samma_handelse(fil: Path) -> None:
    namn, version = namn_och_version(fil)
    handelse = vantad(fil)
    strom = STROM
    if isinstance(handelse, BudgetFaststalld):
        strom = budgetperiodens_id(handelse.kommun, handelse.namnd, handelse.ar)
    rad: dict[str, Any] = {
        **orjson.loads(fil.read_bytes()),
        "samling": samling_for(handelse).value,
        "id": str(strom),
        "typ": namn,
        "version": version,
        "handelseId": str(HANDELSE_ID),
    }
    forslag = tolka(rad)
    assert (forslag.handelse, forslag.strom, forslag.handelse_id) == (handelse, strom, HANDELSE_ID)


@alla_filer
def test_en_fryst_fil_har_varde_i_varje_falt(fil: Path) -> None:
    namn, version = namn_och_version(fil)
    klass = TIDIGARE.get((namn, version), HANDELSETYPER[namn])
    falt = {falt.alias or namn for namn, falt in klass.model_fields.items()}
    assert set(orjson.loads(fil.read_bytes())) == falt


def test_en_fryst_fil_skrivs_aldrig_over() -> None:
    klass = HANDELSETYPER["pris.andrat"]
    with pytest.raises(FileExistsError):
        skriv(klass)
