"""Every stream's facts entry by entry: what each touches is all that it changes, whatever came before and however late.

This is the promise that ``Harledning.ta_in`` makes; ``Steg`` checks it against all facts derived from nothing. The
review of one new event is held to the review of the whole in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregat import Aggregat, besluta
from domain.arende.beslut import ARENDE
from domain.arende.handelser import AktualiseringInkommen, UtredningPaborjad
from domain.begrepp import Samling
from domain.fel import Regelbrott
from domain.handelse import Handelse, HandelseMakulerad, Notering
from domain.katalog import AGGREGAT
from tests.domain.exempel import VANLIGA, en_budget, en_placering, en_prognos, en_utforare
from tests.domain.exempel_arende import (
    ANDRA_ANMALAN,
    ANNAN_INSATS,
    ANNAN_UTREDNING,
    ANNAT_BESLUT,
    BESLUT,
    en_forhandsbedomning,
    en_insats,
    en_problematik,
    en_utredning,
    ett_arende,
    ett_beslut,
)
from tests.domain.exempel_atgard import en_identifierad_atgard, en_paborjad_atgard, ett_bedomt_arende
from tests.domain.exempel_budgetperiod import en_ansokan, en_riktlinje, ett_atagande, ett_mal
from tests.domain.stegvis import Steg
from tests.domain.test_fakta_vid_en_dag import HOS_UTFORAREN, I_PLACERINGEN
from tests.givet import IDAG, id_for

NYAR = date(2019, 1, 1)
Bygg = Callable[[str, int], Handelse]
"""A day and a small number -> an event."""


def _vanliga(samling: Samling) -> list[Bygg]:
    aggregat = AGGREGAT[samling]
    typer = [typ for typ in aggregat.beslut if typ is not aggregat.borjan]
    return [lambda dag, _, gor=VANLIGA[typ]: gor(dag) for typ in typer]  # type: ignore[misc]


def _om_dagen(bygg: Sequence[Callable[[int, int], Handelse]]) -> list[Bygg]:
    return [lambda dag, n, b=b: b((date.fromisoformat(dag) - NYAR).days, n) for b in bygg]  # type: ignore[misc]


STROMMAR: Mapping[Samling, tuple[Sequence[Handelse], Sequence[Bygg], Sequence[Bygg]]] = {
    Samling.ARENDEN: (
        [ett_arende(str(NYAR))],
        [
            *_vanliga(Samling.ARENDEN),
            lambda dag, _: en_insats(dag, beslut_id=BESLUT),
            lambda dag, _: en_insats(dag, insats_id=ANNAN_INSATS, beslut_id=ANNAT_BESLUT),
            lambda dag, n: en_problematik(dag, *("alkohol", "valdINaraRelation", "narkotika")[n % 3 :]),
            lambda dag, _: en_forhandsbedomning(dag, aktualisering_id=ANDRA_ANMALAN),
            lambda dag, _: en_utredning(dag, utredning_id=ANNAN_UTREDNING),
            lambda dag, n: ett_beslut(dag, beslut_id=ANNAT_BESLUT, galler_till=f"2019-01-{13 + n:02}"),
        ],
        [
            *(lambda dag, _, typ=typ: VANLIGA[typ](dag) for typ in (UtredningPaborjad, AktualiseringInkommen)),
            lambda dag, _: ett_beslut(dag),
            lambda dag, _: en_insats(dag),
        ],
    ),
    Samling.PLACERINGAR: (
        [en_placering(str(NYAR))],
        [*_vanliga(Samling.PLACERINGAR), *_om_dagen(I_PLACERINGEN)],
        _om_dagen(I_PLACERINGEN[:4]),
    ),
    Samling.UTFORARE: (
        [en_utforare(str(NYAR))],
        [*_vanliga(Samling.UTFORARE), *_om_dagen(HOS_UTFORAREN)],
        _om_dagen(HOS_UTFORAREN),
    ),
    Samling.ATGARDER: (
        [en_identifierad_atgard(str(NYAR)), en_paborjad_atgard(str(NYAR))],
        _vanliga(Samling.ATGARDER),
        [lambda dag, _: VANLIGA[type(ett_bedomt_arende())](dag)],
    ),
    Samling.BUDGETPERIODER: (
        [en_budget(), ett_mal(str(NYAR)), en_ansokan(str(NYAR)), ett_atagande(str(NYAR))],
        [
            *_vanliga(Samling.BUDGETPERIODER),
            lambda dag, n: en_prognos(dag, galler=f"2019-{1 + n:02}-28"),
            lambda dag, n: en_riktlinje(dag, namn=f"{n % 3}", ersatter=f"{(n + 1) % 3}", galler_fran=dag),
        ],
        [lambda dag, n: en_prognos(dag, galler=f"2019-{1 + n:02}-28")],
    ),
}
"""How a stream begins, what may happen in it, and what is drawn more often since the rest presupposes it."""


@st.composite
def forslag(draw: st.DrawFn, samling: Samling) -> list[tuple[Handelse, int | None]]:
    """Draw proposals: a few kinds of event on few days, late and corrected as often as not."""
    borjan, bygg, borjor = STROMMAR[samling]
    teman = draw(st.lists(st.sampled_from(bygg), min_size=1, max_size=6))
    dagar_in = draw(st.lists(st.integers(0, 20), min_size=1, max_size=6))
    rader: list[tuple[Handelse, int | None]] = [(h, None) for h in borjan]
    for _ in range(draw(st.integers(3, 20))):
        gor = draw(st.one_of(st.sampled_from(teman), st.sampled_from(borjor)))
        dag = str(NYAR + timedelta(days=draw(st.sampled_from(dagar_in))))
        rattar = draw(st.integers(2, 10)) if draw(st.integers(0, 5)) == 0 else None
        if rattar is not None and draw(st.booleans()):
            rader.append((HandelseMakulerad.model_validate({"datum": dag, "orsak": "Fel"}), rattar))
        else:
            rader.append((gor(dag, draw(st.integers(0, 5))), rattar))
    return rader


@pytest.mark.parametrize("samling", STROMMAR)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_det_som_en_handelse_ror_ar_allt_den_andrar(samling: Samling, data: st.DataObject) -> None:
    rader: list[Notering] = []
    steg = Steg(samling)
    for handelse, nummer in data.draw(forslag(samling)):
        rattar = None if nummer is None else id_for(nummer)
        try:
            svar = besluta(AGGREGAT[samling], rader, handelse, idag=IDAG, rattar=rattar)
        except Regelbrott:
            continue
        for ny in svar:
            rader.append(Notering(len(rader) + 1, id_for(len(rader) + 1), ny, rattar))
            steg.anteckna(rader[-1])


def _nekas(granska: Callable[..., None], *vad: Any) -> tuple[type[Regelbrott], Mapping[str, Any]] | None:
    try:
        granska(*vad)
    except Regelbrott as nekat:
        return type(nekat), nekat.varden
    return None


@settings(max_examples=400, deadline=None)
@given(forslag(Samling.ARENDEN))
def test_en_ny_handelse_nekas_som_hela_arendet_med_den_skulle_nekas(rader: list[tuple[Handelse, int | None]]) -> None:
    tillstand = ARENDE.tom
    granska_ny = _granska_ny(ARENDE)
    for h, nummer in rader:
        if nummer is None and type(h) is not HandelseMakulerad:
            efter = ARENDE.utveckla(tillstand, h)
            nekas = _nekas(ARENDE.granska, efter)
            assert _nekas(granska_ny, tillstand, h) == nekas
            tillstand = tillstand if nekas else efter


def _granska_ny(aggregat: Aggregat[Any]) -> Callable[..., None]:
    assert aggregat.granska_ny is not None
    return aggregat.granska_ny
