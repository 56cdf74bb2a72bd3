"""Figures that are asked for case by case are single cases: kept from whoever only counts, and noted when read."""

from __future__ import annotations

import pytest

from application.enskilda import i_tabellen
from application.rapporter.katalog import TABELLER
from tests.behorighet.varlden import Varld
from tests.interfaces.http_klient import problem

_DAG = "gallerDen=2025-12-31"
ENSKILDA = (
    f"/v1/matt/nettoeffekt-per-arende?gruppera=arende&{_DAG}",
    f"/v1/matt/nettoeffekt-per-arende?gruppera=insatsform,%20arende,manad&{_DAG}",
    f"/v1/matt/nettoeffekt-per-arende?arende=019a0000-0000-7000-8000-000000000001&{_DAG}",
    f"/v1/matt/nettoeffekt-per-arende?arende=saknas&{_DAG}",
    f"/v1/tabeller/effektuppfoljning?kommun=0000&ar=2025&{_DAG}",
)
SUMMOR = (
    f"/v1/matt/nettoeffekt-per-arende?gruppera=insatsform&{_DAG}",
    f"/v1/tabeller/effektiviseringar?kommun=0000&ar=2025&{_DAG}",
)
BARA_RAKNAR: tuple[dict[str, str], ...] = ({"roll": "controller", "syfte": "uppfoljning"}, {}, {"syfte": "uppfoljning"})
LASER = (
    {"roll": "revisor", "syfte": "revision"},
    {"roll": "internkontroll", "syfte": "internkontroll"},
    {"roll": "migrering", "syfte": "migrering"},
)


@pytest.mark.parametrize("fraga", ENSKILDA)
def test_den_som_bara_far_rakna_far_inga_enskilda_arenden(fraga: str, v: Varld) -> None:
    for vem in BARA_RAKNAR:
        detalj = problem(v.las(fraga, **vem), 403, "saknar-ratt")["detail"]
        assert detalj.startswith("Svaret skiljer ut enskilda ärenden (arende). ")
        assert not v.logg.rader[-1].beviljad


@pytest.mark.parametrize("fraga", ENSKILDA)
def test_en_lasning_av_enskilda_arenden_antecknas_och_sparas_inte(fraga: str, v: Varld) -> None:
    for vem in LASER:
        rader = len(v.logg.rader)
        svar = v.las(fraga, **vem)
        assert (svar.status_code, svar.headers["cache-control"]) == (200, "no-store"), svar.text
        (rad,) = v.logg.rader[rader:]
        assert (rad.beviljad, rad.mal) == (True, fraga.partition("?")[0])
        assert rad.fraga["gallerDen"] == "2025-12-31"


@pytest.mark.parametrize("fraga", SUMMOR)
def test_en_summa_lamnas_utan_anteckning(fraga: str, v: Varld) -> None:
    for vem in (*BARA_RAKNAR, *LASER):
        rader = len(v.logg.rader)
        assert v.las(fraga, **vem).status_code == 200
        assert v.logg.rader[rader:] == []


def test_vilka_tabeller_som_ar_arende_for_arende_foljer_av_deras_rader() -> None:
    assert [namn for namn in TABELLER if i_tabellen(namn)] == ["effektuppfoljning"]
