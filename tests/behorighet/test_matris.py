"""The matrix: every cell is declared or refused, and says why."""

from __future__ import annotations

from itertools import product

import pytest

from application.behorighet.behorig import behorig_av
from application.behorighet.matris import MATRIS, PER_ENHET, SYFTEN, TJANAR, avgor
from application.behorighet.ord import OPPNA, Lage, Rojer, Roll, Syfte

ALLA = list(product(Rojer, Roll, Syfte, Lage))


def test_varje_roll_och_syfte_anvands_till_nagot() -> None:
    assert set(SYFTEN) == set(Roll)
    assert {syfte for syften in SYFTEN.values() for syfte in syften} == set(Syfte)
    assert set(TJANAR) == set(Rojer) - OPPNA


def test_varje_cell_har_ett_skal() -> None:
    assert all(avgor(*cell).skal.endswith(".") for cell in ALLA)


def test_det_som_inte_ar_deklarerat_vagras() -> None:
    per_enhet = [cell for cell in ALLA if cell[0] not in OPPNA and cell[1] in PER_ENHET]
    odeklarerade = [cell for cell in per_enhet if (cell[0], cell[1], cell[3]) not in MATRIS]
    assert odeklarerade
    assert not [cell for cell in odeklarerade if avgor(*cell).beviljas]


def test_det_beviljade_ar_just_detta() -> None:
    # Written out, so that nobody widens a right without meaning to.
    beviljade = {
        (rojer.value, roll.value, syfte.value, lage.value, avgor(rojer, roll, syfte, lage).smatal_skyddas)
        for rojer, roll, syfte, lage in ALLA
        if rojer not in OPPNA and avgor(rojer, roll, syfte, lage).beviljas
    }
    alla = tuple(Lage)
    lagena = {
        ("skrivning", "registrerare", "handlaggning"): (Lage.EGEN, Lage.NAMNDEN, Lage.DELAD, Lage.ALLA),
        ("skrivning", "migrering", "migrering"): alla,
        ("personuppgift", "registrerare", "handlaggning"): (Lage.EGEN, Lage.NAMNDEN),
        ("personuppgift", "internkontroll", "internkontroll"): alla,
        ("personuppgift", "revisor", "revision"): alla,
        ("personuppgift", "migrering", "migrering"): alla,
        ("aggregat", "registrerare", "handlaggning"): (Lage.ALLA,),
        ("aggregat", "registrerare", "uppfoljning"): (Lage.ALLA,),
        ("aggregat", "controller", "uppfoljning"): alla,
        ("aggregat", "internkontroll", "internkontroll"): alla,
        ("aggregat", "revisor", "revision"): alla,
        ("aggregat", "migrering", "migrering"): alla,
        ("modell", "controller", "uppfoljning"): alla,
        ("modell", "internkontroll", "internkontroll"): alla,
        ("modell", "revisor", "revision"): alla,
        ("modell", "migrering", "migrering"): alla,
        ("atkomstlogg", "internkontroll", "loggkontroll"): alla,
    }
    skyddade = {("aggregat", "registrerare"), ("aggregat", "controller"), ("modell", "controller")}
    assert beviljade == {(*cell, lage.value, cell[:2] in skyddade) for cell, lagen in lagena.items() for lage in lagen}


def test_ingen_roll_som_kontrollerar_registrerar() -> None:
    for roll in set(Roll) - {Roll.REGISTRERARE, Roll.MIGRERING}:
        assert not [c for c in ALLA if c[0] is Rojer.SKRIVNING and c[1] is roll and avgor(*c).beviljas]


@pytest.mark.parametrize("roll", Roll)
def test_bara_rollen_for_en_enhet_har_en_enhet(roll: Roll) -> None:
    syfte = next(iter(SYFTEN[roll])).value
    enhet = "Norr" if roll in PER_ENHET else None
    vem = behorig_av("a", roll.value, syfte, enhet)
    assert vem.enheter == (("Norr",) if enhet else ())
    assert (vem.aktor.id, vem.aktor.roll) == ("a", roll.value)
    assert vem.far_ange_registrerad is (roll is Roll.MIGRERING)
