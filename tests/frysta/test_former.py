"""A landed event keeps its shape: what was accepted and stored once is accepted and read for ever.

If a test here fails on an event that has landed, the change needs a new version of the event (ADR 0009). If it fails
because something is new, ``make frys`` writes it down.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from application.handelsekatalog.schema import Handelseklass, alla_klasser
from domain.handelse import HANDELSETYPER
from tests.frysta import former
from tests.frysta.former import MAPP, brott, fil_for, form, frys, las

alla_versioner = pytest.mark.parametrize("klass", list(alla_klasser()), ids=lambda k: f"{k.typ}.v{k.schemaversion}")

PLACERING = HANDELSETYPER["placering.paborjad"]


def test_varje_version_av_varje_handelse_har_en_fryst_form() -> None:
    assert {fil.name for fil in MAPP.iterdir()} == {fil_for(klass).name for klass in alla_klasser()}


@alla_versioner
def test_en_landad_handelse_har_inte_fatt_en_annan_form(klass: Handelseklass) -> None:
    assert list(brott(las(klass), form(klass))) == []


@alla_versioner
def test_det_som_har_kommit_till_ar_ocksa_fryst(klass: Handelseklass) -> None:
    # If this fails and the one above does not: make frys.
    assert las(klass) == form(klass)


def andrad(vag: str, varde: Any) -> Mapping[str, Any]:
    """Return the shape of a placement with one thing changed; ``None`` takes it away."""
    ny: Any = json.loads(json.dumps(form(PLACERING)))
    *dit, sist = vag.split("/")
    del_ = ny
    for steg in dit:
        del_ = del_[steg]
    if varde is None:
        del del_[sist]
    else:
        del_[sist] = varde
    return ny  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("vag", "varde", "fel"),
    [
        ("falt/kon", None, ".kon: fältet är borta"),
        ("falt/kon/type", "integer", ".kon: type var string, är integer"),
        ("falt/kommun/pattern", "^.$", ".kommun: pattern"),
        ("falt/planeratSlut/format", "date-time", ".planeratSlut: format"),
        ("falt/malgrupp/ord", ["barn", "unga", "vuxna"], ".malgrupp: ordet ensamkommande är borta"),
        ("falt/malgrupp/ord", None, "en sluten lista har kommit till eller försvunnit"),
        ("falt/fodelsear/minimum", 1900, ".fodelsear: gränsen minimum är snävare"),
        ("falt/fodelsear/maximum", 2100, ".fodelsear: gränsen maximum är snävare"),
        ("falt/kon/maxLength", 3, ".kon: gränsen maxLength är snävare"),
        ("falt/pris/falt/belopp/x-hogst", 10, ".pris.belopp: gränsen x-hogst är snävare"),
        ("falt/kon/default", "man", ".kon: default"),
        ("falt/kon/items", {"type": "string"}, ".kon: items har kommit till"),
        ("kravs", ["datum"], "har börjat eller slutat krävas"),
    ],
)
def test_det_som_inte_far_andras_marks(vag: str, varde: Any, fel: str) -> None:
    assert fel in "; ".join(brott(form(PLACERING), andrad(vag, varde)))


@pytest.mark.parametrize(
    ("vag", "varde"),
    [
        ("falt/nytt", {"type": "string"}),
        ("falt/malgrupp/ord", ["barn", "ensamkommande", "unga", "vuxna", "aldre"]),
        ("falt/fodelsear/minimum", 1800),
        ("falt/fodelsear/maximum", None),
    ],
)
def test_det_som_far_komma_till_far_det(vag: str, varde: Any) -> None:
    assert list(brott(form(PLACERING), andrad(vag, varde))) == []


def test_ett_element_i_en_lista_vaktas_som_ett_falt() -> None:
    fryst = form(HANDELSETYPER["budget.justerad"])
    nu = json.loads(json.dumps(fryst))
    del nu["falt"]["rader"]["items"]["falt"]["belopp"]
    assert ".rader[].belopp: fältet är borta" in list(brott(fryst, nu))


def test_etiketter_och_beskrivningar_hor_inte_till_formen() -> None:
    text = json.dumps(form(PLACERING), ensure_ascii=False)
    assert "description" not in text and "title" not in text and "Flickor" not in text


def test_att_frysa_lagger_till_men_andrar_aldrig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(former, "MAPP", tmp_path / "former")
    assert frys(PLACERING)
    assert not frys(PLACERING)
    assert las(PLACERING) == form(PLACERING)
    fil_for(PLACERING).write_text(json.dumps(andrad("falt/omplacering", None)), encoding="utf-8")
    assert frys(PLACERING)
    assert las(PLACERING) == form(PLACERING)
    fil_for(PLACERING).write_text(json.dumps(andrad("falt/nytt", {"type": "string"})), encoding="utf-8")
    with pytest.raises(ValueError, match="fältet är borta"):
        frys(PLACERING)
