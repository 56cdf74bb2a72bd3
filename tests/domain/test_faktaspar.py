"""How the known facts of a stream change, entry by entry."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.begrepp import Samling
from domain.fakta import Fakta, Intervall, Punkt
from domain.faktaspar import Faktaandring, Faktaspar
from domain.handelse import Handelse, Notering
from domain.sak import Harledning, Sak
from tests.domain.exempel import en_bokning, en_budget, en_makulering, en_placering, en_rad, ett_avslut, ett_nytt_pris
from tests.domain.stegvis import stegvis
from tests.givet import Rattelse, noteringar, rattelse

RAD = Intervall("1", "vistelse", "1880", 10, 20)
ANNAN = Punkt("1", "placering.paborjad", "1880", 10)


class Lage(Harledning):
    """A stream of one thing, whose facts are given."""

    borjan = Handelse

    def __init__(self, *fakta: Fakta) -> None:
        self.given = list(fakta)
        self.saker = [Sak(lambda lage, _: list(lage.given))]

    def ta_in(self, _: Notering) -> Sequence[Sak]:
        return self.saker

    def nu(self, *fakta: Fakta) -> Sequence[Sak]:
        self.given = list(fakta)
        return self.saker


class Foljd:
    """The life of one thing's facts, taken in thing by thing or from derivations begun anew."""

    def __init__(self, om: bool) -> None:
        self._spar = Faktaspar()
        self._lage = Lage()
        self._om = om

    def efter(self, *fakta: Fakta) -> Faktaandring:
        if self._om:
            return self._spar.om(Lage(*fakta))
        return self._spar.efter(self._lage, self._lage.nu(*fakta))


@pytest.fixture(params=[False, True], ids=["saken", "om"])
def spar(request: pytest.FixtureRequest) -> Foljd:
    return Foljd(request.param)


def test_det_som_blir_kant_far_ett_nummer_i_ordning(spar: Foljd) -> None:
    assert spar.efter(RAD, ANNAN) == Faktaandring([], [(1, RAD), (2, ANNAN)])


def test_det_som_redan_ar_kant_andras_inte(spar: Foljd) -> None:
    spar.efter(RAD, ANNAN)
    assert spar.efter(ANNAN, RAD) == Faktaandring([], [])


def test_det_som_laggs_till_numreras_vidare_rad_for_rad(spar: Foljd) -> None:
    assert spar.efter(RAD).nya == [(1, RAD)]
    assert spar.efter(RAD, ANNAN) == Faktaandring([], [(2, ANNAN)])
    assert spar.efter(ANNAN, RAD, RAD) == Faktaandring([], [(3, RAD)])


def test_det_som_inte_langre_stammer_stangs(spar: Foljd) -> None:
    spar.efter(RAD, ANNAN)
    kortare = RAD._replace(till=15)
    assert spar.efter(kortare, ANNAN) == Faktaandring([(Intervall, 1)], [(3, kortare)])


def test_en_rad_som_kommer_tillbaka_ar_en_ny_rad(spar: Foljd) -> None:
    spar.efter(RAD)
    spar.efter()
    assert spar.efter(RAD) == Faktaandring([], [(2, RAD)])


def test_tva_lika_rader_ar_tva_rader(spar: Foljd) -> None:
    assert spar.efter(RAD, RAD).nya == [(1, RAD), (2, RAD)]
    assert spar.efter(RAD).stangda == [(Intervall, 2)]


def test_utan_harledning_ar_ingenting_kant() -> None:
    spar = Faktaspar()
    assert spar.om(None) == Faktaandring([], [])
    spar.om(Lage(RAD))
    assert spar.om(None) == Faktaandring([(Intervall, 1)], [])


def folj(samling: Samling, *historia: Handelse | Rattelse) -> list[Faktaandring]:
    return list(stegvis(samling, noteringar(*historia)))


def test_ett_avslut_stanger_den_oppna_vistelsen_och_oppnar_en_med_slut() -> None:
    _, avslut = folj(Samling.PLACERINGAR, en_placering(), ett_avslut())
    assert [form for form, _ in avslut.stangda] == [Intervall]
    assert {type(rad) for _, rad in avslut.nya} == {Intervall, Punkt}


def test_en_makulering_stanger_allt_som_handelsen_gav() -> None:
    *_, makulering = folj(Samling.PLACERINGAR, en_placering(), rattelse(1, en_makulering()))
    assert len(makulering.stangda) == 2
    assert makulering.nya == []


def test_en_rattad_verifikation_med_lika_rader_stangs_helt() -> None:
    tva_lika = en_bokning(rader=[en_rad("5.00"), en_rad("5.00")])
    ratt = en_bokning(rader=[en_rad("5.00"), en_rad("6.00")])
    *_, rattad = folj(Samling.BUDGETPERIODER, en_budget(), tva_lika, rattelse(2, ratt))
    assert len(rattad.stangda) == len(rattad.nya) == 2


def test_en_sen_prisandring_stanger_bara_det_som_andras() -> None:
    historia = [en_placering(), ett_nytt_pris("2019-05-01"), ett_nytt_pris("2019-03-01", "2050.00")]
    *_, sen = folj(Samling.PLACERINGAR, *historia)
    assert [form for form, _ in sen.stangda] == [Intervall, Intervall]
    assert len(sen.nya) == 3


def _kanda(andringar: list[Faktaandring]) -> list[Fakta]:
    kanda: dict[int, Fakta] = {}
    for andring in andringar:
        for form, radnr in andring.stangda:
            assert type(kanda.pop(radnr)) is form
        for radnr, rad in andring.nya:
            assert radnr not in kanda
            kanda[radnr] = rad
    return sorted(kanda.values())


@given(st.lists(st.lists(st.integers(0, 4), max_size=6), max_size=8), st.booleans())
def test_summan_av_andringarna_ar_alltid_det_som_ar_kant(lagen: list[list[int]], om: bool) -> None:
    spar = Foljd(om)
    andringar: list[Faktaandring] = []
    nummer: list[int] = []
    for lage in lagen:
        rader: list[Fakta] = [RAD._replace(till=20 + n) for n in lage]
        andringar.append(spar.efter(*rader))
        nummer.extend(radnr for radnr, _ in andringar[-1].nya)
        assert _kanda(andringar) == sorted(rader)
    assert nummer == list(range(1, len(nummer) + 1))
