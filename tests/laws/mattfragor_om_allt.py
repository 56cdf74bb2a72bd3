"""Questions to any measure of the catalogue that a ledger has facts for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from sqlalchemy import select

from application.queries import Fraga, FraganGarInte, granska_fraga
from domain.matt.deklaration import Matt
from domain.matt.katalog import MATT
from domain.regler.vardygn import EJ_IN_UT, IN_EJ_UT, IN_OCH_UT
from domain.tid import Period, Tidssnitt
from infrastructure.recorder import Recorder
from infrastructure.tables import DRAGTABELLER, FAKTATABELLER

ARET = Period(date(2024, 1, 1), date(2025, 1, 1))
DAGAR = (date(2024, 3, 1), date(2024, 8, 15), date(2025, 2, 1))
REGLER = (IN_EJ_UT, IN_OCH_UT, EJ_IN_UT.utan_franvaro())


def matt_med_fakta(recorder: Recorder) -> list[Matt]:
    """Return the measures that have something to count."""
    slag: set[str] = set()
    with recorder.lasning() as forbindelse:
        for form, fakta in FAKTATABELLER.items():
            drag = DRAGTABELLER[form]
            slag |= set(forbindelse.scalars(select(drag.c.slag).distinct().join(fakta, fakta.c.drag == drag.c.id)))
    return [m for m in MATT.values() if any(slag & set(grund.slag) for grund in m.grunder)]


@st.composite
def fragor_om(draw: st.DrawFn, matten: Sequence[Matt]) -> Fraga:
    """Draw a question to one of the measures, split by at most one dimension, with any of its choices."""
    matt = draw(st.sampled_from(matten))
    fraga = Fraga(
        matt,
        ARET,
        Tidssnitt(draw(st.sampled_from(DAGAR)), None),
        tuple(draw(st.lists(st.sampled_from(matt.dimensioner), max_size=1))) if matt.dimensioner else (),
        regel=draw(st.sampled_from(REGLER)),
        varianter={v.namn: draw(st.sampled_from(v.val)).namn for v in matt.varianter if v.val and not v.fri},
    )
    return fraga if _gar(fraga) else replace(fraga, gruppera=(), varianter={})


def _gar(fraga: Fraga) -> bool:
    try:
        granska_fraga(fraga)
    except FraganGarInte:
        return False
    # A choice may be worked out from facts of another shape, with other dimensions.
    return set(fraga.gruppera) <= set(fraga.matt.med(fraga.varianter).dimensioner)
