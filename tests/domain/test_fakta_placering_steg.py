"""What of a stay each step changes: the part that goes on, and nothing before it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.begrepp import Samling
from domain.fakta import Fakta, Intervall, Punkt
from domain.faktaspar import Faktaandring
from domain.handelse import Handelse
from tests.domain.exempel import (
    en_franvaro,
    en_ny_malgrupp,
    en_placering,
    en_utvardering,
    ett_avslut,
    ett_nytt_planerat_slut,
    ett_nytt_pris,
    ett_overvagande,
)
from tests.domain.exempel_placering import en_vardplan, ett_overlamnat_ansvar, ett_overtaget_ansvar
from tests.domain.stegvis import stegvis
from tests.givet import noteringar


def steg(*historia: Handelse) -> list[Faktaandring]:
    return list(stegvis(Samling.PLACERINGAR, noteringar(*historia)))


def former(andring: Faktaandring) -> tuple[list[int], list[type[Fakta]]]:
    return [radnr for _, radnr in andring.stangda], [type(rad) for _, rad in andring.nya]


def test_en_vistelse_borjar_andras_foljs_upp_och_slutar_del_for_del() -> None:
    borjan, pris, mal, overvagd, plan, vard, slut = steg(
        en_placering("2019-02-01"),
        ett_nytt_pris("2019-03-01"),
        en_ny_malgrupp("2019-04-01"),
        ett_overvagande("2019-05-06"),
        ett_nytt_planerat_slut("2019-05-07"),
        en_vardplan("2019-05-08"),
        ett_avslut("2019-06-01"),
    )
    assert former(borjan) == ([], [Intervall, Punkt])
    assert former(pris) == ([1], [Intervall, Intervall])
    assert former(mal) == ([4], [Intervall, Intervall])
    assert former(overvagd) == former(vard) == ([], [Punkt])
    assert former(plan) == ([], [])
    assert former(slut) == ([6], [Intervall, Punkt])


@pytest.mark.parametrize(("orsak", "utskrivning"), [("sammanbrott", 1), ("omplacering", 0)])
def test_bara_ett_slut_som_inte_ar_en_flytt_ar_en_utskrivning(orsak: str, utskrivning: int) -> None:
    svar = steg(en_placering("2019-02-01"), ett_avslut("2019-06-01", orsak=orsak))[-1]
    vistelse = svar.nya[0][1]
    assert isinstance(vistelse, Intervall)
    assert (vistelse.utskrivning, vistelse.handelser) == (utskrivning, "1 2")
    assert date.fromordinal(vistelse.till) == date(2019, 6, 1)


def test_en_del_som_tar_slut_med_en_andring_ar_ingen_utskrivning() -> None:
    svar = steg(en_placering("2019-02-01"), ett_nytt_pris("2019-03-01"))[-1]
    assert [(rad.handelser, rad.utskrivning) for _, rad in svar.nya if isinstance(rad, Intervall)] == [
        ("1 2", 0),
        ("1 2", 0),
    ]


def test_det_som_andras_eller_slutar_dagen_en_del_borjade_andrar_aven_dagens_punkter() -> None:
    pris = steg(en_placering("2019-02-01"), ett_nytt_pris("2019-02-01"), en_ny_malgrupp("2019-02-01"))
    assert former(pris[1]) == ([1], [Intervall])
    assert former(pris[2]) == ([3, 2], [Intervall, Punkt])
    assert former(steg(en_placering("2019-02-01"), ett_avslut("2019-02-01"))[1]) == ([1], [Intervall, Punkt])


def test_medan_nagon_annan_betalar_och_efter_en_franvaro_ror_en_andring_den_del_som_pagar() -> None:
    historia = (
        en_placering("2019-02-01"),
        ett_overlamnat_ansvar("2019-03-01"),
        en_ny_malgrupp("2019-04-01"),
        ett_overtaget_ansvar("2019-05-01"),
        en_franvaro("2019-05-02", "2019-06-10"),
        ett_nytt_pris("2019-06-01"),
        ett_avslut("2019-07-01"),
        en_utvardering("2019-07-10"),
    )
    antal = [(len(andring.stangda), len(andring.nya)) for andring in steg(*historia)]
    assert antal == [(0, 2), (1, 3), (1, 2), (1, 3), (0, 1), (2, 4), (2, 3), (0, 1)]
