"""How a stay's facts go on step by step: what needs no recount, and that it gives the same as a recount."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

import pytest

from domain.begrepp import Samling
from domain.fakta import FRANVARO, VISTELSE, Fakta, Intervall, Punkt
from domain.faktaspar import Faktaspar, Fortsattning
from domain.handelse import Handelse
from domain.harledning import fakta
from domain.harledning.fortsatt_placering import fortsatt
from domain.harledning.placering import oppen_vistelse
from domain.historik import gallande
from domain.placering.handelser import PlaceringPaborjad
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
from tests.givet import noteringar

STROM = UUID(int=99)


def steg(*historia: Handelse) -> list[Fortsattning | None]:
    """Return how the facts go on at each step, each checked against all facts worked out anew.

    It is asked, as by a stream, only of what comes on a later day than all before it.
    """
    rader = noteringar(*historia)
    spar = Faktaspar()
    svaren = []
    for nr, rad in enumerate(rader, start=1):
        alla = fakta(Samling.PLACERINGAR, STROM, gallande(rader[:nr]))
        senast = max((tidigare.handelse.datum for tidigare in rader[: nr - 1]), default=date.min)
        svar = fortsatt(spar.kanda, rad) if senast < rad.handelse.datum else None
        if svar is None:
            spar.efter(alla)
        else:
            spar.fortsatt(svar)
        assert Counter(spar.kanda) == Counter(alla)
        svaren.append(svar)
    return svaren


def utan_omrakning(*historia: Handelse) -> list[bool]:
    return [svar is not None for svar in steg(*historia)]


def former(svar: Fortsattning | None) -> tuple[int | None, list[type[Fakta]]]:
    assert svar is not None
    return svar.ersatter, [type(rad) for rad in svar.nya]


def en_oppen_vistelse() -> Intervall:
    (rad,) = noteringar(en_placering("2019-02-01"))
    assert isinstance(rad.handelse, PlaceringPaborjad)
    return oppen_vistelse(rad)


def test_en_vistelse_borjar_andras_foljs_upp_och_slutar_utan_att_raknas_om() -> None:
    borjan, pris, mal, overvagd, plan, vard, slut = steg(
        en_placering("2019-02-01"),
        ett_nytt_pris("2019-03-01"),
        en_ny_malgrupp("2019-04-01"),
        ett_overvagande("2019-05-06"),
        ett_nytt_planerat_slut("2019-05-07"),
        en_vardplan("2019-05-08"),
        ett_avslut("2019-06-01"),
    )
    assert former(borjan) == (None, [Punkt, Intervall])
    assert former(pris) == (1, [Intervall, Intervall])
    assert former(mal) == (2, [Intervall, Intervall])
    assert former(overvagd) == former(vard) == (None, [Punkt])
    assert former(plan) == (None, [])
    # The open part stands before the two points that came after it.
    assert former(slut) == (3, [Punkt, Intervall])


@pytest.mark.parametrize(("orsak", "utskrivning"), [("sammanbrott", 1), ("omplacering", 0)])
def test_bara_ett_slut_som_inte_ar_en_flytt_ar_en_utskrivning(orsak: str, utskrivning: int) -> None:
    svar = steg(en_placering("2019-02-01"), ett_avslut("2019-06-01", orsak=orsak))[-1]
    assert svar is not None
    vistelse = svar.nya[-1]
    assert isinstance(vistelse, Intervall)
    assert (vistelse.utskrivning, vistelse.handelser) == (utskrivning, "1 2")
    assert date.fromordinal(vistelse.till) == date(2019, 6, 1)


def test_en_del_som_tar_slut_med_en_andring_ar_ingen_utskrivning() -> None:
    svar = steg(en_placering("2019-02-01"), ett_nytt_pris("2019-03-01"))[-1]
    assert svar is not None
    assert [(rad.handelser, rad.utskrivning) for rad in svar.nya if isinstance(rad, Intervall)] == [
        ("1 2", 0),
        ("1 2", 0),
    ]


def test_det_som_andras_eller_slutar_dagen_en_del_borjade_raknas_om() -> None:
    assert utan_omrakning(en_placering("2019-02-01"), ett_nytt_pris("2019-02-01")) == [True, False]
    assert utan_omrakning(en_placering("2019-02-01"), ett_avslut("2019-02-01")) == [True, False]


def test_en_andring_medan_nagon_annan_betalar_raknas_om() -> None:
    historia = (
        en_placering("2019-02-01"),
        ett_overlamnat_ansvar("2019-03-01"),
        en_ny_malgrupp("2019-04-01"),
        ett_overtaget_ansvar("2019-05-01"),
        ett_nytt_pris("2019-06-01"),
    )
    assert utan_omrakning(*historia) == [True, False, False, False, True]


def test_en_franvaro_och_det_som_hander_efter_slutet_raknas_om() -> None:
    historia = (
        en_placering("2019-02-01"),
        en_franvaro("2019-03-01", "2019-03-10"),
        ett_avslut("2019-06-01"),
        en_utvardering("2019-07-10"),
    )
    assert utan_omrakning(*historia) == [True, False, False, False]


def test_bara_en_oppen_vistelse_fortsatter() -> None:
    vistelse = en_oppen_vistelse()
    (_, ny) = noteringar(en_placering("2019-02-01"), ett_overvagande())
    assert former(fortsatt([vistelse], ny)) == (None, [Punkt])
    assert fortsatt([], ny) is None
    assert fortsatt([vistelse._replace(slag=FRANVARO)], ny) is None
    assert fortsatt([vistelse._replace(till=vistelse.fran + 30)], ny) is None
    assert vistelse.slag == VISTELSE
