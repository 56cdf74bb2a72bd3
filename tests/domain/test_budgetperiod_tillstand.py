"""The state of a budget year with thousands of postings: right, never changed afterwards, and cheap to go on from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.aggregat import besluta
from domain.budgetperiod.beslut import BUDGETPERIOD
from domain.handelse import Notering
from domain.persistent import PersistentMap
from tests.domain.exempel import en_bokning, en_budget, en_justering, ett_bokslut
from tests.givet import IDAG, id_for

ANTAL = 2000


@pytest.fixture
def skrivna(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Count the entries that maps copy, those of the new map's last level."""
    antal: list[int] = []
    plus = PersistentMap.plus

    def raknad(self: PersistentMap[object, object], key: object, value: object) -> PersistentMap[object, object]:
        ny = plus(self, key, value)
        antal.append(len(ny._levels[-1]))
        return ny

    monkeypatch.setattr(PersistentMap, "plus", raknad)
    yield antal


def test_tusentals_bokningar_kopieras_inte_om_och_om_igen(skrivna: list[int]) -> None:
    tillstand = BUDGETPERIOD.vik([en_budget()])
    for nr in range(ANTAL):
        bokning = en_bokning(verifikation=f"V {nr}")
        assert besluta(BUDGETPERIOD, [], bokning, idag=IDAG, tillstand=tillstand) == (bokning,)
        tillstand = BUDGETPERIOD.utveckla(tillstand, bokning)
    assert tillstand.antal == ANTAL
    # Two states are made of each: one to try, one to keep. Copying all each time would be four million entries.
    assert sum(skrivna) < 2 * ANTAL * 12
    assert besluta(BUDGETPERIOD, [], en_bokning(verifikation="V 0"), idag=IDAG, tillstand=tillstand) == ()


def test_tusentals_justeringar_gas_inte_igenom_for_varje_ny(skrivna: list[int]) -> None:
    tillstand = BUDGETPERIOD.vik([en_budget()])
    for nr in range(ANTAL):
        tillstand = BUDGETPERIOD.utveckla(tillstand, en_justering(benamning=f"Justering {nr}"))
    assert sum(skrivna) < ANTAL * 12
    assert besluta(BUDGETPERIOD, [], en_justering(benamning="Justering 7"), idag=IDAG, tillstand=tillstand) == ()


def test_ett_tidigare_tillstand_andras_inte_av_ett_senare() -> None:
    fore = BUDGETPERIOD.vik([en_budget(), en_bokning(verifikation="V 1")])
    efter = BUDGETPERIOD.vik([en_budget(), en_bokning(verifikation="V 1"), ett_bokslut()])
    BUDGETPERIOD.utveckla(fore, en_bokning(verifikation="V 2"))
    assert fore.verifikationer.get("V 2") is None
    assert (fore.antal, fore.bokslut) == (1, None)
    assert efter.bokslut == ett_bokslut()


def test_ett_tomt_ar_vikt_ur_ingenting_ar_det_tomma() -> None:
    assert BUDGETPERIOD.vik([]) is BUDGETPERIOD.tom
    assert besluta(BUDGETPERIOD, [Notering(1, id_for(1), en_budget())], en_budget(), idag=IDAG) == ()
