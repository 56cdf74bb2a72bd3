"""What a person reads has å, ä and ö, and labels instead of stored words."""

from __future__ import annotations

import pytest

from application.dimensionsord import etikett_av, rubrik_av
from application.rapporter.katalog import TABELLER
from domain.fakta import ANNAN_BETALAR
from domain.matt.modell import DIMENSIONER, Tidsdimension

_SVENSKA = str.maketrans("åäöé", "aaoe")
NAMN = {
    *(dimension for egna in DIMENSIONER.values() for dimension in egna), *Tidsdimension,
    *(namn for tabell in TABELLER.values() for namn in tabell.etikettkolumner),
}  # fmt: skip


@pytest.mark.parametrize("namn", sorted(NAMN))
def test_en_rubrik_ar_namnet_skrivet_pa_svenska(namn: str) -> None:
    rubrik = rubrik_av(namn)
    assert rubrik.lower().translate(_SVENSKA) == namn
    assert rubrik[0].isupper()


def test_rubriker_och_ord_med_prickar() -> None:
    assert [rubrik_av(namn) for namn in ("malgrupp", "ar", "overordnad", "enhet")] == [
        "Målgrupp", "År", "Överordnad", "Enhet",
    ]  # fmt: skip
    assert etikett_av("insatsform", "familjehemEget") == "Familjehem, eget"
    assert etikett_av("prissort", ANNAN_BETALAR) == "någon annan betalar"
    assert etikett_av("enhet", "Norr") == "Norr"
    assert etikett_av("kon", None) == "Ej angivet"
    assert etikett_av("kon", None, saknas="–") == "–"
